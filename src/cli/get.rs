//! `msgscope get`: messages printed in the order of the ids, each as soon as it is known.
//! Never a hole: an id that brought no message is a line of its own.

mod keeper;

use std::collections::{HashSet, VecDeque};
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::task::JoinHandle;

use crate::api::clients::Clients;
use crate::api::log::Log;
use crate::api::pace::MOST_AT_ONCE;
use crate::args::{Format, Get};
use crate::config::Config;
use crate::export::markdown::{Privacy, markdown};
use crate::export::{json, ndjson, pretty};
use crate::model::explain::Explanations;
use crate::model::face::Face;
use crate::model::failure::{Cause, Failure, FailureKind};
use crate::model::id::{self, IdError, MessageId};
use crate::model::outline::outline;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::whom::Whom;
use crate::store::{Keeping, Retention, Store};
use keeper::Keeper;

/// Without the offer that the console makes.
const TOKEN_REFUSED: &str = "That looks like a token, not an id. It was not sent, shown or kept.";

/// Characters of a line without an id that are repeated, so that it is recognised.
const REPEATED: usize = 500;

/// What to ask for, as it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    Id(MessageId),
    /// Text that holds no id, with the number of its line (from 1), and why.
    Refused {
        line: usize,
        /// Whether that counts the arguments instead.
        argument: bool,
        text: String,
        why: IdError,
    },
}

/// Who is asked, and how people read the answer.
#[derive(Clone, Debug)]
pub struct Asker {
    pub clients: Clients,
    pub whom: Whom,
    /// The zone local times are told in.
    pub zone: TimeZone,
    /// What is known of statuses and errors.
    pub explanations: Arc<Explanations>,
    /// Where what they bring is kept, and for how long; `None` for nowhere.
    pub history: Option<(Store, Retention)>,
}

impl Asker {
    /// Without a zone it is the system's.
    pub fn new(config: &Config) -> Self {
        let zone = config.zone.value.clone();
        Self {
            clients: config.clients(),
            whom: config.whom.value,
            zone: zone.unwrap_or_else(TimeZone::system),
            explanations: Arc::clone(&config.explanations),
            // In memory it would be kept for nobody.
            history: (config.keeping() != Keeping::InMemory)
                .then(|| (config.store(), config.retention())),
        }
    }
}

/// Where it is printed, and how much was.
pub struct Printer<'a> {
    pub out: &'a mut dyn Write,
    pub errors: &'a mut dyn Write,
    pub format: Format,
    /// What a ticket text tells.
    pub privacy: Privacy,
    pub explanations: Arc<Explanations>,
    /// Whether a terminal reads `out`.
    pub terminal: bool,
    /// Whether something stands in `out` already.
    pub begun: bool,
}

/// Asks and prints to standard output; `pretty` on a terminal and `ndjson` else, where no format is
/// asked for. Tells the exit code.
pub async fn to_standard_output(asker: Asker, wanted: Vec<Wanted>, get: &Get) -> u8 {
    let terminal = io::stdout().is_terminal();
    let usual = if terminal {
        Format::Pretty
    } else {
        Format::Ndjson
    };
    let mut printer = Printer {
        out: &mut io::BufWriter::new(io::stdout()),
        errors: &mut io::stderr(),
        format: get.format.unwrap_or(usual),
        privacy: if get.full {
            Privacy::Full
        } else {
            Privacy::Masked
        },
        explanations: Arc::clone(&asker.explanations),
        terminal,
        begun: false,
    };
    self::get(&asker, wanted, &mut printer).await
}

/// The ids of the arguments; `-` stands for the lines of `input`.
pub fn wanted(arguments: &[String], input: &mut dyn BufRead) -> io::Result<Vec<Wanted>> {
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    let mut line = 0;
    for argument in arguments {
        if argument != "-" {
            line += 1;
            push(&mut all, &mut seen, (line, true), argument);
            continue;
        }
        let mut text = Vec::new();
        while input.read_until(b'\n', &mut text)? > 0 {
            line += 1;
            let own = String::from_utf8_lossy(&text);
            let own = own.trim();
            if !own.is_empty() && !own.starts_with('#') {
                push(&mut all, &mut seen, (line, false), own);
            }
            text.clear();
        }
    }
    Ok(all)
}

