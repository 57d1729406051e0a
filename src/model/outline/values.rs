//! JSON values as rows, each level folded below the one it belongs to.
//! Never more rows than a pane can hold: what is over the limit is said, and stands in the raw view.

use super::super::json::{Json, JsonKind};
use super::super::message::Field;
use super::super::shown::Shown;
use super::super::text::count;
use super::{Role, Row, Rows};

/// Rows made of one answer's values at most. A deep or long answer stays whole in the raw view.
const LIMIT: usize = 100_000;
/// Nobody unfolds deeper values; the raw view has them.
const DEPTH: u8 = 64;

/// A named value and, below it, what it holds.
pub(super) fn rows(rows: &mut Rows<'_>, field: &Field) {
    rows_at(rows, field, 1);
}

/// The same at a depth.
pub(super) fn rows_at(rows: &mut Rows<'_>, field: &Field, depth: u8) {
    let mut left = LIMIT;
    value_rows(rows, &field.name, &field.value, depth, &mut left);
}

fn value_rows(rows: &mut Rows<'_>, name: &str, value: &Json, depth: u8, left: &mut usize) {
    *left = left.saturating_sub(1);
    let at = rows.rows.len();
    let row = Row {
        label: Shown::line(name),
        depth,
        open: false,
        ..Row::new(Role::Field, depth)
    };
    rows.push(row.with_source(value.clone()));
    let members = match value.kind() {
        JsonKind::Object | JsonKind::Array => value.members(),
        _ => {
            rows.rows[at].value = scalar(value);
            return;
        }
    };
    rows.rows[at].value = summary(value.kind(), &members);
    let all = members.len();
    for (index, (name, member)) in members.into_iter().enumerate() {
        if *left == 0 || depth >= DEPTH {
            let raw = rows.face.shows_raw(" · ", "shows all as received");
            let more = format!("{} more{raw}", count((all - index) as u64));
            rows.push(Row {
                value: Shown::line(&more),
                ..Row::new(Role::Field, depth + 1)
            });
            break;
        }
        let name = name.unwrap_or_else(|| (index + 1).to_string());
        value_rows(rows, &name, &member, depth.saturating_add(1), left);
    }
    rows.close(at);
}

/// A value without members, on one line. `null`, numbers and booleans as sent; an empty string is said.
pub(super) fn scalar(value: &Json) -> Shown {
    match value.string() {
        Some(text) if text.is_empty() => Shown::line("\"\""),
        Some(text) => Shown::line(&text),
        None => Shown::line(value.raw()),
    }
}

/// What a folded value holds: the names in it, or how many.
fn summary(kind: JsonKind, members: &[super::super::json::Member]) -> Shown {
    match (kind, members.len()) {
        (JsonKind::Object, 0) => Shown::line("{}"),
        (JsonKind::Array, 0) => Shown::line("[]"),
        (JsonKind::Object, all) => {
            let names: Vec<&str> = members
                .iter()
                .take(NAMES)
                .filter_map(|(name, _)| name.as_deref())
                .collect();
            let more = if all > NAMES { ", …" } else { "" };
            Shown::line(&format!("{{ {}{more} }}", names.join(", ")))
        }
        (_, 1) => Shown::line("1 value"),
        (_, all) => Shown::line(&format!("{} values", count(all as u64))),
    }
}

const NAMES: usize = 6;
