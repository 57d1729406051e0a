//! The `[history]` table.
//! Never decides whether a history is kept: that is for flags and variables too.

use std::time::Duration;

use toml::de::DeTable;

use super::HistoryEntry;
use super::nearest::unknown;
use super::reading::{Reading, Value, in_order};
use super::tokens::is_refused;

pub(super) const KEYS: [&str; 2] = ["keep", "max"];

const DAY: u64 = 24 * 60 * 60;
/// More would be `forever`, and a slip.
const MOST_DAYS: u64 = 36_500;
const MOST: u64 = 100_000_000;

/// How long a lookup is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keep {
    Forever,
    /// Whole days.
    For(Duration),
}

impl Keep {
    pub fn days(days: u64) -> Self {
        Self::For(Duration::from_secs(days * DAY))
    }

    /// `None` for ever.
    pub fn span(self) -> Option<Duration> {
        match self {
            Self::Forever => None,
            Self::For(span) => Some(span),
        }
    }
}

/// As it is written in the file.
impl std::fmt::Display for Keep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.span().map(|span| span.as_secs() / DAY) {
            None => f.write_str("forever"),
            Some(1) => f.write_str("1 day"),
            Some(days) => write!(f, "{days} days"),
        }
    }
}

pub(super) fn history(reading: &mut Reading<'_>, table: &DeTable<'_>) -> HistoryEntry {
    let mut entry = HistoryEntry::default();
    for (key, value) in in_order(table) {
        if is_refused(reading, key, value) {
            continue;
        }
        match key.get_ref().as_ref() {
            name @ "keep" => entry.keep = keep(reading, name, value),
            name @ "max" => entry.max = max(reading, name, value),
            name => {
                let quoted = reading.quoted(key.span(), name);
                reading.tell(key.span().start, unknown(name, &quoted, &KEYS));
            }
        }
    }
    entry
}

fn keep(reading: &mut Reading<'_>, key: &str, value: &Value<'_>) -> Option<Keep> {
    let text = reading.text(key, value, "90 days")?;
    let found = read(text);
    if found.is_none() {
        let quoted = reading.quoted(value.span(), text);
        let words = format!("{key} is \"forever\" or a time such as \"90 days\", not {quoted}");
        reading.tell(value.span().start, words);
    }
    found
}

fn read(text: &str) -> Option<Keep> {
    let text = text.trim().to_lowercase();
    if text == "forever" {
        return Some(Keep::Forever);
    }
    let unit = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (count, unit) = text.split_at(unit);
    let days = match unit.trim() {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return None,
    };
    let days = count.parse::<u64>().ok()?.checked_mul(days)?;
    (1..=MOST_DAYS).contains(&days).then(|| Keep::days(days))
}

fn max(reading: &mut Reading<'_>, key: &str, value: &Value<'_>) -> Option<u64> {
    let number = value.get_ref().as_integer();
    let number = number.and_then(|number| {
        let digits = number.as_str().replace('_', "");
        u64::from_str_radix(&digits, number.radix()).ok()
    });
    let found = number.filter(|number| (1..=MOST).contains(number));
    if found.is_none() {
        let words = format!("{key} is a number of lookups from 1 to {MOST}, such as 100000");
        reading.tell(value.span().start, words);
    }
    found
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::super::parse;
    use super::super::tests::told;
    use super::*;

    #[test]
    fn how_long_is_told_in_days_or_weeks() {
        for (text, keep, words) in [
            ("90 days", Keep::days(90), "90 days"),
            ("1 day", Keep::days(1), "1 day"),
            ("2 Weeks", Keep::days(14), "14 days"),
            ("30d", Keep::days(30), "30 days"),
            ("forever", Keep::Forever, "forever"),
        ] {
            let file = parse(&format!("[history]\nkeep = '{text}'\nmax = 1_000")).unwrap();
            assert_eq!(file.history.keep, Some(keep), "{text}");
            assert_eq!(file.history.max, Some(1000));
            assert_eq!(keep.to_string(), words);
        }
    }

    #[test]
    fn what_is_no_time_or_number_is_told() {
        let keep = |value: &str| {
            format!("line 2: keep is \"forever\" or a time such as \"90 days\", not \"{value}\"")
        };
        for (line, words) in [
            ("keep = '90'", keep("90")),
            ("keep = '0 days'", keep("0 days")),
            ("keep = 'soon'", keep("soon")),
            ("keep = '99999 days'", keep("99999 days")),
            (
                "keep = 90",
                "line 2: keep is a number and must be a text in quotes, such as keep = \"90 days\""
                    .to_owned(),
            ),
            (
                "max = 0",
                "line 2: max is a number of lookups from 1 to 100000000, such as 100000".to_owned(),
            ),
            (
                "max = 'all'",
                "line 2: max is a number of lookups from 1 to 100000000, such as 100000".to_owned(),
            ),
            (
                "kep = 1",
                "line 2: unknown key \"kep\"; the nearest is keep".to_owned(),
            ),
        ] {
            assert_eq!(told(&format!("[history]\n{line}")), [words]);
        }
        assert_eq!(
            told("history = 1"),
            ["line 1: history is a number and must be a table: [history]"]
        );
    }
}
