//! A server that sends exact bytes, when it is told to, and keeps the requests as they came.
//! Never here: an HTTP library, which would send something better than what a test asks for.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// One request, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// With its query.
    pub(crate) path: String,
    /// In order, names in the case they were sent in.
    pub(crate) headers: Vec<(String, String)>,
}

impl Request {
    /// The first value of that header, whatever its case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter();
        let header = found.find(|(header, _)| header.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str())
    }
}

/// What a connection does next. After the last step it waits for another request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    Close,
}

/// The server, on a port of its own; dropping it ends every connection and every wait.
pub(crate) struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

type Script = dyn Fn(&Request) -> Vec<Step> + Send + Sync;

struct Shared {
    script: Box<Script>,
    requests: Mutex<Vec<Request>>,
    life: Mutex<Life>,
    ended: Condvar,
}

#[derive(Default)]
struct Life {
    over: bool,
    open: Vec<TcpStream>,
}

impl Wire {
    /// Starts a server that follows, for each request, the steps the script gives for it.
    pub(crate) fn start(script: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            script: Box::new(script),
            requests: Mutex::default(),
            life: Mutex::default(),
            ended: Condvar::new(),
        });
        let served = Arc::clone(&shared);
        let accepting = Some(thread::spawn(move || served.accept(&listener)));
        Self {
            address,
            shared,
            accepting,
        }
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, in the order they arrived.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// How many there were so far.
    pub(crate) fn count(&self) -> usize {
        self.shared.requests.lock().unwrap().len()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let mut life = self.shared.life.lock().unwrap();
        life.over = true;
        for stream in &life.open {
            // Already closed by the other side is closed as well.
            let _ = stream.shutdown(Shutdown::Both);
        }
        drop(life);
        self.shared.ended.notify_all();
        // Wakes the thread that accepts; it sees that all is over, whether this arrives or not.
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let outcome = accepting.join();
            // A script that panicked fails the test that wrote it, unless that one fails already.
            assert!(
                outcome.is_ok() || thread::panicking(),
                "the script panicked"
            );
        }
    }
}

impl Shared {
    fn accept(&self, listener: &TcpListener) {
        thread::scope(|connections| {
            while let Ok((stream, _)) = listener.accept() {
                let mut life = self.life.lock().unwrap();
                if life.over {
                    break;
                }
                life.open.push(stream.try_clone().unwrap());
                drop(life);
                connections.spawn(move || self.converse(stream));
            }
        });
    }

    fn converse(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(request) = read(&mut reader) {
            self.requests.lock().unwrap().push(request.clone());
            for step in (self.script)(&request) {
                let goes_on = match step {
                    Step::Send(bytes) => stream.write_all(&bytes).is_ok(),
                    Step::Wait(time) => self.wait(time),
                    Step::Close => false,
                };
                if !goes_on {
                    // The clone kept in `open` would hold the connection, so dropping is not enough.
                    let _ = stream.shutdown(Shutdown::Both);
                    return;
                }
            }
        }
    }

    /// True when the time has passed, false when the server ends before.
    fn wait(&self, time: Duration) -> bool {
        let life = self.life.lock().unwrap();
        let waited = self.ended.wait_timeout_while(life, time, |life| !life.over);
        waited.unwrap().1.timed_out()
    }
}

/// The next request, without a body; none when the connection ends before it is whole.
fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut lines = reader.lines().map_while(Result::ok);
    let first = lines.next()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let line = lines.next()?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    Some(Request {
        method,
        path,
        headers,
    })
}

/// An answer with those headers and nothing else: no length, no date.
pub(crate) fn bytes(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Step> {
    let mut answer = format!("HTTP/1.1 {status} \r\n");
    let lines = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    answer.extend(lines);
    answer.push_str("\r\n");
    let mut answer = answer.into_bytes();
    answer.extend_from_slice(body.as_ref());
    vec![Step::Send(answer)]
}

/// An answer in JSON with its right length.
pub(crate) fn json(status: u16, body: impl AsRef<[u8]>) -> Vec<Step> {
    let length = body.as_ref().len().to_string();
    let headers = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Content-Length", &length),
    ];
    bytes(status, &headers, body)
}

