//! What is typed to find messages again: words, and fields such as `status:failed`.
//! Never an error: what cannot be read as a field is searched for as it stands, and a note says so.

mod reading;

use std::fmt;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::status::Direction;

/// What a message must be or hold: all of its terms.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    pub terms: Vec<Term>,
    /// What was not understood, in the order typed.
    pub notes: Vec<FilterNote>,
}

/// One thing asked of a message. Texts are as typed; letters' case and accents count nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Term {
    /// A word of it begins so.
    Word(String),
    /// These words stand in it one after the other; the last may only begin so where `open`.
    Phrase {
        text: String,
        open: bool,
    },
    /// Its status begins so.
    Status(String),
    /// Its type begins so: `sms`, `campaign_sms`.
    Kind(String),
    Direction(Direction),
    /// The name of its profile begins so.
    Profile(String),
    /// Its id begins so.
    Id(String),
    /// It was asked for then or later.
    Since(Since),
    Pinned,
    /// The message failed, or its lookup.
    Failed,
}

/// The earliest moment wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    Ago(Duration),
    /// From its first moment in UTC.
    Day(Date),
}

/// A part of the filter that was taken otherwise than it may have been meant; as typed, so hostile until `Shown`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FilterNote {
    /// There is no such field.
    Field(String),
    /// The field takes no such value, but these.
    Value {
        field: &'static str,
        value: String,
        takes: &'static str,
    },
}

impl Filter {
    /// What `text` asks for.
    pub fn new(text: &str) -> Self {
        reading::read(text)
    }

    /// Whether every message passes.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// What is searched for in texts, as typed: what a list highlights.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter_map(|term| match term {
            Term::Word(text) | Term::Phrase { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }
}

/// A time such as 30m, 2h, 7d or 3w.
pub fn span(text: &str) -> Option<Duration> {
    reading::span(&text.trim().to_lowercase())
}

impl Since {
    /// The moment itself, seen from `now`.
    pub fn moment(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Ago(ago) => SignedDuration::try_from(ago)
                .ok()
                .and_then(|ago| now.checked_sub(ago).ok())
                .unwrap_or(Timestamp::MIN),
            Self::Day(day) => day
                .to_zoned(TimeZone::UTC)
                .map_or(Timestamp::MIN, |day| day.timestamp()),
        }
    }
}

impl fmt::Display for FilterNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(
                f,
                "there is no field {name}: it is searched for as words; fields are {}",
                reading::FIELDS.join(", ")
            ),
            Self::Value {
                field,
                value,
                takes,
            } => write!(f, "{field}: takes {takes}, not {value}"),
        }
    }
}
