//! Reads one `{…}` with all that is in it, leniently: no quotes or other quotes, other separators, no end.
//! Never here: which of the ids in it is a message's.

use super::{Object, WRAPPING};
use crate::model::id::key;
use crate::model::id::word::is_usual;

/// Reads the `{` at `start`, which stands behind the key `name`. Returns the objects that hold anything and the byte
/// behind the end: behind the matching brace, or at a line break where JSON cannot go on, or at the text's end.
pub(in crate::model::id) fn read<'text>(
    text: &'text str,
    start: usize,
    name: Option<&'text str>,
) -> (Vec<Object<'text>>, usize) {
    let mut reader = Reader {
        text,
        at: start,
        objects: Vec::new(),
        open: Vec::new(),
        key: None,
        last: b'{',
    };
    let end = reader.read(name);
    reader.objects.retain(|object| !object.fields.is_empty());
    (reader.objects, end)
}

struct Reader<'text> {
    text: &'text str,
    at: usize,
    objects: Vec<Object<'text>>,
    open: Vec<Open<'text>>,
    /// Read, and still without a value.
    key: Option<&'text str>,
    /// The last character but blanks.
    last: u8,
}

/// An object or array that is not closed yet.
#[derive(Clone, Copy)]
struct Open<'text> {
    array: bool,
    name: Option<&'text str>,
    root: bool,
    /// Where its fields belong: it, or the object around the array.
    object: usize,
}

impl<'text> Reader<'text> {
    fn read(&mut self, outer_name: Option<&'text str>) -> usize {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'{' | b'[' => self.enter(byte == b'[', outer_name),
                b'}' | b']' => {
                    self.at += 1;
                    self.key = None;
                    self.open.pop();
                    if self.open.is_empty() {
                        return self.at;
                    }
                }
                b'"' | b'\'' => {
                    if !self.quoted(byte) {
                        return self.at;
                    }
                }
                b'\n' | b'\r' => {
                    let behind = self.text[self.at..].trim_start();
                    if !b"{[,:=".contains(&self.last) && !behind.starts_with(['}', ']', ',']) {
                        return self.at;
                    }
                    self.at = self.text.len() - behind.len();
                }
                _ if is_bare(byte) => self.bare(),
                _ => {
                    if byte == b',' {
                        self.key = None;
                    }
                    self.at += 1;
                }
            }
            if !byte.is_ascii_whitespace() {
                self.last = self.text.as_bytes()[self.at - 1];
            }
        }
        self.at
    }

    fn enter(&mut self, array: bool, outer_name: Option<&'text str>) {
        let around = self.open.last().copied();
        let name = match around {
            None => outer_name,
            Some(around) if around.array => around.name,
            Some(_) => self.key.take(),
        };
        let root = match around {
            None => name.is_none_or(|name| !key::names_other(name)),
            Some(around) => {
                around.root
                    && name.is_none_or(|name| {
                        WRAPPING.iter().any(|wrapping| key::is_key(name, wrapping))
                    })
            }
        };
        let object = match around {
            Some(around) if array => around.object,
            _ => {
                self.objects.push(Object {
                    name,
                    depth: self.open.len(),
                    root,
                    fields: Vec::new(),
                });
                self.objects.len() - 1
            }
        };
        self.open.push(Open {
            array,
            name,
            root,
            object,
        });
        self.at += 1;
    }

    /// A text in quotes, which may be escaped themselves: then as many backslashes stand before the closing one.
    /// False where it is cut.
    fn quoted(&mut self, quote: u8) -> bool {
        let bytes = self.text.as_bytes();
        let slashes = bytes[..self.at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        let start = self.at + 1;
        let mut run = 0;
        for (at, &byte) in bytes.iter().enumerate().skip(start) {
            match byte {
                b'\n' | b'\r' => {
                    self.at = at;
                    self.cut_value(start);
                    return false;
                }
                b'\\' => run += 1,
                _ if byte == quote && (run == slashes || slashes == 0 && run % 2 == 0) => {
                    self.at = at + 1;
                    let end = if slashes == 0 { at } else { at - run };
                    self.word(&self.text[start..end], b":=");
                    return true;
                }
                _ => run = 0,
            }
        }
        self.at = bytes.len();
        self.cut_value(start);
        false
    }

    fn cut_value(&mut self, start: usize) {
        let value = &self.text[start..self.at];
        if self.key.is_some() && is_usual(value) {
            self.word(value, b"");
        }
    }

    fn bare(&mut self) {
        let rest = &self.text[self.at..];
        let word = &rest[..rest
            .bytes()
            .position(|byte| !is_bare(byte))
            .unwrap_or(rest.len())];
        self.at += word.len();
        self.word(word, b":=");
    }

    /// A key, if a separator follows, else a value.
    fn word(&mut self, word: &'text str, separators: &[u8]) {
        let behind = self.text[self.at..].trim_start();
        let in_array = self.open.last().is_some_and(|open| open.array);
        if self.key.is_none()
            && !in_array
            && behind
                .bytes()
                .next()
                .is_some_and(|byte| separators.contains(&byte))
        {
            self.key = Some(word);
            self.at = self.text.len() - behind.len() + 1;
            return;
        }
        let Some(open) = self.open.last() else { return };
        let key = if open.array {
            open.name
        } else {
            self.key.take()
        };
        if let Some(key) = key {
            self.objects[open.object].fields.push((key, word));
        }
    }
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b'+' | b'-')
}
