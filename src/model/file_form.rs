//! The forms in which answers are written to a file.
//! Never how each is made: that is in `export`.

/// A form, by what it is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FileForm {
    /// As received; of several an array.
    Json,
    /// A line each.
    Ndjson,
    /// For a spreadsheet.
    Csv,
    /// Ticket texts, addresses hidden.
    Markdown,
    /// Commands that ask the same, without the token.
    Curl,
    /// What was said in a call, where that was asked for.
    Transcript,
}

impl FileForm {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Curl => "sh",
            Self::Transcript => "txt",
        }
    }

    /// What it is called in a prompt.
    pub fn words(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Ndjson => "NDJSON",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
            Self::Curl => "curl",
            Self::Transcript => "the transcript",
        }
    }
}
