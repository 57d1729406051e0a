//! The words of `msgscope history`.
//! No logic here.

use clap::{Subcommand, ValueEnum};

#[derive(Subcommand, Clone, PartialEq, Debug)]
pub enum HistoryCommand {
    /// A row a message, newest first
    List {
        /// How to print [default: pretty on a terminal, ndjson else]
        #[arg(long, value_enum, value_name = "FORMAT")]
        format: Option<HistoryFormat>,
    },
    /// The messages that words and fields find: failed status:failed type:sms dir:in profile:acme id:ve9 since:2d
    Search {
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
        /// How to print [default: pretty on a terminal, ndjson else]
        #[arg(long, value_enum, value_name = "FORMAT")]
        format: Option<HistoryFormat>,
    },
    /// What is kept of a message, as get prints it
    Show {
        #[arg(value_name = "ID")]
        id: String,
        /// Every lookup of it, oldest first, instead of the newest
        #[arg(long)]
        all: bool,
        /// How to print [default: pretty on a terminal, ndjson else]
        #[arg(long, value_enum, value_name = "FORMAT")]
        format: Option<ShowFormat>,
    },
    /// Every lookup with its answer as received, oldest first
    Export {
        /// How to write; pretty is as get prints them [default: ndjson]
        #[arg(long, value_enum, value_name = "FORMAT")]
        format: Option<ExportFormat>,
    },
    /// Delete what is kept, for good
    Clear {
        /// Only what was looked up longer ago than that: 12h, 7d, 3w
        #[arg(long, value_name = "TIME")]
        older_than: Option<String>,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShowFormat {
    /// For people
    Pretty,
    /// The answer as the API sent it; an array of them for several lookups
    Json,
    /// One line a lookup
    Ndjson,
    /// For a spreadsheet
    Csv,
    /// A ticket text for each
    Markdown,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum HistoryFormat {
    /// For people
    Pretty,
    /// An array
    Json,
    /// One line each
    Ndjson,
    /// For a spreadsheet
    Csv,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportFormat {
    /// For people
    Pretty,
    /// An array
    Json,
    /// One line a lookup
    Ndjson,
    /// For a spreadsheet
    Csv,
    /// A ticket text for each, addresses hidden
    Markdown,
    /// Commands that ask the same, without the token
    Curl,
}
