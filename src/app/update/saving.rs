//! `s`: the recording and the attachments of a message are saved as files.
//! Never more than a few at once, and never one that nobody asked for.

use std::sync::Arc;

use super::copying::urls;
use crate::app::action::Action;
use crate::app::effect::{Effect, Ticket};
use crate::app::layout::Focus;
use crate::app::savings::{Saving, Savings};
use crate::app::state::{Overlay, State};
use crate::model::id::MessageId;
use crate::model::json::Json;
use crate::model::message::Message;
use crate::model::outline::Role;
use crate::model::saving::{Arrived, Piece, SavedFile, Unsaved};
use crate::model::snapshot::Snapshot;

/// Files that are fetched at the same time.
const AT_ONCE: usize = 3;

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let key = state.hint(action);
    let Some(snapshot) = state.meant() else {
        return super::open_first(state, key);
    };
    let pieces = match action {
        Action::SaveAttachment => marked(state, &snapshot),
        Action::SaveAll => all(&snapshot),
        _ => one(state, &snapshot),
    };
    state.overlay = None;
    match pieces {
        Ok(pieces) => begin(state, &snapshot, pieces, effects),
        Err(why) => {
            let words = key.map_or_else(|| why.clone(), |key| format!("{key}: {why}"));
            super::tell(state, &words);
        }
    }
}

/// The one under the menu's mark.
fn marked(state: &State, snapshot: &Snapshot) -> Result<Vec<Piece>, String> {
    let marked = match &state.overlay {
        Some(Overlay::Menu(menu)) => menu.scroll.cursor,
        _ => 0,
    };
    let piece = attachments(snapshot).into_iter().nth(marked);
    piece.map(|piece| vec![piece]).ok_or_else(no_attachments)
}

fn all(snapshot: &Snapshot) -> Result<Vec<Piece>, String> {
    let pieces = attachments(snapshot);
    if pieces.is_empty() {
        return Err(no_attachments());
    }
    Ok(pieces)
}

fn no_attachments() -> String {
    "no attachments".to_owned()
}

/// The attachment of the row under the cursor, else the call's recording, else the only attachment.
fn one(state: &State, snapshot: &Arc<Snapshot>) -> Result<Vec<Piece>, String> {
    let mut files = attachments(snapshot);
    if let Some(row) = row_of_attachment(state)
        && let Some(at) = files.iter().position(|file| is_of(file, &row))
    {
        return Ok(vec![files.swap_remove(at)]);
    }
    let Ok(message) = &snapshot.outcome else {
        return Err("the lookup brought no message".to_owned());
    };
    if message.call().is_some() {
        let location = message.field("locationId").and_then(Json::string);
        let location = location.and_then(|text| MessageId::new(&text).ok());
        let location = location.ok_or("the call names no location to ask at")?;
        let message = message_id(snapshot);
        return Ok(vec![Piece::Recording { message, location }]);
    }
    match files.len() {
        0 => Err("no call, so no recording".to_owned()),
        1 => Ok(files),
        several => {
            let lists = state.hint_words(Action::Attachments, "lists them");
            let lists = lists.map_or_else(String::new, |words| format!(" · {words}"));
            Err(format!("no call, and {several} attachments{lists}"))
        }
    }
}

/// The message's own id: what was asked for may be an email's record, or a paste's.
fn message_id(snapshot: &Snapshot) -> MessageId {
    let own = snapshot.outcome.as_ref().ok().and_then(Message::id);
    let own = own.and_then(|id| MessageId::new(&id).ok());
    own.unwrap_or_else(|| snapshot.asked.id.clone())
}

fn attachments(snapshot: &Snapshot) -> Vec<Piece> {
    let message = message_id(snapshot);
    let numbered = urls(snapshot).into_iter().zip(1..);
    numbered
        .map(|(url, number)| Piece::Attachment {
            message: message.clone(),
            number,
            url,
        })
        .collect()
}

fn row_of_attachment(state: &State) -> Option<String> {
    let view = state
        .view()
        .filter(|view| state.focus == Focus::Detail && !view.on_head())?;
    let index = view.row()?;
    let row = view.outline.rows.get(index)?;
    let url = (row.role == Role::Attachment).then(|| view.outline.copy_of(index));
    url.flatten()
}

fn is_of(file: &Piece, row: &str) -> bool {
    matches!(file, Piece::Attachment { url, .. } if url == row)
}

