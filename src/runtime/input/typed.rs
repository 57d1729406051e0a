//! What a burst of terminal events means: keys, a paste with brackets or without, a new size.
//! Never here: time, and what is done with it.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent};

/// So many bytes of a paste are read; the rest is dropped.
pub const PASTE_LIMIT: usize = 64 * 1024;
/// A burst with so many printable characters, so many of them different, was not typed by hand.
const CHARACTERS: usize = 12;
const DIFFERENT: usize = 6;

/// One thing the person at the terminal did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A key pressed or held.
    Key(KeyEvent),
    /// Text from a clipboard, as it came: control characters included, at most `PASTE_LIMIT` bytes.
    Paste(String),
    /// A click or the wheel, where the mouse was asked for.
    Mouse(MouseEvent),
    /// The window's new size in columns and rows, as the terminal says it.
    Resize(u16, u16),
}

/// What the events of one burst mean, in their order. Releases of keys are dropped, and all sizes
/// but the last. Characters that came too many at once for a hand are a paste, together with the
/// line ends and tabs between and behind them: some terminals paste without brackets, and each of
/// those letters would be a command.
pub fn understood(burst: Vec<Event>) -> Vec<Typed> {
    let last_size = burst
        .iter()
        .rposition(|event| matches!(event, Event::Resize(..)));
    let mut typed = Vec::with_capacity(burst.len());
    let mut run = Run::default();
    let mut held = Vec::new();
    for (place, event) in burst.into_iter().enumerate() {
        if run.take(&event) {
            held.push(event);
            continue;
        }
        typed.extend(settled(&mut run, &mut held));
        match event {
            Event::Paste(text) => typed.push(Typed::Paste(cut(text))),
            Event::Resize(columns, rows) if last_size == Some(place) => {
                typed.push(Typed::Resize(columns, rows));
            }
            Event::Key(key) if key.kind != KeyEventKind::Release => typed.push(Typed::Key(key)),
            Event::Mouse(mouse) => typed.push(Typed::Mouse(mouse)),
            Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => {}
        }
    }
    typed.extend(settled(&mut run, &mut held));
    typed
}

/// The text of a burst that is nothing but text, with at least one printable character in it.
pub(super) fn text(burst: &[Event]) -> Option<String> {
    let characters: Option<String> = burst
        .iter()
        .filter(|event| !is_release(event))
        .map(character)
        .collect();
    characters
        .filter(|text| text.contains(|character: char| !character.is_whitespace()))
        .map(cut)
}

/// A run of events that could be text: how much of it is printable, and how varied.
#[derive(Debug, Default)]
pub(super) struct Run {
    printable: usize,
    seen: Vec<char>,
}

impl Run {
    /// Counts the event if it carries on the run (or begins one); else the run begins anew.
    pub(super) fn take(&mut self, event: &Event) -> bool {
        if is_release(event) {
            return self.printable > 0;
        }
        match character(event) {
            Some('\n' | '\t') => self.printable > 0,
            Some(character) => {
                self.printable += 1;
                if self.seen.len() < DIFFERENT && !self.seen.contains(&character) {
                    self.seen.push(character);
                }
                true
            }
            None => {
                *self = Self::default();
                false
            }
        }
    }

    pub(super) fn is_paste(&self) -> bool {
        self.printable >= CHARACTERS && self.seen.len() >= DIFFERENT
    }
}

/// What the held run turned out to be; it is empty afterwards.
fn settled(run: &mut Run, held: &mut Vec<Event>) -> Vec<Typed> {
    let events = std::mem::take(held);
    if std::mem::take(run).is_paste() {
        return text(&events).map(Typed::Paste).into_iter().collect();
    }
    let key = |event| match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Typed::Key(key)),
        _ => None,
    };
    events.into_iter().filter_map(key).collect()
}

fn is_release(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.kind == KeyEventKind::Release)
}

/// The character a key would leave in a text. A line feed arrives as Ctrl-J.
fn character(event: &Event) -> Option<char> {
    let Event::Key(KeyEvent {
        code, modifiers, ..
    }) = event
    else {
        return None;
    };
    match (code, *modifiers) {
        (KeyCode::Char('j'), KeyModifiers::CONTROL) | (KeyCode::Enter, KeyModifiers::NONE) => {
            Some('\n')
        }
        (KeyCode::Char(character), held) if held.difference(KeyModifiers::SHIFT).is_empty() => {
            Some(*character)
        }
        (KeyCode::Tab, KeyModifiers::NONE) => Some('\t'),
        _ => None,
    }
}

