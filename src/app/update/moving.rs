//! Cursor, focus, folds, panes, and the way back.
//! Never discards anything: Esc and `q` close what is on top, one step at a time.

use std::sync::Arc;

use super::{asking, linking, listing, saving};
use crate::app::action::{Action, Bound, CONTEXTS, shown_key};
use crate::app::effect::Effect;
use crate::app::history::Item;
use crate::app::layout::Focus;
use crate::app::over::Over;
use crate::app::scroll::Edge;
use crate::app::state::{Detail, Overlay, State};
use crate::app::view::View;
use crate::model::failure::Cause;
use crate::model::outline::{Outline, Role, lines, raw};
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::text::width;

/// Bodies over this are made into a raw view by a task.
const RAW_AT_ONCE: usize = 64 * 1024;

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::NextPane => turn(state, 1),
        Action::PreviousPane => turn(state, 2),
        Action::Back => back(state, effects),
        Action::Close => {
            if !close(state) {
                saving::leave(state, effects);
            }
        }
        Action::FocusBox => {
            state.overlay = None;
            state.focus = Focus::Box;
        }
        Action::Zoom => state.alone = !state.alone,
        Action::Help => help(state),
        Action::Open => open_row(state),
        Action::Raw => toggle_raw(state, effects),
        Action::Fold
        | Action::Unfold
        | Action::FoldOrParent
        | Action::UnfoldAll
        | Action::FoldAll => {
            let opens = matches!(action, Action::Fold | Action::Unfold);
            if !(opens && linking::follow(state, effects)) {
                fold(state, action);
            }
        }
        _ => {
            scroll(state, action);
            linking::reached(state, effects);
        }
    }
}

fn turn(state: &mut State, steps: usize) {
    if state.overlay.is_some() {
        return;
    }
    let order = [Focus::Box, Focus::History, Focus::Detail];
    let at = order
        .iter()
        .position(|focus| *focus == state.focus)
        .unwrap_or_default();
    state.focus = order[(at + steps) % order.len()];
}

/// Closes what is on top: menu or prompt, find, raw or timeline. Whether there was anything.
fn close(state: &mut State) -> bool {
    if matches!(state.overlay, Some(Overlay::Filter)) {
        state.overlay = None;
        listing::clear(state);
        return true;
    }
    state.overlay.take().is_some()
        || (state.focus == Focus::History && listing::clear(state))
        || close_in_message(state)
}

/// Ends find, else closes what covers the message. Whether there was either.
fn close_in_message(state: &mut State) -> bool {
    if !std::mem::take(&mut state.find).is_empty() {
        return true;
    }
    let Detail::Answer(opened) = &mut state.detail else {
        return false;
    };
    let over = opened.over.take();
    let covered = over.is_some();
    opened.over = over.and_then(Over::closed);
    covered
}

/// Esc: one step back, and never out of the program.
fn back(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(closed) = state.overlay.take() {
        match closed {
            Overlay::Find => state.find.clear(),
            Overlay::Filter => {
                listing::clear(state);
            }
            _ => {}
        }
        return;
    }
    if state.focus == Focus::History && listing::clear(state) {
        return;
    }
    if state.focus == Focus::Detail
        && (close_in_message(state) || asking::leave_shown(state, effects))
    {
        return;
    }
    state.focus = Focus::History;
}

/// The keys of what may be done here: those of the place that has them first, then all others.
fn help(state: &mut State) {
    if matches!(state.overlay, Some(Overlay::Help(_))) {
        state.overlay = None;
        return;
    }
    let near = state.contexts();
    let others = CONTEXTS.iter().filter(|context| !near.contains(context));
    let mut entries = Vec::new();
    for context in near.iter().chain(others) {
        let bound = state.setting.keys.all();
        let work = state.setting.work;
        let own = bound.filter(|bound| {
            let Bound { binding, keys } = bound;
            binding.context == *context && !keys.is_empty() && work.allows(binding.action)
        });
        let mut own = own.peekable();
        if own.peek().is_none() {
            continue;
        }
        entries.push((Role::Section, context.title().to_owned(), String::new()));
        entries.extend(own.map(|bound| {
            let (keys, words) = help_row(bound);
            (Role::Field, keys, words)
        }));
        entries.push((Role::Blank, String::new(), String::new()));
    }
    let rows = lines(
        entries
            .iter()
            .map(|(role, label, value)| (*role, label.as_str(), value.clone())),
    );
    let (width, height) = super::help_room(state);
    state.overlay = Some(Overlay::Help(View::new(Arc::new(rows), width, height)));
}

/// Columns of keys in the help at every size.
const HELP_KEYS: usize = 15;

/// A binding's keys and words. Keys that do not fit stand behind the words.
fn help_row(bound: &Bound) -> (String, String) {
    let binding = bound.binding;
    let keys: Vec<String> = bound.keys.iter().map(|key| shown_key(key)).collect();
    if let (Action::CopyAttachment(_), [first, .., last]) = (binding.action, keys.as_slice())
        && keys.len() == 9
    {
        return (format!("{first}–{last}"), binding.words.to_owned());
    }
    let fits = |count: &usize| width(&keys[..*count].join(" ")) <= HELP_KEYS;
    let count = (1..=keys.len()).rev().find(fits).unwrap_or(1);
    let (shown, rest) = keys.split_at(count);
    let words = match rest {
        [] => binding.words.to_owned(),
        rest => format!("{}, also {}", binding.words, rest.join(" ")),
    };
    (shown.join(" "), words)
}

