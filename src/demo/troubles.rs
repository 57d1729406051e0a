//! The ids that bring no message, or a broken one: every error, and the ways an answer can go wrong.
//! Never here: an error text nobody ever saw, except where the documentation is all there is.

use std::time::Duration;

use super::answer::{Answer, Sending, Visit};
use super::messages::{composed, large};

struct Trouble {
    id: &'static str,
    shows: &'static str,
    answer: fn(&str, &Visit) -> Answer,
}

const fn on(id: &'static str, shows: &'static str, answer: fn(&str, &Visit) -> Answer) -> Trouble {
    Trouble { id, shows, answer }
}

/// An id the demo has no message for, as any id is that is not an example.
pub(super) const NOT_FOUND: &str = "aaaaBBBBccccDDDDeeee";

const TROUBLES: &[Trouble] = &[
    on(NOT_FOUND, "404, no such message", |_, _| not_found()),
    on(
        "e400NotFound2Kq7Wm9Z",
        "400 that means not found",
        |id, _| {
            Answer::json(
                400,
                format!(
                    r#"{{"canonicalCode":"CONVERSATIONS_MSG_NOT_FOUND","message":"No message found with id: {id}","statusCode":400}}"#
                ),
            )
        },
    ),
    on("e400BadId5Tq8WmZr2Kx", "400, refused as invalid", |_, _| {
        Answer::refusal(400, "Bad Request")
    }),
    on("e422Invalid9Gx3TwLp6", "422 with two messages", |_, _| {
        Answer::json(
            422,
            r#"{"error":"Unprocessable Entity","message":["attachments must contain at least 1 elements","attachments must be an array"],"statusCode":422,"traceId":"d2481b10-f7d9-4fc0-a0bb-df7c6abed08c"}"#,
        )
    }),
    on(
        "e401Scope7Yh2KmPq9Rt",
        "401, the token lacks a scope",
        |_, _| Answer::refusal(401, "The token is not authorized for this scope."),
    ),
    on(
        "e401Token4Wd8NxVb6Lc",
        "401, the token is not known",
        |_, _| Answer::refusal(401, "Invalid Private Integration token"),
    ),
    on("e401Agency3Pf5ZkTq8M", "401, an agency's token", |_, _| {
        Answer::refusal(401, "Token's user type mismatch!")
    }),
    on(
        "e401Version4Hp9SyGc7",
        "401, version header refused",
        |_, _| Answer::refusal(401, "version header is invalid"),
    ),
    on(
        "e401Gateway6Hs9RjXw2",
        "401 that is a time-out; the next try works",
        |id, visit| {
            if visit.earlier.is_multiple_of(2) {
                Answer::refusal(401, "Command timed out")
            } else {
                Answer::json(200, composed(id, "Answered at the second try."))
            }
        },
    ),
    on(
        "e403Location8Bn4QyVt",
        "403, in another sub-account",
        |_, _| Answer::refusal(403, "The token does not have access to this location."),
    ),
    on(
        "e403Cloudflare5Mz7Kd",
        "403, blocked by Cloudflare",
        |_, _| {
            let body =
                r#"{"error_code":1010,"error_name":"browser_signature_banned","status":403}"#;
            Answer::json(403, body).before_the_api()
        },
    ),
    on(
        "e429Passing2Rv6JqNc8",
        "429 twice, then the message",
        |id, visit| {
            if visit.earlier % 3 < 2 {
                limited(1)
            } else {
                Answer::json(200, composed(id, "Answered at the third try."))
            }
        },
    ),
    on("e429Lasting7Fk4DzHm5", "429 every time", |_, _| limited(2)),
    on("e500Server3Xt8PbYw6Q", "500 every time", |_, _| {
        Answer::refusal(500, "Internal server error")
    }),
    on(
        "e502Proxy6Lm2VrKs9Jh",
        "502 with a web page of a proxy",
        |_, _| {
            Answer::json(502, BAD_GATEWAY)
                .typed("text/html")
                .before_the_api()
        },
    ),
    on(
        "e302Redirect4Zc7NwTg",
        "redirect to another host",
        |id, _| {
            Answer::json(302, "")
                .with(
                    "Location",
                    format!("https://other.example/conversations/messages/{id}"),
                )
                .before_the_api()
        },
    ),
    on("slow6Seconds9Qk3BxVm", "message that takes 6 s", |id, _| {
        Answer::json(200, composed(id, "It took its time.")).after(Duration::from_secs(6))
    }),
    on("silent60Seconds5Tj8R", "no answer at all", |_, _| {
        Answer::json(200, "")
            .after(Duration::from_mins(1))
            .sent(Sending::Nothing)
    }),
    on(
        "hangsUpAtOnce6Qv3YmB",
        "connection closed without an answer",
        |_, _| Answer::json(200, "").sent(Sending::Nothing),
    ),
    on(
        "cutOffHalfway7Dw2MzP",
        "answer cut off after 1,204 of 3,311 bytes",
        |id, _| {
            let shortest = composed(id, "").len();
            let text = "Too long to arrive. ".repeat(3_311 / 20);
            let text = text
                .get(..3_311_usize.saturating_sub(shortest))
                .unwrap_or_default();
            Answer::json(200, composed(id, text)).sent(Sending::Cut(1_204))
        },
    ),
    on(
        "tooLarge17Megabytes4",
        "answer of more than 16 MiB",
        |id, _| Answer::json(200, large(id, 17 * 1024 * 1024)),
    ),
    on("notJsonAtAll8Ky4HsFv", "answer that is not JSON", |_, _| {
        Answer::json(
            200,
            "upstream connect error or disconnect/reset before headers",
        )
    }),
    on("otherShape3Rb6WqXn9L", "JSON that is no message", |_, _| {
        Answer::json(200, r#"{"ok":true,"items":[]}"#)
    }),
    on(
        "answersAsOther6Xp4Tz",
        "answer that is about another id",
        |_, _| {
            Answer::json(
                200,
                composed("ve9EPM428h8vShlRW1KT", "A message of another id."),
            )
        },
    ),
    on(
        "halfEmoji5Gt7ZmKd2Pc",
        "half an emoji in the text",
        |id, _| Answer::json(200, composed(id, r"Thank you \ud83d and see you soon")),
    ),
];

const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

pub(super) fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    TROUBLES.iter().map(|trouble| (trouble.id, trouble.shows))
}

