//! How long is waited between two tries, to the millisecond: the clock stands still and jumps where all wait.
//! Never here: what is tried again (`tries`), or waiting for the limit (`pace`), which goes by the real clock.

use std::sync::mpsc;
use std::time::Duration;

use msgscope::api::client::Client;
use msgscope::api::retry::Retries;
use msgscope::model::failure::FailureKind;
use msgscope::model::progress::Progress;
use msgscope::model::snapshot::Snapshot;
use tokio::time::Instant;

use super::tries::{limited, page, said, then_delivered};
use super::{TIMEOUT, client, id};
use crate::support::fixtures::fixture;
use crate::support::wire::{Step, Wire, json};

/// A stopped clock jumps to the next timer where all tasks wait, and so it would to the end of a request's time
/// limit. It is held while a request is under way: work on a blocking thread keeps it from jumping.
#[derive(Default)]
struct Clock {
    held: Option<mpsc::Sender<()>>,
}

impl Clock {
    fn hold(&mut self) {
        let (release, released) = mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || released.recv());
        self.held = Some(release);
    }

    fn release(&mut self) {
        self.held = None;
    }
}

/// A lookup as the program makes it, and how long it waited before each further try.
async fn waits(client: &Client) -> (Snapshot, Vec<Duration>) {
    let (mut clock, mut since, mut waits) = (Clock::default(), Instant::now(), Vec::new());
    clock.hold();
    let snapshot = client
        .lookup_telling(&id(), |progress| match progress {
            Progress::Again { .. } => {
                since = Instant::now();
                clock.release();
            }
            Progress::Trying { .. } => {
                waits.push(since.elapsed());
                clock.hold();
            }
            other => panic!("{other:?}"),
        })
        .await;
    (snapshot, waits)
}

fn usual(wire: &Wire) -> Client {
    client(&wire.base_url(), TIMEOUT, Retries::default())
}

fn milliseconds(number: u64) -> Duration {
    Duration::from_millis(number)
}

/// Timers go by whole milliseconds.
const TICK: Duration = Duration::from_millis(2);

const INTERVAL: (&str, &str) = ("X-RateLimit-Interval-Milliseconds", "10000");

#[tokio::test(start_paused = true)]
async fn a_429_waits_as_long_as_it_says_else_an_interval() {
    for (headers, wait) in [
        (&[("Retry-After", "1")][..], 1_000),
        (&[("Retry-After", "29")], 29_000),
        (&[("Retry-After", "1"), INTERVAL], 1_000),
        (&[INTERVAL], 10_000),
        (&[("Retry-After", "0"), INTERVAL], 10_000),
        (&[("Retry-After", "soon"), INTERVAL], 10_000),
    ] {
        let wire = then_delivered(vec![limited(headers)]);
        let (snapshot, waits) = waits(&usual(&wire)).await;
        assert!(snapshot.outcome.is_ok(), "{headers:?}: {snapshot:?}");
        assert_eq!(wire.requests().len(), 2, "{headers:?}");
        let [waited] = waits[..] else {
            panic!("{headers:?}: {waits:?}");
        };
        let wait = milliseconds(wait);
        assert!(
            waited >= wait && waited <= wait + TICK,
            "{headers:?}: {waited:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_says_nothing_waits_for_a_backoff_that_doubles_and_the_fourth_try_is_the_last() {
    for (steps, kind) in [
        (limited(&[]), FailureKind::RateLimit),
        (limited(&[("Retry-After", "0")]), FailureKind::RateLimit),
        (said(500, "Internal server error"), FailureKind::Server),
        (said(502, "Bad Gateway"), FailureKind::Server),
        (said(503, "Service Unavailable"), FailureKind::Server),
        (said(504, "Gateway Timeout"), FailureKind::Timeout),
        (page(502), FailureKind::Blocked),
        (said(401, "Command timed out"), FailureKind::Timeout),
        (vec![Step::Close], FailureKind::Network),
    ] {
        let sent = steps.clone();
        let wire = Wire::start(move |_| sent.clone());
        let (snapshot, waits) = waits(&usual(&wire)).await;
        let failure = snapshot.outcome.as_ref().expect_err("a failure");
        assert_eq!(
            (failure.kind(), failure.tries.count),
            (kind, 4),
            "{steps:?}"
        );
        assert_eq!(wire.requests().len(), 4, "{steps:?}");
        assert_eq!(waits.len(), 3, "{steps:?}");
        for (waited, most) in waits.iter().zip([500, 1_000, 2_000]) {
            assert!(*waited <= milliseconds(most) + TICK, "{steps:?}: {waits:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn those_who_failed_at_once_do_not_come_back_at_once() {
    let mut seen = Vec::new();
    for _ in 0..12 {
        let wire = then_delivered(vec![said(503, "Service Unavailable")]);
        seen.extend(waits(&usual(&wire)).await.1);
    }
    seen.sort();
    assert_eq!(seen.len(), 12);
    let (least, most) = (seen[0], seen[11]);
    assert!(most > least + milliseconds(50), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn what_stays_waits_for_nothing() {
    for (http, file, requests) in [
        (400, "error-400-bad-request-documented.json", 1),
        (401, "error-401-invalid-pit.json", 1),
        (401, "error-401-missing-scope.json", 1),
        (403, "error-403-wrong-location.json", 1),
        // Once more as an email record, and as a conversation.
        (404, "error-404-documented-not-found.json", 3),
        (422, "error-422-message-array-traceid.json", 1),
    ] {
        let wire = Wire::start(move |_| json(http, fixture(file)));
        let (snapshot, waits) = waits(&usual(&wire)).await;
        assert_eq!(snapshot.answer.unwrap().http, http);
        assert_eq!((wire.requests().len(), waits), (requests, vec![]), "{file}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lookup_that_is_dropped_in_the_middle_of_a_wait_asks_no_more() {
    let wire = Wire::start(|_| limited(&[("Retry-After", "20")]));
    let (waiting, waits) = tokio::sync::oneshot::channel();
    let (mut clock, mut waiting) = (Clock::default(), Some(waiting));
    clock.hold();
    let (client, id) = (usual(&wire), id());
    let lookup = client.lookup_telling(&id, |_| {
        clock.release();
        waiting.take().unwrap().send(Instant::now()).unwrap();
    });
    let middle = async {
        let since = waits.await.unwrap();
        tokio::time::sleep(Duration::from_secs(10)).await;
        since.elapsed()
    };
    tokio::select! {
        _ = lookup => panic!("it waits for longer"),
        waited = middle => assert!(waited < Duration::from_secs(20), "{waited:?}"),
    }
    tokio::time::sleep(Duration::from_hours(1)).await;
    assert_eq!(wire.requests().len(), 1);
}
