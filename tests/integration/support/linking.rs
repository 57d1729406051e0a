//! What belongs to the messages of a played console: asked for by it, answered from the table.
//! Never answered by itself: the play says when.

use std::sync::Arc;

use msgscope::app::{Event, Ticket};
use msgscope::model::endpoint::Endpoint;
use msgscope::model::id::MessageId;
use msgscope::model::snapshot::Snapshot;

use super::answers::{linked_answer, snapshot_at};
use super::play::Play;

/// A lookup of what belongs to a message, under way.
pub(crate) struct Link {
    pub(crate) ticket: Ticket,
    pub(crate) of: Arc<Snapshot>,
    pub(crate) endpoint: Endpoint,
    pub(crate) id: MessageId,
}

impl Play {
    /// Answers the oldest one as the table says.
    pub(crate) fn answer_link(&mut self) {
        let link = self.links.front().expect("something is asked for");
        let answer = linked_answer(&link.endpoint, &link.id);
        self.answer_link_with(answer.0, answer.1);
    }

    pub(crate) fn answer_link_with(&mut self, http: u16, body: Vec<u8>) {
        let link = self.links.pop_front().expect("something is asked for");
        let whom = self.state.whom;
        let snapshot = snapshot_at(&link.endpoint, &self.state, whom, &link.id, (http, body));
        assert!(Arc::strong_count(&link.of) > 0);
        self.happen(Event::Linked(link.ticket, Arc::new(snapshot)));
    }

    /// The paths that are asked for, oldest first.
    pub(crate) fn linked_paths(&self) -> Vec<String> {
        let links = self.links.iter();
        links
            .map(|link| link.endpoint.path(link.id.as_str()))
            .collect()
    }
}
