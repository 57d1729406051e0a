//! Which way a copied or opened URL really goes, by what the surroundings say and what was chosen.
//! Never here: this machine's own clipboard or tmux; displays and servers that are named do not answer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{CONSOLE, GIVEN_BACK, READY, TAKEN, count};
use crate::support::folder::Folder;
use crate::support::pty::Terminal;
use crate::support::sequences::{Piece, pieces};
use crate::support::trap::Trap;
use rustix::process::Signal;

/// An MMS with three attachments, of which the second is copied.
pub(super) const MMS: &str = "aT7cHm3NtFi1eSx9KwPq";
pub(super) const URL: &str = "https://cdn.msgsndr.com/location%2F7ysh0vjy4EDQXyzqTu7v%2Fdocuments%2F47ed51e4-a0c4-5350-849f-1c75d10ebce6.pdf?alt=media";
const SSH: (&str, &str) = ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
const STALE_TMUX: (&str, &str) = ("TMUX", "/nonexistent/tmux,1,0");
/// Where a tmux without `$TMUX` would look for its server.
const NO_TMUX: (&str, &str) = ("TMUX_TMPDIR", "/nonexistent");
const SCREEN: (&str, &str) = ("STY", "1.pts-0.host");

const TO_TERMINAL: &str =
    "Attachment 2 (cdn.msgsndr.com) sent to your terminal (cannot be confirmed) · v view";
const THROUGH_SCREEN: &str =
    "Attachment 2 (cdn.msgsndr.com) sent through screen (cannot be confirmed) · v view";
const NO_DISPLAY: &str = "Not copied: this computer's clipboard refused: ";
const CONSOLE_HAS_NONE: &str = "Not copied: the Linux console has no clipboard. v shows it";
const OFF: &str = "Not copied: the clipboard is switched off. v shows it";

/// A console with the attachment copied.
#[track_caller]
fn copied(arguments: &[&str], variables: &[(&str, &str)]) -> Terminal {
    let arguments = [&["--demo"], arguments].concat();
    let mut terminal = Terminal::run(CONSOLE, &arguments, variables, 120, 40);
    terminal.wait_for(READY);
    terminal.paste(MMS);
    terminal.wait_for("Attachments");
    terminal.key("2");
    terminal
}

/// What was sent for the terminal's clipboard: bare, and in the wrapper that screen takes off.
fn sent(terminal: &Terminal) -> (Option<String>, Option<String>) {
    let text = |escape: &str| {
        let base64 = escape.strip_prefix("52;c;").unwrap();
        String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap()
    };
    let (mut bare, mut wrapped) = (None, Vec::new());
    for piece in pieces(&terminal.raw()) {
        match piece {
            Piece::Osc(escape) => bare = Some(text(&escape)),
            Piece::Dcs(chunk) => {
                assert!(chunk.len() <= 240, "{} bytes in a chunk", chunk.len());
                wrapped.extend(chunk);
            }
            _ => {}
        }
    }
    let wrapped = pieces(&wrapped).into_iter().find_map(|piece| match piece {
        Piece::Osc(escape) => Some(text(&escape)),
        _ => None,
    });
    (bare, wrapped)
}

#[track_caller]
fn assert_copies(
    arguments: &[&str],
    variables: &[(&str, &str)],
    words: &str,
    (bare, wrapped): (bool, bool),
) {
    let terminal = copied(arguments, variables);
    terminal.wait_for(words);
    let url = |is_sent: bool| is_sent.then(|| URL.to_owned());
    let told = format!("{arguments:?} {variables:?}");
    assert_eq!(sent(&terminal), (url(bare), url(wrapped)), "{told}");
}

#[test]
fn the_surroundings_decide_which_way_a_url_goes() {
    for (variables, words, ways) in [
        (&[("TERM", "linux")][..], CONSOLE_HAS_NONE, (false, false)),
        (&[("TERM", "linux"), SSH], CONSOLE_HAS_NONE, (false, false)),
        // No display, and a tmux that is gone.
        (&[STALE_TMUX], TO_TERMINAL, (true, false)),
        (&[STALE_TMUX, SSH], TO_TERMINAL, (true, false)),
        (&[SCREEN], THROUGH_SCREEN, (false, true)),
        (&[SCREEN, SSH], THROUGH_SCREEN, (false, true)),
        (&[SSH], TO_TERMINAL, (true, false)),
        (&[], TO_TERMINAL, (true, false)),
    ] {
        assert_copies(&[], variables, words, ways);
    }
}

#[test]
fn a_chosen_way_is_taken_whatever_the_surroundings_say() {
    for (choice, variables, words, ways) in [
        ("off", &[SSH][..], OFF, (false, false)),
        ("native", &[SSH], NO_DISPLAY, (false, false)),
        ("osc52", &[("TERM", "linux")], TO_TERMINAL, (true, false)),
        ("osc52", &[STALE_TMUX], TO_TERMINAL, (true, false)),
        ("osc52", &[SCREEN], THROUGH_SCREEN, (false, true)),
        ("tmux", &[NO_TMUX, SCREEN], TO_TERMINAL, (true, false)),
        ("auto", &[SSH], TO_TERMINAL, (true, false)),
    ] {
        assert_copies(&["--clipboard", choice], variables, words, ways);
    }
}

