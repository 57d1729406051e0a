//! What the mouse does, in cells of the screen.
//! Never here: what stands at that cell.

/// A movement or a press of the mouse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pointer {
    pub kind: PointerKind,
    /// From 0, from the left.
    pub x: u16,
    /// From 0, from the top.
    pub y: u16,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PointerKind {
    /// The left button goes down.
    Press,
    /// The pointer moves while it is down.
    Drag,
    Release,
    WheelUp,
    WheelDown,
}
