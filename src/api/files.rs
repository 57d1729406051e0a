//! Fetching the files of a message: a recording as the profile that has it, an attachment as nobody.
//! Never a token to an attachment's host, and never text in the place of audio.

use std::time::Instant;

use jiff::Timestamp;

use super::client::{Arriving, Client};
use super::clients::Clients;
use super::decode::decode;
use super::log::{Log, Tried};
use super::request::{self, BaseUrl};
use super::token::{Token, TokenUnavailable};
use crate::model::body::Body;
use crate::model::endpoint::Endpoint;
use crate::model::failure::{Asked, Cause, Failure, NetworkFault};
use crate::model::id::MessageId;
use crate::model::saving::{FileKind, Neighbours, Piece, Source, Unsaved, sniffed};

/// Redirects of an attachment that are followed.
const MOST_REDIRECTS: usize = 5;
/// A longer refusal is not read, in bytes.
const MOST_WORDS: usize = 64 * 1024;

impl Clients {
    /// Asks for a piece of a message that the profile at `place` brought. Dropping the future cancels it.
    pub async fn file(&self, place: usize, piece: &Piece) -> Result<Arriving, Unsaved> {
        match piece {
            Piece::Recording { message, location } => match self.client_at(place).await {
                Ok(client) => client.recording(message, location).await,
                Err(error) => Err(Unsaved::Network {
                    host: self.settings_at(place).base_url.host(),
                    fault: NetworkFault::Other(error.to_string()),
                }),
            },
            Piece::Attachment { url, .. } => self.attachment(place, url).await,
        }
    }

    async fn attachment(&self, place: usize, url: &str) -> Result<Arriving, Unsaved> {
        let settings = self.settings_at(place);
        let neighbours = if settings.base_url.is_loopback() {
            Neighbours::Asked
        } else {
            Neighbours::Left
        };
        let mut source = Source::new(url, neighbours)?;
        for _ in 0..=MOST_REDIRECTS {
            let arriving = self.fetched(place, &source).await?;
            let Some(location) = arriving.location() else {
                return whole(arriving, &source);
            };
            source = source.redirected(location, neighbours)?;
        }
        Err(Unsaved::Wandering {
            host: source.host().to_owned(),
        })
    }

    async fn fetched(&self, place: usize, source: &Source) -> Result<Arriving, Unsaved> {
        let broken = |words: String| Unsaved::Network {
            host: source.host().to_owned(),
            fault: NetworkFault::Other(words),
        };
        let origin = source.url().origin().ascii_serialization();
        let origin = BaseUrl::parse(&origin).map_err(|error| broken(error.to_string()))?;
        let connections = self.connections(&origin).await;
        let connections = connections.map_err(|error| broken(error.to_string()))?;
        let start = Instant::now();
        let stall = self.settings_at(place).timeout;
        let arriving = connections.open(source, stall).await;
        // Its path opens the file to whoever reads it.
        let url = format!("{origin}/…");
        self.log_file(place, &url, start, arriving.as_ref().ok());
        arriving.map_err(|cause| Unsaved::of(cause, source.host()))
    }

    fn log_file(&self, place: usize, url: &str, start: Instant, arriving: Option<&Arriving>) {
        if let Some(log) = self.log() {
            tried(log, (self.name_at(place), url), start, arriving, None);
        }
    }
}

/// A file that is there.
fn whole(arriving: Arriving, source: &Source) -> Result<Arriving, Unsaved> {
    match arriving.http() {
        200..300 if arriving.is_empty() => Err(Unsaved::Empty),
        200..300 => Ok(arriving),
        http => Err(Unsaved::Answered {
            host: source.host().to_owned(),
            http,
        }),
    }
}

