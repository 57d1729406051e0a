//! The history pane's rows: one a message, newest first; this run's in memory, earlier ones in pages of the store.
//! Never decides what an answer means; it keeps what the lookups brought.

mod answers;
mod item;
mod lines;
mod pages;
mod recent;
mod row;

use jiff::Timestamp;

use super::batch::BatchNumber;
use super::effect::Ticket;
use super::scroll::Scroll;
use crate::model::filter::{Filter, Term};
use crate::model::id::MessageId;
use crate::model::listed::Key;
use crate::model::progress::Progress;

pub use item::Item;
pub use lines::Line;
pub use pages::{AskedPage, PAGE, Pages};
pub use recent::{BatchRow, Recent};
pub use row::{Answered, Asked, Entry, Kept, Row};

/// The list.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct History {
    /// Those that are pinned, then those of this run.
    pub recent: Recent,
    /// Those that earlier runs kept, without `recent`. `None` until the store was looked at.
    pub earlier: Option<Pages>,
    /// What is shown instead of both, while there is a filter.
    pub filtered: Option<Filtered>,
    pub scroll: Scroll,
}

/// Answers of this run that are held in memory; the others are read again.
const ANSWERS: usize = 64;

/// The rows that match.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filtered {
    /// As typed.
    pub text: String,
    /// Whether only what failed is shown.
    pub failures: bool,
    /// What both ask for.
    filter: Filter,
    pub pages: Pages,
}

impl Filtered {
    /// Reads what is asked for now; the rows follow.
    pub fn read(&mut self) -> &Filter {
        self.filter = Filter::new(&self.text);
        if self.failures {
            self.filter.terms.push(Term::Failed);
        }
        self.pages.changed();
        &self.filter
    }

    /// Whether it asks for something.
    pub fn is_active(&self) -> bool {
        !self.filter.is_empty()
    }
}

impl History {
    /// The filter in force, where it asks for something.
    fn active(&self) -> Option<&Filtered> {
        self.filtered.as_ref().filter(|own| own.is_active())
    }

    /// What the rows shown have to be, where that is not all.
    pub fn filter(&self) -> Option<&Filter> {
        Some(&self.active()?.filter)
    }

    /// Rows of the list as it is shown.
    pub fn len(&self) -> usize {
        match self.active() {
            Some(filtered) => filtered.pages.total(),
            None => self.recent.len() + self.earlier.as_ref().map_or(0, Pages::total),
        }
    }

    /// Messages there are, whatever is filtered or folded away.
    pub fn all(&self) -> usize {
        self.recent.entries().len() + self.earlier.as_ref().map_or(0, Pages::total)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn item(&self, index: usize) -> Item<'_> {
        let row = match self.active() {
            Some(filtered) => filtered.pages.row(index),
            None => match self.recent.item(index) {
                Some(item) => return item,
                None => self.earlier.as_ref().and_then(|pages| {
                    let index = index.checked_sub(self.recent.len())?;
                    pages.row(index)
                }),
            },
        };
        let Some(row) = row else { return Item::Unread };
        // What this run knows of it is newer than what the store told.
        let own = self.entry(&row.id).filter(|_| self.active().is_some());
        own.map_or(Item::Kept(row), Item::Entry)
    }

