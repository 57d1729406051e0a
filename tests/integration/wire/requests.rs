//! What is sent, and what is not.
//! Never what comes back: that is in `answers` and `faults`.

use std::io::Read;

use msgscope::api::token::TokenOrigin;
use msgscope::model::failure::{Cause, Resource};

use super::{AMPLE, ID, TOKEN, cause, client, id, lookup, settings, socket};
use crate::support::clients;
use crate::support::fixtures::fixture;
use crate::support::wire::{Wire, bytes, json};

#[tokio::test]
async fn a_lookup_is_one_get_with_its_headers_once_each_and_no_others() {
    let wire = Wire::start(|_| json(200, fixture("sms-inbound.json")));
    let snapshot = lookup(&wire.base_url(), AMPLE).await;
    assert!(snapshot.outcome.is_ok());
    let [request] = &wire.requests()[..] else {
        panic!("one request");
    };
    assert_eq!(request.method, "GET");
    assert_eq!(request.path, format!("/conversations/messages/{ID}"));
    let mut headers = request.headers.clone();
    headers.sort();
    let expected = [
        ("accept", "application/json".to_owned()),
        ("accept-encoding", "gzip".to_owned()),
        ("authorization", format!("Bearer {TOKEN}")),
        ("host", wire.base_url().replace("http://", "")),
        (
            "user-agent",
            concat!("msgscope/", env!("CARGO_PKG_VERSION")).to_owned(),
        ),
        ("version", "2021-07-28".to_owned()),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(headers, expected);
}

#[tokio::test]
async fn a_base_path_stands_before_the_path() {
    let wire = Wire::start(|_| json(200, "{}"));
    lookup(&format!("{}/gate/way/", wire.base_url()), AMPLE).await;
    let path = wire.requests()[0].path.clone();
    assert_eq!(path, format!("/gate/way/conversations/messages/{ID}"));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let wire = Wire::start(|_| json(200, "{}"));
    let client = clients::client(settings(&wire.base_url(), AMPLE), TokenOrigin::Nowhere);
    let snapshot = client.lookup(&id()).await;
    assert_eq!(*cause(&snapshot), Cause::NoToken);
    assert_eq!(
        (snapshot.answer, snapshot.asked.token.as_str()),
        (None, "none")
    );
    assert!(wire.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_its_host_is_told() {
    let other = Wire::start(|_| json(200, fixture("sms-inbound.json")));
    let elsewhere = other.base_url();
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{elsewhere}/conversations/messages/{ID}?secret=1");
        let wire = Wire::start(move |_| {
            let headers = [("Location", &*location), ("Content-Length", "0")];
            bytes(status, &headers, "")
        });
        let snapshot = lookup(&wire.base_url(), AMPLE).await;
        let host = elsewhere.replace("http://", "");
        assert_eq!(*cause(&snapshot), Cause::Redirect { host });
        assert_eq!(wire.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn lookups_share_a_connection() {
    let (address, talking) = socket::once(|stream| {
        for _ in 0..3 {
            socket::answer(stream, b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\n{}");
        }
    });
    let client = client(&format!("http://{address}"), AMPLE);
    for client in [&client, &client.clone(), &client] {
        let snapshot = client.lookup(&id()).await;
        assert_eq!(*cause(&snapshot), Cause::NotAMessage(Resource::Unknown));
    }
    talking.join().unwrap();
}

#[tokio::test]
async fn dropping_a_lookup_hangs_up() {
    let (arrived, arrival) = tokio::sync::oneshot::channel();
    let (address, talking) = socket::once(|stream| {
        let mut bytes = [0; 8192];
        assert!(stream.read(&mut bytes).unwrap() > 0);
        arrived.send(()).unwrap();
        stream.read(&mut bytes).map(|length| length == 0)
    });
    let client = client(&format!("http://{address}"), AMPLE);
    let id = id();
    tokio::select! {
        _ = client.lookup(&id) => panic!("nobody answered"),
        arrived = arrival => arrived.unwrap(),
    }
    let hung_up = tokio::task::spawn_blocking(|| talking.join().unwrap());
    assert!(hung_up.await.unwrap().unwrap());
}

#[tokio::test]
async fn the_token_is_in_nothing_that_can_be_printed() {
    let wire = Wire::start(|_| json(401, fixture("error-401-invalid-pit.json")));
    let client = client(&wire.base_url(), AMPLE);
    let answered = client.lookup(&id()).await;
    let base_url = wire.base_url();
    drop(wire);
    let refused = lookup(&base_url, AMPLE).await;
    let (settings, identity) = (client.settings(), client.identity());
    let printed = format!("{client:?} {settings:?} {identity:?} {answered:?} {refused:?}");
    assert!(printed.contains("(redacted)") && printed.contains(ID));
    for part in TOKEN.split('-').skip(1) {
        assert!(!printed.contains(part), "{printed}");
    }
    assert_eq!(
        answered.asked.token,
        "private integration, from MSGSCOPE_TOKEN"
    );
}

#[tokio::test]
async fn an_error_page_that_repeats_the_request_does_not_show_the_token() {
    let wire = Wire::start(|request| {
        let sent = request.header("authorization").unwrap_or_default();
        json(
            401,
            format!(r#"{{"statusCode":401,"message":"refused: {sent}"}}"#),
        )
    });
    let snapshot = lookup(&wire.base_url(), AMPLE).await;
    let told = format!("{:?}", snapshot.outcome.as_ref().unwrap_err());
    assert!(
        told.contains("refused: Bearer (redacted)") && !told.contains(TOKEN),
        "{told}"
    );
    let body = snapshot.answer.unwrap().body;
    assert!(!body.text().contains(TOKEN));
}
