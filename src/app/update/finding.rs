//! Find in the message: the next and the previous hit, also inside folds.
//! Never searches a large text on each letter: then Enter does.

use std::ops::Range;

use crate::app::action::Action;
use crate::app::layout::Focus;
use crate::app::state::{Overlay, State};
use crate::app::view::View;
use crate::model::outline::Outline;

/// Outlines up to this weight, in bytes, are searched as the letters come.
const AS_TYPED: usize = 256 * 1024;

/// A hit: the row, and the byte of its value (0 where the label matched).
type Hit = (usize, usize);

pub(super) fn act(state: &mut State, action: Action) {
    if state.view().is_none() {
        let key = state.hint(Action::Find);
        return super::open_first(state, key);
    }
    match action {
        Action::Find => {
            state.find.clear();
            // From the empty box too: what is found is in the message.
            state.focus = Focus::Detail;
            state.overlay = Some(Overlay::Find);
        }
        Action::FindPrevious => go(state, Way::Back),
        _ => go(state, Way::On),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From the cursor's own row.
    Here,
    On,
    Back,
}

/// Shows the first hit from the cursor on, while letters are typed.
pub(super) fn follow(state: &mut State) {
    if state
        .view()
        .is_some_and(|view| view.outline.weight <= AS_TYPED)
    {
        go(state, Way::Here);
    }
}

/// Enter in the prompt: the hit stays, and with it what `n` and `N` look for.
pub(super) fn keep(state: &mut State) {
    state.overlay = None;
    if state
        .view()
        .is_some_and(|view| view.outline.weight > AS_TYPED)
    {
        go(state, Way::Here);
    }
}

fn go(state: &mut State, way: Way) {
    if state.find.is_empty() {
        let words = match state.hint(Action::Find) {
            Some(key) => format!("Nothing to find: {key} asks for it"),
            None => "Nothing to find".to_owned(),
        };
        super::tell(state, &words);
        return;
    }
    let find = state.find.clone();
    let Some(view) = state.view_mut() else { return };
    match hit(view, &find, way) {
        Some((row, at)) => view.show(row, at),
        None => super::tell(state, &format!("*{find}* is not in this message.")),
    }
}

/// The next hit that way, around the end.
fn hit(view: &View, find: &str, way: Way) -> Option<Hit> {
    let outline = &view.outline;
    let all = outline.rows.len();
    let (row, line) = place(view);
    let start = match way {
        Way::Here | Way::On if view.on_head() => (0, 0),
        Way::Here => (row, 0),
        Way::On => (row, line.end),
        Way::Back => (row, line.start),
    };
    if way == Way::Back {
        let before = last_in(outline, start.0, find, Some(start.1));
        let above = || {
            (0..start.0)
                .rev()
                .find_map(|row| last_in(outline, row, find, None))
        };
        let around = || {
            (start.0..all)
                .rev()
                .find_map(|row| last_in(outline, row, find, None))
        };
        return before.or_else(above).or_else(around);
    }
    first_in(outline, start.0, find, start.1)
        .or_else(|| (start.0 + 1..all).find_map(|row| first_in(outline, row, find, 0)))
        .or_else(|| {
            (0..=start.0.min(all.saturating_sub(1))).find_map(|row| first_in(outline, row, find, 0))
        })
}

/// The row under the cursor and the bytes of its value on that line, with the blanks at its break: hits there were seen.
fn place(view: &View) -> (usize, Range<usize>) {
    let pinned = usize::from(view.outline.head.is_some());
    let at = view.cursor().checked_sub(pinned);
    let Some((at, line)) = at.and_then(|at| Some((at, view.lines.get(at)?))) else {
        return (0, 0..0);
    };
    let next = view.lines.get(at + 1).filter(|next| next.row == line.row);
    let end = next.map_or(usize::MAX, |next| next.start as usize);
    (line.row as usize, line.start as usize..end)
}

fn first_in(outline: &Outline, row: usize, find: &str, from: usize) -> Option<Hit> {
    let row_found = outline.rows.get(row)?;
    if from == 0 && position(row_found.label.as_str(), find, 0).is_some() {
        return Some((row, 0));
    }
    position(row_found.value.as_str(), find, from).map(|at| (row, at))
}

fn last_in(outline: &Outline, row: usize, find: &str, before: Option<usize>) -> Option<Hit> {
    let value = outline.rows.get(row)?.value.as_str();
    let mut found = None;
    let mut from = 0;
    while let Some(at) =
        position(value, find, from).filter(|at| before.is_none_or(|before| *at < before))
    {
        found = Some((row, at));
        from = at + 1;
    }
    let label = before != Some(0) && position(outline.rows[row].label.as_str(), find, 0).is_some();
    found.or_else(|| label.then_some((row, 0)))
}

/// Where `find` stands in `text` from byte `from` on; ASCII letters match in either case.
pub fn position(text: &str, find: &str, from: usize) -> Option<usize> {
    let (text, find) = (text.as_bytes(), find.as_bytes());
    let first = *find.first()?;
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let rest = text.get(from..)?;
    let mut at = 0;
    while at + find.len() <= rest.len() {
        let next = rest[at..]
            .iter()
            .position(|byte| *byte == lower || *byte == upper)?;
        at += next;
        if rest.get(at..at + find.len())?.eq_ignore_ascii_case(find) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter_and_places_are_bytes() {
        assert_eq!(position("Ünder Error 30007", "error", 0), Some(7));
        assert_eq!(position("aaa", "AA", 1), Some(1));
        assert_eq!(position("aaa", "b", 0), None);
        assert_eq!(position("", "a", 0), None);
    }
}
