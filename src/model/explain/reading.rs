//! Reading entries out of a file of explanations, the program's own or the user's.
//! Never stops at the first fault, and never puts one into words that quote the file: whoever reads it does.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::super::status::{Direction, Finality};
use super::entry::{Entry, Evidence, FAMILIES};
use super::scan::plain;

/// The name of an entry's table.
pub(super) const TABLE: &str = "entry";

/// What an entry may hold.
pub(super) const KEYS: [&str; 15] = [
    "status",
    "call",
    "code",
    "phrase",
    "canonical",
    "family",
    "type",
    "direction",
    "meaning",
    "final",
    "next",
    "late",
    "short",
    "evidence",
    "source",
];

type Key<'text> = Spanned<DeString<'text>>;
type Value<'text> = Spanned<DeValue<'text>>;

/// What is wrong in a file of explanations.
pub enum Fault<'a, 'text> {
    /// A key that is none of those that are known there.
    Key(&'a Key<'text>, &'static [&'static str]),
    /// A value of another kind than it must be.
    Kind(&'static str, &'a Value<'text>, &'static str),
    /// A word that is none of those that there are: of which key, and where.
    Word(&'static str, &'a Value<'text>, Vec<&'static str>),
    /// Something else, at a byte.
    Other(usize, String),
}

/// The entries of a file, those without a fault; what is wrong is told.
pub fn read<'a, 'text>(
    root: &'a DeTable<'text>,
    tell: &mut dyn FnMut(Fault<'a, 'text>),
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (key, value) in in_order(root) {
        if key.get_ref() != TABLE {
            tell(Fault::Key(key, &[TABLE]));
            continue;
        }
        let DeValue::Array(tables) = value.get_ref() else {
            let must = "tables with two brackets: [[entry]]";
            tell(Fault::Kind(TABLE, value, must));
            continue;
        };
        for table in tables {
            match table.get_ref() {
                DeValue::Table(own) => entries.extend(entry(table.span().start, own, tell)),
                _ => tell(Fault::Kind(TABLE, table, "a table: [[entry]]")),
            }
        }
    }
    entries
}

