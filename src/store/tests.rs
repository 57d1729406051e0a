//! The history as its users see it: what was kept is there, whole, and found.
//! Never a file outside a temporary folder.

mod glancing;
mod indexing;
mod linking;
mod removing;
mod trouble;

use std::time::Duration;

use jiff::Timestamp;

use super::*;
use crate::model::body::Body;
use crate::model::endpoint::Endpoint;
use crate::model::failure::{Asked, Cause, Failure, FailureKind};
use crate::model::filter::Filter;
use crate::model::message::Message;
use crate::model::snapshot::{Answer, Limits, Reply, Whose};

pub(super) fn id(text: &str) -> MessageId {
    MessageId::new(text).unwrap()
}

pub(super) fn answered(text: &str, http: u16, json: &str) -> Snapshot {
    let body = Body::new(json.as_bytes().to_vec());
    let message = body
        .json()
        .ok()
        .and_then(|root| Message::read(&root, &Endpoint::Message));
    Snapshot {
        asked: Asked {
            id: id(text),
            endpoint: Endpoint::Message,
            profile: "acme".to_owned(),
            base_url: "https://services.leadconnectorhq.com".to_owned(),
            host: "services.leadconnectorhq.com".to_owned(),
            version: "2021-07-28".to_owned(),
            token: "private integration, from MSGSCOPE_TOKEN".to_owned(),
            token_changes: true,
            others: 2,
        },
        at: "2026-11-23T12:00:00.123456789Z".parse().unwrap(),
        took: Duration::from_micros(182_345),
        answer: Some(Answer {
            http,
            body,
            limits: Limits {
                burst_left: Some(97),
                burst: Some(100),
                interval: Some(Duration::from_secs(10)),
                day_left: None,
            },
        }),
        outcome: message.ok_or_else(|| Failure::new(Cause::NotFound)),
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    }
}

pub(super) fn message(text: &str, status: &str, body: &str) -> Snapshot {
    let json = format!(
        r#"{{"message":{{"id":"{text}","type":2,"messageType":"TYPE_SMS","status":"{status}",
        "direction":"outbound","contactId":"contactOf{text}","conversationId":"talk","body":"{body}"}},"traceId":"trace-{text}"}}"#
    );
    answered(text, 200, &json)
}

pub(super) fn failed(text: &str, cause: Cause) -> Snapshot {
    Snapshot {
        answer: None,
        outcome: Err(Failure {
            messages: vec!["Words of the API".to_owned()],
            trace_id: Some("t-1".to_owned()),
            ..Failure::new(cause)
        }),
        also: vec![Reply {
            whose: Whose::EmailRecord,
            failed: Some(FailureKind::NotFound),
            title: "not found".to_owned(),
            http: Some(404),
            took: Duration::from_millis(5),
        }],
        surveyed: true,
        ..answered(text, 404, "")
    }
}

pub(super) fn wanted(filter: &str) -> Wanted {
    Wanted {
        filter: Filter::new(filter),
        now: "2026-11-23T13:00:00Z".parse().unwrap(),
        without: Vec::new(),
        offset: 0,
        limit: 100,
    }
}

pub(super) async fn keep(store: &Store, snapshot: Snapshot) -> Key {
    store.keep(Arc::new(snapshot)).await.unwrap()
}

pub(super) async fn found(store: &Store, filter: &str) -> Vec<String> {
    let listing = store.list(wanted(filter)).await.unwrap();
    assert_eq!(listing.total, listing.rows.len() as u64, "{filter}");
    let rows = listing.rows.into_iter();
    rows.map(|row| row.id.to_string()).collect()
}

#[tokio::test]
async fn a_snapshot_comes_back_as_it_was() {
    let store = Store::new(Keeping::InMemory);
    let nowhere = Cause::Nowhere {
        asked: 3,
        unsure: 1,
        worst: FailureKind::RateLimit,
    };
    let wait = Some(Duration::from_millis(1500));
    for snapshot in [
        message("a1", "delivered", "Hello"),
        failed("a2", Cause::NotFound),
        failed("a3", nowhere),
        failed("a4", Cause::RateLimited { wait }),
        answered("a5", 200, "\u{feff}{\"id\":\"a5\",\"type\":2}"),
    ] {
        let key = keep(&store, snapshot.clone()).await;
        assert_eq!(store.snapshot(key).await, Ok(Some(snapshot)));
    }
    assert_eq!(store.snapshot(Key(99)).await, Ok(None));
}

