//! A page of a conversation's messages: those in it, and where the next page begins.
//! Never a message of it that is no object.

use super::Message;
use crate::model::endpoint::Endpoint;
use crate::model::id::MessageId;
use crate::model::json::{Json, JsonKind};

impl Message {
    /// Whether it is a page of a conversation's messages.
    pub fn is_conversation(&self) -> bool {
        matches!(self.endpoint, Endpoint::Messages { .. })
    }

    /// The messages of a page, newest first.
    pub fn listed(&self) -> Vec<Message> {
        let list = self.field("messages").filter(|_| self.is_conversation());
        let members = list.map(Json::members).unwrap_or_default().into_iter();
        let objects = members.filter(|(_, object)| object.kind() == JsonKind::Object);
        objects
            .map(|(_, object)| Self::new(object.clone(), &object, Endpoint::Message))
            .collect()
    }

    /// The id of the last message of a page that is not the last one: the next holds those that are older.
    pub fn next_page(&self) -> Option<MessageId> {
        let more = self.field("nextPage")?;
        let more = more.raw() == "true";
        let last = self.field("lastMessageId").filter(|_| more)?.string()?;
        MessageId::new(&last).ok()
    }

    /// The id in one of its fields, where that is one.
    pub fn id_in(&self, field: &str) -> Option<MessageId> {
        MessageId::new(&self.field(field)?.string()?).ok()
    }

    /// The same without one of its fields.
    #[must_use]
    pub fn without(&self, field: &str) -> Self {
        let mut message = self.clone();
        message.fields.retain(|own| own.name != field);
        message
    }
}
