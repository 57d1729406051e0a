//! What is copied, opened or shown alone, and what is refused.
//! Never a URL with anything hidden in it, and never a text with hidden characters without saying so first.

use std::sync::Arc;

use crate::app::action::Action;
use crate::app::effect::{Effect, Form};
use crate::app::layout::Focus;
use crate::app::menu::Menu;
use crate::app::state::{Detail, Overlay, State};
use crate::model::link::{App, Refused, app_link, copyable};
use crate::model::outline::Role;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    if action == Action::ShowAlone {
        return show_alone(state, effects);
    }
    if action == Action::CopyRow {
        return copy_row(state, effects);
    }
    if action == Action::CopyId {
        return copy_id(state, effects);
    }
    let Some(snapshot) = state.meant() else {
        let key = match action {
            Action::CopyAttachment(number) => Some(number.to_string()),
            action => state.hint(action),
        };
        return super::open_first(state, key);
    };
    let marked = match &state.overlay {
        Some(Overlay::Menu(menu)) => menu.scroll.cursor,
        _ => 0,
    };
    if !matches!(action, Action::CopyMenu | Action::Attachments) {
        state.overlay = None;
    }
    match action {
        Action::CopyMenu => state.overlay = Some(Overlay::Menu(Menu::copy(&state.setting.keys))),
        Action::Attachments => attachments(state, &snapshot, effects),
        Action::CopyAttachment(number) => copy_attachment(state, &snapshot, number, effects),
        Action::CopyAllAttachments => copy_all(state, &snapshot, effects),
        Action::OpenAttachment => {
            if let Some(url) = urls(&snapshot).get(marked) {
                open_url(state, "attachment", url, effects);
            }
        }
        Action::OpenApp => open_app(state, &snapshot, effects),
        Action::CopyJson => match &snapshot.answer {
            Some(answer) => copy(state, "JSON", answer.body.text().to_string(), effects),
            None => super::tell(state, "No answer came, so that there is no JSON"),
        },
        Action::CopyCurl => effects.push(Effect::CopyAs(Form::Curl, snapshot)),
        Action::CopyTicket => effects.push(Effect::CopyAs(Form::Ticket, snapshot)),
        Action::CopyFullTicket => effects.push(Effect::CopyAs(Form::FullTicket, snapshot)),
        Action::CopyLink => match link(state, &snapshot) {
            Some(url) => copy(state, "link", url, effects),
            None => super::tell(state, NO_LINK),
        },
        Action::CopyPath => copy_path(state, &snapshot, effects),
        _ => {}
    }
}

const NO_LINK: &str = "No conversation in this answer to link to";

fn copy(state: &mut State, what: &str, text: String, effects: &mut Vec<Effect>) {
    state.copied = Some(text.clone());
    effects.push(Effect::Copy {
        what: what.to_owned(),
        text,
    });
}

/// Copies a URL as it is, or says why not.
fn copy_url(state: &mut State, what: &str, url: &str, effects: &mut Vec<Effect>) {
    match copyable(url) {
        Ok(link) => copy(
            state,
            &format!("{what} ({})", link.host()),
            link.url().to_owned(),
            effects,
        ),
        Err(refused) => {
            // On one line, with what it hides made visible.
            state.copied = Some(Shown::line(url).as_str().to_owned());
            refuse(state, &refused);
        }
    }
}

/// Says why a URL was not copied, and which key shows it.
fn refuse(state: &mut State, refused: &Refused) {
    let words = match state.message_hint(Action::ShowAlone) {
        Some(key) => format!("{refused}. {key} shows it"),
        None => refused.to_string(),
    };
    super::tell(state, &words);
}

/// Copies a text; hidden characters in it are told first, and the same key again copies it as it is.
fn copy_text(state: &mut State, what: &str, text: String, effects: &mut Vec<Effect>) {
    let hidden = Shown::line(&text).hidden();
    if hidden == 0 || state.confirmed.as_deref() == Some(text.as_str()) {
        state.confirmed = None;
        return copy(state, what, text, effects);
    }
    let characters = if hidden == 1 {
        "1 hidden character".to_owned()
    } else {
        format!("{hidden} hidden characters")
    };
    let again = state.hint_words(Action::CopyRow, "again copies it as it is");
    let words = format!("{characters} in the text.");
    super::tell(state, &super::sentences([Some(words), again]));
    state.confirmed = Some(text);
}

fn copy_id(state: &mut State, effects: &mut Vec<Effect>) {
    let id = super::meant(state);
    let key = state.hint(Action::CopyId);
    state.overlay = None;
    if let Some(batch) = state.meant_batch().filter(|_| id.is_none()) {
        let ids: Vec<&str> = batch
            .members
            .iter()
            .map(|member| member.id.as_str())
            .collect();
        let (words, ids) = (format!("{} ids", ids.len()), ids.join("\n"));
        return copy(state, &words, ids, effects);
    }
    match id {
        Some(id) => copy(state, "id", id.as_str().to_owned(), effects),
        None => super::open_first(state, key),
    }
}

fn copy_row(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(view) = state.view() else {
        let key = state.hint(Action::CopyRow);
        return super::open_first(state, key);
    };
    if view.on_head() {
        let sentence = view.outline.sentence.clone();
        return copy(state, "answer", sentence, effects);
    }
    let Some((index, row)) = view
        .row()
        .and_then(|index| Some((index, view.outline.rows.get(index)?)))
    else {
        return;
    };
    let what = match row.role {
        Role::Why | Role::Evidence | Role::Next | Role::Note => "answer",
        Role::Section => "section",
        Role::Text | Role::Line(_) => "text",
        Role::Lookup
        | Role::Listed
        | Role::Member
        | Role::MemberHeads
        | Role::Tally
        | Role::Change
        | Role::Heads
        | Role::Day => "row",
        Role::Attachment => "URL",
        Role::Field | Role::Blank => "value",
    };
    let attachment = row.role == Role::Attachment;
    let text = view.outline.copy_of(index).filter(|text| !text.is_empty());
    match text {
        None => super::tell(state, "Nothing on this row to copy"),
        Some(url) if attachment || is_url(&url) => copy_url(state, what, &url, effects),
        Some(text) => copy_text(state, what, text, effects),
    }
}

