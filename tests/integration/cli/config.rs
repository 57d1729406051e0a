//! `config`, and the config file as every command meets it: what is in force, and all that is wrong with it.
//! Never here: whose token is sent; that is in `profiles`.

use super::{ID, answering, program};
use crate::support::folder::Folder;
use crate::support::program::{Program, printed, refused};
use crate::support::pty::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_msgscope");
const TOKENS: [&str; 2] = [
    "pit-5e471e15-5e47-4e15-8e47-5e471e155e47",
    "eyJhbGciOiJIUzI1NiJ9.eyJTZW50aW5lbCI6MSwiYSI6MSwiYiI6MX0.U2VudGluZWxTZW50aW5lbA",
];
const REFUSED: &str = "a token must not stand in this file: others may read, sync or share it; \
                       use token_env, token_file or token_command";
const THREE: &str = r#"default_profile = "beta"

[profiles.acme]
token_env = "ACME_TOKEN"
timeout = 3

[profiles.beta]
base_url = "https://beta.example/api"
api_version = "2023-02-21"
token_file = "~/beta.token"

[profiles."white label"]
app_url = "https://app.white.example"
token_command = ["op", "read", "op://support/white/token"]

[ui]
color = "never"
clipboard = "osc52"
time_zone = "Europe/Amsterdam"
"#;
/// Five mistakes, one a line: a key that is not known, a wrong type, a slip, a name that stands twice, a wrong word.
const MISTAKEN: &str = r#"colour = "never"
[profiles.acme]
timeout = "15"
tokn_env = "ACME_TOKEN"
[profiles.beta]
token_env = "BETA_TOKEN"
[profiles.acme]
[ui]
color = "nevr"
"#;
const MISTAKES: [&str; 5] = [
    r#"1: unknown key "colour"; known here: default_profile, download_dir, profiles, history, ui"#,
    "3: timeout is a text and must be a number of seconds from 0.1 to 600, such as 15",
    r#"4: unknown key "tokn_env"; the nearest is token_env"#,
    r#"7: "acme" stands here a second time, first in line 2; keep one"#,
    r#"9: color is auto, always or never, not "nevr"; the nearest is never"#,
];

/// What is told of a file with those mistakes.
fn told(path: &str, mistakes: &[&str]) -> String {
    let lines = mistakes
        .iter()
        .map(|mistake| format!("  {path}:{mistake}\n"));
    format!(
        "msgscope: mistakes in the config file\n{}",
        lines.collect::<String>()
    )
}

/// A folder with what `THREE` names in it.
fn home() -> Folder {
    let home = Folder::new();
    home.file("beta.token", "pit-0000\n");
    home
}

#[test]
fn without_a_file_the_defaults_are_in_force_and_where_one_belongs_is_told() {
    let home = Folder::new();
    let ended = Program::new(&["config"])
        .variable("HOME", home.text())
        .run();
    let expected = format!(
        "\
config file   {} (not there)
              msgscope config --example prints one to start from
keymap        defaults
asked         default                                     default

profile default
  base_url    https://services.leadconnectorhq.com        default
  api_version 2021-07-28                                  default
  timeout     15 s                                        default
  app_url     https://app.gohighlevel.com                 default
  token       none

clipboard     auto                                        default
color         auto                                        default
theme         terminal                                    default
mouse         false                                       default
notify        false                                       default
glyphs        as the locale says                          default
time_zone     this computer's                             default
download_dir  .                                           default
history       in memory only                              MSGSCOPE_NO_HISTORY
log           none                                        default
",
        home.usual()
    );
    assert_eq!(ended, printed(expected));
    assert!(!home.has(".config"), "looking makes no folder");
}

#[test]
fn a_file_of_three_profiles_is_read_where_it_is_looked_for() {
    let home = home();
    let path = home.config(THREE);
    let ended = Program::new(&["config"])
        .variable("HOME", home.text())
        .run();
    let expected = format!(
        "\
config file   {path}
keymap        defaults
asked         beta                                        config file

profile acme (config file, line 3)
  base_url    https://services.leadconnectorhq.com        default
  api_version 2021-07-28                                  default
  timeout     3 s                                         config file
  app_url     https://app.gohighlevel.com                 default
  token       from ACME_TOKEN

profile beta (config file, line 7)
  base_url    https://beta.example/api                    config file
  api_version 2023-02-21                                  config file
  timeout     15 s                                        default
  app_url     https://app.gohighlevel.com                 default
  token       from token_file

profile white label (config file, line 12)
  base_url    https://services.leadconnectorhq.com        default
  api_version 2021-07-28                                  default
  timeout     15 s                                        default
  app_url     https://app.white.example                   config file
  token       from token_command

clipboard     osc52                                       config file
color         never                                       config file
theme         terminal                                    default
mouse         false                                       default
notify        false                                       default
glyphs        as the locale says                          default
time_zone     Europe/Amsterdam                            config file
download_dir  .                                           default
history       in memory only                              MSGSCOPE_NO_HISTORY
log           none                                        default
"
    );
    assert_eq!(ended, printed(expected));
}

