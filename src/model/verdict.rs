//! What happened to a message, why, and what to do next, by what is known of its error and its status.
//! Never guesses a reason the API did not give, and says "final" only where it is.

mod sentences;

use std::time::Duration;

use jiff::Timestamp;

use super::explain::{By, Explanation, Explanations, told};
use super::message::{Call, Message};
use super::snapshot::Snapshot;
use super::status::{Direction, Status, Tone};
use super::text::span;

/// The answer to "what happened, why, what next".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    pub tone: Tone,
    /// The status as sent; `received`, `log entry` or `no status` where none was.
    pub word: String,
    /// Beside the type: a call's length.
    pub detail: Option<String>,
    pub why: String,
    /// Of the error, where it has one.
    pub code: Option<String>,
    /// Whether the error was explained, and not the status alone.
    pub is_explained: bool,
    /// The API's own words, each with the field it was read from.
    pub evidence: Vec<String>,
    pub next: String,
}

/// Still waiting after this long is worth a look at the number, the balance, the provider.
const LONG_WAIT: Duration = Duration::from_hours(1);

/// The verdict on `message`, as it was seen at `seen`, by what is known.
pub fn verdict(message: &Message, seen: Timestamp, explanations: &Explanations) -> Verdict {
    let status = message.outcome();
    let call = message.call();
    let waited = waited(message, seen);
    let explanation = explanations.explain(message);
    let (why, next) = sentences::sentences(message, &explanation, waited);
    Verdict {
        tone: message.tone(),
        word: word(message, status.as_ref(), waited),
        detail: call.and_then(|call| call.duration).map(span),
        why,
        evidence: evidence(message, call, &explanation),
        next,
        is_explained: matches!(explanation.by, By::Error(_)),
        code: explanation.code,
    }
}

/// The verdict on the message of a lookup, and what could not be read of an email's record.
pub fn verdict_of(snapshot: &Snapshot, message: &Message, explanations: &Explanations) -> Verdict {
    let mut verdict = verdict(message, snapshot.at, explanations);
    if let Some(failure) = snapshot.record_failure() {
        verdict.why = format!(
            "An email's status is in its record, and that could not be read: {}.",
            failure.title()
        );
        verdict.evidence.extend(failure.quotes());
        "r asks again.".clone_into(&mut verdict.next);
    }
    verdict
}

/// The status in a word, however long it has stood.
pub fn status_word(message: &Message) -> String {
    word(message, message.outcome().as_ref(), None)
}

fn word(message: &Message, status: Option<&Status>, waited: Option<Duration>) -> String {
    match (status, waited) {
        _ if message.is_log_entry() => "log entry".to_owned(),
        (Some(status), Some(waited)) => format!("{} for {}", status.word(), span(waited)),
        (Some(status), None) => status.word().to_owned(),
        (None, _) if is_inbound(message) => "received".to_owned(),
        (None, _) => "no status".to_owned(),
    }
}

/// How long an outbound message has been pending, where that is long.
fn waited(message: &Message, seen: Timestamp) -> Option<Duration> {
    let word = message.outcome()?;
    let since = message
        .added()
        .filter(|_| matches!(word.word(), "pending" | "queued"))?;
    let waited = Duration::try_from(seen.duration_since(since)).ok()?;
    (waited > LONG_WAIT).then_some(waited)
}

fn is_inbound(message: &Message) -> bool {
    message.direction() == Some(Direction::Inbound)
}

