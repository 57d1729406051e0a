//! Every byte that reaches the terminal, from the first to the last: only what the program means to send.
//! Never here: what the screen says.

use super::{CONSOLE, READY};
use crate::support::pty::Terminal;
use crate::support::sequences::{Piece, pieces};

/// Modes that are set and taken back.
const MODES: [&str; 5] = ["?1049", "?7", "?2004", "?25", "?2026"];

#[track_caller]
fn console(arguments: &[&str], variables: &[(&str, &str)]) -> Terminal {
    let arguments = [&["--demo"], arguments].concat();
    let terminal = Terminal::run(CONSOLE, &arguments, variables, 120, 30);
    terminal.wait_for(READY);
    terminal
}

/// Through a hostile message: folded open, found in, raw, copied from, in another size, out.
#[track_caller]
fn seen_through(mut terminal: Terminal) -> Terminal {
    terminal.paste("Fg3Hx7YkQz5WvNt9LcRd");
    terminal.wait_for("Win a prize");
    for key in ["E", "G", "g", "1", "2", "y", "c", "esc", "R"] {
        terminal.key(key);
        terminal.wait_quiet(std::time::Duration::from_millis(60));
    }
    terminal.wait_for("q back");
    terminal.resize(80, 24);
    terminal.key("q");
    terminal.key("v");
    terminal.wait_for("Any key goes back");
    terminal.key("v");
    terminal.wait_for(READY);
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
    terminal
}

/// The numbers of every change of the pen.
fn pens(terminal: &Terminal) -> Vec<u16> {
    let numbers = |piece| match piece {
        Piece::Csi(numbers, 'm') => numbers,
        _ => String::new(),
    };
    let all: Vec<String> = pieces(&terminal.raw()).into_iter().map(numbers).collect();
    all.join(";")
        .split(';')
        .filter_map(|number| number.parse().ok())
        .collect()
}

fn is_colour(pen: u16) -> bool {
    matches!(pen, 30..=37 | 40..=47 | 90..=97 | 100..=107)
}

/// Rows whose every cell in the history's columns is drawn in reverse.
fn reversed_rows(terminal: &Terminal) -> usize {
    terminal.look(|screen| {
        let reversed = |row, column| screen.cell(row, column).is_some_and(vt100::Cell::inverse);
        let is_reversed = |row: &u16| (3..20).all(|column| reversed(*row, column));
        (0..30).filter(is_reversed).count()
    })
}

#[test]
fn a_hostile_message_sends_nothing_that_the_program_does_not_send_itself() {
    let terminal = seen_through(console(&[], &[]));
    for piece in pieces(&terminal.raw()) {
        let known = match &piece {
            Piece::Csi(mode, 'h' | 'l') => MODES.contains(&mode.as_str()),
            Piece::Csi(numbers, 'm' | 'H' | 'J' | 'K' | 'X' | 'L' | 'M' | 'C' | 'G' | 'd') => {
                numbers.chars().all(|at| at.is_ascii_digit() || at == ';')
            }
            Piece::Control(control) => matches!(control, b'\r' | b'\n' | 8),
            // The end of whatever a cut frame left open, on the way out.
            Piece::Escape(letter) => *letter == '\\',
            Piece::Text(text) => !text.contains(|letter| {
                char::is_control(letter)
                    || matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}'..='\u{200f}')
                    || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            }),
            // The answer that `y` copied: never a question, and never the message's own escape.
            Piece::Osc(escape) => escape
                .strip_prefix("52;c;")
                .is_some_and(|text| text.len() > 100 && !text.contains('?')),
            Piece::Csi(..) | Piece::Dcs(_) => false,
        };
        assert!(known, "{piece:?}");
    }
}

#[test]
fn colours_are_the_terminals_own_sixteen() {
    let terminal = seen_through(console(&[], &[]));
    let pens = pens(&terminal);
    assert!(pens.iter().copied().any(is_colour));
    for pen in pens {
        let attribute = matches!(pen, 0..=9 | 22..=29 | 39 | 49);
        assert!(attribute || is_colour(pen), "{pen}");
        assert!(!matches!(pen, 34 | 94), "blue cannot be read everywhere");
    }
}

#[test]
fn without_colours_the_chosen_row_is_in_reverse_all_the_same() {
    for (arguments, variables) in [
        (&[][..], &[("NO_COLOR", "1")][..]),
        (&["--color", "never"], &[]),
    ] {
        let mut terminal = console(arguments, variables);
        terminal.key("tab");
        terminal.wait_until("a row in reverse", |terminal| reversed_rows(terminal) == 1);
        terminal.key("ctrl-c");
        assert_eq!(terminal.exit_code(), Ok(0));
        assert!(!pens(&terminal).into_iter().any(is_colour), "{variables:?}");
    }
}

#[test]
fn where_the_locale_is_not_utf_8_every_byte_is_ascii() {
    for (arguments, variables, ascii) in [
        (&[][..], &[("LANG", "C")][..], true),
        (&[], &[("LC_ALL", "POSIX")], true),
        (&["--ascii"], &[], true),
        (&["--unicode"], &[("LANG", "C")], false),
        (
            &[],
            &[("LC_ALL", ""), ("LC_CTYPE", "de_DE.utf8"), ("LANG", "C")],
            false,
        ),
    ] {
        let terminal = seen_through(console(arguments, variables));
        assert_eq!(
            terminal.raw().is_ascii(),
            ascii,
            "{arguments:?} {variables:?}"
        );
    }
}

#[test]
fn the_mouse_is_left_to_the_terminal_unless_it_is_asked_for() {
    let mouse = |terminal: &Terminal, switch| {
        let on = |mode: &str| Piece::Csi(mode.to_owned(), switch);
        let pieces = pieces(&terminal.raw());
        pieces.contains(&on("?1002")) && pieces.contains(&on("?1006"))
    };
    for (arguments, asked) in [(&[][..], false), (&["--mouse"], true)] {
        let mut terminal = console(arguments, &[]);
        assert_eq!(mouse(&terminal, 'h'), asked);
        terminal.key("ctrl-c");
        assert_eq!(terminal.exit_code(), Ok(0));
        assert_eq!(mouse(&terminal, 'l'), asked, "given back");
    }
}
