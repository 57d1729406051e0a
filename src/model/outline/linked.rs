//! The rows of what belongs to a message: contact, user, location and conversation, by id until they were asked for.
//! Never asked for by looking: a row says what asks.

use super::super::endpoint::Endpoint;
use super::super::face::Face;
use super::super::failure::{Cause, Failure};
use super::super::id::MessageId;
use super::super::message::Message;
use super::super::snapshot::Snapshot;
use super::{Lead, Row, Rows, conversation, values};

/// What a message's fields lead to, besides its records and its transcript: label, field, what is asked.
const FIELDS: [(&str, &str, Endpoint); 3] = [
    ("contact", "contactId", Endpoint::Contact),
    ("user", "userId", Endpoint::User),
    ("location", "locationId", Endpoint::Location),
];

/// The section of all of them.
pub(super) fn rows(rows: &mut Rows<'_>, snapshot: &Snapshot, message: &Message) {
    rows.section("Linked", false, |rows| {
        let (from, mut names) = (rows.rows.len(), Vec::new());
        for (label, field, endpoint) in FIELDS {
            if let Some(id) = message.id_in(field) {
                names.push(label);
                named(rows, snapshot, (label, &id), &endpoint);
            }
        }
        if let Some(id) = message.id_in("conversationId") {
            names.push("conversation");
            conversation::rows(rows, snapshot, message, &id);
        }
        // Older pages come as they are reached.
        let is_older = |row: &Row| {
            let lead = row.lead.as_deref();
            matches!(
                lead,
                Some(Lead::Load(Endpoint::Messages { before: Some(_) }, _))
            )
        };
        let mut own = rows.rows[from..].iter();
        let unasked = own.any(|row| row.loads() && !is_older(row));
        let all = rows.face.key(|hints| &hints.linked).filter(|_| unasked);
        let all = all.map_or_else(String::new, |key| format!(" · {key} asks for all"));
        format!("{}{all}", names.join(", "))
    });
}

/// A resource that has a name.
fn named(
    rows: &mut Rows<'_>,
    snapshot: &Snapshot,
    (label, id): (&str, &MessageId),
    endpoint: &Endpoint,
) {
    let lead = Lead::Load(endpoint.clone(), id.clone());
    let row = match snapshot.linked(endpoint, id.as_str()) {
        None => unasked(rows.face, label, id, lead),
        Some(linked) => match &linked.outcome {
            Err(failure) => failed(rows.face, label, linked, failure, lead),
            Ok(found) => {
                let at = rows.rows.len();
                rows.push(Row {
                    open: false,
                    ..Row::field(label, &words(found, id))
                });
                for field in found.fields() {
                    values::rows_at(rows, field, 2);
                }
                return rows.close(at);
            }
        },
    };
    rows.push(row);
}

/// Name, address, number and id, as far as they are given.
fn words(found: &Message, id: &MessageId) -> String {
    let text = |name: &str| {
        let text = found.field(name)?.string()?.trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let both = [text("firstName"), text("lastName")];
    let both: Vec<String> = both.into_iter().flatten().collect();
    let both = (!both.is_empty()).then(|| both.join(" "));
    let name = text("name").or(both);
    let parts = [name, text("email"), text("phone"), Some(id.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A row of what was not asked for.
pub(super) fn unasked(face: Face<'_>, label: &str, id: &MessageId, lead: Lead) -> Row {
    let asks = face.key(|hints| &hints.load);
    let asks = asks.map_or_else(String::new, |key| format!(" · {key} asks"));
    let words = format!("{id} · not asked for yet{asks}");
    Row::field(label, &words).leading(lead)
}

/// A row of what could not be had: quiet, since the message is there.
pub(super) fn failed(
    face: Face<'_>,
    label: &str,
    linked: &Snapshot,
    failure: &Failure,
    lead: Lead,
) -> Row {
    let id = linked.asked.id.as_str();
    let words = if failure.cause == Cause::ScopeMissing {
        format!("{id} · the token lacks {}", linked.asked.endpoint.scope())
    } else {
        let again = face.key(|hints| &hints.load);
        let again = again.map_or_else(String::new, |key| format!(" · {key} asks again"));
        format!("{id} · {}{again}", failure.title())
    };
    Row::field(label, &words).leading(lead)
}
