//! What is kept of the lookups, and where.
//! Never makes the folder, and never asks whether it can be made.

use std::path::PathBuf;
use std::time::Duration;

use super::file::{ConfigFile, Keep};
use super::{Config, Given, Place, Placed, location};
use crate::store::Keeping;

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
    /// Keeps it in memory, whatever was set: the demo's is thrown away.
    pub(super) fn forget(&mut self) {
        self.on_disk = Placed::new(false, Place::Default);
    }
}

impl Config {
    /// Where the history is kept.
    pub fn keeping(&self) -> Keeping {
        match &self.history.folder.value {
            _ if !self.history.on_disk.value => Keeping::InMemory,
            Some(folder) => Keeping::InFolder(folder.clone()),
            None => Keeping::NoFolder,
        }
    }

    /// How long a lookup is kept, `None` for ever; and how many are at most.
    pub fn retention(&self) -> (Option<Duration>, u64) {
        (self.history.keep.value.span(), self.history.max.value)
    }

    /// In words for the first screen: how long lookups are kept, and in which folder where that is on the disk.
    pub fn kept(&self) -> (String, Option<String>) {
        let history = &self.history;
        let folder = match &history.folder.value {
            _ if !history.on_disk.value => {
                let words = match &history.on_disk.place {
                    Place::Default => "in memory, until you quit".to_owned(),
                    place => format!("in memory only: {place}"),
                };
                return (words, None);
            }
            Some(folder) => location::from_home(folder),
            None => return ("in memory, until you quit".to_owned(), None),
        };
        let words = match history.keep.value.span() {
            None => "on this machine, for ever".to_owned(),
            Some(_) => format!("on this machine for {}", history.keep.value),
        };
        (words, Some(folder))
    }
}
