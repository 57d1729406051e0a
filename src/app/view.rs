//! An outline in a pane: what is unfolded, its lines at the pane's width, cursor and window.
//! Never touches a row outside its window but when folds or the width change.

use std::collections::HashMap;
use std::sync::Arc;

use super::layout::columns;
use super::scroll::{Edge, Scroll};
use crate::model::outline::{Outline, Role, Row};
use crate::model::text::wrap;

/// A line of the pane: part of a row's value. Offsets are bytes of the value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    pub row: u32,
    pub start: u32,
    pub end: u32,
}

/// An outline as it stands in a pane. Position 0 is the headline where there is one.
#[derive(Clone, PartialEq, Debug)]
pub struct View {
    pub outline: Arc<Outline>,
    /// For each row, whether what is below it is shown.
    pub open: Vec<bool>,
    pub lines: Vec<Line>,
    pub scroll: Scroll,
    pub width: u16,
    pub height: u16,
    /// Whether `lines` covers all rows.
    pub laid: Laid,
}

/// How far the lines are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Laid {
    Whole,
    /// Only the first ones; a task has to make the rest.
    Part,
    /// A task is making the rest.
    Asked,
}

/// Bytes of text laid out at once on the loop; the rest is a task's.
const AT_ONCE: usize = 128 * 1024;

impl View {
    pub fn new(outline: Arc<Outline>, width: u16, height: u16) -> Self {
        let open = outline.rows.iter().map(|row| row.open).collect();
        let mut view = Self {
            outline,
            open,
            lines: Vec::new(),
            scroll: Scroll::default(),
            width,
            height,
            laid: Laid::Part,
        };
        view.relay();
        view
    }

    /// The same place in another outline of the message: what is folded there by that name is folded here, and the
    /// cursor stands on the row of that name.
    #[must_use]
    pub fn in_place_of(mut self, old: &Self) -> Self {
        let named = |row: &Row| (row.depth, row.label.as_str().to_owned());
        let folds = old.outline.rows.iter().zip(&old.open);
        let folds = folds.filter(|(row, _)| row.folds());
        let folds: HashMap<_, _> = folds.map(|(row, open)| (named(row), *open)).collect();
        for (row, open) in self.outline.rows.iter().zip(&mut self.open) {
            if row.folds() {
                *open = folds.get(&named(row)).copied().unwrap_or(*open);
            }
        }
        self.relay();
        let at = old.row().filter(|_| !old.on_head());
        let same = at.and_then(|at| {
            let row = &old.outline.rows[at];
            let alike = |other: &Row| other.role == row.role && named(other) == named(row);
            let rows = self.outline.rows.iter().enumerate();
            let alike = rows
                .filter(|(_, other)| alike(other))
                .map(|(index, _)| index);
            alike.min_by_key(|index| index.abs_diff(at)).or(Some(at))
        });
        self.scroll = old.scroll;
        match same {
            Some(row) => {
                let line = self.lines.partition_point(|line| (line.row as usize) < row);
                let cursor = line + self.pinned();
                // It stays where the eye is, whatever came above it.
                let offset = (old.scroll.offset + cursor).saturating_sub(old.scroll.cursor);
                self.scroll.offset = offset.min(self.lines.len().saturating_sub(1));
                self.place(cursor);
            }
            None => self.place(old.scroll.cursor),
        }
        self
    }

    /// Makes the lines anew after folds or width changed; the cursor stays on its row.
    pub fn relay(&mut self) {
        let at = self.row();
        let budget = AT_ONCE.max(self.reach());
        let (lines, whole) = lay(&self.outline, &self.open, self.width, budget);
        self.lines = lines;
        self.laid = if whole { Laid::Whole } else { Laid::Part };
        self.stay_on(at);
    }

