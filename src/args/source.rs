//! Where a flag's value came from: the command line, or its variable.
//! Never the value itself.

use std::collections::BTreeSet;

use clap::ArgMatches;
use clap::parser::ValueSource;

/// Where a setting was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    Flag,
    Variable,
}

/// The flags that were given, by the names of their fields in `Global`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    flags: BTreeSet<String>,
    variables: BTreeSet<String>,
}

impl Sources {
    pub fn new(matches: &ArgMatches) -> Self {
        let mut sources = Self::default();
        sources.add(matches);
        sources
    }

    /// A flag behind a command belongs to that command's matches.
    fn add(&mut self, matches: &ArgMatches) {
        for id in matches.ids() {
            let id = id.as_str();
            match matches.value_source(id) {
                Some(ValueSource::CommandLine) => self.flags.insert(id.to_owned()),
                Some(ValueSource::EnvVariable) => self.variables.insert(id.to_owned()),
                _ => false,
            };
        }
        if let Some((_, matches)) = matches.subcommand() {
            self.add(matches);
        }
    }

    /// Where that one was given; a flag beats its variable.
    pub fn of(&self, name: &str) -> Option<Source> {
        if self.flags.contains(name) {
            Some(Source::Flag)
        } else {
            self.variables.contains(name).then_some(Source::Variable)
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Args;

    #[test]
    fn a_flag_is_known_wherever_it_stands() {
        for words in [
            ["msgscope", "--profile", "acme", "get", "x"],
            ["msgscope", "get", "x", "--profile", "acme"],
        ] {
            let matches = Args::command().try_get_matches_from(words).unwrap();
            let sources = Sources::new(&matches);
            assert_eq!(sources.of("profile"), Some(Source::Flag), "{words:?}");
            assert_eq!(sources.of("token_file"), None);
        }
    }
}
