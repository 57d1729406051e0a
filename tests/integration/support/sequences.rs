//! What a program wrote to its terminal, taken apart: text, and each sequence that is no text.
//! Never here: what a terminal would do about it.

/// One piece of what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    /// A control character by itself.
    Control(u8),
    /// `ESC [`: parameters and the letter that ends it.
    Csi(String, char),
    /// `ESC ]` up to its BEL.
    Osc(String),
    /// `ESC P` up to its `ESC \`.
    Dcs(Vec<u8>),
    /// ESC and one other character.
    Escape(char),
}

/// All of it, in order, but a piece at the end that is not whole: the rest may be on its way. What is no UTF-8 is a
/// failure.
#[track_caller]
pub(crate) fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some((piece, length)) = next(rest) {
        pieces.push(piece);
        rest = &rest[length..];
    }
    pieces
}

/// The first piece and its length, if it is whole.
#[track_caller]
fn next(bytes: &[u8]) -> Option<(Piece, usize)> {
    Some(match (bytes.first()?, bytes.get(1)) {
        (0x1b, Some(b'[')) => {
            let end = (2..bytes.len()).find(|at| (b'@'..=b'~').contains(&bytes[*at]))?;
            let letter = char::from(bytes[end]);
            (Piece::Csi(text(&bytes[2..end]), letter), end + 1)
        }
        (0x1b, Some(b']')) => {
            let end = (2..bytes.len()).find(|at| bytes[*at] == 7)?;
            (Piece::Osc(text(&bytes[2..end])), end + 1)
        }
        (0x1b, Some(b'P')) => {
            let end = (2..bytes.len()).find(|at| bytes[*at..].starts_with(b"\x1b\\"))?;
            (Piece::Dcs(bytes[2..end].to_vec()), end + 2)
        }
        (0x1b, second) => (Piece::Escape(char::from(*second?)), 2),
        (0..b' ' | 0x7f, _) => (Piece::Control(bytes[0]), 1),
        _ => {
            let is_control = |byte: &u8| *byte < b' ' || *byte == 0x7f;
            let length = bytes.iter().position(is_control)?;
            (Piece::Text(text(&bytes[..length])), length)
        }
    })
}

#[track_caller]
fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn what_was_written_is_taken_apart() {
    let written = b"a\xc3\xa9\r\x1b[1;31mb\x1b]52;c;eA==\x07\x1bP\x1b]5\x1b\\\x1b\\cut\x1b[";
    let csi = Piece::Csi("1;31".to_owned(), 'm');
    assert_eq!(
        pieces(written),
        [
            Piece::Text("a\u{e9}".to_owned()),
            Piece::Control(b'\r'),
            csi,
            Piece::Text("b".to_owned()),
            Piece::Osc("52;c;eA==".to_owned()),
            Piece::Dcs(b"\x1b]5".to_vec()),
            Piece::Escape('\\'),
            Piece::Text("cut".to_owned()),
        ]
    );
}
