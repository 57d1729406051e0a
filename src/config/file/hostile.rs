//! Whatever stands in a config file: nothing panics, and no token comes out again.

use proptest::prelude::*;

use super::{ConfigFile, EXAMPLE, Mistake, parse};

const PRIVATE: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";
const WEB: &str = "eyJhbGciOiJIUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJMb2NhdGlvbiJ9.c2lnbmF0dXJl";
/// What would give a token away.
const PARTS: [&str; 5] = [
    "0f8fad5b",
    "70867728950e",
    "hbGciOiJIUzI1NiJ9",
    "hdXRoQ2xhc3MiOiJMb2NhdGlvbiJ9",
    "c2lnbmF0dXJl",
];

/// Parts of config files, whole and broken.
fn config() -> impl Strategy<Value = String> {
    let example: Vec<&str> = EXAMPLE
        .lines()
        .map(|line| line.trim_start_matches('#'))
        .collect();
    let broken = vec![
        "default_profile = \"acme\"",
        "[profiles.acme]",
        "[profiles.",
        "[[profiles.acme]]",
        "[ui]",
        "[",
        "]",
        "{",
        "}",
        "=",
        " = ",
        ".",
        ",",
        "\"",
        "'",
        "\"\"\"",
        "\'\'\'",
        "\\",
        "\\u",
        "\\x",
        "#",
        " ",
        "\t",
        "\r",
        "\0",
        "\u{202e}",
        "é",
        "a",
        "a.b",
        "token",
        "token_env",
        "token = ",
        "token_env = \"",
        "token_file = '",
        "token_command = [\"",
        "\", \"",
        "\"]",
        "timeout = ",
        "color = \"",
        "1",
        "-1",
        "0x",
        "1e400",
        "inf",
        "true",
        "2021-07-28",
        "{ a = ",
        "profiles.",
        "ui.",
        "default_profile = \"",
    ];
    let piece = prop_oneof![
        2 => proptest::sample::select(example).prop_map(String::from),
        6 => proptest::sample::select(broken).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    let end = proptest::sample::select(vec!["", "", "\n", "\r\n"]);
    let line = (piece, end).prop_map(|(piece, end)| piece + end);
    proptest::collection::vec(line, 0..24).prop_map(|pieces| pieces.concat())
}

/// All that comes out, with what is not printed but kept.
fn outcome(text: &str) -> (Result<ConfigFile, Vec<Mistake>>, String) {
    let outcome = parse(text);
    let words = format!("{outcome:?}");
    (outcome, words)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_text_panics_and_every_mistake_is_one_harmless_line_of_the_file(text in config()) {
        let lines = text.matches('\n').count() + 1;
        let mistakes = parse(&text).err().unwrap_or_default();
        prop_assert!(mistakes.is_sorted_by_key(|mistake| mistake.line));
        for mistake in mistakes {
            prop_assert!((1..=lines).contains(&mistake.line), "{mistake}");
            prop_assert!(!mistake.words.contains(char::is_control), "{mistake:?}");
            prop_assert!(mistake.words.chars().count() < 400, "{mistake}");
        }
    }

    #[test]
    fn any_characters_are_read_without_a_panic(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn a_token_anywhere_in_a_file_never_comes_out(
        before in config(), token in proptest::sample::select(vec![PRIVATE, WEB]), after in config(),
    ) {
        let (_, words) = outcome(&format!("{before}{token}{after}"));
        for part in PARTS {
            prop_assert!(!words.contains(part), "{words}");
        }
    }
}

#[test]
fn a_token_in_any_place_of_the_example_is_refused_or_stands_in_a_comment() {
    let text: String = EXAMPLE
        .split_inclusive('\n')
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => rest,
            _ => line,
        })
        .collect();
    for (at, _) in text.char_indices() {
        for token in [PRIVATE, WEB] {
            let (before, after) = text.split_at(at);
            let (outcome, words) = outcome(&format!("{before}{token}{after}"));
            let line = before.rsplit('\n').next().unwrap_or_default();
            let is_comment = line.starts_with("# ") || line == "#";
            assert!(outcome.is_err() || is_comment, "{before}|");
            assert!(!PARTS.iter().any(|part| words.contains(part)), "{words}");
        }
    }
}
