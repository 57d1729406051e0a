//! A snapshot as a row of its table, and back: the answer is understood anew from the bytes that came.
//! Never a token, and never a row that cannot be shown: what this version does not know is a failure that says so.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::database::{Database, Fault, Row, Value};
use crate::model::body::Body;
use crate::model::endpoint::Endpoint;
use crate::model::failure::{Asked, Cause, Failure, Resource, Tries};
use crate::model::id::MessageId;
use crate::model::listed::Key;
use crate::model::message::Message;
use crate::model::snapshot::{Answer, Limits, Snapshot};

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: &str = "key, id, at, endpoint, profile, base_url, host, version, token, token_changes, \
     others, surveyed, took, http, burst_left, burst, burst_interval, day_left, trace, failure, also, body";

/// A failure in the file.
#[derive(Serialize, Deserialize)]
struct Kept {
    cause: serde_json::Value,
    http: Option<u16>,
    messages: Vec<String>,
    tries: Tries,
}

/// Inserts it, under `key` where it had one before; tells its key.
pub(super) fn insert(
    database: &Database,
    snapshot: &Snapshot,
    key: Option<Key>,
) -> Result<Key, Fault> {
    insert_into(database, "snapshot(key", key, snapshot)?;
    Ok(Key(database.last_key()))
}

/// Inserts what belongs to the snapshot under `of`.
pub(super) fn insert_linked(database: &Database, of: Key, linked: &Snapshot) -> Result<(), Fault> {
    insert_into(database, "linked(of", Some(of), linked)
}

/// `place` is a table and the first column, which is the one of `key`.
fn insert_into(
    database: &Database,
    place: &str,
    key: Option<Key>,
    snapshot: &Snapshot,
) -> Result<(), Fault> {
    let asked = &snapshot.asked;
    let limits = snapshot.answer.as_ref().map(|answer| answer.limits);
    let limits = limits.unwrap_or_default();
    let failure = snapshot.outcome.as_ref().err().map(|failure| {
        json(&Kept {
            cause: serde_json::to_value(&failure.cause).unwrap_or_default(),
            http: failure.http,
            messages: failure.messages.clone(),
            tries: failure.tries,
        })
    });
    let also = (!snapshot.also.is_empty()).then(|| json(&snapshot.also));
    let trace = snapshot.trace_id();
    let count = |count: Option<u64>| Value::from(count.map(whole));
    let sql = format!(
        "INSERT INTO {place}, id, at, endpoint, profile, base_url, host, version, token, token_changes,
            others, surveyed, took, http, burst_left, burst, burst_interval, day_left, trace, failure, also, body)
         VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    database.execute(
        &sql,
        &[
            key.map(|key| key.0).into(),
            Value::Text(asked.id.as_str()),
            Value::Integer(nanoseconds(snapshot.at)),
            Value::Text(&endpoint_text(&asked.endpoint)),
            Value::Text(&asked.profile),
            Value::Text(&asked.base_url),
            Value::Text(&asked.host),
            Value::Text(&asked.version),
            Value::Text(&asked.token),
            Value::Integer(asked.token_changes.into()),
            Value::Integer(whole(asked.others as u64)),
            Value::Integer(snapshot.surveyed.into()),
            Value::Integer(span(snapshot.took)),
            snapshot
                .answer
                .as_ref()
                .map(|answer| i64::from(answer.http))
                .into(),
            count(limits.burst_left),
            count(limits.burst),
            limits.interval.map(span).into(),
            count(limits.day_left),
            trace.as_deref().into(),
            failure.as_deref().into(),
            also.as_deref().into(),
            snapshot
                .answer
                .as_ref()
                .map_or(Value::Null, |answer| Value::Blob(answer.body.bytes())),
        ],
    )?;
    Ok(())
}

