//! Messages that are watched: looked up again until their status is final, more and more seldom.
//! Never a clock: when the next look comes is told from the time that comes in.

use std::time::Duration;

use jiff::Timestamp;

use super::effect::Ticket;
use crate::model::id::MessageId;
use crate::model::looks;
use crate::model::text::between;
use crate::model::whom::Whom;

/// A message that is watched.
#[derive(Clone, PartialEq, Debug)]
pub struct Watch {
    pub id: MessageId,
    /// Who is asked.
    pub whom: Whom,
    /// The status as it was seen last, and since when it has been seen.
    pub status: String,
    pub since: Timestamp,
    /// Looks so far without a change.
    quiet: usize,
    /// When the next look comes; meaningless while one is under way.
    pub next: Timestamp,
    /// The look under way.
    pub asking: Option<Ticket>,
}

impl Watch {
    pub fn new(
        id: MessageId,
        whom: Whom,
        status: String,
        since: Timestamp,
        now: Timestamp,
    ) -> Self {
        let mut watch = Self {
            id,
            whom,
            status,
            since,
            quiet: 0,
            next: now,
            asking: None,
        };
        watch.look_later(now);
        watch
    }

    /// Whether it is time to look, and no look is under way.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.asking.is_none() && self.next <= now
    }

    /// Nothing has changed: the next look comes later than the last one did.
    pub fn look_later(&mut self, now: Timestamp) {
        self.next = now + looks::wait(self.quiet);
        self.quiet += 1;
        self.asking = None;
    }

    /// The status is another one now: more may follow soon. Tells the old one, and how long it was seen.
    pub fn changed(&mut self, status: String, now: Timestamp) -> (String, Duration) {
        let old = std::mem::replace(&mut self.status, status);
        let seen = between(self.since, now);
        self.since = now;
        self.quiet = 0;
        self.look_later(now);
        (old, seen)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn looks_come_more_and_more_seldom_and_soon_again_after_a_change() {
        let id = MessageId::new("Hn4fKp0XbN2mYtQ7sRwZ").unwrap();
        let mut now = Timestamp::UNIX_EPOCH;
        let mut watch = Watch::new(id, Whom::One(0), "sent".to_owned(), now, now);
        let mut waits = Vec::new();
        for _ in 0..9 {
            waits.push(watch.next.duration_since(now).as_secs());
            assert!(!watch.is_due(now));
            now = watch.next;
            assert!(watch.is_due(now));
            watch.look_later(now);
        }
        assert_eq!(waits, [2, 3, 5, 8, 13, 21, 30, 30, 30]);
        let told = watch.changed("delivered".to_owned(), now);
        assert_eq!(told, ("sent".to_owned(), Duration::from_secs(142)));
        assert_eq!(watch.next.duration_since(now).as_secs(), 2);
    }
}
