//! An answer as rows: with the console's keys, what is known of statuses and errors, and the zone of local times.
//! Never on the loop: a large answer takes its time.

use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;

use crate::model::explain::Explanations;
use crate::model::face::{Face, Hints};
use crate::model::outline::{Outline, outline};
use crate::model::snapshot::Snapshot;

/// What an answer is told with. Cheap to clone.
#[derive(Clone)]
pub(super) struct Telling {
    /// The keys that what is said of an answer or a copy names.
    pub(super) hints: Arc<Hints>,
    pub(super) explanations: Arc<Explanations>,
    /// The system's, once it was looked for, where none is set.
    zone: Arc<OnceLock<TimeZone>>,
}

impl Telling {
    pub(super) fn new(
        hints: Hints,
        explanations: Arc<Explanations>,
        zone: Option<TimeZone>,
    ) -> Self {
        Self {
            hints: Arc::new(hints),
            explanations,
            zone: Arc::new(zone.map_or_else(OnceLock::new, OnceLock::from)),
        }
    }

    /// Looks for the system's zone by walking its folder of zones, unless it is known.
    pub(super) fn zone(&self) -> &TimeZone {
        self.zone.get_or_init(TimeZone::system)
    }

    pub(super) fn rows(&self, snapshot: &Snapshot) -> Arc<Outline> {
        let face = Face::Console(&self.hints);
        Arc::new(outline(face, &self.explanations, snapshot, self.zone()))
    }
}
