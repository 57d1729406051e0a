//! What a line may go on with, asked as the shells' scripts ask: commands, flags, profiles, ids of the history.
//! Never here: what a script looks like; that is in `generated`.

use std::collections::BTreeMap;
use std::fs;

use super::history::kept;
use super::{ID, OTHER, program};
use crate::support::folder::Folder;
use crate::support::program::{Program, printed};
use crate::support::wire::{Wire, json};

/// As the script of that shell calls where the last word is being typed.
fn asking(shell: &str, line: &[&str]) -> Program {
    let arguments = [&["--", "msgscope"], line].concat();
    Program::new(&arguments)
        .variable("MSGSCOPE_COMPLETE", shell)
        .variable("_CLAP_COMPLETE_INDEX", &line.len().to_string())
        .variable("_CLAP_IFS", "\n")
        .without("MSGSCOPE_NO_HISTORY")
}

/// What is offered, and nothing else said.
#[track_caller]
fn offered(program: Program) -> Vec<String> {
    let ended = program.run();
    assert_eq!(ended, printed(ended.out.clone()));
    ended.out.lines().map(str::to_owned).collect()
}

/// What a folder holds, byte for byte; of the index that SQLite keeps of its log, where readers sign in, only that it is
/// there.
fn held(folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|file| {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        let is_index = name.ends_with("-shm");
        let bytes = (!is_index).then(|| fs::read(file.path()).unwrap());
        (name, bytes.unwrap_or_default())
    });
    files.collect()
}

#[test]
fn commands_flags_and_their_words_go_on_as_they_began() {
    let bash = |line: &[&str]| offered(asking("bash", line));
    assert_eq!(bash(&["g"]), ["get"]);
    assert_eq!(bash(&["get", "--fo"]), ["--format"]);
    assert_eq!(
        bash(&["get", "--format", ""]),
        ["pretty", "json", "ndjson", "csv", "markdown"]
    );
    assert_eq!(bash(&["--theme", "m"]), ["mono"]);
    assert_eq!(bash(&["explain", "no-a"]), ["no-answer"]);
    let zsh = offered(asking("zsh", &["explain", "30007"]));
    assert_eq!(zsh, ["30007:filtered"]);
}

#[test]
fn files_are_offered_where_one_is_meant_each_as_one_word() {
    let home = Folder::new();
    home.file("my answer.json", "{}");
    for flag in ["view", "--token-file", "--config", "--log"] {
        let typed = home.path("my");
        let bash = offered(asking("bash", &[flag, &typed]));
        assert_eq!(bash, [home.path("my\\ answer.json")], "{flag}");
        let fish = offered(asking("fish", &[flag, &typed]));
        assert_eq!(fish, [home.path("my answer.json")], "{flag}");
    }
}

#[test]
fn profiles_are_those_of_the_config_file_that_the_line_or_the_surroundings_name() {
    let home = Folder::new();
    let ran = home.path("ran");
    let usual = format!("[profiles.acme]\ntoken_command = [\"touch\", \"{ran}\"]\n");
    home.config(&usual);
    let own = "[profiles.\"Zoo & Co\"]\nbase_url = \"https://a.example\"\n[profiles.beta]\n";
    let named = home.file("named.toml", own);
    let at_home = |line: &[&str]| asking("bash", line).variable("HOME", home.text());
    assert_eq!(offered(at_home(&["--profile", ""])), ["acme"]);
    let zoo = ["Zoo\\ \\&\\ Co", "beta"];
    for line in [
        &["--config", &named, "get", "--profile", ""][..],
        &["--config", "=", &named, "--profile", ""],
        &["--config", "~/named.toml", "--profile", ""],
    ] {
        assert_eq!(offered(at_home(line)), zoo, "{line:?}");
    }
    let variable = at_home(&["--profile", "be"]).variable("MSGSCOPE_CONFIG", &named);
    assert_eq!(offered(variable), ["beta"]);
    let fish = asking("fish", &["--profile", "Z"]).variable("MSGSCOPE_CONFIG", &named);
    assert_eq!(offered(fish), ["Zoo & Co\ta.example"]);
    assert!(!home.has("ran"));
}

#[test]
fn settings_that_cannot_be_used_offer_nothing_and_say_nothing() {
    let home = Folder::new();
    let broken = home.file("broken.toml", "[profiles.acme\n\u{1b}");
    for (config, color) in [(&*broken, "auto"), ("/no/such", "auto"), (&*broken, "what")] {
        let program = asking("bash", &["--config", config, "--profile", ""]);
        let nothing: [&str; 0] = [];
        assert_eq!(offered(program.variable("MSGSCOPE_COLOR", color)), nothing);
    }
    // A shell that is not known is answered as little.
    let ended = asking("tcsh", &["g"]).run();
    assert_eq!((&*ended.out, &*ended.errors), ("", ""));
    // Without a line to go on with, the variable means nothing.
    let ended = Program::new(&["--version"]).variable("MSGSCOPE_COMPLETE", "bash");
    assert!(ended.run().out.starts_with("msgscope "));
}

