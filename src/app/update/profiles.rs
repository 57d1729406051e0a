//! `P`: as whom to ask from now on, and asking there again for what was not found.
//! Never another profile than the one chosen: looking everywhere is a choice of its own.

use super::asking;
use crate::app::action::Action;
use crate::app::effect::{Effect, PromptedToken};
use crate::app::menu::{Item, Menu};
use crate::app::state::{Detail, Overlay, State};
use crate::model::failure::{Cause, Failure};
use crate::model::id::MessageId;
use crate::model::shown::Shown;
use crate::model::snapshot::Limits;
use crate::model::whom::Whom;

/// Opens the picker.
pub(super) fn open(state: &mut State) {
    if let [only] = state.setting.profiles.as_slice() {
        let words = format!(
            "Only {} is set up. msgscope config shows where to add more",
            only.name
        );
        super::tell(state, &words);
        return;
    }
    let menu = Menu::profiles(&state.setting.profiles, state.whom.one(), others(state));
    state.overlay = Some(Overlay::Menu(menu));
}

/// The row that asks all other profiles for what the one asked does not have.
fn others(state: &State) -> Option<Item> {
    let (id, failure, profile) = failed(state)?;
    if !matches!(failure.cause, Cause::NotFound | Cause::OtherLocation) {
        return None;
    }
    let others = state.setting.profiles.len() - 1;
    let all = if others == 1 {
        "the other one".to_owned()
    } else {
        format!("all {others} others")
    };
    Some(Item {
        key: String::new(),
        words: Shown::line(&format!("{all} · which has {id}?")),
        action: Action::PickProfile(Whom::AllBut(state.profile_named(profile)?)),
    })
}

/// The lookup shown, if it failed: its id, why, and the profile that was asked.
fn failed(state: &State) -> Option<(&MessageId, &Failure, &str)> {
    let Detail::Answer(opened) = &state.detail else {
        return None;
    };
    let asked = &opened.snapshot.asked;
    let failure = opened.snapshot.outcome.as_ref().err()?;
    Some((&asked.id, failure, &asked.profile))
}

/// Asks as that profile from now on; all others are asked once, for the id shown.
pub(super) fn pick(state: &mut State, whom: Whom, effects: &mut Vec<Effect>) {
    state.overlay = None;
    let again = failed(state).map(|(id, ..)| id.clone());
    if let Whom::One(_) = whom {
        if state.whom != whom {
            state.limits = Limits::default();
        }
        state.whom = whom;
        if state.lacks_token() {
            state.after_token = again;
            state.overlay = Some(Overlay::Token(PromptedToken::default()));
            return;
        }
    }
    if let Some(id) = again {
        asking::show(state, id, whom, effects);
    } else {
        let words = format!("Asking as {} from now on", state.whom_words(whom));
        super::tell(state, &words);
    }
}
