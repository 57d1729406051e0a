//! The demo's sockets: requests in, answers out, and the count of who asked for what.
//! Never here: what is answered.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderMap};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::allowance::Allowance;
use super::answer::{Answer, Ask, Origin, Sending, Visit, answer};
use super::troubles::limited;

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// What the demo remembers while it runs.
struct Memory {
    started: Instant,
    /// Path → how often it was asked for, and when first.
    asked: HashMap<String, (u32, Timestamp, Instant)>,
    allowance: Allowance,
}

/// Answers every connection until the task is aborted, and all connections with it.
pub(super) async fn serve(listener: TcpListener) {
    let memory = Arc::new(Mutex::new(Memory {
        started: Instant::now(),
        asked: HashMap::new(),
        allowance: Allowance::default(),
    }));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, Arc::clone(&memory)));
                }
                // Out of file descriptors, or gone before it was taken: the next may do.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse(stream: TcpStream, memory: Arc<Mutex<Memory>>) {
    let service = service_fn(|request| respond(request, &memory));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // A connection ends in an error when the asker left or was hung up on: the asker knows.
    let _ = connection.await;
}

/// An error closes the connection without an answer.
async fn respond(request: Request<Incoming>, memory: &Mutex<Memory>) -> io::Result<Response<Body>> {
    let version = text(request.headers(), "version");
    let authorization = text(request.headers(), AUTHORIZATION.as_str());
    let ask = Ask {
        method: request.method().as_str(),
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        version: version.as_deref(),
        authorization: authorization.as_deref(),
    };
    let answer = memory.lock().await.answer(ask);
    sleep(answer.delay).await;
    response(answer)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

impl Memory {
    fn answer(&mut self, ask: Ask<'_>) -> Answer {
        let now = Instant::now();
        let entry = self.asked.entry(ask.path.to_owned());
        let (times, first, since) = entry.or_insert_with(|| (0, Timestamp::now(), now));
        let visit = Visit {
            earlier: *times,
            first: *first,
            elapsed: now.duration_since(*since),
        };
        *times = times.saturating_add(1);
        let mut answer = answer(ask, &visit);
        if answer.origin == Origin::Api {
            let left = self.allowance.take(now.duration_since(self.started));
            let left = left.unwrap_or_else(|exceeded| {
                answer = limited(exceeded.retry_after);
                exceeded.left
            });
            answer.headers.extend(left.headers());
        }
        answer
    }
}

fn response(answer: Answer) -> io::Result<Response<Body>> {
    let mut builder = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        builder = builder.header(name, value);
    }
    let body = match answer.sending {
        Sending::Whole => Full::new(answer.body)
            .map_err(|never| match never {})
            .boxed_unsync(),
        Sending::Over(time) => {
            builder = builder.header(CONTENT_LENGTH, answer.body.len());
            slow(answer.body, time)
        }
        Sending::Cut(sent) => {
            builder = builder.header(CONTENT_LENGTH, answer.body.len());
            cut(answer.body.slice(..sent.min(answer.body.len())))
        }
        Sending::Nothing => return Err(io::ErrorKind::ConnectionAborted.into()),
    };
    builder.body(body).map_err(io::Error::other)
}

/// Pieces of a body that comes slowly.
const PIECES: u32 = 40;

/// A body in pieces of the same size, with a pause before each.
fn slow(body: Bytes, time: Duration) -> Body {
    let size = body.len().div_ceil(PIECES as usize).max(1);
    let pause = time / PIECES;
    let pieces = stream::unfold(body, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        sleep(pause).await;
        let piece = left.split_to(size.min(left.len()));
        Some((Ok(Frame::data(piece)), left))
    });
    StreamBody::new(pieces).boxed_unsync()
}

/// A body that ends too early. The pause lets what was sent reach the asker before the end does.
fn cut(part: Bytes) -> Body {
    let sent = stream::iter([Ok(Frame::data(part))]);
    let end = stream::once(async {
        sleep(Duration::from_millis(50)).await;
        Err(io::ErrorKind::ConnectionAborted.into())
    });
    StreamBody::new(sent.chain(end)).boxed_unsync()
}
