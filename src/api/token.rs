//! The token the API is asked with, and where it came from.
//! Never printed, logged, or put into words: only the client may read it.

mod command;
mod file;
mod jwt;
mod origin;

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use crate::model::failure::TokenForm;

pub use command::{TokenCommand, TokenCommandError};
pub use file::{TokenFileError, TokenLineError, read_file, read_line};
pub use jwt::Claims;
pub use origin::{TokenOrigin, TokenUnavailable};

/// A token: visible ASCII, at least one character. Wiped from memory when dropped.
#[derive(Clone)]
pub struct Token(SecretString);

/// Why a text is no token. Never holds the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenError {
    #[error("the token is empty")]
    Empty,
    #[error("the token has a blank or a line break in it")]
    Blank,
    #[error("the token has a control character in it")]
    Control,
    #[error("the token has a character in it that is not ASCII")]
    NotAscii,
}

/// Where a token came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TokenSource {
    Environment,
    /// The variable that a profile names.
    Variable(String),
    File,
    /// The file that a profile names.
    ProfileFile,
    /// The command that a profile names.
    Command,
    Stdin,
    Prompt,
    Demo,
}

impl Token {
    /// The token in `raw`; blanks and line ends around it are dropped.
    pub fn new(raw: &str) -> Result<Self, TokenError> {
        // A byte order mark is what Windows editors put before it.
        let token = raw.trim_start_matches('\u{feff}').trim();
        if token.is_empty() {
            return Err(TokenError::Empty);
        }
        if token.chars().any(char::is_whitespace) {
            return Err(TokenError::Blank);
        }
        if token.chars().any(char::is_control) {
            return Err(TokenError::Control);
        }
        if !token.is_ascii() {
            return Err(TokenError::NotAscii);
        }
        Ok(Self(SecretString::from(token)))
    }

    /// What it looks like, which says what may be wrong with it.
    pub fn form(&self) -> TokenForm {
        let token = self.0.expose_secret();
        if token.starts_with("pit-") {
            TokenForm::PrivateIntegration
        } else if token.starts_with("eyJ") {
            TokenForm::OAuth
        } else if is_uuid(token) {
            TokenForm::BareUuid
        } else {
            TokenForm::Other
        }
    }

    /// As in `private integration, from MSGSCOPE_TOKEN`; never the token.
    pub fn words(&self, source: &TokenSource) -> String {
        format!("{}, {}", form_words(self.form()), source.words())
    }

    /// What an OAuth token says of itself; nothing for another kind.
    pub fn claims(&self) -> Option<Claims> {
        jwt::claims(self.expose())
    }

    /// Whether it has the form of a message id: 20 letters and digits.
    pub fn looks_like_id(&self) -> bool {
        let token = self.0.expose_secret();
        token.len() == 20 && token.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }

    /// The bytes with every copy of the token taken out of them.
    pub(super) fn masked_in(&self, bytes: Vec<u8>) -> Vec<u8> {
        let token = self.expose().as_bytes();
        let mut masked = Vec::with_capacity(bytes.len());
        let mut rest = bytes.as_slice();
        while let Some(at) = rest.windows(token.len()).position(|run| run == token) {
            masked.extend_from_slice(&rest[..at]);
            masked.extend_from_slice(b"(redacted)");
            rest = &rest[at + token.len()..];
        }
        masked.extend_from_slice(rest);
        masked
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl Eq for Token {}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

impl TokenSource {
    /// As in `private integration, from MSGSCOPE_TOKEN`.
    pub fn words(&self) -> String {
        match self {
            Self::Environment => "from MSGSCOPE_TOKEN",
            Self::Variable(name) => return format!("from {name}"),
            Self::File => "from --token-file",
            Self::ProfileFile => "from token_file",
            Self::Command => "from token_command",
            Self::Stdin => "from standard input",
            Self::Prompt => "typed at the prompt",
            Self::Demo => "made up for the demo",
        }
        .to_owned()
    }
}

/// What people call a token of that form.
fn form_words(form: TokenForm) -> &'static str {
    match form {
        TokenForm::PrivateIntegration => "private integration",
        TokenForm::BareUuid => "bare UUID",
        TokenForm::OAuth => "OAuth",
        TokenForm::Other => "unknown form",
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    const PRIVATE: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";

    #[test]
    fn blanks_and_line_ends_around_a_token_are_dropped() {
        let clean = Token::new(PRIVATE).unwrap();
        for raw in [
            format!("{PRIVATE}\r\n"),
            format!("  {PRIVATE}\t"),
            format!("\u{feff}{PRIVATE}\n"),
        ] {
            assert!(Token::new(&raw).unwrap() == clean);
        }
        assert!(clean.expose() == PRIVATE);
    }

    #[test]
    fn what_cannot_be_a_header_is_refused_in_words_without_it() {
        for (raw, error) in [
            ("", TokenError::Empty),
            (" \r\n", TokenError::Empty),
            ("pit-secret x", TokenError::Blank),
            ("pit-secret\nx", TokenError::Blank),
            ("pit-secret\u{a0}x", TokenError::Blank),
            ("pit-secret\u{0}x", TokenError::Control),
            ("pit-secret\u{1b}[0m", TokenError::Control),
            ("pit-secret\u{2013}x", TokenError::NotAscii),
        ] {
            assert_eq!(Token::new(raw).unwrap_err(), error);
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn the_form_says_what_kind_of_token_it_is() {
        for (raw, form) in [
            (PRIVATE, TokenForm::PrivateIntegration),
            (&PRIVATE[4..], TokenForm::BareUuid),
            ("eyJhbGciOi.eyJzdWIi.c2ln", TokenForm::OAuth),
            ("ve9EPM428h8vShlRW1KT", TokenForm::Other),
        ] {
            assert_eq!(Token::new(raw).unwrap().form(), form);
        }
    }

    #[test]
    fn a_message_id_is_recognised() {
        assert!(Token::new("ve9EPM428h8vShlRW1KT").unwrap().looks_like_id());
        assert!(!Token::new(PRIVATE).unwrap().looks_like_id());
    }

    #[test]
    fn it_prints_as_redacted_and_still_compares() {
        let token = Token::new(PRIVATE).unwrap();
        assert_eq!(format!("{token:?} {token}"), "(redacted) (redacted)");
        assert!(token == token.clone());
        assert!(token != Token::new("pit-other").unwrap());
    }
}
