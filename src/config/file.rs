//! What `config.toml` and `keymap.toml` say, before flags and variables are looked at.
//! Never reads the file itself, and never stops at the first mistake: all of them are told at once, each with its line.

mod history;
#[cfg(test)]
mod hostile;
mod keys;
mod mistake;
mod nearest;
mod profile;
mod reading;
mod syntax;
mod theme;
mod token_place;
mod tokens;
mod ui;

use std::path::PathBuf;
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::location::Files;
use crate::api::request::{ApiVersion, BaseUrl};
use crate::app::action::Keys;
use crate::args::ColorChoice;
use crate::environment::ClipboardChoice;
use nearest::{nearest, unknown};
use reading::{Reading, Value, in_order};
use tokens::is_refused;

pub use history::Keep;
pub use mistake::{Mistake, Mistaken, OfFile};
pub use theme::parse_theme;

/// A config file with every setting explained and switched off. It is the documentation of what can be set.
pub const EXAMPLE: &str = include_str!("../../assets/config.toml");

/// The key map of the defaults, with what each action does. It is the documentation of what can be set.
pub const KEYMAP: &str = include_str!("../../assets/keymap.toml");

const TOP: [&str; 5] = [
    "default_profile",
    "download_dir",
    "profiles",
    "history",
    "ui",
];

/// All that a config file says. What it leaves out is None.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ConfigFile {
    /// One of `profiles`.
    pub default_profile: Option<String>,
    /// As written: a leading `~/` is still there.
    pub download_dir: Option<PathBuf>,
    /// In the file's order, each name once.
    pub profiles: Vec<ProfileEntry>,
    pub history: HistoryEntry,
    pub ui: UiEntry,
}

/// One `[profiles.NAME]`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ProfileEntry {
    /// 1 to 40 visible characters.
    pub name: String,
    /// Where it begins, from 1.
    pub line: usize,
    pub base_url: Option<BaseUrl>,
    pub api_version: Option<ApiVersion>,
    /// Without a slash at its end.
    pub app_url: Option<String>,
    /// For one try, 0.1 to 600 seconds.
    pub timeout: Option<Duration>,
    pub token: Option<TokenPlace>,
}

/// Where a profile's token comes from. Never the token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TokenPlace {
    /// The variable of this name.
    Variable(String),
    /// The file at this path, as written: a leading `~/` is still there.
    File(PathBuf),
    /// What this program prints; its arguments follow it.
    Command(Vec<String>),
}

/// The `[history]` table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HistoryEntry {
    pub keep: Option<Keep>,
    /// Lookups, at least 1.
    pub max: Option<u64>,
}

/// The `[ui]` table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct UiEntry {
    pub clipboard: Option<ClipboardChoice>,
    pub color: Option<ColorChoice>,
    /// A theme's name, as written.
    pub theme: Option<String>,
    pub mouse: Option<bool>,
    /// Whether the desktop is told of changes of what is watched.
    pub notify: Option<bool>,
    /// As written; whether there is such a zone is not known yet.
    pub time_zone: Option<String>,
}

/// What both files say, or all that is wrong with them.
pub fn read(files: &Files) -> Result<(ConfigFile, Keys), Mistaken> {
    let config = parse(files.config.text.as_deref().unwrap_or_default());
    let keys = parse_keymap(files.keymap.text.as_deref().unwrap_or_default());
    match (config, keys) {
        (Ok(config), Ok(keys)) => Ok((config, keys)),
        (config, keys) => Err(Mistaken(vec![
            OfFile {
                name: "the config file",
                path: files.config.path.clone(),
                mistakes: config.err().unwrap_or_default(),
            },
            OfFile {
                name: "the key map",
                path: files.keymap.path.clone(),
                mistakes: keys.err().unwrap_or_default(),
            },
        ])),
    }
}

/// What the text of a config file says, or all that is wrong with it in order of lines.
pub fn parse(text: &str) -> Result<ConfigFile, Vec<Mistake>> {
    parse_with(text, top)
}

/// The keys that the text of a key map leaves or gives the actions, or all that is wrong with it in order of lines.
pub fn parse_keymap(text: &str) -> Result<Keys, Vec<Mistake>> {
    parse_with(text, keys::keys)
}

fn parse_with<T>(
    text: &str,
    read: impl FnOnce(&mut Reading<'_>, &DeTable<'_>) -> T,
) -> Result<T, Vec<Mistake>> {
    let mut reading = Reading::new(text);
    let (_, errors) = DeTable::parse_recoverable(text);
    let text = syntax::tell(&mut reading, text, &errors);
    let (table, errors) = DeTable::parse_recoverable(&text);
    syntax::tell_twice(&mut reading, &text, &errors);
    tokens::tell(&mut reading, table.get_ref());
    let said = read(&mut reading, table.get_ref());
    let mistakes = reading.mistakes();
    if mistakes.is_empty() {
        Ok(said)
    } else {
        Err(mistakes)
    }
}

