//! Moments as they are told, and what lies between two.
//! Never a clock: what time it is comes in.

use std::time::Duration;

use jiff::Timestamp;

/// From one moment to a later one; nothing where it is not later.
pub fn between(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}

/// A moment by its time of day as `form` has it (of `strftime`), with the date before it where that is not today's. UTC.
pub fn clock(at: Timestamp, now: Timestamp, form: &str) -> String {
    let is_today = at.strftime("%F").to_string() == now.strftime("%F").to_string();
    let time = at.strftime(form);
    if is_today {
        time.to_string()
    } else {
        format!("{} {time}", at.strftime("%-d %b"))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn the_date_is_told_where_it_is_not_todays() {
        let at: Timestamp = "2026-03-03T11:49:21Z".parse().unwrap();
        let told = |now: &str| clock(at, now.parse().unwrap(), "%H:%M UTC");
        assert_eq!(told("2026-03-03T23:59:59Z"), "11:49 UTC");
        assert_eq!(told("2026-03-04T00:00:00Z"), "3 Mar 11:49 UTC");
        assert_eq!(told("2027-03-03T12:00:00Z"), "3 Mar 11:49 UTC");
    }

    #[test]
    fn what_is_not_later_is_no_time_away() {
        let (early, late) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
        assert_eq!(between(late, early), Duration::ZERO);
        assert!(!between(early, late).is_zero());
    }
}
