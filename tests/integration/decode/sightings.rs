//! The fixtures: a file a sighting, each with what it decodes to.
//! Never one that is not stated: a new fixture fails until it is.

use std::collections::BTreeSet;
use std::time::Duration;

use msgscope::model::failure::{Blocker, Cause, Resource, TokenForm};

use super::ask;
use crate::support::fixtures::fixture;

/// File, short type, direction, outcome (a call's own status before the message's), seconds of a call.
const MESSAGES: &str = "
activity-opportunity.json LOG outbound - -
call-documented-example-number-duration.json SMS inbound completed 120
call-documented-flat-meta-unwrapped.json CALL inbound completed 120
call-inbound-no-userid-issue214.json CALL inbound completed 72
call-inbound-voicemail.json CALL inbound voicemail 24
call-outbound-completed-issue258.json CALL outbound completed 37
call-outbound-reached-voicemail.json CALL outbound voicemail 31
email-outbound-message-no-status.json EMAIL outbound - -
instagram-inbound.json IG inbound delivered -
internal-comment.json NOTE outbound delivered -
live-chat-inbound.json CHAT inbound delivered -
mms-outbound-attachments.json SMS outbound sent -
review.json REVW inbound delivered -
sms-inbound.json SMS inbound delivered -
sms-outbound-delivered.json SMS outbound delivered -
sms-outbound-failed-error30005.json SMS outbound failed -
sms-outbound-failed-no-error-field.json SMS outbound failed -
sms-outbound-pending.json SMS outbound pending -
sms-outbound-queued.json SMS outbound queued -
sms-outbound-scheduled.json SMS outbound scheduled -
voicemail-drop-workflow.json VMAIL outbound completed -
whatsapp-inbound-voice-note-no-attachments-issue212.json WAPP inbound delivered -
whatsapp-outbound-failed-meta.json WAPP outbound failed -
";

/// Answers of other endpoints: JSON, and no message.
const NO_MESSAGES: &[&str] = &[
    "contact.json",
    "conversation-messages-empty.json",
    "conversation-messages-page-double-wrapped-issue54.json",
    "conversation-search.json",
    "email-record-delivered.json",
    "email-record-failed-error.json",
    "location.json",
    "messages-export-page.json",
    "transcription-array.json",
    "user.json",
];

/// Never an answer to a lookup: webhooks, and flat objects that only a path tells from a message.
const ELSEWHERE: &[&str] = &[
    "conversation.json",
    "email-record-documented-unwrapped.json",
    "webhook-inbound-call.json",
    "webhook-lc-email-stats-delivered.json",
    "webhook-outbound-sms-failed-issue260.json",
];

const REFUSED: Cause = Cause::TokenRefused(TokenForm::PrivateIntegration);

const ERRORS: &[(&str, Cause, &[&str])] = &[
    (
        "error-400-bad-request-documented.json",
        Cause::Invalid,
        &["Bad Request"],
    ),
    (
        "error-400-bogus-version-segment.json",
        Cause::Version,
        &["Invalid API version segment 'bogus-version' at position 0"],
    ),
    (
        "error-400-message-not-found.json",
        Cause::NotFound,
        &["No message found with id: 88XYcvQnPBZ3cHwN8Wys"],
    ),
    (
        "error-401-command-timed-out.json",
        Cause::GatewayTimeout,
        &["Command timed out"],
    ),
    (
        "error-401-documented.json",
        REFUSED,
        &["Invalid token: access token is invalid"],
    ),
    ("error-401-expired.json", REFUSED, &["Invalid JWT"]),
    ("error-401-invalid-jwt.json", REFUSED, &["Invalid JWT"]),
    (
        "error-401-invalid-pit.json",
        REFUSED,
        &["Invalid Private Integration token"],
    ),
    (
        "error-401-invalid-version.json",
        Cause::Version,
        &["version header is invalid"],
    ),
    (
        "error-401-missing-authorization.json",
        Cause::NoToken,
        &["No Authorization header found for authentication!"],
    ),
    (
        "error-401-missing-scope.json",
        Cause::ScopeMissing,
        &["The token is not authorized for this scope."],
    ),
    (
        "error-401-missing-version-header.json",
        Cause::Version,
        &["version header was not found."],
    ),
    (
        "error-401-user-type-mismatch.json",
        Cause::WrongTokenClass,
        &["Token's user type mismatch!"],
    ),
    (
        "error-403-cloudflare-1010.json",
        Cause::Blocked(Blocker::Cloudflare),
        &["1010 browser_signature_banned"],
    ),
    (
        "error-403-wrong-location.json",
        Cause::OtherLocation,
        &["The token does not have access to this location."],
    ),
    (
        "error-404-documented-not-found.json",
        Cause::NotFound,
        &["Conversation id, contact id, workflow id, or campaign id not given"],
    ),
    (
        "error-422-message-array-traceid.json",
        Cause::Invalid,
        &[
            "attachments must contain at least 1 elements",
            "attachments must be an array",
        ],
    ),
    (
        "error-429.json",
        Cause::RateLimited { wait: None },
        &["Too Many Requests"],
    ),
    (
        "error-500-internal.json",
        Cause::Server,
        &["Internal server error"],
    ),
];

