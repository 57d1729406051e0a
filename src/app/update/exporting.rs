//! `x`: answers are written to a file, in a form and under a name that are chosen.
//! Never over a file that is there without asking.

use std::sync::Arc;

use crate::app::action::{Action, Edit};
use crate::app::effect::{Effect, Export};
use crate::app::exporting::Exporting;
use crate::app::menu::Menu;
use crate::app::state::{Overlay, State};
use crate::model::file_form::FileForm;
use crate::model::snapshot::Snapshot;
use crate::model::transcript;

pub(super) fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::TakeName => write(state, effects),
        Action::Export => {
            if state.meant().is_none() && state.meant_batch().is_none() {
                let key = state.hint(action);
                return super::open_first(state, key);
            }
            state.overlay = Some(Overlay::Menu(Menu::export(&state.setting.keys)));
        }
        Action::ExportAs(form) => name(state, form),
        _ => {}
    }
}

/// Asks for the name; the one that is offered is taken by Enter.
fn name(state: &mut State, form: FileForm) {
    state.overlay = None;
    if let Some(batch) = state.meant_batch() {
        let snapshots = batch.snapshots();
        return name_batch(state, form, snapshots);
    }
    let Some(snapshot) = state.meant() else {
        return super::open_first(state, None);
    };
    if form == FileForm::Json && snapshot.answer.is_none() {
        return super::tell(state, "No answer came, so that there is no JSON");
    }
    if form == FileForm::Transcript && transcript::text(&snapshot).is_none() {
        let asks = state.message_hint(Action::Linked);
        let asks = asks.map(|key| format!("{key} asks for it"));
        let words = Some("No transcript here.".to_owned());
        return super::tell(state, &super::sentences([words, asks]));
    }
    let snapshots: Arc<[_]> = Arc::new([snapshot]);
    state.overlay = Some(Overlay::Export(Exporting::new(form, snapshots)));
}

/// All that the batch brought so far.
fn name_batch(state: &mut State, form: FileForm, snapshots: Arc<[Arc<Snapshot>]>) {
    if snapshots.is_empty() {
        return super::tell(state, "Nothing came so far");
    }
    state.overlay = Some(Overlay::Export(Exporting::new(form, snapshots)));
}

/// A letter of a file's name, or a paste into it.
pub(super) fn typed(name: &mut String, text: &str) {
    name.extend(text.chars().filter(|letter| !letter.is_control()));
}

pub(super) fn edit(name: &mut String, edit: Edit) {
    match edit {
        Edit::Backspace => {
            name.pop();
        }
        _ => name.clear(),
    }
}

/// Enter.
fn write(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Overlay::Export(exporting)) = &state.overlay else {
        return super::batches::read(state, effects);
    };
    if exporting.name.trim().is_empty() {
        return super::tell(state, "A file needs a name");
    }
    effects.push(Effect::Export(Export {
        form: exporting.form,
        snapshots: Arc::clone(&exporting.snapshots),
        path: exporting.name.clone(),
        over: false,
    }));
    state.overlay = None;
}

/// The name is taken: whether that file is written over is asked.
pub(super) fn is_there(state: &mut State, export: Export) {
    state.overwriting = Some(export);
    super::tell(state, "It exists. Overwrite? y/N");
}

/// Whether the letter answered that; any other than `y` leaves the file as it is.
pub(super) fn answer(state: &mut State, letter: char, effects: &mut Vec<Effect>) -> bool {
    let Some(export) = state.overwriting.take() else {
        return false;
    };
    if letter != 'y' {
        super::tell(state, "Not written");
        return false;
    }
    state.notice = None;
    effects.push(Effect::Export(Export {
        over: true,
        ..export
    }));
    true
}
