//! What `config.toml`, `keymap.toml` and `explanations.toml` say, before flags and variables are looked at.
//! Never reads the file itself, and never stops at the first mistake: all of them are told at once, each with its line.

mod explanations;
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

use super::location::{Files, Located};
use crate::api::request::{ApiVersion, BaseUrl};
use crate::app::action::Keys;
use crate::args::ColorChoice;
use crate::environment::ClipboardChoice;
use crate::model::explain::Explanations;
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

/// What the files say, or all that is wrong with them.
pub fn read(files: &Files) -> Result<(ConfigFile, Keys, Explanations), Mistaken> {
    let text = |file: &'_ Located| file.text.clone().unwrap_or_default();
    let config = parse(&text(&files.config));
    let keys = parse_keymap(&text(&files.keymap));
    let explanations = parse_explanations(&text(&files.explanations));
    match (config, keys, explanations) {
        (Ok(config), Ok(keys), Ok(explanations)) => Ok((config, keys, explanations)),
        (config, keys, explanations) => Err(Mistaken(vec![
            of_file("the config file", &files.config, config.err()),
            of_file("the key map", &files.keymap, keys.err()),
            of_file("the explanations", &files.explanations, explanations.err()),
        ])),
    }
}

fn of_file(name: &'static str, file: &Located, mistakes: Option<Vec<Mistake>>) -> OfFile {
    OfFile {
        name,
        path: file.path.clone(),
        mistakes: mistakes.unwrap_or_default(),
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

/// What the text of a file of explanations adds to the program's own, or all that is wrong with it in order of lines.
pub fn parse_explanations(text: &str) -> Result<Explanations, Vec<Mistake>> {
    parse_with(text, explanations::explanations)
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
#[expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
mod tests;
