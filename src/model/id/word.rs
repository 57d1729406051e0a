//! Single words: which have the form of an id, and which of something else that is known.
//! Never here: what stands around a word.

use super::{IdError, MessageId};

/// Segments that stand beside `{id}` in the API's paths. The API's router does not look at case, so neither do we.
const PATH_WORDS: [&str; 6] = [
    "export",
    "email",
    "inbound",
    "outbound",
    "upload",
    "review-reply",
];

pub(super) fn path_word(word: &str) -> Option<&'static str> {
    PATH_WORDS
        .into_iter()
        .find(|path| path.eq_ignore_ascii_case(word))
}

pub(super) fn is_alphanumeric(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// 20 letters and digits.
pub(super) fn is_usual(word: &str) -> bool {
    word.len() == MessageId::USUAL_LENGTH && is_alphanumeric(word)
}

/// Of another length, but where a message's id belongs it may be one: `null`, `undefined` and numbers of some queue
/// cannot.
pub(super) fn is_unusual(word: &str) -> bool {
    word.len() <= MessageId::MAX_LENGTH
        && is_alphanumeric(word)
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
        && foreign(word).is_none()
}

/// Letters and digits as a generator mixes them, not a word of a language and not a name of a program's.
pub(super) fn is_random(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters < word.len() {
        return letters > 0;
    }
    // Twenty random letters change case about ten times, a camelCase name of that length four times.
    let changes = word
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_uppercase() != pair[1].is_ascii_uppercase());
    changes.count() >= 6
}

/// Ids of other kinds that show by their form what they are.
pub(super) fn foreign(word: &str) -> Option<IdError> {
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let Some((kind, rest)) = word.split_at_checked(2)
        && rest.len() == 32
        && hex(rest)
    {
        match kind {
            "CA" => return Some(IdError::TwilioCall),
            "SM" | "MM" => return Some(IdError::TwilioMessage),
            _ => {}
        }
    }
    if word
        .get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("wamid."))
    {
        return Some(IdError::WhatsApp);
    }
    if word.len() == 24 && hex(word) {
        return Some(IdError::ProviderId);
    }
    let groups: Vec<&str> = word.splitn(6, '-').collect();
    let uuid = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| hex(group));
    uuid.then_some(IdError::Uuid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_other_kinds_are_told_by_their_form() {
        let hex = "580baa8f0a54d8d160c951802ac01e6c";
        for (word, kind) in [
            (format!("CA{hex}"), Some(IdError::TwilioCall)),
            (format!("SM{hex}"), Some(IdError::TwilioMessage)),
            (format!("MM{hex}"), Some(IdError::TwilioMessage)),
            (format!("AB{hex}"), None),
            (
                "wamid.HBgLMTU1NTAxMDAxMjIVAgASGBQzQTdC".to_owned(),
                Some(IdError::WhatsApp),
            ),
            (
                "61d6d1f9cdac7612faf80753".to_owned(),
                Some(IdError::ProviderId),
            ),
            (
                "b55316d5-63ef-4254-af38-f9b715444eb0".to_owned(),
                Some(IdError::Uuid),
            ),
            ("b55316d5-63ef-4254-af38-f9b715444eb0-1".to_owned(), None),
            ("VY80mMXYjmpyLMocAVq5".to_owned(), None),
            ("é".to_owned(), None),
        ] {
            assert_eq!(foreign(&word), kind, "{word}");
        }
    }

    #[test]
    fn words_and_names_do_not_look_random() {
        for word in [
            "internationalization",
            "ConversationProvider",
            "messageStatusChanged",
            "12345678901234567890",
        ] {
            assert!(!is_random(word), "{word}");
        }
        for word in [
            "VY80mMXYjmpyLMocAVq5",
            "STAjKDGNDCJfbNOjHzrq",
            "ve9epm428h8vshlrw1kt",
        ] {
            assert!(is_random(word), "{word}");
        }
    }
}
