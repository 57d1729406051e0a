//! A history that lasts, in real terminals: there again at the next start, shared, and safe from whatever ends a run.
//! Never what a row or a key looks like: that is in `screens`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;
use tempfile::TempDir;

use super::CONSOLE;
use crate::support::fixtures::fixture;
use crate::support::program::Program;
use crate::support::pty::Terminal;
use crate::support::wire::{Step, Wire, json};

const ID: &str = "ve9EPM428h8vShlRW1KT";
const OTHER: &str = "STAjKD1GNDCJfbNOjHzr";

/// A console that asks `server` and keeps what it is told in `folder`.
fn console(server: &Wire, folder: &Path, arguments: &[&str]) -> Terminal {
    let base_url = server.base_url();
    let variables = [
        ("MSGSCOPE_BASE_URL", base_url.as_str()),
        ("MSGSCOPE_TOKEN", "pit-0000"),
        ("MSGSCOPE_DATA_DIR", folder.to_str().unwrap()),
        ("MSGSCOPE_NO_HISTORY", "0"),
    ];
    let terminal = Terminal::run(CONSOLE, arguments, &variables, 120, 30);
    terminal.wait_for("Message id");
    terminal
}

fn server() -> Wire {
    let delivered = fixture("sms-outbound-delivered.json");
    Wire::start(move |_| json(200, &delivered))
}

/// Eight lookups every tenth of a second.
fn slow() -> Wire {
    let delivered = fixture("sms-outbound-delivered.json");
    Wire::start(move |_| {
        let wait = Step::Wait(Duration::from_millis(100));
        let answer = json(200, &delivered);
        std::iter::once(wait).chain(answer).collect()
    })
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn quit(mut terminal: Terminal) {
    terminal.key("ctrl-c");
    assert_eq!(terminal.exit_code(), Ok(0));
}

/// What `history list` prints of it, a line a message.
fn listed(folder: &Path) -> Vec<String> {
    let path = folder.to_str().unwrap();
    let program = Program::new(&["history", "list", "--format", "ndjson", "--data-dir", path]);
    let ended = program.without("MSGSCOPE_NO_HISTORY").run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    ended.out.lines().map(str::to_owned).collect()
}

#[test]
fn what_was_looked_up_is_there_at_the_next_start_and_opens_without_the_network() {
    let (server, folder) = (server(), folder());
    let mut first = console(&server, folder.path(), &[]);
    first.paste(ID);
    first.wait_for("✓ delivered");
    // At once: what was answered is kept all the same.
    quit(first);
    let asked = server.requests().len();

    let mut second = console(&server, folder.path(), &[]);
    second.wait_for("History 1/1");
    second.key("tab");
    second.key("enter");
    second.wait_for("✓ delivered");
    assert_eq!(server.requests().len(), asked);
    quit(second);
}

#[test]
fn nothing_is_made_on_the_disk_before_the_first_lookup_and_nothing_with_no_history() {
    let (server, folder) = (server(), folder());
    let data = folder.path().join("data");
    quit(console(&server, &data, &[]));
    assert!(!data.exists());
    let mut terminal = console(&server, &data, &["--no-history"]);
    terminal.paste(ID);
    terminal.wait_for("✓ delivered");
    terminal.key("shift-tab");
    terminal.key("d");
    terminal.wait_for("Deleted, 1 lookup");
    quit(terminal);
    assert!(!data.exists());
}

#[test]
fn the_first_write_says_once_where_it_is_kept_and_how_to_turn_that_off() {
    let (server, folder) = (server(), folder());
    let data = folder.path().join("data");
    for first in [true, false] {
        let mut terminal = console(&server, &data, &[]);
        terminal.paste(ID);
        terminal.wait_for("✓ delivered");
        if first {
            terminal.wait_for("--no-history");
        } else {
            terminal.wait_quiet(Duration::from_millis(300));
            assert!(!terminal.screen_text().contains("is now kept"));
        }
        quit(terminal);
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for entry in fs::read_dir(&data).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[test]
fn two_consoles_and_a_get_on_one_history_lose_nothing() {
    let (server, folder) = (server(), folder());
    let mut consoles = [
        console(&server, folder.path(), &[]),
        console(&server, folder.path(), &[]),
    ];
    let ids = |from: usize| (from..from + 40).map(|number| format!("aaaaBBBBccccDDDD{number:04}"));
    for (terminal, from) in consoles.iter_mut().zip([0, 40]) {
        terminal.paste(&ids(from).collect::<Vec<_>>().join("\n"));
    }
    let base_url = server.base_url();
    let own: Vec<String> = ids(80).collect();
    let path = folder.path().to_str().unwrap();
    let mut arguments = vec!["get", "--data-dir", path, "--base-url", &base_url];
    arguments.extend(own.iter().map(String::as_str));
    let ended = Program::new(&arguments)
        .without("MSGSCOPE_NO_HISTORY")
        .variable("MSGSCOPE_TOKEN", "pit-0000")
        .run();
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    // Whoever made the file says so, and nobody anything else.
    assert!(
        ended.errors.is_empty() || ended.errors.contains("is now kept"),
        "{}",
        ended.errors
    );
    assert!(ended.errors.lines().count() <= 1, "{}", ended.errors);
    for terminal in consoles {
        terminal.wait_until("all asked", |_| server.requests().len() == 120);
        terminal.wait_quiet(Duration::from_millis(500));
        let screen = terminal.screen_text();
        assert!(!screen.contains("database"), "{screen}");
        quit(terminal);
    }
    assert_eq!(listed(folder.path()).len(), 120);
}

#[test]
fn a_console_that_is_killed_loses_at_most_what_was_being_written() {
    for after in [20, 30, 40] {
        let (server, folder) = (slow(), folder());
        let mut terminal = console(&server, folder.path(), &[]);
        // Once the file is made a lookup is written in an instant.
        terminal.paste(ID);
        terminal.wait_until("the first kept", |_| listed(folder.path()).len() == 1);
        let ids = (0..60).map(|number| format!("aaaaBBBBccccDDDD{number:04}"));
        terminal.paste(&ids.collect::<Vec<_>>().join("\n"));
        terminal.wait_until("some answered", |_| server.requests().len() > after);
        let answered = server.requests().len();
        terminal.signal(Signal::KILL);
        assert!(terminal.exit_code().is_err());
        // Eight are on their way, and eight may just have been answered; all others are kept.
        let kept = listed(folder.path()).len();
        assert!(kept + 16 >= answered, "{kept} of {answered}");
    }
}

#[test]
fn where_nothing_can_be_written_it_goes_on_in_memory_and_says_so_once() {
    let (server, folder) = (server(), folder());
    let file = folder.path().join("file");
    fs::write(&file, "no folder").unwrap();
    let mut terminal = console(&server, &file.join("data"), &[]);
    terminal.paste(ID);
    terminal.wait_for("History is in memory only");
    terminal.paste(OTHER);
    terminal.wait_for("History 1/2");
    terminal.key("ctrl-r");
    terminal.type_text("appointment");
    terminal.wait_for("of 2");
    assert!(!terminal.screen_text().contains("memory only"));
    quit(terminal);
}
