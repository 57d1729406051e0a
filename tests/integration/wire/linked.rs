//! What belongs to a message, asked of a real server: the path of each, and both shapes of its answer.
//! Never a file: saving is in `saving`.

use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::Cause;
use msgscope::model::id::MessageId;
use msgscope::model::message::Message;
use msgscope::model::snapshot::Snapshot;

use super::{AMPLE, ID, client};
use crate::support::fixtures::fixture;
use crate::support::wire::{Request, Step, Wire, json};

const OTHER: &str = "7ysh0vjy4EDQXyzqTu7v";

fn id(text: &str) -> MessageId {
    MessageId::new(text).unwrap()
}

fn transcript() -> Endpoint {
    Endpoint::Transcript {
        location: id(OTHER),
    }
}

async fn asked(endpoint: Endpoint, http: u16, body: Vec<u8>) -> (Snapshot, Request) {
    let wire = Wire::start(move |_| json(http, body.clone()));
    let snapshot = client(&wire.base_url(), AMPLE)
        .linked(endpoint, &id(ID))
        .await;
    let request = wire.requests().remove(0);
    (snapshot, request)
}

async fn found(endpoint: Endpoint, body: &[u8]) -> (Message, Request) {
    let (snapshot, request) = asked(endpoint, 200, body.to_vec()).await;
    assert_eq!(snapshot.asked.id.as_str(), ID);
    assert_eq!(snapshot.answer.unwrap().body.bytes(), body);
    (snapshot.outcome.unwrap(), request)
}

#[tokio::test]
async fn an_email_record_is_read_wrapped_and_flat() {
    for file in [
        "email-record-failed-error.json",
        "email-record-documented-unwrapped.json",
    ] {
        let (record, request) = found(Endpoint::EmailRecord, &fixture(file)).await;
        assert_eq!(request.path, format!("/conversations/messages/email/{ID}"));
        assert!(
            record.is_email_record() && record.status().is_some(),
            "{file}"
        );
        assert_eq!(record.field("subject").unwrap().plain(), "Your estimate");
    }
}

#[tokio::test]
async fn a_page_of_messages_is_read_wrapped_twice_and_flat() {
    let real = fixture("conversation-messages-page-double-wrapped-issue54.json");
    let flat = br#"{"lastMessageId":"OTMYZsdyNFHp0MECmhpd","nextPage":true,"messages":[
        {"id":"a","type":2},{"id":"b","type":2},{"id":"c","type":1}]}"#;
    for body in [real.as_slice(), flat] {
        let first = Endpoint::Messages { before: None };
        let (page, request) = found(first, body).await;
        assert_eq!(
            request.path,
            format!("/conversations/{ID}/messages?limit=20")
        );
        assert_eq!(page.listed().len(), 3);
        assert_eq!(page.next_page(), Some(id("OTMYZsdyNFHp0MECmhpd")));
    }
    let next = Endpoint::Messages {
        before: Some(id(OTHER)),
    };
    let (_, request) = asked(next, 200, real).await;
    let path = format!("/conversations/{ID}/messages?limit=20&lastMessageId={OTHER}");
    assert_eq!(request.path, path);
}

#[tokio::test]
async fn an_empty_first_page_is_no_conversation_and_an_empty_later_one_is_its_end() {
    let empty = fixture("conversation-messages-empty.json");
    let first = Endpoint::Messages { before: None };
    let (snapshot, _) = asked(first, 200, empty.clone()).await;
    assert_eq!(snapshot.outcome.unwrap_err().cause, Cause::NotFound);
    let later = Endpoint::Messages {
        before: Some(id(OTHER)),
    };
    let (page, _) = found(later, &empty).await;
    assert_eq!((page.listed().len(), page.next_page()), (0, None));
}

#[tokio::test]
async fn a_transcript_is_read_as_a_list_and_as_one_sentence() {
    let list = fixture("transcription-array.json");
    let one = br#"{"mediaChannel":1,"sentenceIndex":0,"startTime":34,"transcript":"Hi."}"#;
    for body in [list.as_slice(), one] {
        let (said, request) = found(transcript(), body).await;
        let path = format!("/conversations/locations/{OTHER}/messages/{ID}/transcription");
        assert_eq!(request.path, path);
        assert!(said.root().raw().contains("transcript"));
    }
}

#[tokio::test]
async fn names_are_read_wrapped_and_flat() {
    let flat = |body: &[u8], name: &str| {
        let whole: serde_json::Value = serde_json::from_slice(body).unwrap();
        whole.get(name).unwrap_or(&whole).to_string().into_bytes()
    };
    for (endpoint, path, file, name) in [
        (Endpoint::Contact, "contacts", "contact.json", "firstName"),
        (Endpoint::User, "users", "user.json", "name"),
        (Endpoint::Location, "locations", "location.json", "name"),
    ] {
        let body = fixture(file);
        let inner = flat(&body, path.trim_end_matches('s'));
        for body in [body, inner] {
            let (found, request) = found(endpoint.clone(), &body).await;
            assert_eq!(request.path, format!("/{path}/{ID}"));
            assert!(found.field(name).is_some(), "{file}");
        }
    }
}

#[tokio::test]
async fn a_missing_scope_and_a_web_page_are_failures_like_a_messages() {
    let denied = fixture("error-401-missing-scope.json");
    for endpoint in [Endpoint::Contact, Endpoint::User, transcript()] {
        let (snapshot, _) = asked(endpoint, 401, denied.clone()).await;
        assert_eq!(snapshot.outcome.unwrap_err().cause, Cause::ScopeMissing);
    }
    let (snapshot, _) = asked(Endpoint::Contact, 200, b"<html>".to_vec()).await;
    assert!(matches!(
        snapshot.outcome.unwrap_err().cause,
        Cause::Blocked(_)
    ));
}

#[tokio::test]
async fn an_emails_newest_record_comes_with_it_and_speaks_for_it() {
    let wire = Wire::start(|request: &Request| -> Vec<Step> {
        if request.path.contains("/email/") {
            json(200, fixture("email-record-failed-error.json"))
        } else {
            let message = fixture("email-outbound-message-no-status.json");
            let message = String::from_utf8(message).unwrap();
            let at = message.find("messageIds").unwrap();
            let open = at + message[at..].find('[').unwrap();
            let close = open + message[open..].find(']').unwrap();
            let ids = r#"["older0000000000000001", "bEYPIYf1VcNGNOSNAp95"]"#;
            json(
                200,
                format!("{}{ids}{}", &message[..open], &message[close + 1..]),
            )
        }
    });
    let snapshot = client(&wire.base_url(), AMPLE).lookup(&id(ID)).await;
    let message = snapshot.outcome.as_ref().unwrap();
    assert_eq!(message.outcome().unwrap().word(), "failed");
    assert_eq!(
        message.error().unwrap(),
        "1 Requested mail action aborted, mailbox not found"
    );
    let paths: Vec<String> = wire.requests().into_iter().map(|one| one.path).collect();
    assert_eq!(
        paths,
        [
            format!("/conversations/messages/{ID}"),
            "/conversations/messages/email/bEYPIYf1VcNGNOSNAp95".to_owned()
        ]
    );
    assert_eq!(snapshot.linked.len(), 1);
}
