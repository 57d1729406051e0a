//! What the list holds beside its pages: pinned messages, those of this run, and its batches with theirs below them.
//! Never a message twice, and one that was asked for again by itself stands by itself.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::{Entry, Item};
use crate::app::batch::BatchNumber;
use crate::app::effect::Ticket;
use crate::model::id::MessageId;

/// The rows from the top on, in the order in which they are listed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Recent {
    /// Those that are pinned, then the others, each newest first; of a batch in the order it was given.
    entries: Vec<Entry>,
    /// Newest first.
    batches: Vec<BatchRow>,
    /// The rows: all but what is folded away.
    rows: Vec<Place>,
}

/// The row of a batch, whose messages fold away under it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BatchRow {
    pub number: BatchNumber,
    /// When it was begun.
    pub since: Timestamp,
    /// Whether its messages are listed below it.
    pub open: bool,
}

/// Where a row is held.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Place {
    Entry(usize),
    Batch(usize),
}

/// What rows are sorted by, the greatest on top.
type Order = (bool, Timestamp, u64, Reverse<u64>);

impl BatchRow {
    fn order(&self) -> Order {
        (false, self.since, self.number.0, Reverse(0))
    }
}

impl Recent {
    /// Messages, folded away or not.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The same, to be changed in what they are not sorted by.
    pub(super) fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn item(&self, index: usize) -> Option<Item<'_>> {
        Some(match *self.rows.get(index)? {
            Place::Entry(at) => Item::Entry(&self.entries[at]),
            Place::Batch(at) => Item::Batch(&self.batches[at]),
        })
    }

    pub fn entry(&self, id: &MessageId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == *id)
    }

    pub(super) fn entry_mut(&mut self, id: &MessageId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.id == *id)
    }

    /// The row of a message, unless it is folded away.
    pub fn position(&self, id: &MessageId) -> Option<usize> {
        let is_it =
            |place: &Place| matches!(*place, Place::Entry(at) if self.entries[at].id == *id);
        self.rows.iter().position(is_it)
    }

    pub fn position_of_batch(&self, number: BatchNumber) -> Option<usize> {
        let is_it =
            |place: &Place| matches!(*place, Place::Batch(at) if self.batches[at].number == number);
        self.rows.iter().position(is_it)
    }

    /// The batch that a message stands in, listed or folded away.
    pub fn batch_of(&self, entry: &Entry) -> Option<&BatchRow> {
        let number = entry.batch.filter(|_| !entry.pinned)?;
        self.batches.iter().find(|batch| batch.number == number)
    }

    /// A batch begins: its row is the newest.
    pub fn begin_batch(&mut self, number: BatchNumber, since: Timestamp) {
        let row = BatchRow {
            number,
            since,
            open: false,
        };
        self.batches.insert(0, row);
        self.batches
            .sort_by_key(|batch| Reverse((batch.since, batch.number)));
        self.list();
    }

    /// Lists a batch's messages, or folds them away.
    pub fn unfold(&mut self, number: BatchNumber, open: bool) {
        let mut batches = self.batches.iter_mut();
        if let Some(batch) = batches.find(|batch| batch.number == number) {
            batch.open = open;
        }
        self.list();
    }

    /// Puts an entry where its time, its batch and its pin belong.
    pub fn put(&mut self, entry: Entry) {
        let own = self.order(&entry);
        let at = self
            .entries
            .partition_point(|other| self.order(other) > own);
        self.entries.insert(at, entry);
        self.list();
    }

    /// Takes a message out.
    pub fn take(&mut self, id: &MessageId) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.id == *id)?;
        let entry = self.entries.remove(at);
        self.list();
        Some(entry)
    }

    /// Forgets that a lookup runs; a message of which nothing is known goes.
    pub fn stop(&mut self, ticket: Ticket) {
        let mut entries = self.entries.iter_mut();
        let own = entries.find(|entry| entry.ticket == ticket && entry.asking);
        let Some(entry) = own else { return };
        entry.asking = false;
        if entry.kept.is_none() {
            let id = entry.id.clone();
            self.take(&id);
        }
    }

    fn order(&self, entry: &Entry) -> Order {
        match self.batch_of(entry) {
            Some(batch) => (false, batch.since, batch.number.0, Reverse(entry.ticket.0)),
            None => (entry.pinned, entry.since, entry.ticket.0, Reverse(0)),
        }
    }

    /// Makes the rows anew.
    fn list(&mut self) {
        let mut rows = Vec::with_capacity(self.entries.len() + self.batches.len());
        let mut batches = self.batches.iter().enumerate().peekable();
        for (at, entry) in self.entries.iter().enumerate() {
            if batches.peek().is_some() {
                let own = self.order(entry);
                while let Some((batch, _)) = batches.next_if(|(_, batch)| batch.order() > own) {
                    rows.push(Place::Batch(batch));
                }
            }
            if self.batch_of(entry).is_none_or(|batch| batch.open) {
                rows.push(Place::Entry(at));
            }
        }
        rows.extend(batches.map(|(batch, _)| Place::Batch(batch)));
        self.rows = rows;
    }
}
