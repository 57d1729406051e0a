//! The history pane: a row a message, its glyph in its colour, its reason where it failed.
//! Never touches a row outside the window.

use ratatui::layout::Rect;

use crate::app::history::{Entry, Kept};
use crate::app::layout::{Focus, Panes, Shape};
use crate::app::state::{SPIN, SPIN_AFTER, State};
use crate::model::status::Tone;
use crate::model::text::age;
use crate::model::text::width;

use super::canvas::Canvas;
use super::theme::Paint;

pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) {
    let area = panes.history;
    if area.is_empty() {
        return;
    }
    let history = &state.history;
    if history.entries.is_empty() {
        canvas.put_cut(
            area.x + 1,
            area.y + 1,
            area.width - 2,
            "Nothing looked up yet.",
            Paint::Label,
        );
        return;
    }
    let rows = history
        .entries
        .iter()
        .enumerate()
        .skip(history.scroll.offset);
    for ((index, entry), y) in rows.zip(area.top()..area.bottom()) {
        let row = Rect::new(area.x, y, area.width, 1);
        self::row(canvas, state, entry, row, panes.shape);
        if state.focus == Focus::History && index == history.scroll.cursor {
            canvas.select(row);
        }
    }
}

fn row(canvas: &mut Canvas<'_>, state: &State, entry: &Entry, row: Rect, shape: Shape) {
    let y = row.y;
    if state.shown_id() == Some(&entry.id) {
        canvas.put(row.x, y, 1, canvas.theme.signs.mark, Paint::Key);
    }
    let age = age(
        std::time::Duration::try_from(state.now.duration_since(entry.since)).unwrap_or_default(),
    );
    let right = row.right() - 1;
    canvas.put_right(row.x + 12, right, y, &age, Paint::Label);
    let end = right - 1 - u16::try_from(width(&age)).unwrap_or(0);
    let gap = u16::from(shape != Shape::Medium);
    let mut x = row.x + 1;
    let (glyph, tone) = glyph(canvas, state, entry);
    x = canvas.put(x, y, 1, glyph, Paint::Tone(tone)) + gap;
    let Some(kept) = &entry.kept else {
        let words = if entry.asking { "asking " } else { "stopped " };
        x = canvas.put(x.max(row.x + 3), y, end - x, words, Paint::Text);
        canvas.put_cut(x, y, end.saturating_sub(x), entry.id.as_str(), Paint::Label);
        return;
    };
    answer(canvas, kept, (x, y, end), gap);
}

fn answer(canvas: &mut Canvas<'_>, kept: &Kept, (x, y, end): (u16, u16, u16), gap: u16) {
    if kept.tone == Tone::Trouble {
        let x = x + 1 - gap;
        canvas.put_cut(
            x,
            y,
            end.saturating_sub(x),
            kept.snippet.as_str(),
            Paint::Text,
        );
        return;
    }
    let mut x = x;
    let arrow = kept
        .direction
        .as_ref()
        .map_or(" ", |direction| canvas.theme.arrow(direction));
    x = canvas.put(x, y, 1, arrow, Paint::Text) + gap;
    canvas.put(x, y, 5, kept.kind.as_str(), Paint::Text);
    x += 6;
    canvas.put_cut(
        x,
        y,
        end.saturating_sub(x),
        kept.snippet.as_str(),
        Paint::Text,
    );
}

fn glyph(canvas: &Canvas<'_>, state: &State, entry: &Entry) -> (&'static str, Tone) {
    if entry.asking {
        return (spinner(canvas, state, entry), Tone::Progress);
    }
    match &entry.kept {
        Some(kept) => (word_glyph(canvas, kept.tone, kept.kind.as_str()), kept.tone),
        None => ("·", Tone::Neutral),
    }
}

fn word_glyph(canvas: &Canvas<'_>, tone: Tone, kind: &str) -> &'static str {
    let log = tone == Tone::Neutral && matches!(kind, "LOG" | "NOTE" | "FORM");
    if log { "·" } else { canvas.theme.glyph(tone) }
}

/// The sign of a lookup under way; it turns only when the answer is slow.
pub(super) fn spinner(canvas: &Canvas<'_>, state: &State, entry: &Entry) -> &'static str {
    let waited =
        std::time::Duration::try_from(state.now.duration_since(entry.since)).unwrap_or_default();
    if waited < SPIN_AFTER {
        return canvas.theme.glyph(Tone::Progress);
    }
    let turn = waited.as_millis() / SPIN.as_millis();
    canvas.theme.signs.spinner[usize::try_from(turn % 4).unwrap_or(0)]
}
