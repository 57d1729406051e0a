//! Keeps in the history what `get` prints.
//! Never a fault of the lookups: what cannot be kept is one line on standard error.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::timeout;

use crate::model::listed::Key;
use crate::model::snapshot::Snapshot;
use crate::store::{Retention, Store, StoreError};

/// How long the next line waits for the one before to be kept: of a program that is killed one lookup is lost at most.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long the end waits for what is being written.
const LAST: Duration = Duration::from_secs(2);
/// How long old lookups are removed at the end; the rest has time until the next call.
const PRUNING: Duration = Duration::from_millis(200);

/// A snapshot on its way to the disk.
type Kept = Pin<Box<dyn Future<Output = Result<Key, StoreError>> + Send>>;

pub(super) struct Keeper {
    /// None where nothing is kept.
    store: Option<(Store, Retention)>,
    last: Option<Kept>,
    patience: Duration,
    fault: Option<StoreError>,
}

impl Keeper {
    pub(super) fn new(history: Option<&(Store, Retention)>) -> Self {
        Self {
            store: history.cloned(),
            last: None,
            patience: PATIENCE,
            fault: None,
        }
    }

    /// Hands it over to be kept, once the one before is.
    pub(super) async fn keep(&mut self, snapshot: &Arc<Snapshot>) {
        if snapshot.was_asked() && self.store.is_some() {
            self.settle(self.patience).await;
            if let Some((store, _)) = &self.store {
                self.last = Some(Box::pin(store.keep(Arc::clone(snapshot))));
            }
        }
    }

    /// Waits for the last one. Where that takes long, no line waits any more.
    async fn settle(&mut self, patience: Duration) {
        let Some(last) = self.last.take() else {
            return;
        };
        match timeout(patience, last).await {
            Ok(Ok(_)) => {}
            Ok(Err(fault)) => _ = self.fault.get_or_insert(fault),
            Err(_) => self.patience = Duration::ZERO,
        }
    }

    /// Waits for what is being written, and tells what the user should know.
    pub(super) async fn end(mut self, errors: &mut dyn Write) -> io::Result<()> {
        let any = self.last.is_some();
        self.settle(LAST).await;
        let Some((store, retention)) = &self.store else {
            return Ok(());
        };
        if any && self.fault.is_none() {
            // What is in the way of that is no trouble of these lookups: the next call tries again.
            let pruned = store.prune(*retention, Timestamp::now());
            let _ = timeout(PRUNING, pruned).await;
        }
        while let Some(note) = store.take_note() {
            writeln!(errors, "msgscope: {note}")?;
        }
        if let Some(fault) = self.fault {
            writeln!(errors, "msgscope: {fault}")?;
        }
        Ok(())
    }
}
