//! What the loop does about effects: tasks are started, and what needs the terminal is done between frames.
//! Never here: what an effect is for.

use std::io;

use jiff::Timestamp;

use super::worker::Done;
use super::{End, Running, terminal};
use crate::app::{Effect, Event, update};

impl Running {
    /// Applies events at this moment and has the tasks among their effects done; the others are told.
    pub(super) fn happen(&mut self, events: Vec<Event>) -> Vec<Effect> {
        let mut others = Vec::new();
        for event in [Event::Passed(Timestamp::now())].into_iter().chain(events) {
            for effect in update(&mut self.state, event) {
                match effect {
                    Effect::Cancel(ticket) | Effect::StopSaving(ticket) => {
                        if let Some(task) = self.stoppable.remove(&ticket) {
                            task.abort();
                        }
                    }
                    Effect::Quit
                    | Effect::Suspend
                    | Effect::Repaint
                    | Effect::Ring(_)
                    | Effect::ShowAlone(_)
                    | Effect::UseToken(..) => {
                        others.push(effect);
                    }
                    effect => {
                        self.writing += usize::from(effect.writes());
                        let ticket = match &effect {
                            Effect::Lookup(ticket, ..)
                            | Effect::Link(ticket, ..)
                            | Effect::Save(ticket, ..) => Some(*ticket),
                            _ => None,
                        };
                        let task = self.worker.start(effect, &mut self.tasks);
                        if let (Some(ticket), Some(task)) = (ticket, task) {
                            self.stoppable.insert(ticket, task);
                        }
                    }
                }
            }
        }
        others
    }

    /// What needs the terminal or the end of the loop.
    pub(super) fn at_once(&mut self, effects: Vec<Effect>) -> io::Result<Option<End>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Some(End(0))),
                Effect::Suspend => self.suspend()?,
                Effect::Repaint => self.screen.repaint(),
                Effect::Ring(words) => {
                    let bytes = terminal::ring(&words, self.state.setting.notify);
                    self.screen.send(&bytes)?;
                }
                Effect::ShowAlone(text) => self.show_alone(&text)?,
                Effect::UseToken(place, token) => {
                    let outcome = self.worker.take_token(place, token.expose());
                    let more = self.happen(vec![Event::TokenTaken(place, outcome)]);
                    debug_assert!(more.is_empty());
                }
                _ => {}
            }
        }
        Ok(None)
    }

    pub(super) fn done(&mut self, done: Done) -> io::Result<Option<End>> {
        self.writing -= usize::from(done.wrote);
        if let Some(escape) = &done.escape {
            self.screen.send(escape)?;
        }
        if let Event::Answered(ticket, ..) | Event::Saved(ticket, _) = &done.event {
            self.stoppable.remove(ticket);
        }
        let trouble = done.trouble.map(Event::Trouble);
        let effects = self.happen(std::iter::once(done.event).chain(trouble).collect());
        self.at_once(effects)
    }

    pub(super) fn suspend(&mut self) -> io::Result<()> {
        if terminal::suspend(&mut self.signals)? {
            self.taken_again()?;
        }
        self.screen.repaint();
        Ok(())
    }

    /// Continued by someone else: the terminal may be in any state.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        terminal::enter_again()?;
        self.taken_again()
    }

    /// In a window of any size, and no text alone in it any more.
    fn taken_again(&mut self) -> io::Result<()> {
        self.alone = false;
        self.resize()?;
        self.screen.repaint();
        Ok(())
    }

    /// Writes a text as one unbroken run on the main screen, so that the terminal's own selection
    /// joins its rows again.
    fn show_alone(&mut self, text: &str) -> io::Result<()> {
        let text = text.replace('\n', "\r\n");
        let mut bytes = terminal::alone();
        bytes.extend(format!("\r\n{text}\r\n\r\nAny key goes back.\r\n").as_bytes());
        self.screen.send(&bytes)?;
        self.alone = true;
        Ok(())
    }
}
