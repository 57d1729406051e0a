//! `--all-profiles`: which sub-account has it, or what each answered.
//! Never here: whose token one profile asks with; that is in `profiles`.

use super::profiles::{
    ACME, BETA, GAMMA, THREE, any_id, found_in, owned_by, program, token, tokens,
};
use super::{ID, OTHER, message};
use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::program::{Ended, refused};
use crate::support::wire::{Step, Wire, json};

const ALL: [&str; 3] = ["get", ID, "--all-profiles"];

/// A server that gives each sub-account an answer of its own, and no email record to anybody.
fn answering(acme: Vec<Step>, beta: Vec<Step>, gamma: Vec<Step>) -> Wire {
    Wire::start(move |request| match token(request) {
        _ if request.path.contains("/email/") => not_found(),
        ACME => acme.clone(),
        BETA => beta.clone(),
        _ => gamma.clone(),
    })
}

fn not_found() -> Vec<Step> {
    json(404, fixture("error-404-documented-not-found.json"))
}

fn elsewhere() -> Vec<Step> {
    json(403, fixture("error-403-wrong-location.json"))
}

fn no_such_token() -> Vec<Step> {
    json(401, fixture("error-401-invalid-pit.json"))
}

/// A line of `ndjson` of a message that nobody has, without its HTTP status and the API's words.
fn nowhere(ended: &Ended) -> (String, String, String) {
    let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let failure = &line["failure"];
    (
        text(&line["profile"]),
        text(&failure["kind"]),
        text(&failure["title"]),
    )
}

#[test]
fn the_profile_that_has_it_is_named() {
    for (owner, profile) in [(ACME, "acme"), (BETA, "beta"), (GAMMA, "gamma")] {
        let (wire, home) = (owned_by(owner), Folder::new());
        let ended = program(&wire, &home, THREE, &ALL).run().timeless();
        assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
        assert_eq!(ended.out, found_in(profile, ID));
    }
}

#[test]
fn each_of_several_ids_is_found_where_it_is() {
    let home = Folder::new();
    let wire = Wire::start(|request| {
        let id = any_id(request);
        let owner = if id == ID { BETA } else { GAMMA };
        if token(request) == owner {
            json(200, message(&id))
        } else {
            not_found()
        }
    });
    let arguments = ["get", ID, OTHER, "--all-profiles"];
    let ended = program(&wire, &home, THREE, &arguments).run().timeless();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    assert_eq!(ended.out, found_in("beta", ID) + &found_in("gamma", OTHER));
}

#[test]
fn where_none_has_it_one_line_says_so() {
    let home = Folder::new();
    for wire in [
        answering(not_found(), not_found(), not_found()),
        answering(elsewhere(), not_found(), elsewhere()),
    ] {
        let ended = program(&wire, &home, THREE, &ALL).run();
        let told = ("3 profiles", "not-found", "not found");
        let told = (told.0.into(), told.1.into(), told.2.into());
        assert_eq!(nowhere(&ended), told);
        let why = "Each of the 3 profiles says that it is not there.";
        assert_eq!(ended.errors, format!("msgscope: {ID}: not found: {why}\n"));
        assert_eq!((ended.out.lines().count(), ended.code), (1, Some(4)));
        assert_eq!(tokens(&wire), [ACME, BETA, GAMMA]);
    }
}

#[test]
fn one_whose_token_is_refused_keeps_it_open() {
    let (wire, home) = (
        answering(not_found(), no_such_token(), not_found()),
        Folder::new(),
    );
    let ended = program(&wire, &home, THREE, &ALL).run();
    let told = ("3 profiles", "unauthorised", "not found so far");
    let told = (told.0.into(), told.1.into(), told.2.into());
    assert_eq!(nowhere(&ended), told);
    let why = "2 profiles say that it is not there, 1 could not tell. \
               The table says what each answered. Mend those, then ask again.";
    assert_eq!(
        ended.errors,
        format!("msgscope: {ID}: not found so far: {why}\n")
    );
    assert_eq!((ended.out.lines().count(), ended.code), (1, Some(3)));
}

#[test]
fn one_whose_server_fails_keeps_it_open_too() {
    let broken = json(501, fixture("error-500-internal.json"));
    let (wire, home) = (answering(not_found(), not_found(), broken), Folder::new());
    let ended = program(&wire, &home, THREE, &ALL).run();
    let told = ("3 profiles", "server", "not found so far");
    let told = (told.0.into(), told.1.into(), told.2.into());
    assert_eq!(nowhere(&ended), told);
    assert_eq!(ended.code, Some(5), "{ended:?}");
}

