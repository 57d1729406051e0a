//! The history's effects: what is read from the store, and what is written to it.
//! Never on the loop: the store's thread does the work, and a task waits for it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::{AbortHandle, JoinSet};

use super::telling::Telling;
use super::{Done, Worker};
use crate::app::effect::ListPage;
use crate::app::history::{Answered, PAGE};
use crate::app::{Effect, Event};
use crate::model::id::MessageId;
use crate::model::listed::{Deleted, Key, Wanted};
use crate::model::payload::Payload;
use crate::model::snapshot::Snapshot;
use crate::store::{Retention, Store, StoreError};

impl Worker {
    /// Starts the task of an effect of the history.
    pub(super) fn start_keeping(
        &self,
        effect: Effect,
        tasks: &mut JoinSet<Done>,
    ) -> Option<AbortHandle> {
        Some(match effect {
            Effect::Keep(snapshot) => tasks.spawn(keep(self.store.clone(), snapshot)),
            Effect::TakeIn(from) => {
                let (store, telling) = (self.store.clone(), self.telling.clone());
                tasks.spawn(take_in(store, self.payload.clone()?, from, telling))
            }
            Effect::ReadPinned => tasks.spawn(pinned(self.store.clone())),
            Effect::Prune => tasks.spawn(prune(self.store.clone(), self.retention)),
            Effect::List(page) => tasks.spawn(list(self.store.clone(), page)),
            Effect::Fetch(key) => tasks.spawn(fetch(self.store.clone(), key, self.telling.clone())),
            Effect::Pin(id, pinned) => tasks.spawn(pin(self.store.clone(), id, pinned)),
            Effect::Delete(id) => tasks.spawn(delete(self.store.clone(), id)),
            Effect::Restore(deleted) => tasks.spawn(restore(self.store.clone(), deleted)),
            Effect::ReadTimeline(id) => tasks.spawn(timeline(self.store.clone(), id)),
            Effect::KeepLinked(of, linked) => {
                tasks.spawn(keep_linked(self.store.clone(), of, linked))
            }
            _ => return None,
        })
    }
}

/// The first rows are read before old ones are looked for.
const PRUNE_AFTER: Duration = Duration::from_millis(250);

/// The event of what the store did; what else is to be known of it comes with it.
fn done(store: &Store, event: Event) -> Done {
    Done {
        trouble: store.take_note().map(|note| note.to_string()),
        ..event.into()
    }
}

/// The same of what was written, which the end of the program waits for.
fn written(store: &Store, event: Event) -> Done {
    Done {
        wrote: true,
        ..done(store, event)
    }
}

/// An error's words as a sentence of their own.
fn sentence(error: StoreError) -> String {
    let words = error.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn trouble(error: StoreError) -> Event {
    Event::Trouble(sentence(error))
}

pub(super) async fn keep(store: Store, snapshot: Arc<Snapshot>) -> Done {
    let (id, at) = (snapshot.asked.id.clone(), snapshot.at);
    let kept = store.keep(snapshot).await;
    let event = kept.map_or_else(trouble, |key| Event::Kept(id, at, key));
    written(&store, event)
}

/// Snapshots that are taken in at once: what else is asked of the store waits no longer than that takes.
const BUNCH: usize = 1024;

/// The first bunch is small: it is waited for.
pub(super) async fn take_in(store: Store, payload: Payload, from: usize, telling: Telling) -> Done {
    let end = payload
        .len()
        .min(from + if from == 0 { PAGE } else { BUNCH });
    let bunch = payload.clone();
    let taken = store.take_in(from, move || bunch.snapshots(from..end).collect());
    let taken = taken.await;
    let next = (end < payload.len() && taken.is_ok()).then_some(end);
    let first = move || {
        let snapshot = payload.snapshots(0..usize::from(from == 0)).next();
        snapshot.map(Arc::new).map(|snapshot| Answered {
            outline: telling.rows(&snapshot),
            snapshot,
        })
    };
    let first = tokio::task::spawn_blocking(first).await;
    let first = first.unwrap_or_default();
    Done {
        trouble: taken.err().map(sentence),
        ..Event::TakenIn { next, first }.into()
    }
}

/// Of a message that was deleted meanwhile nothing is kept either.
pub(super) async fn keep_linked(store: Store, of: Arc<Snapshot>, linked: Arc<Snapshot>) -> Done {
    let event = match store.keep_linked(of, linked).await {
        Ok(_) => Event::LinkedKept,
        Err(error) => trouble(error),
    };
    written(&store, event)
}

pub(super) async fn pinned(store: Store) -> Done {
    let pinned = store.pinned().await;
    // Without them the list begins all the same.
    let (rows, why) = match pinned {
        Ok(rows) => (rows, None),
        Err(error) => (Vec::new(), Some(sentence(error))),
    };
    let done = done(&store, Event::PinnedRead(rows));
    Done {
        trouble: why.or(done.trouble),
        ..done
    }
}

pub(super) async fn prune(store: Store, retention: Retention) -> Done {
    tokio::time::sleep(PRUNE_AFTER).await;
    let removed = store.prune(retention, Timestamp::now()).await;
    done(&store, removed.map_or_else(trouble, Event::Pruned))
}

pub(super) async fn list(store: Store, page: ListPage) -> Done {
    let wanted = Wanted {
        filter: page.filter.clone(),
        now: Timestamp::now(),
        without: page.without.clone(),
        offset: (page.asked.page * PAGE) as u64,
        limit: PAGE as u64,
    };
    let event = match store.list(wanted).await {
        Ok(listing) => Event::Listed {
            page,
            total: usize::try_from(listing.total).unwrap_or(usize::MAX),
            rows: listing.rows,
        },
        Err(error) => Event::NotListed(page, sentence(error)),
    };
    done(&store, event)
}

pub(super) async fn fetch(store: Store, key: Key, telling: Telling) -> Done {
    let snapshot = match store.snapshot(key).await {
        Ok(snapshot) => snapshot.map(Arc::new),
        Err(error) => return done(&store, trouble(error)),
    };
    // A large answer is made into rows beside the loop, and the zone may have to be looked for.
    let answered = move |snapshot: Arc<Snapshot>| Answered {
        outline: telling.rows(&snapshot),
        snapshot,
    };
    let made = tokio::task::spawn_blocking(move || snapshot.map(answered)).await;
    done(&store, Event::Fetched(key, made.unwrap_or_default()))
}

pub(super) async fn timeline(store: Store, id: MessageId) -> Done {
    let lookups = store.timeline(id.clone()).await;
    let event = lookups.map_or_else(trouble, |lookups| {
        let snapshots = lookups.into_iter().map(|(_, snapshot)| Arc::new(snapshot));
        Event::TimelineRead(id, snapshots.collect())
    });
    done(&store, event)
}

pub(super) async fn pin(store: Store, id: MessageId, pinned: bool) -> Done {
    let pinned = store.pin(id.clone(), pinned).await.map(|_| ());
    written(&store, Event::Pinned(id, pinned.map_err(sentence)))
}

pub(super) async fn delete(store: Store, id: MessageId) -> Done {
    let deleted = store.delete(id.clone()).await.map_err(sentence);
    let deleted = deleted.map(|deleted| deleted.map(Arc::new));
    written(&store, Event::Deleted(id, deleted))
}

pub(super) async fn restore(store: Store, deleted: Arc<Deleted>) -> Done {
    let restored = store.restore(Arc::clone(&deleted)).await;
    written(&store, Event::Restored(deleted, restored.map_err(sentence)))
}
