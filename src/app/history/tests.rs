//! The list with and without a filter, pins and headings, as far as no store is needed.
//! Never a database.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use super::*;
use crate::model::listed::{Key, Listed};
use crate::model::status::Tone;
use crate::model::whom::Whom;

fn id(text: &str) -> MessageId {
    MessageId::new(&format!("{text:0>20}")).unwrap()
}

fn at(text: &str) -> Timestamp {
    format!("{text}Z").parse().unwrap()
}

/// A row of an earlier run.
fn row(name: &str, asked: &str) -> Row {
    Row::from(Listed {
        key: Key(1),
        id: id(name),
        profile: "acme".to_owned(),
        at: at(asked),
        tone: Tone::Success,
        direction: None,
        kind: "SMS".to_owned(),
        status: None,
        is_failure: false,
        snippet: name.to_owned(),
        failure: None,
        pinned: false,
        lookups: 1,
    })
}

/// A lookup that is no part of a batch.
fn alone(since: Timestamp) -> Asked {
    Asked {
        whom: Whom::One(0),
        since,
        batch: None,
    }
}

/// A history with these rows of earlier runs, newest first.
fn earlier(rows: &[(&str, &str)]) -> History {
    let mut history = History::default();
    history.take_pinned(Vec::new());
    let pages = history.earlier.as_mut().unwrap();
    let wanted = pages.want(0..1).unwrap();
    let rows: Vec<Row> = rows.iter().map(|(name, asked)| row(name, asked)).collect();
    pages.take(wanted, rows.len(), rows);
    history
}

/// The lines as words: headings in brackets, rows by the end of their ids.
fn lines(history: &History, height: usize) -> Vec<String> {
    let lines = history.lines(at("2026-11-23T12:00:00"), height);
    let words = |line: &Line| match line {
        Line::Heading(words) => format!("[{words}]"),
        Line::Row(index) => match (history.item(*index).id(), history.item(*index).batch()) {
            (Some(id), _) => id.as_str().trim_start_matches('0').to_owned(),
            (None, Some(number)) => format!("batch {}", number.0),
            (None, None) => "unread".to_owned(),
        },
    };
    lines.iter().map(words).collect()
}

#[test]
fn only_a_lookup_under_way_gets_on_and_a_new_one_starts_afresh() {
    let id = MessageId::new("ve9EPM428h8vShlRW1KT").unwrap();
    let waiting = Progress::Waiting { until: None };
    let mut history = History::default();
    history.begin(&id, Ticket(1), alone(Timestamp::UNIX_EPOCH));
    history.progressed(Ticket(1), waiting.clone());
    assert_eq!(history.recent.entries()[0].progress, Some(waiting.clone()));
    history.begin(&id, Ticket(2), alone(Timestamp::UNIX_EPOCH));
    history.progressed(Ticket(1), waiting);
    assert_eq!(history.recent.entries()[0].progress, None);
}

#[test]
fn a_heading_stands_where_the_day_changes_and_none_for_today() {
    let mut history = earlier(&[
        ("a", "2026-11-23T09:00:00"),
        ("b", "2026-11-22T23:00:00"),
        ("c", "2026-11-22T01:00:00"),
        ("d", "2026-11-16T01:00:00"),
        ("e", "2025-11-16T01:00:00"),
    ]);
    let all = [
        "a",
        "[yesterday]",
        "b",
        "c",
        "[Mon 16 Nov]",
        "d",
        "[16 Nov 2025]",
        "e",
    ];
    assert_eq!(lines(&history, 20), all);
    assert_eq!(lines(&history, 2), all[..2]);
    // Below the edge the day is not told again.
    history.scroll.offset = 2;
    assert_eq!(lines(&history, 20), all[3..]);
}