fn begin(state: &mut State, snapshot: &Snapshot, pieces: Vec<Piece>, effects: &mut Vec<Effect>) {
    let place = state.profile_named(&snapshot.asked.profile);
    let place = place.or(state.whom.one()).unwrap_or_default();
    let before = state.savings.under_way.len();
    for piece in pieces {
        let own = |saving: &Saving| saving.piece == piece && saving.place == place;
        if state.savings.under_way.iter().any(own) {
            continue;
        }
        let ticket = Ticket(state.next_ticket);
        state.next_ticket += 1;
        state.savings.under_way.push(Saving {
            ticket,
            place,
            piece,
            begun: false,
            arrived: None,
        });
    }
    if state.savings.under_way.len() == before {
        super::tell(state, "It is being saved already.");
    }
    next(state, effects);
}

/// Begins as many as may be fetched at once.
fn next(state: &mut State, effects: &mut Vec<Effect>) {
    for saving in state.savings.under_way.iter_mut().take(AT_ONCE) {
        if !std::mem::replace(&mut saving.begun, true) {
            let piece = saving.piece.clone();
            effects.push(Effect::Save(saving.ticket, saving.place, piece));
        }
    }
}

pub(super) fn got_on(state: &mut State, ticket: Ticket, arrived: Arrived) {
    let mut under_way = state.savings.under_way.iter_mut();
    // One that has ended is told of no more.
    if let Some(saving) = under_way.find(|saving| saving.ticket == ticket) {
        saving.arrived = Some(arrived);
    }
}

/// One is saved, or why it is not. It may have been stopped when it was nearly there: it is told all the same.
pub(super) fn ended(
    state: &mut State,
    ticket: Ticket,
    outcome: Result<SavedFile, Unsaved>,
    effects: &mut Vec<Effect>,
) {
    let savings = &mut state.savings;
    let own = |saving: &Saving| saving.ticket == ticket;
    let ended = savings.under_way.iter().position(own);
    let ended = ended.map(|at| savings.under_way.remove(at));
    match (outcome, ended) {
        (Ok(file), _) => savings.saved.push(file),
        (Err(why), Some(saving)) => savings.failed.push((saving.piece, why)),
        (Err(_), None) => return,
    }
    next(state, effects);
    if state.savings.is_under_way() {
        return;
    }
    let Savings { saved, failed, .. } = &state.savings;
    let only = saved
        .first()
        .filter(|_| saved.len() == 1 && failed.is_empty());
    // Over SSH there is no desktop to open it on.
    let opens = only.filter(|file| file.opens() && !state.setting.remote);
    let last = opens.cloned();
    let opens = last
        .as_ref()
        .and_then(|_| state.hint_words(Action::OpenApp, "opens it"));
    let last = last.filter(|_| opens.is_some());
    let opens = opens.map_or_else(String::new, |words| format!(" · {words}"));
    let words = format!("{}{opens}", state.savings.outcome());
    state.savings = Savings {
        last,
        ..Savings::default()
    };
    super::tell(state, &words);
}

/// Stops all of them. Whether there was one.
pub(super) fn stop(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Savings {
        under_way, saved, ..
    } = std::mem::take(&mut state.savings);
    if under_way.is_empty() {
        return false;
    }
    let all = under_way.len() + saved.len();
    let begun = under_way.iter().filter(|saving| saving.begun);
    effects.extend(begun.map(|saving| Effect::StopSaving(saving.ticket)));
    let words = match saved.len() {
        0 => "Stopped; nothing was kept".to_owned(),
        kept => format!("Stopped; {kept} of {all} files kept"),
    };
    super::tell(state, &words);
    true
}

/// `o`, right after a file was saved. Whether that is what it means.
pub(super) fn open(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(file) = state.savings.last.take() else {
        return false;
    };
    effects.push(Effect::OpenFile(file.path));
    true
}

/// `q` at the base: files and several lookups under way are asked about once.
pub(super) fn leave(state: &mut State, effects: &mut Vec<Effect>) {
    let lookups = state.running.len() + state.waiting.len();
    let files = state.savings.under_way.len();
    if state.leaving || (lookups < 2 && files == 0) {
        effects.push(Effect::Quit);
        return;
    }
    let lookups = (lookups > 1).then(|| format!("{lookups} lookups are running"));
    let files = match files {
        0 => None,
        1 => Some("1 file is being saved".to_owned()),
        several => Some(format!("{several} files are being saved")),
    };
    let it = match (&lookups, state.savings.under_way.len()) {
        (None, 1) => "it",
        _ => "them",
    };
    let words: Vec<String> = lookups.into_iter().chain(files).collect();
    let words = format!("{}. q again stops {it} and quits", words.join(", "));
    super::tell(state, &words);
    state.leaving = true;
}
