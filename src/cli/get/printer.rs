//! What `get` prints of each lookup, in one of the formats.
//! Never half a record, and never a terminal's control characters where a terminal reads.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::bar::Bar;
use super::input::Refused;
use crate::export::fields::Fields;
use crate::export::markdown::{Privacy, markdown};
use crate::export::{json, ndjson, pretty};
use crate::model::explain::Explanations;
use crate::model::face::Face;
use crate::model::failure::{Cause, Failure, FailureKind};
use crate::model::id::IdError;
use crate::model::outline::outline;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;

/// Without the offer that the console makes.
const TOKEN_REFUSED: &str = "That looks like a token, not an id. It was not sent, shown or kept.";

/// Records that are written to a pipe or a file together at most.
const TOGETHER: usize = 16;

/// Where it is printed, and how much was.
pub struct Printer<'a> {
    pub out: &'a mut dyn Write,
    pub errors: &'a mut dyn Write,
    pub form: Form,
    pub explanations: Arc<Explanations>,
    /// The zone times are told in.
    pub zone: TimeZone,
    /// Whether a terminal reads `out`.
    pub terminal: bool,
    /// Whether something stands in `out` already.
    pub begun: bool,
    /// Records that `out` may still hold back.
    pub behind: usize,
    /// The line on standard error that tells how far it is.
    pub bar: Option<Bar>,
}

/// How it is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Form {
    Pretty,
    Json,
    /// The whole answer, or these fields alone.
    Ndjson(Option<Fields>),
    Csv(Fields),
    Markdown(Privacy),
}

impl Printer<'_> {
    /// What stands before the first; `several` where more than one follows.
    pub(in crate::cli) fn begin(&mut self, several: bool) -> io::Result<()> {
        match &self.form {
            Form::Json if several => self.out.write_all(b"[\n")?,
            Form::Csv(fields) => {
                let head = fields.csv_head();
                self.row(&head)?;
            }
            _ => return Ok(()),
        }
        // Before anything is drawn on the same terminal.
        self.flush()
    }

    pub(in crate::cli) fn end(&mut self, several: bool) -> io::Result<()> {
        if self.form == Form::Json && several {
            self.out.write_all(b"]\n")?;
        }
        self.flush()
    }

    pub(in crate::cli) fn snapshot(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        self.make_room();
        self.record(snapshot)?;
        match &snapshot.outcome {
            Err(failure) if self.form != Form::Pretty || !self.terminal => {
                self.cause(snapshot, failure)
            }
            _ => Ok(()),
        }
    }

    fn record(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        self.separate()?;
        match (&self.form, &snapshot.outcome, &snapshot.answer) {
            (Form::Pretty, _, _) => {
                let rows = outline(Face::Command, &self.explanations, snapshot, &self.zone);
                let text = pretty::pretty(&rows, Timestamp::now());
                self.out.write_all(text.as_bytes())?;
            }
            (Form::Markdown(privacy), _, _) => {
                let text = markdown(snapshot, &self.explanations, *privacy);
                self.out.write_all(text.as_bytes())?;
            }
            (Form::Json, Ok(_), Some(answer)) => {
                if self.terminal {
                    let text = json::for_terminal(answer.body.text());
                    self.out.write_all(text.as_bytes())?;
                } else {
                    self.out.write_all(answer.body.bytes())?;
                }
                if !answer.body.bytes().ends_with(b"\n") {
                    self.out.write_all(b"\n")?;
                }
            }
            (Form::Csv(fields), _, _) => {
                let row = fields.csv_row(snapshot, &self.explanations);
                self.row(&row)?;
            }
            (Form::Ndjson(Some(fields)), _, _) => {
                let line = fields.line(snapshot, &self.explanations);
                self.line(&line)?;
            }
            _ => self.line(&ndjson::line(snapshot))?,
        }
        self.recorded()
    }

    /// People see each at once, and other programs soon: see [`Self::flush`].
    fn recorded(&mut self) -> io::Result<()> {
        self.behind += 1;
        if self.terminal || self.behind >= TOGETHER {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what is held back. To be called when there is nothing more to print for now.
    pub(in crate::cli) fn flush(&mut self) -> io::Result<()> {
        self.behind = 0;
        self.out.flush()
    }

    /// Why a lookup brought nothing, in a line for people.
    fn cause(&mut self, snapshot: &Snapshot, failure: &Failure) -> io::Result<()> {
        let asked = &snapshot.asked;
        let mut why = failure.why(asked);
        let elsewhere = failure.cause == Cause::NotFound && asked.others > 0;
        if elsewhere || failure.kind() == FailureKind::Unauthorised {
            why = format!("{why} {}", failure.next(asked, Face::Command));
        }
        let why = Shown::line(&why);
        self.say(&format!("{}: {}: {why}", asked.id, failure.title()))
    }

    /// Text that holds no id.
    pub(super) fn refusal(&mut self, refused: &Refused) -> io::Result<()> {
        let words = match &refused.why {
            IdError::Token => Shown::line(TOKEN_REFUSED),
            why => Shown::line(&why.to_string()),
        };
        let place = if refused.argument { "argument" } else { "line" };
        self.say(&format!("{place} {}: {words}", refused.line))?;
        self.make_room();
        self.refused(refused, words.as_str())
    }

    fn refused(&mut self, refused: &Refused, words: &str) -> io::Result<()> {
        let (line, text) = (refused.line, &refused.text);
        match &self.form {
            Form::Pretty | Form::Markdown(_) => return Ok(()),
            Form::Csv(fields) => {
                let row = fields.csv_refusal();
                self.row(&row)?;
            }
            Form::Ndjson(Some(fields)) => {
                let told = fields.refusal(line, text);
                self.line(&told)?;
            }
            Form::Ndjson(None) | Form::Json => {
                self.separate()?;
                self.line(&ndjson::refusal(line, text, words))?;
            }
        }
        self.recorded()
    }

    /// A line on standard error, behind the record it belongs to; harmless already.
    pub(super) fn say(&mut self, words: &str) -> io::Result<()> {
        // A reader that went away does not keep it from being said.
        let flushed = self.flush();
        if let Some(bar) = &mut self.bar {
            bar.clear();
        }
        writeln!(self.errors, "msgscope: {words}")?;
        flushed
    }

    /// Takes the line that tells how far it is out of the way of what is printed on the same terminal.
    fn make_room(&mut self) {
        if let Some(bar) = &mut self.bar
            && self.terminal
        {
            bar.clear();
        }
    }

    fn row(&mut self, row: &str) -> io::Result<()> {
        if self.terminal {
            let row = json::for_terminal(&row.replace("\r\n", "\n"));
            self.out.write_all(row.as_bytes())
        } else {
            self.out.write_all(row.as_bytes())
        }
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        if self.terminal {
            writeln!(self.out, "{}", json::for_terminal(line))
        } else {
            writeln!(self.out, "{line}")
        }
    }

    /// What stands between two: a blank line for people, a comma in an array.
    fn separate(&mut self) -> io::Result<()> {
        let begun = std::mem::replace(&mut self.begun, true);
        match self.form {
            _ if !begun => Ok(()),
            Form::Pretty | Form::Markdown(_) => self.out.write_all(b"\n"),
            Form::Json => self.out.write_all(b","),
            Form::Ndjson(_) | Form::Csv(_) => Ok(()),
        }
    }
}
