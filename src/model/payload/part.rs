//! A snapshot-to-be: its span of the text, where it stands, and what was told beside it.
//! Never a copy of the text.

use std::ops::Range;
use std::sync::Arc;

use super::recorded::Told;
use crate::model::id::MessageId;
use crate::model::json::{Json, NotJson};

/// One row to be.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Part {
    pub(super) form: Form,
    pub(super) place: Place,
    /// The line that told of it, where that was written by msgscope.
    pub(super) outer: Option<Json>,
}

/// What it is.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Form {
    /// A message, wrapped or flat.
    Message(Json),
    Email(Json),
    /// JSON, but no message.
    Strange(Json),
    /// A line that is no JSON.
    Broken(Arc<str>, Range<usize>, NotJson),
    /// The outer line says all that came of it.
    Told,
}

/// Where it stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// From 1.
    pub(super) line: u32,
    /// From 1 in a list or a page; 0 where it stands alone.
    pub(super) item: u32,
    /// Whether other values stand before or behind its own.
    pub(super) among: bool,
}

impl Part {
    /// The name of what has no id.
    pub(super) fn name(&self) -> MessageId {
        let Place { line, item, among } = self.place;
        let counted = (item > 0).then_some(item);
        let line = (among || counted.is_none()).then_some(line);
        MessageId::of_place(line, counted)
    }

    /// What is told of one that brought no message, beside its failure: where it stands.
    pub(super) fn words(&self) -> Vec<String> {
        let Place { line, item, .. } = self.place;
        match (&self.form, item) {
            (Form::Broken(_, _, why), _) if why.ended => {
                vec![format!("line {line} ends too early to be JSON")]
            }
            (Form::Broken(_, _, why), _) => {
                vec![format!(
                    "line {line} is not JSON from column {} on",
                    why.column
                )]
            }
            (Form::Told, _) => Vec::new(),
            (_, 0) => vec![format!("line {line} holds no message")],
            (_, item) => vec![format!("number {item} in line {line} is no message")],
        }
    }

    /// What the outer line says; nothing without one.
    pub(super) fn told(&self) -> Told {
        self.outer.as_ref().map(Told::new).unwrap_or_default()
    }
}
