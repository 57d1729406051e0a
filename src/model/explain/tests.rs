//! The rules of trust, and what the embedded entries are.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeSet;

use super::super::endpoint::Endpoint;
use super::super::json::Json;
use super::*;

fn message(text: &str) -> Message {
    let root = Json::parse(text.into()).unwrap();
    Message::new(root.clone(), &root, Endpoint::Message)
}

/// An outbound message that failed, of that type, with these further members.
fn failed(kind: &str, more: &str) -> Message {
    message(&format!(
        r#"{{"messageType":"TYPE_{kind}","direction":"outbound","status":"failed",{more}}}"#
    ))
}

/// Meaning, field and code; `unknown` where nothing explains it.
fn explained(message: &Message) -> (String, String, Option<String>) {
    let known = Explanations::default();
    let Explanation { by, field, code } = known.explain(message);
    let meaning = match by {
        By::Error(entry) | By::Status(entry) => entry.meaning.clone(),
        By::UnknownCode | By::UnknownError | By::UnknownStatus => "unknown".to_owned(),
    };
    (meaning, field, code)
}

#[track_caller]
fn assert_explained(message: &Message, meaning: &str, field: &str, code: Option<&str>) {
    let (told, of, by) = explained(message);
    assert!(told.contains(meaning), "{told}");
    assert_eq!((of.as_str(), by.as_deref()), (field, code));
}

