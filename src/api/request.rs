//! What a request is made of: base URL, version, time limit, and as whom it is asked.
//! Never sends anything, and never lets a base URL through that would carry the token in clear over a network.

mod base_url;

use std::fmt;
use std::time::Duration;

use super::retry::Retries;
use super::token::TokenOrigin;
use crate::model::endpoint::Endpoint;
use crate::model::failure::Asked;
use crate::model::id::MessageId;

pub use base_url::{BaseUrl, BaseUrlError};

/// Where the API is, unless told otherwise.
pub const DEFAULT_BASE_URL: &str = "https://services.leadconnectorhq.com";
/// The version of the contract this program is built for.
pub const DEFAULT_VERSION: &str = "2021-07-28";
/// For one try.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(15);
/// A default one of a library may be blocked by Cloudflare (403, error 1010).
pub const USER_AGENT: &str = concat!("msgscope/", env!("CARGO_PKG_VERSION"));

/// Where and how to ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    pub base_url: BaseUrl,
    pub version: ApiVersion,
    /// For one try, from connecting to the last byte of the body.
    pub timeout: Duration,
    pub retries: Retries,
}

/// As whom to ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The profile's name.
    pub profile: String,
    /// Without a token nothing is sent.
    pub token: TokenOrigin,
    /// How many other profiles could be asked.
    pub others: usize,
}

/// The value of the `Version` header: 1 to 64 visible ASCII characters. Which ones exist the API decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiVersion(String);

/// The text cannot be a header's value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "an API version is 1 to 64 letters, digits and signs without blanks, such as {DEFAULT_VERSION}"
)]
pub struct ApiVersionError;

impl ApiVersion {
    pub fn parse(text: &str) -> Result<Self, ApiVersionError> {
        let text = text.trim();
        let fits =
            (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(ApiVersionError)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a snapshot says was asked.
pub fn asked(settings: &Settings, identity: &Identity, id: &MessageId) -> Asked {
    Asked {
        id: id.clone(),
        endpoint: Endpoint::Message,
        profile: identity.profile.clone(),
        base_url: settings.base_url.as_str().to_owned(),
        host: settings.base_url.host(),
        version: settings.version.as_str().to_owned(),
        token: identity.token.words(),
        token_changes: identity.token.changes(),
        others: identity.others,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::super::token::{Token, TokenSource};
    use super::*;

    #[test]
    fn a_version_is_what_fits_into_a_header() {
        for text in [
            "2021-07-28",
            "v3",
            "bogus-version",
            " 2021-04-15 ",
            &"v".repeat(64),
        ] {
            assert_eq!(ApiVersion::parse(text).unwrap().as_str(), text.trim());
        }
        for text in ["", " ", "v 3", "v\r\nX: y", "v\u{e9}", &"v".repeat(65)] {
            assert_eq!(ApiVersion::parse(text), Err(ApiVersionError), "{text:?}");
        }
    }

    #[test]
    fn what_was_asked_names_the_token_without_telling_it() {
        let settings = Settings {
            base_url: BaseUrl::parse("http://127.0.0.1:8080/x/").unwrap(),
            version: ApiVersion::parse(DEFAULT_VERSION).unwrap(),
            timeout: DEFAULT_TIMEOUT,
            retries: Retries::default(),
        };
        let token = Token::new("pit-0f8fad5b-d9cb-469f-a165-70867728950e").unwrap();
        let identity = Identity {
            profile: "acme".to_owned(),
            token: TokenOrigin::Given(token, TokenSource::Environment),
            others: 0,
        };
        let id = MessageId::new("ve9EPM428h8vShlRW1KT").unwrap();
        let asked = asked(&settings, &identity, &id);
        assert_eq!(asked.token, "private integration, from MSGSCOPE_TOKEN");
        assert_eq!(asked.host, "127.0.0.1:8080");
        assert!(!format!("{identity:?} {asked:?}").contains("0f8fad5b"));
    }
}
