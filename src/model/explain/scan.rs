//! Finding known words and codes in the text of an error.
//! Never in a message's own text: a postcode there is no code.

use super::super::kind::Family;

/// Characters of an error that are looked at: the reason stands at its beginning.
const LOOKED_AT: usize = 2000;

/// The text as phrases are written: in small letters, with straight quotes and single blanks.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().take(LOOKED_AT) {
        match letter {
            '\u{2018}' | '\u{2019}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' => plain.push('"'),
            blank if blank.is_whitespace() || blank.is_control() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            other => plain.extend(other.to_lowercase()),
        }
    }
    plain.trim().to_owned()
}

/// Whether the phrase stands in the plain text, not within a longer word.
pub(super) fn holds(text: &str, phrase: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        let begins = !(is_letter(before) && is_letter(found.chars().next()));
        let ends = !(is_letter(after) && is_letter(found.chars().next_back()));
        begins && ends
    })
}

/// What may be codes of that family in the plain text, the likeliest first.
pub(super) fn codes(text: &str, family: Family) -> Vec<String> {
    let mut codes: Vec<String> = match family {
        Family::Email => email(text),
        _ => words(text)
            .filter(|word| !word.joined && is_code(word.text, family))
            .map(|word| word.text.to_owned())
            .collect(),
    };
    if matches!(family, Family::WhatsApp | Family::Social) {
        codes.extend(in_brackets(text));
    }
    codes.dedup();
    codes
}

/// The code that a text itself calls one: `Error 30007 - …`, `(#10) …`.
pub(super) fn named(text: &str) -> Option<String> {
    let rest = ["error code ", "error ", "code "]
        .iter()
        .find_map(|name| text.strip_prefix(name));
    let of_error = rest.and_then(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let after = rest[digits.len()..].chars().next();
        let ends = after.is_none_or(|after| !after.is_alphanumeric() && after != '.');
        ((2..=7).contains(&digits.len()) && ends).then_some(digits)
    });
    of_error.or_else(|| in_brackets(text))
}

/// The numbers that are codes on that channel.
fn is_code(word: &str, family: Family) -> bool {
    let Ok(number) = word.parse::<u32>() else {
        return false;
    };
    let of_channels = (63_000..64_000).contains(&number);
    match family {
        Family::Text => matches!(number, 10_000..22_000 | 30_000..31_000) || of_channels,
        Family::WhatsApp => (130_000..140_000).contains(&number) || of_channels,
        Family::Social => of_channels,
        Family::Call => matches!(number, 10_000..22_000 | 31_000..33_000),
        _ => false,
    }
}

/// `552 5.2.2`, `5.2.2`, `552`: with both, with the enhanced code alone, with the reply at the beginning alone.
fn email(text: &str) -> Vec<String> {
    let is_reply = |word: &str| {
        word.len() == 3
            && word.starts_with(['2', '4', '5', '6'])
            && word.bytes().all(|digit| digit.is_ascii_digit())
    };
    let all: Vec<Word<'_>> = words(text).collect();
    let mut codes = Vec::new();
    for (index, word) in all.iter().enumerate() {
        if is_enhanced(word.text) {
            let before = index.checked_sub(1).map(|before| all[before].text);
            let reply = before.filter(|before| is_reply(before));
            codes.extend(reply.map(|reply| format!("{reply} {}", word.text)));
            codes.push(word.text.to_owned());
        }
    }
    let first = all
        .first()
        .filter(|word| word.at == 0 && is_reply(word.text));
    codes.extend(first.map(|word| word.text.to_owned()));
    codes
}

fn is_enhanced(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_number = |part: &&str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    matches!(parts.as_slice(), ["2" | "4" | "5", _, _]) && parts.iter().all(is_number)
}

/// `10` of `(#10) This message is sent outside of allowed window`.
fn in_brackets(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("(#")?;
    let (code, _) = rest.split_once(')')?;
    let is_code = (1..=7).contains(&code.len()) && code.bytes().all(|digit| digit.is_ascii_digit());
    is_code.then(|| code.to_owned())
}

struct Word<'text> {
    /// The byte it starts at.
    at: usize,
    text: &'text str,
    /// Whether it belongs to a phone number, a date or the like.
    joined: bool,
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '.' || letter == '_';
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text[from..].find(is_part)?;
        let rest = text[at..].find(|letter| !is_part(letter));
        from = rest.map_or(text.len(), |length| at + length);
        let word = text[at..from].trim_end_matches('.');
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let digit = |side: Option<char>| side.is_some_and(|side| side.is_ascii_digit());
        let dashed = before
            .strip_suffix('-')
            .is_some_and(|far| digit(far.chars().next_back()))
            || after
                .strip_prefix('-')
                .is_some_and(|far| digit(far.chars().next()));
        Some(Word {
            at,
            text: word,
            joined: dashed || before.ends_with('+'),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_word_of_its_own_and_of_its_family() {
        let text = "error 30007 for +30005, 555-30008-30006, x30004, 30003.5, 131047 and 47.";
        assert_eq!(codes(text, Family::Text), ["30007"]);
        assert_eq!(codes(text, Family::WhatsApp), ["131047"]);
        assert_eq!(codes(text, Family::Email), [""; 0]);
        assert_eq!(codes("failed: 30005.", Family::Text), ["30005"]);
    }

    #[test]
    fn an_emails_reply_and_enhanced_code_are_read_together_and_alone() {
        assert_eq!(
            codes("552 5.2.2 mailbox full", Family::Email),
            ["552 5.2.2", "5.2.2", "552"]
        );
        assert_eq!(
            codes("550-5.7.26 this mail is", Family::Email),
            ["550 5.7.26", "5.7.26", "550"]
        );
        assert_eq!(codes("see rfc 5.1.1.1", Family::Email), [""; 0]);
    }

    #[test]
    fn a_text_may_call_its_code_by_name() {
        assert_eq!(named("error 30999 - odd").as_deref(), Some("30999"));
        assert_eq!(named("(#551) not available").as_deref(), Some("551"));
        assert_eq!(named("error 5 of 7"), None);
        assert_eq!(named("errors 30999"), None);
    }

    #[test]
    fn phrases_are_found_in_any_writing_and_not_within_words() {
        let text = plain("Sorry,\u{2009}the  Mailbox\nNot Found\u{2019}s");
        assert!(holds(&text, "mailbox not found"));
        assert!(!holds("stool old", "too old"));
    }
}
