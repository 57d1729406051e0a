//! Which URL may be copied: one that pastes as exactly the line it looks like.
//! Never trims, completes or repairs: a signed URL stays as it came, byte for byte, or is refused.

use url::Url;

use super::id::MessageId;
use super::message::Message;

/// The longest URL that may be copied, in bytes.
pub const LONGEST: usize = 8 * 1024;

/// A URL that may be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    url: String,
    host: String,
}

impl Link {
    /// The URL exactly as it came: printable ASCII without spaces, http or https, no user in it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The host it leads to, lower case and in punycode, for the eye.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// Why a URL was not copied, said as the notice, which a key to see it by may follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error(
        "Not copied: the URL is {} kB long, {} at most",
        bytes.div_ceil(1024),
        LONGEST / 1024
    )]
    TooLong { bytes: usize },
    #[error("Not copied: the URL holds hidden characters")]
    Hidden,
    #[error("Not copied: the URL holds letters outside ASCII")]
    Foreign,
    #[error("Not copied: this is not a URL")]
    NotUrl,
    #[error("Not copied: the URL is not http or https")]
    NotWeb,
    #[error("Not copied: the URL holds a user name")]
    User,
}

/// Decides whether `raw`, as the API sent it, may go to a clipboard.
pub fn copyable(raw: &str) -> Result<Link, Refused> {
    if raw.len() > LONGEST {
        return Err(Refused::TooLong { bytes: raw.len() });
    }
    // Before parsing, because the parser drops tabs and line ends without a word.
    if !raw.bytes().all(|byte| byte.is_ascii_graphic()) {
        let letters = |character: char| character.is_ascii_graphic() || character.is_alphanumeric();
        return Err(if raw.chars().all(letters) {
            Refused::Foreign
        } else {
            Refused::Hidden
        });
    }
    let url = Url::parse(raw).map_err(|_| Refused::NotUrl)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refused::NotWeb);
    }
    if names_user(raw) {
        return Err(Refused::User);
    }
    let host = url.host_str().ok_or(Refused::NotUrl)?;
    Ok(Link {
        host: host.to_owned(),
        url: raw.to_owned(),
    })
}

/// Whether any reader of `raw` could find a user in it. Readers disagree: `\` ends the host for browsers but not for
/// curl, and the parser forgets that an empty user was there, so the text itself is asked, in the widest reading.
fn names_user(raw: &str) -> bool {
    let after_scheme = raw.split_once(':').map_or(raw, |(_, rest)| rest);
    let from_host = after_scheme.trim_start_matches(['/', '\\']);
    from_host
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|authority| authority.contains('@'))
}

/// What of a message the web app can show. No link to a single message is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum App {
    Conversation,
    Contact,
}

