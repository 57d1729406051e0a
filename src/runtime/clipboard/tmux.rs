//! A text handed to tmux, which keeps it in its buffer and forwards it to the terminal of whoever is attached.
//! Never by argument, where `ps` shows it, and never with the token in the environment of the child.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

pub(super) struct Tmux {
    /// What to run: a name to be found on the path, or a path.
    pub(super) program: PathBuf,
    /// How long each of the two commands may take.
    pub(super) limit: Duration,
    /// The variables that may hold a token.
    pub(super) token_variables: Vec<String>,
}

/// Where tmux put the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// In its buffer and on to the terminal.
    Forwarded,
    /// In its buffer only: the terminal takes no clipboard.
    Buffered,
}

/// Why tmux did not take the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum TmuxFailure {
    #[error("tmux could not be run: {0}")]
    NotRun(ErrorKind),
    /// A stale `$TMUX`, or a tmux before 3.2, which knows no `load-buffer -w`.
    #[error("tmux refused")]
    Refused,
    #[error("tmux did not answer")]
    Slow,
}

impl From<io::Error> for TmuxFailure {
    fn from(error: io::Error) -> Self {
        Self::NotRun(error.kind())
    }
}

impl Tmux {
    /// Gives tmux the text. Its terminal is asked about first, because tmux succeeds without one too.
    pub(super) async fn load(&self, text: &str) -> Result<Taken, TmuxFailure> {
        let taken = self.within(self.terminal_features()).await?;
        self.within(self.load_buffer(text)).await?;
        Ok(taken)
    }

    async fn within<T>(
        &self,
        work: impl Future<Output = Result<T, TmuxFailure>>,
    ) -> Result<T, TmuxFailure> {
        timeout(self.limit, work)
            .await
            .unwrap_or(Err(TmuxFailure::Slow))
    }

    async fn terminal_features(&self) -> Result<Taken, TmuxFailure> {
        let asked = self
            .command(&["display-message", "-p", "#{client_termfeatures}"])
            .stdout(Stdio::piped())
            .output()
            .await?;
        if !asked.status.success() {
            return Err(TmuxFailure::Refused);
        }
        let features = String::from_utf8_lossy(&asked.stdout);
        let forwards = features
            .trim_end()
            .split(',')
            .any(|feature| feature == "clipboard");
        Ok(if forwards {
            Taken::Forwarded
        } else {
            Taken::Buffered
        })
    }

    async fn load_buffer(&self, text: &str) -> Result<(), TmuxFailure> {
        let mut child = self
            .command(&["load-buffer", "-w", "-"])
            .stdin(Stdio::piped())
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            match input.write_all(text.as_bytes()).await {
                // It ended without reading: its exit code says why.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
                written => written?,
            }
        }
        if child.wait().await?.success() {
            Ok(())
        } else {
            Err(TmuxFailure::Refused)
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        for name in &self.token_variables {
            command.env_remove(name);
        }
        command
    }
}

/// A tmux made of a few lines of shell, for tests of what it is given.
#[cfg(all(test, unix))]
pub(super) mod fake {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use super::*;
    use tempfile::TempDir;

    pub(super) const TOKEN_VARIABLE: &str = "MSGSCOPE_TOKEN";

    /// A folder with a `tmux` in it that runs `script` there; `$1` is the command of tmux.
    pub(in super::super) fn tmux(script: &str, limit: Duration) -> (TempDir, Tmux) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("tmux");
        let script = format!("#!/bin/sh\ncd '{}'\n{script}\n", folder.path().display());
        // Written by a child: a file that this process itself holds open for writing could not be run, and a test
        // that starts a process at the same moment inherits it.
        let status = std::process::Command::new("sh")
            .args(["-c", r#"printf %s "$1" >"$0" && chmod +x "$0""#])
            .arg(&program)
            .arg(script)
            .status();
        assert!(status.unwrap().success());
        let tmux = Tmux {
            program,
            limit,
            token_variables: vec![TOKEN_VARIABLE.to_owned()],
        };
        (folder, tmux)
    }

    /// Keeps what it is given in `taken`, and has a terminal with these features.
    pub(in super::super) fn taking(features: &str) -> (TempDir, Tmux) {
        let script = format!(
            r#"case "$1" in
            display-message) echo "$*" >>asked; echo '{features}' ;;
            load-buffer) echo "$*" >>asked; cat >taken; env >environment ;;
            esac"#
        );
        tmux(&script, Duration::from_secs(20))
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use super::fake::TOKEN_VARIABLE;
    use super::*;
    use std::fs;
    use std::time::Instant;

