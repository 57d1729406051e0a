//! The shortest escape sequence from one way of drawing to another.
//! Never here: a colour the theme did not ask for.

use ratatui::style::{Color, Modifier};

use super::tile::Pen;

/// Each attribute with the numbers that turn it on and off. 22 and 25 turn off two at once.
const ATTRIBUTES: [(Modifier, u16, u16); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Writes what turns `from` into `to`: either the differences, or a reset and everything anew.
pub(super) fn change(from: Pen, to: Pen, out: &mut Vec<u8>) {
    if from == to {
        return;
    }
    if to == Pen::PLAIN {
        out.extend_from_slice(b"\x1b[m");
        return;
    }
    let (mut changed, mut anew) = (Vec::with_capacity(24), vec![b'0', b';']);
    differences(from, to, &mut changed);
    differences(Pen::PLAIN, to, &mut anew);
    let shorter = if changed.len() <= anew.len() {
        &mut changed
    } else {
        &mut anew
    };
    shorter.pop();
    out.extend_from_slice(b"\x1b[");
    out.extend_from_slice(shorter);
    out.push(b'm');
}

/// How many bytes `change` writes.
pub(super) fn price(from: Pen, to: Pen) -> usize {
    let mut out = Vec::new();
    change(from, to, &mut out);
    out.len()
}

/// The numbers that change what differs, each followed by a semicolon.
fn differences(from: Pen, to: Pen, codes: &mut Vec<u8>) {
    let mut lit = from.modifier;
    for (attribute, _, off) in ATTRIBUTES {
        if lit.contains(attribute) && !to.modifier.contains(attribute) {
            code(off, codes);
            for (other, _, its_off) in ATTRIBUTES {
                if its_off == off {
                    lit.remove(other);
                }
            }
        }
    }
    for (attribute, on, _) in ATTRIBUTES {
        if to.modifier.contains(attribute) && !lit.contains(attribute) {
            code(on, codes);
        }
    }
    if from.foreground != to.foreground {
        colour(to.foreground, 30, codes);
    }
    if from.background != to.background {
        colour(to.background, 40, codes);
    }
}

/// `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u16, codes: &mut Vec<u8>) {
    match colour {
        Color::Reset => code(base + 9, codes),
        Color::Rgb(red, green, blue) => {
            for part in [
                base + 8,
                2,
                u16::from(red),
                u16::from(green),
                u16::from(blue),
            ] {
                code(part, codes);
            }
        }
        named => match u16::from(palette_place(named)) {
            place @ 0..=7 => code(base + place, codes),
            place @ 8..=15 => code(base + 52 + place, codes),
            place => {
                for part in [base + 8, 5, place] {
                    code(part, codes);
                }
            }
        },
    }
}

fn code(number: u16, codes: &mut Vec<u8>) {
    super::motion::decimal(usize::from(number), codes);
    codes.push(b';');
}

/// The colour's place in the palette of 256. The two that have none count as black.
pub(super) const fn palette_place(colour: Color) -> u8 {
    match colour {
        Color::Reset | Color::Rgb(..) | Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(place) => place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(foreground: Color, modifier: Modifier) -> Pen {
        Pen {
            foreground,
            modifier,
            ..Pen::PLAIN
        }
    }

    fn written(from: Pen, to: Pen) -> String {
        let mut out = Vec::new();
        change(from, to, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn named_colours_take_the_short_form() {
        assert_eq!(
            written(Pen::PLAIN, pen(Color::Red, Modifier::BOLD)),
            "\x1b[1;31m"
        );
        assert_eq!(
            written(Pen::PLAIN, pen(Color::DarkGray, Modifier::empty())),
            "\x1b[90m"
        );
        assert_eq!(
            written(Pen::PLAIN, pen(Color::White, Modifier::empty())),
            "\x1b[97m"
        );
        let both = Pen {
            background: Color::LightCyan,
            ..pen(Color::Indexed(3), Modifier::empty())
        };
        assert_eq!(written(Pen::PLAIN, both), "\x1b[33;106m");
    }

    #[test]
    fn only_what_differs_is_changed() {
        let red = pen(Color::Red, Modifier::REVERSED);
        assert_eq!(
            written(red, pen(Color::Cyan, Modifier::REVERSED)),
            "\x1b[36m"
        );
        assert_eq!(written(red, pen(Color::Red, Modifier::empty())), "\x1b[27m");
        assert_eq!(written(red, red), "");
    }

    #[test]
    fn back_to_plain_is_the_shortest_reset() {
        assert_eq!(
            written(pen(Color::Red, Modifier::BOLD), Pen::PLAIN),
            "\x1b[m"
        );
    }

    #[test]
    fn a_reset_is_taken_where_turning_off_is_longer() {
        let much = Pen {
            background: Color::Blue,
            ..pen(Color::Red, Modifier::BOLD | Modifier::UNDERLINED)
        };
        assert_eq!(
            written(much, pen(Color::Reset, Modifier::REVERSED)),
            "\x1b[0;7m"
        );
    }

    #[test]
    fn bold_and_dim_are_turned_off_together_and_one_comes_back() {
        let both = pen(Color::Red, Modifier::BOLD | Modifier::DIM);
        assert_eq!(written(both, pen(Color::Red, Modifier::DIM)), "\x1b[22;2m");
    }

    #[test]
    fn other_colours_of_the_palette_and_true_colours_are_written_in_full() {
        assert_eq!(
            written(Pen::PLAIN, pen(Color::Indexed(208), Modifier::empty())),
            "\x1b[38;5;208m"
        );
        assert_eq!(
            written(Pen::PLAIN, pen(Color::Rgb(1, 20, 255), Modifier::empty())),
            "\x1b[38;2;1;20;255m"
        );
    }
}
