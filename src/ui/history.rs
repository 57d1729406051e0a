//! The history pane: a row a message, its glyph in its colour, its reason where it failed.
//! Never touches a row outside the window.

use jiff::Timestamp;
use ratatui::layout::{Position, Rect};

use crate::app::action::{Action, Context, Edit};
use crate::app::history::{BatchRow, Item, Line, Row as Kept};
use crate::app::layout::{Focus, Panes, Shape};
use crate::app::state::{Detail, SPIN, SPIN_AFTER, State};
use crate::app::update::position;
use crate::model::shown::Shown;
use crate::model::status::Tone;
use crate::model::text::{age, between, count, cut, width, wrap};

use super::canvas::Canvas;
use super::theme::Paint;

pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) {
    let area = panes.history;
    if area.is_empty() {
        return;
    }
    let history = &state.history;
    if history.is_empty() {
        return empty(canvas, state, area);
    }
    let lines = history.lines(state.now, usize::from(area.height));
    for (line, y) in lines.into_iter().zip(area.top()..area.bottom()) {
        let row = Rect::new(area.x, y, area.width, 1);
        match line {
            Line::Heading(words) => heading(canvas, &words, row),
            Line::Row(index) => {
                self::row(canvas, state, history.item(index), row, panes.shape);
                if state.focus == Focus::History && index == history.scroll.cursor {
                    canvas.select(row);
                }
            }
        }
    }
}

/// What is said where there is no row.
fn empty(canvas: &mut Canvas<'_>, state: &State, area: Rect) {
    let all = count(state.history.all() as u64);
    let filtered = state.history.filtered.as_ref();
    let words = match filtered.filter(|filtered| filtered.is_active()) {
        None => "Nothing looked up yet.".to_owned(),
        Some(filtered) if !filtered.pages.is_current() => return,
        Some(filtered) if filtered.text.trim().is_empty() => format!("No failures in {all}."),
        Some(filtered) => {
            let key = state.setting.keys.hint(
                &[Context::FilterPrompt, Context::Anywhere],
                Action::Edit(Edit::Empty),
            );
            let key = key.map_or_else(String::new, |key| format!(" {key} shows all."));
            let failures = if filtered.failures { "failures " } else { "" };
            let text = filtered.text.trim();
            format!("No match in {failures}{all} for *{text}*.{key}")
        }
    };
    let words = Shown::line(&words);
    let room = area.width.saturating_sub(2);
    let lines = wrap(words.as_str(), usize::from(room)).into_iter();
    for (range, y) in lines.zip(area.top() + 1..area.bottom()) {
        canvas.put(area.x + 1, y, room, &words.as_str()[range], Paint::Label);
    }
}

/// `yesterday ───`
fn heading(canvas: &mut Canvas<'_>, words: &str, row: Rect) {
    let x = canvas.put_cut(row.x + 1, row.y, row.width - 1, words, Paint::Frame);
    canvas.rule(x + 1, row.right() - 1, row.y);
}

fn row(canvas: &mut Canvas<'_>, state: &State, item: Item<'_>, row: Rect, shape: Shape) {
    let y = row.y;
    if let Item::Batch(batch) = item {
        return self::batch(canvas, state, batch, row);
    }
    let Some(id) = item.id() else {
        canvas.put(row.x + 1, y, 1, canvas.theme.signs.dot, Paint::Label);
        return;
    };
    if state.shown_id() == Some(id) {
        canvas.put(row.x, y, 1, canvas.theme.signs.mark, Paint::Key);
    }
    let at = match item {
        Item::Entry(entry) => Some(entry.since),
        Item::Batch(_) | Item::Kept(_) | Item::Unread => item.row().map(|row| row.at),
    };
    let age = match at {
        _ if state.watches(id) => canvas.theme.signs.eye.to_owned(),
        Some(at) => age(between(at, state.now)),
        None => String::new(),
    };
    let right = row.right() - 1;
    canvas.put_right(row.x + 12, right, y, &age, Paint::Label);
    let end = right - 1 - u16::try_from(width(&age)).unwrap_or(0);
    let gap = u16::from(shape != Shape::Medium);
    // Below its batch a message stands a column to the right.
    let below =
        matches!(item, Item::Entry(entry) if state.history.recent.batch_of(entry).is_some());
    let below = below && state.history.filter().is_none();
    let mut x = row.x + 1 + u16::from(below);
    let (glyph, tone) = glyph(canvas, state, item);
    x = canvas.put(x, y, 1, glyph, Paint::Tone(tone)) + gap;
    let Some(kept) = item.row() else {
        let asking = matches!(item, Item::Entry(entry) if entry.asking);
        let words = if asking { "asking " } else { "stopped " };
        x = canvas.put(x.max(row.x + 3), y, end - x, words, Paint::Text);
        canvas.put_cut(x, y, end.saturating_sub(x), id.as_str(), Paint::Label);
        return;
    };
    let x = answer(canvas, kept, (x, y, end), gap);
    found(canvas, state, kept.snippet.as_str(), x, (y, end));
}

