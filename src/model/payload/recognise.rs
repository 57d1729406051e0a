//! Telling the forms of a payload apart, by what each object names.
//! Never another resource taken for a message: contacts and conversations have an id and a type too.

use std::sync::Arc;

use super::Unrecognised;
use super::part::{Form, Part, Place};
use crate::model::json::{Json, JsonKind, Member, NotJson};

/// All that stands in `text`, in its order.
pub(super) fn parts(text: &Arc<str>) -> Result<Vec<Part>, Unrecognised> {
    let text = match text.strip_prefix('\u{feff}') {
        Some(text) => &text.into(),
        None => text,
    };
    if text.trim().is_empty() {
        return Err(Unrecognised::Empty);
    }
    let mut found = Found::default();
    match Json::parse_all(text) {
        Ok(values) => found.all(text, &values),
        Err(why) => {
            found.lines(text);
            // Nothing but a broken text: its lines say less than the place where it broke.
            if !found.has_message() {
                return Err(broken(&why));
            }
        }
    }
    if found.has_message() {
        return Ok(found.parts);
    }
    Err(match found.pages {
        0 => Unrecognised::NoMessage,
        _ if found.parts.is_empty() => Unrecognised::NoMessages,
        _ => Unrecognised::NoMessage,
    })
}

fn broken(why: &NotJson) -> Unrecognised {
    let NotJson { line, column, .. } = *why;
    if why.ended {
        Unrecognised::Cut { line }
    } else {
        Unrecognised::NotJson { line, column }
    }
}

#[derive(Default)]
struct Found {
    parts: Vec<Part>,
    /// Pages among it, empty ones too.
    pages: usize,
    /// What the lists and pages of the value under way held so far.
    items: u32,
}

impl Found {
    fn has_message(&self) -> bool {
        let strange = |form: &Form| matches!(form, Form::Strange(_) | Form::Broken(..));
        self.parts.iter().any(|part| !strange(&part.form))
    }

    /// Values one behind the other.
    fn all(&mut self, text: &str, values: &[Json]) {
        let (mut line, mut counted) = (1, 0);
        for value in values {
            let start = value.start();
            let between = text.get(counted..start).unwrap_or_default();
            line += between.bytes().filter(|byte| *byte == b'\n').count();
            counted = start;
            self.value(value, line, values.len() > 1);
        }
    }

    /// A value a line, broken ones between them.
    fn lines(&mut self, text: &Arc<str>) {
        let mut start = 0;
        for (line, number) in text.split('\n').zip(1..) {
            let part = start..start + line.len();
            start = part.end + 1;
            if line.trim().is_empty() {
                continue;
            }
            match Json::parse_part(text, part.clone()) {
                Ok(value) => self.value(&value, number, true),
                Err(why) => {
                    let indent = line.len() - line.trim_start().len();
                    let range = part.start + indent..part.start + line.trim_end().len();
                    let form = Form::Broken(Arc::clone(text), range, why);
                    self.push(form, Place::line(number, true), None);
                }
            }
        }
    }

    fn value(&mut self, value: &Json, line: usize, among: bool) {
        self.items = 0;
        let place = Place::line(line, among);
        if value.kind() == JsonKind::Array {
            self.list(value, place, None);
        } else {
            self.one(value, place);
        }
    }

    /// One that stands alone or in a list: it may be a line of this program's, which tells of another.
    fn one(&mut self, value: &Json, place: Place) {
        let fields = Fields::new(value);
        let is_text = |name: &str| fields.kind(name) == Some(JsonKind::String);
        let of_get = (is_text("id") || is_text("input")) && !fields.has("messageType");
        if of_get && let Some(answer) = fields.get("answer") {
            let outer = Some(value.clone());
            return match answer.kind() {
                JsonKind::Array => self.list(answer, place, outer),
                _ => self.answer(answer, &Fields::new(answer), place, outer),
            };
        }
        let recorded = ["endpoint", "profile", "at"].into_iter().all(is_text);
        let failed = fields.kind("failure") == Some(JsonKind::Object);
        if (of_get && failed) || recorded {
            return self.push(Form::Told, place, Some(value.clone()));
        }
        self.answer(value, &fields, place, None);
    }

