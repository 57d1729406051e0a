//! Two answers side by side: their lines in one column, with what only one of them has marked.
//! Never without an end: from the deadline on, what is left is told as gone and new.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::super::json::Json;
use super::super::outline::{Outline, Role, Row, Rows, Side};
use super::super::shown::Shown;
use super::super::snapshot::Snapshot;
use super::super::text::count;

/// Lines that are the same, shown around those that are not.
const AROUND: usize = 3;
/// Deeper levels are not indented further.
const INDENTED: usize = 64;

/// The answer of `after` beside that of `before`; JSON a value a line, all else a line a line.
pub fn beside(before: &Snapshot, after: &Snapshot, deadline: Option<Instant>) -> Outline {
    let mut rows = Rows::new();
    rows.push(line(Side::Before, &heading(before)));
    rows.push(line(Side::After, &heading(after)));
    rows.push(Row::new(Role::Blank, 0));
    let (old, new) = (lines(before), lines(after));
    let found = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, deadline);
    let last = found.len().saturating_sub(1);
    for (place, found) in found.into_iter().enumerate() {
        match found {
            DiffOp::Equal { new_index, len, .. } => {
                let above = if place == 0 { 0 } else { AROUND };
                let below = if place == last { 0 } else { AROUND };
                let own = &new[new_index..new_index + len];
                same(&mut rows, own, above, below);
            }
            DiffOp::Delete {
                old_index, old_len, ..
            } => push(
                &mut rows,
                Side::Before,
                &old[old_index..old_index + old_len],
            ),
            DiffOp::Insert {
                new_index, new_len, ..
            } => push(&mut rows, Side::After, &new[new_index..new_index + new_len]),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                push(
                    &mut rows,
                    Side::Before,
                    &old[old_index..old_index + old_len],
                );
                push(&mut rows, Side::After, &new[new_index..new_index + new_len]);
            }
        }
    }
    rows.into_outline(None, String::new())
}

/// When it was asked and what that ended in.
fn heading(snapshot: &Snapshot) -> String {
    let (_, word) = super::status(snapshot);
    let at = snapshot.at.strftime("%-d %b %Y %H:%M:%S UTC");
    format!("{at} · {word}")
}

fn line(side: Side, text: &str) -> Row {
    let mark = match side {
        Side::Both => "",
        Side::Before => "-",
        Side::After => "+",
    };
    Row {
        label: Shown::fixed(mark),
        ..Row::text(Role::Line(side), text)
    }
}

fn push(rows: &mut Rows<'_>, side: Side, lines: &[Cow<'_, str>]) {
    for text in lines {
        rows.push(line(side, text));
    }
}

/// Lines that both have: those next to a change, the others folded.
fn same(rows: &mut Rows<'_>, lines: &[Cow<'_, str>], above: usize, below: usize) {
    let folded = lines.len().saturating_sub(above + below);
    if folded < 4 {
        return push(rows, Side::Both, lines);
    }
    let (first, rest) = lines.split_at(above);
    let (middle, last) = rest.split_at(folded);
    push(rows, Side::Both, first);
    let words = format!("{} lines are the same", count(folded as u64));
    rows.section(&words, false, |rows| {
        push(rows, Side::Both, middle);
        String::new()
    });
    push(rows, Side::Both, last);
}

/// The lines of an answer: laid out anew where it is JSON, which often comes in one line.
fn lines(snapshot: &Snapshot) -> Vec<Cow<'_, str>> {
    let Some(text) = snapshot.answer.as_ref().map(|answer| answer.body.text()) else {
        return Vec::new();
    };
    match Json::parse(Arc::clone(text)) {
        Ok(_) => laid_out(text).into_iter().map(Cow::Owned).collect(),
        Err(_) => text.lines().map(Cow::Borrowed).collect(),
    }
}

/// JSON with every value on a line of its own; names, values and their order as sent.
fn laid_out(json: &str) -> Vec<String> {
    let bytes = json.as_bytes();
    let blank = |at: &usize| bytes[*at].is_ascii_whitespace();
    let (mut lines, mut line, mut depth) = (Vec::new(), String::new(), 0_usize);
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => at + string_length(&bytes[at..]),
            b'{' | b'[' | b'}' | b']' | b',' | b':' => at + 1,
            byte if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => {
                let rest = bytes[at..].iter();
                let is_end = |byte: &u8| b"{}[],:\"".contains(byte) || byte.is_ascii_whitespace();
                at + rest.take_while(|byte| !is_end(byte)).count()
            }
        };
        let token = &json[at..end];
        let next = (end..bytes.len()).find(|at| !blank(at));
        let closes = next.is_some_and(|next| matches!(bytes[next], b'}' | b']'));
        let mut turn = |line: &mut String, depth: usize| {
            lines.push(std::mem::replace(line, "  ".repeat(depth.min(INDENTED))));
        };
        match token {
            "{" | "[" => {
                line.push_str(token);
                depth += 1;
                if !closes {
                    turn(&mut line, depth);
                }
            }
            "}" | "]" => {
                depth = depth.saturating_sub(1);
                if !line.ends_with(['{', '[']) {
                    turn(&mut line, depth);
                }
                line.push_str(token);
            }
            "," => {
                line.push(',');
                turn(&mut line, depth);
            }
            ":" => line.push_str(": "),
            _ => line.push_str(token),
        }
        at = end;
    }
    lines.push(line);
    lines
}

/// Bytes of the string that begins here, both quotes counted.
fn string_length(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}
