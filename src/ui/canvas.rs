//! Cells: texts put at places, cut at the edge of their area.
//! Never writes a cell's symbol itself: ratatui's own filter stands behind the sanitiser.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::{Paint, Theme};
use crate::model::text::{cut, width};

/// A buffer with the theme that paints it.
pub(super) struct Canvas<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) theme: &'a Theme,
}

impl Canvas<'_> {
    /// Puts `text` at `(x, y)`, at most `room` columns of it, and tells the column behind it.
    pub(super) fn put(&mut self, x: u16, y: u16, room: u16, text: &str, paint: Paint) -> u16 {
        // What is painted over a rule must not keep the rule's colour.
        let style = Style::reset().patch(self.theme.style(paint));
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() || room == 0 {
            return x;
        }
        if self.theme.signs.unicode || text.is_ascii() {
            return self
                .buffer
                .set_stringn(x, y, text, usize::from(room), style)
                .0;
        }
        let plain: String = text.chars().map(ascii).collect();
        self.buffer
            .set_stringn(x, y, plain, usize::from(room), style)
            .0
    }

    /// The same, with `…` at the end where it does not fit.
    pub(super) fn put_cut(&mut self, x: u16, y: u16, room: u16, text: &str, paint: Paint) -> u16 {
        let text = cut(text, usize::from(room));
        self.put(x, y, room, &text, paint)
    }

    /// Puts `text` so that it ends at column `right`, if it fits behind `left`.
    pub(super) fn put_right(
        &mut self,
        left: u16,
        right: u16,
        y: u16,
        text: &str,
        paint: Paint,
    ) -> bool {
        let wide = u16::try_from(width(text)).unwrap_or(u16::MAX);
        if left.saturating_add(wide) > right {
            return false;
        }
        self.put(right - wide, y, wide, text, paint);
        true
    }

    /// `sign` from column `x` up to `end`.
    pub(super) fn rule(&mut self, x: u16, end: u16, y: u16) {
        let sign = self.theme.signs.horizontal;
        for column in x..end {
            self.put(column, y, 1, sign, Paint::Frame);
        }
    }

    /// Shows the cells of a row as chosen.
    pub(super) fn select(&mut self, area: Rect) {
        let style = self.theme.style(Paint::Selection);
        self.buffer.set_style(area, style);
    }

    pub(super) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.rows() {
            for x in y.columns() {
                if let Some(cell) = self.buffer.cell_mut((x.x, x.y)) {
                    cell.reset();
                }
            }
        }
    }
}

/// What stands for a character on a terminal that shows ASCII only.
fn ascii(letter: char) -> char {
    match letter {
        letter if letter.is_ascii() => letter,
        '·' | '–' | '—' => '-',
        '…' => '~',
        '↑' => '^',
        '↓' => 'v',
        '←' => '<',
        '→' | '›' => '>',
        _ => '?',
    }
}
