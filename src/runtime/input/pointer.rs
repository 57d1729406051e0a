//! What the terminal says of the mouse, as the console understands it.
//! Never a button but the left one: the others are the terminal's own.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::app::pointer::{Pointer, PointerKind};

/// What of it has a meaning.
pub fn pointer(mouse: MouseEvent) -> Option<Pointer> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => PointerKind::Press,
        MouseEventKind::Drag(MouseButton::Left) => PointerKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => PointerKind::Release,
        MouseEventKind::ScrollUp => PointerKind::WheelUp,
        MouseEventKind::ScrollDown => PointerKind::WheelDown,
        _ => return None,
    };
    Some(Pointer {
        kind,
        x: mouse.column,
        y: mouse.row,
    })
}
