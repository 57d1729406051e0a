//! Connections that end before an answer.
//! Never an answer, not even half a one: those are in `answers`.

use std::net::TcpListener;
use std::time::Duration;

use msgscope::app::action::Keys;
use msgscope::model::face::Face;
use msgscope::model::failure::{Cause, NetworkFault, Resource};

use super::{AMPLE, cause, client, failure, id, lookup, socket};
use crate::support::wire::{Step, Wire};

fn network(fault: NetworkFault) -> Cause {
    Cause::Network(fault)
}

#[tokio::test]
async fn a_port_where_nobody_listens_refuses() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let snapshot = lookup(&base_url, AMPLE).await;
    assert_eq!(*cause(&snapshot), network(NetworkFault::Refused));
    assert_eq!(snapshot.answer, None);
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_not_found() {
    let snapshot = lookup("https://nobody.invalid", AMPLE).await;
    assert_eq!(*cause(&snapshot), network(NetworkFault::NameNotFound));
}

#[tokio::test]
async fn a_connection_closed_before_an_answer_is_told_so() {
    for steps in [
        vec![Step::Close],
        vec![
            Step::Send(b"HTTP/1.1 200 \r\nContent-".to_vec()),
            Step::Close,
        ],
    ] {
        let wire = Wire::start(move |_| steps.clone());
        let snapshot = lookup(&wire.base_url(), AMPLE).await;
        assert_eq!(*cause(&snapshot), network(NetworkFault::Closed));
    }
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_told_so() {
    let (address, talking) = socket::once(|stream| {
        socket::answer(stream, b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    let snapshot = lookup(&format!("https://{address}"), AMPLE).await;
    let words = "the other side does not speak TLS".to_owned();
    assert_eq!(*cause(&snapshot), network(NetworkFault::Tls(words)));
    talking.join().unwrap();
}

#[tokio::test]
async fn a_handshake_that_is_hung_up_on_is_a_closed_connection() {
    let (address, talking) = socket::once(|stream| socket::answer(stream, b""));
    let snapshot = lookup(&format!("https://{address}"), AMPLE).await;
    assert_eq!(*cause(&snapshot), network(NetworkFault::Closed));
    talking.join().unwrap();
}

/// Hangs up with the request unread, which the system tells the other side as a reset.
fn reset() -> (std::net::SocketAddr, std::thread::JoinHandle<()>) {
    socket::once(|stream| {
        let arrived = stream.peek(&mut [0; 64]).unwrap();
        assert!(arrived > 0, "something was sent");
    })
}

#[tokio::test]
async fn each_fault_is_told_with_the_host_and_what_to_check() {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let nobody = free.local_addr().unwrap();
    drop(free);
    let (resetting, reset) = reset();
    let (plain, talking) = socket::once(|stream| {
        socket::answer(stream, b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    for (base_url, why) in [
        (
            "https://nobody.invalid".to_owned(),
            "nobody.invalid: name not found.".to_owned(),
        ),
        (
            format!("http://{nobody}"),
            format!("{nobody}: connection refused."),
        ),
        (
            format!("http://{resetting}"),
            format!("{resetting}: connection closed."),
        ),
        (
            format!("https://{plain}"),
            format!("{plain}: TLS: the other side does not speak TLS"),
        ),
    ] {
        let snapshot = lookup(&base_url, AMPLE).await;
        let failure = failure(&snapshot);
        assert_eq!(failure.why(&snapshot.asked), why);
        let told = (
            failure.title(),
            failure.next(&snapshot.asked, Face::Console(&Keys::default().hints())),
        );
        let next = "Check VPN, proxy and base URL; msgscope doctor --online.".to_owned();
        assert_eq!(told, ("no connection", next), "{why}");
        assert_eq!((failure.http, &failure.trace_id), (None, &None));
    }
    reset.join().unwrap();
    talking.join().unwrap();
}

#[tokio::test]
async fn a_server_that_does_not_speak_http_is_told_in_words_without_the_url() {
    let (address, talking) = socket::once(|stream| {
        socket::answer(stream, b"SSH-2.0-OpenSSH_9.6\r\n\r\n");
    });
    let snapshot = lookup(&format!("http://{address}"), AMPLE).await;
    let Cause::Network(NetworkFault::Other(words)) = cause(&snapshot) else {
        panic!("{snapshot:?}");
    };
    assert!(!words.is_empty(), "{words}");
    let port = address.port().to_string();
    assert!(
        !words.contains(&port) && !words.contains("http://"),
        "{words}"
    );
    talking.join().unwrap();
}

#[tokio::test]
async fn a_connection_that_was_closed_while_it_rested_is_made_anew() {
    let wire = Wire::start(|_| {
        let answer = b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\n{}".to_vec();
        let rest = Duration::from_millis(50);
        vec![Step::Send(answer), Step::Wait(rest), Step::Close]
    });
    let client = client(&wire.base_url(), AMPLE);
    for _ in 0..2 {
        assert_eq!(
            *cause(&client.lookup(&id()).await),
            Cause::NotAMessage(Resource::Unknown)
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(wire.requests().len(), 2);
}
