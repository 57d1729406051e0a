//! The name of one value inside an answer: `status`, `meta.call.duration`, `attachments[0]`, `meta["odd name"]`.
//! Never a query: a path names one value at most, and nothing where there is none.

use super::json::{Json, JsonKind};
use super::message::Message;

/// Where a value stands, from the message's own fields on, else from the whole answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    text: String,
    steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Step {
    Name(String),
    Place(usize),
}

/// Why a list of paths is none.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PathError {
    #[error("the list is empty")]
    Empty,
    #[error("name {0} of the list is empty")]
    EmptyName(usize),
    #[error(
        "'{0}' is no name of a field; names look like status, meta.call.duration, attachments[0]"
    )]
    Malformed(String),
}

impl Path {
    /// The paths of a list with commas between them; at least one.
    pub fn list(text: &str) -> Result<Vec<Self>, PathError> {
        if text.trim().is_empty() {
            return Err(PathError::Empty);
        }
        let parts = parts(text).into_iter().enumerate();
        parts
            .map(|(at, part)| match part.trim() {
                "" => Err(PathError::EmptyName(at + 1)),
                part => Self::new(part).ok_or_else(|| PathError::Malformed(part.to_owned())),
            })
            .collect()
    }

    fn new(text: &str) -> Option<Self> {
        let text = text.strip_prefix('.').unwrap_or(text);
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (step, after) = match rest.strip_prefix('[') {
                Some(inner) => bracketed(inner)?,
                None if steps.is_empty() => bare(rest)?,
                None => bare(rest.strip_prefix('.')?)?,
            };
            steps.push(step);
            rest = after;
        }
        let text = text.to_owned();
        (!steps.is_empty()).then_some(Self { text, steps })
    }

    /// As it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value of that name in the message, or in what was sent around it.
    pub fn of(&self, message: &Message) -> Option<Json> {
        let (first, rest) = self.steps.split_first()?;
        let first = match first {
            Step::Name(name) => message
                .field(name)
                .cloned()
                .or_else(|| message.root().member(name)),
            Step::Place(_) => first.of(message.root()),
        };
        rest.iter().try_fold(first?, |value, step| step.of(&value))
    }
}

impl Step {
    fn of(&self, value: &Json) -> Option<Json> {
        match self {
            Self::Name(name) => value.member(name),
            Self::Place(at) if value.kind() == JsonKind::Array => {
                value.members().into_iter().nth(*at).map(|(_, value)| value)
            }
            Self::Place(_) => None,
        }
    }
}

/// The words of a list with commas between them; at least one.
pub fn words(text: &str) -> Result<Vec<String>, PathError> {
    if text.trim().is_empty() {
        return Err(PathError::Empty);
    }
    let parts = text.split(',').map(str::trim).enumerate();
    parts
        .map(|(at, part)| match part {
            "" => Err(PathError::EmptyName(at + 1)),
            part => Ok(part.to_owned()),
        })
        .collect()
}

/// A name without quotes, up to the next step.
fn bare(text: &str) -> Option<(Step, &str)> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || "]\"'".contains(letter);
    (!name.is_empty() && !name.contains(odd)).then(|| (Step::Name(name.to_owned()), rest))
}

/// What stands behind a `[`, its `]` included.
fn bracketed(text: &str) -> Option<(Step, &str)> {
    if !text.starts_with('"') {
        let (place, rest) = text.split_once(']')?;
        return Some((Step::Place(place.parse().ok()?), rest));
    }
    let mut names = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let name = names.next()?.ok()?;
    let rest = text.get(names.byte_offset()..)?.strip_prefix(']')?;
    Some((Step::Name(name), rest))
}

/// What stands between the commas that are not quoted.
fn parts(text: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let ends = move |letter: char| {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        letter == ',' && !quoted
    };
    text.split(ends).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;
    use crate::model::endpoint::Endpoint;
    use proptest::prelude::*;

    fn message() -> Message {
        let text = r#"{"message":{"id":"a","meta":{"call":{"duration":7},"odd, \"name\"":[1,{"x":true}]},"traceId":null},"traceId":"t"}"#;
        let root = Json::parse(text.into()).unwrap();
        let object = root.member("message").unwrap();
        Message::new(root, &object, Endpoint::Message)
    }

    fn found(path: &str) -> Option<String> {
        let paths = Path::list(path).unwrap();
        Some(paths[0].of(&message())?.raw().to_owned())
    }

    #[test]
    fn a_path_names_a_value_of_the_message_or_of_what_stands_around_it() {
        assert_eq!(found("id").as_deref(), Some("\"a\""));
        assert_eq!(found("meta.call.duration").as_deref(), Some("7"));
        assert_eq!(found(".message.meta.call.duration").as_deref(), Some("7"));
        let odd = r#"meta["odd, \"name\""][1].x"#;
        assert_eq!(found(odd).as_deref(), Some("true"));
        assert_eq!(found("traceId").as_deref(), Some("null"));
        for nothing in ["nothing", "id.more", "meta[0]", "[0]", "meta.call[2]"] {
            assert_eq!(found(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn what_the_outline_calls_a_value_is_its_path_here_too() {
        let message = message();
        let meta = message.field("meta").unwrap().clone();
        for value in [
            meta.member("call").unwrap(),
            meta.members().pop().unwrap().1,
        ] {
            let told = message.root().path_to(&value).unwrap();
            assert_eq!(
                Path::list(&told).unwrap()[0].of(&message),
                Some(value),
                "{told}"
            );
        }
    }

    #[test]
    fn an_empty_or_malformed_list_is_named() {
        assert_eq!(Path::list(" "), Err(PathError::Empty));
        assert_eq!(Path::list("id,,status"), Err(PathError::EmptyName(2)));
        assert_eq!(Path::list("id,"), Err(PathError::EmptyName(2)));
        for text in [
            "meta..call",
            "meta.",
            "a b",
            "a[",
            "a[x]",
            "a[\"x]",
            "a]",
            ".",
        ] {
            assert_eq!(Path::list(text), Err(PathError::Malformed(text.to_owned())));
        }
        let paths = Path::list("id, meta.call , attachments[0]").unwrap();
        let texts: Vec<_> = paths.iter().map(Path::as_str).collect();
        assert_eq!(texts, ["id", "meta.call", "attachments[0]"]);
    }

    proptest! {
        #[test]
        fn no_list_makes_it_panic(text in "[a-z.,\\[\\]\"\\\\0-9é ]{0,30}") {
            if let Ok(paths) = Path::list(&text) {
                for path in &paths {
                    path.of(&message());
                }
            }
        }
    }
}
