//! The bytes that turn what the terminal shows into what it shall show, as few as can be.
//! Never here: a question to the terminal, and a byte that could make it wrap or scroll by itself.

use super::motion::{Place, Way, control, digits};
use super::pen;
use super::scroll::Movement;
use super::tile::{Clusters, Glyph, Grid, Pen, Tile};

/// So many unchanged cells at most are written again where that is shorter than a move.
const BRIDGE: usize = 12;

/// Collects the bytes of one frame and knows the state they leave the terminal in.
#[derive(Debug)]
pub(super) struct Painter<'a> {
    pub(super) bytes: Vec<u8>,
    clusters: &'a Clusters,
    width: usize,
    pen: Pen,
    place: Place,
}

impl<'a> Painter<'a> {
    /// For a terminal of `width` columns with a plain pen and the cursor anywhere.
    pub(super) const fn new(clusters: &'a Clusters, width: usize) -> Self {
        Self {
            bytes: Vec::new(),
            clusters,
            width,
            pen: Pen::PLAIN,
            place: Place::Unknown,
        }
    }

    /// Clears the window, whatever is in it and however it was left.
    pub(super) fn clear(&mut self) {
        self.bytes.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        (self.pen, self.place) = (Pen::PLAIN, Place::Cell(0, 0));
    }

    /// Turns `shown` into `next`, row by row.
    pub(super) fn paint(&mut self, shown: &Grid, next: &Grid) {
        for row in 0..next.height {
            let (old, new) = (shown.row(row), next.row(row));
            if old != new {
                self.paint_row(row, old, new);
            }
        }
    }

    /// Puts the pen back to plain, as every frame leaves it.
    pub(super) fn rest(&mut self) {
        self.use_pen(Pen::PLAIN);
    }

    /// Moves the cursor.
    pub(super) fn move_to(&mut self, column: usize, row: usize) {
        Way::shortest(self.place, column, row).write(&mut self.bytes);
        self.place = Place::Cell(column, row);
    }

    /// Moves full-width rows in a window of `height` rows. Deleting lines and inserting as many
    /// moves the band and nothing else, and leaves no scroll region behind that a cut frame would
    /// never take back. Terminals that know no scroll command know these two.
    pub(super) fn scroll(&mut self, Movement { top, bottom, by }: Movement, height: usize) {
        let lines = by.unsigned_abs();
        let freed = bottom + 1 - lines;
        let ends_the_window = bottom + 1 == height;
        if by > 0 {
            self.on_lines(top, lines, b'M');
            // What is below the band came up with it.
            if !ends_the_window {
                self.on_lines(freed, lines, b'L');
            }
        } else {
            // What is below the band must not go down with it.
            if !ends_the_window {
                self.on_lines(freed, lines, b'M');
            }
            self.on_lines(top, lines, b'L');
        }
        self.place = Place::Unknown;
    }

    fn on_lines(&mut self, row: usize, lines: usize, command: u8) {
        Way::To(0, row).write(&mut self.bytes);
        control(lines, command, &mut self.bytes);
    }

    fn paint_row(&mut self, row: usize, old: &[Tile], new: &[Tile]) {
        let mut column = 0;
        while let Some(tile) = new.get(column) {
            if tile.width == 0 || old.get(column) == Some(tile) {
                column += 1;
            } else if *tile == Tile::BLANK {
                column = self.blank(column, row, old, new);
            } else {
                self.reach(column, row, new);
                self.put(*tile);
                column += 1;
            }
        }
    }

    /// Blanks the plain cells from `column` on and answers where the row goes on.
    fn blank(&mut self, column: usize, row: usize, old: &[Tile], new: &[Tile]) -> usize {
        let ahead = new.iter().skip(column);
        let end = column + ahead.take_while(|tile| **tile == Tile::BLANK).count();
        let differs = |place: &usize| old.get(*place) != new.get(*place);
        let last = (column..end).rev().find(differs).unwrap_or(column);
        let cells = last + 1 - column;
        let plain = if self.pen == Pen::PLAIN { 0 } else { 3 };
        let is_tail = end == new.len();
        // `ESC [ K`; or `ESC [ n X` and the move behind it that spaces would have saved.
        let price = if is_tail {
            3 + plain
        } else {
            4 + digits(cells) + plain + 3
        };
        if cells <= price {
            self.reach(column, row, new);
            self.put(Tile::BLANK);
            return column + 1;
        }
        self.reach(column, row, new);
        self.use_pen(Pen::PLAIN);
        if is_tail {
            self.bytes.extend_from_slice(b"\x1b[K");
        } else {
            control(cells, b'X', &mut self.bytes);
        }
        last + 1
    }

    /// Goes to a cell, over unchanged ones by writing them again where that is shorter.
    fn reach(&mut self, column: usize, row: usize, new: &[Tile]) {
        if self.place == Place::Cell(column, row) {
            return;
        }
        let way = Way::shortest(self.place, column, row);
        let target = new.get(column).map_or(Pen::PLAIN, |tile| tile.pen);
        if let Place::Cell(from, here) = self.place
            && here == row
            && from < column
            && column - from <= BRIDGE
            && let Some(between) = new.get(from..column)
            && between
                .iter()
                .all(|tile| tile.width == 1 && matches!(tile.glyph, Glyph::Character(_)))
        {
            let mut bridge = Painter {
                bytes: Vec::new(),
                ..*self
            };
            for tile in between {
                bridge.put(*tile);
            }
            let bridged = bridge.bytes.len() + pen::price(bridge.pen, target);
            if bridged <= way.len() + pen::price(self.pen, target) {
                self.bytes.append(&mut bridge.bytes);
                (self.pen, self.place) = (bridge.pen, bridge.place);
                return;
            }
        }
        way.write(&mut self.bytes);
        self.place = Place::Cell(column, row);
    }

    /// Writes one tile where the cursor is.
    fn put(&mut self, tile: Tile) {
        if !(tile.is_blank() && self.pen.blanks_as(tile.pen)) {
            self.use_pen(tile.pen);
        }
        match tile.glyph {
            Glyph::Character(character) => {
                let mut utf8 = [0; 4];
                self.bytes
                    .extend_from_slice(character.encode_utf8(&mut utf8).as_bytes());
            }
            Glyph::Cluster(number) => self.put_cluster(number, tile),
        }
        let is_sure = tile.width == 1 && matches!(tile.glyph, Glyph::Character(_));
        self.place = match self.place {
            // Terminals agree where a single narrow character ends, except at the right margin.
            Place::Cell(column, row) if is_sure && column + 1 < self.width => {
                Place::Cell(column + 1, row)
            }
            Place::Cell(_, row) | Place::Row(row) => Place::Row(row),
            Place::Unknown => Place::Unknown,
        };
    }

    /// Where a terminal takes a wide cluster for a narrow one, the second column would keep what it
    /// showed before: so both are blanked first.
    fn put_cluster(&mut self, number: u32, tile: Tile) {
        if tile.width > 1
            && let Place::Cell(column, row) = self.place
        {
            let columns = usize::from(tile.width);
            self.bytes.extend(std::iter::repeat_n(b' ', columns));
            self.place = Place::Row(row);
            self.move_to(column, row);
        }
        let clusters = self.clusters;
        self.bytes
            .extend_from_slice(clusters.text(number).as_bytes());
    }

    fn use_pen(&mut self, to: Pen) {
        pen::change(self.pen, to, &mut self.bytes);
        self.pen = to;
    }
}