fn push(
    all: &mut Vec<Wanted>,
    seen: &mut HashSet<MessageId>,
    (line, argument): (usize, bool),
    text: &str,
) {
    let ids = match id::find(text) {
        Ok(found) => found.ids,
        // Of another length than ids have: asked for all the same.
        Err(IdError::Length { id }) => vec![id],
        Err(why) => {
            // What may be a token is not repeated.
            let text = if why == IdError::Token {
                String::new()
            } else {
                text.chars().take(REPEATED).collect()
            };
            return all.push(Wanted::Refused {
                line,
                argument,
                text,
                why,
            });
        }
    };
    all.extend(
        ids.into_iter()
            .filter(|id| seen.insert(id.clone()))
            .map(Wanted::Id),
    );
}

/// Asks for all of them and prints each; tells the exit code. A reader that went away is no error.
pub async fn get(asker: &Asker, wanted: Vec<Wanted>, printer: &mut Printer<'_>) -> u8 {
    let mut keeper = Keeper::new(asker.history.as_ref());
    let ended = print_all(asker, wanted, printer, &mut keeper).await;
    // There is nothing left to tell it to if this fails.
    let _ = keeper.end(printer.errors).await;
    if let Some(trouble) = asker.clients.log().and_then(Log::trouble) {
        // There is nothing left to tell it to if this fails.
        let _ = writeln!(printer.errors, "msgscope: {trouble}");
    }
    match ended {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            // There is nothing left to tell it to if this fails too.
            let _ = writeln!(printer.errors, "msgscope: {error}");
            1
        }
    }
}

async fn print_all(
    asker: &Asker,
    wanted: Vec<Wanted>,
    printer: &mut Printer<'_>,
    keeper: &mut Keeper,
) -> io::Result<u8> {
    let mut worst = None;
    let all = wanted.len();
    printer.begin(all)?;
    let mut rest = wanted.into_iter();
    let mut begun = VecDeque::new();
    // The first answer tells whether the token is any good; then as many are asked for as may be.
    let mut at_once = 1;
    loop {
        let room = at_once - begun.len();
        begun.extend(rest.by_ref().take(room).map(|one| Begun::new(asker, one)));
        let (kind, is_last) = match begun.pop_front() {
            None => break,
            Some(Begun::Refused(refused)) => {
                printer.refusal(&refused)?;
                (Some(FailureKind::NotAnId), false)
            }
            Some(Begun::Asked(lookup)) => {
                let snapshot = Arc::new(lookup.ended().await?);
                at_once = MOST_AT_ONCE;
                keeper.keep(&snapshot).await;
                printer.snapshot(&snapshot, &asker.zone)?;
                let is_last = no_token_works(&snapshot);
                let failure = snapshot.outcome.as_ref().err();
                (failure.map(Failure::kind), is_last)
            }
        };
        worst = worse(worst, kind);
        let left = rest.len();
        if is_last && left > 0 {
            writeln!(
                printer.errors,
                "msgscope: {left} more not asked for: the answer would be the same"
            )?;
            rest = Vec::new().into_iter();
        }
    }
    printer.end(all)?;
    Ok(worst.map_or(0, FailureKind::exit_code))
}

/// What is about to be printed. At most [`MOST_AT_ONCE`] wait, so that memory does not grow with the ids.
enum Begun {
    Asked(Lookup),
    Refused(Wanted),
}

impl Begun {
    fn new(asker: &Asker, wanted: Wanted) -> Self {
        match wanted {
            Wanted::Refused { .. } => Self::Refused(wanted),
            Wanted::Id(id) => {
                let (clients, whom) = (asker.clients.clone(), asker.whom);
                let task = tokio::spawn(async move { clients.lookup(whom, &id, |_| ()).await });
                Self::Asked(Lookup(task))
            }
        }
    }
}

/// A lookup under way; dropping it stops it.
struct Lookup(JoinHandle<Snapshot>);

impl Lookup {
    async fn ended(mut self) -> io::Result<Snapshot> {
        (&mut self.0).await.map_err(io::Error::other)
    }
}

