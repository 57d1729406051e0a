//! What people paste, and what is made of it: a table of real-life shapes.
//! Never here: anything outside of tests.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const A: &str = "VY80mMXYjmpyLMocAVq5";
const B: &str = "ve9EPM428h8vShlRW1KT";
const C: &str = "uGCOFpwK1k89WROTsqYk";

/// Stands `A`, `B`, `C` for message ids, `@contact`, `@place`, `@talk` for a contact's, location's, conversation's.
fn paste(text: &str) -> String {
    text.replace("{A}", A)
        .replace("{B}", B)
        .replace("{C}", C)
        .replace("@contact", "PvqI5W9TlT58kcNluuZ6")
        .replace("@place", "7ysh0vjy4EDQXyzqTu7v")
        .replace("@talk", "lmjOL3agcrEBw7TSTb7z")
}

fn ids(text: &str) -> Result<Vec<String>, IdError> {
    find(&paste(text)).map(|found| found.ids.iter().map(MessageId::to_string).collect())
}

fn note(text: &str) -> Option<String> {
    find(&paste(text))
        .unwrap()
        .note
        .map(|note| note.to_string())
}

#[test]
fn one_id_is_found_in_whatever_stands_around_it() {
    for text in [
        // alone
        "{A}",
        "  {A}\r\n",
        "\u{feff}{A}\u{200b}",
        "\"{A}\"",
        "'{A}',",
        "`{A}`",
        "“{A}”",
        "({A}).",
        "<{A}>",
        "*{A}*;",
        "_{A}_",
        "- {A}",
        "> {A}",
        "1. {A}",
        "#{A}",
        "{{A}}",
        "{A} # the refund text",
        // keys and prose
        "messageId={A}",
        "message_id: {A}",
        "MESSAGE-ID = '{A}'",
        "Message ID: {A}",
        "Message Id\t{A}",
        "id={A}",
        "id: \"{A}\"",
        "please look at message {A}, thanks",
        "could not send the message with id {A}: 30007",
        "Message ({A}) for contact @contact in location @place",
        "hi, {A} never arrived?",
        "contactId=@contact locationId=@place conversationId=@talk {A}",
        "Contact ID: @contact, Message ID: {A}",
        "contact.id=@contact message.id={A}",
        "user id @place sent {A}",
        // log lines
        "2026-03-04T17:44:08.412Z INFO  [sender] sent messageId={A} contactId=@contact status=failed",
        "2026-03-04 17:44:08,412 ERROR {A} failed: Error 30007 - Message filtered",
        "Mar  4 17:44:08 web-3 app[411]: msg={A} loc=@place to=+15550100122",
        "time=17:44:08 level=warn msg=\"no receipt\" message_id={A} trace_id=b55316d5-63ef-4254-af38-f9b715444eb0",
        "[7f3a] locationId: @place, conversationId: @talk, messageId: {A} ...",
        "10.0.0.7 - - [04/Mar/2026:17:44:08 +0000] \"GET /conversations/messages/{A} HTTP/1.1\" 404 104",
        "2026-03-04,{A},+15550100122,delivered",
        "{A};sms;failed;30007",
        // links
        "https://services.leadconnectorhq.com/conversations/messages/{A}",
        "<https://services.leadconnectorhq.com/conversations/messages/{A}|{A}>",
        "[{A}](https://services.leadconnectorhq.com/conversations/messages/{A}?a=b)",
        "GET https://services.leadconnectorhq.com/conversations/messages/{A}/locations/@place/recording",
        "/conversations/locations/@place/messages/{A}/transcription",
        "curl -sH 'Authorization: Bearer $TOKEN' -H 'Version: 2021-07-28' 'https://services.leadconnectorhq.com/conversations/messages/{A}' | jq .",
        "curl --request GET \\\n  --url https://services.leadconnectorhq.com/conversations/messages/{A} \\\n  --header 'Accept: application/json' \\\n  --header 'Authorization: Bearer <token>'",
        // JSON
        r#"{"type":"OutboundMessage","locationId":"@place","contactId":"@contact","conversationId":"@talk","messageId":"{A}"}"#,
        r#"{"message":{"id":"{A}","locationId":"@place","contactId":"@contact"},"traceId":"b55316d5-63ef-4254-af38-f9b715444eb0"}"#,
        r#"{"id":"{A}","messageType":"TYPE_SMS","contactId":"@contact"}"#,
        "{\n  \"contactId\": \"@contact\",\n  \"message\": {\n    \"locationId\": \"@place\",\n    \"id\": \"{A}\"\n  }\n}\n",
        r#"17:44:08 webhook in: {"contactId":"@contact","messageId":"{A}","body":"Your code is {x}"} -> 200"#,
        r#"17:44:08 [@place] webhook in: {"contactId":"@contact","messageId":"{A}","bo"#,
        r#"…ontactId":"@contact","messageId":"{A}","status":"fai…"#,
        r#"body: "{\"contactId\":\"@contact\",\"messageId\":\"{A}\"}""#,
        r#"{"level":"info","log":"{\"conversationId\":\"@talk\",\"messageId\":\"{A}\"}"}"#,
        "{ messageId: '{A}', contactId: '@contact', attachments: [] }",
        "Message{id={A}, contactId=@contact}",
        "contact={\"id\":\"@contact\"} message={\"id\":\"{A}\"}",
        r#"payload {"contactId":"@contact"} for {A}"#,
        r#"[{"messageId":"{A}"}]"#,
    ] {
        assert_eq!(ids(text), Ok(vec![A.to_owned()]), "{text}");
    }
}

