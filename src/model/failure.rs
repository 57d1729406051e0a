//! What a lookup that brought no message ended in, named by what the user should do next and not by HTTP number.
//! Never holds a token, a header or a URL with its query: a failure is shown, kept and pasted into tickets.

mod advice;
mod words;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::id::MessageId;

/// A lookup's failure. Comparable data; the texts are hostile until made `Shown`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    pub cause: Cause,
    /// The HTTP status, where an answer came.
    pub http: Option<u16>,
    /// The API's own words, in the order sent.
    pub messages: Vec<String>,
    pub trace_id: Option<String>,
    pub tries: Tries,
}

/// How often it was asked, of which this failure was the last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tries {
    /// At least 1.
    pub count: u32,
    /// From the first try's begin to the last one's end; zero where there was only one.
    pub took: Duration,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            count: 1,
            took: Duration::ZERO,
        }
    }
}

/// Why, by what to do about it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// There is no token to ask with, or it did not arrive.
    NoToken,
    /// The place that should hold the token does not; in words.
    TokenUnavailable(String),
    /// The token is not known: revoked, expired, mistyped.
    TokenRefused(TokenForm),
    /// An agency's token, where a sub-account's is needed.
    WrongTokenClass,
    /// The token works, but may not read messages.
    ScopeMissing,
    /// The message is in another sub-account than the token.
    OtherLocation,
    /// The `Version` header was refused.
    Version,
    NotFound,
    /// Several profiles were asked, and none has it.
    Nowhere {
        asked: usize,
        /// Those that answered something else than that they do not have it.
        unsure: usize,
        /// What counts for scripts: the worst of the answers.
        worst: FailureKind,
    },
    /// The API does not accept the id or the request (400, 422).
    Invalid,
    /// 429. How long the API asks to wait, where it says so.
    RateLimited {
        wait: Option<Duration>,
    },
    /// The gateway's `Command timed out`, which it calls a 401, and 504.
    GatewayTimeout,
    /// No whole answer within the time limit.
    NoAnswer {
        after: Duration,
    },
    Network(NetworkFault),
    /// The body ended early. Sizes in bytes; `of` where the header told.
    Cut {
        after: u64,
        of: Option<u64>,
    },
    /// Over the limit, in bytes; not read.
    TooLarge {
        limit: u64,
    },
    /// There is no body, or only blanks.
    Empty,
    /// The body is not JSON.
    NotJson,
    /// JSON, but not a message.
    NotAMessage(Resource),
    /// 3xx. The host it pointed to; a token is never sent there.
    Redirect {
        host: String,
    },
    /// A web page or a block from something in between.
    Blocked(Blocker),
    /// 5xx.
    Server,
    /// The user stopped it.
    Cancelled {
        after: Duration,
    },
    /// A fault of this program: the task that asked ended without a result.
    Broken,
}

/// What the refused token looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenForm {
    /// `pit-` and a UUID.
    PrivateIntegration,
    /// A UUID alone: its `pit-` was lost.
    BareUuid,
    /// `eyJ….….…`
    OAuth,
    Other,
}

/// What was sent where a message belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resource {
    EmailRecord,
    Conversation,
    Unknown,
}

/// What went wrong below HTTP.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkFault {
    NameNotFound,
    Refused,
    /// Closed or reset before an answer.
    Closed,
    /// The certificate or the handshake; the library's words.
    Tls(String),
    /// Anything else; the library's words, without the URL.
    Other(String),
}

/// Who answered in HighLevel's place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blocker {
    Cloudflare,
    /// A proxy or gateway that answered with a web page.
    Proxy,
}

/// The word scripts read (`get --format ndjson`). These never change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    Unauthorised,
    Forbidden,
    OtherLocation,
    NotFound,
    NotAnId,
    Invalid,
    Version,
    RateLimit,
    Timeout,
    Network,
    Cut,
    TooLarge,
    NotUnderstood,
    Redirect,
    Blocked,
    Server,
    Cancelled,
}

