//! What an answer means: status and bytes become a message or a failure.
//! Never trusts the status alone: a 401 may be a time-out, a 500 a message that does not exist. Never panics on any bytes.

mod cause;
mod said;

use std::sync::Arc;
use std::time::Duration;

use crate::model::body::Body;
use crate::model::endpoint::Endpoint;
use crate::model::failure::{Failure, TokenForm, Tries};
use crate::model::json::{Json, JsonKind, NotJson};
use crate::model::message::{Message, is_message};

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
    endpoint: Endpoint,
    http: u16,
    facts: &Facts,
    body: &Body,
    token: TokenForm,
) -> Result<Message, Failure> {
    let root = parse(body);
    if (200..300).contains(&http)
        && let Ok(root) = &root
    {
        let object = match endpoint {
            Endpoint::Message => message_in(root),
            Endpoint::EmailRecord => record_in(root),
        };
        if let Some(object) = object {
            return Ok(Message::new(root.clone(), &object, endpoint));
        }
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

fn parse(body: &Body) -> Result<Json, NotJson> {
    match body.text().strip_prefix('\u{feff}') {
        Some(text) => Json::parse(text.into()),
        None => Json::parse(Arc::clone(body.text())),
    }
}

/// The message: documented flat, really wrapped in `message`; once in a while alone in a list.
fn message_in(root: &Json) -> Option<Json> {
    match root.kind() {
        JsonKind::Object => {
            let wrapped = root.member("message").filter(|inner| {
                let named = inner.kind() == JsonKind::Object && inner.member("id").is_some();
                named || is_message(inner)
            });
            wrapped.or_else(|| is_message(root).then(|| root.clone()))
        }
        JsonKind::Array => match root.members().as_slice() {
            [(_, only)] if only.kind() == JsonKind::Object => message_in(only),
            _ => None,
        },
        _ => None,
    }
}

/// The email record: documented flat, really wrapped in `emailMessage`.
fn record_in(root: &Json) -> Option<Json> {
    let is_object = |json: &Json| json.kind() == JsonKind::Object;
    let wrapped = root.member("emailMessage").filter(is_object);
    let flat = || is_object(root) && root.member("id").is_some() && !is_message(root);
    wrapped.or_else(|| flat().then(|| root.clone()))
}