#[test]
fn headings_never_push_the_cursor_out_of_the_window() {
    let mut history = earlier(&[
        ("a", "2026-11-21T09:00:00"),
        ("b", "2026-11-20T23:00:00"),
        ("c", "2026-11-19T01:00:00"),
    ]);
    for cursor in 0..3 {
        for height in 1..7 {
            history.scroll = Scroll { cursor, offset: 0 };
            history.follow(at("2026-11-23T12:00:00"), height);
            let shown = history.lines(at("2026-11-23T12:00:00"), height);
            // A window of one line may be taken by the heading of its only row.
            let seen = shown.contains(&Line::Row(cursor));
            assert!(seen || height == 1, "{cursor} in {height}: {shown:?}");
        }
    }
}

#[test]
fn a_message_asked_again_moves_up_and_keeps_what_was_known() {
    let mut history = earlier(&[("a", "2026-11-23T09:00:00"), ("b", "2026-11-22T23:00:00")]);
    history.begin(&id("b"), Ticket(1), alone(at("2026-11-23T11:00:00")));
    assert_eq!(lines(&history, 9), ["b", "a"]);
    assert_eq!(history.item(0).row().unwrap().snippet.as_str(), "b");
    // The cursor was on a, and is.
    assert_eq!(history.scroll.cursor, 1);
}

#[test]
fn a_pinned_message_stays_on_top_of_newer_ones() {
    let mut history = earlier(&[("a", "2026-11-23T09:00:00"), ("b", "2026-11-22T23:00:00")]);
    assert_eq!(history.pin(&id("b")), Some(true));
    history.begin(&id("c"), Ticket(1), alone(at("2026-11-23T11:00:00")));
    assert_eq!(lines(&history, 9), ["[pinned]", "b", "[today]", "c", "a"]);
    assert_eq!(history.pin(&id("b")), Some(false));
    assert_eq!(lines(&history, 9), ["c", "a"], "until its page is read");
    assert_eq!(history.pin(&id("c")), Some(true));
    assert_eq!(history.pin(&id("c")), Some(false));
    assert_eq!(lines(&history, 9), ["c", "a"]);
    assert_eq!(history.pin(&id("nowhere")), None);
}

#[test]
fn pinned_messages_of_earlier_runs_are_put_on_top() {
    let mut history = History::default();
    history.begin(&id("a"), Ticket(1), alone(at("2026-11-23T11:00:00")));
    history.take_pinned(vec![
        row("b", "2026-11-20T11:00:00"),
        row("c", "2026-11-21T11:00:00"),
    ]);
    assert_eq!(lines(&history, 9), ["[pinned]", "c", "b", "[today]", "a"]);
    history.take_pinned(vec![row("a", "2026-11-23T11:00:00")]);
    assert_eq!(lines(&history, 9), ["[pinned]", "a", "c", "b"]);
}

#[test]
fn a_filter_shows_its_own_rows_and_what_this_run_knows_of_them() {
    let mut history = earlier(&[("a", "2026-11-23T09:00:00"), ("b", "2026-11-22T23:00:00")]);
    history.begin(&id("c"), Ticket(1), alone(at("2026-11-23T11:00:00")));
    let mut filtered = Filtered {
        text: "c".to_owned(),
        ..Filtered::default()
    };
    filtered.read();
    let wanted = filtered.pages.want(0..9).unwrap();
    let rows = vec![
        row("c", "2026-11-23T11:00:00"),
        row("b", "2026-11-22T23:00:00"),
    ];
    filtered.pages.take(wanted, 2, rows);
    history.filtered = Some(filtered);
    assert_eq!((history.len(), history.all()), (2, 3));
    assert!(matches!(history.item(0), Item::Entry(entry) if entry.asking));
    assert!(matches!(history.item(1), Item::Kept(_)));
    history.remove(&id("b"));
    assert_eq!((history.len(), history.all()), (1, 2));
}

/// A lookup of that batch.
fn of(batch: u64, since: Timestamp) -> Asked {
    Asked {
        batch: Some(BatchNumber(batch)),
        ..alone(since)
    }
}

