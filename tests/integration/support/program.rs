//! The built program, run to its end without a terminal and without anything of this machine's surroundings.
//! Never here: a variable that is not said by the test.

use std::fs::File;
use std::io::Write;
use std::process::{Child, ChildStdin, Command, Stdio};

use tempfile::TempDir;

/// A call of the program that is being put together.
pub(crate) struct Program {
    command: Command,
    home: TempDir,
    input: Vec<u8>,
}

/// What it left behind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) out: String,
    pub(crate) errors: String,
    /// None after a signal.
    pub(crate) code: Option<i32>,
}

/// While it runs. Its HOME lasts as long as this.
pub(crate) struct Running {
    pub(crate) child: Child,
    _home: TempDir,
}

impl Program {
    pub(crate) fn new(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_msgscope"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", home.path())
            // What is kept is told where it is first kept: a test of that takes the variable away.
            .env("MSGSCOPE_NO_HISTORY", "1")
            .current_dir(home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self {
            command,
            home,
            input: Vec::new(),
        }
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes a variable away, `HOME` among them.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// What it reads from standard input, which is empty else.
    pub(crate) fn input(mut self, text: impl AsRef<[u8]>) -> Self {
        self.input = text.as_ref().to_vec();
        self
    }

    pub(crate) fn start(self) -> Running {
        self.start_open().0
    }

    /// The same, but its input goes on: it ends when that is dropped.
    pub(crate) fn start_open(mut self) -> (Running, ChildStdin) {
        let mut child = self.command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        // One that does not read its input has closed it, which is no fault here.
        let _ = input.write_all(&self.input);
        let running = Running {
            child,
            _home: self.home,
        };
        (running, input)
    }

    /// The same with files of the test's own for its input, its output and its errors.
    pub(crate) fn start_on(mut self, input: File, output: File, errors: File) -> Running {
        self.command.stdin(input).stdout(output).stderr(errors);
        Running {
            child: self.command.spawn().unwrap(),
            _home: self.home,
        }
    }

    pub(crate) fn run(self) -> Ended {
        let running = self.start();
        let output = running.child.wait_with_output().unwrap();
        Ended {
            out: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
        }
    }
}

impl Ended {
    /// The same with every `"ms":182` as `"ms":0`: how long a lookup took differs from run to run.
    pub(crate) fn timeless(self) -> Self {
        let mut out = String::with_capacity(self.out.len());
        let mut parts = self.out.split("\"ms\":");
        out.extend(parts.next());
        for part in parts {
            let rest = part.trim_start_matches(|digit: char| digit.is_ascii_digit());
            assert!(rest.len() < part.len(), "a number behind ms: {part}");
            out.push_str("\"ms\":0");
            out.push_str(rest);
        }
        Self { out, ..self }
    }
}

/// What a run with nothing on standard error and code 0 leaves.
pub(crate) fn printed(out: impl Into<String>) -> Ended {
    Ended {
        out: out.into(),
        errors: String::new(),
        code: Some(0),
    }
}

/// What a run without anything on standard output leaves.
pub(crate) fn refused(code: i32, errors: impl Into<String>) -> Ended {
    Ended {
        out: String::new(),
        errors: errors.into(),
        code: Some(code),
    }
}
