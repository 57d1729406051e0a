//! Flags and variables: what they change, which one wins, and where the token comes from.
//! Never a token in anything that is printed: see `leak`.

use tempfile::TempDir;

use super::{ID, TOKEN, answered, answering, program};
use crate::support::program::{Program, printed, refused};
use crate::support::wire::{Wire, json, silent};

const NEW: &str = "pit-99999999-d9cb-469f-a165-70867728950e";

fn sent(wire: &Wire, header: &str) -> String {
    let requests = wire.requests();
    let [request] = &requests[..] else {
        panic!("one request");
    };
    request.header(header).unwrap().to_owned()
}

#[test]
fn variables_set_where_and_how_is_asked() {
    let wire = answering();
    let ended = program(&wire, &["get", ID])
        .variable("MSGSCOPE_API_VERSION", "v3")
        .run()
        .timeless();
    assert_eq!(ended, printed(answered(ID)));
    assert_eq!(sent(&wire, "version"), "v3");
    assert_eq!(sent(&wire, "authorization"), format!("Bearer {TOKEN}"));
}

#[test]
fn a_flag_beats_its_variable() {
    let (wire, other) = (answering(), Wire::start(|_| json(500, "{}")));
    let base_url = wire.base_url();
    let flags = [
        "--base-url",
        &base_url,
        "--api-version",
        "v4",
        "--timeout=20",
    ];
    let ended = program(&other, &[&["get", ID], &flags[..]].concat())
        .variable("MSGSCOPE_API_VERSION", "v3")
        .variable("MSGSCOPE_TIMEOUT", "soon")
        .run()
        .timeless();
    assert_eq!(ended, printed(answered(ID)));
    assert_eq!(sent(&wire, "version"), "v4");
    assert!(other.requests().is_empty());
}

#[test]
fn flags_stand_before_the_command_or_behind_it() {
    let wire = answering();
    for arguments in [
        &["--timeout", "20", "--ascii", "get", ID][..],
        &["get", "--timeout", "20", ID, "--unicode"],
    ] {
        let ended = program(&wire, arguments)
            .variable("MSGSCOPE_ASCII", "1")
            .run()
            .timeless();
        assert_eq!(ended, printed(answered(ID)));
    }
}

#[test]
fn an_empty_variable_counts_as_none() {
    let wire = answering();
    let ended = program(&wire, &["get", ID])
        .variable("MSGSCOPE_API_VERSION", "")
        .variable("MSGSCOPE_TIMEOUT", "")
        .variable("MSGSCOPE_TOKEN_FILE", "")
        .variable("MSGSCOPE_TOKEN_STDIN", "")
        .variable("MSGSCOPE_CLIPBOARD", "")
        .variable("MSGSCOPE_COLOR", "")
        .variable("MSGSCOPE_ASCII", "")
        .variable("MSGSCOPE_UNICODE", "")
        .run();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(sent(&wire, "version"), "2021-07-28");
}

