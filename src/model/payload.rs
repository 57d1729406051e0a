//! A saved payload: which messages stand in a text, be it an answer, a page, a webhook's body, or lines of any of them.
//! Never drops a line: what is no message is a failure that says where it stands.

mod part;
mod recognise;
mod recorded;

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::body::Body;
use super::endpoint::Endpoint;
use super::failure::{Asked, Cause, Failure, Resource};
use super::id::MessageId;
use super::message::Message;
use super::shown::Shown;
use super::snapshot::{Answer, Limits, Snapshot};
use part::{Form, Part};

/// Bytes of the largest text that is taken.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// The snapshots that a text holds, made one by one: many are never looked at. Cheap to clone.
#[derive(Clone, PartialEq, Debug)]
pub struct Payload {
    parts: Arc<[Part]>,
    whence: Whence,
    at: Timestamp,
}

/// Where a payload comes from, and how its messages could be asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whence {
    /// The file's name, which stands where else a profile's does.
    name: String,
    pub base_url: String,
    pub version: String,
}

/// Why nothing of a text can be shown.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unrecognised {
    #[error("it is empty")]
    Empty,
    #[error("a page without messages: there is nothing to show")]
    NoMessages,
    #[error("not JSON: line {line}, column {column} is not as JSON has it")]
    NotJson { line: usize, column: usize },
    #[error("not JSON: it ends too early, in line {line}; was it cut off?")]
    Cut { line: usize },
    #[error("JSON, but no message in it")]
    NoMessage,
}

impl Whence {
    /// `name` may be anything: it is made harmless.
    pub fn new(name: &str, base_url: &str, version: &str) -> Self {
        Self {
            name: Shown::line(name).as_str().to_owned(),
            base_url: base_url.to_owned(),
            version: version.to_owned(),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Payload {
    /// What stands in `bytes`, in its order. `at` is when it is read, for what does not say when it was asked for.
    ///
    /// # Errors
    /// Where no message stands in it.
    pub fn new(bytes: Vec<u8>, whence: Whence, at: Timestamp) -> Result<Self, Unrecognised> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        };
        let parts = recognise::parts(&text.into())?;
        Ok(Self {
            parts: parts.into(),
            whence,
            at,
        })
    }

    pub fn len(&self) -> usize {
        self.parts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub fn whence(&self) -> &Whence {
        &self.whence
    }

    /// The snapshots of those places, as far as there are any, in the order of the text.
    pub fn snapshots(&self, places: Range<usize>) -> impl Iterator<Item = Snapshot> {
        let end = places.end.min(self.len());
        let parts = self.parts.get(places.start.min(end)..end);
        parts
            .unwrap_or_default()
            .iter()
            .map(|part| self.snapshot(part))
    }

    fn snapshot(&self, part: &Part) -> Snapshot {
        let told = part.told();
        let body = match &part.form {
            Form::Message(json) | Form::Email(json) | Form::Strange(json) => {
                Some(json.raw().as_bytes().to_vec())
            }
            Form::Broken(text, range, _) => text.get(range.clone()).map(Vec::from),
            Form::Told => told.body,
        };
        let endpoint = match &part.form {
            Form::Email(_) => Endpoint::EmailRecord,
            Form::Told => told.endpoint,
            _ => Endpoint::Message,
        };
        let body = body.map(Body::new);
        let outcome = match (&part.form, told.failure) {
            (Form::Broken(..), _) => Err(Failure::new(Cause::NotJson)),
            (Form::Told, Some(failure)) => Err(failure),
            _ => read(body.as_ref(), &endpoint),
        };
        let outcome = outcome.map_err(|failure| Failure {
            messages: part.words().into_iter().chain(failure.messages).collect(),
            ..failure
        });
        let own = outcome.as_ref().ok().and_then(Message::id);
        let own = own.and_then(|id| MessageId::new(&id).ok());
        let id = told.id.or(own).unwrap_or_else(|| part.name());
        Snapshot {
            asked: Asked {
                id,
                endpoint,
                profile: told.profile.unwrap_or_else(|| self.whence.name.clone()),
                base_url: self.whence.base_url.clone(),
                // Nobody was asked.
                host: String::new(),
                version: self.whence.version.clone(),
                token: String::new(),
                token_changes: false,
                others: 0,
            },
            at: told.at.unwrap_or(self.at),
            took: told.took.unwrap_or(Duration::ZERO),
            answer: body.map(|body| Answer {
                http: told.http.unwrap_or(200),
                body,
                limits: Limits::default(),
            }),
            outcome,
            also: Vec::new(),
            surveyed: false,
            linked: Vec::new(),
        }
    }
}

/// The message in the body, as that endpoint sends it.
fn read(body: Option<&Body>, endpoint: &Endpoint) -> Result<Message, Failure> {
    let root = body.and_then(|body| body.json().ok());
    let root = root.ok_or_else(|| Failure::new(Cause::NotJson))?;
    let message = Message::read(&root, endpoint);
    message.ok_or_else(|| Failure::new(Cause::NotAMessage(Resource::Unknown)))
}

#[cfg(test)]
mod tests;
