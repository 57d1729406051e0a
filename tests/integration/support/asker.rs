//! The plainest HTTP client: one request a connection, the answer kept as it came.
//! Never here: anything that mends, follows or retries.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer, or what came of it.
#[derive(Debug)]
pub(crate) struct Heard {
    /// The status line and the headers; empty when nothing came.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    pub(crate) end: End,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    /// Nothing came for as long as the asker was patient.
    Silent,
}

/// Asks with GET, and reads until the other side closes or says nothing for `patience`.
pub(crate) fn ask(
    base_url: &str,
    path: &str,
    headers: &[(&str, &str)],
    patience: Duration,
) -> Heard {
    let address = base_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).expect("a server that listens");
    stream.set_read_timeout(Some(patience)).unwrap();
    let mut request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    let lines = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    request.extend(lines);
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).unwrap();

    let mut bytes = Vec::new();
    let end = match stream.read_to_end(&mut bytes) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            End::Silent
        }
        // A reset is an end as well.
        _ => End::Closed,
    };
    let head_length = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let body = bytes.split_off(head_length.map_or(bytes.len(), |length| length + 4));
    let head = String::from_utf8(bytes).unwrap();
    Heard { head, body, end }
}

impl Heard {
    /// The number in the status line; 0 when there is none.
    pub(crate) fn status(&self) -> u16 {
        let number = self.head.split(' ').nth(1);
        number.map_or(0, |number| number.parse().unwrap())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut values = lines.filter(|(found, _)| found.eq_ignore_ascii_case(name));
        values.next().map(|(_, value)| value)
    }

    /// The body as JSON; null when it is none.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}
