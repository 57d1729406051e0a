//! What belongs to a message, kept beside it: read with it, deleted with it, brought back with it.
//! Never a check by SQL alone where bytes are to be gone.

use super::removing::is_on_disk;
use super::*;

fn contact(name: &str) -> Snapshot {
    let json = format!(r#"{{"contact":{{"id":"contactOfa","firstName":"{name}"}}}}"#);
    beside(Endpoint::Contact, "contactOfa", &json)
}

fn record(status: &str) -> Snapshot {
    let json = format!(
        r#"{{"emailMessage":{{"id":"rec1","status":"{status}","error":"Zyzzyva mailbox","subject":"Quux"}}}}"#
    );
    beside(Endpoint::EmailRecord, "rec1", &json)
}

fn beside(endpoint: Endpoint, text: &str, json: &str) -> Snapshot {
    let snapshot = answered(text, 200, json);
    let body = &snapshot.answer.as_ref().unwrap().body;
    let root = body.json().unwrap();
    Snapshot {
        outcome: Ok(Message::read(&root, &endpoint).unwrap()),
        asked: Asked {
            endpoint,
            ..snapshot.asked
        },
        ..snapshot
    }
}

fn email() -> Snapshot {
    let json = r#"{"message":{"id":"mail1","messageType":"TYPE_EMAIL","direction":"outbound",
        "meta":{"email":{"messageIds":["rec1"]}}}}"#;
    answered("mail1", 200, json)
}

#[tokio::test]
async fn what_is_asked_for_later_is_read_with_the_message_and_again_with_its_next_lookup() {
    let store = Store::new(Keeping::InMemory);
    let first = Arc::new(message("a", "sent", "hi"));
    let key = store.keep(Arc::clone(&first)).await.unwrap();
    for name in ["Dana", "Dana Lee"] {
        let kept = store.keep_linked(Arc::clone(&first), Arc::new(contact(name)));
        assert!(kept.await.unwrap());
    }
    let read = store.snapshot(key).await.unwrap().unwrap();
    let names: Vec<String> = read
        .linked
        .iter()
        .map(|one| {
            one.outcome
                .as_ref()
                .unwrap()
                .field("firstName")
                .unwrap()
                .plain()
                .into_owned()
        })
        .collect();
    assert_eq!(names, ["Dana Lee"], "the newest alone");
    let later = Snapshot {
        at: first
            .at
            .checked_add(jiff::SignedDuration::from_hours(1))
            .unwrap(),
        ..message("a", "delivered", "hi")
    };
    let next = keep(&store, later).await;
    let read = store.snapshot(next).await.unwrap().unwrap();
    assert_eq!(read.linked.len(), 1, "a name does not change with a status");
    let timeline = store.timeline(id("a")).await.unwrap();
    assert_eq!(
        timeline[1].1.linked.len(),
        0,
        "but it was not asked for with that lookup"
    );
    let unkept = Arc::new(message("b", "sent", "hi"));
    assert!(
        !store
            .keep_linked(unkept, Arc::new(contact("Dana")))
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn an_email_is_listed_and_found_by_what_its_record_says() {
    let store = Store::new(Keeping::InMemory);
    let mut whole = email();
    whole.link(Arc::new(record("failed")));
    keep(&store, whole).await;
    for filter in ["status:failed", "zyzzyva", "quux"] {
        assert_eq!(found(&store, filter).await, ["mail1"], "{filter}");
    }
    let row = &store.list(wanted("")).await.unwrap().rows[0];
    assert_eq!(
        (row.status.as_deref(), row.is_failure),
        (Some("failed"), true)
    );
    // One whose record came later is listed anew.
    let store = Store::new(Keeping::InMemory);
    let bare = Arc::new(email());
    store.keep(Arc::clone(&bare)).await.unwrap();
    assert!(found(&store, "status:failed").await.is_empty());
    store
        .keep_linked(bare, Arc::new(record("failed")))
        .await
        .unwrap();
    assert_eq!(found(&store, "status:failed").await, ["mail1"]);
}

#[tokio::test]
async fn what_belongs_to_a_deleted_message_is_gone_from_the_files_and_comes_back_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Keeping::InFolder(folder.path().into()));
    let first = Arc::new(message("a", "sent", "hi"));
    store.keep(Arc::clone(&first)).await.unwrap();
    store
        .keep_linked(Arc::clone(&first), Arc::new(contact("Zyzzyva")))
        .await
        .unwrap();
    assert!(is_on_disk(folder.path(), "zyzzyva"));
    let deleted = store.delete(id("a")).await.unwrap().unwrap();
    assert!(!is_on_disk(folder.path(), "zyzzyva"));
    assert_eq!(deleted.snapshots[0].1.linked.len(), 1);
    store.restore(Arc::new(deleted)).await.unwrap();
    let timeline = store.timeline(id("a")).await.unwrap();
    assert_eq!(timeline[0].1.linked.len(), 1);
    store.clear(None, first.at).await.unwrap();
    assert!(!is_on_disk(folder.path(), "zyzzyva"));
}
