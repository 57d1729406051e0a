//! The history: every snapshot kept, on a thread of its own that is spoken to by messages.
//! Never touches the disk before it is first used, and never makes a file where it only reads.

mod database;
mod error;
mod file;
pub mod glance;
mod index;
mod keep;
mod linked;
mod list;
mod record;
mod remove;
mod row;
mod schema;
mod shelf;
mod taking;
mod thread;
mod words;

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock, PoisonError};

use tokio::sync::oneshot;

use crate::model::id::MessageId;
use crate::model::listed::{Key, Listed, Listing, Wanted};
use crate::model::snapshot::Snapshot;
use database::{Database, Fault, Value};
use index::Step;
use shelf::{Notes, Shelf};
use thread::Errand;

pub use error::{Note, StoreError};
pub use remove::Retention;
pub use shelf::Keeping;

/// Snapshots of one message that its timeline shows at most: the newest.
const TIMELINE: i64 = 500;

/// Bytes of answers that are read at once, or one answer that is larger.
const BUNCH: usize = 1024 * 1024;

/// The history. Cheap to clone: all clones speak to one thread, which ends with the last of them.
#[derive(Clone)]
pub struct Store {
    keeping: Keeping,
    /// Empty until the first use; `None` in it if the thread could not be started.
    errands: Arc<OnceLock<Option<Sender<Errand>>>>,
    notes: Notes,
}

/// How large the history is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// Its file, where it is kept in one.
    pub path: Option<PathBuf>,
    /// Of the file and of what belongs to it; zero where there is none.
    pub bytes: u64,
    pub messages: u64,
    pub snapshots: u64,
}

impl Store {
    /// Opens nothing.
    pub fn new(keeping: Keeping) -> Self {
        Self {
            keeping,
            errands: Arc::default(),
            notes: Notes::default(),
        }
    }

    /// What the user should know by now, each note once.
    pub fn take_note(&self) -> Option<Note> {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        (!notes.is_empty()).then(|| notes.remove(0))
    }

