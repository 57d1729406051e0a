//! How far `get` is, in one line on standard error: how many, how fast, how long, how they ended.
//! Never where no terminal reads it, and never in the way of a line that stays.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::model::shown::Shown;
use crate::model::text::{cut, span};

/// How often it is drawn at most.
pub(super) const EVERY: Duration = Duration::from_millis(100);

/// How often it is drawn where nothing comes: the rate falls.
const STEADY: Duration = Duration::from_secs(1);

/// Back to the first column, and nothing behind it.
const CLEARED: &str = "\r\u{1b}[K";

/// Columns of a terminal that does not tell them.
const USUAL_COLUMNS: usize = 80;

/// Statuses that are counted each by itself.
const COUNTED: usize = 30;

/// The line; it is taken away when this is dropped.
pub struct Bar {
    to: Box<dyn Write + Send>,
    begun: Instant,
    drawn: Option<Instant>,
    changed: bool,
    done: usize,
    /// How many there are in all, where that is known.
    total: Option<usize>,
    watched: usize,
    /// Statuses, and kinds of failures.
    counts: BTreeMap<String, usize>,
}

impl Bar {
    /// On a terminal.
    pub fn new(to: Box<dyn Write + Send>) -> Self {
        Self {
            to,
            begun: Instant::now(),
            drawn: None,
            changed: false,
            done: 0,
            total: None,
            watched: 0,
            counts: BTreeMap::new(),
        }
    }

    /// One more has ended so.
    pub(super) fn count(&mut self, word: &str) {
        self.done += 1;
        self.add(word);
    }

    /// What was counted as one is another by now.
    pub(super) fn recount(&mut self, old: &str, new: &str) {
        if let Some(count) = self.counts.get_mut(old) {
            *count = count.saturating_sub(1);
        }
        self.counts.retain(|_, count| *count > 0);
        self.add(new);
    }

    fn add(&mut self, word: &str) {
        let room = self.counts.len() < COUNTED || self.counts.contains_key(word);
        let word = if room { word } else { "other" };
        *self.counts.entry(word.to_owned()).or_default() += 1;
        self.changed = true;
    }

    /// Takes it away, so that a line can be written in its place.
    pub(super) fn clear(&mut self) {
        if self.drawn.take().is_some() {
            self.changed = true;
            self.write(CLEARED);
        }
    }

    /// Draws it, where there is something new to tell.
    pub(super) fn draw(&mut self, total: Option<usize>, watched: usize) {
        self.changed |= (self.total, self.watched) != (total, watched);
        (self.total, self.watched) = (total, watched);
        let is_old = self.drawn.is_none_or(|drawn| drawn.elapsed() >= STEADY);
        if std::mem::take(&mut self.changed) || is_old {
            // The last column stays free: what is typed there begins no new line.
            let columns = columns().saturating_sub(1);
            let line = self.line(self.begun.elapsed(), columns);
            self.drawn = Some(Instant::now());
            self.write(&format!("{CLEARED}{line}"));
        }
    }

    fn write(&mut self, text: &str) {
        // Without the terminal there is nobody to tell how far it is.
        let _ = self.to.write_all(text.as_bytes());
        let _ = self.to.flush();
    }

    fn line(&self, elapsed: Duration, columns: usize) -> String {
        let done = self.done;
        let left = self.total.map(|total| total.saturating_sub(done));
        let mut parts = vec![match self.total {
            Some(total) => format!("{done}/{total}"),
            None => done.to_string(),
        }];
        let rate = amount(done) / elapsed.as_secs_f64().max(0.001);
        if done > 0 && left != Some(0) {
            parts.push(format!("{rate:.1}/s"));
            if let Some(left) = left {
                let seconds = (amount(left) / rate).min(1e6).round();
                parts.push(format!("{} left", span(Duration::from_secs_f64(seconds))));
            }
        }
        if self.watched > 0 {
            parts.push(format!("watching {}", self.watched));
        }
        let mut counts: Vec<_> = self.counts.iter().collect();
        counts.sort_by_key(|(_, count)| Reverse(**count));
        let counts = counts.iter().map(|(word, count)| format!("{word} {count}"));
        parts.push(counts.collect::<Vec<_>>().join(", "));
        let line = Shown::line(parts.join("  ").trim_end());
        cut(line.as_str(), columns).into_owned()
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

/// A count as what a rate is made of.
fn amount(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Of the terminal that reads standard error, as it is now.
#[cfg(unix)]
fn columns() -> usize {
    let size = rustix::termios::tcgetwinsize(io::stderr());
    let columns = size.map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { USUAL_COLUMNS } else { columns }
}

#[cfg(not(unix))]
fn columns() -> usize {
    let _ = io::stderr;
    USUAL_COLUMNS
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn counted(words: &[&str]) -> Bar {
        let mut bar = Bar::new(Box::new(io::sink()));
        for word in words {
            bar.count(word);
        }
        bar
    }

    #[test]
    fn it_tells_how_far_how_fast_how_long_and_what_came() {
        let mut bar = counted(&["failed", "delivered", "not-found", "delivered"]);
        let seconds = Duration::from_secs(2);
        let counts = "delivered 2, failed 1, not-found 1";
        assert_eq!(bar.line(seconds, 80), format!("4  2.0/s  {counts}"));
        bar.total = Some(24);
        assert_eq!(
            bar.line(seconds, 80),
            format!("4/24  2.0/s  10 s left  {counts}")
        );
        bar.total = Some(4);
        bar.watched = 1;
        bar.recount("failed", "delivered");
        let line = "4/4  watching 1  delivered 3, not-found 1";
        assert_eq!(bar.line(seconds, 80), line);
        assert_eq!(bar.line(seconds, 10), "4/4  watc…");
    }

    #[test]
    fn it_is_one_line_that_cannot_steer_and_is_taken_away_at_the_end() {
        let screen = Screen::default();
        let mut bar = Bar::new(Box::new(screen.clone()));
        bar.count("a\u{1b}[2J\nb");
        bar.draw(Some(2), 0);
        bar.draw(Some(2), 0);
        bar.clear();
        bar.clear();
        bar.draw(Some(2), 0);
        drop(bar);
        let out = String::from_utf8(screen.0.lock().unwrap().clone()).unwrap();
        assert_eq!(out.matches(CLEARED).count(), 4, "{out:?}");
        assert_eq!(out.matches('\u{1b}').count(), 4, "{out:?}");
        assert!(!out.contains('\n') && out.ends_with(CLEARED), "{out:?}");
    }

    #[test]
    fn words_without_end_are_counted_as_others() {
        let mut bar = counted(&[]);
        for number in 0..100 {
            bar.count(&format!("word{number}"));
        }
        assert_eq!(bar.counts.len(), COUNTED + 1);
        assert_eq!(bar.counts.get("other"), Some(&70));
    }
}
