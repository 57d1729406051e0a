//! The demo's API, asked over a real connection.
//! Never here: the program's own client, which would hide what is really sent.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use msgscope::demo::{self, Demo};
use secrecy::ExposeSecret;
use tokio::runtime::Runtime;

use crate::support::asker::{End, Heard, ask};

const PATIENCE: Duration = Duration::from_secs(20);
const VERSION: (&str, &str) = ("Version", "2021-07-28");
const MOVING: &str = "Hn4fKp0XbN2mYtQ7sRwZ";

/// A demo and what it runs on.
struct Running {
    demo: Demo,
    _runtime: Runtime,
}

impl Running {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let demo = runtime.block_on(demo::start()).unwrap();
        Self {
            demo,
            _runtime: runtime,
        }
    }

    fn ask_with(&self, path: &str, headers: &[(&str, &str)]) -> Heard {
        ask(&self.demo.base_url, path, headers, PATIENCE)
    }

    fn ask_patiently(&self, path: &str, patience: Duration) -> Heard {
        let bearer = format!("Bearer {}", self.demo.token.expose_secret());
        let headers = [VERSION, ("Authorization", &bearer)];
        ask(&self.demo.base_url, path, &headers, patience)
    }

    fn lookup(&self, id: &str) -> Heard {
        self.ask_patiently(&format!("/conversations/messages/{id}"), PATIENCE)
    }
}

