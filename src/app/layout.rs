//! Where the panes are at a size: one pure function, asked by scrolling and by painting alike.
//! Never depends on what is in the panes.

use ratatui::layout::Rect;

/// The pane that has the keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    Box,
    History,
    Detail,
}

/// How the screen is divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A frame with shared edges around header, history and detail.
    Wide,
    /// No frame: one rule, one divider.
    Medium,
    /// One pane at a time.
    Narrow,
    /// One line that says so.
    TooSmall,
}

/// The areas of the screen. An area that is not shown is empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Panes {
    pub shape: Shape,
    pub screen: Rect,
    /// The line with the box.
    pub header: Rect,
    /// The row the titles stand on.
    pub titles: Rect,
    pub history: Rect,
    pub detail: Rect,
    pub footer: Rect,
}

const HISTORY_WIDE: u16 = 34;
const HISTORY_MEDIUM: u16 = 24;
/// Narrower it tells nothing.
const HISTORY_LEAST: u16 = 16;

/// Below this only one line is drawn.
pub const LEAST: (u16, u16) = (40, 8);

/// How the room is divided by the user: what is set with keys and the mouse.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Division {
    /// The focused pane gets all the room.
    pub alone: bool,
    /// The history's columns, where its edge was dragged.
    pub history: Option<u16>,
}

impl Division {
    /// The history's columns in `width`: as dragged, as far as both panes can still be read.
    fn history(self, usual: u16, width: u16) -> u16 {
        let most = width.saturating_sub(LEAST.0 + 3);
        self.history
            .map_or(usual, |dragged| dragged.clamp(HISTORY_LEAST, most))
    }
}

/// The panes of a screen of `width` by `height` cells.
pub fn panes(width: u16, height: u16, focus: Focus, division: Division) -> Panes {
    let alone = division.alone;
    let screen = Rect::new(0, 0, width, height);
    let none = Rect::new(0, 0, 0, 0);
    let mut panes = Panes {
        shape: Shape::TooSmall,
        screen,
        header: none,
        titles: none,
        history: none,
        detail: none,
        footer: none,
    };
    if width < LEAST.0 || height < LEAST.1 {
        return panes;
    }
    panes.footer = Rect::new(0, height - 1, width, 1);
    let one = alone || width < 80;
    if width >= 100 && height >= 26 && !alone {
        panes.shape = Shape::Wide;
        panes.header = Rect::new(1, 1, width - 2, 1);
        panes.titles = Rect::new(0, 2, width, 1);
        let rows = height - 5;
        let history = division.history(HISTORY_WIDE, width);
        panes.history = Rect::new(1, 3, history, rows);
        panes.detail = Rect::new(history + 2, 3, width - history - 3, rows);
        return panes;
    }
    panes.header = Rect::new(0, 0, width, 1);
    panes.titles = Rect::new(0, 1, width, 1);
    let rows = height - 3;
    if one {
        panes.shape = Shape::Narrow;
        let all = Rect::new(0, 2, width, rows);
        match focus {
            Focus::History => panes.history = all,
            Focus::Box | Focus::Detail => panes.detail = all,
        }
    } else {
        panes.shape = Shape::Medium;
        let history = division.history(HISTORY_MEDIUM, width);
        panes.history = Rect::new(0, 2, history, rows);
        panes.detail = Rect::new(history + 1, 2, width - history - 1, rows);
    }
    panes
}

/// Columns of a row of the detail pane, from its left edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Columns {
    pub label: u16,
    pub value: u16,
    /// How wide a value may be; at least 1.
    pub width: u16,
}

/// Where label and value stand in a pane `width` cells wide; one blank is left at its right edge.
pub fn columns(role: crate::model::outline::Role, depth: u8, width: u16) -> Columns {
    use crate::model::outline::Role;
    let roomy = is_roomy(width);
    let indent = 1 + 4 * u16::from(depth > 0) + 2 * u16::from(depth.saturating_sub(1));
    let (label, value) = match role {
        Role::Why | Role::Evidence | Role::Next | Role::Note => (1, 7),
        Role::Section => (1, 1),
        Role::Text => (indent, indent),
        Role::Attachment => (indent, indent + 3),
        Role::Field | Role::Blank => (indent, indent + if roomy { 18 } else { 16 }),
        Role::Line(_) => (1, 3),
        Role::Tally | Role::MemberHeads | Role::Member => (3, 27),
        Role::Heads | Role::Day | Role::Lookup | Role::Listed => (3, if roomy { 46 } else { 39 }),
        Role::Change => {
            let cells = cells(width);
            (cells.status + 2, cells.seen + u16::from(!roomy))
        }
    };
    let label = label.min(width / 2);
    let least = if role.is_one_line() { 4 } else { 3 };
    let value = value.min(width.saturating_sub(width / least));
    Columns {
        label,
        value,
        width: width.saturating_sub(value + 1).max(1),
    }
}

/// Whether a pane has room for long names.
pub fn is_roomy(width: u16) -> bool {
    width >= 70
}

/// The middle columns of a timeline, from the pane's left edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CellColumns {
    pub status: u16,
    /// How long it was seen for.
    pub seen: u16,
}

/// Where they stand in a pane `width` cells wide.
pub fn cells(width: u16) -> CellColumns {
    let (status, seen) = if is_roomy(width) { (17, 32) } else { (13, 27) };
    CellColumns { status, seen }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(panes: &Panes) -> bool {
        let areas = [
            panes.header,
            panes.titles,
            panes.history,
            panes.detail,
            panes.footer,
        ];
        areas
            .iter()
            .all(|area| area.is_empty() || panes.screen.union(*area) == panes.screen)
    }

    #[test]
    fn the_three_layouts_change_at_their_sizes() {
        let shape = |width, height| panes(width, height, Focus::Box, Division::default()).shape;
        assert_eq!(shape(120, 30), Shape::Wide);
        assert_eq!(shape(100, 26), Shape::Wide);
        assert_eq!(
            (shape(99, 40), shape(120, 25)),
            (Shape::Medium, Shape::Medium)
        );
        assert_eq!(
            (shape(80, 24), shape(79, 24)),
            (Shape::Medium, Shape::Narrow)
        );
        assert_eq!(
            (shape(40, 8), shape(39, 30), shape(80, 7)),
            (Shape::Narrow, Shape::TooSmall, Shape::TooSmall)
        );
    }

    #[test]
    fn at_120_columns_the_detail_pane_is_83_wide_and_at_80_it_is_55() {
        assert_eq!(
            panes(120, 30, Focus::Box, Division::default()).detail.width,
            83
        );
        assert_eq!(
            panes(80, 24, Focus::Box, Division::default()).detail.width,
            55
        );
    }

    #[test]
    fn no_size_puts_a_pane_outside_the_screen() {
        for width in (0..=200).step_by(7).chain([1000]) {
            for height in (0..=60).chain([500]) {
                for focus in [Focus::Box, Focus::History, Focus::Detail] {
                    for alone in [false, true] {
                        for history in [None, Some(0), Some(40), Some(u16::MAX)] {
                            let division = Division { alone, history };
                            assert!(
                                covers(&panes(width, height, focus, division)),
                                "{width}x{height}"
                            );
                        }
                    }
                }
            }
        }
    }
}