fn top(reading: &mut Reading<'_>, table: &DeTable<'_>) -> ConfigFile {
    let mut file = ConfigFile::default();
    let mut default_profile = None;
    for (key, value) in in_order(table) {
        if is_refused(reading, key, value) {
            continue;
        }
        let name = key.get_ref().as_ref();
        match (name, value.get_ref()) {
            ("default_profile", _) => {
                default_profile = reading.text(name, value, "acme").map(|text| (value, text));
            }
            ("download_dir", _) => file.download_dir = folder(reading, name, value),
            ("profiles", DeValue::Table(table)) => {
                file.profiles = profile::profiles(reading, table);
            }
            ("profiles", _) => reading.tell_kind(name, value, "tables, such as [profiles.acme]"),
            ("history", DeValue::Table(table)) => file.history = history::history(reading, table),
            ("history", _) => reading.tell_kind(name, value, "a table: [history]"),
            ("ui", DeValue::Table(table)) => file.ui = ui::ui(reading, table),
            ("ui", _) => reading.tell_kind(name, value, "a table: [ui]"),
            _ => {
                let quoted = reading.quoted(key.span(), name);
                reading.tell(key.span().start, unknown(name, &quoted, &TOP));
            }
        }
    }
    if let Some((value, name)) = default_profile {
        if reading.is_whole() {
            check_default(reading, value, name, &file.profiles);
        }
        file.default_profile = Some(name.to_owned());
    }
    file
}

fn folder(reading: &mut Reading<'_>, key: &str, value: &Value<'_>) -> Option<PathBuf> {
    let text = reading.text(key, value, "~/Downloads")?;
    if text.trim().is_empty() || text.contains(char::is_control) {
        let words = format!("{key} is the path of a folder, such as \"~/Downloads\"");
        reading.tell(value.span().start, words);
        return None;
    }
    Some(PathBuf::from(text))
}

