//! Where the console cannot be shown, and what much input or a strange window makes of it.
//! Never here: how it ends.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{CONSOLE, READY, TAKEN, console, count};
use crate::support::pty::Terminal;

/// The least time between two frames.
const FLOOR: u128 = 16;

/// Frames that may be drawn since `start`: one a floor, and some for the moments before and behind.
fn frames_since(start: Instant) -> usize {
    usize::try_from(start.elapsed().as_millis() / FLOOR).unwrap() + 3
}

fn frames(terminal: &Terminal) -> usize {
    count(terminal, b"\x1b[?2026h")
}

#[test]
fn three_hundred_sizes_cost_a_frame_a_floor_and_end_in_a_window_painted_at_the_last() {
    let terminal = console();
    terminal.wait_quiet(Duration::from_millis(200));
    let (before, start) = (frames(&terminal), Instant::now());
    for step in 0..300 {
        terminal.resize(60 + step % 80, 12 + step % 30);
    }
    terminal.resize(100, 30);
    let allowed = frames_since(start);
    terminal.wait_quiet(Duration::from_millis(300));
    terminal.wait_for(READY);
    let drawn = frames(&terminal) - before;
    assert!(drawn <= allowed, "{drawn} frames, {allowed} at most");
    assert_eq!(count(&terminal, b"\x1b[6n"), 0);
}

#[test]
fn five_thousand_keys_at_once_are_all_taken_and_drawn_together() {
    let mut terminal = console();
    let before = terminal.wait_quiet(Duration::from_millis(200));
    let (drawn_before, start) = (frames(&terminal), Instant::now());
    terminal.send(&b"a\x7f".repeat(2500));
    terminal.send(b"xyz");
    terminal.wait_for("xyz");
    let allowed = frames_since(start);
    let drawn = terminal.wait_quiet(Duration::from_millis(200)) - before;
    let screen = terminal.screen_text();
    assert!(!screen.contains("axyz"), "{screen}");
    assert!(drawn < 20_000, "{drawn} bytes for 5,000 keys");
    let frames = frames(&terminal) - drawn_before;
    assert!(frames <= allowed, "{frames} frames, {allowed} at most");
}

#[test]
fn an_arrow_that_the_network_split_neither_quits_nor_discards() {
    let mut terminal = console();
    terminal.type_text("kept");
    terminal.key("esc");
    terminal.wait_quiet(Duration::from_millis(150));
    terminal.send(b"[A");
    terminal.wait_quiet(Duration::from_millis(150));
    terminal.wait_for("kept");
    assert!(!terminal.screen_text().contains("kept[A"));
}

#[test]
fn a_window_of_one_cell_or_of_unknown_size_is_lived_through() {
    for (columns, rows) in [(1, 1), (39, 8), (40, 7)] {
        let mut terminal = Terminal::run(CONSOLE, &["--demo"], &[], columns, rows);
        terminal.wait_until("the terminal taken", |terminal| count(terminal, TAKEN) == 1);
        terminal.wait_quiet(Duration::from_millis(100));
        assert!(!terminal.screen_text().contains(READY));
        terminal.resize(80, 24);
        terminal.wait_for(READY);
        terminal.key("ctrl-c");
        assert_eq!(terminal.exit_code(), Ok(0));
    }
    // A serial line does not know its size.
    let script = format!("stty rows 0 cols 0; exec {CONSOLE} --demo");
    let mut terminal = Terminal::run("/bin/sh", &["-c", &script], &[], 80, 24);
    terminal.wait_for(READY);
    terminal.key("ctrl-c");
    assert_eq!(terminal.exit_code(), Ok(0));
}

#[test]
fn without_a_terminal_it_says_so_in_one_line_and_exits_with_2() {
    let piped = Command::new(CONSOLE)
        .arg("--demo")
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(piped.status.code(), Some(2));
    assert!(piped.stdout.is_empty());
    let said = String::from_utf8(piped.stderr).unwrap();
    assert!(
        said.trim_end().lines().count() == 1 && said.contains("--help"),
        "{said}"
    );
}

#[test]
fn what_keeps_it_from_starting_is_told_before_the_first_sequence() {
    for (line, said) in [
        ("TERM=dumb $0 --demo", "TERM is dumb"),
        ("TERM= $0 --demo", "TERM is not set"),
        ("$0 --demo </dev/null", "standard input is not a terminal"),
        ("$0 --demo | cat", "standard output is not a terminal"),
        ("$0 --demo --clipboard paper", "paper"),
        ("$0 --demo not/an/id", "That can't be an id"),
        ("$0 --token-file /nonexistent", "/nonexistent"),
    ] {
        let script = format!("({line}); echo over");
        let mut terminal = Terminal::run("/bin/sh", &["-c", &script, CONSOLE], &[], 120, 24);
        terminal.wait_for(said);
        terminal.wait_for("over");
        assert_eq!(terminal.exit_code(), Ok(0));
        assert_eq!(count(&terminal, b"\x1b[?"), 0, "{line}");
        assert!(!terminal.screen_text().contains(READY));
    }
    let mut terminal = Terminal::run(CONSOLE, &["--demo"], &[("TERM", "dumb")], 80, 24);
    assert_eq!(terminal.exit_code(), Ok(2));
    assert!(!terminal.raw().contains(&0x1b));
}

#[test]
fn a_lookup_under_way_costs_four_small_frames_a_second() {
    let mut terminal = console();
    terminal.paste("silent60Seconds5Tj8R");
    terminal.wait_for("asking demo");
    terminal.wait_for("1 s");
    let (frames_before, bytes, start) = (frames(&terminal), terminal.raw().len(), Instant::now());
    terminal.wait_for("3 s");
    let passed = start.elapsed();
    let drawn = frames(&terminal) - frames_before;
    let written = terminal.raw().len() - bytes;
    // Two more, for the parts of a turn at both ends.
    let allowed = usize::try_from(passed.as_millis() / 250).unwrap() + 2;
    let told = format!("{written} bytes in {drawn} frames, in {passed:?}");
    assert!((3..=allowed).contains(&drawn), "{told}");
    assert!(written <= drawn * 100, "{told}");
}
