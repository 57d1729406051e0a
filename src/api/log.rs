//! What was asked and how it went, a line a try, in a file that only its owner can read.
//! Never a header's value, a body or a token; and what comes from outside is made harmless first.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::model::shown::Shown;

/// The log file. Cheap to clone; lines of lookups side by side never mix.
#[derive(Clone)]
pub struct Log(Arc<Shared>);

struct Shared {
    path: PathBuf,
    state: Mutex<State>,
}

struct State {
    file: File,
    /// Why lines are missing; taken once told.
    trouble: Option<String>,
    broken: bool,
}

/// The log cannot be written.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LogError {
    #[error("log {}: it cannot be written ({why})", path.display())]
    Unwritable { path: PathBuf, why: String },
    #[error("log {}: it is no file", path.display())]
    NoFile { path: PathBuf },
    #[error("log {}: it belongs to another user", path.display())]
    NotOurs { path: PathBuf },
}

/// One try of a lookup, as the log tells it.
pub(super) struct Tried<'a> {
    pub(super) profile: &'a str,
    /// Without a query: `https://services.leadconnectorhq.com/conversations/messages/…`.
    pub(super) url: &'a str,
    pub(super) number: u32,
    pub(super) of: u32,
    pub(super) took: Duration,
    pub(super) http: Option<u16>,
    /// Bytes of the body.
    pub(super) bytes: Option<usize>,
    /// The failure's word, as scripts know it.
    pub(super) failure: Option<&'static str>,
    pub(super) trace_id: Option<&'a str>,
}

/// Characters of a trace id or a name that are told.
const MOST_CHARACTERS: usize = 100;

impl Log {
    /// Opens the file at `path` for more lines and makes it its owner's alone; it is made where there is none.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let unwritable = |error: io::Error| LogError::Unwritable {
            path: path.into(),
            why: error.kind().to_string(),
        };
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // A pipe nobody reads would hold up the start; a file does not mind.
            let flags = rustix::fs::OFlags::NONBLOCK.bits();
            options
                .mode(0o600)
                .custom_flags(i32::from_ne_bytes(flags.to_ne_bytes()));
        }
        let file = options.open(path).map_err(unwritable)?;
        let metadata = file.metadata().map_err(unwritable)?;
        if !metadata.is_file() {
            return Err(LogError::NoFile { path: path.into() });
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
            if metadata.uid() != rustix::process::geteuid().as_raw() {
                return Err(LogError::NotOurs { path: path.into() });
            }
            if metadata.mode() & 0o077 != 0 {
                let own = std::fs::Permissions::from_mode(0o600);
                file.set_permissions(own).map_err(unwritable)?;
            }
        }
        Ok(Self(Arc::new(Shared {
            path: path.into(),
            state: Mutex::new(State {
                file,
                trouble: None,
                broken: false,
            }),
        })))
    }

    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Why lines are missing, told once.
    pub fn trouble(&self) -> Option<String> {
        self.state().trouble.take()
    }

    pub(super) fn tried(&self, at: Timestamp, tried: &Tried<'_>) {
        self.write(&line(at, tried));
    }

    /// One write a line, so that lines of several programs in one file do not mix either.
    fn write(&self, line: &str) {
        let mut state = self.state();
        if let Err(error) = state.file.write_all(line.as_bytes())
            && !std::mem::replace(&mut state.broken, true)
        {
            let path = self.0.path.display().to_string();
            let path = Shown::line(&path);
            state.trouble = Some(format!(
                "The log {path} cannot be written: {}",
                error.kind()
            ));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held; if something did, the file would still be one.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `2026-11-25T14:00:00.123Z GET https://…/ve9EPM428h8vShlRW1KT profile=acme try=1/4 status=200 ms=182 bytes=639 trace=…`
fn line(at: Timestamp, tried: &Tried<'_>) -> String {
    use std::fmt::Write as _;
    let mut line = format!(
        "{} GET {} profile={} try={}/{}",
        at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ"),
        tried.url,
        word(tried.profile),
        tried.number,
        tried.of,
    );
    let status = tried.http.map(|http| ("status", http.to_string()));
    let ms = Some(("ms", tried.took.as_millis().to_string()));
    let bytes = tried.bytes.map(|bytes| ("bytes", bytes.to_string()));
    let failure = tried.failure.map(|kind| ("failure", kind.to_owned()));
    let trace = tried.trace_id.map(|trace| ("trace", word(trace)));
    for (name, value) in [status, ms, bytes, failure, trace].into_iter().flatten() {
        // Writing to a string cannot fail.
        let _ = write!(line, " {name}={value}");
    }
    line.push('\n');
    line
}

/// A text from outside as one word of a line.
fn word(text: &str) -> String {
    let short: String = text.chars().take(MOST_CHARACTERS).collect();
    let shown = Shown::line(&short);
    let blank = |letter: char| letter.is_whitespace() || letter == '=';
    shown.as_str().replace(blank, "_")
}

/// Its place only.
impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Log").field(&self.0.path).finish()
    }
}

