//! What a person is told of each failure: from the exact bytes of its answer to title, why, next step and trace id.
//! Never a connection that fails, and never a body in part: those are in `faults` and `answers`.

use msgscope::app::action::Keys;
use msgscope::model::face::Face;
use msgscope::model::failure::Failure;
use msgscope::model::snapshot::Snapshot;

use super::{AMPLE, TOKEN, failure, id, settings};
use crate::support::clients;
use crate::support::wire::{Step, Wire, bytes, json};

const TRACE_ID: &str = "0f3c6f4e-6d0c-4f0e-9a55-7d7b0e6a1c11";

/// Title, why, next step.
type Words = (&'static str, &'static str, &'static str);

const NO_TOKEN: Words = (
    "no token",
    "There is no token to ask with, or none arrived.",
    "Set MSGSCOPE_TOKEN or --token-file, or paste one at the prompt at start.",
);
const REVOKED: Words = (
    "token refused",
    "HighLevel does not know this token: revoked, rotated or mistyped.",
    "Make a new one in the sub-account: pasted here it serves for this run.",
);
const EXPIRED: Words = (
    "token refused",
    "The OAuth token is expired, revoked or cut. It lasts about a day.",
    "Fetch a new one: pasted here it serves for this run.",
);
const PREFIX_LOST: Words = (
    "token refused",
    "It is a bare UUID: its `pit-` in front is missing.",
    "Put `pit-` back: pasted here it serves for this run.",
);
const SCOPE_MISSING: Words = (
    "not allowed",
    "The token works but may not read messages. Logging in again changes nothing.",
    "Add conversations/message.readonly to acme's integration, then r. \
     An agency token gets this answer too: use one made in the sub-account.",
);
const WRONG_CLASS: Words = (
    "wrong kind of token",
    "An agency token cannot read a sub-account's messages, whatever its scopes.",
    "Use one made in the sub-account.",
);
const OTHER_SUB_ACCOUNT: Words = (
    "other sub-account",
    "The token works, but this message is in another sub-account.",
    "Check the id; ask for one from the other sub-account.",
);
const VERSION: Words = (
    "version header refused",
    "The API does not know version 2021-07-28.",
    "Set api_version to 2021-04-15 or v3.",
);
const NO_VERSION: Words = (
    "version header refused",
    "The Version header did not arrive; something in between may drop it.",
    "Check the base URL and any proxy on the way.",
);
const NOT_FOUND: Words = (
    "not found",
    "No cause given. Mistyped, deleted, other sub-account, replaced by a retry?",
    "Check the id; ask for one from the other sub-account.",
);
const INVALID: Words = (
    "refused as invalid",
    "The API does not accept this id.",
    "Compare it with the source, character by character.",
);
const CALLED_401: Words = (
    "gateway time-out",
    "The gateway timed out and called it 401. The token is not to blame.",
    "r asks again; the next try mostly succeeds.",
);
const GATEWAY: Words = (
    "gateway time-out",
    "HighLevel's gateway got no answer from behind it in time.",
    "r asks again; the next try mostly succeeds.",
);
const CLOUDFLARE: Words = (
    "not HighLevel's answer",
    "Cloudflare blocked the request before HighLevel saw it.",
    "R shows what came. Try later, or ask your network team.",
);

async fn asked_with(token: &str, steps: Vec<Step>) -> (Snapshot, String) {
    let wire = Wire::start(move |_| steps.clone());
    let base_url = wire.base_url();
    let client = clients::client(settings(&base_url, AMPLE), clients::given(token));
    (client.lookup(&id()).await, base_url)
}

/// Compares, host and port of the server written as `HOST`.
#[track_caller]
fn assert_told(snapshot: &Snapshot, base_url: &str, expected: Words) -> Failure {
    let failure = failure(snapshot).clone();
    let host = base_url.replace("http://", "");
    let why = failure.why(&snapshot.asked).replace(&host, "HOST");
    let next = failure.next(&snapshot.asked, Face::Console(&Keys::default().hints()));
    let told = (failure.title(), &*why, &*next);
    assert_eq!(told, expected, "{snapshot:?}");
    failure
}

/// The message in the usual envelope; without a trace id, and then with one.
async fn told(http: u16, message: &str, token: &str, expected: Words) {
    let message = serde_json::to_string(message).unwrap();
    for (more, trace_id) in [
        (String::new(), None),
        (format!(r#","traceId":"{TRACE_ID}""#), Some(TRACE_ID)),
    ] {
        let body = format!(r#"{{"statusCode":{http},"message":{message}{more}}}"#);
        let (snapshot, base_url) = asked_with(token, json(http, &body)).await;
        let failure = assert_told(&snapshot, &base_url, expected);
        assert_eq!(failure.trace_id.as_deref(), trace_id, "{body}");
        assert_eq!(snapshot.answer.unwrap().body.bytes(), body.as_bytes());
    }
}

/// Any bytes at all; tells what is quoted of them.
async fn told_of(steps: Vec<Step>, expected: Words) -> Vec<String> {
    let (snapshot, base_url) = asked_with(TOKEN, steps).await;
    assert_told(&snapshot, &base_url, expected).quotes()
}

#[tokio::test]
async fn a_refused_token_is_told_by_what_it_looks_like() {
    let uuid = TOKEN.strip_prefix("pit-").unwrap();
    let oauth = "eyJhbGciOiJIUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJMb2NhdGlvbiJ9.c2lnbmF0dXJl";
    for said in [
        "Invalid JWT",
        "Invalid Private Integration token",
        "Invalid token: access token is invalid",
        "Unauthorized",
    ] {
        for (token, expected) in [
            (TOKEN, REVOKED),
            (uuid, PREFIX_LOST),
            (oauth, EXPIRED),
            ("an-old-v1-key", REVOKED),
        ] {
            told(401, said, token, expected).await;
        }
    }
    let said = "No Authorization header found for authentication!";
    told(401, said, TOKEN, NO_TOKEN).await;
}

#[tokio::test]
async fn a_401_or_403_that_is_no_refused_token_does_not_blame_it() {
    for (http, said, expected) in [
        (
            401,
            "The token is not authorized for this scope.",
            SCOPE_MISSING,
        ),
        (
            403,
            "The token is not authorized for this scope.",
            SCOPE_MISSING,
        ),
        (403, "Forbidden", SCOPE_MISSING),
        (401, "Token's user type mismatch!", WRONG_CLASS),
        (
            401,
            "This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.",
            WRONG_CLASS,
        ),
        (
            401,
            "This location is not accessible from this token!",
            OTHER_SUB_ACCOUNT,
        ),
        (
            401,
            "The token does not have access to this location.",
            OTHER_SUB_ACCOUNT,
        ),
        (
            403,
            "The token does not have access to this location.",
            OTHER_SUB_ACCOUNT,
        ),
        (401, "version header was not found.", NO_VERSION),
        (401, "version header is invalid", VERSION),
        (401, "Command timed out", CALLED_401),
        (401, "No message found for the id", NOT_FOUND),
    ] {
        told(http, said, TOKEN, expected).await;
    }
}

#[tokio::test]
async fn a_version_that_is_refused_is_told_with_the_one_that_was_sent() {
    let said = "Invalid API version segment 'bogus-version' at position 0";
    told(400, said, TOKEN, VERSION).await;
    let path = (
        "version header refused",
        "The API has no such path at HOST, or not in version 2021-07-28.",
        "Check the base URL; set --api-version to 2021-07-28.",
    );
    let said = "Cannot GET /conversations/messages/ve9EPM428h8vShlRW1KT";
    told(404, said, TOKEN, path).await;
}

#[tokio::test]
async fn a_message_that_is_not_there_is_told_so_in_every_disguise() {
    for (http, said) in [
        (400, "No message found with id: ve9EPM428h8vShlRW1KT"),
        (404, "No message found with id: ve9EPM428h8vShlRW1KT"),
        (404, "Not Found"),
        (500, "Conversation with id ve9EPM428h8vShlRW1KT not found"),
        (403, "Message not found"),
    ] {
        told(http, said, TOKEN, NOT_FOUND).await;
    }
    for http in [200, 400, 404, 500] {
        let code = r#"{"canonicalCode":"CONVERSATIONS_MSG_NOT_FOUND","message":"gone"}"#;
        let quotes = told_of(json(http, code), NOT_FOUND).await;
        assert_eq!(quotes, [format!("{http}: \"gone\"")]);
    }
}

#[tokio::test]
async fn each_word_of_a_validation_is_quoted() {
    for (http, body, quotes) in [
        (
            422,
            r#"{"statusCode":422,"message":["attachments must contain at least 1 elements","attachments must be an array"],"error":"Unprocessable Entity","traceId":"x"}"#,
            &[
                r#"422: "attachments must contain at least 1 elements""#,
                r#"422: "attachments must be an array""#,
            ][..],
        ),
        (
            422,
            r#"{"statusCode":422,"message":["property x should not exist"]}"#,
            &[r#"422: "property x should not exist""#],
        ),
        (
            422,
            r#"{"statusCode":422,"message":"Message does not have recording"}"#,
            &[r#"422: "Message does not have recording""#],
        ),
        (
            400,
            r#"{"statusCode":400,"message":"Bad Request"}"#,
            &[r#"400: "Bad Request""#],
        ),
        (
            413,
            r#"{"status":413,"message":"File too large"}"#,
            &[r#"413: "File too large""#],
        ),
        (
            400,
            r#"{"error":"invalid_request","error_description":"told in full"}"#,
            &[r#"400: "invalid_request""#, r#"400: "told in full""#],
        ),
        (422, "Unprocessable", &[r#"422: "Unprocessable""#]),
        (400, "", &[]),
    ] {
        assert_eq!(told_of(json(http, body), INVALID).await, quotes, "{body}");
    }
}

#[tokio::test]
async fn what_something_in_between_answers_is_not_taken_for_the_apis() {
    let banned = r#"{"error_code":1010,"error_name":"browser_signature_banned","status":403}"#;
    let quotes = told_of(json(403, banned), CLOUDFLARE).await;
    assert_eq!(quotes, [r#"403: "1010 browser_signature_banned""#]);
    let challenge = "<!DOCTYPE html><title>Attention Required! | Cloudflare</title>";
    assert!(told_of(html(403, challenge), CLOUDFLARE).await.is_empty());

    let page = "<html><head><title>Sign in</title></head></html>";
    for (http, why) in [
        (200, "200 with a web page, from a proxy in between."),
        (401, "401 with a web page, from a proxy in between."),
        (502, "502 with a web page, from a proxy in between."),
        (503, "503 with a web page, from a proxy in between."),
    ] {
        let proxy = (CLOUDFLARE.0, why, CLOUDFLARE.2);
        assert!(told_of(html(http, page), proxy).await.is_empty());
    }
}

fn html(http: u16, page: &str) -> Vec<Step> {
    let length = page.len().to_string();
    let headers = [("Content-Type", "text/html"), ("Content-Length", &length)];
    bytes(http, &headers, page)
}

#[tokio::test]
async fn a_rate_limit_tells_how_long_to_wait_where_the_api_does() {
    let next = "Wait, then r. Other tools may use the same token's limit.";
    let body = r#"{"statusCode":429,"message":"Too Many Requests"}"#;
    let short = "Too many requests in a short time, or today.";
    for (header, why) in [
        (
            ("Retry-After", "7"),
            "Too many requests; the API asks to wait 7 s.",
        ),
        (
            ("Retry-After", "3600"),
            "Too many requests; the API asks to wait 1 h.",
        ),
        (("Retry-After", "later"), short),
        (("X-RateLimit-Interval-Milliseconds", "10000"), short),
    ] {
        let length = body.len().to_string();
        let headers = [header, ("Content-Length", &length)];
        let quotes = told_of(bytes(429, &headers, body), ("rate limit", why, next)).await;
        assert_eq!(quotes, [r#"429: "Too Many Requests""#]);
    }
}

#[tokio::test]
async fn a_server_or_gateway_that_fails_is_told_by_its_own_words() {
    let next = "Try later; a wrong token can look like this too.";
    for (http, said, why) in [
        (
            500,
            "Internal server error",
            r#"500, from HighLevel's own servers: "Internal server error"."#,
        ),
        (
            502,
            "Bad Gateway",
            r#"502, from HighLevel's own servers: "Bad Gateway"."#,
        ),
        (
            503,
            "Service Unavailable",
            r#"503, from HighLevel's own servers: "Service Unavailable"."#,
        ),
    ] {
        told(http, said, TOKEN, ("HighLevel failed", why, next)).await;
    }
    for http in [500, 504, 408] {
        told(http, "Command timed out", TOKEN, GATEWAY).await;
    }
    told(504, "Gateway Timeout", TOKEN, GATEWAY).await;
}

#[tokio::test]
async fn an_answer_without_a_message_says_what_it_is() {
    let title = "answer not understood";
    let next = "R shows what came. r asks again.";
    for (body, why) in [
        ("upstream connect error", "It is not JSON."),
        ("{\"message\":{\"id\":", "Cut off after 17 bytes."),
        ("{\"ok\":true}", "It is JSON, but not a message."),
        (
            "{\"emailMessage\":{\"id\":\"x\"}}",
            "It is an email record, not the message it belongs to.",
        ),
        (
            "{\"conversations\":[],\"total\":0}",
            "It is a conversation, not a message.",
        ),
    ] {
        told_of(json(200, body), (title, why, next)).await;
    }
    told_of(json(200, " "), (title, "It is empty.", "r asks again.")).await;
    let large = (
        title,
        "Over 16 MiB, not read.",
        "Nothing a message should be. r asks again.",
    );
    let headers = [("Content-Length", "16777217")];
    told_of(bytes(200, &headers, ""), large).await;
    let elsewhere = (
        "redirect not followed",
        "It points to other.example:8443; a token is never sent there.",
        "Check the base URL.",
    );
    let headers = [
        ("Location", "https://other.example:8443/login"),
        ("Content-Length", "0"),
    ];
    told_of(bytes(302, &headers, ""), elsewhere).await;
}
