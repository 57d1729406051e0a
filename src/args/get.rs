//! The words of `msgscope get`.
//! No logic here.

use std::str::FromStr;

use clap::{Args as Group, ValueEnum};

use crate::model::path::{Path, PathError, words};

#[derive(Group, Clone, PartialEq, Debug)]
pub struct Get {
    /// Message ids, or `-` for standard input
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// How to print [default: pretty on a terminal, ndjson else]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// With csv and ndjson these fields alone, with commas between them: of the message (meta.call.duration), or id, profile, http, ms, status, error, code, why, failure
    #[arg(long, value_name = "NAMES")]
    pub fields: Option<Chosen>,
    /// End with 1 where a message has one of these statuses: failed,undelivered
    #[arg(long, value_name = "STATUSES")]
    pub fail_on: Option<Words>,
    /// Look again, ever more seldom, until each status is final; print every change
    #[arg(long)]
    pub watch: bool,
    /// With `--format markdown`: customers' text and addresses too, which are left out and hidden else
    #[arg(long)]
    pub full: bool,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For people
    Pretty,
    /// The answer as the API sent it; an array of them for several ids
    Json,
    /// One line an id, in the order of the input
    Ndjson,
    /// One row an id, for a spreadsheet
    Csv,
    /// A ticket text for each
    Markdown,
}

/// The fields of `--fields`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chosen(pub Vec<Path>);

impl FromStr for Chosen {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Path::list(text).map(Self)
    }
}

/// The statuses of `--fail-on`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words(pub Vec<String>);

impl FromStr for Words {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        words(text).map(Self)
    }
}
