//! When a request may be sent without going over the burst limit: a sliding log of the token's requests.
//! Never a clock and never a wait: times come in, and what comes out is whether to send, or when to ask again.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::model::snapshot::Limits;

/// Lookups of one token that are under way at once.
pub const MOST_AT_ONCE: usize = 8;

/// The documented burst limit: 100 requests in 10 seconds ("Authorization" of HighLevel's OAuth documentation).
const BURST: u64 = 100;
const INTERVAL: Duration = Duration::from_secs(10);
/// What an interval is longer here than there: clocks and networks are not even.
const MARGIN: Duration = Duration::from_millis(100);
/// An interval told by a header is not taken for longer than this.
const LONGEST_INTERVAL: Duration = Duration::from_hours(1);

/// The requests of one token that its burst limit counts.
///
/// A request takes a place when it is sent and frees it an interval and a margin after its answer. The
/// server counts it at some moment between the two, so that of any `burst + 1` requests the first and the
/// last are counted more than an interval apart: no window of the interval ever sees more than `burst`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pace {
    burst: u64,
    interval: Duration,
    /// Whether there is a limit to keep.
    limited: bool,
    /// Sent and not answered.
    under_way: u64,
    /// When how many were answered, oldest first.
    answered: VecDeque<(Instant, u64)>,
    /// The sum of `answered`.
    held: u64,
    /// The API said that it is too much.
    paused_until: Option<Instant>,
}

/// Whether a request may be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Now; its place is taken.
    Now,
    /// Not before this has passed; ask again then.
    In(Duration),
    /// Not before another request has been answered; ask again then.
    AfterAnAnswer,
}

impl Pace {
    /// `limited` is false for a server on this machine: it has no limit until an answer tells of one.
    pub fn new(limited: bool) -> Self {
        Self {
            burst: BURST,
            interval: INTERVAL,
            limited,
            under_way: 0,
            answered: VecDeque::new(),
            held: 0,
            paused_until: None,
        }
    }

    /// Takes a place for a request that is sent at once, if there is one.
    pub fn ask(&mut self, now: Instant) -> Turn {
        self.free(now);
        if self.limited {
            if let Some(until) = self.paused_until.filter(|until| *until > now) {
                return Turn::In(until.duration_since(now));
            }
            if self.under_way.saturating_add(self.held) >= self.burst {
                let first = self.answered.front();
                return first.map_or(Turn::AfterAnAnswer, |(at, _)| {
                    Turn::In((*at + self.hold()).saturating_duration_since(now))
                });
            }
        }
        self.under_way += 1;
        Turn::Now
    }

    /// One request has been answered, or given up. `limits` are its answer's, `wait` is what a 429 asks for.
    pub fn answered(&mut self, now: Instant, limits: &Limits, wait: Option<Duration>) {
        // Answers are told in the order they come; the log must be in order whatever happens.
        let now = self.answered.back().map_or(now, |(last, _)| now.max(*last));
        self.under_way = self.under_way.saturating_sub(1);
        self.hold_places(now, 1);
        if let Some(burst) = limits.burst.filter(|burst| *burst > 0) {
            self.burst = burst;
            self.limited = true;
        }
        if let Some(interval) = limits.interval.filter(|interval| !interval.is_zero()) {
            self.interval = interval.min(LONGEST_INTERVAL);
        }
        if let Some(wait) = wait {
            // A longer one is not the burst's doing, and each lookup is told of it in its own answer.
            self.paused_until = Some(now + wait.min(self.interval));
        } else if let Some(left) = limits.burst_left {
            // More gone than was sent from here: someone else uses the token.
            let gone = self.burst.saturating_sub(left);
            let own = self.under_way.saturating_add(self.held);
            self.hold_places(now, gone.saturating_sub(own));
        }
        self.free(now);
    }

    /// How long a place is held after its answer.
    fn hold(&self) -> Duration {
        self.interval + MARGIN
    }

    fn hold_places(&mut self, now: Instant, places: u64) {
        if places > 0 {
            self.answered.push_back((now, places));
            self.held = self.held.saturating_add(places);
        }
    }

