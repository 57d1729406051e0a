//! A user's explanations: entries beside those of the program, or in the place of them.
//! Never what an entry may hold: that is the model's, which reads the program's own in the same way.

use toml::de::DeTable;

use super::nearest::{either, nearest};
use super::reading::Reading;
use crate::model::explain::{self, Explanations, Fault};

/// What the file adds; what is wrong with it is told.
pub(super) fn explanations(reading: &mut Reading<'_>, root: &DeTable<'_>) -> Explanations {
    Explanations::new(explain::read(root, &mut |fault| tell(reading, fault)))
}

fn tell(reading: &mut Reading<'_>, fault: Fault<'_, '_>) {
    match fault {
        Fault::Key(key, known) => {
            let name = key.get_ref().as_ref();
            let quoted = reading.quoted(key.span(), name);
            let advice = match nearest(name, known.iter().copied()) {
                Some(near) => format!("the nearest is {near}"),
                None => format!("known here: {}", known.join(", ")),
            };
            reading.tell(key.span().start, format!("unknown key {quoted}; {advice}"));
        }
        Fault::Kind(name, value, must) => reading.tell_kind(name, value, must),
        Fault::Word(key, value, words) => {
            let text = value.get_ref().as_str().unwrap_or_default();
            let quoted = reading.quoted(value.span(), text);
            let near = nearest(text, words.iter().copied())
                .map_or_else(String::new, |word| format!("; the nearest is {word}"));
            let words = format!("{key} is {}, not {quoted}{near}", either(&words));
            reading.tell(value.span().start, words);
        }
        Fault::Other(at, words) => reading.tell(at, words),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::super::{Mistake, parse_explanations};
    use super::*;
    use crate::model::kind::Family;

    fn told(text: &str) -> Vec<String> {
        let mistakes = parse_explanations(text).unwrap_err();
        mistakes.iter().map(Mistake::to_string).collect()
    }

    #[test]
    fn an_empty_file_adds_nothing_and_the_programs_own_is_right() {
        assert_eq!(parse_explanations("# none"), Ok(Explanations::default()));
        assert!(parse_explanations(explain::EMBEDDED).is_ok());
    }

    #[test]
    fn an_entry_of_the_users_stands_in_the_place_of_the_programs() {
        let text = "[[entry]]\ncode = [30007, \"40000-40009\"]\nfamily = \"sms\"\n\
                    meaning = \"Ours.\"\nfinal = \"yes\"\n";
        let known = parse_explanations(text).unwrap();
        let meaning = |code| {
            known
                .of_code(code, Family::Text)
                .map(|entry| entry.meaning.as_str())
        };
        assert_eq!(meaning("30007"), Some("Ours."));
        assert_eq!(meaning("40004"), Some("Ours."));
        assert_eq!(
            meaning("30005"),
            Some("The number is unknown or no longer in use.")
        );
        assert_eq!(known.of_code("40004", Family::Call), None);
        let named = known.named("30007");
        assert_eq!(named.len(), 1);
        assert_eq!(named[0].meaning, "Ours.");
    }

    #[test]
    fn all_mistakes_are_told_with_their_lines() {
        let text = "\
[[entry]]
cod = \"30007\"
family = [\"sms\", \"emial\"]
final = \"perhaps\"
meaning = 1
[[entry]]
code = \"30007\"
meaning = Ours
[[entries]]
[[entry]]
code = 30007
meaning = \"Ours.\"
[[entry]]
phrase = \" \"
meaning = \"Ours.\"
";
        assert_eq!(
            told(text),
            [
                "line 1: an entry explains something: it needs a status, call, code, phrase or canonical",
                "line 2: unknown key \"cod\"; the nearest is code",
                "line 3: family is sms, email, call, whatsapp, social, chat, review, log, custom or other, not \"emial\"; the nearest is email",
                "line 4: final is yes, no or maybe, not \"perhaps\"",
                "line 5: meaning is a number and must be a text in quotes",
                "line 6: a code means something else on each channel: it needs a family",
                "line 8: a text must stand in quotes, such as \"text\"",
                "line 9: unknown key \"entries\"; known here: entry",
                "line 10: a code means something else on each channel: it needs a family",
                "line 14: a phrase needs some words",
            ]
        );
    }

    #[test]
    fn one_table_where_a_list_of_them_belongs_is_told() {
        assert_eq!(
            told("[entry]\nmeaning = \"Ours.\"\n"),
            ["line 1: entry is a table and must be tables with two brackets: [[entry]]"]
        );
    }
}
