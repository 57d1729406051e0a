//! The `[ui]` table.
//! Never asks whether a time zone exists: the machine's database of zones is asked where it is used.

use clap::ValueEnum as _;
use toml::de::DeTable;

use super::UiEntry;
use super::nearest::{either, nearest, unknown};
use super::reading::{Reading, Value, in_order};
use super::tokens::is_refused;
use crate::args::ColorChoice;
use crate::environment::ClipboardChoice;

pub(super) const KEYS: [&str; 6] = [
    "clipboard",
    "color",
    "theme",
    "mouse",
    "notify",
    "time_zone",
];

pub(super) fn ui(reading: &mut Reading<'_>, table: &DeTable<'_>) -> UiEntry {
    let mut entry = UiEntry::default();
    for (key, value) in in_order(table) {
        if is_refused(reading, key, value) {
            continue;
        }
        match key.get_ref().as_ref() {
            name @ "clipboard" => {
                let choices = ClipboardChoice::ALL.map(|choice| (choice.word(), choice));
                entry.clipboard = choice(reading, name, value, &choices);
            }
            name @ "color" => {
                let choices: Vec<_> = ColorChoice::value_variants()
                    .iter()
                    .map(|choice| (color_word(*choice), *choice))
                    .collect();
                entry.color = choice(reading, name, value, &choices);
            }
            name @ "theme" => {
                let theme = reading.text(name, value, "terminal");
                entry.theme = theme.map(str::to_owned);
            }
            name @ "mouse" => entry.mouse = yes_or_no(reading, name, value),
            name @ "notify" => entry.notify = yes_or_no(reading, name, value),
            name @ "time_zone" => entry.time_zone = time_zone(reading, name, value),
            name => {
                let quoted = reading.quoted(key.span(), name);
                reading.tell(key.span().start, unknown(name, &quoted, &KEYS));
            }
        }
    }
    entry
}

fn yes_or_no(reading: &mut Reading<'_>, name: &str, value: &Value<'_>) -> Option<bool> {
    let answer = value.get_ref().as_bool();
    if answer.is_none() {
        reading.tell_kind(name, value, "true or false");
    }
    answer
}

fn color_word(choice: ColorChoice) -> &'static str {
    match choice {
        ColorChoice::Auto => "auto",
        ColorChoice::Always => "always",
        ColorChoice::Never => "never",
    }
}

fn choice<T: Copy>(
    reading: &mut Reading<'_>,
    key: &str,
    value: &Value<'_>,
    choices: &[(&'static str, T)],
) -> Option<T> {
    let words: Vec<&'static str> = choices.iter().map(|(word, _)| *word).collect();
    let text = reading.text(key, value, words.first().copied().unwrap_or_default())?;
    let found = choices.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let quoted = reading.quoted(value.span(), text);
        let near = nearest(text, words.iter().copied())
            .map_or_else(String::new, |word| format!("; the nearest is {word}"));
        let words = format!("{key} is {}, not {quoted}{near}", either(&words));
        reading.tell(value.span().start, words);
    }
    found.map(|(_, choice)| *choice)
}

fn time_zone(reading: &mut Reading<'_>, key: &str, value: &Value<'_>) -> Option<String> {
    let text = reading.text(key, value, "Europe/Amsterdam")?.trim();
    if text.is_empty() {
        let words = "time_zone is the name of a zone, such as \"Europe/Amsterdam\"; \
                     without the key it is this computer's";
        reading.tell(value.span().start, words);
        return None;
    }
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::super::parse;
    use super::super::tests::told;
    use super::*;

    #[test]
    fn every_choice_is_read_from_its_word() {
        for choice in ClipboardChoice::ALL {
            let ui = parse(&format!("[ui]\nclipboard = '{}'", choice.word()))
                .unwrap()
                .ui;
            assert_eq!(ui.clipboard, Some(choice));
        }
        for choice in ColorChoice::value_variants() {
            let ui = parse(&format!("[ui]\ncolor = '{}'", color_word(*choice)))
                .unwrap()
                .ui;
            assert_eq!(ui.color, Some(*choice));
        }
        let ui = parse("ui.time_zone = ' Europe/Amsterdam '").unwrap().ui;
        assert_eq!(ui.time_zone.as_deref(), Some("Europe/Amsterdam"));
    }

    #[test]
    fn what_is_no_choice_is_told_with_all_of_them_and_the_nearest() {
        for (line, words) in [
            (
                "clipboard = 'ocs52'",
                "clipboard is auto, native, osc52, tmux or off, not \"ocs52\"; the nearest is osc52",
            ),
            ("color = ''", "color is auto, always or never, not \"\""),
            (
                "color = true",
                "color is true or false and must be a text in quotes, such as color = \"auto\"",
            ),
            (
                "color = \"\\u001b[31m\"",
                "color is auto, always or never, not \"␛[31m\"",
            ),
            (
                "time_zone = ' '",
                "time_zone is the name of a zone, such as \"Europe/Amsterdam\"; without the key it is this computer's",
            ),
            (
                "colours = 'dark'",
                "unknown key \"colours\"; the nearest is color",
            ),
        ] {
            assert_eq!(told(&format!("[ui]\n{line}")), [format!("line 2: {words}")]);
        }
    }
}
