//! `w`: looks again at a message until its status is final.
//! Never moves focus, cursor or scroll, and never shows a message that was not shown.

use std::sync::Arc;

use crate::app::action::Action;
use crate::app::effect::{Effect, Ticket};
use crate::app::history::Answered;
use crate::app::state::{Detail, State};
use crate::app::view::View;
use crate::app::watch::Watch;
use crate::model::id::MessageId;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::text::span;
use crate::model::whom::Whom;

/// Begins to watch the message meant, or ends it.
pub(super) fn act(state: &mut State, effects: &mut Vec<Effect>) {
    let id = super::meant(state);
    let key = state.hint(Action::Watch);
    let Some(id) = id else {
        return super::open_first(state, key);
    };
    if let Some(status) = end(state, &id, effects) {
        return super::tell(state, &format!("Watch stopped at {status}"));
    }
    let Some(snapshot) = state.meant() else {
        return super::open_first(state, key);
    };
    let Ok(message) = &snapshot.outcome else {
        return super::tell(state, "Nothing to watch: the lookup brought no message");
    };
    let Some(status) = message.outcome().map(|status| status.word().to_owned()) else {
        return super::tell(state, "Nothing to watch: this message has no status");
    };
    if message.is_final() {
        let again = state.hint_words(Action::Again, "asks again");
        let words = Some(format!("Already final: {status}."));
        return super::tell(state, &super::sentences([words, again]));
    }
    let whom = state.profile_named(&snapshot.asked.profile);
    let whom = whom.map_or(state.whom, Whom::One);
    state.history.hold(&id);
    let watch = Watch::new(id, whom, status, snapshot.at, state.now);
    let next = watch.next.strftime("%H:%M:%S UTC");
    let stops = key.map_or_else(String::new, |key| format!(" · {key} stops"));
    let words = format!("Watching, next look at {next}{stops}");
    state.watches.push(watch);
    super::tell(state, &words);
}

/// Watches a message no more, and tells the status it was seen at last; `None` where it was not watched.
pub(super) fn end(state: &mut State, id: &MessageId, effects: &mut Vec<Effect>) -> Option<String> {
    let at = state.watches.iter().position(|watch| watch.id == *id)?;
    let watch = state.watches.remove(at);
    if let Some(ticket) = watch.asking {
        effects.push(Effect::Cancel(ticket));
    }
    Some(watch.status)
}

/// Looks again at what is due.
pub(super) fn look(state: &mut State, effects: &mut Vec<Effect>) {
    let now = state.now;
    for watch in state.watches.iter_mut().filter(|watch| watch.is_due(now)) {
        let ticket = Ticket(state.next_ticket);
        state.next_ticket += 1;
        watch.asking = Some(ticket);
        effects.push(Effect::Lookup(ticket, watch.whom, watch.id.clone()));
    }
}

/// Takes what a look brought. Whether the ticket was one's.
pub(super) fn looked(
    state: &mut State,
    ticket: Ticket,
    answered: &Answered,
    effects: &mut Vec<Effect>,
) -> bool {
    let own = |watch: &Watch| watch.asking == Some(ticket);
    let Some(at) = state.watches.iter().position(own) else {
        return false;
    };
    let snapshot = &answered.snapshot;
    // Of an email nothing is known either while its record cannot be read.
    let failure = snapshot.outcome.as_ref().err();
    let failure = failure.or_else(|| snapshot.record_failure());
    if let Some(failure) = failure {
        if failure.kind().may_pass() {
            state.watches[at].look_later(state.now);
            return true;
        }
        let words = format!("Watch stopped: {}", failure.title());
        let watch = state.watches.remove(at);
        super::tell(state, &format!("{words} · {}", watch.id));
        effects.push(Effect::Ring(Shown::line(&words)));
        return true;
    }
    let Ok(message) = &snapshot.outcome else {
        return true;
    };
    let status = message.outcome();
    let status = status.map_or_else(String::new, |status| status.word().to_owned());
    let is_final = message.is_final();
    let now = state.now;
    let watch = &mut state.watches[at];
    if watch.status == status {
        watch.look_later(now);
    } else {
        let id = watch.id.clone();
        let (old, seen) = watch.changed(status.clone(), now);
        let last = if is_final { ". Final" } else { "" };
        let words = format!("{old} → {status} after {}{last}", span(seen));
        // Of several it is told which.
        let shown = state.shown_id() == Some(&id);
        let which = if shown {
            String::new()
        } else {
            format!(" · {id}")
        };
        super::tell(state, &format!("{words}{which}"));
        effects.push(Effect::Ring(Shown::line(&format!("{words}{which}"))));
    }
    if is_final {
        state.watches.remove(at);
    }
    refresh(state, answered);
    true
}

/// Shows the newer answer in place of the one of the same message, with the same row under the cursor.
fn refresh(state: &mut State, answered: &Answered) {
    let (width, height) = super::detail_room(state);
    let Detail::Answer(opened) = &mut state.detail else {
        return;
    };
    let same = opened.snapshot.asked.id == answered.snapshot.asked.id;
    if !same || opened.over.is_some() || !is_newer(&answered.snapshot, &opened.snapshot) {
        return;
    }
    let view = View::new(Arc::clone(&answered.outline), width, height);
    opened.view = view.in_place_of(&opened.view);
    opened.snapshot = Arc::clone(&answered.snapshot);
}

fn is_newer(one: &Snapshot, other: &Snapshot) -> bool {
    one.at >= other.at
}
