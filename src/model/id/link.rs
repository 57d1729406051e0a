//! Links: the API's paths and the web app's, and what they name.
//! Never here: opening one.

use super::word::{foreign, is_alphanumeric, is_usual, path_word};
use super::{IdError, MessageId, key};

/// What ends a link in a line of text: blanks, and all that is put around links in prose, shells, Markdown and chats.
pub(super) fn ends_link(char: char) -> bool {
    char.is_whitespace() || "\"'`“”‘’«»<>()[]{}|,;\\^".contains(char)
}

/// What a link or path names: a message, or what else that is known. `None` where it says nothing about messages.
///
/// The paths are those of the Conversations and Contacts APIs and of the web app (`/v2/location/…`).
pub(super) fn named(link: &str) -> Option<Result<MessageId, IdError>> {
    let link = link.trim_end_matches(|end: char| ".:!?*_".contains(end));
    let (path, query) = link.split_once(['?', '#']).unwrap_or((link, ""));
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let about_messages = segments.iter().any(|segment| key::names_message(segment));
    let mut fields = query
        .split(['?', '#', '&'])
        .filter_map(|field| field.split_once('='));
    let message = fields.find_map(|(key, value)| {
        let named = key::names_message_id(key)
            || about_messages && key::is_key(key, "id") && is_usual(value);
        named.then(|| MessageId::new(value).ok()).flatten()
    });
    if let Some(message) = message {
        return Some(Ok(message));
    }
    let at = |name: &str| {
        segments
            .iter()
            .rposition(|segment| segment.eq_ignore_ascii_case(name))
    };
    if let Some(messages) = at("messages").or_else(|| at("message")) {
        let known = messages > 0 && segments[messages - 1] == "conversations"
            || messages > 1 && segments[messages - 2] == "locations";
        match segments[messages + 1..] {
            [email, record, ..]
                if email.eq_ignore_ascii_case("email") && is_alphanumeric(record) =>
            {
                return Some(Err(IdError::EmailRecord {
                    record: record.into(),
                }));
            }
            [segment, ..] if is_usual(segment) || known => return segment_named(segment),
            _ => {}
        }
    }
    let behind = |name: &str| {
        at(name)
            .and_then(|found| segments.get(found + 1))
            .filter(|segment| is_usual(segment))
    };
    if let Some(conversation) = behind("conversations") {
        return Some(Err(IdError::ConversationLink {
            conversation: (*conversation).into(),
        }));
    }
    (behind("contacts").is_some() || behind("detail").is_some())
        .then_some(Err(IdError::ContactLink))
}

/// The segment where the API has the message's id.
fn segment_named(segment: &str) -> Option<Result<MessageId, IdError>> {
    if let Some(word) = path_word(segment) {
        return Some(Err(IdError::PathWord { word }));
    }
    if let Some(other) = foreign(segment) {
        return Some(Err(other));
    }
    // The place of an id in documentation and code.
    let placeholder = segment.starts_with([':', '$', '%', '*', '…']);
    (!placeholder).then(|| MessageId::new(segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Result<MessageId, IdError> {
        MessageId::new(text)
    }

    #[test]
    fn an_api_link_names_its_message() {
        let expected = Some(id("VY80mMXYjmpyLMocAVq5"));
        for link in [
            "https://services.leadconnectorhq.com/conversations/messages/VY80mMXYjmpyLMocAVq5",
            "https://services.leadconnectorhq.com/conversations/messages/VY80mMXYjmpyLMocAVq5?version=v3#top",
            "services.leadconnectorhq.com/conversations/messages/VY80mMXYjmpyLMocAVq5/",
            "/conversations/messages/VY80mMXYjmpyLMocAVq5.",
            "/conversations/messages/VY80mMXYjmpyLMocAVq5/locations/7ysh0vjy4EDQXyzqTu7v/recording?index=1",
            "/conversations/locations/7ysh0vjy4EDQXyzqTu7v/messages/VY80mMXYjmpyLMocAVq5/transcription/download",
            "https://app.example.com/v2/location/7ysh0vjy4EDQXyzqTu7v/x?a=b&messageId=VY80mMXYjmpyLMocAVq5",
            "https://admin.example.com/message/VY80mMXYjmpyLMocAVq5",
            "https://admin.example.com/messages?id=VY80mMXYjmpyLMocAVq5",
        ] {
            assert_eq!(named(link), expected, "{link}");
        }
        assert_eq!(named("/conversations/messages/VY80mM"), Some(id("VY80mM")));
    }

    #[test]
    fn other_links_say_what_they_name() {
        let conversation = || {
            Some(Err(IdError::ConversationLink {
                conversation: "lmjOL3agcrEBw7TSTb7z".into(),
            }))
        };
        for (link, named_there) in [
            (
                "/v2/location/7ysh0vjy4EDQXyzqTu7v/conversations/conversations/lmjOL3agcrEBw7TSTb7z",
                conversation(),
            ),
            (
                "https://x.example/v2/location/7ysh0vjy4EDQXyzqTu7v/conversations/lmjOL3agcrEBw7TSTb7z?tab=1",
                conversation(),
            ),
            (
                "/conversations/lmjOL3agcrEBw7TSTb7z/messages?limit=20",
                conversation(),
            ),
            (
                "/v2/location/7ysh0vjy4EDQXyzqTu7v/contacts/detail/PvqI5W9TlT58kcNluuZ6",
                Some(Err(IdError::ContactLink)),
            ),
            (
                "/contacts/PvqI5W9TlT58kcNluuZ6",
                Some(Err(IdError::ContactLink)),
            ),
            (
                "/conversations/messages/email/67hcb8VbBPMyB1YsFJ1M",
                Some(Err(IdError::EmailRecord {
                    record: "67hcb8VbBPMyB1YsFJ1M".into(),
                })),
            ),
            (
                "/conversations/messages/export?limit=10",
                Some(Err(IdError::PathWord { word: "export" })),
            ),
            (
                "/conversations/messages/email",
                Some(Err(IdError::PathWord { word: "email" })),
            ),
            (
                "/conversations/messages/b55316d5-63ef-4254-af38-f9b715444eb0",
                Some(Err(IdError::Uuid)),
            ),
            (
                "/conversations/messages/a-b",
                Some(Err(IdError::Characters(vec!['-']))),
            ),
        ] {
            assert_eq!(named(link), named_there, "{link}");
        }
    }

    #[test]
    fn links_about_something_else_name_nothing() {
        for link in [
            "https://cdn.msgsndr.com/location%2F7ysh0vjy4EDQXyzqTu7v%2Fimages%2Fa.png?alt=media",
            "/conversations/messages/",
            "/conversations/messages/:id",
            "https://chat.example.com/messages/general",
            "text/html",
            "://",
            "",
        ] {
            assert_eq!(named(link), None, "{link}");
        }
    }
}
