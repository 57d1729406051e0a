//! What the history's pane shows line by line: rows, and a heading where the day changes.
//! Never a heading for today: what has none above it is of today.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{History, Item};

/// A line of the pane.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// What the rows below it have in common.
    Heading(String),
    /// The row of that index.
    Row(usize),
}

impl History {
    /// The lines from the first row shown on, no more than `height`.
    pub fn lines(&self, now: Timestamp, height: usize) -> Vec<Line> {
        let today = day(now);
        let mut lines = Vec::with_capacity(height);
        let first = self.scroll.offset;
        let mut before = first.checked_sub(1).map(|index| self.group(index, today));
        for index in first..self.len() {
            if lines.len() >= height {
                break;
            }
            let group = self.group(index, today);
            let starts = before.as_ref().map_or(group != Group::Today, |before| {
                *before != group && *before != Group::Unread
            });
            if let Some(words) = group.words(today).filter(|_| starts) {
                lines.push(Line::Heading(words));
            }
            before = Some(group);
            lines.push(Line::Row(index));
        }
        lines.truncate(height);
        lines
    }

    /// The row in a line of the pane, from 0.
    pub fn row_in(&self, line: usize, now: Timestamp) -> Option<usize> {
        match self.lines(now, line + 1).get(line)? {
            Line::Heading(_) => None,
            Line::Row(index) => Some(*index),
        }
    }

    /// Moves the window so that its headings do not push the cursor out of it.
    pub fn follow(&mut self, now: Timestamp, height: usize) {
        let height = height.max(1);
        let seen = |history: &Self| {
            let lines = history.lines(now, height);
            lines.contains(&Line::Row(history.scroll.cursor))
        };
        while self.scroll.offset < self.scroll.cursor && !seen(self) {
            self.scroll.offset += 1;
        }
    }

    fn group(&self, index: usize, today: Date) -> Group {
        let (at, pinned) = match self.item(index) {
            // What a filter finds is in order of time, pinned or not.
            Item::Entry(entry) => {
                // Messages stand with their batch, also where it went on after midnight.
                let batch = self.recent.batch_of(entry);
                let batch = batch.filter(|_| self.filter().is_none());
                let since = batch.map_or(entry.since, |batch| batch.since);
                (since, entry.pinned && self.filter().is_none())
            }
            Item::Batch(batch) => (batch.since, false),
            Item::Kept(row) => (row.at, false),
            Item::Unread => return Group::Unread,
        };
        match day(at) {
            _ if pinned => Group::Pinned,
            date if date >= today => Group::Today,
            date => Group::Day(date),
        }
    }
}

/// What rows stand together for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Group {
    Pinned,
    Today,
    Day(Date),
    /// Not read yet: nobody knows.
    Unread,
}

impl Group {
    fn words(self, today: Date) -> Option<String> {
        match self {
            Self::Unread => None,
            Self::Pinned => Some("pinned".to_owned()),
            Self::Today => Some("today".to_owned()),
            Self::Day(date) if Some(date) == today.yesterday().ok() => Some("yesterday".to_owned()),
            Self::Day(date) if date.year() == today.year() => {
                Some(date.strftime("%a %-d %b").to_string())
            }
            Self::Day(date) => Some(date.strftime("%-d %b %Y").to_string()),
        }
    }
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
