//! What flags, variables and the file together settle.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeMap;
use std::time::Duration;

use clap::CommandFactory as _;
use clap::FromArgMatches as _;

use super::*;
use crate::app::action::{Action, Context};
use crate::args::Args;

const FILE: &str = r#"
default_profile = "beta"
[profiles.acme]
token_env = "ACME_TOKEN"
timeout = 3
[profiles.beta]
base_url = "https://beta.example"
token_env = "BETA_TOKEN"
[profiles.none]
app_url = "https://white.example"
"#;

/// Settled from flags (as typed), variables and the text of a file. `MSGSCOPE_…` variables come as clap would
/// read them only through flags: the environment of the test is not touched.
fn settled(
    flags: &[&str],
    variables: &[(&'static str, &'static str)],
    file: &str,
) -> Result<Config, ConfigError> {
    settled_with(flags, variables, file, None)
}

/// The same with a key map beside the file.
fn settled_with(
    flags: &[&str],
    variables: &[(&'static str, &'static str)],
    file: &str,
    keymap: Option<&str>,
) -> Result<Config, ConfigError> {
    let words = ["msgscope"].iter().chain(flags);
    let matches = Args::command().try_get_matches_from(words).unwrap();
    let args = Args::from_arg_matches(&matches).unwrap();
    let variables: BTreeMap<_, _> = variables.iter().copied().collect();
    let variable = |name: &str| variables.get(name).map(|&text| text.to_owned());
    let given = Given {
        tokens: super::Tokens::Taken,
        global: &args.global,
        sources: &Sources::new(&matches),
        variable: &variable,
    };
    let located = |name: &str, text: Option<&str>| location::Located {
        path: Some(name.into()),
        text: text.map(str::to_owned),
    };
    let files = Files {
        config: located("config.toml", Some(file)),
        keymap: located("keymap.toml", keymap),
        explanations: located("explanations.toml", None),
    };
    let line: &[u8] = b"pit-line\nrest";
    Config::new(&given, files, || Box::new(line))
}

fn token_of(config: &Config, place: usize) -> String {
    config.profiles[place].token.words()
}

#[test]
fn without_anything_the_defaults_hold() {
    let config = settled(&[], &[], "").unwrap();
    let [profile] = config.profiles.as_slice() else {
        unreachable!("one profile");
    };
    assert_eq!(profile.name, DEFAULT_PROFILE);
    assert!(profile.base_url.value.is_default());
    assert_eq!(profile.timeout.value, Duration::from_secs(15));
    assert_eq!(profile.token, TokenOrigin::Nowhere);
    assert_eq!(config.whom, Placed::new(Whom::One(0), Place::Default));
}

#[test]
fn flags_beat_the_profile_and_that_the_defaults() {
    let config = settled(&["--timeout", "7", "--profile", "acme"], &[], FILE).unwrap();
    let acme = &config.profiles[0];
    assert_eq!(acme.timeout.value, Duration::from_secs(7));
    assert_eq!(acme.timeout.place, Place::Flag("--timeout".to_owned()));
    assert_eq!(acme.app_url.value, DEFAULT_APP_URL);
    let flag = Place::Flag("--profile".to_owned());
    assert_eq!(config.whom, Placed::new(Whom::One(0), flag));
    let config = settled(&[], &[], FILE).unwrap();
    assert_eq!(config.profiles[0].timeout.value, Duration::from_secs(3));
    assert_eq!(config.profiles[0].timeout.place, Place::File);
    assert_eq!(config.whom, Placed::new(Whom::One(1), Place::File));
    assert_eq!(config.profiles[2].app_url.value, "https://white.example");
}

#[test]
fn a_profile_chosen_on_purpose_asks_with_its_own_token() {
    let variables = [
        ("MSGSCOPE_TOKEN", "pit-anyone"),
        ("ACME_TOKEN", "pit-acme"),
        ("BETA_TOKEN", " "),
    ];
    let begun = settled(&[], &variables, FILE).unwrap();
    assert_eq!(
        token_of(&begun, 1),
        "private integration, from MSGSCOPE_TOKEN"
    );
    assert_eq!(token_of(&begun, 0), "private integration, from ACME_TOKEN");
    let chosen = settled(&["--profile", "beta"], &variables, FILE).unwrap();
    let unset = TokenOrigin::Variable {
        name: "BETA_TOKEN".to_owned(),
        why: None,
    };
    assert_eq!(chosen.profiles[1].token, unset);
    let chosen = settled(&["--profile", "none"], &variables, FILE).unwrap();
    assert_eq!(chosen.profiles[2].token, TokenOrigin::Nowhere);
    let piped = settled(&["--profile", "beta", "--token-stdin"], &variables, FILE).unwrap();
    assert_eq!(
        token_of(&piped, 1),
        "private integration, from standard input"
    );
    assert!(piped.input_read);
    let all = settled(&["--all-profiles"], &variables, FILE).unwrap();
    assert_eq!(all.whom.value, Whom::All);
    assert_eq!(token_of(&all, 0), "private integration, from ACME_TOKEN");
}

