//! What belongs to the message: asked for when its row is opened, each a lookup of its own; and the trail of messages.
//! Never asked for by unfolding all, and never shown in another message than the one it belongs to.

use std::sync::Arc;

use crate::app::action::Action;
use crate::app::effect::{Effect, Ticket};
use crate::app::layout::Focus;
use crate::app::over::Over;
use crate::app::setting::Work;
use crate::app::state::{Detail, Linking, Opened, State};
use crate::app::view::View;
use crate::model::endpoint::Endpoint;
use crate::model::id::MessageId;
use crate::model::outline::{Lead, Outline, Role, Row, text};
use crate::model::snapshot::Snapshot;

/// Messages that Backspace goes back through.
const TRAIL: usize = 50;

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Linked => ask_all(state, effects),
        Action::Source => toggle_source(state),
        _ => go_back(state),
    }
}

/// Enter on a row that leads somewhere. Whether it does.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(view) = state.view().filter(|view| !view.on_head()) else {
        return false;
    };
    let row = view.row_at_cursor();
    let Some(lead) = row.and_then(|row| row.lead.as_deref()).cloned() else {
        return false;
    };
    if !super::viewing::may_ask(state) {
        return true;
    }
    match lead {
        Lead::Load(endpoint, id) => ask(state, endpoint, id, effects),
        Lead::Message(id) if state.meant_batch().is_some() => {
            super::batches::open(state, id, effects);
        }
        Lead::Message(id) => open_message(state, id, effects),
    }
    true
}

/// The next page of a conversation is asked for once its row is in sight.
pub(super) fn reached(state: &mut State, effects: &mut Vec<Effect>) {
    if state.setting.work == Work::View {
        return;
    }
    let rows = state.view().map(|view| {
        let rows = view.visible().map(|(_, line)| line.row as usize);
        let leads = rows.filter_map(|row| view.outline.rows.get(row)?.lead.as_deref());
        leads.cloned().collect::<Vec<_>>()
    });
    let next = rows
        .unwrap_or_default()
        .into_iter()
        .find(|lead| matches!(lead, Lead::Load(Endpoint::Messages { before: Some(_) }, _)));
    if let Some(Lead::Load(endpoint, id)) = next
        // One that failed is asked again by Enter alone.
        && shown(state).is_some_and(|of| of.linked(&endpoint, id.as_str()).is_none())
    {
        ask(state, endpoint, id, effects);
    }
}

fn shown(state: &State) -> Option<&Arc<Snapshot>> {
    match &state.detail {
        Detail::Answer(opened) => Some(&opened.snapshot),
        _ => None,
    }
}

fn ask(state: &mut State, endpoint: Endpoint, id: MessageId, effects: &mut Vec<Effect>) {
    let Some(of) = shown(state).map(Arc::clone) else {
        return;
    };
    let lead = Lead::Load(endpoint.clone(), id.clone());
    if state.linking_of(&of, &lead).is_some() {
        return;
    }
    let ticket = Ticket(state.next_ticket);
    state.next_ticket += 1;
    state.linking.push(Linking {
        ticket,
        of: Arc::clone(&of),
        endpoint: endpoint.clone(),
        id: id.clone(),
        since: state.now,
    });
    effects.push(Effect::Link(ticket, of, endpoint, id));
}

/// `L`: goes to what belongs to the message, and asks for all of it that is not there yet.
fn ask_all(state: &mut State, effects: &mut Vec<Effect>) {
    let Detail::Answer(opened) = &mut state.detail else {
        let key = state.hint(Action::Linked);
        return super::open_first(state, key);
    };
    opened.over = None;
    let rows = &opened.view.outline.rows;
    let section = rows.iter().position(is_linked);
    let wanted: Vec<(Endpoint, MessageId)> = rows
        .iter()
        .filter_map(|row| match row.lead.as_deref() {
            Some(Lead::Load(Endpoint::Messages { before: Some(_) }, _)) => None,
            Some(Lead::Load(endpoint, id)) => Some((endpoint.clone(), id.clone())),
            _ => None,
        })
        .collect();
    let Some(section) = section else {
        return super::tell(
            state,
            "Nothing belongs to it: the answer names no other ids",
        );
    };
    opened.view.fold(section, true);
    opened.view.show_first(section);
    state.focus = Focus::Detail;
    for (endpoint, id) in wanted {
        ask(state, endpoint, id, effects);
    }
}

fn is_linked(row: &Row) -> bool {
    row.role == Role::Section && row.label.as_str() == "Linked"
}

