//! What belongs to a message, beside the snapshot that it was asked for with; gone with it.
//! Never a message of the list by itself: it is found through the one it belongs to.

use std::sync::Arc;

use super::database::{Database, Fault, Value};
use super::record::{self, nanoseconds};
use crate::model::endpoint::Endpoint;
use crate::model::listed::{Key, Listed};
use crate::model::snapshot::Snapshot;

use super::keep;

/// Keeps all that was asked for with the snapshot under `key`.
pub(super) fn keep_all(database: &Database, key: Key, snapshot: &Snapshot) -> Result<(), Fault> {
    for linked in &snapshot.linked {
        insert(database, key, linked)?;
    }
    Ok(())
}

/// Keeps what was asked for later than the message, in the place of what was asked for there before. Tells whether
/// the message is still there.
pub(super) fn keep(database: &Database, of: &Snapshot, linked: &Snapshot) -> Result<bool, Fault> {
    let values = [
        Value::Text(of.asked.id.as_str()),
        Value::Integer(nanoseconds(of.at)),
    ];
    let sql = "SELECT max(key) FROM snapshot WHERE id = ? AND at = ?";
    let key = database.first(sql, &values, |row| row.maybe_integer(0))?;
    let Some(key) = key.flatten().map(Key) else {
        return Ok(false);
    };
    insert(database, key, linked)?;
    if linked.asked.endpoint == Endpoint::EmailRecord {
        relist(database, key)?;
    }
    Ok(true)
}

fn insert(database: &Database, of: Key, linked: &Snapshot) -> Result<(), Fault> {
    let endpoint = record::endpoint_text(&linked.asked.endpoint);
    let same = [
        Value::Integer(of.0),
        Value::Text(&endpoint),
        Value::Text(linked.asked.id.as_str()),
    ];
    let sql = "DELETE FROM linked WHERE of = ? AND endpoint = ? AND id = ?";
    database.execute(sql, &same)?;
    record::insert_linked(database, of, linked)
}

/// An email's row says what its record says: made anew, where it is of that snapshot.
fn relist(database: &Database, key: Key) -> Result<(), Fault> {
    let by_key = [Value::Integer(key.0)];
    let old = database.first(
        "SELECT pinned, lookups FROM message WHERE key = ?",
        &by_key,
        |row| Ok((row.integer(0)?, row.integer(1)?)),
    )?;
    let sql = format!("SELECT {} FROM snapshot WHERE key = ?", record::COLUMNS);
    let snapshot = database.first(&sql, &by_key, record::read)?.flatten();
    if let (Some((pinned, lookups)), Some((_, mut snapshot))) = (old, snapshot) {
        join(database, key, &mut snapshot)?;
        keep::forget(database, key)?;
        let listed = Listed {
            key,
            pinned: pinned != 0,
            lookups: u64::try_from(lookups).unwrap_or_default(),
            ..Listed::new(&snapshot)
        };
        keep::list(database, &listed, &snapshot)?;
    }
    Ok(())
}

/// Gives a snapshot what was asked for with it.
pub(super) fn join(database: &Database, key: Key, snapshot: &mut Snapshot) -> Result<(), Fault> {
    let sql = format!(
        "SELECT {} FROM linked WHERE of = ? ORDER BY key",
        record::COLUMNS
    );
    let linked = database.rows(&sql, &[Value::Integer(key.0)], record::read)?;
    for (_, linked) in linked.into_iter().flatten() {
        snapshot.link(Arc::new(linked));
    }
    Ok(())
}

/// The same, and what other lookups of the message brought besides: names do not change with a status.
pub(super) fn join_all(
    database: &Database,
    key: Key,
    snapshot: &mut Snapshot,
) -> Result<(), Fault> {
    let sql = format!(
        "SELECT {} FROM linked WHERE endpoint <> 'email'
            AND of IN (SELECT key FROM snapshot WHERE id = ? AND key <> ?) ORDER BY key",
        record::COLUMNS
    );
    let values = [
        Value::Text(snapshot.asked.id.as_str()),
        Value::Integer(key.0),
    ];
    let others = database.rows(&sql, &values, record::read)?;
    for (_, linked) in others.into_iter().flatten() {
        snapshot.link(Arc::new(linked));
    }
    join(database, key, snapshot)
}