    fn list(&mut self, list: &Json, place: Place, outer: Option<Json>) {
        for (_, value) in list.members() {
            let place = self.next(place);
            match &outer {
                None => self.one(&value, place),
                Some(_) => self.answer(&value, &Fields::new(&value), place, outer.clone()),
            }
        }
    }

    /// What the API or a webhook sends.
    fn answer(&mut self, value: &Json, fields: &Fields, place: Place, outer: Option<Json>) {
        if let Some(messages) = fields.page() {
            self.pages += 1;
            for (_, message) in messages.members() {
                let place = self.next(place);
                let form = flat(&message, &Fields::new(&message));
                // The id that was asked for is the conversation's.
                self.push(form, place, None);
            }
            return;
        }
        let wrapped = fields.object("message").map(Fields::new);
        let form = if wrapped.is_some_and(|inner| inner.has("id") || inner.is_message()) {
            Form::Message(value.clone())
        } else if fields.object("emailMessage").is_some() {
            Form::Email(value.clone())
        } else {
            flat(value, fields)
        };
        self.push(form, place, outer);
    }

    /// The place of the next one in a list or page.
    fn next(&mut self, place: Place) -> Place {
        self.items += 1;
        Place {
            item: self.items,
            ..place
        }
    }

    fn push(&mut self, form: Form, place: Place, outer: Option<Json>) {
        self.parts.push(Part { form, place, outer });
    }
}

/// What stands there without a wrapper.
fn flat(value: &Json, fields: &Fields) -> Form {
    if fields.is_message() {
        Form::Message(value.clone())
    } else if fields.has("id") && fields.has("threadId") {
        Form::Email(value.clone())
    } else {
        Form::Strange(value.clone())
    }
}

/// The members of an object, read once.
struct Fields(Vec<Member>);

impl Fields {
    fn new(value: &Json) -> Self {
        match value.kind() {
            JsonKind::Object => Self(value.members()),
            _ => Self(Vec::new()),
        }
    }

    fn get(&self, name: &str) -> Option<&Json> {
        let mut all = self.0.iter().rev();
        let (_, value) = all.find(|(own, _)| own.as_deref() == Some(name))?;
        Some(value)
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn kind(&self, name: &str) -> Option<JsonKind> {
        self.get(name).map(Json::kind)
    }

    fn object(&self, name: &str) -> Option<&Json> {
        self.get(name)
            .filter(|value| value.kind() == JsonKind::Object)
    }

    /// The messages of a page: of a conversation's in both shapes, or of an export.
    fn page(&self) -> Option<Json> {
        let messages = self.get("messages")?;
        let is_list = |json: &Json| json.kind() == JsonKind::Array;
        match messages.kind() {
            JsonKind::Array => Some(messages.clone()),
            JsonKind::Object => messages.member("messages").filter(is_list),
            _ => None,
        }
    }

    /// Stricter than an answer's, which was asked for as a message: here a contact may stand, or an event of another
    /// kind, and those have an id and a type in words.
    fn is_message(&self) -> bool {
        if self.has("messageType") || self.has("messageTypeString") {
            return true;
        }
        let conversation = ["unreadCount", "inbox", "starred"];
        let Some(kind) = self.get("type") else {
            return false;
        };
        let numbered = self.has("id") && kind.whole().is_some();
        let event = self.has("messageId");
        (numbered || event) && !conversation.into_iter().any(|name| self.has(name))
    }
}

impl Place {
    fn line(line: usize, among: bool) -> Self {
        Self {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            item: 0,
            among,
        }
    }
}
