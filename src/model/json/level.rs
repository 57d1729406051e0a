//! One level of a JSON value read: its members as parts of the text.
//! Never looks into a member.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::unescaped;

/// Reads one level: members as spans, nothing below them.
pub(super) struct Level;

impl<'de> Visitor<'de> for Level {
    type Value = Vec<(Option<&'de RawValue>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            members.push((Some(name), value));
        }
        Ok(members)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(value) = seq.next_element()? {
            members.push((None, value));
        }
        Ok(members)
    }
}

/// Finds the last member with a name and keeps nothing of the others.
pub(super) struct Last<'name>(pub(super) &'name str);

impl<'de> Visitor<'de> for Last<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            if unescaped(name.get()) == self.0 {
                found = Some(value);
            }
        }
        Ok(found)
    }
}
