//! `get --watch`: a line for the first look and for each change, until all are final.
//! Never how seldom it looks: that is beside `model::looks`.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{ID, OTHER, asked, found, program};
use crate::support::program::{Program, printed, refused};
use crate::support::wire::{Request, Step, Wire, bytes, json};

/// A message with that status.
fn with_status(request: &Request, status: &str) -> Vec<Step> {
    let id = asked(request);
    let body = format!(
        r#"{{"message":{{"id":"{id}","messageType":"TYPE_SMS","direction":"outbound","status":"{status}"}}}}"#
    );
    json(200, body)
}

/// A server that answers the looks at one message so, one after the other, and knows the others as final.
fn moving(looks: impl Fn(&Request, usize) -> Vec<Step> + Send + Sync + 'static) -> Wire {
    let asked_before = AtomicUsize::new(0);
    Wire::start(move |request| {
        if asked(request) == ID {
            looks(request, asked_before.fetch_add(1, Ordering::SeqCst))
        } else {
            found(request)
        }
    })
}

#[test]
fn each_change_is_a_line_until_the_status_is_final() {
    let wire = moving(|request, look| {
        let status = ["pending", "pending", "delivered"][look];
        with_status(request, status)
    });
    let arguments = ["get", ID, OTHER, "--watch", "--fields", "status"];
    let ended = program(&wire, &arguments).run();
    let line = |id, status| format!("{{\"id\":\"{id}\",\"status\":\"{status}\"}}\n");
    let expected = line(ID, "pending") + &line(OTHER, "delivered") + &line(ID, "delivered");
    assert_eq!(ended, printed(expected));
    assert_eq!(wire.requests().len(), 4);
}

#[test]
fn a_failure_that_passes_is_asked_again_and_the_last_status_counts() {
    let wire = moving(|request, look| match look {
        0 | 2 => bytes(501, &[("Content-Length", "0")], ""),
        1 => with_status(request, "sent"),
        _ => with_status(request, "failed"),
    });
    let arguments = [
        "get",
        ID,
        "--watch",
        "--format",
        "csv",
        "--fields",
        "status,failure",
        "--fail-on",
        "failed",
    ];
    let ended = program(&wire, &arguments).run();
    assert_eq!(
        ended.out,
        "status,failure\r\n,server\r\nsent,\r\nfailed,\r\n"
    );
    assert_eq!(ended.errors.lines().count(), 1, "{}", ended.errors);
    assert_eq!(ended.code, Some(1));
}

#[test]
fn a_failure_that_stays_ends_the_watch() {
    let wire = moving(|request, look| match look {
        0 => with_status(request, "pending"),
        _ => json(404, r#"{"statusCode":404,"message":"No such message"}"#),
    });
    let ended = program(&wire, &["get", ID, "--watch", "--fields", "failure"]).run();
    let out = format!(
        "{{\"id\":\"{ID}\",\"failure\":null}}\n{{\"id\":\"{ID}\",\"failure\":\"not-found\"}}\n"
    );
    assert_eq!((ended.out, ended.code), (out, Some(4)));
}

#[test]
fn people_see_a_block_for_each_change() {
    let wire = moving(|request, look| with_status(request, ["sent", "delivered"][look]));
    for format in ["pretty", "markdown"] {
        let wire = if format == "pretty" {
            &wire
        } else {
            &moving(|request, look| with_status(request, ["sent", "delivered"][look]))
        };
        let ended = program(wire, &["get", ID, "--watch", "--format", format]).run();
        assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
        let at = |word| ended.out.find(word).unwrap_or(usize::MAX);
        assert!(
            at("sent") < at("delivered") && at("delivered") < usize::MAX,
            "{}",
            ended.out
        );
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_watch_with_130() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::io::{BufRead as _, BufReader};
    let wire = moving(|request, _| with_status(request, "pending"));
    let mut running = program(&wire, &["get", ID, "--watch"]).start();
    let mut out = BufReader::new(running.child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
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
fn one_json_text_cannot_be_watched() {
    let words = "msgscope: --watch prints each change, and --format json is one text: ndjson, csv, pretty and markdown go with it\n";
    let arguments = ["get", ID, "--watch", "--format", "json"];
    assert_eq!(Program::new(&arguments).run(), refused(2, words));
}
