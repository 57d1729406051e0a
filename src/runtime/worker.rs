//! An effect → a task → an event. Each task owns what it needs and returns its end.
//! Never holds the state, and never blocks the loop.

use std::process::Stdio;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::OnceCell;
use tokio::task::{AbortHandle, JoinSet};

use super::clipboard::Clipboard;
use super::progress::Board;
use crate::api::client::Client;
use crate::api::request::{Identity, Settings, asked};
use crate::api::token::{Token, TokenSource};
use crate::app::effect::Form;
use crate::app::view::lay;
use crate::app::{Effect, Event, Ticket};
use crate::environment::{Hint, Route};
use crate::export::curl::curl;
use crate::model::failure::{Cause, Failure, NetworkFault};
use crate::model::id::MessageId;
use crate::model::outline::{outline, raw};
use crate::model::snapshot::Snapshot;

/// A task's end: what happened, and bytes for the terminal that draw nothing.
pub(super) struct Done {
    pub(super) event: Event,
    pub(super) escape: Option<Vec<u8>>,
}

impl From<Event> for Done {
    fn from(event: Event) -> Self {
        Self {
            event,
            escape: None,
        }
    }
}

/// What the tasks share: the client, made when it is first needed, and the clipboard.
pub(super) struct Worker {
    settings: Settings,
    identity: Identity,
    client: Arc<OnceCell<Client>>,
    clipboard: Arc<Clipboard>,
    route: Route,
    zone: Arc<OnceLock<TimeZone>>,
    /// How the lookups under way get on.
    pub(super) progress: Board,
}

/// The variable no child needs to see.
const TOKEN_VARIABLE: &str = "MSGSCOPE_TOKEN";

impl Worker {
    pub(super) fn new(
        settings: Settings,
        identity: Identity,
        route: Route,
        hint: Option<Hint>,
    ) -> Self {
        let clipboard = Clipboard::new(hint, vec![TOKEN_VARIABLE.to_owned()]);
        Self {
            settings,
            identity,
            client: Arc::default(),
            clipboard: Arc::new(clipboard),
            route,
            zone: Arc::default(),
            progress: Board::default(),
        }
    }

    /// Takes a prompted token for the lookups to come. Its words, or why it is none.
    pub(super) fn take_token(&mut self, text: &str) -> Result<String, String> {
        let token = Token::new(text).map_err(|why| format!("Not taken: {why}."))?;
        self.identity.token = Some((token, TokenSource::Prompt));
        self.client = Arc::default();
        Ok(self.identity.token_words())
    }

    /// Starts the task of an effect; nothing for those that are no task.
    pub(super) fn start(&self, effect: Effect, tasks: &mut JoinSet<Done>) -> Option<AbortHandle> {
        Some(match effect {
            Effect::Lookup(ticket, id) => {
                let client = self.client();
                let (zone, progress) = (Arc::clone(&self.zone), self.progress.clone());
                tasks.spawn(lookup(client, ticket, id, zone, progress))
            }
            Effect::Lay {
                outline,
                open,
                width,
            } => tasks.spawn_blocking(move || {
                let (lines, _) = lay(&outline, &open, width, usize::MAX);
                Event::Laid {
                    outline,
                    open,
                    width,
                    lines,
                }
                .into()
            }),
            Effect::MakeRaw(snapshot) => tasks.spawn_blocking(move || {
                let rows = snapshot
                    .answer
                    .as_ref()
                    .map(|answer| raw(&answer.body))
                    .unwrap_or_default();
                Event::RawMade(snapshot, Arc::new(rows)).into()
            }),
            Effect::Copy { what, text } => {
                tasks.spawn(copy(Arc::clone(&self.clipboard), self.route, what, text))
            }
            Effect::CopyAs(Form::Curl, snapshot) => {
                let text = curl(&snapshot);
                tasks.spawn(copy(
                    Arc::clone(&self.clipboard),
                    self.route,
                    "curl command".to_owned(),
                    text,
                ))
            }
            Effect::OpenUrl(url) => tasks.spawn(open(url)),
            Effect::Cancel(_)
            | Effect::ShowAlone(_)
            | Effect::UseToken(_)
            | Effect::Repaint
            | Effect::Suspend
            | Effect::Quit => return None,
        })
    }

    fn client(&self) -> SharedClient {
        SharedClient {
            cell: Arc::clone(&self.client),
            settings: self.settings.clone(),
            identity: self.identity.clone(),
        }
    }
}

/// The client, or what it is made from.
struct SharedClient {
    cell: Arc<OnceCell<Client>>,
    settings: Settings,
    identity: Identity,
}

impl SharedClient {
    /// Setting up TLS takes tens of milliseconds, so that it is done aside and once.
    /// Without it the lookup ends in a failure like any other.
    async fn ready(&self, id: &MessageId) -> Result<Client, Box<Snapshot>> {
        let make = || async {
            let (settings, identity) = (self.settings.clone(), self.identity.clone());
            if !settings.base_url.is_encrypted() {
                // Nothing to read from the disk: as quick here as on another thread.
                return Client::new(settings, identity).map_err(|error| error.to_string());
            }
            let made = tokio::task::spawn_blocking(move || Client::new(settings, identity)).await;
            made.map_err(|broken| broken.to_string())?
                .map_err(|error| error.to_string())
        };
        let client = self.cell.get_or_try_init(make).await.cloned();
        client.map_err(|words| {
            let asked = asked(&self.settings, &self.identity, id);
            let failure = Failure::new(Cause::Network(NetworkFault::Other(words)));
            Box::new(Snapshot {
                asked,
                at: Timestamp::now(),
                took: Duration::ZERO,
                answer: None,
                outcome: Err(failure),
            })
        })
    }
}

async fn lookup(
    client: SharedClient,
    ticket: Ticket,
    id: MessageId,
    zone: Arc<OnceLock<TimeZone>>,
    progress: Board,
) -> Done {
    // The system's zone is found by walking its folder of zones: once, and while the answer is awaited.
    let zone = tokio::task::spawn_blocking(move || zone.get_or_init(TimeZone::system).clone());
    let snapshot = match client.ready(&id).await {
        Ok(client) => {
            let tell = |told| progress.tell(ticket, told);
            client.lookup_telling(&id, tell).await
        }
        Err(snapshot) => *snapshot,
    };
    answered(ticket, snapshot, &zone.await.unwrap_or(TimeZone::UTC))
}

fn answered(ticket: Ticket, snapshot: Snapshot, zone: &TimeZone) -> Done {
    let snapshot = Arc::new(snapshot);
    let rows = Arc::new(outline(&snapshot, zone));
    Event::Answered(ticket, snapshot, rows).into()
}

async fn copy(clipboard: Arc<Clipboard>, route: Route, what: String, text: String) -> Done {
    let copied = clipboard.copy(text, route).await;
    let mut notice = copied.notice(&format!("the {what}"));
    if let Some(hint) = copied.hint {
        notice = format!("{notice} · {hint}");
    }
    Done {
        event: Event::Copied(notice),
        escape: copied.escape,
    }
}

/// Hands a URL to the desktop.
async fn open(url: String) -> Done {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let opened = tokio::process::Command::new(program)
        .arg(&url)
        .env_remove(TOKEN_VARIABLE)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await;
    match opened {
        Ok(status) if status.success() => Event::Copied("Handed to the desktop".to_owned()),
        Ok(_) | Err(_) => Event::Trouble(format!("{program} could not open it · v shows it")),
    }
    .into()
}
