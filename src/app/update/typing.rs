//! Text that comes in: letters, pastes, the token prompt.
//! Never turns a paste into commands, and never shows, sends or keeps a token pasted where an id belongs.

use super::asking;
use crate::app::action::{Action, Edit};
use crate::app::effect::{Effect, PromptedToken};
use crate::app::exporting::Exporting;
use crate::app::layout::Focus;
use crate::app::state::{Overlay, State};
use crate::model::id::{self, Found, IdError, MessageId};
use crate::model::shown::Shown;

/// A letter where text is edited.
pub(super) fn typed(state: &mut State, letter: char) {
    let mut text = [0; 4];
    let text = letter.encode_utf8(&mut text);
    match &mut state.overlay {
        Some(Overlay::Token(token)) => token.push(text),
        Some(Overlay::Menu(menu)) => menu.edit(|typed| typed.push(letter)),
        Some(Overlay::Filter) => super::listing::typed(state, text),
        Some(Overlay::Export(Exporting { name, .. }) | Overlay::IdsFile(name)) => {
            super::exporting::typed(name, text);
        }
        Some(Overlay::Find) => {
            state.find.push(letter);
            super::finding::follow(state);
        }
        _ => state.input.insert(text),
    }
}

pub(super) fn edit(state: &mut State, edit: Edit) {
    match (&mut state.overlay, edit) {
        (Some(Overlay::Token(token)), Edit::Backspace) => token.pop(),
        (Some(Overlay::Token(token)), Edit::Empty) => *token = PromptedToken::default(),
        (Some(Overlay::Find), Edit::Backspace) => {
            state.find.pop();
        }
        (Some(Overlay::Find), Edit::Empty) => state.find.clear(),
        (Some(Overlay::Menu(menu)), Edit::Backspace) => menu.edit(|typed| {
            typed.pop();
        }),
        (Some(Overlay::Menu(menu)), Edit::Empty) => menu.edit(String::clear),
        (Some(Overlay::Export(Exporting { name, .. }) | Overlay::IdsFile(name)), edit) => {
            super::exporting::edit(name, edit);
        }
        (Some(Overlay::Filter), edit) => super::listing::edit(state, edit),
        (Some(_), _) => {}
        (None, edit) => state.input.edit(edit),
    }
}

pub(super) fn pasted(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    match &mut state.overlay {
        Some(Overlay::Token(token)) => match MessageId::new(text.trim()) {
            Ok(id) if id.is_usual_length() && !id::looks_like_token(text) => {
                state.after_token = Some(id);
                super::tell(
                    state,
                    "That looks like a message id. Kept; the token first.",
                );
            }
            _ => token.push(text.trim()),
        },
        Some(Overlay::Find | Overlay::Filter | Overlay::Export(_) | Overlay::IdsFile(_))
            if id::looks_like_token(text) =>
        {
            super::tell(state, "That looks like a token. It was not shown or kept");
        }
        Some(Overlay::Find) => {
            state
                .find
                .extend(text.chars().filter(|letter| !letter.is_control()));
            super::finding::follow(state);
        }
        Some(Overlay::Filter) => super::listing::typed(state, text),
        Some(Overlay::Export(Exporting { name, .. }) | Overlay::IdsFile(name)) => {
            super::exporting::typed(name, text);
        }
        // Words that find a command or a profile; an id is looked up from anywhere.
        Some(Overlay::Menu(menu))
            if menu.typed.is_some()
                && matches!(id::find(text), Err(error) if error != IdError::Token) =>
        {
            let letters = text.chars().filter(|letter| !letter.is_control());
            menu.edit(|typed| typed.extend(letters));
        }
        _ => {
            state.overlay = None;
            pasted_into_box(state, text, effects);
        }
    }
}

fn pasted_into_box(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let editing = state.focus == Focus::Box && !state.input.is_empty();
    match id::find(text) {
        Ok(found) => ask(state, found, effects),
        Err(IdError::Token) => offer(state, text),
        // What is pasted into a text may be the rest of an id.
        Err(_) if editing => {
            state.input.insert(text);
            let whole = state.input.text().to_owned();
            if id::looks_like_token(&whole) {
                offer(state, &whole);
            }
        }
        Err(error) => {
            state.focus = Focus::Box;
            state.input.set("");
            state.input.insert(text);
            refuse(state, error);
        }
    }
}

/// Enter in the box.
pub(super) fn look_up(state: &mut State, effects: &mut Vec<Effect>) {
    let text = state.input.text().to_owned();
    match id::find(&text) {
        Ok(found) => ask(state, found, effects),
        Err(IdError::Token) => offer(state, &text),
        Err(IdError::Length { id }) if state.input.warned.as_deref() == Some(text.as_str()) => {
            asking::look_up(state, vec![id], effects);
        }
        Err(error) => refuse(state, error),
    }
}

fn ask(state: &mut State, found: Found, effects: &mut Vec<Effect>) {
    let note = found.note.map(|note| Shown::line(&note.to_string()));
    asking::look_up(state, found.ids, effects);
    state.notice = state.notice.take().or(note);
}

fn refuse(state: &mut State, error: IdError) {
    let mut anyway = None;
    if matches!(error, IdError::Length { .. }) {
        state.input.warned = Some(state.input.text().to_owned());
        anyway = state.hint_words(Action::LookUp, "asks anyway.");
    }
    let words = super::sentences([Some(error.to_string()), anyway]);
    super::tell(state, &words);
}

/// A token belongs to one profile.
fn several(state: &State) -> String {
    let pick = state.message_hint(Action::Profiles);
    let pick = pick.map_or_else(|| "Pick".to_owned(), |key| format!("{key} picks"));
    format!(
        "That looks like a token, not an id. It was not sent, shown or kept. \
         {pick} the profile it is for, then paste it again."
    )
}

/// A token where an id belongs: held back, offered for this run, gone at the next key but `y`.
fn offer(state: &mut State, text: &str) {
    state.input.set("");
    // Only a token that stands alone is offered: in a longer text it is not sure where it ends.
    let word = text
        .trim()
        .trim_start_matches("Bearer ")
        .trim_matches(['"', '\'', '`']);
    let alone = !word.is_empty() && word.chars().all(|letter| letter.is_ascii_graphic());
    if !super::viewing::may_ask(state) {
        return;
    }
    let whose = state.whom.one();
    state.offered = (alone && whose.is_some()).then(|| PromptedToken::new(word));
    let words = match whose {
        Some(_) => IdError::Token.to_string(),
        None => several(state),
    };
    super::tell(state, &words);
}

/// Whether the letter answered the offer to use a pasted token; any other key than `y` ends it.
pub(super) fn answer_offer(state: &mut State, letter: char, effects: &mut Vec<Effect>) -> bool {
    match state.offered.take() {
        Some(token) if letter == 'y' => {
            state.notice = None;
            effects.push(use_it(state, token));
            true
        }
        _ => false,
    }
}

/// Enter at the token prompt.
pub(super) fn use_token(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Overlay::Token(token)) = &mut state.overlay else {
        return;
    };
    if token.is_empty() {
        let words = match state.hint(Action::Back) {
            Some(key) => format!("No token yet. Paste one, or {key} to look without."),
            None => "No token yet. Paste one.".to_owned(),
        };
        super::tell(state, &words);
        return;
    }
    let token = std::mem::take(token);
    effects.push(use_it(state, token));
}

/// A token is the profile's that is asked now.
fn use_it(state: &State, token: PromptedToken) -> Effect {
    Effect::UseToken(state.whom.one().unwrap_or_default(), token)
}
