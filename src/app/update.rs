//! How the state changes: synchronous, pure, one event at a time.
//! Never performs anything: what is to be done outside is returned.

mod asking;
mod batches;
mod copying;
mod exporting;
mod finding;
mod folding;
mod linking;
mod listing;
pub use finding::position;
mod moving;
mod pointing;
mod profiles;
mod saving;
mod timeline;
mod typing;
mod viewing;
mod watching;

use super::action::{Action, Context};
use super::effect::Effect;
use super::event::Event;
use super::layout::panes;
use super::menu::Menu;
use super::pointer::PointerKind;
use super::state::{Detail, Overlay, State};
use super::view::{Laid, View};
use crate::app::layout::Focus;
use crate::model::id::MessageId;
use crate::model::shown::Shown;

/// Applies an event and tells what is to be done about it.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = Vec::new();
    match event {
        Event::Began => viewing::began(state, &mut effects),
        Event::TakenIn { next, first } => viewing::taken_in(state, next, first, &mut effects),
        Event::Passed(now) => {
            state.now = now;
            watching::look(state, &mut effects);
        }
        Event::Resized(width, height) => (state.width, state.height) = (width, height),
        Event::Submitted(ids) => asking::look_up(state, ids, &mut effects),
        Event::Filled(ids) => asking::fill(state, &ids, &mut effects),
        Event::Acted(_)
        | Event::Typed(_)
        | Event::Unused(_)
        | Event::Pointed(_)
        | Event::Pasted(_) => entered(state, event, &mut effects),
        Event::Progressed(ticket, progress) => state.history.progressed(ticket, progress),
        Event::Answered(ticket, snapshot, outline) => {
            asking::answered(state, ticket, snapshot, outline, &mut effects);
        }
        Event::Kept(id, at, key) => state.history.stored(&id, at, key),
        Event::PinnedRead(rows) => listing::pinned_read(state, rows),
        Event::Listed { page, total, rows } => listing::listed(state, &page, total, rows),
        Event::NotListed(page, why) => listing::not_listed(state, &page, &why),
        Event::Fetched(key, answered) => {
            listing::fetched(state, key, answered, &mut effects);
        }
        Event::Pruned(0) | Event::LinkedKept => {}
        Event::Pruned(_) => state.history.changed(),
        Event::Pinned(id, pinned) => listing::pinned(state, &id, pinned),
        Event::Deleted(id, deleted) => listing::deleted(state, &id, deleted),
        Event::Restored(deleted, restored) => {
            listing::restored(state, deleted, restored, &mut effects);
        }
        Event::Laid {
            outline,
            open,
            width,
            lines,
        } => {
            if let Some(view) = state
                .view_mut()
                .filter(|view| std::sync::Arc::ptr_eq(&view.outline, &outline))
            {
                view.take(&open, width, lines);
            }
        }
        Event::RawMade(snapshot, outline) => moving::open_raw(state, &snapshot, outline),
        Event::TimelineRead(id, snapshots) => timeline::read(state, &id, &snapshots),
        Event::RowsMade(snapshot, outline) => timeline::rows_made(state, snapshot, outline),
        Event::IdsRead(read) => batches::ids_read(state, read, &mut effects),
        Event::Linked(ticket, linked) => {
            linking::linked(state, ticket, linked, &mut effects);
        }
        Event::WholeMade(whole, outline) => linking::whole_made(state, &whole, &outline),
        Event::BesideMade(before, after, outline) => {
            timeline::beside_made(state, &before, &after, outline);
        }
        Event::Copied(words) | Event::Trouble(words) | Event::Exported(Ok(words)) => {
            tell(state, &words);
        }
        Event::Exported(Err(export)) => exporting::is_there(state, *export),
        Event::CopiedAs(words, text) => {
            state.copied = Some(text);
            tell(state, &words);
        }
        Event::SavingOn(ticket, arrived) => saving::got_on(state, ticket, arrived),
        Event::Saved(ticket, saved) => saving::ended(state, ticket, saved, &mut effects),
        Event::TokenTaken(place, taken) => {
            asking::token_taken(state, place, taken, &mut effects);
        }
    }
    fit(state, &mut effects);
    effects
}

