//! Why an answer holds no message: by who answered, then by the API's own words, by the status only at last.
//! Never blames a token for what another text explains; the texts are those seen in real answers.

use super::Facts;
use super::said::Said;
use crate::model::body::Body;
use crate::model::failure::{Blocker, Cause, Resource, TokenForm};
use crate::model::json::{Json, NotJson};

/// All that is known of an answer without a message.
pub(super) struct Answered<'a> {
    pub http: u16,
    pub facts: &'a Facts,
    pub body: &'a Body,
    pub root: &'a Result<Json, NotJson>,
    pub said: &'a Said,
    pub token: TokenForm,
}

pub(super) fn cause(answered: &Answered<'_>) -> Cause {
    let Answered { http, facts, .. } = *answered;
    if (300..400).contains(&http) {
        let host = facts.location_host.clone();
        return Cause::Redirect {
            host: host.unwrap_or_else(|| "a place it does not name".to_owned()),
        };
    }
    // Whoever says it and however: what helps is waiting.
    if http == 429 {
        return Cause::RateLimited {
            wait: facts.retry_after,
        };
    }
    if let Some(blocker) = blocker(answered) {
        return Cause::Blocked(blocker);
    }
    let is_error = http >= 400 || answered.said.is_error;
    let words = is_error.then(|| by_words(answered)).flatten();
    words.unwrap_or_else(|| by_status(answered))
}

/// Whoever answered in HighLevel's place: Cloudflare in JSON, anyone with a web page.
fn blocker(answered: &Answered<'_>) -> Option<Blocker> {
    let Err(_) = answered.root else {
        return answered.said.is_cloudflare.then_some(Blocker::Cloudflare);
    };
    let text = answered.body.text().trim_start_matches('\u{feff}');
    let text = text.trim_start();
    let content_type = answered.facts.content_type.as_deref();
    let is_html = content_type.is_some_and(|kind| kind.contains("html"));
    let is_page = text.starts_with('<') || (is_html && !text.is_empty() && !starts_as_json(text));
    // A bad gateway's page of Cloudflare blames what is behind it, which is no block.
    let is_block = answered.http < 500 || answered.http == 503;
    is_page.then(|| {
        if is_block && names_cloudflare(text) {
            Blocker::Cloudflare
        } else {
            Blocker::Proxy
        }
    })
}

fn names_cloudflare(page: &str) -> bool {
    let start: String = page.chars().take(64 * 1024).collect();
    let start = start.to_lowercase();
    start.contains("cloudflare") || start.contains("cdn-cgi")
}

/// What the API's own texts say, whatever status they come with.
fn by_words(answered: &Answered<'_>) -> Option<Cause> {
    let Answered { http, said, .. } = *answered;
    let texts: Vec<String> = said
        .messages
        .iter()
        .map(|text| text.to_lowercase())
        .collect();
    let any = |says: &dyn Fn(&str) -> bool| texts.iter().any(|text| says(text));
    let has = |part: &str| any(&|text| text.contains(part));
    let code = said.code.as_deref().unwrap_or_default();

    if has("command timed out") {
        return Some(Cause::GatewayTimeout);
    }
    // Before not found: the missing header "was not found" too.
    if has("version header") || has("api version") {
        return Some(Cause::Version);
    }
    // The path is always the same: what can be wrong with it is the version, or the base URL's own path.
    if http == 404 && any(&|text| text.starts_with("cannot get")) {
        return Some(Cause::Version);
    }
    if has("no authorization header") || any(&lacks_authorization) {
        return Some(Cause::NoToken);
    }
    if code.to_uppercase().contains("NOT_FOUND") || any(&is_not_found) {
        return Some(Cause::NotFound);
    }
    if has("user type mismatch") || has("authclass") {
        return Some(Cause::WrongTokenClass);
    }
    if any(&|text| text.contains("scope")) {
        return Some(Cause::ScopeMissing);
    }
    if any(&is_other_location) {
        return Some(Cause::OtherLocation);
    }
    if (400..=403).contains(&http) && any(&is_token_refused) {
        return Some(Cause::TokenRefused(answered.token));
    }
    None
}

fn lacks_authorization(text: &str) -> bool {
    text.contains("authorization header")
        && (text.contains("missing") || text.contains("not found"))
}

/// A message, or whatever it belongs to; not a token or an integration that "was not found".
fn is_not_found(text: &str) -> bool {
    let other = ["token", "jwt", "header", "integration", "api key"];
    (text.contains("not found") || text.contains("no message found"))
        && !other.iter().any(|other| text.contains(other))
}

fn is_other_location(text: &str) -> bool {
    let no_access = ["not accessible", "not have access", "no access"];
    text.contains("location") && no_access.iter().any(|words| text.contains(words))
}

fn is_token_refused(text: &str) -> bool {
    let what = ["jwt", "token", "api key", "integration"];
    let how = ["invalid", "expired", "revoked", "malformed", "not found"];
    what.iter().any(|words| text.contains(words)) && how.iter().any(|words| text.contains(words))
}

fn by_status(answered: &Answered<'_>) -> Cause {
    match answered.http {
        401 => Cause::TokenRefused(answered.token),
        403 => Cause::ScopeMissing,
        404 | 410 => Cause::NotFound,
        407 | 511 => Cause::Blocked(Blocker::Proxy),
        408 | 504 | 524 => Cause::GatewayTimeout,
        400..500 => Cause::Invalid,
        500.. => Cause::Server,
        _ => without_message(answered),
    }
}

/// A success without a message in it.
fn without_message(answered: &Answered<'_>) -> Cause {
    match answered.root {
        Ok(root) => Cause::NotAMessage(resource(root)),
        Err(error) if error.ended && starts_as_json(answered.body.text().trim_start()) => {
            Cause::Cut {
                after: answered.body.len() as u64,
                of: None,
            }
        }
        Err(_) if answered.body.text().trim().is_empty() => Cause::Empty,
        Err(_) => Cause::NotJson,
    }
}

fn resource(root: &Json) -> Resource {
    let has = |name: &str| root.member(name).is_some();
    if has("emailMessage") || (has("threadId") && has("provider")) {
        Resource::EmailRecord
    } else if has("unreadCount") || has("conversations") || has("messages") {
        Resource::Conversation
    } else {
        Resource::Unknown
    }
}

fn starts_as_json(text: &str) -> bool {
    text.starts_with(['{', '['])
}
