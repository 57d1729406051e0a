//! `msgscope history`: what was looked up before, without the console and without the network.
//! Never makes a history where there is none, and deletes nothing that was not asked for twice.

mod clear;
mod table;

use std::io::{self, IsTerminal as _, Write};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::args::{ExportFormat, HistoryCommand, HistoryFormat, ShowFormat};
use crate::cli::get::{Form, Printer};
use crate::config::Config;
use crate::export::curl::curl;
use crate::export::markdown::Privacy;
use crate::export::{history as export, json};
use crate::model::explain::Explanations;
use crate::model::filter::Filter;
use crate::model::listed::{Key, Listed, Listing, Wanted};
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::store::{Store, StoreError};

/// Rows that are read at once.
const PAGE: u64 = 2000;

/// Where it is printed, and what reads it.
pub struct Outlet<'a> {
    pub out: &'a mut dyn Write,
    pub errors: &'a mut dyn Write,
    /// Whether a terminal reads `out`.
    pub terminal: bool,
    /// What people are asked and answer; `None` where nobody is there to be asked.
    pub answers: Option<&'a mut dyn io::BufRead>,
    /// The zone times are told in.
    pub zone: TimeZone,
    /// What is known of statuses and errors.
    pub explanations: Arc<Explanations>,
}

/// Why it did not print.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Output(#[from] io::Error),
}

/// Prints to standard output; tells the exit code.
pub async fn print(config: &Config, command: &Option<HistoryCommand>) -> u8 {
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    let mut input = io::BufReader::new(io::stdin());
    let mut outlet = Outlet {
        out: &mut io::BufWriter::new(io::stdout()),
        errors: &mut io::stderr(),
        terminal: io::stdout().is_terminal(),
        answers: asks.then_some(&mut input),
        zone: config.zone.value.clone().unwrap_or_else(TimeZone::system),
        explanations: Arc::clone(&config.explanations),
    };
    history(&config.store(), command.as_ref(), &mut outlet).await
}

