//! JSON as it is found in logs: whole, cut, escaped, in JavaScript's or Java's spelling, with prose around it.
//! Never here: a meaning for any field but those that name a message.

mod reader;

use super::key;
use super::word::{is_unusual, is_usual};

pub(super) use reader::read;

/// What was found in one `{…}`, outermost first.
pub(super) struct Object<'text> {
    /// The key it stands under; an array's objects have the array's.
    name: Option<&'text str>,
    depth: usize,
    /// Stands for the whole: the outermost, or one inside mere wrapping.
    root: bool,
    /// Texts and bare words; those in an array each under the array's key.
    fields: Vec<(&'text str, &'text str)>,
}

/// A choice among the ids in one `{…}`.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Choice<'text> {
    pub ids: Vec<&'text str>,
    pub key: &'static str,
    /// How many different ids stood there.
    pub of: usize,
}

/// Keys that only wrap what they hold.
const WRAPPING: [&str; 12] = [
    "data",
    "body",
    "payload",
    "event",
    "request",
    "response",
    "result",
    "json",
    "record",
    "params",
    "input",
    "variables",
];
/// Beside one of these a root `id` is a conversation's, a contact's or a user's.
const OTHER_OBJECTS: [&str; 6] = [
    "unreadcount",
    "lastmessagetype",
    "lastmessagebody",
    "firstname",
    "lastname",
    "phone",
];
/// Texts inside texts inside texts are read this deep.
const NESTED: usize = 3;

impl<'text> Object<'text> {
    fn values(&self, named: fn(&str) -> bool) -> impl Iterator<Item = &'text str> {
        self.fields
            .iter()
            .filter(move |(key, _)| named(key))
            .map(|(_, value)| *value)
    }

    /// What tells a message from a conversation, a contact and the like.
    fn has_message_type(&self) -> bool {
        let types = ["messagetype", "messagetypeid", "messagetypestring"];
        self.has_any(&types)
    }

    fn has_any(&self, keys: &[&str]) -> bool {
        self.fields
            .iter()
            .any(|(name, _)| keys.iter().any(|key| key::is_key(name, key)))
    }
}

/// Which ids name the message or messages: `messageId` (the outermost), else the `id` of a `message`, else each `id`
/// beside a `messageType`, else the root's `id`, else all of the root's `messageIds` or
/// `ids`; all this first for ids of the
/// usual length, then in texts that hold JSON themselves, then for ids of another length.
pub(super) fn choice<'text>(objects: &[Object<'text>]) -> Option<Choice<'text>> {
    choice_in(objects, NESTED)
}

fn choice_in<'text>(objects: &[Object<'text>], nested: usize) -> Option<Choice<'text>> {
    if let Some((ids, key)) = message_ids(objects, is_usual) {
        return Some(Choice {
            ids,
            key,
            of: ids_in(objects),
        });
    }
    let texts = objects
        .iter()
        .flat_map(|object| &object.fields)
        .map(|(_, value)| value)
        .filter(|value| value.contains('{'));
    let within = texts
        .filter(|_| nested > 0)
        .find_map(|text| choice_in(&read(text, text.find('{')?, None).0, nested - 1));
    within.or_else(|| {
        message_ids(objects, is_unusual).map(|(ids, key)| Choice {
            of: ids.len(),
            ids,
            key,
        })
    })
}

