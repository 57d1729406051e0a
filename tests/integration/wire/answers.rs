//! Answers that arrive whole, late, cut, too large, packed, or as something else.
//! Never a connection that fails before one: that is in `faults`.

use std::time::Duration;

use msgscope::api::client::BODY_LIMIT;
use msgscope::api::decode::{Facts, decode};
use msgscope::model::body::Body;
use msgscope::model::endpoint::Endpoint;
use msgscope::model::failure::{Blocker, Cause, Resource, TokenForm};

use super::{AMPLE, SHORT, cause, failure, lookup};
use crate::support::fixtures::fixture;
use crate::support::gzip;
use crate::support::wire::{Step, Wire, bytes, cut, drip, json, silent};

async fn told(steps: Vec<Step>) -> msgscope::model::snapshot::Snapshot {
    let wire = Wire::start(move |_| steps.clone());
    lookup(&wire.base_url(), AMPLE).await
}

fn then_close(mut steps: Vec<Step>) -> Vec<Step> {
    steps.push(Step::Close);
    steps
}

const PACKED: &[(&str, &str)] = &[("Content-Encoding", "gzip")];

#[tokio::test]
async fn a_message_arrives_wrapped_and_flat_with_its_bytes_as_sent() {
    for file in [
        "sms-outbound-delivered.json",
        "call-documented-flat-meta-unwrapped.json",
    ] {
        let snapshot = told(json(200, fixture(file))).await;
        assert!(snapshot.outcome.is_ok(), "{file}");
        let answer = snapshot.answer.as_ref().unwrap();
        assert_eq!((answer.http, answer.body.bytes()), (200, &*fixture(file)));
        assert_eq!(snapshot.asked.id.as_str(), super::ID);
        assert!(snapshot.took > Duration::ZERO && snapshot.took < AMPLE);
    }
}

#[tokio::test]
async fn every_error_arrives_as_it_decodes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integration/fixtures");
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut errors = 0;
    for file in files.filter(|file| file.starts_with("error-")) {
        let http: u16 = file[6..9].parse().unwrap();
        let snapshot = told(json(http, fixture(&file))).await;
        let body = Body::new(fixture(&file));
        let form = TokenForm::PrivateIntegration;
        let decoded = decode(&Endpoint::Message, http, &Facts::default(), &body, form);
        assert_eq!(snapshot.outcome, decoded, "{file}");
        assert_eq!(snapshot.answer.unwrap().http, http, "{file}");
        errors += 1;
    }
    assert!(errors > 15);
}