impl FailureKind {
    /// The kind of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        let word = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word);
        Self::deserialize(word).ok()
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Unauthorised => "unauthorised",
            Self::Forbidden => "forbidden",
            Self::OtherLocation => "other-location",
            Self::NotFound => "not-found",
            Self::NotAnId => "not-an-id",
            Self::Invalid => "invalid",
            Self::Version => "version",
            Self::RateLimit => "rate-limit",
            Self::Timeout => "timeout",
            Self::Network => "network",
            Self::Cut => "cut",
            Self::TooLarge => "too-large",
            Self::NotUnderstood => "not-understood",
            Self::Redirect => "redirect",
            Self::Blocked => "blocked",
            Self::Server => "server",
            Self::Cancelled => "cancelled",
        }
    }

    /// How much it counts among several: not authorised over the network over a wrong id.
    pub fn severity(self) -> u8 {
        match self.exit_code() {
            4 => 1,
            5 => 2,
            _ => 3,
        }
    }

    /// Whether it may pass by itself.
    pub fn may_pass(self) -> bool {
        matches!(
            self,
            Self::RateLimit
                | Self::Timeout
                | Self::Network
                | Self::Server
                | Self::Cut
                | Self::Blocked
        )
    }

    /// The exit code of `get`: by what to do about it, not by HTTP number.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Unauthorised | Self::Forbidden | Self::OtherLocation => 3,
            Self::NotFound | Self::NotAnId | Self::Invalid | Self::Version => 4,
            Self::RateLimit
            | Self::Timeout
            | Self::Network
            | Self::Cut
            | Self::TooLarge
            | Self::NotUnderstood
            | Self::Redirect
            | Self::Blocked
            | Self::Server => 5,
            Self::Cancelled => 130,
        }
    }
}

/// What was asked, where and as whom: what the words of a failure need to name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    pub id: MessageId,
    pub endpoint: Endpoint,
    pub profile: String,
    /// The base URL, as requests were sent to it: `https://services.leadconnectorhq.com`.
    pub base_url: String,
    /// Host and port of it.
    pub host: String,
    /// The `Version` header sent.
    pub version: String,
    /// `private integration, from MSGSCOPE_TOKEN`; never the token.
    pub token: String,
    /// Whether the token is fetched anew after it was refused.
    pub token_changes: bool,
    /// How many other profiles could be asked.
    pub others: usize,
}

impl Asked {
    /// Whether it was not asked for at all, but stood in a file of the profile's name.
    pub fn was_read(&self) -> bool {
        self.host.is_empty()
    }
}

impl Failure {
    /// A failure without an answer.
    pub fn new(cause: Cause) -> Self {
        Self {
            cause,
            http: None,
            messages: Vec::new(),
            trace_id: None,
            tries: Tries::default(),
        }
    }

    pub fn kind(&self) -> FailureKind {
        match &self.cause {
            Cause::NoToken | Cause::TokenUnavailable(_) | Cause::TokenRefused(_) => {
                FailureKind::Unauthorised
            }
            Cause::WrongTokenClass | Cause::ScopeMissing => FailureKind::Forbidden,
            Cause::OtherLocation => FailureKind::OtherLocation,
            Cause::Version => FailureKind::Version,
            Cause::NotFound => FailureKind::NotFound,
            Cause::Nowhere { worst, .. } => *worst,
            Cause::Invalid => FailureKind::Invalid,
            Cause::RateLimited { .. } => FailureKind::RateLimit,
            Cause::GatewayTimeout | Cause::NoAnswer { .. } => FailureKind::Timeout,
            Cause::Network(_) => FailureKind::Network,
            Cause::Cut { .. } => FailureKind::Cut,
            Cause::TooLarge { .. } => FailureKind::TooLarge,
            Cause::Empty | Cause::NotJson | Cause::NotAMessage(_) | Cause::Broken => {
                FailureKind::NotUnderstood
            }
            Cause::Redirect { .. } => FailureKind::Redirect,
            Cause::Blocked(_) => FailureKind::Blocked,
            Cause::Server => FailureKind::Server,
            Cause::Cancelled { .. } => FailureKind::Cancelled,
        }
    }
}

/// What went wrong with the network, as in "acme.example: connection refused".
impl std::fmt::Display for NetworkFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NameNotFound => f.write_str("name not found"),
            Self::Refused => f.write_str("connection refused"),
            Self::Closed => f.write_str("connection closed"),
            Self::Tls(words) => write!(f, "TLS: {words}"),
            Self::Other(words) => f.write_str(words),
        }
    }
}
