//! Files that are being saved, and what became of those that were.
//! Never a file itself: it goes from the network to the disk, and only words of it come here.

use super::effect::Ticket;
use crate::model::saving::{Arrived, Piece, SavedFile, Unsaved};
use crate::model::text::bytes;

/// A file that is being saved, or waits for others.
#[derive(Clone, PartialEq, Debug)]
pub struct Saving {
    pub ticket: Ticket,
    /// The profile that brought the message.
    pub place: usize,
    pub piece: Piece,
    pub begun: bool,
    /// Nothing before its first bytes.
    pub arrived: Option<Arrived>,
}

/// All of them, until none is under way.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Savings {
    /// In the order in which they were asked for.
    pub under_way: Vec<Saving>,
    pub saved: Vec<SavedFile>,
    pub failed: Vec<(Piece, Unsaved)>,
    /// What was saved last and may be opened, until the next key.
    pub last: Option<SavedFile>,
}

impl Savings {
    pub fn is_under_way(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// The one that the footer tells of: the first that has begun.
    pub fn shown(&self) -> Option<&Saving> {
        self.under_way.iter().find(|saving| saving.begun)
    }

    /// `Saving VY80…-recording.mp3 · 3.1 of 12 MB · 1.2 MB/s`.
    pub fn progress(&self) -> Option<String> {
        let shown = self.shown()?;
        let stem = shown.piece.short_stem();
        let others = match self.under_way.len() {
            1 => String::new(),
            files => format!(" · {files} files left"),
        };
        Some(match &shown.arrived {
            Some(arrived) => {
                let (extension, words) = (&arrived.extension, arrived.words());
                format!("Saving {stem}.{extension} · {words}{others}")
            }
            None => format!("Saving {stem}{others}"),
        })
    }

    /// What became of all, once none is under way: `Saved ~/Downloads/VY80…-recording.mp3, 1.9 MB`.
    pub fn outcome(&self) -> String {
        match (self.saved.as_slice(), self.failed.as_slice()) {
            ([only], []) => format!("Saved {}, {}", only.shown, bytes(only.bytes)),
            ([], [(_, Unsaved::NoRecording)]) => Unsaved::NoRecording.to_string(),
            ([], [(_, why)]) => format!("Not saved: {why}"),
            (saved, failed) => {
                let all = saved.len() + failed.len();
                let size = bytes(saved.iter().map(|file| file.bytes).sum());
                let folder = saved.first().map_or("", |file| folder(&file.shown));
                match (saved, failed.first()) {
                    (_, None) => format!("Saved {all} files in {folder}, {size}"),
                    ([], Some((piece, why))) => {
                        format!("None of {all} files saved; {}: {why}", piece.words())
                    }
                    (some, Some((piece, why))) => format!(
                        "Saved {} of {all} files in {folder}, {size}; {}: {why}",
                        some.len(),
                        piece.words()
                    ),
                }
            }
        }
    }
}

/// The folder of a path as people write it.
fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\'])
        .map_or(".", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;
    use crate::model::id::MessageId;

    fn piece(number: usize) -> Piece {
        Piece::Attachment {
            message: MessageId::new("VY80mMXYjmpyLMocAVq5").unwrap(),
            number,
            url: "https://a.example/x.png".to_owned(),
        }
    }

    fn file(number: usize) -> SavedFile {
        SavedFile {
            path: format!("/home/ada/Downloads/x-{number}.png").into(),
            shown: format!("~/Downloads/x-{number}.png"),
            bytes: 1_000_000,
        }
    }

    #[test]
    fn the_end_of_one_and_of_several_is_told_in_one_line() {
        let failed = |number| (piece(number), Unsaved::Empty);
        for (saved, failed, words) in [
            (vec![file(1)], vec![], "Saved ~/Downloads/x-1.png, 1 MB"),
            (vec![], vec![failed(1)], "Not saved: It is empty: 0 bytes."),
            (
                vec![],
                vec![(piece(1), Unsaved::NoRecording)],
                "None. Missed calls have none; a new one may take minutes.",
            ),
            (
                vec![file(1), file(2)],
                vec![],
                "Saved 2 files in ~/Downloads, 2 MB",
            ),
            (
                vec![file(1)],
                vec![failed(2)],
                "Saved 1 of 2 files in ~/Downloads, 1 MB; attachment 2: It is empty: 0 bytes.",
            ),
            (
                vec![],
                vec![failed(1), failed(2)],
                "None of 2 files saved; attachment 1: It is empty: 0 bytes.",
            ),
        ] {
            let savings = Savings {
                saved,
                failed,
                ..Savings::default()
            };
            assert_eq!(savings.outcome(), words);
        }
    }
}