/// A text that is nothing but a URL to whoever pastes it.
fn is_url(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}

/// The attachments' texts; those that are no strings as sent.
pub(super) fn urls(snapshot: &Snapshot) -> Vec<String> {
    // A failed lookup has no message to take it from.
    let message = snapshot.outcome.as_ref().ok();
    let files = message
        .map(crate::model::message::Message::attachments)
        .unwrap_or_default();
    files.iter().map(|file| file.plain().into_owned()).collect()
}

fn attachments(state: &mut State, snapshot: &Snapshot, effects: &mut Vec<Effect>) {
    let urls = urls(snapshot);
    match urls.as_slice() {
        [] => {
            let call = snapshot
                .outcome
                .as_ref()
                .is_ok_and(|message| message.call().is_some());
            let words = if call {
                "No attachments. Calls never list their recording"
            } else {
                "No attachments."
            };
            super::tell(state, words);
        }
        [only] => copy_url(state, "attachment", only, effects),
        _ => state.overlay = Some(Overlay::Menu(Menu::attachments(&urls, &state.setting.keys))),
    }
}

fn copy_attachment(state: &mut State, snapshot: &Snapshot, number: u8, effects: &mut Vec<Effect>) {
    let urls = urls(snapshot);
    if let Some(url) = urls.get(usize::from(number).saturating_sub(1)) {
        return copy_url(state, &format!("attachment {number}"), url, effects);
    }
    let words = match urls.len() {
        0 => "No attachments.".to_owned(),
        1 => format!("No attachment {number}: there is 1"),
        all => format!("No attachment {number}: there are {all}"),
    };
    super::tell(state, &words);
}

fn copy_all(state: &mut State, snapshot: &Snapshot, effects: &mut Vec<Effect>) {
    let urls = urls(snapshot);
    let refused = urls.iter().find_map(|url| copyable(url).err());
    match refused {
        Some(refused) => refuse(state, &refused),
        None => copy(
            state,
            &format!("{} URLs", urls.len()),
            urls.join("\n"),
            effects,
        ),
    }
}

/// Opens a URL on this desktop; over SSH there is none, so it is copied.
fn open_url(state: &mut State, what: &str, url: &str, effects: &mut Vec<Effect>) {
    match copyable(url) {
        Ok(link) if !state.setting.remote => effects.push(Effect::OpenUrl(link.url().to_owned())),
        _ => copy_url(state, what, url, effects),
    }
}

fn link(state: &State, snapshot: &Snapshot) -> Option<String> {
    let profile = state.profile_named(&snapshot.asked.profile);
    let profile = profile.map_or(state.profile(), |place| &state.setting.profiles[place]);
    let message = snapshot.outcome.as_ref().ok()?;
    let row = match &state.detail {
        Detail::Answer(opened) if state.focus == Focus::Detail && !opened.view.on_head() => {
            opened.view.row_at_cursor()
        }
        _ => None,
    };
    let on_contact = row.is_some_and(|row| matches!(row.label.as_str(), "contact" | "contactId"));
    let target = if on_contact {
        App::Contact
    } else {
        App::Conversation
    };
    app_link(message, &snapshot.asked.id, target, &profile.app_url)
}

fn open_app(state: &mut State, snapshot: &Snapshot, effects: &mut Vec<Effect>) {
    match link(state, snapshot) {
        Some(url) => open_url(state, "link", &url, effects),
        None => super::tell(state, NO_LINK),
    }
}

/// The JSON path of the row under the cursor.
fn copy_path(state: &mut State, snapshot: &Arc<Snapshot>, effects: &mut Vec<Effect>) {
    let source = match (&state.detail, state.focus) {
        (Detail::Answer(opened), Focus::Detail) if opened.over.is_none() => opened
            .view
            .row_at_cursor()
            .filter(|_| !opened.view.on_head())
            .and_then(|row| row.source.clone()),
        _ => None,
    };
    let path = match (&snapshot.outcome, source) {
        (Ok(message), Some(source)) => message.root().path_to(&source),
        _ => None,
    };
    match path {
        Some(path) => copy(state, "path", path, effects),
        None => super::tell(state, "This row is no value of the answer"),
    }
}

/// `v`: what was just copied, else the row; harmless, and a URL in one unbroken run.
fn show_alone(state: &mut State, effects: &mut Vec<Effect>) {
    let row = || {
        let view = state.view()?;
        let index = view.row()?;
        if view.on_head() {
            Some(view.outline.sentence.clone())
        } else {
            view.outline.copy_of(index)
        }
    };
    let id = || Some(state.history.at_cursor().id()?.as_str().to_owned());
    let text = state.copied.clone().or_else(|| {
        if state.focus == Focus::History {
            id()
        } else {
            row()
        }
    });
    let Some(text) = text else {
        let key = state.hint(Action::ShowAlone);
        return super::open_first(state, key);
    };
    let lines: Vec<String> = Shown::lines(&text)
        .iter()
        .map(|line| line.as_str().to_owned())
        .collect();
    effects.push(Effect::ShowAlone(lines.join("\n")));
}
