//! What one lookup brought: what was asked, when, how long it took, and the answer or the failure.
//! Never mixes the message's fate with the lookup's: a failed message is an answer, a failed lookup is not.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::endpoint::Endpoint;
use super::failure::{Asked, Cause, Failure, FailureKind};
use super::message::Message;

/// A lookup that has ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Snapshot {
    pub asked: Asked,
    pub at: Timestamp,
    pub took: Duration,
    pub answer: Option<Answer>,
    pub outcome: Result<Message, Failure>,
    /// What else was asked for the same id, and what came of it.
    pub also: Vec<Reply>,
    /// Whether several profiles were asked, of which this one has it.
    pub surveyed: bool,
    /// What belongs to the message and was asked for too, each a lookup of its own; the newest of each alone.
    pub linked: Vec<Arc<Snapshot>>,
}

/// The answer of something else that was asked for the id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reply {
    pub whose: Whose,
    /// What it ended in; `None` where it is the one that is shown.
    pub failed: Option<FailureKind>,
    /// The same in words.
    pub title: String,
    pub http: Option<u16>,
    pub took: Duration,
}

/// Who or what was asked besides.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// The email record of that id.
    EmailRecord,
    /// The messages of the conversation of that id.
    Conversation,
    /// Another sub-account, by its profile's name.
    Profile(String),
}

/// An HTTP answer as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    pub http: u16,
    pub body: Body,
    pub limits: Limits,
}

/// What is left of the rate limits, where the API told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// Requests left in the current interval, and how many it allows.
    pub burst_left: Option<u64>,
    pub burst: Option<u64>,
    pub interval: Option<Duration>,
    pub day_left: Option<u64>,
}

impl Snapshot {
    /// Whether anything was sent: without a token nothing is.
    pub fn was_asked(&self) -> bool {
        let failure = self.outcome.as_ref().err();
        !matches!(
            failure.map(|failure| &failure.cause),
            Some(Cause::NoToken | Cause::TokenUnavailable(_))
        )
    }

    /// The trace id HighLevel's support asks for, from the answer or the failure.
    pub fn trace_id(&self) -> Option<String> {
        match &self.outcome {
            Ok(message) => message.trace_id().map(std::borrow::Cow::into_owned),
            Err(failure) => failure.trace_id.clone(),
        }
    }

    /// What came of it, as told beside the one that is shown.
    pub fn reply(&self, whose: Whose) -> Reply {
        let failure = self.outcome.as_ref().err();
        Reply {
            whose,
            failed: failure.map(Failure::kind),
            title: failure.map_or("found", Failure::title).to_owned(),
            http: self.answer.as_ref().map(|answer| answer.http),
            took: self.took,
        }
    }

    /// What was asked for at `endpoint` with that id, and belongs to the message.
    pub fn linked(&self, endpoint: &Endpoint, id: &str) -> Option<&Arc<Snapshot>> {
        let mut linked = self.linked.iter();
        linked.find(|linked| linked.asked.endpoint == *endpoint && linked.asked.id.as_str() == id)
    }

    /// Why an email's status is not known: the record that has it could not be read.
    pub fn record_failure(&self) -> Option<&Failure> {
        let message = self.outcome.as_ref().ok();
        let unknown = message.filter(|message| message.outcome().is_none())?;
        let record = unknown.newest_record()?;
        let linked = self.linked(&Endpoint::EmailRecord, record.as_str())?;
        linked.outcome.as_ref().err()
    }

    /// Adds what belongs to the message, in the place of what was asked for there before. An email speaks through the
    /// newest record that is known from then on.
    pub fn link(&mut self, linked: Arc<Snapshot>) {
        if let (Ok(message), Ok(record)) = (&mut self.outcome, &linked.outcome)
            && linked.asked.endpoint == Endpoint::EmailRecord
            && message.record_ids().contains(&linked.asked.id)
        {
            message.attach(record);
        }
        let same = |other: &Arc<Snapshot>| {
            other.asked.endpoint == linked.asked.endpoint && other.asked.id == linked.asked.id
        };
        match self.linked.iter().position(same) {
            Some(place) => self.linked[place] = linked,
            None => self.linked.push(linked),
        }
    }

    /// The answer's own id, where it differs from the one that was asked for.
    pub fn other_id(&self) -> Option<String> {
        let own = self.outcome.as_ref().ok()?.id()?;
        (own != self.asked.id.as_str()).then(|| own.into_owned())
    }
}
