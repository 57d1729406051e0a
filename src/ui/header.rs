//! The line with the id box, or the masked token prompt in its place.
//! Never draws a token: only how long it is.

use ratatui::layout::Position;

use crate::app::layout::{Focus, Panes, Shape};
use crate::app::state::{Overlay, State};
use crate::model::id::looks_like_token;
use crate::model::shown::Shown;
use crate::model::text::clusters;

use super::canvas::Canvas;
use super::frame::{limits, place};
use super::theme::Paint;

pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) -> Option<Position> {
    let area = panes.header;
    let y = area.y;
    let mut x = area.x + 1;
    if panes.shape != Shape::Wide {
        let place = Shown::line(&place(state));
        x = canvas.put_cut(x, y, area.width / 3, place.as_str(), Paint::Strong) + 2;
    }
    let prompt = canvas.theme.signs.prompt;
    if let Some(Overlay::Token(token)) = &state.overlay {
        x = canvas.put(x, y, area.width, "Token ", Paint::Text);
        x = canvas.put(x, y, area.width, prompt, Paint::Key) + 1;
        let room = area.right().saturating_sub(x + 1);
        let dots = canvas
            .theme
            .signs
            .secret
            .repeat(token.len().min(usize::from(room.saturating_sub(1))));
        let end = canvas.put(x, y, room, &dots, Paint::Text);
        return Some(Position::new(end, y));
    }
    x = canvas.put(x, y, area.width, "Message id ", Paint::Text);
    x = canvas.put(x, y, area.width, prompt, Paint::Key) + 1;
    let mut right = area.right().saturating_sub(1);
    if panes.shape == Shape::Medium
        && let Some(limits) = limits(state)
    {
        let short = limits.split(' ').next().unwrap_or_default();
        if canvas.put_right(x + 24, right, y, short, Paint::Label) {
            right = right.saturating_sub(u16::try_from(short.len()).unwrap_or(0) + 1);
        }
    }
    let room = right.saturating_sub(x);
    let column = text(canvas, state, x, y, room);
    let typing = state.focus == Focus::Box && state.overlay.is_none();
    typing.then(|| Position::new((x + column).min(right), y))
}

/// The box's text or the ghost of the id shown below; tells the cursor's column.
fn text(canvas: &mut Canvas<'_>, state: &State, x: u16, y: u16, room: u16) -> u16 {
    let input = &state.input;
    if input.is_empty() {
        if let Some(ghost) = state.shown_id() {
            canvas.put_cut(x, y, room, ghost.as_str(), Paint::Label);
        }
        return 0;
    }
    let typed = input.text();
    let shown = if looks_like_token(typed) {
        Shown::line(&canvas.theme.signs.secret.repeat(typed.chars().count()))
    } else {
        Shown::line(typed)
    };
    let before: String = typed.chars().take(input.cursor()).collect();
    let cursor = Shown::line(&before).width();
    let skip = (cursor + 1).saturating_sub(usize::from(room.max(1)));
    let rest = after_columns(shown.as_str(), skip);
    canvas.put(x, y, room, rest, Paint::Text);
    u16::try_from(cursor - skip.min(cursor)).unwrap_or(room)
}

/// What is left of `text` behind its first `skip` columns.
fn after_columns(text: &str, skip: usize) -> &str {
    let mut left = skip;
    let behind = clusters(text).find(|cluster| {
        let is_behind = left == 0;
        left = left.saturating_sub(cluster.width);
        is_behind
    });
    behind.map_or("", |cluster| &text[cluster.start..])
}
