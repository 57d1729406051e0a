//! Sends one try of a lookup and takes in its answer; the only file that names the HTTP library.
//! Never follows a redirect, never sends anything but GET, and never lets an error tell a URL or a token.

mod arriving;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::{ACCEPT, HeaderMap};
use reqwest::{Certificate, Error, Response, redirect, tls};

use super::decode::decode;
use super::fault;
use super::governor::{Governor, Governors, Place};
use super::headers::{self, Headers};
use super::log::{Log, Tried};
use super::request::{BaseUrl, Identity, Settings, USER_AGENT};
use super::token::{Token, TokenSource, TokenUnavailable};
use crate::model::body::Body;
use crate::model::failure::{Asked, Cause, Failure, NetworkFault};
use crate::model::message::Message;
use crate::model::snapshot::Answer;

pub use arriving::Arriving;

/// A body over this, in bytes after decompression, is not read.
pub const BODY_LIMIT: u64 = 16 * 1024 * 1024;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How soon a connection that died unseen (a laptop slept, a tunnel went away) is noticed and given up.
const PING: Duration = Duration::from_secs(4);

/// Connections to one kind of host, and the limits of the tokens used there: kept, and shared by all who ask there.
/// Cheap to clone.
#[derive(Clone)]
pub struct Connections {
    http: reqwest::Client,
    governors: Governors,
}

/// The API, asked with one profile's settings. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Asking>);

struct Asking {
    connections: Connections,
    settings: Settings,
    identity: Identity,
    log: Option<Log>,
    /// The token once it was fetched; held while it is fetched, so that it is fetched once.
    token: tokio::sync::Mutex<Option<(Token, TokenSource)>>,
}

/// What a lookup brings, and what a try does.
pub(super) type Outcome = (Option<Answer>, Result<Message, Failure>);

/// A try: which of how many, and how long it may take.
#[derive(Clone, Copy)]
pub(super) struct Try {
    pub(super) number: u32,
    pub(super) of: u32,
    pub(super) timeout: Duration,
}

/// The HTTP library could not be set up; its words.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the network cannot be set up: {0}")]
pub struct ClientError(String);

impl ClientError {
    /// The task that set it up ended without a result.
    pub(super) fn broken(error: tokio::task::JoinError) -> Self {
        Self(error.to_string())
    }
}

impl Connections {
    /// Connections to `base_url` and hosts like it. Where TLS is spoken this reads the system's certificates, which
    /// takes a while: call it once and off the drawing thread. Works without any: Mozilla's are built in, and the
    /// system's (`SSL_CERT_FILE` too) are added to them.
    pub fn new(base_url: &BaseUrl) -> Result<Self, ClientError> {
        let mut http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .referer(false)
            .gzip(true)
            .tls_version_min(tls::Version::TLS_1_2)
            .connect_timeout(CONNECT_TIMEOUT)
            .http2_keep_alive_interval(PING)
            .http2_keep_alive_timeout(PING);
        // The client takes the one that the process has; another one that was there first serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        http = if base_url.is_encrypted() {
            http.tls_certs_merge(roots()?)
        } else {
            // Without TLS and without redirects no certificate is ever looked at.
            http.tls_certs_only([])
        };
        if base_url.is_loopback() {
            // With `http_proxy` set, the token would go to the proxy in clear.
            http = http.no_proxy();
        }
        Ok(Self {
            http: http.build().map_err(client_error)?,
            governors: Governors::default(),
        })
    }
}

