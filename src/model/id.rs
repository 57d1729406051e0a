//! Message ids, and the ids in whatever is pasted where one belongs.
//! Never here: asking the API, or keeping a single character of a token.

mod error;
mod key;
mod line;
mod link;
mod object;
#[cfg(test)]
mod pastes;
mod search;
mod token;
mod word;

use std::fmt;
use std::sync::Arc;

pub use error::IdError;
pub use search::{Found, Note, Place, find};
pub use token::looks_like_token;

/// What a message lookup asks for: 1 to 64 ASCII letters and digits, so it may stand in a URL's path as it is.
///
/// Ids seen in real answers have 20, those in the API's documentation do not, so another length is no error. By its
/// form a message's id cannot be told from a contact's, a conversation's or a location's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageId(Arc<str>);

impl MessageId {
    /// Characters of every id seen in real answers.
    pub const USUAL_LENGTH: usize = 20;
    /// Characters of the longest text that is taken for an id.
    pub const MAX_LENGTH: usize = 64;

    /// An id that stands alone, without anything around it; [`find`] takes more.
    ///
    /// Fails with [`IdError::Token`], [`IdError::Empty`], [`IdError::PathWord`], [`IdError::Characters`] or
    /// [`IdError::TooLong`].
    pub fn new(text: &str) -> Result<Self, IdError> {
        if looks_like_token(text) {
            Err(IdError::Token)
        } else if text.is_empty() {
            Err(IdError::Empty)
        } else if let Some(word) = word::path_word(text) {
            Err(IdError::PathWord { word })
        } else if !word::is_alphanumeric(text) {
            Err(IdError::characters(text))
        } else if text.len() > Self::MAX_LENGTH {
            Err(IdError::TooLong { found: text.len() })
        } else {
            Ok(Self(text.into()))
        }
    }

    /// The name of what has no id, by where it stands in a text: `line3`, `item2`, `line3item2`.
    pub fn of_place(line: Option<u32>, item: Option<u32>) -> Self {
        let part = |word: &str, number: Option<u32>| {
            number.map_or_else(String::new, |number| format!("{word}{number}"))
        };
        Self(format!("{}{}", part("line", line), part("item", item)).into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// It has the 20 characters of every id seen in real answers.
    pub fn is_usual_length(&self) -> bool {
        self.0.len() == Self::USUAL_LENGTH
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl AsRef<str> for MessageId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_is_letters_and_digits_of_any_length_up_to_64() {
        for text in ["VY80mMXYjmpyLMocAVq5", "a", &"a1".repeat(32)] {
            assert_eq!(
                MessageId::new(text).map(|id| id.to_string()),
                Ok(text.to_owned())
            );
        }
        assert_eq!(
            MessageId::new(&"a".repeat(65)),
            Err(IdError::TooLong { found: 65 })
        );
        assert_eq!(MessageId::new(""), Err(IdError::Empty));
        assert_eq!(
            MessageId::new("a-b_c-d é"),
            Err(IdError::Characters(vec!['-', '_', ' ']))
        );
    }

    #[test]
    fn twenty_characters_are_the_usual_length() {
        let usual = |text| MessageId::new(text).map(|id| id.is_usual_length());
        assert_eq!(usual("VY80mMXYjmpyLMocAVq5"), Ok(true));
        assert_eq!(usual("VY80mMXYjmpyLMocAVq"), Ok(false));
    }

    #[test]
    fn a_path_of_the_api_is_never_an_id() {
        for word in [
            "export",
            "email",
            "inbound",
            "outbound",
            "upload",
            "review-reply",
        ] {
            assert_eq!(MessageId::new(word), Err(IdError::PathWord { word }));
        }
        assert_eq!(
            MessageId::new("Export"),
            Err(IdError::PathWord { word: "export" })
        );
    }

    #[test]
    fn the_first_part_of_a_web_token_is_no_id_though_it_has_twenty_characters() {
        assert_eq!(MessageId::new("eyJhbGciOiJIUzI1NiJ9"), Err(IdError::Token));
        assert!(MessageId::new("eyJ0mMXYjmpyLMocAVq5").is_ok());
    }

    proptest! {
        #[test]
        fn whatever_comes_in_nothing_panics(text in "\\PC{0,40}|[a-zA-Z0-9]{0,70}") {
            if let Ok(id) = MessageId::new(&text) {
                prop_assert_eq!(id.as_str(), &text);
            }
        }
    }
}
