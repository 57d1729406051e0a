//! What the terminal shows in one cell, and a whole window of it, in a form quick to compare.
//! Never here: an escape sequence, and a character the terminal would act upon.

use std::collections::HashMap;

use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::style::{Color, Modifier};

use super::scroll::Movement;

/// How a character is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) foreground: Color,
    pub(super) background: Color,
    pub(super) modifier: Modifier,
}

impl Pen {
    pub(super) const PLAIN: Self = Self {
        foreground: Color::Reset,
        background: Color::Reset,
        modifier: Modifier::empty(),
    };

    const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
        .union(Modifier::UNDERLINED)
        .union(Modifier::CROSSED_OUT)
        .union(Modifier::SLOW_BLINK)
        .union(Modifier::RAPID_BLINK);

    /// The pen as far as it is seen on a blank: what cannot be seen must not cost a byte.
    const fn on_blank(self) -> Self {
        if self.modifier.intersects(Self::SEEN_ON_BLANK) {
            return self;
        }
        Self {
            background: self.background,
            ..Self::PLAIN
        }
    }

    /// Whether a blank drawn with this pen looks as one that asks for `wanted`.
    pub(super) fn blanks_as(self, wanted: Self) -> bool {
        self.on_blank() == wanted
    }
}

/// What one cell of the terminal shows. Equal tiles look equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    pub(super) glyph: Glyph,
    pub(super) pen: Pen,
    /// Columns it takes; 0 for those behind the first of a wide one.
    pub(super) width: u8,
}

/// The character of a tile; one of several code points is known by its number in `Clusters`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyph {
    Character(char),
    Cluster(u32),
}

impl Tile {
    pub(super) const BLANK: Self = Self {
        glyph: Glyph::Character(' '),
        pen: Pen::PLAIN,
        width: 1,
    };

    pub(super) fn is_blank(self) -> bool {
        self.glyph == Glyph::Character(' ')
    }

    /// A number that is equal for equal tiles and seldom for others: for finding, not for deciding.
    pub(super) fn fingerprint(self) -> u32 {
        let glyph = match self.glyph {
            Glyph::Character(character) => u32::from(character),
            Glyph::Cluster(number) => 0x8000_0000 | number,
        };
        let colours = colour_number(self.pen.foreground).wrapping_mul(0x01_00_01_93)
            ^ colour_number(self.pen.background);
        let look = colours.wrapping_mul(0x85eb_ca6b)
            ^ u32::from(self.pen.modifier.bits()) << 8
            ^ u32::from(self.width);
        (glyph.wrapping_mul(0x9e37_79b1) ^ look).wrapping_mul(0xc2b2_ae35)
    }
}

fn colour_number(colour: Color) -> u32 {
    match colour {
        Color::Reset => 0,
        Color::Rgb(red, green, blue) => u32::from_be_bytes([2, red, green, blue]),
        named => 0x100 + u32::from(super::pen::palette_place(named)),
    }
}

/// The texts of several code points met so far, each once.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Clusters {
    const ENOUGH: usize = 4096;

    pub(super) fn text(&self, number: u32) -> &str {
        usize::try_from(number)
            .ok()
            .and_then(|place| self.texts.get(place))
            .map_or("?", |text| text)
    }

    /// So many that they have to be forgotten, together with every tile that names one.
    pub(super) fn are_many(&self) -> bool {
        self.texts.len() > Self::ENOUGH
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }
}

/// A window of tiles, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) width: usize,
    pub(super) height: usize,
    tiles: Vec<Tile>,
}

impl Grid {
    pub(super) fn blank(width: u16, height: u16) -> Self {
        let (width, height) = (usize::from(width), usize::from(height));
        Self {
            width,
            height,
            tiles: vec![Tile::BLANK; width * height],
        }
    }

    pub(super) fn row(&self, row: usize) -> &[Tile] {
        let start = row * self.width;
        self.tiles
            .get(start..start + self.width)
            .unwrap_or_default()
    }

    pub(super) fn tiles(&self) -> &[Tile] {
        &self.tiles
    }

    pub(super) fn clear(&mut self) {
        self.tiles.fill(Tile::BLANK);
    }

    /// Takes over what was drawn into `canvas`, which has the grid's size.
    pub(super) fn read(&mut self, canvas: &Buffer, clusters: &mut Clusters) {
        if self.width == 0 {
            return;
        }
        for (tiles, cells) in self
            .tiles
            .chunks_mut(self.width)
            .zip(canvas.content.chunks(self.width))
        {
            let mut covering: Option<(Tile, u8)> = None;
            for (place, (tile, cell)) in tiles.iter_mut().zip(cells).enumerate() {
                if let Some((head, left)) = covering {
                    *tile = Tile { width: 0, ..head };
                    covering = (left > 1).then_some((head, left - 1));
                    continue;
                }
                *tile = tile_of(cell, self.width - place, clusters);
                covering = (tile.width > 1).then(|| (*tile, tile.width - 1));
            }
        }
    }

    /// Moves full-width rows; what is freed is blank.
    pub(super) fn scroll(&mut self, Movement { top, bottom, by }: Movement) {
        let width = self.width;
        let Some(band) = self.tiles.get_mut(top * width..(bottom + 1) * width) else {
            return;
        };
        let moved = (by.unsigned_abs() * width).min(band.len());
        let freed = if by > 0 {
            band.rotate_left(moved);
            band.len() - moved..band.len()
        } else {
            band.rotate_right(moved);
            0..moved
        };
        if let Some(freed) = band.get_mut(freed) {
            freed.fill(Tile::BLANK);
        }
    }
}

/// A symbol that would steer the terminal, takes no column or does not fit is shown as `?`: what
/// is drawn was made harmless long before, this is the last door.
fn tile_of(cell: &Cell, room: usize, clusters: &mut Clusters) -> Tile {
    let symbol = cell.symbol();
    let pen = Pen {
        foreground: cell.fg,
        background: cell.bg,
        modifier: cell.modifier,
    };
    if let [byte @ b' '..=b'~'] = symbol.as_bytes() {
        let pen = if *byte == b' ' { pen.on_blank() } else { pen };
        return Tile {
            glyph: Glyph::Character(char::from(*byte)),
            pen,
            width: 1,
        };
    }
    let unknown = Tile {
        glyph: Glyph::Character('?'),
        pen,
        width: 1,
    };
    if symbol.is_empty() {
        return Tile {
            pen: pen.on_blank(),
            ..Tile::BLANK
        };
    }
    if symbol.contains(char::is_control) {
        return unknown;
    }
    let width = symbol.cell_width();
    let Some(width) = u8::try_from(width)
        .ok()
        .filter(|width| *width > 0 && usize::from(*width) <= room)
    else {
        return unknown;
    };
    let mut characters = symbol.chars();
    let glyph = match (characters.next(), characters.next()) {
        (Some(character), None) => Glyph::Character(character),
        _ => Glyph::Cluster(clusters.number(symbol)),
    };
    Tile { glyph, pen, width }
}
