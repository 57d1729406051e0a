//! The tables, and how an older file becomes one of this version.
//! Never goes back: a newer file is left as it is.

use super::database::{Database, Fault};

/// A file's version is the number of these that it went through. Never changed once released: only added to.
const MIGRATIONS: &[&[&str]] = &[&[TABLES, SEARCH], &[LINKED, FOLLOWS], &[UNSEARCHED]];

const TABLES: &str = "
    CREATE TABLE snapshot(
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        endpoint TEXT NOT NULL,
        profile TEXT NOT NULL,
        base_url TEXT NOT NULL,
        host TEXT NOT NULL,
        version TEXT NOT NULL,
        token TEXT NOT NULL,
        token_changes INTEGER NOT NULL,
        others INTEGER NOT NULL,
        surveyed INTEGER NOT NULL,
        took INTEGER NOT NULL,
        http INTEGER,
        burst_left INTEGER,
        burst INTEGER,
        burst_interval INTEGER,
        day_left INTEGER,
        trace TEXT,
        failure TEXT,
        also TEXT,
        body BLOB
    );
    CREATE INDEX snapshot_id ON snapshot(id);
    CREATE INDEX snapshot_at ON snapshot(at);
    CREATE TABLE message(
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        pinned INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        lookups INTEGER NOT NULL,
        tone TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT,
        direction TEXT,
        profile TEXT NOT NULL,
        contact TEXT,
        conversation TEXT,
        failure TEXT,
        snippet TEXT NOT NULL
    );
    CREATE INDEX message_key ON message(key, at);
    CREATE INDEX message_pinned ON message(key) WHERE pinned = 1;
";

/// The words of the newest snapshot of each message, under its key, once they are put in. What is deleted is taken out of the index at once.
const SEARCH: &str = "
    CREATE VIRTUAL TABLE search USING fts5(
        id, body, contact, conversation, error, trace, facts,
        tokenize='unicode61', prefix='1 2 3', columnsize=0
    );
    INSERT INTO search(search, rank) VALUES('secure-delete', 1);
";

/// The same in memory: of half the size, since it holds no text of its own and no list of beginnings. What is deleted is
/// gone from what is found, and with the program from memory.
const SEARCH_IN_MEMORY: &str = "
    CREATE VIRTUAL TABLE search USING fts5(
        id, body, contact, conversation, error, trace, facts,
        tokenize='unicode61', content='', contentless_delete=1
    );
";

/// What belongs to a message, under the key of the snapshot it was asked for with; gone with that.
const LINKED: &str = "
    CREATE TABLE linked(
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        of INTEGER NOT NULL,
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        endpoint TEXT NOT NULL,
        profile TEXT NOT NULL,
        base_url TEXT NOT NULL,
        host TEXT NOT NULL,
        version TEXT NOT NULL,
        token TEXT NOT NULL,
        token_changes INTEGER NOT NULL,
        others INTEGER NOT NULL,
        surveyed INTEGER NOT NULL,
        took INTEGER NOT NULL,
        http INTEGER,
        burst_left INTEGER,
        burst INTEGER,
        burst_interval INTEGER,
        day_left INTEGER,
        trace TEXT,
        failure TEXT,
        also TEXT,
        body BLOB
    );
    CREATE INDEX linked_of ON linked(of);
";

/// Messages that are not in the search yet, by their keys, and how long their answers are.
const UNSEARCHED: &str =
    "CREATE TABLE unsearched(key INTEGER PRIMARY KEY, bytes INTEGER NOT NULL);";

/// Has what belongs to a snapshot go with it.
const FOLLOWS: &str = "
    CREATE TRIGGER linked_follows AFTER DELETE ON snapshot BEGIN
        DELETE FROM linked WHERE of = old.key;
    END;
";

/// A script as it is for a database on the disk or in memory.
fn fitting(database: &Database, script: &'static str) -> &'static str {
    if script == SEARCH && database.is_in_memory() {
        SEARCH_IN_MEMORY
    } else {
        script
    }
}

/// The version that this program writes.
pub(super) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Whether it is of this version.
pub(super) fn is_of_now(database: &Database) -> Result<bool, Fault> {
    Ok(version(database)? == newest())
}

/// Has keys begin behind that one.
pub(super) fn begin_behind(database: &Database, key: i64) -> Result<(), Fault> {
    database.script(&format!(
        "INSERT INTO sqlite_sequence(name, seq) VALUES('snapshot', {key})"
    ))
}

/// Whether the file is one of a newer program.
pub(super) fn is_newer(database: &Database) -> Result<bool, Fault> {
    Ok(version(database)? > newest())
}

/// Removes every row; tells how many snapshots there were. Row by row the search would take minutes of a large file.
pub(super) fn empty(database: &Database) -> Result<u64, Fault> {
    let count = database.number("SELECT count(*) FROM snapshot", &[])?;
    // With the trigger it would go row by row too.
    database.script(
        "DROP TRIGGER linked_follows; DELETE FROM linked; DELETE FROM snapshot; DELETE FROM message;
            DELETE FROM unsearched; DROP TABLE search",
    )?;
    database.script(FOLLOWS)?;
    database.script(fitting(database, SEARCH))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Brings the tables to this version. Several programs may try at once.
pub(super) fn migrate(database: &Database) -> Result<(), Fault> {
    if is_of_now(database)? {
        return Ok(());
    }
    database.writing(|database| {
        // Another may have been faster while this one waited.
        let version = version(database)?;
        if version >= newest() {
            return Ok(());
        }
        let done = usize::try_from(version).unwrap_or_default();
        for script in MIGRATIONS.iter().skip(done).copied().flatten() {
            database.script(fitting(database, script))?;
        }
        database.script(&format!("PRAGMA user_version={}", newest()))
    })
}

fn version(database: &Database) -> Result<i64, Fault> {
    database.number("PRAGMA user_version", &[])
}
