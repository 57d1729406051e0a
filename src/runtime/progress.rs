//! How lookups and downloads under way get on, from their tasks to the loop: of each only the newest is kept.
//! Never a queue: a task that tells much costs no more than one that tells little.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::app::Ticket;

/// Where tasks tell and the loop hears. Cheap to clone.
#[derive(Clone)]
pub(super) struct Board<T>(Arc<Shared<T>>);

struct Shared<T> {
    newest: Mutex<BTreeMap<Ticket, T>>,
    told: Notify,
    /// The least time from one hearing to the next.
    every: Duration,
    heard: Mutex<Option<Instant>>,
}

impl<T> Board<T> {
    /// Heard at once, but not more often than `every` so long.
    pub(super) fn new(every: Duration) -> Self {
        Self(Arc::new(Shared {
            newest: Mutex::default(),
            told: Notify::new(),
            every,
            heard: Mutex::default(),
        }))
    }

    pub(super) fn tell(&self, ticket: Ticket, progress: T) {
        locked(&self.0.newest).insert(ticket, progress);
        self.0.told.notify_one();
    }

    /// What was told since the last time; waits until there is something. Dropping it loses nothing.
    pub(super) async fn told(&self) -> BTreeMap<Ticket, T> {
        loop {
            if locked(&self.0.newest).is_empty() {
                self.0.told.notified().await;
                continue;
            }
            let heard = *locked(&self.0.heard);
            let wait = heard.map(|heard| self.0.every.saturating_sub(heard.elapsed()));
            if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
                tokio::time::sleep(wait).await;
            }
            *locked(&self.0.heard) = Some(Instant::now());
            return std::mem::take(&mut *locked(&self.0.newest));
        }
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it is held; if something did, what is in it would still be whole.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::progress::Progress;

    fn trying(number: u32) -> Progress {
        Progress::Trying {
            number,
            of: 4,
            after: None,
        }
    }

    #[tokio::test]
    async fn of_each_lookup_only_the_newest_is_heard_and_once() {
        let board = Board::new(Duration::ZERO);
        let task = board.clone();
        for (ticket, number) in [(1, 1), (2, 1), (1, 2), (1, 3)] {
            task.tell(Ticket(ticket), trying(number));
        }
        let expected = [(Ticket(1), trying(3)), (Ticket(2), trying(1))];
        assert_eq!(board.told().await, BTreeMap::from(expected));
        let waiting = tokio::spawn(async move { board.told().await });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        task.tell(Ticket(2), trying(4));
        let expected = [(Ticket(2), trying(4))];
        assert_eq!(waiting.await.ok(), Some(BTreeMap::from(expected)));
    }
    #[tokio::test]
    async fn what_is_told_often_is_heard_seldom_and_the_newest() {
        let every = Duration::from_millis(40);
        let board = Board::new(every);
        let start = Instant::now();
        for number in 0..3 {
            for part in 0..100 {
                board.tell(Ticket(1), number * 100 + part);
            }
            let expected = BTreeMap::from([(Ticket(1), number * 100 + 99)]);
            assert_eq!(board.told().await, expected);
        }
        assert!(start.elapsed() >= every * 2);
    }
}
