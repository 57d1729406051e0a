//! The console in a real terminal: taken, kept quiet, stopped, given back however it ends.
//! Never here: what the panes say beyond the words that show they are there.

mod bytes;
mod clipboard;
mod limits;
mod panics;
mod tmux;

use std::time::Duration;

use rustix::process::{Signal, kill_process};

use crate::support::pty::Terminal;

const CONSOLE: &str = env!("CARGO_BIN_EXE_msgscope");
/// Stands in the console's header as long as it is drawn.
const READY: &str = "Message id";
const GIVEN_BACK: &[u8] = b"\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l";
const TAKEN: &[u8] = b"\x1b[?1049h";

#[track_caller]
fn console() -> Terminal {
    let terminal = Terminal::msgscope(&["--demo"]);
    terminal.wait_for(READY);
    terminal
}

/// The console as a job of a shell that can stop and continue it.
#[track_caller]
fn console_in_a_shell() -> Terminal {
    let mut terminal = Terminal::run("/bin/sh", &["-i"], &[("PS1", "ready> ")], 120, 40);
    terminal.wait_for("ready>");
    terminal.send(format!("{CONSOLE} --demo\r").as_bytes());
    terminal.wait_for(READY);
    terminal
}

fn count(terminal: &Terminal, sequence: &[u8]) -> usize {
    terminal
        .raw()
        .windows(sequence.len())
        .filter(|bytes| *bytes == sequence)
        .count()
}

/// That a person can go on working in this terminal.
#[track_caller]
fn assert_given_back(terminal: &Terminal) {
    assert_eq!(count(terminal, GIVEN_BACK), 1, "given back once");
    terminal.look(|screen| {
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    });
    assert!(
        !terminal.screen_text().contains(READY),
        "{}",
        terminal.screen_text()
    );
}

/// Starts the console, ends it, and compares the terminal before and after.
#[track_caller]
fn assert_ends(end: impl FnOnce(&mut Terminal), code: u32) {
    // Before the console is there to change them: the modes of a terminal that was just opened.
    let fresh = Terminal::run("/bin/cat", &[], &[], 120, 40);
    let mut terminal = console();
    assert_ne!(terminal.modes(), fresh.modes(), "raw while it runs");
    end(&mut terminal);
    assert_eq!(terminal.exit_code(), Ok(code));
    assert_given_back(&terminal);
    assert_eq!(terminal.modes(), fresh.modes());
}

#[track_caller]
fn assert_quits_to_the_shell(terminal: &mut Terminal) {
    terminal.key("ctrl-c");
    terminal.wait_gone(READY);
    terminal.send(b"echo ended $?\r");
    terminal.wait_for("ended 0");
}

#[test]
fn ctrl_c_in_the_empty_box_quits_with_0() {
    assert_ends(|terminal| terminal.key("ctrl-c"), 0);
}

#[test]
fn q_in_a_pane_quits_with_0() {
    assert_ends(
        |terminal| {
            terminal.key("tab");
            terminal.key("q");
        },
        0,
    );
}

#[test]
fn a_signal_ends_it_with_128_and_its_number() {
    for (signal, code) in [
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
        (Signal::TERM, 143),
    ] {
        assert_ends(|terminal| terminal.signal(signal), code);
    }
}

#[test]
fn a_closed_window_ends_it() {
    let mut terminal = console();
    terminal.close();
    assert_eq!(terminal.exit_code(), Ok(129));
}

#[test]
fn ctrl_z_stops_the_job_and_fg_brings_it_back_painted() {
    let mut terminal = console_in_a_shell();
    terminal.key("ctrl-z");
    terminal.wait_for("Stopped");
    assert_given_back(&terminal);
    terminal.send(b"fg\r");
    terminal.wait_for(READY);
    terminal.look(|screen| assert!(screen.alternate_screen() && screen.bracketed_paste()));
    assert_eq!(count(&terminal, TAKEN), 2);
    terminal.type_text("stillhere");
    terminal.wait_for("stillhere");
    assert_quits_to_the_shell(&mut terminal);
}

