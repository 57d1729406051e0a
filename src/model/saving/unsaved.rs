//! Why a file was not saved, in words for the notice.
//! Never holds a URL or a token.

use std::time::Duration;

use super::Refusal;
use crate::model::failure::{Cause, NetworkFault};
use crate::model::text::{count, span};

/// Why a file was not saved.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unsaved {
    /// 422, or nothing where a recording belongs.
    #[error("None. Missed calls have none; a new one may take minutes.")]
    NoRecording,
    /// Text where audio belongs; the first words of what it is.
    #[error("What came is {0}, not a recording.")]
    NotAudio(&'static str),
    /// The API's refusal: what it is, and why.
    #[error("{title}. {why}")]
    Refused { title: String, why: String },
    #[error("{0}.")]
    Url(#[from] Refusal),
    #[error("{host} answers {http}.")]
    Answered { host: String, http: u16 },
    #[error("{host} points from place to place without end.")]
    Wandering { host: String },
    #[error("{host}: {fault}.")]
    Network { host: String, fault: NetworkFault },
    /// Nothing came for so long.
    #[error("Nothing came for {}.", span(*.0))]
    Stalled(Duration),
    /// The connection ended before the file did.
    #[error("{}", cut(*.after, *.of))]
    Cut { after: u64, of: Option<u64> },
    #[error("It is empty: 0 bytes.")]
    Empty,
    #[error("{0}")]
    Disk(DiskFault),
    /// A fault of this program.
    #[error("A fault of msgscope: the task ended without a result.")]
    Broken,
}

impl Unsaved {
    /// Why `host` sent no file, or not all of it.
    pub fn of(cause: Cause, host: &str) -> Self {
        match cause {
            Cause::NoAnswer { after } => Self::Stalled(after),
            Cause::Cut { after, of } => Self::Cut { after, of },
            Cause::Network(fault) => Self::Network {
                host: host.to_owned(),
                fault,
            },
            _ => Self::Broken,
        }
    }
}

fn cut(after: u64, of: Option<u64>) -> String {
    match of {
        Some(of) => format!("Cut off after {} of {} bytes.", count(after), count(of)),
        None => format!("Cut off after {} bytes.", count(after)),
    }
}

/// What the disk says.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DiskFault {
    #[error("The disk is full.")]
    Full,
    #[error("{0} is no folder.")]
    NoFolder(String),
    #[error("{0} cannot be made: {1}.")]
    CannotMake(String, String),
    #[error("Nothing may be written in {0}: {1}.")]
    CannotWrite(String, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_says_what_happened_in_a_sentence() {
        for (unsaved, words) in [
            (
                Unsaved::NoRecording,
                "None. Missed calls have none; a new one may take minutes.",
            ),
            (
                Unsaved::Stalled(Duration::from_secs(15)),
                "Nothing came for 15 s.",
            ),
            (
                Unsaved::Cut {
                    after: 1204,
                    of: Some(50_000),
                },
                "Cut off after 1,204 of 50,000 bytes.",
            ),
            (Unsaved::Url(Refusal::NotEncrypted), "the URL is not https."),
            (Unsaved::Disk(DiskFault::Full), "The disk is full."),
        ] {
            assert_eq!(unsaved.to_string(), words);
        }
    }
}
