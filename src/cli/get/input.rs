//! The ids that `get` is given: its arguments, and the lines of standard input as they come.
//! Never all of the input at once, and never an id twice.

use std::collections::{HashSet, VecDeque};
use std::io::{self, BufRead};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tokio::sync::mpsc::{self, error::TryRecvError};

use crate::model::id::{self, IdError, MessageId};

/// Characters of a line without an id that are repeated, so that it is recognised.
const REPEATED: usize = 500;

/// Ids and refused lines that are read ahead.
const AHEAD: usize = 4096;

/// Bytes of a line in which ids are looked for; what is behind them is passed over.
const LONGEST: u64 = 1 << 20;

/// What to ask for, as it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    Id(MessageId),
    Refused(Refused),
}

/// Text that holds no id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Its number, from 1.
    pub line: usize,
    /// Whether that counts the arguments instead.
    pub argument: bool,
    /// Its beginning; nothing of what may be a token.
    pub text: String,
    pub why: IdError,
}

/// What is wanted, in the order given.
#[derive(Debug)]
pub struct Input {
    ready: VecDeque<Wanted>,
    /// What a thread of its own reads; none where everything is ready.
    lines: Option<mpsc::Receiver<io::Result<Wanted>>>,
    /// How many were found by now.
    found: Arc<AtomicUsize>,
}

impl Input {
    /// `-` among the arguments stands for the lines of what is opened.
    pub fn new<Lines: BufRead>(
        arguments: &[String],
        open: impl FnOnce() -> Lines + Send + 'static,
    ) -> io::Result<Self> {
        let mut finder = Finder::default();
        let mut ready = VecDeque::new();
        let is_input = |argument: &String| argument == "-";
        let split = arguments.iter().position(is_input);
        let (before, behind) = arguments.split_at(split.unwrap_or(arguments.len()));
        for argument in before {
            finder.find(argument, true, &mut |wanted| ready.push_back(wanted));
        }
        let found = Arc::new(AtomicUsize::new(ready.len()));
        let lines = if split.is_some() {
            let (sender, lines) = mpsc::channel(AHEAD);
            let (behind, counted) = (behind.to_vec(), Arc::clone(&found));
            let read = move || {
                // Whoever wants no more has gone.
                let mut send = |wanted| {
                    counted.fetch_add(1, Ordering::Relaxed);
                    sender.blocking_send(Ok(wanted)).is_ok()
                };
                let read = finder.read(&mut open(), &mut send);
                for argument in behind.iter().filter(|argument| !is_input(argument)) {
                    finder.find(argument, true, &mut |wanted| _ = send(wanted));
                }
                if let Err(error) = read {
                    // The same: nobody is left to be told.
                    let _ = sender.blocking_send(Err(error));
                }
            };
            thread::Builder::new()
                .name("input".to_owned())
                .spawn(read)?;
            Some(lines)
        } else {
            None
        };
        Ok(Self {
            ready,
            lines,
            found,
        })
    }

    /// The next one; `None` at the end. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Option<io::Result<Wanted>> {
        if let Some(wanted) = self.ready.pop_front() {
            return Some(Ok(wanted));
        }
        let next = self.lines.as_mut()?.recv().await;
        if next.is_none() {
            self.lines = None;
        }
        next
    }

    /// Whether there is more than one.
    pub(super) async fn has_several(&mut self) -> io::Result<bool> {
        while self.ready.len() < 2
            && let Some(lines) = &mut self.lines
        {
            match lines.recv().await {
                Some(wanted) => self.ready.push_back(wanted?),
                None => self.lines = None,
            }
        }
        Ok(self.ready.len() > 1)
    }

    pub(super) fn is_over(&self) -> bool {
        self.ready.is_empty() && self.lines.is_none()
    }

    /// How many there are in all, once that is known.
    pub(super) fn total(&self) -> Option<usize> {
        let is_read = self.lines.as_ref().is_none_or(mpsc::Receiver::is_closed);
        is_read.then(|| self.found.load(Ordering::Relaxed))
    }

    /// Wants no more; tells how many are left, where that is known.
    pub(super) fn stop(&mut self) -> Option<usize> {
        let mut left = self.ready.len();
        self.ready.clear();
        let Some(mut lines) = self.lines.take() else {
            return Some(left);
        };
        loop {
            match lines.try_recv() {
                Ok(_) => left += 1,
                Err(TryRecvError::Disconnected) => return Some(left),
                Err(TryRecvError::Empty) => return None,
            }
        }
    }
}

/// Finds ids, each once.
#[derive(Default)]
struct Finder {
    seen: HashSet<MessageId>,
    line: usize,
}

impl Finder {
    /// Every line of the input, as long as there is somebody to take what is found.
    fn read(
        &mut self,
        input: &mut impl BufRead,
        take: &mut impl FnMut(Wanted) -> bool,
    ) -> io::Result<()> {
        let mut text = Vec::new();
        let mut goes_on = true;
        while goes_on && io::Read::take(&mut *input, LONGEST).read_until(b'\n', &mut text)? > 0 {
            if !text.ends_with(b"\n") {
                pass_over(input)?;
            }
            let own = String::from_utf8_lossy(&text);
            let own = own.trim();
            if own.is_empty() || own.starts_with('#') {
                self.line += 1;
            } else {
                self.find(own, false, &mut |wanted| goes_on &= take(wanted));
            }
            text.clear();
        }
        Ok(())
    }

    fn find(&mut self, text: &str, argument: bool, take: &mut dyn FnMut(Wanted)) {
        self.line += 1;
        let ids = match id::find(text) {
            Ok(found) => found.ids,
            // Of another length than ids have: asked for all the same.
            Err(IdError::Length { id }) => vec![id],
            Err(why) => {
                // What may be a token is not repeated.
                let text = if why == IdError::Token {
                    String::new()
                } else {
                    text.chars().take(REPEATED).collect()
                };
                return take(Wanted::Refused(Refused {
                    line: self.line,
                    argument,
                    text,
                    why,
                }));
            }
        };
        for id in ids {
            if self.seen.insert(id.clone()) {
                take(Wanted::Id(id));
            }
        }
    }
}

/// What is left of a line that is longer than any that is looked at.
fn pass_over(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = input.fill_buf()?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(bytes.len(), |at| at + 1);
        if length == 0 {
            return Ok(());
        }
        input.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}
