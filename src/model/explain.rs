//! What a status, a call status or an error code means and what to try next, by the rules of trust.
//! Never guesses: an unknown code stays unknown, a code holds in its own family only, and a body is never searched.

mod entry;
mod named;
mod reading;
mod scan;
mod told;

use std::sync::LazyLock;

use toml::de::DeTable;

use super::kind::{Family, Kind};
use super::message::Message;
use super::status::Tone;

pub use entry::{Entry, Evidence, FAMILIES};
pub use reading::{Fault, read};
pub use told::{Told, told};

/// What is known without a file of the user's own. It is the documentation of what such a file may hold.
pub const EMBEDDED: &str = include_str!("../../assets/explanations.toml");

/// Read when something is first explained: until then it costs nothing.
static OWN: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let (root, _) = DeTable::parse_recoverable(EMBEDDED);
    // What is wrong with it fails a test.
    read(root.get_ref(), &mut |_| ())
});

/// All that is known: the user's entries, which come first, and those of the program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Explanations {
    users: Vec<Entry>,
}

/// What was found for a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation<'a> {
    pub by: By<'a>,
    /// Where it was read from: `error`, `meta.call.status`, `status`.
    pub field: String,
    /// The error's code, where there is one.
    pub code: Option<String>,
}

/// What explains it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By<'a> {
    /// The error.
    Error(&'a Entry),
    /// The status, or the lack of one: nothing else was told.
    Status(&'a Entry),
    /// A code that is not known; nothing may be guessed.
    UnknownCode,
    /// An error that is not known, of a message that failed.
    UnknownError,
    /// A status that is not known.
    UnknownStatus,
}

impl Explanations {
    /// With the user's own entries, which come before those of the program.
    pub fn new(users: Vec<Entry>) -> Self {
        Self { users }
    }

    /// The lists in the order of trust.
    fn lists(&self) -> [&[Entry]; 2] {
        [&self.users, &OWN]
    }

    /// What explains what became of the message: its error first, unless all went well, then the outcome of its
    /// call, then its status.
    pub fn explain(&self, message: &Message) -> Explanation<'_> {
        // One that was delivered after all, or that the contact refused, is told by its status.
        let told = match message.tone() {
            Tone::Success | Tone::Attention => Vec::new(),
            _ => told(message),
        };
        self.by_error(&told, message.family())
            .or_else(|| unknown_code(&told))
            .or_else(|| unknown_error(&told, message))
            .unwrap_or_else(|| self.by_status(message))
    }

    /// By the order of trust. An email's words come before its code: receivers choose codes freely.
    fn by_error(&self, told: &[Told], family: Family) -> Option<Explanation<'_>> {
        let canonical = || told.iter().find_map(|told| self.by_canonical(told));
        let code = || told.iter().find_map(|told| self.by_code(told, family));
        let phrase = || told.iter().find_map(|told| self.by_phrase(told, family));
        let number = || told.iter().find_map(|told| self.by_number(told, family));
        canonical()
            .or_else(|| match family {
                Family::Email => phrase().or_else(code),
                _ => code().or_else(phrase),
            })
            .or_else(number)
    }

    fn by_canonical(&self, told: &Told) -> Option<Explanation<'_>> {
        let said = [told.code.as_deref(), told.text.as_deref()];
        let said = said
            .into_iter()
            .flatten()
            .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
        let mut said = said.filter(|word| word.contains('_'));
        let entry = said.find_map(|word| self.of_canonical(word))?;
        Some(explanation(entry, &told.field, told.code.clone()))
    }

    fn of_canonical(&self, word: &str) -> Option<&Entry> {
        let all = self.lists().into_iter().flatten();
        let mut own = all.filter(|entry| entry.canonical.iter().any(|canonical| canonical == word));
        own.next()
    }

    fn by_code(&self, told: &Told, family: Family) -> Option<Explanation<'_>> {
        // A text may call a number its code: `Error 30007 - …`.
        let text = told.text.as_deref().map(scan::plain);
        let named = text.as_deref().and_then(scan::named);
        let code = told.code.as_deref().or(named.as_deref())?;
        let subcode = told.subcode.as_deref();
        let both = subcode.map(|subcode| format!("{code}/{subcode}"));
        let codes = [both.as_deref(), subcode, Some(code)];
        let entry = codes
            .into_iter()
            .flatten()
            .find_map(|code| self.of_code(code, family))?;
        let field = match (&told.code, &told.text) {
            // An object's; else it stands in the field itself.
            (Some(_), Some(_)) => format!("{}.code", told.field),
            _ => told.field.clone(),
        };
        Some(explanation(entry, &field, Some(code.to_owned())))
    }

    /// The entry of a code in its family.
    pub fn of_code(&self, code: &str, family: Family) -> Option<&Entry> {
        let all = self.lists().into_iter().flatten();
        let mut own = all.filter(|entry| entry.is_of(family) && entry.has_code(code));
        own.next()
    }

    fn by_phrase(&self, told: &Told, family: Family) -> Option<Explanation<'_>> {
        let text = scan::plain(told.text.as_deref()?);
        let entry = self.of_phrase(&text, |entry| entry.is_of(family))?;
        let code = told.code.clone().or_else(|| {
            let codes = scan::codes(&text, family);
            scan::named(&text).or_else(|| codes.into_iter().next())
        });
        Some(explanation(entry, &told.field, code))
    }

    /// The entry with the longest phrase in the text, of those that are wanted.
    fn of_phrase(&self, text: &str, is_wanted: impl Fn(&Entry) -> bool) -> Option<&Entry> {
        self.lists().into_iter().find_map(|list| {
            let wanted = list.iter().filter(|entry| is_wanted(entry));
            let all =
                wanted.flat_map(|entry| entry.phrases.iter().map(move |phrase| (phrase, entry)));
            let held = all.filter(|(phrase, _)| scan::holds(text, phrase));
            // The first of those that are equally long.
            let longest = held.rev().max_by_key(|(phrase, _)| phrase.len());
            longest.map(|(_, entry)| entry)
        })
    }

    fn by_number(&self, told: &Told, family: Family) -> Option<Explanation<'_>> {
        let text = scan::plain(told.text.as_deref()?);
        let codes = scan::codes(&text, family).into_iter();
        let mut known = codes.filter_map(|code| Some((self.of_code(&code, family)?, code)));
        let (entry, code) = known.next()?;
        Some(explanation(entry, &told.field, Some(code)))
    }

    fn by_status(&self, message: &Message) -> Explanation<'_> {
        let family = message.family();
        let kind = message.kind();
        let name = match &kind {
            Some(Kind::Known(known)) => Some(known.name),
            Some(Kind::Unknown(name)) => Some(name.as_str()),
            None => None,
        };
        let direction = message.direction();
        let own = message.call().and_then(|call| call.status.as_ref());
        let status = message.outcome();
        let word = status.as_ref().map_or("", |status| status.word());
        let best = |list: fn(&Entry) -> &[String], family| {
            self.lists().into_iter().find_map(|entries| {
                let of_word = entries
                    .iter()
                    .filter(|entry| list(entry).iter().any(|own| own == word));
                let fits = of_word.filter_map(|entry| {
                    Some((entry.fit(family, name, direction.as_ref())?, entry))
                });
                // The first of those that fit equally well.
                fits.rev()
                    .max_by_key(|(fit, _)| *fit)
                    .map(|(_, entry)| entry)
            })
        };
        let of_call = || best(|entry| &entry.calls, Family::Call);
        let of_message = || best(|entry| &entry.statuses, family);
        let entry = match own {
            Some(_) => of_call().or_else(of_message),
            None if word.is_empty() && family == Family::Call => of_call(),
            None => of_message().or_else(of_call),
        };
        Explanation {
            by: entry.map_or(By::UnknownStatus, By::Status),
            field: own.map_or("status", |own| own.field).to_owned(),
            code: None,
        }
    }
}

fn explanation<'a>(entry: &'a Entry, field: &str, code: Option<String>) -> Explanation<'a> {
    Explanation {
        by: By::Error(entry),
        field: field.to_owned(),
        code,
    }
}

/// A code that was told as one and that nothing explained.
fn unknown_code(told: &[Told]) -> Option<Explanation<'static>> {
    told.iter().find_map(|told| {
        let of_text = || scan::named(&scan::plain(told.text.as_deref()?));
        let code = told.code.clone().or_else(of_text)?;
        Some(Explanation {
            by: By::UnknownCode,
            field: told.field.clone(),
            code: Some(code),
        })
    })
}

/// An error that says nothing known. Where the message did not fail, its status still says more.
fn unknown_error(told: &[Told], message: &Message) -> Option<Explanation<'static>> {
    let field = told.first().map(|told| told.field.as_str());
    let field = field.or_else(|| message.error().map(|_| "error"));
    let field = field.filter(|_| message.tone() == Tone::Failure)?;
    Some(Explanation {
        by: By::UnknownError,
        field: field.to_owned(),
        code: None,
    })
}

#[cfg(test)]
mod tests;
