//! The frame with its shared edges, and the panes' titles.
//! Focus is told by the title, not by the border: a border repainted costs two kilobytes.

use std::time::Duration;

use crate::app::action::Action;
use crate::app::layout::{Focus, Panes, Shape};
use crate::app::state::{Detail, Opened, State};
use crate::model::shown::Shown;
use crate::model::status::Tone;
use crate::model::text::{ago, between, clock, count, span, width};

use super::canvas::Canvas;
use super::theme::Paint;

pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) {
    if panes.shape == Shape::Wide {
        edges(canvas, state, panes);
    } else {
        canvas.rule(0, panes.screen.width, panes.titles.y);
        if panes.shape == Shape::Medium {
            let x = panes.history.right();
            divider(canvas, x, panes.history.top(), panes.history.bottom());
            canvas.put(
                x,
                panes.titles.y,
                1,
                canvas.theme.signs.corners[6],
                Paint::Frame,
            );
        }
    }
    titles(canvas, state, panes);
}

fn divider(canvas: &mut Canvas<'_>, x: u16, top: u16, bottom: u16) {
    for y in top..bottom {
        canvas.put(x, y, 1, canvas.theme.signs.vertical, Paint::Frame);
    }
}

fn edges(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) {
    let signs = canvas.theme.signs;
    let last = panes.screen.width - 1;
    let foot = panes.detail.bottom();
    let middle = panes.history.right();
    for (y, left, right) in [(0, 0, 1), (panes.titles.y, 4, 5), (foot, 2, 3)] {
        canvas.put(0, y, 1, signs.corners[left], Paint::Frame);
        canvas.rule(1, last, y);
        canvas.put(last, y, 1, signs.corners[right], Paint::Frame);
    }
    canvas.put(middle, panes.titles.y, 1, signs.corners[6], Paint::Frame);
    canvas.put(middle, foot, 1, signs.corners[7], Paint::Frame);
    divider(canvas, 0, 1, panes.titles.y);
    divider(canvas, last, 1, panes.titles.y);
    for x in [0, middle, last] {
        divider(canvas, x, panes.detail.top(), foot);
    }
    let x = title(canvas, 2, 0, "msgscope", Paint::Strong);
    let place = Shown::line(&place(state));
    title(canvas, x + 1, 0, place.as_str(), Paint::Text);
    if let Some(limits) = limits(state) {
        canvas.put_right(60, last - 1, 0, &format!(" {limits} "), Paint::Label);
    }
}

/// The profile, and the host where it is not the usual one.
pub(super) fn place(state: &State) -> String {
    let (profile, whom) = (state.profile(), state.whom_words(state.whom));
    let several = state.whom.one().is_none();
    if several || profile.host_is_default || !state.setting.hints.is_empty() {
        whom
    } else {
        format!("{whom} · {}", profile.host)
    }
}

/// What is left of the limits, where the API told: `97/100 per 10 s · 199,412 left today`.
pub(super) fn limits(state: &State) -> Option<String> {
    let limits = &state.limits;
    let (left, burst) = (limits.burst_left?, limits.burst?);
    let interval = limits
        .interval
        .map(|interval| format!(" per {}", span(interval)))
        .unwrap_or_default();
    let day = limits
        .day_left
        .map(|day| format!(" · {} left today", count(day)))
        .unwrap_or_default();
    Some(format!("{left}/{burst}{interval}{day}"))
}

/// ` words ` in a rule, and the column behind it.
fn title(canvas: &mut Canvas<'_>, x: u16, y: u16, words: &str, paint: Paint) -> u16 {
    let room = canvas.buffer.area.width.saturating_sub(x + 2);
    canvas.put_cut(x, y, room, &format!(" {words} "), paint)
}

