//! `doctor`: what it finds here, what of it is a fault, and what it never tells.
//! Never a machine's own facts: what is not said by the test is not there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{TOKEN, program};
use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::program::{Ended, Program, printed};
use crate::support::wire::{Wire, json};

const TWO: &str = "[profiles.acme]\ntoken_env = \"ACME_TOKEN\"\n\
                   [profiles.beta]\ntoken_env = \"BETA_TOKEN\"\n";
const ACCEPTED: &str = "online        token, version and scope are accepted · ";

/// A call at home in that folder.
fn doctor(home: &Folder, arguments: &[&str]) -> Program {
    Program::new(&[&["doctor"], arguments].concat()).variable("HOME", home.text())
}

/// The report, its faults, and the exit code that goes with them: 1 where there are any.
#[track_caller]
fn faults(ended: &Ended) -> Vec<&str> {
    let faults: Vec<&str> = ended
        .out
        .lines()
        .filter(|line| line.contains(" ! "))
        .collect();
    assert_eq!(ended.errors, "");
    assert_eq!(ended.code, Some(i32::from(!faults.is_empty())), "{ended:?}");
    faults
}

#[track_caller]
fn assert_told(ended: &Ended, line: &str) {
    let told = ended.out.lines().any(|own| own.trim_start() == line);
    assert!(told, "{line:?} in\n{}", ended.out);
}

