//! What an answer means: status and bytes become a message or a failure.
//! Never trusts the status alone: a 401 may be a time-out, a 500 a message that does not exist. Never panics on any bytes.

mod cause;
mod said;

use std::borrow::Cow;
use std::time::Duration;

use crate::model::body::Body;
use crate::model::endpoint::Endpoint;
use crate::model::failure::{Cause, Failure, TokenForm, Tries};
use crate::model::message::Message;

/// What the headers say that the meaning depends on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// In lower case.
    pub content_type: Option<String>,
    /// How long to wait, from `Retry-After`.
    pub retry_after: Option<Duration>,
    /// The host a redirect points to.
    pub location_host: Option<String>,
}

/// The message in `endpoint`'s answer of status `http`, or why there is none. `token` is the form of the one sent.
pub fn decode(
    endpoint: &Endpoint,
    http: u16,
    facts: &Facts,
    body: &Body,
    token: TokenForm,
) -> Result<Message, Failure> {
    let root = body.json();
    if (200..300).contains(&http)
        && let Ok(root) = &root
        && let Some(message) = Message::read(root, endpoint)
    {
        // A conversation that does not exist may be one without messages to the API.
        let first = *endpoint == Endpoint::Messages { before: None };
        if !first || !message.listed().is_empty() {
            return Ok(message);
        }
        return Err(Failure {
            http: Some(http),
            trace_id: message.trace_id().map(Cow::into_owned),
            ..Failure::new(Cause::NotFound)
        });
    }
    let said = said::Said::new(http, root.as_ref().ok(), body);
    Err(Failure {
        cause: cause::cause(&cause::Answered {
            http,
            facts,
            body,
            root: &root,
            said: &said,
            token,
        }),
        http: Some(http),
        messages: said.messages,
        trace_id: said.trace_id,
        tries: Tries::default(),
    })
}
