//! What differs between a message and the same one as it was before: the fields, by their JSON path.
//! Never more words than a row can hold, and never the answer's trace id, which is another each time.

use std::collections::HashMap;

use super::super::json::{Json, JsonKind, is_plain};
use super::super::message::Message;

/// A field that is another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Change {
    /// `meta.call.duration`, `attachments[1]`.
    pub(super) path: String,
    /// `old → new`, hostile until made `Shown`.
    pub(super) words: String,
}

/// All that changed, of which the first ones are told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Changes {
    pub(super) told: Vec<Change>,
    pub(super) all: usize,
}

/// Changes told one by one; the answers side by side show the others.
const MOST: usize = 100;
/// Levels compared member by member.
const DEPTH: usize = 64;
/// Values up to so many bytes are told whole.
const WHOLE: usize = 100;
/// Of longer ones so many characters are told,
const PART: usize = 60;
/// from so many before where they part.
const BEFORE: usize = 16;

/// What changed from `old` to `new`.
pub(super) fn changes(old: &Message, new: &Message) -> Changes {
    let of = |message: &Message| {
        let fields = message.fields().iter();
        let fields = fields.filter(|field| field.name != "traceId");
        let named = fields.map(|field| (field.name.clone(), field.value.clone()));
        named.collect::<Vec<_>>()
    };
    let mut changes = Changes::default();
    changes.members("", of(old), of(new), 0);
    changes
}

impl Changes {
    fn push(&mut self, path: &str, words: impl FnOnce() -> String) {
        self.all += 1;
        if self.told.len() < MOST {
            self.told.push(Change {
                path: path.to_owned(),
                words: words(),
            });
        }
    }

    fn values(&mut self, path: &str, old: &Json, new: &Json, depth: usize) {
        match (old.kind(), new.kind()) {
            (JsonKind::Object, JsonKind::Object) if depth < DEPTH => {
                self.members(path, named(old), named(new), depth + 1);
            }
            (JsonKind::Array, JsonKind::Array) if depth < DEPTH => {
                self.elements(path, old, new, depth + 1);
            }
            // The same text, escaped in another way.
            (JsonKind::String, JsonKind::String) if old.plain() == new.plain() => {}
            _ => self.push(path, || change_words(old, new)),
        }
    }

    /// Members by name; of several with one name the last counts, as parsers commonly choose.
    fn members(
        &mut self,
        path: &str,
        old: Vec<(String, Json)>,
        new: Vec<(String, Json)>,
        depth: usize,
    ) {
        let before: HashMap<&str, &Json> = by_name(&old);
        let after: HashMap<&str, &Json> = by_name(&new);
        let is_last = |map: &HashMap<&str, &Json>, name: &str, value: &Json| {
            map.get(name).is_some_and(|last| std::ptr::eq(*last, value))
        };
        for (name, value) in &new {
            if !is_last(&after, name, value) {
                continue;
            }
            match before.get(name.as_str()) {
                Some(old) if old.raw() == value.raw() => {}
                Some(old) => self.values(&member_path(path, name), old, value, depth),
                None => self.push(&member_path(path, name), || {
                    format!("added: {}", alone(value))
                }),
            }
        }
        for (name, value) in &old {
            if is_last(&before, name, value) && !after.contains_key(name.as_str()) {
                self.push(&member_path(path, name), || {
                    format!("removed: {}", alone(value))
                });
            }
        }
    }

    fn elements(&mut self, path: &str, old: &Json, new: &Json, depth: usize) {
        let (old, new) = (old.members(), new.members());
        for (index, ((_, old), (_, new))) in old.iter().zip(&new).enumerate() {
            if old.raw() != new.raw() {
                self.values(&format!("{path}[{index}]"), old, new, depth);
            }
        }
        let both = old.len().min(new.len());
        for (index, (_, value)) in new.iter().enumerate().skip(both) {
            self.push(&format!("{path}[{index}]"), || {
                format!("added: {}", alone(value))
            });
        }
        for (index, (_, value)) in old.iter().enumerate().skip(both) {
            self.push(&format!("{path}[{index}]"), || {
                format!("removed: {}", alone(value))
            });
        }
    }
}

fn named(object: &Json) -> Vec<(String, Json)> {
    let members = object.members().into_iter();
    members
        .filter_map(|(name, value)| Some((name?, value)))
        .collect()
}

fn by_name(members: &[(String, Json)]) -> HashMap<&str, &Json> {
    let members = members.iter();
    members
        .map(|(name, value)| (name.as_str(), value))
        .collect()
}

fn member_path(path: &str, name: &str) -> String {
    match (path, is_plain(name)) {
        ("", true) => name.to_owned(),
        (_, true) => format!("{path}.{name}"),
        (_, false) => format!("{path}[{}]", serde_json::Value::from(name)),
    }
}

/// A value that stands alone.
fn alone(value: &Json) -> String {
    part(&scalar(value), 0)
}

/// A string's text, all else as sent; an empty string is said.
fn scalar(value: &Json) -> String {
    match value.plain() {
        text if text.is_empty() => "\"\"".to_owned(),
        text => text.into_owned(),
    }
}

fn change_words(old: &Json, new: &Json) -> String {
    let (mut before, mut after) = (scalar(old), scalar(new));
    if before == after {
        // A number that was sent as a string, or the other way round.
        (before, after) = (old.raw().to_owned(), new.raw().to_owned());
    }
    let same = before.bytes().zip(after.bytes());
    let same = same.take_while(|(before, after)| before == after).count();
    let from = match time_of_day(&before, &after) {
        // Two times of one day.
        Some(time) if same >= time => return format!("{} → {}", &before[time..], &after[time..]),
        _ if before.len() <= WHOLE && after.len() <= WHOLE => 0,
        _ => {
            let same = before.floor_char_boundary(same);
            let context = before[..same].char_indices().rev().nth(BEFORE - 1);
            context.map_or(0, |(start, _)| start)
        }
    };
    format!("{} → {}", part(&before, from), part(&after, from))
}

/// Where the time begins in two ISO times.
fn time_of_day(before: &str, after: &str) -> Option<usize> {
    let is_time = |text: &str| text.is_ascii() && text.parse::<jiff::Timestamp>().is_ok();
    let at = before.find('T')? + 1;
    (is_time(before) && is_time(after)).then_some(at)
}

/// A text from a byte on, cut at both ends where it is long.
fn part(text: &str, from: usize) -> String {
    let rest = text.get(from..).unwrap_or_default();
    let start = if from > 0 { "…" } else { "" };
    let most = if from == 0 && text.len() <= WHOLE {
        WHOLE
    } else {
        PART
    };
    match rest.char_indices().nth(most) {
        Some((end, _)) => format!("{start}{}…", &rest[..end]),
        None => format!("{start}{rest}"),
    }
}
