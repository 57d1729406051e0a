//! Lookups: begun, answered, stopped, a few at once.
//! Never lets an answer change the pane unless the pane waits for it, and never moves the focus.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::app::action::Action;
use crate::app::batch::BatchNumber;
use crate::app::effect::{Effect, Ticket};
use crate::app::history::{Answered, Asked, Item, Kept};
use crate::app::layout::Focus;
use crate::app::state::{Detail, Opened, Overlay, State};
use crate::app::view::View;
use crate::model::endpoint::Endpoint;
use crate::model::explain::Explanations;
use crate::model::face::Face;
use crate::model::failure::{self, Cause, Failure};
use crate::model::id::MessageId;
use crate::model::outline::{Outline, outline};
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::status::Tone;
use crate::model::text::{between, clock};
use crate::model::whom::Whom;

/// Asks for these, the first at once and in the pane, the others one after the other.
pub(super) fn look_up(state: &mut State, ids: Vec<MessageId>, effects: &mut Vec<Effect>) {
    let mut ids = ids.into_iter();
    let Some(first) = ids.next() else { return };
    if !super::viewing::may_ask(state) {
        return;
    }
    if state.lacks_token() {
        state.after_token = Some(first);
        state.overlay = Some(Overlay::Token(crate::app::effect::PromptedToken::default()));
        return;
    }
    if ids.len() >= MANY {
        let take = super::batches::time(state, ids.len() + 1);
        let all = std::iter::once(first).chain(ids).collect();
        state.overlay = Some(Overlay::Many(all));
        let keys = [
            state.hint_words(Action::StartMany, "starts"),
            state.hint_words(Action::Back, "drops them"),
        ];
        let keys: Vec<String> = keys.into_iter().flatten().collect();
        super::tell(state, &format!("{take} {}", keys.join(", ")));
        return;
    }
    start(state, first, ids, effects);
}

/// Ids that are started without asking, the first not counted.
const MANY: usize = 100;

/// Enter, where starting so many ids was asked about.
pub(super) fn start_many(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(Overlay::Many(ids)) = state.overlay.take() {
        let mut ids = ids.into_iter();
        if let Some(first) = ids.next() {
            start(state, first, ids, effects);
        }
    }
}

fn start(
    state: &mut State,
    first: MessageId,
    others: impl Iterator<Item = MessageId>,
    effects: &mut Vec<Effect>,
) {
    let all: Vec<MessageId> = std::iter::once(first.clone()).chain(others).collect();
    state.input.asked(&first);
    state.focus = Focus::Detail;
    state.overlay = None;
    if all.len() == 1 {
        show(state, first, state.whom, effects);
        return next(state, effects);
    }
    let words = super::batches::time(state, all.len());
    let stops = state.hint_words(Action::StopOrQuit, "stops");
    let stops = stops.map_or_else(String::new, |words| format!(" · {words}"));
    super::tell(state, &format!("{}{stops}", words.trim_end_matches('.')));
    // In a filtered list their rows might not be seen.
    state.history.filtered = None;
    super::batches::begin(state, all);
    next(state, effects);
}

/// Asks, and has the detail pane wait for the answer.
pub(super) fn show(state: &mut State, id: MessageId, whom: Whom, effects: &mut Vec<Effect>) {
    // In a filtered list its row might not be seen.
    state.history.filtered = None;
    let ticket = begin(state, &id, whom, None, effects);
    state.history.to(&id);
    state.find.clear();
    state.trail.clear();
    state.detail = Detail::Asking(ticket, id);
}

/// Asks without showing.
fn begin(
    state: &mut State,
    id: &MessageId,
    whom: Whom,
    batch: Option<BatchNumber>,
    effects: &mut Vec<Effect>,
) -> Ticket {
    let ticket = Ticket(state.next_ticket);
    state.next_ticket += 1;
    let since = state.now;
    state
        .history
        .begin(id, ticket, Asked { whom, since, batch });
    for batch in &mut state.batches {
        batch.begin(id, ticket);
    }
    state.running.push(ticket);
    effects.push(Effect::Lookup(ticket, whom, id.clone()));
    ticket
}

/// Fills the list; the first of `ids` ends on top.
pub(super) fn fill(state: &mut State, ids: &[MessageId], effects: &mut Vec<Effect>) {
    for id in ids.iter().rev() {
        let ticket = begin(state, id, state.whom, None, effects);
        state.running.retain(|running| *running != ticket);
        state.filling.push(ticket);
    }
    if let Some(first) = ids.first() {
        state.history.to(first);
    }
}

