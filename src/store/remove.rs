//! Taking snapshots away: a message, those that are too old or too many, or all; and giving a message back.
//! Never leaves a word of them in the files: what is deleted is overwritten, in the search's index too.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::database::{Database, Fault, Value};
use super::record::{self, nanoseconds};
use super::shelf::Shelf;
use super::{Store, StoreError, keep, linked, schema};
use crate::model::filter::Since;
use crate::model::id::MessageId;
use crate::model::listed::{Deleted, Key, Listed};

/// How long snapshots are kept, and how many at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retention {
    /// `None` for ever.
    pub keep: Option<Duration>,
    pub max: u64,
}

/// Snapshots that are removed in one transaction: others wait no longer than that takes.
const AT_ONCE: i64 = 100;

impl Store {
    /// Pins a message to the top, or no longer; tells whether it is there.
    pub async fn pin(&self, id: MessageId, pinned: bool) -> Result<bool, StoreError> {
        let work = move |database: &Database| {
            let values = [Value::Integer(pinned.into()), Value::Text(id.as_str())];
            let changed =
                database.execute("UPDATE message SET pinned = ? WHERE id = ?", &values)?;
            Ok(changed > 0)
        };
        Ok(self.change(work).await?.contains(&true))
    }

    /// Takes away all that is kept of a message; `None` where there is nothing. It is gone from the disk then.
    pub async fn delete(&self, id: MessageId) -> Result<Option<Deleted>, StoreError> {
        let deleted = self
            .change(move |database| database.writing(|database| delete(database, &id)))
            .await?;
        self.wipe().await?;
        Ok(deleted.into_iter().flatten().reduce(|mut all, more| {
            all.pinned |= more.pinned;
            all.snapshots.extend(more.snapshots);
            all
        }))
    }

    /// Keeps again what was deleted, at its old place; beside what came of that message since.
    pub async fn restore(&self, deleted: Arc<Deleted>) -> Result<(), StoreError> {
        let work = move |shelf: &mut Shelf| {
            shelf.write(|database| database.writing(|database| restore(database, &deleted)))
        };
        self.ask(work).await
    }

    /// Removes what is older or more than that; what is pinned stays. Tells how many snapshots.
    pub async fn prune(&self, retention: Retention, now: Timestamp) -> Result<u64, StoreError> {
        let mut removed = 0;
        if let Some(keep) = retention.keep {
            let before = nanoseconds(Since::Ago(keep).moment(now));
            let old = "SELECT key, id FROM snapshot INDEXED BY snapshot_at WHERE at < ?
                AND id NOT IN (SELECT id FROM message WHERE pinned = 1) LIMIT ?";
            removed += self.remove_all(old, before).await?;
        }
        let max = i64::try_from(retention.max).unwrap_or(i64::MAX);
        let many =
            "SELECT key, id FROM snapshot WHERE id NOT IN (SELECT id FROM message WHERE pinned = 1)
            ORDER BY key LIMIT min(max((SELECT count(*) FROM snapshot) - ?, 0), ?)";
        removed += self.remove_all(many, max).await?;
        if removed > 0 {
            self.wipe().await?;
        }
        Ok(removed)
    }

    /// Removes all, or what was asked for longer ago than that; pinned or not. Tells how many snapshots.
    pub async fn clear(
        &self,
        older_than: Option<Duration>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let removed = match older_than {
            None => {
                let all = self.change(|database| database.writing(schema::empty));
                all.await?.into_iter().sum()
            }
            Some(span) => {
                let old =
                    "SELECT key, id FROM snapshot INDEXED BY snapshot_at WHERE at < ? LIMIT ?";
                self.remove_all(old, nanoseconds(Since::Ago(span).moment(now)))
                    .await?
            }
        };
        self.wipe().await?;
        Ok(removed)
    }

    /// Removes what `sql` finds, a bunch at a time, so that others need not wait for all of it.
    async fn remove_all(&self, sql: &'static str, value: i64) -> Result<u64, StoreError> {
        let mut all = 0;
        loop {
            let work = move |database: &Database| {
                database.writing(|database| remove_some(database, sql, value))
            };
            match self.change(work).await?.into_iter().sum() {
                0 => return Ok(all),
                some => all += some,
            }
        }
    }

