//! The history's effects: what is read from the store, and what is written to it.
//! Never on the loop: the store's thread does the work, and a task waits for it.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Done;
use crate::app::Event;
use crate::app::effect::ListPage;
use crate::app::history::{Answered, PAGE};
use crate::model::face::{Face, Hints};
use crate::model::id::MessageId;
use crate::model::listed::{Deleted, Key, Wanted};
use crate::model::outline::outline;
use crate::model::snapshot::Snapshot;
use crate::store::{Store, StoreError};

/// The first rows are read before old ones are looked for.
const PRUNE_AFTER: Duration = Duration::from_millis(250);

/// The event of what the store did, or its words; what else is to be known of it comes with it.
fn done(store: &Store, event: Result<Event, StoreError>) -> Done {
    let event = event.unwrap_or_else(|error| Event::Trouble(capital(&error.to_string())));
    Done {
        trouble: store.take_note().map(|note| note.to_string()),
        ..event.into()
    }
}

/// The same of what was written, which the end of the program waits for.
fn written(store: &Store, event: Result<Event, StoreError>) -> Done {
    Done {
        wrote: true,
        ..done(store, event)
    }
}

/// An error's words as a sentence of their own.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

pub(super) async fn keep(store: Store, snapshot: Arc<Snapshot>) -> Done {
    let (id, at) = (snapshot.asked.id.clone(), snapshot.at);
    let kept = store.keep(snapshot).await;
    let event = kept.map(|key| Event::Kept(id, at, key));
    written(&store, event)
}

pub(super) async fn pinned(store: Store) -> Done {
    // Without them the list begins all the same.
    match store.pinned().await {
        Ok(rows) => done(&store, Ok(Event::PinnedRead(rows))),
        Err(error) => Done {
            trouble: Some(capital(&error.to_string())),
            ..Event::PinnedRead(Vec::new()).into()
        },
    }
}

pub(super) async fn prune(store: Store, (keep, max): (Option<Duration>, u64)) -> Done {
    tokio::time::sleep(PRUNE_AFTER).await;
    let removed = store.prune(keep, max, Timestamp::now()).await;
    done(&store, removed.map(|_| Event::Changed))
}

pub(super) async fn list(store: Store, page: ListPage) -> Done {
    let wanted = Wanted {
        filter: page.filter.clone(),
        now: Timestamp::now(),
        without: page.without.clone(),
        offset: (page.asked.page * PAGE) as u64,
        limit: PAGE as u64,
    };
    let listing = store.list(wanted).await;
    let event = match listing {
        Ok(listing) => Event::Listed {
            page,
            total: usize::try_from(listing.total).unwrap_or(usize::MAX),
            rows: listing.rows,
        },
        Err(error) => Event::NotListed(page, capital(&error.to_string())),
    };
    done(&store, Ok(event))
}

pub(super) async fn fetch(
    store: Store,
    key: Key,
    hints: Arc<Hints>,
    zone: Arc<OnceLock<TimeZone>>,
) -> Done {
    let snapshot = match store.snapshot(key).await {
        Ok(snapshot) => snapshot.map(Arc::new),
        Err(error) => return done(&store, Err(error)),
    };
    // A large answer is made into rows beside the loop, and the zone may have to be looked for.
    let answered = move |snapshot: Arc<Snapshot>| {
        let zone = zone.get_or_init(TimeZone::system);
        let rows = outline(Face::Console(&hints), &snapshot, zone);
        Answered {
            snapshot,
            outline: Arc::new(rows),
        }
    };
    let made = tokio::task::spawn_blocking(move || snapshot.map(answered)).await;
    done(&store, Ok(Event::Fetched(key, made.unwrap_or_default())))
}

pub(super) async fn timeline(store: Store, id: MessageId) -> Done {
    let lookups = store.timeline(id.clone()).await;
    let event = lookups.map(|lookups| {
        let snapshots = lookups.into_iter().map(|(_, snapshot)| Arc::new(snapshot));
        Event::TimelineRead(id, snapshots.collect())
    });
    done(&store, event)
}

pub(super) async fn pin(store: Store, id: MessageId, pinned: bool) -> Done {
    let event = store.pin(id, pinned).await.map(|_| Event::Changed);
    written(&store, event)
}

pub(super) async fn delete(store: Store, id: MessageId) -> Done {
    let deleted = store.delete(id.clone()).await;
    let event = deleted.map(|deleted| Event::Deleted(id, deleted.map(Arc::new)));
    written(&store, event)
}

pub(super) async fn restore(store: Store, deleted: Arc<Deleted>) -> Done {
    let lookups = deleted.snapshots.len();
    let restored = store.restore(deleted).await;
    written(&store, restored.map(|()| Event::Restored(lookups)))
}
