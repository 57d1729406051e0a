//! The list of kept messages: its filter, its pages, and what is done to a row.
//! Never reads anything itself: pages are asked for, and until they come the list shows what it has.

use std::ops::Range;
use std::sync::Arc;

use crate::app::action::{Action, Edit, ON_HISTORY};
use crate::app::effect::{Effect, ListPage};
use crate::app::history::{Answered, Item, Pages, Row};
use crate::app::layout::Focus;
use crate::app::scroll::{Edge, Scroll};
use crate::app::state::{Detail, Overlay, State};
use crate::model::id::MessageId;
use crate::model::listed::{Deleted, Key, Listed};
use crate::model::shown::Shown;

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Filter => {
            state.focus = Focus::History;
            state.history.filtered.get_or_insert_default();
            state.overlay = Some(Overlay::Filter);
        }
        Action::Failures => failures(state),
        Action::Delete => delete(state, effects),
        Action::Undo => match state.deleted.pop() {
            Some(deleted) => effects.push(Effect::Restore(deleted)),
            None => super::tell(state, "Nothing was deleted in this run"),
        },
        _ => pin(state, effects),
    }
}

// The filter

fn failures(state: &mut State) {
    state.focus = Focus::History;
    let filtered = state.history.filtered.get_or_insert_default();
    filtered.failures = !filtered.failures;
    filter_changed(state);
}

/// A letter in the prompt.
pub(super) fn typed(state: &mut State, text: &str) {
    let filtered = state.history.filtered.get_or_insert_default();
    let letters = text.chars().filter(|letter| !letter.is_control());
    filtered.text.extend(letters);
    filter_changed(state);
}

pub(super) fn edit(state: &mut State, edit: Edit) {
    let filtered = state.history.filtered.get_or_insert_default();
    match edit {
        Edit::Backspace => {
            filtered.text.pop();
        }
        Edit::DeleteWord => {
            let kept = filtered.text.trim_end();
            let end = kept.rfind(' ').map_or(0, |blank| blank + 1);
            filtered.text.truncate(end);
        }
        // Ctrl-U shows all, failures or not.
        _ => {
            filtered.text.clear();
            filtered.failures = false;
        }
    }
    filter_changed(state);
}

fn filter_changed(state: &mut State) {
    let Some(filtered) = &mut state.history.filtered else {
        return;
    };
    let note = filtered.read().notes.first();
    state.notice = note.map(|note| Shown::line(&note.to_string()));
    state.history.scroll = Scroll::default();
    if state.overlay.is_none() {
        drop_idle(state);
    }
}

/// Ends a filter that asks for nothing.
fn drop_idle(state: &mut State) {
    let history = &mut state.history;
    if history
        .filtered
        .as_ref()
        .is_some_and(|own| !own.is_active())
    {
        history.filtered = None;
    }
}

/// Leaves the prompt; the filter stays where it asks for something.
pub(super) fn leave_prompt(state: &mut State) {
    state.overlay = None;
    drop_idle(state);
}

/// Shows all again, with the cursor on the same message. Whether there was a filter.
pub(super) fn clear(state: &mut State) -> bool {
    let under_cursor = state.history.at_cursor().id().cloned();
    let Some(filtered) = state.history.filtered.take() else {
        return false;
    };
    if filtered.is_active() {
        let at = under_cursor.and_then(|id| state.history.place(&id));
        state.history.scroll = Scroll {
            cursor: at.unwrap_or_default(),
            offset: 0,
        };
    }
    filtered.is_active()
}

// The pages

pub(super) fn pinned_read(state: &mut State, rows: Vec<Listed>) {
    let rows = rows.into_iter().map(Row::from).collect();
    state.history.take_pinned(rows);
}

/// Asks for the page that the window needs next, if any.
pub(super) fn want(state: &mut State, effects: &mut Vec<Effect>) {
    let rows = super::history_rows(state);
    let history = &mut state.history;
    let Range { start, end } = history.scroll.offset..history.scroll.offset + rows;
    // A window more on both sides: whoever turns a page does not wait for it.
    let window = start.saturating_sub(rows)..end + rows;
    let filter = history.filter().cloned();
    let Some((pages, first)) = history.pages_mut() else {
        return;
    };
    let window = window.start.saturating_sub(first)..window.end.saturating_sub(first).max(1);
    let Some(wanted) = pages.want(window) else {
        return;
    };
    let mut without = state.deleting.clone();
    if filter.is_none() {
        let own = state.history.recent.entries().iter();
        without.extend(own.map(|entry| entry.id.clone()));
    }
    effects.push(Effect::List(ListPage {
        asked: wanted,
        filter: filter.unwrap_or_default(),
        without,
    }));
}

/// Takes a page, if its list is still the one that is shown.
pub(super) fn listed(state: &mut State, page: &ListPage, total: usize, rows: Vec<Listed>) {
    let rows = rows.into_iter().map(Row::from).collect();
    if let Some(pages) = pages_of(state, page) {
        pages.take(page.asked, total, rows);
    }
}

/// A page that cannot be read is not asked for again until the list changes.
pub(super) fn not_listed(state: &mut State, page: &ListPage, why: &str) {
    if let Some(pages) = pages_of(state, page) {
        let total = pages.total();
        pages.take(page.asked, total, Vec::new());
    }
    super::tell(state, why);
}

/// The list that a page is of: one without a filter is of what earlier runs kept.
fn pages_of<'a>(state: &'a mut State, page: &ListPage) -> Option<&'a mut Pages> {
    let history = &mut state.history;
    if page.filter.is_empty() {
        return history.earlier.as_mut();
    }
    history
        .filtered
        .as_mut()
        .map(|filtered| &mut filtered.pages)
}

// What is done to a row