fn open_row(state: &mut State) {
    if state.history.is_empty() {
        // What a filter does not find is said in the list itself.
        let filters = state.history.filter().is_some();
        state.notice = (!filters).then(|| Shown::line("Nothing looked up yet."));
        return;
    }
    match (state.answer_at_cursor().cloned(), state.history.at_cursor()) {
        (Some(answered), _) => asking::open(state, answered.snapshot, answered.outline),
        (None, Item::Entry(entry)) => state.detail = Detail::Asking(entry.ticket, entry.id.clone()),
        (None, Item::Batch(batch)) => {
            let number = batch.number;
            super::batches::show(state, number);
        }
        // Its page or its answer is on the way.
        (None, Item::Kept(_) | Item::Unread) => return,
    }
    if matches!(state.overlay, Some(Overlay::Filter)) {
        listing::leave_prompt(state);
    }
    state.focus = Focus::Detail;
}

fn toggle_raw(state: &mut State, effects: &mut Vec<Effect>) {
    let Detail::Answer(opened) = &mut state.detail else {
        let key = state.hint(Action::Raw);
        return super::open_first(state, key);
    };
    if matches!(opened.over, Some(Over::Raw(..))) {
        opened.over = opened.over.take().and_then(Over::closed);
        return;
    }
    let snapshot = Arc::clone(&opened.snapshot);
    match &snapshot.answer {
        None => {
            super::tell(
                state,
                "No answer came, so that there is nothing to show raw",
            );
        }
        Some(answer) if answer.body.is_empty() => {
            let cause = snapshot
                .outcome
                .as_ref()
                .err()
                .map(|failure| &failure.cause);
            let words = match cause {
                Some(Cause::TooLarge { .. }) => "The answer was too large to be kept",
                _ => "The answer is empty: 0 bytes",
            };
            super::tell(state, words);
        }
        Some(answer) if answer.body.len() > RAW_AT_ONCE => effects.push(Effect::MakeRaw(snapshot)),
        Some(answer) => {
            let rows = Arc::new(raw(&answer.body));
            open_raw(state, &snapshot, rows);
        }
    }
}

/// Shows the raw view, if its answer is still the one in the pane.
pub(super) fn open_raw(state: &mut State, snapshot: &Arc<Snapshot>, outline: Arc<Outline>) {
    let (width, height) = super::detail_room(state);
    if let Detail::Answer(opened) = &mut state.detail
        && Arc::ptr_eq(&opened.snapshot, snapshot)
        && !matches!(opened.over, Some(Over::Raw(..)))
    {
        let under = opened.over.take().map(Box::new);
        let view = View::new(outline, width, height);
        opened.over = Some(Over::Raw(view, under));
    }
}

fn fold(state: &mut State, action: Action) {
    let Some(view) = state.view_mut() else {
        if action == Action::FoldOrParent {
            state.focus = Focus::History;
        }
        return;
    };
    let row = view.row().filter(|_| !view.on_head());
    match (action, row) {
        (Action::UnfoldAll, _) => view.fold_all(true),
        (Action::FoldAll, _) => view.fold_all(false),
        (Action::Fold, Some(row)) => {
            let open = !view.open[row];
            view.fold(row, open);
        }
        (Action::Unfold, Some(row)) => view.fold(row, true),
        (Action::FoldOrParent, Some(row)) if view.open[row] && view.outline.rows[row].folds() => {
            view.fold(row, false);
        }
        (Action::FoldOrParent, Some(row)) => match view.outline.parent(row) {
            Some(parent) => view.show(parent, 0),
            None => state.focus = Focus::History,
        },
        (Action::FoldOrParent, None) => state.focus = Focus::History,
        _ => {}
    }
}

/// Rows a scrolling action moves in a window of `window` rows; the extremes go to the ends.
fn steps(action: Action, window: usize) -> isize {
    let window = isize::try_from(window).unwrap_or(1);
    let page = (window - 1).max(1);
    let half = (window / 2).max(1);
    match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::PageDown => page,
        Action::PageUp => -page,
        Action::HalfPageDown => half,
        Action::HalfPageUp => -half,
        Action::Top => isize::MIN,
        Action::End => isize::MAX,
        _ => 0,
    }
}

/// Moves what lies over the panes by so many rows.
pub(super) fn scroll_by(state: &mut State, by: isize) {
    match &mut state.overlay {
        Some(Overlay::Menu(menu)) => menu.step(by, state.height),
        // The help has no row to choose: its window moves.
        Some(Overlay::Help(view)) => view.pan(by),
        _ => {}
    }
}

fn scroll(state: &mut State, action: Action) {
    let rows = usize::from(state.panes().history.height);
    match &mut state.overlay {
        Some(Overlay::Menu(menu)) => {
            let by = steps(action, menu.rows(state.height));
            scroll_by(state, by);
        }
        Some(Overlay::Help(view)) => {
            let by = steps(action, view.window());
            scroll_by(state, by);
        }
        _ if state.focus == Focus::History => {
            listing::step(state, steps(action, rows), Edge::HalfPage);
        }
        _ => {
            if let Some(view) = state.view_mut() {
                view.step(steps(action, view.window()));
            }
        }
    }
}