#[test]
fn the_time_limit_of_the_variable_holds() {
    let wire = Wire::start(|_| silent());
    let ended = program(&wire, &["get", ID])
        .variable("MSGSCOPE_TIMEOUT", "0.2")
        .run();
    assert!(ended.out.contains(r#""kind":"timeout""#), "{ended:?}");
    assert!(ended.errors.contains("no answer in 200 ms"), "{ended:?}");
}

#[test]
fn what_cannot_be_used_is_refused_before_anything_is_sent() {
    let wire = answering();
    let plain = "plain http is for 127.0.0.1, [::1] and localhost only";
    for (flag, value, words) in [
        ("--base-url", "http://services.example", plain),
        ("--base-url", "http://127.0.0.1.example:80", plain),
        ("--base-url", "services.example", "not a URL"),
        (
            "--base-url",
            "ftp://services.example",
            "must begin with https://",
        ),
        (
            "--base-url",
            "https://me:secret@services.example",
            "user name or password",
        ),
        (
            "--base-url",
            "https://services.example/?a=b",
            "no ? and no #",
        ),
        ("--api-version", "v 3", "1 to 64 letters"),
        ("--timeout", "0", "from 0.1 to 600"),
        ("--timeout", "soon", "from 0.1 to 600"),
    ] {
        let ended = program(&wire, &["get", ID, flag, value]).run();
        assert!(ended.errors.starts_with("msgscope: "), "{ended:?}");
        assert!(ended.errors.contains(words), "{ended:?}");
        assert!(!ended.errors.contains("secret"), "{ended:?}");
        assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)), "{ended:?}");
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn a_token_file_and_standard_input_beat_the_variable() {
    let (_folder, path) = token_file(0o600, &format!("{NEW}\n"));
    for (flags, input) in [
        (vec!["--token-file", path.as_str()], String::new()),
        (vec!["--token-file", "-"], format!("{NEW}\n")),
        (vec!["--token-stdin"], format!("{NEW}\r\n")),
    ] {
        let wire = answering();
        let ended = program(&wire, &[&["get", ID], &flags[..]].concat())
            .input(input)
            .run();
        assert_eq!(ended.timeless(), printed(answered(ID)), "{flags:?}");
        assert_eq!(sent(&wire, "authorization"), format!("Bearer {NEW}"));
    }
    let wire = answering();
    let ended = program(&wire, &["get", ID])
        .variable("MSGSCOPE_TOKEN_FILE", &path)
        .run();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(sent(&wire, "authorization"), format!("Bearer {NEW}"));
}

#[test]
fn standard_input_holds_the_token_first_and_the_ids_behind_it() {
    let wire = answering();
    let ended = program(&wire, &["get", "-", "--token-stdin"])
        .input(format!("{NEW}\n{ID}\n"))
        .run();
    assert_eq!(ended.timeless(), printed(answered(ID)));
    assert_eq!(sent(&wire, "authorization"), format!("Bearer {NEW}"));
}

#[cfg(unix)]
#[test]
fn a_token_file_that_others_can_read_is_refused_with_the_command_that_helps() {
    let wire = answering();
    for mode in [0o644, 0o640, 0o604] {
        let (_folder, path) = token_file(mode, NEW);
        let ended = program(&wire, &["get", ID, "--token-file", &path]).run();
        let words = format!(
            "msgscope: token file {path}: others can read it; first run: chmod 600 {path}\n"
        );
        assert_eq!(ended, refused(2, words));
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn a_token_file_without_a_token_says_what_it_is() {
    let wire = answering();
    let two_lines = format!("{NEW}\nother\n");
    for (text, why) in [
        ("", "it is empty"),
        (" \n", "it is empty"),
        (
            two_lines.as_str(),
            "it has more than one line; the token alone belongs there",
        ),
        ("Bearer x", "the token has a blank or a line break in it"),
    ] {
        let (_folder, path) = token_file(0o600, text);
        let ended = program(&wire, &["get", ID, "--token-file", &path]).run();
        assert_eq!(
            ended,
            refused(2, format!("msgscope: token file {path}: {why}\n"))
        );
    }
    let ended = program(&wire, &["get", ID, "--token-file", "/no/such/file"]).run();
    let why = "msgscope: token file /no/such/file: there is no such file\n";
    assert_eq!(ended, refused(2, why));
    let ended = program(&wire, &["get", ID, "--token-file", "-"]).run();
    assert_eq!(
        ended,
        refused(2, "msgscope: no token came on standard input\n")
    );
    assert!(wire.requests().is_empty());
}

#[test]
fn a_token_variable_that_holds_no_token_is_refused() {
    for (token, why) in [
        ("pit x", "the token has a blank or a line break in it"),
        (
            "pit\u{2013}x",
            "the token has a character in it that is not ASCII",
        ),
    ] {
        let ended = Program::new(&["get", ID])
            .variable("MSGSCOPE_TOKEN", token)
            .run();
        assert_eq!(
            ended,
            refused(2, format!("msgscope: MSGSCOPE_TOKEN: {why}\n"))
        );
    }
}

#[test]
fn mistakes_in_a_key_map_beside_the_config_file_are_told_before_the_console_starts() {
    let folder = tempfile::tempdir().unwrap();
    let (config, keymap) = (
        folder.path().join("own.toml"),
        folder.path().join("keymap.toml"),
    );
    std::fs::write(&config, "").unwrap();
    let path = config.to_str().unwrap();
    let settings = || Program::new(&["--config", path, "config"]).run();
    assert!(
        settings().out.contains("\nkeymap        defaults\n"),
        "{:?}",
        settings()
    );
    std::fs::write(&keymap, "[panes]\nzoom = ['q']\nclse = ['x']\n[pane]\n").unwrap();
    let place = keymap.display();
    let why = format!(
        "msgscope: mistakes in the key map\n  \
         {place}:2: \"q\" has two meanings in [panes]: zoom and close, by default; take it from one of them\n  \
         {place}:3: unknown action \"clse\"; the nearest is close\n  \
         {place}:4: unknown context \"pane\"; the nearest is [panes]\n"
    );
    for arguments in [
        &["--config", path][..],
        &["--config", path, "--demo"],
        &["--config", path, "config"],
    ] {
        let ended = Program::new(arguments).run();
        assert_eq!(ended, refused(2, why.as_str()), "{arguments:?}");
    }
    std::fs::write(&keymap, "[panes]\nzoom = ['f2']\n").unwrap();
    let line = format!("\nkeymap        {place}\n");
    assert!(settings().out.contains(&line), "{:?}", settings());
}

#[test]
fn the_key_map_to_start_from_is_printed_and_changes_nothing() {
    let ended = Program::new(&["config", "--keymap"]).run();
    assert_eq!(ended, printed(msgscope::config::file::KEYMAP));
}

/// A file with that mode and text, and its path; it is gone when the folder is dropped.
fn token_file(mode: u32, text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}
