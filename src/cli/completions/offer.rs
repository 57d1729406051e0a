//! What a value of the command line may be: profiles, themes, ids of the history, codes; and how a shell takes it.
//! Never a character that steers a terminal, and never a word that a shell would read as more than one.

use std::ffi::OsString;

use clap_complete::CompletionCandidate;

use super::line::Line;
use crate::config::{file, theme};
use crate::model::listed::Listed;
use crate::model::shown::visible;
use crate::store::glance;
use crate::ui::theme::Looks;

/// Ids offered at most: with commands and flags fewer than the hundred that bash shows without asking first.
const IDS: u64 = 50;

/// Characters of the words beside a value.
const WORDS: usize = 60;

/// The profiles of the config file, in its order.
pub(super) fn profiles(line: &Line, typed: &str) -> Vec<CompletionCandidate> {
    let text = line.files().and_then(|files| files.config.text);
    // What is wrong with it is told when the program is called.
    let Ok(file) = file::parse(&text.unwrap_or_default()) else {
        return Vec::new();
    };
    let profiles = file.profiles.into_iter().map(|profile| {
        let host = profile.base_url.map(|url| url.host());
        (profile.name, host.unwrap_or_default())
    });
    offered(profiles, typed)
}

/// The themes, those of the user's own last.
pub(super) fn themes(line: &Line, typed: &str) -> Vec<CompletionCandidate> {
    let own = theme::own(line.config().as_deref());
    let themes = Looks::built_in().map(str::to_owned).chain(own);
    offered(themes.map(|name| (name, String::new())), typed)
}

/// The ids of the history, newest first.
pub(super) fn ids(line: &Line, typed: &str) -> Vec<CompletionCandidate> {
    let Some(folder) = line.history() else {
        return Vec::new();
    };
    // A history that cannot be read is told of when the program is called.
    let Ok(newest) = glance::newest(&folder, typed, IDS) else {
        return Vec::new();
    };
    let ids = newest.iter().map(|row| (row.id.to_string(), words(row)));
    offered(ids, typed)
}

/// `failed SMS, 30007 filtered`
fn words(row: &Listed) -> String {
    let known = [row.status.as_deref().unwrap_or_default(), &row.kind];
    let known = known.into_iter().filter(|word| !word.is_empty());
    let known = known.collect::<Vec<_>>().join(" ");
    let all = [known, row.snippet.clone()].into_iter();
    all.filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// What is explained: statuses, call statuses and codes.
pub(super) fn codes(line: &Line, typed: &str) -> Vec<CompletionCandidate> {
    let text = line.files().map(|files| files.explanations.text);
    let known = text.map(|text| file::parse_explanations(&text.unwrap_or_default()));
    let Some(Ok(known)) = known else {
        return Vec::new();
    };
    let codes = known
        .beginning_with(typed)
        .into_iter()
        .map(|(code, entry)| {
            let short = entry.short.as_ref().unwrap_or(&entry.meaning);
            (code.to_owned(), short.clone())
        });
    offered(codes, typed)
}

/// Those that begin as what was typed, with harmless words beside them.
fn offered(
    all: impl IntoIterator<Item = (String, String)>,
    typed: &str,
) -> Vec<CompletionCandidate> {
    let fitting = all
        .into_iter()
        .filter(|(value, _)| value.starts_with(typed));
    let candidates = fitting.map(|(value, words)| {
        let words: String = visible(&words).chars().take(WORDS).collect();
        let words = (!words.is_empty()).then(|| words.into());
        CompletionCandidate::new(value).help(words)
    });
    candidates.collect()
}

/// What a shell does with a value that holds more than letters and digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Quotes {
    /// It quotes by itself.
    Own,
    /// Such characters need a backslash.
    Backslashes,
}

impl Quotes {
    pub(super) fn of(shell: &str) -> Self {
        match shell {
            "bash" => Self::Backslashes,
            _ => Self::Own,
        }
    }

    /// Each as the shell takes it for one word. One that no line can hold is left out.
    pub(super) fn all(self, candidates: Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
        let candidates = candidates.into_iter().filter_map(|candidate| {
            // A name that is no text could not be printed as it is.
            let value = candidate.get_value().to_str()?;
            if visible(value) != value {
                return None;
            }
            let quoted = CompletionCandidate::new(OsString::from(self.quoted(value)));
            let quoted = quoted.help(candidate.get_help().cloned());
            Some(quoted.hide(candidate.is_hide_set()))
        });
        candidates.collect()
    }

    fn quoted(self, value: &str) -> String {
        let is_plain = |letter: char| {
            letter.is_alphanumeric() || !letter.is_ascii() || "-_./~+:,@%".contains(letter)
        };
        match self {
            Self::Own => value.to_owned(),
            _ if value.chars().all(is_plain) => value.to_owned(),
            Self::Backslashes => {
                let quoted = value.chars().flat_map(|letter| {
                    let before = (!is_plain(letter)).then_some('\\');
                    before.into_iter().chain([letter])
                });
                quoted.collect()
            }
        }
    }
}
