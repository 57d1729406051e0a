//! The search's index, which follows what is kept: messages wait for it in a table, and are put in some at a time.
//! Never in the way of a lookup that is to be kept, and never a message that a search misses: that puts in what waits.

use super::database::{Database, Fault, Value};
use super::error::{Note, StoreError};
use super::shelf::Shelf;
use super::words::Words;
use super::{linked, record};
use crate::model::listed::{Key, Listed};

/// Messages that are put in with one transaction: others wait no longer than that takes.
const TOGETHER: u64 = 128;

/// Messages that may wait: a search puts in so many in half a second.
const MAY_WAIT: u64 = 2048;

/// Has a message wait, the newest snapshot of which is that one.
pub(super) fn add_later(database: &Database, key: Key) -> Result<(), Fault> {
    let key = [Value::Integer(key.0)];
    database.execute("INSERT INTO unsearched(key) VALUES(?)", &key)?;
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

fn waiting(database: &Database) -> Result<u64, Fault> {
    let count = database.number("SELECT count(*) FROM unsearched", &[])?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Puts in the oldest of those that wait; how many there were.
fn add_some(database: &Database, most: u64) -> Result<u64, Fault> {
    let most = [Value::Integer(i64::try_from(most).unwrap_or(i64::MAX))];
    let oldest = "SELECT key FROM unsearched ORDER BY key LIMIT ?";
    let keys = database.rows(oldest, &most, |row| row.integer(0))?;
    let sql = format!("SELECT {} FROM snapshot WHERE key = ?", record::COLUMNS);
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
    Ok(keys.len() as u64)
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

/// Puts in those that wait until no more than `left` do.
fn add_all_but(database: &Database, left: u64) -> Result<(), Fault> {
    loop {
        // Looked at first: a search that finds none waiting writes nothing.
        let too_many = waiting(database)?.saturating_sub(left).min(TOGETHER);
        if too_many == 0 {
            return Ok(());
        }
        database.writing(|database| add_some(database, too_many))?;
    }
}

/// Puts some in, if nobody else is writing; tells whether more wait.
fn add_if_free(database: &Database) -> Result<bool, Fault> {
    let waiting = waiting(database)?;
    if waiting > 0 {
        database.writing_at_once(|database| add_some(database, TOGETHER))?;
    }
    Ok(waiting > TOGETHER)
}

impl Shelf {
    /// Before a search: puts in all that wait. Where that cannot be written, it is told how many are not found.
    pub(super) fn index_all(&mut self) -> Result<(), StoreError> {
        let unsearched = self.read(|database| match add_all_but(database, 0) {
            Err(Fault::Unwritable) => waiting(database),
            done => done.map(|()| 0),
        })?;
        let messages: u64 = unsearched.into_iter().sum();
        if messages > 0 {
            self.tell_once(Note::Unsearched { messages });
        }
        Ok(())
    }

    /// After something was kept: so many waiting that a search would take long are put in by whoever keeps.
    pub(super) fn index_beyond(&mut self) -> Result<(), StoreError> {
        self.change(|database| add_all_but(database, MAY_WAIT))
            .map(|_| ())
    }

    /// Where nothing else is to be done: puts some in, as far as nobody else is writing. Tells whether more wait.
    pub(super) fn index_some(&self) -> bool {
        // What fails is tried again behind the next errand, and told by the next search.
        let more = self
            .open()
            .map(|database| add_if_free(database).unwrap_or(false));
        more.fold(false, |any, more| any | more)
    }
}
