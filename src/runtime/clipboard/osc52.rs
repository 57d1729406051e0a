//! A text as the escape sequence that asks a terminal to put it on its clipboard (OSC 52, "Manipulate Selection Data").
//! Never written from here, and never its reading form: an answer would arrive as typed keys.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The longest text that is sent, in bytes: mosh keeps 16,384 characters of base64 and cuts the rest without a word.
pub(super) const LONGEST: usize = 12_000;

/// GNU screen passes a DCS string of at most 256 bytes on in its oldest versions, 768 in its newest.
const SCREEN_CHUNK: usize = 240;

/// The text is longer than [`LONGEST`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{bytes} bytes are too long to send")]
pub(super) struct TooLong {
    pub(super) bytes: usize,
}

/// The escape as the terminal itself reads it.
pub(super) fn raw(text: &str) -> Result<Vec<u8>, TooLong> {
    if text.len() > LONGEST {
        return Err(TooLong { bytes: text.len() });
    }
    // `c` is named because mosh ignores an empty selection and xterm takes it for another one. BEL ends it, because
    // ESC \ would end screen's wrapper too early.
    Ok(format!("\x1b]52;c;{}\x07", STANDARD.encode(text)).into_bytes())
}

/// The escape in the wrapper that GNU screen takes off and passes on.
pub(super) fn through_screen(text: &str) -> Result<Vec<u8>, TooLong> {
    let bare = raw(text)?;
    let wrapped = bare
        .chunks(SCREEN_CHUNK)
        .flat_map(|chunk| [b"\x1bP", chunk, b"\x1b\\"].concat());
    Ok(wrapped.collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use super::*;

    #[test]
    fn the_escape_names_the_clipboard_pads_its_base64_and_ends_with_bel() {
        assert_eq!(raw("a").unwrap(), b"\x1b]52;c;YQ==\x07");
        assert_eq!(
            raw("https://a.example/?s=\u{e9}").unwrap(),
            b"\x1b]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvP3M9w6k=\x07"
        );
    }

    #[test]
    fn a_long_text_stays_on_one_line() {
        let escape = raw(&"x".repeat(LONGEST)).unwrap();
        assert_eq!(escape.len(), b"\x1b]52;c;".len() + 16_000 + 1);
        assert!(!escape.contains(&b'\n'));
    }

    #[test]
    fn one_byte_over_the_limit_is_refused_on_both_ways() {
        let long = "x".repeat(LONGEST + 1);
        let refused = Err(TooLong { bytes: 12_001 });
        assert_eq!(raw(&long), refused);
        assert_eq!(through_screen(&long), refused);
    }

    #[test]
    fn screen_gets_a_short_text_in_one_wrapper() {
        assert_eq!(
            through_screen("a").unwrap(),
            b"\x1bP\x1b]52;c;YQ==\x07\x1b\\"
        );
    }

    #[test]
    fn screen_gets_a_long_text_in_chunks_of_240_bytes_that_join_to_the_escape() {
        let text = "x".repeat(1_000);
        let wrapped = through_screen(&text).unwrap();
        let mut joined = Vec::new();
        let mut sizes = Vec::new();
        for chunk in wrapped.chunks(2 + SCREEN_CHUNK + 2) {
            let inner = chunk.strip_prefix(b"\x1bP").unwrap();
            let inner = inner.strip_suffix(b"\x1b\\").unwrap();
            sizes.push(inner.len());
            joined.extend_from_slice(inner);
        }
        assert_eq!(joined, raw(&text).unwrap());
        assert_eq!(sizes, [240, 240, 240, 240, 240, 144]);
    }
}
