//! Inside a real tmux with an empty config, where there is one: what is copied arrives in the terminal around it.
//! Never here: a machine's own tmux; the server is a test's own, and ends with it.

use std::process::Command;

use crate::support::pty::Terminal;

/// Kills the server however the test ends.
struct Server(String);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("tmux")
            .args(["-S", &self.0, "kill-server"])
            .output();
    }
}

#[test]
fn a_copied_url_arrives_in_the_terminal_around_tmux() {
    if Command::new("tmux").arg("-V").output().is_err() {
        // Nothing to be proven here; a machine with tmux proves it.
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("tmux");
    let server = Server(socket.to_str().unwrap().to_owned());
    let console = format!("{} --demo", super::CONSOLE);
    let arguments = ["-S", &server.0, "-f", "/dev/null", "new-session", &console];
    let mut terminal = Terminal::run("tmux", &arguments, &[], 120, 40);
    terminal.wait_for(super::READY);
    terminal.paste("aT7cHm3NtFi1eSx9KwPq");
    terminal.wait_for("Attachments");
    terminal.key("2");
    terminal.wait_for("Sent to your clipboard via tmux");
    terminal.wait_until("the URL in the terminal's clipboard", |terminal| {
        terminal
            .clipboard()
            .is_some_and(|text| text.starts_with("https://") && !text.contains(char::is_whitespace))
    });
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
}