#[test]
fn the_token_is_trimmed_and_standard_input_beats_the_variable() {
    let variables = [("MSGSCOPE_TOKEN", " pit-a\r\n")];
    let trimmed = settled(&[], &variables, "").unwrap();
    let token = Token::new("pit-a").unwrap();
    assert_eq!(
        trimmed.profiles[0].token,
        TokenOrigin::Given(token, TokenSource::Environment)
    );
    let piped = settled(&["--token-file", "-"], &variables, "").unwrap();
    let token = Token::new("pit-line").unwrap();
    assert_eq!(
        piped.profiles[0].token,
        TokenOrigin::Given(token, TokenSource::Stdin)
    );
}

#[test]
fn what_does_not_go_together_is_told() {
    let error = |flags: &[&str], file| settled(flags, &[], file).unwrap_err().to_string();
    assert_eq!(
        error(&["--profile", "acne"], FILE),
        "there is no profile acne; the nearest is acme"
    );
    assert_eq!(
        error(&["--profile", "zulu"], FILE),
        "there is no profile zulu; there are acme, beta, none"
    );
    assert_eq!(
        error(&["--profile", "acme"], ""),
        "--profile: no profile is set up; msgscope config shows where that is done"
    );
    for (flags, file, error) in [
        (
            &["--all-profiles"][..],
            "",
            ConfigError::NoProfiles("--all-profiles"),
        ),
        (
            &["--all-profiles", "--profile", "acme"],
            FILE,
            ConfigError::ProfileAndAll,
        ),
        (
            &["--all-profiles", "--token-stdin"],
            FILE,
            ConfigError::TokenForAll,
        ),
    ] {
        assert_eq!(settled(flags, &[], file), Err(error), "{flags:?}");
    }
    let zone = settled(&[], &[], "[ui]\ntime_zone = \"Mars/Phobos\"").unwrap_err();
    assert!(
        zone.to_string().contains("no time zone Mars/Phobos"),
        "{zone}"
    );
}

#[test]
fn all_mistakes_of_the_file_are_told_with_its_name() {
    let file = "colour = 1\n[profiles.acme]\ntimeout = \"x\"\n";
    let told = settled(&[], &[], file).unwrap_err().to_string();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "mistakes in the config file");
    assert!(
        lines[1].starts_with("  config.toml:1: unknown key"),
        "{told}"
    );
    assert!(lines[2].starts_with("  config.toml:3: timeout"), "{told}");
}

#[test]
fn the_key_map_is_settled_and_its_mistakes_are_told_with_those_of_the_file() {
    let again = |config: &Config| {
        let keys = config.keys.of(Context::Message, Action::Again);
        keys.join(" ")
    };
    let config = settled(&[], &[], "").unwrap();
    assert_eq!((again(&config).as_str(), config.keymap), ("r", None));
    let keymap = "[message]\nagain = [\"f5\"]";
    let config = settled_with(&[], &[], "", Some(keymap)).unwrap();
    assert_eq!(again(&config), "f5");
    assert_eq!(config.keymap, Some("keymap.toml".into()));
    assert_eq!(
        again(&config),
        config
            .setting(false, Vec::new())
            .keys
            .of(Context::Message, Action::Again)
            .join(" ")
    );
    let told = settled_with(&[], &[], "x = 1", Some("\n[y]"))
        .unwrap_err()
        .to_string();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "mistakes in the config file and the key map");
    assert!(
        lines[1].starts_with("  config.toml:1: unknown key"),
        "{told}"
    );
    assert!(
        lines[2].starts_with("  keymap.toml:2: unknown context"),
        "{told}"
    );
    let told = settled_with(&[], &[], "", Some("[y]"))
        .unwrap_err()
        .to_string();
    assert!(
        told.starts_with("a mistake in the key map\n  keymap.toml:1: "),
        "{told}"
    );
}

#[test]
fn what_is_wrong_is_told_and_an_empty_setting_counts_as_none() {
    let with =
        |base_url, timeout| settled(&["--base-url", base_url, "--timeout", timeout], &[], "");
    assert!(with("", "").is_ok());
    assert!(matches!(
        with("http://acme.example", ""),
        Err(ConfigError::BaseUrl(_))
    ));
    for timeout in ["0", "soon", "601", "NaN", "inf"] {
        assert_eq!(with("", timeout), Err(ConfigError::Timeout), "{timeout}");
    }
}

#[test]
fn a_flag_for_the_glyphs_beats_both_variables() {
    let glyphs = |flags: &[&str], set: &[(&'static str, &'static str)]| {
        settled(flags, set, "").unwrap().glyphs.value
    };
    let (ascii, unicode) = (Some(Glyphs::Ascii), Some(Glyphs::Unicode));
    let set = |name| [(name, "1")];
    assert_eq!(glyphs(&[], &[]), None);
    assert_eq!(glyphs(&[], &set("MSGSCOPE_UNICODE")), unicode);
    assert_eq!(glyphs(&["--ascii"], &set("MSGSCOPE_UNICODE")), ascii);
    assert_eq!(glyphs(&["--unicode"], &set("MSGSCOPE_ASCII")), unicode);
}

#[test]
fn variables_with_tokens_are_hidden_from_other_programs() {
    let config = settled(&[], &[], FILE).unwrap();
    assert_eq!(
        config.hidden,
        ["MSGSCOPE_TOKEN", "ACME_TOKEN", "BETA_TOKEN"]
    );
}
