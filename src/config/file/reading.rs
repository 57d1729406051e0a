//! One reading of a config file: its text, and the mistakes found in it so far.
//! Never quotes a text of the file without asking first whether it, or the line around it, may hold a token.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::mistake::{Mistake, listed};
use crate::model::id::looks_like_token;
use crate::model::shown::visible;

/// Characters that are quoted of a text.
const QUOTED: usize = 40;

const TOKEN: &str = "a token must not stand in this file: others may read, sync or share it; \
                     use token_env, token_file or token_command";

pub(super) type Key<'text> = Spanned<DeString<'text>>;
pub(super) type Value<'text> = Spanned<DeValue<'text>>;

pub(super) struct Reading<'text> {
    text: &'text str,
    /// The byte that each line starts at.
    starts: Vec<usize>,
    mistakes: Vec<Mistake>,
    /// Lines with a mistake of syntax: what else seems wrong there only follows from it.
    broken: BTreeSet<usize>,
    /// Lines in which a token was found.
    tokens: BTreeSet<usize>,
}

impl<'text> Reading<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
            mistakes: Vec::new(),
            broken: BTreeSet::new(),
            tokens: BTreeSet::new(),
        }
    }

    pub(super) fn mistakes(self) -> Vec<Mistake> {
        listed(self.mistakes)
    }

    /// The line of a byte, from 1. What is behind the last word is in its line.
    pub(super) fn line(&self, at: usize) -> usize {
        let at = at.min(self.text.trim_end().len());
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    /// As written, quotes and escapes too.
    pub(super) fn source(&self, span: Range<usize>) -> &'text str {
        self.text.get(span).unwrap_or_default()
    }

    /// The text at `span` looks like a token, as written or as meant.
    pub(super) fn is_token(&self, span: Range<usize>, text: &str) -> bool {
        looks_like_token(text) || looks_like_token(self.source(span))
    }

    /// The whole of a line, with its end.
    pub(super) fn line_span(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        start..self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// The line looks like it holds a token.
    pub(super) fn is_token_line(&self, line: usize) -> bool {
        looks_like_token(self.source(self.line_span(line)))
    }

    /// Nothing in the file is so broken that something else may only seem to be missing.
    pub(super) fn is_whole(&self) -> bool {
        self.broken.is_empty()
    }

    /// The text at `span`, short and harmless, in quotes. What may be a token, or part of one, stays out.
    pub(super) fn quoted(&self, span: Range<usize>, text: &str) -> String {
        let line = self.line(span.start);
        if self.is_token(span, text) || self.is_token_line(line) {
            return "(not shown, it may be a token)".to_owned();
        }
        let mut chars = text.chars();
        let shown: String = chars.by_ref().take(QUOTED).collect();
        let rest = if chars.next().is_some() { "…" } else { "" };
        format!("\"{}{rest}\"", visible(&shown))
    }

    /// Keeps a mistake, unless the line cannot be read anyway.
    pub(super) fn tell(&mut self, at: usize, words: impl Display) {
        let line = self.line(at);
        if !self.broken.contains(&line) {
            self.keep(line, words);
        }
    }

    /// Keeps a mistake of syntax, if it is the first one of its line. Whether it is.
    pub(super) fn tell_syntax(&mut self, at: usize, words: impl Display) -> bool {
        let line = self.line(at);
        let is_first = self.broken.insert(line);
        if is_first {
            self.keep(line, words);
        }
        is_first
    }

    /// Refuses a token, once a line.
    pub(super) fn tell_token(&mut self, at: usize) {
        let line = self.line(at);
        if self.tokens.insert(line) {
            self.keep(line, TOKEN);
        }
    }

    fn keep(&mut self, line: usize, words: impl Display) {
        let words = words.to_string();
        self.mistakes.push(Mistake { line, words });
    }

    /// What was accepted; else the reason is told.
    pub(super) fn accepted<T>(&mut self, at: usize, tried: Result<T, impl Display>) -> Option<T> {
        tried.map_err(|error| self.tell(at, error)).ok()
    }

    /// The text of a setting.
    pub(super) fn text<'value>(
        &mut self,
        key: &str,
        value: &'value Value<'_>,
        example: &str,
    ) -> Option<&'value str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let must = format!("a text in quotes, such as {key} = \"{example}\"");
            self.tell_kind(key, value, &must);
        }
        text
    }

    /// Says that a setting is of the wrong kind, unless there is none, which was told as a mistake of syntax.
    pub(super) fn tell_kind(&mut self, name: &str, value: &Value<'_>, must: &str) {
        let span = value.span();
        if !span.is_empty() {
            let kind = kind(value.get_ref());
            self.tell(span.start, format!("{name} is {kind} and must be {must}"));
        }
    }
}

/// The entries of a table as they follow each other in the file.
pub(super) fn in_order<'table, 'text>(
    table: &'table DeTable<'text>,
) -> Vec<(&'table Key<'text>, &'table Value<'text>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one_and_the_end_is_in_the_last_that_says_something() {
        let reading = Reading::new("a\r\nbé\n\nc\n\n");
        let lines: Vec<usize> = [0, 2, 3, 7, 8, 10, 99].map(|at| reading.line(at)).into();
        assert_eq!(lines, [1, 1, 2, 3, 4, 4, 4]);
        assert_eq!(Reading::new("").line(0), 1);
    }

    #[test]
    fn what_is_quoted_is_short_and_harmless() {
        let reading = Reading::new("key = 1");
        assert_eq!(reading.quoted(0..3, "a\x1b[2J\n"), "\"a␛[2J␊\"");
        let long = reading.quoted(0..3, &"é".repeat(9_000));
        assert_eq!(long, format!("\"{}…\"", "é".repeat(40)));
    }

    #[test]
    fn what_stands_in_a_line_with_a_token_is_not_quoted() {
        let reading = Reading::new("one = 1\nkey.eyJhbGciOiJIUzI1NiJ9.sig = 2");
        assert_eq!(reading.quoted(0..3, "one"), "\"one\"");
        assert_eq!(
            reading.quoted(8..11, "key"),
            "(not shown, it may be a token)"
        );
    }
}
