//! An effect → a task → an event. Each task owns what it needs and returns its end.
//! Never holds the state, and never blocks the loop.

mod keeping;
mod telling;

use std::ffi::OsString;
use std::process::Stdio;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::{AbortHandle, JoinSet};

use super::Outside;
use super::clipboard::Clipboard;
use super::download::{self, Downloads};
use super::exporting;
use super::progress::Board;
use crate::api::clients::Clients;
use crate::api::log::Log;
use crate::api::token::{Token, TokenOrigin, TokenSource};
use crate::app::effect::Form;
use crate::app::view::lay;
use crate::app::{Effect, Event, Ticket};
use crate::environment::Route;
use crate::export::curl::curl;
use crate::export::markdown::{Privacy, markdown};
use crate::model::explain::Explanations;
use crate::model::face::Hints;
use crate::model::id::MessageId;
use crate::model::outline::raw;
use crate::model::payload::Payload;
use crate::model::progress::Progress;
use crate::model::saving::Arrived;
use crate::model::snapshot::Snapshot;
use crate::model::timeline::beside;
use crate::model::whom::Whom;
use crate::store::{Retention, Store};
use telling::Telling;

/// A task's end: what happened, and bytes for the terminal that draw nothing.
pub(super) struct Done {
    pub(super) event: Event,
    pub(super) escape: Option<Vec<u8>>,
    /// What failed beside it, in words.
    pub(super) trouble: Option<String>,
    /// Whether something was to be written that the end of the program waits for.
    pub(super) wrote: bool,
}

impl From<Event> for Done {
    fn from(event: Event) -> Self {
        Self {
            event,
            escape: None,
            trouble: None,
            wrote: false,
        }
    }
}

/// How long two answers are searched for what they have in common.
const BESIDE_WITHIN: Duration = Duration::from_secs(2);

/// How often it is shown how a download gets on, at most.
const SHOWN_EVERY: Duration = Duration::from_millis(250);

/// What the tasks share: the clients, made when they are first needed, and the clipboard.
pub(super) struct Worker {
    clients: Clients,
    store: Store,
    payload: Option<Payload>,
    retention: Retention,
    clipboard: Arc<Clipboard>,
    route: Route,
    downloads: Downloads,
    /// Variables with tokens in them, which no child needs to see.
    hidden: Arc<[String]>,
    telling: Telling,
    /// Where tasks run, once there are any; `None` in it where the system has no thread left, and the loop's own does.
    threads: OnceLock<Option<Runtime>>,
    /// How the lookups under way get on.
    pub(super) progress: Board<Progress>,
    /// How the downloads do.
    pub(super) saving: Board<Arrived>,
}

impl Worker {
    /// `threads` run already where something else runs in the program.
    pub(super) fn new(outside: Outside, hints: Hints, threads: Option<Runtime>) -> Self {
        let (store, retention) = outside.history;
        let (route, hint) = outside.copying;
        let clipboard = Clipboard::new(hint, outside.hidden.clone());
        Self {
            clients: outside.clients,
            store,
            payload: outside.payload,
            retention,
            clipboard: Arc::new(clipboard),
            route,
            hidden: outside.hidden.into(),
            telling: Telling::new(hints, outside.explanations, outside.zone),
            threads: threads.map_or_else(OnceLock::new, |threads| OnceLock::from(Some(threads))),
            downloads: Downloads::new(outside.downloads),
            progress: Board::new(Duration::ZERO),
            saving: Board::new(SHOWN_EVERY),
        }
    }

    /// Removes what is only partly saved: the end of the program waits for no download.
    pub(super) fn abandon(&self) {
        self.downloads.partials.remove();
    }

    /// Takes a prompted token for the lookups to come of the profile at `place`. Its words, or why it is none.
    pub(super) fn take_token(&mut self, place: usize, text: &str) -> Result<String, String> {
        let token = Token::new(text).map_err(|why| format!("Not taken: {why}."))?;
        let token = TokenOrigin::Given(token, TokenSource::Prompt);
        let words = token.words();
        self.clients.give_token(place, token);
        Ok(words)
    }

