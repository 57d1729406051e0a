//! `msgscope themes`: every theme with a sample of what it looks like here.
//! Never a theme that is not there to be chosen.

use std::io::{self, IsTerminal as _, Write};

use crate::config::{Config, theme};
use crate::environment::{Environment, Glyphs};
use crate::model::shown::Shown;
use crate::model::status::Tone;
use crate::ui::theme::{Looks, Paint, Theme};

/// What is shown of a theme, a line a group.
const SAMPLE: [&[(Paint, &str)]; 3] = [
    &[
        (Paint::Tone(Tone::Failure), "failed"),
        (Paint::Tone(Tone::Success), "delivered"),
        (Paint::Tone(Tone::Progress), "pending"),
        (Paint::Tone(Tone::Attention), "voicemail"),
        (Paint::Tone(Tone::Trouble), "not found"),
        (Paint::Tone(Tone::Inbound), "inbound"),
        (Paint::Tone(Tone::Neutral), "unknown"),
    ],
    &[
        (Paint::Label, "Why"),
        (Paint::Strong, "Filtered as spam."),
        (Paint::Text, "a value"),
        (Paint::Link, "https://a.example"),
        (Paint::Match, "found"),
    ],
    &[
        (Paint::Focus, " Message "),
        (Paint::Selection, "the row under the cursor"),
        (Paint::Key, "y"),
        (Paint::Text, "copy answer"),
        (Paint::Frame, "-----"),
    ],
];

/// Prints them to standard output, painted where that is a terminal; tells the exit code.
pub fn print(config: &Config, variable: impl Fn(&str) -> Option<String>) -> u8 {
    let glyphs = config.glyphs(&Environment::from_lookup(variable));
    let painted = io::stdout().is_terminal();
    super::code(themes(config, glyphs, painted, &mut io::stdout().lock()).map(|()| 0))
}

/// Prints them all, the one in force marked.
pub fn themes(
    config: &Config,
    glyphs: Glyphs,
    painted: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let path = config.path.as_deref();
    let own = theme::own(path);
    let built_in = Looks::built_in().map(str::to_owned);
    for name in built_in.chain(own) {
        let name = name.as_str();
        let in_force = if name == config.theme.value.name {
            "  (in force)"
        } else {
            ""
        };
        writeln!(out, "{name}{in_force}")?;
        match theme::looks(name, path) {
            Ok(looks) => sample(&Theme::new(looks, glyphs == Glyphs::Unicode), painted, out)?,
            Err(error) => {
                for line in Shown::lines(&error.to_string()) {
                    writeln!(out, "  {line}")?;
                }
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn sample(theme: &Theme, painted: bool, out: &mut dyn Write) -> io::Result<()> {
    for group in SAMPLE {
        let words = group.iter().map(|(paint, words)| {
            let words = match paint {
                Paint::Tone(tone) => format!("{} {words}", theme.glyph(*tone)),
                _ => (*words).to_owned(),
            };
            if painted {
                theme.looks.look(*paint).painted(&words)
            } else {
                words
            }
        });
        let words: Vec<String> = words.collect();
        writeln!(out, "  {}", words.join("  "))?;
    }
    Ok(())
}
