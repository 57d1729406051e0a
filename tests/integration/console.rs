//! The console's main job in a real terminal: paste an id, see what happened, copy, quit.
//! Never here: what the modes of the terminal are before and after (`terminal`).

mod exporting;
mod history;
mod many;
mod profiles;
mod saving;
mod view;

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::Duration;

use crate::support::fixtures::fixture;
use crate::support::pty::Terminal;
use crate::support::wire::{Step, Wire, bytes, json};

const CONSOLE: &str = env!("CARGO_BIN_EXE_msgscope");
const OVER_SSH: (&str, &str) = ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
const SIZES: [(u16, u16); 2] = [(120, 30), (80, 24)];

#[track_caller]
fn demo((columns, rows): (u16, u16)) -> Terminal {
    let terminal = Terminal::run(CONSOLE, &["--demo"], &[OVER_SSH], columns, rows);
    terminal.wait_for("Message id");
    terminal
}

#[track_caller]
fn quit(mut terminal: Terminal) {
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
}

#[test]
fn a_pasted_id_is_answered_with_what_why_and_next() {
    for size in SIZES {
        let mut terminal = demo(size);
        terminal.paste("VY80mMXYjmpyLMocAVq5");
        terminal.wait_for("Error 30007 - Message filtered");
        let screen = terminal.screen_text();
        for words in ["✗ failed", "→ outbound", "Why", "Next", "bit.ly"] {
            assert!(screen.contains(words), "{words} in\n{screen}");
        }
        quit(terminal);
    }
}

#[test]
fn meta_unfolds_to_its_values() {
    for size in SIZES {
        let mut terminal = demo(size);
        terminal.paste("idnmc3DlXvdXQO4pxHLy");
        terminal.wait_for("▾ Call");
        terminal.key("G");
        terminal.wait_for("▸ meta");
        terminal.key("k");
        terminal.key("k");
        terminal.key("l");
        terminal.wait_for("▸ call");
        terminal.key("j");
        terminal.key("l");
        terminal.wait_for("▾ call");
        terminal.wait_for("duration");
        quit(terminal);
    }
}

#[test]
fn the_second_attachment_arrives_in_the_terminals_clipboard() {
    for size in SIZES {
        let mut terminal = demo(size);
        terminal.paste("aT7cHm3NtFi1eSx9KwPq");
        terminal.wait_for("Attachments");
        terminal.key("2");
        terminal.wait_for("sent to your terminal");
        let copied = terminal.clipboard().unwrap();
        assert!(
            copied.starts_with("https://cdn.msgsndr.com/location%2F")
                && copied.ends_with(".pdf?alt=media"),
            "{copied}"
        );
        terminal.key("v");
        terminal.wait_for("Any key goes back");
        assert!(
            terminal
                .raw()
                .windows(copied.len())
                .any(|run| run == copied.as_bytes())
        );
        terminal.key("enter");
        terminal.wait_for("Message id");
        quit(terminal);
    }
}

#[test]
fn a_failed_emails_bounce_reason_is_read_and_copied_as_a_ticket() {
    for size in SIZES {
        let mut terminal = demo(size);
        terminal.paste("Px8me2K3yYDve2Y2enXh");
        terminal.wait_for("knows no such mailbox");
        terminal.key("Y");
        terminal.wait_for("sent to your terminal");
        let ticket = terminal.clipboard().unwrap();
        let lines: Vec<&str> = ticket.lines().collect();
        assert_eq!(lines[0], "**EMAIL failed**", "{ticket}");
        assert_eq!(
            lines[1],
            "- why: The receiving server knows no such mailbox. Final. (email record, error: \"1 Requested \
             mail action aborted, mailbox not found\")",
            "{ticket}"
        );
        assert!(!ticket.contains("nobody@example.com"), "{ticket}");
        quit(terminal);
    }
}

#[test]
fn what_belongs_to_a_call_is_read_in_the_demo_and_its_messages_in_pages() {
    let mut terminal = demo((120, 30));
    terminal.paste("h8TC9QDvm6i0bnGVjVV0");
    terminal.wait_for("Transcript");
    terminal.key("L");
    terminal.wait_for("Dana Poe");
    terminal.wait_for("Acme Studio");
    terminal.paste("lmjOL3agcrEBw7TSTb7z");
    terminal.wait_for("conversation   20 messages so far");
    for messages in ["40 messages so far", "60 messages so far"] {
        for _ in 0..6 {
            terminal.key("ctrl-d");
        }
        terminal.wait_for(messages);
    }
    quit(terminal);
}

