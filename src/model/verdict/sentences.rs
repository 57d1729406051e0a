//! Why and Next in words: what the explanations say, and what the message itself adds to it.
//! Never more than is known: no reason is guessed, and "final" is said only of what is.

use std::time::Duration;

use super::super::explain::{By, Entry, Explanation};
use super::super::kind::Family;
use super::super::message::Message;
use super::super::status::{Finality, Status, Tone};
use super::super::text::span;
use super::is_inbound;

/// Why and Next of a message that was explained so, and has waited long where that is told.
pub(super) fn sentences(
    message: &Message,
    explanation: &Explanation<'_>,
    waited: Option<Duration>,
) -> (String, String) {
    match explanation.by {
        By::Error(entry) => (finished(message, entry, entry.meaning.clone()), next(entry)),
        By::UnknownCode => {
            let code = explanation.code.as_deref().unwrap_or_default();
            let why = format!("Error {code} is not known to this version; nothing is guessed.");
            (why, "Look it up at the provider.".to_owned())
        }
        By::UnknownError => unknown_error(message),
        By::UnknownStatus => {
            let status = message.outcome();
            let why = format!(
                "This version does not know the status \"{}\"; shown as sent, not taken as final.",
                status.as_ref().map_or("", |status| status.word())
            );
            (why, "w watches it.".to_owned())
        }
        By::Status(entry) if waited.is_some() => {
            let next = entry.late.clone().unwrap_or_else(|| next(entry));
            ("No result so far; one may never come.".to_owned(), next)
        }
        By::Status(entry) => (of_status(message, entry), next(entry)),
    }
}

/// What to do; where the user's own entry does not say.
fn next(entry: &Entry) -> String {
    let next = Some(entry.next.as_str()).filter(|next| !next.is_empty());
    next.unwrap_or("r asks again.").to_owned()
}

/// The reason that was given is not known; it stands below.
fn unknown_error(message: &Message) -> (String, String) {
    let status = message.outcome();
    let why = match status.as_ref().map(Status::word) {
        Some("undelivered") => "The other side did not take it; the reason follows. Final.",
        _ => "It was stopped; the reason follows. Final.",
    };
    let next = "Look the reason up before sending again; the same text may fail the same way.";
    (why.to_owned(), next.to_owned())
}

fn of_status(message: &Message, entry: &Entry) -> String {
    let meaning = entry.meaning.as_str();
    let inbound = is_inbound(message);
    let call = message.call();
    if message.tone() == Tone::Failure && message.family() != Family::Call && !inbound {
        return format!("{meaning} The API carries no reason.");
    }
    let reached_voicemail = message.tone() == Tone::Attention && !entry.calls.is_empty();
    let length = match call.map(|call| call.duration) {
        Some(Some(length)) => format!("it lasted {}", span(length)),
        _ => "its length is not recorded".to_owned(),
    };
    let told = if reached_voicemail && !inbound {
        format!("{}; {length}.", meaning.trim_end_matches('.'))
    } else {
        meaning.to_owned()
    };
    finished(message, entry, told)
}

/// Says that it is final, where it is and where that says something: not of what came in, nor of a call that was held.
fn finished(message: &Message, entry: &Entry, why: String) -> String {
    let (is_call, tone) = (message.family() == Family::Call, message.tone());
    let told = match tone {
        Tone::Failure | Tone::Attention => is_call || !is_inbound(message),
        Tone::Success => !is_call && !is_inbound(message) && !message.is_log_entry(),
        _ => false,
    };
    if told && entry.finality == Finality::Final {
        format!("{why} Final.")
    } else {
        why
    }
}