/// The answer for an id of which no good one comes, or none at the first try.
pub(super) fn trouble(id: &str, visit: &Visit) -> Option<Answer> {
    let trouble = TROUBLES.iter().find(|trouble| trouble.id == id)?;
    Some((trouble.answer)(id, visit))
}

/// The documented answer for an id that is not known (nobody published a real one).
pub(super) fn not_found() -> Answer {
    let message = "Conversation id, contact id, workflow id, or campaign id not given";
    Answer::refusal(404, message)
}

/// Too many requests; `seconds` is the wait that is asked for. No real body was ever published.
pub(super) fn limited(seconds: u64) -> Answer {
    Answer::refusal(429, "Too Many Requests").with("Retry-After", seconds.to_string())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use jiff::Timestamp;

    use super::{Duration, Sending, Visit, trouble};

    fn statuses(id: &str) -> Vec<u16> {
        let visits = (0..4).map(|earlier| Visit {
            earlier,
            first: Timestamp::UNIX_EPOCH,
            elapsed: Duration::ZERO,
        });
        visits
            .map(|visit| trouble(id, &visit).unwrap().status)
            .collect()
    }

    #[test]
    fn a_passing_trouble_passes_at_a_later_try_and_comes_back() {
        assert_eq!(statuses("e401Gateway6Hs9RjXw2"), [401, 200, 401, 200]);
        assert_eq!(statuses("e429Passing2Rv6JqNc8"), [429, 429, 200, 429]);
        assert_eq!(statuses("e429Lasting7Fk4DzHm5"), [429; 4]);
    }

    #[test]
    fn the_cut_answer_announces_more_than_it_sends() {
        let visit = Visit {
            earlier: 0,
            first: Timestamp::UNIX_EPOCH,
            elapsed: Duration::ZERO,
        };
        let cut = trouble("cutOffHalfway7Dw2MzP", &visit).unwrap();
        assert_eq!((cut.body.len(), cut.sending), (3_311, Sending::Cut(1_204)));
    }
}