#[test]
fn each_error_has_its_own_words() {
    // Together: those that are tried again take their time.
    std::thread::scope(|sizes| {
        for size in SIZES {
            sizes.spawn(move || errors(size));
        }
    });
}

fn errors(size: (u16, u16)) {
    let mut terminal = demo(size);
    for (id, words) in [
        ("e400BadId5Tq8WmZr2Kx", "refused as invalid"),
        ("e422Invalid9Gx3TwLp6", "refused as invalid"),
        ("e401Scope7Yh2KmPq9Rt", "not allowed"),
        ("e401Token4Wd8NxVb6Lc", "token refused"),
        ("e401Agency3Pf5ZkTq8M", "wrong kind of token"),
        ("e401Version4Hp9SyGc7", "version header refused"),
        ("e403Location8Bn4QyVt", "other sub-account"),
        ("e429Lasting7Fk4DzHm5", "rate limit"),
        ("e500Server3Xt8PbYw6Q", "HighLevel failed"),
        ("e502Proxy6Lm2VrKs9Jh", "not HighLevel's answer"),
        ("e302Redirect4Zc7NwTg", "redirect not followed"),
        ("hangsUpAtOnce6Qv3YmB", "no connection"),
        ("cutOffHalfway7Dw2MzP", "answer not understood"),
        ("aaaaBBBBccccDDDDeeee", "not found"),
    ] {
        terminal.paste(id);
        terminal.wait_for(&format!("! {words}"));
        terminal.wait_for("Next");
    }
    quit(terminal);
}

#[test]
fn a_gateway_time_out_is_asked_again_and_answered() {
    let mut terminal = demo((120, 30));
    terminal.paste("e401Gateway6Hs9RjXw2");
    terminal.wait_for("Answered at the second try.");
    quit(terminal);
}

#[test]
fn a_lookup_that_is_tried_again_says_why_and_when() {
    const PASSING: &str = "ve9EPM428h8vShlRW1KT";
    const GATEWAY: &str = "h8TC9QDvm6i0bnGVjVV0";
    let limited = |seconds| {
        let headers = [("Retry-After", seconds), ("Content-Length", "0")];
        bytes(429, &headers, "")
    };
    for (columns, rows) in SIZES {
        let asked = Mutex::new(HashSet::new());
        let server = Wire::start(move |request| {
            let id = request.path.rsplit('/').next().unwrap().to_owned();
            let first = asked.lock().unwrap().insert(id.clone());
            let mut later = vec![Step::Wait(Duration::from_millis(800))];
            later.extend(json(200, fixture("sms-outbound-delivered.json")));
            match (id.as_str(), first) {
                (PASSING, true) => limited("1"),
                (GATEWAY, true) => json(401, fixture("error-401-command-timed-out.json")),
                (PASSING | GATEWAY, false) => later,
                _ => limited("14"),
            }
        });
        let base_url = server.base_url();
        let variables = [
            ("MSGSCOPE_BASE_URL", base_url.as_str()),
            ("MSGSCOPE_TOKEN", "pit-0000"),
        ];
        let mut terminal = Terminal::run(CONSOLE, &[], &variables, columns, rows);
        terminal.wait_for("Message id");
        terminal.paste(PASSING);
        terminal.wait_for("waiting for the limit");
        terminal.wait_for("Too many requests. Try 2 of 4 at ");
        terminal.wait_for("Nothing to do. Ctrl-C cancels.");
        terminal.wait_for("asked again");
        terminal.wait_for("✓ delivered");
        terminal.paste(GATEWAY);
        terminal.wait_for("asked again");
        terminal.wait_for("The gateway timed out and called it 401.");
        terminal.wait_for("Try 2");
        terminal.wait_for("✓ delivered");
        terminal.paste("STAjKD1GNDCJfbNOjHzr");
        terminal.wait_for("Too many requests. Try 2 of 4 at ");
        terminal.key("ctrl-c");
        terminal.wait_for("! cancelled");
        assert_eq!(server.requests().len(), 5);
        quit(terminal);
    }
}

