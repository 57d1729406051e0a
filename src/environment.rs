//! Facts about the outside, read once from its variables: locale, multiplexer, SSH, colours, the way to a clipboard.
//! Never here: a lookup of its own, a file, a clock. Whoever starts the program hands the variables in.

mod clipboard;

use std::time::Duration;

pub use clipboard::{ClipboardChoice, Hint, Route, UnknownClipboard};

/// What the variables of the process say about the terminal and the way to it. An empty variable counts as unset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    term: Option<String>,
    locale: Option<String>,
    multiplexer: Option<Multiplexer>,
    remote: bool,
    no_color: bool,
    lc_terminal: Option<String>,
    display: Option<Display>,
}

/// The program between us and the terminal; tmux inside screen counts as tmux.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    Tmux,
    Screen,
}

/// The display server that the variables name. Whether it answers is known only by asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    Wayland,
    X11,
}

/// The glyphs that the terminal is taken to show, where neither `--ascii` nor `--unicode` decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    Unicode,
    Ascii,
}

/// The colours to draw with, where `--color` does not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// The terminal's own sixteen.
    Sixteen,
    /// Bold, reverse, underline and dim only.
    Mono,
}

impl Environment {
    /// Reads the variables through `lookup`, which answers `None` for one that is unset or not text.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let read = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let is_set = |name: &str| read(name).is_some();
        Self {
            term: read("TERM"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(read),
            multiplexer: if is_set("TMUX") {
                Some(Multiplexer::Tmux)
            } else {
                is_set("STY").then_some(Multiplexer::Screen)
            },
            remote: ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]
                .into_iter()
                .any(is_set),
            no_color: is_set("NO_COLOR"),
            lc_terminal: read("LC_TERMINAL"),
            display: if is_set("WAYLAND_DISPLAY") {
                Some(Display::Wayland)
            } else {
                is_set("DISPLAY").then_some(Display::X11)
            },
        }
    }

    /// `TERM`.
    pub fn term(&self) -> Option<&str> {
        self.term.as_deref()
    }

    /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty.
    pub fn locale(&self) -> Option<&str> {
        self.locale.as_deref()
    }

    pub fn multiplexer(&self) -> Option<Multiplexer> {
        self.multiplexer
    }

    pub fn display(&self) -> Option<Display> {
        self.display
    }

    /// Whether we run at the far end of an SSH connection.
    pub fn is_remote(&self) -> bool {
        self.remote
    }

    /// Unicode only where the locale says UTF-8: elsewhere tmux and screen garble what they cannot encode.
    pub fn glyphs(&self) -> Glyphs {
        let locale = self.locale.as_deref().unwrap_or("").to_ascii_lowercase();
        if locale.contains("utf-8") || locale.contains("utf8") {
            Glyphs::Unicode
        } else {
            Glyphs::Ascii
        }
    }

    /// Mono where `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub fn colours(&self) -> Colours {
        if self.no_color {
            Colours::Mono
        } else {
            Colours::Sixteen
        }
    }

    /// The shortest time between two frames: over SSH the wire is what a frame costs.
    pub fn frame_floor(&self) -> Duration {
        Duration::from_millis(if self.remote { 33 } else { 16 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::from_lookup(|name| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    }

    pub(super) const SSH: (&str, &str) = ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");

    #[test]
    fn the_first_locale_that_is_not_empty_decides_the_glyphs() {
        for (variables, glyphs) in [
            (&[("LANG", "en_US.UTF-8")][..], Glyphs::Unicode),
            (&[("LC_CTYPE", "C.utf8")], Glyphs::Unicode),
            (&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")], Glyphs::Ascii),
            (&[("LC_ALL", ""), ("LANG", "de_DE.Utf-8")], Glyphs::Unicode),
            (&[("LC_CTYPE", "POSIX"), ("LANG", "C.UTF-8")], Glyphs::Ascii),
            (&[("LANG", "en_US.ISO-8859-1")], Glyphs::Ascii),
            (&[], Glyphs::Ascii),
        ] {
            assert_eq!(environment(variables).glyphs(), glyphs, "{variables:?}");
        }
    }

    #[test]
    fn no_color_counts_only_when_it_is_not_empty() {
        assert_eq!(environment(&[("NO_COLOR", "1")]).colours(), Colours::Mono);
        assert_eq!(environment(&[("NO_COLOR", "")]).colours(), Colours::Sixteen);
    }

    #[test]
    fn frames_are_rarer_over_ssh() {
        assert_eq!(environment(&[]).frame_floor(), Duration::from_millis(16));
        assert_eq!(environment(&[SSH]).frame_floor(), Duration::from_millis(33));
    }
}
