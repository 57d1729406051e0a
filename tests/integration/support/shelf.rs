//! A history in memory for a played console: the real store, asked as the console's tasks ask it.
//! Never a file.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use msgscope::app::history::{Answered, PAGE};
use msgscope::app::{Effect, Event};
use msgscope::model::explain::Explanations;
use msgscope::model::face::{Face, Hints};
use msgscope::model::id::MessageId;
use msgscope::model::listed::Wanted;
use msgscope::model::outline::outline;
use msgscope::model::snapshot::Snapshot;
use msgscope::store::{Keeping, Store};
use tokio::runtime::Runtime;

/// What earlier runs kept, and this one.
pub(crate) struct Shelf {
    store: Store,
    runtime: Runtime,
}

impl Shelf {
    /// Kept in this order: the last one is the newest.
    pub(crate) fn new(snapshots: impl IntoIterator<Item = Snapshot>) -> Self {
        let shelf = Self {
            store: Store::new(Keeping::InMemory),
            runtime: tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap(),
        };
        for snapshot in snapshots {
            let kept = shelf.runtime.block_on(shelf.store.keep(Arc::new(snapshot)));
            kept.unwrap();
        }
        shelf
    }

    pub(crate) fn timeline(&self, id: MessageId) -> Event {
        let kept = self.runtime.block_on(self.store.timeline(id.clone()));
        let snapshots = kept
            .unwrap()
            .into_iter()
            .map(|(_, snapshot)| Arc::new(snapshot));
        Event::TimelineRead(id, snapshots.collect())
    }

    pub(crate) fn perform(&self, effect: Effect, now: Timestamp, hints: &Hints) -> Event {
        let store = &self.store;
        self.runtime.block_on(async {
            match effect {
                Effect::Keep(snapshot) => {
                    let (id, at) = (snapshot.asked.id.clone(), snapshot.at);
                    Event::Kept(id, at, store.keep(snapshot).await.unwrap())
                }
                Effect::KeepLinked(of, linked) => {
                    assert!(store.keep_linked(of, linked).await.unwrap());
                    Event::LinkedKept
                }
                Effect::ReadPinned => Event::PinnedRead(store.pinned().await.unwrap()),
                Effect::List(page) => {
                    let wanted = Wanted {
                        filter: page.filter.clone(),
                        now,
                        without: page.without.clone(),
                        offset: (page.asked.page * PAGE) as u64,
                        limit: PAGE as u64,
                    };
                    let listing = store.list(wanted).await.unwrap();
                    Event::Listed {
                        page,
                        total: usize::try_from(listing.total).unwrap(),
                        rows: listing.rows,
                    }
                }
                Effect::Fetch(key) => {
                    let snapshot = store.snapshot(key).await.unwrap().map(Arc::new);
                    let answered = snapshot.map(|snapshot| Answered {
                        outline: Arc::new(outline(
                            Face::Console(hints),
                            &Explanations::default(),
                            &snapshot,
                            &TimeZone::UTC,
                        )),
                        snapshot,
                    });
                    Event::Fetched(key, answered)
                }
                Effect::Pin(id, pinned) => {
                    store.pin(id.clone(), pinned).await.unwrap();
                    Event::Pinned(id, Ok(()))
                }
                Effect::Delete(id) => {
                    let deleted = store.delete(id.clone()).await.unwrap();
                    Event::Deleted(id, Ok(deleted.map(Arc::new)))
                }
                Effect::Restore(deleted) => {
                    store.restore(Arc::clone(&deleted)).await.unwrap();
                    Event::Restored(deleted, Ok(()))
                }
                other => panic!("nothing to keep: {other:?}"),
            }
        })
    }
}
