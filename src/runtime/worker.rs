//! An effect → a task → an event. Each task owns what it needs and returns its end.
//! Never holds the state, and never blocks the loop.

mod keeping;

use std::ffi::OsString;
use std::process::Stdio;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use tokio::runtime::Runtime;
use tokio::task::{AbortHandle, JoinSet};

use super::Outside;
use super::clipboard::Clipboard;
use super::download::{self, Downloads};
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
use crate::model::face::{Face, Hints};
use crate::model::id::MessageId;
use crate::model::outline::{outline, raw};
use crate::model::progress::Progress;
use crate::model::saving::Arrived;
use crate::model::snapshot::Snapshot;
use crate::model::timeline::beside;
use crate::model::whom::Whom;
use crate::store::{Retention, Store};

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
    retention: Retention,
    clipboard: Arc<Clipboard>,
    route: Route,
    downloads: Downloads,
    /// Variables with tokens in them, which no child needs to see.
    hidden: Arc<[String]>,
    zone: Arc<OnceLock<TimeZone>>,
    /// The keys that what is said of an answer or a copy names.
    hints: Arc<Hints>,
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
        let zone = OnceLock::new();
        if let Some(known) = outside.zone {
            // A cell just made is empty.
            zone.get_or_init(|| known);
        }
        let (store, retention) = outside.history;
        let (route, hint) = outside.copying;
        let clipboard = Clipboard::new(hint, outside.hidden.clone());
        Self {
            clients: outside.clients,
            store,
            retention,
            clipboard: Arc::new(clipboard),
            route,
            hidden: outside.hidden.into(),
            zone: Arc::new(zone),
            hints: Arc::new(hints),
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
        let threads =
            (!effect.is_the_stores()).then(|| self.threads.get_or_init(|| super::runtime().ok()));
        let _entered = threads.and_then(Option::as_ref).map(Runtime::enter);
        Some(match effect {
            Effect::Lookup(ticket, whom, id) => {
                let clients = self.clients.clone();
                let (zone, progress) = (Arc::clone(&self.zone), self.progress.clone());
                let hints = Arc::clone(&self.hints);
                tasks.spawn(lookup(clients, ticket, whom, id, zone, progress, hints))
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
            Effect::Keep(snapshot) => tasks.spawn(keeping::keep(self.store.clone(), snapshot)),
            Effect::ReadPinned => tasks.spawn(keeping::pinned(self.store.clone())),
            Effect::Prune => tasks.spawn(keeping::prune(self.store.clone(), self.retention)),
            Effect::List(page) => tasks.spawn(keeping::list(self.store.clone(), page)),
            Effect::Fetch(key) => {
                let (hints, zone) = (Arc::clone(&self.hints), Arc::clone(&self.zone));
                tasks.spawn(keeping::fetch(self.store.clone(), key, hints, zone))
            }
            Effect::Pin(id, pinned) => tasks.spawn(keeping::pin(self.store.clone(), id, pinned)),
            Effect::Delete(id) => tasks.spawn(keeping::delete(self.store.clone(), id)),
            Effect::Restore(deleted) => tasks.spawn(keeping::restore(self.store.clone(), deleted)),
            Effect::ReadTimeline(id) => tasks.spawn(keeping::timeline(self.store.clone(), id)),
            Effect::MakeRows(snapshot) => {
                let (zone, hints) = (Arc::clone(&self.zone), Arc::clone(&self.hints));
                tasks.spawn_blocking(move || {
                    let face = Face::Console(&hints);
                    let rows = outline(face, &snapshot, zone.get_or_init(TimeZone::system));
                    Event::RowsMade(snapshot, Arc::new(rows)).into()
                })
            }
            Effect::MakeBeside(before, after) => tasks.spawn_blocking(move || {
                let deadline = Instant::now().checked_add(BESIDE_WITHIN);
                let rows = beside(&before, &after, deadline);
                Event::BesideMade(before, after, Arc::new(rows)).into()
            }),
            Effect::Copy { what, text } => {
                let hints = Arc::clone(&self.hints);
                let clipboard = Arc::clone(&self.clipboard);
                tasks.spawn(copy(clipboard, self.route, (what, text), hints))
            }
            Effect::CopyAs(form, snapshot) => {
                let hints = Arc::clone(&self.hints);
                let clipboard = Arc::clone(&self.clipboard);
                tasks.spawn(copy_as(clipboard, self.route, form, snapshot, hints))
            }
            Effect::Save(ticket, place, piece) => {
                let (clients, downloads) = (self.clients.clone(), self.downloads.clone());
                let board = self.saving.clone();
                let what = (place, piece);
                tasks.spawn(download::save(clients, downloads, board, ticket, what))
            }
            Effect::OpenUrl(url) => {
                let view = self.hints.view.clone();
                tasks.spawn(open(url.into(), Arc::clone(&self.hidden), view))
            }
            Effect::OpenFile(path) => {
                tasks.spawn(open(path.into(), Arc::clone(&self.hidden), None))
            }
            Effect::Cancel(_)
            | Effect::StopSaving(_)
            | Effect::ShowAlone(_)
            | Effect::UseToken(..)
            | Effect::Repaint
            | Effect::Ring(_)
            | Effect::Suspend
            | Effect::Quit => return None,
        })
    }
}

async fn lookup(
    clients: Clients,
    ticket: Ticket,
    whom: Whom,
    id: MessageId,
    zone: Arc<OnceLock<TimeZone>>,
    progress: Board<Progress>,
    hints: Arc<Hints>,
) -> Done {
    // The system's zone is found by walking its folder of zones: once, and while the answer is awaited.
    let zone = tokio::task::spawn_blocking(move || zone.get_or_init(TimeZone::system).clone());
    let tell = |told| progress.tell(ticket, told);
    let snapshot = clients.lookup(whom, &id, tell).await;
    let zone = zone.await.unwrap_or(TimeZone::UTC);
    let trouble = clients.log().and_then(Log::trouble);
    Done {
        trouble,
        ..answered(ticket, snapshot, &zone, &hints)
    }
}

fn answered(ticket: Ticket, snapshot: Snapshot, zone: &TimeZone, hints: &Hints) -> Done {
    let snapshot = Arc::new(snapshot);
    let rows = Arc::new(outline(Face::Console(hints), &snapshot, zone));
    Event::Answered(ticket, snapshot, rows).into()
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
    hints: Arc<Hints>,
) -> Done {
    let (what, text) = made(form, &snapshot);
    let done = copy(clipboard, route, (what, text.clone()), hints).await;
    let event = match done.event {
        Event::Copied(notice) => Event::CopiedAs(notice, text),
        other => other,
    };
    Done { event, ..done }
}

/// What it is called, and the text.
fn made(form: Form, snapshot: &Snapshot) -> (String, String) {
    let (name, text) = match form {
        Form::Curl => ("curl command", curl(snapshot)),
        Form::Ticket => ("ticket", markdown(snapshot, Privacy::Masked)),
        Form::FullTicket => ("ticket", markdown(snapshot, Privacy::Full)),
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
