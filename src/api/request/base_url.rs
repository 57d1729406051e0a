//! The base URL of the API, and the URLs made from it.
//! Never plain http to another machine, and never a user name, password, query or fragment.

use std::fmt;

use url::{Host, Url};

use super::DEFAULT_BASE_URL;
use crate::model::endpoint::Endpoint;
use crate::model::id::MessageId;

/// Scheme, host, port and a path that may be empty.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why a text is no base URL. Never holds the text, in which a password may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BaseUrlError {
    #[error("the base URL is not a URL; it looks like {DEFAULT_BASE_URL}")]
    NotAUrl,
    #[error("the base URL must begin with https://")]
    Scheme,
    #[error(
        "plain http is for 127.0.0.1, [::1] and localhost only: elsewhere the token could be read on the way"
    )]
    PlainHttp,
    #[error("the base URL must not hold a user name or password")]
    UserInfo,
    #[error("the base URL must end with its path: no ? and no #")]
    Query,
}

impl BaseUrl {
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| BaseUrlError::NotAUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BaseUrlError::Scheme);
        }
        if !url.has_host() {
            return Err(BaseUrlError::NotAUrl);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::UserInfo);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::Query);
        }
        let url = Self(url);
        if url.0.scheme() == "http" && !url.is_loopback() {
            return Err(BaseUrlError::PlainHttp);
        }
        Ok(url)
    }

    /// The host, with the port where it is not the scheme's own.
    pub fn host(&self) -> String {
        host_of(&self.0).unwrap_or_default()
    }

    /// Whether it is HighLevel's own; any other is always shown.
    pub fn is_default(&self) -> bool {
        self.as_str() == DEFAULT_BASE_URL
    }

    /// Whether it is this machine, by a literal address or by `localhost`.
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// Whether TLS protects what is sent; without it the host is this machine.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Where `endpoint` has that id.
    pub fn url_of(&self, endpoint: &Endpoint, id: &MessageId) -> Url {
        let mut url = self.0.clone();
        // Only a URL without a host has no path to add to, and such a one is never made.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(endpoint.segments(id.as_str()));
        }
        let query = endpoint.query();
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// The host a `Location` header points to, seen from here.
    pub(in crate::api) fn host_of_location(&self, location: &str) -> Option<String> {
        host_of(&self.0.join(location).ok()?)
    }
}

fn host_of(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    fn base(text: &str) -> BaseUrl {
        BaseUrl::parse(text).unwrap()
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for text in [
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://[::1]:1",
            "http://localhost",
            "HTTP://LOCALHOST:80/",
        ] {
            assert!(base(text).is_loopback(), "{text}");
        }
        for text in [
            "http://services.leadconnectorhq.com",
            "http://128.0.0.1",
            "http://0.0.0.0",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://[::ffff:127.0.0.1]",
            "http://[::2]",
        ] {
            assert_eq!(BaseUrl::parse(text), Err(BaseUrlError::PlainHttp), "{text}");
        }
    }

    #[test]
    fn what_may_hold_a_secret_or_is_no_base_is_refused_in_words_without_it() {
        for (text, error) in [
            ("services.leadconnectorhq.com", BaseUrlError::NotAUrl),
            ("", BaseUrlError::NotAUrl),
            ("https://", BaseUrlError::NotAUrl),
            ("ftp://hunter2.example", BaseUrlError::Scheme),
            ("file:///hunter2", BaseUrlError::Scheme),
            ("https://hunter2@a.example", BaseUrlError::UserInfo),
            ("https://:hunter2@a.example", BaseUrlError::UserInfo),
            ("http://127.0.0.1:x@evil.example", BaseUrlError::UserInfo),
            ("https://a.example/?hunter2", BaseUrlError::Query),
            ("https://a.example?", BaseUrlError::Query),
            ("https://a.example/#hunter2", BaseUrlError::Query),
        ] {
            assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
            assert!(!error.to_string().contains("hunter2"));
        }
    }

    #[test]
    fn a_base_path_and_a_slash_at_the_end_are_kept_apart_from_the_api_path() {
        let id = MessageId::new("ve9EPM428h8vShlRW1KT").unwrap();
        for (text, path) in [
            (
                "https://a.example",
                "https://a.example/conversations/messages/ve9EPM428h8vShlRW1KT",
            ),
            (
                "https://a.example/",
                "https://a.example/conversations/messages/ve9EPM428h8vShlRW1KT",
            ),
            (
                "https://a.example:8443/gate/way/",
                "https://a.example:8443/gate/way/conversations/messages/ve9EPM428h8vShlRW1KT",
            ),
        ] {
            assert_eq!(base(text).url_of(&Endpoint::Message, &id).as_str(), path);
        }
    }

    #[test]
    fn the_host_is_told_with_its_port_where_it_is_not_the_usual_one() {
        assert_eq!(base("https://a.example:443/x").host(), "a.example");
        assert_eq!(base("http://[::1]:8080").host(), "[::1]:8080");
        assert!(base("https://services.leadconnectorhq.com:443/").is_default());
        assert!(base(DEFAULT_BASE_URL).is_default());
        assert!(!base("https://services.leadconnectorhq.com/x").is_default());
        assert!(!base("https://services.leadconnectorhq.com.example").is_default());
    }

    #[test]
    fn a_location_is_seen_from_the_base() {
        let base = base("https://a.example:8443/x");
        for (location, host) in [
            ("https://other.example/login?next=1", Some("other.example")),
            ("//other.example:1/", Some("other.example:1")),
            ("/login", Some("a.example:8443")),
            ("mailto:x@y", None),
            ("http://[", None),
        ] {
            assert_eq!(base.host_of_location(location).as_deref(), host);
        }
    }
}
