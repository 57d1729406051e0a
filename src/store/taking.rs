//! Taking many snapshots in that were asked for elsewhere, in the order in which they are to be listed.
//! Never beside a history that grows by itself: their keys are given, and the first is the largest.

use super::database::Database;
use super::{Store, StoreError, keep};
use crate::model::listed::Key;
use crate::model::snapshot::Snapshot;

/// The key of the first.
const FIRST: i64 = 1 << 58;

/// From one to the next: room for as many lookups of one message.
const APART: i64 = 1 << 26;

impl Store {
    /// Takes in what is made there: the snapshots from that place of the list on. A message's lookups stand in the row
    /// of its first, the last one as the newest.
    pub async fn take_in(
        &self,
        from: usize,
        make: impl FnOnce() -> Vec<Snapshot> + Send + 'static,
    ) -> Result<(), StoreError> {
        self.ask(move |shelf| {
            let snapshots = make();
            shelf.write(|database| {
                database.writing(|database: &Database| {
                    for (snapshot, place) in snapshots.iter().zip(from..) {
                        keep::keep_at(database, snapshot, Some(key(place)))?;
                    }
                    Ok(())
                })
            })?;
            shelf.index_beyond()
        })
        .await
    }
}

fn key(place: usize) -> Key {
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    Key(FIRST.saturating_sub(place.saturating_mul(APART)).max(1))
}
