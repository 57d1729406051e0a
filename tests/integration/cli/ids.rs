//! Where `get` takes ids from, and how it ends before all are asked for.
//! Never which ids are found in a text: that is tested beside `model::id`.

use std::io::{BufRead, BufReader};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use super::{ID, OTHER, answered, answering, asked, found, program};
use crate::support::program::{Ended, printed};
use crate::support::wire::{Wire, json, silent};

const NO_ID: &str = "No message id in that text: none has 20 letters and digits.";

fn not_an_id(line: usize, input: &str) -> String {
    format!(
        r#"{{"input":"{input}","line":{line},"failure":{{"kind":"not-an-id","title":"{NO_ID}","messages":[]}}}}"#
    ) + "\n"
}

#[test]
fn standard_input_is_read_line_by_line() {
    let wire = answering();
    let input = format!("\n# yesterday's\n {ID} \r\nnothing of use\n{OTHER}\n{ID}\n\n\"{OTHER}\"");
    let ended = program(&wire, &["get", "-"]).input(input).run().timeless();
    let expected = Ended {
        out: answered(ID) + &not_an_id(4, "nothing of use") + &answered(OTHER),
        errors: format!("msgscope: line 4: {NO_ID}\n"),
        code: Some(4),
    };
    assert_eq!(ended, expected);
    assert_eq!(wire.requests().len(), 2);
}

#[test]
fn ids_are_found_in_log_lines_and_links() {
    let wire = answering();
    let input = format!(
        "2026-03-04T17:44:08Z ERROR sms failed messageId={ID} contactId=PvqI5W9TlT58kcNluuZ6\n\
         https://services.leadconnectorhq.com/conversations/messages/{OTHER}\n"
    );
    let ended = program(&wire, &["get", "-"]).input(input).run().timeless();
    assert_eq!(ended, printed(answered(ID) + &answered(OTHER)));
}

#[test]
fn the_dash_stands_among_other_ids() {
    let wire = answering();
    let ended = program(&wire, &["get", OTHER, "-"]).input(ID).run();
    assert_eq!(ended.timeless(), printed(answered(OTHER) + &answered(ID)));
}

#[test]
fn an_input_without_a_line_is_nothing_to_do() {
    let wire = answering();
    let ended = program(&wire, &["get", "-"]).input("# nothing\n\n").run();
    assert_eq!(ended, printed(""));
}

#[test]
fn bytes_that_are_no_text_are_a_line_without_an_id() {
    let wire = answering();
    let ended = program(&wire, &["get", "-"])
        .input(b"\xff\xfe\x00!\n")
        .run();
    assert_eq!(ended.code, Some(4));
    let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        (&line["line"], &line["failure"]["kind"]),
        (&1.into(), &"not-an-id".into())
    );
}

#[test]
fn an_id_of_another_length_is_asked_for_all_the_same() {
    let wire = answering();
    let ended = program(&wire, &["get", "abc1"]).run().timeless();
    assert_eq!(ended, printed(answered("abc1")));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let gone = Arc::new(Barrier::new(2));
    let awaited = Arc::clone(&gone);
    let wire = Wire::start(move |request| {
        if asked(request) == OTHER {
            awaited.wait();
        }
        found(request)
    });
    let mut running = program(&wire, &["get", ID, OTHER]).start();
    let mut out = BufReader::new(running.child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains(ID), "{line}");
    drop(out);
    gone.wait();
    let output = running.child.wait_with_output().unwrap();
    assert_eq!(
        (output.stderr.as_slice(), output.status.code()),
        (&b""[..], Some(0))
    );
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_with_130_and_what_was_printed_stays_whole() {
    use rustix::process::{Pid, Signal, kill_process};
    let wire = Wire::start(|request| match asked(request).as_str() {
        ID => found(request),
        _ => silent(),
    });
    let mut running = program(&wire, &["get", ID, OTHER]).start();
    let mut out = BufReader::new(running.child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    while wire.requests().len() < 2 {
        std::thread::yield_now();
    }
    kill_process(Pid::from_child(&running.child), Signal::INT).unwrap();
    let output = running.child.wait_with_output().unwrap();
    assert_eq!(
        (output.stderr.as_slice(), output.status.code()),
        (&b""[..], Some(130))
    );
    assert!(line.ends_with("}\n"), "{line}");
    assert_eq!(out.read_line(&mut line).unwrap(), 0);
}

#[test]
fn a_refused_token_is_not_tried_on_the_other_ids() {
    let wire = Wire::start(|_| json(401, r#"{"statusCode":401,"message":"Invalid JWT"}"#));
    let ended = program(&wire, &["get", ID, OTHER, "abc1"]).run().timeless();
    let line = format!(
        r#"{{"id":"{ID}","profile":"default","http":401,"ms":0,"failure":{{"kind":"unauthorised","title":"token refused","messages":["Invalid JWT"]}}}}"#
    );
    assert_eq!(ended.out, line + "\n");
    let last = ended.errors.lines().last();
    assert_eq!(
        last,
        Some("msgscope: 2 more not asked for: the answer would be the same")
    );
    assert_eq!((wire.requests().len(), ended.code), (1, Some(3)));
}

#[test]
fn eight_are_asked_for_at_once_and_printed_in_the_order_given() {
    let ids: Vec<_> = (0..40).map(|n| format!("aaaaBBBBccccDDDD{n:04}")).collect();
    let under_way = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let counted = Arc::clone(&under_way);
    let wire = Wire::start(move |request| {
        let (now, most) = &*counted;
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        // Those asked for later are answered sooner.
        let last = asked(request)
            .as_bytes()
            .last()
            .map_or(0, |digit| b'9' - digit);
        std::thread::sleep(Duration::from_millis(20 + 5 * u64::from(last)));
        now.fetch_sub(1, Ordering::SeqCst);
        found(request)
    });
    let ended = program(&wire, &["get", "-"]).input(ids.join("\n")).run();
    let expected: String = ids.iter().map(|id| answered(id)).collect();
    assert_eq!(ended.timeless(), printed(expected));
    assert_eq!(under_way.1.load(Ordering::SeqCst), 8);
}
