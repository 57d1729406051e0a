//! Every kind of failure: its word, its exit code, and which of several counts.
//! Never its words for people: they are tested beside `model::failure`.

use std::net::TcpListener;

use super::{ID, OTHER, TOKEN, answering, asked, found, program};
use crate::support::fixtures::fixture;
use crate::support::program::Program;
use crate::support::wire::{Step, Wire, bytes, cut, json, silent};

/// Kind, exit code, and what the server sends for it.
fn failures() -> Vec<(&'static str, i32, Vec<Step>)> {
    let sent = |http, name| json(http, fixture(name));
    let page = "<html><body>Bad Gateway</body></html>";
    let elsewhere = [
        ("Location", "https://other.example/"),
        ("Content-Length", "0"),
    ];
    let huge = [
        ("Content-Type", "application/json"),
        ("Content-Length", "16777217"),
    ];
    vec![
        ("unauthorised", 3, sent(401, "error-401-invalid-pit.json")),
        ("unauthorised", 3, sent(401, "error-401-expired.json")),
        ("forbidden", 3, sent(401, "error-401-missing-scope.json")),
        (
            "forbidden",
            3,
            sent(401, "error-401-user-type-mismatch.json"),
        ),
        (
            "other-location",
            3,
            sent(403, "error-403-wrong-location.json"),
        ),
        (
            "not-found",
            4,
            sent(404, "error-404-documented-not-found.json"),
        ),
        (
            "not-found",
            4,
            sent(400, "error-400-message-not-found.json"),
        ),
        (
            "invalid",
            4,
            sent(400, "error-400-bad-request-documented.json"),
        ),
        (
            "invalid",
            4,
            sent(422, "error-422-message-array-traceid.json"),
        ),
        ("version", 4, sent(401, "error-401-invalid-version.json")),
        ("rate-limit", 5, sent(429, "error-429.json")),
        ("timeout", 5, sent(401, "error-401-command-timed-out.json")),
        ("timeout", 5, silent()),
        ("network", 5, vec![Step::Close]),
        ("cut", 5, cut(200, fixture("sms-inbound.json"), 100)),
        ("too-large", 5, bytes(200, &huge, "")),
        ("not-understood", 5, json(200, "upstream connect error")),
        ("not-understood", 5, json(200, r#"{"ok":true}"#)),
        ("redirect", 5, bytes(302, &elsewhere, "")),
        ("blocked", 5, sent(403, "error-403-cloudflare-1010.json")),
        ("blocked", 5, json(502, page)),
        ("server", 5, sent(500, "error-500-internal.json")),
    ]
}

#[test]
fn every_failure_has_its_word_and_its_exit_code() {
    for (kind, code, steps) in failures() {
        let limit = if steps == silent() { "0.3" } else { "20" };
        let sent = steps.clone();
        let wire = Wire::start(move |_| sent.clone());
        let ended = program(&wire, &["get", ID, "--timeout", limit]).run();
        let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        assert_eq!(line["failure"]["kind"], kind, "{ended:?}");
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert_eq!(ended.out.lines().count(), 1, "{ended:?}");
        let told = format!("msgscope: {ID}: ");
        assert!(ended.errors.starts_with(&told), "{ended:?}");
        assert_eq!(ended.errors.lines().count(), 1, "{ended:?}");
    }
}

#[test]
fn nobody_listening_is_a_failure_of_the_network() {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base_url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let ended = Program::new(&["get", ID, "--base-url", &base_url])
        .variable("MSGSCOPE_TOKEN", TOKEN)
        .run()
        .timeless();
    let line = format!(
        r#"{{"id":"{ID}","profile":"default","ms":0,"failure":{{"kind":"network","title":"no connection","messages":[]}}}}"#
    );
    assert_eq!((ended.out, ended.code), (line + "\n", Some(5)));
    assert!(
        ended.errors.ends_with(": connection refused.\n"),
        "{}",
        ended.errors
    );
}

#[test]
fn without_a_token_nothing_is_sent_and_what_helps_is_told() {
    let wire = answering();
    let ended = Program::new(&["get", ID, OTHER])
        .variable("MSGSCOPE_BASE_URL", &wire.base_url())
        .run()
        .timeless();
    let line = format!(
        r#"{{"id":"{ID}","profile":"default","ms":0,"failure":{{"kind":"unauthorised","title":"no token","messages":[]}}}}"#
    );
    assert_eq!((ended.out, ended.code), (line + "\n", Some(3)));
    for words in [
        "no token: ",
        "Set MSGSCOPE_TOKEN or --token-file",
        "1 more not asked for",
    ] {
        assert!(ended.errors.contains(words), "{}", ended.errors);
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn of_several_failures_the_worst_counts_and_every_id_is_tried() {
    let wire = Wire::start(|request| match asked(request).as_str() {
        "found1" => found(request),
        "lost1" => json(404, fixture("error-404-documented-not-found.json")),
        "broken1" => json(500, fixture("error-500-internal.json")),
        _ => json(403, fixture("error-403-wrong-location.json")),
    });
    for (ids, code) in [
        (&["found1"][..], 0),
        (&["lost1", "found1"], 4),
        (&["no-id", "found1"], 4),
        (&["broken1", "lost1", "found1"], 5),
        (&["lost1", "broken1"], 5),
        (&["foreign1", "broken1", "lost1", "found1"], 3),
        (&["lost1", "broken1", "foreign1"], 3),
    ] {
        let ended = program(&wire, &[&["get"], ids].concat()).run();
        assert_eq!(ended.code, Some(code), "{ids:?}: {ended:?}");
        assert_eq!(ended.out.lines().count(), ids.len(), "{ids:?}: {ended:?}");
    }
}
