//! The rows of a batch: a bar for each status, and a line for each of its lookups.
//! Never laid out here: columns come from the layout, words from the model.

use ratatui::layout::Rect;

use crate::app::layout::columns;
use crate::model::outline::{Cells, Role, Row};
use crate::model::shown::Shown;
use crate::model::status::Tone;
use crate::model::text::width;

use super::canvas::Canvas;
use super::detail::{glyph, matches};
use super::theme::Paint;

/// Columns of a status.
const STATUS: u16 = 14;
/// Columns that an id has, with a blank before it.
const ID: u16 = 21;

/// All tallies in one line, as far as they fit.
fn counts(canvas: &mut Canvas<'_>, counts: &[(Tone, Shown)], area: Rect) -> u16 {
    let (mut x, y, end) = (area.x + 1, area.y, area.right() - 1);
    for (tone, words) in counts {
        let word = words.as_str().split_once(' ').map_or("", |(_, word)| word);
        let sign = glyph(canvas, *tone, word);
        let wide = u16::try_from(width(sign) + 1 + words.width()).unwrap_or(u16::MAX);
        if x.saturating_add(wide) > end {
            break;
        }
        x = canvas.put(x, y, wide, sign, Paint::Tone(*tone)) + 1;
        x = canvas.put(x, y, wide, words.as_str(), Paint::Text) + 2;
    }
    x
}

/// A tally, the heads, or a lookup; tells the column behind it.
pub(super) fn row(
    canvas: &mut Canvas<'_>,
    row: &Row,
    own: &Cells,
    find: Option<&str>,
    area: Rect,
) -> u16 {
    let (x, y, end) = (area.x, area.y, area.right() - 1);
    let room = |from: u16| end.saturating_sub(from);
    if !own.counts.is_empty() {
        return counts(canvas, &own.counts, area);
    }
    let mut paint = Paint::Label;
    let mut bar = canvas.theme.signs.bar[0];
    if let Some(tone) = own.tone {
        paint = Paint::Tone(tone);
        let sign = glyph(canvas, tone, own.word.as_str());
        canvas.put(x + 1, y, room(x + 1), sign, paint);
        if sign == canvas.theme.signs.dot {
            bar = canvas.theme.signs.bar[1];
        }
    }
    let word = match row.role {
        Role::MemberHeads => row.label.as_str(),
        _ => own.word.as_str(),
    };
    let middle = x + 3 + STATUS;
    // A lookup that failed has no type: its word may be as long as both.
    let both = row.role == Role::Member && own.seen.as_str().is_empty();
    let wide = if both { STATUS + 9 } else { STATUS - 1 };
    canvas.put_cut(x + 3, y, room(x + 3).min(wide), word, paint);
    if row.role == Role::Tally {
        let count = own.seen.as_str();
        let at = (middle + 5).saturating_sub(u16::try_from(width(count)).unwrap_or(5));
        let behind = canvas.put_cut(at, y, room(at), count, Paint::Text);
        // Cells are whole: one that is too long ends where the pane does.
        let room = room(behind + 2);
        let bar = bar.repeat(usize::from(own.bar.min(room)));
        return canvas.put(behind + 2, y, room, &bar, paint);
    }
    if !both {
        let arrow = own.direction.as_ref();
        let arrow = arrow.map_or(" ", |direction| canvas.theme.arrow(direction));
        let kind = match row.role {
            Role::MemberHeads => middle,
            _ => canvas.put(middle, y, room(middle), arrow, Paint::Text) + 1,
        };
        let wide = room(kind).min(middle + 9 - kind);
        canvas.put_cut(kind, y, wide, own.seen.as_str(), Paint::Label);
    }
    let value = x + columns(row.role, row.depth, area.width).value;
    // The id stands at the right where there is room for a reason beside it.
    let id = row.label.as_str();
    let id = Some(id).filter(|_| row.role == Role::Member && room(value) >= ID + 16);
    let words = if id.is_some() {
        room(value) - ID
    } else {
        room(value)
    };
    let paint = match row.role {
        Role::MemberHeads => Paint::Label,
        _ => Paint::Text,
    };
    let shown = crate::model::text::cut(row.value.as_str(), usize::from(words));
    let mut behind = canvas.put(value, y, words, &shown, paint);
    if let Some(find) = find {
        matches(canvas, &shown, find, value, area);
    }
    if let Some(id) = id {
        behind = canvas.put(end - ID + 1, y, ID - 1, id, Paint::Label);
    }
    behind
}
