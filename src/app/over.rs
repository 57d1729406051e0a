//! What is laid over a message's rows: its raw answer, its timeline, two answers side by side.
//! Never more than one step back at a time: what lies under it comes back as it was.

use std::sync::Arc;

use super::view::View;
use crate::model::snapshot::Snapshot;
use crate::model::timeline::Timeline;

/// What covers a message's rows.
#[derive(Clone, PartialEq, Debug)]
pub enum Over {
    /// The answer as received, and what it was asked from.
    Raw(View, Option<Box<Self>>),
    /// An email's HTML as it came, and what it was asked from.
    Source(View, Option<Box<Self>>),
    Timeline(Lookups),
    /// Two of the timeline's answers, and the timeline under them.
    Beside(View, Lookups),
}

/// A timeline as it stands in the pane.
#[derive(Clone, PartialEq, Debug)]
pub struct Lookups {
    pub timeline: Arc<Timeline>,
    pub view: View,
}

impl Over {
    /// A timeline with the cursor where something changed last.
    pub fn timeline(timeline: Timeline, width: u16, height: u16) -> Self {
        let mut view = View::new(Arc::clone(&timeline.outline), width, height);
        view.show(timeline.start, 0);
        let timeline = Arc::new(timeline);
        Self::Timeline(Lookups { timeline, view })
    }

    /// The view on top.
    pub fn view(&self) -> &View {
        match self {
            Self::Raw(view, _) | Self::Source(view, _) | Self::Beside(view, _) => view,
            Self::Timeline(lookups) => &lookups.view,
        }
    }

    pub fn view_mut(&mut self) -> &mut View {
        match self {
            Self::Raw(view, _) | Self::Source(view, _) | Self::Beside(view, _) => view,
            Self::Timeline(lookups) => &mut lookups.view,
        }
    }

    /// Fits all views, that under the one on top too.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.view_mut().resize(width, height);
        match self {
            Self::Raw(_, Some(under)) | Self::Source(_, Some(under)) => {
                under.resize(width, height);
            }
            Self::Beside(_, lookups) => lookups.view.resize(width, height),
            Self::Raw(_, None) | Self::Source(_, None) | Self::Timeline(_) => {}
        }
    }

    /// What is left when the view on top is closed.
    pub fn closed(self) -> Option<Self> {
        match self {
            Self::Raw(_, under) | Self::Source(_, under) => under.map(|under| *under),
            Self::Timeline(_) => None,
            Self::Beside(_, lookups) => Some(Self::Timeline(lookups)),
        }
    }

    /// What the title says of it.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Raw(..) => "raw",
            Self::Source(..) => "HTML source",
            Self::Timeline(_) => "timeline",
            Self::Beside(..) => "side by side",
        }
    }
}

impl Lookups {
    /// The answer of the lookup under the cursor, and that of the one before it.
    pub fn at_cursor(&self) -> (Option<&Arc<Snapshot>>, Option<&Arc<Snapshot>>) {
        let row = self.view.row().filter(|_| !self.view.on_head());
        let lookup = row.and_then(|row| self.timeline.at_row(row));
        let before = lookup.and_then(|lookup| self.timeline.lookups.get(lookup.before?));
        (
            lookup.map(|lookup| &lookup.snapshot),
            before.map(|before| &before.snapshot),
        )
    }
}