#[test]
fn a_code_is_read_wherever_an_error_stands_and_however_it_is_written() {
    let spam = "Filtered as spam";
    for (more, field) in [
        (r#""error":30007"#, "error"),
        (r#""error":"30007""#, "error"),
        (r#""error":" Error 30007 - whatever""#, "error"),
        (
            r#""error":{"code":30007,"message":"odd","type":"x"}"#,
            "error.code",
        ),
        (r#""error":{"code":"30007"}"#, "error"),
        (r#""meta":{"error":30007}"#, "meta.error"),
        (
            r#""meta":{"sms":{"error":{"code":30007,"message":"odd"}}}"#,
            "meta.sms.error.code",
        ),
    ] {
        assert_explained(&failed("SMS", more), spam, field, Some("30007"));
    }
    let whatsapp = failed(
        "WHATSAPP",
        r#""meta":{"whatsapp":{"error":{"code":131047,"message":"Re-engagement message"}}}"#,
    );
    assert_explained(
        &whatsapp,
        "24 hours",
        "meta.whatsapp.error.code",
        Some("131047"),
    );
    let facebook = failed(
        "FACEBOOK",
        r#""error":{"code":10,"error_subcode":2018278,"message":"odd"}"#,
    );
    assert_explained(&facebook, "24-hour window", "error.code", Some("10"));
}

#[test]
fn a_canonical_code_comes_before_all_else() {
    let refused = failed(
        "SMS",
        r#""error":{"code":30007,"message":"CONVERSATIONS_MSG_DND_ACTIVE_SMS"}"#,
    );
    assert_explained(&refused, "do-not-disturb for texts", "error", Some("30007"));
    let small = failed(
        "SMS",
        r#""error":{"code":30007,"message":"conversations_msg_dnd_active_sms"}"#,
    );
    assert_explained(&small, "Filtered as spam", "error.code", Some("30007"));
}

#[test]
fn a_code_comes_before_words_but_not_for_an_email() {
    let sms = failed(
        "SMS",
        r#""error":{"code":30005,"message":"Message filtered"}"#,
    );
    assert_explained(&sms, "no longer in use", "error.code", Some("30005"));
    let email = failed(
        "EMAIL",
        r#""error":{"code":"5.7.1","message":"550 Mailbox not found"}"#,
    );
    assert_explained(&email, "knows no such mailbox", "error", Some("5.7.1"));
}

#[test]
fn words_come_before_a_number_among_them_and_the_longest_words_win() {
    let sms = failed("SMS", r#""error":"Message filtered, see 30003""#);
    assert_explained(&sms, "Filtered as spam", "error", Some("30003"));
    // What the text itself calls its code is one.
    let named = failed("SMS", r#""error":"Error 30003: Message filtered""#);
    assert_explained(&named, "out of reach", "error", Some("30003"));
    let quota = failed(
        "EMAIL",
        r#""error":"550 5.4.5 Daily user sending quota exceeded""#,
    );
    assert_explained(
        &quota,
        "used up its sending for the day",
        "error",
        Some("550 5.4.5"),
    );
    let full = failed("EMAIL", r#""error":"452 4.2.2 try again""#);
    assert_explained(&full, "full, for now", "error", Some("452 4.2.2"));
}

#[test]
fn a_code_holds_in_its_own_family_only() {
    for (kind, error) in [
        ("WHATSAPP", "30007"),
        ("SMS", "131047"),
        ("SMS", "190"),
        ("CALL", "30007"),
        ("CUSTOM_SMS", "30007"),
        ("EMAIL", "30007"),
        ("HOLOGRAM", "30007"),
    ] {
        let (told, ..) = explained(&failed(kind, &format!(r#""error":{error}"#)));
        assert_eq!(told, "unknown", "{kind} {error}");
    }
}

#[test]
fn an_unknown_code_is_never_guessed() {
    for error in [
        r#""Error 30999 - Something""#,
        "30999",
        r#"{"code":"30999","type":"30007"}"#,
    ] {
        let message = failed("SMS", &format!(r#""error":{error}"#));
        assert_explained(&message, "unknown", "error", Some("30999"));
    }
}

#[test]
fn a_postcode_in_the_body_is_no_code() {
    let message = failed(
        "SMS",
        r#""body":"See you in Decatur, GA 30007. Error 30005""#,
    );
    assert_explained(
        &message,
        "Stopped before a carrier took it.",
        "status",
        None,
    );
    let subject = failed("EMAIL", r#""subject":"mailbox not found""#);
    assert_explained(&subject, "Not sent, or bounced", "status", None);
}

#[test]
fn what_went_well_or_was_refused_by_the_contact_is_told_by_its_status() {
    let delivered = message(
        r#"{"messageType":"TYPE_SMS","direction":"outbound","status":"delivered","error":"30007"}"#,
    );
    assert_explained(&delivered, "The carrier confirms", "status", None);
    let stopped = message(
        r#"{"messageType":"TYPE_SMS","direction":"outbound","status":"opt_out","error":"21610"}"#,
    );
    assert_explained(&stopped, "asked to stop", "status", None);
}

#[test]
fn a_calls_own_status_comes_before_the_messages() {
    let call = message(
        r#"{"messageType":"TYPE_CALL","direction":"inbound","status":"completed","meta":{"call":{"status":"voicemail"}}}"#,
    );
    assert_explained(
        &call,
        "The caller was sent to voicemail.",
        "meta.call.status",
        None,
    );
    let drop =
        message(r#"{"messageType":"TYPE_VOICEMAIL","direction":"outbound","status":"completed"}"#);
    assert_explained(
        &drop,
        "The recorded message was played out.",
        "status",
        None,
    );
    let plain = message(r#"{"messageType":"TYPE_CALL","direction":"outbound","status":"busy"}"#);
    assert_explained(&plain, "The line was busy", "status", None);
}

#[test]
fn of_an_incoming_message_no_delivery_is_told() {
    for status in ["delivered", "sent", "read"] {
        let inbound = message(&format!(
            r#"{{"messageType":"TYPE_SMS","direction":"inbound","status":"{status}"}}"#
        ));
        assert_explained(&inbound, "It came from the contact", "status", None);
    }
}

#[test]
fn every_known_status_is_explained_on_every_channel() {
    let statuses = "connected delivered failed opened pending read scheduled sent undelivered clicked opt_out queued";
    let kinds = [
        "SMS",
        "EMAIL",
        "CALL",
        "WHATSAPP",
        "FACEBOOK",
        "WEBCHAT",
        "REVIEW",
        "CUSTOM_SMS",
        "ACTIVITY_CONTACT",
        "HOLOGRAM",
    ];
    for kind in kinds {
        for direction in ["inbound", "outbound"] {
            for status in statuses.split(' ') {
                let message = message(&format!(
                    r#"{{"messageType":"TYPE_{kind}","direction":"{direction}","status":"{status}"}}"#
                ));
                assert_ne!(
                    explained(&message).0,
                    "unknown",
                    "{kind} {direction} {status}"
                );
            }
        }
    }
    let calls = "pending completed answered busy no-answer failed canceled voicemail";
    for status in calls.split(' ') {
        let call = message(&format!(
            r#"{{"messageType":"TYPE_CALL","status":"{status}"}}"#
        ));
        assert_ne!(explained(&call).0, "unknown", "{status}");
    }
}

#[test]
fn a_name_is_looked_for_among_statuses_codes_and_words() {
    let known = Explanations::default();
    let families = |name: &str| {
        let entries = known.named(name).into_iter();
        entries
            .map(|entry| entry.families.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(families("30007"), [[Family::Text]]);
    assert_eq!(families("Error 30007"), [[Family::Text]]);
    assert_eq!(families("100").len(), 3);
    assert_eq!(families("552"), [[Family::Email]]);
    assert_eq!(families("30445"), [[Family::Text]]);
    assert_eq!(families("552 5.2.2"), [[Family::Email]]);
    assert_eq!(
        families("1 requested mail action aborted, MAILBOX NOT FOUND"),
        [[Family::Email]]
    );
    assert_eq!(families("CONVERSATIONS_MSG_NO_CONTENT").len(), 1);
    assert!(families("failed").len() > 8);
    assert_eq!(families("no-answer").len(), 1);
    for unknown in ["", " ", "30999", "snoozed", "x"] {
        assert!(families(unknown).is_empty(), "{unknown}");
    }
}

#[test]
fn the_embedded_entries_are_without_a_fault_and_short() {
    let (root, errors) = DeTable::parse_recoverable(EMBEDDED);
    assert!(errors.is_empty(), "{errors:?}");
    let mut faults = 0;
    let entries = read(root.get_ref(), &mut |_| faults += 1);
    assert_eq!(faults, 0);
    assert!(entries.len() > 300);
    assert!(EMBEDDED.len() < 82_000, "{}", EMBEDDED.len());
    for entry in &entries {
        let words = |text: &str| text.split_whitespace().count();
        let Entry {
            meaning,
            next,
            late,
            short,
            ..
        } = entry;
        assert!((1..=14).contains(&words(meaning)), "{meaning}");
        assert!((1..=18).contains(&words(next)), "{next}");
        assert!(
            late.as_deref().is_none_or(|late| words(late) <= 18),
            "{late:?}"
        );
        assert!(
            short.as_deref().is_none_or(|short| words(short) <= 3),
            "{short:?}"
        );
        for text in [meaning, next] {
            assert!(text.ends_with(['.', '?']), "{text}");
            assert!(
                !text.contains(['@', '!']) && !text.contains("e-mail"),
                "{text}"
            );
        }
        let evidence = entry.evidence.unwrap();
        let has = |word: &str| meaning.to_lowercase().contains(word);
        assert!(
            evidence != Evidence::Probably || has("probably"),
            "{meaning}"
        );
        assert!(evidence != Evidence::Often || has("often"), "{meaning}");
        assert!(
            entry
                .source
                .as_deref()
                .is_none_or(|source| source.starts_with("https://"))
        );
    }
}

#[test]
fn a_code_stands_once_in_a_family() {
    let mut seen = BTreeSet::new();
    for entry in OWN.iter() {
        for code in &entry.codes {
            for (name, family, _) in FAMILIES {
                let is_new = !entry.is_of(family) || seen.insert((name, code.as_str()));
                assert!(is_new, "{name} {code}");
            }
        }
    }
}

#[test]
fn every_family_of_a_type_has_a_name() {
    for known in super::super::kind::KINDS {
        assert!(
            FAMILIES
                .iter()
                .any(|(_, family, _)| *family == known.family),
            "{}",
            known.name
        );
    }
    let other = Kind::new(Some("TYPE_HOLOGRAM"), None).unwrap().family();
    assert!(FAMILIES.iter().any(|(_, family, _)| *family == other));
}
