//! The detail pane: verdict first, then the outline, painted a window at a time.
//! Never lays anything out: lines come with the view, columns from the layout.

use jiff::Timestamp;
use ratatui::layout::{Position, Rect};

use crate::app::layout::{Focus, Panes, columns};
use crate::app::state::{Detail, State};
use crate::app::update::position;
use crate::app::view::{Line, View};
use crate::model::outline::{Head, Role, Row};
use crate::model::shown::Shown;
use crate::model::status::Tone;
use crate::model::text::width;

use super::canvas::Canvas;
use super::history::spinner;
use super::theme::Paint;
use super::{batch, start, timeline};

pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) {
    let area = panes.detail;
    if area.is_empty() {
        return;
    }
    match &state.detail {
        Detail::Start => start::draw(canvas, state, area),
        Detail::Asking(_, id) => start::asking(canvas, state, id, area),
        Detail::Answer(_) | Detail::Batch(_) => {
            if let Some(view) = state.view() {
                let find = (!state.find.is_empty()).then_some(state.find.as_str());
                view_rows(canvas, state, view, find, area);
            }
        }
    }
}

fn view_rows(canvas: &mut Canvas<'_>, state: &State, view: &View, find: Option<&str>, area: Rect) {
    let focused = state.focus == Focus::Detail;
    let mut y = area.y;
    if let Some(head) = &view.outline.head {
        let end = self::head(canvas, state, head, Rect { height: 1, ..area });
        if focused && view.on_head() {
            canvas.select(Rect::new(area.x, y, end - area.x, 1));
        }
        y += 1;
    }
    for ((position, line), y) in view.visible().zip(y..area.bottom()) {
        let row = Rect::new(area.x, y, area.width, 1);
        let end = match asking(canvas, state, view, line) {
            Some(spinner) => asked_line(canvas, view, line, spinner, row),
            None => self::line(canvas, view, line, find, row),
        };
        if focused && position == view.cursor() {
            canvas.select(Rect::new(
                area.x,
                y,
                (end + 1).min(area.right()) - area.x,
                1,
            ));
        }
    }
}

