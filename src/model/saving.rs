//! The files that belong to a message, a call's recording and the attachments: what they are called when they are saved.
//! Never a name, and never a part of one, that comes from a server as it is.

mod arrived;
mod kind;
mod source;
mod unsaved;

use std::path::PathBuf;

use super::id::MessageId;

pub use arrived::{Arrived, Speed};
pub use kind::{FileKind, sniffed};
pub use source::{Neighbours, Refusal, Source};
pub use unsaved::{DiskFault, Unsaved};

/// A file that belongs to a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// A call's recording or a voicemail, which the API gives for the message and its location.
    Recording {
        message: MessageId,
        location: MessageId,
    },
    /// An attachment, by its number from 1.
    Attachment {
        message: MessageId,
        number: usize,
        url: String,
    },
}

/// Characters of a message's id where there is little room.
const SHORT: usize = 4;

impl Piece {
    pub fn message(&self) -> &MessageId {
        match self {
            Self::Recording { message, .. } | Self::Attachment { message, .. } => message,
        }
    }

    /// The file's name up to its extension: `VY80mMXYjmpyLMocAVq5-recording`. Letters, digits and hyphens only, and
    /// one hyphen at least, so that no system has a meaning of its own for it.
    pub fn stem(&self) -> String {
        format!("{}{}", self.message(), self.end())
    }

    /// The same for a footer: `VY80…-recording`.
    pub fn short_stem(&self) -> String {
        let id = self.message().as_str();
        let short = id.get(..SHORT).filter(|short| short.len() + 1 < id.len());
        let short = short.map_or_else(|| id.to_owned(), |short| format!("{short}…"));
        format!("{short}{}", self.end())
    }

    fn end(&self) -> String {
        match self {
            Self::Recording { .. } => "-recording".to_owned(),
            Self::Attachment { number, .. } => format!("-{number}"),
        }
    }

    /// The extension, by the first bytes of the file. A recording's are believed over all that is said of them: it is
    /// called WAV and is MP3. An attachment's URL is believed before them, where it ends in an extension.
    pub fn extension(&self, first: &[u8]) -> String {
        let told = match self {
            Self::Recording { .. } => None,
            Self::Attachment { url, .. } => kind::extension_of_url(url),
        };
        told.unwrap_or_else(|| kind::sniffed(first).to_owned())
    }

    /// What it is called in a sentence: `recording`, `attachment 2`.
    pub fn words(&self) -> String {
        match self {
            Self::Recording { .. } => "recording".to_owned(),
            Self::Attachment { number, .. } => format!("attachment {number}"),
        }
    }
}

/// A file that is saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedFile {
    pub path: PathBuf,
    /// As people write it: `~/Downloads/VY80mMXYjmpyLMocAVq5-recording.mp3`.
    pub shown: String,
    pub bytes: u64,
}

impl SavedFile {
    /// Whether a key may open it.
    pub fn opens(&self) -> bool {
        let extension = self
            .path
            .extension()
            .and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| FileKind::of_extension(extension).opens())
    }
}

/// The name of a saved file; the second and later of one name are numbered as browsers do: `a-1 (2).png`.
pub fn numbered(stem: &str, extension: &str, number: u32) -> String {
    match number {
        0 | 1 => format!("{stem}.{extension}"),
        _ => format!("{stem} ({number}).{extension}"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use proptest::prelude::*;

    use super::*;

    fn id(text: &str) -> MessageId {
        MessageId::new(text).unwrap()
    }

    fn attachment(url: &str) -> Piece {
        Piece::Attachment {
            message: id("VY80mMXYjmpyLMocAVq5"),
            number: 2,
            url: url.to_owned(),
        }
    }

    fn recording() -> Piece {
        Piece::Recording {
            message: id("VY80mMXYjmpyLMocAVq5"),
            location: id("7ysh0vjy4EDQXyzqTu7v"),
        }
    }

    fn name(piece: &Piece, first: &[u8]) -> String {
        numbered(&piece.stem(), &piece.extension(first), 1)
    }

    #[test]
    fn a_recording_is_named_by_its_message_and_its_bytes() {
        let expected = "VY80mMXYjmpyLMocAVq5-recording.mp3";
        assert_eq!(name(&recording(), b"ID3\x04"), expected);
        let expected = "VY80mMXYjmpyLMocAVq5-recording.wav";
        assert_eq!(name(&recording(), b"RIFF\0\0\0\0WAVEfmt "), expected);
        assert_eq!(recording().short_stem(), "VY80…-recording");
        assert_eq!(recording().words(), "recording");
    }

    #[test]
    fn an_attachment_is_named_by_its_number_and_its_urls_extension() {
        let piece = attachment("https://a.example/o/photo.PNG?alt=media&token=1.exe");
        assert_eq!(name(&piece, b"GIF89a"), "VY80mMXYjmpyLMocAVq5-2.png");
        let piece = attachment("https://a.example/o/photo?x=a.png");
        assert_eq!(name(&piece, b"GIF89a"), "VY80mMXYjmpyLMocAVq5-2.gif");
        assert_eq!(piece.short_stem(), "VY80…-2");
    }

    #[test]
    fn a_short_id_is_not_shortened() {
        let piece = Piece::Attachment {
            message: id("abcde"),
            number: 1,
            url: String::new(),
        };
        assert_eq!(piece.short_stem(), "abcde-1");
    }

    #[test]
    fn later_files_of_one_name_are_numbered_as_browsers_do() {
        assert_eq!(numbered("a-1", "png", 1), "a-1.png");
        assert_eq!(numbered("a-1", "png", 3), "a-1 (3).png");
    }

    #[test]
    fn no_url_leads_out_of_the_folder_or_to_a_name_with_a_meaning_of_its_own() {
        for url in [
            "https://a.example/../../etc/passwd",
            "https://a.example/..%2f..%2fx.s%2fh",
            "https://a.example/.bashrc",
            "https://a.example/x.",
            "https://a.example/x.p\u{202e}ng",
            "https://a.example/x.a\nb",
            "https://a.example/x.tar.toolong",
            "https://a.example/CON",
            "https://a.example/x.a:b",
            "https://a.example/a.%00png",
            "no url at all/x./y",
            "",
        ] {
            let name = name(&attachment(url), b"");
            assert_eq!(name, "VY80mMXYjmpyLMocAVq5-2.bin", "{url:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_url_and_the_bytes_a_name_is_letters_digits_hyphens_and_one_dot(
            url in "(https://a\\.example/)?[ -~\u{0}-\u{1f}\u{80}-\u{2100}]{0,40}",
            first in prop::collection::vec(any::<u8>(), 0..20),
        ) {
            let name = name(&attachment(&url), &first);
            let (stem, extension) = name.split_once('.').unwrap();
            prop_assert_eq!(stem, "VY80mMXYjmpyLMocAVq5-2");
            prop_assert!((1..=5).contains(&extension.len()), "{}", name);
            prop_assert!(extension.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{}", name);
        }
    }
}
