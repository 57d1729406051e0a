//! How a role looks: a colour of the terminal's own sixteen, a ground, attributes; written as `red bold`.
//! Never another colour: screen misreads them, and a theme follows the terminal's own light or dark.

use ratatui::style::{Color, Modifier, Style};

/// A look; the default one is the terminal's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Look {
    colour: Option<Color>,
    ground: Option<Color>,
    attributes: Modifier,
}

/// A word that no look knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownLook(pub String);

const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];
const ATTRIBUTES: [(&str, Modifier); 4] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

impl Look {
    /// The look that these words describe, in any order: a colour, `on-` and a colour, attributes.
    pub fn parse(words: &str) -> Result<Self, UnknownLook> {
        let mut look = Self::default();
        for word in words.split_whitespace() {
            let colour = |name: &str| COLOURS.iter().find(|(known, _)| *known == name);
            let attribute = ATTRIBUTES.iter().find(|(known, _)| *known == word);
            if let Some((_, attribute)) = attribute {
                look.attributes |= *attribute;
            } else if let Some((_, found)) = colour(word) {
                look.colour = Some(*found);
            } else if let Some((_, found)) = word.strip_prefix("on-").and_then(colour) {
                look.ground = Some(*found);
            } else {
                return Err(UnknownLook(word.to_owned()));
            }
        }
        Ok(look)
    }

    /// All words that a look may be described by, grounds left out.
    pub fn words() -> impl Iterator<Item = &'static str> + Clone {
        let colours = COLOURS.iter().map(|(name, _)| *name);
        colours.chain(ATTRIBUTES.iter().map(|(name, _)| *name))
    }

    pub(super) fn style(self) -> Style {
        Style {
            fg: self.colour,
            bg: self.ground,
            ..Style::new().add_modifier(self.attributes)
        }
    }

    /// `text` with the escapes that show it so on a terminal, and end it. `text` has to be harmless.
    pub fn painted(self, text: &str) -> String {
        let code = |colour: Color, ground: u8| {
            let number = COLOURS.iter().position(|(_, known)| *known == colour);
            match number.and_then(|number| u8::try_from(number).ok()) {
                None | Some(0) => 39 + ground,
                Some(number @ 1..=8) => 29 + number + ground,
                Some(number) => 81 + number + ground,
            }
        };
        let attributes = [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::UNDERLINED, 4),
            (Modifier::REVERSED, 7),
        ];
        let attributes = attributes.into_iter();
        let codes = attributes
            .filter(|(attribute, _)| self.attributes.contains(*attribute))
            .map(|(_, code)| code)
            .chain(self.colour.map(|colour| code(colour, 0)))
            .chain(self.ground.map(|ground| code(ground, 10)));
        let codes: Vec<String> = codes.map(|code: u8| code.to_string()).collect();
        if codes.is_empty() {
            text.to_owned()
        } else {
            format!("\x1b[{}m{text}\x1b[0m", codes.join(";"))
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn words_describe_a_look_in_any_order() {
        let look = Look::parse("bold red on-black").unwrap();
        assert_eq!(look, Look::parse("on-black  red bold").unwrap());
        let style = look.style();
        assert_eq!((style.fg, style.bg), (Some(Color::Red), Some(Color::Black)));
        assert_eq!(style.add_modifier, Modifier::BOLD);
        assert_eq!(Look::parse(""), Ok(Look::default()));
        assert_eq!(Look::parse("bold rde"), Err(UnknownLook("rde".to_owned())));
        assert!(Look::words().all(|word| Look::parse(word).is_ok()));
    }

    #[test]
    fn a_look_is_painted_with_the_escapes_of_the_sixteen_colours() {
        for (words, painted) in [
            ("", "x"),
            ("red bold", "\x1b[1;31mx\x1b[0m"),
            ("bright-black", "\x1b[90mx\x1b[0m"),
            ("bright-white on-blue", "\x1b[97;44mx\x1b[0m"),
            ("default on-bright-red", "\x1b[39;101mx\x1b[0m"),
        ] {
            assert_eq!(Look::parse(words).unwrap().painted("x"), painted);
        }
    }
}
