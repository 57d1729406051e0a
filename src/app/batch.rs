//! A batch as the console holds it: its members, and its table as it stands in the pane.
//! Never asks by itself: members wait in the line that all ids wait in.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::effect::Ticket;
use super::view::View;
use crate::model::batch::{Member, Standing, rows};
use crate::model::id::MessageId;
use crate::model::snapshot::Snapshot;
use crate::model::status::Tone;
use crate::model::text::between;

/// How often the table is made anew while answers come, at most.
const EVERY: Duration = Duration::from_millis(250);

/// Tells batches apart, and the newer one: drawn from the tickets of the lookups.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BatchNumber(pub u64);

/// Several ids that were asked for together.
#[derive(Clone, PartialEq, Debug)]
pub struct Batch {
    pub number: BatchNumber,
    pub members: Vec<Member>,
    /// Where each stands among them.
    places: HashMap<MessageId, usize>,
    /// Those under way, by their lookups.
    asking: HashMap<Ticket, usize>,
    pub failures_only: bool,
    pub counts: Counts,
    pub view: View,
    /// The height that the table was made for.
    height: u16,
    began: Timestamp,
    /// When the last one ended.
    ended: Timestamp,
    made: Timestamp,
    changed: bool,
}

/// What came so far.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    pub ended: usize,
    /// Messages that failed.
    pub failed: usize,
    /// Lookups that did.
    pub troubled: usize,
}

impl Batch {
    pub fn new(
        number: BatchNumber,
        ids: &[MessageId],
        now: Timestamp,
        (width, height): (u16, u16),
    ) -> Self {
        let members: Vec<Member> = ids.iter().map(Member::new).collect();
        let table = rows(&members, Duration::ZERO, false, height);
        Self {
            number,
            counts: Counts::default(),
            height,
            places: ids.iter().cloned().zip(0..).collect(),
            asking: HashMap::new(),
            failures_only: false,
            view: View::new(Arc::new(table), width, height),
            members,
            began: now,
            ended: now,
            made: now,
            changed: false,
        }
    }

    /// A lookup of one of them began; of others nothing is taken.
    pub fn begin(&mut self, id: &MessageId, ticket: Ticket) {
        let place = self.places.get(id).copied();
        let waits = |place: &usize| !self.members[*place].is_ended();
        if let Some(place) = place.filter(waits) {
            self.asking.insert(ticket, place);
            self.stand(place, Standing::Asking);
        }
    }

    /// A lookup has ended. Whether it was one of them.
    pub fn take(&mut self, ticket: Ticket, snapshot: &Arc<Snapshot>, now: Timestamp) -> bool {
        let place = self.asking.remove(&ticket);
        if let Some(place) = place {
            self.stand(place, Standing::Ended(Arc::clone(snapshot)));
            self.counts.ended += 1;
            match self.members[place].tone() {
                Tone::Failure => self.counts.failed += 1,
                Tone::Trouble => self.counts.troubled += 1,
                _ => {}
            }
            self.ended = now;
        }
        place.is_some()
    }

    /// Those that have not ended are stopped; tells how many have.
    pub fn stop(&mut self) -> usize {
        self.asking.clear();
        for place in 0..self.members.len() {
            if !self.members[place].is_ended() {
                self.stand(place, Standing::Stopped);
            }
        }
        self.counts.ended
    }

    /// Those that were stopped wait again.
    pub fn rest(&mut self) -> Vec<MessageId> {
        let mut rest = Vec::new();
        for place in 0..self.members.len() {
            if *self.members[place].standing() == Standing::Stopped {
                rest.push(self.members[place].id.clone());
                self.stand(place, Standing::Waiting);
            }
        }
        rest
    }

    fn stand(&mut self, place: usize, standing: Standing) {
        self.members[place].stand(standing);
        self.changed = true;
    }

    /// Shows only what failed, or all again.
    pub fn turn(&mut self) {
        self.failures_only = !self.failures_only;
        self.changed = true;
        self.made = Timestamp::MIN;
    }

    /// Whether that one is still to be asked for.
    pub fn awaits(&self, id: &MessageId) -> bool {
        self.standing(id) == Some(&Standing::Waiting)
    }

    pub fn is_under_way(&self) -> bool {
        let mut members = self.members.iter();
        members.any(|member| matches!(member.standing(), Standing::Waiting | Standing::Asking))
    }

    /// What all that have ended brought, in the order they were given.
    pub fn snapshots(&self) -> Arc<[Arc<Snapshot>]> {
        let ended = self
            .members
            .iter()
            .filter_map(|member| match member.standing() {
                Standing::Ended(snapshot) => Some(Arc::clone(snapshot)),
                _ => None,
            });
        ended.collect()
    }

    pub fn standing(&self, id: &MessageId) -> Option<&Standing> {
        let place = *self.places.get(id)?;
        Some(self.members[place].standing())
    }

    /// Fits the table to its room, and makes it anew, where something changed and that is not too often.
    pub fn settle(&mut self, now: Timestamp, (width, height): (u16, u16)) {
        self.view.resize(width, height);
        let soon = between(self.made, now) < EVERY && self.is_under_way();
        if height == self.height && (!self.changed || soon) {
            return;
        }
        self.height = height;
        let until = if self.is_under_way() { now } else { self.ended };
        let table = rows(
            &self.members,
            between(self.began, until),
            self.failures_only,
            height,
        );
        let view = View::new(Arc::new(table), self.view.width, self.view.height);
        self.view = view.in_place_of(&self.view);
        (self.made, self.changed) = (now, false);
    }
}
