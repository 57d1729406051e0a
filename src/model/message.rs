//! A message as the API sent it: all its fields in their order, and what the known ones say.
//! Never drops a field and never trusts a type: a value that is not what the contract says is still shown.

mod call;
mod page;
mod reading;
mod record;

use std::borrow::Cow;

use jiff::Timestamp;

use super::endpoint::Endpoint;
use super::json::{Json, JsonKind};
use super::kind::{Family, Kind};
use super::status::{Direction, Finality, Status, Tone};

pub use call::{Call, CallStatus};

/// What stands before the code of a carrier's error.
const CODED: &str = "Error ";

/// A message. Cheap to clone: its values are spans of one text.
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    endpoint: Endpoint,
    root: Json,
    fields: Vec<Field>,
    beside: Vec<Field>,
    call: Option<Call>,
    attachments: Vec<Json>,
    /// The newest email record, which says what became of an email.
    record: Option<Box<Message>>,
}

/// A named value of an object.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    pub name: String,
    pub value: Json,
}

impl Message {
    /// `object` is the message itself within `root`, which is all that `endpoint` sent.
    pub fn new(root: Json, object: &Json, endpoint: Endpoint) -> Self {
        let fields = fields(object);
        let beside = if root == *object {
            Vec::new()
        } else {
            fields_without(&root, object)
        };
        let mut message = Self {
            endpoint,
            root,
            fields,
            beside,
            call: None,
            attachments: Vec::new(),
            record: None,
        };
        // Read once: they may stand in megabytes, and are asked for with every frame.
        message.call = message.told_call();
        message.attachments = message.told_attachments();
        message
    }

    /// All that was sent.
    pub fn root(&self) -> &Json {
        &self.root
    }

    /// Every field of the message, in the order sent.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// What stood beside the message in its wrapper: `traceId` and whatever else.
    pub fn beside(&self) -> &[Field] {
        &self.beside
    }

    pub fn field(&self, name: &str) -> Option<&Json> {
        self.fields
            .iter()
            .rev()
            .find(|field| field.name == name)
            .map(|field| &field.value)
    }

    fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.field(name)?.string()
    }

    /// The message's own id; webhooks call it `messageId`.
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.text("id").or_else(|| self.text("messageId"))
    }

    pub fn kind(&self) -> Option<Kind> {
        let name = self
            .text("messageTypeString")
            .or_else(|| self.text("messageType"))
            .or_else(|| self.text("type").filter(|word| !is_event(word)));
        let own = Kind::new(name.as_deref(), self.type_number());
        // A record names no type: what it is says where it came from.
        own.or_else(|| Kind::new(Some("TYPE_EMAIL"), None).filter(|_| self.is_email_record()))
    }

    pub fn type_number(&self) -> Option<u64> {
        let numbers = ["type", "messageTypeId"].into_iter();
        numbers
            .filter_map(|name| self.field(name))
            .find_map(Json::whole)
    }

    pub fn family(&self) -> Family {
        self.kind().map_or(Family::Unknown, |kind| kind.family())
    }

    pub fn direction(&self) -> Option<Direction> {
        self.text("direction").map(|word| Direction::new(&word))
    }

    /// The `status` field as sent. A status of another type than a string is shown as it is.
    pub fn status(&self) -> Option<Status> {
        let value = self
            .field("status")
            .filter(|value| value.kind() != JsonKind::Null)?;
        Some(Status::new(value.plain()))
    }

    /// The status that tells what happened: a call's own before the message's, since `completed`
    /// there only means that it ended; an email's is its record's.
    pub fn outcome(&self) -> Option<Status> {
        let call = self.call().and_then(|call| call.status.as_ref());
        call.map(|call| call.status.clone())
            .or_else(|| self.record()?.status())
            .or_else(|| self.status())
    }

    /// How the headline tells it.
    pub fn tone(&self) -> Tone {
        match self.outcome() {
            Some(_) if self.is_log_entry() => Tone::Neutral,
            Some(status) => status.tone(),
            None if self.family() == Family::Log => Tone::Neutral,
            None if self.direction() == Some(Direction::Inbound) => Tone::Inbound,
            None => Tone::Neutral,
        }
    }

    /// Whether it was only kept inside HighLevel; one that failed is told as such.
    pub fn is_log_entry(&self) -> bool {
        let went_well = |status: Status| status.tone() == Tone::Success;
        self.family() == Family::Log && self.outcome().is_none_or(went_well)
    }

    /// Whether the status will not change any more. On a text message `delivered` is the end.
    pub fn is_final(&self) -> bool {
        let Some(status) = self.outcome() else {
            return self.family() != Family::Email;
        };
        let delivered = status.word() == "delivered";
        status.finality() == Finality::Final
            || (delivered && matches!(self.family(), Family::Text | Family::Log | Family::Chat))
    }

    /// Why it failed, where the API says so: `error`, as text, number or object; an email's record has it.
    pub fn error(&self) -> Option<Cow<'_, str>> {
        let record = self.record().and_then(Self::own_error);
        record.or_else(|| self.own_error())
    }

    fn own_error(&self) -> Option<Cow<'_, str>> {
        let value = self
            .field("error")
            .filter(|value| value.kind() != JsonKind::Null)?;
        let text = match value.kind() {
            JsonKind::Object => Cow::Owned(value.member("message").map_or_else(
                || value.raw().to_owned(),
                |inner| inner.plain().into_owned(),
            )),
            _ => value.plain(),
        };
        (!text.trim().is_empty()).then_some(text)
    }

    pub fn body(&self) -> Option<Cow<'_, str>> {
        let bodies = BODIES.into_iter().filter_map(|name| self.text(name));
        bodies.into_iter().find(|body| !body.is_empty())
    }

    pub fn content_type(&self) -> Option<Cow<'_, str>> {
        self.text("contentType")
    }

    /// URLs, or whatever else the list held; an email's may stand in its record.
    pub fn attachments(&self) -> &[Json] {
        match self.record() {
            Some(record) if self.attachments.is_empty() => &record.attachments,
            _ => &self.attachments,
        }
    }

    fn told_attachments(&self) -> Vec<Json> {
        let list = self
            .field("attachments")
            .filter(|value| value.kind() == JsonKind::Array);
        list.map(Json::members)
            .unwrap_or_default()
            .into_iter()
            .map(|(_, value)| value)
            .collect()
    }

    pub fn added(&self) -> Option<Timestamp> {
        time(self.field("dateAdded")?)
    }

    pub fn updated(&self) -> Option<Timestamp> {
        time(self.field("dateUpdated")?)
    }

    pub fn trace_id(&self) -> Option<Cow<'_, str>> {
        let field = self
            .beside
            .iter()
            .find(|field| field.name == "traceId")
            .map(|field| &field.value);
        field.or_else(|| self.field("traceId"))?.string()
    }

    /// The call's facts; nothing for a message that is no call and holds none.
    pub fn call(&self) -> Option<&Call> {
        self.call.as_ref()
    }

    /// One line on what it says, for a list: never a text where something went wrong.
    pub fn snippet(&self) -> String {
        if matches!(self.tone(), Tone::Failure)
            && let Some(error) = self.error()
        {
            let error = error.trim();
            return error
                .strip_prefix(CODED)
                .unwrap_or(error)
                .replacen(" - ", " ", 1);
        }
        if let Some(call) = self.call() {
            let status = self
                .outcome()
                .map(|status| status.word().to_owned())
                .unwrap_or_default();
            // A call that nobody took has none to tell.
            return match call.duration.filter(|duration| !duration.is_zero()) {
                Some(duration) => format!("{status}, {}", super::text::span(duration)),
                None => status,
            };
        }
        if matches!(self.tone(), Tone::Failure) {
            return "no reason carried".to_owned();
        }
        // Of a text of megabytes no more is read than a list shows.
        let names = ["subject"].into_iter().chain(BODIES);
        let said = names.into_iter().find_map(|name| {
            let said = self.field(name)?.beginning(SNIPPET)?;
            (name == "subject" || !said.is_empty()).then_some(said)
        });
        let Some(said) = said else {
            let files = self.attachments().len();
            let one = usize::from(files == 1);
            return match files {
                0 => self
                    .kind()
                    .map(|kind| kind.words().to_owned())
                    .unwrap_or_default(),
                _ => format!("{files} attachment{}", &"s"[one..]),
            };
        };
        said
    }
}

/// Whether a webhook's `type` names what happened (`InboundMessage`) and not what kind of message it is. Those of
/// custom providers say `SMS` or `Email` there.
fn is_event(word: &str) -> bool {
    word.ends_with("Message") || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where a text stands: a webhook of custom providers calls it `message`.
const BODIES: [&str; 2] = ["body", "message"];

/// More characters than any list shows.
const SNIPPET: usize = 200;

/// Whether an object is a message: it names its type, or has an id and numbers its type. So does a
/// conversation, with another table of numbers; contacts and email records have neither.
pub fn is_message(object: &Json) -> bool {
    let names: Vec<String> = object
        .members()
        .into_iter()
        .filter_map(|(name, _)| name)
        .collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    let typed = has(&["messageType", "messageTypeString"]);
    let conversation = has(&["unreadCount", "inbox", "starred"]);
    let numbered = has(&["id", "messageId"]) && has(&["type"]) && !conversation;
    typed || numbered
}

/// The fields of an object, in the order sent.
pub fn fields(object: &Json) -> Vec<Field> {
    let members = object.members().into_iter();
    members
        .filter_map(|(name, value)| Some(Field { name: name?, value }))
        .collect()
}

fn fields_without(root: &Json, object: &Json) -> Vec<Field> {
    fields(root)
        .into_iter()
        .filter(|field| field.value != *object)
        .collect()
}

/// An ISO time, or epoch seconds or milliseconds.
fn time(value: &Json) -> Option<Timestamp> {
    if let Some(text) = value.string()
        && let Ok(time) = text.parse()
    {
        return Some(time);
    }
    let number = i64::try_from(value.whole()?).ok()?;
    let milliseconds = if number > 100_000_000_000 {
        number
    } else {
        number.checked_mul(1000)?
    };
    Timestamp::from_millisecond(milliseconds).ok()
}
