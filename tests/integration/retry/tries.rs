//! Which failures are tried again, how often, how soon, and what is told of it.
//! Never here: more than one lookup at once; that is in `pace`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Cause, Failure, FailureKind, NetworkFault};
use msgscope::model::progress::Progress;
use msgscope::model::snapshot::{Snapshot, Whose};

use super::{DELIVERED, QUICK, TIMEOUT, client, id, quick, told};
use crate::support::fixtures::fixture;
use crate::support::wire::{Step, Wire, bytes, cut, json, silent};

/// A server that answers the first requests with these and all later ones with the message.
pub(super) fn then_delivered(first: Vec<Vec<Step>>) -> Wire {
    let asked = AtomicUsize::new(0);
    Wire::start(move |_| {
        let asked = asked.fetch_add(1, Ordering::SeqCst);
        let delivered = || json(200, fixture(DELIVERED));
        first.get(asked).cloned().unwrap_or_else(delivered)
    })
}

pub(super) fn said(http: u16, message: &str) -> Vec<Step> {
    json(
        http,
        format!(r#"{{"statusCode":{http},"message":"{message}"}}"#),
    )
}

pub(super) fn limited(headers: &[(&str, &str)]) -> Vec<Step> {
    let headers = [headers, &[("Content-Length", "0")]].concat();
    bytes(429, &headers, "")
}

pub(super) fn page(http: u16) -> Vec<Step> {
    json(http, "<html><body>Bad Gateway</body></html>")
}

fn failure(snapshot: &Snapshot) -> &Failure {
    snapshot.outcome.as_ref().expect_err("a failure")
}

#[tokio::test]
async fn what_passes_is_tried_again_and_answered() {
    for first in [
        said(401, "Command timed out"),
        said(500, "Command timed out"),
        said(500, "Internal server error"),
        said(502, "Bad Gateway"),
        said(503, "Service Unavailable"),
        said(504, "Gateway Timeout"),
        page(502),
        page(503),
        page(504),
        limited(&[]),
        vec![Step::Close],
        vec![Step::Send(b"HTTP/1.1 200 \r\nCont".to_vec()), Step::Close],
        cut(200, fixture(DELIVERED), 120),
    ] {
        let wire = then_delivered(vec![first.clone()]);
        let snapshot = quick(&wire.base_url()).lookup(&id()).await;
        assert!(snapshot.outcome.is_ok(), "{first:?}: {snapshot:?}");
        assert_eq!(wire.requests().len(), 2, "{first:?}");
        let [one, other] = &wire.requests()[..] else {
            panic!("two requests");
        };
        assert_eq!(one, other);
    }
}

#[tokio::test]
async fn what_stays_is_asked_for_once() {
    let redirect = [
        ("Location", "https://other.example/"),
        ("Content-Length", "0"),
    ];
    for only in [
        said(400, "Bad Request"),
        said(401, "Invalid Private Integration token"),
        said(401, "The token is not authorized for this scope."),
        said(401, "version header is invalid"),
        said(403, "The token does not have access to this location."),
        said(422, "attachments must be an array"),
        said(501, "Not Implemented"),
        page(200),
        page(403),
        json(200, "OK"),
        json(200, "{}"),
        cut(404, r#"{"statusCode":404}"#, 9),
        bytes(302, &redirect, ""),
        bytes(200, &[("Content-Length", "17000000")], ""),
    ] {
        let wire = then_delivered(vec![only.clone()]);
        let snapshot = quick(&wire.base_url()).lookup(&id()).await;
        assert_eq!(failure(&snapshot).tries.count, 1, "{only:?}");
        assert_eq!(wire.requests().len(), 1, "{only:?}");
    }
}

#[tokio::test]
async fn what_is_not_found_is_asked_for_once_and_once_as_an_email_record_and_as_a_conversation() {
    for only in [
        said(400, "No message found with id: x"),
        said(401, "No message found for the id"),
        said(404, "Not Found"),
        said(500, "Conversation with id x not found"),
    ] {
        let wire = Wire::start(move |_| only.clone());
        let snapshot = quick(&wire.base_url()).lookup(&id()).await;
        assert_eq!(failure(&snapshot).cause, Cause::NotFound);
        assert_eq!(failure(&snapshot).tries.count, 1);
        let requests = wire.requests();
        let paths: Vec<&str> = requests.iter().map(|request| &*request.path).collect();
        let id = id();
        assert_eq!(
            paths,
            [
                format!("/conversations/messages/{id}"),
                format!("/conversations/messages/email/{id}"),
                format!("/conversations/{id}/messages?limit=20")
            ]
        );
        let also = snapshot.also.iter();
        let also: Vec<_> = also.map(|reply| (&reply.whose, &*reply.title)).collect();
        assert_eq!(
            also,
            [
                (&Whose::EmailRecord, "not found"),
                (&Whose::Conversation, "not found")
            ]
        );
    }
}

#[tokio::test]
async fn where_an_email_record_has_the_id_that_is_shown() {
    let wire = Wire::start(|request| {
        if request.path.contains("/email/") {
            json(200, fixture("email-record-failed-error.json"))
        } else {
            said(404, "Not Found")
        }
    });
    let snapshot = quick(&wire.base_url()).lookup(&id()).await;
    let message = snapshot.outcome.as_ref().unwrap();
    assert!(message.is_email_record());
    assert_eq!(message.status().unwrap().word(), "failed");
    assert!(message.error().unwrap().contains("mailbox not found"));
    assert_eq!(snapshot.asked.endpoint, Endpoint::EmailRecord);
    assert_eq!(snapshot.answer.unwrap().http, 200);
}

#[tokio::test]
async fn silence_uses_up_the_time_of_the_lookup_and_is_not_asked_again() {
    let wire = Wire::start(|_| silent());
    let timeout = Duration::from_millis(100);
    let snapshot = client(&wire.base_url(), timeout, QUICK).lookup(&id()).await;
    assert_eq!(failure(&snapshot).cause, Cause::NoAnswer { after: timeout });
    assert_eq!(wire.requests().len(), 1);
}

#[tokio::test]
async fn a_refused_connection_is_told_at_once() {
    let wire = Wire::start(|_| silent());
    let base_url = wire.base_url();
    drop(wire);
    let (snapshot, progress) = told(&quick(&base_url)).await;
    let refused = Cause::Network(NetworkFault::Refused);
    assert_eq!(failure(&snapshot).cause, refused);
    assert_eq!(progress, []);
}

#[tokio::test]
async fn four_tries_are_the_last_and_the_failure_tells_how_often_it_was_asked() {
    let wire = Wire::start(|_| said(500, "Internal server error"));
    let (snapshot, progress) = told(&quick(&wire.base_url())).await;
    assert_eq!(wire.requests().len(), 4);
    let failure = failure(&snapshot);
    assert_eq!(
        (failure.tries.count, failure.kind()),
        (4, FailureKind::Server)
    );
    assert!(failure.tries.took > Duration::ZERO && failure.tries.took <= snapshot.took);
    let why = failure.why(&snapshot.asked);
    assert!(why.starts_with("500, four times in "), "{why}");
    assert!(why.ends_with(r#": "Internal server error"."#), "{why}");
    assert_eq!(snapshot.answer.unwrap().http, 500);
    let stages: Vec<_> = progress.iter().map(stage).collect();
    assert_eq!(
        stages,
        ["again 2", "try 2", "again 3", "try 3", "again 4", "try 4"]
    );
}

fn stage(progress: &Progress) -> String {
    match progress {
        Progress::Waiting { .. } => "waiting".to_owned(),
        Progress::Trying { number, of: 4, .. } => format!("try {number}"),
        Progress::Again { number, of: 4, .. } => format!("again {number}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_gateway_time_out_called_401_is_told_as_what_it_is_until_the_answer_comes() {
    let wire = then_delivered(vec![said(401, "Command timed out")]);
    let (snapshot, progress) = told(&quick(&wire.base_url())).await;
    assert!(snapshot.outcome.is_ok());
    let last = progress.last().unwrap();
    assert_eq!(last.title(), Some("asked again"));
    let why = "The gateway timed out and called it 401. The token is not to blame. Try 2 of 4.";
    assert_eq!(last.why(snapshot.at).as_deref(), Some(why));
}

#[tokio::test]
async fn a_429_is_asked_again_no_sooner_than_it_says() {
    let interval = [("X-RateLimit-Interval-Milliseconds", "300")];
    for (headers, least) in [
        (&[("Retry-After", "1")][..], Duration::from_secs(1)),
        (&interval[..], Duration::from_millis(300)),
    ] {
        let wire = then_delivered(vec![limited(headers)]);
        let start = Instant::now();
        let (snapshot, progress) = told(&quick(&wire.base_url())).await;
        assert!(snapshot.outcome.is_ok());
        assert!(start.elapsed() >= least && start.elapsed() < least + TIMEOUT / 2);
        assert!(snapshot.took >= least);
        let titles: Vec<_> = progress.iter().filter_map(Progress::title).collect();
        assert_eq!(titles, ["waiting for the limit", "asked again"]);
    }
}

#[tokio::test]
async fn a_wait_longer_than_the_lookup_may_take_ends_it_with_that_wait() {
    let wire = then_delivered(vec![limited(&[("Retry-After", "45")])]);
    let start = Instant::now();
    let snapshot = quick(&wire.base_url()).lookup(&id()).await;
    let wait = Some(Duration::from_secs(45));
    assert_eq!(failure(&snapshot).cause, Cause::RateLimited { wait });
    assert!(start.elapsed() < TIMEOUT / 2);
    assert_eq!(wire.requests().len(), 1);
}

#[tokio::test]
async fn a_try_that_the_lookups_limit_cuts_short_leaves_what_the_one_before_it_brought() {
    let wire = then_delivered(vec![said(503, "Service Unavailable"), silent()]);
    let timeout = Duration::from_millis(400);
    let retries = msgscope::api::retry::Retries {
        within: timeout,
        ..QUICK
    };
    let snapshot = client(&wire.base_url(), timeout, retries)
        .lookup(&id())
        .await;
    let failure = failure(&snapshot);
    assert_eq!((failure.http, failure.tries.count), (Some(503), 2));
    assert_eq!(snapshot.answer.as_ref().unwrap().http, 503);
    assert!(snapshot.took >= timeout && snapshot.took < TIMEOUT);
}

#[tokio::test]
async fn a_lookup_that_is_dropped_while_it_waits_asks_no_more() {
    let wire = then_delivered(vec![limited(&[("Retry-After", "1")])]);
    let client = quick(&wire.base_url());
    let (waiting, waits) = tokio::sync::oneshot::channel();
    let mut waiting = Some(waiting);
    let id = id();
    let lookup = client.lookup_telling(&id, |progress| {
        if let Progress::Again { .. } = progress {
            waiting.take().unwrap().send(()).unwrap();
        }
    });
    tokio::select! {
        _ = lookup => panic!("it waits"),
        waits = waits => waits.unwrap(),
    }
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(wire.requests().len(), 1);
    assert!(client.lookup(&id).await.outcome.is_ok());
}
