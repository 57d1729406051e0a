//! Files that are damaged, newer or not to be written, and several programs at once.
//! Never a lookup lost that was said to be kept.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::*;

fn store_in(folder: &Path) -> Store {
    Store::new(Keeping::InFolder(folder.into()))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Waits until its thread has closed the file, which takes away what stood beside it.
fn close(store: Store, path: &Path) {
    drop(store);
    while path.with_extension("db-wal").exists() {
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn today() -> String {
    Timestamp::now().strftime("%Y-%m-%d").to_string()
}

#[tokio::test]
async fn nobody_else_may_read_the_folder_or_the_files() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("share/msgscope");
    let store = store_in(&folder);
    keep(&store, message("a", "sent", "x")).await;
    assert_eq!(mode(&folder), 0o700);
    for name in ["history.db", "history.db-wal", "history.db-shm"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    drop(store);
    fs::set_permissions(folder.join("history.db"), Permissions::from_mode(0o644)).unwrap();
    keep(&store_in(&folder), message("a", "sent", "x")).await;
    assert_eq!(mode(&folder.join("history.db")), 0o600);
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_told_and_a_new_one_begun() {
    for (bytes, taken, end) in [
        (&b"no database at all"[..], false, ""),
        (&[0xff; 9000], true, "-2"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        if taken {
            let name = format!("history-{}.damaged", today());
            fs::write(folder.path().join(name), "an earlier one").unwrap();
        }
        fs::write(folder.path().join("history.db"), bytes).unwrap();
        let store = store_in(folder.path());
        assert_eq!(store.list(wanted("")).await, Ok(Listing::default()));
        let name = format!("history-{}{end}.damaged", today());
        assert_eq!(
            store.take_note().unwrap().to_string(),
            format!("The history could not be read; set aside as {name}, a new one begun.")
        );
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), bytes);
        keep(&store, message("a", "sent", "x")).await;
        assert_eq!(found(&store, "").await, ["a"]);
    }
}

#[tokio::test]
async fn damage_that_is_found_only_by_writing_loses_nothing_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let store = store_in(folder.path());
    for number in 0..200 {
        keep(&store, message(&format!("a{number}"), "sent", "words")).await;
    }
    // So that all of it is in the file itself.
    store.delete(id("a0")).await.unwrap();
    close(store, &path);
    // The first page, which tells the tables, stays whole.
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let store = store_in(folder.path());
    keep(&store, message("new", "sent", "x")).await;
    assert_eq!(found(&store, "").await, ["new"]);
    let notes: Vec<_> = std::iter::from_fn(|| store.take_note()).collect();
    assert!(matches!(notes[0], Note::SetAside { .. }), "{notes:?}");
}

#[tokio::test]
async fn a_newer_file_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    keep(&store_in(folder.path()), message("a", "sent", "x")).await;
    let database = Database::open(&path).unwrap();
    database.script("PRAGMA user_version=99").unwrap();
    drop(database);
    let store = store_in(folder.path());
    let newer = StoreError::Newer { path: path.clone() };
    assert_eq!(store.list(wanted("")).await, Err(newer.clone()));
    let kept = store.keep(Arc::new(message("b", "sent", "x"))).await;
    assert_eq!(kept, Err(newer.clone()));
    let words = newer.to_string();
    assert!(
        words.contains("newer msgscope") && words.contains("--data-dir"),
        "{words}"
    );
    let database = Database::open(&path).unwrap();
    assert_eq!(database.number("PRAGMA user_version", &[]), Ok(99));
}

#[tokio::test]
async fn where_no_folder_can_be_made_the_history_is_in_memory_and_says_so_once() {
    let outer = tempfile::tempdir().unwrap();
    // A file where a folder belongs: so for every user, root too.
    fs::write(outer.path().join("file"), "").unwrap();
    let folder = outer.path().join("file/msgscope");
    let store = store_in(&folder);
    assert_eq!(store.list(wanted("")).await, Ok(Listing::default()));
    for name in ["a", "b"] {
        keep(&store, message(name, "sent", "x")).await;
    }
    assert_eq!(found(&store, "").await, ["b", "a"]);
    let note = Note::InMemory {
        folder: Some(folder),
    };
    assert_eq!(store.take_note(), Some(note));
    assert_eq!(store.take_note(), None);
    let homeless = Store::new(Keeping::NoFolder);
    keep(&homeless, message("a", "sent", "x")).await;
    assert_eq!(homeless.take_note(), Some(Note::InMemory { folder: None }));
}

/// Keeps it, though the disk refuses.
fn keep_on_a_full_disk(shelf: &mut Shelf, snapshot: &Snapshot) -> Key {
    let mut refused = false;
    let work = |database: &Database| {
        let is_disk = database.number("SELECT seq < 1000 FROM sqlite_sequence", &[])? == 1;
        if is_disk {
            refused = true;
            return Err(Fault::Unwritable);
        }
        keep::keep(database, snapshot)
    };
    let key = shelf.write(work).unwrap();
    assert!(refused || key > Key(1000));
    key
}

#[test]
fn what_the_disk_refuses_is_kept_in_memory_above_what_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let keeping = Keeping::InFolder(folder.path().into());
    let notes = Notes::default();
    let mut shelf = Shelf::new(keeping, Arc::clone(&notes));
    for name in ["a", "b", "c"] {
        let snapshot = message(name, "pending", "x");
        shelf
            .write(|database| keep::keep(database, &snapshot))
            .unwrap();
    }
    notes.lock().unwrap().clear();
    for name in ["d", "b"] {
        keep_on_a_full_disk(&mut shelf, &message(name, "sent", "x"));
    }
    let told = notes.lock().unwrap().clone();
    let memory = Note::InMemory {
        folder: Some(folder.path().into()),
    };
    assert_eq!(told, [memory]);
    super::indexing::index(&mut shelf);
    let mut window = |offset, limit| {
        let wanted = Wanted {
            offset,
            limit,
            ..wanted("x")
        };
        let listing = shelf.list(wanted).unwrap();
        assert_eq!((listing.total, listing.offset), (4, offset));
        let ids = listing.rows.into_iter().map(|row| row.id.to_string());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(window(0, 10), ["b", "d", "c", "a"]);
    assert_eq!(window(0, 1), ["b"]);
    assert_eq!(window(1, 2), ["d", "c"]);
    assert_eq!(window(3, 9), ["a"]);
    let lookups = shelf.read(|database| database.number("SELECT count(*) FROM snapshot", &[]));
    assert_eq!(lookups, Ok(vec![3, 2]));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_read_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(folder.path());
    keep(&store, message("a", "sent", "x")).await;
    keep(&store, message("b", "sent", "x")).await;
    assert_eq!(found(&store, "x").await, ["b", "a"]);
    store.delete(id("b")).await.unwrap();
    close(store, &folder.path().join("history.db"));
    let odd = folder.path().join("é %41?#.db");
    fs::rename(folder.path().join("history.db"), &odd).unwrap();
    let database = Database::open_unchanged(&odd).unwrap();
    let rows = list::list(&database, &wanted("x")).unwrap().rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        database.execute("DELETE FROM message", &[]),
        Err(Fault::Unwritable)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_programs_on_one_file_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let writers = (0..4).map(|writer| {
        let store = store_in(folder.path());
        tokio::spawn(async move {
            for number in 0..50 {
                let name = format!("w{writer}n{number}");
                keep(&store, message(&name, "sent", "x")).await;
                keep(&store, message("shared", "sent", "x")).await;
                store.list(wanted("x")).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let size = store_in(folder.path()).size().await.unwrap();
    assert_eq!((size.messages, size.snapshots), (201, 400));
}

#[tokio::test]
async fn what_waits_together_is_kept_together_and_each_gets_its_own_key() {
    let store = Store::new(Keeping::InMemory);
    let all = (0..600).map(|number| {
        let snapshot = message(&format!("n{}", number % 300), "sent", "x");
        store.keep(Arc::new(snapshot))
    });
    let keys = futures_util::future::join_all(all).await;
    let mut keys: Vec<Key> = keys.into_iter().map(Result::unwrap).collect();
    keys.dedup();
    assert_eq!(keys.len(), 600);
    assert!(keys.is_sorted());
    assert_eq!(store.size().await.unwrap().messages, 300);
}

#[tokio::test]
async fn one_that_cannot_be_kept_is_no_trouble_of_those_that_wait_with_it() {
    let folder = tempfile::tempdir().unwrap();
    keep(&store_in(folder.path()), message("a", "sent", "x")).await;
    let database = Database::open(&folder.path().join("history.db")).unwrap();
    database
        .script(
            "CREATE TRIGGER refused BEFORE INSERT ON snapshot WHEN new.id = 'bad' BEGIN
                SELECT RAISE(ABORT, 'not that one');
            END",
        )
        .unwrap();
    drop(database);
    let store = store_in(folder.path());
    let all = ["b", "c", "bad", "d"].map(|name| store.keep(Arc::new(message(name, "sent", "x"))));
    let kept = futures_util::future::join_all(all).await;
    let failed: Vec<bool> = kept.iter().map(Result::is_err).collect();
    assert_eq!(failed, [false, false, true, false]);
    assert_eq!(kept[2], Err(StoreError::Other("not that one".to_owned())));
    assert_eq!(found(&store, "").await, ["d", "c", "b", "a"]);
}
