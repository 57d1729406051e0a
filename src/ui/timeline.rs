//! The rows of a timeline: when it was asked, what the status was and for how long, and what had changed.
//! Never laid out here: columns come from the layout, words from the model.

use ratatui::layout::Rect;

use crate::app::layout::{cells, columns, is_roomy};
use crate::model::outline::{Cells, Role, Row, Side};
use crate::model::status::Tone;
use crate::model::text::width;

use super::canvas::Canvas;
use super::detail::{glyph, matches};
use super::theme::Paint;

/// A lookup, or the heads above the lookups; tells the column behind it.
pub(super) fn lookup(
    canvas: &mut Canvas<'_>,
    row: &Row,
    own: &Cells,
    open: bool,
    find: Option<&str>,
    area: Rect,
) -> u16 {
    let (x, y, end) = (area.x, area.y, area.right() - 1);
    let at = columns(row.role, row.depth, area.width);
    let middle = cells(area.width);
    let room = |from: u16, to: u16| end.min(x + to).saturating_sub(x + from + 1);
    let roomy = is_roomy(area.width);
    let heads = row.role == Role::Heads;
    if row.folds() {
        let signs = canvas.theme.signs;
        let sign = if open { signs.open } else { signs.closed };
        canvas.put(x + 1, y, 1, sign, Paint::Key);
    }
    let label = row.label.as_str();
    let label = if roomy { label } else { first_word(label) };
    let paint = if heads { Paint::Label } else { Paint::Text };
    canvas.put_cut(x + at.label, y, room(at.label, middle.status), label, paint);
    let mut from = middle.status;
    let mut paint = Paint::Label;
    if let Some(tone) = own.tone {
        paint = Paint::Tone(tone);
        let sign = glyph(canvas, tone, own.word.as_str());
        canvas.put(x + from, y, room(from, from + 2), sign, paint);
        from += 2;
    }
    let word = own.word.as_str();
    canvas.put_cut(x + from, y, room(from, middle.seen), word, paint);
    let seen = own.seen.as_str();
    let paint = if heads { Paint::Label } else { Paint::Text };
    let behind = canvas.put_cut(x + middle.seen, y, room(middle.seen, at.value), seen, paint);
    let value = row.value.as_str();
    let fits = roomy && width(value) <= usize::from(at.width);
    let value = if fits { value } else { own.short.as_str() };
    let from = x + at.value;
    let last = canvas.put_cut(from, y, end.saturating_sub(from), value, paint);
    if let Some(find) = find {
        matches(canvas, value, find, from, area);
    }
    last.max(behind)
}

fn first_word(words: &str) -> &str {
    words.split([',', ' ']).next().unwrap_or_default()
}

/// A line of one answer alone has the colour of what is gone or of what is new.
pub(super) fn paint(side: Side) -> Paint {
    match side {
        Side::Both => Paint::Text,
        Side::Before => Paint::Tone(Tone::Failure),
        Side::After => Paint::Tone(Tone::Success),
    }
}