    #[tokio::test]
    async fn tmux_reads_the_text_from_its_input_and_is_asked_about_its_terminal_first() {
        let (folder, tmux) = fake::taking("256,clipboard,title");
        let text = "https://a.example/?sig=%2B\u{e9}\n".repeat(8_000);
        assert_eq!(tmux.load(&text).await, Ok(Taken::Forwarded));
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("taken"), text);
        assert_eq!(
            read("asked"),
            "display-message -p #{client_termfeatures}\nload-buffer -w -\n"
        );
    }

    #[tokio::test]
    async fn without_the_feature_the_text_is_in_the_buffer_only() {
        for features in ["", "256,title", "noclipboard"] {
            let (_folder, tmux) = fake::taking(features);
            assert_eq!(tmux.load("x").await, Ok(Taken::Buffered), "{features}");
        }
    }

    #[tokio::test]
    async fn an_old_tmux_and_a_stale_one_refuse() {
        let old = r#"[ "$1" = display-message ]"#;
        for script in [old, "exit 1"] {
            let (_folder, tmux) = fake::tmux(script, Duration::from_secs(20));
            let long = "x".repeat(1_000_000);
            assert_eq!(tmux.load(&long).await, Err(TmuxFailure::Refused));
        }
    }

    #[tokio::test]
    async fn a_tmux_that_is_not_there_is_said_to_be_missing() {
        let tmux = Tmux {
            program: PathBuf::from("/nonexistent/tmux"),
            limit: Duration::from_secs(20),
            token_variables: Vec::new(),
        };
        let missing = TmuxFailure::NotRun(ErrorKind::NotFound);
        assert_eq!(tmux.load("x").await, Err(missing));
    }

    #[tokio::test]
    async fn a_tmux_that_hangs_is_cut_off_and_killed() {
        let hangs = r#"[ "$1" = display-message ] || { echo $$ >id; exec sleep 300; }"#;
        let (folder, tmux) = fake::tmux(hangs, Duration::from_secs(2));
        let begun = Instant::now();
        assert_eq!(tmux.load("x").await, Err(TmuxFailure::Slow));
        assert!(begun.elapsed() < Duration::from_secs(10));
        let id = fs::read_to_string(folder.path().join("id")).unwrap();
        let alive = || {
            let probe = std::process::Command::new("kill")
                .args(["-0", id.trim()])
                .stderr(Stdio::null())
                .status();
            probe.unwrap().success()
        };
        while alive() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A process cannot change its own variables safely, so the test runs itself again with the token set.
    #[tokio::test]
    async fn the_token_is_not_handed_to_tmux() {
        const NAME: &str = "runtime::clipboard::tmux::tests::the_token_is_not_handed_to_tmux";
        if std::env::var_os(TOKEN_VARIABLE).is_none() {
            let again = std::process::Command::new(std::env::current_exe().unwrap())
                .args([NAME, "--exact"])
                .env(TOKEN_VARIABLE, "pit-sentinel")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&again.stdout);
            assert!(
                again.status.success() && said.contains("1 passed"),
                "{said}"
            );
            return;
        }
        let (folder, tmux) = fake::taking("clipboard");
        assert_eq!(tmux.load("x").await, Ok(Taken::Forwarded));
        let environment = fs::read_to_string(folder.path().join("environment")).unwrap();
        assert!(environment.contains("PATH="));
        assert!(!environment.contains("pit-sentinel"));
    }
}
