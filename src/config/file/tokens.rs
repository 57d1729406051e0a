//! Finds tokens that were written into the config file itself.
//! Never here: the token. Its line is told, and why it must not stand there.

use toml::de::{DeTable, DeValue};

use super::reading::{Key, Reading, Value};

/// Tells every token among the keys and values of the file, however deep.
pub(super) fn tell(reading: &mut Reading<'_>, root: &DeTable<'_>) {
    // Not by calling itself: a table can be nested thousands deep.
    let mut tables = vec![root];
    let mut values = Vec::new();
    loop {
        if let Some(value) = values.pop() {
            let value: &Value<'_> = value;
            match value.get_ref() {
                DeValue::Array(items) => values.extend(items),
                DeValue::Table(table) => tables.push(table),
                _ if is_token(reading, value) => reading.tell_token(value.span().start),
                _ => {}
            }
        } else if let Some(table) = tables.pop() {
            for (key, value) in table {
                if is_token_key(reading, key, value) {
                    reading.tell_token(key.span().start);
                }
                values.push(value);
            }
        } else {
            return;
        }
    }
}

/// The setting is refused as a token, and nothing further is to be said of it.
pub(super) fn is_refused(reading: &Reading<'_>, key: &Key<'_>, value: &Value<'_>) -> bool {
    is_token_key(reading, key, value)
        || match value.get_ref() {
            DeValue::Array(items) => items.iter().any(|item| is_token(reading, item)),
            _ => is_token(reading, value),
        }
}

fn is_token(reading: &Reading<'_>, value: &Value<'_>) -> bool {
    let text = value.get_ref().as_str();
    text.is_some_and(|text| reading.is_token(value.span(), text))
}

/// The key is a token, or says that one follows. A table may be called `token`.
fn is_token_key(reading: &Reading<'_>, key: &Key<'_>, value: &Value<'_>) -> bool {
    let name = key.get_ref();
    name.eq_ignore_ascii_case("token") && !value.get_ref().is_table()
        || reading.is_token(key.span(), name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;

    const TOKEN: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";

    #[test]
    fn a_token_is_refused_wherever_it_stands_and_never_repeated() {
        for text in [
            "default_profile = 'TOKEN'",
            "TOKEN = 1",
            "[TOKEN]",
            "[profiles.TOKEN]",
            "[profiles.acme]\ntoken_env = 'TOKEN'",
            "[profiles.acme]\ntoken_file = 'TOKEN'",
            "[profiles.acme]\nbase_url = 'https://TOKEN@a.example'",
            "[profiles.acme]\ntoken_command = [\n'echo',\n'TOKEN']",
            "[profiles.acme]\ntoken_command = 'echo TOKEN'",
            "[profiles.acme]\nx = { y = [[{ z = 'TOKEN' }]] }",
            "[ui]\nclipboard = 'TOKEN'",
            "[ui]\ntime_zone = 'TOKEN'",
            "[ui]\nTOKEN.x = 'x'",
            "[profiles.acme]\ntoken_env = TOKEN",
            "[profiles.acme]\nTOKEN",
        ] {
            let told = told(&text.replace("TOKEN", TOKEN));
            let refused = told
                .iter()
                .filter(|words| words.contains("must not stand in this file"));
            assert_eq!(refused.count(), 1, "{text}: {told:?}");
            assert!(!told.concat().contains("pit-"), "{told:?}");
        }
    }

    #[test]
    fn a_key_called_token_is_refused_whatever_it_holds() {
        let refusal = "a token must not stand in this file: others may read, sync or share it; \
                       use token_env, token_file or token_command";
        for text in [
            "token = ''",
            "ui.token = 1",
            "[profiles.acme]\nToken = 'x'",
            "[x.y]\ntoken = 'x'",
        ] {
            let told = told(text);
            assert!(
                told.iter().any(|words| words.ends_with(refusal)),
                "{told:?}"
            );
        }
        assert_eq!(told("[profiles.token]"), [""; 0]);
    }

    #[test]
    fn each_token_of_a_list_is_told_in_its_line() {
        let text = format!("[profiles.acme]\ntoken_command = [\n'echo',\n'{TOKEN}',\n'{TOKEN}']");
        let lines: Vec<String> = told(&text)
            .iter()
            .map(|told| told[..6].to_owned())
            .collect();
        assert_eq!(lines, ["line 4", "line 5"]);
    }

    #[test]
    fn a_comment_may_say_anything() {
        assert_eq!(told(&format!("# {TOKEN}\n[ui] # {TOKEN}")), [""; 0]);
    }
}
