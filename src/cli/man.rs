//! `msgscope man`: the manual page, made from the command line and from the table of keys.
//! Never a list of flags or keys of its own.

use std::io::{self, Write};

use clap::builder::PossibleValue;
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::app::action::{CONTEXTS, bindings, shown_key};
use crate::args::Args;

/// Prints it to standard output; tells the exit code.
pub fn print() -> u8 {
    let mut out = io::stdout().lock();
    super::code(page(&mut out).and_then(|()| out.flush()).map(|()| 0))
}

/// Writes it as roff.
pub fn page(out: &mut dyn Write) -> io::Result<()> {
    let command = Args::command();
    let man = Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    let mut own = Roff::new();
    own.control("SH", ["COMMANDS"]);
    for each in command.get_subcommands() {
        tell(each, "", &mut own);
    }
    keys(&mut own);
    own.to_writer(out)?;
    man.render_extra_section(out)?;
    man.render_version_section(out)
}

/// A command with its flags, and the commands below it.
fn tell(command: &Command, above: &str, page: &mut Roff) {
    let name = format!("{above}{}", command.get_name());
    page.control("SS", [name.as_str()]);
    let about = command.get_about().map(ToString::to_string);
    page.text([roman(about.unwrap_or_default())]);
    for flag in command.get_arguments() {
        let value = flag.get_value_names().unwrap_or_default();
        let value = value
            .iter()
            .map(clap::builder::Str::as_str)
            .collect::<Vec<_>>();
        let takes_value = flag.get_action().takes_values();
        let mut head: Vec<Inline> = flag
            .get_long()
            .map(|long| bold(format!("--{long}")))
            .into_iter()
            .collect();
        if takes_value {
            let blank = if head.is_empty() { "" } else { " " };
            head.push(italic(format!("{blank}{}", value.join(" "))));
        }
        let help = flag.get_help().map(ToString::to_string).unwrap_or_default();
        let values = flag.get_possible_values();
        let values: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        let help = if takes_value && !values.is_empty() {
            format!("{help}: {}", values.join(", "))
        } else {
            help
        };
        page.control("TP", []).text(head).text([roman(help)]);
    }
    for each in command.get_subcommands() {
        tell(each, &format!("{name} "), page);
    }
}

fn keys(page: &mut Roff) {
    page.control("SH", ["KEYS"]);
    for context in CONTEXTS {
        page.control("SS", [context.title()]);
        for binding in bindings().filter(|binding| binding.context == *context) {
            let keys: Vec<_> = binding.keys.split_whitespace().map(shown_key).collect();
            let keys = if keys.is_empty() {
                "in the commands".to_owned()
            } else {
                keys.join(" ")
            };
            page.control("TP", [])
                .text([bold(keys)])
                .text([roman(binding.words)]);
        }
    }
}
