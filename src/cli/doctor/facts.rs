//! What the doctor is told of this machine: program, system, terminal, proxies.
//! Never a password of a proxy's URL.

use std::io::IsTerminal as _;

use url::Url;

use crate::environment::{Environment, Glyphs};

/// Facts about this run and its surroundings, as names and values.
#[derive(Clone, Debug)]
pub struct Facts {
    pub program: String,
    pub system: String,
    pub environment: Environment,
    pub terminal: Vec<(&'static str, String)>,
    pub proxies: Vec<(String, String)>,
}

/// The variables that name proxies, as the HTTP library knows them.
const PROXIES: [&str; 8] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

impl Facts {
    /// Looks at this process's streams; `variable` looks up the rest, `size` is the terminal's in columns and rows.
    pub fn new(variable: impl Fn(&str) -> Option<String>, size: Option<(u16, u16)>) -> Self {
        let environment = Environment::from_lookup(&variable);
        let proxies = PROXIES.into_iter().filter_map(|name| {
            let value = variable(name).filter(|value| !value.is_empty())?;
            let is_list = name.eq_ignore_ascii_case("no_proxy");
            let value = if is_list { value } else { proxy(&value) };
            Some((name.to_owned(), value))
        });
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            terminal: terminal(&environment, size),
            proxies: proxies.collect(),
            environment,
        }
    }
}

/// Scheme, host and port alone.
fn proxy(value: &str) -> String {
    let host = |url: &Url| {
        let host = url.host_str()?;
        let port = url.port().map(|port| format!(":{port}"));
        Some(format!(
            "{}://{host}{}",
            url.scheme(),
            port.unwrap_or_default()
        ))
    };
    // A host and port alone read as a scheme of that name, which has no host.
    let urls = [value.to_owned(), format!("http://{value}")];
    let host = urls.iter().find_map(|url| host(&Url::parse(url).ok()?));
    host.unwrap_or_else(|| "set, and no URL".to_owned())
}

fn terminal(environment: &Environment, size: Option<(u16, u16)>) -> Vec<(&'static str, String)> {
    let yes = |is: bool| if is { "a terminal" } else { "no terminal" }.to_owned();
    let known = |text: Option<&str>| text.unwrap_or("not set").to_owned();
    let size = size.map_or_else(
        || "unknown".to_owned(),
        |(columns, rows)| format!("{columns}x{rows}"),
    );
    let multiplexer = environment
        .multiplexer()
        .map(|it| format!("{it:?}").to_lowercase());
    let glyphs = match environment.glyphs() {
        Glyphs::Unicode => "Unicode",
        Glyphs::Ascii => "ASCII",
    };
    let colours = format!("{:?}", environment.colours()).to_lowercase();
    let remote = if environment.is_remote() { "yes" } else { "no" };
    vec![
        ("input", yes(std::io::stdin().is_terminal())),
        ("output", yes(std::io::stdout().is_terminal())),
        ("size", size),
        ("TERM", known(environment.term())),
        ("locale", known(environment.locale())),
        ("glyphs", glyphs.to_owned()),
        ("colours", colours),
        (
            "multiplexer",
            multiplexer.unwrap_or_else(|| "none".to_owned()),
        ),
        ("over SSH", remote.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_proxy_only_its_place_is_told() {
        for (value, told) in [
            (
                "http://user:secret@proxy.example:3128/x?y",
                "http://proxy.example:3128",
            ),
            ("proxy.example:3128", "http://proxy.example:3128"),
            ("socks5://u:p@proxy.example", "socks5://proxy.example"),
            ("::", "set, and no URL"),
        ] {
            let told_of = proxy(value);
            assert!(!told_of.contains("secret"), "{told_of}");
            assert_eq!(told_of, told);
        }
    }

    #[test]
    fn proxies_are_named_by_their_variables() {
        let set = |name: &str| match name {
            "https_proxy" => Some("http://u:secret@a.example:1".to_owned()),
            "NO_PROXY" => Some("localhost,.example".to_owned()),
            _ => None,
        };
        let facts = Facts::new(set, None);
        let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            facts.proxies,
            [
                named("https_proxy", "http://a.example:1"),
                named("NO_PROXY", "localhost,.example")
            ]
        );
    }
}