/// The link into the web app, where the ids in it are what ids look like: `app_url` is the agency's own host, and
/// `asked` the id that a conversation was asked for by.
pub fn app_link(
    message: &Message,
    asked: &MessageId,
    target: App,
    app_url: &str,
) -> Option<String> {
    let first = message.listed().into_iter().next();
    let whose = first.as_ref().unwrap_or(message);
    let location = whose.id_in("locationId")?;
    let path = match target {
        App::Contact => format!("contacts/detail/{}", whose.id_in("contactId")?),
        App::Conversation if message.is_conversation() => {
            format!("conversations/conversations/{asked}")
        }
        App::Conversation => {
            format!(
                "conversations/conversations/{}",
                whose.id_in("conversationId")?
            )
        }
    };
    let base = app_url.trim_end_matches('/');
    Some(format!("{base}/v2/location/{location}/{path}"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_signed_url_is_copied_byte_for_byte() {
        let raw = "https://Storage.Example.com/o/a%2Fb.PDF?X-Sig=aB%2b/==&e=1#p|{}";
        let link = copyable(raw).unwrap();
        assert_eq!(link.url(), raw);
        assert_eq!(link.host(), "storage.example.com");
    }

    #[test]
    fn the_host_is_shown_as_it_will_be_asked() {
        let host = |raw| copyable(raw).unwrap().host;
        assert_eq!(host("https://xn--80ak6aa92e.com/"), "xn--80ak6aa92e.com");
        assert_eq!(
            host("https://%D0%B0pple.com/"),
            "xn--pple-43d.com",
            "an escaped homograph is unmasked"
        );
        assert_eq!(host("http://[::1]:8080/x"), "[::1]");
        assert_eq!(host("HTTP://3232235777/"), "192.168.1.1");
    }

    #[test]
    fn a_url_with_hidden_characters_is_refused() {
        for raw in [
            "https://a.com/x\nrm -rf ~",
            "https://a.com/x\r",
            " https://a.com/",
            "https://a.com/ ",
            "https://a.com/\tb",
            "https://a.com/\u{1b}[31m",
            "https://a.com/\u{7f}",
            "https://a.com/\u{9b}31m",
            "https://a.com/\u{202e}gpj.exe",
            "https://a.com/\u{200b}",
            "https://a.com/\u{feff}",
        ] {
            assert_eq!(copyable(raw), Err(Refused::Hidden), "{raw:?}");
        }
    }

    #[test]
    fn a_homograph_is_refused_but_not_called_hidden() {
        assert_eq!(copyable("https://аpple.com/"), Err(Refused::Foreign));
        assert_eq!(copyable("https://a.com/müll"), Err(Refused::Foreign));
    }

    #[test]
    fn only_http_and_https_are_copied() {
        for raw in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ftp://a.com/",
            "data:,x",
            "mailto:a@b.com",
        ] {
            assert_eq!(copyable(raw), Err(Refused::NotWeb), "{raw}");
        }
        for raw in ["", "a.com/x", "//a.com/x", "https://", "http://a b"] {
            assert!(copyable(raw).is_err(), "{raw}");
        }
        assert_eq!(copyable("a.com/x"), Err(Refused::NotUrl));
    }

    #[test]
    fn a_url_in_which_any_reader_finds_a_user_is_refused() {
        for raw in [
            "https://user@a.com/",
            "https://user:word@a.com/",
            "https://:word@a.com/",
            "https://@a.com/",
            "https:user@a.com/",
            "https:/\\user@a.com/",
            "https://good.com\\@evil.com/",
        ] {
            assert_eq!(copyable(raw), Err(Refused::User), "{raw}");
        }
        for raw in ["https://a.com/@user", "https://a.com?m=a@b.com"] {
            assert!(copyable(raw).is_ok(), "{raw}");
        }
    }

    #[test]
    fn the_longest_url_is_copied_and_one_byte_more_is_not() {
        let longest = format!("https://a.com/{}", "x".repeat(LONGEST - 14));
        assert_eq!(copyable(&longest).unwrap().url(), longest);
        let refused = copyable(&(longest + "x"));
        assert_eq!(refused, Err(Refused::TooLong { bytes: 8193 }));
    }

    #[test]
    fn a_refusal_says_why_and_what_to_do() {
        let words = Refused::Hidden.to_string();
        assert_eq!(words, "Not copied: the URL holds hidden characters");
        let words = Refused::TooLong { bytes: 8193 }.to_string();
        assert_eq!(words, "Not copied: the URL is 9 kB long, 8 at most");
    }

    proptest! {
        #[test]
        fn what_is_copied_is_what_came_and_holds_no_user(tail in "[ -~\u{80}-\u{2100}\t\n]{0,40}") {
            let raw = format!("https:{tail}");
            if let Ok(link) = copyable(&raw) {
                prop_assert_eq!(link.url(), &raw);
                prop_assert!(raw.bytes().all(|byte| (0x21..=0x7e).contains(&byte)));
                let url = Url::parse(&raw).unwrap();
                prop_assert!(url.username().is_empty() && url.password().is_none());
            }
        }
    }
}