fn check_default(
    reading: &mut Reading<'_>,
    value: &Value<'_>,
    name: &str,
    profiles: &[ProfileEntry],
) {
    if profiles.iter().any(|profile| profile.name == name) {
        return;
    }
    let quoted = reading.quoted(value.span(), name);
    // Only such as can be repeated.
    let names = profiles.iter().filter(|profile| {
        profile::name_fault(&profile.name).is_none() && !reading.is_token_line(profile.line)
    });
    let names: Vec<&str> = names.map(|profile| profile.name.as_str()).collect();
    let advice = if names.is_empty() {
        "add a table for it, such as [profiles.acme]".to_owned()
    } else if let Some(near) = nearest(name, names.iter().copied()) {
        format!("the nearest is \"{near}\"")
    } else {
        let some = names.iter().take(8).map(|name| format!("\"{name}\""));
        format!("it has {}", some.collect::<Vec<_>>().join(", "))
    };
    let words = format!("default_profile is {quoted}, which is no profile of this file; {advice}");
    reading.tell(value.span().start, words);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::nearest::PLACES;
    use super::*;
    use crate::api::request::{DEFAULT_TIMEOUT, DEFAULT_VERSION};

    /// All that is wrong, as it is printed.
    pub(super) fn told(text: &str) -> Vec<String> {
        let mistakes = parse(text).err().unwrap_or_default();
        mistakes.iter().map(Mistake::to_string).collect()
    }

    /// The example with every setting switched on.
    fn switched_on() -> String {
        let is_setting =
            |rest: &str| rest.starts_with(|char: char| char == '[' || char.is_ascii_lowercase());
        let line = |line: &'static str| {
            line.strip_prefix('#')
                .filter(|rest| is_setting(rest))
                .unwrap_or(line)
        };
        EXAMPLE.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn an_empty_file_says_nothing() {
        for text in ["", "\n", "# nothing", "\u{feff}\r\n", "[ui]\n[profiles]"] {
            assert_eq!(parse(text), Ok(ConfigFile::default()), "{text:?}");
        }
    }

    #[test]
    fn the_example_as_it_is_sets_nothing() {
        assert_eq!(parse(EXAMPLE), Ok(ConfigFile::default()));
    }

    #[test]
    fn the_example_switched_on_holds_every_key_and_the_defaults() {
        let text = switched_on();
        let file = parse(&text).unwrap();
        let names: Vec<&str> = file
            .profiles
            .iter()
            .map(|profile| profile.name.as_str())
            .collect();
        assert_eq!(names, ["acme", "bravo", "sandbox"]);
        assert_eq!(file.default_profile.as_deref(), Some("acme"));
        let acme = &file.profiles[0];
        assert!(acme.base_url.as_ref().unwrap().is_default());
        assert_eq!(acme.api_version.as_ref().unwrap().as_str(), DEFAULT_VERSION);
        assert_eq!(acme.app_url.as_deref(), Some("https://app.gohighlevel.com"));
        assert_eq!(acme.timeout, Some(DEFAULT_TIMEOUT));
        assert_eq!(file.history.keep, Some(Keep::days(90)));
        assert_eq!(file.history.max, Some(100_000));
        assert_eq!(file.download_dir, Some("~/Downloads".into()));
        assert_eq!(file.ui.clipboard, Some(ClipboardChoice::default()));
        assert_eq!(file.ui.color, Some(ColorChoice::Auto));
        assert!(file.ui.time_zone.is_some());
        for key in PLACES.iter().flat_map(|(_, keys)| *keys) {
            let setting = [format!("{key} ="), format!("[{key}]"), format!("[{key}.")];
            let has = |line: &str| {
                setting
                    .iter()
                    .any(|setting| line.starts_with(setting.as_str()))
            };
            assert!(text.lines().any(has), "{key}");
        }
    }

    #[test]
    fn profiles_keep_the_order_of_the_file_and_know_their_lines() {
        let text = "default_profile = \"a b\"\n[profiles.zulu]\n[profiles.\"a b\"]\n\
                    token_env = \"B\"\n[profiles]\nmike.timeout = 2\nmike.token_env = \"M\"";
        let file = parse(text).unwrap();
        let profiles: Vec<_> = file
            .profiles
            .iter()
            .map(|one| (one.name.as_str(), one.line))
            .collect();
        assert_eq!(profiles, [("zulu", 2), ("a b", 3), ("mike", 6)]);
        assert_eq!(file.default_profile.as_deref(), Some("a b"));
        assert_eq!(file.profiles[2].timeout, Some(Duration::from_secs(2)));
        assert_eq!(
            file.profiles[2].token,
            Some(TokenPlace::Variable("M".to_owned()))
        );
    }

    #[test]
    fn all_mistakes_are_told_at_once_in_order_of_lines() {
        let text = "default_profile = \"acmee\"\n\
                    [profiles.acme]\n\
                    timeout = \"15\"\n\
                    tokn_env = \"ACME\"\n\
                    base_url = https://a.example\n\
                    [uii]\n\
                    [profiles.bravo]\n\
                    timeout = 0\n\
                    nothing\n\
                    [ui]\n\
                    color = \"nevr\"\n\
                    timeout = 15\n";
        assert_eq!(
            told(text),
            [
                "line 3: timeout is a text and must be a number of seconds from 0.1 to 600, such as 15",
                "line 4: unknown key \"tokn_env\"; the nearest is token_env",
                "line 5: a text must stand in quotes, such as \"text\"",
                "line 6: unknown key \"uii\"; the nearest is ui",
                "line 8: timeout must be a number of seconds from 0.1 to 600, such as 15",
                "line 9: a key needs a value, such as key = \"text\"",
                "line 11: color is auto, always or never, not \"nevr\"; the nearest is never",
                "line 12: \"timeout\" is in the wrong place; it belongs below a [profiles.NAME]",
            ]
        );
    }

    #[test]
    fn of_many_mistakes_fifty_are_listed() {
        let told = told(&"a = 1\n".repeat(60));
        assert_eq!(told.len(), 51);
        assert_eq!(told[50], "line 51: and 10 more");
    }

    #[test]
    fn the_default_profile_is_one_of_the_file() {
        for (text, advice) in [
            (
                "default_profile = \"acme\"",
                "add a table for it, such as [profiles.acme]",
            ),
            (
                "default_profile = \"acm\"\n[profiles.acme]",
                "the nearest is \"acme\"",
            ),
            (
                "default_profile = \"\"\n[profiles.zulu]\n[profiles.alpha]",
                "it has \"zulu\", \"alpha\"",
            ),
        ] {
            let told = told(text);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(
                told[0].starts_with("line 1: default_profile is \""),
                "{told:?}"
            );
            assert!(told[0].ends_with(advice), "{told:?}");
        }
    }

    #[test]
    fn a_table_is_no_other_kind_and_a_folder_has_a_name() {
        assert_eq!(
            told("default_profile = 1\nprofiles = 3\ndownload_dir = ' '\n[[ui]]"),
            [
                "line 1: default_profile is a number and must be a text in quotes, such as default_profile = \"acme\"",
                "line 2: profiles is a number and must be tables, such as [profiles.acme]",
                "line 3: download_dir is the path of a folder, such as \"~/Downloads\"",
                "line 4: ui is a list and must be a table: [ui]",
            ]
        );
    }
}
