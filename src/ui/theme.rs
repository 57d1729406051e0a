//! Roles → styles and glyphs: the only place that knows what a thing looks like.
//! Only the terminal's own sixteen colours, never blue for text, and no meaning by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::model::status::{Direction, Tone};

/// What a cell is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paint {
    Text,
    Strong,
    Label,
    Frame,
    Focus,
    Key,
    Link,
    Match,
    Tone(Tone),
}

/// How colours are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Palette {
    #[default]
    Sixteen,
    /// `NO_COLOR`: attributes only.
    Mono,
}

/// Which signs may be drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signs {
    /// Whether other than ASCII may be drawn at all.
    pub unicode: bool,
    pub horizontal: &'static str,
    pub vertical: &'static str,
    /// ╭ ╮ ╰ ╯ ├ ┤ ┬ ┴
    pub corners: [&'static str; 8],
    pub mark: &'static str,
    pub closed: &'static str,
    pub open: &'static str,
    pub prompt: &'static str,
    pub down: &'static str,
    pub dot: &'static str,
    pub secret: &'static str,
    pub spinner: [&'static str; 4],
}

const UNICODE: Signs = Signs {
    unicode: true,
    horizontal: "─",
    vertical: "│",
    corners: ["╭", "╮", "╰", "╯", "├", "┤", "┬", "┴"],
    mark: "▌",
    closed: "▸",
    open: "▾",
    prompt: "›",
    down: "↓",
    dot: "·",
    secret: "•",
    spinner: ["⠋", "⠙", "⠸", "⠴"],
};

const ASCII: Signs = Signs {
    unicode: false,
    horizontal: "-",
    vertical: "|",
    corners: ["+"; 8],
    mark: ">",
    closed: "+",
    open: "-",
    prompt: ">",
    down: "v",
    dot: "-",
    secret: "*",
    spinner: ["|", "/", "-", "\\"],
};

/// What everything looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Theme {
    pub palette: Palette,
    pub signs: Signs,
}

impl Theme {
    pub fn new(palette: Palette, unicode: bool) -> Self {
        Self {
            palette,
            signs: if unicode { UNICODE } else { ASCII },
        }
    }

    pub fn style(&self, paint: Paint) -> Style {
        let plain = Style::new();
        let (colour, attributes) = match paint {
            Paint::Text => (None, Modifier::empty()),
            Paint::Strong | Paint::Key => (None, Modifier::BOLD),
            Paint::Label => (None, Modifier::DIM),
            Paint::Frame => (Some(Color::DarkGray), Modifier::empty()),
            Paint::Focus => (None, Modifier::BOLD.union(Modifier::REVERSED)),
            Paint::Link => (None, Modifier::UNDERLINED),
            Paint::Match => (None, Modifier::BOLD.union(Modifier::UNDERLINED)),
            Paint::Tone(tone) => return self.tone(tone),
        };
        match (colour, self.palette) {
            (Some(colour), Palette::Sixteen) => plain.fg(colour).add_modifier(attributes),
            _ => plain.add_modifier(attributes),
        }
    }

    fn tone(&self, tone: Tone) -> Style {
        let (colour, mono) = match tone {
            Tone::Success => (Color::Cyan, Modifier::empty()),
            Tone::Progress => (Color::Yellow, Modifier::empty()),
            Tone::Failure => (Color::Red, Modifier::BOLD),
            Tone::Attention => (Color::Magenta, Modifier::UNDERLINED),
            Tone::Trouble => (Color::Magenta, Modifier::BOLD.union(Modifier::UNDERLINED)),
            Tone::Inbound => (Color::Green, Modifier::empty()),
            Tone::Neutral => (Color::Reset, Modifier::empty()),
        };
        let bold = matches!(tone, Tone::Failure | Tone::Trouble);
        match self.palette {
            Palette::Mono => Style::new().add_modifier(mono),
            Palette::Sixteen if bold => Style::new().fg(colour).add_modifier(Modifier::BOLD),
            Palette::Sixteen => Style::new().fg(colour),
        }
    }

    /// The sign of a tone: told apart without colour.
    pub fn glyph(&self, tone: Tone) -> &'static str {
        let unicode = self.signs.unicode;
        match tone {
            Tone::Success => {
                if unicode {
                    "✓"
                } else {
                    "+"
                }
            }
            Tone::Progress => {
                if unicode {
                    "…"
                } else {
                    "~"
                }
            }
            Tone::Failure => {
                if unicode {
                    "✗"
                } else {
                    "x"
                }
            }
            Tone::Attention => "*",
            Tone::Trouble => "!",
            Tone::Inbound => {
                if unicode {
                    "←"
                } else {
                    "<"
                }
            }
            Tone::Neutral => "?",
        }
    }

    pub fn arrow(&self, direction: &Direction) -> &'static str {
        match (direction, self.signs.unicode) {
            (Direction::Inbound, true) => "←",
            (Direction::Inbound, false) => "<",
            (Direction::Outbound, true) => "→",
            (Direction::Outbound, false) => ">",
            (Direction::Unknown(_), _) => "?",
        }
    }
}
