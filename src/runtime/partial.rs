//! A file while it is written: hidden, its owner's alone, and gone unless it is kept.
//! Never over a file that is there.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::saving::{DiskFault, numbered};

/// Files of one name that are told apart by their numbers.
const MOST_ALIKE: u32 = 9_999;
/// Tries at a name that nobody else has.
const TRIES: usize = 16;

/// The files that are being written, for the end of the program, which waits for no task. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Partials(Arc<Mutex<Vec<PathBuf>>>);

impl Partials {
    /// Removes all of them.
    pub(super) fn remove(&self) {
        for path in self.paths().drain(..) {
            // Kept or removed meanwhile.
            let _ = fs::remove_file(path);
        }
    }

    fn paths(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        // Nothing panics while it is held; if something did, the list would still be one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is being written. Dropping it removes it.
pub(super) struct Partial {
    folder: PathBuf,
    path: PathBuf,
    /// Closed before it is renamed: not every system renames an open one.
    file: Option<File>,
    partials: Partials,
}

impl Partial {
    /// Begins a file that is to have that stem and extension.
    pub(super) fn new(
        folder: &Path,
        (stem, extension): (&str, &str),
        partials: Partials,
    ) -> io::Result<Self> {
        Self::beside(folder, &numbered(stem, extension, 1), partials)
    }

    /// Begins a file that is to have that name.
    pub(super) fn beside(folder: &Path, name: &str, partials: Partials) -> io::Result<Self> {
        for _ in 0..TRIES {
            let path = folder.join(format!(".{name}.part-{}", chance()));
            match create(&path) {
                Ok(file) => {
                    partials.paths().push(path.clone());
                    return Ok(Self {
                        folder: folder.to_path_buf(),
                        path,
                        file: Some(file),
                        partials,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.file {
            Some(file) => file.write_all(bytes),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Has all of it on the disk: one of another machine may say only now that it is full.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match self.file.take() {
            Some(file) => file.sync_all(),
            None => Ok(()),
        }
    }

    /// Gives it its name, or the first numbered one that is free; tells where it is.
    pub(super) fn keep(mut self, (stem, extension): (&str, &str)) -> io::Result<PathBuf> {
        self.finish()?;
        for number in 1..=MOST_ALIKE {
            let path = self.folder.join(numbered(stem, extension, number));
            // Renaming replaces what is there, so that the name is taken first: what is replaced is ours.
            match create(&path) {
                Ok(_) => {
                    return match fs::rename(&self.path, &path) {
                        Ok(()) => Ok(path),
                        Err(error) => {
                            let _ = fs::remove_file(&path);
                            Err(error)
                        }
                    };
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

impl Partial {
    /// Gives it that name, `over` a file that is there where that is asked for.
    pub(super) fn keep_as(mut self, path: &Path, over: bool) -> io::Result<()> {
        self.finish()?;
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !over {
            create(path)?;
        }
        fs::rename(&self.path, path)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        drop(self.file.take());
        // Under its own name by now, where it was kept.
        let _ = fs::remove_file(&self.path);
        self.partials.paths().retain(|path| *path != self.path);
    }
}

/// A new file, readable by its owner alone. A link in its place is not followed.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Four letters and digits. A hasher's seed is chance enough for a name that must only be free.
fn chance() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let random = RandomState::new().build_hasher().finish().to_le_bytes();
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    random.iter().take(4).map(letter).collect()
}

/// Makes the folder where it is missing.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)
}

/// Why the folder could not be made.
pub(super) fn unmade(error: &io::Error, folder: &str) -> DiskFault {
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            DiskFault::NoFolder(folder.to_owned())
        }
        kind => DiskFault::CannotMake(folder.to_owned(), kind.to_string()),
    }
}

/// Why nothing could be written there.
pub(super) fn disk(error: &io::Error, folder: &str) -> DiskFault {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DiskFault::Full,
        io::ErrorKind::NotADirectory => DiskFault::NoFolder(folder.to_owned()),
        kind => DiskFault::CannotWrite(folder.to_owned(), kind.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    const NAME: (&str, &str) = ("VY80mMXYjmpyLMocAVq5-1", "png");

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn written(folder: &Path, bytes: &[u8]) -> Partial {
        let mut partial = Partial::new(folder, NAME, Partials::default()).unwrap();
        partial.write(bytes).unwrap();
        partial
    }

    #[test]
    fn it_is_hidden_until_it_is_kept_and_then_alone() {
        let folder = tempfile::tempdir().unwrap();
        let partial = written(folder.path(), b"ab");
        let [name] = &names(folder.path())[..] else {
            unreachable!("one file")
        };
        assert!(
            name.starts_with(".VY80mMXYjmpyLMocAVq5-1.png.part-"),
            "{name}"
        );
        let path = partial.keep(NAME).unwrap();
        assert_eq!(names(folder.path()), ["VY80mMXYjmpyLMocAVq5-1.png"]);
        assert_eq!(fs::read(path).unwrap(), b"ab");
    }

    #[test]
    fn a_file_that_is_there_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("VY80mMXYjmpyLMocAVq5-1.png");
        fs::write(&first, "theirs").unwrap();
        for number in [2, 3] {
            let path = written(folder.path(), b"ours").keep(NAME).unwrap();
            let name = format!("VY80mMXYjmpyLMocAVq5-1 ({number}).png");
            assert_eq!(path, folder.path().join(name));
        }
        assert_eq!(fs::read(first).unwrap(), b"theirs");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_its_place_is_not_followed_and_others_cannot_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        let link = folder.path().join("VY80mMXYjmpyLMocAVq5-1.png");
        std::os::unix::fs::symlink(&elsewhere, link).unwrap();
        let path = written(folder.path(), b"ours").keep(NAME).unwrap();
        assert!(path.ends_with("VY80mMXYjmpyLMocAVq5-1 (2).png"));
        assert!(!elsewhere.exists());
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn one_that_is_dropped_or_left_at_the_end_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        drop(written(folder.path(), b"ab"));
        assert!(names(folder.path()).is_empty());
        let partials = Partials::default();
        let partial = Partial::new(folder.path(), NAME, partials.clone()).unwrap();
        partials.remove();
        assert!(names(folder.path()).is_empty());
        drop(partial);
    }

    #[test]
    fn a_folder_is_made_where_it_is_missing_and_told_of_where_it_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        make(&deep).unwrap();
        assert!(deep.is_dir());
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        for folder in [file.clone(), file.join("below")] {
            let error = make(&folder).unwrap_err();
            let fault = unmade(&error, "there");
            assert_eq!(fault.to_string(), "there is no folder.");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_as_such() {
        let mut full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = full.write_all(b"x").unwrap_err();
        assert_eq!(disk(&error, "there"), DiskFault::Full);
        let denied = io::ErrorKind::PermissionDenied.into();
        let words = "Nothing may be written in there: permission denied.";
        assert_eq!(disk(&denied, "there").to_string(), words);
    }
}