fn titles(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) {
    let y = panes.titles.y;
    let focused = |focus: Focus| {
        if state.focus == focus {
            Paint::Focus
        } else {
            Paint::Text
        }
    };
    let wide = u16::from(panes.shape == Shape::Wide);
    if !panes.history.is_empty() {
        let words = history_title(state);
        title(canvas, wide + 1, y, &words, focused(Focus::History));
    }
    if !panes.detail.is_empty() {
        let x = if panes.history.is_empty() {
            1
        } else {
            panes.detail.x + 1
        };
        let words = detail_title(state, panes);
        let behind = title(canvas, x, y, &words, focused(Focus::Detail));
        let mut right = panes.screen.width - 1 - wide;
        // Where not all fits, the rows hidden below are told, then how old it is.
        let wanted = [
            (more(canvas, state), Paint::Label),
            (stale(state), Paint::Tone(Tone::Progress)),
            (other_pane(state, panes), Paint::Label),
        ];
        let mut room = usize::from(right.saturating_sub(behind));
        let [more, old, other] = wanted.map(|(words, paint)| {
            let words = words.filter(|words| width(words) + 2 <= room)?;
            room = room.saturating_sub(width(&words) + 3);
            Some((words, paint))
        });
        for (words, paint) in [other, more, old].into_iter().flatten() {
            canvas.put_right(behind, right, y, &format!(" {words} "), paint);
            right -= u16::try_from(width(&words)).unwrap_or(0) + 3;
        }
    } else if panes.shape == Shape::Narrow
        && let Some(words) = state.hint_words(Action::NextPane, "Message")
    {
        let right = panes.screen.width - 1;
        canvas.put_right(20, right, y, &format!(" {words} "), Paint::Label);
    }
}

/// The key to the history, where that is not seen beside the message.
fn other_pane(state: &State, panes: &Panes) -> Option<String> {
    let turn = match state.focus {
        Focus::Box => Action::NextPane,
        Focus::History | Focus::Detail => Action::PreviousPane,
    };
    let words = state.hint_words(turn, "History");
    words.filter(|_| panes.shape == Shape::Narrow)
}

fn history_title(state: &State) -> String {
    let history = &state.history;
    let at = history.scroll.cursor + 1;
    match (history.len(), history.filter()) {
        (0, None) => "History".to_owned(),
        (shown, None) => format!("History {}/{}", count(at as u64), count(shown as u64)),
        (0, Some(_)) => format!("History 0 of {}", count(history.all() as u64)),
        (shown, Some(_)) => {
            let all = count(history.all() as u64);
            format!(
                "History {}/{} of {all}",
                count(at as u64),
                count(shown as u64)
            )
        }
    }
}

/// With its place in the history where that is not seen beside it.
fn detail_title(state: &State, panes: &Panes) -> String {
    let all = count(state.history.len() as u64);
    let at = state.shown_id().and_then(|id| state.history.position(id));
    let place = at.filter(|_| panes.history.is_empty());
    let place = place.map(|at| format!(" {}/{all}", at + 1));
    let over = match &state.detail {
        Detail::Answer(opened) => opened.over.as_ref(),
        Detail::Batch(number) => {
            let members = state.batch(*number).map_or(0, |batch| batch.members.len());
            return format!("Batch of {}", count(members as u64));
        }
        _ => None,
    };
    let over = over.map(|over| format!(" · {}", over.title()));
    format!(
        "Message{}{}",
        place.unwrap_or_default(),
        over.unwrap_or_default()
    )
}

/// An answer that was not final when it came, and is no longer fresh.
fn stale(state: &State) -> Option<String> {
    let Detail::Answer(opened) = &state.detail else {
        return None;
    };
    if let Some(words) = earlier(state, opened) {
        return Some(words);
    }
    let message = opened.snapshot.outcome.as_ref().ok()?;
    let age = between(opened.snapshot.at, state.now);
    let old = age >= FRESH && !message.is_final() && message.outcome().is_some();
    let again = state.message_hint(Action::Again);
    let again = again.map_or_else(String::new, |key| format!(" · {key} asks again"));
    old.then(|| format!("as of {}{again}", ago(age)))
}

/// An answer of the timeline that is not the newest.
fn earlier(state: &State, opened: &Opened) -> Option<String> {
    let own = &opened.snapshot;
    let newest = state.history.row_of(&own.asked.id)?.at;
    if newest <= own.at || opened.over.is_some() {
        return None;
    }
    let timeline = state.message_hint(Action::Timeline);
    let timeline = timeline.map_or_else(String::new, |key| format!(" · {key} timeline"));
    let at = clock(own.at, state.now, "%H:%M:%S UTC");
    Some(format!("as of {at}{timeline}"))
}

/// How long an answer that may still change counts as fresh.
const FRESH: Duration = Duration::from_mins(1);

/// `3 hidden characters · ↓ 2 more`.
fn more(canvas: &Canvas<'_>, state: &State) -> Option<String> {
    let view = state.view()?;
    let hidden = match view.outline.hidden {
        0 => None,
        1 => Some("1 hidden character".to_owned()),
        many => Some(format!("{} hidden characters", count(many.into()))),
    };
    let below = match view.below() {
        0 => None,
        rows => Some(format!(
            "{} {} more",
            canvas.theme.signs.down,
            count(rows as u64)
        )),
    };
    let parts: Vec<String> = [hidden, below].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
