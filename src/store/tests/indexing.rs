//! Words that follow what was kept: put in by a search, by quiet, and by whoever keeps very many.
//! Never a message that is kept and not found, unless it is told.

use super::*;
use shelf::Shelf;

fn shelf_in(folder: &std::path::Path) -> (Shelf, Notes) {
    let notes = Notes::default();
    let keeping = Keeping::InFolder(folder.into());
    (Shelf::new(keeping, Arc::clone(&notes)), notes)
}

fn keep_all(shelf: &mut Shelf, range: std::ops::Range<usize>) {
    let all = range.map(|number| message(&format!("n{number}"), "sent", "words"));
    let all: Vec<Snapshot> = all.collect();
    let kept = shelf.write(|database| {
        database.writing(|database| {
            for snapshot in &all {
                keep::keep(database, snapshot)?;
            }
            Ok(())
        })
    });
    kept.unwrap();
}

fn waiting(shelf: &mut Shelf) -> i64 {
    let count = "SELECT count(*) FROM unsearched";
    let counts = shelf.read(|database| database.number(count, &[]));
    counts.unwrap().into_iter().sum()
}

fn total(shelf: &mut Shelf, filter: &str) -> u64 {
    index(shelf);
    shelf.list(wanted(filter)).unwrap().total
}

pub(super) fn index(shelf: &mut Shelf) {
    let mut end = None;
    while let Step::More(last) = shelf.index_toward(end).unwrap() {
        end = Some(last);
    }
}

#[test]
fn what_a_program_left_waiting_is_put_in_by_the_next_search() {
    let folder = tempfile::tempdir().unwrap();
    keep_all(&mut shelf_in(folder.path()).0, 0..300);
    let (mut shelf, _) = shelf_in(folder.path());
    assert_eq!(waiting(&mut shelf), 300);
    assert_eq!(total(&mut shelf, "words"), 300);
    assert_eq!(waiting(&mut shelf), 0);
    // Asked for again: its words are taken out, and it waits anew.
    keep_all(&mut shelf, 7..8);
    assert_eq!(waiting(&mut shelf), 1);
    assert_eq!(total(&mut shelf, "words"), 300);
}

#[test]
fn a_message_that_waits_is_deleted_like_one_that_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (mut shelf, _) = shelf_in(folder.path());
    keep_all(&mut shelf, 0..3);
    for (number, left) in [(0, 2), (2, 0)] {
        let id = format!("n{number}");
        let forgotten = shelf.change(|database| {
            let sql = "SELECT key FROM message WHERE id = ?";
            let key = database.number(sql, &[Value::Text(&id)])?;
            keep::forget(database, Key(key))
        });
        forgotten.unwrap();
        assert_eq!(waiting(&mut shelf), left);
        // Puts the others in.
        total(&mut shelf, "words");
    }
    assert_eq!(total(&mut shelf, "words"), 1);
}

#[test]
fn who_keeps_very_many_puts_the_oldest_in_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let (mut shelf, _) = shelf_in(folder.path());
    keep_all(&mut shelf, 0..2400);
    shelf.index_beyond().unwrap();
    // Put in 128 at a time.
    assert_eq!(waiting(&mut shelf), 2400 - 3 * 128);
    let searched = shelf.read(|database| database.number("SELECT max(rowid) FROM search", &[]));
    assert_eq!(searched, Ok(vec![3 * 128]));
}

#[test]
fn who_keeps_very_large_ones_puts_the_oldest_in_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let (mut shelf, _) = shelf_in(folder.path());
    for number in 0..6 {
        let large = message(&format!("n{number}"), "sent", &"large ".repeat(300_000));
        shelf
            .write(|database| keep::keep(database, &large))
            .unwrap();
        shelf.index_beyond().unwrap();
    }
    assert_eq!(waiting(&mut shelf), 4);
    assert_eq!(total(&mut shelf, "large"), 6);
}

#[test]
fn a_search_waits_for_nobody_who_writes_and_tells_what_it_cannot_find() {
    let folder = tempfile::tempdir().unwrap();
    let (mut shelf, notes) = shelf_in(folder.path());
    keep_all(&mut shelf, 0..3);
    let path = folder.path().join("history.db");
    let another = Database::open(&path).unwrap();
    another.script("BEGIN IMMEDIATE").unwrap();
    notes.lock().unwrap().clear();
    let begun = std::time::Instant::now();
    assert_eq!(total(&mut shelf, "words"), 0);
    assert!(begun.elapsed() < Duration::from_secs(5));
    let told = notes.lock().unwrap().clone();
    assert_eq!(told, [Note::Unsearched { messages: 3 }]);
    another.script("ROLLBACK").unwrap();
    assert_eq!(total(&mut shelf, "words"), 3);
}

#[test]
fn what_an_older_program_has_deleted_is_put_in_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let (mut shelf, _) = shelf_in(folder.path());
    keep_all(&mut shelf, 0..2);
    let deleted = shelf.change(|database| database.script("DELETE FROM message WHERE id = 'n0'"));
    deleted.unwrap();
    assert_eq!(total(&mut shelf, "words"), 1);
    assert_eq!(waiting(&mut shelf), 0);
}

#[tokio::test]
async fn where_nothing_else_is_to_be_done_all_is_put_in() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Keeping::InFolder(folder.path().into()));
    for number in 0..300 {
        keep(&store, message(&format!("n{number}"), "sent", "words")).await;
    }
    let (mut another, _) = shelf_in(folder.path());
    let begun = std::time::Instant::now();
    while waiting(&mut another) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "never put in");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(found(&store, "id:n299").await, ["n299"]);
}

#[test]
fn what_cannot_be_put_in_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut shelf, notes) = shelf_in(folder.path());
    keep_all(&mut shelf, 0..2);
    total(&mut shelf, "words");
    keep_all(&mut shelf, 2..5);
    notes.lock().unwrap().clear();
    let refuse = shelf.read(|database| database.script("PRAGMA query_only=1"));
    refuse.unwrap();
    assert!(!shelf.index_some());
    for _ in 0..2 {
        assert_eq!(total(&mut shelf, "words"), 2);
    }
    let told: Vec<String> = notes.lock().unwrap().iter().map(Note::to_string).collect();
    let words =
        "Not found by words: the newest 3 of the history, which cannot be written now.".to_owned();
    assert_eq!(told, [words]);
}
