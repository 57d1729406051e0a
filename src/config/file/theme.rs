//! A theme file: the looks of roles.
//! Never a widget or a place on the screen: a theme knows roles only.

use toml::de::DeTable;

use super::mistake::Mistake;
use super::nearest::{nearest, unknown};
use super::reading::{Reading, in_order};
use super::syntax;
use super::tokens::is_refused;
use crate::ui::theme::{Look, Looks, ROLES, UnknownLook};

/// The looks that a theme file describes, over those of the default theme; or all that is wrong with it.
pub fn parse_theme(text: &str) -> Result<Looks, Vec<Mistake>> {
    let mut reading = Reading::new(text);
    let (_, errors) = DeTable::parse_recoverable(text);
    let text = syntax::tell(&mut reading, text, &errors);
    let (table, errors) = DeTable::parse_recoverable(&text);
    syntax::tell_twice(&mut reading, &text, &errors);
    let mut looks = Looks::default();
    for (key, value) in in_order(table.get_ref()) {
        if is_refused(&reading, key, value) {
            reading.tell_token(key.span().start);
            continue;
        }
        let role = key.get_ref().as_ref();
        if !ROLES.contains(&role) {
            let quoted = reading.quoted(key.span(), role);
            reading.tell(key.span().start, unknown(role, &quoted, &ROLES));
            continue;
        }
        let Some(words) = reading.text(role, value, "red bold") else {
            continue;
        };
        match Look::parse(words) {
            Ok(look) => looks = looks.with(role, look),
            Err(UnknownLook(word)) => {
                let near = nearest(word.strip_prefix("on-").unwrap_or(&word), Look::words());
                let near = near.map_or_else(
                    || {
                        "it is a colour, on- and a colour, or bold, dim, underline, reverse"
                            .to_owned()
                    },
                    |near| format!("the nearest is {near}"),
                );
                let quoted = reading.quoted(value.span(), &word);
                let words = format!("{role} has {quoted}, which is no look; {near}");
                reading.tell(value.span().start, words);
            }
        }
    }
    let mistakes = reading.mistakes();
    if mistakes.is_empty() {
        Ok(looks)
    } else {
        Err(mistakes)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn the_files_of_the_built_in_themes_say_what_is_built_in() {
        for (name, text) in [
            (
                "terminal",
                include_str!("../../../assets/themes/terminal.toml"),
            ),
            ("mono", include_str!("../../../assets/themes/mono.toml")),
            (
                "high-contrast",
                include_str!("../../../assets/themes/high-contrast.toml"),
            ),
        ] {
            assert_eq!(parse_theme(text), Ok(Looks::named(name).unwrap()), "{name}");
            for role in ROLES {
                assert!(text.contains(&format!("\n{role} = ")), "{name}: {role}");
            }
        }
        assert_eq!(Looks::built_in().count(), 3);
    }

    #[test]
    fn roles_that_are_left_out_look_as_ever() {
        let look = Look::parse("green bold").unwrap();
        let expected = Looks::default().with("success", look);
        assert_eq!(parse_theme("success = 'green bold'"), Ok(expected));
        assert_eq!(parse_theme(""), Ok(Looks::default()));
    }

    #[test]
    fn all_mistakes_are_told_with_their_lines() {
        let text = "sucess = 'green'\nfailure = 'rde'\nlabel = 1\nkey = 'on-pink'\ntext\n";
        let told: Vec<String> = parse_theme(text)
            .unwrap_err()
            .iter()
            .map(Mistake::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "line 1: unknown key \"sucess\"; the nearest is success",
                "line 2: failure has \"rde\", which is no look; the nearest is red",
                "line 3: label is a number and must be a text in quotes, such as label = \"red bold\"",
                "line 4: key has \"on-pink\", which is no look; it is a colour, on- and a colour, or bold, dim, underline, reverse",
                "line 5: a key needs a value, such as key = \"text\"",
            ]
        );
    }
}
