//! What keeps the history from being read or written, in words that a person can act on.
//! Never a message's text.

use std::path::PathBuf;

use crate::model::shown::visible;

/// Why the history did not do what was asked of it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "the history {} was written by a newer msgscope and is left as it is; update, or name another folder with --data-dir",
        shown(.path)
    )]
    Newer { path: PathBuf },
    #[error("the history is in use by another program and was not free in time")]
    Busy,
    #[error("the history cannot be written: there is no room, or no leave to")]
    Unwritable,
    #[error("the history could not be read")]
    Damaged,
    /// SQLite's own words.
    #[error("the history failed: {}", visible(.0))]
    Other(String),
    /// Its thread is no more.
    #[error("the history is not available any more")]
    Ended,
}

/// What the user should know of the history, each once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Note {
    /// The first write on this machine.
    Begun { path: PathBuf },
    /// Nothing can be kept there; `None` where no folder is known.
    InMemory { folder: Option<PathBuf> },
    /// A damaged file was set aside under this name.
    SetAside { name: String },
    /// So many messages could not be put into the search.
    Unsearched { messages: u64 },
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Begun { path } => write!(
                f,
                "What messages say is now kept in {}; --no-history or [history] keep in the config file changes that.",
                shown(path)
            ),
            Self::InMemory {
                folder: Some(folder),
            } => write!(
                f,
                "History is in memory only: {} cannot be written.",
                shown(folder)
            ),
            Self::InMemory { folder: None } => {
                f.write_str("History is in memory only: no folder for it is known here.")
            }
            Self::SetAside { name } => write!(
                f,
                "The history could not be read; set aside as {}, a new one begun.",
                visible(name)
            ),
            Self::Unsearched { messages } => write!(
                f,
                "Not found by words: the newest {messages} of the history, which cannot be written now."
            ),
        }
    }
}

fn shown(path: &std::path::Path) -> String {
    visible(&path.display().to_string())
}