/// The API's own words on the outcome, and from where.
fn evidence(message: &Message, call: Option<&Call>, by: &Explanation<'_>) -> Vec<String> {
    let mut evidence = Vec::new();
    if let Some(error) = message.error() {
        let own = message
            .record()
            .is_none_or(|record| record.error().is_none());
        let whose = if own { "" } else { "email record, " };
        evidence.push(format!("{whose}error: \"{error}\""));
    } else if matches!(by.by, By::Error(_) | By::UnknownCode | By::UnknownError) {
        let told = told(message)
            .into_iter()
            .find(|told| by.field.starts_with(&told.field));
        evidence.extend(told.and_then(|told| {
            let words = told.text.or(told.code)?;
            Some(format!("{}: \"{words}\"", told.field))
        }));
    }
    if let Some(own) = call.and_then(|call| call.status.as_ref())
        && let Some(status) = message.status()
        && status != own.status
    {
        let ended = if status.word() == "completed" {
            ", which only means it ended"
        } else {
            ""
        };
        evidence.push(format!(
            "{}: {} · status: {}{ended}",
            own.field,
            own.status.word(),
            status.word()
        ));
    }
    evidence
}

/// The answer in one line, for `y`: what, when, why, which.
pub fn sentence(message: &Message, verdict: &Verdict, asked_id: &str) -> String {
    let kind = message
        .kind()
        .map_or_else(|| "Message".to_owned(), |kind| kind.short().to_owned());
    let when = message
        .added()
        .map(|at| at.strftime(" of %-d %b %Y %H:%M UTC").to_string())
        .unwrap_or_default();
    let why = verdict
        .why
        .trim_end_matches(" Final.")
        .trim_end_matches('.');
    let code = verdict.code.as_deref();
    let code = code.map_or_else(String::new, |code| format!(" ({code})"));
    let reason = match message.error() {
        _ if verdict.is_explained => continued(why),
        Some(error) if verdict.tone == Tone::Failure => error.trim().to_owned(),
        _ => why.to_owned(),
    };
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "{kind}{when} {}{code}: {reason}. Message {asked_id}.",
        verdict.word
    )
}

