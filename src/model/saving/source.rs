//! Where an attachment may be fetched from.
//! Never from a place that only this machine or its network can reach, on the word of a message.

use std::fmt;

use url::{Host, Url};

use crate::model::link::{self, copyable};

/// A URL that may be fetched. It holds no user, and where it is not encrypted it is this machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Source(Url);

/// Whether this machine and its network may be asked: only where the API itself is on this machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Neighbours {
    Asked,
    Left,
}

/// Why a URL is not fetched.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    #[error("{}", plain(.0))]
    Link(#[from] link::Refused),
    #[error("the URL is not https")]
    NotEncrypted,
    #[error("{0} is on this machine or its network")]
    Neighbour(String),
    /// A redirect from https to http.
    #[error("it points on to {0} without encryption")]
    Downgraded(String),
}

/// What is said of a copy holds here too, without the copy.
fn plain(refused: &link::Refused) -> String {
    let words = refused.to_string();
    let plain = words.strip_prefix("Not copied: ");
    plain.map(str::to_owned).unwrap_or(words)
}

impl Source {
    /// `raw` is a URL as the API sent it.
    pub fn new(raw: &str, neighbours: Neighbours) -> Result<Self, Refusal> {
        copyable(raw)?;
        let url = Url::parse(raw).map_err(|_| link::Refused::NotUrl)?;
        Self::checked(url, neighbours)
    }

    /// Where a redirect to `location` leads from here.
    pub fn redirected(&self, location: &str, neighbours: Neighbours) -> Result<Self, Refusal> {
        let url = self.0.join(location).map_err(|_| link::Refused::NotUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(link::Refused::NotWeb.into());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(link::Refused::User.into());
        }
        if self.is_encrypted() && url.scheme() != "https" {
            let host = url.host_str().unwrap_or_default();
            return Err(Refusal::Downgraded(host.to_owned()));
        }
        Self::checked(url, neighbours)
    }

    fn checked(mut url: Url, neighbours: Neighbours) -> Result<Self, Refusal> {
        let host = url.host().ok_or(link::Refused::NotUrl)?;
        if is_neighbour(&host) && neighbours == Neighbours::Left {
            return Err(Refusal::Neighbour(host.to_string()));
        }
        if url.scheme() != "https" && !is_this_machine(&host) {
            return Err(Refusal::NotEncrypted);
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The host it leads to, in punycode.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }
}

/// The host only: the rest may open the file to whoever reads it.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}://{}/…)", self.0.scheme(), self.host())
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => *name == "localhost",
    }
}

/// This machine, a private or local network, or no place at all.
fn is_neighbour(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => is_neighbour_v4(address.octets()),
        Host::Ipv6(address) => {
            let mapped = address.to_ipv4_mapped();
            mapped.map_or_else(
                || is_neighbour_v6(address.segments()),
                |mapped| is_neighbour_v4(mapped.octets()),
            )
        }
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let ends = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
            // A name without a dot is looked for in the network's own domain.
            !name.contains('.') || ends.iter().any(|end| name.ends_with(end))
        }
    }
}

fn is_neighbour_v6(segments: [u16; 8]) -> bool {
    match segments {
        // No place at all, this machine, and addresses of the old kind in the new.
        [0, 0, 0, 0, 0, 0, ..] | [0x64, 0xff9b, ..] => true,
        // Unique local, link-local, multicast.
        [first, ..] => first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80 || first >= 0xff00,
    }
}

fn is_neighbour_v4(octets: [u8; 4]) -> bool {
    match octets {
        [0 | 10 | 127 | 224..=255, ..] | [169, 254, ..] | [192, 168, ..] => true,
        [172, second, ..] => (16..32).contains(&second),
        // Shared by a provider's customers.
        [100, second, ..] => (64..128).contains(&second),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    fn left(raw: &str) -> Result<Source, Refusal> {
        Source::new(raw, Neighbours::Left)
    }

    #[test]
    fn a_place_of_the_web_is_fetched_encrypted_only() {
        let source = left("https://Storage.Example.com/o/a%2Fb.PDF?X-Sig=aB#page").unwrap();
        assert_eq!(source.host(), "storage.example.com");
        let sent = "https://storage.example.com/o/a%2Fb.PDF?X-Sig=aB";
        assert_eq!(source.url().as_str(), sent);
        assert!(!format!("{source:?}").contains("X-Sig"));
        assert_eq!(left("http://a.example/x"), Err(Refusal::NotEncrypted));
    }

    #[test]
    fn this_machine_and_its_network_are_left_alone() {
        for host in [
            "127.0.0.1",
            "127.9.9.9:8080",
            "2130706433",
            "0x7f.1",
            "localhost",
            "a.localhost",
            "printer.local",
            "router",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[::ffff:10.0.0.1]",
            "[::10.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[fd00::1]",
            "[fe80::1]",
            "[ff02::1]",
            "metadata.google.internal",
        ] {
            let refused = left(&format!("https://{host}/x"));
            assert!(matches!(refused, Err(Refusal::Neighbour(_))), "{host}");
        }
        for host in ["172.32.0.1", "8.8.8.8", "a.example", "[2001:db8::1]"] {
            assert!(left(&format!("https://{host}/x")).is_ok(), "{host}");
        }
    }

    #[test]
    fn beside_an_api_on_this_machine_they_are_asked_and_plain_http_is_for_the_machine() {
        let asked = |raw: &str| Source::new(raw, Neighbours::Asked);
        assert!(asked("http://127.0.0.1:8080/a.png").is_ok());
        assert!(asked("https://192.168.1.1/a.png").is_ok());
        assert_eq!(asked("http://192.168.1.1/"), Err(Refusal::NotEncrypted));
    }

    #[test]
    fn a_url_that_may_not_be_copied_is_not_fetched_either() {
        for (raw, words) in [
            ("https://a.example/\n", "the URL holds hidden characters"),
            ("https://user@a.example/", "the URL holds a user name"),
            ("file:///etc/passwd", "the URL is not http or https"),
            ("no url", "the URL holds hidden characters"),
        ] {
            assert_eq!(left(raw).unwrap_err().to_string(), words, "{raw:?}");
        }
    }

    #[test]
    fn a_redirect_leads_to_no_place_that_is_not_fetched_itself() {
        let source = left("https://a.example/x/y?z").unwrap();
        let to = |location: &str| source.redirected(location, Neighbours::Left);
        assert_eq!(to("w").unwrap().url().as_str(), "https://a.example/x/w");
        assert_eq!(to("//cdn.example/w").unwrap().host(), "cdn.example");
        let downgraded = Refusal::Downgraded("a.example".to_owned());
        assert_eq!(to("http://a.example/w"), Err(downgraded));
        assert!(matches!(
            to("https://10.0.0.1/"),
            Err(Refusal::Neighbour(_))
        ));
        for location in ["ftp://a.example/", "javascript:1", "https://u@a.example/"] {
            assert!(matches!(to(location), Err(Refusal::Link(_))), "{location}");
        }
        let local = Source::new("http://127.0.0.1:1/", Neighbours::Asked).unwrap();
        let away = local.redirected("http://a.example/", Neighbours::Asked);
        assert_eq!(away, Err(Refusal::NotEncrypted));
    }
}
