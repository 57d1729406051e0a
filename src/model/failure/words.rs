//! What is said of a failed lookup: what happened, why, and what to do next.
//! Never a guess told as a fact, and never the token.

use super::super::text::{bytes, count, span};
use super::{Asked, Blocker, Cause, Failure, NetworkFault, Resource, TokenForm};

impl Failure {
    /// The headline's words, after its `!`.
    pub fn title(&self) -> &'static str {
        match &self.cause {
            Cause::NoToken | Cause::TokenUnavailable(_) => "no token",
            Cause::TokenRefused(_) => "token refused",
            Cause::WrongTokenClass => "wrong kind of token",
            Cause::ScopeMissing => "not allowed",
            Cause::OtherLocation => "other sub-account",
            Cause::Version => "version header refused",
            Cause::NotFound | Cause::Nowhere { unsure: 0, .. } => "not found",
            Cause::Nowhere { .. } => "not found so far",
            Cause::Invalid => "refused as invalid",
            Cause::RateLimited { .. } => "rate limit",
            Cause::GatewayTimeout => "gateway time-out",
            Cause::NoAnswer { .. } => "no answer",
            Cause::Network(_) => "no connection",
            Cause::Cut { .. }
            | Cause::TooLarge { .. }
            | Cause::Empty
            | Cause::NotJson
            | Cause::NotAMessage(_) => "answer not understood",
            Cause::Redirect { .. } => "redirect not followed",
            Cause::Blocked(_) => "not HighLevel's answer",
            Cause::Server => "HighLevel failed",
            Cause::Cancelled { .. } => "cancelled",
            Cause::Broken => "lookup broke off",
        }
    }

    /// A few words beside the title; may be empty.
    pub fn subtitle(&self, asked: &Asked) -> String {
        match &self.cause {
            Cause::ScopeMissing => "the token lacks a scope".to_owned(),
            Cause::NotFound => format!("no such message in {}", asked.profile),
            Cause::Nowhere { asked, .. } => format!("in none of {asked} profiles"),
            _ => String::new(),
        }
    }

    /// One to three sentences on why.
    pub fn why(&self, asked: &Asked) -> String {
        let why = self.why_of_one(asked);
        match self.tries.count {
            // Says it within its sentence.
            _ if self.cause == Cause::Server => why,
            0 | 1 => why,
            count => {
                let took = span(self.tries.took);
                format!("{} Asked {} in {took}.", sentence(&why), times(count))
            }
        }
    }

    /// The same, without how often it was asked.
    fn why_of_one(&self, asked: &Asked) -> String {
        match &self.cause {
            Cause::NoToken => "There is no token to ask with, or none arrived.".to_owned(),
            Cause::TokenUnavailable(words) => sentence(&capital(words)),
            Cause::Nowhere {
                asked, unsure: 0, ..
            } => format!("Each of the {asked} profiles says that it is not there."),
            Cause::Nowhere { asked, unsure, .. } => format!(
                "{} not there, {}.",
                has_not(asked - unsure),
                could_not(*unsure)
            ),
            Cause::TokenRefused(form) => match form {
                TokenForm::BareUuid => "It is a bare UUID: its `pit-` in front is missing.",
                TokenForm::OAuth => {
                    "The OAuth token is expired, revoked or cut. It lasts about a day."
                }
                TokenForm::PrivateIntegration | TokenForm::Other => {
                    "HighLevel does not know this token: revoked, rotated or mistyped."
                }
            }
            .to_owned(),
            Cause::WrongTokenClass => {
                "An agency token cannot read a sub-account's messages, whatever its scopes."
                    .to_owned()
            }
            Cause::ScopeMissing => {
                "The token works but may not read messages. Logging in again changes nothing."
                    .to_owned()
            }
            Cause::OtherLocation => {
                "The token works, but this message is in another sub-account.".to_owned()
            }
            Cause::Version if self.http == Some(404) => {
                format!(
                    "The API has no such path at {}, or not in version {}.",
                    asked.host, asked.version
                )
            }
            Cause::Version if self.says("not found") => {
                "The Version header did not arrive; something in between may drop it.".to_owned()
            }
            Cause::Version => format!("The API does not know version {}.", asked.version),
            Cause::NotFound => {
                "No cause given. Mistyped, deleted, other sub-account, replaced by a retry?"
                    .to_owned()
            }
            Cause::Invalid => "The API does not accept this id.".to_owned(),
            Cause::RateLimited { wait: Some(wait) } => {
                format!("Too many requests; the API asks to wait {}.", span(*wait))
            }
            Cause::RateLimited { wait: None } => {
                "Too many requests in a short time, or today.".to_owned()
            }
            Cause::GatewayTimeout if self.http == Some(401) => {
                "The gateway timed out and called it 401. The token is not to blame.".to_owned()
            }
            Cause::GatewayTimeout => {
                "HighLevel's gateway got no answer from behind it in time.".to_owned()
            }
            Cause::NoAnswer { after } if self.http.is_some() => {
                format!("{}: no whole answer in {}.", asked.host, span(*after))
            }
            Cause::NoAnswer { after } => format!("{}: no answer in {}.", asked.host, span(*after)),
            Cause::Network(NetworkFault::Tls(words)) => format!("{}: TLS: {words}", asked.host),
            Cause::Network(fault) => format!("{}: {fault}.", asked.host),
            Cause::Cut {
                after,
                of: Some(of),
            } => format!("Cut off after {} of {} bytes.", count(*after), count(*of)),
            Cause::Cut { after, of: None } => format!("Cut off after {} bytes.", count(*after)),
            Cause::TooLarge { limit } => format!("Over {}, not read.", mebibytes(*limit)),
            Cause::Empty => "It is empty.".to_owned(),
            Cause::NotJson => "It is not JSON.".to_owned(),
            Cause::NotAMessage(resource) => match resource {
                Resource::EmailRecord => "It is an email record, not the message it belongs to.",
                Resource::Conversation => "It is a conversation, not a message.",
                Resource::Unknown => "It is JSON, but not a message.",
            }
            .to_owned(),
            Cause::Redirect { host } => {
                format!("It points to {host}; a token is never sent there.")
            }
            Cause::Blocked(Blocker::Cloudflare) => {
                "Cloudflare blocked the request before HighLevel saw it.".to_owned()
            }
            Cause::Blocked(Blocker::Proxy) => match self.http {
                Some(http) => format!("{http} with a web page, from a proxy in between."),
                None => "A web page, from a proxy in between.".to_owned(),
            },
            Cause::Server => self.server_words(),
            Cause::Cancelled { after } => format!("You stopped it after {}.", span(*after)),
            Cause::Broken => {
                "A fault of msgscope, not of the message: the lookup ended without a result."
                    .to_owned()
            }
        }
    }

    /// Whether the API's own words hold that part.
    pub(super) fn says(&self, part: &str) -> bool {
        self.messages.iter().any(|message| message.contains(part))
    }

    /// `500, four times in 9 s: "Internal server error".`
    fn server_words(&self) -> String {
        let http = self.http.unwrap_or(500);
        let often = match self.tries.count {
            0 | 1 => "from HighLevel's own servers".to_owned(),
            count => format!("{} in {}", times(count), span(self.tries.took)),
        };
        match self.messages.first() {
            Some(message) => format!("{http}, {often}: \"{message}\"."),
            None => format!("{http}, {often}."),
        }
    }

    /// The API's own words with the HTTP number before them, as in `401: "Invalid JWT"`; without those
    /// that `why` tells.
    pub fn quotes(&self) -> Vec<String> {
        let told = usize::from(self.cause == Cause::Server);
        let number = self
            .http
            .map(|http| format!("{http}: "))
            .unwrap_or_default();
        self.messages
            .iter()
            .skip(told)
            .map(|message| format!("{number}\"{message}\""))
            .collect()
    }
}

