//! The answer as it was sent.
//! Never reordered or reformatted; only for a terminal are deceiving characters written as escapes.

use crate::model::shown::Shown;

/// `text` for a terminal: characters that control it, or that deceive, as `\uXXXX`. Still the same JSON.
pub fn for_terminal(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        let plain = matches!(letter, ' '..='~' | '\n');
        if plain
            || Shown::line(letter.encode_utf8(&mut [0; 4]))
                .as_str()
                .starts_with(letter)
        {
            safe.push(letter);
        } else {
            let mut units = [0; 2];
            let units = letter.encode_utf16(&mut units).iter();
            safe.extend(units.map(|unit| format!("\\u{unit:04x}")));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_controls_a_terminal_or_deceives_becomes_an_escape() {
        assert_eq!(
            for_terminal("{\n\"a\": \"é漢\u{9b}\u{202e}\u{7f}\"}"),
            "{\n\"a\": \"é漢\\u009b\\u202e\\u007f\"}"
        );
        assert_eq!(for_terminal("\u{e0041}"), "\\udb40\\udc41");
    }
}
