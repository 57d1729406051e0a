//! Every call and every failure with tokens of each form: none of them is ever printed.
//! Never here: what is printed instead; that is in `cli`.

mod history;
mod profiles;

use std::io::Write;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;

use msgscope::api::request::{ApiVersion, BaseUrl, DEFAULT_VERSION, Settings};
use msgscope::api::token::{Token, TokenOrigin, TokenSource};
use msgscope::runtime::terminal;

use crate::support::clients::client;
use crate::support::fixtures::fixture;
use crate::support::program::{Ended, Program};
use crate::support::wire::{Step, Wire, bytes, cut, json, silent};

const ID: &str = "ve9EPM428h8vShlRW1KT";
/// A private token, an OAuth one, a private one that lost its beginning, one of no known form.
const TOKENS: [&str; 4] = [
    "pit-5e471e15-5e47-4e15-8e47-5e471e155e47",
    "eyJhbGciOiJIUzI1NiJ9.eyJTZW50aW5lbCI6MSwiYSI6MSwiYiI6MX0.U2VudGluZWxTZW50aW5lbA",
    "5e471e15-5e47-4e15-8e47-5e471e155e47",
    "SentinelSentinelSentinel",
];
/// What each of them holds in part.
const PARTS: [&str; 6] = [
    "5e471e15",
    "5e47-4e15",
    "eyJhbGci",
    "eyJTZW50",
    "U2VudGluZWxT",
    "Sentinel",
];
const FORMATS: [&str; 3] = ["pretty", "json", "ndjson"];

#[track_caller]
fn assert_silent(ended: &Ended) {
    for part in PARTS {
        let told = ended.out.contains(part) || ended.errors.contains(part);
        assert!(!told, "{part} in {ended:?}");
    }
}

fn answers() -> Vec<Vec<Step>> {
    let sent = |http, name| json(http, fixture(name));
    let elsewhere = [
        ("Location", "https://other.example/?a=b"),
        ("Content-Length", "0"),
    ];
    vec![
        sent(200, "sms-inbound.json"),
        sent(401, "error-401-invalid-pit.json"),
        sent(401, "error-401-invalid-jwt.json"),
        sent(401, "error-401-expired.json"),
        sent(401, "error-401-missing-authorization.json"),
        sent(401, "error-401-missing-scope.json"),
        sent(401, "error-401-user-type-mismatch.json"),
        sent(401, "error-401-invalid-version.json"),
        sent(401, "error-401-command-timed-out.json"),
        sent(403, "error-403-wrong-location.json"),
        sent(403, "error-403-cloudflare-1010.json"),
        sent(404, "error-404-documented-not-found.json"),
        sent(422, "error-422-message-array-traceid.json"),
        sent(429, "error-429.json"),
        sent(500, "error-500-internal.json"),
        json(502, "<html>"),
        json(200, "no JSON"),
        bytes(302, &elsewhere, ""),
        cut(200, fixture("sms-inbound.json"), 100),
        vec![
            Step::Send(b"HTTP/1.1 nonsense\r\n\r\n".to_vec()),
            Step::Close,
        ],
        vec![Step::Close],
        silent(),
    ]
}

#[test]
fn no_answer_makes_the_token_be_printed() {
    // Together: those that are tried again take their time.
    std::thread::scope(|answering| {
        for steps in answers() {
            answering.spawn(move || never_printed(steps));
        }
    });
}

fn never_printed(steps: Vec<Step>) {
    let limit = if steps == silent() { "0.1" } else { "20" };
    let wire = Wire::start(move |_| steps.clone());
    let base_url = wire.base_url();
    for token in TOKENS {
        std::thread::scope(|printing| {
            for format in FORMATS {
                let arguments = ["get", ID, "--format", format, "--timeout", limit];
                let program = Program::new(&arguments)
                    .variable("MSGSCOPE_TOKEN", token)
                    .variable("MSGSCOPE_BASE_URL", &base_url);
                printing.spawn(|| assert_silent(&program.run()));
            }
        });
    }
    let requests = wire.requests();
    let first = requests[0].header("authorization");
    assert_eq!(first, Some(format!("Bearer {}", TOKENS[0]).as_str()));
}

#[test]
fn a_server_that_is_not_there_or_speaks_no_tls_makes_no_difference() {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let nobody = free.local_addr().unwrap();
    drop(free);
    let plain = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let no_tls = plain.local_addr().unwrap();
    let calls = TOKENS.len() * FORMATS.len();
    let answering = thread::spawn(move || {
        for stream in plain.incoming().take(calls) {
            let mut stream = stream.unwrap();
            stream.write_all(b"HTTP/1.1 400 \r\n\r\n").unwrap();
            // Until the caller hangs up: a reset would hide what was sent.
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
        }
    });
    for base_url in [format!("http://{nobody}"), format!("https://{no_tls}")] {
        for token in TOKENS {
            for format in FORMATS {
                let ended = Program::new(&["get", ID, "--format", format])
                    .variable("MSGSCOPE_TOKEN", token)
                    .variable("MSGSCOPE_BASE_URL", &base_url)
                    .run();
                assert_eq!(ended.code, Some(5), "{ended:?}");
                assert_silent(&ended);
            }
        }
    }
    answering.join().unwrap();
}

