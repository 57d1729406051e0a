//! Several sub-accounts in a real terminal: switching between them, and finding the one that has a message.
//! Never what a config file may say, which is tested beside `config`.

use super::{CONSOLE, quit};
use crate::support::accounts::{
    Accounts, OF_ACME, OF_ALL, OF_BRAVO, OF_CHARLIE, OF_NOBODY, TOKENS, VARIABLE,
};
use crate::support::pty::Terminal;

const ACME: &str = TOKENS[0];
const BRAVO: &str = TOKENS[1];
const CHARLIE: &str = TOKENS[2];

#[track_caller]
fn console(accounts: &Accounts, arguments: &[&str]) -> Terminal {
    let config = accounts.config();
    let variables = [("MSGSCOPE_CONFIG", config.as_str()), VARIABLE];
    let terminal = Terminal::run(CONSOLE, arguments, &variables, 120, 30);
    terminal.wait_for("Message id");
    terminal
}

/// Pastes an id and waits until it was asked for, and as whom.
#[track_caller]
fn paste(terminal: &mut Terminal, accounts: &Accounts, id: &str, tokens: &[&str]) {
    terminal.paste(id);
    terminal.wait_until("a request", |_| !accounts.asked_for(id).is_empty());
    assert_eq!(accounts.asked_for(id), tokens);
}

#[test]
fn the_picker_changes_the_sub_account_and_the_next_lookup_carries_its_token() {
    let accounts = Accounts::new();
    let mut terminal = console(&accounts, &[]);
    paste(&mut terminal, &accounts, OF_ALL, &[ACME]);
    terminal.wait_for("✓ delivered");

    terminal.key("P");
    for row in [
        "*  acme · 127.0.0.1:",
        "bravo · 127.0.0.1:",
        "charlie · 127.0.0.1:",
    ] {
        terminal.wait_for(row);
    }
    terminal.type_text("brav");
    terminal.wait_gone("charlie");
    terminal.key("enter");
    terminal.wait_for("Asking as bravo from now on");
    terminal.wait_for("msgscope ─ bravo · 127.0.0.1:");
    paste(&mut terminal, &accounts, OF_BRAVO, &[BRAVO]);
    terminal.wait_for("History 1/2");
    terminal.wait_for("✓ delivered");
    assert_eq!(accounts.asked_for(OF_ALL), [ACME]);
    assert_eq!(accounts.runs(), 0);
    quit(terminal);
}

#[test]
fn a_token_command_is_run_when_its_profile_is_asked_and_once() {
    let accounts = Accounts::new();
    let mut terminal = console(&accounts, &[]);
    paste(&mut terminal, &accounts, OF_ACME, &[ACME]);
    terminal.wait_for("✓ delivered");
    terminal.key("P");
    terminal.wait_for("charlie · ");
    terminal.type_text("charlie");
    terminal.key("enter");
    terminal.wait_for("Asking as charlie from now on");
    assert_eq!(accounts.runs(), 0, "only picked");
    for id in [OF_CHARLIE, OF_ALL] {
        paste(&mut terminal, &accounts, id, &[CHARLIE]);
        assert_eq!(accounts.runs(), 1);
    }
    terminal.wait_for("History 1/3");
    quit(terminal);
}

#[test]
fn after_a_not_found_the_first_row_of_the_picker_finds_the_owner_and_the_screen_names_it() {
    let accounts = Accounts::new();
    let mut terminal = console(&accounts, &[]);
    paste(&mut terminal, &accounts, OF_CHARLIE, &[ACME]);
    terminal.wait_for("! not found   no such message in acme");
    terminal.wait_for("P Enter asks the other 2 profiles for it.");
    assert_eq!(accounts.runs(), 0);

    terminal.key("P");
    terminal.wait_for(&format!("all 2 others · which has {OF_CHARLIE}?"));
    terminal.key("enter");
    terminal.wait_for("✓ delivered");
    terminal.wait_for("Found in charlie, of 2 profiles asked.");
    assert_eq!(accounts.runs(), 1);
    // The one that was asked before is not asked again; whether the other one had its turn is open.
    let asked = accounts.asked_for(OF_CHARLIE);
    let others: Vec<_> = asked.iter().filter(|token| *token != BRAVO).collect();
    assert_eq!(others, [ACME, CHARLIE]);

    // Only this one lookup was asked elsewhere.
    terminal.wait_for("msgscope ─ acme · 127.0.0.1:");
    paste(&mut terminal, &accounts, OF_ACME, &[ACME]);
    quit(terminal);
}

#[test]
fn all_profiles_at_start_find_the_owner() {
    for (id, owner) in [(OF_BRAVO, "bravo"), (OF_CHARLIE, "charlie")] {
        let accounts = Accounts::new();
        let terminal = console(&accounts, &["--all-profiles", id]);
        terminal.wait_for("msgscope ─ all 3 profiles");
        terminal.wait_for("✓ delivered");
        terminal.wait_for(&format!("Found in {owner}, of 3 profiles asked."));
        quit(terminal);
    }
}

#[test]
fn where_no_profile_has_it_one_table_says_what_each_answered() {
    let accounts = Accounts::new();
    let terminal = console(&accounts, &["--all-profiles", OF_NOBODY]);
    terminal.wait_for("! not found   in none of 3 profiles");
    terminal.wait_for("▾ Profiles  what each answered");
    let screen = terminal.screen_text();
    for name in ["acme", "bravo", "charlie"] {
        let mut rows = screen.lines().filter(|row| row.contains(name));
        let row = rows.next().expect(name);
        assert!(row.contains("not found · 404 · "), "{row}");
        assert_eq!(rows.next(), None, "{name}");
    }
    assert_eq!(accounts.asked_for(OF_NOBODY), TOKENS);
    quit(terminal);
}
