//! Why and Next in words: by family where a status means something else on each channel.
//! Never more than is known: no reason is guessed, and "final" is said only of what is.

use std::time::Duration;

use super::super::kind::Family;
use super::super::message::{Call, Message};
use super::super::status::{Status, Tone};
use super::super::text::span;
use super::is_inbound;

/// Why and Next. Families differ in what a status means; where they do not, the status speaks.
pub(super) fn sentences(
    message: &Message,
    status: Option<&Status>,
    call: Option<&Call>,
    waited: Option<Duration>,
) -> (String, String) {
    let Some(status) = status else {
        return owned(without_status(message));
    };
    let Some(sentence) = status.sentence() else {
        let why = format!(
            "This version does not know the status \"{}\"; shown as sent, not taken as final.",
            status.word()
        );
        return (why, "r asks again.".to_owned());
    };
    let tone = status.tone();
    match message.family() {
        _ if waited.is_some() => owned((
            "No result so far; one may never come.",
            "Check number, balance, A2P registration; custom provider: its own log.",
        )),
        Family::Log if tone == Tone::Success => owned((LOG_ENTRY, NOTHING)),
        Family::Call => call_sentences(message, status, call, sentence),
        _ if is_inbound(message) && tone == Tone::Success => {
            owned(("It came from the contact.", NOTHING))
        }
        _ if tone == Tone::Failure => failed(message, status),
        family => {
            let known =
                known_sentences(family, status.word()).unwrap_or((sentence, "r asks again."));
            owned(known)
        }
    }
}

const NOTHING: &str = "Nothing to do.";
const LOG_ENTRY: &str = "Kept inside HighLevel; nothing was sent to the contact.";

fn owned((why, next): (&str, &str)) -> (String, String) {
    (why.to_owned(), next.to_owned())
}

fn without_status(message: &Message) -> (&'static str, &'static str) {
    match message.family() {
        Family::Log => (LOG_ENTRY, NOTHING),
        _ if is_inbound(message) => (
            "It came from the contact. Incoming messages carry no delivery status.",
            NOTHING,
        ),
        Family::Email => (
            "An email message has no status of its own: it is in its email record.",
            "The record's id stands under meta, email, messageIds.",
        ),
        _ => (
            "The answer holds no status.",
            "R shows all that came. r asks again.",
        ),
    }
}

fn failed(message: &Message, status: &Status) -> (String, String) {
    let given = message.error().is_some();
    let why = match (status.word(), given) {
        ("undelivered", true) => "The other side did not take it; the reason follows. Final.",
        ("undelivered", false) => "The other side did not take it. The API carries no reason.",
        ("failed", true) => "It was stopped; the reason follows. Final.",
        ("failed", false) => "Stopped before a carrier took it. The API carries no reason.",
        _ => return (final_sentence(status), "r asks again.".to_owned()),
    };
    let next = match (message.family(), given) {
        (_, true) => {
            "Look the reason up before sending again; the same text may fail the same way."
        }
        (Family::Text, false) => {
            "Hover the red triangle in Conversations; check DND, balance, number, A2P."
        }
        (Family::Custom, false) => "Look into the log of the app that sends for this sub-account.",
        (_, false) => "Hover the red triangle in Conversations; check the channel's connection.",
    };
    owned((why, next))
}

fn final_sentence(status: &Status) -> String {
    format!("{} Final.", status.sentence().unwrap_or_default())
}

fn call_sentences(
    message: &Message,
    status: &Status,
    call: Option<&Call>,
    sentence: &str,
) -> (String, String) {
    let length = call.and_then(|call| call.duration);
    let inbound = is_inbound(message);
    let (why, next) = match status.word() {
        "completed" => (
            "The call connected and ended. Who or what answered is not recorded.".to_owned(),
            NOTHING,
        ),
        "voicemail" if inbound => (
            "The caller was sent to voicemail. Final.".to_owned(),
            "Listen to the recording in Conversations, call back.",
        ),
        "voicemail" => (
            match length {
                Some(length) => format!(
                    "The call reached voicemail; it lasted {}. Final.",
                    span(length)
                ),
                None => "The call reached voicemail; its length is not recorded. Final.".to_owned(),
            },
            "Follow up by text.",
        ),
        "no-answer" => (
            final_sentence(status),
            "Try another hour; check time-out and routing.",
        ),
        "busy" => (final_sentence(status), "Try again later."),
        "canceled" => (
            final_sentence(status),
            "Call again where it was not meant to end.",
        ),
        "failed" | "undelivered" => (
            "The call could not be set up. Final.".to_owned(),
            "Check number format, geo permission, balance, caller id.",
        ),
        "connected" | "delivered" => (
            sentence.to_owned(),
            "Trust the call status where there is one.",
        ),
        _ => (
            sentence.to_owned(),
            "r asks again once the call should have ended.",
        ),
    };
    (why, next.to_owned())
}

/// What is known of a status on one channel.
fn known_sentences(family: Family, word: &str) -> Option<(&'static str, &'static str)> {
    Some(match (family, word) {
        (_, "scheduled") => (
            "Planned for later. Nothing has been sent.",
            "Check planned time and time zone.",
        ),
        (_, "pending") => (
            "HighLevel has it; the provider has not answered yet.",
            "Normal for some seconds. r asks again.",
        ),
        (_, "queued") => (
            "Accepted, and waiting for its turn to be sent.",
            "r asks again after a few minutes.",
        ),
        (_, "opt_out") => (
            "The contact asked to stop; further texts are blocked. Final.",
            "Do not resend. START from the contact reopens it.",
        ),
        (Family::Text, "delivered") => (
            "The carrier confirms that phone or network took it. Final.",
            "Contact sees nothing? Blocked senders, spam folder, ported number.",
        ),
        (Family::Email, "delivered") => (
            "The receiving server took it. That is not proof of the inbox.",
            "Not seen? Spam folder, then SPF, DKIM, DMARC.",
        ),
        (Family::WhatsApp, "delivered") => (
            "It reached a device of the contact; it may become read.",
            NOTHING,
        ),
        (Family::Social, "delivered") => (
            "It reached the contact's inbox.",
            "It may sit in message requests.",
        ),
        (Family::Custom, "delivered") => (
            "The provider's app reported delivery.",
            "As trustworthy as that app.",
        ),
        (_, "delivered") => ("The receiving side took it.", NOTHING),
        (Family::Text, "sent") => (
            "Passed to the carrier; no receipt so far. Some carriers never send one.",
            "Do not promise delivery. r asks again.",
        ),
        (Family::Email, "sent") => (
            "Passed to the mail provider; the receiving server has not confirmed it.",
            "With an SMTP provider no other result ever comes.",
        ),
        (Family::WhatsApp, "sent") => (
            "WhatsApp took it; it is not on the phone yet.",
            "Phone off, blocked or an old app. r asks again.",
        ),
        (_, "sent") => ("Passed on; no receipt so far.", "r asks again."),
        (Family::Email, "opened") => (
            "The tracking picture was loaded; mail scanners do that too.",
            NOTHING,
        ),
        (_, "read") => ("The contact opened it. Final.", NOTHING),
        (_, "opened") => ("It was looked at.", NOTHING),
        (_, "clicked") => (
            "A link in it was followed; scanners do that too. Final.",
            NOTHING,
        ),
        _ => return None,
    })
}
