//! One line a lookup: what scripts read.
//! Never a line break within a line, and never a lookup without a line.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::model::failure::{Failure, FailureKind};
use crate::model::snapshot::Snapshot;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    profile: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<u16>,
    ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Fault>,
}

#[derive(Serialize)]
pub(super) struct Fault {
    kind: &'static str,
    title: String,
    messages: Vec<String>,
    #[serde(rename = "traceId", skip_serializing_if = "Option::is_none")]
    trace_id: Option<String>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    input: &'a str,
    line: usize,
    failure: Fault,
}

/// The lookup as one line, without its end.
pub fn line(snapshot: &Snapshot) -> String {
    let message = snapshot.outcome.as_ref().ok();
    // A body over several lines is put on one; its values and their order stay as sent.
    let answer = message.map(|message| one_line(message.root().raw()));
    let answer = answer
        .as_deref()
        .and_then(|text| serde_json::from_str::<&RawValue>(text).ok());
    told(&Line {
        id: snapshot.asked.id.as_str(),
        profile: &snapshot.asked.profile,
        http: snapshot.answer.as_ref().map(|answer| answer.http),
        ms: u64::try_from(snapshot.took.as_millis()).unwrap_or(u64::MAX),
        answer,
        failure: snapshot.outcome.as_ref().err().map(fault),
    })
}

/// A line of input that holds no id.
pub fn refusal(line: usize, input: &str, why: &str) -> String {
    let kind = FailureKind::NotAnId.word();
    let failure = Fault {
        kind,
        title: why.to_owned(),
        messages: Vec::new(),
        trace_id: None,
    };
    told(&Refusal {
        input,
        line,
        failure,
    })
}

pub(super) fn fault(failure: &Failure) -> Fault {
    Fault {
        kind: failure.kind().word(),
        title: failure.title().to_owned(),
        messages: failure.messages.clone(),
        trace_id: failure.trace_id.clone(),
    }
}

pub(super) fn told(line: &(impl Serialize + ?Sized)) -> String {
    // Texts and numbers alone cannot fail to serialise; if they did, the line would say so.
    serde_json::to_string(line)
        .unwrap_or_else(|error| format!("{{\"failure\":{{\"title\":\"{error}\"}}}}"))
}

/// Line breaks stand between JSON tokens only: within strings they are escapes.
pub(super) fn one_line(json: &str) -> String {
    json.split(['\n', '\r']).map(str::trim_start).collect()
}