fn entry<'a, 'text>(
    at: usize,
    table: &'a DeTable<'text>,
    tell: &mut dyn FnMut(Fault<'a, 'text>),
) -> Option<Entry> {
    let mut entry = Entry {
        statuses: Vec::new(),
        calls: Vec::new(),
        codes: Vec::new(),
        phrases: Vec::new(),
        canonical: Vec::new(),
        families: Vec::new(),
        types: Vec::new(),
        direction: None,
        meaning: String::new(),
        finality: Finality::May,
        next: String::new(),
        late: None,
        short: None,
        evidence: None,
        source: None,
    };
    let mut faults = 0;
    let tell = &mut |fault: Fault<'a, 'text>| {
        faults += 1;
        tell(fault);
    };
    for (key, value) in in_order(table) {
        match key.get_ref().as_ref() {
            "status" => entry.statuses = texts("status", value, tell),
            "call" => entry.calls = texts("call", value, tell),
            "code" => entry.codes = texts("code", value, tell),
            "phrase" => {
                let phrases = texts("phrase", value, tell);
                entry.phrases = phrases.iter().map(|phrase| plain(phrase)).collect();
                if entry.phrases.iter().any(String::is_empty) {
                    let words = "a phrase needs some words".to_owned();
                    tell(Fault::Other(value.span().start, words));
                }
            }
            "canonical" => entry.canonical = texts("canonical", value, tell),
            "type" => entry.types = texts("type", value, tell),
            "family" => {
                let words = FAMILIES.map(|(word, ..)| word);
                for (value, text) in each("family", value, tell) {
                    match FAMILIES.iter().find(|(word, ..)| *word == text) {
                        Some((_, family, _)) => entry.families.push(*family),
                        None => tell(Fault::Word("family", value, words.to_vec())),
                    }
                }
            }
            "direction" => {
                let words = [
                    ("inbound", Direction::Inbound),
                    ("outbound", Direction::Outbound),
                ];
                entry.direction = word("direction", value, &words, tell);
            }
            "final" => {
                let words = [
                    ("yes", Finality::Final),
                    ("no", Finality::No),
                    ("maybe", Finality::May),
                ];
                entry.finality = word("final", value, &words, tell).unwrap_or(Finality::May);
            }
            "evidence" => {
                let words = Evidence::ALL.map(|evidence| (evidence.word(), evidence));
                entry.evidence = word("evidence", value, &words, tell);
            }
            "meaning" => entry.meaning = text("meaning", value, tell).unwrap_or_default(),
            "next" => entry.next = text("next", value, tell).unwrap_or_default(),
            "late" => entry.late = text("late", value, tell),
            "short" => entry.short = text("short", value, tell),
            "source" => entry.source = text("source", value, tell),
            _ => tell(Fault::Key(key, &KEYS)),
        }
    }
    let has = |name: &str| table.iter().any(|(key, _)| key.get_ref() == name);
    let is_for = ["status", "call", "code", "phrase", "canonical"]
        .iter()
        .any(|name| has(name));
    let missing = [
        (
            !is_for,
            "an entry explains something: it needs a status, call, code, phrase or canonical",
        ),
        (
            !has("meaning"),
            "an entry needs a meaning, such as meaning = \"The line was busy.\"",
        ),
        (
            has("code") && !has("family"),
            "a code means something else on each channel: it needs a family",
        ),
    ];
    for (_, words) in missing.into_iter().filter(|(is_missing, _)| *is_missing) {
        tell(Fault::Other(at, words.to_owned()));
    }
    (faults == 0).then_some(entry)
}

/// A text or a list of texts; a code may be a number.
fn texts<'a, 'text>(
    key: &'static str,
    value: &'a Value<'text>,
    tell: &mut dyn FnMut(Fault<'a, 'text>),
) -> Vec<String> {
    let all = each(key, value, tell);
    all.into_iter().map(|(_, text)| text).collect()
}

fn each<'a, 'text>(
    key: &'static str,
    value: &'a Value<'text>,
    tell: &mut dyn FnMut(Fault<'a, 'text>),
) -> Vec<(&'a Value<'text>, String)> {
    let values: Vec<_> = match value.get_ref() {
        DeValue::Array(values) => values.iter().collect(),
        _ => vec![value],
    };
    let mut texts = Vec::new();
    for value in values {
        let text = match value.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()),
            DeValue::Integer(number) if key == "code" => Some(number.as_str().to_owned()),
            _ => None,
        };
        match text {
            Some(text) => texts.push((value, text)),
            None => tell(Fault::Kind(
                key,
                value,
                "a text in quotes, or a list of them",
            )),
        }
    }
    texts
}

fn text<'a, 'text>(
    key: &'static str,
    value: &'a Value<'text>,
    tell: &mut dyn FnMut(Fault<'a, 'text>),
) -> Option<String> {
    let text = value.get_ref().as_str().map(str::trim);
    if text.is_none() {
        tell(Fault::Kind(key, value, "a text in quotes"));
    }
    text.map(str::to_owned)
}

fn word<'a, 'text, T: Clone>(
    key: &'static str,
    value: &'a Value<'text>,
    words: &[(&'static str, T)],
    tell: &mut dyn FnMut(Fault<'a, 'text>),
) -> Option<T> {
    let text = text(key, value, tell)?;
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let words = words.iter().map(|(word, _)| *word).collect();
        tell(Fault::Word(key, value, words));
    }
    found.map(|(_, meant)| meant.clone())
}

/// As they follow each other in the file.
fn in_order<'a, 'text>(table: &'a DeTable<'text>) -> Vec<(&'a Key<'text>, &'a Value<'text>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}
