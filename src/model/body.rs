//! The body of an answer, byte for byte as it was received, and as text.
//! Never changed after it was made: what `R` and `--format json` show is what was sent.

use std::sync::Arc;

use super::json::{Json, NotJson};

/// A body as received. Cheap to clone; the bytes are held once unless they are not UTF-8.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Body {
    text: Arc<str>,
    /// Only where the bytes are not UTF-8: then `text` is what could be read of them.
    sent: Option<Arc<[u8]>>,
}

impl Body {
    pub fn new(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self {
                text: text.into(),
                sent: None,
            },
            Err(error) => Self {
                text: String::from_utf8_lossy(error.as_bytes()).into(),
                sent: Some(error.into_bytes().into()),
            },
        }
    }

    /// The bytes as they came.
    pub fn bytes(&self) -> &[u8] {
        self.sent.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// The same as text; bytes that are not UTF-8 read as U+FFFD. Hostile until made `Shown`.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same as JSON; a byte order mark before it is no part of it.
    pub fn json(&self) -> Result<Json, NotJson> {
        match self.text.strip_prefix('\u{feff}') {
            Some(text) => Json::parse(text.into()),
            None => Json::parse(Arc::clone(&self.text)),
        }
    }

    /// Whether it starts as a web page does: what proxies and gateways answer with.
    pub fn is_web_page(&self) -> bool {
        let start = self.text.trim_start_matches('\u{feff}').trim_start();
        let start: String = start.chars().take(64).collect::<String>().to_lowercase();
        start.starts_with("<!doctype html")
            || start.starts_with("<html")
            || start.starts_with("<?xml")
    }
}

/// Bodies are customers' words: `Debug` tells the size only.
impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Body({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf_8_are_kept_as_they_came() {
        let body = Body::new(b"ab\xffc".to_vec());
        assert_eq!(body.bytes(), b"ab\xffc");
        assert_eq!(&**body.text(), "ab\u{fffd}c");
    }

    #[test]
    fn a_web_page_is_told_from_json() {
        assert!(Body::new(b" \n<!DOCTYPE html><p>".to_vec()).is_web_page());
        assert!(Body::new(b"<html lang=en>".to_vec()).is_web_page());
        assert!(!Body::new(b"{\"message\":\"<html>\"}".to_vec()).is_web_page());
    }

    #[test]
    fn debug_does_not_tell_the_words() {
        assert_eq!(
            format!("{:?}", Body::new(b"secret".to_vec())),
            "Body(6 bytes)"
        );
    }
}
