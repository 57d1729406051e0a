//! A message's row of a list, without its body: what the history shows of it and sorts it by.
//! Never `Shown` by itself: its texts are the API's until whoever draws them makes them harmless.

use std::sync::Arc;

use jiff::Timestamp;

use super::explain::{By, Explanation, Explanations};
use super::failure::FailureKind;
use super::filter::Filter;
use super::id::MessageId;
use super::message::Message;
use super::snapshot::Snapshot;
use super::status::{Direction, Tone};

/// Names a kept snapshot. Later ones have larger keys, and none is given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Key(pub i64);

/// A message of the history, by its newest snapshot.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    /// Of the newest snapshot; zero until it is kept.
    pub key: Key,
    pub id: MessageId,
    pub profile: String,
    /// When it was asked.
    pub at: Timestamp,
    pub tone: Tone,
    pub direction: Option<Direction>,
    /// Short, five columns where it is known; empty for a failed lookup.
    pub kind: String,
    /// Of the message or its call, as sent.
    pub status: Option<String>,
    /// Whether the message failed, or the lookup.
    pub is_failure: bool,
    /// At most [`SNIPPET`] characters.
    pub snippet: String,
    /// What the lookup ended in, where it failed.
    pub failure: Option<FailureKind>,
    pub pinned: bool,
    /// How many snapshots are kept of it.
    pub lookups: u64,
}

/// Characters of a snippet: more than a list shows.
pub const SNIPPET: usize = 120;

impl Listed {
    /// The row of a message of which this is all that is known.
    pub fn new(snapshot: &Snapshot) -> Self {
        let row = Self {
            key: Key::default(),
            id: snapshot.asked.id.clone(),
            profile: snapshot.asked.profile.clone(),
            at: snapshot.at,
            tone: Tone::Trouble,
            direction: None,
            kind: String::new(),
            status: None,
            is_failure: true,
            snippet: String::new(),
            failure: None,
            pinned: false,
            lookups: 1,
        };
        match &snapshot.outcome {
            Ok(page) if page.is_conversation() => Self {
                tone: Tone::Neutral,
                kind: "CONV".to_owned(),
                is_failure: false,
                snippet: beginning(&conversation(page)),
                ..row
            },
            Ok(message) => {
                let kind = message.kind();
                let tone = message.tone();
                Self {
                    tone,
                    direction: message.direction(),
                    kind: kind.as_ref().map_or("?", |kind| kind.short()).to_owned(),
                    status: message.outcome().map(|status| status.word().to_owned()),
                    is_failure: tone == Tone::Failure,
                    snippet: beginning(&snippet(message)),
                    ..row
                }
            }
            Err(failure) => Self {
                snippet: format!("{} {}", failure.title(), snapshot.asked.id),
                failure: Some(failure.kind()),
                ..row
            },
        }
    }
}

/// What went wrong in a few words, where that is known; else what the message says.
pub(super) fn snippet(message: &Message) -> String {
    if message.tone() != Tone::Failure {
        return message.snippet();
    }
    // A row is kept as it is: it does not change with a user's own explanations.
    let known = Explanations::default();
    let Explanation { by, code, .. } = known.explain(message);
    let short = match by {
        By::Error(entry) => entry.short.as_deref(),
        _ => None,
    };
    match (short, code) {
        (Some(short), Some(code)) => format!("{code} {short}"),
        (Some(short), None) => short.to_owned(),
        (None, _) => message.snippet(),
    }
}

/// `conversation, last: See you on Thursday`
fn conversation(page: &Message) -> String {
    match page.listed().first() {
        Some(last) => format!("conversation, last: {}", snippet(last)),
        None => "conversation".to_owned(),
    }
}

fn beginning(text: &str) -> String {
    text.chars().take(SNIPPET).collect()
}

/// Which rows of the history are wanted.
#[derive(Clone, PartialEq, Debug)]
pub struct Wanted {
    pub filter: Filter,
    /// What `since:2d` counts from.
    pub now: Timestamp,
    /// Messages to leave out, as if they were not kept: those that are listed elsewhere.
    pub without: Vec<MessageId>,
    /// Rows before the first that is wanted, newest first.
    pub offset: u64,
    pub limit: u64,
}

/// A window of the history's rows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Listing {
    /// How many rows there are in all.
    pub total: u64,
    /// Rows before the first of these.
    pub offset: u64,
    /// Newest first.
    pub rows: Vec<Listed>,
}

/// A message that was deleted, with all that was kept of it: enough to restore it.
#[derive(Clone, PartialEq, Debug)]
pub struct Deleted {
    pub id: MessageId,
    pub pinned: bool,
    /// Oldest first.
    pub snapshots: Vec<(Key, Arc<Snapshot>)>,
}
