//! Every form of a payload, over all fixtures, and what must not be taken for one.
//! Never a file but those of the tests.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
use super::*;
use crate::model::kind::Kind;
use proptest::prelude::*;

fn noon() -> Timestamp {
    "2026-03-04T17:49:21Z".parse().unwrap()
}

fn read(text: impl Into<Vec<u8>>) -> Result<Payload, Unrecognised> {
    let whence = Whence::new("a.json", "https://acme.example", "2021-07-28");
    Payload::new(text.into(), whence, noon())
}

fn snapshots(text: impl Into<Vec<u8>>) -> Vec<Snapshot> {
    let payload = read(text).unwrap();
    payload.snapshots(0..payload.len()).collect()
}

fn only(text: impl Into<Vec<u8>>) -> Snapshot {
    let mut all = snapshots(text);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// Id, endpoint, kind; or id and the words of the failure.
fn told(snapshot: &Snapshot) -> String {
    let (id, endpoint) = (&snapshot.asked.id, snapshot.asked.endpoint.word());
    match &snapshot.outcome {
        Ok(message) => {
            let kind = message.kind();
            let kind = kind.as_ref().map_or("?", Kind::short);
            format!("{id} {endpoint} {kind}")
        }
        Err(failure) => format!("{id} {}", failure.messages.join("; ")),
    }
}

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../tests/integration/fixtures/", $name)).as_bytes()
    };
}

#[test]
fn an_answer_is_one_message_wrapped_or_flat_byte_for_byte() {
    let wrapped = fixture!("sms-outbound-delivered.json");
    let snapshot = only(wrapped);
    assert_eq!(told(&snapshot), "YkxctoqLBoLgBwSVDmOf message SMS");
    let own = std::str::from_utf8(wrapped).unwrap().trim();
    let answer = snapshot.answer.as_ref().unwrap();
    assert_eq!((answer.http, &**answer.body.text()), (200, own));
    assert_eq!(snapshot.asked.profile, "a.json");
    assert_eq!(snapshot.at, noon());
    let flat = only(fixture!("call-documented-flat-meta-unwrapped.json"));
    assert_eq!(told(&flat), "tddflYXeP1c0j1eG3aGq message CALL");
}

#[test]
fn a_webhooks_body_is_a_message_by_its_own_names() {
    let call = only(fixture!("webhook-inbound-call.json"));
    assert_eq!(told(&call), "FkqOVGzh2ryTe2aBKabp message CALL");
    let message = call.outcome.as_ref().unwrap();
    assert_eq!(message.type_number(), Some(1));
    let duration = message.call().unwrap().duration;
    assert_eq!(duration, Some(Duration::from_mins(2)));
    let sms = only(fixture!("webhook-outbound-sms-failed-issue260.json"));
    assert_eq!(told(&sms), "UWVu3rMwQsiC5i7udMUp message SMS");
    let provider = only(
        r#"{"type":"SMS","contactId":"c1","locationId":"l1","messageId":"UWVu3rMwQsiC5i7udMUp",
            "phone":"+15550100111","message":"Hi there","attachments":[]}"#,
    );
    assert_eq!(told(&provider), "UWVu3rMwQsiC5i7udMUp message SMS");
    let message = provider.outcome.as_ref().unwrap();
    assert_eq!(message.body().as_deref(), Some("Hi there"));
    assert_eq!(message.snippet(), "Hi there");
    let event = only(r#"{"type":"ProviderOutboundMessage","messageId":"x1","body":"Hi"}"#);
    assert_eq!(told(&event), "x1 message ?");
}

#[test]
fn a_page_is_a_row_for_each_of_its_messages_in_its_order() {
    let page = snapshots(fixture!(
        "conversation-messages-page-double-wrapped-issue54.json"
    ));
    let rows: Vec<_> = page.iter().map(told).collect();
    assert_eq!(
        rows,
        [
            "oNITIYP1gTVWJngn83x7 message SMS",
            "4ds5fCfhBd1KsxQYH4nV message WAPP",
            "OTMYZsdyNFHp0MECmhpd message CALL"
        ]
    );
    let flat = r#"{"lastMessageId":"a2","nextPage":false,"messages":[
        {"id":"a1","type":2},{"body":"no id, no type"},{"messageType":"TYPE_SMS"}]}"#;
    let rows: Vec<_> = snapshots(flat).iter().map(told).collect();
    assert_eq!(
        rows,
        [
            "a1 message SMS",
            "item2 number 2 in line 1 is no message",
            "item3 message SMS"
        ]
    );
    let export = only(fixture!("messages-export-page.json"));
    assert_eq!(told(&export), "oNITIYP1gTVWJngn83x7 message SMS");
    assert_eq!(
        read(fixture!("conversation-messages-empty.json")),
        Err(Unrecognised::NoMessages)
    );
}