/// `▪ batch of 50  5 ✗`
fn batch(canvas: &mut Canvas<'_>, state: &State, batch: &BatchRow, row: Rect) {
    let Some(own) = state.batch(batch.number) else {
        return;
    };
    let (y, right) = (row.y, row.right() - 1);
    // What is shown may be one of its messages that is folded away.
    let shown = match &state.detail {
        Detail::Batch(shown) => Some(*shown),
        _ => state.shown_id().and_then(|id| {
            let entry = state.history.entry(id)?;
            let own = state.history.recent.batch_of(entry)?;
            (!own.open).then_some(own.number)
        }),
    };
    if shown == Some(batch.number) {
        canvas.put(row.x, y, 1, canvas.theme.signs.mark, Paint::Key);
    }
    let age = age(between(batch.since, state.now));
    canvas.put_right(row.x + 12, right, y, &age, Paint::Label);
    let end = right - 1 - u16::try_from(width(&age)).unwrap_or(0);
    let all = own.members.len() as u64;
    let (sign, tone, words) = if own.is_under_way() {
        let sign = spinner(canvas, state, batch.since);
        let ended = own.counts.ended as u64;
        let words = format!("{} of {}", count(ended), count(all));
        (sign, Tone::Progress, words)
    } else {
        let words = format!("batch of {}", count(all));
        (canvas.theme.signs.batch, Tone::Neutral, words)
    };
    let x = canvas.put(row.x + 1, y, 1, sign, Paint::Tone(tone)) + 1;
    let mut x = canvas.put_cut(x, y, end.saturating_sub(x), &words, Paint::Text);
    let counts = [
        (own.counts.failed, Tone::Failure),
        (own.counts.troubled, Tone::Trouble),
    ];
    for (number, tone) in counts.into_iter().filter(|(number, _)| *number > 0) {
        let number = count(number as u64);
        let wide = u16::try_from(width(&number) + 4).unwrap_or(u16::MAX);
        if x.saturating_add(wide) > end {
            break;
        }
        x = canvas.put(x + 2, y, wide, &number, Paint::Text) + 1;
        x = canvas.put(x, y, 1, canvas.theme.glyph(tone), Paint::Tone(tone));
    }
}

/// What the lookup brought; tells the column of the snippet.
fn answer(canvas: &mut Canvas<'_>, kept: &Kept, (x, y, end): (u16, u16, u16), gap: u16) -> u16 {
    if kept.tone == Tone::Trouble {
        let x = x + 1 - gap;
        canvas.put_cut(
            x,
            y,
            end.saturating_sub(x),
            kept.snippet.as_str(),
            Paint::Text,
        );
        return x;
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
    x
}

/// Marks the words that are looked for.
fn found(canvas: &mut Canvas<'_>, state: &State, text: &str, x: u16, (y, end): (u16, u16)) {
    let Some(filter) = state.history.filter() else {
        return;
    };
    let shown = cut(text, usize::from(end.saturating_sub(x)));
    for word in filter.words() {
        let mut from = 0;
        while let Some(at) = position(&shown, word, from) {
            from = at + word.len();
            let (Some(before), Some(word)) = (shown.get(..at), shown.get(at..from)) else {
                break;
            };
            let begins = before
                .chars()
                .next_back()
                .is_none_or(|letter| !letter.is_alphanumeric());
            if begins {
                let x = x.saturating_add(u16::try_from(width(before)).unwrap_or(u16::MAX));
                canvas.put(x, y, end.saturating_sub(x), word, Paint::Match);
            }
        }
    }
}

/// The filter prompt at the foot of the pane.
pub(super) fn draw_filter(
    canvas: &mut Canvas<'_>,
    state: &State,
    panes: &Panes,
) -> Option<Position> {
    let area = panes.history;
    if area.is_empty() {
        return None;
    }
    let y = area.bottom() - 1;
    canvas.clear(Rect::new(area.x, y, area.width, 1));
    let words = if area.width < 30 {
        "filter "
    } else {
        "filter history "
    };
    let x = canvas.put(area.x + 1, y, area.width, words, Paint::Text);
    let x = canvas.put(x, y, 2, canvas.theme.signs.prompt, Paint::Key) + 1;
    let text = state.history.filtered.as_ref().map(|own| own.text.as_str());
    let text = Shown::line(text.unwrap_or_default());
    let room = area.right().saturating_sub(x + 1);
    // Of a text that is too long the end is seen, where letters come.
    let end = canvas.put(
        x,
        y,
        room,
        tail(text.as_str(), usize::from(room)),
        Paint::Text,
    );
    Some(Position::new(end.min(area.right() - 1), y))
}

/// As much of a text's end as fits in `room` columns.
fn tail(text: &str, room: usize) -> &str {
    let mut from = text.char_indices().map(|(at, _)| at);
    from.find_map(|at| Some(&text[at..]).filter(|rest| width(rest) <= room))
        .unwrap_or_default()
}

fn glyph(canvas: &Canvas<'_>, state: &State, item: Item<'_>) -> (&'static str, Tone) {
    if let Item::Entry(entry) = item
        && entry.asking
    {
        return (spinner(canvas, state, entry.since), Tone::Progress);
    }
    match item.row() {
        Some(kept) => (word_glyph(canvas, kept.tone, kept.kind.as_str()), kept.tone),
        None => (canvas.theme.signs.dot, Tone::Neutral),
    }
}

fn word_glyph(canvas: &Canvas<'_>, tone: Tone, kind: &str) -> &'static str {
    let log = tone == Tone::Neutral && matches!(kind, "LOG" | "NOTE" | "FORM" | "CONV");
    if log {
        canvas.theme.signs.dot
    } else {
        canvas.theme.glyph(tone)
    }
}

/// The sign of a lookup under way; it turns only when the answer is slow.
pub(super) fn spinner(canvas: &Canvas<'_>, state: &State, since: Timestamp) -> &'static str {
    let waited = between(since, state.now);
    if waited < SPIN_AFTER {
        return canvas.theme.glyph(Tone::Progress);
    }
    let turn = waited.as_millis() / SPIN.as_millis();
    canvas.theme.signs.spinner[usize::try_from(turn % 4).unwrap_or(0)]
}
