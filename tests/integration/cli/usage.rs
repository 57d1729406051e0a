//! Calls that ask for nothing: help, version, wrong usage, a console where there is no terminal.
//! Never a call that reaches the API.

use super::{ID, TOKEN};
use crate::support::program::{Program, printed, refused};
use crate::support::pty::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_msgscope");
const INSTEAD: &str =
    "Set MSGSCOPE_TOKEN, or give a file that only you can read with --token-file\n";

#[test]
fn the_version_is_the_packages() {
    let version = concat!("msgscope ", env!("CARGO_PKG_VERSION"), "\n");
    for flag in ["--version", "-V"] {
        assert_eq!(Program::new(&[flag]).run(), printed(version));
    }
}

#[test]
fn the_help_says_what_it_is_and_which_codes_it_ends_with() {
    let ended = Program::new(&["--help"]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let first = "Paste a HighLevel message id, see what happened to the message. ";
    assert!(ended.out.starts_with(first), "{}", ended.out);
    for words in [
        "get ",
        "--demo",
        "--token-file",
        "MSGSCOPE_TOKEN",
        "Exit codes",
    ] {
        assert!(ended.out.contains(words), "{words} in\n{}", ended.out);
    }
    let ended = Program::new(&["get", "--help"]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    for words in ["--format", "pretty", "json", "ndjson"] {
        assert!(ended.out.contains(words), "{words} in\n{}", ended.out);
    }
}

#[test]
fn the_help_never_shows_what_variables_hold() {
    let ended = Program::new(&["--help"])
        .variable("MSGSCOPE_TOKEN_FILE", "/home/me/customer-token")
        .variable("MSGSCOPE_BASE_URL", "https://me:secret@acme.example")
        .run();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for word in ["customer", "secret", "acme"] {
        assert!(!ended.out.contains(word), "{}", ended.out);
    }
}

#[test]
fn wrong_usage_is_told_on_standard_error() {
    for (arguments, words) in [
        (&["get"][..], "<ID>"),
        (
            &["get", ID, "--format", "xml"],
            "[possible values: pretty, json, ndjson, csv, markdown]",
        ),
        (
            &["get", ID, "--no-such-flag"],
            "unexpected argument '--no-such-flag'",
        ),
        (
            &["--color", "blue"],
            "[possible values: auto, always, never]",
        ),
        (&["--ascii", "--unicode"], "cannot be used with"),
        (&["--timeout"], "a value is required"),
        (&["--demo", "get", ID], "no command goes with it"),
    ] {
        let ended = Program::new(arguments).run();
        assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)), "{ended:?}");
        assert!(ended.errors.contains(words), "{words} in\n{}", ended.errors);
    }
}

#[test]
fn a_token_among_the_arguments_is_refused_and_never_repeated() {
    let glued = format!("--base-url=https://acme.example/?token={TOKEN}");
    let web = "eyJhbGciOiJIUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJMb2NhdGlvbiJ9.c2lnbmF0dXJl";
    for arguments in [
        &[TOKEN][..],
        &["get", TOKEN],
        &["get", ID, TOKEN],
        &["get", web],
        &["get", ID, "--token-file", TOKEN],
        &[&glued],
        &["--version", TOKEN],
    ] {
        let words = "msgscope: that looks like a token, and other users can read arguments. It was not used.\n";
        assert_eq!(
            Program::new(arguments).run(),
            refused(2, format!("{words}{INSTEAD}"))
        );
    }
}

#[test]
fn a_flag_for_the_token_is_explained() {
    for arguments in [
        &["--token", "x"][..],
        &["--token=x"],
        &["get", ID, "--token", TOKEN],
    ] {
        let words = "msgscope: there is no --token: other users can read arguments.\n";
        assert_eq!(
            Program::new(arguments).run(),
            refused(2, format!("{words}{INSTEAD}"))
        );
    }
}

#[test]
fn a_token_in_another_variable_than_its_own_is_refused_and_never_repeated() {
    let words = "msgscope: MSGSCOPE_TOKEN_FILE holds what looks like a token. It was not used.\n\
                 The token itself belongs in MSGSCOPE_TOKEN, or in the file that MSGSCOPE_TOKEN_FILE names\n";
    for arguments in [&["get", ID][..], &[], &["--help"]] {
        let ended = Program::new(arguments)
            .variable("MSGSCOPE_TOKEN_FILE", TOKEN)
            .run();
        assert_eq!(ended, refused(2, words));
    }
}

#[test]
fn a_command_spelt_wrongly_is_not_taken_for_an_id() {
    let words = "msgscope: there is no command 'gte'; the nearest is 'get'\n";
    for arguments in [&["gte"][..], &["gte", ID], &["gte", "--demo"]] {
        assert_eq!(Program::new(arguments).run(), refused(2, words));
    }
}

#[test]
fn a_hostile_argument_is_repeated_harmless() {
    let hostile = "\x1b]0;x\x07a\rb\u{9b}\u{202e}";
    for arguments in [
        &["--clipboard", hostile][..],
        &[&format!("--nosuch{hostile}")],
        &["get", "--config", hostile, ID],
    ] {
        let ended = Program::new(arguments).run();
        assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)), "{ended:?}");
        assert!(ended.errors.contains("msgscope: "), "{ended:?}");
        let steers = |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}');
        assert!(!ended.errors.contains(steers), "{ended:?}");
    }
}

#[test]
fn an_argument_that_is_no_id_is_refused_before_the_screen_is_taken() {
    let ended = Program::new(&["https://acme.example"]).run();
    assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)), "{ended:?}");
    assert!(ended.errors.starts_with("msgscope: "), "{ended:?}");
}

#[test]
fn without_a_terminal_the_console_says_in_one_line_what_works_instead() {
    let words = "msgscope: standard output is not a terminal, so nothing can be shown; \
                 --help, --version, doctor and get work without a terminal\n";
    for arguments in [&[][..], &[ID], &["--demo"], &["--token-stdin"]] {
        let ended = Program::new(arguments)
            .variable("TERM", "xterm-256color")
            .input("pit-0000\n")
            .run();
        assert_eq!(ended, refused(2, words), "{arguments:?}");
    }
}

#[test]
fn a_terminal_that_cannot_place_text_is_left_as_it_is() {
    for (name, words) in [
        ("dumb", "TERM is dumb: this terminal cannot place text"),
        ("", "TERM is not set, so it is not known how to draw here"),
    ] {
        let mut terminal = Terminal::run(PROGRAM, &["--demo"], &[("TERM", name)], 200, 24);
        terminal.wait_for("and get work without a terminal");
        assert_eq!(terminal.exit_code(), Ok(2));
        let raw = String::from_utf8(terminal.raw()).unwrap();
        assert!(raw.starts_with(&format!("msgscope: {words}; ")), "{raw:?}");
        assert!(!raw.contains('\u{1b}'), "{raw:?}");
    }
}
