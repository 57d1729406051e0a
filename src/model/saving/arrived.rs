//! How much of a file has arrived, and how fast it comes.
//! Never a clock: how long it has taken comes in.

use std::collections::VecDeque;
use std::time::Duration;

use crate::model::text::bytes;

/// How a file that is being saved gets on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrived {
    /// Known as soon as its first bytes are.
    pub extension: String,
    pub bytes: u64,
    /// All of it, where that is told.
    pub of: Option<u64>,
    pub per_second: Option<u64>,
}

impl Arrived {
    /// `3.1 of 12 MB · 1.2 MB/s`.
    pub fn words(&self) -> String {
        let amount = match self.of {
            Some(of) => part_of(self.bytes, of),
            None => bytes(self.bytes),
        };
        match self.per_second {
            Some(speed) => format!("{amount} · {}/s", bytes(speed)),
            None => amount,
        }
    }

    /// Of `columns`, those that stand for what is here; `None` where nobody knows how much there is.
    pub fn filled(&self, columns: usize) -> Option<usize> {
        let of = u128::from(self.of.filter(|of| *of > 0)?);
        let filled = u128::from(self.bytes) * columns as u128 / of;
        Some(usize::try_from(filled).unwrap_or(columns).min(columns))
    }
}

/// The unit once, where it is the same.
fn part_of(part: u64, of: u64) -> String {
    let (part, of) = (bytes(part), bytes(of));
    match (part.split_once(' '), of.split_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit == other => format!("{number} of {of}"),
        _ => format!("{part} of {of}"),
    }
}

/// The speed over the last seconds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Speed {
    /// When how many bytes were here, oldest first.
    seen: VecDeque<(Duration, u64)>,
}

/// Further back the speed of now is not asked about.
const WINDOW: Duration = Duration::from_secs(3);
/// In less time chance says more than the wire.
const LEAST: Duration = Duration::from_millis(400);

impl Speed {
    /// Bytes a second, once that can be told: `all` bytes were here `after` the beginning.
    pub fn seen(&mut self, after: Duration, all: u64) -> Option<u64> {
        while self.seen.len() > 1
            && let Some((first, _)) = self.seen.get(1)
            && after.saturating_sub(*first) >= WINDOW
        {
            self.seen.pop_front();
        }
        self.seen.push_back((after, all));
        let (first, had) = *self.seen.front()?;
        let time = after.saturating_sub(first);
        if time < LEAST {
            return None;
        }
        let milliseconds = u64::try_from(time.as_millis()).ok()?.max(1);
        Some(all.saturating_sub(had).saturating_mul(1000) / milliseconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(bytes: u64, of: Option<u64>, per_second: Option<u64>) -> Arrived {
        Arrived {
            extension: "mp3".to_owned(),
            bytes,
            of,
            per_second,
        }
    }

    #[test]
    fn the_words_tell_the_unit_once_where_it_is_the_same() {
        for (arrived, words) in [
            (
                arrived(3_100_000, Some(12_000_000), Some(1_200_000)),
                "3.1 of 12 MB · 1.2 MB/s",
            ),
            (arrived(64_000, Some(2_000_000), None), "64 kB of 2 MB"),
            (arrived(64_000, None, Some(71)), "64 kB · 71 B/s"),
        ] {
            assert_eq!(arrived.words(), words);
        }
    }

    #[test]
    fn the_bar_is_full_when_all_is_here_and_never_fuller() {
        for (bytes, filled) in [(0, 0), (1, 0), (50, 4), (99, 7), (100, 8), (300, 8)] {
            assert_eq!(arrived(bytes, Some(100), None).filled(8), Some(filled));
        }
        assert_eq!(arrived(5, None, None).filled(8), None);
        assert_eq!(arrived(5, Some(0), None).filled(8), None);
    }

    #[test]
    fn the_speed_is_that_of_the_last_seconds() {
        let mut speed = Speed::default();
        let quarter = |number: u32| Duration::from_millis(250) * number;
        assert_eq!(speed.seen(quarter(0), 0), None);
        assert_eq!(speed.seen(quarter(1), 250), None);
        for number in 2..=20 {
            let all = u64::from(number) * 250;
            assert_eq!(speed.seen(quarter(number), all), Some(1000));
        }
        // Nothing comes any more.
        let last = (21..=40)
            .map(|number| speed.seen(quarter(number), 5000))
            .last();
        assert_eq!(last, Some(Some(0)));
        assert!(speed.seen.len() <= 14);
    }
}
