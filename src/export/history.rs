//! The history as text for scripts: a row a message, or all that is kept of a lookup.
//! Never a byte of an answer lost: one that is no text is in base64.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::csv;
use super::ndjson::{self, Fault};
use crate::model::endpoint::Endpoint;
use crate::model::failure::FailureKind;
use crate::model::listed::{Key, Listed};
use crate::model::snapshot::{Reply, Snapshot, Whose};
use crate::model::status::Direction;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    id: &'a str,
    profile: &'a str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    kind: &'a str,
    failed: bool,
    /// The kind of failure of the lookup.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'static str>,
    snippet: &'a str,
    pinned: bool,
    lookups: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    key: i64,
    id: &'a str,
    profile: &'a str,
    at: String,
    ms: u64,
    endpoint: &'static str,
    base_url: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Fault>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Also<'a>>,
    /// As received.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    /// Where it is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
}

/// What else was asked for the id.
#[derive(Serialize)]
struct Also<'a> {
    endpoint: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<u16>,
    ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'static str>,
    title: &'a str,
}

/// A message's row as a line of JSON, without its end.
pub fn row(listed: &Listed) -> String {
    ndjson::told(&Row {
        id: listed.id.as_str(),
        profile: &listed.profile,
        at: listed.at.to_string(),
        status: listed.status.as_deref(),
        direction: listed.direction.as_ref().map(Direction::word),
        kind: &listed.kind,
        failed: listed.is_failure,
        failure: listed.failure.map(FailureKind::word),
        snippet: &listed.snippet,
        pinned: listed.pinned,
        lookups: listed.lookups,
    })
}

/// What [`csv_row`] has in its columns.
pub fn csv_head() -> String {
    csv::row([
        "id",
        "profile",
        "at",
        "status",
        "direction",
        "type",
        "failed",
        "failure",
        "snippet",
        "pinned",
        "lookups",
    ])
}

/// The same for a spreadsheet, with its end.
pub fn csv_row(listed: &Listed) -> String {
    let direction = listed.direction.as_ref().map(Direction::word);
    csv::row([
        listed.id.as_str(),
        &listed.profile,
        &listed.at.to_string(),
        listed.status.as_deref().unwrap_or_default(),
        direction.unwrap_or_default(),
        &listed.kind,
        if listed.is_failure { "true" } else { "false" },
        listed.failure.map(FailureKind::word).unwrap_or_default(),
        &listed.snippet,
        if listed.pinned { "true" } else { "false" },
        &listed.lookups.to_string(),
    ])
}

/// All that is kept of a lookup as a line of JSON, without its end.
pub fn record(key: Key, snapshot: &Snapshot) -> String {
    let asked = &snapshot.asked;
    let body = snapshot.answer.as_ref().map(|answer| &answer.body);
    let text = body.and_then(|body| std::str::from_utf8(body.bytes()).ok());
    let other = body.filter(|_| text.is_none());
    ndjson::told(&Record {
        key: key.0,
        id: asked.id.as_str(),
        profile: &asked.profile,
        at: snapshot.at.to_string(),
        ms: milliseconds(snapshot.took),
        endpoint: endpoint(snapshot),
        base_url: &asked.base_url,
        version: &asked.version,
        http: snapshot.answer.as_ref().map(|answer| answer.http),
        trace_id: snapshot.trace_id(),
        failure: snapshot.outcome.as_ref().err().map(ndjson::fault),
        also: snapshot.also.iter().map(also).collect(),
        body: text,
        body_base64: other.map(|body| STANDARD.encode(body.bytes())),
    })
}

/// What [`csv_record`] has in its columns.
pub fn csv_record_head() -> String {
    csv::row([
        "key", "id", "profile", "at", "ms", "endpoint", "http", "failure", "traceId", "body",
    ])
}

/// The same for a spreadsheet, with its end; an answer that is no text reads as what could be read of it.
pub fn csv_record(key: Key, snapshot: &Snapshot) -> String {
    let answer = snapshot.answer.as_ref();
    let failure = snapshot.outcome.as_ref().err();
    csv::row([
        key.0.to_string().as_str(),
        snapshot.asked.id.as_str(),
        &snapshot.asked.profile,
        &snapshot.at.to_string(),
        &milliseconds(snapshot.took).to_string(),
        endpoint(snapshot),
        &answer
            .map(|answer| answer.http.to_string())
            .unwrap_or_default(),
        failure
            .map(|failure| failure.kind().word())
            .unwrap_or_default(),
        &snapshot.trace_id().unwrap_or_default(),
        answer
            .map(|answer| &**answer.body.text())
            .unwrap_or_default(),
    ])
}

fn also(reply: &Reply) -> Also<'_> {
    let (endpoint, profile) = match &reply.whose {
        Whose::EmailRecord => (Endpoint::EmailRecord.word(), None),
        Whose::Conversation => (Endpoint::Messages { before: None }.word(), None),
        Whose::Profile(name) => (Endpoint::Message.word(), Some(name.as_str())),
    };
    Also {
        endpoint,
        profile,
        http: reply.http,
        ms: milliseconds(reply.took),
        failure: reply.failed.map(FailureKind::word),
        title: &reply.title,
    }
}

fn milliseconds(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

fn endpoint(snapshot: &Snapshot) -> &'static str {
    snapshot.asked.endpoint.word()
}