#[test]
fn an_email_record_is_one_wrapped_or_flat() {
    for (record, id) in [
        (
            fixture!("email-record-delivered.json"),
            "I1VpvjdwvVfMFnK6DqgI",
        ),
        (
            fixture!("email-record-documented-unwrapped.json"),
            "FI5amLU4d8ESSl3ucMyP",
        ),
    ] {
        assert_eq!(told(&only(record)), format!("{id} email EMAIL"));
    }
}

#[test]
fn what_is_no_message_is_not_taken_for_one() {
    for other in [
        fixture!("contact.json"),
        fixture!("conversation.json"),
        fixture!("conversation-search.json"),
        fixture!("user.json"),
        fixture!("location.json"),
        fixture!("transcription-array.json"),
        fixture!("error-401-expired.json"),
        fixture!("error-422-message-array-traceid.json"),
        fixture!("webhook-lc-email-stats-delivered.json"),
        br#"{"type":"ContactCreate","id":"PvqI5W9TlT58kcNluuZ6"}"#,
        br#"{"id":"a1","profile":"p","at":"2026-03-04T17:49:21Z","type":"SMS","snippet":""}"#,
        b"[]",
        b"[[{\"messageType\":\"SMS\"}]]",
        b"17",
    ] {
        let words = String::from_utf8_lossy(other);
        assert_eq!(read(other), Err(Unrecognised::NoMessage), "{words}");
    }
}

#[test]
fn every_message_among_the_fixtures_is_read() {
    let files = std::fs::read_dir("tests/integration/fixtures").unwrap();
    let mut read_so_far = 0;
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let others = [
            "contact",
            "conversation.",
            "conversation-search",
            "conversation-messages-empty",
            "error-",
            "location",
            "transcription",
            "user",
            "webhook-lc",
        ];
        if others.iter().any(|other| name.starts_with(other)) {
            continue;
        }
        for snapshot in snapshots(std::fs::read(&path).unwrap()) {
            assert!(snapshot.outcome.is_ok(), "{name}: {}", told(&snapshot));
            assert_ne!(snapshot.outcome.unwrap().kind(), None, "{name}");
        }
        read_so_far += 1;
    }
    assert!(read_so_far > 25, "{read_so_far}");
}

