//! Which way a copied text goes, decided from the facts alone, and what is worth saying about that way.
//! Never tries a way: whether it works is known to whoever copies.

use std::fmt;
use std::str::FromStr;

use super::{Environment, Multiplexer};

/// `--clipboard` and its line in the config file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClipboardChoice {
    #[default]
    Auto,
    Native,
    Osc52,
    Tmux,
    Off,
}

/// A word that is none of [`ClipboardChoice::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("clipboard is auto, native, osc52, tmux or off, not {0:?}")]
pub struct UnknownClipboard(pub String);

/// The way a copied text takes. "The terminal" is an OSC 52 escape, which no terminal acknowledges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Switched off.
    Off,
    /// The Linux console: there is nothing to copy to.
    Nowhere,
    /// tmux; the terminal if tmux refuses.
    Tmux,
    /// tmux and this computer's clipboard; as [`Route::Local`] if tmux refuses.
    TmuxAndNative,
    /// The terminal, by way of GNU screen.
    Screen,
    /// The terminal alone: over SSH, "this computer's clipboard" would be the wrong computer's.
    Terminal,
    /// This computer's clipboard and, where its text would die with us or it fails, the terminal.
    Local,
    /// This computer's clipboard and nothing else.
    Native,
}

/// What may keep the first copy of a run from arriving, told from the little that SSH forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    ITerm2,
    Putty,
    LocalTmux,
}

impl Environment {
    /// The way a copied text takes on a terminal; the first fact that decides wins, and a choice wins over the facts.
    pub fn clipboard_route(&self, choice: ClipboardChoice) -> Route {
        let screen = self.multiplexer == Some(Multiplexer::Screen);
        match choice {
            ClipboardChoice::Off => Route::Off,
            ClipboardChoice::Native => Route::Native,
            ClipboardChoice::Tmux => Route::Tmux,
            // screen drops a bare escape, so asking for OSC 52 there means asking for the wrapped one.
            ClipboardChoice::Osc52 if screen => Route::Screen,
            ClipboardChoice::Osc52 => Route::Terminal,
            ClipboardChoice::Auto => self.decided_route(),
        }
    }

    /// That way, and what to say at the first copy.
    pub fn copying(&self, choice: ClipboardChoice) -> (Route, Option<Hint>) {
        (self.clipboard_route(choice), self.first_copy_hint())
    }

    fn decided_route(&self) -> Route {
        match (self.multiplexer, self.remote) {
            _ if self.term() == Some("linux") => Route::Nowhere,
            (Some(Multiplexer::Tmux), true) => Route::Tmux,
            (Some(Multiplexer::Tmux), false) => Route::TmuxAndNative,
            (Some(Multiplexer::Screen), _) => Route::Screen,
            (None, true) => Route::Terminal,
            (None, false) => Route::Local,
        }
    }

    /// What to say once beside the first text that went to the terminal unconfirmed.
    pub fn first_copy_hint(&self) -> Option<Hint> {
        let term = self.term().unwrap_or("");
        let nested = term.starts_with("tmux") || term.starts_with("screen");
        if self.lc_terminal.as_deref() == Some("iTerm2") {
            Some(Hint::ITerm2)
        } else if term == "xterm" && self.remote {
            Some(Hint::Putty)
        } else if nested && self.multiplexer.is_none() {
            Some(Hint::LocalTmux)
        } else {
            None
        }
    }
}

impl ClipboardChoice {
    /// Every choice, in the order of the help text.
    pub const ALL: [Self; 5] = [Self::Auto, Self::Native, Self::Osc52, Self::Tmux, Self::Off];

    /// The word for it on the command line and in the config file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Native => "native",
            Self::Osc52 => "osc52",
            Self::Tmux => "tmux",
            Self::Off => "off",
        }
    }
}

