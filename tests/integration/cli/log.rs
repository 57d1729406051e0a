//! `--log`: a line a try, in a file that only its owner can read.
//! Never a token, a body's text or a header's value in it.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{ID, OTHER, TOKEN, answered, asked, message, program};
use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::program::{Program, refused};
use crate::support::wire::{Step, Wire, bytes, json};

/// What stands in a header and in a body, and must not stand in the log.
const SECRETS: [&str; 4] = [TOKEN, "Bearer", "header-sentinel", "body-sentinel"];

const FAILED: &str = r#"{"statusCode":500,"message":"body-sentinel","traceId":"t1"}"#;
const SENT: &str =
    r#"{"message":{"id":"x","status":"sent","body":"body-sentinel"},"traceId":"t2"}"#;

/// An answer in JSON with a sentinel in a header.
fn telling(http: u16, body: &str) -> Vec<Step> {
    let length = body.len().to_string();
    let headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", length.as_str()),
        ("X-Sentinel", "header-sentinel"),
    ];
    bytes(http, &headers, body)
}

/// A server that fails once and answers then.
fn failing_once() -> Wire {
    let asked = AtomicUsize::new(0);
    Wire::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => telling(500, FAILED),
        _ => telling(200, SENT),
    })
}

/// The lines without their moments, with every duration as 0.
fn lines(log: &str) -> Vec<String> {
    let line = |line: &str| {
        let (at, rest) = line.split_once(' ').unwrap();
        let at: jiff::Timestamp = at.parse().expect("a moment");
        assert!(at > jiff::Timestamp::UNIX_EPOCH, "{line}");
        let words = rest.split(' ').map(|word| match word.split_once('=') {
            Some(("ms", took)) => {
                assert!(took.parse::<u64>().is_ok(), "{line}");
                "ms=0"
            }
            _ => word,
        });
        words.collect::<Vec<_>>().join(" ")
    };
    log.lines().map(line).collect()
}

#[test]
fn a_try_that_failed_and_one_that_was_answered_are_a_line_each() {
    let (wire, home) = (failing_once(), Folder::new());
    let path = home.path("log");
    let ended = program(&wire, &["get", ID, "--log", &path]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let url = format!("{}/conversations/messages/{ID}", wire.base_url());
    let log = home.read("log");
    let (failed, sent) = (FAILED.len(), SENT.len());
    let told = [
        format!("try=1/4 status=500 ms=0 bytes={failed} failure=server trace=t1"),
        format!("try=2/4 status=200 ms=0 bytes={sent} trace=t2"),
    ];
    let told = told.map(|told| format!("GET {url} profile=default {told}"));
    assert_eq!(lines(&log), told);
    for secret in SECRETS {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    assert!(ended.out.contains("body-sentinel"), "{ended:?}");
}

#[test]
fn the_file_is_its_owners_alone_and_keeps_what_it_held() {
    let (wire, home) = (
        Wire::start(|request| json(200, message(&asked(request)))),
        Folder::new(),
    );
    let (new, old) = (home.path("new"), home.file_with(0o644, "old", "before\n"));
    for (path, name) in [(&new, "new"), (&old, "old")] {
        for _ in 0..2 {
            let ended = program(&wire, &["get", ID])
                .variable("MSGSCOPE_LOG", path)
                .run();
            assert_eq!(ended.errors, "");
            assert_eq!(ended.timeless().out, answered(ID));
        }
        assert_eq!(home.mode(name), 0o600, "{name}");
    }
    assert_eq!(home.read("new").lines().count(), 2);
    assert_eq!(home.read("old").lines().count(), 3);
    assert!(home.read("old").starts_with("before\n"));
}

#[test]
fn each_id_each_profile_and_whatever_else_an_id_may_name_is_a_line() {
    let (wire, home) = (
        Wire::start(|_| json(404, fixture("error-404-documented-not-found.json"))),
        Folder::new(),
    );
    home.config(
        "[profiles.acme]\ntoken_env = \"ACME_TOKEN\"\n\
         [profiles.\"beta & sons\"]\ntoken_env = \"BETA_TOKEN\"\n",
    );
    let arguments = [
        "get",
        ID,
        OTHER,
        "--all-profiles",
        "--log",
        &home.path("log"),
    ];
    let ended = program(&wire, &arguments)
        .variable("HOME", home.text())
        .variable("ACME_TOKEN", TOKEN)
        .variable("BETA_TOKEN", TOKEN)
        .run();
    assert_eq!(ended.code, Some(4), "{ended:?}");
    let mut told = lines(&home.read("log"));
    told.sort();
    let base_url = wire.base_url();
    let bytes = fixture("error-404-documented-not-found.json").len();
    let mut expected = Vec::new();
    for id in [ID, OTHER] {
        for profile in ["acme", "beta_&_sons"] {
            for path in [
                format!("messages/{id}"),
                format!("messages/email/{id}"),
                format!("{id}/messages?limit=20"),
            ] {
                expected.push(format!(
                    "GET {base_url}/conversations/{path} profile={profile} try=1/4 \
                     status=404 ms=0 bytes={bytes} failure=not-found"
                ));
            }
        }
    }
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn a_try_without_an_answer_is_a_line_too() {
    let (wire, home) = (
        Wire::start(|_| vec![Step::Wait(std::time::Duration::from_mins(1))]),
        Folder::new(),
    );
    let arguments = ["get", ID, "--timeout", "0.2", "--log", &home.path("log")];
    let ended = program(&wire, &arguments).run();
    assert_eq!(ended.code, Some(5), "{ended:?}");
    let url = format!("{}/conversations/messages/{ID}", wire.base_url());
    let expected = format!("GET {url} profile=default try=1/4 ms=0 failure=timeout");
    assert_eq!(lines(&home.read("log")), [expected]);
}

#[test]
fn the_doctor_logs_what_it_asks() {
    let (wire, home) = (
        Wire::start(|_| json(401, fixture("error-401-invalid-jwt.json"))),
        Folder::new(),
    );
    let arguments = ["doctor", "--online", "--log", &home.path("log")];
    let ended = program(&wire, &arguments).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(1)));
    let [line] = &lines(&home.read("log"))[..] else {
        panic!("one line: {}", home.read("log"));
    };
    let asked = "/conversations/messages/msgscopeDoctor000000 profile=default try=1/4 status=401 ";
    assert!(line.contains(asked), "{line}");
}

#[test]
fn a_path_that_cannot_be_written_is_told_before_anything_is_sent() {
    let (wire, home) = (failing_once(), Folder::new());
    let (missing, folder) = (home.path("no/log"), home.text());
    for (path, why) in [
        (missing.as_str(), "it cannot be written (entity not found)"),
        (folder, "it cannot be written (is a directory)"),
        ("/dev/null", "it is no file"),
    ] {
        for arguments in [&["get", ID][..], &["config"], &[ID], &["--demo"]] {
            let ended = program(&wire, &[arguments, &["--log", path]].concat()).run();
            let words = format!("msgscope: log {path}: {why}\n");
            assert_eq!(ended, refused(2, words), "{arguments:?}");
        }
    }
    assert!(wire.requests().is_empty());
    assert!(!home.has("no"), "no folder is made for it");
    let empty = Program::new(&["config"]).variable("MSGSCOPE_LOG", "");
    assert_eq!(
        empty.run().code,
        Some(0),
        "an empty variable counts as none"
    );
}
