//! The history pane's rows: one a message, newest first.
//! Never decides what an answer means; it keeps what the lookups brought.

use std::sync::Arc;

use jiff::Timestamp;

use super::effect::Ticket;
use super::scroll::Scroll;
use crate::model::id::MessageId;
use crate::model::listed::Listed;
use crate::model::outline::Outline;
use crate::model::progress::Progress;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::status::{Direction, Tone};
use crate::model::whom::Whom;

/// One message of the list.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub id: MessageId,
    /// Its newest lookup.
    pub ticket: Ticket,
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
}

/// An answer, with what the list and the pane show of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    pub snapshot: Arc<Snapshot>,
    pub outline: Arc<Outline>,
    pub tone: Tone,
    pub direction: Option<Direction>,
    /// At most five columns; empty for a failed lookup.
    pub kind: Shown,
    pub snippet: Shown,
}

/// The list.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct History {
    pub entries: Vec<Entry>,
    pub scroll: Scroll,
}

impl Kept {
    pub fn new(snapshot: Arc<Snapshot>, outline: Arc<Outline>) -> Self {
        let listed = Listed::new(&snapshot);
        Self {
            snapshot,
            outline,
            tone: listed.tone,
            direction: listed.direction,
            kind: Shown::line(&listed.kind),
            snippet: Shown::line(&listed.snippet),
        }
    }
}

impl History {
    /// Notes that a lookup began: its message moves to the top, what was kept of it stays. The cursor stays on its row.
    pub fn begin(&mut self, id: &MessageId, ticket: Ticket, whom: Whom, since: Timestamp) {
        let under_cursor = self.at_cursor().map(|entry| entry.id.clone());
        let old = self.position(id).map(|at| self.entries.remove(at));
        let kept = old.and_then(|entry| entry.kept);
        self.entries.insert(
            0,
            Entry {
                id: id.clone(),
                ticket,
                whom,
                since,
                asking: true,
                progress: None,
                kept,
            },
        );
        if let Some(at) = under_cursor.and_then(|id| self.position(&id)) {
            if self.scroll.offset > 0 {
                self.scroll.offset += at.saturating_sub(self.scroll.cursor);
            }
            self.scroll.cursor = at;
        }
    }

    /// Puts the cursor on the newest lookup.
    pub fn to_top(&mut self) {
        self.scroll = Scroll::default();
    }

    /// Notes how a lookup gets on; one that has ended or was stopped has nothing more to tell.
    pub fn progressed(&mut self, ticket: Ticket, progress: Progress) {
        let mut entries = self.entries.iter_mut();
        if let Some(entry) = entries.find(|entry| entry.ticket == ticket && entry.asking) {
            entry.progress = Some(progress);
        }
    }

    /// Keeps an answer. A late one of a message asked again since is kept only if nothing newer is.
    pub fn keep(&mut self, ticket: Ticket, kept: Kept) {
        let id = &kept.snapshot.asked.id;
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == *id) else {
            return;
        };
        let older = |own: &Kept| own.snapshot.at <= kept.snapshot.at;
        if entry.kept.as_ref().is_none_or(older) {
            entry.kept = Some(kept);
        }
        if entry.ticket == ticket {
            entry.asking = false;
        }
    }

    /// Forgets that a lookup runs; an entry that holds nothing goes.
    pub fn stop(&mut self, ticket: Ticket) {
        let Some(at) = self
            .entries
            .iter()
            .position(|entry| entry.ticket == ticket && entry.asking)
        else {
            return;
        };
        self.entries[at].asking = false;
        if self.entries[at].kept.is_none() {
            self.entries.remove(at);
        }
        self.scroll.cursor = self.scroll.cursor.min(self.entries.len().saturating_sub(1));
    }

    pub fn position(&self, id: &MessageId) -> Option<usize> {
        self.entries.iter().position(|entry| entry.id == *id)
    }

    pub fn at_cursor(&self) -> Option<&Entry> {
        self.entries.get(self.scroll.cursor)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn only_a_lookup_under_way_gets_on_and_a_new_one_starts_afresh() {
        let id = MessageId::new("ve9EPM428h8vShlRW1KT").unwrap();
        let waiting = Progress::Waiting { until: None };
        let mut history = History::default();
        history.begin(&id, Ticket(1), Whom::One(0), Timestamp::UNIX_EPOCH);
        history.progressed(Ticket(1), waiting.clone());
        assert_eq!(history.entries[0].progress, Some(waiting.clone()));
        history.begin(&id, Ticket(2), Whom::One(0), Timestamp::UNIX_EPOCH);
        history.progressed(Ticket(1), waiting);
        assert_eq!(history.entries[0].progress, None);
    }
}
