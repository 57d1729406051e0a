//! What is deleted, pruned or cleared: gone from the list, from the search and from the files.
//! Never a check by SQL alone: the bytes on the disk are looked at.

use super::*;
use crate::model::listed::Deleted;

const DAY: Duration = Duration::from_hours(24);

fn now() -> Timestamp {
    wanted("").now
}

fn days_ago(text: &str, days: i64) -> Snapshot {
    let ago = jiff::SignedDuration::from_hours(24 * days);
    Snapshot {
        at: now().checked_sub(ago).unwrap(),
        ..message(text, "sent", "words")
    }
}

/// Whether the words stand in any file of the history, in any letters' case.
pub(super) fn is_on_disk(folder: &std::path::Path, words: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap();
    files.into_iter().any(|file| {
        let bytes = std::fs::read(file.unwrap().path())
            .unwrap()
            .to_ascii_lowercase();
        let words = words.to_lowercase();
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

async fn prune(store: &Store, keep: Option<Duration>, max: u64) -> Result<u64, StoreError> {
    store.prune(Retention { keep, max }, now()).await
}

#[tokio::test]
async fn a_deleted_message_is_gone_from_the_files_and_can_be_restored() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Keeping::InFolder(folder.path().into()));
    let long = "Zanzibar ".repeat(3000);
    for number in 0..300 {
        keep(
            &store,
            message(&format!("x{number}"), "sent", "other words"),
        )
        .await;
    }
    keep(&store, message("gone", "pending", &long)).await;
    keep(&store, message("gone", "failed", &long)).await;
    keep(&store, message("y", "sent", "later")).await;
    assert_eq!(store.pin(id("gone"), true).await, Ok(true));
    let before = store.list(wanted("zanz")).await.unwrap();
    assert!(is_on_disk(folder.path(), "Zanzibar"));
    let deleted = store.delete(id("gone")).await.unwrap().unwrap();
    assert_eq!(deleted.snapshots.len(), 2);
    assert!(deleted.pinned);
    for words in ["zanz", "gone"] {
        assert!(!is_on_disk(folder.path(), words), "{words}");
    }
    assert!(found(&store, "zanz").await.is_empty());
    assert_eq!(store.delete(id("gone")).await, Ok(None));
    // A key is not given again while it can be restored.
    keep(&store, message("z", "sent", "latest")).await;
    store.restore(Arc::new(deleted)).await.unwrap();
    assert_eq!(store.list(wanted("zanz")).await.unwrap(), before);
    assert_eq!(found(&store, "id:y").await, ["y"]);
    assert_eq!(store.timeline(id("gone")).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_came_since_a_message_was_deleted_stays_with_what_is_restored() {
    let store = Store::new(Keeping::InMemory);
    keep(&store, message("a", "pending", "old")).await;
    store.pin(id("a"), true).await.unwrap();
    let deleted = store.delete(id("a")).await.unwrap().unwrap();
    let newest = keep(&store, message("a", "sent", "new")).await;
    store.restore(Arc::new(deleted)).await.unwrap();
    let rows = store.list(wanted("")).await.unwrap().rows;
    assert_eq!(
        (rows[0].key, rows[0].lookups, rows[0].pinned),
        (newest, 2, true)
    );
    assert!(found(&store, "old").await.is_empty());
}

#[tokio::test]
async fn old_and_too_many_lookups_go_and_pinned_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Keeping::InFolder(folder.path().into()));
    assert_eq!(prune(&store, Some(DAY), 1).await, Ok(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    for (text, days) in [("old", 100), ("pinned", 100), ("both", 91), ("both", 1)] {
        keep(&store, days_ago(text, days)).await;
    }
    for number in 0..250 {
        keep(&store, days_ago(&format!("n{number}"), 0)).await;
    }
    store.pin(id("pinned"), true).await.unwrap();
    assert_eq!(prune(&store, Some(90 * DAY), 1000).await, Ok(2));
    assert!(found(&store, "id:old").await.is_empty());
    assert!(!is_on_disk(folder.path(), "contactOfold"));
    let both = store.list(wanted("id:both")).await.unwrap().rows;
    assert_eq!(both[0].lookups, 1);
    assert_eq!(prune(&store, None, 102).await, Ok(150));
    let size = store.size().await.unwrap();
    assert_eq!((size.snapshots, size.messages), (102, 102));
    assert_eq!(found(&store, "is:pinned").await, ["pinned"]);
    assert_eq!(store.pinned().await.unwrap().len(), 1);
}

#[tokio::test]
async fn clearing_leaves_no_word_and_the_room_is_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Keeping::InFolder(folder.path().into()));
    for number in 0..300 {
        let said = "Zanzibar ".repeat(100);
        keep(&store, message(&format!("n{number}"), "sent", &said)).await;
    }
    keep(&store, days_ago("old", 8)).await;
    let full = store.size().await.unwrap().bytes;
    assert_eq!(store.clear(Some(7 * DAY), now()).await, Ok(1));
    assert_eq!(store.clear(None, now()).await, Ok(300));
    for words in ["zanzibar", "contactOf", "trace-n"] {
        assert!(!is_on_disk(folder.path(), words), "{words}");
    }
    let size = store.size().await.unwrap();
    assert_eq!((size.snapshots, size.messages), (0, 0));
    assert!(size.bytes < full / 4, "{} of {full}", size.bytes);
    keep(&store, message("a", "sent", "again")).await;
    assert_eq!(found(&store, "again").await, ["a"]);
}

#[tokio::test]
async fn everything_is_exported_in_bunches_oldest_first() {
    let store = Store::new(Keeping::InMemory);
    for number in 0..150 {
        keep(&store, message(&format!("n{number}"), "sent", "x")).await;
    }
    keep(&store, message("n0", "sent", &"x".repeat(3 << 20))).await;
    keep(&store, message("n0", "sent", "y")).await;
    let (mut last, mut sizes) = (Key::default(), Vec::new());
    loop {
        let bunch = store.after(last).await.unwrap();
        let Some((key, _)) = bunch.last() else { break };
        last = *key;
        sizes.push(bunch.len());
    }
    assert_eq!(sizes, [64, 64, 23, 1]);
}

#[tokio::test]
async fn where_nothing_was_kept_nothing_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Keeping::InFolder(folder.path().into()));
    assert_eq!(store.pin(id("a"), true).await, Ok(false));
    assert_eq!(store.delete(id("a")).await, Ok(None::<Deleted>));
    assert_eq!(store.clear(None, now()).await, Ok(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
