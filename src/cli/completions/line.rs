//! A command line that is still being typed: what it says so far of the settings.
//! Never here: what it may go on with, and nothing of it that names a token.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::args::{Args, Sources};
use crate::config::location::{self, Files};
use crate::config::{Given, History};
use crate::store::Keeping;

/// Flags with a value that change what is offered.
const VALUES: [&str; 2] = ["--config", "--data-dir"];

/// Such flags without one.
const SWITCHES: [&str; 2] = ["--no-history", "--demo"];

pub(super) struct Line(Vec<OsString>);

impl Line {
    /// The program's name, and what was typed behind it.
    pub(super) fn new(words: Vec<OsString>) -> Self {
        Self(words)
    }

    /// Where the history is that its ids are offered of, if they are.
    pub(super) fn history(&self) -> Option<PathBuf> {
        let (args, sources) = self.said()?;
        let nothing = |_: &str| None;
        let history = History::given(&Given::new(&args.global, &sources, &nothing));
        match history.keeping() {
            Keeping::InFolder(folder) if !args.demo => Some(location::at_home(&folder)),
            _ => None,
        }
    }

    /// Where the config file is, or would be.
    pub(super) fn config(&self) -> Option<PathBuf> {
        let (args, _) = self.said()?;
        named(&args).or_else(location::usual)
    }

    /// The files of settings. None where one cannot be read.
    pub(super) fn files(&self) -> Option<Files> {
        let (args, _) = self.said()?;
        let named = named(&args);
        // A pipe would have the line wait.
        if named.as_ref().is_some_and(|path| !path.is_file()) {
            return None;
        }
        // What is wrong with them is told by the program once it is called, not in the middle of its line.
        location::read(named.as_deref()).ok()
    }

    /// What flags and variables say. The rest of the line need not be right yet: it is left out.
    fn said(&self) -> Option<(Args, Sources)> {
        let mut told = vec![OsString::from("msgscope")];
        let mut words = self.0.iter().skip(1);
        while let Some(word) = words.next() {
            let text = word.to_string_lossy();
            let flag = text.split_once('=').map_or(&*text, |(flag, _)| flag);
            if flag == "--" {
                break;
            } else if SWITCHES.contains(&&*text) || VALUES.contains(&flag) && flag != text {
                told.push(word.clone());
            } else if VALUES.contains(&flag) {
                // bash takes the sign for a word of its own.
                let value = words.by_ref().find(|word| *word != "=");
                told.extend(value.map(|value| {
                    let mut both = OsString::from(format!("{flag}="));
                    both.push(value);
                    both
                }));
            }
        }
        // Wrong ones too are told by the program once it is called.
        let matches = Args::command().try_get_matches_from(told).ok()?;
        let args = Args::from_arg_matches(&matches).ok()?;
        Some((args, Sources::new(&matches)))
    }
}

/// The config file that is named; a `~` is still there where no shell has read the line yet.
fn named(args: &Args) -> Option<PathBuf> {
    let path = args.global.config.as_deref();
    let path = path.filter(|path| !path.as_os_str().is_empty());
    path.map(location::at_home)
}
