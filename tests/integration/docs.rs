//! README's screen, tables and flags, and the key map, against what the program says of itself.
//! `UPDATE_README=1 cargo test --locked docs` writes them anew. Never here: a table of README's own.

mod picture;
mod screen;
mod screenshots;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use clap::{Arg, CommandFactory};

use msgscope::app::action::{CONTEXTS, Keys, bindings, shown_key};
use msgscope::args::Args;
use msgscope::config::file::{KEYMAP, parse_keymap};
use msgscope::model::failure::FailureKind;

/// Sections are written one after the other.
static README: Mutex<()> = Mutex::new(());

/// Asserts that README's section of that name, between its two comments, is exactly this.
#[track_caller]
fn assert_section(name: &str, told: &str) {
    let _writing = README.lock();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->\n"),
    );
    let from = text.find(&begin).expect("the section begins") + begin.len();
    let to = text.find(&end).expect("the section ends");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, [&text[..from], told, &text[to..]].concat()).unwrap();
        return;
    }
    assert!(
        &text[from..to] == told,
        "README's {name} are not the program's own, which are\n{told}\n\
         UPDATE_README=1 cargo test --locked docs writes them"
    );
}

fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| {
        let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rule = head.iter().map(|_| "---".to_owned()).collect();
    let mut text = line(head) + &line(rule);
    text.extend(rows.into_iter().map(line));
    text
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

#[test]
fn readme_shows_the_screen_that_the_program_draws() {
    assert_section("screen", &format!("```text\n{}```\n", screen::drawn()));
}

#[test]
fn readme_lists_every_key() {
    let rows = CONTEXTS.iter().flat_map(|context| {
        let of_context = bindings().filter(|binding| binding.context == *context);
        of_context.enumerate().map(|(index, binding)| {
            let keys = binding.keys.split_whitespace().map(shown_key);
            let keys: Vec<_> = keys.map(|key| code(&key)).collect();
            let keys = match keys.as_slice() {
                // The digits.
                [first, .., last] if keys.len() > 4 => format!("{first} … {last}"),
                [] => "in the commands".to_owned(),
                few => few.join(" "),
            };
            let place = if index == 0 { context.title() } else { "" };
            vec![place.to_owned(), keys, binding.words.to_owned()]
        })
    });
    assert_section("keys", &table(&["where", "keys", "what they do"], rows));
}

/// What stands above the tables of the key map.
const KEYMAP_HEAD: &str = "\
# The keys of msgscope, as they are without a file of your own.
#
# A keymap.toml beside your config.toml changes them (msgscope config tells where that is). It needs to hold only what is
# to be different: an action gets exactly the keys given there, [] leaves it without any, all others keep theirs.
# A key is a letter or a sign as it is typed (a, G, ?), or a name: enter esc tab shift-tab space backspace delete insert
# up down left right pgup pgdn home end f1 to f12. Before it may stand ctrl-, alt-, or ctrl-alt-.
# Where several tables hold, the nearest comes first: a key of [detail] before one of [message], [panes] and [anywhere].
";

#[test]
fn the_embedded_key_map_is_the_programs_own() {
    let mut told = KEYMAP_HEAD.to_owned();
    for context in CONTEXTS {
        write!(told, "\n[{}]\n", context.name()).unwrap();
        for binding in bindings().filter(|binding| binding.context == *context) {
            let keys: Vec<_> = binding
                .keys
                .split_whitespace()
                .map(|key| format!("{key:?}"))
                .collect();
            let (name, keys) = (binding.name, keys.join(", "));
            writeln!(told, "{name} = [{keys}]  # {}", binding.words).unwrap();
        }
    }
    if std::env::var_os("UPDATE_README").is_some() {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/keymap.toml");
        fs::write(path, &told).unwrap();
        return;
    }
    assert!(
        KEYMAP == told,
        "assets/keymap.toml is not the program's own, which is\n{told}\n\
         UPDATE_README=1 cargo test --locked docs writes it"
    );
    assert_eq!(parse_keymap(KEYMAP), Ok(Keys::default()));
}

#[test]
fn readme_lists_every_command() {
    let command = Args::command();
    let rows = command.get_subcommands().map(|each| {
        let positional = each.get_positionals().map(|id| {
            let names = id.get_value_names().unwrap_or_default();
            let many = if id
                .get_num_args()
                .is_some_and(|number| number.max_values() > 1)
            {
                "…"
            } else {
                ""
            };
            format!(" {}{many}", names[0])
        });
        let name = format!("{}{}", each.get_name(), positional.collect::<String>());
        let about = each.get_about().expect("words on it").to_string();
        vec![code(&format!("msgscope {name}")), about]
    });
    assert_section("commands", &table(&["command", "what it does"], rows));
}

#[test]
fn readme_lists_every_flag_with_its_variable() {
    let command = Args::command();
    let of_get = command.find_subcommand("get").expect("get");
    let of_get = of_get.get_opts().map(|flag| row("get ", flag));
    let history = command.find_subcommand("history").expect("history");
    let of_history = history.get_subcommands().flat_map(|each| {
        let name = format!("history {} ", each.get_name());
        each.get_opts().map(move |flag| row(&name, flag))
    });
    let own = command.get_opts().map(|flag| row("", flag));
    let rows = own.chain(of_get).chain(of_history);
    assert_section("flags", &table(&["flag", "variable", "what it sets"], rows));
}

fn row(command: &str, flag: &Arg) -> Vec<String> {
    let name = flag.get_long().expect("a long name");
    let takes_value = flag.get_action().takes_values();
    let value = flag.get_value_names().filter(|_| takes_value);
    let value = value.map_or_else(String::new, |names| format!(" {}", names[0]));
    let help = flag.get_help().expect("words on it").to_string();
    let (mut words, told) = match help.split_once(" [env: ") {
        Some((words, name)) => (
            words.to_owned(),
            Some(name.trim_end_matches(']').to_owned()),
        ),
        None => (help, None),
    };
    let known = flag
        .get_env()
        .map(|name| name.to_string_lossy().into_owned());
    if takes_value {
        let values = flag.get_possible_values();
        let values: Vec<_> = values.iter().map(|value| code(value.get_name())).collect();
        if !values.is_empty() {
            words = format!("{words}: {}", values.join(", "));
        }
    }
    let variable = known.or(told).map_or_else(String::new, |name| code(&name));
    vec![code(&format!("{command}--{name}{value}")), variable, words]
}

/// What each kind means, for people who read scripts; none where `get` cannot end so.
fn meaning(kind: FailureKind) -> Option<&'static str> {
    use FailureKind as K;
    Some(match kind {
        K::Unauthorised => "no token, or it is refused",
        K::Forbidden => "a scope is missing, or it is the wrong kind of token",
        K::OtherLocation => "the message is in another sub-account",
        K::NotFound => "no such message",
        K::NotAnId => "a line of input without an id, with its number",
        K::Invalid => "refused by the API (400, 422)",
        K::Version => "the version header is refused",
        K::RateLimit => "still limited after all tries",
        K::Timeout => "no answer in time, from the gateway either",
        K::Network => "name not found, connection refused or closed, TLS",
        K::Cut => "the answer broke off",
        K::TooLarge => "the answer is over 16 MiB",
        K::NotUnderstood => "the answer is not JSON, or not a message",
        K::Redirect => "it points to another place, where no token is sent",
        K::Blocked => "a proxy or Cloudflare answered",
        K::Server => "5xx",
        K::Cancelled => return None,
    })
}

