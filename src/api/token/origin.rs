//! Where a profile's token comes from, and fetching it once it is needed.
//! Never fetched before: a command may ask its user for a password, and most profiles are never used.

use std::path::PathBuf;

use super::{
    Token, TokenCommand, TokenCommandError, TokenError, TokenFileError, TokenSource, read_file,
};

/// Where a token comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TokenOrigin {
    /// Nothing is set up.
    Nowhere,
    /// Read already.
    Given(Token, TokenSource),
    /// The variable that a profile names, which is not set or holds no token.
    Variable {
        name: String,
        why: Option<TokenError>,
    },
    /// Read each time it is needed anew.
    File(PathBuf, TokenSource),
    Command(TokenCommand),
}

/// Why there is no token to ask with.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenUnavailable {
    #[error("no token is set up for this profile")]
    NotSetUp,
    #[error("the variable {0} is not set")]
    NotSet(String),
    #[error("the variable {0}: {1}")]
    Variable(String, TokenError),
    #[error("{0}")]
    File(#[from] TokenFileError),
    #[error("{0}")]
    Command(#[from] TokenCommandError),
}

impl TokenOrigin {
    /// The token. Slow where a command has to be run.
    pub async fn fetch(&self) -> Result<(Token, TokenSource), TokenUnavailable> {
        match self {
            Self::Nowhere => Err(TokenUnavailable::NotSetUp),
            Self::Given(token, source) => Ok((token.clone(), source.clone())),
            Self::Variable { name, why: None } => Err(TokenUnavailable::NotSet(name.clone())),
            Self::Variable {
                name,
                why: Some(why),
            } => Err(TokenUnavailable::Variable(name.clone(), *why)),
            Self::File(path, source) => Ok((read_file(path)?, source.clone())),
            Self::Command(command) => Ok((command.run().await?, TokenSource::Command)),
        }
    }

    /// Whether fetching it again may bring another one.
    pub fn changes(&self) -> bool {
        matches!(self, Self::File(..) | Self::Command(_))
    }

    /// Whether there is a token, or a place that should hold one.
    pub fn is_somewhere(&self) -> bool {
        *self != Self::Nowhere
    }

    /// As in `private integration, from MSGSCOPE_TOKEN`, as far as is known without fetching it.
    pub fn words(&self) -> String {
        match self {
            Self::Nowhere => "none".to_owned(),
            Self::Given(token, source) => token.words(source),
            Self::Variable { name, .. } => TokenSource::Variable(name.clone()).words(),
            Self::File(_, source) => source.words(),
            Self::Command(_) => TokenSource::Command.words(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[tokio::test]
    async fn what_is_at_hand_is_given_and_what_is_not_says_where_it_should_be() {
        let token = Token::new("pit-sentinel").unwrap();
        let given = TokenOrigin::Given(token.clone(), TokenSource::Environment);
        assert_eq!(given.fetch().await, Ok((token, TokenSource::Environment)));
        assert_eq!(given.words(), "private integration, from MSGSCOPE_TOKEN");
        let unset = TokenOrigin::Variable {
            name: "ACME_TOKEN".to_owned(),
            why: None,
        };
        let why = unset.fetch().await.unwrap_err();
        assert_eq!(why.to_string(), "the variable ACME_TOKEN is not set");
        assert_eq!(unset.words(), "from ACME_TOKEN");
        let nowhere = TokenOrigin::Nowhere.fetch().await.unwrap_err();
        assert_eq!(nowhere.to_string(), "no token is set up for this profile");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_file_is_read_each_time() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let origin = TokenOrigin::File(path.clone(), TokenSource::ProfileFile);
        assert!(matches!(
            origin.fetch().await,
            Err(TokenUnavailable::File(TokenFileError::Missing { .. }))
        ));
        for text in ["pit-one", "pit-two"] {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
            let (token, _) = origin.fetch().await.unwrap();
            assert!(token == Token::new(text).unwrap());
        }
        assert!(origin.changes());
    }
}