/// Something that belongs to a message has come: it is shown in it, and kept with it.
pub(super) fn linked(
    state: &mut State,
    ticket: Ticket,
    linked: Arc<Snapshot>,
    effects: &mut Vec<Effect>,
) {
    let Some(at) = state.linking.iter().position(|own| own.ticket == ticket) else {
        return;
    };
    let of = state.linking.swap_remove(at).of;
    if let Some(answer) = &linked.answer
        && answer.limits.burst_left.is_some()
    {
        state.limits = answer.limits;
    }
    if linked.was_asked() {
        effects.push(Effect::KeepLinked(Arc::clone(&of), Arc::clone(&linked)));
    }
    // Others may have come since it was asked for: they are in the newest form of the message.
    let mut all = places(state).into_iter();
    let newest = all.find(|own| is_of(own, &of)).map(|own| Arc::clone(own));
    let mut whole = (*newest.unwrap_or(Arc::clone(&of))).clone();
    whole.link(linked);
    let whole = Arc::new(whole);
    for own in places(state) {
        if is_of(own, &of) {
            *own = Arc::clone(&whole);
        }
    }
    effects.push(Effect::MakeWhole(whole));
}

/// Where messages are held: in the pane, on the trail, in the list.
fn places(state: &mut State) -> Vec<&mut Arc<Snapshot>> {
    let shown = match &mut state.detail {
        Detail::Answer(opened) => Some(&mut opened.snapshot),
        _ => None,
    };
    let trail = state.trail.iter_mut().map(|opened| &mut opened.snapshot);
    let answers = state
        .history
        .answers_mut()
        .map(|answer| &mut answer.snapshot);
    shown.into_iter().chain(trail).chain(answers).collect()
}

/// Whether both are the same lookup, with more or less of what belongs to it.
fn is_of(one: &Snapshot, other: &Snapshot) -> bool {
    one.asked == other.asked && one.at == other.at
}

/// The rows of a message with more of what belongs to it: shown in the place of the rows it had.
pub(super) fn whole_made(state: &mut State, whole: &Arc<Snapshot>, outline: &Arc<Outline>) {
    let (width, height) = super::detail_room(state);
    state.history.remake(whole, outline);
    let trail = state.trail.iter_mut();
    let shown = match &mut state.detail {
        Detail::Answer(opened) => Some(opened.as_mut()),
        _ => None,
    };
    for opened in trail.chain(shown) {
        // Rows of an older form of it come too late: those of the newest follow.
        if Arc::ptr_eq(&opened.snapshot, whole) {
            let view = View::new(Arc::clone(outline), width, height);
            let waited = opened.view.row_at_cursor().is_some_and(Row::loads);
            opened.view = view.in_place_of(&opened.view);
            // Whoever asked looks at what is below.
            let view = &opened.view;
            let row = view.row().filter(|_| !view.on_head());
            let row = row.filter(|row| {
                let own = &view.outline.rows[*row];
                is_linked(own) || (waited && own.folds() && view.open[*row])
            });
            if let Some(row) = row {
                opened.view.show_first(row);
            }
        }
    }
}

/// A message of the list is looked up; Backspace comes back to the list.
fn open_message(state: &mut State, id: MessageId, effects: &mut Vec<Effect>) {
    if state.shown_id() == Some(&id) {
        return super::tell(state, "It is the one that is shown");
    }
    let trail = std::mem::take(&mut state.trail);
    let before = std::mem::replace(&mut state.detail, Detail::Start);
    let whom = super::asking::again_whom(state, &id);
    super::asking::show(state, id, whom, effects);
    state.trail = trail;
    if let Detail::Answer(opened) = before {
        state.trail.push(*opened);
        let over = state.trail.len().saturating_sub(TRAIL);
        state.trail.drain(..over);
    }
    state.focus = Focus::Detail;
}

fn go_back(state: &mut State) {
    match state.trail.pop() {
        Some(opened) => {
            state.find.clear();
            state.history.to(&opened.snapshot.asked.id);
            state.detail = Detail::Answer(Box::new(opened));
        }
        None if super::batches::back(state) => {}
        None => super::tell(
            state,
            "Nothing to go back to: no message was opened from a list",
        ),
    }
}

/// `H`: the HTML of an email as it came, and back.
fn toggle_source(state: &mut State) {
    let (width, height) = super::detail_room(state);
    let Detail::Answer(opened) = &mut state.detail else {
        let key = state.hint(Action::Source);
        return super::open_first(state, key);
    };
    if matches!(opened.over, Some(Over::Source(..))) {
        opened.over = opened.over.take().and_then(Over::closed);
        return;
    }
    let Some(html) = html(opened) else {
        return super::tell(state, "No HTML: the text is shown as it came");
    };
    let under = opened.over.take().map(Box::new);
    let view = View::new(Arc::new(text(&html)), width, height);
    opened.over = Some(Over::Source(view, under));
}

fn html(opened: &Opened) -> Option<String> {
    opened
        .snapshot
        .outcome
        .as_ref()
        .ok()?
        .html()
        .map(std::borrow::Cow::into_owned)
}
