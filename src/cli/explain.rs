//! `msgscope explain`: what a status, a call status or an error code means, and what to try next.
//! Never a guess, and never the network: what is not known is said to be so.

use std::io::{self, Write};

use crate::args::Explain;
use crate::config::Config;
use crate::model::explain::{Entry, Explanations};
use crate::model::face::Face;
use crate::model::shown::{Shown, visible};
use crate::model::status::Finality;

/// The exit code where nothing is known of it.
const UNKNOWN: u8 = 4;

/// Prints to standard output what is known of it; tells the exit code.
pub fn print(config: &Config, wanted: &Explain) -> u8 {
    let (out, errors) = (&mut io::stdout().lock(), &mut io::stderr());
    let name = wanted.code.join(" ");
    super::code(explain(&config.explanations, &name, out, errors))
}

/// Prints every entry of that name; tells the exit code.
pub fn explain(
    known: &Explanations,
    name: &str,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<u8> {
    let entries = known.named(name);
    if entries.is_empty() {
        let name = visible(name.trim());
        writeln!(
            errors,
            "msgscope: {name} is not known to this version; nothing is guessed"
        )?;
        return Ok(UNKNOWN);
    }
    for (index, entry) in entries.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        print_entry(entry, name, out)?;
    }
    Ok(0)
}

fn print_entry(entry: &Entry, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let place = entry.place().map(|place| format!("  {place}"));
    let title = format!("{}{}", title(entry, name), place.unwrap_or_default());
    writeln!(out, "{}", Shown::line(&title))?;
    line(out, "Means", &entry.meaning)?;
    let finality = match entry.finality {
        Finality::Final => "yes",
        Finality::No => "no",
        Finality::May | Finality::Unknown => "it may still change",
    };
    line(out, "Final", finality)?;
    line(out, "Next", &Face::Command.told(&entry.next))?;
    line(out, "Later", entry.late.as_deref().unwrap_or_default())?;
    let known = entry
        .evidence
        .map(|evidence| format!("{}: {}", evidence.word(), evidence.words()));
    line(
        out,
        "Known",
        known.as_deref().unwrap_or("from your own file"),
    )?;
    line(out, "Source", entry.source.as_deref().unwrap_or_default())
}

/// What it is that is explained: the name as it was given, or what was found in it.
fn title(entry: &Entry, name: &str) -> String {
    let name = name.trim();
    let word = name.to_lowercase();
    let is_named = entry.statuses.contains(&word) || entry.codes.contains(&word);
    let found = entry
        .calls
        .contains(&word)
        .then(|| format!("call status {word}"));
    let codes = || entry.codes.first().map(|_| entry.codes.join(", "));
    let words = || {
        entry
            .phrases
            .iter()
            .find(|phrase| word.contains(phrase.as_str()))
            .cloned()
    };
    let all = || entry.canonical.first().cloned();
    if is_named {
        return word;
    }
    found
        .or_else(codes)
        .or_else(words)
        .or_else(all)
        .unwrap_or_else(|| name.to_owned())
}

fn line(out: &mut dyn Write, label: &str, words: &str) -> io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {label:<8}{}", Shown::line(words))
}
