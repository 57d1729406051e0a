//! How many requests are left: 100 in 10 seconds and 200,000 a day, as the real API counts.
//! Never here: a clock. The time since the start comes in.

use std::time::Duration;

const INTERVAL: Duration = Duration::from_secs(10);
const PER_INTERVAL: u32 = 100;
const PER_DAY: u32 = 200_000;

/// What is used up of the current interval, and of the day (a demo is shorter than a day).
#[derive(Debug, Default)]
pub(super) struct Allowance {
    interval: u64,
    used: u32,
    used_today: u32,
}

/// What is left after one request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    interval: u32,
    day: u32,
}

/// Too many requests: what is left, and how many whole seconds until the next interval, at least one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Exceeded {
    pub(super) left: Left,
    pub(super) retry_after: u64,
}

impl Allowance {
    /// Counts one request that came `since_start` after the start of the demo.
    pub(super) fn take(&mut self, since_start: Duration) -> Result<Left, Exceeded> {
        let interval = since_start.as_secs() / INTERVAL.as_secs();
        if interval != self.interval {
            self.interval = interval;
            self.used = 0;
        }
        if self.used == PER_INTERVAL || self.used_today == PER_DAY {
            let passed = since_start.as_secs() % INTERVAL.as_secs();
            return Err(Exceeded {
                left: self.left(),
                retry_after: INTERVAL.as_secs() - passed,
            });
        }
        self.used += 1;
        self.used_today += 1;
        Ok(self.left())
    }

    fn left(&self) -> Left {
        Left {
            interval: PER_INTERVAL - self.used,
            day: PER_DAY - self.used_today,
        }
    }
}

impl Left {
    /// The headers that tell it (names: page Authorization of the API's OAuth documentation).
    pub(super) fn headers(&self) -> [(&'static str, String); 5] {
        [
            ("X-RateLimit-Limit-Daily", PER_DAY.to_string()),
            ("X-RateLimit-Daily-Remaining", self.day.to_string()),
            (
                "X-RateLimit-Interval-Milliseconds",
                INTERVAL.as_millis().to_string(),
            ),
            ("X-RateLimit-Max", PER_INTERVAL.to_string()),
            ("X-RateLimit-Remaining", self.interval.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, Duration, Exceeded, Left};

    #[test]
    fn the_hundred_and_first_request_of_an_interval_is_told_when_to_come_back() {
        let mut allowance = Allowance::default();
        let now = Duration::from_millis(13_400);
        let last = (0..100).map(|_| allowance.take(now)).last();
        let (interval, day) = (0, 199_900);
        assert_eq!(last, Some(Ok(Left { interval, day })));
        let exceeded = Exceeded {
            left: Left { interval, day },
            retry_after: 7,
        };
        assert_eq!(allowance.take(now), Err(exceeded));
    }

    #[test]
    fn the_next_interval_starts_full_and_the_day_goes_on() {
        let mut allowance = Allowance::default();
        for _ in 0..100 {
            assert!(allowance.take(Duration::ZERO).is_ok());
        }
        let left = Left {
            interval: 99,
            day: 199_899,
        };
        assert_eq!(allowance.take(Duration::from_secs(10)), Ok(left));
    }
}