pub(super) fn again(state: &mut State, effects: &mut Vec<Effect>) {
    let id = super::meant(state);
    let Some(id) = id else {
        let key = state.hint(Action::Again);
        return super::open_first(state, key);
    };
    if let Detail::Asking(_, asked) = &state.detail
        && *asked == id
    {
        return still_asking(state);
    }
    let whom = again_whom(state, &id);
    if whom == state.whom && state.lacks_token() {
        return look_up(state, vec![id], effects);
    }
    show(state, id, whom, effects);
}

/// Says that there is no answer yet.
pub(super) fn still_asking(state: &mut State) {
    let cancels = state.hint_words(Action::StopOrQuit, "cancels");
    let words = super::sentences([Some("Still asking.".to_owned()), cancels]);
    super::tell(state, &words);
}

/// Who is asked again: whoever has the message, else all where all were asked, else who is asked now.
pub(super) fn again_whom(state: &State, id: &MessageId) -> Whom {
    let answer = state
        .history
        .entry(id)
        .and_then(|entry| Item::Entry(entry).answer());
    let failure = answer.and_then(|answer| answer.snapshot.outcome.as_ref().err());
    if failure.is_some_and(|failure| matches!(failure.cause, Cause::Nowhere { .. })) {
        return Whom::All;
    }
    let row = state
        .history
        .row_of(id)
        .filter(|row| row.tone != Tone::Trouble);
    let place = row.and_then(|row| state.profile_named(&row.profile));
    place.map_or(state.whom, Whom::One)
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
    let outline = match changed(state, &snapshot) {
        Some(note) => Arc::new(outline.noted(&note)),
        None => outline,
    };
    let answered = Answered { snapshot, outline };
    if !running && !super::watching::looked(state, ticket, &answered, effects) {
        // Cancelled before its answer came.
        return;
    }
    let Answered { snapshot, outline } = answered;
    if let Some(answer) = &snapshot.answer
        && answer.limits.burst_left.is_some()
    {
        state.limits = answer.limits;
    }
    super::batches::take(state, ticket, &snapshot);
    let kept = Kept::new(Arc::clone(&snapshot), Arc::clone(&outline));
    state.history.keep(ticket, kept);
    if snapshot.was_asked() {
        effects.push(Effect::Keep(Arc::clone(&snapshot)));
    }
    if matches!(&state.detail, Detail::Asking(awaited, _) if *awaited == ticket) {
        open(state, snapshot, outline);
    }
    next(state, effects);
}

/// How the status has changed since the message was looked up before.
fn changed(state: &State, snapshot: &Snapshot) -> Option<String> {
    let before = state.history.row_of(&snapshot.asked.id)?;
    let (old, message) = (before.status.as_ref()?, snapshot.outcome.as_ref().ok()?);
    let now = Shown::line(message.outcome()?.word());
    if *old == now || before.at >= snapshot.at {
        return None;
    }
    let since = clock(before.at, state.now, "%H:%M UTC");
    let (old, now) = (old.as_str(), now.as_str());
    let timeline = state.message_hint(Action::Timeline);
    let timeline = timeline.map(|key| format!("{key} shows the timeline."));
    let words = format!("Since {since}: {old} → {now}.");
    Some(super::sentences([Some(words), timeline]))
}

/// Shows an answer in the detail pane.
pub(super) fn open(state: &mut State, snapshot: Arc<Snapshot>, outline: Arc<Outline>) {
    let (width, height) = super::detail_room(state);
    let view = View::new(outline, width, height);
    state.find.clear();
    state.detail = Detail::Answer(Box::new(Opened {
        snapshot,
        view,
        over: None,
    }));
}

/// Begins as many of those that wait as may run at once.
pub(super) fn next(state: &mut State, effects: &mut Vec<Effect>) {
    while state.running.len() < AT_ONCE
        && let Some((number, id)) = state.waiting.pop_front()
    {
        // One that was asked for by itself meanwhile is not asked for twice.
        if state.batch(number).is_some_and(|batch| batch.awaits(&id)) {
            begin(state, &id, state.whom, Some(number), effects);
        }
    }
}

