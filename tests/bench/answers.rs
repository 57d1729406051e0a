//! Answers of chosen sizes, and what lookups bring of them.
//! Never a real message: the text is invented.

#![expect(
    clippy::unwrap_used,
    reason = "a bench without its answer has nothing to time"
)]

use std::time::Duration;

use jiff::Timestamp;
use msgscope::api::decode::{Facts, decode};
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Asked, TokenForm};
use msgscope::model::id::MessageId;
use msgscope::model::snapshot::{Answer, Limits, Snapshot};

pub(crate) const SMALL: usize = 3_000;
pub(crate) const LARGE: usize = 5_000_000;
pub(crate) const HUGE: usize = 10_000_000;

const ID: &str = "ve9EPM428h8vShlRW1KT";

/// A text of `bytes` bytes in lines that are wider than the pane.
pub(crate) fn text(bytes: usize) -> String {
    const LINE: &str =
        "2025-03-01 10:00:00 INFO worker 7 sent a chunk to the carrier and waits for its receipt\n";
    LINE.chars().cycle().take(bytes).collect()
}

/// The body of an answer whose message says `text`.
pub(crate) fn body(text: &str) -> Body {
    let text = text.replace('\n', "\\n");
    let answer = format!(
        r#"{{"message":{{"id":"{ID}","type":2,"messageType":"TYPE_SMS","status":"delivered","direction":"outbound",
        "conversationId":"{ID}","contactId":"{ID}","dateAdded":"2025-03-01T10:00:00.000Z","body":"{text}",
        "attachments":["https://storage.example.com/1.png"]}},"traceId":"0f8fad5b-d9cb-469f-a165-70867728950e"}}"#
    );
    Body::new(answer.into_bytes())
}

pub(crate) fn id() -> MessageId {
    MessageId::new(ID).unwrap()
}

/// What a lookup brings whose message says `text`.
pub(crate) fn snapshot(text: &str) -> Snapshot {
    let body = body(text);
    let outcome = decode(
        &Endpoint::Message,
        200,
        &Facts::default(),
        &body,
        TokenForm::PrivateIntegration,
    );
    assert!(outcome.is_ok());
    Snapshot {
        asked: Asked {
            id: id(),
            endpoint: Endpoint::Message,
            profile: "default".to_owned(),
            base_url: "https://services.leadconnectorhq.com".to_owned(),
            host: "services.leadconnectorhq.com".to_owned(),
            version: "2021-07-28".to_owned(),
            token: "private integration, from MSGSCOPE_TOKEN".to_owned(),
            token_changes: false,
            others: 0,
        },
        at: Timestamp::UNIX_EPOCH,
        took: Duration::from_millis(182),
        answer: Some(Answer {
            http: 200,
            body,
            limits: Limits::default(),
        }),
        outcome,
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    }
}