/// Prints what is asked for; tells the exit code. A reader that went away is no error.
pub async fn history(
    store: &Store,
    command: Option<&HistoryCommand>,
    outlet: &mut Outlet<'_>,
) -> u8 {
    let done = match command {
        None => list(store, Filter::default(), None, outlet).await,
        Some(HistoryCommand::List { format }) => {
            list(store, Filter::default(), *format, outlet).await
        }
        Some(HistoryCommand::Search { text, format }) => {
            search(store, &text.join(" "), *format, outlet).await
        }
        Some(HistoryCommand::Show { id, all, format }) => {
            show(store, id, *all, *format, outlet).await
        }
        Some(HistoryCommand::Export { format }) => export(store, *format, outlet).await,
        Some(HistoryCommand::Clear { older_than, yes }) => {
            clear::clear(store, older_than.as_deref(), *yes, outlet).await
        }
    };
    // There is nothing left to tell it to if this fails.
    while let Some(note) = store.take_note() {
        let _ = writeln!(outlet.errors, "msgscope: {note}");
    }
    match done {
        Ok(code) => code,
        Err(Stopped::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(stopped) => {
            // The same.
            let _ = writeln!(outlet.errors, "msgscope: {}", super::harmless(&stopped));
            1
        }
    }
}

async fn search(
    store: &Store,
    text: &str,
    format: Option<HistoryFormat>,
    outlet: &mut Outlet<'_>,
) -> Result<u8, Stopped> {
    let filter = Filter::new(text);
    for note in &filter.notes {
        let note = Shown::line(&note.to_string());
        writeln!(outlet.errors, "msgscope: {note}")?;
    }
    list(store, filter, format, outlet).await
}

/// All rows that a filter finds, a page at a time.
async fn list(
    store: &Store,
    filter: Filter,
    format: Option<HistoryFormat>,
    outlet: &mut Outlet<'_>,
) -> Result<u8, Stopped> {
    let usual = if outlet.terminal {
        HistoryFormat::Pretty
    } else {
        HistoryFormat::Ndjson
    };
    let format = format.unwrap_or(usual);
    let mut wanted = Wanted {
        filter,
        now: Timestamp::now(),
        without: Vec::new(),
        offset: 0,
        limit: PAGE,
    };
    match format {
        HistoryFormat::Csv => outlet.text(&export::csv_head())?,
        HistoryFormat::Json => outlet.text("[\n")?,
        HistoryFormat::Pretty | HistoryFormat::Ndjson => {}
    }
    loop {
        let Listing { rows, .. } = store.list(wanted.clone()).await?;
        for (at, row) in rows.iter().enumerate() {
            let is_first = wanted.offset == 0 && at == 0;
            outlet.row(row, format, is_first)?;
        }
        wanted.offset += rows.len() as u64;
        if (rows.len() as u64) < PAGE {
            break;
        }
    }
    if format == HistoryFormat::Json {
        outlet.text("]\n")?;
    }
    outlet.out.flush()?;
    Ok(0)
}

/// What is kept of one message, as `get` prints it: the newest, or all of it.
async fn show(
    store: &Store,
    id: &str,
    all: bool,
    format: Option<ShowFormat>,
    outlet: &mut Outlet<'_>,
) -> Result<u8, Stopped> {
    let id = match super::ids(&[id]).map(|ids| ids.into_iter().next()) {
        Ok(Some(id)) => id,
        Ok(None) => return outlet.refused(2, "an id is meant"),
        Err(error) => return outlet.refused(2, &super::harmless(&error)),
    };
    let timeline = store.timeline(id.clone()).await?;
    let first = if all {
        0
    } else {
        timeline.len().saturating_sub(1)
    };
    let Some(shown) = timeline.get(first..).filter(|shown| !shown.is_empty()) else {
        return outlet.refused(4, &format!("nothing is kept of {id}"));
    };
    let usual = if outlet.terminal {
        ShowFormat::Pretty
    } else {
        ShowFormat::Ndjson
    };
    let form = match format.unwrap_or(usual) {
        ShowFormat::Pretty => Form::Pretty,
        ShowFormat::Json => Form::Json,
        ShowFormat::Ndjson => Form::Ndjson(None),
        ShowFormat::Markdown => Form::Markdown(Privacy::Masked),
        ShowFormat::Csv => {
            outlet.text(&export::csv_record_head())?;
            for (key, snapshot) in shown {
                outlet.text(&export::csv_record(*key, snapshot))?;
            }
            outlet.out.flush()?;
            return Ok(0);
        }
    };
    outlet.as_get_prints(form, false, shown)?;
    Ok(0)
}

/// Every lookup, oldest first, as it is read.
async fn export(
    store: &Store,
    format: Option<ExportFormat>,
    outlet: &mut Outlet<'_>,
) -> Result<u8, Stopped> {
    let format = format.unwrap_or(ExportFormat::Ndjson);
    match format {
        ExportFormat::Csv => outlet.text(&export::csv_record_head())?,
        ExportFormat::Json => outlet.text("[\n")?,
        _ => {}
    }
    let mut last = Key::default();
    loop {
        let bunch = store.after(last).await?;
        for one in &bunch {
            let is_first = last == Key::default();
            let (key, snapshot) = one;
            last = *key;
            let own = std::slice::from_ref(one);
            match format {
                ExportFormat::Pretty => outlet.as_get_prints(Form::Pretty, !is_first, own)?,
                ExportFormat::Markdown => {
                    let form = Form::Markdown(Privacy::Masked);
                    outlet.as_get_prints(form, !is_first, own)?;
                }
                ExportFormat::Curl => outlet.text(&(curl(snapshot) + "\n"))?,
                ExportFormat::Csv => outlet.text(&export::csv_record(*key, snapshot))?,
                ExportFormat::Ndjson => outlet.text(&(export::record(*key, snapshot) + "\n"))?,
                ExportFormat::Json => {
                    let comma = if is_first { "" } else { "," };
                    outlet.text(&format!("{comma}{}\n", export::record(*key, snapshot)))?;
                }
            }
        }
        if bunch.is_empty() {
            break;
        }
    }
    if format == ExportFormat::Json {
        outlet.text("]\n")?;
    }
    outlet.out.flush()?;
    Ok(0)
}

impl Outlet<'_> {
    /// Lookups one after the other, as `get` prints them; `begun` where others stand before them.
    fn as_get_prints(
        &mut self,
        form: Form,
        begun: bool,
        shown: &[(Key, Snapshot)],
    ) -> io::Result<()> {
        let mut printer = Printer {
            zone: self.zone.clone(),
            explanations: Arc::clone(&self.explanations),
            out: self.out,
            errors: self.errors,
            form,
            terminal: self.terminal,
            begun,
            behind: 0,
            bar: None,
        };
        printer.begin(shown.len() > 1)?;
        for (_, snapshot) in shown {
            printer.snapshot(snapshot)?;
        }
        printer.end(shown.len() > 1)
    }

    fn row(&mut self, row: &Listed, format: HistoryFormat, is_first: bool) -> io::Result<()> {
        match format {
            HistoryFormat::Pretty => {
                let line = table::line(row, &self.zone);
                writeln!(self.out, "{line}")
            }
            HistoryFormat::Ndjson => self.text(&(export::row(row) + "\n")),
            HistoryFormat::Json => {
                let comma = if is_first { "" } else { "," };
                self.text(&format!("{comma}{}\n", export::row(row)))
            }
            HistoryFormat::Csv => self.text(&export::csv_row(row)),
        }
    }

    /// Text that holds what came from outside; for a terminal its signs that are not letters are written as escapes.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if self.terminal {
            let text = text.replace("\r\n", "\n");
            self.out.write_all(json::for_terminal(&text).as_bytes())
        } else {
            self.out.write_all(text.as_bytes())
        }
    }

    fn refused(&mut self, code: u8, words: &str) -> Result<u8, Stopped> {
        writeln!(self.errors, "msgscope: {words}")?;
        Ok(code)
    }
}
