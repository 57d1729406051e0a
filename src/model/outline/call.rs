//! The rows of a call: how long it was, what became of it, its recording, and what was said.
//! Never a length that was not recorded as zero.

use super::super::endpoint::Endpoint;
use super::super::id::MessageId;
use super::super::json::Json;
use super::super::message::Message;
use super::super::shown::Shown;
use super::super::snapshot::Snapshot;
use super::super::text::span;
use super::super::transcript::sentences;
use super::{Lead, Role, Row, Rows, linked, values};

pub(super) fn rows(rows: &mut Rows<'_>, message: &Message) {
    let Some(call) = message.call() else { return };
    rows.section("Call", true, |rows| {
        let length = call
            .duration
            .map_or_else(|| "length not recorded".to_owned(), span);
        rows.push(Row::field("duration", &length));
        if let Some(own) = &call.status {
            rows.push(Row::field("call status", own.status.word()));
        }
        for (name, label) in [("userId", "user"), ("altId", "provider's id")] {
            if let Some(value) = message.field(name) {
                let row = Row::field(label, values::scalar(value).as_str());
                rows.push(row.with_source(value.clone()));
            }
        }
        let saves = rows.face.key(|hints| &hints.recording);
        let saves = saves.map_or_else(String::new, |key| format!(" · {key} saves it"));
        let words = format!("not in the message, asked for by itself{saves}");
        rows.push(Row::field("recording", &words));
        String::new()
    });
}

/// What was said, once it was asked for. Its id is the call's own, its path needs the location.
pub(super) fn transcript(rows: &mut Rows<'_>, snapshot: &Snapshot, message: &Message) {
    let id = message.id().and_then(|id| MessageId::new(&id).ok());
    let (Some(_), Some(id), Some(location)) = (message.call(), id, message.id_in("locationId"))
    else {
        return;
    };
    let endpoint = Endpoint::Transcript { location };
    let lead = Lead::Load(endpoint.clone(), id.clone());
    let value = match snapshot.linked(&endpoint, id.as_str()) {
        None => linked::unasked(rows.face, "", &id, lead.clone()).value,
        Some(linked) => match &linked.outcome {
            Err(failure) => linked::failed(rows.face, "", linked, failure, lead.clone()).value,
            Ok(said) => {
                rows.section("Transcript", true, |rows| dialogue(rows, said.root()));
                return;
            }
        },
    };
    rows.push(Row {
        label: Shown::line("Transcript"),
        value,
        ..Row::new(Role::Section, 0).leading(lead)
    });
}

/// A row a sentence: when it began, on which channel, and its words.
fn dialogue(rows: &mut Rows<'_>, root: &Json) -> String {
    let sentences = sentences(root);
    for sentence in &sentences {
        rows.push(Row {
            label: Shown::line(&sentence.when),
            value: Shown::line(&sentence.words),
            source: sentence.source.clone(),
            ..Row::new(Role::Field, 1)
        });
    }
    if sentences.is_empty() {
        let words = "empty: nothing was said, or nothing understood";
        rows.push(Row::field("", words));
    }
    match sentences.len() {
        1 => "1 sentence".to_owned(),
        all => format!("{all} sentences"),
    }
}
