//! The mouse: a click focuses and selects, a double click unfolds or opens, the wheel scrolls, the divider is dragged.
//! Never does what no key can do, but for the divider.

use std::time::Duration;

use super::{act, listing, moving};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::layout::{Focus, Shape};
use crate::app::pointer::{Pointer, PointerKind};
use crate::app::scroll::Edge;
use crate::app::state::{Click, Overlay, State};
use ratatui::layout::{Position, Rect};

/// Two clicks on one row within this are a double click.
const DOUBLE: Duration = Duration::from_millis(500);
/// Rows the wheel moves.
const WHEEL: isize = 3;

pub(super) fn pointed(state: &mut State, pointer: Pointer, effects: &mut Vec<Effect>) {
    match pointer.kind {
        PointerKind::Press => press(state, pointer, effects),
        PointerKind::Drag => drag(state, pointer.x),
        PointerKind::Release => state.dragging = false,
        PointerKind::WheelUp => wheel(state, pointer, -WHEEL),
        PointerKind::WheelDown => wheel(state, pointer, WHEEL),
    }
}

fn holds(area: Rect, pointer: Pointer) -> bool {
    area.contains(Position::new(pointer.x, pointer.y))
}

fn press(state: &mut State, pointer: Pointer, effects: &mut Vec<Effect>) {
    let panes = state.panes();
    match &mut state.overlay {
        Some(Overlay::Menu(menu)) => {
            let rows = u16::try_from(menu.rows(state.height)).unwrap_or(0);
            let top = panes.footer.y.saturating_sub(rows);
            let row = usize::from(pointer.y.saturating_sub(top)) + menu.scroll.offset;
            if pointer.y >= top && pointer.y < panes.footer.y && row < menu.items.len() {
                menu.scroll.cursor = row;
                return act(state, Action::Choose, effects);
            }
            state.overlay = None;
            return;
        }
        // What is asked there is answered by keys.
        Some(
            Overlay::Token(_)
            | Overlay::Many(_)
            | Overlay::Help(_)
            | Overlay::Export(_)
            | Overlay::IdsFile(_),
        ) => {
            return;
        }
        Some(Overlay::Find | Overlay::Filter) | None => {}
    }
    let wide = matches!(panes.shape, Shape::Wide | Shape::Medium);
    if wide && pointer.x == panes.history.right() && pointer.y >= panes.history.top() {
        state.dragging = true;
        return;
    }
    let click = Click {
        at: state.now,
        x: pointer.x,
        y: pointer.y,
    };
    let double = state.clicked.replace(click).is_some_and(|before| {
        let since = Duration::try_from(click.at.duration_since(before.at)).unwrap_or(DOUBLE);
        before.y == click.y && before.x.abs_diff(click.x) <= 1 && since < DOUBLE
    });
    if double {
        state.clicked = None;
    }
    if holds(panes.header, pointer) {
        state.overlay = None;
        state.focus = Focus::Box;
    } else if holds(panes.history, pointer) {
        state.overlay = None;
        state.focus = Focus::History;
        let line = usize::from(pointer.y - panes.history.y);
        if let Some(row) = state.history.row_in(line, state.now) {
            state.history.scroll.cursor = row;
            if double {
                act(state, Action::Open, effects);
            }
        }
    } else if holds(panes.detail, pointer) {
        in_message(state, pointer, panes.detail, double, effects);
    }
}

fn in_message(
    state: &mut State,
    pointer: Pointer,
    area: Rect,
    double: bool,
    effects: &mut Vec<Effect>,
) {
    state.focus = Focus::Detail;
    let Some(view) = state.view_mut() else { return };
    let on_sign = view.point(usize::from(pointer.y - area.y));
    let sign = on_sign.is_some_and(|column| column == pointer.x.saturating_sub(area.x));
    if double || sign {
        act(state, Action::Fold, effects);
    }
}

fn drag(state: &mut State, x: u16) {
    if state.dragging {
        let left = state.panes().history.x;
        state.divider = Some(x.saturating_sub(left));
    }
}

/// Scrolls what is under the pointer, wherever the focus is.
fn wheel(state: &mut State, pointer: Pointer, by: isize) {
    let panes = state.panes();
    if state.overlay.is_some() {
        return moving::scroll_by(state, by);
    }
    if holds(panes.history, pointer) {
        listing::step(state, by, Edge::Row);
    } else if let Some(view) = state.view_mut() {
        view.pan(by);
    }
}