#[test]
fn several_ids_are_found_in_their_order_and_once() {
    for text in [
        "{B} {A} {C}",
        "{B},{A},{C}",
        "{B}\n{A}\n\n{C}\n{B}\n",
        "{B}\r{A}\r{C}",
        "\"{B}\",\n\"{A}\",\n\"{C}\"",
        "['{B}', '{A}', '{C}']",
        "| {B} | {A} | {C} |",
        "# refunds\n{B}\n#{C} not this one\n{A} # twice\nthanks!\n{C}",
        "1) {B}\n2) {A}\n3) {C}",
        "messageIds=[{B}, {A}, {C}] contactIds=[@contact, @talk]",
        "17:44 messageId={B} ok\n17:45 contactId=@contact\n17:46 message {A} failed\n17:47 id={C}",
        "{\"messageId\":\"{B}\",\"contactId\":\"@contact\"}\n{\"message\":{\"id\":\"{A}\"}}\n{\"id\":\"{C}\"}",
        "[{\"messageId\":\"{B}\",\"contactId\":\"@contact\"},\n {\"messageId\":\"{A}\"},{\"messageId\":\"{C}\"}]",
        "{\"messages\":{\"lastMessageId\":\"@talk\",\"messages\":[{\"id\":\"{B}\",\"type\":2},{\"id\":\"{A}\"},{\"id\":\"{C}\"}]}}",
        "a {\"messageId\":\"{B}\",\"body\":\"cut o\nb {\"messageId\":\"{A}\",\"body\":\"cut o\nc {\"messageId\":\"{C}\"}",
        "/conversations/messages/{B} /conversations/messages/{A}\nhttps://x.example/conversations/messages/{C}",
        "id,status\n{B},failed\n{A},sent\n{C},read",
    ] {
        assert_eq!(ids(text), Ok([B, A, C].map(str::to_owned).into()), "{text}");
    }
}

