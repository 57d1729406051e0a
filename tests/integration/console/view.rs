//! `msgscope view` in a real terminal: a file or a pipe looked at, keys working, nothing sent and nothing made.
//! Never what is recognised: that is tested beside the code.

use std::fs;

use super::CONSOLE;
use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::pty::Terminal;
use crate::support::wire::{Wire, json};

#[test]
fn a_webhooks_file_is_looked_at_without_a_token_and_nothing_is_sent_or_made() {
    let server = Wire::start(|_| json(200, "{}"));
    let (base_url, folder) = (server.base_url(), Folder::new());
    let file = folder.file("hook.json", fixture("webhook-inbound-call.json"));
    let data = folder.path("data");
    let variables = [
        ("MSGSCOPE_BASE_URL", base_url.as_str()),
        ("MSGSCOPE_DATA_DIR", data.as_str()),
        ("MSGSCOPE_NO_HISTORY", "0"),
    ];
    let mut terminal = Terminal::run(CONSOLE, &["view", &file], &variables, 120, 30);
    terminal.wait_for("✓ completed");
    terminal.wait_for("History 1/1");
    terminal.wait_for("hook.json");
    for key in ["r", "w", "L", "s", "P"] {
        terminal.key("j");
        terminal.wait_gone("Nothing is asked in view");
        terminal.key(key);
        terminal.wait_for("Nothing is asked in view");
    }
    terminal.paste("ve9EPM428h8vShlRW1KT");
    terminal.key("R");
    terminal.wait_for("raw");
    assert!(!terminal.screen_text().contains("oken"));
    terminal.key("R");
    terminal.wait_gone("· raw");
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
    assert!(server.requests().is_empty());
    assert!(!folder.has("data"));
    let own = fs::read_dir(folder.text()).unwrap().count();
    assert_eq!(own, 1);
}

#[test]
fn what_comes_through_a_pipe_leaves_the_keyboard_usable() {
    let folder = Folder::new();
    let page = fixture("conversation-messages-page-double-wrapped-issue54.json");
    let file = folder.file("page.json", page);
    let command = format!("cat {file} | {CONSOLE} view -");
    let mut terminal = Terminal::run("/bin/sh", &["-c", &command], &[], 120, 30);
    terminal.wait_for("History 1/3");
    terminal.wait_for("standard input");
    terminal.wait_for("✓ delivered");
    terminal.key("shift-tab");
    terminal.key("j");
    terminal.key("j");
    terminal.key("enter");
    terminal.wait_for("✓ completed");
    terminal.key("shift-tab");
    terminal.key("/");
    terminal.type_text("hi");
    terminal.wait_for("History 1/1 of 3");
    terminal.key("ctrl-c");
    assert_eq!(terminal.exit_code(), Ok(0));
}
