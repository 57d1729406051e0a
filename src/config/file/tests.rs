//! Whole files: what they set, and every mistake in them at once.
//! Never a file on the disk.

use super::nearest::PLACES;
use super::*;
use crate::api::request::{DEFAULT_TIMEOUT, DEFAULT_VERSION};

/// All that is wrong, as it is printed.
pub(super) fn told(text: &str) -> Vec<String> {
    let mistakes = parse(text).err().unwrap_or_default();
    mistakes.iter().map(Mistake::to_string).collect()
}

/// The example with every setting switched on.
fn switched_on() -> String {
    let is_setting =
        |rest: &str| rest.starts_with(|char: char| char == '[' || char.is_ascii_lowercase());
    let line = |line: &'static str| {
        line.strip_prefix('#')
            .filter(|rest| is_setting(rest))
            .unwrap_or(line)
    };
    EXAMPLE.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "\n", "# nothing", "\u{feff}\r\n", "[ui]\n[profiles]"] {
        assert_eq!(parse(text), Ok(ConfigFile::default()), "{text:?}");
    }
}

#[test]
fn the_example_as_it_is_sets_nothing() {
    assert_eq!(parse(EXAMPLE), Ok(ConfigFile::default()));
}

#[test]
fn the_example_switched_on_holds_every_key_and_the_defaults() {
    let text = switched_on();
    let file = parse(&text).unwrap();
    let names: Vec<&str> = file
        .profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    assert_eq!(names, ["acme", "bravo", "sandbox"]);
    assert_eq!(file.default_profile.as_deref(), Some("acme"));
    let acme = &file.profiles[0];
    assert!(acme.base_url.as_ref().unwrap().is_default());
    assert_eq!(acme.api_version.as_ref().unwrap().as_str(), DEFAULT_VERSION);
    assert_eq!(acme.app_url.as_deref(), Some("https://app.gohighlevel.com"));
    assert_eq!(acme.timeout, Some(DEFAULT_TIMEOUT));
    assert_eq!(file.history.keep, Some(Keep::days(90)));
    assert_eq!(file.history.max, Some(100_000));
    assert_eq!(file.download_dir, Some("~/Downloads".into()));
    assert_eq!(file.ui.clipboard, Some(ClipboardChoice::default()));
    assert_eq!(file.ui.color, Some(ColorChoice::Auto));
    assert!(file.ui.time_zone.is_some());
    for key in PLACES.iter().flat_map(|(_, keys)| *keys) {
        let setting = [format!("{key} ="), format!("[{key}]"), format!("[{key}.")];
        let has = |line: &str| {
            setting
                .iter()
                .any(|setting| line.starts_with(setting.as_str()))
        };
        assert!(text.lines().any(has), "{key}");
    }
}

#[test]
fn profiles_keep_the_order_of_the_file_and_know_their_lines() {
    let text = "default_profile = \"a b\"\n[profiles.zulu]\n[profiles.\"a b\"]\n\
                token_env = \"B\"\n[profiles]\nmike.timeout = 2\nmike.token_env = \"M\"";
    let file = parse(text).unwrap();
    let profiles: Vec<_> = file
        .profiles
        .iter()
        .map(|one| (one.name.as_str(), one.line))
        .collect();
    assert_eq!(profiles, [("zulu", 2), ("a b", 3), ("mike", 6)]);
    assert_eq!(file.default_profile.as_deref(), Some("a b"));
    assert_eq!(file.profiles[2].timeout, Some(Duration::from_secs(2)));
    assert_eq!(
        file.profiles[2].token,
        Some(TokenPlace::Variable("M".to_owned()))
    );
}

#[test]
fn all_mistakes_are_told_at_once_in_order_of_lines() {
    let text = "default_profile = \"acmee\"\n\
                [profiles.acme]\n\
                timeout = \"15\"\n\
                tokn_env = \"ACME\"\n\
                base_url = https://a.example\n\
                [uii]\n\
                [profiles.bravo]\n\
                timeout = 0\n\
                nothing\n\
                [ui]\n\
                color = \"nevr\"\n\
                timeout = 15\n";
    assert_eq!(
        told(text),
        [
            "line 3: timeout is a text and must be a number of seconds from 0.1 to 600, such as 15",
            "line 4: unknown key \"tokn_env\"; the nearest is token_env",
            "line 5: a text must stand in quotes, such as \"text\"",
            "line 6: unknown key \"uii\"; the nearest is ui",
            "line 8: timeout must be a number of seconds from 0.1 to 600, such as 15",
            "line 9: a key needs a value, such as key = \"text\"",
            "line 11: color is auto, always or never, not \"nevr\"; the nearest is never",
            "line 12: \"timeout\" is in the wrong place; it belongs below a [profiles.NAME]",
        ]
    );
}

#[test]
fn of_many_mistakes_fifty_are_listed() {
    let told = told(&"a = 1\n".repeat(60));
    assert_eq!(told.len(), 51);
    assert_eq!(told[50], "line 51: and 10 more");
}

#[test]
fn the_default_profile_is_one_of_the_file() {
    for (text, advice) in [
        (
            "default_profile = \"acme\"",
            "add a table for it, such as [profiles.acme]",
        ),
        (
            "default_profile = \"acm\"\n[profiles.acme]",
            "the nearest is \"acme\"",
        ),
        (
            "default_profile = \"\"\n[profiles.zulu]\n[profiles.alpha]",
            "it has \"zulu\", \"alpha\"",
        ),
    ] {
        let told = told(text);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with("line 1: default_profile is \""),
            "{told:?}"
        );
        assert!(told[0].ends_with(advice), "{told:?}");
    }
}

#[test]
fn a_table_is_no_other_kind_and_a_folder_has_a_name() {
    assert_eq!(
        told("default_profile = 1\nprofiles = 3\ndownload_dir = ' '\n[[ui]]"),
        [
            "line 1: default_profile is a number and must be a text in quotes, such as default_profile = \"acme\"",
            "line 2: profiles is a number and must be tables, such as [profiles.acme]",
            "line 3: download_dir is the path of a folder, such as \"~/Downloads\"",
            "line 4: ui is a list and must be a table: [ui]",
        ]
    );
}
