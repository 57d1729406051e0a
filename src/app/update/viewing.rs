//! A saved payload: taken into the list bunch by bunch, its first message open.
//! Never anything sent: what asks says that nothing is asked here.

use crate::app::effect::Effect;
use crate::app::history::Answered;
use crate::app::layout::Focus;
use crate::app::setting::Work;
use crate::app::state::{Detail, State};

/// What is said where something would be asked for.
const NOTHING: &str = "Nothing is asked in view: start msgscope to look ids up";

/// What the console begins with.
pub(super) fn began(state: &State, effects: &mut Vec<Effect>) {
    match state.setting.work {
        Work::Ask => effects.extend([Effect::ReadPinned, Effect::Prune]),
        Work::View => effects.push(Effect::TakeIn(0)),
    }
}

/// Whether the API may be asked for something; says so where it may not.
pub(super) fn may_ask(state: &mut State) -> bool {
    let may = state.setting.work == Work::Ask;
    if !may {
        super::tell(state, NOTHING);
    }
    may
}

/// A bunch stands in the list; the next one follows.
pub(super) fn taken_in(
    state: &mut State,
    next: Option<usize>,
    first: Option<Answered>,
    effects: &mut Vec<Effect>,
) {
    if let Some(Answered { snapshot, outline }) = first {
        effects.push(Effect::ReadPinned);
        if state.detail == Detail::Start {
            super::asking::open(state, snapshot, outline);
            state.focus = Focus::Detail;
        }
    }
    state.history.changed();
    effects.extend(next.map(Effect::TakeIn));
}