    /// Starts the task of an effect; nothing for those that are no task.
    pub(super) fn start(&self, effect: Effect, tasks: &mut JoinSet<Done>) -> Option<AbortHandle> {
        // What the store's thread does is only waited for: the loop's own thread can do that.
        if effect.is_the_stores() {
            return self.start_keeping(effect, tasks);
        }
        let threads = self.threads.get_or_init(|| super::runtime().ok());
        let _entered = threads.as_ref().map(Runtime::enter);
        Some(match effect {
            Effect::Lookup(ticket, whom, id) => {
                let clients = self.clients.clone();
                let (progress, telling) = (self.progress.clone(), self.telling.clone());
                tasks.spawn(lookup(clients, ticket, whom, id, progress, telling))
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
            Effect::MakeRows(snapshot) => {
                let telling = self.telling.clone();
                tasks.spawn_blocking(move || {
                    let rows = telling.rows(&snapshot);
                    Event::RowsMade(snapshot, rows).into()
                })
            }
            Effect::Link(ticket, of, endpoint, id) => {
                let clients = self.clients.clone();
                tasks.spawn(async move {
                    let linked = clients.linked(&of.asked, endpoint, &id).await;
                    Event::Linked(ticket, Arc::new(linked)).into()
                })
            }
            Effect::MakeWhole(snapshot) => {
                let telling = self.telling.clone();
                tasks.spawn_blocking(move || {
                    let rows = telling.rows(&snapshot);
                    Event::WholeMade(snapshot, rows).into()
                })
            }
            Effect::MakeBeside(before, after) => tasks.spawn_blocking(move || {
                let deadline = Instant::now().checked_add(BESIDE_WITHIN);
                let rows = beside(&before, &after, deadline);
                Event::BesideMade(before, after, Arc::new(rows)).into()
            }),
            Effect::ReadIds(path) => {
                let downloads = self.downloads.clone();
                tasks.spawn_blocking(move || exporting::read_ids(&path, &downloads).into())
            }
            Effect::Export(export) => {
                let (downloads, telling) = (self.downloads.clone(), self.telling.clone());
                tasks.spawn_blocking(move || {
                    exporting::export(export, &downloads, &telling.explanations)
                })
            }
            Effect::Copy { what, text } => {
                let hints = Arc::clone(&self.telling.hints);
                let clipboard = Arc::clone(&self.clipboard);
                tasks.spawn(copy(clipboard, self.route, (what, text), hints))
            }
            Effect::CopyAs(form, snapshot) => {
                let telling = self.telling.clone();
                let clipboard = Arc::clone(&self.clipboard);
                tasks.spawn(copy_as(clipboard, self.route, form, snapshot, telling))
            }
            Effect::Save(ticket, place, piece) => {
                let (clients, downloads) = (self.clients.clone(), self.downloads.clone());
                let board = self.saving.clone();
                let what = (place, piece);
                tasks.spawn(download::save(clients, downloads, board, ticket, what))
            }
            Effect::OpenUrl(url) => {
                let view = self.telling.hints.view.clone();
                tasks.spawn(open(url.into(), Arc::clone(&self.hidden), view))
            }
            Effect::OpenFile(path) => {
                tasks.spawn(open(path.into(), Arc::clone(&self.hidden), None))
            }
            // Done between frames, or by the history's thread.
            _ => return None,
        })
    }
}

async fn lookup(
    clients: Clients,
    ticket: Ticket,
    whom: Whom,
    id: MessageId,
    progress: Board<Progress>,
    telling: Telling,
) -> Done {
    // The system's zone is looked for once, and while the answer is awaited.
    let found = telling.clone();
    let zone = tokio::task::spawn_blocking(move || {
        found.zone();
    });
    let tell = |told| progress.tell(ticket, told);
    let snapshot = Arc::new(clients.lookup(whom, &id, tell).await);
    // One that could not be looked for here is when the rows are made.
    let _ = zone.await;
    let rows = telling.rows(&snapshot);
    let trouble = clients.log().and_then(Log::trouble);
    Done {
        trouble,
        ..Event::Answered(ticket, snapshot, rows).into()
    }
}

async fn copy(
    clipboard: Arc<Clipboard>,
    route: Route,
    (what, text): (String, String),
    hints: Arc<Hints>,
) -> Done {
    let copied = clipboard.copy(text, route).await;
    let notice = copied.notice(&format!("the {what}"), hints.view.as_deref());
    Done {
        escape: copied.escape,
        ..Event::Copied(notice).into()
    }
}

/// The same with a text that is made here, and can be seen alone like any that was copied.
async fn copy_as(
    clipboard: Arc<Clipboard>,
    route: Route,
    form: Form,
    snapshot: Arc<Snapshot>,
    telling: Telling,
) -> Done {
    let (what, text) = made(form, &snapshot, &telling.explanations);
    let done = copy(clipboard, route, (what, text.clone()), telling.hints).await;
    let event = match done.event {
        Event::Copied(notice) => Event::CopiedAs(notice, text),
        other => other,
    };
    Done { event, ..done }
}

/// What it is called, and the text.
fn made(form: Form, snapshot: &Snapshot, known: &Explanations) -> (String, String) {
    let (name, text) = match form {
        Form::Curl => ("curl command", curl(snapshot)),
        Form::Ticket => ("ticket", markdown(snapshot, known, Privacy::Masked)),
        Form::FullTicket => ("ticket", markdown(snapshot, known, Privacy::Full)),
    };
    (name.to_owned(), text)
}

/// Hands a URL or a file to the desktop; the key shows what it could not open.
async fn open(what: OsString, hidden: Arc<[String]>, shows: Option<String>) -> Done {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut command = tokio::process::Command::new(program);
    for name in hidden.iter() {
        command.env_remove(name);
    }
    let opened = command
        .arg(&what)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await;
    match opened {
        Ok(status) if status.success() => Event::Copied("Handed to the desktop".to_owned()),
        Ok(_) | Err(_) => {
            let shows = shows.map(|key| format!(" · {key} shows it"));
            let shows = shows.unwrap_or_default();
            Event::Trouble(format!("{program} could not open it{shows}"))
        }
    }
    .into()
}
