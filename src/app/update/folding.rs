//! Batches in the list: their messages unfolded below them, and folded away.
//! Never what a filter finds: that stands in no batch.

use crate::app::action::Action;
use crate::app::history::Item;
use crate::app::state::State;

/// Space on a batch or one of its messages, and the way left.
pub(super) fn act(state: &mut State, action: Action) {
    let history = &mut state.history;
    if history.filter().is_some() {
        return super::tell(state, "A filter shows messages only: no batch to unfold");
    }
    let batch = match history.at_cursor() {
        Item::Batch(batch) => Some(*batch),
        Item::Entry(entry) => history.recent.batch_of(entry).copied(),
        Item::Kept(_) | Item::Unread => None,
    };
    match batch {
        Some(batch) if batch.open || action == Action::Fold => {
            history.keeping_cursor(|history| history.recent.unfold(batch.number, !batch.open));
        }
        Some(_) => super::tell(state, "It is folded already"),
        None => super::tell(state, "No batch on this row to unfold"),
    }
}

/// Says what is done to a batch's messages one by one. Whether the cursor is on a batch.
pub(super) fn one_by_one(state: &mut State, done: &str) -> bool {
    if state.history.at_cursor().batch().is_none() {
        return false;
    }
    let unfold = state.hint_words(Action::Fold, "unfolds them");
    let words = Some(format!("Its messages are {done} one by one."));
    super::tell(state, &super::sentences([words, unfold]));
    true
}
