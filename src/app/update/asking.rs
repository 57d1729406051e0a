//! Lookups: begun, answered, stopped, one after the other.
//! Never lets an answer change the pane unless the pane waits for it, and never moves the focus.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::app::effect::{Effect, Ticket};
use crate::app::history::Kept;
use crate::app::layout::Focus;
use crate::app::state::{Detail, Opened, Overlay, State};
use crate::app::view::View;
use crate::model::failure::{Asked, Cause, Failure};
use crate::model::id::MessageId;
use crate::model::outline::{Outline, outline};
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;

/// Asks for these, the first at once and in the pane, the others one after the other.
pub(super) fn look_up(state: &mut State, ids: Vec<MessageId>, effects: &mut Vec<Effect>) {
    let mut ids = ids.into_iter();
    let Some(first) = ids.next() else { return };
    if state.setting.token.is_none() {
        state.after_token = Some(first);
        state.overlay = Some(Overlay::Token(crate::app::effect::PromptedToken::default()));
        return;
    }
    state.waiting.extend(ids);
    if !state.waiting.is_empty() {
        let words = format!(
            "{} ids, asked one after the other · Ctrl-C stops",
            state.waiting.len() + 1
        );
        state.notice = Some(Shown::line(&words));
    }
    state.input.asked(&first);
    state.focus = Focus::Detail;
    state.overlay = None;
    show(state, first, effects);
}

/// Asks, and has the detail pane wait for the answer.
pub(super) fn show(state: &mut State, id: MessageId, effects: &mut Vec<Effect>) {
    let ticket = begin(state, &id, effects);
    state.history.to_top();
    state.find.clear();
    state.detail = Detail::Asking(ticket, id);
}

/// Asks without showing.
fn begin(state: &mut State, id: &MessageId, effects: &mut Vec<Effect>) -> Ticket {
    let ticket = Ticket(state.next_ticket);
    state.next_ticket += 1;
    state.history.begin(id, ticket, state.now);
    state.running.push(ticket);
    effects.push(Effect::Lookup(ticket, id.clone()));
    ticket
}

/// Fills the list; the first of `ids` ends on top.
pub(super) fn fill(state: &mut State, ids: &[MessageId], effects: &mut Vec<Effect>) {
    for id in ids.iter().rev() {
        let ticket = begin(state, id, effects);
        state.running.retain(|running| *running != ticket);
        state.filling.push(ticket);
    }
    state.history.to_top();
}

pub(super) fn again(state: &mut State, effects: &mut Vec<Effect>) {
    let id = match state.focus {
        Focus::History => state.history.at_cursor().map(|entry| entry.id.clone()),
        Focus::Box | Focus::Detail => state.shown_id().cloned(),
    };
    let Some(id) = id else {
        state.notice = Some(Shown::line("r: open a message first"));
        return;
    };
    if let Detail::Asking(_, asked) = &state.detail
        && *asked == id
    {
        state.notice = Some(Shown::line("Still asking. Ctrl-C cancels"));
        return;
    }
    if state.setting.token.is_none() {
        return look_up(state, vec![id], effects);
    }
    show(state, id, effects);
}

pub(super) fn answered(
    state: &mut State,
    ticket: Ticket,
    snapshot: Arc<Snapshot>,
    outline: Arc<Outline>,
    effects: &mut Vec<Effect>,
) {
    let running = [&mut state.running, &mut state.filling]
        .into_iter()
        .any(|own| {
            let before = own.len();
            own.retain(|running| *running != ticket);
            own.len() < before
        });
    if !running {
        // Cancelled before its answer came.
        return;
    }
    if let Some(answer) = &snapshot.answer
        && answer.limits.burst_left.is_some()
    {
        state.limits = answer.limits;
    }
    state.history.keep(
        ticket,
        Kept::new(Arc::clone(&snapshot), Arc::clone(&outline)),
    );
    if matches!(&state.detail, Detail::Asking(awaited, _) if *awaited == ticket) {
        open(state, snapshot, outline);
    }
    next(state, effects);
}

/// Shows an answer in the detail pane.
pub(super) fn open(state: &mut State, snapshot: Arc<Snapshot>, outline: Arc<Outline>) {
    let (width, height) = super::detail_room(state);
    let view = View::new(outline, width, height);
    state.find.clear();
    state.detail = Detail::Answer(Box::new(Opened {
        snapshot,
        view,
        raw: None,
    }));
}

/// Begins the next of several once none is under way.
fn next(state: &mut State, effects: &mut Vec<Effect>) {
    if state.running.is_empty()
        && let Some(id) = state.waiting.pop_front()
    {
        begin(state, &id, effects);
    }
}

/// Ctrl-C: the lookup shown, else all that runs, else the program.
pub(super) fn stop_or_quit(state: &mut State, effects: &mut Vec<Effect>) {
    let several = !state.waiting.is_empty();
    state.waiting.clear();
    if cancel_shown(state, effects) {
        if several {
            state.notice = Some(Shown::line("Stopped, the ids after it too"));
        }
    } else if state.running.is_empty() && !several {
        effects.push(Effect::Quit);
    } else {
        let all = std::mem::take(&mut state.running);
        let words = format!(
            "{} stopped",
            if all.len() == 1 {
                "1 lookup".to_owned()
            } else {
                format!("{} lookups", all.len())
            }
        );
        for ticket in all {
            state.history.stop(ticket);
            effects.push(Effect::Cancel(ticket));
        }
        state.notice = Some(Shown::line(&words));
    }
}

/// Stops the lookup that the detail pane waits for. Whether there was one.
pub(super) fn cancel_shown(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Detail::Asking(ticket, id) = &state.detail else {
        return false;
    };
    let (ticket, id) = (*ticket, id.clone());
    let Some(at) = state.running.iter().position(|running| *running == ticket) else {
        return false;
    };
    state.running.swap_remove(at);
    effects.push(Effect::Cancel(ticket));
    let since = state.asking().map_or(state.now, |entry| entry.since);
    let after = Duration::try_from(state.now.duration_since(since)).unwrap_or_default();
    state.history.stop(ticket);
    let snapshot = cancelled(state, id, since, after);
    let rows = outline(&snapshot, &TimeZone::UTC);
    open(state, Arc::new(snapshot), Arc::new(rows));
    true
}

fn cancelled(state: &State, id: MessageId, at: jiff::Timestamp, after: Duration) -> Snapshot {
    let setting = &state.setting;
    let asked = Asked {
        id,
        profile: setting.profile.clone(),
        base_url: setting.base_url.clone(),
        host: setting.host.clone(),
        version: setting.version.clone(),
        token: setting.token.clone().unwrap_or_default(),
    };
    let outcome = Err(Failure::new(Cause::Cancelled { after }));
    Snapshot {
        asked,
        at,
        took: after,
        answer: None,
        outcome,
    }
}

/// A prompted token is in use, or why it is not.
pub(super) fn token_taken(
    state: &mut State,
    taken: Result<String, String>,
    effects: &mut Vec<Effect>,
) {
    match taken {
        Ok(words) => {
            state.setting.token = Some(words);
            state.overlay = None;
            match state.after_token.take() {
                Some(id) => look_up(state, vec![id], effects),
                None => state.notice = Some(Shown::line("Token kept in memory, for this run only")),
            }
        }
        Err(why) => {
            state.notice = Some(Shown::line(&why));
            state.overlay = Some(Overlay::Token(crate::app::effect::PromptedToken::default()));
        }
    }
}
