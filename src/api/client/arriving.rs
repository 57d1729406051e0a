//! A file on its way: its first bytes, by which it is known, and then the rest piece by piece.
//! Never more of it in memory than a piece, and never a token on its way to another host than the API's.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use super::{ACCEPT, Client, Connections, Error, Response, cause};
use crate::api::decode::Facts;
use crate::api::governor::Place;
use crate::api::headers::{self, Headers as _};
use crate::api::token::Token;
use crate::model::failure::{Asked, Cause};
use crate::model::saving::{Source, Unsaved};

const ACCEPT_ENCODING: &str = "Accept-Encoding";
/// Bytes that are enough to know a file by.
const FIRST: usize = 64;

/// A body that is read as it comes.
pub struct Arriving {
    response: Response,
    facts: Facts,
    http: u16,
    /// The longest silence.
    stall: Duration,
    /// Read, and not taken yet.
    first: Vec<u8>,
    after: u64,
    of: Option<u64>,
    ended: bool,
}

impl Client {
    /// Asks for what `asked` names; what comes is a file or a refusal.
    pub(in crate::api) async fn open(
        &self,
        asked: &Asked,
        token: &Token,
        place: Place<'_>,
    ) -> Result<Arriving, Cause> {
        let settings = self.settings();
        let request = self
            .0
            .connections
            .http
            .get(settings.base_url.url_of(&asked.endpoint, &asked.id))
            .bearer_auth(token.expose())
            .header("Version", settings.version.as_str())
            .header(ACCEPT, "*/*")
            // Audio is packed already, and only an unpacked length is the file's.
            .header(ACCEPT_ENCODING, "identity");
        let response = within(settings.timeout, request.send()).await?;
        let facts = headers::facts(response.headers(), &settings.base_url, Timestamp::now());
        let limits = headers::limits(response.headers());
        let wait = facts.retry_after.filter(|_| response.status() == 429);
        place.answered(&limits, wait);
        Arriving::begun(response, facts, settings.timeout).await
    }
}

impl Connections {
    /// Asks for a file as nobody: without a token, a version or anything else of a profile.
    pub(in crate::api) async fn open(
        &self,
        source: &Source,
        stall: Duration,
    ) -> Result<Arriving, Cause> {
        let request = self
            .http
            .get(source.url().clone())
            .header(ACCEPT, "*/*")
            .header(ACCEPT_ENCODING, "identity");
        let response = within(stall, request.send()).await?;
        let facts = Facts {
            content_type: response
                .headers()
                .value("content-type")
                .map(str::to_lowercase),
            ..Facts::default()
        };
        Arriving::begun(response, facts, stall).await
    }
}

impl Arriving {
    async fn begun(response: Response, facts: Facts, stall: Duration) -> Result<Self, Cause> {
        let mut begun = Self {
            http: response.status().as_u16(),
            of: response.content_length(),
            response,
            facts,
            stall,
            first: Vec::new(),
            after: 0,
            ended: false,
        };
        // A redirect's body tells nothing, and may be long in coming.
        while !begun.ended && begun.first.len() < FIRST && begun.location().is_none() {
            match begun.piece().await? {
                Some(piece) => begun.first.extend_from_slice(&piece),
                None => begun.ended = true,
            }
        }
        Ok(begun)
    }

    pub(in crate::api) fn http(&self) -> u16 {
        self.http
    }

    pub(in crate::api) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Where a redirect points to.
    pub(in crate::api) fn location(&self) -> Option<&str> {
        let location = self.response.headers().value("location");
        location.filter(|_| (300..400).contains(&self.http))
    }

    /// Its first bytes: all of them where it is short.
    pub fn first(&self) -> &[u8] {
        &self.first
    }

    /// Its length in bytes, where that was told.
    pub fn of(&self) -> Option<u64> {
        self.of
    }

    /// Whether it ended before its first byte.
    pub(in crate::api) fn is_empty(&self) -> bool {
        self.ended && self.first.is_empty()
    }

    /// The next piece, the first bytes among them; nothing behind the last. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Unsaved> {
        if !self.first.is_empty() {
            return Ok(Some(Bytes::from(std::mem::take(&mut self.first))));
        }
        if self.ended {
            return Ok(None);
        }
        match self.piece().await {
            Ok(piece) => {
                self.ended = piece.is_none();
                Ok(piece)
            }
            Err(cause) => {
                let host = self.response.url().host_str();
                Err(Unsaved::of(cause, host.unwrap_or_default()))
            }
        }
    }

    /// What is left of a short text, at most so many bytes.
    pub(in crate::api) async fn text(mut self, most: usize) -> Vec<u8> {
        let mut text = Vec::new();
        while text.len() < most
            && let Ok(Some(piece)) = self.next().await
        {
            text.extend_from_slice(&piece);
        }
        text.truncate(most);
        text
    }

    async fn piece(&mut self) -> Result<Option<Bytes>, Cause> {
        let (after, of) = (self.after, self.of);
        let cut = Cause::Cut { after, of };
        let Ok(piece) = tokio::time::timeout(self.stall, self.response.chunk()).await else {
            return Err(Cause::NoAnswer { after: self.stall });
        };
        match piece {
            Ok(Some(piece)) => {
                self.after += piece.len() as u64;
                Ok(Some(piece))
            }
            // Less than was told, and no fault of the connection.
            Ok(None) if of.is_some_and(|of| after < of) => Err(cut),
            Ok(None) => Ok(None),
            Err(error) if error.is_timeout() => Err(cause(error, self.stall)),
            Err(_) => Err(cut),
        }
    }
}

/// The answer, or why there is none within that time.
async fn within(
    time: Duration,
    answer: impl Future<Output = Result<Response, Error>>,
) -> Result<Response, Cause> {
    match tokio::time::timeout(time, answer).await {
        Ok(answer) => answer.map_err(|error| cause(error, time)),
        Err(_) => Err(Cause::NoAnswer { after: time }),
    }
}