#[test]
fn a_flag_and_a_variable_are_named_as_where_a_value_comes_from() {
    let home = home();
    let (path, log) = (home.file("own.toml", THREE), home.path("log"));
    let flags = ["--profile", "acme", "--base-url", "http://127.0.0.1:9"];
    let ended = Program::new(&[&["config", "--log", &log, "--unicode"], &flags[..]].concat())
        .variable("HOME", home.text())
        .variable("MSGSCOPE_CONFIG", &path)
        .variable("MSGSCOPE_PROFILE", "beta")
        .variable("MSGSCOPE_TIMEOUT", "7")
        .variable("MSGSCOPE_API_VERSION", "v3")
        .variable("MSGSCOPE_COLOR", "always")
        .variable("MSGSCOPE_ASCII", "1")
        .variable("MSGSCOPE_DOWNLOAD_DIR", "/srv/calls")
        .variable("ACME_TOKEN", "pit-0000")
        .run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let lines: Vec<&str> = ended.out.lines().collect();
    let expected = [
        &format!("config file   {path}"),
        "keymap        defaults",
        "asked         acme                                        --profile",
        "",
        "profile acme (config file, line 3)",
        "  base_url    http://127.0.0.1:9                          --base-url",
        "  api_version v3                                          MSGSCOPE_API_VERSION",
        "  timeout     7 s                                         MSGSCOPE_TIMEOUT",
        "  app_url     https://app.gohighlevel.com                 default",
        "  token       private integration, from ACME_TOKEN",
    ];
    assert_eq!(lines[..expected.len()], expected);
    let expected = [
        "clipboard     osc52                                       config file",
        "color         always                                      MSGSCOPE_COLOR",
        "theme         terminal                                    default",
        "mouse         false                                       default",
        "notify        false                                       default",
        "glyphs        Unicode                                     --unicode",
        "time_zone     Europe/Amsterdam                            config file",
        "download_dir  /srv/calls                                  MSGSCOPE_DOWNLOAD_DIR",
        "history       in memory only                              MSGSCOPE_NO_HISTORY",
        &format!("log           {log:<42}  --log"),
    ];
    assert_eq!(lines[lines.len() - expected.len()..], expected);
}

#[test]
fn whoever_is_asked_is_told_with_who_chose_it() {
    let home = home();
    let path = home.file("own.toml", THREE);
    let asked = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&["config", "--config", &path], arguments].concat();
        let program = Program::new(&arguments).variable("HOME", home.text());
        let ended = variables
            .iter()
            .fold(program, |program, (name, value)| {
                program.variable(name, value)
            })
            .run();
        assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
        let mut lines = ended.out.lines();
        let line = lines.find(|line| line.starts_with("asked")).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (acme, all) = (("MSGSCOPE_PROFILE", "acme"), ("MSGSCOPE_ALL_PROFILES", "1"));
    for (arguments, variables, told) in [
        (&[][..], &[][..], "asked beta config file"),
        (&[], &[acme], "asked acme MSGSCOPE_PROFILE"),
        (&[], &[("MSGSCOPE_PROFILE", " ")], "asked beta config file"),
        (&["--profile", "beta"], &[acme], "asked beta --profile"),
        (
            &["--all-profiles"],
            &[],
            "asked all 3 profiles --all-profiles",
        ),
        (
            &["--all-profiles"],
            &[acme],
            "asked all 3 profiles --all-profiles",
        ),
        (&[], &[all], "asked all 3 profiles MSGSCOPE_ALL_PROFILES"),
        (&["--profile", "acme"], &[all], "asked acme --profile"),
        (
            &[],
            &[("MSGSCOPE_ALL_PROFILES", "0")],
            "asked beta config file",
        ),
    ] {
        assert_eq!(
            asked(arguments, variables),
            told,
            "{arguments:?} {variables:?}"
        );
    }
}

#[test]
fn the_example_is_a_config_file_that_works() {
    let example = Program::new(&["config", "--example"]).run();
    assert_eq!(
        example,
        printed(include_str!("../../../assets/config.toml"))
    );
    let (wire, home) = (answering(), Folder::new());
    let path = home.file("example.toml", &example.out);
    let ended = program(&wire, &["get", ID, "--config", &path]).run();
    assert_eq!(ended.timeless(), printed(super::answered(ID)));
}

#[test]
fn the_example_is_printed_where_the_file_is_broken() {
    let home = Folder::new();
    home.config(MISTAKEN);
    let ended = Program::new(&["config", "--example"])
        .variable("HOME", home.text())
        .run();
    assert_eq!(ended, printed(include_str!("../../../assets/config.toml")));
}

