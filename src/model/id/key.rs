//! What the text before an id says it is the id of: a key, or the words of a sentence.
//! Never here: the id itself.

/// What the text before a word says about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rank {
    MessageId,
    /// A message is spoken of.
    Message,
    /// An id, not said of what.
    Id,
    Bare,
    /// Something else's id, or a field's value.
    Other,
}

/// Things whose ids stand beside messages in logs.
const OTHERS: &str = "account agency agent app appointment assigned assignedto calendar campaign company contact \
    conversation correlation customer event execution job lead location opportunity owner provider record request run \
    session span subaccount tenant thread token trace trigger user widget workflow";
const MESSAGES: [&str; 5] = ["message", "messages", "msg", "sms", "mms"];
const MESSAGE_IDS: [&str; 3] = ["messageid", "msgid", "ghlmessageid"];
/// Words between a noun and its id: "message with id …".
const FILLERS: [&str; 8] = ["id", "ids", "is", "was", "with", "the", "no", "of"];

/// A key compared without its case, `_`, `-` and `.`; `known` is in lower case.
pub(super) fn is_key(key: &str, known: &str) -> bool {
    key.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_lowercase())
        .eq(known.bytes())
}

pub(super) fn names_message(key: &str) -> bool {
    MESSAGES.iter().any(|message| is_key(key, message))
}

pub(super) fn names_message_id(key: &str) -> bool {
    MESSAGE_IDS.iter().any(|known| is_key(key, known))
}

/// The key is a thing's that is no message, or its id's.
pub(super) fn names_other(key: &str) -> bool {
    let mut key = key.to_ascii_lowercase();
    key.retain(|char| char.is_ascii_alphanumeric());
    OTHERS
        .split_whitespace()
        .filter_map(|other| key.strip_prefix(other))
        .any(|end| matches!(end, "" | "s" | "id" | "ids"))
}

/// The name an object has from the text before its brace: `message={…}`, `payload: {…}`, `Message{…}`.
pub(super) fn name_before(before: &str) -> Option<&str> {
    let text = before.trim_end_matches(opens);
    let key = text
        .strip_suffix("=>")
        .or_else(|| text.strip_suffix(['=', ':']));
    let name = last_word(key.unwrap_or(text));
    (key.is_some() || text.len() == before.len())
        .then_some(name)
        .filter(|name| !name.is_empty())
}

/// May stand between a key, or a word, and the id it belongs to.
pub(super) fn opens(char: char) -> bool {
    char == ' ' || char == '\t' || "\"'`“”‘’«([{<*_\\#".contains(char)
}

/// What the text before a word says about it.
pub(super) fn rank(before: &str) -> Rank {
    let text = before.trim_end_matches(opens);
    let blank = before[text.len()..].contains([' ', '\t']);
    let quoted = before[text.len()..].contains(['"', '\'']);
    let pointed = text.strip_suffix("=>").or_else(|| text.strip_suffix('='));
    let Some(key_end) = pointed.or_else(|| text.strip_suffix(':')) else {
        return if before.len() > text.len() {
            rank_of_noun(text, Rank::Bare)
        } else {
            Rank::Bare
        };
    };
    let key = last_word(key_end);
    if key.is_empty() {
        return Rank::Bare;
    }
    // `Note: VY80…` is prose, `"note": "VY80…"` and `note=VY80…` are fields.
    let field = pointed.is_some() || quoted || !blank;
    let (parent, name) = key.rsplit_once('.').unwrap_or(("", key));
    if is_key(name, "id") || is_key(name, "ids") {
        let owner = if parent.is_empty() {
            key_end
                .trim_end_matches(closes)
                .strip_suffix(key)
                .unwrap_or("")
        } else {
            parent
        };
        return match rank_of_noun(owner, Rank::Id) {
            Rank::Message => Rank::MessageId,
            rank => rank,
        };
    }
    if names_message_id(name.trim_end_matches(['s', 'S'])) {
        Rank::MessageId
    } else if names_message(name) {
        Rank::Message
    } else if field || names_other(name) || ends_in_id(name) {
        Rank::Other
    } else {
        Rank::Bare
    }
}

/// "message with id …", "contact …": the noun before a word, over at most three words that say nothing.
fn rank_of_noun(before: &str, none: Rank) -> Rank {
    let mut rest = before;
    let mut none = none;
    for _ in 0..4 {
        let start = rest.trim_end_matches(opens);
        let word = last_word(start);
        if names_message(word) {
            return Rank::Message;
        } else if names_message_id(word) {
            return Rank::MessageId;
        } else if names_other(word) || ends_in_id(word) && !is_key(word, "id") {
            return Rank::Other;
        } else if !FILLERS.iter().any(|filler| is_key(word, filler)) {
            return none;
        }
        if is_key(word, "id") {
            none = Rank::Id;
        }
        rest = start.strip_suffix(word).unwrap_or("");
    }
    none
}

fn closes(char: char) -> bool {
    char == ' ' || char == '\t' || "\"'`”’»)]\\*_".contains(char)
}

/// The key or word a text ends in.
fn last_word(text: &str) -> &str {
    let text = text.trim_end_matches(closes);
    let in_key = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.' | '$');
    &text[text.trim_end_matches(in_key).len()..]
}

/// `contactId`, `request_id`, `sid`: names an id, in a way that words of prose do not.
fn ends_in_id(key: &str) -> bool {
    [
        "Id", "ID", "Ids", "IDs", "_id", "-id", "_ids", "uuid", "sid", "Sid", "guid",
    ]
    .iter()
    .any(|end| key.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_whose_id_follows() {
        for (before, expected) in [
            ("messageId=", Rank::MessageId),
            ("\"message_id\": \"", Rank::MessageId),
            ("payload.messageId: ", Rank::MessageId),
            ("message.id=", Rank::MessageId),
            ("Message ID: ", Rank::MessageId),
            ("msg => '", Rank::Message),
            ("id=", Rank::Id),
            ("_id: ", Rank::Id),
            ("contactid: ", Rank::Other),
            ("contact.id=", Rank::Other),
            ("Location Id: ", Rank::Other),
            ("lastMessageId=", Rank::Other),
            ("x-request-id: ", Rank::Other),
            ("note=", Rank::Other),
            ("\"note\": \"", Rank::Other),
            ("note:", Rank::Other),
            ("not found: ", Rank::Bare),
        ] {
            assert_eq!(rank(before), expected, "{before}");
        }
    }

    #[test]
    fn the_words_of_a_sentence_say_it_too() {
        for (before, expected) in [
            ("", Rank::Bare),
            ("sent ", Rank::Bare),
            ("message ", Rank::Message),
            ("the message with the id ", Rank::Message),
            ("its id is ", Rank::Id),
            ("for contact (", Rank::Other),
            ("sub-account ", Rank::Other),
            ("conversationId ", Rank::Other),
            ("messageId ", Rank::MessageId),
        ] {
            assert_eq!(rank(before), expected, "{before}");
        }
    }

    #[test]
    fn an_object_may_have_its_name_before_its_brace() {
        assert_eq!(name_before("17:44 message="), Some("message"));
        assert_eq!(name_before("payload: "), Some("payload"));
        assert_eq!(name_before("Message"), Some("Message"));
        assert_eq!(name_before("webhook in "), None);
        assert_eq!(name_before(""), None);
    }
}
