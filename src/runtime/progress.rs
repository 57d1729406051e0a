//! How the lookups under way get on, from their tasks to the loop: of each only the newest is kept.
//! Never a queue: a task that tells much costs no more than one that tells little.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::app::Ticket;
use crate::model::progress::Progress;

/// Where tasks tell and the loop hears. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Board(Arc<Shared>);

#[derive(Default)]
struct Shared {
    newest: Mutex<BTreeMap<Ticket, Progress>>,
    told: Notify,
}

impl Board {
    pub(super) fn tell(&self, ticket: Ticket, progress: Progress) {
        self.newest().insert(ticket, progress);
        self.0.told.notify_one();
    }

    /// What was told since the last time; waits until there is something. Dropping it loses nothing.
    pub(super) async fn told(&self) -> BTreeMap<Ticket, Progress> {
        loop {
            let told = std::mem::take(&mut *self.newest());
            if !told.is_empty() {
                return told;
            }
            self.0.told.notified().await;
        }
    }

    fn newest(&self) -> MutexGuard<'_, BTreeMap<Ticket, Progress>> {
        // Nothing panics while it is held; if something did, the map would still be one.
        self.0.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trying(number: u32) -> Progress {
        Progress::Trying {
            number,
            of: 4,
            after: None,
        }
    }

    #[tokio::test]
    async fn of_each_lookup_only_the_newest_is_heard_and_once() {
        let board = Board::default();
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
}
