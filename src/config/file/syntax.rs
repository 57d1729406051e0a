//! The TOML parser's errors in words for people, with the line of each.
//! Never quotes the line: a token may stand in it.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::reading::Reading;
use crate::model::shown::visible;

/// Characters that are told of the parser's own words.
const LONGEST: usize = 160;
/// So many keys that stand twice are looked up; of the others only the second place is told.
const LOOKED_UP: usize = 50;
/// A key that is there already, which is no mistake of syntax.
const TWICE: &str = "duplicate key";
/// Behind these the parser reads no further.
const ENDS: [&str; 2] = ["key with no value", "missing value for key"];

/// The parser's beginning of an error, and what to say instead.
const WORDS: [(&str, &str); 13] = [
    (
        "string values must be quoted",
        "a text must stand in quotes, such as \"text\"",
    ),
    (
        "key with no value",
        "a key needs a value, such as key = \"text\"",
    ),
    (
        "invalid unquoted key",
        "a name with signs, blanks or letters beyond a to z must stand in straight quotes",
    ),
    ("missing escaped value", ESCAPE),
    ("too few unicode value digits", ESCAPE),
    ("invalid value, expected unicode", ESCAPE),
    ("invalid basic string, expected `\"`", UNCLOSED),
    ("invalid multi-line basic string, expected `\"`", UNCLOSED),
    ("invalid literal string, expected `'`", UNCLOSED),
    ("invalid multi-line literal string, expected `'`", UNCLOSED),
    (
        "cannot extend value of type",
        "this name already has a value, so it cannot be a table too",
    ),
    ("recursion limit", NESTED),
    ("cannot recurse further", NESTED),
];
const UNCLOSED: &str = "the text in quotes does not end: its last quote is missing";
const ESCAPE: &str = "a \\ in a text in double quotes has a meaning of its own; \
                      write \\\\, or put the text in single quotes";
const NESTED: &str = "the file has a key that is nested too deeply";

/// Tells what is no TOML. What can be read is given back: the text itself, or one as long with blanks instead of
/// lines that would hide those behind them.
pub(super) fn tell<'text>(
    reading: &mut Reading<'_>,
    text: &'text str,
    errors: &[Error],
) -> Cow<'text, str> {
    let mut readable = Cow::Borrowed(text);
    for error in errors.iter().filter(|error| error.message() != TWICE) {
        let span = error.span().unwrap_or_default();
        let at = span.start;
        let is_first =
            reading.tell_syntax(at, words(error.message(), reading.source(span).is_empty()));
        let line = reading.line(at);
        if reading.is_token_line(line) {
            reading.tell_token(at);
        }
        let line = reading.line_span(line);
        if reading.source(line.clone()).trim_start().starts_with('[') {
            // What follows a broken [table] would be taken for part of the one before.
            if is_first {
                blank(readable.to_mut(), line.start..table_end(text, line.end));
            }
        } else if ENDS.iter().any(|end| error.message().starts_with(end)) {
            blank(readable.to_mut(), line);
        }
    }
    readable
}

/// Tells the keys and tables that stand twice.
pub(super) fn tell_twice(reading: &mut Reading<'_>, text: &str, errors: &[Error]) {
    let twice = errors.iter().filter(|error| error.message() == TWICE);
    for (number, error) in twice.enumerate() {
        let span = error.span().unwrap_or_default();
        let first = (number < LOOKED_UP)
            .then(|| first_place(text, span.clone()))
            .flatten();
        reading.tell(span.start, words_of_twice(reading, span, first));
    }
}

fn words(message: &str, is_nothing: bool) -> String {
    if is_nothing && message.starts_with("string values must be quoted") {
        return "a value is missing behind the =".to_owned();
    }
    let known = WORDS.iter().find(|(start, _)| message.starts_with(start));
    if let Some((_, words)) = known {
        return (*words).to_owned();
    }
    let message = message.trim_end_matches(", expected nothing");
    let message: String = message.chars().take(LONGEST).collect();
    format!("this is not TOML: {}", visible(&message))
}

/// The byte at which the next `[table]` begins.
fn table_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let lines = rest.split_inclusive('\n');
    let within = lines.take_while(|line| !line.trim_start().starts_with('['));
    from + within.map(str::len).sum::<usize>()
}