/// What the examples answer that are no message in whole JSON: status, and a word of the body.
fn exceptions() -> HashMap<&'static str, (u16, &'static str)> {
    HashMap::from([
        ("aaaaBBBBccccDDDDeeee", (404, "not given")),
        ("e400NotFound2Kq7Wm9Z", (400, "CONVERSATIONS_MSG_NOT_FOUND")),
        ("e400BadId5Tq8WmZr2Kx", (400, "Bad Request")),
        ("e422Invalid9Gx3TwLp6", (422, r#"["attachments must"#)),
        (
            "e401Scope7Yh2KmPq9Rt",
            (401, "not authorized for this scope"),
        ),
        ("e401Token4Wd8NxVb6Lc", (401, "Invalid Private Integration")),
        ("e401Agency3Pf5ZkTq8M", (401, "user type mismatch")),
        ("e401Version4Hp9SyGc7", (401, "version header is invalid")),
        ("e401Gateway6Hs9RjXw2", (401, "Command timed out")),
        ("e403Location8Bn4QyVt", (403, "access to this location")),
        ("e403Cloudflare5Mz7Kd", (403, "1010")),
        ("e429Passing2Rv6JqNc8", (429, "Too Many Requests")),
        ("e429Lasting7Fk4DzHm5", (429, "Too Many Requests")),
        ("e500Server3Xt8PbYw6Q", (500, "Internal server error")),
        ("e502Proxy6Lm2VrKs9Jh", (502, "<html>")),
        ("e302Redirect4Zc7NwTg", (302, "")),
        ("hangsUpAtOnce6Qv3YmB", (0, "")),
        ("cutOffHalfway7Dw2MzP", (200, "Too long to arrive.")),
        ("notJsonAtAll8Ky4HsFv", (200, "upstream connect error")),
        ("otherShape3Rb6WqXn9L", (200, r#"{"ok":true"#)),
        ("answersAsOther6Xp4Tz", (200, "ve9EPM428h8vShlRW1KT")),
        ("halfEmoji5Gt7ZmKd2Pc", (200, r"\ud83d and")),
    ])
}

#[test]
fn every_example_answers_what_it_is_there_for() {
    let running = Running::start();
    let exceptions = exceptions();
    let examples = demo::examples().filter(|(id, _)| !id.starts_with("silent"));
    thread::scope(|asking| {
        for (id, _) in examples {
            let (running, exceptions) = (&running, &exceptions);
            asking.spawn(move || {
                let heard = running.lookup(id);
                let Some((status, word)) = exceptions.get(id) else {
                    let answer = heard.json();
                    let message = answer.get("message").unwrap_or(&answer);
                    assert_eq!((heard.status(), &message["id"]), (200, &id.into()));
                    return;
                };
                let body = String::from_utf8(heard.body.clone()).unwrap();
                assert_eq!(heard.status(), *status, "{id}");
                assert!(body.contains(word), "{id}: {body}");
            });
        }
    });
}

#[test]
fn the_version_is_asked_for_first_then_the_token() {
    let running = Running::start();
    let message = |headers: &[(&str, &str)]| {
        let heard = running.ask_with("/conversations/messages/ve9EPM428h8vShlRW1KT", headers);
        assert_eq!(heard.header("x-ratelimit-remaining"), None);
        let answer = heard.json();
        let text = answer["message"].as_str().unwrap().to_owned();
        (heard.status(), text)
    };
    let wrong = ("Authorization", "Bearer pit-of-nobody");
    let found = [
        message(&[wrong]),
        message(&[("version", "2020-01-01"), wrong]),
        message(&[("Version", "bogus-version")]),
        message(&[VERSION]),
        message(&[VERSION, wrong]),
        message(&[VERSION, ("Authorization", "Bearer eyJhbGciOi")]),
    ];
    let expected = [
        (401, "version header was not found."),
        (401, "version header is invalid"),
        (
            400,
            "Invalid API version segment 'bogus-version' at position 0",
        ),
        (401, "No Authorization header found for authentication!"),
        (401, "Invalid Private Integration token"),
        (401, "Invalid JWT"),
    ];
    assert_eq!(
        found,
        expected.map(|(status, text)| (status, text.to_owned()))
    );
}

#[test]
fn every_request_leaves_one_less() {
    let running = Running::start();
    let left = ["99", "98", "97"].map(|remaining| {
        let heard = running.lookup("ve9EPM428h8vShlRW1KT");
        assert_eq!(heard.header("X-RateLimit-Max"), Some("100"));
        assert_eq!(heard.header("X-RateLimit-Limit-Daily"), Some("200000"));
        let milliseconds = heard.header("X-RateLimit-Interval-Milliseconds");
        assert_eq!(milliseconds, Some("10000"));
        assert_eq!(heard.header("X-RateLimit-Remaining"), Some(remaining));
        heard
            .header("X-RateLimit-Daily-Remaining")
            .unwrap()
            .to_owned()
    });
    assert_eq!(left, ["199999", "199998", "199997"]);
}

#[test]
fn more_than_a_hundred_requests_at_once_are_limited() {
    let running = Running::start();
    let limited = (0..=500)
        .map(|_| running.lookup("sms"))
        .find(|heard| heard.status() == 429);
    let limited = limited.unwrap();
    assert_eq!(limited.header("X-RateLimit-Remaining"), Some("0"));
    let wait: u64 = limited.header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait));
}

#[test]
fn the_moving_message_moves_while_it_is_watched() {
    let running = Running::start();
    let status = || {
        running.lookup(MOVING).json()["message"]["status"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(status(), "pending");
    let begun = Instant::now();
    while status() == "pending" {
        assert!(begun.elapsed() < PATIENCE, "it never moves");
        thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(status(), "sent");
}

#[test]
fn the_cut_answer_ends_before_the_length_it_announces() {
    let heard = Running::start().lookup("cutOffHalfway7Dw2MzP");
    assert_eq!(heard.header("content-length"), Some("3311"));
    assert_eq!((heard.body.len(), heard.end), (1_204, End::Closed));
}

#[test]
fn the_silent_one_says_nothing() {
    let path = "/conversations/messages/silent60Seconds5Tj8R";
    let heard = Running::start().ask_patiently(path, Duration::from_millis(300));
    assert_eq!((heard.status(), heard.end), (0, End::Silent));
}

#[test]
fn the_redirect_points_to_another_host() {
    let heard = Running::start().lookup("e302Redirect4Zc7NwTg");
    let location = heard.header("location").unwrap();
    assert!(location.starts_with("https://other.example/"), "{location}");
}

#[test]
fn a_dropped_demo_closes_its_port() {
    let Running { demo, _runtime } = Running::start();
    let address = demo.base_url.strip_prefix("http://").unwrap().to_owned();
    assert!(TcpStream::connect(&address).is_ok());
    drop(demo);
    let begun = Instant::now();
    // Taken or reset while it closes; in the end nobody listens.
    while TcpStream::connect(&address)
        .map_err(|error| error.kind())
        .err()
        != Some(ErrorKind::ConnectionRefused)
    {
        assert!(begun.elapsed() < PATIENCE, "still open");
    }
}

#[test]
fn the_demos_token_is_never_shown_by_accident() {
    let running = Running::start();
    let shown = format!("{:?}", running.demo);
    assert!(
        !shown.contains(running.demo.token.expose_secret()),
        "{shown}"
    );
}
