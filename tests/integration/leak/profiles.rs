//! Tokens of profiles, in whatever is printed or written about them.
//! Never here: `MSGSCOPE_TOKEN` alone, which needs no profile.

use super::{FORMATS, ID, TOKENS, assert_silent};
use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::program::{Ended, Program};
use crate::support::pty::Terminal;
use crate::support::wire::{Step, Wire, bytes, json};

/// Profiles that get the same token from a variable, a file and a command.
fn three(home: &Folder, token: &str) {
    home.file("token", token);
    let script = home.file("token.sh", "cat \"$HOME/token\"\n");
    home.config(&format!(
        "[profiles.acme]\ntoken_env = \"ACME_TOKEN\"\n\
         [profiles.beta]\ntoken_file = \"~/token\"\n\
         [profiles.gamma]\ntoken_command = [\"/bin/sh\", \"{script}\"]\n"
    ));
}

/// A server that repeats the request's headers where it refuses, as some proxies do.
fn repeating() -> Wire {
    Wire::start(|request| {
        let headers = request.headers.iter();
        let headers: Vec<String> = headers
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let headers = headers.join(" ");
        let body =
            format!(r#"{{"statusCode":401,"message":"Invalid JWT {headers}","traceId":"t"}}"#);
        json(401, body)
    })
}

fn run(home: &Folder, wire: &Wire, token: &str, arguments: &[&str]) -> Ended {
    Program::new(arguments)
        .variable("PATH", "/usr/bin:/bin")
        .variable("HOME", home.text())
        .variable("MSGSCOPE_BASE_URL", &wire.base_url())
        .variable("MSGSCOPE_TOKEN", token)
        .variable("ACME_TOKEN", token)
        .run()
}

#[test]
fn config_and_doctor_tell_no_token_wherever_it_comes_from() {
    let (wire, home) = (repeating(), Folder::new());
    for token in TOKENS {
        three(&home, token);
        for command in [&["config"][..], &["doctor"], &["doctor", "--online"]] {
            for whom in [
                &[][..],
                &["--profile", "acme"],
                &["--profile", "beta"],
                &["--profile", "gamma"],
                &["--all-profiles"],
            ] {
                let ended = run(&home, &wire, token, &[command, whom].concat());
                assert_eq!(ended.errors, "");
                assert_silent(&ended);
            }
        }
    }
    let sent = wire.requests();
    assert!(sent.len() >= TOKENS.len() * 5, "{}", sent.len());
}

#[test]
fn lookups_of_profiles_tell_no_token_and_neither_does_their_log() {
    let home = Folder::new();
    let elsewhere = [
        ("Location", "https://other.example/?a=b"),
        ("Content-Length", "0"),
    ];
    let wires = [
        repeating(),
        Wire::start(|_| json(404, fixture("error-404-documented-not-found.json"))),
        Wire::start(|_| json(200, fixture("sms-inbound.json"))),
        Wire::start(|_| vec![Step::Close]),
        Wire::start(move |_| bytes(302, &elsewhere, "")),
        // A trace id that is the token: nothing stops a server from it.
        Wire::start(|request| {
            let sent = request.header("authorization").unwrap();
            let token = sent.trim_start_matches("Bearer ");
            let body = format!(r#"{{"statusCode":404,"message":"x","traceId":"{token}"}}"#);
            json(404, body)
        }),
    ];
    std::thread::scope(|asking| {
        for (number, wire) in wires.iter().enumerate() {
            let home = &home;
            let own = Folder::new();
            asking.spawn(move || {
                for token in TOKENS {
                    three(&own, token);
                    for format in FORMATS {
                        let log = home.path(&format!("log{number}"));
                        let arguments = ["get", ID, "--all-profiles", "--format", format];
                        let arguments = [&arguments[..], &["--log", &log]].concat();
                        assert_silent(&run(&own, wire, token, &arguments));
                    }
                }
            });
        }
    });
    for number in 0..wires.len() {
        let log = home.read(&format!("log{number}"));
        assert!(log.lines().count() >= TOKENS.len(), "{number}: {log}");
        assert_silent(&written(&log));
    }
}

/// A text as if it had been printed.
fn written(text: &str) -> Ended {
    Ended {
        out: text.to_owned(),
        errors: String::new(),
        code: None,
    }
}

#[test]
fn a_token_command_that_prints_the_token_and_fails_is_told_without_it() {
    let (wire, home) = (repeating(), Folder::new());
    for token in TOKENS {
        for (script, why) in [
            (format!("echo {token}\nexit 7\n"), "exit code 7"),
            (
                format!("echo {token}\necho {token} >&2\nexit 7\n"),
                "exit code 7",
            ),
            (
                format!("echo {token}\necho \"no: $(echo {token})!\" >&2\nkill -9 $$\n"),
                "signal 9",
            ),
            (format!("echo {token} {token}\n"), "is no token"),
            (format!("printf '{token}\\033[31m'\n"), "is no token"),
        ] {
            let path = home.file("token.sh", script);
            home.config(&format!(
                "[profiles.acme]\ntoken_command = [\"/bin/sh\", \"{path}\", \"a\"]\n"
            ));
            for arguments in [
                &["get", ID, "--profile", "acme"][..],
                &["get", ID, "--profile", "acme", "--format", "pretty"],
                &["get", ID, "--all-profiles", "--format", "json"],
                &["doctor", "--online", "--profile", "acme"],
            ] {
                let ended = run(&home, &wire, token, arguments);
                assert_silent(&ended);
                let told = ended.out.contains(why) || ended.errors.contains(why);
                assert!(told, "{why} in {ended:?}");
            }
        }
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn what_the_command_says_itself_is_told_unless_it_may_hold_a_token() {
    let (wire, home) = (repeating(), Folder::new());
    for token in &TOKENS[..3] {
        let script = format!("echo 'cannot unlock {token}' >&2\nexit 7\n");
        let path = home.file("token.sh", script);
        home.config(&format!(
            "[profiles.acme]\ntoken_command = [\"/bin/sh\", \"{path}\"]\n"
        ));
        let ended = run(&home, &wire, "pit-0000", &["get", ID, "--profile", "acme"]);
        assert!(ended.errors.contains("exit code 7. Mend that"), "{ended:?}");
        assert_silent(&ended);
    }
}

#[test]
fn a_token_in_the_config_file_is_not_repeated_in_whatever_it_is_wrapped() {
    let home = Folder::new();
    for token in &TOKENS[..2] {
        for text in [
            format!("token = \"{token}\"\n"),
            format!("{token} = 1\n"),
            format!("[profiles.\"{token}\"]\ntimeout = 0\n"),
            format!("[profiles.acme]\ntoken_command = \"echo {token}\"\n"),
            format!("[profiles.acme]\nbase_url = \"https://{token}@acme.example\"\n"),
            format!("[profiles.acme]\napp_url = \"https://acme.example/?t={token}\"\n"),
            format!("[profiles.acme]\ntoken_env = {token}\n"),
            format!("default_profile = \"{token}\"\n[profiles.acme]\n"),
            format!("[ui]\ntime_zone = \"{token}\"\n"),
            format!("# {token}\n[uii]\n"),
        ] {
            home.config(&text);
            for arguments in [&["config"][..], &["doctor"], &["get", ID], &[ID]] {
                let ended = Program::new(arguments).variable("HOME", home.text()).run();
                let code = if arguments == ["doctor"] { 1 } else { 2 };
                assert_eq!(ended.code, Some(code), "{text}: {ended:?}");
                assert_silent(&ended);
            }
        }
    }
}

#[test]
fn the_console_shows_no_token_of_a_profile() {
    let (wire, home) = (repeating(), Folder::new());
    for token in TOKENS {
        three(&home, token);
        let base_url = wire.base_url();
        let variables = [
            ("HOME", home.text()),
            ("MSGSCOPE_BASE_URL", base_url.as_str()),
            ("ACME_TOKEN", token),
        ];
        let program = env!("CARGO_BIN_EXE_msgscope");
        let arguments = ["--all-profiles", ID];
        let mut terminal = Terminal::run(program, &arguments, &variables, 120, 40);
        terminal.wait_for("could not tell");
        terminal.key("E");
        terminal.key("R");
        terminal.wait_for("raw");
        terminal.key("R");
        terminal.wait_gone("· raw");
        terminal.key("P");
        terminal.wait_for("from token_command");
        terminal.key("enter");
        terminal.wait_for("401: \"Invalid JWT");
        terminal.key("ctrl-c");
        assert_eq!(terminal.exit_code(), Ok(0));
        let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
        assert_silent(&written(&raw));
        assert_silent(&written(&terminal.screen_text()));
    }
}
