//! Where a message is found in an answer, and what is read of it where answers differ.
//! Never a whole body: those are in `sightings`.

use std::time::Duration;

use msgscope::model::failure::{Cause, Resource};

use super::{ask, cause, message};
use crate::support::fixtures::fixture;

#[test]
fn a_message_is_found_flat_wrapped_and_alone_in_a_list() {
    for body in [
        r#"{"id":"x","type":2}"#,
        r#"{"message":{"id":"x","type":2},"traceId":"t"}"#,
        r#"{"message":{"id":"x"}}"#,
        r#"[{"id":"x","type":2}]"#,
        r#"[{"message":{"id":"x","type":2}}]"#,
        r#"{"id":"x","type":2,"message":"a field of that name"}"#,
        "\u{feff}{\"id\":\"x\",\"type\":2}\r\n",
    ] {
        assert_eq!(message(body).id().as_deref(), Some("x"), "{body}");
        assert_eq!(ask(201, body).unwrap().id().as_deref(), Some("x"), "{body}");
    }
    for body in [
        r#"{"message":"x"}"#,
        r#"{"message":[]}"#,
        r#"{"message":{}}"#,
        r#"[{"id":"x","type":2},{"id":"y","type":2}]"#,
        "[[]]",
        "{}",
        "null",
        "7",
        r#""text""#,
    ] {
        assert_eq!(
            cause(200, body),
            Cause::NotAMessage(Resource::Unknown),
            "{body}"
        );
    }
}

#[test]
fn the_parts_of_a_call_are_read_from_every_place_they_were_seen_in() {
    let call = |meta: &str| {
        let body = format!(r#"{{"id":"x","messageType":"TYPE_CALL",{meta}}}"#);
        let call = message(&body).call().cloned().unwrap();
        let status = call
            .status
            .map(|status| (status.status.word().to_owned(), status.field));
        (status, call.duration.map(|duration| duration.as_secs()))
    };
    let status = |word: &str, field| Some((word.to_owned(), field));
    assert_eq!(
        call(r#""meta":{"call":{"duration":null,"status":"completed"}}"#),
        (status("completed", "meta.call.status"), None)
    );
    assert_eq!(
        call(r#""meta":{"callDuration":"120","callStatus":"busy"}"#),
        (status("busy", "meta.callStatus"), Some(120))
    );
    assert_eq!(
        call(r#""callDuration":9,"callStatus":"no-answer""#),
        (status("no-answer", "callStatus"), Some(9))
    );
    assert_eq!(call(r#""meta":"none""#), (None, None));
    let webhook = ask(200, fixture("webhook-inbound-call.json")).unwrap();
    let duration = webhook.call().unwrap().duration;
    assert_eq!(duration, Some(Duration::from_mins(2)));
    assert_eq!(webhook.kind().unwrap().short(), "CALL");
}

#[test]
fn a_reason_is_read_whatever_type_it_has() {
    let reason = |error: &str| {
        let body = format!(r#"{{"id":"x","type":2,"error":{error}}}"#);
        message(&body).error().map(std::borrow::Cow::into_owned)
    };
    assert_eq!(
        reason(r#""Error 30005 - gone""#).unwrap(),
        "Error 30005 - gone"
    );
    assert_eq!(reason("30005").unwrap(), "30005");
    assert_eq!(reason(r#"{"message":"gone"}"#).unwrap(), "gone");
    assert_eq!(reason(r#"{"code":1}"#).unwrap(), r#"{"code":1}"#);
    assert_eq!(reason("null"), None);
    assert_eq!(reason(r#"" ""#), None);
}

#[test]
fn fields_nobody_documented_and_values_of_other_types_are_kept_as_sent() {
    let message = message(
        r#"{"message":{"id":"x","type":"2","status":{"a":1},"from":{},"zodiac":[1e999],"direction":5,"dateAdded":1772646248412},"extra":true}"#,
    );
    let raw = |name: &str| message.field(name).unwrap().raw().to_owned();
    assert_eq!(
        (raw("from"), raw("zodiac")),
        ("{}".into(), "[1e999]".into())
    );
    assert_eq!(message.status().unwrap().word(), r#"{"a":1}"#);
    assert!(!message.status().unwrap().is_known());
    assert_eq!(message.direction(), None);
    assert_eq!(message.type_number(), Some(2));
    let added = message.added().unwrap().to_string();
    assert_eq!(added, "2026-03-04T17:44:08.412Z");
    assert_eq!(message.beside()[0].name, "extra");
}