#[test]
fn a_wrapper_script_is_stopped_with_it() {
    let mut terminal = Terminal::run("/bin/sh", &["-i"], &[("PS1", "ready> ")], 120, 40);
    terminal.wait_for("ready>");
    terminal.send(format!("/bin/sh -c '{CONSOLE} --demo; echo wrapper done'\r").as_bytes());
    terminal.wait_for(READY);
    terminal.key("ctrl-z");
    terminal.wait_for("Stopped");
    terminal.send(b"fg\r");
    terminal.wait_for(READY);
    terminal.key("ctrl-c");
    terminal.wait_for("wrapper done");
}

#[test]
fn a_stop_sent_from_outside_gives_the_terminal_back_too() {
    let mut terminal = console_in_a_shell();
    let job = terminal.foreground();
    kill_process(job, Signal::TSTP).unwrap();
    terminal.wait_for("Stopped");
    assert_given_back(&terminal);
    terminal.send(b"fg\r");
    terminal.wait_for(READY);
    assert_eq!(count(&terminal, TAKEN), 2);
    assert_quits_to_the_shell(&mut terminal);
}

#[test]
fn what_is_typed_once_the_terminal_is_given_back_is_the_shells() {
    let mut terminal = console_in_a_shell();
    for round in 0..20 {
        if round > 0 {
            terminal.send(format!("{CONSOLE} --demo\r").as_bytes());
            terminal.wait_for(READY);
        }
        let before = count(&terminal, GIVEN_BACK);
        terminal.key("ctrl-c");
        terminal.wait_until("the terminal given back", |terminal| {
            count(terminal, GIVEN_BACK) > before
        });
        terminal.send(format!("echo round $(({round} + 100))\r").as_bytes());
        terminal.wait_for(&format!("round {}", round + 100));
    }
}

#[test]
fn a_stop_changes_nothing_where_no_shell_could_continue_it() {
    let mut terminal = console();
    terminal.key("ctrl-z");
    terminal.type_text("goeson");
    terminal.wait_for("goeson");
    terminal.signal(Signal::TSTP);
    terminal.type_text("still");
    terminal.wait_for("goesonstill");
    assert_eq!(count(&terminal, GIVEN_BACK), 0);
}

#[test]
fn after_a_stop_nobody_told_it_of_the_terminal_is_taken_again_and_painted() {
    let terminal = console();
    terminal.signal(Signal::STOP);
    terminal.signal(Signal::CONT);
    terminal.wait_until("the terminal taken twice", |terminal| {
        count(terminal, TAKEN) == 2
    });
    terminal.wait_for(READY);
}

#[test]
fn a_paste_without_brackets_in_a_pane_is_no_row_of_commands() {
    let mut terminal = console();
    terminal.key("tab");
    terminal.wait_quiet(Duration::from_millis(100));
    terminal.send(b"qdxwERPqH4shlRW1KTjq");
    terminal.wait_for("qdxwERPqH4shlRW1KTjq");
}

#[test]
fn left_alone_it_writes_nothing_and_asks_nothing() {
    let terminal = console();
    let written = terminal.wait_quiet(Duration::from_millis(300));
    assert_eq!(terminal.wait_quiet(Duration::from_millis(2500)), written);
    for question in [
        &b"\x1b[6n"[..],
        b"\x1b[c",
        b"\x1b[>c",
        b"\x1b[?u",
        b"\x1b[>q",
        b"\x1b]10;?",
        b"\x1b]11;?",
        b"$p",
    ] {
        assert_eq!(count(&terminal, question), 0, "{}", question.escape_ascii());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn it_leaves_no_core_file() {
    let terminal = console();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", terminal.process())).unwrap();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    assert!(
        core.split_whitespace()
            .rev()
            .skip(1)
            .take(2)
            .all(|limit| limit == "0"),
        "{core}"
    );
}