#[test]
fn one_whose_token_is_refused_does_not_keep_the_others_from_being_asked_for_the_next_id() {
    let home = Folder::new();
    let wire = Wire::start(|request| match (token(request), any_id(request)) {
        (BETA, _) => no_such_token(),
        (GAMMA, id) if id == OTHER => json(200, message(&id)),
        _ => not_found(),
    });
    let arguments = ["get", ID, OTHER, "--all-profiles"];
    let ended = program(&wire, &home, THREE, &arguments).run().timeless();
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines.len(), 2, "{ended:?}");
    assert!(lines[0].contains(r#""kind":"unauthorised""#), "{ended:?}");
    assert_eq!(format!("{}\n", lines[1]), found_in("gamma", OTHER));
    assert_eq!(ended.errors.lines().count(), 1, "{ended:?}");
    assert_eq!(ended.code, Some(3), "the worst counts");
}

#[test]
fn where_all_tokens_are_refused_no_further_id_is_asked_for() {
    let refused = || answering(no_such_token(), no_such_token(), no_such_token());
    let (wire, home) = (refused(), Folder::new());
    let arguments = ["get", ID, OTHER, "--all-profiles"];
    let ended = program(&wire, &home, THREE, &arguments).run();
    let told = ("3 profiles", "unauthorised", "not found so far");
    let told = (told.0.into(), told.1.into(), told.2.into());
    assert_eq!(nowhere(&ended), told);
    let told = "msgscope: 1 more not asked for: the answer would be the same\n";
    assert!(ended.errors.ends_with(told), "{ended:?}");
    assert_eq!((wire.requests().len(), ended.code), (3, Some(3)));
}

#[test]
fn for_people_a_table_says_what_each_answered() {
    let (wire, home) = (
        answering(not_found(), no_such_token(), elsewhere()),
        Folder::new(),
    );
    let arguments = [&ALL[..], &["--format", "pretty"]].concat();
    let ended = program(&wire, &home, THREE, &arguments).run();
    assert!(ended.errors.contains("not found so far"), "{ended:?}");
    assert_eq!(ended.code, Some(3));
    let lines: Vec<&str> = ended.out.lines().collect();
    let head = "not found so far   in none of 3 profiles   asked ";
    assert!(lines[0].starts_with(head), "{}", ended.out);
    let why = "Why   2 profiles say that it is not there, 1 could not tell.";
    assert_eq!(lines[1], why, "{}", ended.out);
    let begins = "Profiles  what each answered";
    let table = lines.iter().position(|line| *line == begins);
    let table = &lines[table.expect("a table")..];
    for (line, begin) in table[1..4].iter().zip([
        "  acme              not found · 404 · ",
        "  beta              token refused · 401 · ",
        "  gamma             other sub-account · 403 · ",
    ]) {
        assert!(line.starts_with(begin), "{begin} in\n{}", ended.out);
    }
    let wire = owned_by(BETA);
    let ended = program(&wire, &home, THREE, &arguments).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let note = "Note  Found in beta, of 3 profiles asked.\n";
    assert!(ended.out.contains(note), "{}", ended.out);
    assert!(
        ended.out.contains("  profile           beta\n"),
        "{}",
        ended.out
    );
}

#[test]
fn as_json_only_what_was_found_is_the_answer_as_sent() {
    let (wire, home) = (owned_by(GAMMA), Folder::new());
    let arguments = [&ALL[..], &["--format", "json"]].concat();
    let ended = program(&wire, &home, THREE, &arguments).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    assert_eq!(ended.out, message(ID) + "\n");
}

#[test]
fn flags_that_do_not_go_together_are_told() {
    let (wire, home) = (owned_by(BETA), Folder::new());
    let token = home.file("token", "pit-0000");
    let own = "--all-profiles asks each profile with its own token: \
               --token-file and --token-stdin do not go with it";
    for (arguments, words) in [
        (
            &["--profile", "beta"][..],
            "--profile names one sub-account, --all-profiles asks all: give one of them",
        ),
        (&["--token-file", &token], own),
        (&["--token-file", "-"], own),
        (&["--token-stdin"], own),
    ] {
        let arguments = [&ALL[..], arguments].concat();
        let ended = program(&wire, &home, THREE, &arguments).run();
        assert_eq!(
            ended,
            refused(2, format!("msgscope: {words}\n")),
            "{arguments:?}"
        );
    }
    let ended = program(&wire, &home, "", &ALL).run();
    let words = "--all-profiles: no profile is set up; msgscope config shows where that is done";
    assert_eq!(ended, refused(2, format!("msgscope: {words}\n")));
    assert!(wire.requests().is_empty());
}

#[test]
fn a_flag_beats_the_variable_of_the_other() {
    let home = Folder::new();
    let one = ["get", ID, "--profile", "beta"];
    for (arguments, name, value, sent) in [
        (&one[..], "MSGSCOPE_ALL_PROFILES", "1", &[BETA][..]),
        (&ALL, "MSGSCOPE_PROFILE", "beta", &[ACME, BETA, GAMMA]),
        (
            &ALL,
            "MSGSCOPE_TOKEN_FILE",
            "/no/such/file",
            &[ACME, BETA, GAMMA],
        ),
        (&ALL, "MSGSCOPE_TOKEN_STDIN", "1", &[ACME, BETA, GAMMA]),
        (
            &["get", ID],
            "MSGSCOPE_ALL_PROFILES",
            "yes",
            &[ACME, BETA, GAMMA],
        ),
    ] {
        let wire = answering(not_found(), not_found(), not_found());
        let ended = program(&wire, &home, THREE, arguments)
            .variable(name, value)
            .run();
        assert_eq!(ended.code, Some(4), "{name}: {ended:?}");
        assert_eq!(tokens(&wire), sent, "{name}");
    }
}
