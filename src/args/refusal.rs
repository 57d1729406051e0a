//! What is refused on the command line before it is read: tokens, and commands spelt wrongly.
//! Never repeats an argument that may be a token.

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _};

use super::{Args, Command, Format, Get, Sources};
use crate::model::id::looks_like_token;
use crate::model::shown::{Shown, visible};

/// Why the command line is not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    #[error(
        "that looks like a token, and other users can read arguments. It was not used.\n\
         Set MSGSCOPE_TOKEN, or give a file that only you can read with --token-file"
    )]
    Token,
    #[error(
        "there is no --token: other users can read arguments.\n\
         Set MSGSCOPE_TOKEN, or give a file that only you can read with --token-file"
    )]
    TokenFlag,
    /// A variable that is meant for something else.
    #[error(
        "{0} holds what looks like a token. It was not used.\n\
         The token itself belongs in MSGSCOPE_TOKEN, or in the file that MSGSCOPE_TOKEN_FILE names"
    )]
    TokenVariable(String),
    #[error("--demo opens the console: no command goes with it")]
    DemoCommand,
    #[error("--full goes with --format markdown: all other formats tell everything")]
    FullFormat,
    #[error("--fields goes with --format csv and ndjson: all other formats tell everything")]
    FieldsFormat,
    #[error(
        "--watch prints each change, and --format json is one text: ndjson, csv, pretty and markdown go with it"
    )]
    WatchFormat,
    #[error("there is no command '{0}'; the nearest is '{1}'")]
    NearlyCommand(String, String),
    /// Wrong usage by an argument that must not be repeated as it is; in clap's words.
    #[error("{0}")]
    Usage(String),
}

/// This process's arguments, and where each was given. Help, the version and wrong usage end it here.
pub fn arguments() -> Result<(Args, Sources), Refusal> {
    check(std::env::args_os().skip(1), std::env::vars_os())?;
    let is_own = |name: OsString| name.to_string_lossy().starts_with("MSGSCOPE_");
    let mut variables = std::env::vars_os().map(|(name, _)| name);
    let is_set = variables.any(|name| name != "MSGSCOPE_TOKEN" && is_own(name));
    if std::env::args_os().len() == 1 && !is_set {
        // Nothing to be read: the first frame does not wait for the reader to be built.
        return Ok((Args::default(), Sources::default()));
    }
    let matches = Args::command().try_get_matches().map_err(usage)?;
    let args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    if args.demo && args.command.is_some() {
        return Err(Refusal::DemoCommand);
    }
    if let Some(Command::Get(get)) = &args.command {
        agree(get)?;
    }
    Ok((args, Sources::new(&matches)))
}

/// Whether the flags of `get` go together.
fn agree(get: &Get) -> Result<(), Refusal> {
    if get.full && get.format != Some(Format::Markdown) {
        return Err(Refusal::FullFormat);
    }
    let whole = matches!(
        get.format,
        Some(Format::Pretty | Format::Json | Format::Markdown)
    );
    if get.fields.is_some() && whole {
        return Err(Refusal::FieldsFormat);
    }
    if get.watch && get.format == Some(Format::Json) {
        return Err(Refusal::WatchFormat);
    }
    Ok(())
}

/// What clap says of the arguments; as it would itself, unless that steers the terminal.
fn usage(error: clap::Error) -> Refusal {
    let said = error.render().to_string();
    let said = said.trim_end();
    let harmless: Vec<String> = Shown::lines(said).iter().map(Shown::to_string).collect();
    let harmless = harmless.join("\n");
    if harmless == said {
        error.exit();
    }
    let bare = harmless.strip_prefix("error: ").unwrap_or(&harmless);
    Refusal::Usage(bare.to_owned())
}

/// Looks through the arguments, the program's own name not among them, and the variables.
fn check(
    arguments: impl Iterator<Item = OsString>,
    mut variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), Refusal> {
    let words: Vec<String> = arguments
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    if words
        .iter()
        .any(|word| word == "--token" || word.starts_with("--token="))
    {
        return Err(Refusal::TokenFlag);
    }
    if words.iter().any(|word| looks_like_token(word)) {
        return Err(Refusal::Token);
    }
    let misplaced = variables.find(|(name, value)| {
        let name = name.to_string_lossy();
        name.starts_with("MSGSCOPE_")
            && name != "MSGSCOPE_TOKEN"
            && looks_like_token(&value.to_string_lossy())
    });
    if let Some((name, _)) = misplaced {
        return Err(Refusal::TokenVariable(visible(&name.to_string_lossy())));
    }
    let Some(first) = words.first().filter(|word| !word.starts_with('-')) else {
        return Ok(());
    };
    let command = Args::command();
    let mut names = command.get_subcommands().map(clap::Command::get_name);
    if let Some(name) = names.find(|name| is_nearly(first, name)) {
        return Err(Refusal::NearlyCommand(visible(first), name.to_owned()));
    }
    Ok(())
}

/// A letter or two away from the name, and not the name itself.
fn is_nearly(word: &str, name: &str) -> bool {
    let away = strsim::damerau_levenshtein(&word.to_lowercase(), name);
    let most = if name.len() > 4 { 2 } else { 1 };
    word != name && away <= most
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    const TOKEN: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";

    fn checked(words: &[&str]) -> Result<(), Refusal> {
        check(words.iter().map(OsString::from), std::iter::empty())
    }

    #[test]
    fn no_arguments_mean_what_is_taken_for_granted_without_reading_them() {
        // Whatever variables are set where the tests run.
        let command = Args::command().mut_args(|flag| flag.env(None::<&str>));
        let matches = command.get_matches_from(["msgscope"]);
        assert_eq!(Args::from_arg_matches(&matches).unwrap(), Args::default());
        assert_eq!(Sources::new(&matches), Sources::default());
    }

    #[test]
    fn a_token_is_refused_wherever_it_stands_and_never_repeated() {
        for words in [["get", TOKEN], ["--profile", TOKEN]] {
            assert_eq!(checked(&words), Err(Refusal::Token));
        }
        assert_eq!(checked(&["--token=x"]), Err(Refusal::TokenFlag));
        assert!(!Refusal::Token.to_string().contains("pit-"));
    }

    #[test]
    fn a_token_belongs_in_one_variable_only() {
        let with = |name: &str| {
            let variable = (OsString::from(name), OsString::from(TOKEN));
            check(std::iter::empty(), std::iter::once(variable))
        };
        assert_eq!(with("MSGSCOPE_TOKEN"), Ok(()));
        assert_eq!(with("GITHUB_TOKEN"), Ok(()));
        let refused = with("MSGSCOPE_TOKEN_FILE").unwrap_err();
        assert!(!refused.to_string().contains("pit-"), "{refused}");
    }

    #[test]
    fn a_command_spelt_wrongly_is_no_id() {
        assert_eq!(
            checked(&["gte", "x"]),
            Err(Refusal::NearlyCommand("gte".into(), "get".into()))
        );
        assert_eq!(checked(&["get", "x"]), Ok(()));
        assert_eq!(checked(&["ve9EPM428h8vShlRW1KT"]), Ok(()));
        assert_eq!(checked(&["--demo"]), Ok(()));
    }
}