/// The same, but only the first bytes of the body are sent before the connection closes.
pub(crate) fn cut(status: u16, body: impl AsRef<[u8]>, sent: usize) -> Vec<Step> {
    let missing = body.as_ref().len() - sent;
    let mut steps = json(status, body);
    if let Some(Step::Send(answer)) = steps.first_mut() {
        answer.truncate(answer.len() - missing);
    }
    steps.push(Step::Close);
    steps
}

/// No answer at all, on a connection that stays open.
pub(crate) fn silent() -> Vec<Step> {
    vec![Step::Wait(Duration::from_mins(10)), Step::Close]
}

/// The same bytes, one at a time, with a pause after each.
pub(crate) fn drip(steps: Vec<Step>, pause: Duration) -> Vec<Step> {
    let slow = |step| match step {
        Step::Send(bytes) => {
            let bytes = bytes.into_iter().map(|byte| vec![byte]);
            bytes
                .flat_map(|byte| [Step::Send(byte), Step::Wait(pause)])
                .collect()
        }
        other => vec![other],
    };
    steps.into_iter().flat_map(slow).collect::<Vec<_>>()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::{Duration, Instant};

    use super::{Request, Step, Wire, bytes, cut, drip, json, silent};
    use crate::support::asker::{End, ask};
    use crate::support::fixtures::fixture;

    const PATIENCE: Duration = Duration::from_secs(5);

    fn then_close(mut steps: Vec<Step>) -> Vec<Step> {
        steps.push(Step::Close);
        steps
    }

    #[test]
    fn the_bytes_arrive_as_they_were_given_and_the_request_is_kept_as_it_was_written() {
        let wire = Wire::start(|_| then_close(json(200, fixture("sms-inbound.json"))));
        let heard = ask(&wire.base_url(), "/a?b=c", &[("X-oDD", "1")], PATIENCE);
        assert_eq!(heard.status(), 200);
        assert_eq!(heard.body, fixture("sms-inbound.json"));
        let [request] = &wire.requests()[..] else {
            panic!("one request");
        };
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("GET", "/a?b=c")
        );
        assert_eq!(request.headers[2], ("X-oDD".to_owned(), "1".to_owned()));
        assert_eq!(request.header("x-Odd"), Some("1"));
    }

    #[test]
    fn one_connection_carries_several_requests() {
        let wire = Wire::start(|request: &Request| match request.path.as_str() {
            "/last" => then_close(bytes(204, &[], "")),
            _ => json(200, "{}"),
        });
        let mut stream = TcpStream::connect(wire.address).unwrap();
        stream
            .write_all(b"GET /first HTTP/1.1\r\n\r\nGET /last HTTP/1.1\r\n\r\n")
            .unwrap();
        let mut heard = String::new();
        stream.read_to_string(&mut heard).unwrap();
        let body_and_next = "Content-Length: 2\r\n\r\n{}HTTP/1.1 204 \r\n\r\n";
        assert!(heard.ends_with(body_and_next), "{heard}");
        assert_eq!(wire.requests().len(), 2);
    }

    #[test]
    fn a_cut_answer_announces_its_whole_length() {
        let wire = Wire::start(|_| cut(200, "0123456789", 4));
        let heard = ask(&wire.base_url(), "/", &[], PATIENCE);
        assert_eq!(heard.header("content-length"), Some("10"));
        assert_eq!(
            (heard.body.as_slice(), heard.end),
            (&b"0123"[..], End::Closed)
        );
    }

    #[test]
    fn a_dripping_answer_takes_its_time_and_arrives_whole() {
        let pause = Duration::from_millis(2);
        let wire = Wire::start(move |_| then_close(drip(bytes(200, &[], "slow"), pause)));
        let begun = Instant::now();
        let heard = ask(&wire.base_url(), "/", &[], PATIENCE);
        assert_eq!(heard.body, b"slow");
        assert!(begun.elapsed() > pause * 10);
    }

    #[test]
    fn a_silent_server_says_nothing_and_ends_at_once_when_dropped() {
        let wire = Wire::start(|_| silent());
        let patience = Duration::from_millis(50);
        let heard = ask(&wire.base_url(), "/", &[], patience);
        assert_eq!((heard.status(), heard.end), (0, End::Silent));
        let begun = Instant::now();
        drop(wire);
        assert!(begun.elapsed() < PATIENCE);
    }
}
