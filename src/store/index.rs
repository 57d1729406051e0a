//! The search's index, which follows what is kept: messages wait for it in a table, and are put in some at a time.
//! Never in the way of a lookup that is to be kept: a search puts in what waits, and tells what it could not put in.

use std::time::Duration;

use super::database::{Database, Fault, Value};
use super::error::{Note, StoreError};
use super::shelf::Shelf;
use super::words::Words;
use super::{linked, record};
use crate::model::listed::{Key, Listed};
use crate::model::snapshot::Snapshot;

/// Messages, and bytes of their answers, that are put in with one transaction: others wait no longer than that takes.
const TOGETHER: usize = 128;
const BYTES_TOGETHER: i64 = 1024 * 1024;

/// How long a search waits for another program that is writing.
const PATIENCE: Duration = Duration::from_millis(250);

/// How many may wait, and how many bytes of answers: few enough for a search to put them in.
const MAY_WAIT: u64 = 2048;
const BYTES_MAY_WAIT: u64 = 8 * 1024 * 1024;

/// Behind every key.
pub(super) const ALL: Key = Key(i64::MAX);

/// What waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Waiting {
    pub(super) messages: u64,
    bytes: u64,
}

/// Has a message wait, the newest snapshot of which is that one.
pub(super) fn add_later(database: &Database, key: Key, snapshot: &Snapshot) -> Result<(), Fault> {
    let answer = snapshot.answer.as_ref();
    let bytes = answer.map_or(0, |answer| answer.body.len());
    let values = [
        Value::Integer(key.0),
        Value::Integer(i64::try_from(bytes).unwrap_or(i64::MAX)),
    ];
    database.execute("INSERT INTO unsearched(key, bytes) VALUES(?, ?)", &values)?;
    Ok(())
}

/// Takes a message's words out, or has it wait no longer.
pub(super) fn remove(database: &Database, key: Key) -> Result<(), Fault> {
    let key = [Value::Integer(key.0)];
    if database.execute("DELETE FROM unsearched WHERE key = ?", &key)? == 0 {
        database.execute("DELETE FROM search WHERE rowid = ?", &key)?;
    }
    Ok(())
}

/// Up to that key, or in all.
pub(super) fn waiting(database: &Database, end: Key) -> Result<Waiting, Fault> {
    let found = database.first(
        "SELECT count(*), ifnull(sum(bytes), 0) FROM unsearched WHERE key <= ?",
        &[Value::Integer(end.0)],
        |row| Ok((row.integer(0)?, row.integer(1)?)),
    )?;
    let (messages, bytes) = found.unwrap_or_default();
    Ok(Waiting {
        messages: u64::try_from(messages).unwrap_or_default(),
        bytes: u64::try_from(bytes).unwrap_or_default(),
    })
}

/// Puts in some of those that wait, the oldest first, at least one.
fn add_some(database: &Database) -> Result<(), Fault> {
    let (mut keys, mut bytes) = (Vec::new(), 0);
    let oldest = "SELECT key, bytes FROM unsearched ORDER BY key";
    database.each(oldest, &[], |row| {
        keys.push(row.integer(0)?);
        bytes += row.integer(1)?;
        Ok(keys.len() < TOGETHER && bytes < BYTES_TOGETHER)
    })?;
    // An older msgscope that has the file open knows nothing of those that wait: its messages may be gone.
    let sql = format!(
        "SELECT {} FROM snapshot WHERE key = ? AND key IN (SELECT key FROM message)",
        record::COLUMNS
    );
    for key in &keys {
        let by_key = [Value::Integer(*key)];
        let snapshot = database.first(&sql, &by_key, record::read)?.flatten();
        if let Some((key, mut snapshot)) = snapshot {
            linked::join(database, key, &mut snapshot)?;
            let words = Words::new(&Listed::new(&snapshot), &snapshot);
            add(database, key, &words)?;
        }
        database.execute("DELETE FROM unsearched WHERE key = ?", &by_key)?;
    }
    Ok(())
}

fn add(database: &Database, key: Key, words: &Words) -> Result<(), Fault> {
    database.execute(
        "INSERT INTO search(rowid, id, body, contact, conversation, error, trace, facts)
         VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            Value::Integer(key.0),
            Value::Text(&words.id),
            Value::Text(&words.body),
            Value::Text(&words.contact),
            Value::Text(&words.conversation),
            Value::Text(&words.error),
            Value::Text(&words.trace),
            Value::Text(&words.facts),
        ],
    )?;
    Ok(())
}

/// Puts some in that wait, of those up to a key if any of them do, and if nobody else is writing for
/// longer than that; tells what is left of them.
fn add_if_free(database: &Database, end: Key, patience: Duration) -> Result<Waiting, Fault> {
    if waiting(database, end)?.messages == 0 {
        // A search that finds none waiting writes nothing.
        return Ok(Waiting::default());
    }
    database.writing_within(patience, add_some)?;
    waiting(database, end)
}

/// What a search does before it: some of those that wait are put in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// More are to be put in, up to this one: what comes later is for the next search.
    More(Key),
    Done,
}

impl Shelf {
    /// Before a search: puts some in, up to `end` or what is the last by now. Where that cannot be written at once, it is
    /// told how many are not found.
    pub(super) fn index_toward(&mut self, end: Option<Key>) -> Result<Step, StoreError> {
        let end = if let Some(end) = end {
            end
        } else {
            let last = "SELECT ifnull(max(key), 0) FROM unsearched";
            let last = self.read(|database| database.number(last, &[]))?;
            Key(last.into_iter().max().unwrap_or_default())
        };
        let (mut left, mut unsearched) = (false, 0);
        let each = self.read(|database| match add_if_free(database, end, PATIENCE) {
            Err(Fault::Damaged) => Err(Fault::Damaged),
            Err(_) => Ok((false, waiting(database, end)?.messages)),
            Ok(waiting) => Ok((waiting.messages > 0, 0)),
        })?;
        for (more, not_found) in each {
            left |= more;
            unsearched += not_found;
        }
        if unsearched > 0 {
            self.tell_once(Note::Unsearched {
                messages: unsearched,
            });
        }
        Ok(if left { Step::More(end) } else { Step::Done })
    }

    /// After something was kept: if so much waits that a search would take long, whoever keeps puts the oldest in.
    pub(super) fn index_beyond(&mut self) -> Result<(), StoreError> {
        let too_many = |waiting: Waiting| {
            waiting.messages > MAY_WAIT || waiting.messages > 1 && waiting.bytes > BYTES_MAY_WAIT
        };
        let work = |database: &Database| {
            while too_many(waiting(database, ALL)?) {
                database.writing(add_some)?;
            }
            Ok(())
        };
        self.change(work).map(|_| ())
    }

    /// Where nothing else is to be done: puts some in, as far as nobody else is writing. Tells whether more wait.
    pub(super) fn index_some(&self) -> bool {
        // What fails is tried again behind the next errand, and told by the next search.
        self.open().any(|database| {
            let left = add_if_free(database, ALL, Duration::ZERO).unwrap_or_default();
            left.messages > 0
        })
    }
}
