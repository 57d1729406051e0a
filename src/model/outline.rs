//! The outline: a snapshot as rows, in the order of a support engineer's questions.
//! Never drawn here, and nothing hostile leaves: every text in a row is `Shown`.

mod call;
mod conversation;
mod email;
mod head;
mod linked;
mod message;
mod trouble;
mod values;

use jiff::tz::TimeZone;

use super::body::Body;
use super::endpoint::Endpoint;
use super::explain::Explanations;
use super::face::Face;
use super::id::MessageId;
use super::json::Json;
use super::shown::Shown;
use super::snapshot::Snapshot;
use super::status::{Direction, Tone};

pub use head::{Head, When};

/// What a row is; a theme decides how it looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The sentence that says why; the first row under the headline.
    Why,
    /// The API's own words and the field they came from.
    Evidence,
    Next,
    /// A note in the verdict: another id, a stale answer.
    Note,
    Blank,
    /// A section's title. What belongs to it follows it.
    Section,
    /// A name and a value.
    Field,
    /// A URL of the message, numbered from 1 in `label`.
    Attachment,
    /// A line of a long text, without a name.
    Text,
    /// The heads of a timeline's columns.
    Heads,
    /// The day of the lookups that follow.
    Day,
    /// A lookup of a timeline: its time, its cells, what it changed.
    Lookup,
    /// A message of a conversation: its time, its cells, what it says.
    Listed,
    /// A field that a lookup changed.
    Change,
    /// A status of a batch: its word, how many have it, a bar.
    Tally,
    /// The heads of a batch's columns.
    MemberHeads,
    /// A lookup of a batch: its cells, why or text, and its id.
    Member,
    /// A line of two answers side by side.
    Line(Side),
}

/// Which of two answers a line stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Both,
    /// The earlier one only.
    Before,
    /// The later one only.
    After,
}

impl Role {
    /// Whether it says what happened, why, or what next.
    pub fn is_verdict(self) -> bool {
        matches!(self, Self::Why | Self::Evidence | Self::Next | Self::Note)
    }

    /// Whether the cursor passes over it.
    pub fn is_passed(self) -> bool {
        matches!(
            self,
            Self::Blank | Self::Heads | Self::Day | Self::Tally | Self::MemberHeads
        )
    }

    /// Whether it keeps to one line, cut where it does not fit.
    pub fn is_one_line(self) -> bool {
        matches!(
            self,
            Self::Section
                | Self::Heads
                | Self::Lookup
                | Self::Listed
                | Self::Tally
                | Self::MemberHeads
                | Self::Member
        )
    }
}

/// One row. Rows that belong to it follow it and are counted in `below`.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    pub role: Role,
    /// 0 for verdict and sections, 1 for what is in a section, more for values inside values.
    pub depth: u8,
    pub label: Shown,
    pub value: Shown,
    /// How many of the following rows fold away with this one.
    pub below: u32,
    /// Whether what is below starts unfolded.
    pub open: bool,
    /// The value as sent: what is copied, and where it stands in the answer.
    pub source: Option<Json>,
    /// What stands between label and value in a timeline.
    pub cells: Option<Box<Cells>>,
    /// Where Enter on it leads.
    pub lead: Option<Box<Lead>>,
}

/// Where a row leads: to what has to be asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lead {
    /// Belongs to the message, and is shown here once it is there.
    Load(Endpoint, MessageId),
    /// Another message, which is looked up.
    Message(MessageId),
}

/// The middle columns of a timeline or a batch.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Cells {
    /// The status's; none in the heads.
    pub tone: Option<Tone>,
    pub word: Shown,
    /// How long it was seen for.
    pub seen: Shown,
    /// The value where there is little room.
    pub short: Shown,
    /// Columns of a bar.
    pub bar: u16,
    pub direction: Option<Direction>,
    /// How many have which status, in one row.
    pub counts: Vec<(Tone, Shown)>,
}

/// A snapshot as rows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Outline {
    pub head: Option<Head>,
    pub rows: Vec<Row>,
    /// Characters that were made visible or left out because they could deceive.
    pub hidden: u32,
    /// The answer in one line, for `y` on the verdict.
    pub sentence: String,
    /// Bytes of text in the rows: what laying them out costs.
    pub weight: usize,
}

/// The rows of `snapshot` for whoever reads them there, with what `explanations` know. Local times are told in `zone` where that is not UTC.
pub fn outline(
    face: Face<'_>,
    explanations: &Explanations,
    snapshot: &Snapshot,
    zone: &TimeZone,
) -> Outline {
    let mut rows = Rows {
        face,
        rows: Vec::new(),
    };
    let (head, sentence) = match &snapshot.outcome {
        Ok(message) => message::rows(&mut rows, explanations, snapshot, message, zone),
        Err(failure) => trouble::rows(&mut rows, snapshot, failure),
    };
    rows.into_outline(Some(head), sentence)
}

/// The body as received, a row a line.
pub fn raw(body: &Body) -> Outline {
    text(body.text())
}

/// A text as it came, a row a line.
pub fn text(text: &str) -> Outline {
    let mut rows = Rows::new();
    for line in Shown::raw_lines(text) {
        rows.push(Row {
            value: line,
            ..Row::new(Role::Text, 0)
        });
    }
    rows.into_outline(None, String::new())
}

