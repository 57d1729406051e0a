//! Finding the message in what the API sent, flat or wrapped.
//! Never takes another resource for a message: a conversation or a contact has an id too.

use super::{Message, is_message};
use crate::model::endpoint::Endpoint;
use crate::model::json::{Json, JsonKind};

impl Message {
    /// The message in `root`, which is all that `endpoint` sent.
    pub fn read(root: &Json, endpoint: Endpoint) -> Option<Self> {
        let object = match endpoint {
            Endpoint::Message => message_in(root),
            Endpoint::EmailRecord => record_in(root),
        };
        object.map(|object| Self::new(root.clone(), &object, endpoint))
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
