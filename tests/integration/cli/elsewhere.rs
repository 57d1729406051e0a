//! Where the token must not go: to a redirect's place, to a proxy, to anyone without a certificate.
//! Never what a request holds that goes where it should: that is in `wire`.

use std::io::Write as _;
use std::net::TcpListener;

use super::{ID, TOKEN, answered, answering, program};
use crate::support::program::{Ended, Program, printed};
use crate::support::trap::Trap;
use crate::support::wire::{Request, Step, Wire, bytes};

/// Every name a proxy is given by.
const PROXIES: [&str; 6] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
];

fn with_proxies(program: Program, proxy: &str) -> Program {
    let set = |program: Program, name: &&str| program.variable(name, proxy);
    PROXIES.iter().fold(program, set)
}

/// A call that asks there, with a token.
fn asking(base_url: &str) -> Program {
    Program::new(&["get", ID, "--base-url", base_url, "--timeout", "20"])
        .variable("MSGSCOPE_TOKEN", TOKEN)
}

/// What a failure of the network leaves.
fn unconnected(words: &str) -> Ended {
    let line = format!(
        r#"{{"id":"{ID}","profile":"default","ms":0,"failure":{{"kind":"network","title":"no connection","messages":[]}}}}"#
    );
    Ended {
        out: line + "\n",
        errors: format!("msgscope: {ID}: no connection: {words}\n"),
        code: Some(5),
    }
}

#[test]
fn a_redirect_to_another_host_scheme_or_port_is_told_and_nothing_is_sent_there() {
    let trap = Trap::new();
    let (address, port) = (trap.address(), trap.address().port());
    for (location, host) in [
        // Another port, another host, another scheme; without a scheme; all at once.
        (format!("http://{address}/x?a=b"), address.to_string()),
        (
            format!("http://localhost:{port}/"),
            format!("localhost:{port}"),
        ),
        (format!("https://{address}/"), address.to_string()),
        (format!("//{address}/"), address.to_string()),
        (
            format!("https://localhost:{port}"),
            format!("localhost:{port}"),
        ),
        (format!("http://me:secret@{address}/"), address.to_string()),
        ("https://127.0.0.1/".to_owned(), "127.0.0.1".to_owned()),
    ] {
        for status in [301, 302, 303, 307, 308] {
            let location = location.clone();
            let wire = Wire::start(move |_| {
                let headers = [("Location", &*location), ("Content-Length", "0")];
                bytes(status, &headers, "")
            });
            let ended = program(&wire, &["get", ID]).run().timeless();
            let line = format!(
                r#"{{"id":"{ID}","profile":"default","http":{status},"ms":0,"failure":{{"kind":"redirect","title":"redirect not followed","messages":[]}}}}"#
            );
            let expected = Ended {
                out: line + "\n",
                errors: format!(
                    "msgscope: {ID}: redirect not followed: It points to {host}; a token is never sent there.\n"
                ),
                code: Some(5),
            };
            assert_eq!(ended, expected);
            assert_eq!(wire.requests().len(), 1);
            trap.assert_untouched();
        }
    }
}

#[test]
fn a_redirect_to_another_path_of_the_same_server_is_not_followed_either() {
    let wire = Wire::start(|_| {
        let headers = [("Location", "/v2/messages"), ("Content-Length", "0")];
        bytes(308, &headers, "")
    });
    let ended = program(&wire, &["get", ID]).run();
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert!(ended.out.contains(r#""kind":"redirect""#), "{ended:?}");
    assert_eq!(wire.requests().len(), 1);
}

#[test]
fn a_proxy_that_does_not_connect_is_told_in_plain_words() {
    for (answer, words) in [
        (
            &b"HTTP/1.1 403 Forbidden\r\n\r\n"[..],
            "the proxy does not let it through",
        ),
        (
            b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            "the proxy asks for a name and a password",
        ),
        (b"", "the proxy closed the connection"),
    ] {
        let proxy = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", proxy.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in proxy.incoming() {
                let mut stream = stream.unwrap();
                let mut asked = [0; 1024];
                let _ = std::io::Read::read(&mut stream, &mut asked).unwrap();
                stream.write_all(answer).unwrap();
            }
        });
        let ended = with_proxies(asking("https://api.invalid"), &address).run();
        assert_eq!(
            ended.timeless(),
            unconnected(&format!("api.invalid: {words}."))
        );
    }
}

