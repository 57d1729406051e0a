//! `get` with several profiles: which of them has it, or what each answered.
//! Never the console's way to ask the same.

use crate::support::accounts::{
    Accounts, OF_ALL, OF_BRAVO, OF_CHARLIE, OF_NOBODY, OF_WHOM, TOKENS, VARIABLE,
};
use crate::support::program::{Ended, Program};

fn get(accounts: &Accounts, arguments: &[&str]) -> Ended {
    let config = accounts.config();
    Program::new(&[&["get", "--config", &config], arguments].concat())
        .variable(VARIABLE.0, VARIABLE.1)
        .variable("PATH", "/usr/bin:/bin")
        .run()
        .timeless()
}

#[test]
fn the_profile_that_has_it_is_named() {
    for (id, owner) in [(OF_BRAVO, "bravo"), (OF_CHARLIE, "charlie")] {
        let accounts = Accounts::new();
        let ended = get(&accounts, &["--all-profiles", id]);
        let begin = format!(r#"{{"id":"{id}","profile":"{owner}","http":200,"ms":0,"answer":{{"#);
        assert!(ended.out.starts_with(&begin), "{ended:?}");
        assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    }
}

#[test]
fn one_profile_is_asked_alone_and_no_other_ones_command_is_run() {
    let accounts = Accounts::new();
    let ended = get(&accounts, &["--profile", "bravo", OF_ALL]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(accounts.asked_for(OF_ALL), [TOKENS[1]]);
    let ended = get(&accounts, &["--profile", "bravo", OF_CHARLIE]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert_eq!(accounts.asked_for(OF_CHARLIE), [TOKENS[1]]);
    assert_eq!(accounts.runs(), 0);
}

#[test]
fn where_none_has_it_the_exit_code_says_whether_that_is_sure_and_a_table_who_is_not() {
    let accounts = Accounts::new();
    for (id, code, kind, title, of_bravo) in [
        (OF_NOBODY, 4, "not-found", "not found", "not found · 404 · "),
        (
            OF_WHOM,
            3,
            "unauthorised",
            "not found so far",
            "token refused · 401 · ",
        ),
    ] {
        let ended = get(&accounts, &["--all-profiles", id]);
        let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        let failure = (&line["failure"]["kind"], &line["failure"]["title"]);
        assert_eq!(failure, (&kind.into(), &title.into()));
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert_eq!(accounts.asked_for(id), TOKENS);

        let ended = get(&accounts, &["--all-profiles", id, "--format=pretty"]);
        let told = format!("msgscope: {id}: {title}: ");
        assert!(ended.errors.starts_with(&told), "{ended:?}");
        assert_eq!(ended.code, Some(code));
        let mut rows = ended.out.lines();
        rows.find(|row| *row == "Profiles  what each answered")
            .expect("a table");
        for (name, said) in [
            ("acme", "not found · 404 · "),
            ("bravo", of_bravo),
            ("charlie", "not found · 404 · "),
        ] {
            let row = rows.next().unwrap();
            let begin = format!("  {name:<18}{said}");
            assert!(row.starts_with(&begin), "{row:?}, not {begin:?}");
        }
    }
    assert_eq!(accounts.runs(), 4);
}