fn has_not(profiles: usize) -> String {
    match profiles {
        0 => "Nobody says that it is".to_owned(),
        1 => "1 profile says that it is".to_owned(),
        several => format!("{several} profiles say that it is"),
    }
}

fn could_not(profiles: usize) -> String {
    match profiles {
        1 => "1 could not tell".to_owned(),
        several => format!("{several} could not tell"),
    }
}

/// With a capital letter, so that it can begin a sentence; a setting's name stays as it is written.
fn capital(words: &str) -> String {
    let first = words.split([' ', ':']).next();
    if first.is_some_and(|word| word.contains('_')) {
        return words.to_owned();
    }
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        3 => "three times".to_owned(),
        4 => "four times".to_owned(),
        more => format!("{more} times"),
    }
}

/// With a full stop, so that another sentence can follow.
fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

fn mebibytes(limit: u64) -> String {
    match limit >> 20 {
        0 => bytes(limit),
        whole => format!("{whole} MiB"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use std::time::Duration;

    use super::super::Tries;
    use super::*;
    use crate::model::endpoint::Endpoint;
    use crate::model::id::MessageId;

    fn asked() -> Asked {
        Asked {
            id: MessageId::new("ve9EPM428h8vShlRW1KT").unwrap(),
            endpoint: Endpoint::Message,
            profile: "acme".to_owned(),
            base_url: "https://acme.example".to_owned(),
            host: "acme.example".to_owned(),
            version: "2021-07-28".to_owned(),
            token: "none".to_owned(),
            token_changes: false,
            others: 0,
        }
    }

    fn after(count: u32, seconds: u64, failure: Failure) -> Failure {
        let took = Duration::from_secs(seconds);
        Failure {
            tries: Tries { count, took },
            ..failure
        }
    }

    #[test]
    fn why_there_is_no_token_begins_as_a_sentence_does_or_with_the_settings_name() {
        for (words, why) in [
            (
                "the variable A_B is not set",
                "The variable A_B is not set.",
            ),
            ("token_command: op ended", "token_command: op ended."),
        ] {
            let failure = Failure::new(Cause::TokenUnavailable(words.to_owned()));
            assert_eq!(failure.why(&asked()), why);
        }
    }

    #[test]
    fn a_failure_after_several_tries_tells_how_often_it_was_asked() {
        let server = Failure {
            http: Some(500),
            messages: vec!["Internal server error".to_owned()],
            ..Failure::new(Cause::Server)
        };
        let closed = Failure::new(Cause::Network(NetworkFault::Closed));
        let tls = Failure::new(Cause::Network(NetworkFault::Tls("bad".to_owned())));
        for (failure, words) in [
            (
                after(4, 9, server.clone()),
                "500, four times in 9 s: \"Internal server error\".",
            ),
            (
                server,
                "500, from HighLevel's own servers: \"Internal server error\".",
            ),
            (
                after(2, 1, closed),
                "acme.example: connection closed. Asked twice in 1 s.",
            ),
            (
                after(3, 2, tls),
                "acme.example: TLS: bad. Asked three times in 2 s.",
            ),
        ] {
            assert_eq!(failure.why(&asked()), words);
            assert!(failure.quotes().is_empty());
        }
    }
}