impl Drop for Lookup {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Whether another id would bring the same: whoever was asked has no token that works.
fn no_token_works(snapshot: &Snapshot) -> bool {
    let is_it = |kind| kind == Some(FailureKind::Unauthorised);
    let failure = snapshot.outcome.as_ref().err();
    is_it(failure.map(Failure::kind)) && snapshot.also.iter().all(|reply| is_it(reply.failed))
}

/// Not authorised counts more than the network, that more than a wrong id.
fn worse(one: Option<FailureKind>, other: Option<FailureKind>) -> Option<FailureKind> {
    let rank = |kind: Option<FailureKind>| kind.map_or(0, FailureKind::severity);
    if rank(other) > rank(one) { other } else { one }
}

impl Printer<'_> {
    pub(super) fn begin(&mut self, all: usize) -> io::Result<()> {
        if self.format == Format::Json && all > 1 {
            self.out.write_all(b"[\n")
        } else {
            Ok(())
        }
    }

    pub(super) fn end(&mut self, all: usize) -> io::Result<()> {
        if self.format == Format::Json && all > 1 {
            self.out.write_all(b"]\n")?;
        }
        self.out.flush()
    }

    pub(super) fn snapshot(&mut self, snapshot: &Snapshot, zone: &TimeZone) -> io::Result<()> {
        match (self.format, &snapshot.outcome, &snapshot.answer) {
            (Format::Pretty, _, _) => {
                let rows = outline(Face::Command, &self.explanations, snapshot, zone);
                self.separate()?;
                self.out
                    .write_all(pretty::pretty(&rows, Timestamp::now()).as_bytes())?;
            }
            (Format::Markdown, _, _) => {
                self.separate()?;
                let text = markdown(snapshot, &self.explanations, self.privacy);
                self.out.write_all(text.as_bytes())?;
            }
            (Format::Json, Ok(_), Some(answer)) => {
                self.separate()?;
                if self.terminal {
                    self.out
                        .write_all(json::for_terminal(answer.body.text()).as_bytes())?;
                } else {
                    self.out.write_all(answer.body.bytes())?;
                }
                if !answer.body.bytes().ends_with(b"\n") {
                    self.out.write_all(b"\n")?;
                }
            }
            _ => {
                self.separate()?;
                self.line(&ndjson::line(snapshot))?;
            }
        }
        if let Err(failure) = &snapshot.outcome
            && !(self.format == Format::Pretty && self.terminal)
        {
            let id = snapshot.asked.id.as_str();
            let mut why = failure.why(&snapshot.asked);
            let elsewhere = failure.cause == Cause::NotFound && snapshot.asked.others > 0;
            if elsewhere || failure.kind() == FailureKind::Unauthorised {
                why = format!("{why} {}", failure.next(&snapshot.asked, Face::Command));
            }
            let why = Shown::line(&why);
            writeln!(self.errors, "msgscope: {id}: {}: {why}", failure.title())?;
        }
        self.out.flush()
    }

    fn refusal(&mut self, refused: &Wanted) -> io::Result<()> {
        let Wanted::Refused {
            line,
            argument,
            text,
            why,
        } = refused
        else {
            return Ok(());
        };
        let words = match why {
            IdError::Token => Shown::line(TOKEN_REFUSED),
            why => Shown::line(&why.to_string()),
        };
        let place = if *argument { "argument" } else { "line" };
        writeln!(self.errors, "msgscope: {place} {line}: {words}")?;
        if matches!(self.format, Format::Pretty | Format::Markdown) {
            return Ok(());
        }
        self.separate()?;
        self.line(&ndjson::refusal(*line, text, words.as_str()))
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        let line = if self.terminal {
            json::for_terminal(line)
        } else {
            line.to_owned()
        };
        writeln!(self.out, "{line}")
    }

    /// What stands between two: a blank line for people, a comma in an array.
    fn separate(&mut self) -> io::Result<()> {
        let begun = std::mem::replace(&mut self.begun, true);
        match self.format {
            _ if !begun => Ok(()),
            Format::Pretty | Format::Markdown => self.out.write_all(b"\n"),
            Format::Json => self.out.write_all(b","),
            Format::Ndjson => Ok(()),
        }
    }
}
