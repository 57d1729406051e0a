//! A folder of its own for a test's files: config, tokens, scripts, logs. Gone when it is dropped.
//! Never here: a file of this machine.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The folder. As `HOME` of a program it is also where its config file is looked for.
pub(crate) struct Folder(TempDir);

/// Where below `HOME` the config file is looked for.
const USUAL: &str = if cfg!(target_os = "macos") {
    "Library/Application Support/msgscope/config.toml"
} else {
    ".config/msgscope/config.toml"
};

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    /// The path of a file in it, whether it is there or not.
    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// Where the program looks for its config file if this is its `HOME`.
    pub(crate) fn usual(&self) -> String {
        self.path(USUAL)
    }

    /// Writes a file that only its owner can read; answers its path.
    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        self.file_with(0o600, name, text)
    }

    /// Writes a file with that mode; answers its path.
    pub(crate) fn file_with(&self, mode: u32, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = PathBuf::from(self.path(name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Writes the config file where it is looked for.
    pub(crate) fn config(&self, text: &str) -> String {
        self.file(USUAL, text)
    }

    /// What a file holds; nothing where there is none.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        Path::new(&self.path(name)).exists()
    }

    /// A file's permissions, as in `0o600`.
    pub(crate) fn mode(&self, name: &str) -> u32 {
        let metadata = fs::metadata(self.path(name)).unwrap();
        metadata.permissions().mode() & 0o777
    }
}