    fn free(&mut self, now: Instant) {
        let hold = self.hold();
        while let Some((at, places)) = self.answered.front()
            && *at + hold <= now
        {
            self.held = self.held.saturating_sub(*places);
            self.answered.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    use proptest::prelude::*;

    use super::*;

    const NOTHING: Limits = Limits {
        burst_left: None,
        burst: None,
        interval: None,
        day_left: None,
    };

    fn milliseconds(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    fn taken(pace: &mut Pace, now: Instant) -> u64 {
        let mut taken = 0;
        while taken < 1000 && pace.ask(now) == Turn::Now {
            taken += 1;
        }
        taken
    }

    #[test]
    fn a_place_frees_an_interval_and_a_margin_after_its_answer() {
        let start = Instant::now();
        let mut pace = Pace::new(true);
        assert_eq!(taken(&mut pace, start), 100);
        assert_eq!(pace.ask(start), Turn::AfterAnAnswer);
        let answer = start + milliseconds(300);
        pace.answered(answer, &NOTHING, None);
        assert_eq!(pace.ask(answer), Turn::In(milliseconds(10_100)));
        let nearly = answer + milliseconds(10_099);
        assert_eq!(pace.ask(nearly), Turn::In(milliseconds(1)));
        assert_eq!(taken(&mut pace, answer + milliseconds(10_100)), 1);
    }

    #[test]
    fn what_the_headers_say_is_kept_instead_of_the_documented_limit() {
        let start = Instant::now();
        let mut pace = Pace::new(true);
        assert_eq!(pace.ask(start), Turn::Now);
        let limits = Limits {
            burst: Some(25),
            interval: Some(milliseconds(500)),
            burst_left: Some(24),
            ..NOTHING
        };
        pace.answered(start, &limits, None);
        assert_eq!(taken(&mut pace, start), 24);
        assert_eq!(pace.ask(start), Turn::In(milliseconds(600)));
    }

    #[test]
    fn requests_of_others_with_the_same_token_take_places_too() {
        let start = Instant::now();
        let mut pace = Pace::new(true);
        for left in [60, 59] {
            assert_eq!(pace.ask(start), Turn::Now);
            let limits = Limits {
                burst: Some(100),
                burst_left: Some(left),
                ..NOTHING
            };
            pace.answered(start, &limits, None);
        }
        assert_eq!(taken(&mut pace, start), 59);
        let later = start + milliseconds(10_100);
        assert_eq!(taken(&mut pace, later), 41);
    }

    #[test]
    fn a_local_server_has_no_limit_until_it_tells_one() {
        let start = Instant::now();
        let mut pace = Pace::new(false);
        assert_eq!(taken(&mut pace, start), 1000);
        for _ in 0..999 {
            pace.answered(start, &NOTHING, None);
        }
        assert_eq!(pace.ask(start), Turn::Now);
        let limits = Limits {
            burst: Some(20),
            ..NOTHING
        };
        pace.answered(start, &limits, None);
        assert_eq!(pace.ask(start), Turn::In(milliseconds(10_100)));
    }

    #[test]
    fn a_429_holds_all_back_but_not_for_longer_than_an_interval() {
        let start = Instant::now();
        for (told, held) in [(2_000, 2_000), (3_600_000, 10_000)] {
            let mut pace = Pace::new(true);
            assert_eq!(pace.ask(start), Turn::Now);
            pace.answered(start, &NOTHING, Some(milliseconds(told)));
            assert_eq!(pace.ask(start), Turn::In(milliseconds(held)));
            assert_eq!(pace.ask(start + milliseconds(held)), Turn::Now);
        }
    }

    #[test]
    fn no_header_is_too_strange() {
        let start = Instant::now();
        let mut pace = Pace::new(true);
        for number in [0, 1, u64::MAX] {
            for left in [0, u64::MAX] {
                pace.ask(start);
                let limits = Limits {
                    burst: Some(number),
                    burst_left: Some(left),
                    interval: Some(Duration::from_millis(number)),
                    day_left: None,
                };
                pace.answered(start, &limits, Some(Duration::MAX));
                pace.answered(start, &limits, None);
                let turn = pace.ask(start);
                assert!(
                    !matches!(turn, Turn::In(wait) if wait > LONGEST_INTERVAL + MARGIN),
                    "{turn:?}"
                );
            }
        }
    }

    #[test]
    fn ten_thousand_that_wait_cost_less_than_a_millisecond_each() {
        let mut now = Instant::now();
        let mut pace = Pace::new(true);
        let began = Instant::now();
        let mut sent = 0;
        while sent < 10_000 {
            match pace.ask(now) {
                Turn::Now => {
                    sent += 1;
                    pace.answered(now, &NOTHING, None);
                }
                Turn::In(wait) => now += wait,
                Turn::AfterAnAnswer => now += MARGIN,
            }
        }
        assert!(began.elapsed() < milliseconds(10_000));
    }

    /// A request's way: until it is counted, from there until its answer is here; or given up before.
    #[derive(Clone, Copy, Debug)]
    struct Way {
        up: u64,
        down: u64,
        given_up: bool,
    }

    fn way() -> impl Strategy<Value = Way> {
        let fields = (0..400_u64, 0..400_u64, prop::bool::weighted(0.1));
        fields.prop_map(|(up, down, given_up)| Way { up, down, given_up })
    }

    /// When the server counts each of the requests, if eight at most are under way.
    fn counted(ways: &[Way], burst: u64, interval: u64, start: Instant) -> Vec<Instant> {
        let limits = Limits {
            burst: Some(burst),
            interval: Some(milliseconds(interval)),
            ..NOTHING
        };
        let mut pace = Pace::new(true);
        assert_eq!(pace.ask(start), Turn::Now);
        pace.answered(start, &limits, None);
        let (mut now, mut counted, mut answers) = (start, vec![start], BinaryHeap::new());
        let mut ways = ways.iter();
        let mut next = ways.next();
        while let Some(way) = next {
            let full = answers.len() == 8;
            let turn = if full {
                Turn::AfterAnAnswer
            } else {
                pace.ask(now)
            };
            let until = match turn {
                Turn::Now => {
                    counted.push(now + milliseconds(way.up));
                    // One that is given up is on its way for no longer than the margin.
                    let back = if way.given_up {
                        way.up.saturating_sub(90)
                    } else {
                        way.up + way.down
                    };
                    answers.push(Reverse(now + milliseconds(back)));
                    next = ways.next();
                    continue;
                }
                Turn::In(wait) => Some(now + wait),
                Turn::AfterAnAnswer => None,
            };
            let answer = answers.peek().map(|Reverse(at)| *at);
            let wake = [until, answer].into_iter().flatten().min();
            assert!(wake.is_some(), "nothing to wait for");
            now = wake.unwrap_or(now).max(now);
            while let Some(Reverse(at)) = answers.peek().copied()
                && at <= now
            {
                answers.pop();
                pace.answered(at, &limits, None);
            }
        }
        counted.sort();
        counted
    }

    #[test]
    fn three_hundred_take_hardly_longer_than_the_documented_limit_allows() {
        let start = Instant::now();
        for (up, down) in [(0, 1), (10, 10), (20, 20)] {
            let way = Way {
                up,
                down,
                given_up: false,
            };
            let counted = counted(&[way; 299], BURST, 10_000, start);
            let took = counted.last().map(|last| *last - start);
            // Two intervals must pass before the last; a twentieth more is for margins and ways.
            assert!(took > Some(INTERVAL * 2), "{took:?}");
            assert!(
                took.is_some_and(|took| took < INTERVAL * 21 / 10),
                "{took:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_window_of_the_interval_ever_sees_more_than_the_burst(
            ways in prop::collection::vec(way(), 1..200),
            burst in 1..30_u64,
            interval in 1..1500_u64,
        ) {
            let counted = counted(&ways, burst, interval, Instant::now());
            prop_assert_eq!(counted.len(), ways.len() + 1);
            let after = usize::try_from(burst).unwrap_or(usize::MAX);
            for (first, last) in counted.iter().zip(counted.iter().skip(after)) {
                prop_assert!(*last - *first > milliseconds(interval));
            }
        }
    }
}