    pub fn at_cursor(&self) -> Item<'_> {
        self.item(self.scroll.cursor)
    }

    pub fn entry(&self, id: &MessageId) -> Option<&Entry> {
        self.recent.entry(id)
    }

    /// Where a message stands in the list as it is shown, as far as that is in memory.
    pub fn position(&self, id: &MessageId) -> Option<usize> {
        if let Some(filtered) = self.active() {
            return filtered.pages.position(id);
        }
        self.recent.position(id).or_else(|| {
            let at = self.earlier.as_ref()?.position(id)?;
            Some(self.recent.len() + at)
        })
    }

    /// The same; for one that is folded away the row of its batch.
    pub fn place(&self, id: &MessageId) -> Option<usize> {
        self.position(id).or_else(|| {
            let batch = self.recent.batch_of(self.entry(id)?)?.number;
            self.position_of_batch(batch)
        })
    }

    /// Where a batch stands, unless a filter is in force.
    pub fn position_of_batch(&self, batch: BatchNumber) -> Option<usize> {
        let all = self.active().is_none();
        all.then(|| self.recent.position_of_batch(batch))?
    }

    /// What is known of a message, as far as it is in memory.
    pub fn row_of(&self, id: &MessageId) -> Option<&Row> {
        let own = self.entry(id).and_then(|own| Item::Entry(own).row());
        own.or_else(|| self.position(id).and_then(|at| self.item(at).row()))
    }

    /// The pages that are shown, with the index of their first row.
    pub fn pages_mut(&mut self) -> Option<(&mut Pages, usize)> {
        match self.filtered.as_mut().filter(|own| own.is_active()) {
            Some(filtered) => Some((&mut filtered.pages, 0)),
            None => Some((self.earlier.as_mut()?, self.recent.len())),
        }
    }

    /// Notes that the store holds other messages than before.
    pub fn changed(&mut self) {
        if let Some(pages) = &mut self.earlier {
            pages.changed();
        }
        if let Some(filtered) = &mut self.filtered {
            filtered.pages.changed();
        }
    }

    /// Does something to the list; the cursor stays on its message or batch.
    pub fn keeping_cursor<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        let item = self.at_cursor();
        let (message, batch) = (item.id().cloned(), item.batch());
        let done = change(self);
        let batch = || self.position_of_batch(batch?);
        if let Some(at) = message.and_then(|id| self.place(&id)).or_else(batch) {
            if self.scroll.offset > 0 {
                let by = at.saturating_sub(self.scroll.cursor);
                self.scroll.offset += by;
            }
            self.scroll.cursor = at;
        }
        self.scroll.cursor = self.scroll.cursor.min(self.len().saturating_sub(1));
        done
    }

    /// Notes that a lookup began: its message moves to the top, below those that are pinned, or under its batch; what
    /// was kept of it stays. The cursor stays on its row.
    pub fn begin(&mut self, id: &MessageId, ticket: Ticket, asked: Asked) {
        let Asked { whom, since, batch } = asked;
        self.keeping_cursor(|history| {
            let old = history.recent.take(id);
            let pinned = old.as_ref().is_some_and(|entry| entry.pinned);
            let mut kept = old.and_then(|entry| entry.kept);
            if let Some(pages) = &mut history.earlier
                && kept.is_none()
            {
                kept = pages.remove(id).map(|row| Kept { row, answer: None });
                // It may stand in a page that is not in memory.
                pages.changed();
            }
            history.recent.put(Entry {
                id: id.clone(),
                ticket,
                batch,
                whom,
                since,
                asking: true,
                progress: None,
                kept,
                pinned,
            });
        });
    }

    /// Notes that a batch began: its row is the newest, and the cursor stands on it.
    pub fn begin_batch(&mut self, number: BatchNumber, since: Timestamp) {
        self.recent.begin_batch(number, since);
        self.scroll.cursor = self.position_of_batch(number).unwrap_or_default();
        if self.scroll.cursor == 0 {
            self.scroll.offset = 0;
        }
    }

    /// Holds a message beside the pages, so that it is there when something comes in for it.
    pub fn hold(&mut self, id: &MessageId) {
        self.keeping_cursor(|history| {
            if let Some(entry) = history.take(id) {
                history.recent.put(entry);
            }
        });
    }

    /// Puts the cursor on a message, or on the batch that it is folded away with.
    pub fn to(&mut self, id: &MessageId) {
        let cursor = self.place(id).unwrap_or_default();
        self.scroll.cursor = cursor;
        if cursor == 0 {
            self.scroll.offset = 0;
        }
    }

    /// Notes how a lookup gets on; one that has ended or was stopped has nothing more to tell.
    pub fn progressed(&mut self, ticket: Ticket, progress: Progress) {
        let mut entries = self.recent.entries_mut().iter_mut();
        if let Some(entry) = entries.find(|entry| entry.ticket == ticket && entry.asking) {
            entry.progress = Some(progress);
        }
    }

    /// Keeps an answer. A late one of a message asked again since is kept only if nothing newer is.
    pub fn keep(&mut self, ticket: Ticket, kept: Kept) {
        let Some(entry) = self.recent.entry_mut(&kept.row.id) else {
            return;
        };
        let older = |own: &Kept| own.row.at <= kept.row.at;
        if entry.kept.as_ref().is_none_or(older) {
            entry.kept = Some(kept);
        }
        if entry.ticket == ticket {
            entry.asking = false;
        }
    }

    /// Notes that an answer of that moment is in the store. Of many, only the newest stay in memory as well.
    pub fn stored(&mut self, id: &MessageId, at: Timestamp, key: Key) {
        if let Some(kept) = self
            .recent
            .entry_mut(id)
            .and_then(|entry| entry.kept.as_mut())
            && kept.row.at == at
        {
            kept.row.key = key;
        }
        let entries = self.recent.entries_mut().iter_mut();
        let kept = entries.filter_map(|entry| entry.kept.as_mut());
        let held = kept.filter(|kept| kept.answer.is_some());
        for kept in held
            .skip(ANSWERS)
            .filter(|kept| kept.row.key != Key::default())
        {
            kept.answer = None;
        }
        if let Some(filtered) = &mut self.filtered {
            filtered.pages.changed();
        }
    }

    /// Forgets that a lookup runs; an entry that holds nothing goes.
    pub fn stop(&mut self, ticket: Ticket) {
        self.recent.stop(ticket);
        self.scroll.cursor = self.scroll.cursor.min(self.len().saturating_sub(1));
    }

    /// Takes the pinned messages of earlier runs; those of this run are told only that they are.
    pub fn take_pinned(&mut self, rows: Vec<Row>) {
        self.keeping_cursor(|history| {
            for row in rows {
                match history.recent.take(&row.id) {
                    Some(own) => history.recent.put(Entry {
                        pinned: true,
                        ..own
                    }),
                    None => history.recent.put(Entry::pinned(row)),
                }
            }
        });
        self.earlier.get_or_insert_default().changed();
    }

    /// Takes a message out of all lists, as deleted.
    pub fn remove(&mut self, id: &MessageId) {
        self.recent.take(id);
        let lists = [
            self.earlier.as_mut(),
            self.filtered.as_mut().map(|filtered| &mut filtered.pages),
        ];
        for pages in lists.into_iter().flatten() {
            pages.remove(id);
        }
        self.scroll.cursor = self.scroll.cursor.min(self.len().saturating_sub(1));
    }

    /// Pins a message to the top, or lets it go back to its place. Whether it is pinned now; `None` where its row is
    /// not in memory.
    pub fn pin(&mut self, id: &MessageId) -> Option<bool> {
        self.keeping_cursor(|history| {
            let mut entry = history.take(id)?;
            entry.pinned = !entry.pinned;
            let pinned = entry.pinned;
            // What another run asked goes back to the pages.
            let answered = |kept: &Kept| kept.answer.is_some();
            if pinned || entry.asking || entry.kept.as_ref().is_some_and(answered) {
                history.recent.put(entry);
            }
            Some(pinned)
        })
    }

    /// Takes a message out of the list to put it elsewhere.
    fn take(&mut self, id: &MessageId) -> Option<Entry> {
        if let Some(own) = self.recent.take(id) {
            return Some(own);
        }
        let earlier = self.earlier.as_mut().and_then(|pages| pages.remove(id));
        let row = earlier.or_else(|| {
            let pages = &self.filtered.as_ref()?.pages;
            pages.row(pages.position(id)?).cloned()
        })?;
        Some(Entry {
            pinned: row.pinned,
            ..Entry::pinned(row)
        })
    }
}

#[cfg(test)]
mod tests;
