//! Profiles: whose token is sent, where it comes from, and which of all sub-accounts has a message.
//! Never here: what is wrong with a config file; that is in `config`.

use super::{ID, OTHER, TOKEN, asked, message, on_one_line};
use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::program::{Program, refused};
use crate::support::wire::{Request, Step, Wire, json};

pub(super) const ACME: &str = "pit-aaaaaaaa-d9cb-469f-a165-70867728950e";
pub(super) const BETA: &str = "pit-bbbbbbbb-d9cb-469f-a165-70867728950e";
pub(super) const GAMMA: &str = "pit-cccccccc-d9cb-469f-a165-70867728950e";
pub(super) const THREE: &str = "[profiles.acme]\ntoken_env = \"ACME_TOKEN\"\n\
                     [profiles.beta]\ntoken_env = \"BETA_TOKEN\"\n\
                     [profiles.gamma]\ntoken_env = \"GAMMA_TOKEN\"\n";

/// A call with that config file, which asks the server as each profile says; every profile's token is set, and
/// `MSGSCOPE_TOKEN` too.
pub(super) fn program(wire: &Wire, home: &Folder, file: &str, arguments: &[&str]) -> Program {
    home.config(file);
    super::program(wire, arguments)
        .variable("HOME", home.text())
        .variable("ACME_TOKEN", ACME)
        .variable("BETA_TOKEN", BETA)
        .variable("GAMMA_TOKEN", GAMMA)
}

/// The token of a request.
pub(super) fn token(request: &Request) -> &str {
    let header = request.header("authorization").unwrap();
    header.strip_prefix("Bearer ").unwrap()
}

/// The tokens of all requests, in order of the alphabet, each once.
pub(super) fn tokens(wire: &Wire) -> Vec<String> {
    let requests = wire.requests();
    let mut tokens: Vec<String> = requests.iter().map(|one| token(one).to_owned()).collect();
    tokens.sort();
    tokens.dedup();
    tokens
}

/// The id of a message or of an email record that is asked for.
pub(super) fn any_id(request: &Request) -> String {
    asked(request).replace("email/", "")
}

fn not_found() -> Vec<Step> {
    json(404, fixture("error-404-documented-not-found.json"))
}

/// A server where a token's sub-account has each message.
pub(super) fn owned_by(owner: &'static str) -> Wire {
    Wire::start(move |request| {
        if token(request) == owner {
            json(200, message(&any_id(request)))
        } else {
            not_found()
        }
    })
}