const KINDS: [FailureKind; 17] = [
    FailureKind::Unauthorised,
    FailureKind::Forbidden,
    FailureKind::OtherLocation,
    FailureKind::NotFound,
    FailureKind::NotAnId,
    FailureKind::Invalid,
    FailureKind::Version,
    FailureKind::RateLimit,
    FailureKind::Timeout,
    FailureKind::Network,
    FailureKind::Cut,
    FailureKind::TooLarge,
    FailureKind::NotUnderstood,
    FailureKind::Redirect,
    FailureKind::Blocked,
    FailureKind::Server,
    FailureKind::Cancelled,
];

#[test]
fn readme_lists_every_kind_of_failure_with_its_exit_code() {
    let rows = KINDS.into_iter().filter_map(|kind| {
        let exit = kind.exit_code().to_string();
        Some(vec![code(kind.word()), meaning(kind)?.to_owned(), exit])
    });
    assert_section("kinds", &table(&["kind", "what happened", "exit"], rows));
}

#[test]
fn readme_begins_with_the_words_of_the_help() {
    let readme = include_str!("../../README.md");
    let help = Args::command().get_about().expect("words").to_string();
    let sentence = help.split(". ").next().expect("a sentence");
    assert!(readme.contains(&format!("**{sentence}.**\n")), "{sentence}");
}

#[test]
fn readme_promises_the_demo_and_the_tests_with_a_command_each() {
    let readme = include_str!("../../README.md");
    let commands = "```sh\ncargo run --release --locked -- --demo\ncargo test --locked\n```\n";
    assert!(readme.contains(commands));
}
