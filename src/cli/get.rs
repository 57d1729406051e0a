//! `msgscope get`: messages printed in the order of the ids, each as soon as it is known.
//! Never a hole: an id that brought no message is a line of its own.

mod input;
mod keeper;
mod lookup;
mod printer;
mod tally;

use std::collections::VecDeque;
use std::io::{self, IsTerminal as _};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::api::clients::Clients;
use crate::api::log::Log;
use crate::api::pace::MOST_AT_ONCE;
use crate::args::{Format, Get};
use crate::config::Config;
use crate::export::fields::Fields;
use crate::export::markdown::Privacy;
use crate::model::explain::Explanations;
use crate::model::snapshot::Snapshot;
use crate::model::whom::Whom;
use crate::store::{Keeping, Retention, Store};
use keeper::Keeper;
use lookup::{Begun, Ended, no_token_works};
use tally::Tally;

pub use input::{Input, Refused, Wanted};
pub use printer::{Form, Printer};

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
    let mut printer = Printer {
        out: &mut io::BufWriter::new(io::stdout()),
        errors: &mut io::stderr(),
        form: form(get, terminal),
        explanations: Arc::clone(&asker.explanations),
        zone: asker.zone.clone(),
        terminal,
        begun: false,
    };
    match Input::new(&get.ids, || io::stdin().lock()) {
        Ok(input) => self::get(&asker, input, get, &mut printer).await,
        Err(error) => super::code(Err(error)),
    }
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
    };
    let ended = run.print_all().await;
    let Run {
        keeper, printer, ..
    } = run;
    // There is nothing left to tell it to if this fails.
    let _ = keeper.end(printer.errors).await;
    if let Some(trouble) = asker.clients.log().and_then(Log::trouble) {
        // There is nothing left to tell it to if this fails.
        let _ = printer.say(&trouble.to_string());
    }
    super::code(ended)
}

/// A call under way.
struct Run<'a, 'b> {
    asker: &'a Asker,
    input: Input,
    printer: &'a mut Printer<'b>,
    keeper: Keeper,
    tally: Tally,
}

/// What the loop woke up for.
enum Woken {
    /// The first of those that are waited for.
    Ended(io::Result<Ended>),
    Wanted(Option<io::Result<Wanted>>),
}

impl Run<'_, '_> {
    async fn print_all(&mut self) -> io::Result<u8> {
        let several = self.printer.form == Form::Json && self.input.has_several().await?;
        self.printer.begin(several)?;
        // At most that many wait to be printed, so that memory does not grow with the ids.
        let mut begun = VecDeque::new();
        // The first answer tells whether the token is any good; then as many are asked for as may be.
        let mut at_once = 1;
        loop {
            let has_room = begun.len() < at_once && !self.input.is_over();
            let woken = tokio::select! {
                biased;
                ended = lookup::first(&mut begun), if !begun.is_empty() => Woken::Ended(ended),
                wanted = self.input.next(), if has_room => Woken::Wanted(wanted),
                else => break,
            };
            match woken {
                Woken::Wanted(None) => {}
                Woken::Wanted(Some(wanted)) => begun.push_back(Begun::new(self.asker, wanted?)),
                Woken::Ended(ended) => {
                    begun.pop_front();
                    match ended? {
                        Ended::Refused(refused) => {
                            self.printer.refusal(&refused)?;
                            self.tally.refused();
                        }
                        Ended::Answered(snapshot) => {
                            at_once = MOST_AT_ONCE;
                            self.first_look(snapshot).await?;
                        }
                    }
                }
            }
        }
        self.printer.end(several)?;
        Ok(self.tally.code())
    }

    async fn first_look(&mut self, snapshot: Arc<Snapshot>) -> io::Result<()> {
        self.keeper.keep(&snapshot).await;
        self.printer.snapshot(&snapshot)?;
        self.tally.add(&snapshot);
        if no_token_works(&snapshot) && !self.input.is_over() {
            let which = match self.input.stop() {
                Some(left) => format!("{left} more not asked for"),
                None => "the rest is not asked for".to_owned(),
            };
            let words = format!("{which}: the answer would be the same");
            self.printer.say(&words)?;
        }
        Ok(())
    }
}
