//! Chosen fields of a lookup: a row for a spreadsheet, or a line of JSON with these alone.
//! Never a hole: a lookup that brought no message has its row, with the kind of its failure.

use std::borrow::Cow;
use std::collections::HashSet;

use super::csv;
use super::ndjson::{one_line, told};
use crate::model::explain::Explanations;
use crate::model::failure::FailureKind;
use crate::model::json::{Json, JsonKind};
use crate::model::path::Path;
use crate::model::snapshot::Snapshot;
use crate::model::verdict::verdict_of;

/// What a spreadsheet has where nothing is chosen.
const USUAL: &str = "id,profile,status,messageType,direction,dateAdded,error,failure";

/// The fields chosen, in their order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fields(Vec<Path>);

/// What a field holds.
enum Value<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Number(u64),
    /// As sent.
    Sent(Json),
}

impl Fields {
    pub fn new(chosen: Vec<Path>) -> Self {
        Self(chosen)
    }

    pub fn usual() -> Self {
        Self(Path::list(USUAL).unwrap_or_default())
    }

    /// The names as a row for a spreadsheet, with its end.
    pub fn csv_head(&self) -> String {
        csv::row(self.0.iter().map(Path::as_str))
    }

    /// The lookup as a row, with its end.
    pub fn csv_row(&self, snapshot: &Snapshot, explanations: &Explanations) -> String {
        let fields = self.0.iter();
        csv::row(fields.map(|field| value(field, snapshot, explanations).cell()))
    }

    /// A row for what held no id, with its end.
    pub fn csv_refusal(&self) -> String {
        csv::row(self.0.iter().map(|field| match field.as_str() {
            "failure" => FailureKind::NotAnId.word(),
            _ => "",
        }))
    }

    /// The lookup as a line of JSON without its end: its id first, its failure last where it has one.
    pub fn line(&self, snapshot: &Snapshot, explanations: &Explanations) -> String {
        let mut members = vec![("id", told(&snapshot.asked.id.as_str()))];
        let fields = self.0.iter().map(|field| {
            let value = value(field, snapshot, explanations);
            (field.as_str(), value.json())
        });
        members.extend(fields);
        if let Err(failure) = &snapshot.outcome {
            members.push(("failure", told(&failure.kind().word())));
        }
        object(members)
    }

    /// A line for what held no id: the text, and the number of its line.
    pub fn refusal(&self, line: usize, input: &str) -> String {
        let fields = self.0.iter().map(Path::as_str);
        let own = ["failure", "input", "line"];
        let nothing = fields.filter(|field| !own.contains(field) && *field != "id");
        let mut members = vec![("id", "null".to_owned())];
        members.extend(nothing.map(|field| (field, "null".to_owned())));
        members.extend([
            ("input", told(&input)),
            ("line", line.to_string()),
            ("failure", told(&FailureKind::NotAnId.word())),
        ]);
        object(members)
    }
}

/// Each name once.
fn object(members: Vec<(&str, String)>) -> String {
    let mut seen = HashSet::new();
    let members = members.into_iter().filter(|(name, _)| seen.insert(*name));
    let members: Vec<_> = members
        .map(|(name, value)| format!("{}:{value}", told(&name)))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn value<'a>(field: &Path, snapshot: &'a Snapshot, explanations: &Explanations) -> Value<'a> {
    let owned = |text: Option<String>| text.map_or(Value::Nothing, |text| Value::Text(text.into()));
    let (asked, outcome) = (&snapshot.asked, snapshot.outcome.as_ref());
    match (field.as_str(), outcome) {
        ("id", _) => Value::Text(asked.id.as_str().into()),
        ("profile", _) => Value::Text(asked.profile.as_str().into()),
        ("ms", _) => Value::Number(snapshot.took.as_millis().try_into().unwrap_or(u64::MAX)),
        ("http", _) => snapshot.answer.as_ref().map_or(Value::Nothing, |answer| {
            Value::Number(u64::from(answer.http))
        }),
        ("failure", Err(failure)) => Value::Text(failure.kind().word().into()),
        ("why", Err(failure)) => Value::Text(failure.why(asked).into()),
        ("failure", Ok(_)) | (_, Err(_)) => Value::Nothing,
        ("status", Ok(message)) => owned(message.outcome().map(|status| status.word().to_owned())),
        ("error", Ok(message)) => message.error().map_or(Value::Nothing, Value::Text),
        ("code", Ok(message)) => owned(verdict_of(snapshot, message, explanations).code),
        ("why", Ok(message)) => owned(Some(verdict_of(snapshot, message, explanations).why)),
        (_, Ok(message)) => field.of(message).map_or(Value::Nothing, Value::Sent),
    }
}

impl Value<'_> {
    fn cell(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.into_owned(),
            Self::Number(number) => number.to_string(),
            Self::Sent(json) if json.kind() == JsonKind::Null => String::new(),
            Self::Sent(json) => json.plain().into_owned(),
        }
    }

    fn json(self) -> String {
        match self {
            Self::Nothing => "null".to_owned(),
            Self::Text(text) => told(&text),
            Self::Number(number) => number.to_string(),
            Self::Sent(json) => one_line(json.raw()),
        }
    }
}
