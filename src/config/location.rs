//! Where the config file is, with the key map and the explanations beside it, and reading them.
//! Never here: what they say.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use directories::{BaseDirs, UserDirs};

use crate::model::shown::visible;

/// More than any config file needs, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// A file that is there and cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LocationError {
    #[error("{kind} {}: there is no such file", path.display())]
    Missing { kind: Kind, path: PathBuf },
    #[error("{kind} {}: it cannot be read ({why})", path.display())]
    Unreadable {
        kind: Kind,
        path: PathBuf,
        why: String,
    },
    #[error("{kind} {}: it is over 1 MiB, which no {kind} is", path.display())]
    TooLarge { kind: Kind, path: PathBuf },
    #[error("{kind} {}: it is not UTF-8", path.display())]
    NotUtf8 { kind: Kind, path: PathBuf },
}

/// Which file it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Config,
    Keymap,
    Explanations,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Config => "config file",
            Self::Keymap => "key map",
            Self::Explanations => "file of explanations",
        })
    }
}

/// A file's text, and where it is or would be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Located {
    /// None where the platform tells of no folder for it.
    pub path: Option<PathBuf>,
    /// None where there is no such file.
    pub text: Option<String>,
}

impl Located {
    /// Where it is, if it is there.
    pub fn found(self) -> Option<PathBuf> {
        self.path.filter(|_| self.text.is_some())
    }
}

/// The files that settings are read from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    pub config: Located,
    /// `keymap.toml` in the same folder.
    pub keymap: Located,
    /// `explanations.toml` there too.
    pub explanations: Located,
}

/// The file at `given`, which must be there; else the usual one, which need not. And what lies beside it, if
/// anything does.
pub fn read(given: Option<&Path>) -> Result<Files, LocationError> {
    let given = given.filter(|path| !path.as_os_str().is_empty());
    let Some(path) = given.map(Path::to_path_buf).or_else(usual) else {
        return Ok(Files::default());
    };
    let keymap = path.with_file_name("keymap.toml");
    let explanations = path.with_file_name("explanations.toml");
    Ok(Files {
        config: located(Kind::Config, path, given.is_some())?,
        keymap: located(Kind::Keymap, keymap, false)?,
        explanations: located(Kind::Explanations, explanations, false)?,
    })
}

fn located(kind: Kind, path: PathBuf, must_be_there: bool) -> Result<Located, LocationError> {
    let text = match text_of(kind, &path) {
        Err(LocationError::Missing { .. }) if !must_be_there => None,
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

/// `msgscope` in the platform's folder for data.
pub fn data_folder() -> Option<PathBuf> {
    Some(BaseDirs::new()?.data_dir().join("msgscope"))
}

/// The platform's folder for downloads; the current one where it tells of none.
pub fn download_folder() -> PathBuf {
    let folders = UserDirs::new();
    let folder = folders.as_ref().and_then(UserDirs::download_dir);
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

pub fn home() -> Option<PathBuf> {
    Some(BaseDirs::new()?.home_dir().to_path_buf())
}

/// The path as people write it: with `~` for the home folder.
pub fn from_home(path: &Path) -> String {
    let home = BaseDirs::new().and_then(|dirs| {
        let rest = path.strip_prefix(dirs.home_dir()).ok()?;
        Some(Path::new("~").join(rest))
    });
    visible(&home.as_deref().unwrap_or(path).display().to_string())
}

/// `path` with the home folder in the place of a leading `~/`.
pub fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(folders)) => folders.home_dir().join(rest),
        _ => path.to_path_buf(),
    }
}

fn text_of(kind: Kind, path: &Path) -> Result<String, LocationError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => LocationError::Missing {
            kind,
            path: path.into(),
        },
        why => LocationError::Unreadable {
            kind,
            path: path.into(),
            why: why.to_string(),
        },
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        return Err(LocationError::TooLarge {
            kind,
            path: path.into(),
        });
    }
    String::from_utf8(bytes).map_err(|_| LocationError::NotUtf8 {
        kind,
        path: path.into(),
    })
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
            Err(LocationError::Missing {
                kind: Kind::Config,
                path: path.clone()
            })
        );
        std::fs::write(&path, "[ui]\n").unwrap();
        let files = read(Some(&path)).unwrap();
        assert_eq!(files.config.text.as_deref(), Some("[ui]\n"));
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
    fn a_key_map_is_read_where_it_lies_beside_the_config_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.toml");
        std::fs::write(&path, "").unwrap();
        let keymap = folder.path().join("keymap.toml");
        let located = |text: Option<&str>| Located {
            path: Some(keymap.clone()),
            text: text.map(str::to_owned),
        };
        assert_eq!(read(Some(&path)).unwrap().keymap, located(None));
        std::fs::write(&keymap, "[panes]").unwrap();
        assert_eq!(read(Some(&path)).unwrap().keymap, located(Some("[panes]")));
        std::fs::write(&keymap, b"\xff").unwrap();
        let error = read(Some(&path)).unwrap_err().to_string();
        assert!(error.starts_with("key map /"), "{error}");
    }

    #[test]
    fn the_home_folder_stands_for_a_tilde_alone() {
        assert_eq!(at_home(Path::new("/a/~/b")), Path::new("/a/~/b"));
        assert_eq!(at_home(Path::new("~user/b")), Path::new("~user/b"));
        assert!(!at_home(Path::new("~/b")).starts_with("~"));
    }
}
