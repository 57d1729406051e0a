//! Many lookups at once: never over the limit, never more than eight, and not slowed without need.
//! Never here: what a try that failed is followed by; that is in `tries`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use msgscope::api::client::Client;
use msgscope::model::progress::Progress;
use tokio::task::JoinSet;

use super::{DELIVERED, id, quick};
use crate::support::fixtures::fixture;
use crate::support::limit::{INTERVAL, Limit};
use crate::support::wire::{Wire, bytes, json, silent};

/// That many lookups, all begun at once; each a message or the test fails.
async fn all_found(client: &Client, number: usize) {
    let mut lookups = JoinSet::new();
    for _ in 0..number {
        let client = client.clone();
        lookups.spawn(async move { client.lookup(&id()).await });
    }
    for snapshot in lookups.join_all().await {
        assert!(snapshot.outcome.is_ok(), "{snapshot:?}");
    }
}

#[tokio::test]
async fn two_hundred_and_fifty_at_once_are_never_too_many() {
    let limit = Arc::<Limit>::default();
    let served = Arc::clone(&limit);
    let wire = Wire::start(move |_| served.answer(&fixture(DELIVERED)));
    let start = Instant::now();
    all_found(&quick(&wire.base_url()), 250).await;
    assert_eq!(limit.refused(), 0);
    assert_eq!(wire.requests().len(), 250);
    // Twelve intervals must pass; pacing that wastes its places would need far more.
    assert!(start.elapsed() > INTERVAL * 12);
    assert!(start.elapsed() < INTERVAL * 30, "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_local_server_that_tells_no_limit_is_not_slowed() {
    let wire = Wire::start(|_| json(200, fixture(DELIVERED)));
    let start = Instant::now();
    all_found(&quick(&wire.base_url()), 250).await;
    assert_eq!(wire.requests().len(), 250);
    assert!(
        start.elapsed() < Duration::from_secs(9),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn eight_at_most_are_under_way_at_once() {
    let (now, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let wire = Wire::start(move |_| {
        let under_way = now.fetch_add(1, Ordering::SeqCst) + 1;
        seen.fetch_max(under_way, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        now.fetch_sub(1, Ordering::SeqCst);
        json(200, fixture(DELIVERED))
    });
    all_found(&quick(&wire.base_url()), 40).await;
    assert_eq!(most.load(Ordering::SeqCst), 8);
}

#[tokio::test]
async fn a_lookup_that_waits_says_so_and_a_dropped_one_makes_room() {
    let wire = Wire::start(|_| silent());
    let client = quick(&wire.base_url());
    let mut silent = JoinSet::new();
    for _ in 0..8 {
        let client = client.clone();
        silent.spawn(async move { client.lookup(&id()).await });
    }
    while wire.requests().len() < 8 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let ninth = tokio::spawn(async move {
        client
            .lookup_telling(&id(), |progress| tell.send(progress).unwrap())
            .await
    });
    assert_eq!(told.recv().await, Some(Progress::Waiting { until: None }));
    assert_eq!(wire.requests().len(), 8);
    silent.shutdown().await;
    let first = Progress::Trying {
        number: 1,
        of: 4,
        after: None,
    };
    assert_eq!(told.recv().await, Some(first));
    ninth.abort();
}

#[tokio::test]
async fn a_used_up_limit_is_told_with_the_moment_it_frees() {
    let wire = Wire::start(|_| {
        let headers = [
            ("X-RateLimit-Max", "100"),
            ("X-RateLimit-Interval-Milliseconds", "300"),
            ("X-RateLimit-Remaining", "0"),
            ("Content-Length", "0"),
        ];
        bytes(200, &headers, "")
    });
    let client = quick(&wire.base_url());
    client.lookup(&id()).await;
    let start = Instant::now();
    let (snapshot, progress) = super::told(&client).await;
    assert!(start.elapsed() > Duration::from_millis(300));
    let Some(Progress::Waiting { until: Some(until) }) = progress.first() else {
        panic!("{progress:?}");
    };
    assert!(*until > snapshot.at);
}
