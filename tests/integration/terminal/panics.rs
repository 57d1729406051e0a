//! A fault of the program's own, wherever it happens: the terminal is given back first, then it is told.
//! Never here: a way to make the program itself fail; what fails is a test that has taken the terminal as it does.

use msgscope::runtime::{self, terminal};

use super::{CONSOLE, GIVEN_BACK, TAKEN, count};
use crate::support::pty::Terminal;

/// Where the fault happens.
const PLACE: &str = "MSGSCOPE_TEST_FAULT";

/// Runs only as a process of its own, in a terminal made by the test below: it ends in a panic.
#[test]
#[ignore = "panics on purpose, for the next test"]
fn it_fails_where_it_is_told() {
    terminal::install_panic_hook();
    terminal::enter(true).unwrap();
    match std::env::var(PLACE).as_deref() {
        Ok("thread") => {
            let failing = std::thread::spawn(|| panic!("a fault in a thread"));
            // The hook ends the process before anybody joins.
            failing.join().unwrap();
        }
        Ok("task") => {
            runtime::runtime().unwrap().block_on(async {
                tokio::spawn(async { panic!("a fault in a task") })
                    .await
                    .unwrap();
            });
        }
        _ => panic!("a fault in the loop"),
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told_and_ends_with_101() {
    let own = std::env::current_exe().unwrap();
    let own = own.to_str().unwrap();
    let name = "terminal::panics::it_fails_where_it_is_told";
    let arguments = ["--exact", name, "--ignored", "--nocapture"];
    let fresh = Terminal::run("/bin/cat", &[], &[], 120, 40);
    for place in ["loop", "task", "thread"] {
        let mut terminal = Terminal::run(own, &arguments, &[(PLACE, place)], 120, 40);
        terminal.wait_for(&format!("a fault in a {place}").replace("a loop", "the loop"));
        assert_eq!(terminal.exit_code(), Ok(101), "{place}");
        assert_eq!(count(&terminal, TAKEN), 1, "{place}");
        assert_eq!(count(&terminal, GIVEN_BACK), 1, "{place}");
        assert_eq!(terminal.modes(), fresh.modes(), "{place}");
        let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
        let back = raw.find("\x1b[?1049l").unwrap();
        let told = raw.find("msgscope stopped, the fault is its own").unwrap();
        assert!(back < told, "{place}: given back first");
        assert!(raw.contains("\x1b[?1002l"), "{place}: no mouse any more");
        terminal.look(|screen| {
            assert!(!screen.alternate_screen() && !screen.hide_cursor());
        });
    }
}

#[test]
fn a_hang_up_that_is_ignored_ends_it_all_the_same() {
    let answer = r#"{"message":{"id":"ve9EPM428h8vShlRW1KT","status":"delivered"}}"#;
    // Keys from standard input, and from the terminal beside it.
    for (command, shown) in [
        (format!("exec {CONSOLE} --demo"), super::READY),
        (format!("echo '{answer}' | {CONSOLE} view -"), "delivered"),
    ] {
        let script = format!("trap '' HUP; {command}");
        let mut terminal = Terminal::run("/bin/sh", &["-c", &script], &[], 120, 40);
        terminal.wait_for(shown);
        terminal.close();
        assert_eq!(terminal.exit_code(), Ok(129), "{command}");
    }
}
