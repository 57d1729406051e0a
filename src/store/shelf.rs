//! The history as its thread holds it: opened when it is first needed, set aside when it is broken, in memory where
//! nothing can be written. Never a file made by reading alone.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::database::{Database, Fault};
use super::error::{Note, StoreError};
use super::{file, schema};

/// Where the history is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Keeping {
    /// As `history.db` in this folder.
    InFolder(PathBuf),
    /// Until the program ends. `NoFolder` says once that there is none.
    InMemory,
    /// The same, because this platform tells of no folder.
    NoFolder,
}

pub(super) type Notes = Arc<Mutex<Vec<Note>>>;

pub(super) struct Shelf {
    keeping: Keeping,
    database: Option<Database>,
    notes: Notes,
}

impl Shelf {
    pub(super) fn new(keeping: Keeping, notes: Notes) -> Self {
        Self {
            keeping,
            database: None,
            notes,
        }
    }

    /// Does what only reads; `None` where nothing was ever kept.
    pub(super) fn read<T>(
        &mut self,
        work: impl Fn(&Database) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        if self.database.is_none() && !self.is_there() {
            return Ok(None);
        }
        match self.attempt(&work) {
            Err(StoreError::Damaged) => {
                self.set_aside()?;
                Ok(None)
            }
            done => done.map(Some),
        }
    }

    /// Does what writes, once more where the file was broken or cannot be written.
    pub(super) fn write<T>(
        &mut self,
        work: impl Fn(&Database) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        match self.attempt(&work) {
            Err(StoreError::Damaged) => self.set_aside()?,
            Err(StoreError::Unwritable) if !self.is_in_memory() => self.go_into_memory(),
            done => return done,
        }
        self.attempt(&work)
    }

    /// Does what changes what was kept; `None` where nothing ever was.
    pub(super) fn change<T>(
        &mut self,
        work: impl Fn(&Database) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        if self.database.is_none() && !self.is_there() {
            return Ok(None);
        }
        self.write(work).map(Some)
    }

    fn attempt<T>(
        &mut self,
        work: impl Fn(&Database) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let database = self.open()?;
        work(database).map_err(StoreError::from)
    }

    fn open(&mut self) -> Result<&Database, StoreError> {
        let database = match self.database.take() {
            Some(database) => database,
            None => self.opened()?,
        };
        Ok(self.database.insert(database))
    }

    fn opened(&self) -> Result<Database, StoreError> {
        let Keeping::InFolder(folder) = &self.keeping else {
            let database = Database::in_memory()?;
            schema::migrate(&database)?;
            if self.keeping == Keeping::NoFolder {
                self.tell(Note::InMemory { folder: None });
            }
            return Ok(database);
        };
        let is_new = file::make(folder).map_err(|_| StoreError::Unwritable)?;
        let path = file::path(folder);
        let database = Database::open(&path)?;
        if schema::is_newer(&database)? {
            return Err(StoreError::Newer { path });
        }
        schema::migrate(&database)?;
        if is_new {
            self.tell(Note::Begun { path });
        }
        Ok(database)
    }

    fn set_aside(&mut self) -> Result<(), StoreError> {
        self.database = None;
        if let Keeping::InFolder(folder) = &self.keeping {
            let name = file::set_aside(folder).map_err(|_| StoreError::Unwritable)?;
            self.tell(Note::SetAside { name });
        }
        Ok(())
    }

    fn go_into_memory(&mut self) {
        if let Keeping::InFolder(folder) = &self.keeping {
            let folder = Some(folder.clone());
            self.tell(Note::InMemory { folder });
        }
        self.database = None;
        self.keeping = Keeping::InMemory;
    }

    fn is_in_memory(&self) -> bool {
        !matches!(self.keeping, Keeping::InFolder(_))
    }

    fn is_there(&self) -> bool {
        matches!(&self.keeping, Keeping::InFolder(folder) if file::path(folder).exists())
    }

    /// The file, where there is one.
    pub(super) fn path(&self) -> Option<PathBuf> {
        match &self.keeping {
            Keeping::InFolder(folder) => Some(file::path(folder)),
            Keeping::InMemory | Keeping::NoFolder => None,
        }
    }

    fn tell(&self, note: Note) {
        // A thread that broke while it told a note leaves the others as they were.
        let mut notes = self
            .notes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        notes.push(note);
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Busy => Self::Busy,
            Fault::Unwritable => Self::Unwritable,
            Fault::Damaged => Self::Damaged,
            Fault::Other(words) => Self::Other(words),
        }
    }
}

/// Bytes of the file and of what SQLite keeps beside it.
pub(super) fn bytes(path: &Path) -> u64 {
    file::all(path)
        .iter()
        .filter_map(|path| path.metadata().ok())
        .map(|file| file.len())
        .sum()
}