impl FromStr for ClipboardChoice {
    type Err = UnknownClipboard;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.word() == word)
            .ok_or_else(|| UnknownClipboard(word.to_owned()))
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Off => "off",
            Self::Nowhere => "none: the Linux console has no clipboard",
            Self::Tmux => "tmux, else the terminal (OSC 52)",
            Self::TmuxAndNative => "tmux and this computer's clipboard, else the terminal (OSC 52)",
            Self::Screen => "the terminal, through screen (OSC 52)",
            Self::Terminal => "the terminal (OSC 52)",
            Self::Local => "this computer's clipboard, backed by the terminal (OSC 52)",
            Self::Native => "this computer's clipboard",
        })
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ITerm2 => {
                "iTerm2 asks first: Settings > General > Selection > Applications in terminal may access clipboard"
            }
            Self::Putty => "PuTTY cannot take it",
            Self::LocalTmux => "your local tmux may block this: tmux set -s set-clipboard on",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SSH, environment};
    use super::*;

    const TMUX: (&str, &str) = ("TMUX", "/tmp/tmux-1000/default,1,0");
    const STY: (&str, &str) = ("STY", "1.pts-0.host");

    fn route(variables: &[(&str, &str)]) -> Route {
        environment(variables).clipboard_route(ClipboardChoice::Auto)
    }

    #[test]
    fn the_linux_console_has_nothing_to_copy_to_whatever_else_is_set() {
        assert_eq!(route(&[("TERM", "linux")]), Route::Nowhere);
        assert_eq!(route(&[("TERM", "linux"), TMUX, SSH]), Route::Nowhere);
    }

    #[test]
    fn in_tmux_the_text_goes_through_tmux_and_locally_also_to_this_computer() {
        assert_eq!(route(&[TMUX, SSH]), Route::Tmux);
        assert_eq!(route(&[TMUX]), Route::TmuxAndNative);
        assert_eq!(route(&[TMUX, STY, SSH]), Route::Tmux);
    }

    #[test]
    fn in_screen_the_text_goes_through_screen_remote_or_not() {
        assert_eq!(route(&[STY]), Route::Screen);
        assert_eq!(route(&[STY, SSH]), Route::Screen);
    }

    #[test]
    fn over_ssh_the_text_goes_to_the_terminal_and_never_to_the_far_computer() {
        for variable in ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"] {
            let variables = [(variable, "x"), ("DISPLAY", "localhost:10.0")];
            assert_eq!(route(&variables), Route::Terminal, "{variable}");
        }
    }

    #[test]
    fn elsewhere_the_text_goes_to_this_computer() {
        assert_eq!(route(&[]), Route::Local);
        assert_eq!(
            route(&[("TMUX", ""), ("STY", ""), ("SSH_TTY", "")]),
            Route::Local
        );
    }

    #[test]
    fn a_choice_wins_over_the_facts() {
        let console = environment(&[("TERM", "linux"), TMUX, SSH]);
        for (choice, expected) in [
            (ClipboardChoice::Off, Route::Off),
            (ClipboardChoice::Native, Route::Native),
            (ClipboardChoice::Tmux, Route::Tmux),
            (ClipboardChoice::Osc52, Route::Terminal),
        ] {
            assert_eq!(console.clipboard_route(choice), expected);
        }
        let screen = environment(&[STY]);
        assert_eq!(
            screen.clipboard_route(ClipboardChoice::Osc52),
            Route::Screen
        );
    }

    #[test]
    fn a_choice_is_read_from_its_word_and_another_word_is_refused() {
        for choice in ClipboardChoice::ALL {
            assert_eq!(choice.word().parse(), Ok(choice));
        }
        let refused = "Native"
            .parse::<ClipboardChoice>()
            .map_err(|e| e.to_string());
        let words = "clipboard is auto, native, osc52, tmux or off, not \"Native\"";
        assert_eq!(refused, Err(words.to_owned()));
    }

    #[test]
    fn the_first_copy_is_explained_by_what_ssh_forwards() {
        for (variables, hint) in [
            (
                &[SSH, ("LC_TERMINAL", "iTerm2"), ("TERM", "xterm-256color")][..],
                Some(Hint::ITerm2),
            ),
            (&[SSH, ("TERM", "xterm")], Some(Hint::Putty)),
            (&[("TERM", "xterm")], None),
            (&[SSH, ("TERM", "tmux-256color")], Some(Hint::LocalTmux)),
            (&[SSH, ("TERM", "screen")], Some(Hint::LocalTmux)),
            (&[SSH, STY, ("TERM", "screen")], None),
            (&[SSH, ("TERM", "xterm-256color")], None),
        ] {
            assert_eq!(
                environment(variables).first_copy_hint(),
                hint,
                "{variables:?}"
            );
        }
    }
}
