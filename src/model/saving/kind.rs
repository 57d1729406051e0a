//! What kind of file it is, by its extension or its first bytes.
//! Never by what a server calls it.

use url::Url;

/// What people call a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    Image,
    Audio,
    Video,
    Document,
    /// Anything else, programs among it.
    File,
}

const EXTENSIONS: &[(FileKind, &[&str])] = &[
    (
        FileKind::Image,
        &[
            "png", "jpg", "jpeg", "jpe", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff",
            "avif",
        ],
    ),
    (
        FileKind::Audio,
        &[
            "mp3", "wav", "ogg", "oga", "opus", "m4a", "aac", "amr", "flac", "weba", "wma",
        ],
    ),
    (
        FileKind::Video,
        &[
            "mp4", "m4v", "mov", "webm", "mkv", "avi", "3gp", "3gpp", "mpg", "mpeg", "ogv",
        ],
    ),
    (
        FileKind::Document,
        &[
            "pdf", "txt", "csv", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp",
            "rtf", "vcf", "ics",
        ],
    ),
];

impl FileKind {
    /// By an extension without its dot, in any case.
    pub fn of_extension(extension: &str) -> Self {
        let extension = extension.to_ascii_lowercase();
        let is_it = |(_, known): &&(Self, &[&str])| known.contains(&extension.as_str());
        let known = EXTENSIONS.iter().find(is_it);
        known.map_or(Self::File, |(kind, _)| *kind)
    }

    /// By the extension in a URL's path.
    pub fn of_url(url: &str) -> Self {
        extension_of_url(url).map_or(Self::File, |extension| Self::of_extension(&extension))
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Document => "document",
            Self::File => "file",
        }
    }

    /// Whether a key may open one that came from outside: what a desktop would run or trust is opened by hand.
    pub fn opens(self) -> bool {
        self != Self::File
    }
}

/// The extension that a URL's path ends in, in lower case: 1 to 5 letters and digits.
pub(super) fn extension_of_url(url: &str) -> Option<String> {
    // The parser drops line ends and tabs without a word.
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let url = Url::parse(url).ok()?;
    let (name, extension) = url.path_segments()?.next_back()?.rsplit_once('.')?;
    let fits = (1..=5).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (fits && !name.is_empty()).then(|| extension.to_ascii_lowercase())
}

/// Bytes at their places, and the extension of a file that has them all.
type Marked = (&'static [(usize, &'static [u8])], &'static str);

/// The extension for a file that begins so; `bin` where that tells nothing.
pub fn sniffed(first: &[u8]) -> &'static str {
    let at =
        |from: usize, word: &[u8]| first.get(from..).is_some_and(|rest| rest.starts_with(word));
    let known: &[Marked] = &[
        (&[(0, b"RIFF"), (8, b"WAVE")], "wav"),
        (&[(0, b"RIFF"), (8, b"WEBP")], "webp"),
        (&[(0, b"RIFF"), (8, b"AVI ")], "avi"),
        (&[(0, b"ID3")], "mp3"),
        (&[(0, b"OggS")], "ogg"),
        (&[(0, b"fLaC")], "flac"),
        (&[(0, b"#!AMR")], "amr"),
        (&[(0, b"\x89PNG\r\n\x1a\n")], "png"),
        (&[(0, b"\xff\xd8\xff")], "jpg"),
        (&[(0, b"GIF8")], "gif"),
        (&[(0, b"%PDF-")], "pdf"),
        (&[(4, b"ftypM4A")], "m4a"),
        (&[(4, b"ftypqt")], "mov"),
        (&[(4, b"ftyphei")], "heic"),
        (&[(4, b"ftyp3gp")], "3gp"),
        (&[(4, b"ftyp")], "mp4"),
        // A byte order mark of UTF-16 looks like the frame of an MP3.
        (&[(0, b"\xff\xfe")], "bin"),
        (&[(0, b"PK\x03\x04")], "zip"),
    ];
    let is_it = |(marks, _): &&Marked| marks.iter().all(|(from, word)| at(*from, word));
    if let Some((_, extension)) = known.iter().find(is_it) {
        return extension;
    }
    match first {
        // Matroska; WebM says so in its first bytes.
        [0x1a, 0x45, 0xdf, 0xa3, rest @ ..] => {
            let is_webm = rest.windows(4).take(60).any(|four| four == b"webm");
            if is_webm { "webm" } else { "mkv" }
        }
        // Eleven bits of one begin a frame of MPEG audio.
        [0xff, second, ..] if second & 0xe0 == 0xe0 => "mp3",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_extension() {
        let cases: &[(&[u8], &str)] = &[
            (b"RIFF\x24\x08\0\0WAVEfmt ", "wav"),
            (b"RIFF\x24\x08\0\0WEBPVP8 ", "webp"),
            (b"RIFF", "bin"),
            (b"ID3\x03\0", "mp3"),
            (b"\xff\xfb\x90\x64", "mp3"),
            (b"\xff\xf3\x40", "mp3"),
            (b"\xff\xe3", "mp3"),
            (b"\xff\xfeh\0i\0", "bin"),
            (b"OggS\0", "ogg"),
            (b"fLaC\0", "flac"),
            (b"\x89PNG\r\n\x1a\n\0", "png"),
            (b"\xff\xd8\xff\xe0\0", "jpg"),
            (b"GIF89a", "gif"),
            (b"%PDF-1.7", "pdf"),
            (b"\0\0\0\x18ftypmp42", "mp4"),
            (b"\0\0\0\x18ftypM4A ", "m4a"),
            (b"\x1a\x45\xdf\xa3\x01\x42\x82\x84webm", "webm"),
            (b"\x1a\x45\xdf\xa3\x01\x42\x82\x88matroska", "mkv"),
            (b"PK\x03\x04\x14", "zip"),
            (b"<html>", "bin"),
            (b"\xff", "bin"),
            (b"", "bin"),
        ];
        for (first, extension) in cases {
            assert_eq!(sniffed(first), *extension, "{first:?}");
        }
    }

    #[test]
    fn a_kind_is_told_by_the_urls_extension() {
        for (url, word) in [
            ("https://a.example/o/p%2Fhoto.JPG?sig=1", "image"),
            ("https://a.example/v/note.ogg#t", "audio"),
            ("https://a.example/clip.mp4", "video"),
            ("https://a.example/invoice.pdf", "document"),
            ("https://a.example/setup.exe", "file"),
            ("https://a.example/o/photo", "file"),
            ("photo.jpg", "file"),
        ] {
            assert_eq!(FileKind::of_url(url).word(), word, "{url}");
        }
        assert!(FileKind::Audio.opens() && !FileKind::of_extension("desktop").opens());
    }
}