/// What the user did.
fn entered(state: &mut State, event: Event, effects: &mut Vec<Effect>) {
    match event {
        Event::Acted(action) => {
            state.offered = None;
            state.doomed = None;
            forget(state, Some(action));
            // Any key but `y` is a no, and nothing else.
            if state.overwriting.take().is_some() {
                tell(state, "Not written");
            } else {
                act(state, action, effects);
            }
        }
        Event::Typed(letter) => {
            let answered = exporting::answer(state, letter, effects)
                || typing::answer_offer(state, letter, effects)
                || listing::answer_doom(state, letter, effects);
            if !answered {
                forget(state, None);
                typing::typed(state, letter);
            }
        }
        Event::Unused(key) => {
            forget(state, None);
            state.offered = None;
            let words = format!("{key} has no use here.");
            let help = state.hint_words(Action::Help, "shows all keys");
            tell(state, &sentences([Some(words), help]));
        }
        Event::Pointed(pointer) => {
            if pointer.kind == PointerKind::Press {
                forget(state, None);
                state.offered = None;
            }
            pointing::pointed(state, pointer, effects);
        }
        Event::Pasted(text) => {
            forget(state, None);
            state.offered = None;
            typing::pasted(state, &text, effects);
        }
        _ => {}
    }
}

/// Those that there are, with a blank between them.
fn sentences<const COUNT: usize>(words: [Option<String>; COUNT]) -> String {
    let words: Vec<String> = words.into_iter().flatten().collect();
    words.join(" ")
}

/// Says something in the footer, until the next key.
fn tell(state: &mut State, words: &str) {
    state.notice = Some(Shown::line(words));
}

/// The message that a key means: under the history's cursor, else the one in the pane.
fn meant(state: &State) -> Option<MessageId> {
    match state.focus {
        Focus::History => state.history.at_cursor().id().cloned(),
        Focus::Box | Focus::Detail => state.shown_id().cloned(),
    }
}

/// Says that a key needs a message first: the key of that action here.
fn open_first(state: &mut State, key: Option<String>) {
    let words = match key {
        Some(key) => format!("{key}: open a message first"),
        None => "Open a message first".to_owned(),
    };
    tell(state, &words);
}

/// What lasts until the next key only.
fn forget(state: &mut State, action: Option<Action>) {
    state.notice = None;
    if action != Some(Action::ShowAlone) {
        state.copied = None;
    }
    if action != Some(Action::OpenApp) {
        state.savings.last = None;
    }
    if action != Some(Action::Close) {
        state.leaving = false;
    }
    if !matches!(action, Some(Action::CopyRow)) {
        state.confirmed = None;
    }
}

fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    if action.asks() && !viewing::may_ask(state) {
        return;
    }
    if action == Action::OpenApp && saving::open(state, effects) {
        return;
    }
    if listing::fetch_first(state, action, effects) {
        return;
    }
    match action {
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Repaint => effects.push(Effect::Repaint),
        Action::Quit => effects.push(Effect::Quit),
        Action::StopOrQuit => asking::stop_or_quit(state, effects),
        Action::LookUp => typing::look_up(state, effects),
        Action::RecallOlder => state.input.older(),
        Action::RecallNewer => {
            if !state.input.newer() {
                state.focus = Focus::History;
            }
        }
        Action::Edit(edit) => typing::edit(state, edit),
        Action::UseToken => typing::use_token(state, effects),
        Action::StartMany => asking::start_many(state, effects),
        Action::Watch => watching::act(state, effects),
        Action::OpenIds => batches::act(state, action, effects),
        Action::Again if state.meant_batch().is_some() => batches::act(state, action, effects),
        Action::Failures if state.focus == Focus::Detail && state.meant_batch().is_some() => {
            batches::act(state, action, effects);
        }
        Action::Fold | Action::FoldOrParent if state.focus == Focus::History => {
            folding::act(state, action);
        }
        Action::Again => asking::again(state, effects),
        Action::Filter | Action::Failures | Action::Delete | Action::Undo | Action::Pin => {
            listing::act(state, action, effects);
        }
        Action::Profiles => profiles::open(state),
        Action::Palette => {
            state.overlay = Some(Overlay::Menu(Menu::palette(&state.setting)));
        }
        Action::PickProfile(whom) => profiles::pick(state, whom, effects),
        Action::CopyMenu
        | Action::Attachments
        | Action::OpenApp
        | Action::CopyId
        | Action::CopyRow
        | Action::CopyAttachment(_)
        | Action::CopyAllAttachments
        | Action::OpenAttachment
        | Action::ShowAlone
        | Action::CopyJson
        | Action::CopyCurl
        | Action::CopyTicket
        | Action::CopyFullTicket
        | Action::CopyLink
        | Action::CopyPath => copying::act(state, action, effects),
        Action::SaveRecording | Action::SaveAttachment | Action::SaveAll => {
            saving::act(state, action, effects);
        }
        Action::Choose => {
            let Some(Overlay::Menu(menu)) = &state.overlay else {
                return;
            };
            let Some(chosen) = menu.chosen() else { return };
            // A command runs as its key would without the palette over it.
            if menu.context == Context::Palette {
                state.overlay = None;
            }
            act(state, chosen, effects);
        }
        Action::Timeline | Action::OpenLookup | Action::Beside => {
            timeline::act(state, action, effects);
        }
        Action::Linked | Action::Source | Action::TrailBack => {
            linking::act(state, action, effects);
        }
        Action::Export | Action::ExportAs(_) | Action::TakeName => {
            exporting::act(state, action, effects);
        }
        Action::KeepFound => finding::keep(state),
        // In the box `/` means what there is to search in.
        Action::Find if state.view().is_none() && state.focus == Focus::Box => {
            listing::act(state, Action::Filter, effects);
        }
        Action::Find | Action::FindNext | Action::FindPrevious => finding::act(state, action),
        _ => moving::act(state, action, effects),
    }
}

/// The room for the detail pane's rows, also while another pane hides it.
fn detail_room(state: &State) -> (u16, u16) {
    let focus = if state.focus == Focus::History && !state.alone {
        Focus::Detail
    } else {
        state.focus
    };
    let focus = if focus == Focus::History {
        Focus::Detail
    } else {
        focus
    };
    let area = panes(state.width, state.height, focus, state.division()).detail;
    let foot = u16::from(matches!(
        state.overlay,
        Some(Overlay::Find | Overlay::Export(_) | Overlay::IdsFile(_))
    ));
    (area.width, area.height.saturating_sub(foot))
}

/// The room for the help, which lies over both panes.
pub fn help_room(state: &State) -> (u16, u16) {
    let panes = state.panes();
    let rows = panes.footer.y.saturating_sub(panes.titles.y + 1);
    (state.width.saturating_sub(2), rows)
}

/// Fits the views to the panes, and has a task lay out what is too large for the loop.
fn fit(state: &mut State, effects: &mut Vec<Effect>) {
    let (width, height) = detail_room(state);
    let help = help_room(state);
    if let Detail::Batch(number) = state.detail {
        let now = state.now;
        if let Some(batch) = state.batch_mut(number) {
            batch.settle(now, (width, height));
        }
    }
    if let Detail::Answer(opened) = &mut state.detail {
        opened.view.resize(width, height);
        if let Some(over) = &mut opened.over {
            over.resize(width, height);
        }
    }
    match &mut state.overlay {
        Some(Overlay::Help(view)) => view.resize(help.0, help.1),
        Some(Overlay::Menu(menu)) => menu.step(0, state.height),
        _ => {}
    }
    if let Some(view) = state.view_mut().filter(|view| view.laid == Laid::Part) {
        view.laid = Laid::Asked;
        effects.push(lay(view));
    }
    listing::step(state, 0, super::scroll::Edge::HalfPage);
    let rows = history_rows(state);
    state.history.follow(state.now, rows);
    listing::want(state, effects);
}

/// Lines of the history's pane: what its prompt leaves of it.
fn history_rows(state: &State) -> usize {
    let foot = u16::from(matches!(state.overlay, Some(Overlay::Filter)));
    usize::from(state.panes().history.height.saturating_sub(foot))
}

fn lay(view: &View) -> Effect {
    Effect::Lay {
        outline: std::sync::Arc::clone(&view.outline),
        open: view.open.clone(),
        width: view.width,
    }
}