#[test]
fn an_impossible_id_is_refused_and_nothing_is_sent() {
    let server = Wire::start(|_| json(200, "{}"));
    let base_url = server.base_url();
    let variables = [
        ("MSGSCOPE_BASE_URL", base_url.as_str()),
        ("MSGSCOPE_TOKEN", "pit-0000"),
    ];
    let mut terminal = Terminal::run(CONSOLE, &[], &variables, 120, 30);
    terminal.wait_for("Message id");
    terminal.type_text("what/is.this");
    terminal.key("enter");
    terminal.wait_for("That can't be an id");
    terminal.key("ctrl-c");
    assert_eq!(terminal.exit_code(), Ok(0));
    assert!(server.requests().is_empty());
}

#[test]
fn real_life_bodies_of_another_server_are_understood() {
    for (columns, rows) in SIZES {
        let server = Wire::start(|request| match request.path.rsplit('/').next() {
            Some("h8TC9QDvm6i0bnGVjVV0") => {
                json(200, fixture("call-outbound-completed-issue258.json"))
            }
            Some("STAjKD1GNDCJfbNOjHzr") => json(200, fixture("mms-outbound-attachments.json")),
            _ => json(401, fixture("error-401-missing-scope.json")),
        });
        let base_url = server.base_url();
        let variables = [
            ("MSGSCOPE_BASE_URL", base_url.as_str()),
            ("MSGSCOPE_TOKEN", "pit-0000"),
            OVER_SSH,
        ];
        let mut terminal = Terminal::run(CONSOLE, &[], &variables, columns, rows);
        terminal.wait_for("Message id");
        terminal.paste(
            "https://services.leadconnectorhq.com/conversations/messages/h8TC9QDvm6i0bnGVjVV0",
        );
        terminal.wait_for("✓ completed");
        terminal.wait_for("37 s");
        terminal.paste("messageId=STAjKD1GNDCJfbNOjHzr status=sent");
        terminal.wait_for("… sent");
        terminal.key("1");
        terminal.wait_for("cdn.msgsndr.com");
        terminal.paste("ve9EPM428h8vShlRW1KT");
        terminal.wait_for("! not allowed");
        let asked = server.requests();
        assert_eq!(asked.len(), 3);
        assert_eq!(asked[0].header("Version"), Some("2021-07-28"));
        quit(terminal);
    }
}

#[test]
fn without_a_token_one_is_asked_for_masked_and_used() {
    let server = Wire::start(|_| json(200, fixture("sms-outbound-delivered.json")));
    let base_url = server.base_url();
    let mut terminal = Terminal::run(
        CONSOLE,
        &[],
        &[("MSGSCOPE_BASE_URL", base_url.as_str())],
        120,
        30,
    );
    terminal.wait_for("Token ›");
    terminal.paste("ve9EPM428h8vShlRW1KT");
    terminal.wait_for("That looks like a message id");
    terminal.paste("pit-01234567-89ab-cdef-0123-456789abcdef\n");
    terminal.wait_for("••••");
    terminal.key("enter");
    terminal.wait_for("✓ delivered");
    let authorization = server.requests()[0]
        .header("Authorization")
        .map(str::to_owned);
    assert_eq!(
        authorization.as_deref(),
        Some("Bearer pit-01234567-89ab-cdef-0123-456789abcdef")
    );
    let raw = terminal.raw();
    assert!(!raw.windows(8).any(|bytes| bytes == b"01234567"));
    quit(terminal);
}

#[test]
fn a_hostile_message_cannot_steer_the_terminal() {
    let mut terminal = demo((120, 30));
    let before = terminal.raw().len();
    terminal.paste("Fg3Hx7YkQz5WvNt9LcRd");
    terminal.wait_for("hidden characters");
    terminal.key("E");
    terminal.key("R");
    terminal.wait_for("raw");
    let drawn = String::from_utf8_lossy(&terminal.raw()[before..]).into_owned();
    assert!(
        !drawn.contains("\u{1b}]0;") && !drawn.contains('\u{202e}') && !drawn.contains('\u{9b}')
    );
    terminal.key("R");
    terminal.wait_gone("· raw");
    quit(terminal);
}
