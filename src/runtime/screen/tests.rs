//! Frames against a terminal emulator: the right picture, and at what price.
//! Never here: a terminal of this machine.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod picture;
mod price;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::Screen;

/// A screen together with the terminal that its bytes reach.
struct Wire {
    screen: Screen<Vec<u8>>,
    terminal: vt100::Parser,
}

impl Wire {
    fn new(width: u16, height: u16) -> Self {
        let size = |cells: u16| cells.try_into().unwrap();
        Self {
            screen: Screen::new(Vec::new(), Size::new(width, height)),
            terminal: vt100::Parser::new(size(height), size(width), 0),
        }
    }

    /// Draws a frame, lets the terminal read its bytes, and answers them.
    fn shows(&mut self, cursor: Option<Position>, draw: impl FnOnce(&mut Buffer)) -> Vec<u8> {
        let present = |buffer: &mut Buffer| {
            draw(buffer);
            cursor
        };
        let written = self.screen.present(present).unwrap();
        let bytes = std::mem::take(&mut self.screen.out);
        assert_eq!(bytes.len(), written);
        self.terminal.process(&bytes);
        bytes
    }

    /// The same without a cursor, for counting.
    fn price(&mut self, draw: impl FnOnce(&mut Buffer)) -> usize {
        self.shows(None, draw).len()
    }

    /// Where the terminal shows something else than was drawn, if anywhere.
    fn difference(&self, drawn: &Buffer) -> Option<String> {
        let mut covered = 0;
        for (place, cell) in drawn.content.iter().enumerate() {
            let (x, y) = drawn.pos_of(place);
            if x == 0 {
                covered = 0;
            }
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let shown = self.terminal.screen().cell(y, x).unwrap();
            covered = u16::from(shown.is_wide());
            let (is, wanted) = (look_of(shown), look(cell));
            if is != wanted {
                return Some(format!("at {x},{y}: {is:?}, not {wanted:?}"));
            }
        }
        None
    }
}

/// A cell as it looks: text, colours, and bold, dim, italic, underlined, reversed.
type Look = (String, vt100::Color, vt100::Color, [bool; 5]);

fn look(cell: &ratatui::buffer::Cell) -> Look {
    let has = |attribute| cell.modifier.contains(attribute);
    let attributes = [
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::ITALIC,
        Modifier::UNDERLINED,
        Modifier::REVERSED,
    ];
    visible(
        cell.symbol(),
        colour(cell.fg),
        colour(cell.bg),
        attributes.map(has),
    )
}

fn look_of(cell: &vt100::Cell) -> Look {
    let attributes = [
        cell.bold(),
        cell.dim(),
        cell.italic(),
        cell.underline(),
        cell.inverse(),
    ];
    visible(cell.contents(), cell.fgcolor(), cell.bgcolor(), attributes)
}

/// A blank has no foreground, unless a line or reversed colours show it.
fn visible(
    text: &str,
    foreground: vt100::Color,
    background: vt100::Color,
    attributes: [bool; 5],
) -> Look {
    let [.., underlined, reversed] = attributes;
    match text {
        "" | " " if !underlined && !reversed => {
            (String::new(), vt100::Color::Default, background, [false; 5])
        }
        "" => (" ".to_owned(), foreground, background, attributes),
        text => (text.to_owned(), foreground, background, attributes),
    }
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        named => vt100::Color::Idx(super::pen::palette_place(named)),
    }
}
