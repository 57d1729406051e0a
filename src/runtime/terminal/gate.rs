//! Whether the console can be drawn here at all, asked before the first byte.
//! Never here: a change to the terminal.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};

use thiserror::Error;

/// Where the console's keys come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Standard input, which therefore has to be a terminal.
    StandardInput,
    /// The terminal the process belongs to (`/dev/tty`): standard input carries data (`view -`).
    OwnTerminal,
}

impl Keys {
    /// Where keys come from when standard input is, or is not, read for something else.
    pub fn beside(input_is_read: bool) -> Self {
        if input_is_read {
            Self::OwnTerminal
        } else {
            Self::StandardInput
        }
    }
}

/// Why the console cannot be shown here. Its text is one line: what is missing, and what works
/// without it. The exit code that belongs to it is 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotATerminal {
    /// Standard input is a file, a pipe or closed.
    #[error("standard input is not a terminal, so no key can be typed; {WITHOUT}")]
    Input,
    /// Standard output is a file, a pipe or closed.
    #[error("standard output is not a terminal, so nothing can be shown; {WITHOUT}")]
    Output,
    /// Standard input carries data, and the process belongs to no terminal.
    #[error("there is no terminal (/dev/tty) to take keys from; {WITHOUT}")]
    NoOwnTerminal,
    /// `TERM` is unset or empty.
    #[error("TERM is not set, so it is not known how to draw here; {WITHOUT}")]
    Unnamed,
    /// `TERM` is `dumb`.
    #[error("TERM is dumb: this terminal cannot place text; {WITHOUT}")]
    Dumb,
}

const WITHOUT: &str = "--help, --version, doctor and get work without a terminal";

/// What `gate` looks at.
#[derive(Debug, Clone, Copy)]
struct Surroundings<'a> {
    input: bool,
    output: bool,
    own_terminal: bool,
    name: Option<&'a OsStr>,
}

/// Whether the console can be shown: asked first, before any byte and before raw mode.
///
/// # Errors
/// What is missing, in the order output, keys, `TERM`.
pub fn gate(keys: Keys) -> Result<(), NotATerminal> {
    let name = std::env::var_os("TERM");
    verdict(
        keys,
        Surroundings {
            input: io::stdin().is_terminal(),
            output: io::stdout().is_terminal(),
            own_terminal: keys == Keys::OwnTerminal && has_own_terminal(),
            name: name.as_deref(),
        },
    )
}

fn verdict(keys: Keys, around: Surroundings<'_>) -> Result<(), NotATerminal> {
    if !around.output {
        return Err(NotATerminal::Output);
    }
    match keys {
        Keys::StandardInput if !around.input => return Err(NotATerminal::Input),
        Keys::OwnTerminal if !around.own_terminal => return Err(NotATerminal::NoOwnTerminal),
        Keys::StandardInput | Keys::OwnTerminal => {}
    }
    match around.name {
        // Windows names no terminals.
        _ if cfg!(windows) => Ok(()),
        None => Err(NotATerminal::Unnamed),
        Some(name) if name.is_empty() => Err(NotATerminal::Unnamed),
        Some(name) if name == "dumb" => Err(NotATerminal::Dumb),
        Some(_) => Ok(()),
    }
}

fn has_own_terminal() -> bool {
    cfg!(windows) || std::fs::File::open("/dev/tty").is_ok_and(|terminal| terminal.is_terminal())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const HERE: Surroundings<'_> = Surroundings {
        input: true,
        output: true,
        own_terminal: true,
        name: None,
    };

    fn named(name: &str, around: Surroundings<'static>, keys: Keys) -> Result<(), NotATerminal> {
        verdict(
            keys,
            Surroundings {
                name: Some(OsStr::new(name)),
                ..around
            },
        )
    }

    #[test]
    fn a_named_terminal_on_both_ends_is_let_in() {
        assert_eq!(named("xterm-256color", HERE, Keys::StandardInput), Ok(()));
    }

    #[test]
    fn each_missing_end_is_named() {
        let no_input = Surroundings {
            input: false,
            ..HERE
        };
        let no_output = Surroundings {
            output: false,
            ..HERE
        };
        let no_own = Surroundings {
            own_terminal: false,
            ..HERE
        };
        assert_eq!(
            named("xterm", no_input, Keys::StandardInput),
            Err(NotATerminal::Input)
        );
        assert_eq!(
            named("xterm", no_output, Keys::StandardInput),
            Err(NotATerminal::Output)
        );
        assert_eq!(
            named("xterm", no_own, Keys::OwnTerminal),
            Err(NotATerminal::NoOwnTerminal)
        );
    }

    #[test]
    fn data_on_standard_input_is_fine_when_keys_come_from_the_own_terminal() {
        let piped = Surroundings {
            input: false,
            ..HERE
        };
        assert_eq!(named("xterm", piped, Keys::OwnTerminal), Ok(()));
    }

    #[test]
    fn a_terminal_that_is_unnamed_or_dumb_is_refused() {
        assert_eq!(
            verdict(Keys::StandardInput, HERE),
            Err(NotATerminal::Unnamed)
        );
        assert_eq!(
            named("", HERE, Keys::StandardInput),
            Err(NotATerminal::Unnamed)
        );
        assert_eq!(
            named("dumb", HERE, Keys::StandardInput),
            Err(NotATerminal::Dumb)
        );
    }

    #[test]
    fn a_refusal_is_one_line_and_says_what_works_instead() {
        for refusal in [
            NotATerminal::Input,
            NotATerminal::Output,
            NotATerminal::NoOwnTerminal,
            NotATerminal::Dumb,
        ] {
            let text = refusal.to_string();
            assert!(
                !text.contains('\n') && text.contains("--help, --version, doctor and get"),
                "{text}"
            );
        }
    }
}