fn delete(state: &mut State, effects: &mut Vec<Effect>) {
    if state.focus == Focus::History && super::folding::one_by_one(state, "deleted") {
        return;
    }
    let key = state.hint(Action::Delete);
    let Some(id) = super::meant(state) else {
        return super::open_first(state, key);
    };
    let entry = state.history.entry(&id);
    if entry.is_some_and(|entry| entry.asking) {
        let words = state.hint_words(Action::StopOrQuit, "stops it first");
        let words = super::sentences([Some("Still asking.".to_owned()), words]);
        return super::tell(state, &words);
    }
    if entry.is_some_and(|entry| entry.pinned) {
        state.doomed = Some(id);
        return super::tell(state, "It is pinned. y deletes it, any other key keeps it");
    }
    delete_now(state, id, effects);
}

fn delete_now(state: &mut State, id: MessageId, effects: &mut Vec<Effect>) {
    super::watching::end(state, &id, effects);
    state.history.remove(&id);
    if state.shown_id() == Some(&id) {
        state.find.clear();
        state.detail = Detail::Start;
    }
    state.deleting.push(id.clone());
    effects.push(Effect::Delete(id));
}

/// Whether the letter answered the question about a pinned row; any other than `y` keeps it.
pub(super) fn answer_doom(state: &mut State, letter: char, effects: &mut Vec<Effect>) -> bool {
    let Some(id) = state.doomed.take().filter(|_| letter == 'y') else {
        return false;
    };
    state.notice = None;
    delete_now(state, id, effects);
    true
}

pub(super) fn deleted(
    state: &mut State,
    id: &MessageId,
    deleted: Result<Option<Arc<Deleted>>, String>,
) {
    state.deleting.retain(|own| own != id);
    state.history.changed();
    let deleted = match deleted {
        Ok(Some(deleted)) => deleted,
        Ok(None) => return super::tell(state, "Deleted; nothing was kept of it"),
        Err(why) => return super::tell(state, &format!("Not deleted: {why}")),
    };
    let lookups = count(deleted.snapshots.len());
    state.deleted.push(deleted);
    let undo = state.setting.keys.hint(ON_HISTORY, Action::Undo);
    let undo = undo.map(|key| format!("· {key} brings it back until you quit"));
    let words = super::sentences([Some(format!("Deleted, {lookups}")), undo]);
    super::tell(state, &words);
}

pub(super) fn restored(
    state: &mut State,
    deleted: Arc<Deleted>,
    restored: Result<(), String>,
    effects: &mut Vec<Effect>,
) {
    if let Err(why) = restored {
        // It is there to be brought back once more.
        state.deleted.push(deleted);
        return super::tell(state, &format!("Not brought back: {why}"));
    }
    state.history.changed();
    effects.push(Effect::ReadPinned);
    let lookups = count(deleted.snapshots.len());
    super::tell(state, &format!("Back again, {lookups}"));
}

pub(super) fn pinned(state: &mut State, id: &MessageId, pinned: Result<(), String>) {
    if let Err(why) = pinned {
        state.history.pin(id);
        super::tell(state, &format!("Not kept: {why}"));
    }
    state.history.changed();
}

fn count(lookups: usize) -> String {
    match lookups {
        1 => "1 lookup".to_owned(),
        many => format!("{many} lookups"),
    }
}

fn pin(state: &mut State, effects: &mut Vec<Effect>) {
    if state.focus == Focus::History && super::folding::one_by_one(state, "pinned") {
        return;
    }
    let key = state.hint(Action::Pin);
    let Some(id) = super::meant(state) else {
        return super::open_first(state, key);
    };
    match state.history.pin(&id) {
        Some(pinned) => {
            let words = if pinned {
                "Pinned to the top"
            } else {
                "Not pinned any more"
            };
            super::tell(state, words);
            effects.push(Effect::Pin(id, pinned));
        }
        None => super::tell(state, "It is not in the list that is shown"),
    }
}

// Reading a row's answer

/// Whether the answer under the cursor has to be read first; the action follows when it is there.
pub(super) fn fetch_first(state: &mut State, action: Action, effects: &mut Vec<Effect>) -> bool {
    let needs_it = matches!(
        action,
        Action::Open
            | Action::CopyMenu
            | Action::CopyJson
            | Action::CopyCurl
            | Action::CopyTicket
            | Action::CopyFullTicket
            | Action::CopyLink
            | Action::CopyPath
            | Action::Attachments
            | Action::SaveRecording
            | Action::SaveAll
            | Action::OpenApp
            | Action::Timeline
            | Action::Watch
    );
    if !needs_it || state.focus != Focus::History || state.answer_at_cursor().is_some() {
        return false;
    }
    let item = state.history.at_cursor();
    if matches!(item, Item::Entry(entry) if entry.asking) {
        return false;
    }
    let key = item.row().map(|row| row.key);
    let Some(key) = key.filter(|key| *key != Key::default()) else {
        return false;
    };
    effects.push(Effect::Fetch(key));
    state.pending = Some((key, action));
    true
}

/// What was to be done with an answer is done, if the cursor is still on it.
pub(super) fn fetched(
    state: &mut State,
    key: Key,
    answered: Option<Answered>,
    effects: &mut Vec<Effect>,
) {
    let Some((_, action)) = state.pending.take_if(|(own, _)| *own == key) else {
        return;
    };
    let Some(answered) = answered else {
        return super::tell(state, "That lookup is not kept any more");
    };
    state.fetched = Some((key, answered));
    if state.answer_at_cursor().is_some() {
        super::act(state, action, effects);
    }
}

/// Moves the cursor by so many rows.
pub(super) fn step(state: &mut State, by: isize, edge: Edge) {
    let rows = super::history_rows(state);
    let len = state.history.len();
    state.history.scroll.step(by, len, rows, edge);
}
