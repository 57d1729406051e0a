//! Recognises tokens, so that none is ever sent, shown or kept as an id.
//! Never here: the token itself. The answer is yes or no.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::search::beginning;
use super::word;

/// Characters a private token has behind its `pit-`: a UUID.
const UUID: usize = 36;

/// The text is or holds a token of the API, whole or in part: `pit-…` (private integration), `eyJ….….…` (OAuth) or
/// what stands behind `Bearer`. Rather takes an odd word for a token than a token for a word.
pub fn looks_like_token(text: &str) -> bool {
    let text = beginning(text);
    holds_private_token(text) || holds_web_token(text) || holds_bearer(text)
}

fn holds_private_token(text: &str) -> bool {
    starts_of(text, "pit").any(|at| {
        let behind = &text[at + 3..];
        // Chat programs turn hyphens into dashes.
        let dash = |char: char| matches!(char, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        let Some(rest) = behind.strip_prefix(dash) else {
            return false;
        };
        let run = || {
            rest.chars()
                .take(UUID)
                .take_while(|char| char.is_ascii_alphanumeric() || dash(*char))
        };
        let hex = run().all(|char| char.is_ascii_hexdigit() || dash(char));
        let long = run().count() >= 16;
        // In an escaped text the letter of a `\n` stands before the token.
        hex && long
            || starts_word(text, at) && (hex || long || run().any(|char| char.is_ascii_digit()))
    })
}

fn holds_web_token(text: &str) -> bool {
    let in_token = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    let mut rest = text;
    while let Some(start) = rest.find(in_token) {
        let run = &rest[start..];
        let (run, behind) = run.split_at(run.find(|char| !in_token(char)).unwrap_or(run.len()));
        let next_part = behind
            .strip_prefix('.')
            .filter(|next| next.starts_with(in_token));
        if next_part.is_some_and(|next| next.starts_with("eyJ")) && run.contains("eyJ") {
            return true;
        }
        if run.starts_with("eyJ")
            && (next_part.is_some() && run.len() >= 10 || run.len() >= 8 && !is_id(run))
        {
            return true;
        }
        rest = behind;
    }
    false
}

/// Starts like a web token, but has the form of an id and is not the base64 of a JSON text.
fn is_id(run: &str) -> bool {
    word::is_usual(run)
        && BASE64_URL_SAFE_NO_PAD
            .decode(run)
            .is_ok_and(|bytes| !bytes.iter().all(|byte| matches!(byte, b' '..=b'~')))
}

fn holds_bearer(text: &str) -> bool {
    starts_of(text, "bearer").any(|at| {
        let behind = &text[at + 6..];
        let token = behind.trim_start_matches([' ', '\t', ':', '=', '+']);
        let token = token.strip_prefix("%20").unwrap_or(token).as_bytes();
        let end = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"._~+/=-".contains(byte);
        let run = &token[..token
            .iter()
            .take(512)
            .position(end)
            .unwrap_or(token.len().min(512))];
        // `Bearer YOUR_TOKEN`, `Bearer $TOKEN` and a sentence about bearers are none.
        token.len() < behind.len()
            && starts_word(text, at)
            && (run.len() >= 8 && run.iter().any(u8::is_ascii_digit)
                || run.len() >= 20
                    && run.iter().any(u8::is_ascii_lowercase)
                    && run.iter().any(u8::is_ascii_uppercase))
    })
}

/// Where a lower-case ASCII word stands in a text, whatever its case there.
fn starts_of(text: &str, word: &'static str) -> impl Iterator<Item = usize> {
    text.as_bytes()
        .windows(word.len())
        .enumerate()
        .filter(move |(_, window)| window.eq_ignore_ascii_case(word.as_bytes()))
        .map(|(at, _)| at)
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: &str = "pit-00000000-1111-4222-8333-444444444444";
    const WEB: &str = "eyJhbGciOiJIUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJMb2NhdGlvbiJ9.c2lnbmF0dXJl";

    #[test]
    fn tokens_are_recognised_alone_and_inside_anything() {
        for token in [PRIVATE, WEB] {
            for text in [
                token.to_owned(),
                token.to_uppercase().replace("EYJ", "eyJ"),
                format!("  \"{token}\"\n"),
                format!("Authorization: Bearer {token}"),
                format!("https://example.com/?access_token={token}&x=1"),
                format!("{{\"token\":\"{token}\",\"messageId\":\"VY80mMXYjmpyLMocAVq5\"}}"),
                format!("one\\n{token}\\ntwo"),
                format!("VY80mMXYjmpyLMocAVq5 {token}"),
            ] {
                assert!(looks_like_token(&text), "{text}");
            }
        }
    }

    #[test]
    fn parts_of_tokens_are_recognised() {
        for text in [
            "pit-",
            "PIT-0000",
            "pit-00000000-1111-42",
            "pit\u{2013}00000000-1111-4222-8333-444444444444",
            "(pit-dead)",
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJhbGciOiJIUzI1NiJ9.",
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9",
            "eyJhbGciOi",
            "Bearer 00000000-1111-4222-8333-444444444444",
            "authorization=bearer%20a1b2c3d4e5f6",
            "-H 'authorization: BEARER abcdefghijKLMNOPQRSTuvwx'",
        ] {
            assert!(looks_like_token(text), "{text}");
        }
    }

    #[test]
    fn what_only_resembles_a_token_is_none() {
        for text in [
            "",
            "VY80mMXYjmpyLMocAVq5",
            "eyJ0mMXYjmpyLMocAVq5",
            "eyJ",
            "a pit-stop in the cockpit-area, a pit-bull and armpit-1",
            "Authorization: Bearer $MSGSCOPE_TOKEN",
            "Authorization: Bearer <your token>",
            "Authorization: Bearer YOUR_ACCESS_TOKEN",
            "bearer of bad news",
            "b55316d5-63ef-4254-af38-f9b715444eb0",
        ] {
            assert!(!looks_like_token(text), "{text}");
        }
    }

    #[test]
    fn long_texts_full_of_beginnings_take_linear_time() {
        for start in ["pit-", "eyJ", "bearer ", "Bearer: a", "eyJ.", "pit-zz "] {
            looks_like_token(&start.repeat(100_000));
        }
    }
}
