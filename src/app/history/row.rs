//! What stands in a row of the history: a message by its newest lookup.
//! Never the answer's text beyond a snippet: that is read again when the row is opened.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::batch::BatchNumber;
use crate::app::effect::Ticket;
use crate::model::id::MessageId;
use crate::model::listed::{Key, Listed};
use crate::model::outline::Outline;
use crate::model::progress::Progress;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::status::{Direction, Tone};
use crate::model::whom::Whom;

/// A message, as the list shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Of its newest snapshot in the store; zero until it is there.
    pub key: Key,
    pub id: MessageId,
    /// Who answered.
    pub profile: String,
    pub at: Timestamp,
    pub tone: Tone,
    pub direction: Option<Direction>,
    /// At most five columns; empty for a failed lookup.
    pub kind: Shown,
    /// Of the message or its call, as sent.
    pub status: Option<Shown>,
    pub snippet: Shown,
    pub pinned: bool,
}

impl From<Listed> for Row {
    fn from(listed: Listed) -> Self {
        Self {
            key: listed.key,
            profile: listed.profile,
            at: listed.at,
            tone: listed.tone,
            direction: listed.direction,
            kind: Shown::line(&listed.kind),
            status: listed.status.map(|word| Shown::line(&word)),
            snippet: Shown::line(&listed.snippet),
            pinned: listed.pinned,
            id: listed.id,
        }
    }
}

/// A message that is held beside the pages of kept ones: asked for in this run, or pinned.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub id: MessageId,
    /// Its newest lookup.
    pub ticket: Ticket,
    /// The batch that it belongs to by that lookup.
    pub batch: Option<BatchNumber>,
    /// Who was asked.
    pub whom: Whom,
    /// When that lookup began.
    pub since: Timestamp,
    /// Whether that lookup is still under way.
    pub asking: bool,
    /// How that one gets on, once it has told.
    pub progress: Option<Progress>,
    /// What the lookups so far brought last.
    pub kept: Option<Kept>,
    /// Whether it stays on top.
    pub pinned: bool,
}

/// A lookup as it begins.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Who is asked.
    pub whom: Whom,
    pub since: Timestamp,
    pub batch: Option<BatchNumber>,
}

/// What is known of a message, and its answer where that is held in memory.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    pub row: Row,
    /// `None` for what an earlier run asked.
    pub answer: Option<Answered>,
}

/// A snapshot with its rows made.
#[derive(Clone, PartialEq, Debug)]
pub struct Answered {
    pub snapshot: Arc<Snapshot>,
    pub outline: Arc<Outline>,
}

impl Kept {
    pub fn new(snapshot: Arc<Snapshot>, outline: Arc<Outline>) -> Self {
        Self {
            row: Listed::new(&snapshot).into(),
            answer: Some(Answered { snapshot, outline }),
        }
    }
}

impl Entry {
    /// A message of an earlier run that stays on top.
    pub fn pinned(row: Row) -> Self {
        Self {
            id: row.id.clone(),
            ticket: Ticket::default(),
            batch: None,
            whom: Whom::One(0),
            since: row.at,
            asking: false,
            progress: None,
            pinned: true,
            kept: Some(Kept { row, answer: None }),
        }
    }
}
