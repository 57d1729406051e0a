//! The rows of a conversation's messages, newest first: around a message, or by themselves.
//! Never a page that was not asked for: the last row leads to the next.

use jiff::Timestamp;

use super::super::endpoint::Endpoint;
use super::super::id::MessageId;
use super::super::listed::snippet;
use super::super::message::Message;
use super::super::shown::Shown;
use super::super::snapshot::Snapshot;
use super::super::status::{Direction, Tone};
use super::super::verdict::status_word;
use super::head::{Head, When};
use super::{Cells, Lead, Role, Row, Rows, linked, trouble, values};

/// The messages around `message`, in the conversation `id`.
pub(super) fn rows(rows: &mut Rows<'_>, snapshot: &Snapshot, message: &Message, id: &MessageId) {
    let first = Endpoint::Messages { before: None };
    let lead = Lead::Load(first.clone(), id.clone());
    let row = match snapshot.linked(&first, id.as_str()) {
        None => linked::unasked(rows.face, "conversation", id, lead),
        Some(page) => match &page.outcome {
            Err(failure) => linked::failed(rows.face, "conversation", page, failure, lead),
            Ok(page) => {
                let at = rows.rows.len();
                rows.push(Row::field("conversation", ""));
                let own = message.id();
                let count = pages(rows, snapshot, page, id, own.as_deref());
                rows.close(at);
                rows.rows[at].value = Shown::line(&format!("{id} · {}", counted(count)));
                return;
            }
        },
    };
    rows.push(row);
}

/// A conversation that was asked for by its id: its messages are the answer.
pub(super) fn alone(rows: &mut Rows<'_>, snapshot: &Snapshot, page: &Message) -> (Head, String) {
    let id = &snapshot.asked.id;
    rows.push(Row {
        label: Shown::line("Why"),
        ..Row::text(
            Role::Why,
            "The id is a conversation's, not a message's; its messages, newest first.",
        )
    });
    rows.push(Row {
        label: Shown::line("Next"),
        ..Row::text(Role::Next, "Enter on one looks it up.")
    });
    rows.push(Row::new(Role::Blank, 0));
    let mut count = 0;
    rows.section("Messages", true, |rows| {
        count = pages(rows, snapshot, page, id, None);
        counted(count)
    });
    if let Some(message) = page.listed().first() {
        linked::rows(rows, snapshot, &without_conversation(message));
    }
    rows.section("Response", false, |rows| {
        for field in page.beside() {
            values::rows(rows, field);
        }
        trouble::lookup_rows(rows, snapshot);
        trouble::response_words(rows.face, snapshot)
    });
    let head = Head {
        tone: Tone::Neutral,
        word: Shown::fixed("conversation"),
        direction: None,
        kind: Shown::line(&counted(count)),
        done: None,
        when: When::Asked(snapshot.at, snapshot.took),
    };
    (head, format!("Conversation {id}: {}.", counted(count)))
}

/// A message's contact, user and location are the conversation's too.
fn without_conversation(message: &Message) -> Message {
    message.without("conversationId")
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 message so far".to_owned(),
        _ => format!("{count} messages so far"),
    }
}

/// The rows of all pages that were asked for, and of the next one; tells how many messages they have.
fn pages(
    rows: &mut Rows<'_>,
    snapshot: &Snapshot,
    first: &Message,
    id: &MessageId,
    own: Option<&str>,
) -> usize {
    let mut count = 0;
    let mut day = String::new();
    let mut page = Some(first);
    while let Some(current) = page.take() {
        for message in current.listed() {
            count += 1;
            let added = message.added();
            let its = added.map_or_else(|| "no date".to_owned(), date);
            if its != day {
                rows.push(Row {
                    label: Shown::line(&its),
                    ..Row::new(Role::Day, 0)
                });
                day = its;
            }
            rows.push(listed(&message, added, own));
        }
        let Some(last) = current.next_page() else {
            break;
        };
        let next = Endpoint::Messages { before: Some(last) };
        let lead = Lead::Load(next.clone(), id.clone());
        match snapshot.linked(&next, id.as_str()) {
            None => rows.push(older("not asked for yet", lead)),
            Some(linked) => match &linked.outcome {
                // A page that names itself as the next one would never end.
                Ok(_) if count > MOST => break,
                Ok(next) => page = Some(next),
                Err(failure) => rows.push(older(failure.title(), lead)),
            },
        }
    }
    count
}

/// Messages of one conversation that are shown: it is read, not kept, here.
const MOST: usize = 20_000;

fn older(words: &str, lead: Lead) -> Row {
    Row::field("older ones", words).leading(lead)
}

fn date(at: Timestamp) -> String {
    at.strftime("%a %-d %b %Y").to_string()
}

/// A message of the list.
fn listed(message: &Message, added: Option<Timestamp>, own: Option<&str>) -> Row {
    let id = message.id();
    let time = added.map_or_else(String::new, |at| at.strftime("%H:%M:%S").to_string());
    let arrow = match message.direction() {
        Some(Direction::Inbound) => "in",
        Some(Direction::Outbound) => "out",
        _ => "",
    };
    let kind = message.kind();
    let kind = kind.as_ref().map_or("?", |kind| kind.short());
    let this = own.is_some() && own == id.as_deref();
    let mark = if this { "this one · " } else { "" };
    let snippet = format!("{mark}{}", snippet(message));
    let cells = Cells {
        tone: Some(message.tone()),
        word: Shown::line(&status_word(message)),
        seen: Shown::line(format!("{arrow} {kind}").trim()),
        short: Shown::line(&snippet),
        ..Cells::default()
    };
    let row = Row {
        label: Shown::line(&time),
        cells: Some(Box::new(cells)),
        ..Row::text(Role::Listed, &snippet)
    };
    match id.and_then(|id| MessageId::new(&id).ok()) {
        Some(id) => row.leading(Lead::Message(id)),
        None => row,
    }
}