#[test]
fn a_batchs_messages_are_listed_under_it_as_given_and_fold_away() {
    let mut history = earlier(&[("z", "2026-11-23T09:00:00")]);
    let began = at("2026-11-23T11:00:00");
    history.begin_batch(BatchNumber(1), began);
    history.begin(&id("a"), Ticket(2), of(1, began));
    history.begin(&id("b"), Ticket(3), of(1, at("2026-11-23T11:00:05")));
    // Another one between two of the batch.
    history.begin(&id("x"), Ticket(4), alone(at("2026-11-23T11:00:06")));
    history.begin(&id("c"), Ticket(5), of(1, at("2026-11-23T11:00:07")));
    assert_eq!(lines(&history, 9), ["x", "batch 1", "z"]);
    assert_eq!((history.len(), history.all()), (3, 5));
    history.recent.unfold(BatchNumber(1), true);
    assert_eq!(lines(&history, 9), ["x", "batch 1", "a", "b", "c", "z"]);
    // Asked again by itself it stands by itself; pinned it stands on top, and goes back.
    history.begin(&id("a"), Ticket(6), alone(at("2026-11-23T11:01:00")));
    assert_eq!(lines(&history, 9), ["a", "x", "batch 1", "b", "c", "z"]);
    history.pin(&id("c"));
    let pinned = ["[pinned]", "c", "[today]", "a", "x", "batch 1", "b", "z"];
    assert_eq!(lines(&history, 9), pinned);
    history.pin(&id("c"));
    assert_eq!(lines(&history, 9)[2..], ["batch 1", "b", "c", "z"]);
}

#[test]
fn the_cursor_stays_on_its_batch_and_goes_to_it_when_its_message_is_folded_away() {
    let mut history = earlier(&[("z", "2026-11-23T09:00:00")]);
    let began = at("2026-11-23T11:00:00");
    history.begin_batch(BatchNumber(1), began);
    history.begin(&id("a"), Ticket(2), of(1, began));
    history.begin(&id("x"), Ticket(3), alone(at("2026-11-23T11:01:00")));
    assert_eq!(history.at_cursor().batch(), Some(BatchNumber(1)));
    history.keeping_cursor(|history| history.recent.unfold(BatchNumber(1), true));
    history.to(&id("a"));
    assert_eq!(history.scroll.cursor, 2);
    history.keeping_cursor(|history| history.recent.unfold(BatchNumber(1), false));
    assert_eq!(history.at_cursor().batch(), Some(BatchNumber(1)));
    history.to(&id("z"));
    history.to(&id("a"));
    assert_eq!(history.scroll.cursor, 1, "folded away, it is in its batch");
}

#[test]
fn the_newer_batch_stands_above_and_takes_what_it_asks_again() {
    let mut history = History::default();
    let (first, second) = (at("2026-11-23T11:00:00"), at("2026-11-23T11:00:00"));
    history.begin_batch(BatchNumber(1), first);
    history.begin(&id("a"), Ticket(2), of(1, first));
    history.begin_batch(BatchNumber(3), second);
    history.begin(&id("b"), Ticket(4), of(3, second));
    for number in [1, 3] {
        history.recent.unfold(BatchNumber(number), true);
    }
    assert_eq!(lines(&history, 9), ["batch 3", "b", "batch 1", "a"]);
    history.begin(&id("a"), Ticket(5), of(3, second));
    assert_eq!(lines(&history, 9), ["batch 3", "b", "a", "batch 1"]);
    history.stop(Ticket(5));
    assert_eq!(
        lines(&history, 9),
        ["batch 3", "b", "batch 1"],
        "nothing is known of it"
    );
}

#[test]
fn messages_of_a_batch_that_ran_past_midnight_stand_on_its_day() {
    let mut history = History::default();
    history.begin_batch(BatchNumber(1), at("2026-11-22T23:59:59"));
    history.begin(&id("a"), Ticket(2), of(1, at("2026-11-23T00:00:01")));
    history.recent.unfold(BatchNumber(1), true);
    assert_eq!(lines(&history, 9), ["[yesterday]", "batch 1", "a"]);
}
