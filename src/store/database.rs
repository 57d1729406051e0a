//! SQLite, as little of it as the history needs. The only file that names the library.
//! Never here: what is kept. No SQL but transactions and pragmas.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{FromSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};

/// How long another process may keep us from reading or writing.
const PATIENCE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(10);

/// What went wrong, by what can be done about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    Busy,
    /// No room, no leave to write, or the disk refuses.
    Unwritable,
    /// It is no database, or a broken one.
    Damaged,
    Other(String),
}

/// A value on its way in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
    Blob(&'a [u8]),
}

/// A row on its way out; columns count from 0.
pub(super) struct Row<'a>(&'a rusqlite::Row<'a>);

/// An open database.
pub(super) struct Database(Connection);

impl Database {
    /// The file must be there: whoever makes it decides who may read it.
    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Self(Connection::open_with_flags(path, flags)?);
        database.0.busy_timeout(PATIENCE)?;
        // For a new file, before anything is written to it: room that is free can then be given back.
        database.script("PRAGMA auto_vacuum=INCREMENTAL")?;
        database.log_writes()?;
        database.settle()?;
        Ok(database)
    }

    /// Turns the log of writes on, which SQLite does not wait for where another does the same.
    fn log_writes(&self) -> Result<(), Fault> {
        let begun = Instant::now();
        loop {
            match self.pragma("PRAGMA journal_mode=WAL") {
                Err(Fault::Busy) if begun.elapsed() < PATIENCE => thread::sleep(PAUSE),
                done => return done,
            }
        }
    }

    /// A file that cannot be written, as it is without what stands beside it.
    pub(super) fn open_unchanged(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let uri = format!("file:{}?immutable=1", encoded(path));
        Ok(Self(Connection::open_with_flags(uri, flags)?))
    }

    /// A file that is not to be written, with what stands beside it. Waits for nobody.
    pub(super) fn open_to_read(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Self(Connection::open_with_flags(path, flags)?))
    }

    pub(super) fn in_memory() -> Result<Self, Fault> {
        let database = Self(Connection::open_in_memory()?);
        database.settle()?;
        Ok(database)
    }

    pub(super) fn is_in_memory(&self) -> bool {
        self.0.path().is_none_or(str::is_empty)
    }

    fn settle(&self) -> Result<(), Fault> {
        // Else the search's own statements are planned anew for each value.
        self.0
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        self.script(
            "PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-1024;
             PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF; PRAGMA wal_autocheckpoint=2048",
        )
    }

    /// Runs a statement that answers with a row of its own.
    pub(super) fn pragma(&self, sql: &str) -> Result<(), Fault> {
        let mut statement = self.0.prepare(sql)?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        Ok(())
    }

    /// Several statements without values.
    pub(super) fn script(&self, sql: &str) -> Result<(), Fault> {
        Ok(self.0.execute_batch(sql)?)
    }

    /// One statement; how many rows it changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, Fault> {
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.execute(params_from_iter(values))?)
    }

    /// The key of the row that was inserted last.
    pub(super) fn last_key(&self) -> i64 {
        self.0.last_insert_rowid()
    }

    /// Tells each row, for as long as that is wanted.
    pub(super) fn each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut tell: impl FnMut(&Row<'_>) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            if !tell(&Row(row))? {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut all = Vec::new();
        self.each(sql, values, |row| {
            all.push(read(row)?);
            Ok(true)
        })?;
        Ok(all)
    }

    /// The first row, where there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let mut found = None;
        self.each(sql, values, |row| {
            found = Some(read(row)?);
            Ok(false)
        })?;
        Ok(found)
    }

    /// The first column of the first row; 0 where there is none.
    pub(super) fn number(&self, sql: &str, values: &[Value<'_>]) -> Result<i64, Fault> {
        let found = self.first(sql, values, |row| row.maybe_integer(0))?;
        Ok(found.flatten().unwrap_or_default())
    }

    /// Does all of it or nothing, with nobody else writing meanwhile.
    pub(super) fn writing<T>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.script("BEGIN IMMEDIATE")?;
        let done = work(self).and_then(|done| self.script("COMMIT").map(|()| done));
        if done.is_err() && !self.0.is_autocommit() {
            // What broke it is what counts; closing rolls back too.
            let _ = self.script("ROLLBACK");
        }
        done
    }

    /// The same, with [`Fault::Busy`] where somebody else is writing for longer than that.
    pub(super) fn writing_within<T>(
        &self,
        patience: Duration,
        work: impl FnOnce(&Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.0.busy_timeout(patience)?;
        let done = self.writing(work);
        self.0.busy_timeout(PATIENCE)?;
        done
    }
}

/// As a part of a URI.
fn encoded(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    let encoded = bytes.map(|byte| match byte {
        b'/' | b'.' | b'-' | b'_' => char::from(*byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

impl Row<'_> {
    fn value<T: FromSql>(&self, column: usize) -> Result<T, Fault> {
        Ok(self.0.get(column)?)
    }

    pub(super) fn integer(&self, column: usize) -> Result<i64, Fault> {
        self.value(column)
    }

    pub(super) fn maybe_integer(&self, column: usize) -> Result<Option<i64>, Fault> {
        self.value(column)
    }

    pub(super) fn text(&self, column: usize) -> Result<String, Fault> {
        self.value(column)
    }

    pub(super) fn maybe_text(&self, column: usize) -> Result<Option<String>, Fault> {
        self.value(column)
    }

    pub(super) fn maybe_blob(&self, column: usize) -> Result<Option<Vec<u8>>, Fault> {
        self.value(column)
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Integer)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::CannotOpen
                | ErrorCode::SystemIoFailure,
            ) => Self::Unwritable,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            _ => Self::Other(error.to_string()),
        }
    }
}
