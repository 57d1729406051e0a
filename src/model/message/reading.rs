//! Finding the message in what the API sent, flat or wrapped.
//! Never takes another resource for a message: a conversation or a contact has an id too.

use super::{Message, is_message};
use crate::model::endpoint::Endpoint;
use crate::model::json::{Json, JsonKind};

impl Message {
    /// The message in `root`, which is all that `endpoint` sent.
    pub fn read(root: &Json, endpoint: &Endpoint) -> Option<Self> {
        let object = match endpoint {
            Endpoint::Message => message_in(root),
            Endpoint::EmailRecord => record_in(root),
            Endpoint::Messages { .. } => page_in(root),
            Endpoint::Transcript { .. } => is_transcript(root).then(|| root.clone()),
            // Audio is no JSON.
            Endpoint::Recording { .. } => None,
            Endpoint::Contact | Endpoint::User | Endpoint::Location => {
                named_in(root, endpoint.word())
            }
        };
        object.map(|object| Self::new(root.clone(), &object, endpoint.clone()))
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

/// A page of messages: documented flat, really wrapped once more in `messages`.
fn page_in(root: &Json) -> Option<Json> {
    let messages = root.member("messages")?;
    match messages.kind() {
        JsonKind::Array => Some(root.clone()),
        JsonKind::Object => {
            let inner = messages.member("messages");
            let is_list = inner.is_some_and(|inner| inner.kind() == JsonKind::Array);
            is_list.then_some(messages)
        }
        _ => None,
    }
}

/// Documented as one sentence; clients of the API expect a list of them.
fn is_transcript(root: &Json) -> bool {
    match root.kind() {
        JsonKind::Array => true,
        JsonKind::Object => root.member("transcript").is_some(),
        _ => false,
    }
}

/// A contact, user or location: alone or wrapped in its name.
fn named_in(root: &Json, name: &str) -> Option<Json> {
    let has_id = |json: &Json| json.kind() == JsonKind::Object && json.member("id").is_some();
    let wrapped = root.member(name).filter(has_id);
    wrapped.or_else(|| has_id(root).then(|| root.clone()))
}

/// The email record: documented flat, really wrapped in `emailMessage`.
fn record_in(root: &Json) -> Option<Json> {
    let is_object = |json: &Json| json.kind() == JsonKind::Object;
    let wrapped = root.member("emailMessage").filter(is_object);
    let flat = || is_object(root) && root.member("id").is_some() && !is_message(root);
    wrapped.or_else(|| flat().then(|| root.clone()))
}
