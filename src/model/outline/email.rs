//! The rows of an email's records: the newest one's facts, its text, and what the older ones said.
//! Never a record's status as the message's own: the section says whose it is.

use super::super::endpoint::Endpoint;
use super::super::html::readable;
use super::super::id::MessageId;
use super::super::message::Message;
use super::super::shown::Shown;
use super::super::snapshot::Snapshot;
use super::super::text::{count, span};
use super::{Lead, Role, Row, Rows, linked, values};

/// The facts of a record that are told before its others.
const FACTS: &[&str] = &["from", "to", "cc", "bcc", "subject", "error"];

/// The section of all records; nothing where the message names none.
pub(super) fn rows(rows: &mut Rows<'_>, snapshot: &Snapshot, message: &Message) {
    let ids = message.record_ids();
    rows.section("Email", true, |rows| {
        let newest = message.record().and_then(Message::id);
        let is_newest = |id: &MessageId| newest.as_deref() == Some(id.as_str());
        if let Some(record) = message.record() {
            facts(rows, record, 1);
        }
        let (first, others): (Vec<_>, Vec<_>) = ids.iter().rev().partition(|id| is_newest(id));
        for id in first.into_iter().chain(others) {
            let linked = snapshot.linked(&Endpoint::EmailRecord, id.as_str());
            self::record(rows, id, linked.map(AsRef::as_ref), is_newest(id));
        }
        let mut words = vec![match ids.len() {
            1 => "1 record".to_owned(),
            all => format!("{all} records"),
        }];
        if let Some(record) = message.record() {
            words.extend(record.status().map(|status| status.word().to_owned()));
            words.extend(provider(record));
        }
        words.join(" · ")
    });
}

/// One record: its id and how it was had, and all its fields below.
fn record(rows: &mut Rows<'_>, id: &MessageId, linked: Option<&Snapshot>, newest: bool) {
    let lead = Lead::Load(Endpoint::EmailRecord, id.clone());
    let Some(linked) = linked else {
        return rows.push(linked::unasked(rows.face, "record", id, lead));
    };
    let record = match &linked.outcome {
        Ok(record) => record,
        Err(failure) => {
            return rows.push(linked::failed(rows.face, "record", linked, failure, lead));
        }
    };
    let at = rows.rows.len();
    let took = span(linked.took);
    let mut words = vec![id.to_string()];
    if newest {
        words.push(format!("a lookup of its own, {took}"));
    } else {
        words.extend(record.status().map(|status| status.word().to_owned()));
        words.extend(
            record
                .added()
                .map(|at| at.strftime("%-d %b %Y %H:%M UTC").to_string()),
        );
    }
    rows.push(Row {
        open: false,
        ..Row::field("record", &words.join(" · "))
    });
    for field in record.fields() {
        if newest && (FACTS.contains(&field.name.as_str()) || field.name == "body") {
            continue;
        }
        values::rows_at(rows, field, 2);
    }
    rows.close(at);
}

/// From, to, subject and the reason of a failure, as far as they are given.
fn facts(rows: &mut Rows<'_>, record: &Message, depth: u8) {
    for name in FACTS {
        let Some(value) = record.field(name) else {
            continue;
        };
        let members = value.members();
        let words = match members.as_slice() {
            [] if matches!(value.raw(), "[]" | "{}" | "\"\"" | "null") => continue,
            [] => values::scalar(value),
            all => {
                let each: Vec<String> = all
                    .iter()
                    .map(|(_, one)| one.plain().into_owned())
                    .collect();
                Shown::line(&each.join(", "))
            }
        };
        let row = Row {
            label: Shown::line(name),
            value: words,
            ..Row::new(Role::Field, depth)
        };
        let source = members.is_empty().then(|| value.clone());
        rows.push(Row { source, ..row });
    }
}

fn provider(record: &Message) -> Option<String> {
    let provider = record.field("provider")?.string()?;
    (!provider.is_empty()).then(|| provider.into_owned())
}

/// The lines of a body, as text where it is HTML; tells what kind of text it is.
pub(super) fn html_lines(rows: &mut Rows<'_>, html: &str) -> String {
    let read = readable(html);
    for line in &read.lines {
        rows.push(Row {
            value: Shown::line(line),
            ..Row::new(Role::Text, 1)
        });
    }
    for (index, url) in read.links.iter().enumerate() {
        rows.push(Row::field(&format!("[{}]", index + 1), url));
    }
    let mut words = vec!["text/html as text".to_owned()];
    if read.is_cut {
        words.push("cut, it is too long".to_owned());
    }
    if read.unseen > 0 {
        let unseen = count(read.unseen as u64);
        words.push(format!("{unseen} characters that nobody sees left out"));
    }
    words.join(" · ")
}
