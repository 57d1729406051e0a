//! What a frame costs on the wire: a console of 120×40 with a history and a message beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier, Style};

use super::Wire;

const HISTORY: u16 = 34;
const ROWS: u16 = 35;
/// Entries in the history, as after a morning's work.
const ENTRIES: u16 = 20;

/// What the console shows at one moment.
#[derive(Clone, Copy)]
struct Moment {
    typed: &'static str,
    selected: u16,
    scrolled: u16,
    spinner: &'static str,
}

const START: Moment = Moment {
    typed: "",
    selected: 0,
    scrolled: 0,
    spinner: " ",
};

fn console(canvas: &mut Buffer, moment: Moment) {
    let plain = Style::new();
    let dim = plain.add_modifier(Modifier::DIM);
    let rule = |left: &str, right: &str| format!("{left}{}{right}", "─".repeat(118));
    canvas.set_string(0, 0, rule("╭", "╮"), plain);
    canvas.set_string(2, 0, " msgscope ─ acme-support ", plain);
    canvas.set_string(70, 0, " 97/100 per 10 s · 199,412 left today ", dim);
    canvas.set_string(0, 1, "│ Message id › ", plain);
    canvas.set_string(15, 1, moment.typed, plain);
    canvas.set_string(119, 1, "│", plain);
    canvas.set_string(0, 2, rule("├", "┤"), plain);
    canvas.set_string(2, 2, " History 1/128 ", plain);
    canvas.set_string(
        37,
        2,
        " Message ",
        plain.add_modifier(Modifier::BOLD | Modifier::REVERSED),
    );
    for row in 0..ROWS {
        let y = row + 3;
        canvas.set_string(0, y, "│", plain);
        if row < ENTRIES {
            entry(canvas, row, y, moment);
        }
        canvas.set_string(HISTORY + 1, y, "│", plain);
        field(canvas, row + moment.scrolled, y);
        canvas.set_string(119, y, "│", plain);
    }
    canvas.set_string(0, 38, rule("╰", "╯"), plain);
    canvas.set_string(
        1,
        39,
        "y copy answer  Y ticket  c copy as  L linked  r again  / find  i new id",
        dim,
    );
}

fn entry(canvas: &mut Buffer, row: u16, y: u16, moment: Moment) {
    let (glyph, colour) =
        [("✓", Color::Cyan), ("✗", Color::Red), ("…", Color::Yellow)][usize::from(row % 3)];
    let text = format!(
        "→ SMS   {:<17}{:>4}m ",
        ["Your appointment …", "30007 filtered", "See you on Thurs…"][usize::from(row % 3)],
        row * 4
    );
    canvas.set_string(3, y, text, Style::new());
    canvas.set_string(2, y, glyph, Style::new().fg(colour));
    if row == 1 {
        canvas.set_string(33, y, moment.spinner, Style::new().fg(Color::Yellow));
    }
    if row == moment.selected {
        canvas.set_style(
            ratatui::layout::Rect::new(1, y, HISTORY, 1),
            Style::new().add_modifier(Modifier::REVERSED),
        );
    }
}

/// A field of a long message: its name dim, its value plain, a link underlined now and then.
fn field(canvas: &mut Buffer, line: u16, y: u16) {
    let words = [
        "Your refund is ready, claim it at the counter",
        "2026-03-04T17:44:08.412Z",
        "https://example.com/a/b.png",
        "workflow",
        "lmjOL3agcrEBw7TSTb7z and then some more of it",
    ];
    let style = if line % 5 == 2 {
        Style::new().underlined()
    } else {
        Style::new()
    };
    canvas.set_string(40, y, format!("field{line}"), Style::new().dim());
    canvas.set_string(
        58,
        y,
        format!(
            "{} {}",
            words[usize::from(line % 5)],
            u32::from(line) * 7919
        ),
        style,
    );
}

fn price(from: Moment, to: Moment) -> usize {
    let mut wire = Wire::new(120, 40);
    wire.price(|canvas| console(canvas, from));
    let price = wire.price(|canvas| console(canvas, to));
    let mut picture = Buffer::empty(wire.screen.area());
    console(&mut picture, to);
    assert_eq!(wire.difference(&picture), None);
    price
}

#[track_caller]
fn assert_within(price: usize, budget: usize) {
    assert!(price <= budget, "{price} bytes, {budget} at most");
}

#[test]
fn the_first_screen_costs_at_most_5000_bytes() {
    assert_within(
        Wire::new(120, 40).price(|canvas| console(canvas, START)),
        5000,
    );
}

#[test]
fn nothing_changed_costs_nothing() {
    assert_eq!(price(START, START), 0);
}

#[test]
fn a_typed_letter_costs_at_most_60_bytes() {
    let mut wire = Wire::new(120, 40);
    let mut typed = |typed: &'static str, column| {
        wire.shows(Some(Position::new(column, 1)), |canvas| {
            console(canvas, Moment { typed, ..START });
        })
        .len()
    };
    typed("ve9", 18);
    assert_within(typed("ve9E", 19), 60);
    assert_within(typed("ve9", 18), 60);
    assert_within(typed("ve9", 16), 12);
}

#[test]
fn a_highlight_moved_by_one_row_costs_at_most_200_bytes() {
    assert_within(
        price(
            START,
            Moment {
                selected: 1,
                ..START
            },
        ),
        200,
    );
}

#[test]
fn a_tick_of_the_spinner_costs_at_most_50_bytes() {
    assert_within(
        price(
            START,
            Moment {
                spinner: "◐",
                ..START
            },
        ),
        50,
    );
}

#[test]
fn a_message_scrolled_by_one_line_costs_at_most_2100_bytes() {
    assert_within(
        price(
            START,
            Moment {
                scrolled: 1,
                ..START
            },
        ),
        2100,
    );
    assert_within(
        price(
            Moment {
                scrolled: 9,
                ..START
            },
            Moment {
                scrolled: 8,
                ..START
            },
        ),
        2100,
    );
}

#[test]
fn a_message_scrolled_by_half_a_page_is_not_repainted_whole() {
    let whole = price(
        START,
        Moment {
            scrolled: 203,
            ..START
        },
    );
    let half = price(
        START,
        Moment {
            scrolled: 17,
            ..START
        },
    );
    assert!(
        half < whole,
        "{half} bytes for half a page, {whole} for a whole one"
    );
}