    /// Takes lines that a task made, if they are of these folds and this width.
    pub fn take(&mut self, open: &[bool], width: u16, lines: Vec<Line>) {
        if self.laid != Laid::Whole && self.open == open && self.width == width {
            let at = self.row();
            self.lines = lines;
            self.laid = Laid::Whole;
            self.stay_on(at);
        }
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        if self.width == width && self.height == height {
            return;
        }
        self.height = height;
        if self.width == width {
            self.follow(Edge::Row);
        } else {
            self.width = width;
            self.relay();
        }
    }

    /// Text up to the cursor must be laid out for it to stay where it is.
    fn reach(&self) -> usize {
        let Some(row) = self.row().filter(|_| self.laid == Laid::Whole) else {
            return 0;
        };
        let before = self
            .outline
            .rows
            .iter()
            .take(row + 1)
            .map(weight)
            .sum::<usize>();
        if before > AT_ONCE * 4 {
            0
        } else {
            before + AT_ONCE
        }
    }

    fn pinned(&self) -> usize {
        usize::from(self.outline.head.is_some())
    }

    /// Positions the cursor can have.
    pub fn len(&self) -> usize {
        self.lines.len() + self.pinned()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows of the window below the headline.
    pub fn window(&self) -> usize {
        (self.height as usize).saturating_sub(self.pinned()).max(1)
    }

    /// The lines in the window, each with its position.
    pub fn visible(&self) -> impl Iterator<Item = (usize, Line)> + '_ {
        let pinned = self.pinned();
        let lines = self
            .lines
            .iter()
            .copied()
            .enumerate()
            .skip(self.scroll.offset);
        lines
            .take(self.window())
            .map(move |(index, line)| (index + pinned, line))
    }

    /// Rows hidden below the window.
    pub fn below(&self) -> usize {
        self.lines
            .len()
            .saturating_sub(self.scroll.offset + self.window())
    }

    /// The position under the cursor: 0 is the headline.
    pub fn cursor(&self) -> usize {
        self.scroll.cursor
    }

    /// The row under the cursor; the verdict's first for the headline.
    pub fn row(&self) -> Option<usize> {
        let line = self.scroll.cursor.saturating_sub(self.pinned());
        self.lines.get(line).map(|line| line.row as usize)
    }

    pub fn row_at_cursor(&self) -> Option<&Row> {
        self.outline.rows.get(self.row()?)
    }

    pub fn on_head(&self) -> bool {
        self.pinned() == 1 && self.scroll.cursor == 0
    }

    /// Moves the window, and the cursor with it: for a text without anything to choose.
    pub fn pan(&mut self, by: isize) {
        let last = self.lines.len().saturating_sub(self.window());
        self.scroll.offset = self.scroll.offset.saturating_add_signed(by).min(last);
        self.scroll.cursor = self.scroll.offset + self.pinned();
    }

    /// Puts the cursor on the line at that row of the pane. The column of its fold's sign, if it has one.
    pub fn point(&mut self, y: usize) -> Option<u16> {
        let Some(below) = y.checked_sub(self.pinned()) else {
            self.place(0);
            return None;
        };
        let line = *self.lines.get(self.scroll.offset + below)?;
        self.place(self.scroll.offset + y);
        let row = &self.outline.rows[line.row as usize];
        let label = columns(row.role, row.depth, self.width).label;
        let sign = match row.role {
            Role::Section => label,
            _ => label.saturating_sub(2),
        };
        (row.folds() && line.start == 0).then_some(sign)
    }

    /// Moves the cursor; blank rows are passed over.
    pub fn step(&mut self, by: isize) {
        self.place(self.scroll.cursor.saturating_add_signed(by));
        while self.row_at_cursor().is_some_and(|row| row.role.is_passed()) && !self.on_head() {
            let before = self.scroll.cursor;
            self.place(before.saturating_add_signed(by.signum()));
            if self.scroll.cursor == before {
                break;
            }
        }
    }

    fn place(&mut self, cursor: usize) {
        self.scroll.cursor = cursor.min(self.len().saturating_sub(1));
        self.follow(Edge::Row);
    }