/// The same file.
impl PartialEq for Log {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn tried<'a>() -> Tried<'a> {
        Tried {
            profile: "acme support",
            url: "https://acme.example/conversations/messages/ve9EPM428h8vShlRW1KT",
            number: 2,
            of: 4,
            took: Duration::from_millis(95),
            http: Some(404),
            bytes: Some(104),
            failure: Some("not-found"),
            trace_id: Some("b553\u{1b}[31m x=y\n"),
        }
    }

    #[test]
    fn a_try_is_one_line_whatever_came() {
        let at: Timestamp = "2026-11-25T14:00:00.1234Z".parse().unwrap();
        assert_eq!(
            line(at, &tried()),
            "2026-11-25T14:00:00.123Z GET https://acme.example/conversations/messages/ve9EPM428h8vShlRW1KT \
             profile=acme_support try=2/4 status=404 ms=95 bytes=104 failure=not-found trace=b553␛[31m_x_y␊\n"
        );
        let silent = Tried {
            http: None,
            bytes: None,
            trace_id: None,
            failure: Some("timeout"),
            ..tried()
        };
        assert!(line(at, &silent).ends_with("try=2/4 ms=95 failure=timeout\n"));
    }

    #[test]
    fn the_file_is_its_owners_alone_and_keeps_its_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        std::fs::write(&path, "before\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let log = Log::open(&path).unwrap();
        log.tried(Timestamp::UNIX_EPOCH, &tried());
        log.clone().tried(Timestamp::UNIX_EPOCH, &tried());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("before\n1970-01-01T00:00:00.000Z GET "));
        assert_eq!(text.lines().count(), 3);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let new = folder.path().join("new");
        Log::open(&new).unwrap();
        let mode = std::fs::metadata(&new).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn what_cannot_be_a_log_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let unwritable = Log::open(folder.path()).unwrap_err();
        assert!(matches!(unwritable, LogError::Unwritable { .. }));
        let missing = Log::open(&folder.path().join("no/log")).unwrap_err();
        assert!(missing.to_string().contains("it cannot be written"));
    }

    #[test]
    fn a_full_disk_is_told_once() {
        let full = Path::new("/dev/full");
        if full.exists() {
            // A device is refused as a log; the file behind one is not.
            assert!(matches!(Log::open(full), Err(LogError::NoFile { .. })));
            let file = OpenOptions::new().write(true).open(full).unwrap();
            let state = State {
                file,
                trouble: None,
                broken: false,
            };
            let log = Log(Arc::new(Shared {
                path: "full".into(),
                state: Mutex::new(state),
            }));
            log.tried(Timestamp::UNIX_EPOCH, &tried());
            log.tried(Timestamp::UNIX_EPOCH, &tried());
            let told = log.trouble().unwrap();
            assert!(
                told.starts_with("The log full cannot be written: "),
                "{told}"
            );
            assert_eq!(log.trouble(), None);
        }
    }
}