fn message_ids<'text>(
    objects: &[Object<'text>],
    fits: fn(&str) -> bool,
) -> Option<(Vec<&'text str>, &'static str)> {
    let all =
        |named: fn(&str) -> bool, wanted: &dyn Fn(&Object<'text>) -> bool| -> Vec<&'text str> {
            let values = objects
                .iter()
                .filter(|object| wanted(object))
                .flat_map(|object| object.values(named));
            values.filter(|value| fits(value)).collect()
        };
    let with_message_id = |object: &&Object<'_>| object.values(key::names_message_id).any(fits);
    let outermost = objects
        .iter()
        .filter(with_message_id)
        .map(|object| object.depth)
        .min();
    let is_message = |object: &Object<'_>| object.name.is_some_and(key::names_message);
    let is_other =
        |object: &Object<'_>| object.has_any(&OTHER_OBJECTS) && !object.has_message_type();
    let id = |key: &str| key::is_key(key, "id");
    let ids = |key: &str| key::is_key(key, "ids") || key::is_key(key, "messageids");
    [
        (
            all(key::names_message_id, &|object| {
                Some(object.depth) == outermost
            }),
            "messageId",
        ),
        (all(id, &is_message), "message.id"),
        (all(id, &Object::has_message_type), "id"),
        (all(id, &|object| object.root && !is_other(object)), "id"),
        (all(ids, &|object| object.root), "ids"),
    ]
    .into_iter()
    .find(|(ids, _)| !ids.is_empty())
}

/// How many different ids of the usual length stand in the objects.
pub(super) fn ids_in(objects: &[Object<'_>]) -> usize {
    let mut ids: Vec<&str> = objects
        .iter()
        .flat_map(|object| &object.fields)
        .map(|(_, value)| *value)
        .collect();
    ids.retain(|value| is_usual(value));
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// The id of an email record, which is no message's.
pub(super) fn email_record<'text>(objects: &[Object<'text>]) -> Option<&'text str> {
    let record = objects.iter().find(|object| {
        object
            .name
            .is_some_and(|name| key::is_key(name, "emailmessage"))
    })?;
    record
        .values(|key| key::is_key(key, "id"))
        .find(|id| is_usual(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "VY80mMXYjmpyLMocAVq5";
    const CONTACT: &str = "PvqI5W9TlT58kcNluuZ6";

    type Chosen = (Vec<String>, &'static str, usize);

    fn chosen(text: &str) -> Option<Chosen> {
        let text = text.replace("MMM", MESSAGE).replace("CCC", CONTACT);
        let (objects, _) = read(&text, text.find('{')?, None);
        let choice = choice(&objects)?;
        Some((
            choice.ids.iter().map(|id| (*id).to_owned()).collect(),
            choice.key,
            choice.of,
        ))
    }

    fn one(key: &'static str, of: usize) -> Chosen {
        (vec![MESSAGE.to_owned()], key, of)
    }

    #[test]
    fn the_message_id_comes_before_every_other_id() {
        assert_eq!(
            chosen(r#"{"id":"CCC","message":{"id":"CCC"},"messageId":"MMM"}"#),
            Some(one("messageId", 2))
        );
        assert_eq!(
            chosen(r#"{"id":"CCC","message":{"id":"MMM","contactId":"CCC"}}"#),
            Some(one("message.id", 2))
        );
        assert_eq!(
            chosen(r#"{"id":"CCC","x":{"id":"MMM","messageType":"SMS"}}"#),
            Some(one("id", 2))
        );
        assert_eq!(
            chosen(r#"{"contactId":"CCC","id":"MMM"}"#),
            Some(one("id", 2))
        );
        assert_eq!(
            chosen(r#"{"data":{"payload":{"id":"MMM"}}}"#),
            Some(one("id", 1))
        );
    }

    #[test]
    fn the_outermost_message_id_wins() {
        assert_eq!(
            chosen(r#"{"replyTo":{"messageId":"CCC"},"messageId":"MMM"}"#),
            Some(one("messageId", 2))
        );
    }

    #[test]
    fn ids_of_other_things_are_not_taken() {
        for text in [
            r#"{"contactId":"CCC","locationId":"CCC","conversationId":"CCC","lastMessageId":"CCC"}"#,
            r#"{"contact":{"id":"CCC"}}"#,
            r#"{"id":"CCC","unreadCount":1}"#,
            r#"{"id":"CCC","firstName":"Dana"}"#,
            r#"{"emailMessage":{"id":"CCC"}}"#,
            r#"{"message":{"meta":{"email":{"messageIds":["CCC"]}}}}"#,
            r#"{"messageId":null}"#,
            r#"{"messageId":"b55316d5-63ef-4254-af38-f9b715444eb0"}"#,
            "{id}",
            "{",
        ] {
            assert_eq!(chosen(text), None, "{text}");
        }
    }

    #[test]
    fn other_spellings_of_an_object_are_read() {
        for text in [
            r#"{ "messageId" : "MMM" }"#,
            "{'messageId': 'MMM', 'ok': True}",
            "{ messageId: 'MMM', contactName: \"O'Neil\" }",
            "Message{messageId=MMM, status=sent}",
            "&{MessageID:MMM Status:sent}",
            "{\"message_id\"=>\"MMM\"}",
            r#"{\"messageId\":\"MMM\"}"#,
            r#"{\\\"messageId\\\":\\\"MMM\\\"}"#,
            r#"{"raw":"{\"messageId\":\"MMM\",\"body\":\"say \\\"hi\\\"\"}"}"#,
            "{\r\n  \"status\": \"sent\",\r\n  \"messageId\":\r\n    \"MMM\"\r\n}",
        ] {
            assert_eq!(chosen(text), Some(one("messageId", 1)), "{text}");
        }
    }

    #[test]
    fn cut_objects_are_read_as_far_as_they_go() {
        assert_eq!(
            chosen(r#"{"messageId":"MMM","body":"Hel"#),
            Some(one("messageId", 1))
        );
        assert_eq!(chosen(r#"{"messageId":"MMM"#), Some(one("messageId", 1)));
        assert_eq!(chosen(r#"{"messageId":"VY80mMXYjm"#), None);
    }

    #[test]
    fn a_cut_object_ends_with_its_line() {
        let text = "{\"messageId\":\"a\",\"body\":\"Hel\n{\"x\":1}";
        assert_eq!(read(text, 0, None).1, text.find('\n').unwrap_or(0));
        let text = "{\"a\": 1,\n \"b\": [\n  2\n ]\n} tail";
        assert_eq!(read(text, 0, None).1, text.len() - " tail".len());
    }

    #[test]
    fn an_array_under_messages_gives_all_its_ids() {
        let page = r#"{"messages":{"lastMessageId":"CCC","messages":[{"id":"MMM","contactId":"CCC"},{"id":"4ds5fCfhBd1KsxQYH4nV"}]}}"#;
        let ids = vec![MESSAGE.to_owned(), "4ds5fCfhBd1KsxQYH4nV".to_owned()];
        assert_eq!(chosen(page), Some((ids, "message.id", 3)));
        assert_eq!(chosen(r#"{"messageIds":["MMM"]}"#), Some(one("ids", 1)));
    }

    #[test]
    fn an_id_of_another_length_is_taken_last() {
        let unusual = Some((vec!["abc123".to_owned()], "messageId", 1));
        assert_eq!(chosen(r#"{"messageId":"abc123"}"#), unusual);
        assert_eq!(
            chosen(r#"{"messageId":"abc123","body":"{\"messageId\":\"MMM\"}"}"#),
            Some(one("messageId", 1))
        );
    }

    #[test]
    fn an_email_record_is_recognised() {
        let text = r#"{"emailMessage":{"id":"I1VpvjdwvVfMFnK6DqgI","status":"delivered"}}"#;
        assert_eq!(
            email_record(&read(text, 0, None).0),
            Some("I1VpvjdwvVfMFnK6DqgI")
        );
    }
}
