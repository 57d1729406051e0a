//! An email and its records: the message names them, and they say what became of it.
//! Never the status of an older record than the newest.

use std::borrow::Cow;

use super::Message;
use crate::model::endpoint::Endpoint;
use crate::model::html::looks_like_html;
use crate::model::id::MessageId;
use crate::model::json::{Json, JsonKind};

impl Message {
    /// Whether it is the record of an email, which has the status and text that its message lacks.
    pub fn is_email_record(&self) -> bool {
        self.endpoint == Endpoint::EmailRecord
    }

    /// The ids of an email's records, oldest first. Documented as nested twice, really nested once.
    pub fn record_ids(&self) -> Vec<MessageId> {
        let email = self.field("meta").and_then(|meta| meta.member("email"));
        let ids = email.and_then(|email| {
            let nested = email
                .member("email")
                .and_then(|email| email.member("messageIds"));
            email.member("messageIds").or(nested)
        });
        let ids = ids.filter(|ids| ids.kind() == JsonKind::Array);
        let ids = ids.as_ref().map(Json::members).unwrap_or_default();
        ids.into_iter()
            .filter_map(|(_, id)| MessageId::new(&id.string()?).ok())
            .collect()
    }

    /// The id of the record that says what became of an email, as far as their order tells: the last one.
    pub fn newest_record(&self) -> Option<MessageId> {
        self.record_ids().pop()
    }

    /// Has an email speak through that record from now on, unless it speaks through a newer one.
    pub fn attach(&mut self, record: &Message) {
        let own = self.record();
        if own.is_none_or(|own| own.id() == record.id() || own.added() <= record.added()) {
            self.record = Some(Box::new(record.clone()));
        }
    }

    /// The record that an email speaks through.
    pub fn record(&self) -> Option<&Message> {
        self.record.as_deref()
    }

    /// The body that is shown: its own, else its record's.
    pub fn read_body(&self) -> Option<(&Self, Cow<'_, str>)> {
        let record = self.record();
        let mut both = [Some(self), record].into_iter().flatten();
        both.find_map(|one| Some((one, one.body()?)))
    }

    /// That body, where it is HTML.
    pub fn html(&self) -> Option<Cow<'_, str>> {
        let (own, body) = self.read_body()?;
        let is_html = match own.content_type() {
            Some(kind) => kind.contains("html"),
            None => looks_like_html(&body),
        };
        is_html.then_some(body)
    }
}
