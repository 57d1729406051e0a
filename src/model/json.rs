//! One value inside a body, held as a span of the text it was sent in and understood a level at a time.
//! Never a tree of copies: a large answer costs its text, and numbers, orders and duplicates stay as sent.

mod level;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserializer as _;
use serde_json::value::RawValue;

use level::{Last, Level};

/// A JSON value of an answer. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Json {
    text: Arc<str>,
    start: u32,
    end: u32,
}

/// What kind of value it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JsonKind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// A member of an object (with its name) or of an array (without).
pub type Member = (Option<String>, Json);

/// The text is not JSON: where it stops being so.
#[derive(Clone, PartialEq, Eq, Debug, Default, thiserror::Error)]
#[error("not JSON at line {line}, column {column}")]
pub struct NotJson {
    pub line: usize,
    pub column: usize,
    /// The text ended too early: it may have been cut off.
    pub ended: bool,
}

impl NotJson {
    fn new(error: &serde_json::Error) -> Self {
        Self {
            line: error.line(),
            column: error.column(),
            ended: error.is_eof(),
        }
    }
}

impl Json {
    /// The whole of `text` as one value. Texts over 4 GiB are refused; bodies are 16 MiB at most.
    pub fn parse(text: Arc<str>) -> Result<Self, NotJson> {
        let (start, end) = {
            let raw: &RawValue =
                serde_json::from_str(&text).map_err(|error| NotJson::new(&error))?;
            span(&text, raw).ok_or(NotJson::default())?
        };
        Ok(Self { text, start, end })
    }

    /// The part of `text` as one value, as [`Json::parse`] does with all of it; lines count from the part's first.
    pub fn parse_part(text: &Arc<str>, part: Range<usize>) -> Result<Self, NotJson> {
        let own = text.get(part).unwrap_or_default();
        let raw: &RawValue = serde_json::from_str(own).map_err(|error| NotJson::new(&error))?;
        let (start, end) = span(text, raw).ok_or(NotJson::default())?;
        let text = Arc::clone(text);
        Ok(Self { text, start, end })
    }

    /// All values of `text`, one behind the other with blanks between them.
    pub fn parse_all(text: &Arc<str>) -> Result<Vec<Self>, NotJson> {
        let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        let parts = values.map(|raw| {
            let raw = raw.map_err(|error| NotJson::new(&error))?;
            let (start, end) = span(text, raw).ok_or(NotJson::default())?;
            let text = Arc::clone(text);
            Ok(Self { text, start, end })
        });
        parts.collect()
    }

    /// Where it begins in the text it is a part of, in bytes.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// The value as sent.
    pub fn raw(&self) -> &str {
        &self.text[self.start as usize..self.end as usize]
    }

    pub fn kind(&self) -> JsonKind {
        match self.raw().as_bytes().first() {
            Some(b'{') => JsonKind::Object,
            Some(b'[') => JsonKind::Array,
            Some(b'"') => JsonKind::String,
            Some(b't' | b'f') => JsonKind::Bool,
            Some(b'n') => JsonKind::Null,
            _ => JsonKind::Number,
        }
    }

