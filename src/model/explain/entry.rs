//! An entry of the explanations: what it explains and where, and what it says of it.
//! Never how one is chosen, and never a default text: what an entry leaves out stays empty.

use super::super::kind::{Family, KINDS};
use super::super::status::{Direction, Finality};

/// Something that is explained. Of the first five lists at least one holds something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Of a message; an empty one stands for none at all.
    pub statuses: Vec<String>,
    /// Of a call.
    pub calls: Vec<String>,
    /// `30007`, `30440-30449`, `550 5.1.1`, `10/2018278`.
    pub codes: Vec<String>,
    /// Words within an error, in small letters with single blanks.
    pub phrases: Vec<String>,
    /// Of the API's refusals, exactly so.
    pub canonical: Vec<String>,
    /// Where it holds; everywhere if there are none.
    pub families: Vec<Family>,
    /// The names of the types in `messageType` that it holds for alone, if there are any.
    pub types: Vec<String>,
    pub direction: Option<Direction>,
    /// One or two sentences, without "Final.".
    pub meaning: String,
    pub finality: Finality,
    pub next: String,
    /// What to do instead once it has stood for over an hour.
    pub late: Option<String>,
    /// Three words at most, for lists.
    pub short: Option<String>,
    /// None for an entry of the user's own that tells of none.
    pub evidence: Option<Evidence>,
    /// An address.
    pub source: Option<String>,
}

/// How well it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    Documented,
    Provider,
    Seen,
    Often,
    Probably,
}

impl Evidence {
    pub const ALL: [Self; 5] = [
        Self::Documented,
        Self::Provider,
        Self::Seen,
        Self::Often,
        Self::Probably,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Provider => "provider",
            Self::Seen => "seen",
            Self::Often => "often",
            Self::Probably => "probably",
        }
    }

    /// Who says so.
    pub fn words(self) -> &'static str {
        match self {
            Self::Documented => "HighLevel's documentation says so",
            Self::Provider => "the provider's documentation says so",
            Self::Seen => "seen in real answers",
            Self::Often => "others say so",
            Self::Probably => "inferred, no source says so",
        }
    }
}

/// The families as entries name them, and as people do.
pub const FAMILIES: [(&str, Family, &str); 10] = [
    ("sms", Family::Text, "SMS"),
    ("email", Family::Email, "email"),
    ("call", Family::Call, "call"),
    ("whatsapp", Family::WhatsApp, "WhatsApp"),
    ("social", Family::Social, "Messenger, Instagram"),
    ("chat", Family::Chat, "chat"),
    ("review", Family::Review, "review"),
    ("log", Family::Log, "log entry"),
    ("custom", Family::Custom, "custom provider"),
    ("other", Family::Unknown, "other types"),
];

impl Entry {
    pub fn is_of(&self, family: Family) -> bool {
        self.families.is_empty() || self.families.contains(&family)
    }

    /// Where it holds, in words; nothing where it holds everywhere.
    pub fn place(&self) -> Option<String> {
        let named = FAMILIES
            .iter()
            .filter(|(_, family, _)| !self.families.is_empty() && self.families.contains(family));
        let mut words: Vec<&str> = named.map(|(_, _, words)| *words).collect();
        words.extend(self.types.iter().map(|name| {
            let known = KINDS.iter().find(|known| known.name == name);
            known.map_or(name.as_str(), |known| known.words)
        }));
        words.extend(self.direction.as_ref().map(Direction::word));
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Whether one of its codes is this one, or a span that this one lies in.
    pub(super) fn has_code(&self, code: &str) -> bool {
        self.codes.iter().any(|own| {
            own == code
                || own.split_once('-').is_some_and(|(first, last)| {
                    let within = |code: u64, first, last| (first..=last).contains(&code);
                    match (code.parse(), first.parse(), last.parse()) {
                        (Ok(code), Ok(first), Ok(last)) => within(code, first, last),
                        _ => false,
                    }
                })
        })
    }

    /// Whether it holds wherever the other one does.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let mut families = FAMILIES.iter().map(|(_, family, _)| *family);
        let goes = self.direction.is_none() || self.direction == other.direction;
        goes && self.types.is_empty()
            && families.all(|family| self.is_of(family) || !other.is_of(family))
    }

    /// Whether a code of several parts has this one.
    pub(super) fn has_part(&self, part: &str) -> bool {
        let mut parts = self.codes.iter().flat_map(|code| code.split([' ', '/']));
        parts.any(|own| own == part)
    }

    /// How well it fits a status of a message of that family, that type, and that way; nothing where it does not.
    pub(super) fn fit(
        &self,
        family: Family,
        kind: Option<&str>,
        direction: Option<&Direction>,
    ) -> Option<[bool; 3]> {
        let goes = self.direction.is_none() || self.direction.as_ref() == direction;
        let is_type = self.types.is_empty() || self.types.iter().any(|own| kind == Some(own));
        // Of an incoming message it is never told how it was delivered: that way weighs most.
        let narrow = [
            self.direction.is_some(),
            !self.types.is_empty(),
            !self.families.is_empty(),
        ];
        (goes && is_type && self.is_of(family)).then_some(narrow)
    }
}
