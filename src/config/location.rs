//! Where the config file is, and reading it.
//! Never here: what it says.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use directories::BaseDirs;

/// More than any config file needs, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// A config file that is there and cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LocationError {
    #[error("config file {}: there is no such file", path.display())]
    Missing { path: PathBuf },
    #[error("config file {}: it cannot be read ({why})", path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error("config file {}: it is over 1 MiB, which no config file is", path.display())]
    TooLarge { path: PathBuf },
    #[error("config file {}: it is not UTF-8", path.display())]
    NotUtf8 { path: PathBuf },
}

/// The config file's text, and where it is or would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
    /// None where the platform tells of no folder for it.
    pub path: Option<PathBuf>,
    /// None where there is no such file.
    pub text: Option<String>,
}

/// The file at `given`, which must be there; else the usual one, which need not.
pub fn read(given: Option<&Path>) -> Result<Located, LocationError> {
    let given = given.filter(|path| !path.as_os_str().is_empty());
    let Some(path) = given.map(Path::to_path_buf).or_else(usual) else {
        return Ok(Located {
            path: None,
            text: None,
        });
    };
    let text = match text_of(&path) {
        Err(LocationError::Missing { .. }) if given.is_none() => None,
        text => Some(text?),
    };
    Ok(Located {
        path: Some(path),
        text,
    })
}

/// `msgscope/config.toml` in the platform's folder for settings.
pub fn usual() -> Option<PathBuf> {
    let folders = BaseDirs::new()?;
    Some(folders.config_dir().join("msgscope").join("config.toml"))
}

/// `path` with the home folder in the place of a leading `~/`.
pub fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(folders)) => folders.home_dir().join(rest),
        _ => path.to_path_buf(),
    }
}

fn text_of(path: &Path) -> Result<String, LocationError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => LocationError::Missing { path: path.into() },
        kind => LocationError::Unreadable {
            path: path.into(),
            why: kind.to_string(),
        },
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        return Err(LocationError::TooLarge { path: path.into() });
    }
    String::from_utf8(bytes).map_err(|_| LocationError::NotUtf8 { path: path.into() })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn a_file_that_was_named_must_be_there_and_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        assert_eq!(
            read(Some(&path)),
            Err(LocationError::Missing { path: path.clone() })
        );
        std::fs::write(&path, "[ui]\n").unwrap();
        let located = read(Some(&path)).unwrap();
        assert_eq!(located.text.as_deref(), Some("[ui]\n"));
        std::fs::write(&path, b"\xff").unwrap();
        assert!(matches!(
            read(Some(&path)),
            Err(LocationError::NotUtf8 { .. })
        ));
        std::fs::write(&path, vec![b'#'; 1024 * 1024 + 1]).unwrap();
        assert!(matches!(
            read(Some(&path)),
            Err(LocationError::TooLarge { .. })
        ));
        assert!(matches!(
            read(Some(folder.path())),
            Err(LocationError::Unreadable { .. })
        ));
    }

    #[test]
    fn the_home_folder_stands_for_a_tilde_alone() {
        assert_eq!(at_home(Path::new("/a/~/b")), Path::new("/a/~/b"));
        assert_eq!(at_home(Path::new("~user/b")), Path::new("~user/b"));
        assert!(!at_home(Path::new("~/b")).starts_with("~"));
    }
}