    /// The text of a string; nothing for any other kind. An escape of half a surrogate pair, which
    /// JavaScript back ends send, reads as U+FFFD.
    pub fn string(&self) -> Option<Cow<'_, str>> {
        (self.kind() == JsonKind::String).then(|| unescaped(self.raw()))
    }

    /// The beginning of a string's text, at most so many characters; what is behind them is not read.
    pub fn beginning(&self, characters: usize) -> Option<String> {
        let inner = self.raw().strip_prefix('"')?.strip_suffix('"')?;
        let mut end = 0;
        for _ in 0..characters {
            end += match inner.as_bytes().get(end..) {
                None | Some([]) => break,
                Some([b'\\', b'u', ..]) => 6,
                Some([b'\\', ..]) => 2,
                Some(_) => inner[end..].chars().next().map_or(1, char::len_utf8),
            };
        }
        let beginning = format!("\"{}\"", inner.get(..end)?);
        Some(unescaped(&beginning).into_owned())
    }

    /// A string's text, or any other value as sent.
    pub fn plain(&self) -> Cow<'_, str> {
        self.string().unwrap_or(Cow::Borrowed(self.raw()))
    }

    /// A number that is whole and small enough, also where it was sent as a string.
    pub fn whole(&self) -> Option<u64> {
        match self.kind() {
            JsonKind::Number => {
                let raw = self.raw();
                raw.strip_suffix(".0").unwrap_or(raw).parse().ok()
            }
            JsonKind::String => self.string()?.trim().parse().ok(),
            _ => None,
        }
    }

    /// The members of an object or array, in the order sent, duplicates included.
    pub fn members(&self) -> Vec<Member> {
        let raw = self.raw();
        let mut parser = serde_json::Deserializer::from_str(raw);
        // The whole text was read when it was parsed, so that a part of it cannot fail.
        let members = parser.deserialize_any(Level).unwrap_or_default();
        members
            .into_iter()
            .filter_map(|(name, value)| {
                let (start, end) = span(raw, value)?;
                let name = name.map(|name| unescaped(name.get()).into_owned());
                Some((name, self.part(start, end)))
            })
            .collect()
    }

    /// The last member of an object with that name, as JSON parsers commonly choose.
    pub fn member(&self, name: &str) -> Option<Json> {
        if self.kind() != JsonKind::Object {
            return None;
        }
        let raw = self.raw();
        let mut parser = serde_json::Deserializer::from_str(raw);
        let found = parser.deserialize_any(Last(name)).unwrap_or_default()?;
        let (start, end) = span(raw, found)?;
        Some(self.part(start, end))
    }

    /// Where `inner` stands in this value: `.message.meta.call.duration`, `.attachments[1]`.
    pub fn path_to(&self, inner: &Json) -> Option<String> {
        let mut at = self.clone();
        let mut path = String::new();
        while (at.start, at.end) != (inner.start, inner.end) {
            let holds = |value: &Json| value.start <= inner.start && inner.end <= value.end;
            let (index, (name, next)) = at
                .members()
                .into_iter()
                .enumerate()
                .find(|(_, (_, value))| holds(value))?;
            match name {
                Some(name) if is_plain(&name) => path = format!("{path}.{name}"),
                Some(name) => path = format!("{path}[{}]", serde_json::Value::from(name)),
                None => path = format!("{path}[{index}]"),
            }
            at = next;
        }
        Some(if path.is_empty() {
            ".".to_owned()
        } else {
            path
        })
    }

    fn part(&self, start: u32, end: u32) -> Self {
        Self {
            text: Arc::clone(&self.text),
            start: self.start + start,
            end: self.start + end,
        }
    }
}

/// Values are customers' words: `Debug` tells kind and size only.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Json({:?}, {} bytes)",
            self.kind(),
            self.end - self.start
        )
    }
}

/// Whether a path may name it without quotes.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn span(text: &str, part: &RawValue) -> Option<(u32, u32)> {
    let part = part.get();
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    Some((
        u32::try_from(start).ok()?,
        u32::try_from(start + part.len()).ok()?,
    ))
}

fn unescaped(raw: &str) -> Cow<'_, str> {
    if let Some(inner) = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'))
        && !inner.contains('\\')
    {
        return Cow::Borrowed(inner);
    }
    let text =
        serde_json::from_str(raw).or_else(|_| serde_json::from_str(&without_lone_surrogates(raw)));
    // The parser has accepted the escapes before; what is left is shown as sent.
    text.map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// `raw` with each `\ud800`…`\udfff` that is not part of a pair written as `\ufffd`.
