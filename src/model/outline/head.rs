//! The headline: glyph, status word, direction, type and time, which stay when the pane scrolls.
//! Never longer than a line; what does not fit is dropped from its end by the pane.

use jiff::Timestamp;

use super::super::shown::Shown;
use super::super::status::{Direction, Tone};
use super::super::text::{ago, between, span};

/// The *what* row.
#[derive(Clone, PartialEq, Debug)]
pub struct Head {
    pub tone: Tone,
    /// The status as sent, or what the lookup ended in.
    pub word: Shown,
    pub direction: Option<(Direction, Shown)>,
    /// Type and what belongs beside it, such as a call's length.
    pub kind: Shown,
    /// How many of how many are done, while that is under way.
    pub done: Option<(usize, usize)>,
    pub when: When,
}

/// The time beside it.
#[derive(Clone, PartialEq, Debug)]
pub enum When {
    /// When the message was added, where known.
    Added(Option<Timestamp>),
    /// When a lookup was made that failed, and how long it took.
    Asked(Timestamp, std::time::Duration),
    /// Words that do not change with time, from the longest to the shortest form.
    Told(Vec<String>),
}

impl When {
    /// The time as told beside the headline, from the longest to the shortest form.
    pub fn forms(&self, now: Timestamp) -> Vec<String> {
        match self {
            Self::Added(None) => Vec::new(),
            Self::Told(forms) => forms.clone(),
            Self::Added(Some(at)) => {
                let age = ago(between(*at, now));
                vec![
                    format!("{} · {age}", at.strftime("%-d %b %Y %H:%M:%S UTC")),
                    age,
                ]
            }
            Self::Asked(at, took) => {
                let took = span(*took);
                vec![
                    format!("asked {} · {took}", at.strftime("%H:%M:%S UTC")),
                    took,
                ]
            }
        }
    }
}
