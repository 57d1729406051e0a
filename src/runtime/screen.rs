//! Frames onto the terminal: what changed since the last one, in one write of few bytes.
//! Never here: a question to the terminal, and a byte when nothing changed.

mod motion;
mod paint;
mod pen;
mod scroll;
mod tile;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use paint::Painter;
use tile::{Clusters, Grid};

/// No window is larger than this, whatever a broken or hostile terminal says of itself.
pub const LARGEST: Size = Size::new(1000, 500);

/// The terminal shows all of a frame at once, where it knows how.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
/// A frame over so many bytes hides the cursor meanwhile: not every terminal shows it at once.
const LONG: usize = 256;
/// Only a frame over so many bytes is worth the search for something that scrolled.
const SCROLLED: usize = 400;

/// The size within `LARGEST`.
pub fn clamped(size: Size) -> Size {
    Size::new(
        size.width.min(LARGEST.width),
        size.height.min(LARGEST.height),
    )
}

/// Draws frames and writes what differs from the one before. It begins with a hidden cursor and
/// a plain pen, as `terminal::enter` leaves the terminal, and clears the window first.
#[derive(Debug)]
pub struct Screen<W> {
    out: W,
    canvas: Buffer,
    next: Grid,
    shown: Grid,
    clusters: Clusters,
    cursor: Option<Position>,
    /// What the terminal shows is not known.
    stale: bool,
}

impl<W: Write> Screen<W> {
    /// A screen of this size, at most `LARGEST`, that writes to `out` one frame a call.
    pub fn new(out: W, size: Size) -> Self {
        let size = clamped(size);
        let blank = Grid::blank(size.width, size.height);
        Self {
            out,
            canvas: Buffer::empty(Rect::from((Position::ORIGIN, size))),
            next: blank.clone(),
            shown: blank,
            clusters: Clusters::default(),
            cursor: None,
            stale: true,
        }
    }

    /// The window that is drawn into.
    pub const fn area(&self) -> Rect {
        self.canvas.area
    }

    /// Takes the window's new size, at most `LARGEST`; the next frame paints everything.
    pub fn resize(&mut self, size: Size) {
        let size = clamped(size);
        self.canvas.resize(Rect::from((Position::ORIGIN, size)));
        self.next = Grid::blank(size.width, size.height);
        self.shown = self.next.clone();
        self.stale = true;
    }

    /// Forgets what the terminal shows: the next frame paints everything. For when something else
    /// wrote there, and after the terminal was taken again.
    pub const fn repaint(&mut self) {
        self.stale = true;
    }

    /// Draws a frame on a blank canvas and writes what changed, in one piece. `draw` answers where
    /// the cursor stands, or `None` for none. Answers how many bytes were written: none when
    /// nothing changed.
    ///
    /// # Errors
    /// When the terminal takes no bytes; it is not known then what it shows.
    pub fn present(
        &mut self,
        draw: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<usize> {
        let area = self.canvas.area;
        self.canvas.reset();
        let cursor = draw(&mut self.canvas).filter(|position| area.contains(*position));
        if self.clusters.are_many() {
            self.clusters = Clusters::default();
            self.stale = true;
        }
        if self.stale {
            self.shown.clear();
        }
        self.next.read(&self.canvas, &mut self.clusters);
        let bytes = self.frame(cursor);
        if bytes.is_empty() {
            return Ok(0);
        }
        self.stale = true;
        self.send(&bytes)?;
        self.stale = false;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.cursor = cursor;
        Ok(bytes.len())
    }

    /// Writes bytes that draw nothing and move nothing (the clipboard's) between two frames.
    ///
    /// # Errors
    /// When the terminal takes no bytes.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
    }

    fn frame(&self, cursor: Option<Position>) -> Vec<u8> {
        let mut painter = self.painted();
        painter.rest();
        let drawn = painter.bytes.len();
        let was_seen = self.cursor.is_some() && !self.stale;
        let is_hidden_meanwhile = was_seen && drawn > LONG;
        if let Some(position) = cursor
            && (drawn > 0 || self.cursor != cursor)
        {
            painter.move_to(position.x.into(), position.y.into());
        }
        let switch: &[u8] = match (was_seen && !is_hidden_meanwhile, cursor.is_some()) {
            (false, true) => SHOW_CURSOR,
            (true, false) => HIDE_CURSOR,
            (false, false) if self.stale => HIDE_CURSOR,
            _ => b"",
        };
        if drawn == 0 {
            return [&painter.bytes, switch].concat();
        }
        let hide = if is_hidden_meanwhile {
            HIDE_CURSOR
        } else {
            b""
        };
        [BEGIN, hide, &painter.bytes, switch, END].concat()
    }

    /// The cells of the frame: plainly, or by moving what seems to have scrolled first, whichever
    /// is shorter.
    fn painted(&self) -> Painter<'_> {
        let mut best = Painter::new(&self.clusters, self.next.width);
        if self.stale {
            best.clear();
        }
        best.paint(&self.shown, &self.next);
        if self.stale || best.bytes.len() <= SCROLLED {
            return best;
        }
        for movement in scroll::movements(&self.shown, &self.next) {
            let mut moved = self.shown.clone();
            moved.scroll(movement);
            let mut painter = Painter::new(&self.clusters, self.next.width);
            painter.scroll(movement, moved.height);
            painter.paint(&moved, &self.next);
            if painter.bytes.len() < best.bytes.len() {
                best = painter;
            }
        }
        best
    }
}
