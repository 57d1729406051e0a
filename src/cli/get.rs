//! `msgscope get`: messages printed in the order of the ids, each as soon as it is known.
//! Never a hole: an id that brought no message is a line of its own, unless no token works and it is not asked for.

mod bar;
mod input;
mod keeper;
mod lookup;
mod printer;
mod tally;
mod watching;

use std::collections::VecDeque;
use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::time::{MissedTickBehavior, interval};

use crate::api::clients::Clients;
use crate::api::log::Log;
use crate::api::pace::MOST_AT_ONCE;
use crate::args::{Format, Get};
use crate::config::Config;
use crate::export::fields::Fields;
use crate::export::markdown::Privacy;
use crate::model::explain::Explanations;
use crate::model::failure::FailureKind;
use crate::model::snapshot::Snapshot;
use crate::model::whom::Whom;
use crate::store::{Keeping, Retention, Store};
use keeper::Keeper;
use lookup::{Begun, Ended, Turns, no_token_works};
use tally::Tally;
use watching::{Seen, Watch, Watches};

pub use bar::Bar;
pub use input::{Input, Refused, Wanted};
pub use printer::{Form, Printer};

/// Lookups under way and waiting for their turn: those have enough to do while answers gather.
const AHEAD: usize = 8 * MOST_AT_ONCE;
/// With fewer of them answers do not gather: the lookups would run out.
const ENOUGH: usize = 3 * MOST_AT_ONCE;
/// How long answers gather, where many are on their way, before the next are looked at: to be woken up for each of
/// them costs as much as it took.
const GATHERING: Duration = Duration::from_millis(1);
/// Bytes that are printed together.
const BUFFER: usize = 64 * 1024;

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

/// Asks and prints to standard output; `pretty` on a terminal and `ndjson` else, where no format is
/// asked for. Tells the exit code.
pub async fn to_standard_output(asker: Asker, get: &Get) -> u8 {
    let terminal = io::stdout().is_terminal();
    let input = match Input::new(&get.ids, || io::stdin().lock()) {
        Ok(input) => input,
        Err(error) => return super::code(Err(error)),
    };
    let form = form(get, terminal);
    // What people read on the same terminal tells it all by itself, and so does a single one.
    let is_told = terminal && matches!(form, Form::Pretty | Form::Markdown(_));
    let has_bar = io::stderr().is_terminal() && !is_told && input.total() != Some(1);
    let mut printer = Printer {
        out: &mut io::BufWriter::with_capacity(BUFFER, io::stdout()),
        errors: &mut io::stderr(),
        form,
        explanations: Arc::clone(&asker.explanations),
        zone: asker.zone.clone(),
        terminal,
        begun: false,
        behind: 0,
        bar: has_bar.then(|| Bar::new(Box::new(io::stderr()))),
    };
    self::get(&asker, input, get, &mut printer).await
}

/// How it is printed; fields that are chosen are lines also on a terminal.
fn form(get: &Get, terminal: bool) -> Form {
    let chosen = get
        .fields
        .as_ref()
        .map(|chosen| Fields::new(chosen.0.clone()));
    match get.format {
        None if terminal && chosen.is_none() => Form::Pretty,
        Some(Format::Pretty) => Form::Pretty,
        Some(Format::Json) => Form::Json,
        None | Some(Format::Ndjson) => Form::Ndjson(chosen),
        Some(Format::Csv) => Form::Csv(chosen.unwrap_or_else(Fields::usual)),
        Some(Format::Markdown) if get.full => Form::Markdown(Privacy::Full),
        Some(Format::Markdown) => Form::Markdown(Privacy::Masked),
    }
}

