//! Whose turn it is: eight lookups at once, and each of their requests when the pace allows it.
//! Never holds a lock while it waits. What is dropped gives back what it held, at whatever point.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::pace::{MOST_AT_ONCE, Pace, Turn};
use super::token::Token;
use crate::model::snapshot::Limits;

/// Lets the lookups of one token go one after the other, in the order they came.
pub(super) struct Governor {
    lookups: Arc<Semaphore>,
    /// Held by the one whose request is next; the others queue behind it.
    next: tokio::sync::Mutex<()>,
    pace: Mutex<Pace>,
    /// Tells the next one that the pace may have changed.
    changed: Notify,
}

/// The governors of the tokens used so far: the API counts a token's requests, whichever profile sends them.
/// Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Governors(Arc<Mutex<Vec<Governed>>>);

struct Governed {
    token: Token,
    limited: bool,
    governor: Arc<Governor>,
}

impl Governors {
    /// The one of that token; `limited` as for its pace.
    pub(super) fn of(&self, token: &Token, limited: bool) -> Arc<Governor> {
        // Nothing panics while it is held; if something did, the list would still be one.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |one: &&Governed| one.token == *token && one.limited == limited;
        if let Some(found) = known.iter().find(is_it) {
            return Arc::clone(&found.governor);
        }
        let governor = Arc::new(Governor::new(Pace::new(limited)));
        known.push(Governed {
            token: token.clone(),
            limited,
            governor: Arc::clone(&governor),
        });
        governor
    }
}

/// A request's place under the rate limit.
pub(super) struct Place<'g> {
    governor: &'g Governor,
    is_answered: bool,
}

impl Governor {
    pub(super) fn new(pace: Pace) -> Self {
        Self {
            lookups: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            next: tokio::sync::Mutex::new(()),
            pace: Mutex::new(pace),
            changed: Notify::new(),
        }
    }

    /// Room for a lookup, kept until it is dropped: through all tries, so that none of them queues behind
    /// the lookups that came later. `waits` is called if others go first.
    pub(super) async fn room(&self, waits: impl FnOnce()) -> Option<OwnedSemaphorePermit> {
        let lookups = Arc::clone(&self.lookups);
        if let Ok(room) = Arc::clone(&lookups).try_acquire_owned() {
            return Some(room);
        }
        waits();
        // Fails only when the semaphore is closed, which nobody does.
        lookups.acquire_owned().await.ok()
    }

    /// A place for a request that is sent at once. `waits` is called with the time until it may be asked
    /// for again, each time that it changes.
    pub(super) async fn place(&self, mut waits: impl FnMut(Duration)) -> Place<'_> {
        let _next = self.next.lock().await;
        loop {
            let turn = self.pace().ask(Instant::now());
            match turn {
                Turn::Now => {
                    return Place {
                        governor: self,
                        is_answered: false,
                    };
                }
                Turn::In(wait) => {
                    waits(wait);
                    // Whichever comes first: an answer may tell of another limit.
                    let _ = tokio::time::timeout(wait, self.changed.notified()).await;
                }
                Turn::AfterAnAnswer => self.changed.notified().await,
            }
        }
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        // Nothing panics while it is held; if something did, the log would still be one.
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place<'_> {
    /// The answer's headers are here; `wait` is what a 429 asks for.
    pub(super) fn answered(mut self, limits: &Limits, wait: Option<Duration>) {
        self.is_answered = true;
        self.free(limits, wait);
    }

    fn free(&self, limits: &Limits, wait: Option<Duration>) {
        self.governor.pace().answered(Instant::now(), limits, wait);
        self.governor.changed.notify_one();
    }
}

/// Without an answer: the server may have counted the request all the same.
impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.is_answered {
            self.free(&Limits::default(), None);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test says what it expects by failing"
    )]
    use std::time::Duration;

    use super::*;

    const SOON: Duration = Duration::from_millis(40);

    async fn passes<T>(future: impl Future<Output = T>) -> bool {
        tokio::time::timeout(SOON, future).await.is_ok()
    }

    fn limits(burst: u64, interval: Duration) -> Limits {
        Limits {
            burst: Some(burst),
            interval: Some(interval),
            ..Limits::default()
        }
    }

    #[test]
    fn who_asks_with_one_token_is_governed_together() {
        let governors = Governors::default();
        let (one, other) = (Token::new("pit-a").unwrap(), Token::new("pit-b").unwrap());
        let first = governors.of(&one, true);
        assert!(Arc::ptr_eq(&first, &governors.clone().of(&one, true)));
        assert!(!Arc::ptr_eq(&first, &governors.of(&other, true)));
        assert!(!Arc::ptr_eq(&first, &governors.of(&one, false)));
    }

    #[tokio::test]
    async fn the_ninth_lookup_waits_until_one_of_eight_has_ended() {
        let governor = Governor::new(Pace::new(true));
        let mut rooms = Vec::new();
        for _ in 0..MOST_AT_ONCE {
            rooms.push(governor.room(|| panic!("there is room")).await);
        }
        let mut waited = false;
        assert!(!passes(governor.room(|| waited = true)).await);
        assert!(waited);
        rooms.pop();
        assert!(passes(governor.room(|| ())).await);
    }

    #[tokio::test]
    async fn a_place_that_is_dropped_without_an_answer_frees_itself() {
        let governor = Governor::new(Pace::new(true));
        let interval = Duration::from_millis(10);
        let place = governor.place(|_| ()).await;
        place.answered(&limits(2, interval), None);
        tokio::time::sleep(Duration::from_millis(120)).await;
        let (first, second) = (governor.place(|_| ()).await, governor.place(|_| ()).await);
        assert!(!passes(governor.place(|_| ())).await);
        drop(first);
        let mut told = Vec::new();
        let third = governor.place(|wait| told.push(wait)).await;
        assert!(told.first().unwrap() <= &Duration::from_millis(110));
        drop((second, third));
    }

    #[tokio::test]
    async fn one_that_gives_up_its_wait_does_not_hold_up_those_behind_it() {
        let governor = Governor::new(Pace::new(true));
        let place = governor.place(|_| ()).await;
        place.answered(&limits(1, Duration::from_millis(100)), None);
        assert!(!passes(governor.place(|_| ())).await);
        let third = tokio::time::timeout(Duration::from_secs(5), governor.place(|_| ()));
        assert!(third.await.is_ok());
    }
}