#[test]
fn calls_that_ask_for_nothing_do_not_print_the_token_they_were_given() {
    for arguments in [
        &["--version"][..],
        &["--help"],
        &["help", "get"],
        &["get", "--help"],
        &["get"],
        &["get", ID, "--no-such-flag"],
        &["get", ID, "--timeout", "soon"],
        &["get", ID, "--base-url", "http://services.example"],
        &["get", "-"],
        &["gte"],
        &["--demo"],
        &[ID],
        &[],
    ] {
        for token in TOKENS {
            let ended = Program::new(arguments)
                .variable("MSGSCOPE_TOKEN", token)
                .variable("TERM", "xterm")
                .run();
            assert_silent(&ended);
        }
    }
}

#[test]
fn a_token_as_an_argument_is_not_repeated() {
    for token in &TOKENS[..2] {
        let glued = format!("--api-version={token}");
        let ended = Program::new(&["get", ID, &glued]).run();
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert_silent(&ended);
        for flag in [
            "--token",
            "--token-file",
            "--timeout",
            "--base-url",
            "--color",
        ] {
            for arguments in [&["get", ID, flag, token][..], &[flag, token]] {
                let ended = Program::new(arguments).run();
                assert_eq!(ended.code, Some(2), "{ended:?}");
                assert_silent(&ended);
            }
        }
    }
}

#[test]
fn a_token_in_a_variable_meant_for_something_else_is_not_repeated() {
    for token in &TOKENS[..2] {
        for name in [
            "BASE_URL",
            "API_VERSION",
            "TOKEN_FILE",
            "TOKEN_STDIN",
            "TIMEOUT",
            "CLIPBOARD",
            "COLOR",
            "ASCII",
        ] {
            let ended = Program::new(&["get", ID])
                .variable(&format!("MSGSCOPE_{name}"), token)
                .run();
            assert_eq!(ended.code, Some(2), "{ended:?}");
            assert_silent(&ended);
        }
    }
}

#[test]
fn a_token_among_ids_is_not_repeated_in_whatever_it_is_wrapped() {
    let wire = Wire::start(|_| json(200, "{}"));
    for token in &TOKENS[..2] {
        let input = format!(
            "{token}\nAuthorization: Bearer {token}\n{{\"token\":\"{token}\"}}\n\
             curl -H 'Authorization: Bearer {token}' https://acme.example\n"
        );
        for format in FORMATS {
            let ended = Program::new(&["get", "-", "--format", format])
                .variable("MSGSCOPE_TOKEN", "other-token")
                .variable("MSGSCOPE_BASE_URL", &wire.base_url())
                .input(&input)
                .run();
            assert_eq!(ended.code, Some(4), "{ended:?}");
            assert_eq!(ended.errors.lines().count(), 4, "{ended:?}");
            assert_silent(&ended);
        }
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn a_token_that_cannot_be_used_is_not_repeated() {
    for token in TOKENS {
        for broken in [
            format!("{token} x"),
            format!("x\t{token}"),
            format!("{token}\u{2013}"),
            format!("{token}\nsecond\n{token}\n"),
        ] {
            let ended = Program::new(&["get", ID])
                .variable("MSGSCOPE_TOKEN", &broken)
                .run();
            assert_eq!(ended.code, Some(2), "{ended:?}");
            assert_silent(&ended);
            if broken.contains('\n') {
                continue;
            }
            let ended = Program::new(&["get", ID, "--token-stdin"])
                .input(&broken)
                .run();
            assert_eq!(ended.code, Some(2), "{ended:?}");
            assert_silent(&ended);
        }
    }
}

/// Runs only as a process of its own, begun by the test below: it ends in a panic.
#[test]
#[ignore = "panics on purpose, for the next test"]
fn everything_that_holds_a_token_is_printed_by_a_panic() {
    terminal::install_panic_hook();
    let tokens = TOKENS.map(|token| Token::new(token).unwrap());
    let clients = tokens.clone().map(|token| {
        let settings = Settings {
            base_url: BaseUrl::parse("http://127.0.0.1:1").unwrap(),
            version: ApiVersion::parse(DEFAULT_VERSION).unwrap(),
            timeout: std::time::Duration::from_secs(1),
            retries: msgscope::api::retry::Retries::default(),
        };
        client(
            settings,
            TokenOrigin::Given(token, TokenSource::Environment),
        )
    });
    let [token, ..] = &tokens;
    panic!("{token} {tokens:?} {clients:?}");
}

#[test]
fn a_panic_cannot_print_a_token() {
    let own = std::env::current_exe().unwrap();
    let name = "leak::everything_that_holds_a_token_is_printed_by_a_panic";
    let output = Command::new(own)
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env("RUST_BACKTRACE", "full")
        .env("MSGSCOPE_TOKEN", TOKENS[0])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let ended = Ended {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    };
    assert_eq!(ended.code, Some(101), "{ended:?}");
    let told = "msgscope stopped, the fault is its own: (redacted) [(redacted)";
    assert!(ended.errors.contains(told), "{ended:?}");
    assert_silent(&ended);
}
