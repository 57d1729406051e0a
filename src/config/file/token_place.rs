//! Where a profile says that its token comes from.
//! Never reads a variable or a file and never runs a command: what is written is only checked.

use std::path::PathBuf;

use super::TokenPlace;
use super::reading::{Reading, Value};

/// What `token_env`, `token_file` or `token_command` says.
pub(super) fn token_place(
    reading: &mut Reading<'_>,
    key: &str,
    value: &Value<'_>,
) -> Option<TokenPlace> {
    let at = value.span().start;
    match key {
        "token_env" => {
            let text = reading.text(key, value, "ACME_TOKEN")?;
            let name = reading.accepted(at, variable(text))?;
            Some(TokenPlace::Variable(name))
        }
        "token_file" => {
            let text = reading.text(key, value, "~/.config/msgscope/acme.token")?;
            let path = reading.accepted(at, file(text))?;
            Some(TokenPlace::File(path))
        }
        _ => command(reading, key, value).map(TokenPlace::Command),
    }
}

fn variable(text: &str) -> Result<String, &'static str> {
    let fits = !text.is_empty()
        && !text.contains(|char: char| matches!(char, '$' | '=') || char.is_whitespace())
        && is_visible(text);
    fits.then(|| text.to_owned())
        .ok_or("token_env is the name of a variable, such as ACME_TOKEN: no $, no = and no blanks")
}

fn file(text: &str) -> Result<PathBuf, &'static str> {
    if text.trim().is_empty() || !is_visible(text) {
        Err("token_file is the path of a file, such as ~/.config/msgscope/acme.token")
    } else if text == "-" {
        Err("token_file must be a file; standard input is for the flag --token-file alone")
    } else {
        Ok(PathBuf::from(text))
    }
}

fn command(reading: &mut Reading<'_>, key: &str, value: &Value<'_>) -> Option<Vec<String>> {
    const MUST: &str = "a list of a program and its arguments, such as \
                        [\"op\", \"read\", \"op://support/acme/token\"]";
    let Some(items) = value.get_ref().as_array() else {
        reading.tell_kind(key, value, MUST);
        return None;
    };
    let mut command = Vec::with_capacity(items.len());
    for item in items {
        let Some(text) = item.get_ref().as_str() else {
            reading.tell_kind(&format!("an item of {key}"), item, "a text in quotes");
            return None;
        };
        command.push(text.to_owned());
    }
    let fits = command
        .first()
        .is_some_and(|program| !program.trim().is_empty());
    if !fits || command.iter().any(|text| text.contains('\0')) {
        reading.tell(value.span().start, format!("{key} must be {MUST}"));
        return None;
    }
    Some(command)
}

fn is_visible(text: &str) -> bool {
    !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::super::parse;
    use super::super::tests::told;
    use super::*;

    #[test]
    fn a_token_comes_from_a_variable_a_file_or_a_command() {
        let token = |line| {
            let file = parse(&format!("[profiles.acme]\n{line}")).unwrap();
            file.profiles.into_iter().next().unwrap().token
        };
        assert_eq!(
            token("token_env = 'ACME_TOKEN'"),
            Some(TokenPlace::Variable("ACME_TOKEN".into()))
        );
        assert_eq!(
            token("token_file = '~/x y'"),
            Some(TokenPlace::File("~/x y".into()))
        );
        assert_eq!(
            token("token_command = ['op', 'read', '']"),
            Some(TokenPlace::Command(
                ["op", "read", ""].map(str::to_owned).into()
            ))
        );
        assert_eq!(token(""), None);
    }

    #[test]
    fn what_gives_no_token_is_told() {
        for text in ["", "$ACME", "A=b", "A B", "A\\u0000"] {
            let told = told(&format!("[profiles.acme]\ntoken_env = \"{text}\""));
            assert!(
                told.concat()
                    .contains("token_env is the name of a variable"),
                "{text}"
            );
        }
        for text in ["", " ", "a\\u0000", "-"] {
            let told = told(&format!("[profiles.acme]\ntoken_file = \"{text}\""));
            assert!(told.concat().contains("line 2: token_file "), "{text}");
        }
        for list in [
            "[]",
            "['']",
            "[' ', 'x']",
            "'op read'",
            "['op', 1]",
            "[['op']]",
            "[\"op\", \"\\u0000\"]",
        ] {
            let told = told(&format!("[profiles.acme]\ntoken_command = {list}"));
            assert_eq!(told.len(), 1, "{list}");
            assert!(told[0].contains("token_command"), "{told:?}");
        }
        assert_eq!(
            told("[profiles.acme]\ntoken_command = [\n'op',\n1]"),
            ["line 4: an item of token_command is a number and must be a text in quotes"]
        );
    }
}