    /// Hands a snapshot over to be kept, at once; when this is answered, it is written. Dropping the future changes
    /// nothing of that.
    pub fn keep(
        &self,
        snapshot: Arc<Snapshot>,
    ) -> impl Future<Output = Result<Key, StoreError>> + Send + 'static + use<> {
        let (done, answer) = oneshot::channel();
        let sent = self.send(Errand::Keep(snapshot, done));
        async move {
            sent?;
            answer.await.unwrap_or(Err(StoreError::Ended))
        }
    }

    /// Keeps what belongs to a message that is kept already; tells whether that is still there.
    pub async fn keep_linked(
        &self,
        of: Arc<Snapshot>,
        linked: Arc<Snapshot>,
    ) -> Result<bool, StoreError> {
        let work = move |database: &Database| {
            database.writing(|database| linked::keep(database, &of, &linked))
        };
        let kept = self.ask(move |shelf| shelf.change(work)).await?;
        Ok(kept.contains(&true))
    }

    /// Messages that a filter finds, newest first. What waits for the search is put in before, some at a time, so that
    /// what is to be kept meanwhile does not wait for all of it.
    pub async fn list(&self, wanted: Wanted) -> Result<Listing, StoreError> {
        let mut step = None;
        while list::is_search(&wanted) && step != Some(Step::Done) {
            let end = match step {
                Some(Step::More(end)) => Some(end),
                _ => None,
            };
            step = Some(self.ask(move |shelf| shelf.index_toward(end)).await?);
        }
        self.ask(move |shelf| shelf.list(wanted)).await
    }

    /// The pinned ones, newest first.
    pub async fn pinned(&self) -> Result<Vec<Listed>, StoreError> {
        let all = self.read(list::pinned).await?;
        let mut newest: Vec<Listed> = all.into_iter().flatten().collect();
        newest.sort_by_key(|row| std::cmp::Reverse(row.key));
        Ok(newest)
    }

    pub async fn snapshot(&self, key: Key) -> Result<Option<Snapshot>, StoreError> {
        let sql = format!("SELECT {} FROM snapshot WHERE key = ?", record::COLUMNS);
        let read = move |database: &Database| {
            let found = database.first(&sql, &[Value::Integer(key.0)], record::read)?;
            let Some((key, mut snapshot)) = found.flatten() else {
                return Ok(None);
            };
            linked::join_all(database, key, &mut snapshot)?;
            Ok(Some(snapshot))
        };
        Ok(self.read(read).await?.into_iter().flatten().next())
    }

    /// What is kept of a message, oldest first; of very many the newest.
    pub async fn timeline(&self, id: MessageId) -> Result<Vec<(Key, Snapshot)>, StoreError> {
        let sql = format!(
            "SELECT {} FROM snapshot WHERE id = ? ORDER BY key DESC LIMIT ?",
            record::COLUMNS
        );
        let read = move |database: &Database| {
            let values = [Value::Text(id.as_str()), Value::Integer(TIMELINE)];
            let mut rows = database.rows(&sql, &values, record::read)?;
            rows.reverse();
            joined(database, rows.into_iter().flatten())
        };
        Ok(self.read(read).await?.into_iter().flatten().collect())
    }

    /// What follows that key, oldest first: a bunch that is no burden to memory, and empty at the end.
    pub async fn after(&self, key: Key) -> Result<Vec<(Key, Snapshot)>, StoreError> {
        let sql = format!(
            "SELECT {} FROM snapshot WHERE key > ? ORDER BY key LIMIT 64",
            record::COLUMNS
        );
        let read = move |database: &Database| {
            let (mut bunch, mut bytes) = (Vec::new(), 0);
            database.each(&sql, &[Value::Integer(key.0)], |row| {
                if let Some((key, snapshot)) = record::read(row)? {
                    bytes += snapshot
                        .answer
                        .as_ref()
                        .map_or(0, |answer| answer.body.len());
                    bunch.push((key, snapshot));
                }
                Ok(bytes < BUNCH)
            })?;
            joined(database, bunch)
        };
        let all = self.read(read).await?.into_iter();
        // What is in memory follows when the disk has told all.
        Ok(all
            .into_iter()
            .find(|bunch| !bunch.is_empty())
            .unwrap_or_default())
    }

    /// Where it is and how large.
    pub async fn size(&self) -> Result<Size, StoreError> {
        let work = |shelf: &mut Shelf| {
            let counts = shelf.read(|database| {
                let count = |sql| database.number(sql, &[]);
                Ok((
                    count("SELECT count(*) FROM message")?,
                    count("SELECT count(*) FROM snapshot")?,
                ))
            })?;
            let messages: i64 = counts.iter().map(|(messages, _)| messages).sum();
            let snapshots: i64 = counts.iter().map(|(_, snapshots)| snapshots).sum();
            let path = shelf.path();
            Ok(Size {
                bytes: path.as_deref().map_or(0, shelf::bytes),
                path,
                messages: u64::try_from(messages).unwrap_or_default(),
                snapshots: u64::try_from(snapshots).unwrap_or_default(),
            })
        };
        self.ask(work).await
    }

    /// What the disk answers, and the memory that takes its place, in this order.
    async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Database) -> Result<T, Fault> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        self.ask(move |shelf| shelf.read(work)).await
    }

    /// What nobody waits for any more when its turn comes is not done.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Shelf) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (done, answer) = oneshot::channel();
        self.send(Errand::Do(Box::new(move |shelf| {
            if !done.is_closed() {
                // Whoever has stopped waiting meanwhile needs no answer.
                let _ = done.send(work(shelf));
            }
        })))?;
        answer.await.unwrap_or(Err(StoreError::Ended))
    }

    fn send(&self, errand: Errand) -> Result<(), StoreError> {
        let start = || thread::start(self.keeping.clone(), Arc::clone(&self.notes));
        let errands = self.errands.get_or_init(start).as_ref();
        let errands = errands.ok_or(StoreError::Ended)?;
        errands.send(errand).map_err(|_| StoreError::Ended)
    }
}

/// Gives each what was asked for with it.
fn joined(
    database: &Database,
    snapshots: impl IntoIterator<Item = (Key, Snapshot)>,
) -> Result<Vec<(Key, Snapshot)>, Fault> {
    let whole = snapshots.into_iter().map(|(key, mut snapshot)| {
        linked::join(database, key, &mut snapshot)?;
        Ok((key, snapshot))
    });
    whole.collect()
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.keeping).finish()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
mod tests;