fn cut(mut text: String) -> String {
    let mut end = text.len().min(PASTE_LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "ve9EPM428h8vShlRW1KT";

    fn pressed(code: KeyCode) -> Event {
        Event::Key(code.into())
    }

    /// The events of a text typed or pasted without brackets: `\n` is Enter, `\t` is Tab.
    fn burst(text: &str) -> Vec<Event> {
        let code = |character| match character {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            _ => KeyCode::Char(character),
        };
        text.chars()
            .map(|character| pressed(code(character)))
            .collect()
    }

    fn keys(text: &str) -> Vec<Typed> {
        let key = |event| match event {
            Event::Key(key) => Typed::Key(key),
            _ => Typed::Resize(0, 0),
        };
        burst(text).into_iter().map(key).collect()
    }

    fn paste(text: &str) -> Typed {
        Typed::Paste(text.to_owned())
    }

    #[test]
    fn an_id_that_arrives_at_once_is_a_paste() {
        assert_eq!(understood(burst(ID)), [paste(ID)]);
    }

    #[test]
    fn line_ends_and_tabs_between_and_behind_pasted_characters_belong_to_them() {
        let several = format!("{ID}\n\tSTAjKD1GNDCJfbNOjHzr\n");
        assert_eq!(understood(burst(&several)), [paste(&several)]);
    }

    #[test]
    fn a_line_feed_that_arrives_as_ctrl_j_belongs_to_the_paste() {
        let mut events = burst(ID);
        events.push(Event::Key(KeyEvent::new(
            KeyCode::Char('j'),
            KeyModifiers::CONTROL,
        )));
        events.extend(burst(ID));
        assert_eq!(understood(events), [paste(&format!("{ID}\n{ID}"))]);
    }

    #[test]
    fn an_enter_or_tab_before_the_characters_stays_a_key() {
        let mut expected = keys("\t");
        expected.push(paste(ID));
        assert_eq!(understood(burst(&format!("\t{ID}"))), expected);
    }

    #[test]
    fn eleven_characters_are_keys() {
        assert_eq!(understood(burst("abcdefghijk")), keys("abcdefghijk"));
    }

    #[test]
    fn a_held_key_is_no_paste_however_long() {
        let held = "j".repeat(5000);
        assert_eq!(understood(burst(&held)), keys(&held));
        assert_eq!(
            understood(burst("jkjkjkhlhlhljkjk")),
            keys("jkjkjkhlhlhljkjk")
        );
    }

    #[test]
    fn another_key_between_characters_parts_them() {
        let mut events = burst("abcdefgh");
        events.push(pressed(KeyCode::Down));
        events.extend(burst("ijklmnop"));
        let mut expected = keys("abcdefgh");
        expected.push(Typed::Key(KeyCode::Down.into()));
        expected.extend(keys("ijklmnop"));
        assert_eq!(understood(events), expected);
    }

    #[test]
    fn capitals_typed_with_shift_count_and_alt_does_not() {
        let with = |modifiers| {
            let key =
                move |character| Event::Key(KeyEvent::new(KeyCode::Char(character), modifiers));
            ID.chars().map(key).collect::<Vec<_>>()
        };
        assert_eq!(understood(with(KeyModifiers::SHIFT)), [paste(ID)]);
        assert_eq!(understood(with(KeyModifiers::ALT)).len(), ID.len());
    }

    #[test]
    fn releases_are_dropped() {
        let release = Event::Key(KeyEvent::new_with_kind(
            KeyCode::Down,
            KeyModifiers::NONE,
            KeyEventKind::Release,
        ));
        let letter = KeyEvent::new_with_kind(
            KeyCode::Char('q'),
            KeyModifiers::NONE,
            KeyEventKind::Release,
        );
        let events = vec![release, pressed(KeyCode::Char('q')), Event::Key(letter)];
        assert_eq!(understood(events), keys("q"));
    }

    #[test]
    fn only_the_last_size_of_a_burst_counts() {
        let events = vec![
            Event::Resize(80, 24),
            pressed(KeyCode::Down),
            Event::Resize(120, 40),
        ];
        assert_eq!(
            understood(events),
            [Typed::Key(KeyCode::Down.into()), Typed::Resize(120, 40)]
        );
    }

    #[test]
    fn a_bracketed_paste_keeps_its_control_characters_and_loses_what_is_over_64_kib() {
        assert_eq!(
            understood(vec![Event::Paste("a\x1b[31m\r\nb".to_owned())]),
            [paste("a\x1b[31m\r\nb")]
        );
        let long = "é".repeat(PASTE_LIMIT);
        let typed = understood(vec![Event::Paste(format!("a{long}"))]);
        let lengths: Vec<_> = typed
            .iter()
            .map(|typed| matches!(typed, Typed::Paste(text) if text.len() == PASTE_LIMIT - 1))
            .collect();
        assert_eq!(lengths, [true]);
    }
}
