//! `--watch`: looks again at what is not final, more and more seldom.
//! Never more lookups at once than `get` has else, and never one for a message that is final.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::Asker;
use crate::api::pace::MOST_AT_ONCE;
use crate::model::failure::Failure;
use crate::model::id::MessageId;
use crate::model::looks;
use crate::model::snapshot::Snapshot;
use crate::model::whom::Whom;

/// A message that is looked at again.
#[derive(Debug)]
pub(super) struct Watch {
    id: MessageId,
    whom: Whom,
    pub(super) last: Seen,
    /// Looks so far without a change.
    quiet: usize,
}

/// What a change is told by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Seen {
    /// The status, or the kind of failure.
    pub(super) word: String,
    error: Option<String>,
}

impl Seen {
    pub(super) fn new(snapshot: &Snapshot) -> Self {
        match &snapshot.outcome {
            Err(failure) => Self {
                word: Failure::kind(failure).word().to_owned(),
                error: None,
            },
            Ok(message) => Self {
                word: message
                    .outcome()
                    .map_or_else(|| "no status".to_owned(), |status| status.word().to_owned()),
                error: message.error().map(std::borrow::Cow::into_owned),
            },
        }
    }
}

/// All that are watched: the next looks, the earliest first, and those under way.
#[derive(Default)]
pub(super) struct Watches {
    waiting: BinaryHeap<Reverse<Due>>,
    looks: JoinSet<(Watch, Snapshot)>,
}

struct Due(Instant, Watch);

impl Watches {
    pub(super) fn len(&self) -> usize {
        self.waiting.len() + self.looks.len()
    }

    /// Watches the message of a first look. One that is found is asked for where it was.
    pub(super) fn begin(&mut self, asker: &Asker, snapshot: &Snapshot) {
        let place = snapshot.outcome.as_ref().ok();
        let place = place.and_then(|_| asker.clients.place_of(&snapshot.asked.profile));
        let watch = Watch {
            id: snapshot.asked.id.clone(),
            whom: place.map_or(asker.whom, Whom::One),
            last: Seen::new(snapshot),
            quiet: 0,
        };
        self.wait(watch);
    }

    /// Looks again later; sooner where something has changed.
    pub(super) fn go_on(&mut self, mut watch: Watch, seen: Seen) {
        watch.quiet = if watch.last == seen {
            watch.quiet + 1
        } else {
            0
        };
        watch.last = seen;
        self.wait(watch);
    }

    fn wait(&mut self, watch: Watch) {
        let due = Instant::now() + looks::wait(watch.quiet);
        self.waiting.push(Reverse(Due(due, watch)));
    }

    /// What the next look brought. Without any it waits for ever; dropping the future loses nothing.
    pub(super) async fn next(&mut self, asker: &Asker) -> io::Result<(Watch, Arc<Snapshot>)> {
        loop {
            let room = self.looks.len() < MOST_AT_ONCE;
            let first = self.waiting.peek().filter(|_| room);
            let due = first.map(|Reverse(Due(due, _))| *due);
            if due.is_some_and(|due| due <= Instant::now())
                && let Some(Reverse(Due(_, watch))) = self.waiting.pop()
            {
                let clients = asker.clients.clone();
                self.looks.spawn(async move {
                    let snapshot = clients.lookup(watch.whom, &watch.id, |_| ()).await;
                    (watch, snapshot)
                });
                continue;
            }
            tokio::select! {
                Some(ended) = self.looks.join_next() => {
                    let (watch, snapshot) = ended.map_err(io::Error::other)?;
                    return Ok((watch, Arc::new(snapshot)));
                }
                () = until(due) => {}
            }
        }
    }

    /// Looks at none of them any more.
    pub(super) fn stop(&mut self) {
        *self = Self::default();
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
