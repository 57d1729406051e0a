//! A glance at the newest messages, for whoever only wants their names: a command line that is being typed.
//! Never a file made or set aside, never a change of what is kept, and no waiting: what is not read at once is not told.

use std::path::Path;

use super::database::{Database, Fault, Value};
use super::error::StoreError;
use super::{file, row, schema};
use crate::model::listed::Listed;

/// Messages of the history in that folder whose id begins so, newest first. None where there is no history.
///
/// Fails with [`StoreError::Newer`], [`StoreError::Damaged`], [`StoreError::Busy`] and whatever else keeps it from
/// being read; it stays as it is.
pub fn newest(folder: &Path, beginning: &str, most: u64) -> Result<Vec<Listed>, StoreError> {
    let path = file::path(folder);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    // What another program has just written stands beside the file. Where nothing does, SQLite would make it.
    let [_, log, index] = file::all(&path);
    let database = if log.exists() && index.exists() {
        Database::open_to_read(&path)?
    } else {
        Database::open_unchanged(&path)?
    };
    if schema::is_newer(&database)? {
        return Err(StoreError::Newer { path });
    }
    Ok(beginning_with(&database, beginning, most)?)
}

fn beginning_with(database: &Database, beginning: &str, most: u64) -> Result<Vec<Listed>, Fault> {
    let most = Value::Integer(i64::try_from(most).unwrap_or(i64::MAX));
    // Behind every id that begins so.
    let end = format!("{beginning}{}", char::MAX);
    let (which, values) = if beginning.is_empty() {
        // The index of ids would have all of them sorted.
        ("", vec![most])
    } else {
        let from_to = [Value::Text(beginning), Value::Text(&end)];
        ("WHERE id >= ? AND id < ?", [&from_to[..], &[most]].concat())
    };
    let sql = format!(
        "SELECT {} FROM message {which} ORDER BY key DESC LIMIT ?",
        row::COLUMNS
    );
    let rows = database.rows(&sql, &values, row::read)?;
    Ok(rows.into_iter().flatten().collect())
}
