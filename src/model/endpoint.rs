//! What of the API is asked for an id.
//! Never a base URL or a host: those are a profile's.

use super::id::MessageId;

/// One of the API's resources, asked for by an id. Which others its path or query need stand in it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Endpoint {
    /// "Get message by message id".
    #[default]
    Message,
    /// "Get email by id": where an email's status and body are. Its ids look like those of messages.
    EmailRecord,
    /// "Get messages by conversation id", newest first: a page of those that are older than `before`, by default of all.
    Messages { before: Option<MessageId> },
    /// "Get transcription by message id": of a call's recording.
    Transcript { location: MessageId },
    /// "Get recording by message id": audio, which is saved and never read as an answer.
    Recording { location: MessageId },
    /// "Get contact".
    Contact,
    /// "Get user".
    User,
    /// "Get location (sub-account)".
    Location,
}

/// Messages asked for at once.
pub const PAGE: usize = 20;

impl Endpoint {
    /// The segments of its path, the id among them.
    pub fn segments<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        match self {
            Self::Message => vec!["conversations", "messages", id],
            Self::EmailRecord => vec!["conversations", "messages", "email", id],
            Self::Messages { .. } => vec!["conversations", id, "messages"],
            // The two put location and message the other way round.
            Self::Transcript { location } => {
                let location = location.as_str();
                vec![
                    "conversations",
                    "locations",
                    location,
                    "messages",
                    id,
                    "transcription",
                ]
            }
            Self::Recording { location } => {
                let location = location.as_str();
                vec![
                    "conversations",
                    "messages",
                    id,
                    "locations",
                    location,
                    "recording",
                ]
            }
            Self::Contact => vec!["contacts", id],
            Self::User => vec!["users", id],
            Self::Location => vec!["locations", id],
        }
    }

    /// Names and values of its query.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let Self::Messages { before } = self else {
            return Vec::new();
        };
        let before = before.as_ref().map(|id| ("lastMessageId", id.to_string()));
        let limit = ("limit", PAGE.to_string());
        std::iter::once(limit).chain(before).collect()
    }

    /// `/conversations/messages/{id}`, with `id` in its place, and the query behind it.
    pub fn path(&self, id: &str) -> String {
        let mut path = format!("/{}", self.segments(id).join("/"));
        let mut sign = '?';
        for (name, value) in self.query() {
            path.push(std::mem::replace(&mut sign, '&'));
            path.extend([name, "=", &value]);
        }
        path
    }

    /// What a token must be allowed to do for it ("Scopes" of HighLevel's OAuth documentation).
    pub fn scope(&self) -> &'static str {
        match self {
            Self::Message
            | Self::EmailRecord
            | Self::Messages { .. }
            | Self::Transcript { .. }
            | Self::Recording { .. } => "conversations/message.readonly",
            Self::Contact => "contacts.readonly",
            Self::User => "users.readonly",
            Self::Location => "locations.readonly",
        }
    }

    /// What scripts and the history's file call it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::EmailRecord => "email",
            Self::Messages { .. } => "messages",
            Self::Transcript { .. } => "transcript",
            Self::Recording { .. } => "recording",
            Self::Contact => "contact",
            Self::User => "user",
            Self::Location => "location",
        }
    }

    /// What it is called in a sentence.
    pub fn words(&self) -> &'static str {
        match self {
            Self::EmailRecord => "email record",
            Self::Messages { .. } => "conversation",
            other => other.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn paths_are_those_of_the_documentation() {
        let location = MessageId::new("loc1").unwrap();
        let before = Some(MessageId::new("last9").unwrap());
        let transcript = Endpoint::Transcript {
            location: location.clone(),
        };
        let paths = [
            (Endpoint::Message, "/conversations/messages/{id}"),
            (Endpoint::EmailRecord, "/conversations/messages/email/{id}"),
            (
                Endpoint::Messages { before: None },
                "/conversations/{id}/messages?limit=20",
            ),
            (
                Endpoint::Messages { before },
                "/conversations/{id}/messages?limit=20&lastMessageId=last9",
            ),
            (
                transcript,
                "/conversations/locations/loc1/messages/{id}/transcription",
            ),
            (
                Endpoint::Recording { location },
                "/conversations/messages/{id}/locations/loc1/recording",
            ),
            (Endpoint::Contact, "/contacts/{id}"),
            (Endpoint::User, "/users/{id}"),
            (Endpoint::Location, "/locations/{id}"),
        ];
        for (endpoint, path) in paths {
            assert_eq!(endpoint.path("{id}"), path);
        }
    }
}
