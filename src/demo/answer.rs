//! What the demo answers to a request: a pure function from what was asked to what is sent.
//! Never here: sockets, the clock, or what was asked before; those come in.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use super::{gate, linked, messages, recordings, troubles};

/// The parts of a request that matter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) method: &'a str,
    /// Without the query.
    pub(super) path: &'a str,
    /// Without its question mark.
    pub(super) query: &'a str,
    pub(super) version: Option<&'a str>,
    pub(super) authorization: Option<&'a str>,
}

/// What is known of earlier requests for the same path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    /// How many there were before this one.
    pub(super) earlier: u32,
    /// When the first one came.
    pub(super) first: Timestamp,
    /// How long ago that was.
    pub(super) elapsed: Duration,
}

/// One answer, and how it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Bytes,
    /// How long nothing is sent at all.
    pub(super) delay: Duration,
    pub(super) sending: Sending,
    pub(super) origin: Origin,
}

/// How much of an answer reaches the asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    Whole,
    /// Piece by piece, in so much time.
    Over(Duration),
    /// The whole length is announced, this many bytes of it are sent, then the connection closes.
    Cut(usize),
    /// Not even a status: the connection closes.
    Nothing,
}

/// Who answers: only the API itself counts requests and says how many are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Api,
    Before,
}

impl Answer {
    /// A whole answer of the API, at once.
    pub(super) fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: vec![(
                "Content-Type",
                String::from("application/json; charset=utf-8"),
            )],
            body: body.into(),
            delay: Duration::ZERO,
            sending: Sending::Whole,
            origin: Origin::Api,
        }
    }

    /// The API's usual envelope of an error: `{"statusCode": …, "message": "…"}`.
    pub(super) fn refusal(status: u16, message: &str) -> Self {
        let message = Value::from(message);
        Self::json(
            status,
            format!(r#"{{"statusCode":{status},"message":{message}}}"#),
        )
    }

    /// The same, from something in front of the API.
    pub(super) fn before_the_api(mut self) -> Self {
        self.origin = Origin::Before;
        self
    }

    pub(super) fn typed(mut self, content_type: &str) -> Self {
        self.headers = vec![("Content-Type", content_type.to_owned())];
        self
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub(super) fn sent(mut self, sending: Sending) -> Self {
        self.sending = sending;
        self
    }
}

/// The demo's answer: headers are looked at first, then the path, then the id.
pub(super) fn answer(ask: Ask<'_>, visit: &Visit) -> Answer {
    if let Some(refusal) = gate::refusal(ask) {
        return refusal;
    }
    let segments: Vec<_> = ask.path.split('/').collect();
    match (ask.method, segments.as_slice()) {
        ("GET", ["", "conversations", "messages", id]) if !id.is_empty() => message(id, visit),
        ("GET", ["", "conversations", "messages", "email", id]) if !id.is_empty() => {
            messages::record(id).map_or_else(troubles::not_found, |body| Answer::json(200, body))
        }
        (
            "GET",
            [
                "",
                "conversations",
                "messages",
                id,
                "locations",
                place,
                "recording",
            ],
        ) if !id.is_empty() && !place.is_empty() => recordings::recording(id),
        _ => {
            let linked = linked::answer(ask).filter(|_| ask.method == "GET");
            let cannot = || Answer::refusal(404, &format!("Cannot {} {}", ask.method, ask.path));
            linked.unwrap_or_else(cannot)
        }
    }
}

fn message(id: &str, visit: &Visit) -> Answer {
    if let Some(trouble) = troubles::trouble(id, visit) {
        return trouble;
    }
    messages::message(id, visit).map_or_else(troubles::not_found, |body| Answer::json(200, body))
}

#[cfg(test)]
mod tests {
    use super::{Answer, Ask, Duration, Timestamp, Visit, answer};
    use crate::demo::gate::TOKEN;

    const FIRST_VISIT: Visit = Visit {
        earlier: 0,
        first: Timestamp::UNIX_EPOCH,
        elapsed: Duration::ZERO,
    };

    fn asked(method: &str, path: &str) -> Answer {
        let authorization = format!("Bearer {TOKEN}");
        let ask = Ask {
            method,
            path,
            query: "",
            version: Some("2021-07-28"),
            authorization: Some(&authorization),
        };
        answer(ask, &FIRST_VISIT)
    }

    #[test]
    fn a_message_is_found_under_its_id_and_a_record_under_its_own() {
        let message = asked("GET", "/conversations/messages/Px8me2K3yYDve2Y2enXh");
        assert_eq!(message.status, 200);
        assert!(message.body.starts_with(b"{\n  \"message\""));
        let record = asked("GET", "/conversations/messages/email/67hcb8VbBPMyB1YsFJ1M");
        assert_eq!(record.status, 200);
        assert!(record.body.starts_with(b"{\n  \"emailMessage\""));
    }

    #[test]
    fn an_unknown_id_gets_the_documented_404() {
        let unknown = asked("GET", "/conversations/messages/zzzzZZZZzzzzZZZZzzzz");
        let documented = "Conversation id, contact id, workflow id, or campaign id not given";
        assert_eq!(unknown, Answer::refusal(404, documented));
        let record = asked("GET", "/conversations/messages/email/Px8me2K3yYDve2Y2enXh");
        assert_eq!(record, unknown);
    }

    #[test]
    fn another_path_or_method_is_not_served() {
        let id = "/conversations/messages/ve9EPM428h8vShlRW1KT";
        for (method, path) in [
            ("DELETE", id),
            ("GET", "/"),
            ("GET", "/conversations/messages/"),
            ("GET", "/conversations/messages//x"),
            ("GET", "/conversations/messages/a/b"),
            ("GET", "/conversations/messages/email/"),
        ] {
            let expected = Answer::refusal(404, &format!("Cannot {method} {path}"));
            assert_eq!(asked(method, path), expected);
        }
    }
}
