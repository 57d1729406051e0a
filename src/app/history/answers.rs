//! The answers that the list holds in memory, by message.
//! Never another lookup's in the place of a message's newest.

use std::sync::Arc;

use super::{Answered, History, Kept};
use crate::model::id::MessageId;
use crate::model::outline::Outline;
use crate::model::snapshot::Snapshot;

impl History {
    /// The newest answer of a message, where it is held.
    pub fn answer_of(&self, id: &MessageId) -> Option<&Answered> {
        self.entry(id)?.kept.as_ref()?.answer.as_ref()
    }

    /// Puts the same lookup with more of what belongs to it in its place.
    pub fn exchange(&mut self, whole: &Arc<Snapshot>, outline: &Arc<Outline>) {
        let id = &whole.asked.id;
        let entry = self.entries.iter_mut().find(|entry| entry.id == *id);
        let Some(kept) = entry.and_then(|entry| entry.kept.as_mut()) else {
            return;
        };
        let same = |own: &Answered| own.snapshot.at == whole.at;
        if kept.answer.as_ref().is_some_and(same) {
            let (key, pinned) = (kept.row.key, kept.row.pinned);
            *kept = Kept::new(Arc::clone(whole), Arc::clone(outline));
            (kept.row.key, kept.row.pinned) = (key, pinned);
        }
    }
}
