//! What is kept of the lookups, and where.
//! Never makes the folder, and never asks whether it can be made.

use std::path::PathBuf;

use super::file::{ConfigFile, Keep};
use super::{Config, Given, Place, Placed, location};
use crate::app::setting::KeptWhere;
use crate::store::{Keeping, Retention};

const KEEP_DAYS: u64 = 90;
const MAX: u64 = 100_000;

/// The settings of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct History {
    /// Whether lookups are kept on the disk.
    pub on_disk: Placed<bool>,
    /// The folder; `None` where the platform tells of none.
    pub folder: Placed<Option<PathBuf>>,
    pub keep: Placed<Keep>,
    /// Lookups kept at most.
    pub max: Placed<u64>,
}

pub(super) fn history(given: &Given<'_>, file: &ConfigFile) -> History {
    let global = given.global;
    let given_at = |field| Place::given(given.sources, field);
    let off = global
        .no_history
        .then_some(false)
        .zip(given_at("no_history"));
    let folder = global.data_dir.clone();
    let folder = folder.filter(|path| !path.as_os_str().is_empty());
    let folder = folder.map(Some).zip(given_at("data_dir"));
    let folder = folder.map(Placed::from);
    History {
        on_disk: Placed::first(off.map(Placed::from), None, true),
        folder: folder.unwrap_or_else(|| Placed::new(location::data_folder(), Place::Default)),
        keep: Placed::first(None, file.history.keep, Keep::days(KEEP_DAYS)),
        max: Placed::first(None, file.history.max, MAX),
    }
}

impl History {
    /// What a command line says of it, whatever the config file does.
    pub fn given(given: &Given<'_>) -> Self {
        history(given, &ConfigFile::default())
    }

    /// Where it is kept.
    pub fn keeping(&self) -> Keeping {
        match &self.folder.value {
            _ if !self.on_disk.value => Keeping::InMemory,
            Some(folder) => Keeping::InFolder(folder.clone()),
            None => Keeping::NoFolder,
        }
    }

    /// Keeps it in memory, whatever was set: the demo's is thrown away.
    pub(super) fn forget(&mut self) {
        self.on_disk = Placed::new(false, Place::Default);
    }
}

impl Config {
    /// Where the history is kept.
    pub fn keeping(&self) -> Keeping {
        self.history.keeping()
    }

    /// How long lookups are kept, and how many.
    pub fn retention(&self) -> Retention {
        Retention {
            keep: self.history.keep.value.span(),
            max: self.history.max.value,
        }
    }

    /// In words for the first screen.
    pub fn kept(&self) -> KeptWhere {
        let History {
            on_disk,
            folder,
            keep,
            ..
        } = &self.history;
        let span = match (on_disk.value, keep.value) {
            (true, Keep::Forever) => "on this machine, for ever".to_owned(),
            (true, keep) => format!("on this machine for {keep}"),
            (false, _) if on_disk.place == Place::Default => return KeptWhere::in_memory(),
            (false, _) => format!("in memory only: {}", on_disk.place),
        };
        let folder = folder.value.as_deref().filter(|_| on_disk.value);
        match folder.map(location::from_home) {
            None if on_disk.value => KeptWhere::in_memory(),
            folder => KeptWhere { span, folder },
        }
    }
}