impl Client {
    /// Asks for a call's recording.
    pub async fn recording(
        &self,
        message: &MessageId,
        location: &MessageId,
    ) -> Result<Arriving, Unsaved> {
        let asked = Asked {
            endpoint: Endpoint::Recording {
                location: location.clone(),
            },
            ..request::asked(self.settings(), self.identity(), message)
        };
        let token = self.token().await;
        let (token, source) = token.map_err(|why| {
            let cause = match why {
                TokenUnavailable::NotSetUp => Cause::NoToken,
                why => Cause::TokenUnavailable(why.to_string()),
            };
            refused(&Failure::new(cause), &asked)
        })?;
        let asked = Asked {
            token: token.words(&source),
            ..asked
        };
        let governor = self.governor(&token);
        let place = governor.place(|_| ()).await;
        let start = Instant::now();
        let arriving = self.open(&asked, &token, place).await;
        let url = self.settings().base_url.url_of(&asked.endpoint, message);
        let failure = arriving.as_ref().err().cloned().map(Failure::new);
        if let Some(log) = self.log() {
            let what = (asked.profile.as_str(), url.as_str());
            tried(log, what, start, arriving.as_ref().ok(), failure.as_ref());
        }
        let arriving = arriving.map_err(|cause| Unsaved::of(cause, &asked.host))?;
        self.audio(arriving, &asked, &token).await
    }

    /// What came, where it is audio; else why it is none.
    async fn audio(
        &self,
        arriving: Arriving,
        asked: &Asked,
        token: &Token,
    ) -> Result<Arriving, Unsaved> {
        let http = arriving.http();
        let went_well = (200..300).contains(&http);
        if went_well && arriving.is_empty() {
            return Err(Unsaved::NoRecording);
        }
        let text = text(&arriving);
        if went_well && text.is_none() {
            return Ok(arriving);
        }
        let facts = arriving.facts().clone();
        let body = Body::new(token.masked_in(arriving.text(MOST_WORDS).await));
        let Err(failure) = decode(&asked.endpoint, http, &facts, &body, token.form()) else {
            return Err(Unsaved::Broken);
        };
        if lacks_recording(&failure, &body) {
            return Err(Unsaved::NoRecording);
        }
        if matches!(failure.cause, Cause::TokenRefused(_)) {
            self.forget(token).await;
        }
        match (text, &failure.cause) {
            (Some(text), Cause::NotAMessage(_) | Cause::NotJson | Cause::Cut { .. })
                if went_well =>
            {
                Err(Unsaved::NotAudio(text))
            }
            _ => Err(refused(&failure, asked)),
        }
    }
}

/// What the first bytes are, where they are text. That audio is called text or text audio does not count.
fn text(arriving: &Arriving) -> Option<&'static str> {
    let extension = sniffed(arriving.first());
    if FileKind::of_extension(extension) != FileKind::File {
        return None;
    }
    let first = arriving
        .first()
        .iter()
        .find(|byte| !byte.is_ascii_whitespace());
    match first {
        Some(b'{' | b'[') => Some("JSON"),
        Some(b'<') => Some("a web page"),
        _ => None,
    }
}

/// Whether the API says that there is none: seen as 422 with these words; the code is documented nowhere.
fn lacks_recording(failure: &Failure, body: &Body) -> bool {
    let says = |text: &String| text.to_lowercase().contains("not have recording");
    let code = body
        .json()
        .ok()
        .and_then(|root| root.member("canonicalCode"));
    let code = code.and_then(|code| Some(code.string()?.into_owned()));
    failure.messages.iter().any(says)
        || code.is_some_and(|code| code == "CONVERSATIONS_MSG_RECORDING_NOT_FOUND")
}

fn refused(failure: &Failure, asked: &Asked) -> Unsaved {
    Unsaved::Refused {
        title: failure.title().to_owned(),
        why: failure.why(asked),
    }
}

fn tried(
    log: &Log,
    (profile, url): (&str, &str),
    start: Instant,
    arriving: Option<&Arriving>,
    failure: Option<&Failure>,
) {
    let of = arriving.and_then(Arriving::of);
    log.tried(
        Timestamp::now(),
        &Tried {
            profile,
            url,
            number: 1,
            of: 1,
            took: start.elapsed(),
            http: arriving.map(Arriving::http),
            bytes: of.and_then(|of| usize::try_from(of).ok()),
            failure: failure.map(|failure| failure.kind().word()),
            trace_id: None,
        },
    );
}
