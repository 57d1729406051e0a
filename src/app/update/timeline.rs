//! The timeline of a message: asked for, shown, one of its lookups opened, two of them side by side.
//! Never over another message than the one it was asked for.

use std::sync::Arc;

use super::asking;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::layout::Focus;
use crate::app::over::{Lookups, Over};
use crate::app::state::{Detail, State};
use crate::app::view::View;
use crate::model::id::MessageId;
use crate::model::outline::Outline;
use crate::model::snapshot::Snapshot;
use crate::model::timeline::timeline;

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::OpenLookup => open_lookup(state, effects),
        Action::Beside => beside(state, effects),
        _ => ask(state, effects),
    }
}

/// `t`: asks for the lookups of the message meant; over a timeline it goes back.
fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    if state.focus == Focus::History {
        return match state.history.at_cursor().id() {
            Some(id) => effects.push(Effect::ReadTimeline(id.clone())),
            None if state.history.is_empty() => super::tell(state, "Nothing looked up yet."),
            None => {
                let key = state.hint(Action::Timeline);
                super::open_first(state, key);
            }
        };
    }
    match &mut state.detail {
        Detail::Answer(opened) => match opened.over.take() {
            Some(over @ (Over::Timeline(_) | Over::Beside(..))) => opened.over = over.closed(),
            over => {
                opened.over = over;
                let id = opened.snapshot.asked.id.clone();
                effects.push(Effect::ReadTimeline(id));
            }
        },
        Detail::Asking(..) => asking::still_asking(state),
        Detail::Start | Detail::Batch(_) => {
            let key = state.hint(Action::Timeline);
            super::open_first(state, key);
        }
    }
}

/// The lookups of a message, oldest first: shown over it, if it is still the one meant.
pub(super) fn read(state: &mut State, id: &MessageId, snapshots: &[Arc<Snapshot>]) {
    let from_history = state.focus == Focus::History;
    let meant = match &state.detail {
        _ if from_history => state.history.at_cursor().id(),
        Detail::Answer(opened) => Some(&opened.snapshot.asked.id),
        _ => None,
    };
    if meant != Some(id) {
        return;
    }
    if snapshots.len() < 2 {
        let again = state.hint_words(Action::Again, "asks again");
        let words = super::sentences([Some("One lookup so far.".to_owned()), again]);
        super::tell(state, &words);
        return;
    }
    let shown = matches!(&state.detail, Detail::Answer(opened) if opened.snapshot.asked.id == *id);
    if from_history {
        // Its answer was read first, as for whatever is done to a row.
        match state.answer_at_cursor().cloned() {
            Some(answer) if !shown => asking::open(state, answer.snapshot, answer.outline),
            None if !shown => return,
            _ => {}
        }
        state.focus = Focus::Detail;
    }
    state.find.clear();
    let (width, height) = super::detail_room(state);
    let over = Over::timeline(timeline(snapshots, state.now), width, height);
    if let Detail::Answer(opened) = &mut state.detail {
        opened.over = Some(over);
    }
}

/// Enter: the lookup under the cursor as an answer. On the headline it is the newest.
fn open_lookup(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(lookups) = lookups(state) else {
        return;
    };
    let newest = || Some(&lookups.timeline.lookups.last()?.snapshot);
    let (lookup, _) = lookups.at_cursor();
    if let Some(snapshot) = lookup.or_else(newest) {
        effects.push(Effect::MakeRows(Arc::clone(snapshot)));
    }
}

/// A lookup's rows are made: it is shown, if its timeline still is.
pub(super) fn rows_made(state: &mut State, snapshot: Arc<Snapshot>, outline: Arc<Outline>) {
    let own = lookups(state).is_some_and(|lookups| {
        let mut all = lookups.timeline.lookups.iter();
        all.any(|lookup| Arc::ptr_eq(&lookup.snapshot, &snapshot))
    });
    let of_batch = state
        .opening
        .take_if(|opening| Arc::ptr_eq(opening, &snapshot));
    if own || (of_batch.is_some() && matches!(state.detail, Detail::Batch(_))) {
        asking::open(state, snapshot, outline);
    }
}

/// `=`: the answer of the lookup under the cursor beside that of the one before.
fn beside(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(lookups) = lookups(state) else {
        return;
    };
    let came = |snapshot: &Snapshot| {
        let answer = snapshot.answer.as_ref();
        answer.is_some_and(|answer| !answer.body.is_empty())
    };
    let words = match lookups.at_cursor() {
        (Some(after), Some(before)) if came(after) && came(before) => {
            let pair = (Arc::clone(before), Arc::clone(after));
            return effects.push(Effect::MakeBeside(pair.0, pair.1));
        }
        (Some(_), Some(_)) => "One of the two lookups brought no answer to compare",
        (Some(_), None) => "The first lookup: there is none before it",
        (None, _) => "Choose a lookup first",
    };
    super::tell(state, words);
}

/// Two answers are side by side: shown, if their timeline still is.
pub(super) fn beside_made(
    state: &mut State,
    before: &Arc<Snapshot>,
    after: &Arc<Snapshot>,
    outline: Arc<Outline>,
) {
    let (width, height) = super::detail_room(state);
    let Detail::Answer(opened) = &mut state.detail else {
        return;
    };
    opened.over = match opened.over.take() {
        Some(Over::Timeline(lookups)) if is_at(&lookups, before, after) => {
            state.find.clear();
            Some(Over::Beside(View::new(outline, width, height), lookups))
        }
        over => over,
    };
}

/// Whether the cursor is still on the lookup that was asked about.
fn is_at(lookups: &Lookups, before: &Arc<Snapshot>, after: &Arc<Snapshot>) -> bool {
    let same = |one: Option<&Arc<Snapshot>>, other| one.is_some_and(|one| Arc::ptr_eq(one, other));
    let (own, earlier) = lookups.at_cursor();
    same(own, after) && same(earlier, before)
}

/// The timeline on top in the pane.
fn lookups(state: &State) -> Option<&Lookups> {
    match &state.detail {
        Detail::Answer(opened) => match &opened.over {
            Some(Over::Timeline(lookups)) => Some(lookups),
            _ => None,
        },
        _ => None,
    }
}