#[test]
fn lines_are_a_row_each_and_one_that_is_no_message_says_where_it_stands() {
    let lines = "\u{feff}{\"id\":\"a1\",\"type\":2}\r\n\n{\"id\":\"a2\",\"type\":1\n  2026 log \n\
        {\"event\":\"x\"}\n[{\"messageType\":\"SMS\"},{\"messageType\":\"SMS\"}]\n";
    let all = snapshots(lines);
    let rows: Vec<_> = all.iter().map(told).collect();
    assert_eq!(
        rows,
        [
            "a1 message SMS",
            "line3 line 3 ends too early to be JSON",
            "line4 line 4 is not JSON from column 8 on",
            "line5 line 5 holds no message",
            "line6item1 message SMS",
            "line6item2 message SMS",
        ]
    );
    let bodies: Vec<_> = all
        .iter()
        .map(|one| one.answer.as_ref().unwrap().body.text())
        .collect();
    assert_eq!(&**bodies[0], r#"{"id":"a1","type":2}"#);
    assert_eq!(&**bodies[2], "2026 log");
    let causes: Vec<_> = all
        .iter()
        .filter_map(|one| one.outcome.as_ref().err())
        .collect();
    assert_eq!(causes[0].cause, Cause::NotJson);
    assert_eq!(causes[2].cause, Cause::NotAMessage(Resource::Unknown));
}

#[test]
fn answers_over_several_lines_may_stand_one_behind_the_other() {
    let both = [
        fixture!("sms-outbound-delivered.json"),
        fixture!("webhook-inbound-call.json"),
        b"{}",
    ];
    let rows: Vec<_> = snapshots(both.concat()).iter().map(told).collect();
    assert_eq!(
        rows[..2],
        [
            "YkxctoqLBoLgBwSVDmOf message SMS",
            "FkqOVGzh2ryTe2aBKabp message CALL",
        ]
    );
    assert_eq!(rows[2], "line42 line 42 holds no message");
}

#[test]
fn a_line_of_get_says_what_it_was_asked_for_and_what_came_of_it() {
    let lines = "{\"id\":\"e1\",\"profile\":\"ac\\u001bme\",\"http\":200,\"ms\":182,\"answer\":\
        {\"message\":{\"id\":\"a1\",\"type\":2}}}\n\
        {\"id\":\"e2\",\"profile\":\"acme\",\"http\":404,\"ms\":95,\"failure\":\
        {\"kind\":\"not-found\",\"title\":\"not found\",\"messages\":[\"Message not found\"],\"traceId\":\"t9\"}}\n\
        {\"input\":\"??\",\"line\":3,\"failure\":{\"kind\":\"not-an-id\",\"title\":\"no id\",\"messages\":[]}}\n\
        {\"id\":\"c1\",\"profile\":\"acme\",\"http\":200,\"ms\":1,\"answer\":{\"messages\":[{\"id\":\"a5\",\"type\":2}]}}";
    let all = snapshots(lines);
    let rows: Vec<_> = all.iter().map(told).collect();
    assert_eq!(
        rows,
        [
            "e1 message SMS",
            "e2 Message not found",
            "line3 ",
            "a5 message SMS"
        ]
    );
    assert!(!all[0].asked.profile.contains('\u{1b}'));
    assert_eq!(all[0].took, Duration::from_millis(182));
    assert_eq!(all[0].other_id().as_deref(), Some("a1"));
    let failure = all[1].outcome.as_ref().unwrap_err();
    assert_eq!(
        (&failure.cause, failure.http),
        (&Cause::NotFound, Some(404))
    );
    assert_eq!(all[1].trace_id().as_deref(), Some("t9"));
    assert_eq!(all[1].asked.profile, "acme");
}

#[test]
fn a_line_of_the_exported_history_is_the_lookup_it_was() {
    let snapshot = only(
        r#"{"key":7,"id":"a1","profile":"acme","at":"2026-01-02T03:04:05Z","ms":40,"endpoint":"email",
            "baseUrl":"https://x.example","version":"v3","http":200,"body":"{\"emailMessage\":{\"id\":\"r1\"}}"}"#,
    );
    assert_eq!(told(&snapshot), "a1 email EMAIL");
    assert_eq!(snapshot.at.to_string(), "2026-01-02T03:04:05Z");
    let body = snapshot.answer.unwrap().body;
    assert_eq!(&**body.text(), r#"{"emailMessage":{"id":"r1"}}"#);
}

#[test]
fn a_text_that_is_not_recognised_says_where_it_breaks() {
    assert_eq!(read(" \n"), Err(Unrecognised::Empty));
    assert_eq!(
        read("hello\nthere"),
        Err(Unrecognised::NotJson { line: 1, column: 1 })
    );
    assert_eq!(
        read("{\n \"message\": {\n"),
        Err(Unrecognised::Cut { line: 3 })
    );
}

#[test]
fn only_the_snapshots_that_are_wanted_are_made() {
    let payload = read("{\"id\":\"a1\",\"type\":2}\n".repeat(9)).unwrap();
    assert_eq!(payload.snapshots(3..5).count(), 2);
    assert_eq!(payload.snapshots(8..50).count(), 1);
    assert_eq!(payload.snapshots(50..60).count(), 0);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(
        text in "([\\[{}\\],: \n\"]|\"(id|type|message|messages|answer|failure|endpoint|at)\"|[0-9]|\\PC){0,60}"
    ) {
        if let Ok(payload) = read(text) {
            prop_assert!(payload.snapshots(0..payload.len()).count() > 0);
        }
    }
}
