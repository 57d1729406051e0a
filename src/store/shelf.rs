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

/// A key that no file reaches.
const OVERFLOW: i64 = 1 << 60;

pub(super) struct Shelf {
    keeping: Keeping,
    /// Open once it was needed.
    database: Option<Database>,
    /// What is kept since the disk refused it. Its keys are larger than any on the disk.
    overflow: Option<Database>,
    notes: Notes,
    /// What is told once, however often it happens.
    told: Vec<Note>,
}

impl Shelf {
    pub(super) fn new(keeping: Keeping, notes: Notes) -> Self {
        Self {
            keeping,
            database: None,
            overflow: None,
            notes,
            told: Vec::new(),
        }
    }

    /// Reads all there is: what is on the disk, then what had no room there. Nothing where nothing was ever kept.
    pub(super) fn read<T>(
        &mut self,
        mut work: impl FnMut(&Database) -> Result<T, Fault>,
    ) -> Result<Vec<T>, StoreError> {
        let disk = self.read_disk(&mut work)?;
        Ok(disk.into_iter().chain(self.read_overflow(work)?).collect())
    }

    pub(super) fn read_disk<T>(
        &mut self,
        mut work: impl FnMut(&Database) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        if self.database.is_none() && !self.is_there() {
            return Ok(None);
        }
        match self.attempt(&mut work) {
            Ok(read) => Ok(Some(read)),
            Err(StoreError::Damaged) => self.set_aside().map(|()| None),
            // Not even to be read, which is told when something is to be kept.
            Err(StoreError::Unwritable) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) fn read_overflow<T>(
        &self,
        work: impl FnMut(&Database) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.overflow.as_ref().map(work).transpose()?)
    }

    /// Keeps something: once more where the file was broken, and in memory where the disk refuses it.
    pub(super) fn write<T>(
        &mut self,
        mut work: impl FnMut(&Database) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        if self.overflow.is_none() {
            let done = match self.attempt(&mut work) {
                Err(StoreError::Damaged) => self.set_aside().and_then(|()| self.attempt(&mut work)),
                done => done,
            };
            match done {
                Err(StoreError::Unwritable) if self.is_on_disk() => {}
                done => return done,
            }
        }
        Ok(work(self.overflow()?)?)
    }

    /// Changes what was kept, wherever that is; makes nothing.
    pub(super) fn change<T>(
        &mut self,
        mut work: impl FnMut(&Database) -> Result<T, Fault>,
    ) -> Result<Vec<T>, StoreError> {
        let mut all = Vec::new();
        if self.database.is_some() || self.is_there() {
            match self.attempt(&mut work) {
                Ok(changed) => all.push(changed),
                Err(StoreError::Damaged) => self.set_aside()?,
                Err(error) => return Err(error),
            }
        }
        if let Some(overflow) = &self.overflow {
            all.push(work(overflow)?);
        }
        Ok(all)
    }

    /// What is open by now.
    pub(super) fn open(&self) -> impl Iterator<Item = &Database> {
        self.database.iter().chain(&self.overflow)
    }

    fn attempt<T>(
        &mut self,
        work: &mut impl FnMut(&Database) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let database = match self.database.take() {
            Some(database) => database,
            None => self.opened()?,
        };
        Ok(work(self.database.insert(database))?)
    }

    fn opened(&self) -> Result<Database, StoreError> {
        let Keeping::InFolder(folder) = &self.keeping else {
            if self.keeping == Keeping::NoFolder {
                self.tell(Note::InMemory { folder: None });
            }
            let database = Database::in_memory()?;
            schema::migrate(&database)?;
            return Ok(database);
        };
        let path = file::path(folder);
        let made = file::make(folder).map_err(|_| StoreError::Unwritable);
        let opened = made.and_then(|is_new| Ok((Database::open(&path)?, is_new)));
        let (database, is_new) = match opened {
            // One that is there can be read all the same.
            Err(StoreError::Unwritable) if path.exists() => {
                let database = Database::open_unchanged(&path)?;
                if schema::is_of_now(&database)? {
                    return Ok(database);
                }
                (database, false)
            }
            opened => opened?,
        };
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

    /// The memory that takes what the disk refuses; told when it is first needed.
    fn overflow(&mut self) -> Result<&Database, StoreError> {
        let overflow = match self.overflow.take() {
            Some(overflow) => overflow,
            None => self.overflowing()?,
        };
        Ok(self.overflow.insert(overflow))
    }

    fn overflowing(&self) -> Result<Database, StoreError> {
        if let Keeping::InFolder(folder) = &self.keeping {
            let folder = Some(folder.clone());
            self.tell(Note::InMemory { folder });
        }
        let overflow = Database::in_memory()?;
        schema::migrate(&overflow)?;
        schema::begin_behind(&overflow, OVERFLOW)?;
        Ok(overflow)
    }

    fn is_on_disk(&self) -> bool {
        matches!(self.keeping, Keeping::InFolder(_))
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

    /// Tells what may happen again, unless the same was told before.
    pub(super) fn tell_once(&mut self, note: Note) {
        if !self.told.contains(&note) {
            self.told.push(note.clone());
            self.tell(note);
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