/// Puts blanks where something stands. Lines and the places of all else remain.
fn blank(text: &mut String, span: Range<usize>) {
    let part = text.get(span.clone()).unwrap_or_default();
    let blank: String = part
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    text.replace_range(span, &blank);
}

fn words_of_twice(reading: &Reading<'_>, span: Range<usize>, first: Option<usize>) -> String {
    let name = reading.source(span.clone()).trim_matches(['"', '\'']);
    let name = reading.quoted(span, name);
    match first.map(|at| reading.line(at)) {
        Some(line) => format!("{name} stands here a second time, first in line {line}; keep one"),
        None => format!("{name} stands here a second time; keep one"),
    }
}

/// The byte at which the key before this one, written the same, starts.
fn first_place(text: &str, span: Range<usize>) -> Option<usize> {
    let name = text.get(span.clone())?;
    // The parser forgets the first of two tables, so only what stands before the second is read.
    let (before, _) = DeTable::parse_recoverable(text.get(..span.start)?);
    let mut first = None;
    let mut tables = vec![before.get_ref()];
    while let Some(table) = tables.pop() {
        for (key, value) in table {
            if text.get(key.span()) == Some(name) {
                first = first.max(Some(key.span().start));
            }
            if let DeValue::Table(table) = value.get_ref() {
                tables.push(table);
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;

    #[test]
    fn broken_lines_are_told_in_words_that_help_and_without_the_line() {
        for (text, words) in [
            ("x = hunter2", "a text must stand in quotes"),
            ("x =", "a value is missing"),
            ("hunter2: x", "a key needs a value"),
            ("hüntér = 1", "must stand in straight quotes"),
            ("x = \"hunter2", "its last quote is missing"),
            ("x = 'hunter2", "its last quote is missing"),
            (
                "x = \"C:\\hunter2\"",
                "write \\\\, or put the text in single quotes",
            ),
            (
                "x = \"C:\\Users\"",
                "write \\\\, or put the text in single quotes",
            ),
            (
                "x = \"\\ud800\"",
                "write \\\\, or put the text in single quotes",
            ),
            (
                "x = [\"hunter2\"",
                "this is not TOML: unclosed array, expected `]`",
            ),
            ("x = 01", "this is not TOML: unexpected leading zero"),
            (
                "[hunter2\n",
                "this is not TOML: unclosed table, expected `]`",
            ),
            ("x = 1\nx.y = 1", "already has a value"),
            (
                &"[".repeat(200).replacen('[', "x = [", 1),
                "nested too deeply",
            ),
            (&("a.".repeat(200) + "a = 1"), "nested too deeply"),
        ] {
            let told = told(text).concat();
            assert!(told.contains(words), "{text}: {told}");
            assert!(!told.contains("hunter2"), "{told}");
        }
    }

    #[test]
    fn what_follows_a_broken_line_is_read_nevertheless() {
        assert_eq!(
            told("nothing\n[ui]\ncolor = 1\n[ui\nclipboard = 1\n[uii]\n").len(),
            4
        );
        let text =
            "[profiles.a]\ntoken_env = \"A\"\n[profiles.b\ntoken_file = \"B\"\ntoken_env = \"B\"";
        assert_eq!(told(text).len(), 1);
    }

    #[test]
    fn a_profile_is_not_missed_where_its_table_cannot_be_read() {
        let told = told("default_profile = \"acme\"\n[profiles.acme\ntimeout = 1");
        assert_eq!(
            told,
            ["line 2: this is not TOML: unclosed table, expected `]`"]
        );
    }

    #[test]
    fn what_stands_twice_is_told_with_both_lines() {
        assert_eq!(
            told(
                "[profiles.acme]\ntimeout = 1\n[profiles.b]\ntimeout = 1\n[profiles.acme]\n\n[ui]\ncolor = \"auto\"\ncolor = \"auto\""
            ),
            [
                "line 5: \"acme\" stands here a second time, first in line 1; keep one",
                "line 9: \"color\" stands here a second time, first in line 8; keep one",
            ]
        );
        assert_eq!(
            told("[ui]\n\"color\" = \"auto\"\ncolor = \"auto\""),
            ["line 3: \"color\" stands here a second time; keep one"]
        );
    }
}
