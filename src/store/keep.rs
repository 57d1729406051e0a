//! Keeping a snapshot: its row, its message's row, and the words it is found by.
//! Never more than one row a message, and that is of its newest snapshot.

use std::borrow::Cow;

use super::database::{Database, Fault, Value};
use super::record::{self, nanoseconds};
use super::row;
use crate::model::failure::FailureKind;
use crate::model::listed::{Key, Listed};
use crate::model::message::Message;
use crate::model::snapshot::Snapshot;
use crate::model::status::Direction;

/// Characters of a text that are searched: more than anybody wrote by hand.
const SEARCHED: usize = 256 * 1024;

/// Keeps it as the newest of its message.
pub(super) fn keep(database: &Database, snapshot: &Snapshot) -> Result<Key, Fault> {
    let key = record::insert(database, snapshot, None)?;
    let id = snapshot.asked.id.as_str();
    let old = database.first(
        "SELECT key, pinned, lookups FROM message WHERE id = ?",
        &[Value::Text(id)],
        |row| Ok((row.integer(0)?, row.integer(1)?, row.integer(2)?)),
    )?;
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
    let key = [Value::Integer(key.0)];
    database.execute("DELETE FROM message WHERE key = ?", &key)?;
    database.execute("DELETE FROM search WHERE rowid = ?", &key)?;
    Ok(())
}

/// Adds a message's row, and the words of `snapshot`, its newest.
pub(super) fn list(database: &Database, listed: &Listed, snapshot: &Snapshot) -> Result<(), Fault> {
    let message = snapshot.outcome.as_ref().ok();
    let text = |name: &str| -> Option<Cow<'_, str>> { message?.field(name)?.string() };
    let (contact, conversation) = (text("contactId"), text("conversationId"));
    let kind = message.and_then(Message::kind);
    let kind = kind.map(|kind| row::type_word(&kind)).unwrap_or_default();
    database.execute(
        "INSERT INTO message(key, id, at, pinned, failed, lookups, tone, kind, type, status, direction,
            profile, contact, conversation, failure, snippet)
         VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            Value::Integer(listed.key.0),
            Value::Text(listed.id.as_str()),
            Value::Integer(nanoseconds(listed.at)),
            Value::Integer(listed.pinned.into()),
            Value::Integer(listed.is_failure.into()),
            Value::Integer(i64::try_from(listed.lookups).unwrap_or(i64::MAX)),
            Value::Text(row::tone_word(listed.tone)),
            Value::Text(&listed.kind),
            Value::Text(&kind),
            listed.status.as_deref().into(),
            listed.direction.as_ref().map(Direction::word).into(),
            Value::Text(&listed.profile),
            contact.as_deref().into(),
            conversation.as_deref().into(),
            listed.failure.map(FailureKind::word).into(),
            Value::Text(&listed.snippet),
        ],
    )?;
    let said: Vec<String> = ["subject", "body"]
        .into_iter()
        .filter_map(|name| message?.field(name)?.beginning(SEARCHED))
        .collect();
    let said = said.join("\n");
    let error = match &snapshot.outcome {
        Ok(message) => message.error().map(Cow::into_owned).unwrap_or_default(),
        Err(failure) => {
            let title = failure.title().to_owned();
            [vec![title], failure.messages.clone()].concat().join("\n")
        }
    };
    let own = snapshot.other_id().unwrap_or_default();
    let ids = format!("{} {own}", listed.id);
    let trace = snapshot.trace_id().unwrap_or_default();
    database.execute(
        "INSERT INTO search(rowid, id, body, contact, conversation, error, trace) VALUES(?, ?, ?, ?, ?, ?, ?)",
        &[
            Value::Integer(listed.key.0),
            Value::Text(ids.trim_end()),
            Value::Text(&said),
            contact.as_deref().into(),
            conversation.as_deref().into(),
            Value::Text(&error),
            Value::Text(&trace),
        ],
    )?;
    Ok(())
}
