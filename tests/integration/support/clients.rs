//! Clients of one profile, as tests ask with them.
//! Never here: a config file, or a variable of this process.

use msgscope::api::client::{Client, Connections};
use msgscope::api::request::{Identity, Settings};
use msgscope::api::token::{Token, TokenOrigin, TokenSource};

/// A client of the profile `acme`.
pub(crate) fn client(settings: Settings, token: TokenOrigin) -> Client {
    let connections = Connections::new(&settings.base_url).unwrap();
    Client::new(connections, settings, identity("acme", token), None)
}

/// The only profile there is.
pub(crate) fn identity(profile: &str, token: TokenOrigin) -> Identity {
    Identity {
        profile: profile.to_owned(),
        token,
        others: 0,
    }
}

/// A token as `MSGSCOPE_TOKEN` gives it.
pub(crate) fn given(token: &str) -> TokenOrigin {
    TokenOrigin::Given(Token::new(token).unwrap(), TokenSource::Environment)
}
