//! Reading a filter as it is typed, half a word or half a field too.
//! Never a panic or a refusal, whatever is typed.

use std::time::Duration;

use super::{Filter, FilterNote, Since, Term};
use crate::model::status::Direction;

pub(super) const FIELDS: [&str; 7] = ["status", "type", "dir", "profile", "id", "since", "is"];

/// A part of the text between blanks; blanks within quotes are part of it.
#[derive(Default)]
struct Part {
    /// Without its quotes.
    text: String,
    /// Bytes of `text` before the first quote, where there is one.
    quoted: Option<usize>,
    /// The last quote was not closed.
    open: bool,
}

pub(super) fn read(text: &str) -> Filter {
    let mut filter = Filter::default();
    for part in parts(text) {
        term(part, &mut filter);
    }
    filter
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut part = Part::default();
    for letter in text.chars() {
        if letter == '"' {
            part.quoted.get_or_insert(part.text.len());
            part.open = !part.open;
        } else if letter.is_whitespace() && !part.open {
            parts.push(std::mem::take(&mut part));
        } else {
            part.text.push(letter);
        }
    }
    parts.push(part);
    parts
}

fn term(part: Part, filter: &mut Filter) {
    // A colon within quotes names no field.
    let unquoted = part.quoted.unwrap_or(part.text.len());
    let named = part.text.split_once(':');
    let named = named.filter(|(name, _)| name.len() < unquoted && is_name(name));
    let Some((name, value)) = named else {
        return words(part.text, part.quoted.is_some(), part.open, filter);
    };
    let Some(field) = FIELDS
        .into_iter()
        .find(|field| *field == name.to_lowercase())
    else {
        // An address is not meant as a field.
        if !value.starts_with("//") {
            filter.notes.push(FilterNote::Field(name.to_owned()));
        }
        return words(part.text, part.quoted.is_some(), part.open, filter);
    };
    if value.is_empty() {
        return;
    }
    match field_term(field, value) {
        Ok(term) => filter.terms.push(term),
        Err(takes) => {
            let value = value.to_owned();
            // Half a time is not searched for as a word: it is about to become one.
            let is_begun =
                field == "since" && value.chars().all(|c| c.is_ascii_digit() || c == '-');
            filter.notes.push(FilterNote::Value {
                field,
                value,
                takes,
            });
            if !is_begun {
                words(part.text, part.quoted.is_some(), part.open, filter);
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(char::is_alphabetic)
}

/// The term, or what the field takes.
fn field_term(field: &str, value: &str) -> Result<Term, &'static str> {
    let lower = value.to_lowercase();
    let begins = |word: &str| word.starts_with(&lower);
    match field {
        "status" => Ok(Term::Status(lower)),
        "type" => Ok(Term::Kind(lower)),
        "profile" => Ok(Term::Profile(lower)),
        "id" => Ok(Term::Id(lower)),
        "dir" if begins("inbound") => Ok(Term::Direction(Direction::Inbound)),
        "dir" if begins("outbound") => Ok(Term::Direction(Direction::Outbound)),
        "dir" => Err("in or out"),
        "is" if begins("pinned") => Ok(Term::Pinned),
        "is" if begins("failed") => Ok(Term::Failed),
        "is" => Err("pinned or failed"),
        _ => since(&lower)
            .map(Term::Since)
            .ok_or("30m, 2h, 2d, 3w or a day such as 2026-11-20"),
    }
}

fn since(value: &str) -> Option<Since> {
    if let Ok(day) = value.parse() {
        return (value.len() == "2026-11-20".len()).then_some(Since::Day(day));
    }
    span(value).map(Since::Ago)
}

pub(super) fn span(value: &str) -> Option<Duration> {
    let unit = value.chars().last()?;
    let seconds = match unit {
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        'w' => 7 * 24 * 60 * 60,
        _ => return None,
    };
    let count: u64 = value[..value.len() - 1].parse().ok()?;
    let ago = count.checked_mul(seconds)?;
    Some(Duration::from_secs(ago))
}

fn words(text: String, quoted: bool, open: bool, filter: &mut Filter) {
    // Signs alone are no word: they are searched for nowhere.
    if text.chars().any(char::is_alphanumeric) {
        filter.terms.push(if quoted {
            Term::Phrase { text, open }
        } else {
            Term::Word(text)
        });
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str) -> Term {
        Term::Word(text.to_owned())
    }

    #[test]
    fn words_and_fields_stand_in_any_order() {
        let filter = Filter::new(
            "Müller status:Failed type:sms dir:in profile:acme id:ve9 is:pin since:2d x",
        );
        assert_eq!(
            filter.terms,
            [
                word("Müller"),
                Term::Status("failed".to_owned()),
                Term::Kind("sms".to_owned()),
                Term::Direction(Direction::Inbound),
                Term::Profile("acme".to_owned()),
                Term::Id("ve9".to_owned()),
                Term::Pinned,
                Term::Since(Since::Ago(Duration::from_hours(48))),
                word("x"),
            ]
        );
        assert_eq!(filter.notes, []);
        assert_eq!(filter.words().collect::<Vec<_>>(), ["Müller", "x"]);
    }

    #[test]
    fn quotes_make_a_phrase_and_keep_blanks_in_a_value() {
        let phrase = |text: &str, open| Term::Phrase {
            text: text.to_owned(),
            open,
        };
        assert_eq!(
            Filter::new("\"two words\"").terms,
            [phrase("two words", false)]
        );
        assert_eq!(Filter::new("\"two wor").terms, [phrase("two wor", true)]);
        assert_eq!(
            Filter::new("\"status:x\"").terms,
            [phrase("status:x", false)]
        );
        assert_eq!(
            Filter::new("profile:\"My Acme\"").terms,
            [Term::Profile("my acme".to_owned())]
        );
    }

    #[test]
    fn a_field_without_a_value_yet_filters_nothing() {
        for text in [
            "",
            "  ",
            "status:",
            "since:",
            "since:2",
            "since:2026-11-",
            "dir:",
            "…",
            "-",
        ] {
            assert!(Filter::new(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_no_field_or_value_is_searched_for_and_told() {
        let filter = Filter::new("colour:red");
        assert_eq!(filter.terms, [word("colour:red")]);
        assert_eq!(
            filter.notes[0].to_string(),
            "there is no field colour: it is searched for as words; \
             fields are status, type, dir, profile, id, since, is"
        );
        let filter = Filter::new("dir:up since:soon");
        assert_eq!(filter.terms, [word("dir:up"), word("since:soon")]);
        let notes: Vec<String> = filter.notes.iter().map(FilterNote::to_string).collect();
        assert_eq!(
            notes,
            [
                "dir: takes in or out, not up",
                "since: takes 30m, 2h, 2d, 3w or a day such as 2026-11-20, not soon"
            ]
        );
        assert_eq!(Filter::new("https://a.example 12:30").notes, []);
    }

    #[test]
    fn since_is_a_span_or_a_day() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        for (text, moment) in [
            ("since:30m", "2026-11-23T11:30:00Z"),
            ("since:2H", "2026-11-23T10:00:00Z"),
            ("since:3w", "2026-11-02T12:00:00Z"),
            ("since:2026-11-20", "2026-11-20T00:00:00Z"),
        ] {
            let filter = Filter::new(text);
            let Some(Term::Since(since)) = filter.terms.first() else {
                unreachable!("{text}: {filter:?}");
            };
            assert_eq!(since.moment(now), moment.parse().unwrap(), "{text}");
        }
        let long = Filter::new("since:99999999999w");
        let [Term::Since(since)] = long.terms.as_slice() else {
            unreachable!("{long:?}");
        };
        assert_eq!(since.moment(now), Timestamp::MIN);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_nothing_panics(text in "\\PC{0,40}|(is|dir|since|id|x):\"?\\PC{0,9}") {
            let filter = Filter::new(&text);
            prop_assert!(filter.words().all(|word| !word.is_empty()));
        }
    }
}
