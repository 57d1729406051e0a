//! A program that is killed, several at once, and folders and files that are no good.
//! Never a lookup that was printed and is gone.

use std::io::{BufRead as _, BufReader};
use std::thread;

use super::{history, keeping};
use crate::cli::{ID, answering, asked, message};
use crate::support::folder::Folder;
use crate::support::wire::{Wire, bytes};

/// A server without a limit that would hold up a thousand lookups.
fn quick() -> Wire {
    let unlimited = [
        ("x-ratelimit-max", "100000"),
        ("x-ratelimit-remaining", "99999"),
        ("x-ratelimit-interval-milliseconds", "1000"),
    ];
    Wire::start(move |request| {
        let body = message(&asked(request));
        let length = body.len().to_string();
        let headers = [&unlimited[..], &[("content-length", length.as_str())]].concat();
        bytes(200, &headers, body)
    })
}

fn ids(round: usize) -> String {
    let ids = (0..1000).map(|number| format!("aaaaBBBBccccD{round:03}{number:04}\n"));
    ids.collect()
}

#[test]
fn killed_at_any_instant_it_loses_nothing_that_was_printed() {
    let (home, wire) = (Folder::new(), quick());
    let mut kept = 0;
    for (round, lines) in [1, 2, 13, 57, 200, 5].into_iter().enumerate() {
        let mut running = keeping(&home, &wire, &["get", "-"])
            .input(ids(round))
            .start();
        let out = running.child.stdout.take().unwrap();
        let mut printed = 0;
        let mut reader = BufReader::new(out).lines();
        for line in reader.by_ref().take(lines) {
            line.unwrap();
            printed += 1;
        }
        running.child.kill().unwrap();
        running.child.wait().unwrap();
        // What was printed before it died counts too.
        printed += reader
            .map_while(Result::ok)
            .filter(|line| line.ends_with('}'))
            .count();
        let listed = history(&home, &[]).run();
        assert_eq!((listed.errors.as_str(), listed.code), ("", Some(0)));
        let now = listed.out.lines().count();
        assert!(
            now >= kept + printed,
            "{now} kept, {kept} before, {printed} printed"
        );
        kept = now;
    }
    assert!(kept >= 272, "{kept}");
}

#[test]
fn two_at_once_lose_nothing() {
    let (home, wire) = (Folder::new(), quick());
    thread::scope(|running| {
        for round in 0..2 {
            let program = keeping(&home, &wire, &["get", "-"]).input(ids(round));
            running.spawn(|| {
                let ended = program.run();
                assert_eq!(ended.code, Some(0));
                assert!(!ended.errors.contains("locked"), "{}", ended.errors);
            });
        }
    });
    assert_eq!(history(&home, &[]).run().out.lines().count(), 2000);
}

#[test]
fn a_damaged_history_is_set_aside_and_the_lookup_kept_in_a_new_one() {
    let (home, wire) = (Folder::new(), answering());
    home.file("data/history.db", "this is no database");
    let ended = keeping(&home, &wire, &["get", ID]).run();
    assert_eq!(ended.code, Some(0));
    let name = ended
        .errors
        .split(" as ")
        .nth(1)
        .and_then(|rest| rest.split(',').next());
    let name = name.expect("a name");
    assert!(
        ended.errors.starts_with(&format!(
            "msgscope: The history could not be read; set aside as {name}, a new one begun.\n"
        )),
        "{}",
        ended.errors
    );
    assert!(
        name.starts_with("history-20") && name.ends_with(".damaged"),
        "{name}"
    );
    assert_eq!(home.read(&format!("data/{name}")), "this is no database");
    assert_eq!(history(&home, &[]).run().out.lines().count(), 1);
}

#[test]
fn without_a_folder_that_can_be_written_lookups_work_and_one_line_says_so() {
    let (home, wire) = (Folder::new(), answering());
    home.file("data", "a file where a folder belongs");
    let ended = keeping(&home, &wire, &["get", ID]).run();
    let told = format!(
        "msgscope: History is in memory only: {} cannot be written.\n",
        home.path("data")
    );
    assert_eq!((ended.errors, ended.code), (told, Some(0)));
    let ended = keeping(&home, &wire, &["get", ID])
        .without("MSGSCOPE_DATA_DIR")
        .variable("HOME", "/nonexistent/home/of/nobody")
        .variable("XDG_DATA_HOME", &home.path("data/below"))
        .run();
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.errors.lines().count(), 1, "{}", ended.errors);
}
