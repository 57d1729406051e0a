//! What a message itself tells of why it failed: its error, wherever that stands.
//! Never its text: a body may quote an error.

use std::borrow::Cow;

use super::super::json::{Json, JsonKind};
use super::super::message::Message;

/// More characters than any reason has.
const LONGEST: usize = 2000;
/// A longer code is none.
const LONGEST_CODE: usize = 40;

/// What one place tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Where it stands: `error`, `meta.whatsapp.error.code`.
    pub field: String,
    /// As sent, without blanks around it.
    pub code: Option<String>,
    pub subcode: Option<String>,
    pub text: Option<String>,
}

/// All that is told, the most trusted first: `error`, then `error` under `meta` and under its channels, then what is
/// told of an email's recipients.
pub fn told(message: &Message) -> Vec<Told> {
    let field = message.field("error").cloned();
    let mut told: Vec<Told> = field
        .and_then(|error| of("error", &error))
        .into_iter()
        .collect();
    // What became of an email its record tells.
    let record = message.record().and_then(|record| record.field("error"));
    let record = record.and_then(|error| of("email record, error", error));
    told.splice(0..0, record);
    if let Some(meta) = message.field("meta") {
        for (name, value) in meta.members() {
            let Some(name) = name else { continue };
            if name == "error" {
                told.extend(of("meta.error", &value));
            } else if value.kind() == JsonKind::Object {
                let error = value.member("error");
                told.extend(error.and_then(|error| of(&format!("meta.{name}.error"), &error)));
            }
        }
    }
    let recipients = message.field("recipients").map(Json::members);
    for (_, recipient) in recipients.unwrap_or_default() {
        let reason = recipient.member("failReason");
        told.extend(reason.and_then(|reason| of("recipients.failReason", &reason)));
    }
    told
}

fn of(field: &str, error: &Json) -> Option<Told> {
    match error.kind() {
        JsonKind::Object => {
            let code = ["code", "errorCode"]
                .iter()
                .find_map(|name| error.member(name));
            let subcode = ["subcode", "error_subcode"]
                .iter()
                .find_map(|name| error.member(name));
            let text = error.member("message").as_ref().and_then(text);
            let (code, subcode) = (
                code.as_ref().and_then(as_code),
                subcode.as_ref().and_then(as_code),
            );
            let is_said = code.is_some() || text.is_some();
            is_said.then(|| Told {
                field: field.to_owned(),
                code,
                subcode,
                text,
            })
        }
        JsonKind::Number => Some(Told {
            field: field.to_owned(),
            code: as_code(error),
            subcode: None,
            text: None,
        }),
        JsonKind::String => text(error).map(|text| of_text(field, &text)),
        _ => None,
    }
}

/// A text that is only a number is a code.
fn of_text(field: &str, text: &str) -> Told {
    let text: String = text.trim().chars().take(LONGEST).collect();
    let is_code = (1..=7).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    let (code, text) = if is_code {
        (Some(text), None)
    } else {
        (None, Some(text))
    };
    Told {
        field: field.to_owned(),
        code,
        subcode: None,
        text,
    }
}

fn text(value: &Json) -> Option<String> {
    let text = value.beginning(LONGEST)?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A number, or a word that may be a code.
fn as_code(value: &Json) -> Option<String> {
    let code = match value.kind() {
        JsonKind::Number => Cow::Borrowed(value.raw()),
        JsonKind::String => value.string()?,
        _ => return None,
    };
    let code = code.trim();
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || " ._-/".contains(letter);
    let is_code = (1..=LONGEST_CODE).contains(&code.len()) && code.chars().all(is_part);
    is_code.then(|| code.to_owned())
}