/// An OAuth token with those claims, as JSON.
fn oauth(claims: &str) -> String {
    let encoded = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let head = encoded(r#"{"alg":"HS256"}"#);
    format!("{head}.{}.{}", encoded(claims), encoded("SentinelSentinel"))
}

#[test]
fn it_works_without_a_config_a_terminal_and_a_network() {
    let home = Folder::new();
    let ended = doctor(&home, &[]).variable("MSGSCOPE_TOKEN", TOKEN).run();
    let expected = format!(
        "  msgscope      {}
  system        {} {}
  config        {} (not there)

profile default, asked
  base URL      https://services.leadconnectorhq.com
  API version   2021-07-28
  timeout       15 s
  token         private integration, from MSGSCOPE_TOKEN

network
  proxy         none set
  trusted roots the system's and Mozilla's, which are built in

terminal
  input         no terminal
  output        no terminal
  size          unknown
  TERM          not set
  locale        not set
  glyphs        ASCII
  colours       sixteen
  multiplexer   none
  over SSH      no
  clipboard     this computer's clipboard, backed by the terminal (OSC 52)

kept
  history       in memory only; nothing is written to disk
  log           none
",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        home.usual()
    );
    assert_eq!(ended, printed(expected));
}

#[test]
fn it_works_without_a_home() {
    let folder = Folder::new();
    let ended = Program::new(&["doctor"])
        .without("HOME")
        .variable("XDG_CONFIG_HOME", folder.text())
        .run();
    assert_eq!(
        faults(&ended),
        ["  token         ! no token is set up for this profile"]
    );
    assert!(ended.out.ends_with("\n  log           none\n"), "{ended:?}");
}

#[test]
fn what_flags_and_variables_say_of_the_terminal_is_told() {
    let home = Folder::new();
    let ended = doctor(&home, &["--clipboard", "off", "--log", &home.path("log")])
        .variable("MSGSCOPE_TOKEN", TOKEN)
        .variable("TERM", "screen-256color")
        .variable("LANG", "de_DE.UTF-8")
        .variable("TMUX", "/tmp/tmux-0/default,1,0")
        .variable("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
        .run();
    assert_eq!(faults(&ended), [""; 0]);
    for line in [
        "TERM          screen-256color",
        "locale        de_DE.UTF-8",
        "glyphs        Unicode",
        "multiplexer   tmux",
        "over SSH      yes",
        &format!("log           {}", home.path("log")),
    ] {
        assert_told(&ended, line);
    }
}

#[test]
fn every_profile_is_told_and_what_is_wrong_with_one_that_is_not_asked_is_no_fault() {
    let home = Folder::new();
    let path = home.config(TWO);
    let acme = |arguments: &[&str]| doctor(&home, arguments).variable("ACME_TOKEN", TOKEN).run();
    let ended = acme(&["--profile", "acme"]);
    assert_eq!(faults(&ended), [""; 0]);
    for line in [
        &format!("config        {path}"),
        "profile acme, asked",
        "token         private integration, from ACME_TOKEN",
        "profile beta",
        "token         the variable BETA_TOKEN is not set",
    ] {
        assert_told(&ended, line);
    }
    let unset = ["  token         ! the variable BETA_TOKEN is not set"];
    assert_eq!(faults(&acme(&["--profile", "beta"])), unset);
    assert_eq!(faults(&acme(&["--all-profiles"])), unset);
}

#[test]
fn a_broken_config_is_a_fault_with_all_its_mistakes_and_the_rest_is_told() {
    let home = Folder::new();
    let path = home.config("colour = 1\n[profiles.acme]\ntoken = \"pit-0000\"\n[uii]\n");
    let ended = doctor(&home, &["--online"])
        .variable("HTTPS_PROXY", "http://proxy.example:3128")
        .run();
    let first = "  config        ! mistakes in the config file";
    assert_eq!(faults(&ended), [first]);
    for (line, words) in [
        (
            1,
            "unknown key \"colour\"; known here: default_profile, download_dir, profiles, history, ui",
        ),
        (
            3,
            "a token must not stand in this file: others may read, sync or share it; \
             use token_env, token_file or token_command",
        ),
        (4, "unknown key \"uii\"; the nearest is ui"),
    ] {
        assert_told(&ended, &format!("{path}:{line}: {words}"));
    }
    assert_told(&ended, "HTTPS_PROXY   http://proxy.example:3128");
    assert!(!ended.out.contains("pit-"), "{ended:?}");
}

#[test]
fn a_token_file_that_others_can_read_is_a_fault_with_the_command_that_helps() {
    let home = Folder::new();
    let path = home.file_with(0o644, "acme.token", TOKEN);
    home.config("[profiles.acme]\ntoken_file = \"~/acme.token\"\n");
    let ended = doctor(&home, &[]).run();
    let [fault] = faults(&ended)[..] else {
        panic!("one fault: {ended:?}");
    };
    let words = format!("token file {path}: others can read it; first run: chmod 600 {path}");
    assert!(fault.ends_with(&words), "{fault}");
    assert!(!ended.out.contains(TOKEN), "{ended:?}");
}

#[test]
fn proxies_are_named_without_their_user_and_password() {
    let home = Folder::new();
    let ended = doctor(&home, &[])
        .variable("MSGSCOPE_TOKEN", TOKEN)
        .variable(
            "HTTPS_PROXY",
            "http://someone:hunter2@proxy.example:3128/path",
        )
        .variable("http_proxy", "someone:hunter2@plain.example:8080")
        .variable("ALL_PROXY", "socks5h://someone:hunter2@socks.example")
        .variable("no_proxy", "localhost,.internal.example")
        .run();
    assert_eq!(faults(&ended), [""; 0]);
    for line in [
        "HTTPS_PROXY   http://proxy.example:3128",
        "http_proxy    http://plain.example:8080",
        "ALL_PROXY     socks5h://socks.example",
        "no_proxy      localhost,.internal.example",
    ] {
        assert_told(&ended, line);
    }
    for secret in ["someone", "hunter2"] {
        assert!(!ended.out.contains(secret), "{ended:?}");
    }
}

#[test]
fn what_an_oauth_token_says_of_itself_is_told_and_never_the_token() {
    let home = Folder::new();
    let location =
        r#"{"authClass":"Location","authClassId":"7ysh0vjy4EDQXyzqTu7v","exp":4102444800}"#;
    let agency = r#"{"authClass":"Company","authClassId":"aaaabbbbcccc","exp":1700000000}"#;
    let hostile = "{\"locationId\":\"a\\u001b]0;b\\nc\"}";
    for (claims, told, expired) in [
        (
            location,
            &[
                "token class   Location",
                "location      7ysh0vjy4EDQXyzqTu7v",
            ][..],
            false,
        ),
        (agency, &["token class   Company"], true),
        (hostile, &[], false),
        ("{}", &[], false),
    ] {
        let token = oauth(claims);
        let ended = doctor(&home, &[]).variable("MSGSCOPE_TOKEN", &token).run();
        assert_told(&ended, "token         OAuth, from MSGSCOPE_TOKEN");
        for line in told {
            assert_told(&ended, line);
        }
        let faults = faults(&ended);
        assert_eq!(faults.len(), usize::from(expired), "{ended:?}");
        for fault in faults {
            let begin = "  expires       ! 14 Nov 2023 22:13 UTC, ";
            assert!(fault.starts_with(begin), "{fault}");
            assert!(fault.ends_with(" ago: fetch a new one"), "{fault}");
        }
        for part in token.split('.') {
            assert!(!ended.out.contains(part), "{ended:?}");
        }
        assert!(!ended.out.contains('\u{1b}'), "{ended:?}");
    }
    let ended = doctor(&home, &[])
        .variable("MSGSCOPE_TOKEN", &oauth(location))
        .run();
    let begin = "  expires       1 Jan 2100 00:00 UTC, in ";
    assert!(
        ended.out.lines().any(|line| line.starts_with(begin)),
        "{ended:?}"
    );
}

#[test]
fn online_an_impossible_id_tells_that_token_version_and_scope_are_accepted() {
    for (http, name) in [
        (404, "error-404-documented-not-found.json"),
        (400, "error-400-message-not-found.json"),
        (400, "error-400-bad-request-documented.json"),
    ] {
        let wire = Wire::start(move |_| json(http, fixture(name)));
        let ended = program(&wire, &["doctor", "--online"]).run();
        assert_eq!(faults(&ended), [""; 0]);
        assert!(ended.out.contains(ACCEPTED), "{name}: {ended:?}");
        let first = &wire.requests()[0];
        assert_eq!(first.path, "/conversations/messages/msgscopeDoctor000000");
        assert_eq!(first.header("version"), Some("2021-07-28"));
        let bearer = format!("Bearer {TOKEN}");
        assert_eq!(first.header("authorization"), Some(bearer.as_str()));
    }
}

#[test]
fn online_what_is_refused_is_a_fault_with_the_apis_words() {
    for (http, name, words) in [
        (
            401,
            "error-401-invalid-jwt.json",
            "token refused: HighLevel does not know this token: revoked, rotated or mistyped. 401: \"Invalid JWT\"",
        ),
        (
            401,
            "error-401-invalid-version.json",
            "version header refused: The API does not know version 2021-07-28. 401: ",
        ),
        (
            401,
            "error-401-missing-scope.json",
            "not allowed: The token works but may not read messages. Logging in again changes nothing. \
             401: \"The token is not authorized for this scope.\"",
        ),
        (
            403,
            "error-403-cloudflare-1010.json",
            "not HighLevel's answer: ",
        ),
    ] {
        let wire = Wire::start(move |_| json(http, fixture(name)));
        let ended = program(&wire, &["doctor", "--online"]).run();
        let [fault] = faults(&ended)[..] else {
            panic!("one fault: {ended:?}");
        };
        let begin = format!("  online        ! {words}");
        assert!(fault.starts_with(&begin), "{begin} in\n{fault}");
        assert_eq!(wire.requests().len(), 1, "{name}");
        assert!(!ended.out.contains(TOKEN), "{ended:?}");
    }
}

#[test]
fn online_those_are_asked_that_a_lookup_would_ask() {
    let home = Folder::new();
    home.config(TWO);
    let run = |arguments: &[&str]| {
        let wire = Wire::start(|_| json(404, fixture("error-404-documented-not-found.json")));
        let ended = program(&wire, &[&["doctor", "--online"], arguments].concat())
            .variable("HOME", home.text())
            .variable("ACME_TOKEN", "pit-aaaa")
            .variable("BETA_TOKEN", "pit-bbbb")
            .run();
        assert_eq!(faults(&ended), [""; 0]);
        let requests = wire.requests().into_iter();
        let sent = requests.map(|one| one.header("authorization").unwrap().to_owned());
        let mut sent: Vec<String> = sent.collect();
        sent.dedup();
        (ended.out.matches(ACCEPTED).count(), sent)
    };
    let bearers = |tokens: &[&str]| -> Vec<String> {
        tokens
            .iter()
            .map(|token| format!("Bearer {token}"))
            .collect()
    };
    assert_eq!(run(&["--profile", "beta"]), (1, bearers(&["pit-bbbb"])));
    let both = bearers(&["pit-aaaa", "pit-bbbb"]);
    assert_eq!(run(&["--all-profiles"]), (2, both));
}

#[test]
fn online_a_token_command_is_run_and_without_a_token_nothing_is_sent() {
    let (wire, home) = (
        Wire::start(|_| json(404, fixture("error-404-documented-not-found.json"))),
        Folder::new(),
    );
    let script = home.file("acme.sh", "echo run >> \"$HOME/runs\"\necho pit-aaaa\n");
    home.config(&format!(
        "[profiles.acme]\ntoken_command = [\"/bin/sh\", \"{script}\"]\n"
    ));
    let online = |arguments: &[&str]| {
        program(&wire, &[&["doctor", "--online"], arguments].concat())
            .variable("HOME", home.text())
            .variable("MSGSCOPE_TOKEN", "")
            .run()
    };
    let ended = online(&["--profile", "acme"]);
    assert_eq!(faults(&ended), [""; 0]);
    assert!(ended.out.contains(ACCEPTED), "{ended:?}");
    assert_eq!(home.read("runs"), "run\n");
    let asked = wire.requests().len();
    home.config("[profiles.acme]\n");
    let ended = online(&[]);
    let faults = faults(&ended);
    assert_eq!(faults.len(), 2, "{ended:?}");
    let why = "  online        ! no token: There is no token to ask with, or none arrived.";
    assert_eq!(faults[1].trim_end(), why);
    assert_eq!(wire.requests().len(), asked);
}
