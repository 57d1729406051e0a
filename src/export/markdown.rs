//! The text for a ticket: what happened, why, what next, and where to look it up.
//! Never a text or an address of a customer unless it is asked for, and never Markdown out of a message.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::model::explain::Explanations;
use crate::model::face::Face;
use crate::model::mask;
use crate::model::message::Message;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::status::Direction;
use crate::model::verdict::verdict_of;

/// Whether customers' words and addresses are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Privacy {
    /// Addresses with their middle hidden, no text.
    Masked,
    Full,
}

/// The ticket text of a lookup, with what `explanations` know, ending with a line's end.
pub fn markdown(snapshot: &Snapshot, explanations: &Explanations, privacy: Privacy) -> String {
    let mut lines = match &snapshot.outcome {
        Ok(message) => of_message(snapshot, message, explanations, privacy),
        Err(_) => of_failure(snapshot),
    };
    let asked = &snapshot.asked;
    let trace = snapshot
        .trace_id()
        .map(|trace| format!("trace {} · ", plain(&trace)));
    lines.push(format!(
        "{}asked {} in {}",
        trace.unwrap_or_default(),
        snapshot.at.strftime("%H:%M:%S UTC"),
        plain(&asked.profile)
    ));
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let mark = if index == 0 { "" } else { "- " };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{mark}{line}");
    }
    if privacy == Privacy::Full
        && let Ok(message) = &snapshot.outcome
        && let Some(body) = message.body().filter(|body| !body.trim().is_empty())
    {
        text.push_str(&fenced(&body));
    }
    text
}

fn of_message(
    snapshot: &Snapshot,
    message: &Message,
    explanations: &Explanations,
    privacy: Privacy,
) -> Vec<String> {
    let verdict = verdict_of(snapshot, message, explanations);
    let kind = message.kind();
    let kind = kind.as_ref().map_or("Message", |kind| kind.short());
    let code = verdict.code.as_deref();
    let code = code.map_or_else(String::new, |code| format!(" ({})", plain(code)));
    let mut lines = vec![format!(
        "**{} {}**{code}",
        plain(kind),
        plain(&verdict.word)
    )];
    let said = |text: &str| match privacy {
        Privacy::Masked => mask::sentence(text),
        Privacy::Full => text.to_owned(),
    };
    let evidence: Vec<String> = verdict
        .evidence
        .iter()
        .map(|text| plain(&said(text)))
        .collect();
    let evidence = match evidence.as_slice() {
        [] => String::new(),
        all => format!(" ({})", all.join("; ")),
    };
    lines.push(format!("why: {}{evidence}", plain(&verdict.why)));
    let next = Face::Command.told(&verdict.next);
    if !next.is_empty() {
        lines.push(format!("next: {}", plain(&next)));
    }
    lines.push(ids(snapshot, message));
    if let Some(line) = way(message, privacy) {
        lines.push(line);
    }
    lines
}

fn of_failure(snapshot: &Snapshot) -> Vec<String> {
    let asked = &snapshot.asked;
    let Err(failure) = &snapshot.outcome else {
        return Vec::new();
    };
    let http = failure
        .http
        .map_or_else(String::new, |http| format!(" ({http})"));
    let quotes: Vec<String> = failure.quotes().iter().map(|quote| plain(quote)).collect();
    let quotes = match quotes.as_slice() {
        [] => String::new(),
        all => format!(" ({})", all.join("; ")),
    };
    vec![
        format!("**lookup failed: {}**{http}", plain(failure.title())),
        format!("why: {}{quotes}", plain(&failure.why(asked))),
        format!("next: {}", plain(&failure.next(asked, Face::Command))),
        format!("message {}", plain(asked.id.as_str())),
    ]
}

/// `message … · conversation … · location …`
fn ids(snapshot: &Snapshot, message: &Message) -> String {
    let field = |label: &str, name: &str| {
        let value = message.field(name)?.string()?;
        Some(format!("{label} {}", plain(&value)))
    };
    let what = if message.is_email_record() {
        "email record"
    } else {
        "message"
    };
    let own = Some(format!("{what} {}", plain(snapshot.asked.id.as_str())));
    let parts = [
        own,
        field("conversation", "conversationId"),
        field("location", "locationId"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// `outbound to +1•••••0122 · 4 Mar 2026 17:44:08 UTC`
fn way(message: &Message, privacy: Privacy) -> Option<String> {
    let direction = message.direction();
    let word = direction.as_ref().map(|direction| plain(direction.word()));
    let (preposition, name) = match direction {
        Some(Direction::Inbound) => ("from", "from"),
        _ => ("to", "to"),
    };
    let address = message.field(name).and_then(|value| {
        let all = match value.members().as_slice() {
            [] => vec![value.string()?.into_owned()],
            many => {
                let texts = many.iter().filter_map(|(_, one)| one.string());
                texts.map(std::borrow::Cow::into_owned).collect()
            }
        };
        let told = all.iter().map(|address| match privacy {
            Privacy::Masked => mask::address(address),
            Privacy::Full => address.clone(),
        });
        let told: Vec<String> = told.map(|address| plain(&address)).collect();
        (!told.is_empty()).then(|| format!("{preposition} {}", told.join(", ")))
    });
    let added = |at: Timestamp| at.strftime("%-d %b %Y %H:%M:%S UTC").to_string();
    let first: Vec<String> = word.into_iter().chain(address).collect();
    let first = Some(first.join(" ")).filter(|first| !first.is_empty());
    let parts: Vec<String> = first
        .into_iter()
        .chain(message.added().map(added))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// One harmless line that Markdown takes to the letter.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in Shown::line(text).as_str().chars() {
        if "\\`*_{}[]<>#|~!@&$".contains(letter) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

/// A text as it is, in a fence that it cannot end.
fn fenced(text: &str) -> String {
    let lines: Vec<String> = Shown::lines(text).iter().map(Shown::to_string).collect();
    let text = lines.join("\n");
    let mut longest = 0;
    let mut run = 0;
    for letter in text.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest.max(2) + 1);
    format!("\n{fence}text\n{text}\n{fence}\n")
}
