//! A key with its modifiers, as text (`ctrl-c`) and as the terminal sends it.
//! Never knows what a key means.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key press. Shift is part of a letter, not a modifier of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Chord {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
}

const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("space", KeyCode::Char(' ')),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("insert", KeyCode::Insert),
    ("f1", KeyCode::F(1)),
    ("f2", KeyCode::F(2)),
    ("f3", KeyCode::F(3)),
    ("f4", KeyCode::F(4)),
    ("f5", KeyCode::F(5)),
    ("f6", KeyCode::F(6)),
    ("f7", KeyCode::F(7)),
    ("f8", KeyCode::F(8)),
    ("f9", KeyCode::F(9)),
    ("f10", KeyCode::F(10)),
    ("f11", KeyCode::F(11)),
    ("f12", KeyCode::F(12)),
];

/// What a terminal sends for these is another key.
const SAME: &[(&str, &str)] = &[("ctrl-i", "tab"), ("ctrl-m", "enter"), ("ctrl-[", "esc")];

impl Chord {
    /// The names of keys that are no letters.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// The key that a terminal sends in the place of this one, which it cannot tell from it: `tab` for `ctrl-i`.
    pub fn same(self) -> Option<&'static str> {
        let name = self.to_string();
        let found = SAME.iter().find(|(one, _)| *one == name);
        found.map(|(_, other)| *other)
    }

    /// From `ctrl-c`, `alt-b`, `shift-tab`, `G`, `pgdn`.
    pub fn parse(text: &str) -> Option<Self> {
        let (ctrl, rest) = text
            .strip_prefix("ctrl-")
            .map_or((false, text), |rest| (true, rest));
        let (alt, rest) = rest
            .strip_prefix("alt-")
            .map_or((false, rest), |rest| (true, rest));
        let named = NAMES
            .iter()
            .find(|(name, _)| *name == rest)
            .map(|(_, code)| *code);
        let mut letters = rest.chars();
        let letter = letters
            .next()
            .filter(|_| letters.as_str().is_empty())
            .filter(|letter| !letter.is_control())
            .map(|letter| {
                if ctrl {
                    letter.to_ascii_lowercase()
                } else {
                    letter
                }
            })
            .map(KeyCode::Char);
        named.or(letter).map(|code| Self { code, ctrl, alt })
    }

    /// The letter it types, where it is no command.
    pub fn letter(self) -> Option<char> {
        match self.code {
            KeyCode::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }
}

impl From<KeyEvent> for Chord {
    fn from(key: KeyEvent) -> Self {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let code = match key.code {
            KeyCode::Char(letter) if ctrl => KeyCode::Char(letter.to_ascii_lowercase()),
            KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            code => code,
        };
        Self {
            code,
            ctrl,
            alt: key.modifiers.contains(KeyModifiers::ALT),
        }
    }
}

impl std::fmt::Display for Chord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = NAMES
            .iter()
            .find(|(_, code)| *code == self.code)
            .map(|(name, _)| (*name).to_owned());
        let key = named.unwrap_or_else(|| match self.code {
            KeyCode::Char(letter) => letter.to_string(),
            KeyCode::F(number) => format!("f{number}"),
            code => format!("{code:?}").to_lowercase(),
        });
        let ctrl = if self.ctrl { "ctrl-" } else { "" };
        let alt = if self.alt { "alt-" } else { "" };
        write!(f, "{ctrl}{alt}{key}")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn text_and_key_say_the_same() {
        for text in [
            "ctrl-c",
            "alt-b",
            "shift-tab",
            "G",
            "?",
            "pgdn",
            "space",
            "f1",
            "ctrl-left",
            "-",
        ] {
            assert_eq!(Chord::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Chord::parse("ctrl-C"), Chord::parse("ctrl-c"));
        assert_eq!(Chord::parse("nokey"), None);
        assert_eq!(Chord::parse("\n"), None);
        assert_eq!(Chord::parse(""), None);
    }

    #[test]
    fn shift_is_part_of_a_letter() {
        let key = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Chord::from(key), Chord::parse("G").unwrap());
        let key = KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT);
        assert_eq!(Chord::from(key), Chord::parse("shift-tab").unwrap());
    }
}
