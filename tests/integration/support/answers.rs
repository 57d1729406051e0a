//! The table of answers that a played console gets: the demo's messages, refusals, a large one.
//! Never from a connection.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use msgscope::api::decode::{Facts, decode};
use msgscope::app::State;
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Asked, TokenForm};
use msgscope::model::id::MessageId;
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
    let profiles = &state.setting.profiles;
    let profile = &profiles[whom.one().unwrap_or_default()];
    let body = Body::new(body);
    let outcome = decode(
        &Endpoint::Message,
        http,
        &Facts::default(),
        &body,
        TokenForm::PrivateIntegration,
    );
    Snapshot {
        asked: Asked {
            id: id.clone(),
            endpoint: Endpoint::Message,
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