/// The names of all fixtures.
pub(super) fn files() -> Vec<&'static str> {
    let errors = ERRORS.iter().map(|(file, ..)| *file);
    let others = NO_MESSAGES.iter().chain(ELSEWHERE).copied();
    message_files()
        .into_iter()
        .chain(errors)
        .chain(others)
        .collect()
}

/// The names of those that hold a message.
pub(super) fn message_files() -> Vec<&'static str> {
    let rows = MESSAGES.lines().filter_map(|row| row.split(' ').next());
    rows.filter(|file| !file.is_empty()).collect()
}

#[test]
fn every_message_that_was_seen_or_documented_is_understood() {
    for row in MESSAGES.trim().lines() {
        let [file, kind, direction, outcome, seconds] =
            row.split(' ').collect::<Vec<_>>().try_into().expect(row);
        let body = fixture(file);
        let message = ask(200, body.clone()).expect(file);
        assert_eq!(message.kind().unwrap().short(), kind, "{file}");
        assert_eq!(message.direction().unwrap().word(), direction, "{file}");
        let status = message.outcome().map(|status| status.word().to_owned());
        assert_eq!(status.as_deref().unwrap_or("-"), outcome, "{file}");
        let duration = message.call().and_then(|call| call.duration);
        let seconds = seconds.parse().ok().map(Duration::from_secs);
        assert_eq!(duration, seconds, "{file}");
        assert_eq!(message.id().unwrap().len(), 20, "{file}");
        assert!(message.added().is_some(), "{file}");

        let sent: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let object = sent.get("message").unwrap_or(&sent).as_object().unwrap();
        let names: BTreeSet<&str> = message.fields().iter().map(|field| &*field.name).collect();
        assert_eq!(names, object.keys().map(String::as_str).collect(), "{file}");
        let traced = sent.get("traceId").is_some();
        assert_eq!(message.trace_id().is_some(), traced, "{file}");
    }
}

#[test]
fn every_error_that_was_seen_or_documented_has_its_cause_and_keeps_its_words() {
    for (file, cause, messages) in ERRORS {
        let http = file.split('-').nth(1).unwrap();
        let http = http.trim_end_matches(".json").parse().unwrap();
        let failure = ask(http, fixture(file)).expect_err(file);
        assert_eq!(failure.cause, *cause, "{file}");
        assert_eq!(failure.http, Some(http), "{file}");
        assert_eq!(failure.messages, *messages, "{file}");
    }
    let traced = ask(422, fixture("error-422-message-array-traceid.json")).unwrap_err();
    let trace_id = "d2481b10-f7d9-4fc0-a0bb-df7c6abed08c";
    assert_eq!(traced.trace_id.as_deref(), Some(trace_id));
}

#[test]
fn an_answer_of_another_endpoint_is_not_a_message() {
    for file in NO_MESSAGES {
        let failure = ask(200, fixture(file)).expect_err(file);
        assert!(matches!(failure.cause, Cause::NotAMessage(_)), "{file}");
    }
    let email = ask(200, fixture("email-record-delivered.json")).unwrap_err();
    assert_eq!(email.cause, Cause::NotAMessage(Resource::EmailRecord));
    let trace_id = "9a6611ab-9b55-456f-a6c9-2c3efc753ac7";
    assert_eq!(email.trace_id.as_deref(), Some(trace_id));
}

#[test]
fn every_fixture_is_stated_here() {
    let stated: BTreeSet<String> = files().into_iter().map(str::to_owned).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integration/fixtures");
    let found = std::fs::read_dir(folder).unwrap();
    let found = found.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<BTreeSet<_>>(), stated);
}
