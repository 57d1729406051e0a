//! Keeping a snapshot: its row, its message's row, and that it is to be found.
//! Never more than one row a message, and that is of its newest snapshot.

use super::database::{Database, Fault, Value};
use super::record::{self, nanoseconds};
use super::{index, linked, row, words};
use crate::model::failure::FailureKind;
use crate::model::listed::{Key, Listed};
use crate::model::snapshot::Snapshot;
use crate::model::status::Direction;

/// Keeps it as the newest of its message.
pub(super) fn keep(database: &Database, snapshot: &Snapshot) -> Result<Key, Fault> {
    keep_at(database, snapshot, None)
}

/// The same under `place`; next to what is kept of the message, where something is.
pub(super) fn keep_at(
    database: &Database,
    snapshot: &Snapshot,
    place: Option<Key>,
) -> Result<Key, Fault> {
    let id = snapshot.asked.id.as_str();
    let old = database.first(
        "SELECT key, pinned, lookups FROM message WHERE id = ?",
        &[Value::Text(id)],
        |row| Ok((row.integer(0)?, row.integer(1)?, row.integer(2)?)),
    )?;
    let place = place.map(|place| old.map_or(place, |(old, ..)| Key(old + 1)));
    let key = record::insert(database, snapshot, place)?;
    linked::keep_all(database, key, snapshot)?;
    let (pinned, lookups) = match old {
        None => (0, 0),
        Some((old, pinned, lookups)) => {
            forget(database, Key(old))?;
            (pinned, lookups)
        }
    };
    let listed = Listed {
        key,
        pinned: pinned != 0,
        lookups: u64::try_from(lookups).unwrap_or_default() + 1,
        ..Listed::new(snapshot)
    };
    list(database, &listed, snapshot)?;
    Ok(key)
}

/// Takes a message's row and its words away; its snapshots stay.
pub(super) fn forget(database: &Database, key: Key) -> Result<(), Fault> {
    let by_key = [Value::Integer(key.0)];
    database.execute("DELETE FROM message WHERE key = ?", &by_key)?;
    index::remove(database, key)
}

/// Adds a message's row, and has it wait for the search with the words of `snapshot`, its newest.
pub(super) fn list(database: &Database, listed: &Listed, snapshot: &Snapshot) -> Result<(), Fault> {
    database.execute(
        "INSERT INTO message(key, id, at, pinned, failed, lookups, tone, kind, status, direction,
            profile, contact, conversation, failure, snippet)
         VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            Value::Integer(listed.key.0),
            Value::Text(listed.id.as_str()),
            Value::Integer(nanoseconds(listed.at)),
            Value::Integer(listed.pinned.into()),
            Value::Integer(listed.is_failure.into()),
            Value::Integer(i64::try_from(listed.lookups).unwrap_or(i64::MAX)),
            Value::Text(row::tone_word(listed.tone)),
            Value::Text(&listed.kind),
            listed.status.as_deref().into(),
            listed.direction.as_ref().map(Direction::word).into(),
            Value::Text(&listed.profile),
            Value::Text(&words::text(snapshot, "contactId")),
            Value::Text(&words::text(snapshot, "conversationId")),
            listed.failure.map(FailureKind::word).into(),
            Value::Text(&listed.snippet),
        ],
    )?;
    index::add_later(database, listed.key, snapshot)
}
