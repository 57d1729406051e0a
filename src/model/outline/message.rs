//! The rows of a message: verdict, body, attachments, call, all fields, the answer itself.
//! Never an empty section, and never a field that is not shown.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::endpoint::Endpoint;
use super::super::explain::Explanations;
use super::super::json::JsonKind;
use super::super::kind::{Family, Kind};
use super::super::link::copyable;
use super::super::message::{Field, Message};
use super::super::saving::FileKind;
use super::super::shown::Shown;
use super::super::snapshot::Snapshot;
use super::super::status::source_meaning;
use super::super::text::{count, span};
use super::super::verdict::{self, Verdict, verdict_of};
use super::head::{Head, When};
use super::{Role, Row, Rows, call, conversation, email, linked, trouble, values};

/// The order of the documented fields; the others follow as sent.
const ORDER: &[&str] = &[
    "id",
    "messageId",
    "locationId",
    "contactId",
    "conversationId",
    "from",
    "to",
    "subject",
    "source",
    "userId",
    "dateAdded",
    "dateUpdated",
    "messageType",
    "type",
    "error",
    "altId",
    "direction",
    "status",
    "contentType",
    "body",
    "attachments",
    "meta",
];

pub(super) fn rows(
    rows: &mut Rows<'_>,
    explanations: &Explanations,
    snapshot: &Snapshot,
    message: &Message,
    zone: &TimeZone,
) -> (Head, String) {
    if message.is_conversation() {
        return conversation::alone(rows, snapshot, message);
    }
    let verdict = verdict_of(snapshot, message, explanations);
    verdict_rows(rows, snapshot, &verdict);
    email::rows(rows, snapshot, message);
    let characters = body(rows, message);
    attachments(rows, message);
    call::rows(rows, message);
    call::transcript(rows, snapshot, message);
    fields(rows, message, zone, characters);
    trouble::profiles(rows, snapshot);
    linked::rows(rows, snapshot, message);
    response(rows, snapshot, message);
    let sentence = verdict::sentence(message, &verdict, snapshot.asked.id.as_str());
    (
        head(message, &verdict),
        Shown::line(&sentence).as_str().to_owned(),
    )
}

fn head(message: &Message, verdict: &Verdict) -> Head {
    let kind = message.kind();
    let short = kind.as_ref().map_or("unknown type", |kind| kind.short());
    let detail = verdict
        .detail
        .as_deref()
        .map(|detail| format!(" · {detail}"))
        .unwrap_or_default();
    Head {
        tone: verdict.tone,
        word: Shown::line(&verdict.word),
        direction: message.direction().map(|direction| {
            let word = Shown::line(direction.word());
            (direction, word)
        }),
        kind: Shown::line(&format!("{short}{detail}")),
        done: None,
        when: When::Added(message.added()),
    }
}

fn verdict_rows(rows: &mut Rows<'_>, snapshot: &Snapshot, verdict: &Verdict) {
    rows.push(Row {
        label: Shown::line("Why"),
        ..Row::text(Role::Why, &verdict.why)
    });
    for evidence in &verdict.evidence {
        rows.push(Row::text(Role::Evidence, evidence));
    }
    rows.push(Row {
        label: Shown::line("Next"),
        ..Row::text(Role::Next, &rows.face.told(&verdict.next))
    });
    let mut label = "Note";
    for note in notes(snapshot) {
        rows.push(Row {
            label: Shown::line(std::mem::take(&mut label)),
            ..Row::text(Role::Note, &note)
        });
    }
    rows.push(Row::new(Role::Blank, 0));
}

/// What is odd about where the answer came from.
fn notes(snapshot: &Snapshot) -> Vec<String> {
    let asked = &snapshot.asked;
    let record = (asked.endpoint == Endpoint::EmailRecord).then(|| {
        "There is no message with this id; it is that of an email record, which is shown."
            .to_owned()
    });
    let other = snapshot.other_id().map(|own| {
        let id = asked.id.as_str();
        format!("Asked for {id}; the answer calls itself {own}.")
    });
    let others = snapshot.surveyed.then(|| {
        format!(
            "Found in {}, of {} profiles asked.",
            asked.profile,
            asked.others + 1
        )
    });
    [record, other, others].into_iter().flatten().collect()
}

/// Tells how many characters it has.
fn body(rows: &mut Rows<'_>, message: &Message) -> Option<u64> {
    let html = message.html();
    let (message, text) = message.read_body()?;
    let characters = text.chars().count() as u64;
    rows.section("Body", true, |rows| {
        if let Some(html) = html {
            let kind = email::html_lines(rows, &html);
            let source = rows.face.key(|hints| &hints.source);
            let source = source.map(|key| format!(" · {key} shows the source"));
            let source = source.unwrap_or_default();
            return format!("{kind} · {} characters{source}", count(characters));
        }
        let source = message.field("body").cloned();
        for line in Shown::lines(&text) {
            rows.push(Row {
                value: line,
                source: source.clone(),
                ..Row::new(Role::Text, 1)
            });
        }
        let kind = message
            .content_type()
            .map(|kind| format!("{kind} · "))
            .unwrap_or_default();
        format!("{kind}{} characters", count(characters))
    });
    Some(characters)
}