/// A line of `ndjson` for a message that the profile has.
pub(super) fn found_in(profile: &str, id: &str) -> String {
    let answer = on_one_line(id);
    format!(r#"{{"id":"{id}","profile":"{profile}","http":200,"ms":0,"answer":{answer}}}"#) + "\n"
}

#[test]
fn a_profile_chosen_on_purpose_asks_with_its_own_token() {
    let (wire, home) = (owned_by(BETA), Folder::new());
    for (arguments, variable) in [
        (&["get", ID, "--profile", "beta"][..], ""),
        (&["--profile=beta", "get", ID], "acme"),
        (&["get", ID], "beta"),
    ] {
        let ended = program(&wire, &home, THREE, arguments)
            .variable("MSGSCOPE_PROFILE", variable)
            .run()
            .timeless();
        let errors = ended.errors.as_str();
        assert_eq!((errors, ended.code), ("", Some(0)), "{arguments:?}");
        assert_eq!(ended.out, found_in("beta", ID), "{arguments:?}");
    }
    assert_eq!(tokens(&wire), [BETA]);
}

#[test]
fn the_profile_it_begins_with_asks_with_the_token_of_this_run() {
    let home = Folder::new();
    let (env, beta) = (
        "MSGSCOPE_TOKEN",
        format!("default_profile = \"beta\"\n{THREE}"),
    );
    for (file, variable, profile, sent) in [
        (THREE, TOKEN, "acme", TOKEN),
        (&beta, TOKEN, "beta", TOKEN),
        (&beta, " ", "beta", BETA),
    ] {
        let wire = owned_by(sent);
        let ended = program(&wire, &home, file, &["get", ID])
            .variable(env, variable)
            .run()
            .timeless();
        assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
        assert_eq!(ended.out, found_in(profile, ID));
        assert_eq!(tokens(&wire), [sent]);
    }
}

#[test]
fn a_profile_has_its_own_base_url_and_version() {
    let (usual, home) = (owned_by(ACME), Folder::new());
    let own = Wire::start(|request| json(200, message(request.header("version").unwrap())));
    let file = format!(
        "[profiles.acme]\nbase_url = \"{}\"\ntoken_env = \"ACME_TOKEN\"\n\
         [profiles.beta]\nbase_url = \"{}\"\napi_version = \"v3\"\ntoken_env = \"BETA_TOKEN\"\n",
        usual.base_url(),
        own.base_url()
    );
    let ended = program(&usual, &home, &file, &["get", ID, "--profile", "beta"])
        .variable("MSGSCOPE_BASE_URL", "")
        .run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    assert!(ended.out.contains(r#""id": "v3""#), "{ended:?}");
    assert_eq!(tokens(&own), [BETA]);
    assert!(usual.requests().is_empty());
}

#[test]
fn the_variable_that_a_profile_names_must_hold_a_token() {
    let (wire, home) = (owned_by(BETA), Folder::new());
    for (held, why) in [
        ("", "The variable BETA_TOKEN is not set."),
        (" ", "The variable BETA_TOKEN is not set."),
        (
            "pit x",
            "The variable BETA_TOKEN: the token has a blank or a line break in it.",
        ),
    ] {
        let ended = program(&wire, &home, THREE, &["get", ID, "--profile", "beta"])
            .variable("BETA_TOKEN", held)
            .run()
            .timeless();
        assert_eq!(ended.out, no_token("beta"));
        let next = "Mend that, then ask again. --profile asks as another.";
        assert_eq!(
            ended.errors,
            format!("msgscope: {ID}: no token: {why} {next}\n")
        );
        assert_eq!(ended.code, Some(3));
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn a_token_file_is_read_at_home_and_must_be_its_owners_alone() {
    let (wire, home) = (owned_by(BETA), Folder::new());
    let file = "[profiles.beta]\ntoken_file = \"~/tokens/beta\"\n";
    let arguments = ["get", ID, "--profile", "beta"];
    let path = home.file("tokens/beta", format!("{BETA}\n"));
    let ended = program(&wire, &home, file, &arguments).run().timeless();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    assert_eq!(ended.out, found_in("beta", ID));
    assert_eq!(tokens(&wire), [BETA]);
    home.file_with(0o644, "tokens/beta", format!("{BETA}\n"));
    let ended = program(&wire, &home, file, &arguments).run();
    let open = format!("others can read it; first run: chmod 600 {path}");
    assert_eq!(
        ended,
        refused(2, format!("msgscope: token file {path}: {open}\n"))
    );
    std::fs::remove_file(&path).unwrap();
    let ended = program(&wire, &home, file, &arguments).run();
    let missing = format!("msgscope: token file {path}: there is no such file\n");
    assert_eq!(ended, refused(2, missing));
    assert_eq!(wire.requests().len(), 1);
}

#[test]
fn of_several_profiles_one_with_a_token_file_that_others_can_read_is_not_asked() {
    let (wire, home) = (owned_by(ACME), Folder::new());
    home.file_with(0o644, "beta", BETA);
    let file = "[profiles.acme]\ntoken_env = \"ACME_TOKEN\"\n\
                [profiles.beta]\ntoken_file = \"~/beta\"\n";
    let ended = program(&wire, &home, file, &["get", ID, "--all-profiles"]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    assert_eq!(ended.timeless().out, found_in("acme", ID));
    assert_eq!(tokens(&wire), [ACME]);
}

/// A profile that gets its token from a script of the folder's, run by `sh`, and one that does not.
fn commanded(home: &Folder, script: &str) -> String {
    let path = home.file("beta.sh", script);
    format!(
        "[profiles.acme]\ntoken_env = \"ACME_TOKEN\"\n\
         [profiles.beta]\ntoken_command = [\"/bin/sh\", \"{path}\", \"$HOME\"]\n"
    )
}

#[test]
fn a_token_command_is_run_once_for_several_ids() {
    let (wire, home) = (owned_by(BETA), Folder::new());
    let file = commanded(
        &home,
        &format!("echo run \"$1\" >> \"$HOME/runs\"\necho {BETA}\n"),
    );
    let arguments = [
        "get",
        ID,
        OTHER,
        "idnmc3DlXvdXQO4pxHLy",
        "--profile",
        "beta",
    ];
    let ended = program(&wire, &home, &file, &arguments).run().timeless();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let expected = [ID, OTHER, "idnmc3DlXvdXQO4pxHLy"].map(|id| found_in("beta", id));
    assert_eq!(ended.out, expected.concat());
    assert_eq!(tokens(&wire), [BETA]);
    assert_eq!(
        home.read("runs"),
        "run $HOME\n",
        "once, and without a shell"
    );
}

#[test]
fn a_token_command_is_not_run_for_a_profile_that_is_not_asked() {
    let (wire, home) = (owned_by(ACME), Folder::new());
    let file = commanded(&home, &format!("echo run >> \"$HOME/runs\"\necho {BETA}\n"));
    for arguments in [
        &["get", ID, "--profile", "acme"][..],
        &["config", "--profile", "beta"],
        &["config", "--all-profiles"],
        &["doctor", "--profile", "beta"],
    ] {
        let ended = program(&wire, &home, &file, arguments).run();
        assert_eq!(
            (ended.errors.as_str(), ended.code),
            ("", Some(0)),
            "{ended:?}"
        );
    }
    assert!(!home.has("runs"), "{}", home.read("runs"));
    assert_eq!(tokens(&wire), [ACME]);
}

#[test]
fn a_token_command_does_not_see_the_tokens_of_others() {
    let (wire, home) = (owned_by(BETA), Folder::new());
    let script = format!(
        "echo \"${{MSGSCOPE_TOKEN-none}} ${{ACME_TOKEN-none}} ${{OTHER-none}}\" > \"$HOME/seen\"\necho {BETA}\n"
    );
    let file = commanded(&home, &script);
    let ended = program(&wire, &home, &file, &["get", ID, "--profile", "beta"])
        .variable("OTHER", "other")
        .run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    assert_eq!(home.read("seen"), "none none other\n");
}

#[test]
fn a_token_command_that_fails_is_told_by_its_exit_code_and_its_own_words() {
    let (wire, home) = (owned_by(BETA), Folder::new());
    for (script, why) in [
        (
            "echo you are not signed in >&2\nexit 7\n",
            "/bin/sh ended with exit code 7: you are not signed in.",
        ),
        ("exit 1\n", "/bin/sh ended with exit code 1."),
        (
            "true\n",
            "what /bin/sh printed is no token: the token is empty.",
        ),
    ] {
        let file = commanded(&home, script);
        let arguments = ["get", ID, OTHER, "--profile", "beta"];
        let ended = program(&wire, &home, &file, &arguments).run().timeless();
        assert_eq!(ended.out, no_token("beta"));
        let next = "Mend that, then ask again. --profile asks as another.";
        let errors = format!(
            "msgscope: {ID}: no token: token_command: {why} {next}\n\
             msgscope: 1 more not asked for: the answer would be the same\n"
        );
        assert_eq!((ended.errors, ended.code), (errors, Some(3)));
    }
    assert!(wire.requests().is_empty());
}

/// The line of `ndjson` where there is no token.
fn no_token(profile: &str) -> String {
    let failure = r#"{"kind":"unauthorised","title":"no token","messages":[]}"#;
    format!(r#"{{"id":"{ID}","profile":"{profile}","ms":0,"failure":{failure}}}"#) + "\n"
}
