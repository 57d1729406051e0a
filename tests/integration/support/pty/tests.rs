//! The harness proves itself on programs that every system has.

use super::*;

fn shell(script: &str) -> Terminal {
    Terminal::run(
        "/bin/sh",
        &["-c", script],
        &[("GREETING", "good morning")],
        60,
        12,
    )
}

#[test]
fn what_a_program_prints_is_seen_and_its_exit_code_known() {
    let mut terminal = shell(
        "echo $GREETING from $PWD; stty size; read line; printf '\\033[2J\\033[Hgot %s' \"$line\"; exit 7",
    );
    terminal.wait_for("good morning from");
    let home = terminal.home().to_string_lossy().into_owned();
    terminal.wait_until("its home", |seen| {
        seen.screen_text().replace('\n', "").contains(&home)
    });
    terminal.wait_for("12 60");
    terminal.type_text("a li");
    terminal.paste("ne");
    terminal.key("enter");
    terminal.wait_for("got a li");
    terminal.wait_gone("good morning");
    assert_eq!(terminal.exit_code(), Ok(7));
    assert!(terminal.raw().ends_with(b"\x1b[201~"), "brackets and all");
}

#[test]
fn what_a_program_copies_is_decoded() {
    let terminal = shell("printf '\\033]52;c;aGVsbG8=\\007done'; read line");
    terminal.wait_for("done");
    assert_eq!(terminal.clipboard().as_deref(), Some("hello"));
}

#[test]
fn a_program_hears_of_a_new_size_and_of_signals() {
    let mut terminal = shell("trap 'stty size' WINCH; echo ready; while :; do sleep 0.05; done");
    terminal.wait_for("ready");
    terminal.resize(70, 15);
    terminal.wait_for("15 70");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.exit_code(), Err("Terminated".to_owned()));
}

#[test]
fn a_changed_mode_of_the_terminal_is_noticed() {
    let mut terminal =
        shell("read line; stty -echo; echo off; read line; stty echo; echo on; read line");
    let before = terminal.modes();
    terminal.key("enter");
    terminal.wait_for("off");
    assert_ne!(terminal.modes(), before);
    terminal.key("enter");
    terminal.wait_for("on");
    assert_eq!(terminal.modes(), before);
    assert_eq!(terminal.foreground(), terminal.process());
    assert!(!terminal.look(vt100::Screen::alternate_screen));
}

#[test]
fn a_closed_window_hangs_up() {
    let mut terminal = shell("echo ready; read line; exit 3");
    terminal.wait_for("ready");
    terminal.close();
    assert!(matches!(terminal.exit_code(), Err(_) | Ok(1..)));
}

#[test]
fn the_program_under_test_can_be_started() {
    let mut terminal = Terminal::msgscope(&["--version"]);
    assert_eq!(terminal.exit_code(), Ok(0));
}
