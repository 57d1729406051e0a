//! Numbers, sizes and times in the words the screen uses. All are rounded down, so none says more than there is.
//! Never here: the clock. A length of time comes in as it is.

use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const YEAR: u64 = 365 * DAY;

/// A number with its thousands set apart: `1,204`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// A size in decimal units: `71 B`, `1.9 kB`, `34 kB`, `5.2 MB`.
pub fn bytes(number: u64) -> String {
    let units = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "kB"),
    ];
    match units.into_iter().find(|(unit, _)| number >= *unit) {
        Some((unit, name)) => format!("{} {name}", with_tenth(number / (unit / 10))),
        None => format!("{number} B"),
    }
}

/// A length of time: `142 ms`, `2.1 s`, `31 s`, `4 min 12 s`, `3 h 5 min`, `2 d 3 h`.
pub fn span(length: Duration) -> String {
    let seconds = length.as_secs();
    match seconds {
        0 => format!("{} ms", length.subsec_millis()),
        1..MINUTE => format!(
            "{} s",
            with_tenth(seconds * 10 + u64::from(length.subsec_millis() / 100))
        ),
        MINUTE..HOUR => two_units(seconds, (MINUTE, "min"), (1, "s")),
        HOUR..DAY => two_units(seconds, (HOUR, "h"), (MINUTE, "min")),
        _ => two_units(seconds, (DAY, "d"), (HOUR, "h")),
    }
}

/// How old a row is, at most four columns: `now`, `5m`, `1h`, `7d`, `2y`.
pub fn age(length: Duration) -> String {
    let seconds = length.as_secs();
    match seconds {
        ..MINUTE => "now".to_owned(),
        MINUTE..HOUR => format!("{}m", seconds / MINUTE),
        HOUR..DAY => format!("{}h", seconds / HOUR),
        DAY..YEAR => format!("{}d", seconds / DAY),
        _ => format!("{}y", seconds / YEAR),
    }
}

/// How long ago something was: `just now`, `5 min ago`, `3 h ago`, `9 d ago`, `2 y ago`.
pub fn ago(length: Duration) -> String {
    let seconds = length.as_secs();
    match seconds {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", seconds / MINUTE),
        HOUR..DAY => format!("{} h ago", seconds / HOUR),
        DAY..YEAR => format!("{} d ago", seconds / DAY),
        _ => format!("{} y ago", seconds / YEAR),
    }
}

/// Tenths as a number; the tenth is named only where it tells something.
fn with_tenth(tenths: u64) -> String {
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if whole < 10 && tenth > 0 {
        format!("{whole}.{tenth}")
    } else {
        whole.to_string()
    }
}

fn two_units(seconds: u64, large: (u64, &str), small: (u64, &str)) -> String {
    let (whole, rest) = (seconds / large.0, seconds % large.0 / small.0);
    if rest > 0 {
        format!("{whole} {} {rest} {}", large.1, small.1)
    } else {
        format!("{whole} {}", large.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let words: Vec<String> = [0, 7, 999, 1_000, 1_204, 199_412, 1_000_000]
            .map(count)
            .into();
        assert_eq!(
            words,
            ["0", "7", "999", "1,000", "1,204", "199,412", "1,000,000"]
        );
        assert_eq!(count(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn sizes_are_decimal_and_short() {
        let words: Vec<String> = [
            0,
            71,
            999,
            1_000,
            1_949,
            9_999,
            34_002,
            999_999,
            5_240_000,
            2_000_000_000,
        ]
        .map(bytes)
        .into();
        assert_eq!(
            words,
            [
                "0 B", "71 B", "999 B", "1 kB", "1.9 kB", "9.9 kB", "34 kB", "999 kB", "5.2 MB",
                "2 GB"
            ]
        );
        assert_eq!(bytes(u64::MAX), "18446744 TB");
    }

    #[test]
    fn a_span_names_its_two_largest_units() {
        let words: Vec<String> = [
            0,
            142,
            999,
            2_000,
            2_149,
            31_900,
            60_000,
            252_000,
            3_600_000,
            11_100_000,
            183_600_000,
        ]
        .map(|ms| span(Duration::from_millis(ms)))
        .into();
        assert_eq!(
            words,
            [
                "0 ms",
                "142 ms",
                "999 ms",
                "2 s",
                "2.1 s",
                "31 s",
                "1 min",
                "4 min 12 s",
                "1 h",
                "3 h 5 min",
                "2 d 3 h"
            ]
        );
    }

    #[test]
    fn an_age_takes_four_columns_at_most() {
        let words: Vec<String> = [0, 59, 300, 3_600, 604_800, 31_449_600, 63_072_000]
            .map(|s| age(Duration::from_secs(s)))
            .into();
        assert_eq!(words, ["now", "now", "5m", "1h", "7d", "364d", "2y"]);
    }

    #[test]
    fn ago_says_it_in_words() {
        let words: Vec<String> = [12, 300, 10_800, 777_600, 63_072_000]
            .map(|s| ago(Duration::from_secs(s)))
            .into();
        assert_eq!(
            words,
            ["just now", "5 min ago", "3 h ago", "9 d ago", "2 y ago"]
        );
    }
}
