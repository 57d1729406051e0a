//! Roles → styles and glyphs: the only place that knows what a thing looks like.
//! Only the terminal's own sixteen colours, never blue for text, and no meaning by colour alone.

mod look;

use ratatui::style::Style;

use crate::model::status::{Direction, Tone};

pub use look::{Look, UnknownLook};

/// What a cell is for: a theme's role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paint {
    Text,
    Strong,
    Label,
    Frame,
    Focus,
    Selection,
    Key,
    Link,
    Match,
    Tone(Tone),
}

/// The names that theme files know roles by, in the order of the looks.
pub const ROLES: [&str; 16] = [
    "text",
    "strong",
    "label",
    "frame",
    "focus",
    "selection",
    "key",
    "link",
    "match",
    "success",
    "progress",
    "failure",
    "attention",
    "trouble",
    "inbound",
    "outbound",
];

/// The themes that are built in, each role's look in the order of [`ROLES`]. `assets/themes` tells the same.
const BUILT_IN: [(&str, [&str; ROLES.len()]); 3] = [
    (
        "terminal",
        [
            "",
            "bold",
            "dim",
            "bright-black",
            "bold reverse",
            "reverse",
            "bold",
            "underline",
            "bold underline",
            "cyan",
            "yellow",
            "red bold",
            "magenta",
            "magenta bold",
            "green",
            "default",
        ],
    ),
    (
        "mono",
        [
            "",
            "bold",
            "dim",
            "",
            "bold reverse",
            "reverse",
            "bold",
            "underline",
            "bold underline",
            "",
            "",
            "bold",
            "underline",
            "bold underline",
            "",
            "",
        ],
    ),
    (
        "high-contrast",
        [
            "",
            "bold",
            "",
            "",
            "bold reverse",
            "reverse",
            "bold underline",
            "underline",
            "bold reverse",
            "cyan bold",
            "yellow bold",
            "red bold reverse",
            "magenta bold underline",
            "magenta bold reverse",
            "green bold",
            "default bold",
        ],
    ),
];

/// The look of every role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Looks([Look; ROLES.len()]);

impl Looks {
    /// The theme used where none is chosen: the terminal's own sixteen colours.
    pub const DEFAULT: &str = "terminal";
    /// The one without colours.
    pub const MONO: &str = "mono";

    /// The names of the themes that are built in.
    pub fn built_in() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The built-in theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, words) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        // That they are all looks is tested.
        Some(Self(
            words.map(|words| Look::parse(words).unwrap_or_default()),
        ))
    }

    /// The same with another look for a role; unchanged where there is no such role.
    #[must_use]
    pub fn with(mut self, role: &str, look: Look) -> Self {
        if let Some(at) = ROLES.iter().position(|known| *known == role) {
            self.0[at] = look;
        }
        self
    }

    /// The look of a cell of that kind.
    pub fn look(&self, paint: Paint) -> Look {
        self.0[match paint {
            Paint::Text => 0,
            Paint::Strong => 1,
            Paint::Label => 2,
            Paint::Frame => 3,
            Paint::Focus => 4,
            Paint::Selection => 5,
            Paint::Key => 6,
            Paint::Link => 7,
            Paint::Match => 8,
            Paint::Tone(Tone::Success) => 9,
            Paint::Tone(Tone::Progress) => 10,
            Paint::Tone(Tone::Failure) => 11,
            Paint::Tone(Tone::Attention) => 12,
            Paint::Tone(Tone::Trouble) => 13,
            Paint::Tone(Tone::Inbound) => 14,
            Paint::Tone(Tone::Neutral) => 15,
        }]
    }
}

impl Default for Looks {
    fn default() -> Self {
        Self::named(Self::DEFAULT).unwrap_or(Self([Look::default(); ROLES.len()]))
    }
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
    /// Several messages together.
    pub batch: &'static str,
    pub eye: &'static str,
    pub secret: &'static str,
    pub spinner: [&'static str; 4],
    /// A column of a bar, full and empty.
    pub bar: [&'static str; 2],
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
    batch: "▪",
    eye: "◉",
    secret: "•",
    spinner: ["⠋", "⠙", "⠸", "⠴"],
    bar: ["█", "░"],
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
    batch: "#",
    eye: "o",
    secret: "*",
    spinner: ["|", "/", "-", "\\"],
    bar: ["#", "."],
};

/// What everything looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Theme {
    pub looks: Looks,
    pub signs: Signs,
}

impl Theme {
    pub fn new(looks: Looks, unicode: bool) -> Self {
        Self {
            looks,
            signs: if unicode { UNICODE } else { ASCII },
        }
    }

    pub fn style(&self, paint: Paint) -> Style {
        self.looks.look(paint).style()
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn every_built_in_look_is_one() {
        for (name, words) in BUILT_IN {
            for words in words {
                assert!(Look::parse(words).is_ok(), "{name}: {words}");
            }
        }
        assert_eq!(Looks::default(), Looks::named("terminal").unwrap());
        assert_eq!(Looks::named("nosuch"), None);
    }

    #[test]
    fn a_look_is_changed_by_its_roles_name() {
        let look = Look::parse("blue").unwrap();
        for (at, role) in ROLES.iter().enumerate() {
            assert_eq!(Looks::default().with(role, look).0[at], look, "{role}");
        }
        assert_eq!(Looks::default().with("nosuch", look), Looks::default());
    }

    #[test]
    fn without_colours_no_role_has_one() {
        let mono = Looks::named(Looks::MONO).unwrap();
        assert!(mono.0.iter().all(|look| look.style().fg.is_none()));
    }
}