/// A text of our own as an outline, such as the help: `(label, value)`, sections where the value is empty.
pub fn lines<'a>(entries: impl IntoIterator<Item = (Role, &'a str, String)>) -> Outline {
    let mut rows = Rows::new();
    for (role, label, value) in entries {
        let depth = u8::from(role == Role::Field);
        rows.push(Row {
            label: Shown::line(label),
            value: Shown::line(&value),
            ..Row::new(role, depth)
        });
    }
    rows.into_outline(None, String::new())
}

impl Row {
    pub(super) fn new(role: Role, depth: u8) -> Self {
        Self {
            role,
            depth,
            label: Shown::default(),
            value: Shown::default(),
            below: 0,
            open: true,
            source: None,
            cells: None,
            lead: None,
        }
    }

    fn leading(self, lead: Lead) -> Self {
        Self {
            lead: Some(Box::new(lead)),
            ..self
        }
    }

    /// A text with blanks only where it separates.
    pub(super) fn text(role: Role, text: &str) -> Self {
        Self {
            value: Shown::line(text),
            ..Self::new(role, 0)
        }
    }

    fn field(label: &str, value: &str) -> Self {
        Self {
            label: Shown::line(label),
            value: Shown::line(value),
            ..Self::new(Role::Field, 1)
        }
    }

    fn with_source(self, source: Json) -> Self {
        Self {
            source: Some(source),
            ..self
        }
    }

    /// Whether it folds what follows it.
    pub fn folds(&self) -> bool {
        self.below > 0
    }

    /// Whether something will be below it once that was asked for.
    pub fn loads(&self) -> bool {
        !self.folds() && matches!(self.lead.as_deref(), Some(Lead::Load(..)))
    }
}

impl Outline {
    /// What `y` copies for a row: the value as sent, a section's text, the answer for the verdict.
    pub fn copy_of(&self, index: usize) -> Option<String> {
        let row = self.rows.get(index)?;
        match (row.role, &row.source) {
            (Role::Why | Role::Evidence | Role::Next | Role::Note, _) => {
                Some(self.sentence.clone())
            }
            (_, Some(source)) => Some(source.plain().into_owned()),
            (Role::Section, None) => {
                let below = self.rows.iter().skip(index + 1).take(row.below as usize);
                Some(below.map(Row::line).collect::<Vec<_>>().join("\n"))
            }
            (Role::Lookup | Role::Listed | Role::Change | Role::Member, None) => Some(row.line()),
            (Role::Blank, None) => None,
            _ => Some(row.value.as_str().to_owned()).filter(|text| !text.is_empty()),
        }
    }

    /// The same with a note below Why.
    #[must_use]
    pub fn noted(&self, words: &str) -> Self {
        let mut outline = self.clone();
        let why = |row: &Row| matches!(row.role, Role::Why | Role::Evidence);
        let at = outline.rows.iter().position(|row| !why(row));
        let note = Row::text(Role::Note, words);
        outline.weight += note.value.as_str().len();
        outline.rows.insert(at.unwrap_or(outline.rows.len()), note);
        outline
    }

    /// The row that the row at `index` folds away with.
    pub fn parent(&self, index: usize) -> Option<usize> {
        (0..index)
            .rev()
            .find(|&above| above + self.rows[above].below as usize >= index)
    }
}

impl Row {
    /// The row as a line of plain text: name, cells, value.
    pub fn line(&self) -> String {
        let cells = self.cells.as_ref();
        let [word, seen] =
            cells.map_or([""; 2], |cells| [cells.word.as_str(), cells.seen.as_str()]);
        let parts = [self.label.as_str(), word, seen, self.value.as_str()];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("  ")
    }
}

/// Rows while they are made.
pub(super) struct Rows<'hints> {
    /// Who reads them.
    face: Face<'hints>,
    pub(super) rows: Vec<Row>,
}

impl Rows<'_> {
    /// Of a text that names no key by itself.
    pub(super) fn new() -> Self {
        Self {
            face: Face::Command,
            rows: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a blank row and a section with what `fill` adds below it; nothing if that is nothing.
    pub(super) fn section(
        &mut self,
        label: &str,
        open: bool,
        fill: impl FnOnce(&mut Self) -> String,
    ) {
        let at = self.rows.len();
        self.push(Row {
            label: Shown::line(label),
            open,
            ..Row::new(Role::Section, 0)
        });
        let value = fill(self);
        self.close(at);
        if self.rows[at].below == 0 {
            self.rows.truncate(at);
        } else {
            self.rows[at].value = Shown::line(&value);
        }
    }

    /// Counts all that came after the row at `at` as below it.
    pub(super) fn close(&mut self, at: usize) {
        self.rows[at].below = u32::try_from(self.rows.len() - at - 1).unwrap_or(u32::MAX);
    }

    pub(super) fn into_outline(self, head: Option<Head>, sentence: String) -> Outline {
        let rows = self.rows;
        let hidden = rows
            .iter()
            .map(|row| {
                let word = row.cells.as_ref().map_or(0, |cells| cells.word.hidden());
                row.label.hidden() + word + row.value.hidden()
            })
            .sum();
        let weight = rows
            .iter()
            .map(|row| row.label.as_str().len() + row.value.as_str().len())
            .sum();
        Outline {
            head,
            rows,
            hidden,
            sentence,
            weight,
        }
    }
}
