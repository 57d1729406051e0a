//! A message's row for people: a line of a table.
//! Never anything but `Shown` in it.

use jiff::tz::TimeZone;

use crate::model::listed::Listed;
use crate::model::shown::Shown;
use crate::model::status::Direction;

/// The line, without its end.
pub(super) fn line(row: &Listed, zone: &TimeZone) -> String {
    let at = row
        .at
        .to_zoned(zone.clone())
        .strftime("%Y-%m-%d %H:%M")
        .to_string();
    let status = match (&row.status, row.failure) {
        (Some(status), _) => status.as_str(),
        (None, Some(failure)) => failure.word(),
        (None, None) => "",
    };
    let direction = match &row.direction {
        Some(Direction::Inbound) => "in",
        Some(Direction::Outbound) => "out",
        Some(Direction::Unknown(word)) => word,
        None => "",
    };
    let pinned = if row.pinned { "*" } else { " " };
    let cells = [
        cell(pinned, 1),
        cell(&at, 16),
        cell(status, 12),
        cell(direction, 3),
        cell(&row.kind, 5),
        cell(row.id.as_str(), 20),
        cell(&row.profile, 10),
        cell(&row.snippet, 0),
    ];
    cells.join("  ").trim_end().to_owned()
}

fn cell(text: &str, wide: usize) -> String {
    let shown = Shown::line(text);
    let missing = wide.saturating_sub(shown.width());
    format!("{shown}{}", " ".repeat(missing))
}