fn without_lone_surrogates(raw: &str) -> String {
    let unit = |at: usize| {
        let digits = raw.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut fixed = String::with_capacity(raw.len());
    let mut rest = 0;
    while rest < raw.len() {
        match unit(rest) {
            Some(0xd800..=0xdbff) if matches!(unit(rest + 6), Some(0xdc00..=0xdfff)) => {
                fixed.push_str(&raw[rest..rest + 12]);
                rest += 12;
            }
            Some(0xd800..=0xdfff) => {
                fixed.push_str("\\ufffd");
                rest += 6;
            }
            _ => {
                // An escaped backslash must not lend its second half to what follows.
                let escape = raw[rest..].starts_with('\\');
                let length = raw[rest..]
                    .chars()
                    .take(1 + usize::from(escape))
                    .map(char::len_utf8)
                    .sum::<usize>();
                fixed.push_str(&raw[rest..rest + length]);
                rest += length;
            }
        }
    }
    fixed
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;
    use proptest::prelude::*;

    fn json(text: &str) -> Json {
        Json::parse(text.into()).unwrap()
    }

    #[test]
    fn members_keep_order_duplicates_and_numbers_as_sent() {
        let members = json(r#" {"b":1e999,"a":[1, 2.50],"b":"x"} "#).members();
        let told: Vec<_> = members
            .iter()
            .map(|(name, value)| (name.as_deref().unwrap(), value.raw()))
            .collect();
        assert_eq!(told, [("b", "1e999"), ("a", "[1, 2.50]"), ("b", "\"x\"")]);
    }

    #[test]
    fn half_a_surrogate_pair_reads_as_the_replacement_character() {
        let value = json(r#"{"\udc00k":"a\ud83d b \ud83d\ude00 \\ud83d"}"#);
        let (name, text) = value.members().pop().unwrap();
        assert_eq!(name.unwrap(), "\u{fffd}k");
        assert_eq!(text.string().unwrap(), "a\u{fffd} b \u{1f600} \\ud83d");
    }

    #[test]
    fn a_beginning_ends_at_a_character_and_not_within_an_escape() {
        let value = json(r#""a\u00e9\n€\"z""#);
        let beginnings: Vec<_> = (0..8).map(|all| value.beginning(all).unwrap()).collect();
        let whole = "aé\n€\"z";
        assert_eq!(
            beginnings[..7],
            ["", "a", "aé", "aé\n", "aé\n€", "aé\n€\"", whole]
        );
        assert_eq!(beginnings[7], whole);
        assert_eq!(json("1").beginning(1), None);
        // Half of a pair that the end parts reads as the replacement character.
        assert_eq!(json(r#""\ud83d\ude00""#).beginning(1).unwrap(), "\u{fffd}");
    }

    #[test]
    fn a_path_leads_to_the_value() {
        let root = json(r#"{"message":{"meta":{"call":{"duration":31}},"a b":[0,{"x":1}]}}"#);
        let message = root.member("message").unwrap();
        let duration = message
            .member("meta")
            .unwrap()
            .member("call")
            .unwrap()
            .member("duration")
            .unwrap();
        assert_eq!(
            root.path_to(&duration).unwrap(),
            ".message.meta.call.duration"
        );
        let x = message.member("a b").unwrap().members()[1]
            .1
            .member("x")
            .unwrap();
        assert_eq!(root.path_to(&x).unwrap(), ".message[\"a b\"][1].x");
    }

    #[test]
    fn a_text_that_ends_too_early_is_told_from_one_that_is_wrong() {
        assert!(Json::parse("{\"a\":".into()).unwrap_err().ended);
        assert!(!Json::parse("{a}".into()).unwrap_err().ended);
    }

    #[test]
    fn whole_numbers_are_read_from_strings_too() {
        assert_eq!(json("120").whole(), Some(120));
        assert_eq!(json("\"120\"").whole(), Some(120));
        assert_eq!(json("37.0").whole(), Some(37));
        assert_eq!(json("null").whole(), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[\\[\\]{}\",:\\\\u0-9a-f dD8é]{0,60}") {
            if let Ok(value) = Json::parse(text.as_str().into()) {
                for (_, member) in value.members() {
                    prop_assert!(value.path_to(&member).is_some());
                    member.plain();
                }
            }
        }
    }
}