fn attachments(rows: &mut Rows<'_>, message: &Message) {
    let files = message.attachments();
    rows.section("Attachments", true, |rows| {
        for (index, file) in files.iter().enumerate() {
            let at = rows.rows.len();
            let url = values::scalar(file);
            let told = file.string().as_deref().and_then(told_file);
            let row = Row {
                label: Shown::line(&(index + 1).to_string()),
                value: told
                    .as_ref()
                    .map_or_else(|| url.clone(), |told| Shown::line(told)),
                open: false,
                ..Row::new(Role::Attachment, 1)
            };
            rows.push(row.with_source(file.clone()));
            if told.is_some() {
                rows.push(Row {
                    value: url,
                    ..Row::new(Role::Text, 2)
                });
                rows.close(at);
            }
        }
        let digits = rows.face.key(|hints| &hints.digits);
        let digits = digits.map_or_else(String::new, |digits| format!(" · {digits} copy"));
        format!("{}{digits}", files.len())
    });
}

/// `image · floor plan.png · cdn.msgsndr.com`; nothing for what may not be copied, which is shown as it is.
fn told_file(url: &str) -> Option<String> {
    let link = copyable(url).ok()?;
    let path = url.split(['?', '#']).next()?;
    let name = path.rsplit(['/', '\\']).next()?;
    // Stores write a folder's slashes as %2F, which are left alone in the URL.
    let name = name.rsplit("%2F").next().filter(|name| !name.is_empty());
    let parts = [Some(FileKind::of_url(url).word()), name, Some(link.host())];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// Every field of the message, the documented ones first. The body, of so many characters, stands above.
fn fields(rows: &mut Rows<'_>, message: &Message, zone: &TimeZone, body: Option<u64>) {
    let title = if message.is_email_record() {
        "Email record"
    } else {
        "Message"
    };
    rows.section(title, true, |rows| {
        let rank = |field: &&Field| {
            ORDER
                .iter()
                .position(|name| *name == field.name)
                .unwrap_or(ORDER.len())
        };
        let mut fields: Vec<&Field> = message.fields().iter().collect();
        fields.sort_by_key(rank);
        for field in &fields {
            if field.name == "type" && merged_type(message).is_some() {
                continue;
            }
            if let Some(body) = body.filter(|_| message.field("body") == Some(&field.value)) {
                let words = format!("{} characters, above", count(body));
                let row = Row::field(&field.name, &words);
                rows.push(row.with_source(field.value.clone()));
                continue;
            }
            let at = rows.rows.len();
            values::rows(rows, field);
            annotate(&mut rows.rows[at], field, message, zone);
        }
        let own = if message.outcome().is_none() && message.family() == Family::Email {
            " · no status of its own"
        } else {
            ""
        };
        match fields.len() {
            1 => format!("1 field{own}"),
            all => format!("{all} fields{own}"),
        }
    });
}

/// What a value alone does not say: a time in the local zone, a word's meaning, where a long text stands.
fn annotate(row: &mut Row, field: &Field, message: &Message, zone: &TimeZone) {
    let value = &field.value;
    let note = match field.name.as_str() {
        "attachments" if value.kind() == JsonKind::Array && row.below > 0 => {
            Some("above".to_owned())
        }
        "dateAdded" => message.added().and_then(|at| local(at, zone)),
        "dateUpdated" => later(message),
        "messageType" => kind_note(field, message),
        "source" => source_meaning(&value.plain()).map(str::to_owned),
        _ => None,
    };
    if let Some(note) = note {
        row.value = Shown::line(&format!("{} · {note}", row.value.as_str()));
    }
}

fn local(at: Timestamp, zone: &TimeZone) -> Option<String> {
    let there = at.to_zoned(zone.clone());
    (there.offset().seconds() != 0).then(|| there.strftime("%H:%M:%S %Z").to_string())
}

fn later(message: &Message) -> Option<String> {
    let (added, updated) = (message.added()?, message.updated()?);
    let after = std::time::Duration::try_from(updated.duration_since(added)).ok()?;
    if after.is_zero() {
        return Some("as added".to_owned());
    }
    Some(format!("{} later", span(after)))
}

/// What people call the type, and its number; a number that means another type is told as such.
fn kind_note(field: &Field, message: &Message) -> Option<String> {
    let kind = message.kind()?;
    let words = Some(kind.words().to_owned());
    let words = words.filter(|words| {
        let sent = field.value.plain();
        !sent.eq_ignore_ascii_case(&format!("TYPE_{words}")) && sent != *words
    });
    let number = merged_type(message).map(|number| format!("type {number}"));
    let other = message
        .type_number()
        .filter(|number| kind.disagrees(*number));
    let other = other.and_then(|number| Kind::new(None, Some(number)));
    let other = other.map(|other| format!("which means {}", other.words()));
    let notes: Vec<String> = [words, number, other].into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join(" · "))
}

/// The number of `type`, where it stands in the row of `messageType`.
fn merged_type(message: &Message) -> Option<u64> {
    let (name, number) = (message.field("messageType")?, message.field("type")?);
    let plain = name.kind() == JsonKind::String && number.kind() == JsonKind::Number;
    number.whole().filter(|_| plain)
}

/// The answer itself: what was asked, as whom, and what stood beside the message.
fn response(rows: &mut Rows<'_>, snapshot: &Snapshot, message: &Message) {
    rows.section("Response", false, |rows| {
        for field in message.beside() {
            values::rows(rows, field);
        }
        trouble::lookup_rows(rows, snapshot);
        trouble::response_words(rows.face, snapshot)
    });
}
