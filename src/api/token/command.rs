//! A token from a command, such as a password manager's: run without a shell, once, when it is first needed.
//! Never a word of what the command printed in an error, unless it printed it as its own error.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;

use super::{Token, TokenError, is_uuid};
use crate::model::id::looks_like_token;
use crate::model::shown::Shown;

/// How long it may take.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// More than any token has, in bytes.
const LIMIT: usize = 64 * 1024;
/// Characters of the command's own error that are told.
const MOST_CHARACTERS: usize = 200;
/// Characters of it that are looked through for a token, which may begin among those that are told.
const LOOKED_THROUGH: usize = 4096;
/// A word that was printed may be the token if it has as many characters.
const SHORTEST: usize = 8;

/// What is run for a token. Its `Debug` tells the program only: an argument may be a secret's name.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenCommand {
    program: String,
    arguments: Vec<String>,
    /// Variables with tokens in them, which a command has no use for.
    hidden: Vec<String>,
    time_limit: Duration,
}

/// Why a command gave no token.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenCommandError {
    #[error("token_command: {program} cannot be run ({why})")]
    NotRun { program: String, why: String },
    #[error("token_command: {program} printed nothing within {} s and was stopped", .after.as_secs())]
    TooLong { program: String, after: Duration },
    #[error("token_command: {program} ended with {ended}{}", .said.as_ref().map(|said| format!(": {said}")).unwrap_or_default())]
    Failed {
        program: String,
        /// `exit code 1`, `signal 9`.
        ended: String,
        /// The first line of its standard error.
        said: Option<String>,
    },
    #[error("token_command: {program} printed over 64 KiB, which no token is")]
    TooLarge { program: String },
    #[error("token_command: what {program} printed is no token: {why}")]
    Refused { program: String, why: TokenError },
}

impl TokenCommand {
    /// `argv` is the program and its arguments; `hidden` names variables it must not see. None for an empty `argv`.
    pub fn new(argv: &[String], hidden: Vec<String>) -> Option<Self> {
        let (program, arguments) = argv.split_first()?;
        Some(Self {
            program: program.clone(),
            arguments: arguments.to_vec(),
            hidden,
            time_limit: TIME_LIMIT,
        })
    }

    /// What is run, as people recognise it.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// Runs it and takes the first line of what it prints. Dropping the future stops it.
    pub async fn run(&self) -> Result<Token, TokenCommandError> {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        for name in &self.hidden {
            command.env_remove(name);
        }
        let program = Shown::line(&self.program).as_str().to_owned();
        let not_run = |error: io::Error| TokenCommandError::NotRun {
            program: program.clone(),
            why: match error.kind() {
                io::ErrorKind::NotFound => "there is no such program".to_owned(),
                kind => kind.to_string(),
            },
        };
        let mut child = command.spawn().map_err(not_run)?;
        let (out, errors) = (child.stdout.take(), child.stderr.take());
        let ended = tokio::time::timeout(self.time_limit, async {
            let (printed, said) = tokio::join!(all_of(out), all_of(errors));
            Ok((child.wait().await?, printed?, said?))
        });
        let Ok(ended) = ended.await else {
            return Err(TokenCommandError::TooLong {
                program,
                after: self.time_limit,
            });
        };
        let (status, printed, said) = ended.map_err(not_run)?;
        if !status.success() {
            return Err(TokenCommandError::Failed {
                program,
                ended: how_it_ended(status),
                said: first_error(&said, &printed),
            });
        }
        if printed.len() > LIMIT {
            return Err(TokenCommandError::TooLarge { program });
        }
        first_line(&printed).map_err(|why| TokenCommandError::Refused { program, why })
    }
}

impl std::fmt::Debug for TokenCommand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenCommand")
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}

/// What is printed, a byte more than the limit at most; the rest is read and forgotten, so that the
/// command is not stuck.
async fn all_of(pipe: Option<impl AsyncRead + Unpin>) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut all = Zeroizing::new(Vec::with_capacity(LIMIT + 1));
    let Some(mut pipe) = pipe else { return Ok(all) };
    let mut part = Zeroizing::new([0; 4096]);
    loop {
        match pipe.read(&mut *part).await? {
            0 => return Ok(all),
            read => {
                let room = (LIMIT + 1).saturating_sub(all.len());
                all.extend_from_slice(&part[..read.min(room)]);
            }
        }
    }
}

fn first_line(printed: &[u8]) -> Result<Token, TokenError> {
    let text = std::str::from_utf8(printed).map_err(|_| TokenError::NotAscii)?;
    let line = text.lines().find(|line| !line.trim().is_empty());
    Token::new(line.unwrap_or_default())
}