#[test]
fn all_mistakes_are_told_with_file_and_line_before_anything_is_sent_or_printed() {
    let (wire, home) = (answering(), Folder::new());
    let path = home.file("own.toml", MISTAKEN);
    for arguments in [
        &["config"][..],
        &["config", "--profile", "nobody"],
        &["get", ID],
        &["get", ID, "--all-profiles"],
        &["get", "-"],
        &[ID],
        &["--demo"],
        &[],
    ] {
        let ended = program(&wire, &[arguments, &["--config", &path]].concat()).run();
        assert_eq!(ended, refused(2, told(&path, &MISTAKES)), "{arguments:?}");
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn the_console_tells_them_and_leaves_the_terminal_as_it_is() {
    let home = Folder::new();
    let path = home.file("own.toml", MISTAKEN);
    let arguments = ["--config", &path, ID];
    let mut terminal = Terminal::run(PROGRAM, &arguments, &[], 200, 24);
    terminal.wait_for("the nearest is never");
    assert_eq!(terminal.exit_code(), Ok(2));
    let raw = String::from_utf8(terminal.raw()).unwrap();
    assert_eq!(raw.replace("\r\n", "\n"), told(&path, &MISTAKES));
}

#[test]
fn a_file_that_was_named_and_is_not_there_is_told() {
    let home = Folder::new();
    let path = home.path("none.toml");
    let words = format!("msgscope: config file {path}: there is no such file\n");
    for arguments in [&["config"][..], &["get", ID], &[ID]] {
        let flag = Program::new(&[arguments, &["--config", &path]].concat()).run();
        assert_eq!(flag, refused(2, words.as_str()), "{arguments:?}");
        let variable = Program::new(arguments).variable("MSGSCOPE_CONFIG", &path);
        assert_eq!(variable.run(), refused(2, words.as_str()), "{arguments:?}");
    }
    let none = Program::new(&["config"]).variable("MSGSCOPE_CONFIG", "");
    assert_eq!(none.run().code, Some(0));
    let folder = Program::new(&["config", "--config", home.text()]).run();
    let words = format!(
        "msgscope: config file {}: it cannot be read (is a directory)\n",
        home.text()
    );
    assert_eq!(folder, refused(2, words));
}

#[test]
fn a_token_in_the_file_is_refused_with_its_line_and_nowhere_repeated() {
    let home = Folder::new();
    for token in TOKENS {
        for (text, line) in [
            (format!("[profiles.acme]\ntoken = \"{token}\"\n"), 2),
            (format!("[profiles.acme]\n\ntoken_env = \"{token}\"\n"), 3),
            (format!("[profiles.acme]\ntoken_file = \"{token}\"\n"), 2),
            (
                format!("[profiles.acme]\ntoken_command = [\n\"echo\",\n\"{token}\"]\n"),
                4,
            ),
            (format!("[profiles.\"{token}\"]\n"), 1),
            (format!("[ui]\nclipboard = \"{token}\"\n"), 2),
        ] {
            let path = home.file("own.toml", &text);
            let words =
                format!("msgscope: a mistake in the config file\n  {path}:{line}: {REFUSED}\n");
            for arguments in [&["config"][..], &["get", ID], &[ID]] {
                let ended = Program::new(&[arguments, &["--config", &path]].concat()).run();
                assert_eq!(ended, refused(2, words.as_str()), "{arguments:?}\n{text}");
            }
        }
    }
}

#[test]
fn a_profile_that_is_not_there_is_told_with_the_nearest_or_all() {
    let home = home();
    let path = home.file("own.toml", THREE);
    let empty = home.file("empty.toml", "");
    let where_to = "no profile is set up; msgscope config shows where that is done";
    for (path, name, words) in [
        (
            &path,
            "acne",
            "there is no profile acne; the nearest is acme",
        ),
        (
            &path,
            "BETA",
            "there is no profile BETA; the nearest is beta",
        ),
        (
            &path,
            "zulu",
            "there is no profile zulu; there are acme, beta, white label",
        ),
        (&empty, "acme", &format!("--profile: {where_to}")),
        (&empty, "default", &format!("--profile: {where_to}")),
    ] {
        let words = format!("msgscope: {words}\n");
        for arguments in [&["config"][..], &["get", ID], &[ID]] {
            let arguments = [arguments, &["--config", path]].concat();
            let flag = Program::new(&[&arguments[..], &["--profile", name]].concat()).run();
            assert_eq!(flag, refused(2, words.as_str()), "{arguments:?}");
            let variable = Program::new(&arguments).variable("MSGSCOPE_PROFILE", name);
            assert_eq!(variable.run(), refused(2, words.as_str()), "{arguments:?}");
        }
    }
}
