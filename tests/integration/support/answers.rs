//! The table of answers that a played console gets: the demo's messages, refusals, a large one.
//! Never from a connection.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use msgscope::api::decode::{Facts, decode};
use msgscope::app::State;
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Asked, TokenForm};
use msgscope::model::id::MessageId;
use msgscope::model::message::Message;
use msgscope::model::snapshot::{Answer, Limits, Snapshot};
use msgscope::model::whom::Whom;

use super::fixtures::fixture;

/// What a lookup brings that is answered so.
pub(crate) fn snapshot(
    state: &State,
    whom: Whom,
    id: &MessageId,
    http: u16,
    body: Vec<u8>,
) -> Snapshot {
    let mut snapshot = snapshot_at(&Endpoint::Message, state, whom, id, (http, body));
    // As a lookup does: an email's newest record is asked for with it.
    let record = snapshot.outcome.as_ref().ok();
    if let Some(id) = record.and_then(Message::newest_record) {
        let endpoint = Endpoint::EmailRecord;
        let answer = linked_answer(&endpoint, &id);
        let record = snapshot_at(&endpoint, state, whom, &id, answer);
        snapshot.link(Arc::new(record));
    }
    snapshot
}

/// The same of any endpoint.
pub(crate) fn snapshot_at(
    endpoint: &Endpoint,
    state: &State,
    whom: Whom,
    id: &MessageId,
    (http, body): (u16, Vec<u8>),
) -> Snapshot {
    let profiles = &state.setting.profiles;
    let profile = &profiles[whom.one().unwrap_or_default()];
    let body = Body::new(body);
    let outcome = decode(
        endpoint,
        http,
        &Facts::default(),
        &body,
        TokenForm::PrivateIntegration,
    );
    Snapshot {
        asked: Asked {
            id: id.clone(),
            endpoint: endpoint.clone(),
            profile: profile.name.clone(),
            base_url: profile.base_url.clone(),
            host: profile.host.clone(),
            version: profile.version.clone(),
            token: profile.token.clone().unwrap_or_default(),
            token_changes: profile.token_changes,
            others: profiles.len() - 1,
        },
        at: state.now,
        took: Duration::from_millis(142),
        answer: Some(Answer {
            http,
            body,
            limits: Limits {
                burst_left: Some(97),
                burst: Some(100),
                interval: Some(Duration::from_secs(10)),
                day_left: Some(199_412),
            },
        }),
        outcome,
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    }
}

/// The answer of the table: a message of the demo by its id, a refusal, else "not found".
pub(crate) fn answer(id: &str) -> (u16, Vec<u8>) {
    match id {
        "e401Scope7Yh2KmPq9Rt" => (401, fixture("error-401-missing-scope.json")),
        "large5Megabytes8Vn3J" => (200, large(id)),
        _ => match demo_body(id) {
            Some(body) => (200, body),
            None => (404, fixture("error-404-documented-not-found.json")),
        },
    }
}

/// The table's answer for what belongs to a message: records of the demo, else the shapes that were really seen.
pub(crate) fn linked_answer(endpoint: &Endpoint, id: &MessageId) -> (u16, Vec<u8>) {
    let file = match endpoint {
        Endpoint::EmailRecord => match demo_body(id.as_str()) {
            Some(body) => return (200, body),
            None => return (404, fixture("error-404-documented-not-found.json")),
        },
        Endpoint::Messages { before: None } => {
            "conversation-messages-page-double-wrapped-issue54.json"
        }
        Endpoint::Messages { .. } => return (200, older_page()),
        Endpoint::Transcript { .. } => "transcription-array.json",
        Endpoint::Contact => "contact.json",
        Endpoint::Location => "location.json",
        _ => return (401, fixture("error-401-missing-scope.json")),
    };
    (200, fixture(file))
}

/// The last page of that conversation, as it is documented: flat.
fn older_page() -> Vec<u8> {
    let body = r#"{"lastMessageId":null,"nextPage":false,"messages":[{"id":"olderMessage00000001","type":2,
        "messageType":"TYPE_SMS","direction":"inbound","body":"Is parking free?",
        "dateAdded":"2026-02-28T09:00:00.000Z"}]}"#;
    body.as_bytes().to_vec()
}

fn demo_body(id: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let own = format!("\"id\": \"{id}\"");
    let files = fs::read_dir(folder).unwrap();
    let bodies = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let found = bodies.into_iter().find(|body| body.contains(&own));
    found.map(String::into_bytes)
}

/// A message of five megabytes, in lines.
fn large(id: &str) -> Vec<u8> {
    let line = "a line of a very long report, pasted whole into one message\\n";
    let text = line.repeat(5_000_000 / line.len());
    format!(
        r#"{{"message":{{"id":"{id}","type":2,"messageType":"TYPE_SMS","status":"delivered","direction":"outbound","body":"{text}"}}}}"#
    )
    .into_bytes()
}
