//! What happened: a key's meaning, a paste, a size, a task's end, the passing of time.

use std::sync::Arc;

use jiff::Timestamp;

use super::action::Action;
use super::effect::{Export, ListPage, Ticket};
use super::history::Answered;
use super::pointer::Pointer;
use super::view::Line;
use crate::model::id::MessageId;
use crate::model::listed::{Deleted, Key, Listed};
use crate::model::outline::Outline;
use crate::model::progress::Progress;
use crate::model::saving::{Arrived, SavedFile, Unsaved};
use crate::model::snapshot::Snapshot;

/// Something that happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The console begins: what earlier runs kept is read.
    Began,
    /// A bunch of the payload stands in the history: where the next one begins, and its very first snapshot.
    TakenIn {
        next: Option<usize>,
        first: Option<Answered>,
    },
    /// What time it is now; comes before the events of that moment.
    Passed(Timestamp),
    /// Ids given at start: looked up at once, the first in the pane.
    Submitted(Vec<MessageId>),
    /// Ids the history starts with, newest first; nothing of them is shown in the pane.
    Filled(Vec<MessageId>),
    Acted(Action),
    /// A character without a meaning of its own, where text is edited.
    Typed(char),
    /// A key without use here, for the notice.
    Unused(String),
    Pasted(String),
    /// The mouse, where it is asked for.
    Pointed(Pointer),
    Resized(u16, u16),
    /// A lookup under way got on.
    Progressed(Ticket, Progress),
    /// A lookup has ended, with its rows made.
    Answered(Ticket, Arc<Snapshot>, Arc<Outline>),
    /// An answer asked for at that moment is kept in the history.
    Kept(MessageId, Timestamp, Key),
    /// The messages of earlier runs that are pinned.
    PinnedRead(Vec<Listed>),
    /// A page of the kept messages, and how many there are in all.
    Listed {
        page: ListPage,
        total: usize,
        rows: Vec<Listed>,
    },
    /// The page could not be read; in words.
    NotListed(ListPage, String),
    /// A kept snapshot, with its rows made; `None` where it is gone.
    Fetched(Key, Option<Answered>),
    /// So many old lookups were removed.
    Pruned(u64),
    /// What was deleted of a message, `None` where nothing was kept; or why it was not.
    Deleted(MessageId, Result<Option<Arc<Deleted>>, String>),
    /// What was to come back has, or why not.
    Restored(Arc<Deleted>, Result<(), String>),
    /// A message is pinned, or no more; or why that could not be kept.
    Pinned(MessageId, Result<(), String>),
    Laid {
        outline: Arc<Outline>,
        open: Vec<bool>,
        width: u16,
        lines: Vec<Line>,
    },
    RawMade(Arc<Snapshot>, Arc<Outline>),
    /// A message's lookups, oldest first.
    TimelineRead(MessageId, Vec<Arc<Snapshot>>),
    RowsMade(Arc<Snapshot>, Arc<Outline>),
    /// A lookup of what belongs to a message has ended.
    Linked(Ticket, Arc<Snapshot>),
    /// What belongs to a message is kept with it.
    LinkedKept,
    /// The rows of a message with more of what belongs to it.
    WholeMade(Arc<Snapshot>, Arc<Outline>),
    /// The earlier answer, the later one, both side by side.
    BesideMade(Arc<Snapshot>, Arc<Snapshot>, Arc<Outline>),
    /// What became of a copy, in words.
    Copied(String),
    /// The same of a text that was made for it.
    CopiedAs(String, String),
    /// A file that is being saved got on.
    SavingOn(Ticket, Arrived),
    Saved(Ticket, Result<SavedFile, Unsaved>),
    /// The ids of a file and how many of its lines hold none; or why it was not read.
    IdsRead(Result<(Vec<MessageId>, usize), String>),
    /// A file was written, in words; or its name is taken.
    Exported(Result<String, Box<Export>>),
    /// What became of a token for the profile at that place: in use, or why not.
    TokenTaken(usize, Result<String, String>),
    /// Something outside failed; in words.
    Trouble(String),
}