/// The snapshot of a row of [`COLUMNS`]. `None` where its id is none: nothing could be asked with it.
pub(super) fn read(row: &Row<'_>) -> Result<Option<(Key, Snapshot)>, Fault> {
    let Ok(id) = MessageId::new(&row.text(1)?) else {
        return Ok(None);
    };
    let asked = Asked {
        id,
        endpoint: endpoint(&row.text(3)?),
        profile: row.text(4)?,
        base_url: row.text(5)?,
        host: row.text(6)?,
        version: row.text(7)?,
        token: row.text(8)?,
        token_changes: row.integer(9)? != 0,
        others: usize::try_from(row.integer(10)?).unwrap_or_default(),
    };
    let count = |column| -> Result<Option<u64>, Fault> {
        Ok(row
            .maybe_integer(column)?
            .and_then(|count| u64::try_from(count).ok()))
    };
    let limits = Limits {
        burst_left: count(14)?,
        burst: count(15)?,
        interval: count(16)?.map(Duration::from_nanos),
        day_left: count(17)?,
    };
    let http = count(13)?.and_then(|http| u16::try_from(http).ok());
    let body = row.maybe_blob(21)?;
    let answer = http.map(|http| Answer {
        http,
        body: Body::new(body.unwrap_or_default()),
        limits,
    });
    let failure = row.maybe_text(19)?;
    let outcome = match (failure, &answer) {
        (None, Some(answer)) => {
            let root = answer.body.json().ok();
            let message = root.and_then(|root| Message::read(&root, &asked.endpoint));
            message.ok_or_else(|| Failure {
                http,
                ..Failure::new(Cause::NotAMessage(Resource::Unknown))
            })
        }
        (failure, _) => Err(Failure {
            trace_id: row.maybe_text(18)?,
            ..self::failure(&failure.unwrap_or_default())
        }),
    };
    let also = row.maybe_text(20)?;
    let also = also.and_then(|also| serde_json::from_str(&also).ok());
    let snapshot = Snapshot {
        asked,
        at: moment(row.integer(2)?),
        took: Duration::from_nanos(u64::try_from(row.integer(12)?).unwrap_or_default()),
        answer,
        outcome,
        also: also.unwrap_or_default(),
        surveyed: row.integer(11)? != 0,
        linked: Vec::new(),
    };
    Ok(Some((Key(row.integer(0)?), snapshot)))
}

/// One that this version does not know is told as broken, with the API's words.
fn failure(text: &str) -> Failure {
    let Ok(kept) = serde_json::from_str::<Kept>(text) else {
        return Failure::new(Cause::Broken);
    };
    Failure {
        cause: serde_json::from_value(kept.cause).unwrap_or(Cause::Broken),
        http: kept.http,
        messages: kept.messages,
        trace_id: None,
        tries: kept.tries,
    }
}

fn json(value: &impl Serialize) -> String {
    // Texts and numbers alone cannot fail to serialise; an empty text reads as a failure that is not known.
    serde_json::to_string(value).unwrap_or_default()
}

/// Its word, and behind a colon the other id that it needs.
pub(super) fn endpoint_text(endpoint: &Endpoint) -> Cow<'static, str> {
    let word = endpoint.word();
    match endpoint {
        Endpoint::Messages { before: Some(id) }
        | Endpoint::Transcript { location: id }
        | Endpoint::Recording { location: id } => format!("{word}:{id}").into(),
        _ => word.into(),
    }
}

fn endpoint(text: &str) -> Endpoint {
    let (word, id) = text.split_once(':').unwrap_or((text, ""));
    match (word, MessageId::new(id).ok()) {
        ("email", _) => Endpoint::EmailRecord,
        ("messages", before) => Endpoint::Messages { before },
        ("transcript", Some(location)) => Endpoint::Transcript { location },
        ("recording", Some(location)) => Endpoint::Recording { location },
        ("contact", _) => Endpoint::Contact,
        ("user", _) => Endpoint::User,
        ("location", _) => Endpoint::Location,
        _ => Endpoint::Message,
    }
}

/// Since 1970. Good for the years 1678 to 2262; others are moved there.
pub(super) fn nanoseconds(at: Timestamp) -> i64 {
    let clamped = at.as_nanosecond().clamp(i64::MIN.into(), i64::MAX.into());
    i64::try_from(clamped).unwrap_or_default()
}

pub(super) fn moment(nanoseconds: i64) -> Timestamp {
    Timestamp::from_nanosecond(nanoseconds.into()).unwrap_or_default()
}

fn span(span: Duration) -> i64 {
    i64::try_from(span.as_nanos()).unwrap_or(i64::MAX)
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