#[test]
fn the_way_is_chosen_by_a_variable_and_by_the_config_file_too() {
    let variable = ("MSGSCOPE_CLIPBOARD", "off");
    assert_copies(&[], &[variable], OFF, (false, false));
    let folder = Folder::new();
    let file = folder.config("[ui]\nclipboard = \"off\"\n");
    assert_copies(&["--config", &file], &[], OFF, (false, false));
    let arguments = ["--config", &file, "--clipboard", "osc52"];
    assert_copies(&arguments, &[], TO_TERMINAL, (true, false));
}

#[test]
fn over_ssh_no_display_is_asked_and_here_one_that_never_answers_costs_half_a_second() {
    let trap = Trap::new();
    let address = trap.address();
    let display = format!("{}:{}", address.ip(), address.port() - 6000);
    let display = ("DISPLAY", display.as_str());
    for variable in ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"] {
        assert_copies(&[], &[(variable, "x"), display], TO_TERMINAL, (true, false));
        trap.assert_untouched();
    }
    assert_copies(&[], &[SCREEN, display], THROUGH_SCREEN, (false, true));
    assert_copies(&[], &[STALE_TMUX, SSH, display], TO_TERMINAL, (true, false));
    trap.assert_untouched();
    assert_copies(&[], &[display], TO_TERMINAL, (true, false));
    assert!(trap.is_sprung());
}

#[test]
fn the_first_copy_alone_brings_the_hint_that_fits_what_ssh_forwards() {
    for (variables, hint) in [
        (
            &[SSH, ("LC_TERMINAL", "iTerm2")][..],
            "iTerm2 asks first: Settings",
        ),
        (&[SSH, ("TERM", "xterm")], "PuTTY cannot take it"),
        (
            &[SSH, ("TERM", "screen-256color")],
            "your local tmux may block this",
        ),
        (
            &[SCREEN, ("LC_TERMINAL", "iTerm2")],
            "iTerm2 asks first: Settings",
        ),
    ] {
        let mut terminal = copied(&[], variables);
        terminal.wait_for(hint);
        assert!(terminal.screen_text().contains("· v view"), "the key stays");
        terminal.key("3");
        terminal.wait_for("Attachment 3");
        terminal.wait_for("(cannot be confirmed) · v view");
        assert!(!terminal.screen_text().contains(hint));
    }
}

/// A console that shows a copied URL alone.
#[track_caller]
fn alone() -> Terminal {
    let mut terminal = copied(&[], &[SSH]);
    terminal.wait_for(TO_TERMINAL);
    terminal.resize(80, 24);
    terminal.key("v");
    terminal.wait_for("Any key goes back.");
    terminal
}

#[test]
fn v_writes_the_url_as_one_unbroken_run_and_any_key_goes_back() {
    let mut terminal = alone();
    assert!(URL.len() > 80, "longer than a row");
    // The emulator joins rows that were wrapped, and only those.
    assert!(terminal.screen_text().contains(URL));
    let run = format!("\x1b[?1049l\x1b[?7h\r\n{URL}\r\n");
    assert_eq!(count(&terminal, run.as_bytes()), 1);
    assert_eq!(count(&terminal, GIVEN_BACK), 0);
    // A key that would quit in a pane only goes back.
    terminal.key("q");
    terminal.wait_for(READY);
    assert_eq!(count(&terminal, TAKEN), 2);
    terminal.look(|screen| assert!(screen.alternate_screen()));
}

#[test]
fn stopped_and_continued_while_a_text_stands_alone_it_is_painted() {
    let terminal = alone();
    terminal.signal(Signal::STOP);
    terminal.signal(Signal::CONT);
    terminal.wait_for(READY);
}

#[cfg(target_os = "linux")]
#[test]
fn the_desktop_is_handed_the_link_and_no_token() {
    let folder = Folder::new();
    let (opener, seen) = (folder.path("xdg-open"), folder.path("seen"));
    let script =
        format!("#!/bin/sh\nenv >{seen}.part; echo \"$@\" >>{seen}.part; mv {seen}.part {seen}\n");
    // By a child: what this process holds open for writing, and each test that starts one, could not be run.
    let written = std::process::Command::new("/bin/sh")
        .args([
            "-c",
            r#"printf %s "$1" >"$0" && chmod +x "$0""#,
            &opener,
            &script,
        ])
        .status();
    assert!(written.unwrap().success());
    let path = format!("{}:/usr/bin:/bin", folder.text());
    let variables = [("PATH", path.as_str()), ("MSGSCOPE_TOKEN", "pit-sentinel")];
    let mut terminal = copied(&[], &variables);
    terminal.wait_for(TO_TERMINAL);
    terminal.key("o");
    terminal.wait_for("Handed to the desktop");
    let seen = folder.read("seen");
    let link = "https://app.gohighlevel.com/v2/location/7ysh0vjy4EDQXyzqTu7v/conversations/";
    assert!(seen.lines().any(|line| line.starts_with(link)), "{seen}");
    assert!(
        seen.contains("PATH=") && !seen.contains("sentinel"),
        "{seen}"
    );
}