#[test]
fn ids_are_those_of_the_history_newest_first_and_it_stays_as_it_is() {
    let (home, _wire) = kept();
    let data = home.path("data");
    let before = held(&data);
    let zsh = |line: &[&str]| asking("zsh", line).variable("MSGSCOPE_DATA_DIR", &data);
    for line in [&["get", ""][..], &["history", "show", ""], &["get", ID, ""]] {
        let all = offered(zsh(line));
        let ids: Vec<&str> = all
            .iter()
            .filter_map(|line| line.split(':').next())
            .filter(|word| !word.starts_with('-'))
            .collect();
        assert_eq!(ids, [ID, OTHER], "{line:?}");
    }
    let typed = offered(zsh(&["VY"]));
    assert!(typed[0].starts_with(OTHER) && typed.len() == 1, "{typed:?}");
    assert_eq!(
        offered(zsh(&["ve9"])),
        [format!("{ID}:delivered SMS, a  b␊")]
    );
    let flag = ["--data-dir", &data, "get", "ve"];
    let bash = |line: &[&str]| offered(asking("bash", line));
    assert_eq!(bash(&flag), [ID]);
    assert!(held(&data) == before);
    let nothing: [&str; 0] = [];
    assert_eq!(bash(&[&["--no-history"], &flag[..]].concat()), nothing);
    assert_eq!(bash(&[&["--demo"], &flag[..]].concat()), nothing);
    let off = zsh(&["get", "ve"]).variable("MSGSCOPE_NO_HISTORY", "1");
    assert_eq!(offered(off), nothing);
}

#[test]
fn a_history_that_is_not_there_damaged_newer_or_older_is_left_as_it_is() {
    let nothing: [&str; 0] = [];
    let home = Folder::new();
    let data = home.path("data");
    let ids = || offered(asking("bash", &["--data-dir", &data, "get", "a"]));
    assert_eq!(ids(), nothing);
    assert!(!home.has("data"));
    home.file("data/history.db", [0xff; 9000]);
    let before = held(&data);
    assert_eq!(ids(), nothing);
    assert!(held(&data) == before);
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/integration/histories/v1.db"
    );
    let mut older = fs::read(path).unwrap();
    home.file("data/history.db", &older);
    let all = offered(asking("bash", &["--data-dir", &data, "get", ""]));
    assert!(all[0].len() == 20 && !all[0].starts_with('-'), "{all:?}");
    assert!(held(&data)["history.db"] == older);
    assert_eq!(held(&data).len(), 1);
    // The version stands there in SQLite's format.
    older[60..64].copy_from_slice(&99_u32.to_be_bytes());
    home.file("data/history.db", &older);
    let all = offered(asking("bash", &["--data-dir", &data, "get", ""]));
    assert!(all.iter().all(|word| word.starts_with('-')), "{all:?}");
    assert!(held(&data)["history.db"] == older);
}

#[test]
fn what_messages_say_steers_no_terminal() {
    let home = Folder::new();
    let wire = Wire::start(|_| {
        let hostile = r"\u001b]0;x\u0007\n\u202e--yes\tz";
        json(
            200,
            format!(r#"{{"message":{{"id":"a1","status":"sent","body":"{hostile}"}}}}"#),
        )
    });
    let get = program(&wire, &["get", ID]).without("MSGSCOPE_NO_HISTORY");
    get.variable("MSGSCOPE_DATA_DIR", &home.path("data")).run();
    for shell in ["zsh", "fish"] {
        let line = ["--data-dir", &home.path("data"), "get", "v"];
        let all = offered(asking(shell, &line));
        assert_eq!(all.len(), 1, "{shell}: {all:?}");
        let words = all[0].replacen('\t', ":", 1);
        assert!(words.starts_with(&format!("{ID}:sent")), "{words}");
        let steers = |letter: char| letter.is_control() || letter == '\u{202e}';
        assert!(!words.contains(steers), "{words:?}");
    }
}

#[cfg(unix)]
#[test]
fn bash_takes_its_script_and_completes_with_it() {
    let (home, _wire) = kept();
    home.config("[profiles.acme]\n");
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_msgscope"));
    let folder = folder.parent().unwrap().to_str().unwrap();
    let script = r#"
        source <(msgscope completions bash)
        line() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9
            _clap_complete_msgscope msgscope "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            echo "${COMPREPLY[@]}"
        }
        line msgscope hist
        line msgscope --profile ''
        line msgscope get ve
        complete -p msgscope | grep -c _clap_complete_msgscope
    "#;
    let bash = std::process::Command::new("bash")
        .args(["--norc", "-c", script])
        .env_clear()
        .env("PATH", format!("{folder}:/usr/bin:/bin"))
        .env("HOME", home.text())
        .env("MSGSCOPE_DATA_DIR", home.path("data"))
        .output();
    // A machine without it has nothing to complete for.
    if let Ok(output) = bash {
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(told, format!("history\nacme\n{ID}\n1\n"), "{output:?}");
    }
}