/// A sentence as it goes on behind a colon: names keep their capital.
fn continued(sentence: &str) -> String {
    const NAMES: [&str; 7] = [
        "HighLevel",
        "Meta",
        "WhatsApp",
        "Twilio",
        "Google",
        "Gmail",
        "Mailgun",
    ];
    let first = sentence.split(' ').next().unwrap_or_default();
    let has_capitals = first.chars().skip(1).any(char::is_uppercase);
    let mut letters = sentence.chars();
    match letters.next() {
        Some(letter) if !has_capitals && !NAMES.contains(&first) => {
            letter.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::super::endpoint::Endpoint;
    use super::super::json::Json;
    use super::*;

    fn message(text: &str) -> Message {
        let root = Json::parse(text.into()).unwrap();
        Message::new(root.clone(), &root, Endpoint::Message)
    }

    fn seen() -> Timestamp {
        "2026-03-04T18:00:00Z".parse().unwrap()
    }

    fn verdict(message: &Message, seen: Timestamp) -> Verdict {
        super::verdict(message, seen, &Explanations::default())
    }

    #[test]
    fn a_call_that_reached_voicemail_is_not_told_as_completed() {
        let call = message(
            r#"{"messageType":"TYPE_CALL","direction":"outbound","status":"completed","meta":{"call":{"status":"voicemail","duration":31}}}"#,
        );
        let verdict = verdict(&call, seen());
        assert_eq!(
            (verdict.tone, verdict.word.as_str()),
            (Tone::Attention, "voicemail")
        );
        assert_eq!(
            verdict.why,
            "The call reached voicemail; it lasted 31 s. Final."
        );
        assert_eq!(
            verdict.evidence,
            ["meta.call.status: voicemail · status: completed, which only means it ended"]
        );
    }

    #[test]
    fn a_failure_quotes_the_reason_and_its_field() {
        let failed = message(
            r#"{"messageType":"TYPE_SMS","direction":"outbound","status":"failed","dateAdded":"2026-03-04T17:44:08Z","error":"Error 30007 - Message filtered"}"#,
        );
        let verdict = verdict(&failed, seen());
        assert_eq!(
            verdict.evidence,
            ["error: \"Error 30007 - Message filtered\""]
        );
        assert_eq!(
            sentence(&failed, &verdict, "VY80mMXYjmpyLMocAVq5"),
            "SMS of 4 Mar 2026 17:44 UTC failed (30007): filtered as spam or against policy, by the carrier or the provider. Message VY80mMXYjmpyLMocAVq5."
        );
    }

    #[test]
    fn an_error_that_is_not_known_is_told_as_it_is_wherever_it_stands() {
        let whatsapp = |error: &str| {
            message(&format!(
                r#"{{"messageType":"TYPE_WHATSAPP","direction":"outbound","status":"failed","meta":{{"whatsapp":{{"error":{error}}}}}}}"#
            ))
        };
        let odd = verdict(&whatsapp(r#"{"message":"Odd."}"#), seen());
        assert_eq!(odd.why, "It was stopped; the reason follows. Final.");
        assert_eq!(odd.evidence, ["meta.whatsapp.error: \"Odd.\""]);
        let code = verdict(&whatsapp("139999"), seen());
        assert_eq!(
            (code.why.as_str(), code.next.as_str()),
            (
                "Error 139999 is not known to this version; nothing is guessed.",
                "Look it up at the provider."
            )
        );
        assert_eq!(code.evidence, ["meta.whatsapp.error: \"139999\""]);
        let bare = message(
            r#"{"messageType":"TYPE_SMS","direction":"outbound","status":"failed","error":{"type":"30007"}}"#,
        );
        let bare = verdict(&bare, seen());
        assert_eq!(bare.why, "It was stopped; the reason follows. Final.");
        assert_eq!(bare.evidence, ["error: \"{\"type\":\"30007\"}\""]);
    }

    #[test]
    fn what_has_waited_long_is_told_what_to_check_on_its_channel() {
        let next = |kind: &str| {
            let pending = message(&format!(
                r#"{{"messageType":"TYPE_{kind}","direction":"outbound","status":"pending","dateAdded":"2026-03-04T15:00:00Z"}}"#
            ));
            verdict(&pending, seen()).next
        };
        assert_eq!(
            next("SMS"),
            "Check number, balance, A2P registration; custom provider: its own log."
        );
        assert_eq!(
            next("EMAIL"),
            "Check the sending domain and the email service's settings."
        );
        assert_eq!(
            next("CALL"),
            "r asks again once the call should have ended."
        );
    }

    #[test]
    fn a_sentence_goes_on_in_small_letters_but_for_names() {
        assert_eq!(
            continued("The number is unknown."),
            "the number is unknown."
        );
        for name in [
            "HighLevel set it.",
            "A2P is off.",
            "Mailgun gave up.",
            "US only.",
        ] {
            assert_eq!(continued(name), name);
        }
    }

    #[test]
    fn pending_for_hours_is_told_as_such() {
        let pending = message(
            r#"{"messageType":"TYPE_SMS","direction":"outbound","status":"pending","dateAdded":"2026-03-04T15:00:00Z"}"#,
        );
        assert_eq!(
            verdict(&pending, seen()).why,
            "No result so far; one may never come."
        );
    }

    #[test]
    fn a_missing_status_is_neither_unknown_nor_failed() {
        let inbound = message(r#"{"messageType":"TYPE_SMS","direction":"inbound"}"#);
        assert_eq!(verdict(&inbound, seen()).word, "received");
        let log = message(r#"{"messageType":"TYPE_ACTIVITY_OPPORTUNITY","direction":"outbound"}"#);
        assert_eq!(verdict(&log, seen()).word, "log entry");
        let email = message(r#"{"messageType":"TYPE_EMAIL","direction":"outbound"}"#);
        assert_eq!(verdict(&email, seen()).word, "no status");
    }

    #[test]
    fn an_unknown_status_is_shown_as_sent() {
        let unknown =
            message(r#"{"messageType":"TYPE_SMS","direction":"outbound","status":"snoozed"}"#);
        let verdict = verdict(&unknown, seen());
        assert_eq!(
            (verdict.tone, verdict.word.as_str()),
            (Tone::Neutral, "snoozed")
        );
        assert!(verdict.why.contains("not taken as final"));
    }
}
