//! The history's file: made so that nobody else can read it, and set aside when it is broken.
//! Never a byte of what is in it.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

const NAME: &str = "history.db";

pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// The file and what SQLite keeps beside it.
pub(super) fn all(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| beside(path, end))
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

/// Makes folder and file, where they are not there; tells whether the file was made. What SQLite puts beside it gets
/// the file's own permissions.
pub(super) fn make(folder: &Path) -> io::Result<bool> {
    folder_of_ours(folder)?;
    let path = path(folder);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            tighten(&path)?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

fn folder_of_ours(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file that others can read, from a copy or a restored backup, is made ours alone again.
#[cfg(unix)]
fn tighten(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    for file in all(path) {
        let Ok(known) = file.metadata() else {
            continue;
        };
        if known.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn tighten(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Gives the file a name of today, and what is beside it; tells the name.
pub(super) fn set_aside(folder: &Path) -> io::Result<String> {
    let path = path(folder);
    let today = Timestamp::now().strftime("%Y-%m-%d").to_string();
    let names = (1..).map(|count| match count {
        1 => format!("history-{today}.damaged"),
        _ => format!("history-{today}-{count}.damaged"),
    });
    for name in names {
        let aside = folder.join(&name);
        if aside.exists() {
            continue;
        }
        fs::rename(&path, &aside)?;
        for end in ["-wal", "-shm"] {
            // There may be none.
            let _ = fs::rename(beside(&path, end), beside(&aside, end));
        }
        return Ok(name);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
