//! Sends a lookup's one request and takes in its answer; the only file that names the HTTP library.
//! Never follows a redirect, never sends anything but GET, and never lets an error tell a URL or a token.

use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::{ACCEPT, HeaderMap};
use reqwest::{Certificate, Response, redirect, tls};

use super::decode::decode;
use super::governor::{Governor, Place};
use super::headers::{self, Headers};
use super::pace::Pace;
use super::request::{self, Identity, Settings, USER_AGENT};
use super::retry::{Next, Spent};
use super::{fault, token::Token};
use crate::model::body::Body;
use crate::model::failure::{Asked, Cause, Failure, NetworkFault, Tries};
use crate::model::id::MessageId;
use crate::model::message::Message;
use crate::model::progress::{Progress, Setback};
use crate::model::snapshot::{Answer, Snapshot};

/// A body over this, in bytes after decompression, is not read.
pub const BODY_LIMIT: u64 = 16 * 1024 * 1024;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How soon a connection that died unseen (a laptop slept, a tunnel went away) is noticed and given up.
const PING: Duration = Duration::from_secs(4);

/// The API, asked with one profile's settings. Cheap to clone; its connections are kept and shared.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    asking: Arc<Asking>,
}

struct Asking {
    settings: Settings,
    identity: Identity,
    governor: Governor,
}

/// What a lookup brings, and what a try does.
type Outcome = (Option<Answer>, Result<Message, Failure>);

/// The HTTP library could not be set up; its words.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the network cannot be set up: {0}")]
pub struct ClientError(String);

impl Client {
    /// Where TLS is spoken it reads the system's certificates, which takes a while: call it once and off the
    /// drawing thread. Works without any: Mozilla's are built in, and the system's (`SSL_CERT_FILE` too) are
    /// added to them.
    pub fn new(settings: Settings, identity: Identity) -> Result<Self, ClientError> {
        let mut http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .referer(false)
            .gzip(true)
            .tls_version_min(tls::Version::TLS_1_2)
            .connect_timeout(CONNECT_TIMEOUT)
            .http2_keep_alive_interval(PING)
            .http2_keep_alive_timeout(PING);
        http = if settings.base_url.is_encrypted() {
            http.tls_certs_merge(roots()?)
        } else {
            // Without TLS and without redirects no certificate is ever looked at.
            http.tls_certs_only([])
        };
        if settings.base_url.is_loopback() {
            // With `http_proxy` set, the token would go to the proxy in clear.
            http = http.no_proxy();
        }
        Ok(Self {
            http: http.build().map_err(client_error)?,
            asking: Arc::new(Asking {
                governor: Governor::new(Pace::new(!settings.base_url.is_loopback())),
                settings,
                identity,
            }),
        })
    }

    pub fn settings(&self) -> &Settings {
        &self.asking.settings
    }

    pub fn identity(&self) -> &Identity {
        &self.asking.identity
    }

    /// Asks for one message, again where a failure may pass. Dropping the future cancels it.
    pub async fn lookup(&self, id: &MessageId) -> Snapshot {
        self.lookup_telling(id, |_| ()).await
    }

    /// The same, and tells how it gets on; nothing of a first try that begins at once.
    pub async fn lookup_telling(
        &self,
        id: &MessageId,
        mut tell: impl FnMut(Progress) + Send,
    ) -> Snapshot {
        let at = Timestamp::now();
        let start = Instant::now();
        let asked = request::asked(self.settings(), self.identity(), id);
        let (answer, outcome) = match &self.identity().token {
            Some((token, _)) => self.try_often(&asked, token, &mut tell).await,
            None => (None, Err(Failure::new(Cause::NoToken))),
        };
        Snapshot {
            asked,
            at,
            took: start.elapsed(),
            answer,
            outcome,
        }
    }

    /// Tries until it is answered, until there is no sense in it, or until the time is up; that time
    /// begins with the first try: a queue before it takes nothing away.
    async fn try_often(
        &self,
        asked: &Asked,
        token: &Token,
        tell: &mut (impl FnMut(Progress) + Send),
    ) -> Outcome {
        let Settings {
            timeout, retries, ..
        } = *self.settings();
        let limit = retries.limit(timeout);
        let governor = &self.asking.governor;
        let mut waited = false;
        let waits = || {
            waited = true;
            tell(Progress::Waiting { until: None });
        };
        let _room = governor.room(waits).await;
        let waits = |wait| {
            waited = true;
            tell(waiting(wait));
        };
        let mut place = governor.place(waits).await;
        let begun = Instant::now();
        let (mut tries, mut left) = (1, limit);
        let mut before: Option<(Option<Answer>, Failure)> = None;
        loop {
            let setback = before.as_ref();
            if waited || tries > 1 {
                tell(Progress::Trying {
                    number: tries,
                    of: retries.most,
                    after: setback.map(|(_, failure)| Setback::new(failure, asked)),
                });
            }
            let (answer, outcome) = self.ask(&asked.id, token, place, timeout.min(left)).await;
            let Err(failure) = outcome else {
                return (answer, outcome);
            };
            let cut_short = left < timeout && matches!(failure.cause, Cause::NoAnswer { .. });
            let (answer, failure) = match before {
                // There was no time to answer in: what the try before brought says more.
                Some(before) if cut_short => before,
                _ => (answer, failure),
            };
            let time = begun.elapsed();
            let interval = answer.as_ref().and_then(|answer| answer.limits.interval);
            let spent = Spent { tries, time };
            let next = retries.next(&failure, interval, spent, limit, jitter());
            if let Next::Again { after: wait } = next {
                waited = true;
                tell(Progress::Again {
                    number: tries + 1,
                    of: retries.most,
                    at: moment(wait),
                    after: Setback::new(&failure, asked),
                });
                tokio::time::sleep(wait).await;
                left = limit.saturating_sub(begun.elapsed());
                let next = governor.place(|wait| tell(waiting(wait)));
                if let Ok(next) = tokio::time::timeout(left, next).await {
                    place = next;
                    tries += 1;
                    before = Some((answer, failure));
                    continue;
                }
            }
            return (answer, Err(after(failure, tries, time)));
        }
    }

    /// One try, its `place` taken.
    async fn ask(
        &self,
        id: &MessageId,
        token: &Token,
        place: Place<'_>,
        timeout: Duration,
    ) -> Outcome {
        let settings = self.settings();
        let request = self
            .http
            .get(settings.base_url.message_path(id))
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
            None => decode(http, &facts, &body, token.form()),
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
fn cause(error: reqwest::Error, timeout: Duration) -> Cause {
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

/// The last of several tries tells how many they were; the only one tells of no time.
fn after(failure: Failure, count: u32, took: Duration) -> Failure {
    let several = Tries { count, took };
    Failure {
        tries: if count > 1 { several } else { Tries::default() },
        ..failure
    }
}

fn waiting(wait: Duration) -> Progress {
    Progress::Waiting {
        until: Some(moment(wait)),
    }
}

fn moment(wait: Duration) -> Timestamp {
    Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// From 0 to 1, so that many who failed at once do not come back at once. A hasher's seed is chance enough.
fn jitter() -> f64 {
    let [one, other, ..] = RandomState::new().build_hasher().finish().to_le_bytes();
    f64::from(u16::from_le_bytes([one, other])) / f64::from(u16::MAX)
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

fn client_error(error: reqwest::Error) -> ClientError {
    ClientError(fault::innermost(&error.without_url()))
}
