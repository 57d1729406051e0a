//! Reading a token from a file or from a line of standard input.
//! Never from a file that others can read, and never a word of what stood there in an error.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroizing;

use super::{Token, TokenError};

/// More than any token has, in bytes.
const LIMIT: u64 = 64 * 1024;

/// Why a file gave no token.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenFileError {
    #[error("token file {}: there is no such file", path.display())]
    Missing { path: PathBuf },
    #[error("token file {}: it is a folder", path.display())]
    Folder { path: PathBuf },
    #[error("token file {}: it cannot be read ({why})", path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error("token file {}: others can read it; first run: chmod 600 {}", path.display(), path.display())]
    OpenToOthers { path: PathBuf },
    #[error("token file {}: it belongs to another user", path.display())]
    NotOurs { path: PathBuf },
    #[error("token file {}: it is empty", path.display())]
    Empty { path: PathBuf },
    #[error("token file {}: it has more than one line; the token alone belongs there", path.display())]
    SeveralLines { path: PathBuf },
    #[error("token file {}: it is over 64 KiB, which no token is", path.display())]
    TooLarge { path: PathBuf },
    #[error("token file {}: {why}", path.display())]
    Refused { path: PathBuf, why: TokenError },
}

/// Why a line of input gave no token.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenLineError {
    #[error("no token came on standard input")]
    Empty,
    #[error("the line on standard input is over 64 KiB, which no token is")]
    TooLarge,
    #[error("standard input cannot be read ({0})")]
    Unreadable(String),
    #[error("on standard input: {0}")]
    Refused(TokenError),
}

/// The token in the file at `path`, which must be ours alone (mode 0600 or less).
pub fn read_file(path: &Path) -> Result<Token, TokenFileError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => TokenFileError::Missing { path: path.into() },
        kind => TokenFileError::Unreadable {
            path: path.into(),
            why: kind.to_string(),
        },
    };
    let file = File::open(path).map_err(unreadable)?;
    // Asked of the opened file, so that it cannot be another one by the time it is read.
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(TokenFileError::Folder { path: path.into() });
    }
    check_owner(path, &metadata)?;
    let bytes = read_up_to_limit(file).map_err(unreadable)?;
    let bytes = bytes.ok_or_else(|| TokenFileError::TooLarge { path: path.into() })?;
    let refused = |why| TokenFileError::Refused {
        path: path.into(),
        why,
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| refused(TokenError::NotAscii))?;
    if text.lines().filter(|line| !line.trim().is_empty()).count() > 1 {
        return Err(TokenFileError::SeveralLines { path: path.into() });
    }
    Token::new(text).map_err(|why| match why {
        TokenError::Empty => TokenFileError::Empty { path: path.into() },
        why => refused(why),
    })
}

/// The token in the next line of `reader`; what follows the line stays unread.
pub fn read_line(reader: impl BufRead) -> Result<Token, TokenLineError> {
    let mut line = Zeroizing::new(Vec::with_capacity(1024));
    let read = reader.take(LIMIT + 1).read_until(b'\n', &mut line);
    let read = read.map_err(|error| TokenLineError::Unreadable(error.kind().to_string()))?;
    if read as u64 > LIMIT {
        return Err(TokenLineError::TooLarge);
    }
    let text =
        std::str::from_utf8(&line).map_err(|_| TokenLineError::Refused(TokenError::NotAscii))?;
    Token::new(text).map_err(|why| match why {
        TokenError::Empty => TokenLineError::Empty,
        why => TokenLineError::Refused(why),
    })
}

/// All of it, or nothing when it is over the limit.
fn read_up_to_limit(file: File) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LIMIT).then_some(bytes))
}

#[cfg(unix)]
fn check_owner(path: &Path, metadata: &Metadata) -> Result<(), TokenFileError> {
    use std::os::unix::fs::MetadataExt as _;
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(TokenFileError::NotOurs { path: path.into() });
    }
    if metadata.mode() & 0o077 != 0 {
        return Err(TokenFileError::OpenToOthers { path: path.into() });
    }
    Ok(())
}

