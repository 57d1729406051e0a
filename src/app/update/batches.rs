//! Several ids together: begun, opened row by row, stopped, gone on with, and read from a file.
//! Never lets an answer move the cursor: a row stays under it whatever group it comes to.

use std::sync::Arc;
use std::time::Duration;

use crate::app::action::Action;
use crate::app::batch::{Batch, BatchNumber};
use crate::app::effect::{Effect, Ticket};
use crate::app::state::{Detail, Overlay, State};
use crate::model::batch::Standing;
use crate::model::id::MessageId;
use crate::model::snapshot::Snapshot;
use crate::model::text::{count, span};

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::OpenIds => state.overlay = Some(Overlay::IdsFile(String::new())),
        Action::Failures => {
            if let Some(batch) = meant_mut(state) {
                batch.turn();
            }
        }
        _ => go_on(state, effects),
    }
}

fn meant_mut(state: &mut State) -> Option<&mut Batch> {
    let number = state.meant_batch()?.number;
    state.batch_mut(number)
}

/// Shows a new batch of these, which wait to be asked for.
pub(super) fn begin(state: &mut State, ids: Vec<MessageId>) {
    let number = BatchNumber(state.next_ticket);
    state.next_ticket += 1;
    let room = super::detail_room(state);
    let batch = Batch::new(number, &ids, state.now, room);
    state.batches.push(batch);
    state.history.begin_batch(number, state.now);
    state.waiting.extend(ids.into_iter().map(|id| (number, id)));
    show(state, number);
}

/// Shows the table of a batch.
pub(super) fn show(state: &mut State, number: BatchNumber) {
    state.detail = Detail::Batch(number);
    state.find.clear();
    state.trail.clear();
}

/// An answer for those batches that asked for it. The end of one that is not in sight is told.
pub(super) fn take(state: &mut State, ticket: Ticket, snapshot: &Arc<Snapshot>) {
    let (now, shown) = (state.now, &state.detail);
    let mut told = None;
    for batch in &mut state.batches {
        let ended = batch.take(ticket, snapshot, now) && !batch.is_under_way();
        let in_sight = matches!(shown, Detail::Batch(number) if *number == batch.number);
        if ended && !in_sight {
            let counts = [
                (batch.counts.failed, "failed"),
                (batch.counts.troubled, "not looked up"),
            ];
            let counts = counts.iter().filter(|(count, _)| *count > 0);
            let counts: Vec<String> = counts
                .map(|(count, word)| format!("{count} {word}"))
                .collect();
            let counts = match counts.as_slice() {
                [] => String::new(),
                counts => format!(": {}", counts.join(", ")),
            };
            told = Some(format!("Batch of {} done{counts}", batch.members.len()));
        }
    }
    if let Some(words) = told.filter(|_| state.notice.is_none()) {
        super::tell(state, &words);
    }
}

/// `250 ids take 25 s.`, where a limit is known or likely.
pub(super) fn time(state: &State, ids: usize) -> String {
    let limits = &state.limits;
    let likely = (!state.profile().base_url.starts_with("http:")).then_some(LIKELY);
    let known = limits.burst.zip(limits.interval).or(likely);
    let Some((burst, interval)) = known.filter(|(burst, _)| *burst > 0) else {
        return format!("{} ids.", count(ids as u64));
    };
    let seconds = interval.as_secs_f64() * f64::from(u32::try_from(ids).unwrap_or(u32::MAX))
        / f64::from(u32::try_from(burst).unwrap_or(u32::MAX));
    let whole = Duration::try_from_secs_f64(seconds.ceil()).unwrap_or(Duration::MAX);
    format!("{} ids take {}.", count(ids as u64), span(whole))
}

/// The documented burst limit ("Authorization" of HighLevel's OAuth documentation).
const LIKELY: (u64, Duration) = (100, Duration::from_secs(10));

/// Enter on a row: its message, as far as it is there.
pub(super) fn open(state: &mut State, id: MessageId, effects: &mut Vec<Effect>) {
    let standing = state.meant_batch().and_then(|batch| batch.standing(&id));
    match standing {
        Some(Standing::Ended(snapshot)) => {
            let snapshot = Arc::clone(snapshot);
            state.opening = Some(Arc::clone(&snapshot));
            effects.push(Effect::MakeRows(snapshot));
        }
        Some(Standing::Asking) => super::tell(state, "Still asking"),
        Some(Standing::Waiting) => super::tell(state, "It waits for its turn"),
        Some(Standing::Stopped) => {
            let again = state.hint_words(Action::Again, "asks for the rest");
            super::tell(
                state,
                &super::sentences([Some("Not asked for.".to_owned()), again]),
            );
        }
        None => {}
    }
}

/// Goes back to the batch from one of its messages. Whether it is of one.
pub(super) fn back(state: &mut State) -> bool {
    let Some(id) = state.shown_id() else {
        return false;
    };
    let mut newest_first = state.batches.iter().rev();
    let own = newest_first.find(|batch| batch.standing(id).is_some());
    let Some(number) = own.map(|batch| batch.number) else {
        return false;
    };
    show(state, number);
    true
}

/// Ctrl-C: what is there stays.
pub(super) fn stopped(state: &mut State) {
    let again = state
        .setting
        .keys
        .hint(crate::app::action::ON_BATCH, Action::Again);
    let mut stopped = None;
    for batch in &mut state.batches {
        if batch.is_under_way() {
            stopped = Some((batch.stop(), batch.members.len()));
        }
    }
    if let Some((ended, all)) = stopped {
        let rest = again.map_or_else(String::new, |key| format!("; {key} does the rest"));
        super::tell(state, &format!("Stopped at {ended} of {all}{rest}"));
    }
}

/// `r`: asks for those that were stopped.
fn go_on(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(batch) = meant_mut(state) else {
        return;
    };
    let number = batch.number;
    let rest = batch.rest();
    if rest.is_empty() {
        return super::tell(state, "All of them were asked for");
    }
    state
        .waiting
        .extend(rest.into_iter().map(|id| (number, id)));
    super::asking::next(state, effects);
}

/// Enter at the prompt for a file of ids.
pub(super) fn read(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(Overlay::IdsFile(path)) = &state.overlay {
        if path.trim().is_empty() {
            return super::tell(state, "Which file? Type its path");
        }
        effects.push(Effect::ReadIds(path.clone()));
        state.overlay = None;
    }
}

/// The file was read: its ids are asked for, as if they had been pasted.
pub(super) fn ids_read(
    state: &mut State,
    read: Result<(Vec<MessageId>, usize), String>,
    effects: &mut Vec<Effect>,
) {
    match read {
        Err(why) => super::tell(state, &why),
        Ok((ids, _)) if ids.is_empty() => super::tell(state, "No line of it holds an id"),
        Ok((ids, skipped)) => {
            super::asking::look_up(state, ids, effects);
            let note = match skipped {
                0 => return,
                1 => "1 line held no id".to_owned(),
                lines => format!("{lines} lines held no id"),
            };
            let told = state.notice.take();
            let told = told.map_or_else(
                || note.clone(),
                |told| format!("{} · {note}", told.as_str()),
            );
            super::tell(state, &told);
        }
    }
}