/// Asks for all of them and prints each; tells the exit code. A reader that went away is no error.
pub async fn get(asker: &Asker, input: Input, get: &Get, printer: &mut Printer<'_>) -> u8 {
    let fail_on = get.fail_on.as_ref().map(|words| words.0.clone());
    let mut run = Run {
        asker,
        input,
        printer,
        keeper: Keeper::new(asker.history.as_ref()),
        tally: Tally::new(fail_on.unwrap_or_default()),
        watches: get.watch.then(Watches::default),
        turns: Turns::new(),
        stopped: None,
        not_asked: 0,
    };
    let ended = run.print_all().await;
    let Run {
        keeper, printer, ..
    } = run;
    printer.bar = None;
    // There is nothing left to tell it to if this fails.
    let _ = keeper.end(printer.errors).await;
    if let Some(trouble) = asker.clients.log().and_then(Log::trouble) {
        // There is nothing left to tell it to if this fails.
        let _ = printer.say(&trouble);
    }
    super::code(ended)
}

/// A call under way.
struct Run<'a, 'b> {
    asker: &'a Asker,
    input: Input,
    printer: &'a mut Printer<'b>,
    /// What is known and not printed yet.
    keeper: Keeper<Line>,
    tally: Tally,
    /// Where what is not final is looked at again.
    watches: Option<Watches>,
    turns: Turns,
    /// The rest, where that is not asked for.
    stopped: Option<Rest>,
    /// Those that were begun and had no turn any more.
    not_asked: usize,
}

/// Ids that are not even begun: how many, where that is known.
struct Rest(Option<usize>);

/// What is to be printed.
enum Line {
    Refused(Refused),
    First(Arc<Snapshot>),
    /// Another look at what is watched.
    Again(Watch, Arc<Snapshot>),
}

/// What the loop woke up for.
enum Woken {
    /// The first of those that may be printed.
    Kept(Line),
    /// The first of those that are waited for.
    Ended(io::Result<Ended>),
    Wanted(Option<io::Result<Wanted>>),
    Looked(io::Result<(Watch, Arc<Snapshot>)>),
    /// The line that tells how far it is may be drawn again.
    Time,
    /// There is nothing more to do for now.
    Nothing,
}

