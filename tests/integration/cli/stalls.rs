//! Servers that say nothing, too little, or too slowly: how long it takes, what is told, and the exit code.
//! Never an answer that is whole.

use std::time::{Duration, Instant};

use super::{ID, asked, found, program};
use crate::support::fixtures::fixture;
use crate::support::program::Ended;
use crate::support::wire::{Step, Wire, bytes, cut, drip, json, silent};

const SECOND: Duration = Duration::from_secs(1);
/// What a busy machine may add.
const MARGIN: Duration = Duration::from_secs(8);

fn told(wire: &Wire, limit: &str) -> (Ended, Duration) {
    let start = Instant::now();
    let ended = program(wire, &["get", ID, "--timeout", limit]).run();
    (ended, start.elapsed())
}

/// A failure without an HTTP number, as `ndjson` has it.
fn line(kind: &str, title: &str) -> String {
    format!(
        r#"{{"id":"{ID}","profile":"default","ms":0,"failure":{{"kind":"{kind}","title":"{title}","messages":[]}}}}"#
    ) + "\n"
}

/// The same with one.
fn line_after(http: u16, kind: &str, title: &str) -> String {
    line(kind, title).replace(r#""ms":0"#, &format!(r#""http":{http},"ms":0"#))
}

fn host(wire: &Wire) -> String {
    wire.base_url().replace("http://", "")
}

#[test]
fn a_server_that_accepts_and_says_nothing_is_given_up_at_the_limit_and_not_asked_again() {
    let wire = Wire::start(|_| silent());
    let (ended, took) = told(&wire, "0.4");
    let words = format!("no answer: {}: no answer in 400 ms.", host(&wire));
    let expected = Ended {
        out: line("timeout", "no answer"),
        errors: format!("msgscope: {ID}: {words}\n"),
        code: Some(5),
    };
    assert_eq!(ended.timeless(), expected);
    assert!(
        took >= Duration::from_millis(400) && took < MARGIN,
        "{took:?}"
    );
    assert_eq!(wire.requests().len(), 1);
}

#[test]
fn a_byte_a_second_is_given_up_at_the_limit_in_the_head_and_in_the_body() {
    let head = |_: &_| drip(json(200, fixture("sms-inbound.json")), SECOND);
    let body = |_: &_| {
        let mut steps = bytes(200, &[("Content-Length", "700")], "");
        steps.extend(drip(vec![Step::Send(vec![b' '; 700])], SECOND));
        steps
    };
    let told_slowly = |wire: &Wire, what: &str, out: String| {
        let (ended, took) = told(wire, "1.5");
        let words = format!("no answer: {}: {what} in 1.5 s.", host(wire));
        let expected = Ended {
            out,
            errors: format!("msgscope: {ID}: {words}\n"),
            code: Some(5),
        };
        assert_eq!(ended.timeless(), expected);
        assert!(took > SECOND && took < MARGIN, "{took:?}");
        assert_eq!(wire.requests().len(), 1);
    };
    std::thread::scope(|asking| {
        asking.spawn(|| {
            told_slowly(
                &Wire::start(head),
                "no answer",
                line("timeout", "no answer"),
            );
        });
        asking.spawn(|| {
            let line = line_after(200, "timeout", "no answer");
            told_slowly(&Wire::start(body), "no whole answer", line);
        });
    });
}

#[test]
fn half_a_body_is_asked_for_four_times_and_tells_how_much_came() {
    let message = fixture("sms-inbound.json");
    let half = message.len() / 2;
    let chunked = [("Transfer-Encoding", "chunked")];
    let mut chunk = bytes(200, &chunked, "a\r\n{\"message\"\r\n");
    chunk.push(Step::Close);
    for (steps, words) in [
        (
            cut(200, &message, half),
            format!(
                "Cut off after {half} of {} bytes. Asked four times in ",
                message.len()
            ),
        ),
        (
            chunk,
            "Cut off after 10 bytes. Asked four times in ".to_owned(),
        ),
    ] {
        let wire = Wire::start(move |_| steps.clone());
        let (ended, took) = told(&wire, "20");
        let begin = format!("msgscope: {ID}: answer not understood: {words}");
        assert!(ended.errors.starts_with(&begin), "{ended:?}");
        let Ended { out, code, .. } = ended.timeless();
        let line = line_after(200, "cut", "answer not understood");
        assert_eq!((out, code), (line, Some(5)));
        // The three waits are at most 3.5 s.
        assert!(took < MARGIN, "{took:?}");
        assert_eq!(wire.requests().len(), 4);
    }
}

#[test]
fn a_body_that_is_whole_at_the_second_try_is_printed_without_a_word() {
    let first = std::sync::atomic::AtomicBool::new(true);
    let wire = Wire::start(move |request| {
        if first.swap(false, std::sync::atomic::Ordering::SeqCst) {
            cut(200, fixture("sms-inbound.json"), 100)
        } else {
            found(request)
        }
    });
    let (ended, _) = told(&wire, "20");
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    assert_eq!(
        wire.requests().iter().map(asked).collect::<Vec<_>>(),
        [ID; 2]
    );
}

#[cfg(unix)]
#[test]
fn an_interrupt_in_the_middle_of_a_wait_ends_it_at_once() {
    use rustix::process::{Pid, Signal, kill_process};
    let headers = [("Retry-After", "20"), ("Content-Length", "0")];
    let wire = Wire::start(move |_| bytes(429, &headers, ""));
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let log_path = log.to_str().unwrap();
    let running = program(&wire, &["get", ID, "--timeout", "60", "--log", log_path]).start();
    // A try is logged when it has ended: from then on it waits.
    let start = Instant::now();
    while !std::fs::read_to_string(&log).is_ok_and(|log| log.contains("429")) {
        assert!(start.elapsed() < Duration::from_secs(20), "never logged");
        std::thread::yield_now();
    }
    kill_process(Pid::from_child(&running.child), Signal::INT).unwrap();
    let output = running.child.wait_with_output().unwrap();
    let printed = (output.stdout.as_slice(), output.stderr.as_slice());
    assert_eq!(
        (printed, output.status.code()),
        ((&b""[..], &b""[..]), Some(130))
    );
    assert_eq!(wire.requests().len(), 1);
}