/// Lookups that run at once; the API is not asked for more by one token either.
const AT_ONCE: usize = 8;

/// Ctrl-C: the lookup shown, else all that run, else the files that are being saved, else the program. Ids that wait are dropped, and told.
pub(super) fn stop_or_quit(state: &mut State, effects: &mut Vec<Effect>) {
    let waiting = std::mem::take(&mut state.waiting).len();
    let not_asked = match waiting {
        0 => String::new(),
        1 => "1 id was not asked for".to_owned(),
        ids => format!("{ids} ids were not asked for"),
    };
    if cancel_shown(state, effects) {
        if waiting > 0 {
            super::tell(state, &format!("Stopped; {not_asked}"));
        }
    } else if !state.linking.is_empty() && state.running.is_empty() && waiting == 0 {
        for linking in std::mem::take(&mut state.linking) {
            effects.push(Effect::Cancel(linking.ticket));
        }
        super::tell(state, "Stopped");
    } else if state.running.is_empty() && waiting == 0 {
        if !super::saving::stop(state, effects) {
            effects.push(Effect::Quit);
        }
    } else {
        let all = std::mem::take(&mut state.running);
        let stopped = match all.len() {
            1 => "1 lookup stopped".to_owned(),
            lookups => format!("{lookups} lookups stopped"),
        };
        for ticket in all {
            state.history.stop(ticket);
            effects.push(Effect::Cancel(ticket));
        }
        let words = [stopped, not_asked];
        let words: Vec<String> = words
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect();
        super::tell(state, &words.join("; "));
        super::batches::stopped(state);
    }
}

/// Esc on a lookup under way: it alone is stopped, and those that wait go on.
pub(super) fn leave_shown(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let stopped = cancel_shown(state, effects);
    next(state, effects);
    stopped
}

/// Stops the lookup that the detail pane waits for. Whether there was one.
fn cancel_shown(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Detail::Asking(ticket, id) = &state.detail else {
        return false;
    };
    let (ticket, id) = (*ticket, id.clone());
    let Some(at) = state.running.iter().position(|running| *running == ticket) else {
        return false;
    };
    state.running.swap_remove(at);
    effects.push(Effect::Cancel(ticket));
    let entry = state.asking();
    let since = entry.map_or(state.now, |entry| entry.since);
    let whom = entry.map_or(state.whom, |entry| entry.whom);
    let after = between(since, state.now);
    state.history.stop(ticket);
    let snapshot = cancelled(state, id, whom, since, after);
    let hints = state.setting.hints();
    // A lookup that was stopped brought nothing to explain.
    let known = Explanations::default();
    let rows = outline(Face::Console(&hints), &known, &snapshot, &TimeZone::UTC);
    open(state, Arc::new(snapshot), Arc::new(rows));
    true
}

fn cancelled(
    state: &State,
    id: MessageId,
    whom: Whom,
    at: jiff::Timestamp,
    after: Duration,
) -> Snapshot {
    let profiles = &state.setting.profiles;
    let place = whom.one().unwrap_or_default();
    let profile = profiles.get(place).unwrap_or(state.profile());
    let asked = failure::Asked {
        id,
        endpoint: Endpoint::Message,
        profile: state.whom_words(whom),
        base_url: profile.base_url.clone(),
        host: profile.host.clone(),
        version: profile.version.clone(),
        token: profile.token.clone().unwrap_or_default(),
        token_changes: profile.token_changes,
        others: profiles.len() - 1,
    };
    let outcome = Err(Failure::new(Cause::Cancelled { after }));
    Snapshot {
        asked,
        at,
        took: after,
        answer: None,
        outcome,
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    }
}

/// A prompted token is in use, or why it is not.
pub(super) fn token_taken(
    state: &mut State,
    place: usize,
    taken: Result<String, String>,
    effects: &mut Vec<Effect>,
) {
    match taken {
        Ok(words) => {
            if let Some(profile) = state.setting.profiles.get_mut(place) {
                profile.token = Some(words);
                profile.token_changes = false;
            }
            state.overlay = None;
            match state.after_token.take() {
                Some(id) => look_up(state, vec![id], effects),
                None => super::tell(state, "Token kept in memory, for this run only"),
            }
        }
        Err(why) => {
            super::tell(state, &why);
            state.overlay = Some(Overlay::Token(crate::app::effect::PromptedToken::default()));
        }
    }
}
