//! Why there is no message: by who answered, by the words, by the status.
//! Never one sighting's whole body: those are in `sightings`.

use std::time::Duration;

use msgscope::api::decode::{Facts, decode};
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Blocker, Cause, TokenForm};

use super::{cause, failure};

#[test]
fn a_not_found_is_recognised_whatever_status_it_comes_with() {
    for (http, body) in [
        (
            401,
            r#"{"statusCode":401,"message":"No message found for the id"}"#,
        ),
        (
            500,
            r#"{"statusCode":500,"message":"Conversation with id x not found"}"#,
        ),
        (403, r#"{"message":["Message NOT FOUND"]}"#),
        (400, r#"{"canonicalCode":"CONVERSATIONS_MSG_NOT_FOUND"}"#),
        (
            200,
            r#"{"canonicalCode":"CONVERSATIONS_MSG_NOT_FOUND","message":"gone"}"#,
        ),
        (404, ""),
        (404, r#"{"statusCode":404,"message":"Not Found"}"#),
        (410, "{}"),
    ] {
        assert_eq!(cause(http, body), Cause::NotFound, "{http} {body}");
    }
}

#[test]
fn the_words_win_over_the_status() {
    let form = TokenForm::PrivateIntegration;
    for (http, said, cause) in [
        (500, "Command timed out", Cause::GatewayTimeout),
        (400, "version header was not found.", Cause::Version),
        (404, "Cannot GET /conversations/messages/x", Cause::Version),
        (
            403,
            "The token is not authorized for this scope.",
            Cause::ScopeMissing,
        ),
        (
            401,
            "This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.",
            Cause::WrongTokenClass,
        ),
        (
            401,
            "This location is not accessible from this token!",
            Cause::OtherLocation,
        ),
        (
            401,
            "The token does not have access to this location.",
            Cause::OtherLocation,
        ),
        (403, "jwt expired", Cause::TokenRefused(form)),
        (
            401,
            "Private integration token not found",
            Cause::TokenRefused(form),
        ),
        (401, "Authorization header is missing", Cause::NoToken),
    ] {
        let body = serde_json::json!({"message": said, "error": "Not Found"}).to_string();
        assert_eq!(self::cause(http, &body), cause, "{http} {said}");
        assert_eq!(
            self::cause(http, said),
            cause,
            "{http} {said} as plain text"
        );
    }
}

#[test]
fn the_status_decides_where_nothing_else_does() {
    for (http, cause) in [
        (401, Cause::TokenRefused(TokenForm::PrivateIntegration)),
        (403, Cause::ScopeMissing),
        (405, Cause::Invalid),
        (407, Cause::Blocked(Blocker::Proxy)),
        (408, Cause::GatewayTimeout),
        (413, Cause::Invalid),
        (502, Cause::Server),
        (504, Cause::GatewayTimeout),
        (599, Cause::Server),
    ] {
        assert_eq!(self::cause(http, ""), cause, "{http}");
        assert_eq!(
            self::cause(http, r#"{"message":{"a":[]}}"#),
            cause,
            "{http}"
        );
    }
}

#[test]
fn the_apis_words_are_kept_in_every_envelope_they_come_in() {
    for (body, messages) in [
        (r#"{"status":413,"message":"too big"}"#, &["too big"][..]),
        (
            r#"{"message":["a","b"],"error":"Bad Request"}"#,
            &["a", "b"],
        ),
        (r#"{"message":[{"message":"a"},7]}"#, &["a", "7"]),
        (r#"{"message":{"code":7}}"#, &[r#"{"code":7}"#]),
        (r#"{"message":7}"#, &["7"]),
        (r#"{"message":null,"error":"Teapot"}"#, &["Teapot"]),
        (r#"{"error":{"message":"inner"}}"#, &["inner"]),
        (
            r#"{"error":"invalid_grant","error_description":"told"}"#,
            &["invalid_grant", "told"],
        ),
        (r#"{"detail":"said so"}"#, &["said so"]),
        (r#""a plain string""#, &["a plain string"]),
        ("  plain text\n", &["plain text"]),
        (r#"{"message":"ends ear"#, &[]),
        ("{}", &[]),
        ("", &[]),
    ] {
        assert_eq!(failure(400, body).messages, messages, "{body}");
    }
    let long = format!(r#"{{"message":"{}"}}"#, "é".repeat(9000));
    assert_eq!(failure(400, &long).messages[0].chars().count(), 501);
}

#[test]
fn a_web_page_is_from_something_in_between() {
    let page = "<html><head><title>502 Bad Gateway</title></head></html>";
    let cloudflare = "\u{feff} <!DOCTYPE html><title>Attention Required! | Cloudflare</title>";
    let challenge = "<!-- x --><html><script src=\"/cdn-cgi/challenge-platform/x.js\">";
    for (http, body, blocker) in [
        (502, page, Blocker::Proxy),
        (401, page, Blocker::Proxy),
        (200, page, Blocker::Proxy),
        (504, page, Blocker::Proxy),
        (403, cloudflare, Blocker::Cloudflare),
        (503, challenge, Blocker::Cloudflare),
        (502, cloudflare, Blocker::Proxy),
    ] {
        assert_eq!(cause(http, body), Cause::Blocked(blocker), "{http} {body}");
        assert!(failure(http, body).messages.is_empty());
    }
    let html = Facts {
        content_type: Some("text/html; charset=utf-8".to_owned()),
        ..Facts::default()
    };
    let sent = |body: &str| {
        decode(
            &Endpoint::Message,
            200,
            &html,
            &Body::new(body.into()),
            TokenForm::Other,
        )
    };
    let blocked = sent("Please sign in").unwrap_err().cause;
    assert_eq!(blocked, Cause::Blocked(Blocker::Proxy));
    assert!(sent(r#"{"id":"x","type":2}"#).is_ok());
}

#[test]
fn waiting_and_redirects_are_told_with_what_the_headers_say() {
    let facts = Facts {
        retry_after: Some(Duration::from_secs(7)),
        location_host: Some("other.example".to_owned()),
        ..Facts::default()
    };
    let cause = |http, body: &str| {
        let body = Body::new(body.into());
        decode(&Endpoint::Message, http, &facts, &body, TokenForm::Other)
            .unwrap_err()
            .cause
    };
    let wait = Some(Duration::from_secs(7));
    assert_eq!(cause(429, "{}"), Cause::RateLimited { wait });
    assert_eq!(cause(429, "<html>"), Cause::RateLimited { wait });
    let host = "other.example".to_owned();
    assert_eq!(cause(302, "<html>Found</html>"), Cause::Redirect { host });
}

#[test]
fn what_is_no_json_is_told_from_what_is_empty_or_ends_too_early() {
    for body in ["", " \n"] {
        assert_eq!(cause(200, body), Cause::Empty, "{body:?}");
    }
    for body in ["OK", "t", "{a}", "{\"a\":1}}", "\u{0}"] {
        assert_eq!(cause(200, body), Cause::NotJson, "{body:?}");
    }
    let cut = Cause::Cut {
        after: 12,
        of: None,
    };
    assert_eq!(cause(200, r#"{"message":{"#), cut);
}
