//! A row of the list, wherever it is held.
//! Never read from anywhere: what is not in memory says so.

use super::{Answered, BatchRow, Entry, Row};
use crate::app::batch::BatchNumber;
use crate::model::id::MessageId;

/// A row, wherever it is held.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Item<'a> {
    Entry(&'a Entry),
    /// Several messages that were asked for together.
    Batch(&'a BatchRow),
    /// Of an earlier run.
    Kept(&'a Row),
    /// Its page has not been read yet.
    Unread,
}

impl<'a> Item<'a> {
    pub fn id(self) -> Option<&'a MessageId> {
        match self {
            Self::Entry(entry) => Some(&entry.id),
            Self::Kept(row) => Some(&row.id),
            Self::Batch(_) | Self::Unread => None,
        }
    }

    pub fn batch(self) -> Option<BatchNumber> {
        match self {
            Self::Batch(batch) => Some(batch.number),
            Self::Entry(_) | Self::Kept(_) | Self::Unread => None,
        }
    }

    /// What is known of the message; nothing while it is asked for the first time.
    pub fn row(self) -> Option<&'a Row> {
        match self {
            Self::Entry(entry) => entry.kept.as_ref().map(|kept| &kept.row),
            Self::Kept(row) => Some(row),
            Self::Batch(_) | Self::Unread => None,
        }
    }

    /// Its answer, where that is in memory.
    pub fn answer(self) -> Option<&'a Answered> {
        match self {
            Self::Entry(entry) => entry.kept.as_ref()?.answer.as_ref(),
            Self::Batch(_) | Self::Kept(_) | Self::Unread => None,
        }
    }

    pub fn pinned(self) -> bool {
        match self {
            Self::Entry(entry) => entry.pinned,
            Self::Kept(row) => row.pinned,
            Self::Batch(_) | Self::Unread => false,
        }
    }
}
