//! What is to be done outside, as data: comparable, and without any handle to do it with.
//! Never a token in the clear: a prompted one travels in its own type.

use std::path::PathBuf;
use std::sync::Arc;

use secrecy::zeroize::Zeroizing;

use super::history::AskedPage;
use crate::model::endpoint::Endpoint;
use crate::model::file_form::FileForm;
use crate::model::filter::Filter;
use crate::model::id::MessageId;
use crate::model::listed::{Deleted, Key};
use crate::model::outline::Outline;
use crate::model::saving::Piece;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::whom::Whom;

/// A lookup's name: it decides where the answer goes, and tells a late one from the one awaited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Ticket(pub u64);

/// Work for the runtime.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Ask these for the message; ends in `Event::Answered`.
    Lookup(Ticket, Whom, MessageId),
    /// Stop asking; no event follows.
    Cancel(Ticket),
    /// Break a large outline into lines off the loop; ends in `Event::Laid`.
    Lay {
        outline: Arc<Outline>,
        open: Vec<bool>,
        width: u16,
    },
    /// Make the raw view of a large answer; ends in `Event::RawMade`.
    MakeRaw(Arc<Snapshot>),
    /// Keep what a lookup brought in the history; ends in `Event::Kept`.
    Keep(Arc<Snapshot>),
    /// Take the payload's next bunch into the history, from that place on; ends in `Event::TakenIn`.
    TakeIn(usize),
    /// Read which messages of earlier runs are pinned; ends in `Event::PinnedRead`.
    ReadPinned,
    /// Remove what is older or more than is to be kept, once nobody waits for the first rows; ends in `Event::Pruned`.
    Prune,
    /// Read a page of the kept messages; ends in `Event::Listed`.
    List(ListPage),
    /// Read a kept snapshot; ends in `Event::Fetched`.
    Fetch(Key),
    /// Pin a message to the top, or no more; ends in `Event::Pinned`.
    Pin(MessageId, bool),
    /// Delete all that is kept of a message; ends in `Event::Deleted`.
    Delete(MessageId),
    /// Bring back what was deleted; ends in `Event::Restored`.
    Restore(Arc<Deleted>),
    /// Read a message's lookups; ends in `Event::TimelineRead`.
    ReadTimeline(MessageId),
    /// Make the rows of one of them; ends in `Event::RowsMade`.
    MakeRows(Arc<Snapshot>),
    /// Ask for what belongs to that message; ends in `Event::Linked`.
    Link(Ticket, Arc<Snapshot>, Endpoint, MessageId),
    /// Keep that with the message, which is kept already; ends in `Event::LinkedKept`.
    KeepLinked(Arc<Snapshot>, Arc<Snapshot>),
    /// Make the rows of a message with what belongs to it anew; ends in `Event::WholeMade`.
    MakeWhole(Arc<Snapshot>),
    /// Lay two answers side by side, the earlier one first; ends in `Event::BesideMade`.
    MakeBeside(Arc<Snapshot>, Arc<Snapshot>),
    /// Read a file of ids; ends in `Event::IdsRead`.
    ReadIds(String),
    /// Write answers to a file; ends in `Event::Exported`.
    Export(Export),
    /// Put `text` on the clipboard; `what` names it. Ends in `Event::Copied`.
    Copy {
        what: String,
        text: String,
    },
    /// The same with a text made from a snapshot; ends in `Event::CopiedAs`.
    CopyAs(Form, Arc<Snapshot>),
    /// Fetch a file of a message as the profile at that place, and save it; ends in `Event::Saved` or
    /// `Event::SaveFailed`.
    Save(Ticket, usize, Piece),
    /// Save it no more; no event follows.
    StopSaving(Ticket),
    /// Open a URL on this machine's desktop.
    OpenUrl(String),
    /// Open a saved file there.
    OpenFile(PathBuf),
    /// Leave the screen and write `text` as one unbroken run, until Enter.
    ShowAlone(String),
    /// Use this token for the run, with the profile at that place; ends in `Event::TokenTaken`.
    UseToken(usize, PromptedToken),
    /// Ring the terminal's bell; a notification says this, where one is wanted.
    Ring(Shown),
    Repaint,
    Suspend,
    Quit,
}

impl Effect {
    /// Whether the history's store does the work.
    pub fn is_the_stores(&self) -> bool {
        let reads = matches!(
            self,
            Self::ReadPinned
                | Self::TakeIn(_)
                | Self::Prune
                | Self::List(_)
                | Self::Fetch(_)
                | Self::ReadTimeline(_)
        );
        reads || (self.writes() && !matches!(self, Self::Export(_)))
    }

    /// Whether it writes what must not be lost.
    pub fn writes(&self) -> bool {
        matches!(
            self,
            Self::Export(_)
                | Self::Keep(_)
                | Self::KeepLinked(..)
                | Self::Pin(..)
                | Self::Delete(_)
                | Self::Restore(_)
        )
    }
}

/// A page of kept messages, newest first.
#[derive(Clone, PartialEq, Debug)]
pub struct ListPage {
    pub asked: AskedPage,
    /// All of them where it asks for nothing.
    pub filter: Filter,
    /// Those that are shown elsewhere, or are being deleted.
    pub without: Vec<MessageId>,
}

/// Answers on their way to a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Export {
    pub form: FileForm,
    pub snapshots: Arc<[Arc<Snapshot>]>,
    /// As typed.
    pub path: String,
    /// Whether a file that is there is written over.
    pub over: bool,
}

/// A text made from a snapshot, to be copied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A `curl` command that asks the same, without the token.
    Curl,
    /// The text for a ticket, without customers' words and with addresses hidden.
    Ticket,
    /// The same with both.
    FullTicket,
}

/// A token from the prompt on its way to the client. Prints `(redacted)`, wipes itself.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PromptedToken(Zeroizing<String>);

impl PromptedToken {
    /// Room enough that typing does not leave copies behind when it grows.
    const ROOM: usize = 4096;

    pub fn new(text: &str) -> Self {
        let mut token = Self(Zeroizing::new(String::with_capacity(
            Self::ROOM.max(text.len()),
        )));
        token.push(text);
        token
    }

    pub fn push(&mut self, text: &str) {
        if self.0.capacity() == 0 {
            self.0.reserve(Self::ROOM);
        }
        for letter in text.chars().filter(|letter| !letter.is_control()) {
            if self.0.len() + letter.len_utf8() <= self.0.capacity() {
                self.0.push(letter);
            }
        }
    }

    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// How many characters there are, which is all the screen shows.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For the client alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PromptedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompted_token_is_never_printed() {
        let effect = Effect::UseToken(0, PromptedToken::new("pit-sentinel\n"));
        assert_eq!(format!("{effect:?}"), "UseToken(0, (redacted))");
        let Effect::UseToken(_, token) = effect else {
            return;
        };
        assert_eq!((token.len(), token.expose()), (12, "pit-sentinel"));
    }
}