/// Windows keeps a user's files from others by where they are, not by a mode.
#[cfg(not(unix))]
fn check_owner(_: &Path, _: &Metadata) -> Result<(), TokenFileError> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;
    use std::io::Cursor;

    const TOKEN: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";

    struct Place(tempfile::TempDir);

    impl Place {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self) -> PathBuf {
            self.0.path().join("token")
        }

        fn holds(&self, mode: u32, bytes: &[u8]) -> PathBuf {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::write(self.path(), bytes).unwrap();
            std::fs::set_permissions(self.path(), std::fs::Permissions::from_mode(mode)).unwrap();
            self.path()
        }
    }

    #[test]
    fn a_file_of_ours_alone_gives_its_token() {
        let place = Place::new();
        for text in [
            TOKEN.to_owned(),
            format!("{TOKEN}\n"),
            format!("\r\n{TOKEN}\r\n\r\n"),
        ] {
            let path = place.holds(0o600, text.as_bytes());
            assert_eq!(read_file(&path), Ok(Token::new(TOKEN).unwrap()));
        }
    }

    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_command_that_helps() {
        let place = Place::new();
        for mode in [0o644, 0o640, 0o604, 0o620] {
            let path = place.holds(mode, TOKEN.as_bytes());
            let error = read_file(&path).unwrap_err();
            let help = format!("chmod 600 {}", path.display());
            assert!(error.to_string().contains(&help), "{error}");
        }
    }

    #[test]
    fn what_is_no_file_with_one_token_says_so() {
        let place = Place::new();
        let path = place.path();
        assert_eq!(
            read_file(&path),
            Err(TokenFileError::Missing { path: path.clone() })
        );
        let folder = place.0.path().to_owned();
        assert_eq!(
            read_file(&folder),
            Err(TokenFileError::Folder { path: folder })
        );
        let cases: [(Vec<u8>, TokenFileError); 5] = [
            (
                b" \n\n".to_vec(),
                TokenFileError::Empty { path: path.clone() },
            ),
            (
                format!("{TOKEN}\nother").into_bytes(),
                TokenFileError::SeveralLines { path: path.clone() },
            ),
            (
                vec![b'a'; 64 * 1024 + 1],
                TokenFileError::TooLarge { path: path.clone() },
            ),
            (
                b"pit-\xff".to_vec(),
                TokenFileError::Refused {
                    path: path.clone(),
                    why: TokenError::NotAscii,
                },
            ),
            (
                b"Bearer pit".to_vec(),
                TokenFileError::Refused {
                    path: path.clone(),
                    why: TokenError::Blank,
                },
            ),
        ];
        for (bytes, error) in cases {
            let found = read_file(&place.holds(0o600, &bytes)).unwrap_err();
            assert_eq!(found, error);
            assert!(!found.to_string().contains("pit-"), "{found}");
        }
    }

    #[test]
    fn one_line_of_input_is_the_token_and_the_rest_stays_unread() {
        let mut input = Cursor::new(format!("{TOKEN}\r\nve9EPM428h8vShlRW1KT\n"));
        assert_eq!(read_line(&mut input), Ok(Token::new(TOKEN).unwrap()));
        let mut rest = String::new();
        input.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "ve9EPM428h8vShlRW1KT\n");
    }

    #[test]
    fn input_without_a_token_says_so() {
        assert_eq!(read_line(Cursor::new("")), Err(TokenLineError::Empty));
        assert_eq!(read_line(Cursor::new("\nx")), Err(TokenLineError::Empty));
        assert_eq!(
            read_line(Cursor::new("a b")),
            Err(TokenLineError::Refused(TokenError::Blank))
        );
        let long = vec![b'a'; 70_000];
        assert_eq!(read_line(Cursor::new(long)), Err(TokenLineError::TooLarge));
    }
}