/// The first line of an error, harmless and short; nothing of one that may hold a token: it looks like one, or it is
/// a word of what was printed, where the token belongs.
fn first_error(said: &[u8], printed: &[u8]) -> Option<String> {
    let said = String::from_utf8_lossy(said);
    let line = said.lines().find(|line| !line.trim().is_empty())?;
    let line: String = line.trim().chars().take(LOOKED_THROUGH).collect();
    let printed = String::from_utf8_lossy(printed);
    let mut words = printed.split_whitespace();
    let is_secret = looks_like_token(&line)
        || holds_uuid(&line)
        || words.any(|word| word.len() >= SHORTEST && line.contains(word));
    let line: String = line.chars().take(MOST_CHARACTERS).collect();
    (!is_secret).then(|| Shown::line(&line).as_str().to_owned())
}

/// A private token that lost its `pit-` is a UUID.
fn holds_uuid(line: &str) -> bool {
    let mut words = line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    words.any(is_uuid)
}

fn how_it_ended(status: ExitStatus) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt as _;
        if let Some(signal) = status.signal() {
            return format!("signal {signal}");
        }
    }
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => "no exit code".to_owned(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    const TOKEN: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";

    fn command(argv: &[&str]) -> TokenCommand {
        let argv: Vec<String> = argv.iter().map(|&word| word.to_owned()).collect();
        TokenCommand::new(&argv, vec!["HOME".to_owned()]).unwrap()
    }

    async fn run(argv: &[&str]) -> Result<Token, TokenCommandError> {
        command(argv).run().await
    }

    #[tokio::test]
    async fn the_first_line_that_is_printed_is_the_token() {
        let token = Token::new(TOKEN).unwrap();
        for printed in [
            TOKEN.to_owned(),
            format!("{TOKEN}\r\n"),
            format!("\n  {TOKEN}\nand more\n"),
        ] {
            assert_eq!(run(&["printf", "%s", &printed]).await, Ok(token.clone()));
        }
    }

    #[tokio::test]
    async fn nothing_of_it_goes_through_a_shell() {
        let spoken = "$(printf pit-x); echo";
        let refused = run(&["printf", "%s", spoken]).await.unwrap_err();
        let why = TokenError::Blank;
        let program = "printf".to_owned();
        assert_eq!(refused, TokenCommandError::Refused { program, why });
    }

    #[tokio::test]
    async fn a_command_that_fails_is_told_by_its_own_words() {
        for (argv, words) in [
            (
                &["sh", "-c", "echo not signed in >&2; exit 3"][..],
                "token_command: sh ended with exit code 3: not signed in",
            ),
            (
                &["sh", "-c", "exit 1"],
                "token_command: sh ended with exit code 1",
            ),
            (
                &["sh", "-c", "printf 'a\\033]0;b' >&2; exit 1"],
                "token_command: sh ended with exit code 1: a␛]0;b",
            ),
            (
                &["sh", "-c", "kill -9 $$"],
                "token_command: sh ended with signal 9",
            ),
            (
                &["/nowhere/op"],
                "token_command: /nowhere/op cannot be run (there is no such program)",
            ),
            (
                &["true"],
                "token_command: what true printed is no token: the token is empty",
            ),
            (
                &["sh", "-c", "head -c 70000 /dev/zero"],
                "token_command: sh printed over 64 KiB, which no token is",
            ),
        ] {
            assert_eq!(run(argv).await.unwrap_err().to_string(), words);
        }
    }

    #[tokio::test]
    async fn what_it_prints_is_in_no_error() {
        let script = format!("echo {TOKEN} x; echo oh {TOKEN} >&2; exit 1");
        let failed = run(&["sh", "-c", &script]).await.unwrap_err();
        assert!(!format!("{failed} {failed:?}").contains("0f8fad5b"));
        for (printed, said) in [
            ("", "oh 0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("0f8fad5bSentinel", "oh (0f8fad5bSentinel)"),
            ("token: 0f8fad5bSentinel", "0f8fad5bSentinel"),
        ] {
            let script = format!("echo '{printed}'; echo '{said}' >&2; exit 1");
            let failed = run(&["sh", "-c", &script]).await.unwrap_err();
            let words = "token_command: sh ended with exit code 1";
            assert_eq!(failed.to_string(), words, "{said}");
        }
        let script = format!("echo {TOKEN} x");
        let refused = run(&["sh", "-c", &script]).await.unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("0f8fad5b"));
        assert!(!format!("{:?}", command(&["sh", TOKEN])).contains("0f8fad5b"));
    }

    #[tokio::test]
    async fn a_variable_with_a_token_is_hidden_from_it() {
        let empty = run(&["sh", "-c", "printf %s \"$HOME\""]).await;
        let program = "sh".to_owned();
        let why = TokenError::Empty;
        assert_eq!(empty, Err(TokenCommandError::Refused { program, why }));
    }

    #[tokio::test]
    async fn one_that_takes_too_long_is_stopped() {
        let mut slow = command(&["sleep", "60"]);
        slow.time_limit = Duration::from_millis(50);
        let stopped = slow.run().await.unwrap_err();
        assert!(matches!(stopped, TokenCommandError::TooLong { .. }));
    }
}