#[tokio::test]
async fn a_slow_answer_within_the_limit_is_whole() {
    let answer = json(200, r#"{"id":"x","type":2}"#);
    let snapshot = told(drip(answer, Duration::from_millis(1))).await;
    assert!(snapshot.outcome.is_ok());
}

#[tokio::test]
async fn silence_ends_at_the_limit() {
    let wire = Wire::start(|_| silent());
    let snapshot = lookup(&wire.base_url(), SHORT).await;
    assert_eq!(*cause(&snapshot), Cause::NoAnswer { after: SHORT });
    assert_eq!((failure(&snapshot).http, snapshot.answer), (None, None));
    assert!(snapshot.took >= SHORT && snapshot.took < AMPLE);
}

#[tokio::test]
async fn silence_in_the_middle_of_a_body_ends_at_the_limit_and_keeps_what_came() {
    let wire = Wire::start(|_| {
        let mut steps = bytes(200, &[("Content-Length", "100")], "{\"message\"");
        steps.extend(silent());
        steps
    });
    let snapshot = lookup(&wire.base_url(), SHORT).await;
    assert_eq!(*cause(&snapshot), Cause::NoAnswer { after: SHORT });
    assert_eq!(failure(&snapshot).http, Some(200));
    assert_eq!(snapshot.answer.unwrap().body.bytes(), b"{\"message\"");
}

#[tokio::test]
async fn a_cut_answer_tells_how_much_came_of_how_much() {
    let body = fixture("sms-inbound.json");
    let of = Some(body.len() as u64);
    let snapshot = told(cut(200, body.clone(), 120)).await;
    assert_eq!(*cause(&snapshot), Cause::Cut { after: 120, of });
    assert_eq!(failure(&snapshot).http, Some(200));
    assert_eq!(snapshot.answer.unwrap().body.bytes(), &body[..120]);

    let chunked = bytes(
        200,
        &[("Transfer-Encoding", "chunked")],
        "a\r\n{\"message\"\r\n",
    );
    let snapshot = told(then_close(chunked)).await;
    assert_eq!(
        *cause(&snapshot),
        Cause::Cut {
            after: 10,
            of: None
        }
    );

    let short = bytes(200, &[("Content-Length", "10")], &body);
    let snapshot = told(then_close(short)).await;
    assert_eq!(
        *cause(&snapshot),
        Cause::Cut {
            after: 10,
            of: None
        }
    );

    let no_length = bytes(200, &[], &body[..10]);
    let snapshot = told(then_close(no_length)).await;
    assert_eq!(
        *cause(&snapshot),
        Cause::Cut {
            after: 10,
            of: None
        }
    );
}

#[tokio::test]
async fn a_body_up_to_the_limit_is_read_and_one_byte_more_is_not() {
    let limit = usize::try_from(BODY_LIMIT).unwrap();
    let mut body = fixture("sms-inbound.json");
    body.resize(limit, b' ');
    assert!(told(json(200, body.clone())).await.outcome.is_ok());
    body.push(b' ');
    let too_large = Cause::TooLarge { limit: BODY_LIMIT };
    for steps in [json(200, &body), then_close(bytes(200, &[], &body))] {
        let snapshot = told(steps).await;
        assert_eq!(*cause(&snapshot), too_large);
        assert!(snapshot.answer.unwrap().body.is_empty());
    }
    let endless = vec![Step::Send(vec![b' '; 1 << 20]); 17];
    let snapshot = told([bytes(500, &[], ""), endless].concat()).await;
    assert_eq!(*cause(&snapshot), too_large);
    assert_eq!(failure(&snapshot).http, Some(500));
}

#[tokio::test]
async fn the_limit_counts_what_is_unpacked() {
    let bomb = gzip::zeros(10_000);
    assert!(bomb.len() < 200_000);
    let snapshot = told(bytes(200, PACKED, bomb)).await;
    assert_eq!(*cause(&snapshot), Cause::TooLarge { limit: BODY_LIMIT });
}

#[tokio::test]
async fn a_packed_answer_is_unpacked_and_a_cut_one_is_cut() {
    let body = fixture("sms-inbound.json");
    let packed = gzip::stored(&body);
    let snapshot = told(then_close(bytes(200, PACKED, &packed))).await;
    assert!(snapshot.outcome.is_ok());
    assert_eq!(snapshot.answer.unwrap().body.bytes(), body);

    let half = then_close(bytes(200, PACKED, &packed[..115]));
    let snapshot = told(half).await;
    assert_eq!(
        *cause(&snapshot),
        Cause::Cut {
            after: 100,
            of: None
        }
    );

    let plain = then_close(bytes(200, PACKED, &body));
    assert_eq!(*cause(&told(plain).await), Cause::NotJson);
}

#[tokio::test]
async fn an_answer_that_is_no_json_says_what_it_is() {
    let page = "<!DOCTYPE html><html><body>Sign in</body></html>";
    for (steps, expected) in [
        (json(200, page), Cause::Blocked(Blocker::Proxy)),
        (json(502, page), Cause::Blocked(Blocker::Proxy)),
        (json(200, "OK"), Cause::NotJson),
        (json(200, ""), Cause::Empty),
        (json(200, "[]"), Cause::NotAMessage(Resource::Unknown)),
    ] {
        assert_eq!(*cause(&told(steps).await), expected);
    }
}

#[tokio::test]
async fn limits_and_the_wait_are_read_from_the_headers() {
    let headers = [
        ("X-RateLimit-Remaining", "0"),
        ("x-ratelimit-max", "100"),
        ("X-RATELIMIT-INTERVAL-MILLISECONDS", "10000"),
        ("X-RateLimit-Daily-Remaining", "199000"),
        ("Retry-After", "7"),
        ("Content-Length", "0"),
    ];
    let snapshot = told(bytes(429, &headers, "")).await;
    let wait = Some(Duration::from_secs(7));
    assert_eq!(*cause(&snapshot), Cause::RateLimited { wait });
    let limits = snapshot.answer.unwrap().limits;
    assert_eq!((limits.burst_left, limits.burst), (Some(0), Some(100)));
    assert_eq!(limits.interval, Some(Duration::from_secs(10)));
    assert_eq!(limits.day_left, Some(199_000));
}