impl Run<'_, '_> {
    async fn print_all(&mut self) -> io::Result<u8> {
        let several = self.printer.form == Form::Json && self.input.has_several().await?;
        self.printer.begin(several)?;
        // At most that many are begun, so that memory does not grow with the ids.
        let mut begun = VecDeque::new();
        // The first answer tells whether the token is any good; then as many are asked for as may be.
        let mut at_once = 1;
        let mut is_busy = false;
        let mut drawing = interval(bar::EVERY);
        drawing.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let watched = self.watches.as_ref().map_or(0, Watches::len);
            let is_printed = begun.is_empty() && self.keeper.is_empty();
            if is_printed && self.input.is_over() && watched == 0 {
                break;
            }
            let has_room = begun.len() < at_once && !self.input.is_over();
            let (may_end, total) = (self.keeper.has_room(), self.input.total());
            let woken = tokio::select! {
                biased;
                _ = drawing.tick(), if self.printer.bar.is_some() => Woken::Time,
                line = self.keeper.next(), if !self.keeper.is_empty() => Woken::Kept(line),
                ended = lookup::first(&mut begun), if may_end && !begun.is_empty() => Woken::Ended(ended),
                wanted = self.input.next(), if has_room => Woken::Wanted(wanted),
                looked = look(self.asker, &mut self.watches), if may_end && watched > 0 => Woken::Looked(looked),
                () = std::future::ready(()), if is_busy => Woken::Nothing,
            };
            is_busy = !matches!(woken, Woken::Nothing);
            match woken {
                Woken::Wanted(None) => {}
                Woken::Time => {
                    if let Some(bar) = &mut self.printer.bar {
                        bar.draw(total, watched);
                    }
                }
                Woken::Wanted(Some(wanted)) => {
                    begun.push_back(Begun::new(self.asker, &self.turns, wanted?));
                }
                Woken::Looked(looked) => {
                    let (watch, snapshot) = looked?;
                    self.stop_if_useless(&snapshot);
                    let line = Line::Again(watch, Arc::clone(&snapshot));
                    self.keeper.keep(&snapshot, line);
                }
                Woken::Ended(ended) => {
                    begun.pop_front();
                    match ended? {
                        Ended::Refused(refused) => self.keeper.add(Line::Refused(refused)),
                        Ended::Answered(snapshot) => {
                            at_once = AHEAD;
                            self.stop_if_useless(&snapshot);
                            let line = Line::First(Arc::clone(&snapshot));
                            self.keeper.keep(&snapshot, line);
                        }
                        Ended::NotAsked => self.not_asked += 1,
                    }
                }
                Woken::Kept(line) => self.print(line)?,
                Woken::Nothing => {
                    self.printer.flush()?;
                    if begun.len() >= ENOUGH {
                        // This thread does nothing but print, and waits for slow readers too.
                        std::thread::sleep(GATHERING);
                    }
                }
            }
        }
        self.say_stopped()?;
        self.printer.end(several)?;
        Ok(self.tally.code())
    }

    fn print(&mut self, line: Line) -> io::Result<()> {
        match line {
            Line::Refused(refused) => {
                self.printer.refusal(&refused)?;
                self.tally.refused();
                self.count(FailureKind::NotAnId.word());
                Ok(())
            }
            Line::First(snapshot) => self.first_look(&snapshot),
            Line::Again(watch, snapshot) => self.looked(watch, &snapshot),
        }
    }

    fn first_look(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        self.printer.snapshot(snapshot)?;
        self.count(&Seen::new(snapshot).word);
        match &mut self.watches {
            Some(watches) if snapshot.may_change() && self.stopped.is_none() => {
                watches.begin(self.asker, snapshot);
            }
            _ => self.tally.add(snapshot),
        }
        Ok(())
    }

    /// Another look: printed where it brought something new. A failure that may pass is nothing new.
    fn looked(&mut self, watch: Watch, snapshot: &Snapshot) -> io::Result<()> {
        let may_change = snapshot.may_change();
        let seen = match &snapshot.outcome {
            Err(_) if may_change => watch.last.clone(),
            _ => Seen::new(snapshot),
        };
        if seen != watch.last {
            self.printer.snapshot(snapshot)?;
            if let Some(bar) = &mut self.printer.bar {
                bar.recount(&watch.last.word, &seen.word);
            }
        }
        match &mut self.watches {
            Some(watches) if may_change && self.stopped.is_none() => watches.go_on(watch, seen),
            _ => self.tally.add(snapshot),
        }
        Ok(())
    }

    fn count(&mut self, word: &str) {
        if let Some(bar) = &mut self.printer.bar {
            bar.count(word);
        }
    }

    /// Asks for nothing more where no token works, as soon as that is known.
    fn stop_if_useless(&mut self, snapshot: &Snapshot) {
        if self.stopped.is_none() && no_token_works(snapshot) {
            self.turns.end();
            self.stopped = Some(Rest(self.input.stop()));
            if let Some(watches) = &mut self.watches {
                watches.stop();
            }
        }
    }

    /// Says that the rest was not asked for, behind what tells why.
    fn say_stopped(&mut self) -> io::Result<()> {
        let which = match self.stopped {
            None => return Ok(()),
            Some(Rest(Some(rest))) => match rest + self.not_asked {
                0 => return Ok(()),
                rest => format!("{rest} more not asked for"),
            },
            Some(Rest(None)) => "the rest is not asked for".to_owned(),
        };
        let words = format!("{which}: the answer would be the same");
        self.printer.say(&words)
    }
}

/// What another look brought; where none is to be had it waits for ever.
async fn look(asker: &Asker, watches: &mut Option<Watches>) -> io::Result<(Watch, Arc<Snapshot>)> {
    match watches {
        Some(watches) => watches.next(asker).await,
        None => std::future::pending().await,
    }
}
