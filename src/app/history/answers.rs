//! The answers that the list holds in memory, by message.
//! Never the rows of another answer than the one that is held.

use std::sync::Arc;

use super::{Answered, History, Kept};
use crate::model::outline::Outline;
use crate::model::snapshot::Snapshot;

impl History {
    /// All that are held.
    pub fn answers_mut(&mut self) -> impl Iterator<Item = &mut Answered> {
        let entries = self.recent.entries_mut().iter_mut();
        let kept = entries.filter_map(|entry| entry.kept.as_mut());
        kept.filter_map(|kept| kept.answer.as_mut())
    }

    /// Takes the rows of an answer that more belongs to now.
    pub fn remake(&mut self, whole: &Arc<Snapshot>, outline: &Arc<Outline>) {
        let entries = self.recent.entries_mut().iter_mut();
        let mut kept = entries.filter_map(|entry| entry.kept.as_mut());
        let same = |own: &Answered| Arc::ptr_eq(&own.snapshot, whole);
        if let Some(kept) = kept.find(|kept| kept.answer.as_ref().is_some_and(same)) {
            let (key, pinned) = (kept.row.key, kept.row.pinned);
            *kept = Kept::new(Arc::clone(whole), Arc::clone(outline));
            (kept.row.key, kept.row.pinned) = (key, pinned);
        }
    }
}
