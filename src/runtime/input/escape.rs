//! The halves of an arrow key that a slow line delivers as three keys.
//! Never here: a clock; the time comes in.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// How long after an Esc the rest of a split sequence is waited for.
const SPLIT: Duration = Duration::from_millis(300);

/// Holds back what follows a lone Esc when it is the rest of an escape sequence: `[` or `O`, the
/// parameters, and the letter that ends it. The Esc itself always passes, so it must do nothing
/// that cannot be taken back.
#[derive(Debug, Default)]
pub struct LoneEscape {
    sequence: Sequence,
    since: Option<Instant>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Sequence {
    #[default]
    None,
    Escaped,
    Introduced,
}

impl LoneEscape {
    /// Whether the event is meant, arriving at `now`; `false` for what is to be dropped.
    pub fn lets_through(&mut self, event: &Event, now: Instant) -> bool {
        let Event::Key(key) = event else { return true };
        if key.kind == KeyEventKind::Release {
            return true;
        }
        if key.code == KeyCode::Esc && key.modifiers.is_empty() {
            *self = Self {
                sequence: Sequence::Escaped,
                since: Some(now),
            };
            return true;
        }
        let in_time = self
            .since
            .is_some_and(|since| now.duration_since(since) < SPLIT);
        let sequence = if in_time {
            self.sequence
        } else {
            Sequence::None
        };
        let (next, passes) = match (sequence, plain(*key)) {
            (Sequence::Escaped, Some('[' | 'O')) | (Sequence::Introduced, Some('0'..='?')) => {
                (Sequence::Introduced, false)
            }
            (Sequence::Introduced, Some(_)) => (Sequence::None, false),
            (Sequence::None | Sequence::Escaped, _) | (Sequence::Introduced, None) => {
                (Sequence::None, true)
            }
        };
        self.sequence = next;
        passes
    }
}

fn plain(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(character) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => {
            Some(character)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What passes of keys that arrive so many milliseconds after each other; `\x1b` is Esc.
    fn passed(keys: &[(char, u64)]) -> String {
        let (mut escape, mut now) = (LoneEscape::default(), Instant::now());
        let mut through = String::new();
        for (key, later) in keys {
            now += Duration::from_millis(*later);
            let code = if *key == '\x1b' {
                KeyCode::Esc
            } else {
                KeyCode::Char(*key)
            };
            if escape.lets_through(&Event::Key(code.into()), now) {
                through.push(*key);
            }
        }
        through
    }

    #[test]
    fn a_split_arrow_is_only_an_escape() {
        assert_eq!(
            passed(&[('\x1b', 0), ('[', 120), ('A', 0), ('j', 0)]),
            "\x1bj"
        );
        assert_eq!(passed(&[('\x1b', 0), ('O', 120), ('D', 100)]), "\x1b");
    }

    #[test]
    fn a_split_key_with_parameters_is_dropped_to_its_end() {
        assert_eq!(
            passed(&[
                ('\x1b', 0),
                ('[', 90),
                ('1', 0),
                (';', 0),
                ('5', 0),
                ('C', 0),
                ('q', 0)
            ]),
            "\x1bq"
        );
    }

    #[test]
    fn after_300_milliseconds_keys_mean_themselves() {
        assert_eq!(passed(&[('\x1b', 0), ('[', 301), ('A', 0)]), "\x1b[A");
        assert_eq!(passed(&[('\x1b', 0), ('[', 200), ('A', 101)]), "\x1bA");
    }

    #[test]
    fn other_keys_after_an_escape_pass_and_end_the_wait() {
        assert_eq!(
            passed(&[('\x1b', 0), ('q', 5), ('[', 5), ('A', 5)]),
            "\x1bq[A"
        );
        assert_eq!(
            passed(&[('\x1b', 0), ('\x1b', 5), ('[', 5), ('A', 5)]),
            "\x1b\x1b"
        );
    }

    #[test]
    fn brackets_without_an_escape_are_keys() {
        assert_eq!(passed(&[('[', 0), ('A', 5), ('O', 5), ('B', 5)]), "[AOB");
    }
}