#[tokio::test]
async fn the_list_has_one_row_a_message_and_the_newest_first() {
    let store = Store::new(Keeping::InMemory);
    keep(&store, message("a", "pending", "one")).await;
    keep(&store, message("b", "sent", "two")).await;
    let key = keep(&store, message("a", "delivered", "one")).await;
    let rows = store.list(wanted("")).await.unwrap().rows;
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    let mut expected = Listed::new(&message("a", "delivered", "one"));
    (expected.key, expected.lookups) = (key, 2);
    assert_eq!(rows[0], expected);
    let timeline = store.timeline(id("a")).await.unwrap();
    let statuses: Vec<_> = timeline
        .iter()
        .map(|(_, snapshot)| Listed::new(snapshot).status.unwrap())
        .collect();
    assert_eq!(statuses, ["pending", "delivered"]);
}

#[tokio::test]
async fn a_window_tells_how_many_there_are_in_all() {
    let store = Store::new(Keeping::InMemory);
    for number in 0..10 {
        keep(&store, message(&format!("a{number}"), "sent", "x")).await;
    }
    let listing = store
        .list(Wanted {
            without: vec![id("a8"), id("unknown")],
            offset: 1,
            limit: 3,
            ..wanted("")
        })
        .await
        .unwrap();
    let ids: Vec<&str> = listing.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["a7", "a6", "a5"]);
    assert_eq!((listing.total, listing.offset), (9, 1));
}

#[tokio::test]
async fn words_and_fields_find_messages_on_the_disk_and_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    for keeping in [Keeping::InFolder(folder.path().into()), Keeping::InMemory] {
        words_and_fields_find(&Store::new(keeping)).await;
    }
}

async fn words_and_fields_find(store: &Store) {
    // What was seen of it before is not found any more.
    keep(store, message("a1", "pending", "Two words")).await;
    keep(store, message("a1", "delivered", "Grüße aus München")).await;
    keep(
        store,
        message("b2", "failed", "two words \\\"quoted\\\" 100%"),
    )
    .await;
    keep(store, failed("c3", Cause::NotFound)).await;
    let nothing: [&str; 0] = [];
    for (filter, ids) in [
        ("", &["c3", "b2", "a1"][..]),
        ("munch", &["a1"]),
        ("GRUSSE", &nothing),
        ("gruße", &["a1"]),
        ("unchen", &nothing),
        ("two wor", &["b2"]),
        ("\"words two\"", &nothing),
        ("\"two words\"", &["b2"]),
        ("status:FAIL", &["b2"]),
        ("is:failed", &["c3", "b2"]),
        ("status:d%", &["a1"]),
        ("status:- type:SM", &["b2", "a1"]),
        ("id:a11", &nothing),
        ("is:failed two", &["b2"]),
        ("since:2h two", &["b2"]),
        ("since:30m two", &nothing),
        ("is:pinned two", &nothing),
        ("sfailed", &nothing),
        ("\u{e0f1}sfailed", &nothing),
        ("type:sms", &["b2", "a1"]),
        ("dir:out two", &["b2"]),
        ("profile:acme id:C", &["c3"]),
        ("since:2h", &["c3", "b2", "a1"]),
        ("since:30m", &nothing),
        ("trace-a1", &["a1"]),
        ("contactofb2", &["b2"]),
        ("api", &["c3"]),
        ("a1 OR b2", &nothing),
        ("\"\" * ( NEAR", &nothing),
        ("a1*", &["a1"]),
    ] {
        assert_eq!(found(store, filter).await, ids, "{filter}");
    }
    store.delete(id("b2")).await.unwrap();
    assert_eq!(found(store, "two").await, nothing);
    store.clear(None, Timestamp::now()).await.unwrap();
    assert_eq!(found(store, "api").await, nothing);
    keep(store, message("d4", "sent", "two")).await;
    assert_eq!(found(store, "two").await, ["d4"]);
}

#[tokio::test]
async fn reading_makes_no_file_and_the_first_write_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("data");
    let store = Store::new(Keeping::InFolder(inner.clone()));
    assert_eq!(store.list(wanted("")).await, Ok(Listing::default()));
    assert_eq!(store.pinned().await, Ok(Vec::new()));
    assert_eq!(store.size().await.unwrap().snapshots, 0);
    assert!(!inner.exists());
    keep(&store, message("a", "sent", "x")).await;
    let path = inner.join("history.db");
    assert_eq!(store.take_note(), Some(Note::Begun { path: path.clone() }));
    let size = store.size().await.unwrap();
    assert_eq!(
        (size.messages, size.snapshots, size.path),
        (1, 1, Some(path))
    );
    assert!(size.bytes > 4096);
    let again = Store::new(Keeping::InFolder(inner));
    keep(&again, message("a", "sent", "x")).await;
    assert_eq!(again.take_note(), None);
    assert_eq!(again.list(wanted("")).await.unwrap().rows[0].lookups, 2);
}

#[test]
fn a_moment_far_away_is_kept_as_the_nearest_there_is() {
    for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
        let kept = record::moment(record::nanoseconds(at));
        assert_eq!(
            kept.cmp(&Timestamp::UNIX_EPOCH),
            at.cmp(&Timestamp::UNIX_EPOCH)
        );
    }
}
