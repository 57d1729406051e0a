//! Which answer keys on a message mean, in the history, the pane and a batch.
//! Never one that is not in memory: that is read first.

use std::sync::Arc;

use super::{Detail, Focus, State};
use crate::app::batch::{Batch, BatchNumber};
use crate::app::history::Answered;
use crate::model::batch::Standing;
use crate::model::outline::Lead;
use crate::model::snapshot::Snapshot;

impl State {
    /// The answer that keys on a message mean: the row's in the history, else the one shown.
    pub fn meant(&self) -> Option<Arc<Snapshot>> {
        if self.focus == Focus::History {
            let answered = self.answer_at_cursor()?;
            return Some(Arc::clone(&answered.snapshot));
        }
        match &self.detail {
            Detail::Answer(shown) => Some(Arc::clone(&shown.snapshot)),
            Detail::Batch(number) => self.member_at_cursor(*number),
            _ => None,
        }
    }

    /// What the row of the batch under the cursor brought.
    fn member_at_cursor(&self, number: BatchNumber) -> Option<Arc<Snapshot>> {
        let row = self.view()?.row_at_cursor()?;
        let Some(Lead::Message(id)) = row.lead.as_deref() else {
            return None;
        };
        match self.batch(number)?.standing(id)? {
            Standing::Ended(snapshot) => Some(Arc::clone(snapshot)),
            _ => None,
        }
    }

    pub fn batch(&self, number: BatchNumber) -> Option<&Batch> {
        self.batches.iter().find(|batch| batch.number == number)
    }

    pub fn batch_mut(&mut self, number: BatchNumber) -> Option<&mut Batch> {
        let mut batches = self.batches.iter_mut();
        batches.find(|batch| batch.number == number)
    }

    /// The batch that keys mean: the one under the history's cursor, else the one in the pane.
    pub fn meant_batch(&self) -> Option<&Batch> {
        match (&self.detail, self.focus) {
            (_, Focus::History) => self.batch(self.history.at_cursor().batch()?),
            (Detail::Batch(number), Focus::Detail) => self.batch(*number),
            _ => None,
        }
    }

    /// The answer of the row under the history's cursor, where it is in memory.
    pub fn answer_at_cursor(&self) -> Option<&Answered> {
        let item = self.history.at_cursor();
        item.answer().or_else(|| {
            let (key, answered) = self.fetched.as_ref()?;
            item.row().filter(|row| row.key == *key).map(|_| answered)
        })
    }
}