impl Client {
    /// Asks through `connections`, which were made for the same kind of base URL.
    pub fn new(
        connections: Connections,
        settings: Settings,
        identity: Identity,
        log: Option<Log>,
    ) -> Self {
        Self(Arc::new(Asking {
            connections,
            settings,
            identity,
            log,
            token: tokio::sync::Mutex::default(),
        }))
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(super) fn log(&self) -> Option<&Log> {
        self.0.log.as_ref()
    }

    /// Whose turn it is among all who ask with that token, by whichever profile.
    pub(super) fn governor(&self, token: &Token) -> Arc<Governor> {
        let limited = !self.settings().base_url.is_loopback();
        self.0.connections.governors.of(token, limited)
    }

    /// The token, fetched if that was not done yet.
    pub(super) async fn token(&self) -> Result<(Token, TokenSource), TokenUnavailable> {
        let mut kept = self.0.token.lock().await;
        if let Some(token) = &*kept {
            return Ok(token.clone());
        }
        let fetched = self.identity().token.fetch().await?;
        *kept = Some(fetched.clone());
        Ok(fetched)
    }

    /// Has the next lookup fetch the token anew, unless another one did so since.
    pub(super) async fn forget(&self, refused: &Token) {
        let mut kept = self.0.token.lock().await;
        if kept.as_ref().is_some_and(|(token, _)| token == refused) {
            *kept = None;
        }
    }

    /// One try, its `place` taken.
    pub(super) async fn ask(
        &self,
        asked: &Asked,
        token: &Token,
        place: Place<'_>,
        one: Try,
    ) -> Outcome {
        let start = Instant::now();
        let outcome = self.send(asked, token, place, one.timeout).await;
        if let Some(log) = self.log() {
            let (answer, result) = &outcome;
            let failure = result.as_ref().err();
            let trace_id = match result {
                Ok(message) => message.trace_id().map(std::borrow::Cow::into_owned),
                Err(failure) => failure.trace_id.clone(),
            };
            let url = self.settings().base_url.url_of(&asked.endpoint, &asked.id);
            let tried = Tried {
                profile: &asked.profile,
                url: url.as_str(),
                number: one.number,
                of: one.of,
                took: start.elapsed(),
                http: answer
                    .as_ref()
                    .map(|answer| answer.http)
                    .or(failure.and_then(|failure| failure.http)),
                bytes: answer.as_ref().map(|answer| answer.body.len()),
                failure: failure.map(|failure| failure.kind().word()),
                trace_id: trace_id.as_deref(),
            };
            log.tried(Timestamp::now(), &tried);
        }
        outcome
    }

    async fn send(
        &self,
        asked: &Asked,
        token: &Token,
        place: Place<'_>,
        timeout: Duration,
    ) -> Outcome {
        let settings = self.settings();
        let request = self
            .0
            .connections
            .http
            .get(settings.base_url.url_of(&asked.endpoint, &asked.id))
            .timeout(timeout)
            // Marked as sensitive by the library, which a default header would not be.
            .bearer_auth(token.expose())
            .header("Version", settings.version.as_str())
            .header(ACCEPT, "application/json");
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return (None, Err(Failure::new(cause(error, timeout)))),
        };
        let http = response.status().as_u16();
        let facts = headers::facts(response.headers(), &settings.base_url, Timestamp::now());
        let limits = headers::limits(response.headers());
        place.answered(&limits, facts.retry_after.filter(|_| http == 429));
        let (bytes, broken) = read(response, timeout).await;
        // A proxy's error page may repeat the request; a message has no reason to.
        let repeats = !(200..300).contains(&http);
        let body = Body::new(if repeats {
            token.masked_in(bytes)
        } else {
            bytes
        });
        let outcome = match broken {
            Some(cause) => Err(Failure {
                http: Some(http),
                ..Failure::new(cause)
            }),
            None => decode(&asked.endpoint, http, &facts, &body, token.form()),
        };
        (Some(Answer { http, body, limits }), outcome)
    }
}

/// The body, and why it is not all of it. One over the limit is thrown away.
async fn read(mut response: Response, timeout: Duration) -> (Vec<u8>, Option<Cause>) {
    // Told only where the body is not encoded: then it counts the same bytes.
    let of = response.content_length();
    let too_large = Cause::TooLarge { limit: BODY_LIMIT };
    if of.is_some_and(|of| of > BODY_LIMIT) {
        return (Vec::new(), Some(too_large));
    }
    let told = of.and_then(|of| usize::try_from(of).ok());
    let mut bytes = Vec::with_capacity(told.unwrap_or_default());
    loop {
        let after = bytes.len() as u64;
        match response.chunk().await {
            Ok(Some(chunk)) if after + chunk.len() as u64 > BODY_LIMIT => {
                return (Vec::new(), Some(too_large));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return (bytes, None),
            Err(error) if error.is_timeout() => return (bytes, Some(cause(error, timeout))),
            // Called packed, and is not.
            Err(error) if error.is_decode() && fault::is_garbled(&error) => {
                return (bytes, Some(Cause::NotJson));
            }
            Err(_) => return (bytes, Some(Cause::Cut { after, of })),
        }
    }
}

/// Why no whole answer came.
fn cause(error: Error, timeout: Duration) -> Cause {
    let error = error.without_url();
    if error.is_timeout() {
        let after = if error.is_connect() {
            CONNECT_TIMEOUT.min(timeout)
        } else {
            timeout
        };
        return Cause::NoAnswer { after };
    }
    Cause::Network(if error.is_dns() {
        NetworkFault::NameNotFound
    } else {
        fault::network_fault(&error)
    })
}

/// Settings and form of the token only.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("settings", self.settings())
            .field("identity", self.identity())
            .finish_non_exhaustive()
    }
}

impl Headers for HeaderMap {
    fn value(&self, name: &str) -> Option<&str> {
        self.get(name)?.to_str().ok()
    }
}

/// Mozilla's.
fn roots() -> Result<Vec<Certificate>, ClientError> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
    roots
        .map(|root| Certificate::from_der(root).map_err(client_error))
        .collect()
}

fn client_error(error: Error) -> ClientError {
    ClientError(fault::innermost(&error.without_url()))
}
