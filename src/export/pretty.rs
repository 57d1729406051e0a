//! The outline as plain text: what `get` prints for people.
//! Never anything but `Shown`, so that a terminal is safe from it.

use jiff::Timestamp;

use crate::model::outline::{Outline, Role, Row};

/// The rows as lines; folded values are printed too.
pub fn pretty(outline: &Outline, now: Timestamp) -> String {
    let mut text = String::new();
    if let Some(head) = &outline.head {
        let mut parts = vec![head.word.as_str().to_owned()];
        parts.extend(
            head.direction
                .iter()
                .map(|(_, word)| word.as_str().to_owned()),
        );
        parts.push(head.kind.as_str().to_owned());
        parts.extend(head.when.forms(now).into_iter().next());
        parts.retain(|part| !part.is_empty());
        text.push_str(&parts.join("   "));
        text.push('\n');
    }
    for row in &outline.rows {
        text.push_str(line(row).trim_end());
        text.push('\n');
    }
    text
}

fn line(row: &Row) -> String {
    let (label, value) = (row.label.as_str(), row.value.as_str());
    match row.role {
        Role::Why | Role::Evidence | Role::Next | Role::Note => format!("{label:<6}{value}"),
        Role::Section => format!("{label}  {value}"),
        Role::Text => format!("  {value}"),
        Role::Heads
        | Role::Day
        | Role::Lookup
        | Role::Listed
        | Role::Tally
        | Role::MemberHeads
        | Role::Member => row.line(),
        Role::Change => format!("    {label}  {value}"),
        Role::Line(_) => format!("{label:<2}{value}"),
        Role::Attachment => format!("  {label}  {value}"),
        Role::Field | Role::Blank => {
            let indent = " ".repeat(usize::from(row.depth) * 2);
            format!("{indent}{label:<18}{value}")
        }
    }
}
