//! Inside a real tmux with an empty config, where there is one: what is copied arrives in the terminal around it.
//! Never here: a machine's own tmux; each server is a test's own, and ends with it.

use std::process::Command;

use tempfile::TempDir;

use super::clipboard::{MMS, URL};
use crate::support::pty::Terminal;

const THROUGH: &str = "Attachment 2 (cdn.msgsndr.com) sent to your clipboard via tmux · v view";
const BUFFERED: &str = "Attachment 2 (cdn.msgsndr.com) in tmux's buffer (prefix ]); your terminal takes no clipboard · v view";

/// A tmux of its own around a console; killed however the test ends.
struct Session {
    terminal: Terminal,
    socket: String,
    _folder: TempDir,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

impl Session {
    /// With these lines as its whole config, in a terminal that tmux knows by this name. None where there is no tmux:
    /// a machine with one proves it.
    fn new(config: &str, term: &str, columns: u16) -> Option<Self> {
        Command::new("tmux").arg("-V").output().ok()?;
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name).to_str().unwrap().to_owned();
        let (socket, file) = (path("tmux"), path("config"));
        std::fs::write(&file, config).unwrap();
        let console = format!("{} --demo", super::CONSOLE);
        let arguments = ["-u", "-S", &socket, "-f", &file, "new-session", &console];
        let terminal = Terminal::run("tmux", &arguments, &[("TERM", term)], columns, 40);
        terminal.wait_for(super::READY);
        Some(Self {
            terminal,
            socket,
            _folder: folder,
        })
    }

    /// What a command of tmux prints.
    fn tmux(&self, arguments: &[&str]) -> String {
        let ended = Command::new("tmux")
            .args(["-S", &self.socket])
            .args(arguments)
            .output();
        String::from_utf8_lossy(&ended.unwrap().stdout).into_owned()
    }

    #[track_caller]
    fn copy(&mut self) {
        self.terminal.paste(MMS);
        self.terminal.wait_for("Attachments");
        self.terminal.key("2");
    }

    #[track_caller]
    fn quit(&mut self) {
        self.terminal.key("q");
        assert_eq!(self.terminal.exit_code(), Ok(0));
    }
}

#[test]
fn a_copied_url_arrives_in_the_terminal_around_tmux_however_that_is_set() {
    for config in [
        "",
        "set -s set-clipboard on\n",
        "set -s set-clipboard off\n",
        "set -g allow-passthrough on\n",
    ] {
        let Some(mut session) = Session::new(config, "xterm-256color", 120) else {
            return;
        };
        session.copy();
        session.terminal.wait_for(THROUGH);
        session
            .terminal
            .wait_until("the URL in the clipboard", |terminal| {
                terminal.clipboard().as_deref() == Some(URL)
            });
        assert_eq!(session.tmux(&["show-buffer"]), URL, "{config}");
        session.quit();
    }
}

#[test]
fn around_a_terminal_without_a_clipboard_the_url_is_in_tmuxs_buffer() {
    let Some(mut session) = Session::new("", "vt100", 120) else {
        return;
    };
    session.copy();
    session.terminal.wait_for(BUFFERED);
    assert_eq!(session.tmux(&["show-buffer"]), URL);
    assert_eq!(session.terminal.clipboard(), None);
    session.quit();
}

#[test]
fn what_v_shows_is_one_line_to_tmux() {
    let Some(mut session) = Session::new("", "xterm-256color", 80) else {
        return;
    };
    session.copy();
    session.terminal.wait_for("· v view");
    session.terminal.key("v");
    session.terminal.wait_for("Any key goes back.");
    let joined = session.tmux(&["capture-pane", "-p", "-J"]);
    assert!(joined.lines().any(|line| line.trim() == URL), "{joined}");
    session.terminal.key("enter");
    session.terminal.wait_for(super::READY);
    session.quit();
}

#[test]
fn characters_of_many_widths_scroll_nothing_out_of_tmuxs_window() {
    let Some(mut session) = Session::new("", "xterm-256color", 80) else {
        return;
    };
    session.terminal.paste("Qv4Zs8LkTn2XcWy6MbRp");
    session.terminal.wait_for("Merhaba");
    for key in ["E", "G", "g", "R", "G", "q"] {
        session.terminal.key(key);
        session
            .terminal
            .wait_quiet(std::time::Duration::from_millis(100));
        let pane = session.tmux(&["capture-pane", "-p"]);
        let first = pane.lines().next().unwrap_or_default();
        assert!(first.contains(super::READY), "{key}:\n{pane}");
    }
    session.quit();
}
