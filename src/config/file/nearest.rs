//! The known name that an unknown one was probably meant to be.
//! Never decides anything: what is only near stays unknown.

use super::{TOP, history, profile, ui};

/// A longer name is no slip of a known one.
const LONGEST: usize = 64;

/// Where each known key belongs.
pub(super) const PLACES: [(&str, &[&str]); 4] = [
    ("at the top, above the first [table]", &TOP),
    ("below a [profiles.NAME]", &profile::KEYS),
    ("below [history]", &history::KEYS),
    ("below [ui]", &ui::KEYS),
];

/// What to say of a key that is none of those `here`. `quoted` is the key as it may be shown.
pub(super) fn unknown(key: &str, quoted: &str, here: &[&str]) -> String {
    let misplaced = PLACES.iter().find(|(_, keys)| keys.contains(&key));
    if let Some((place, _)) = misplaced {
        return format!("{quoted} is in the wrong place; it belongs {place}");
    }
    match nearest(key, here.iter().copied()) {
        Some(name) => format!("unknown key {quoted}; the nearest is {name}"),
        None => format!("unknown key {quoted}; known here: {}", here.join(", ")),
    }
}

/// The name a slip or two away from the word; else the only one that the word is a part of.
pub(super) fn nearest<'name>(
    word: &str,
    names: impl Iterator<Item = &'name str> + Clone,
) -> Option<&'name str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let most = if word.chars().count() > 4 { 2 } else { 1 };
    let away = |name: &str| strsim::damerau_levenshtein(&word, &name.to_lowercase());
    let slip = names
        .clone()
        .map(|name| (away(name), name))
        .filter(|(away, _)| *away <= most)
        .min_by_key(|(away, _)| *away);
    if let Some((_, name)) = slip {
        return Some(name);
    }
    let mut holding = names.filter(|name| word.len() >= 4 && name.to_lowercase().contains(&word));
    let only = holding.next();
    only.filter(|_| holding.next().is_none())
}

/// `auto, always or never`.
pub(super) fn either(words: &[&str]) -> String {
    match words {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_a_profile(word: &str) -> Option<&'static str> {
        nearest(word, profile::KEYS.into_iter())
    }

    #[test]
    fn a_slip_or_a_part_leads_to_the_name() {
        for (word, name) in [
            ("tokn_env", "token_env"),
            ("TOKEN_FILE", "token_file"),
            ("base-url", "base_url"),
            ("baseurl", "base_url"),
            ("timeotu", "timeout"),
            ("command", "token_command"),
            ("version", "api_version"),
        ] {
            assert_eq!(of_a_profile(word), Some(name), "{word}");
        }
    }

    #[test]
    fn what_is_near_to_nothing_or_to_several_leads_nowhere() {
        for word in ["", "url", "token", "colour", "x", &"timeout".repeat(9_000)] {
            assert_eq!(of_a_profile(word), None, "{word}");
        }
    }

    #[test]
    fn a_known_key_in_the_wrong_table_is_told_where_it_belongs() {
        assert_eq!(
            unknown("timeout", "\"timeout\"", &TOP),
            "\"timeout\" is in the wrong place; it belongs below a [profiles.NAME]"
        );
        assert_eq!(
            unknown("zone", "\"zone\"", &ui::KEYS),
            "unknown key \"zone\"; the nearest is time_zone"
        );
        assert_eq!(
            unknown("x", "\"x\"", &ui::KEYS),
            "unknown key \"x\"; known here: clipboard, color, theme, mouse, notify, time_zone"
        );
    }

    #[test]
    fn words_are_listed_with_or_before_the_last() {
        assert_eq!(either(&["a", "b", "c"]), "a, b or c");
        assert_eq!(either(&["a"]), "a");
        assert_eq!(either(&[]), "");
    }
}
