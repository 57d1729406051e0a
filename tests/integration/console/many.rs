//! Very many ids pasted at once in a real terminal.
//! Never which key starts or drops them: that is in `screens`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::CONSOLE;
use crate::support::fixtures::fixture;
use crate::support::limit::Limit;
use crate::support::pty::Terminal;
use crate::support::wire::Wire;

#[test]
fn two_hundred_and_fifty_pasted_ids_finish_without_a_single_429_after_one_enter() {
    let limit = Arc::<Limit>::default();
    let counted = Arc::clone(&limit);
    let delivered = fixture("sms-outbound-delivered.json");
    let server = Wire::start(move |_| counted.answer(&delivered));
    let base_url = server.base_url();
    let variables = [
        ("MSGSCOPE_BASE_URL", base_url.as_str()),
        ("MSGSCOPE_TOKEN", "pit-0000"),
    ];
    let mut terminal = Terminal::run(CONSOLE, &[], &variables, 120, 30);
    terminal.wait_for("Message id");
    let ids: Vec<_> = (0..250)
        .map(|n| format!("aaaaBBBBccccDDDD{n:04}"))
        .collect();
    terminal.paste(&ids.join("\n"));
    terminal.wait_for("250 ids. Enter starts, Esc drops them");
    assert_eq!(server.requests().len(), 0);

    let start = Instant::now();
    terminal.key("enter");
    terminal.wait_for("✓ delivered");
    terminal.wait_until("all asked", |_| server.requests().len() == 250);
    // One Ctrl-C quits only where nothing is under way any more: else it stops what is.
    terminal.wait_quiet(Duration::from_secs(1));
    assert!(start.elapsed() < Duration::from_secs(15));
    assert_eq!(limit.refused(), 0);
    let screen = terminal.screen_text();
    for words in ["▪ batch of 250", "250 of 250", "/20 per 500 ms"] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    terminal.key("ctrl-c");
    assert_eq!(terminal.exit_code(), Ok(0));
    assert_eq!((limit.refused(), server.requests().len()), (0, 250));
}

#[test]
fn ids_of_the_command_line_are_a_batch_from_the_start() {
    let ids = [
        "VY80mMXYjmpyLMocAVq5",
        "ve9EPM428h8vShlRW1KT",
        "aaaaBBBBccccDDDDeeee",
    ];
    let arguments = [&["--demo"][..], &ids].concat();
    let mut terminal = Terminal::run(CONSOLE, &arguments, &[], 120, 30);
    terminal.wait_for("✓ 3 of 3");
    terminal.wait_for("▪ batch of 3  1 ✗  1 !");
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
}
