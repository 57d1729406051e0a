//! The timeline: a message's lookups in order, how long each status was seen for, and what changed between them.
//! Never the status's own length: that is known only where `dateUpdated` tells it.

mod beside;
mod changes;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::message::Message;
use super::outline::{Cells, Head, Outline, Role, Row, Rows, When};
use super::shown::Shown;
use super::snapshot::Snapshot;
use super::status::Tone;
use super::text::{between, clock, span};
use super::verdict::status_word;

pub use beside::beside;
use changes::{Changes, changes};

/// A message's lookups, oldest first, and their rows.
#[derive(Clone, PartialEq, Debug)]
pub struct Timeline {
    pub lookups: Vec<Lookup>,
    pub outline: Arc<Outline>,
    /// The row of the last lookup that changed something: where the cursor starts.
    pub start: usize,
}

/// A lookup of the timeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Lookup {
    pub snapshot: Arc<Snapshot>,
    /// The place of the lookup it is compared with: the last one that brought a message, for one that brought one
    /// too, else the one before.
    pub before: Option<usize>,
    /// Its row.
    pub row: usize,
}

impl Timeline {
    /// The lookup that a row belongs to; none above the first.
    pub fn at_row(&self, row: usize) -> Option<&Lookup> {
        let behind = self.lookups.partition_point(|lookup| lookup.row <= row);
        self.lookups.get(behind.checked_sub(1)?)
    }
}

/// The timeline of lookups of one message, oldest first, as it is told at `now`.
pub fn timeline(snapshots: &[Arc<Snapshot>], now: Timestamp) -> Timeline {
    let mut rows = Rows::new();
    let summary = summary(snapshots);
    rows.push(Row::text(Role::Text, &summary));
    rows.push(Row::new(Role::Blank, 0));
    rows.push(heads());
    let mut lookups: Vec<Lookup> = Vec::new();
    let (mut good, mut start) = (None, None);
    let mut told = day(now);
    for (place, snapshot) in snapshots.iter().enumerate() {
        let own = day(snapshot.at);
        if own != told {
            rows.push(Row {
                label: Shown::line(&own),
                ..Row::new(Role::Day, 0)
            });
            told = own;
        }
        let row = rows.rows.len();
        let next = snapshots.get(place + 1);
        let seen = next.map(|next| between(snapshot.at, next.at));
        let earlier = good.and_then(|place: usize| message_of(&snapshots[place]));
        let before = match snapshot.outcome {
            Ok(_) => good.replace(place),
            Err(_) => place.checked_sub(1),
        };
        if lookup(&mut rows, snapshot, earlier, seen) {
            start = Some(row);
        }
        lookups.push(Lookup {
            snapshot: Arc::clone(snapshot),
            before,
            row,
        });
    }
    let first = lookups.first().map_or(0, |lookup| lookup.row);
    let start = start.unwrap_or(first);
    if let Some(row) = rows.rows.get_mut(start) {
        row.open = true;
    }
    let head = head(snapshots, now);
    let sentence = sentence(snapshots, &summary);
    Timeline {
        lookups,
        outline: Arc::new(rows.into_outline(head, sentence)),
        start,
    }
}

fn message_of(snapshot: &Snapshot) -> Option<&Message> {
    snapshot.outcome.as_ref().ok()
}

/// `Wed 4 Mar 2026`.
fn day(at: Timestamp) -> String {
    at.strftime("%a %-d %b %Y").to_string()
}

fn heads() -> Row {
    Row {
        label: Shown::fixed("asked, UTC"),
        cells: Some(Box::new(Cells {
            word: Shown::fixed("status"),
            seen: Shown::fixed("seen for"),
            short: Shown::fixed("changed"),
            ..Cells::default()
        })),
        ..Row::text(Role::Heads, "changed since the lookup before")
    }
}

/// The row of a lookup and, below it, its changes. Whether there were any.
fn lookup(
    rows: &mut Rows<'_>,
    snapshot: &Snapshot,
    earlier: Option<&Message>,
    seen: Option<Duration>,
) -> bool {
    let (tone, word) = status(snapshot);
    let changes = message_of(snapshot)
        .zip(earlier)
        .map(|(own, earlier)| changes(earlier, own));
    let (value, short) = changed_words(snapshot, changes.as_ref());
    let cells = Cells {
        tone: Some(tone),
        word: Shown::line(&word),
        seen: Shown::line(&seen.map_or_else(|| "now".to_owned(), span)),
        short: Shown::line(&short),
        ..Cells::default()
    };
    let at = rows.rows.len();
    rows.push(Row {
        label: Shown::line(&snapshot.at.strftime("%H:%M:%S").to_string()),
        cells: Some(Box::new(cells)),
        open: false,
        ..Row::text(Role::Lookup, &value)
    });
    let changes = changes.unwrap_or_default();
    for change in &changes.told {
        rows.push(Row {
            label: Shown::line(&change.path),
            ..Row::text(Role::Change, &change.words)
        });
    }
    let untold = changes.all - changes.told.len();
    if untold > 0 {
        let words = format!("{untold} more fields changed");
        rows.push(Row::text(Role::Change, &words));
    }
    rows.close(at);
    changes.all > 0
}

