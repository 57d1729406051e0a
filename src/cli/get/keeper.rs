//! Keeps in the history what `get` prints, and tells when it may be printed: once it is kept.
//! Never a fault of the lookups: what cannot be kept is printed all the same, and one line on standard error.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, timeout};

use crate::model::listed::Key;
use crate::model::snapshot::Snapshot;
use crate::store::{Retention, Store, StoreError};

/// How long a line waits to be kept: what is printed stays, also of a program that is killed.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is looked at whether a line waited that long. A timer for each would wake up the thread of the
/// lookups each time.
const TICK: Duration = Duration::from_millis(250);
/// How long the end waits for what is being written.
const LAST: Duration = Duration::from_secs(2);
/// How long old lookups are removed at the end; the rest has time until the next call.
const PRUNING: Duration = Duration::from_millis(200);

/// Lines that wait at most, and the bytes of answers that they may hold; one answer may be larger. The more wait, the
/// more are written at once.
const WAITING: usize = 256;
const WAITING_BYTES: usize = 1024 * 1024;

/// A snapshot on its way to the disk.
type Kept = Pin<Box<dyn Future<Output = Result<Key, StoreError>> + Send>>;

/// Lines wait here in the order in which they are printed.
pub(super) struct Keeper<Line> {
    /// None where nothing is kept.
    store: Option<(Store, Retention)>,
    waiting: VecDeque<Waiting<Line>>,
    bytes: usize,
    tick: Interval,
    /// Keeping takes too long: no line waits for it, until one is kept again.
    hurried: bool,
    /// The newest that no line waited for.
    last: Option<Kept>,
    /// Whether anything was handed over to be kept.
    any: bool,
    fault: Option<StoreError>,
}

struct Waiting<Line> {
    line: Line,
    kept: Option<Kept>,
    until: Instant,
    bytes: usize,
}

impl<Line> Keeper<Line> {
    pub(super) fn new(history: Option<&(Store, Retention)>) -> Self {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            store: history.cloned(),
            waiting: VecDeque::new(),
            bytes: 0,
            tick,
            hurried: false,
            last: None,
            any: false,
            fault: None,
        }
    }

    /// A line that holds nothing to keep.
    pub(super) fn add(&mut self, line: Line) {
        self.push(line, None, 0);
    }

    /// A line that waits until the snapshot is kept, which is handed over at once.
    pub(super) fn keep(&mut self, snapshot: &Arc<Snapshot>, line: Line) {
        let kept = self.store.as_ref().filter(|_| snapshot.was_asked());
        let kept = kept.map(|(store, _)| Box::pin(store.keep(Arc::clone(snapshot))) as Kept);
        self.any |= kept.is_some();
        let answer = snapshot.answer.as_ref();
        self.push(line, kept, answer.map_or(0, |answer| answer.body.len()));
    }

    fn push(&mut self, line: Line, kept: Option<Kept>, bytes: usize) {
        self.bytes += bytes;
        self.waiting.push_back(Waiting {
            line,
            kept,
            until: Instant::now() + PATIENCE,
            bytes,
        });
    }

    /// Whether no line waits.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether another may wait, so that memory does not grow with their number.
    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < WAITING && self.bytes < WAITING_BYTES
    }

    /// The next line, as soon as it may be printed; without any it waits for ever. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Line {
        self.settle().await;
        match self.waiting.pop_front() {
            None => std::future::pending().await,
            Some(first) => {
                self.bytes -= first.bytes;
                if first.kept.is_some() {
                    self.last = first.kept;
                }
                first.line
            }
        }
    }

    /// Waits until the first of them is kept, or for as long as a line waits at most.
    async fn settle(&mut self) {
        let Some(first) = self.waiting.front_mut() else {
            return;
        };
        let Some(kept) = &mut first.kept else {
            return;
        };
        loop {
            tokio::select! {
                biased;
                kept = &mut *kept => {
                    first.kept = None;
                    self.hurried = false;
                    self.fault = self.fault.take().or(kept.err());
                    return;
                }
                () = std::future::ready(()), if self.hurried => return,
                _ = self.tick.tick() => self.hurried = Instant::now() >= first.until,
            }
        }
    }

    /// Waits for what is being written, and tells what the user should know.
    pub(super) async fn end(mut self, errors: &mut dyn Write) -> io::Result<()> {
        // They are written in the order in which they came.
        let unprinted = self.waiting.drain(..).filter_map(|waiting| waiting.kept);
        if let Some(last) = unprinted.last().or(self.last) {
            let kept = timeout(LAST, last).await.unwrap_or(Err(StoreError::Busy));
            self.fault = self.fault.or(kept.err());
        }
        let Some((store, retention)) = &self.store else {
            return Ok(());
        };
        if self.any && self.fault.is_none() {
            // What is in the way of that is no trouble of these lookups: the next call tries again.
            let pruned = store.prune(*retention, Timestamp::now());
            let _ = timeout(PRUNING, pruned).await;
        }
        while let Some(note) = store.take_note() {
            writeln!(errors, "msgscope: {note}")?;
        }
        if let Some(fault) = self.fault {
            writeln!(errors, "msgscope: {fault}")?;
        }
        Ok(())
    }
}