    /// The window over the lines, the headline not counted.
    fn follow(&mut self, edge: Edge) {
        let pinned = self.pinned();
        let mut inner = Scroll {
            cursor: self.scroll.cursor.saturating_sub(pinned),
            offset: self.scroll.offset,
        };
        inner.follow(self.lines.len(), self.window(), edge);
        self.scroll.offset = inner.offset;
    }

    /// Puts the cursor on the first line of `row`, or of what it folded into.
    fn stay_on(&mut self, row: Option<usize>) {
        if self.on_head() {
            return self.place(0);
        }
        let Some(row) = row else {
            return self.place(self.scroll.cursor);
        };
        let line = self.lines.partition_point(|line| line.row as usize <= row);
        let first = line.checked_sub(1).map_or(0, |last| {
            let found = self.lines[last].row;
            self.lines.partition_point(|line| line.row < found)
        });
        self.place(first + self.pinned());
    }

    /// Puts the cursor on the line of `row` that holds byte `at` of its value, unfolding what hides it.
    pub fn show(&mut self, row: usize, at: usize) {
        let mut parent = self.outline.parent(row);
        let mut changed = false;
        while let Some(above) = parent {
            changed |= !std::mem::replace(&mut self.open[above], true);
            parent = self.outline.parent(above);
        }
        if changed {
            self.relay();
        }
        let line = self
            .lines
            .partition_point(|line| (line.row as usize, line.start as usize) <= (row, at));
        self.place(line.saturating_sub(1) + self.pinned());
    }

    /// The same at the top of the window, as far as there are rows below it.
    pub fn show_first(&mut self, row: usize) {
        self.place(usize::MAX);
        self.show(row, 0);
    }

    pub fn fold(&mut self, row: usize, open: bool) {
        if self.outline.rows[row].folds() && self.open[row] != open {
            self.open[row] = open;
            self.scroll_to_row_start(row);
            self.relay();
        }
    }

    fn scroll_to_row_start(&mut self, row: usize) {
        let line = self.lines.partition_point(|line| (line.row as usize) < row);
        self.scroll.cursor = line + self.pinned();
    }

    pub fn fold_all(&mut self, open: bool) {
        for (row, state) in self.outline.rows.iter().zip(&mut self.open) {
            *state = open || !row.folds();
        }
        self.relay();
    }
}

fn weight(row: &Row) -> usize {
    row.label.as_str().len() + row.value.as_str().len() + 8
}

/// The lines of an outline at a width, and whether they are all within `budget` bytes of text.
pub fn lay(outline: &Outline, open: &[bool], width: u16, budget: usize) -> (Vec<Line>, bool) {
    let mut lines = Vec::new();
    let mut spent = 0;
    let mut index = 0;
    while let Some(row) = outline.rows.get(index) {
        let room = columns(row.role, row.depth, width).width as usize;
        let value = row.value.as_str();
        let cut = value.len().min(budget.saturating_sub(spent));
        let cut = value.floor_char_boundary(cut);
        push_lines(&mut lines, index, &value[..cut], room, row);
        spent += weight(row);
        if spent >= budget && (cut < value.len() || index + 1 < outline.rows.len()) {
            return (lines, false);
        }
        index += 1 + if open[index] { 0 } else { row.below as usize };
    }
    (lines, true)
}

fn push_lines(lines: &mut Vec<Line>, index: usize, value: &str, room: usize, row: &Row) {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let row_index = offset(index);
    // A section's title and what it holds stay on one line, and so does a lookup.
    if row.role.is_one_line() || value.len() <= room {
        lines.push(Line {
            row: row_index,
            start: 0,
            end: offset(value.len()),
        });
        return;
    }
    let parts = wrap(value, room);
    lines.extend(parts.into_iter().map(|part| Line {
        row: row_index,
        start: offset(part.start),
        end: offset(part.end),
    }));
}
