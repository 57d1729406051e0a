//! What a line of `get --format ndjson` or of `history export` says of a lookup beside its answer.
//! Never trusted for more than it says: what is missing or odd is as if it were not there.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use crate::model::endpoint::Endpoint;
use crate::model::failure::{
    Blocker, Cause, Failure, FailureKind, NetworkFault, Resource, TokenForm,
};
use crate::model::id::MessageId;
use crate::model::json::{Json, JsonKind};
use crate::model::shown::Shown;

/// What was told. Empty for what stands alone.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Told {
    pub(super) id: Option<MessageId>,
    pub(super) profile: Option<String>,
    pub(super) at: Option<Timestamp>,
    pub(super) took: Option<Duration>,
    pub(super) http: Option<u16>,
    pub(super) endpoint: Endpoint,
    pub(super) body: Option<Vec<u8>>,
    pub(super) failure: Option<Failure>,
}

impl Told {
    pub(super) fn new(line: &Json) -> Self {
        let text = |name: &str| Some(line.member(name)?.string()?.into_owned());
        let number = |name: &str| line.member(name)?.whole();
        let took = number("ms").map(Duration::from_millis);
        let http = number("http").and_then(|http| u16::try_from(http).ok());
        let body = text("body").map(String::into_bytes);
        let encoded = || STANDARD.decode(text("bodyBase64")?).ok();
        Self {
            id: text("id").and_then(|id| MessageId::new(&id).ok()),
            profile: text("profile").map(|name| Shown::line(&name).as_str().to_owned()),
            at: text("at").and_then(|at| at.parse().ok()),
            took,
            http,
            endpoint: text("endpoint").map_or(Endpoint::Message, |word| endpoint(&word)),
            body: body.or_else(encoded),
            failure: line.member("failure").map(|told| Failure {
                http,
                trace_id: string(&told, "traceId").or_else(|| text("traceId")),
                ..failure(&told, took.unwrap_or_default())
            }),
        }
    }
}

fn string(json: &Json, name: &str) -> Option<String> {
    Some(json.member(name)?.string()?.into_owned())
}

/// What of the API was asked, as far as it is shown by itself.
fn endpoint(word: &str) -> Endpoint {
    match word {
        "email" => Endpoint::EmailRecord,
        "messages" => Endpoint::Messages { before: None },
        _ => Endpoint::Message,
    }
}

/// A failure by its kind; what else its cause held is not known any more.
fn failure(told: &Json, took: Duration) -> Failure {
    use FailureKind as K;
    let kind = string(told, "kind").and_then(|word| K::of_word(&word));
    let cause = match kind {
        Some(K::Unauthorised) => Cause::TokenRefused(TokenForm::Other),
        Some(K::Forbidden) => Cause::ScopeMissing,
        Some(K::OtherLocation) => Cause::OtherLocation,
        Some(K::NotFound) => Cause::NotFound,
        Some(K::NotAnId | K::Invalid) => Cause::Invalid,
        Some(K::Version) => Cause::Version,
        Some(K::RateLimit) => Cause::RateLimited { wait: None },
        Some(K::Timeout) => Cause::NoAnswer { after: took },
        Some(K::Network) => Cause::Network(NetworkFault::Other("no connection".to_owned())),
        Some(K::Redirect) => Cause::Redirect {
            host: "another place".to_owned(),
        },
        Some(K::Blocked) => Cause::Blocked(Blocker::Proxy),
        Some(K::Server) => Cause::Server,
        Some(K::Cancelled) => Cause::Cancelled { after: took },
        Some(K::Cut | K::TooLarge | K::NotUnderstood) | None => {
            Cause::NotAMessage(Resource::Unknown)
        }
    };
    let messages = told
        .member("messages")
        .filter(|list| list.kind() == JsonKind::Array);
    let messages = messages.as_ref().map(Json::members).unwrap_or_default();
    let messages = messages.into_iter();
    Failure {
        messages: messages
            .filter_map(|(_, words)| Some(words.string()?.into_owned()))
            .collect(),
        ..Failure::new(cause)
    }
}