/// The spinner of a row whose own lookup is under way.
fn asking(canvas: &Canvas<'_>, state: &State, view: &View, line: Line) -> Option<&'static str> {
    let Detail::Answer(opened) = &state.detail else {
        return None;
    };
    let row = view.outline.rows.get(line.row as usize)?;
    let linking = state.linking_of(&opened.snapshot, row.lead.as_deref()?)?;
    (line.start == 0).then(|| spinner(canvas, state, linking.since))
}

/// Its line, with that in the place of the value.
fn asked_line(canvas: &mut Canvas<'_>, view: &View, line: Line, spinner: &str, area: Rect) -> u16 {
    let index = line.row as usize;
    let Some(row) = view.outline.rows.get(index) else {
        return area.x;
    };
    let at = columns(row.role, row.depth, area.width);
    let end = label(canvas, view, index, row, area, at.label, at.value);
    let x = match row.role {
        Role::Section => end + 2,
        _ => area.x + at.value,
    };
    let progress = Paint::Tone(Tone::Progress);
    let x = canvas.put(x, area.y, 1, spinner, progress) + 1;
    canvas.put_cut(
        x,
        area.y,
        area.right().saturating_sub(x),
        "asking",
        progress,
    )
}

/// Glyph, word, direction, type, and the time where it fits.
fn head(canvas: &mut Canvas<'_>, state: &State, head: &Head, area: Rect) -> u16 {
    let gap = if area.width >= 70 { 3 } else { 2 };
    let (y, end) = (area.y, area.right() - 1);
    let mut x = area.x + 1;
    let room = |x: u16| end.saturating_sub(x);
    let glyph = glyph(canvas, head.tone, head.word.as_str());
    x = canvas.put(x, y, room(x), glyph, Paint::Tone(head.tone)) + 1;
    x = canvas.put_cut(x, y, room(x), head.word.as_str(), Paint::Tone(head.tone)) + gap;
    if let Some((direction, word)) = &head.direction {
        let tone = Paint::Tone(direction.tone());
        let arrow = canvas.theme.arrow(direction);
        x = canvas.put(x, y, room(x), arrow, tone) + 1;
        x = canvas.put_cut(x, y, room(x), word.as_str(), tone) + gap;
    }
    if !head.kind.as_str().is_empty() {
        x = canvas.put_cut(x, y, room(x), head.kind.as_str(), Paint::Label);
    }
    if let Some(done) = head.done {
        return bar(
            canvas,
            head,
            done,
            Rect {
                x,
                width: end.saturating_sub(x),
                ..area
            },
        );
    }
    for form in head.when.forms(state.now) {
        if canvas.put_right(x + 2, end, y, &form, Paint::Label) {
            return end;
        }
    }
    x
}

/// How far it is, as a bar, and the time where both fit; tells the column behind them.
fn bar(canvas: &mut Canvas<'_>, head: &Head, (done, all): (usize, usize), area: Rect) -> u16 {
    let (y, end) = (area.y, area.right());
    let mut room = area.width;
    let mut behind = area.x;
    for form in head.when.forms(Timestamp::UNIX_EPOCH) {
        let wide = u16::try_from(width(&form)).unwrap_or(u16::MAX);
        let left = area.width.saturating_sub(wide.saturating_add(2));
        if left >= LEAST && canvas.put_right(area.x + LEAST, end, y, &form, Paint::Label) {
            (room, behind) = (left, end);
            break;
        }
    }
    let columns = usize::from(room.min(MOST));
    let full = done * columns / all.max(1);
    let [sign, rest] = canvas.theme.signs.bar;
    let bar = sign.repeat(full) + &rest.repeat(columns - full);
    behind.max(canvas.put(area.x, y, room, &bar, Paint::Text))
}

/// Columns of the headline's bar.
const LEAST: u16 = 8;
const MOST: u16 = 32;

/// The sign of a status; what was never on its way has a dot.
pub(super) fn glyph(canvas: &Canvas<'_>, tone: Tone, word: &str) -> &'static str {
    if tone == Tone::Neutral && matches!(word, "log entry" | "conversation" | "waiting" | "stopped")
    {
        canvas.theme.signs.dot
    } else {
        canvas.theme.glyph(tone)
    }
}

/// A line of the outline; tells the column behind it.
pub(super) fn line(
    canvas: &mut Canvas<'_>,
    view: &View,
    line: Line,
    find: Option<&str>,
    area: Rect,
) -> u16 {
    let Some(row) = view.outline.rows.get(line.row as usize) else {
        return area.x;
    };
    if let Some(cells) = &row.cells {
        if matches!(row.role, Role::Tally | Role::MemberHeads | Role::Member) {
            return batch::row(canvas, row, cells, find, area);
        }
        let open = view.open[line.row as usize];
        return timeline::lookup(canvas, row, cells, open, find, area);
    }
    let at = columns(row.role, row.depth, area.width);
    let first = line.start == 0;
    let mut end = area.x;
    let value = row.value.as_str();
    let text = value
        .get(line.start as usize..line.end as usize)
        .unwrap_or_default();
    if first {
        // A long name reaches into the value's column where the whole value still fits behind it.
        let named = at.label
            + u16::try_from(width(row.label.as_str()))
                .unwrap_or(u16::MAX)
                .min(area.width);
        let needed = usize::from(named) + 2 + width(text);
        let whole = text.len() == value.len() && needed <= usize::from(area.width);
        let room = if whole {
            at.value.max(named + 1)
        } else {
            at.value
        };
        end = label(canvas, view, line.row as usize, row, area, at.label, room);
    }
    if text.is_empty() {
        return end;
    }
    let paint = match row.role {
        Role::Why => Paint::Strong,
        Role::Attachment => Paint::Link,
        Role::Section => Paint::Label,
        Role::Line(side) => timeline::paint(side),
        _ if text.starts_with("http://") || text.starts_with("https://") => Paint::Link,
        _ => Paint::Text,
    };
    let x = if row.role == Role::Section {
        end + 2
    } else {
        area.x + at.value.max(end.saturating_sub(area.x) + 1)
    };
    let x = if first { x } else { area.x + at.value };
    let end = canvas.put(x, area.y, area.right().saturating_sub(x), text, paint);
    if let Some(find) = find {
        matches(canvas, text, find, x, area);
    }
    end
}

/// The label of a row's first line, with the sign of its fold.
fn label(
    canvas: &mut Canvas<'_>,
    view: &View,
    index: usize,
    row: &Row,
    area: Rect,
    at: u16,
    value: u16,
) -> u16 {
    let x = area.x + at;
    let y = area.y;
    let fold = if view.open[index] && !row.loads() {
        canvas.theme.signs.open
    } else {
        canvas.theme.signs.closed
    };
    match row.role {
        Role::Section => {
            let x = if row.folds() || row.loads() {
                canvas.put(x, y, 1, fold, Paint::Key) + 1
            } else {
                x
            };
            canvas.put_cut(x, y, area.right() - x, row.label.as_str(), Paint::Text)
        }
        _ if row.label.as_str().is_empty() => area.x,
        Role::Line(side) => canvas.put(x, y, 1, row.label.as_str(), timeline::paint(side)),
        Role::Attachment => {
            if row.folds() {
                canvas.put(x.saturating_sub(2), y, 1, fold, Paint::Key);
            }
            canvas.put(x, y, 3, row.label.as_str(), Paint::Key)
        }
        _ => {
            if row.folds() || row.loads() {
                canvas.put(x.saturating_sub(2), y, 1, fold, Paint::Key);
            }
            let room = value.saturating_sub(at + 1).max(1);
            canvas.put_cut(x, y, room, row.label.as_str(), Paint::Label)
        }
    }
}

pub(super) fn matches(canvas: &mut Canvas<'_>, text: &str, find: &str, x: u16, area: Rect) {
    let mut from = 0;
    while let Some(at) = position(text, find, from) {
        from = at + find.len();
        let (Some(before), Some(found)) = (text.get(..at), text.get(at..from)) else {
            continue;
        };
        let x = x.saturating_add(u16::try_from(width(before)).unwrap_or(u16::MAX));
        canvas.put(
            x,
            area.y,
            area.right().saturating_sub(x),
            found,
            Paint::Match,
        );
    }
}

/// A prompt at the foot of the pane, or of the history where that is alone.
pub(super) fn draw_prompt(
    canvas: &mut Canvas<'_>,
    panes: &Panes,
    words: &str,
    text: &str,
) -> Option<Position> {
    let area = if panes.detail.is_empty() {
        panes.history
    } else {
        panes.detail
    };
    if area.is_empty() {
        return None;
    }
    let y = area.bottom() - 1;
    canvas.clear(Rect::new(area.x, y, area.width, 1));
    let x = canvas.put(area.x + 1, y, area.width, words, Paint::Text) + 1;
    let x = canvas.put(x, y, 2, canvas.theme.signs.prompt, Paint::Key) + 1;
    let text = Shown::line(text);
    let room = area.right().saturating_sub(x + 1);
    let end = canvas.put(x, y, room, text.as_str(), Paint::Text);
    Some(Position::new(end.min(area.right() - 1), y))
}
