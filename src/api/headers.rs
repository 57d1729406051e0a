//! What an answer's headers say that its body does not.
//! Never relies on one: each is optional, and one that cannot be read counts as absent.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};

use super::decode::Facts;
use super::request::BaseUrl;
use crate::model::snapshot::Limits;

/// A header's value by its name in lower case.
pub(super) trait Headers {
    fn value(&self, name: &str) -> Option<&str>;
}

/// `now` turns a date in `Retry-After` into a wait; `base` completes a `Location` without a host.
pub(super) fn facts(headers: &impl Headers, base: &BaseUrl, now: Timestamp) -> Facts {
    Facts {
        content_type: headers.value("content-type").map(str::to_lowercase),
        retry_after: headers
            .value("retry-after")
            .and_then(|value| wait(value, now)),
        location_host: headers
            .value("location")
            .and_then(|location| base.host_of_location(location)),
    }
}

/// The names are those of the "Authorization" page of HighLevel's OAuth documentation.
pub(super) fn limits(headers: &impl Headers) -> Limits {
    // A limit that is no number tells nothing.
    let number = |name| headers.value(name)?.trim().parse().ok();
    Limits {
        burst_left: number("x-ratelimit-remaining"),
        burst: number("x-ratelimit-max"),
        interval: number("x-ratelimit-interval-milliseconds").map(Duration::from_millis),
        day_left: number("x-ratelimit-daily-remaining"),
    }
}

/// Seconds, or a date; one that has passed means no wait.
fn wait(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::parse(value).ok()?.timestamp();
    let ahead = date.duration_since(now).max(SignedDuration::ZERO);
    Some(ahead.unsigned_abs())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    struct Pairs(&'static [(&'static str, &'static str)]);

    impl Headers for Pairs {
        fn value(&self, name: &str) -> Option<&str> {
            let found = self.0.iter().find(|(own, _)| *own == name);
            found.map(|(_, value)| *value)
        }
    }

    #[test]
    fn the_wait_is_read_from_seconds_and_from_a_date() {
        let now: Timestamp = "2026-11-23T17:49:21Z".parse().unwrap();
        for (value, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Mon, 23 Nov 2026 17:50:21 GMT", Some(60)),
            ("Mon, 23 Nov 2026 17:40:00 GMT", Some(0)),
            ("-3", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(
                wait(value, now),
                seconds.map(Duration::from_secs),
                "{value}"
            );
        }
    }

    #[test]
    fn limits_are_read_where_they_are_told_and_numbers() {
        let headers = Pairs(&[
            ("x-ratelimit-remaining", "97"),
            ("x-ratelimit-max", "100"),
            ("x-ratelimit-interval-milliseconds", "10000"),
            ("x-ratelimit-daily-remaining", "many"),
        ]);
        let limits = limits(&headers);
        assert_eq!((limits.burst_left, limits.burst), (Some(97), Some(100)));
        assert_eq!(limits.interval, Some(Duration::from_secs(10)));
        assert_eq!(limits.day_left, None);
    }
}