#[test]
fn a_conversation_or_an_email_record_is_asked_for_by_its_own_id_and_told() {
    for (text, id, note) in [
        (
            "https://app.gohighlevel.com/v2/location/7ysh0vjy4EDQXyzqTu7v/conversations/conversations/lmjOL3agcrEBw7TSTb7z",
            "lmjOL3agcrEBw7TSTb7z",
            Note::Conversation,
        ),
        (
            "https://x.example/conversations/messages/email/67hcb8VbBPMyB1YsFJ1M",
            "67hcb8VbBPMyB1YsFJ1M",
            Note::EmailRecord,
        ),
        (
            r#"{"emailMessage":{"id":"67hcb8VbBPMyB1YsFJ1M","contactId":"PvqI5W9TlT58kcNluuZ6"}}"#,
            "67hcb8VbBPMyB1YsFJ1M",
            Note::EmailRecord,
        ),
    ] {
        let found = find(text).unwrap();
        assert_eq!(
            (found.ids[0].as_str(), found.note),
            (id, Some(note)),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_message_id_is_refused_by_its_name() {
    for (text, refusal) in [
        ("", IdError::Empty),
        (" \n\t\"\" ", IdError::Empty),
        ("a/b.c", IdError::Characters(vec!['/', '.'])),
        ("/", IdError::Characters(vec!['/'])),
        (
            "VY80mMXY\u{200b}jmpyLMocAVq5",
            IdError::Characters(vec!['\u{200b}']),
        ),
        ("größe", IdError::Characters(vec!['ö', 'ß'])),
        ("+15550100122", IdError::Characters(vec!['+'])),
        ("dana@example.com", IdError::Characters(vec!['@', '.'])),
        ("hello there", IdError::NoId),
        ("internationalization is not an id", IdError::NoId),
        ("https://www.example.com/a", IdError::NoId),
        ("CA580baa8f0a54d8d160c951802ac01e6c", IdError::TwilioCall),
        (
            "altId: SMb21b10eb465f2c56e3a95ac221b4b84d",
            IdError::TwilioMessage,
        ),
        (
            "wamid.HBgLMTU1NTAxMDAxMjIVAgASGBQzQTdC==",
            IdError::WhatsApp,
        ),
        ("b55316d5-63ef-4254-af38-f9b715444eb0", IdError::Uuid),
        ("trace b55316d5-63ef-4254-af38-f9b715444eb0", IdError::Uuid),
        ("61d6d1f9cdac7612faf80753", IdError::ProviderId),
        ("export", IdError::PathWord { word: "export" }),
        (
            "review-reply",
            IdError::PathWord {
                word: "review-reply",
            },
        ),
        (
            "https://x.example/conversations/messages/export?locationId=@place",
            IdError::PathWord { word: "export" },
        ),
        (
            "see https://x.example/v2/location/@place/contacts/detail/@contact",
            IdError::ContactLink,
        ),
        ("contactId=@contact", IdError::OtherIds),
        (
            r#"{"contact":{"id":"@contact","locationId":"@place"}}"#,
            IdError::OtherIds,
        ),
        (
            r#"{"contactId":"@contact","unreadCount":1,"id":"@talk"}"#,
            IdError::OtherIds,
        ),
        (
            "sent {A} to @contact in @place",
            IdError::Ambiguous { found: 3 },
        ),
    ] {
        assert_eq!(ids(text), Err(refusal), "{text}");
    }
}

#[test]
fn an_id_of_another_length_comes_as_a_warning_with_the_id() {
    for text in [
        "t22IC1XWvZz4KQ",
        "\"t22IC1XWvZz4KQ\"",
        "messageId=t22IC1XWvZz4KQ",
        r#"{"messageId":"t22IC1XWvZz4KQ","contactId":"@contact"}"#,
    ] {
        let id = MessageId::new("t22IC1XWvZz4KQ").unwrap();
        assert_eq!(ids(text), Err(IdError::Length { id }), "{text}");
    }
    assert_eq!(ids(&"a1".repeat(40)), Err(IdError::TooLong { found: 80 }));
    assert_eq!(ids("messageId=undefined"), Err(IdError::NoId));
}

#[test]
fn a_token_anywhere_refuses_the_whole_text_and_is_not_repeated() {
    let private = "pit-0a1b2c3d-1111-4222-8333-444444444444";
    let web = "eyJhbGciOiJIUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJMb2NhdGlvbiJ9.c2lnbmF0dXJl";
    for token in [private, web] {
        for text in [
            token.to_owned(),
            format!("{A}\n{token}"),
            format!(
                "curl -H 'Authorization: Bearer {token}' https://x.example/conversations/messages/{A}"
            ),
            format!("{{\"token\":\"{token}\",\"messageId\":\"{A}\"}}"),
        ] {
            let refusal = find(&text).unwrap_err();
            assert_eq!(refusal, IdError::Token);
            let said = format!("{refusal} {refusal:?}");
            assert!(
                token
                    .split(['-', '.'])
                    .all(|part| !said.contains(part) || part == "pit"),
                "{said}"
            );
        }
    }
}

#[test]
fn a_choice_among_ids_is_said() {
    let webhook = r#"{"locationId":"@place","contactId":"@contact","conversationId":"@talk","messageId":"{A}"}"#;
    assert_eq!(
        note(webhook).as_deref(),
        Some("4 ids in that JSON; took messageId.")
    );
    assert_eq!(
        note(r#"{"message":{"id":"{A}","contactId":"@contact"}}"#).as_deref(),
        Some("2 ids in that JSON; took message.id.")
    );
    assert_eq!(
        note("contactId=@contact messageId={A}").as_deref(),
        Some("2 ids in that line; took messageId.")
    );
    assert_eq!(note("{A}"), None);
    assert_eq!(note("{A}\n{B}"), None);
    assert_eq!(
        note("{A}\n{B}\nthanks\n# bye").as_deref(),
        Some("1 line held no id.")
    );
}

#[test]
fn only_64_kib_are_read() {
    let late = format!("{}\n{A}", "x".repeat(64 * 1024));
    assert_eq!(find(&late), Err(IdError::TooLong { found: 64 * 1024 }));
    let wide = "漢".repeat(64 * 1024);
    assert_eq!(find(&wide), Err(IdError::Characters(vec!['漢'])));
}

#[test]
fn hostile_texts_take_linear_time() {
    for piece in [
        "{",
        "[",
        "{\"",
        "{\"a\":",
        "\\\"",
        "{\\",
        "a/",
        "VY80mMXYjmpyLMocAVq5,x ",
        "id=",
        "'",
        "{a:1}",
        "x.",
        "{\n",
        "\n",
        "messages/",
        "{\"a\":\"{",
        "_",
        "{b ",
    ] {
        let begun = Instant::now();
        let text = piece.repeat(64 * 1024 / piece.len());
        let found = find(&text);
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{piece}: {found:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_it_panic(text in proptest::collection::vec(proptest::sample::select(vec![
        "{", "}", "[", "]", "\"", "\\", "\\\"", "'", ":", "=", ",", " ", "\n", "\r", "/", "://", ".", "#", "|", "=>", "é", "漢", "\u{301}", "\u{202e}",
        "id", "messageId", "message", "contact", "emailMessage", "messages", "conversations", "email", "wamid.", "eyJ", "pit", "Bearer ", A, B, "abc123",
        "b55316d5-63ef-4254-af38-f9b715444eb0", "_", "-", "0",
    ]), 0..40)) {
        let text = text.concat();
        if let Ok(found) = find(&text) {
            prop_assert!(!found.ids.is_empty());
            prop_assert!(found.ids.iter().all(|id| text.contains(id.as_str())));
        }
    }

    #[test]
    fn any_text_at_all_is_read(text in any::<String>()) {
        if let Err(refusal) = find(&text) {
            prop_assert!(!refusal.to_string().is_empty());
        }
    }
}
