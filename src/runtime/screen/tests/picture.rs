//! Whatever is drawn after whatever: the terminal shows it.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};

use super::Wire;

const COLOURS: [Color; 7] = [
    Color::Reset,
    Color::Red,
    Color::Cyan,
    Color::DarkGray,
    Color::White,
    Color::Indexed(208),
    Color::Rgb(9, 80, 200),
];

fn symbol() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => Just(" "),
        6 => prop::sample::select(vec!["a", "b", "│", "─", "é", "→"]),
        1 => prop::sample::select(vec!["漢", "👍", "e\u{301}", "日\u{302}"]),
    ]
}

/// Bold and dim at once are left out: the emulator knows only one of them.
fn style() -> impl Strategy<Value = Style> {
    let modifier = prop_oneof![
        4 => Just(Modifier::empty()),
        4 => prop::sample::select(vec![
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::UNDERLINED,
            Modifier::REVERSED,
            Modifier::BOLD.union(Modifier::UNDERLINED),
            Modifier::BOLD.union(Modifier::REVERSED),
            Modifier::ITALIC.union(Modifier::UNDERLINED),
        ]),
    ];
    let colour =
        || prop_oneof![3 => Just(Color::Reset), 1 => prop::sample::select(COLOURS.to_vec())];
    (colour(), colour(), modifier)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

/// Runs of one style, as screens are made of, laid over what was there.
type Strokes = Vec<(u16, u16, Vec<&'static str>, Style)>;

fn strokes(width: u16, height: u16) -> impl Strategy<Value = Strokes> {
    let text = prop::collection::vec(symbol(), 1..usize::from(width));
    prop::collection::vec(
        (0..width, 0..height, text, style()),
        0..usize::from(height) * 2,
    )
}

/// One frame: how far the picture before it moved, in which rows, and what is drawn over it.
type Step = (isize, u16, Strokes);

fn steps() -> impl Strategy<Value = (u16, u16, Vec<Step>)> {
    (2..60_u16, 1..20_u16).prop_flat_map(|(width, height)| {
        let step = (-4..5_isize, 0..height, strokes(width, height));
        (Just(width), Just(height), prop::collection::vec(step, 1..6))
    })
}

fn stroke(buffer: &mut Buffer, (x, y, text, style): &(u16, u16, Vec<&'static str>, Style)) {
    buffer.set_stringn(
        *x,
        *y,
        text.concat(),
        usize::from(buffer.area.width - x),
        Style::reset().patch(*style),
    );
}

/// Moves the rows below `top` as a pane's content moves.
fn moved(buffer: &mut Buffer, by: isize, top: u16) {
    let start = usize::from(top) * usize::from(buffer.area.width);
    let band = &mut buffer.content[start..];
    let cells = (by.unsigned_abs() * usize::from(buffer.area.width)).min(band.len());
    if by > 0 {
        band.rotate_left(cells);
    } else {
        band.rotate_right(cells);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn the_terminal_shows_every_frame_as_it_was_drawn((width, height, steps) in steps()) {
        let mut wire = Wire::new(width, height);
        let mut picture = Buffer::empty(Rect::new(0, 0, width, height));
        for (by, top, strokes) in steps {
            moved(&mut picture, by, top);
            for one in &strokes {
                stroke(&mut picture, one);
            }
            wire.shows(None, |canvas| canvas.clone_from(&picture));
            prop_assert_eq!(wire.difference(&picture), None);
            prop_assert!(wire.shows(None, |canvas| canvas.clone_from(&picture)).is_empty());
        }
    }

    #[test]
    fn a_scrolled_text_between_fixed_rows_arrives_whole(offsets in prop::collection::vec(0..60_usize, 2..6)) {
        let mut wire = Wire::new(60, 20);
        for offset in offsets {
            let draw = |canvas: &mut Buffer| {
                canvas.set_string(0, 0, "title", Style::new().bold());
                canvas.set_string(0, 19, "footer", Style::new().reversed());
                for row in 0..18 {
                    let text = format!("{:<20}line {} of many, {}", "beside", row + offset, "x".repeat((row + offset) % 17));
                    canvas.set_string(0, u16::try_from(row + 1).unwrap(), text, Style::new());
                }
            };
            let mut picture = Buffer::empty(Rect::new(0, 0, 60, 20));
            draw(&mut picture);
            wire.shows(None, draw);
            prop_assert_eq!(wire.difference(&picture), None);
        }
    }
}

#[test]
fn a_symbol_that_would_steer_the_terminal_is_drawn_as_a_question_mark() {
    let mut wire = Wire::new(12, 1);
    let hostile = ["\x1b[2J", "\r", "\u{9b}", "\u{7f}", "a\u{7}", "\u{200b}"];
    let bytes = wire.shows(None, |canvas| {
        for (place, symbol) in hostile.into_iter().enumerate() {
            canvas.content[place].set_symbol(symbol);
        }
        canvas.content[11].set_symbol("漢");
    });
    assert_eq!(wire.terminal.screen().contents().trim_end(), "??????     ?");
    assert!(!bytes.contains(&b'\r') && !bytes.contains(&7) && !bytes.contains(&0x7f));
}

#[test]
fn the_cursor_is_where_it_was_put_and_hidden_when_nowhere() {
    let mut wire = Wire::new(20, 3);
    let at = |x, y| Some(Position::new(x, y));
    wire.shows(at(4, 1), |canvas| {
        canvas.content[3].set_symbol("x").fg = Color::Red;
    });
    assert_eq!(wire.terminal.screen().cursor_position(), (1, 4));
    assert!(!wire.terminal.screen().hide_cursor());
    wire.shows(None, |canvas| {
        canvas.content[3].set_symbol("x").fg = Color::Red;
    });
    assert!(wire.terminal.screen().hide_cursor());
    wire.shows(at(19, 2), |canvas| {
        canvas.content[3].set_symbol("x").fg = Color::Red;
    });
    assert_eq!(wire.terminal.screen().cursor_position(), (2, 19));
    wire.shows(at(20, 2), |_| {});
    assert!(
        wire.terminal.screen().hide_cursor(),
        "outside the window there is no cursor"
    );
}

#[test]
fn a_repaint_and_a_new_size_paint_everything_again() {
    let mut wire = Wire::new(20, 3);
    let draw = |canvas: &mut Buffer| {
        canvas.set_string(0, 0, "one", Style::new());
    };
    wire.shows(None, draw);
    wire.terminal.process(b"\x1b[5mbroadcast message\x1b[2;2H");
    wire.screen.repaint();
    wire.shows(None, draw);
    assert_eq!(wire.terminal.screen().contents().trim_end(), "one");
    wire.screen.resize(Size::new(10, 2));
    assert_eq!(wire.screen.area(), Rect::new(0, 0, 10, 2));
    wire.shows(None, draw);
    assert_eq!(wire.terminal.screen().contents().trim_end(), "one");
}

#[test]
fn a_window_beyond_all_measure_is_cut_to_1000_by_500() {
    let mut wire = Wire::new(1, 1);
    wire.screen.resize(Size::new(u16::MAX, u16::MAX));
    assert_eq!(wire.screen.area(), Rect::new(0, 0, 1000, 500));
    wire.screen.resize(Size::new(0, 0));
    wire.shows(Some(Position::ORIGIN), |canvas| {
        assert_eq!(canvas.area.area(), 0);
    });
}

#[test]
fn after_a_failed_write_the_whole_window_is_painted() {
    let mut screen = super::Screen::new(Broken(1), Size::new(9, 1));
    let mut draw = || {
        screen.present(|canvas| {
            canvas.set_string(0, 0, "text", Style::new());
            None
        })
    };
    assert!(draw().is_err());
    assert!(draw().unwrap() > 20);
    assert_eq!(draw().unwrap(), 0);
}

/// Takes no bytes for so many writes.
struct Broken(usize);

impl std::io::Write for Broken {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.checked_sub(1) {
            None => Ok(bytes.len()),
            Some(left) => {
                self.0 = left;
                Err(std::io::ErrorKind::Other.into())
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Counts the writes.
struct Counting(usize);

impl std::io::Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_frame_is_one_write_and_none_where_nothing_changed() {
    let mut screen = super::Screen::new(Counting(0), Size::new(120, 40));
    for text in ["one", "two", "two"] {
        let draw = |canvas: &mut Buffer| {
            for row in 0..40 {
                canvas.set_string(row, row, text, Style::new().bold());
            }
            None
        };
        screen.present(draw).unwrap();
    }
    assert_eq!(screen.out.0, 2);
}
