//! The one thread that waits for the terminal's input and hands it on in bursts, understood.
//! Never here: what a key does.

mod escape;
mod keyboard;
mod pointer;
mod typed;

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::Event;
use tokio::sync::mpsc;

pub use escape::LoneEscape;
use keyboard::Keyboard;
pub use pointer::pointer;
pub use typed::{PASTE_LIMIT, Typed, understood};

/// How many bursts may wait for the loop before the thread waits too.
const WAITING: usize = 64;
/// At most so many events a burst; a paste without brackets may be as long as one with them.
const BURST: usize = 512;
/// What came with an event is there at once.
const AT_ONCE: Duration = Duration::from_micros(50);
/// The rest of a paste without brackets may be a packet behind.
const NEXT_PACKET: Duration = Duration::from_millis(30);
/// What comes so soon after a paste without brackets was not typed, but belongs to it.
const AFTERMATH: Duration = Duration::from_millis(150);

/// What the thread tells the loop.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// What arrived together; never empty.
    Typed(Vec<Typed>),
    /// No input will come any more: the terminal is closed. Nothing follows.
    HungUp,
}

/// Starts the thread. It lives until the process ends: nothing can end a wait for a key, so it is
/// never joined. To be called once, after the terminal was taken.
///
/// # Errors
/// When the system gives no thread.
pub fn listen() -> io::Result<mpsc::Receiver<Input>> {
    let (sender, receiver) = mpsc::channel(WAITING);
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let ended = Keyboard::open().and_then(|keyboard| hand_on(&keyboard, &sender));
            if ended.is_err() {
                // A loop that is gone has no use for that.
                let _ = sender.blocking_send(Input::HungUp);
            }
        })?;
    Ok(receiver)
}

/// Hands on what is typed until nobody takes it any more.
///
/// # Errors
/// When the terminal has hung up.
fn hand_on(keyboard: &Keyboard, sender: &mpsc::Sender<Input>) -> io::Result<()> {
    let mut reading = Reading::default();
    loop {
        let events = burst(keyboard)?;
        let typed = reading.understood(events, Instant::now());
        if !typed.is_empty() && sender.blocking_send(Input::Typed(typed)).is_err() {
            return Ok(());
        }
    }
}

/// Waits for an event, then takes along what came with it.
fn burst(keyboard: &Keyboard) -> io::Result<Vec<Event>> {
    let (mut events, mut text) = (Vec::new(), typed::Run::default());
    let (mut limit, mut patience) = (BURST, None);
    while events.len() < limit
        && let Some(event) = keyboard.next(patience)?
    {
        text.take(&event);
        events.push(event);
        (limit, patience) = if text.is_paste() {
            (PASTE_LIMIT, Some(NEXT_PACKET))
        } else {
            (BURST, Some(AT_ONCE))
        };
    }
    Ok(events)
}

/// What one burst means in the light of those before it.
#[derive(Debug, Default)]
struct Reading {
    escape: LoneEscape,
    pasted: Option<Instant>,
}

impl Reading {
    fn understood(&mut self, mut events: Vec<Event>, now: Instant) -> Vec<Typed> {
        events.retain(|event| self.escape.lets_through(event, now));
        if self
            .pasted
            .is_some_and(|pasted| now.duration_since(pasted) < AFTERMATH)
            && let Some(rest) = typed::text(&events)
        {
            self.pasted = Some(now);
            return vec![Typed::Paste(rest)];
        }
        let plain = events.iter().all(|event| !matches!(event, Event::Paste(_)));
        let typed = understood(events);
        if plain && typed.iter().any(|typed| matches!(typed, Typed::Paste(_))) {
            self.pasted = Some(now);
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    fn keys(text: &str) -> Vec<Event> {
        let key =
            |character| Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE));
        text.chars().map(key).collect()
    }

    #[test]
    fn the_tail_of_a_paste_without_brackets_is_no_command() {
        let (mut reading, start) = (Reading::default(), Instant::now());
        let first = reading.understood(keys("ve9EPM428h8vShlRW"), start);
        assert_eq!(first, [Typed::Paste("ve9EPM428h8vShlRW".to_owned())]);
        let tail = reading.understood(keys("1KT"), start + Duration::from_millis(90));
        assert_eq!(tail, [Typed::Paste("1KT".to_owned())]);
        let later = reading.understood(keys("q"), start + Duration::from_millis(400));
        assert!(matches!(later.as_slice(), [Typed::Key(_)]), "{later:?}");
    }

    #[test]
    fn a_key_right_after_a_bracketed_paste_stays_a_key() {
        let (mut reading, start) = (Reading::default(), Instant::now());
        let pasted =
            reading.understood(vec![Event::Paste("ve9EPM428h8vShlRW1KT".to_owned())], start);
        assert!(matches!(pasted.as_slice(), [Typed::Paste(_)]));
        let typed = reading.understood(keys("y"), start + Duration::from_millis(20));
        assert!(matches!(typed.as_slice(), [Typed::Key(_)]), "{typed:?}");
    }

    #[test]
    fn a_split_arrow_in_a_burst_leaves_only_its_escape() {
        let mut reading = Reading::default();
        let mut events = vec![Event::Key(KeyCode::Esc.into())];
        events.extend(keys("[Aj"));
        let typed = reading.understood(events, Instant::now());
        assert_eq!(
            typed,
            [
                Typed::Key(KeyCode::Esc.into()),
                Typed::Key(KeyCode::Char('j').into())
            ]
        );
    }
}
