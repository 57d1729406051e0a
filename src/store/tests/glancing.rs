//! A glance at the newest messages, while others write and where nobody does.
//! Never a file that was not there before.

use super::*;

#[tokio::test]
async fn a_glance_sees_what_another_program_has_just_kept_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let glance = |beginning: &str, most: u64| -> Vec<String> {
        let rows = glance::newest(folder.path(), beginning, most).unwrap();
        rows.iter().map(|row| row.id.to_string()).collect()
    };
    assert_eq!(glance("", 9), [""; 0]);
    let store = Store::new(Keeping::InFolder(folder.path().into()));
    for name in ["ab1", "b2", "ab3", "aB4"] {
        keep(&store, message(name, "sent", "x")).await;
    }
    let log = folder.path().join("history.db-wal");
    assert!(log.exists());
    assert_eq!(glance("", 3), ["aB4", "ab3", "b2"]);
    assert_eq!(glance("ab", 9), ["ab3", "ab1"]);
    assert_eq!(glance("%", 9), [""; 0]);
    drop(store);
    while log.exists() {
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(glance("a", 9), ["aB4", "ab3", "ab1"]);
    let files = std::fs::read_dir(folder.path()).unwrap();
    assert_eq!(files.count(), 1);
}
