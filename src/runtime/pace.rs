//! How often frames are drawn: in the long run one a floor, and after a pause two at once.
//! Never here: a clock, or what is drawn.

use std::time::{Duration, Instant};

/// The first frame after a pause is mostly a key's; what comes of the key must not wait for it. So a
/// frame may come one floor early, and those after it pay for it.
pub(super) struct Pace {
    floor: Duration,
    /// Where the frames so far end, when each is given its floor.
    until: Instant,
}

impl Pace {
    /// For frames that are `floor` apart.
    pub(super) const fn new(floor: Duration, now: Instant) -> Self {
        Self { floor, until: now }
    }

    /// How long the next frame has to wait.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        self.until.saturating_duration_since(now + self.floor)
    }

    /// Counts a frame drawn now.
    pub(super) fn drawn(&mut self, now: Instant) {
        self.until = self.until.max(now) + self.floor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOOR: Duration = Duration::from_millis(16);

    #[test]
    fn after_a_pause_two_frames_may_follow_each_other_and_the_third_waits() {
        let start = Instant::now();
        let mut pace = Pace::new(FLOOR, start);
        assert_eq!(pace.wait(start), Duration::ZERO);
        pace.drawn(start);
        let soon = start + Duration::from_millis(3);
        assert_eq!(pace.wait(soon), Duration::ZERO);
        pace.drawn(soon);
        assert_eq!(pace.wait(soon), Duration::from_millis(13));
        let late = start + Duration::from_secs(9);
        assert_eq!(pace.wait(late), Duration::ZERO);
    }

    #[test]
    fn in_the_long_run_frames_are_a_floor_apart() {
        let start = Instant::now();
        let mut pace = Pace::new(FLOOR, start);
        let mut now = start;
        for _ in 0..100 {
            now += pace.wait(now);
            pace.drawn(now);
        }
        assert_eq!(now, start + FLOOR * 98);
    }
}