    /// Writes what was deleted over on the disk too, and gives its room back.
    async fn wipe(&self) -> Result<(), StoreError> {
        self.change(|database| {
            database.pragma("PRAGMA incremental_vacuum")?;
            database.pragma("PRAGMA wal_checkpoint(TRUNCATE)")
        })
        .await
        .map(|_| ())
    }

    /// Changes what is on the disk, and in the memory that takes its place.
    async fn change<T: Send + 'static>(
        &self,
        work: impl Fn(&Database) -> Result<T, Fault> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        self.ask(move |shelf| shelf.change(work)).await
    }
}

fn delete(database: &Database, id: &MessageId) -> Result<Option<Deleted>, Fault> {
    let by_id = [Value::Text(id.as_str())];
    let row = database.first(
        "SELECT key, pinned FROM message WHERE id = ?",
        &by_id,
        |row| Ok((row.integer(0)?, row.integer(1)?)),
    )?;
    let Some((key, pinned)) = row else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT {} FROM snapshot WHERE id = ? ORDER BY key",
        record::COLUMNS
    );
    let found = database.rows(&sql, &by_id, record::read)?;
    let mut snapshots = Vec::new();
    for (key, mut snapshot) in found.into_iter().flatten() {
        linked::join(database, key, &mut snapshot)?;
        snapshots.push((key, Arc::new(snapshot)));
    }
    database.execute("DELETE FROM snapshot WHERE id = ?", &by_id)?;
    keep::forget(database, Key(key))?;
    Ok(Some(Deleted {
        id: id.clone(),
        pinned: pinned != 0,
        snapshots,
    }))
}

fn restore(database: &Database, deleted: &Deleted) -> Result<(), Fault> {
    for (key, snapshot) in &deleted.snapshots {
        // Keys are not given twice, but the file may be another by now.
        let by_key = [Value::Integer(key.0)];
        let taken = database.number("SELECT count(*) FROM snapshot WHERE key = ?", &by_key)?;
        let key = record::insert(database, snapshot, (taken == 0).then_some(*key))?;
        linked::keep_all(database, key, snapshot)?;
    }
    relist(database, deleted.id.as_str(), deleted.pinned)
}

fn remove_some(database: &Database, sql: &str, value: i64) -> Result<u64, Fault> {
    let values = [Value::Integer(value), Value::Integer(AT_ONCE)];
    let found = database.rows(sql, &values, |row| Ok((row.integer(0)?, row.text(1)?)))?;
    for (key, _) in &found {
        let by_key = [Value::Integer(*key)];
        database.execute("DELETE FROM snapshot WHERE key = ?", &by_key)?;
    }
    let mut ids: Vec<&str> = found.iter().map(|(_, id)| id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        relist(database, id, false)?;
    }
    Ok(found.len() as u64)
}

/// Makes a message's row anew from what is kept of it now; a pin stays.
fn relist(database: &Database, id: &str, pinned: bool) -> Result<(), Fault> {
    let by_id = [Value::Text(id)];
    let old = database.first(
        "SELECT key, pinned FROM message WHERE id = ?",
        &by_id,
        |row| Ok((row.integer(0)?, row.integer(1)?)),
    )?;
    let lookups = database.number("SELECT count(*) FROM snapshot WHERE id = ?", &by_id)?;
    let newest = database.number("SELECT max(key) FROM snapshot WHERE id = ?", &by_id)?;
    if let Some((key, _)) = old
        && key == newest
    {
        let values = [
            Value::Integer(lookups),
            Value::Integer(pinned.into()),
            Value::Text(id),
        ];
        let sql = "UPDATE message SET lookups = ?, pinned = max(pinned, ?) WHERE id = ?";
        database.execute(sql, &values)?;
        return Ok(());
    }
    if let Some((key, _)) = old {
        keep::forget(database, Key(key))?;
    }
    let sql = format!("SELECT {} FROM snapshot WHERE key = ?", record::COLUMNS);
    let newest = database.first(&sql, &[Value::Integer(newest)], record::read)?;
    if let Some((key, mut snapshot)) = newest.flatten() {
        linked::join(database, key, &mut snapshot)?;
        let listed = Listed {
            key,
            pinned: pinned || old.is_some_and(|(_, pinned)| pinned != 0),
            lookups: u64::try_from(lookups).unwrap_or_default(),
            ..Listed::new(&snapshot)
        };
        keep::list(database, &listed, &snapshot)?;
    }
    Ok(())
}