/// The status of a lookup in its tone; what it ended in, where it failed.
fn status(snapshot: &Snapshot) -> (Tone, String) {
    match &snapshot.outcome {
        Ok(message) => (message.tone(), status_word(message)),
        Err(failure) => (Tone::Trouble, failure.title().to_owned()),
    }
}

/// What a lookup changed, at length and where there is little room.
fn changed_words(snapshot: &Snapshot, changes: Option<&Changes>) -> (String, String) {
    let same = |words: &str| (words.to_owned(), words.to_owned());
    match (&snapshot.outcome, changes) {
        (Err(failure), _) => {
            let http = failure.http.map(|http| format!(" · {http}"));
            let http = http.unwrap_or_default();
            (format!("lookup failed{http}"), "lookup failed".to_owned())
        }
        (Ok(_), None) => same("first seen"),
        (Ok(_), Some(changes)) => match (changes.all, changes.told.as_slice()) {
            (0, _) => same("nothing"),
            (1, [only]) => same(&only.path),
            (all, told) => {
                let names: Vec<&str> = told.iter().map(|change| change.path.as_str()).collect();
                (names.join(", "), format!("{all} fields"))
            }
        },
    }
}

/// Statuses named at most; of more, those at both ends.
const STATUSES: usize = 9;

/// `4 lookups in 14 min: pending → sent → delivered`, equal ones in a row once.
fn summary(snapshots: &[Arc<Snapshot>]) -> String {
    let mut words: Vec<String> = snapshots.iter().map(|one| status(one).1).collect();
    words.dedup();
    if words.len() > STATUSES {
        let left_out = 2..words.len() - (STATUSES - 3);
        words.splice(left_out, ["…".to_owned()]);
    }
    let words = words.join(" → ");
    let (Some(first), Some(last)) = (snapshots.first(), snapshots.last()) else {
        return String::new();
    };
    match snapshots.len() {
        1 => format!("1 lookup: {words}"),
        all => {
            let length = span(between(first.at, last.at));
            format!("{all} lookups in {length}: {words}")
        }
    }
}

/// The timeline in one line, for `y` on the headline.
fn sentence(snapshots: &[Arc<Snapshot>], summary: &str) -> String {
    let id = snapshots.last().map(|last| last.asked.id.as_str());
    let told = format!("Message {}: {summary}.", id.unwrap_or_default());
    Shown::line(&told).as_str().to_owned()
}

/// The newest message's status and since when it has stood; the failure, where no lookup brought a message.
fn head(snapshots: &[Arc<Snapshot>], now: Timestamp) -> Option<Head> {
    let newest = snapshots.iter().rev().find_map(|one| message_of(one));
    let Some(message) = newest else {
        let last = snapshots.last()?;
        let (tone, word) = status(last);
        return Some(Head {
            tone,
            word: Shown::line(&word),
            direction: None,
            kind: Shown::default(),
            done: None,
            when: When::Asked(last.at, last.took),
        });
    };
    let kind = message.kind();
    let id = snapshots.last().map(|last| last.asked.id.as_str());
    Some(Head {
        tone: message.tone(),
        word: Shown::line(&status_word(message)),
        direction: message.direction().map(|direction| {
            let word = Shown::line(direction.word());
            (direction, word)
        }),
        kind: Shown::line(kind.as_ref().map_or("unknown type", |kind| kind.short())),
        done: None,
        when: When::Told(since(snapshots, message, id.unwrap_or_default(), now)),
    })
}

/// `<id>    final since 17:50:29 UTC`, from the longest to the shortest form.
fn since(snapshots: &[Arc<Snapshot>], newest: &Message, id: &str, now: Timestamp) -> Vec<String> {
    let word = status_word(newest);
    let good = snapshots.iter().rev();
    let mut good = good.filter_map(|one| Some((one.at, message_of(one)?)));
    let mut first = None;
    let mut earlier = None;
    for (at, message) in good.by_ref() {
        if status_word(message) != word {
            earlier = Some(at);
            break;
        }
        first = Some((at, message));
    }
    let Some((seen, message)) = first else {
        return Vec::new();
    };
    // Of a change since then the message's own time tells nothing of the status.
    let own = message
        .updated()
        .filter(|own| *own <= seen && earlier.is_none_or(|earlier| earlier < *own));
    let since = if own.is_some() { "since" } else { "seen since" };
    let at = own.unwrap_or(seen);
    let time = clock(at, now, "%H:%M:%S");
    let last = if newest.is_final() { "final " } else { "" };
    let id = Shown::line(id);
    vec![
        format!("{id}   {last}{since} {time} UTC"),
        format!("{last}{since} {time} UTC"),
        format!("{since} {time}"),
    ]
}

#[cfg(test)]
mod tests;