#[test]
fn no_proxy_is_asked_for_a_server_on_this_machine() {
    let trap = Trap::new();
    let proxy = format!("http://{}", trap.address());
    let wire = answering();
    let port = wire.base_url().rsplit(':').next().unwrap().to_owned();
    for base_url in [wire.base_url(), format!("http://localhost:{port}")] {
        let ended = with_proxies(asking(&base_url), &proxy).run().timeless();
        assert_eq!(ended, printed(answered(ID)));
        trap.assert_untouched();
    }
    assert_eq!(wire.requests().len(), 2);

    // TLS hides the token, but a proxy has no business with this machine either.
    let base_url = format!("https://{}", nobody());
    let ended = with_proxies(asking(&base_url), &proxy).run().timeless();
    let host = base_url.replace("https://", "");
    assert_eq!(ended, unconnected(&format!("{host}: connection refused.")));
    trap.assert_untouched();
}

/// An address where nobody listens.
fn nobody() -> std::net::SocketAddr {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    free.local_addr().unwrap()
}

#[test]
fn a_proxy_is_asked_for_a_tunnel_and_never_sees_the_token() {
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        let proxy = Wire::start(|_| vec![Step::Close]);
        let ended = asking("https://name.invalid")
            .variable(name, &proxy.base_url())
            .run();
        assert_eq!(ended.code, Some(5), "{ended:?}");
        assert!(ended.out.contains(r#""kind":"network""#), "{ended:?}");
        let requests = proxy.requests();
        assert!(!requests.is_empty(), "{name} is honoured");
        for request in &requests {
            assert_tunnel(request);
            assert_eq!(request.header("proxy-authorization"), None);
        }
    }
}

/// The request as it was written asks for a tunnel to the host, and tells no more than who asks.
#[track_caller]
fn assert_tunnel(request: &Request) {
    let line = (request.method.as_str(), request.path.as_str());
    assert_eq!(line, ("CONNECT", "name.invalid:443"));
    let mut names: Vec<String> = request
        .headers
        .iter()
        .map(|(name, _)| name.to_lowercase())
        .filter(|name| name != "proxy-authorization")
        .collect();
    names.sort();
    assert_eq!(names, ["host", "user-agent"], "{request:?}");
    let written = format!("{request:?}");
    for part in TOKEN.split('-') {
        assert!(!written.contains(part), "{written}");
    }
    assert!(
        !written.contains(ID) && !written.contains("Bearer"),
        "{written}"
    );
}

#[test]
fn a_proxys_refusal_and_its_password_are_not_repeated() {
    for status in [403, 407, 502] {
        let proxy = Wire::start(move |_| bytes(status, &[("Content-Length", "0")], ""));
        let url = proxy.base_url().replace("http://", "http://me:hunter2@");
        let ended = asking("https://name.invalid")
            .variable("HTTPS_PROXY", &url)
            .run();
        assert_eq!(ended.code, Some(5), "{ended:?}");
        assert!(ended.out.contains(r#""kind":"network""#), "{ended:?}");
        let told = format!("{ended:?}");
        assert!(!told.contains("hunter2") && !told.contains("me:"), "{told}");
        for request in &proxy.requests() {
            assert_tunnel(request);
            // `me:hunter2`, which is meant for the proxy.
            let own = request.header("proxy-authorization");
            assert_eq!(own, Some("Basic bWU6aHVudGVyMg=="));
        }
    }
}

#[test]
fn a_machine_without_certificates_still_asks_and_fails_plainly() {
    let without = |base_url: &str| {
        asking(base_url)
            .variable("SSL_CERT_FILE", "/nonexistent")
            .variable("SSL_CERT_DIR", "/nonexistent")
            .run()
            .timeless()
    };
    let address = nobody();
    let ended = without(&format!("https://{address}"));
    assert_eq!(
        ended,
        unconnected(&format!("{address}: connection refused."))
    );

    let plain = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = plain.local_addr().unwrap();
    let talking = std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 \r\n\r\n").unwrap();
        // Until the caller hangs up: a reset would hide what was sent.
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    });
    let ended = without(&format!("https://{address}"));
    let words = format!("{address}: TLS: the other side does not speak TLS");
    assert_eq!(ended, unconnected(&words));
    talking.join().unwrap();

    let ended = without("https://nobody.invalid");
    assert_eq!(ended, unconnected("nobody.invalid: name not found."));
}
