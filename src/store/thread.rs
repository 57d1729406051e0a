//! The thread that owns the database: one errand after the other, those that keep together.
//! Never more than one at work, and never a lookup lost that it was told to keep.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::error::StoreError;
use super::keep;
use super::shelf::{Keeping, Notes, Shelf};
use crate::model::listed::Key;
use crate::model::snapshot::Snapshot;

/// Snapshots that are kept in one transaction at most.
const TOGETHER: usize = 256;

/// What comes so soon after a snapshot that was kept is one of many: they are waited for, since to write
/// several at once costs little more than one.
const SOON: Duration = Duration::from_millis(20);
const GATHERING: Duration = Duration::from_millis(1);

/// Without an errand for so long, what was kept is put into the search.
const QUIET: Duration = Duration::from_millis(250);

pub(super) type Done<T> = oneshot::Sender<Result<T, StoreError>>;
type Work = Box<dyn FnOnce(&mut Shelf) + Send>;

pub(super) enum Errand {
    Keep(Arc<Snapshot>, Done<Key>),
    Do(Work),
}

/// Starts it; `None` where the system has no thread left.
pub(super) fn start(keeping: Keeping, notes: Notes) -> Option<Sender<Errand>> {
    let (errands, incoming) = channel();
    let thread = thread::Builder::new().name("history".to_owned());
    let run = move || run(Shelf::new(keeping, notes), &incoming);
    // Never joined: whoever must know that something is written awaits its answer.
    thread.spawn(run).ok().map(|_| errands)
}

fn run(mut shelf: Shelf, incoming: &Receiver<Errand>) {
    let (mut patience, mut next) = (None, None);
    let mut kept: Option<Instant> = None;
    loop {
        match next.take().map_or_else(|| wait(incoming, patience), Ok) {
            Ok(Errand::Do(work)) => work(&mut shelf),
            Ok(Errand::Keep(snapshot, done)) => {
                if kept.is_some_and(|kept| kept.elapsed() < SOON) {
                    thread::sleep(GATHERING);
                }
                let mut all = vec![(snapshot, done)];
                next = gather(incoming, &mut all);
                keep_all(&mut shelf, all);
                kept = Some(Instant::now());
            }
            Err(RecvTimeoutError::Timeout) => {
                // As long as that took nobody else could write: now they may.
                let begun = Instant::now();
                patience = shelf.index_some().then(|| begun.elapsed());
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
        patience = Some(QUIET);
    }
}

/// The next errand; without patience whenever it comes.
fn wait(
    incoming: &Receiver<Errand>,
    patience: Option<Duration>,
) -> Result<Errand, RecvTimeoutError> {
    match patience {
        Some(patience) => incoming.recv_timeout(patience),
        None => incoming.recv().map_err(RecvTimeoutError::from),
    }
}

/// Takes along what is to be kept as well, up to what else is to be done, which is told.
fn gather(
    incoming: &Receiver<Errand>,
    all: &mut Vec<(Arc<Snapshot>, Done<Key>)>,
) -> Option<Errand> {
    while all.len() < TOGETHER {
        match incoming.try_recv() {
            Ok(Errand::Keep(snapshot, done)) => all.push((snapshot, done)),
            other => return other.ok(),
        }
    }
    None
}

fn keep_all(shelf: &mut Shelf, all: Vec<(Arc<Snapshot>, Done<Key>)>) {
    let together = keep_together(shelf, all.iter().map(|(snapshot, _)| &**snapshot));
    match together {
        Ok(keys) => {
            for ((_, done), key) in all.into_iter().zip(keys) {
                // Whoever has stopped waiting needs no answer.
                let _ = done.send(Ok(key));
            }
            // All of it is kept; what hinders here is told by the next search.
            let _ = shelf.index_beyond();
        }
        // What is wrong with one of them is no trouble of the others.
        Err(StoreError::Other(_)) if all.len() > 1 => {
            for (snapshot, done) in all {
                let kept = shelf
                    .write(|database| database.writing(|database| keep::keep(database, &snapshot)));
                // The same.
                let _ = done.send(kept);
            }
        }
        Err(error) => {
            for (_, done) in all {
                // The same.
                let _ = done.send(Err(error.clone()));
            }
        }
    }
}

/// All of them or none.
fn keep_together<'a>(
    shelf: &mut Shelf,
    all: impl Iterator<Item = &'a Snapshot> + Clone,
) -> Result<Vec<Key>, StoreError> {
    shelf.write(|database| {
        database.writing(|database| {
            let keys = all.clone().map(|snapshot| keep::keep(database, snapshot));
            keys.collect()
        })
    })
}
