//! Why a pasted text is not looked up, in the words that are shown for it.
//! Never here: a token's text, not even a part of it.

use thiserror::Error;

use super::MessageId;
use crate::model::shown::visible;

/// What was pasted or typed is not asked for. Only [`IdError::Length`] is a warning: it carries the id to ask with.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum IdError {
    #[error("Nothing to look up: paste or type an id.")]
    Empty,
    /// The first characters that no id has, each once, at most three.
    #[error("That can't be an id: 20 letters and digits, yours holds {}", listed(.0))]
    Characters(Vec<char>),
    /// Has the form of an id, but not its 20 characters.
    #[error("{}; message ids have 20.", characters(.id.as_str().len()))]
    Length { id: MessageId },
    #[error("That can't be an id: {}, message ids have 20.", characters(*.found))]
    TooLong { found: usize },
    /// Nothing with the form of an id.
    #[error("No message id in that text: none has 20 letters and digits.")]
    NoId,
    /// Ids, but all of them named as something else.
    #[error(
        "No message id in that text, only ids of other things: contact, location, conversation and the like."
    )]
    OtherIds,
    /// Several could be meant and nothing tells which.
    #[error(
        "{found} possible ids in one line; nothing says which is the message's. Paste it alone."
    )]
    Ambiguous { found: usize },
    #[error("A Twilio call id (CA…), not a message id. HighLevel keeps it as altId.")]
    TwilioCall,
    #[error(
        "A Twilio message id (SM…, MM…), not a message id of HighLevel, which keeps it as altId."
    )]
    TwilioMessage,
    #[error("A WhatsApp id (wamid.…), not a message id. HighLevel keeps it as altId.")]
    WhatsApp,
    #[error("A UUID: a trace or workflow id, not a message.")]
    Uuid,
    #[error("24 hex digits: a provider, app or widget id, not a message.")]
    ProviderId,
    /// The conversation's id has letters and digits alone.
    #[error("This link names a conversation, not a message.")]
    ConversationLink { conversation: Box<str> },
    #[error("This link names a contact, not a message.")]
    ContactLink,
    /// The record's id has letters and digits alone.
    #[error(
        "That names an email record, not a message: the message it belongs to has an id of its own."
    )]
    EmailRecord { record: Box<str> },
    #[error("{word} is a path of the API, never an id.")]
    PathWord { word: &'static str },
    #[error(
        "That looks like a token, not an id. It was not sent, shown or kept. y uses it for this run."
    )]
    Token,
}

impl IdError {
    /// Names what is no letter and no digit in a text.
    pub(super) fn characters(text: &str) -> Self {
        let mut found = Vec::new();
        for char in text.chars().filter(|char| !char.is_ascii_alphanumeric()) {
            if found.len() < 3 && !found.contains(&char) {
                found.push(char);
            }
        }
        Self::Characters(found)
    }
}

fn characters(number: usize) -> String {
    if number == 1 {
        "1 character".to_owned()
    } else {
        format!("{number} characters")
    }
}

fn listed(found: &[char]) -> String {
    let names: Vec<String> = found.iter().map(|char| named(*char)).collect();
    match names.as_slice() {
        [] => "something else".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn named(char: char) -> String {
    match char {
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        _ if char.is_whitespace() => "a blank".to_owned(),
        _ => visible(char.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offending_characters_are_named_and_made_visible() {
        let said = |text| IdError::characters(text).to_string();
        assert_eq!(
            said("a/b.c"),
            "That can't be an id: 20 letters and digits, yours holds / and ."
        );
        assert_eq!(
            said("a b\u{202e}\tc"),
            "That can't be an id: 20 letters and digits, yours holds a blank, <U+202E> and a tab"
        );
        assert_eq!(
            said("a--b"),
            "That can't be an id: 20 letters and digits, yours holds -"
        );
        assert_eq!(
            said("é/:?"),
            "That can't be an id: 20 letters and digits, yours holds é, / and :"
        );
    }

    #[test]
    fn another_length_is_a_warning_that_carries_the_id() -> Result<(), IdError> {
        let id = MessageId::new("VY80mMXYjmpyLM")?;
        assert_eq!(
            IdError::Length { id }.to_string(),
            "14 characters; message ids have 20."
        );
        let id = MessageId::new("V")?;
        assert_eq!(
            IdError::Length { id }.to_string(),
            "1 character; message ids have 20."
        );
        Ok(())
    }
}
