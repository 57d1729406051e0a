//! What belongs to the demo's messages: contacts, users, the location, transcripts, conversations in pages.
//! Never a real person or number.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::answer::{Answer, Ask};
use super::{messages, troubles};

/// Messages of a page, unless the request says another number.
const PAGE: usize = 20;
/// Messages that the long conversation has in all.
const LONG: usize = 60;

/// The conversation that is long, and answered as the API really does: wrapped twice.
const LONG_ONE: &str = "lmjOL3agcrEBw7TSTb7z";
/// Two that are as short as their messages are few, and answered as documented.
const SHORT_ONES: [&str; 2] = ["Jr8mL4vPz6HgT1bXw3Nk", "Gd5pY1jHn6RtX3wFk8Qs"];

const LOCATION: &str = "7ysh0vjy4EDQXyzqTu7v";

/// Messages that only the long conversation has, by their number.
const OLDER: &str = "olderMessageOfDemo";

/// The answer for what belongs to a message; `None` for another path.
pub(super) fn answer(ask: Ask<'_>) -> Option<Answer> {
    let segments: Vec<_> = ask.path.split('/').skip(1).collect();
    Some(match segments.as_slice() {
        ["contacts", id] => contact(id),
        ["users", id] => user(id),
        ["locations", LOCATION] => found(&json!({
            "location": {
                "id": LOCATION, "companyId": "1uGw9I0zG84DZ5PPEq5t", "name": "Acme Studio",
                "timezone": "America/Chicago", "country": "US", "email": "hello@example.com",
                "phone": "+15550100144"
            },
            "traceId": "afc46899-7493-43c0-a14c-1efee1adbbc7"
        })),
        ["conversations", id, "messages"] => conversation(id, ask.query),
        [
            "conversations",
            "locations",
            LOCATION,
            "messages",
            id,
            "transcription",
        ] => transcript(id),
        _ => return None,
    })
}

fn found(body: &Value) -> Answer {
    Answer::json(200, body.to_string())
}

fn contact(id: &str) -> Answer {
    let (first, last, email, phone, dnd) = match id {
        "PvqI5W9TlT58kcNluuZ6" => ("Dana", "Poe", "dana@example.com", "+15550100122", false),
        "cW7nB3yTq9ZsM5xKd2Vf" => ("Lee", "Marsh", "lee@example.com", "+15550100155", false),
        // What a token may read differs: of this one only the id is known.
        "mT4xQ8sWc2LrK7vZb9Ny" => {
            return Answer::refusal(401, "The token is not authorized for this scope.");
        }
        _ => return Answer::refusal(400, "Contact not found"),
    };
    found(&json!({
        "contact": {
            "id": id, "locationId": LOCATION, "firstName": first, "lastName": last, "email": email,
            "phone": phone, "dnd": dnd, "tags": ["vip"], "timezone": "America/Chicago",
            "dateAdded": "2025-07-02T05:18:26.704Z"
        },
        "traceId": "a649cbf1-2106-4dcd-aa53-dc8faee2f22f"
    }))
}

fn user(id: &str) -> Answer {
    let (name, email) = match id {
        "X8HZhMTLuY4lgOeUSpiS" => ("Jo Doe", "jo@example.com"),
        "BjECq5lJOdcoo3TMs5Jk" => ("Sam Reyes", "sam@example.com"),
        _ => return Answer::refusal(404, "User not found"),
    };
    found(&json!({
        "id": id, "name": name, "email": email, "phone": "+15550100133",
        "roles": { "type": "account", "role": "admin", "locationIds": [LOCATION] }
    }))
}

/// One as clients of the API expect it, one as it is documented, and none for the others.
fn transcript(id: &str) -> Answer {
    let sentence = |index: usize, channel: u8, start: u64, text: &str| {
        json!({
            "mediaChannel": channel, "sentenceIndex": index, "startTime": start,
            "endTime": start + 3_000, "transcript": text, "confidence": 0.9
        })
    };
    match id {
        "h8TC9QDvm6i0bnGVjVV0" => {
            let said = [
                (
                    1,
                    34,
                    "This call may be recorded for quality assurance purposes.",
                ),
                (1, 4_700, "Acme Studio, this is Jo. How can I help you?"),
                (
                    2,
                    9_200,
                    "Hi Jo, this is Dana. I never got the text with my appointment.",
                ),
                (
                    1,
                    15_900,
                    "Let me look that up. I have your number ending in one two two?",
                ),
                (2, 21_300, "That is the one."),
                (
                    1,
                    24_800,
                    "It was filtered on its way; I will read the time to you instead.",
                ),
                (2, 31_000, "Thursday at three, then? Perfect."),
                (1, 248_000, "See you on Thursday. Goodbye."),
            ];
            let said = said.iter().enumerate();
            let said =
                said.map(|(index, (channel, start, text))| sentence(index, *channel, *start, text));
            found(&Value::Array(said.collect()))
        }
        "fHxhyHROSjCvHcOxctEJ" => found(&sentence(
            0,
            1,
            800,
            "Hello, it is Dana. Please call me back about Thursday.",
        )),
        _ => troubles::not_found(),
    }
}

/// A page of a conversation, newest first.
fn conversation(id: &str, query: &str) -> Answer {
    let mut all = messages_of(id);
    let wrapped = id == LONG_ONE;
    if wrapped {
        for number in 0..LONG.saturating_sub(all.len()) {
            all.push(older_object(number));
        }
    }
    if all.is_empty() {
        return page(&[], false, wrapped);
    }
    let field = |name: &str| {
        let mut fields = query.split('&').filter_map(|field| field.split_once('='));
        fields.find(|(own, _)| *own == name).map(|(_, value)| value)
    };
    let limit = field("limit").and_then(|limit| limit.parse().ok());
    let limit: usize = limit.unwrap_or(PAGE);
    let start = match field("lastMessageId") {
        None => 0,
        Some(last) => match all.iter().position(|message| message["id"] == last) {
            Some(place) => place + 1,
            None => return Answer::refusal(400, "lastMessageId is not of this conversation"),
        },
    };
    let end = all.len().min(start + limit);
    page(&all[start..end], end < all.len(), wrapped)
}

fn page(messages: &[Value], more: bool, wrapped: bool) -> Answer {
    let last = messages
        .last()
        .map_or(Value::Null, |last| last["id"].clone());
    let page = json!({ "lastMessageId": last, "nextPage": more, "messages": messages });
    let trace = "29d473fd-2302-4995-aca3-d55048703a20";
    if wrapped {
        return found(&json!({ "messages": page, "traceId": trace }));
    }
    let mut flat = page;
    flat["traceId"] = Value::from(trace);
    found(&flat)
}

/// The demo's own messages of that conversation.
fn messages_of(id: &str) -> Vec<Value> {
    if id != LONG_ONE && !SHORT_ONES.contains(&id) {
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let bodies = messages::bodies().filter_map(|body| serde_json::from_str::<Value>(body).ok());
    let objects = bodies.map(|answer| match answer.get("message") {
        Some(message) => message.clone(),
        None => answer,
    });
    let mut own: Vec<Value> = objects
        .filter(|message| message["conversationId"] == id)
        .filter(|message| seen.insert(message["id"].to_string()))
        .collect();
    own.sort_by_key(|message| std::cmp::Reverse(message["dateAdded"].to_string()));
    own
}

fn older_id(number: usize) -> String {
    format!("{OLDER}{number:02}")
}

/// A message that only the long conversation has.
pub(super) fn older(id: &str) -> Option<String> {
    let number = id.strip_prefix(OLDER)?.parse().ok()?;
    (number < LONG && older_id(number) == id).then(|| {
        let trace = "5f0d8c52-3a7e-4b19-9c46-d2e1f7a3b864";
        json!({ "message": older_object(number), "traceId": trace }).to_string()
    })
}

/// Every third came from the contact; each is a day older than the one before.
fn older_object(number: usize) -> Value {
    const SAID: [&str; 6] = [
        "See you then.",
        "Does Thursday at three suit you?",
        "I would like to move my appointment.",
        "Reminder: your appointment is tomorrow.",
        "Thank you for your visit!",
        "Is parking free?",
    ];
    let newest = Timestamp::from_second(1_769_940_000).unwrap_or_default();
    let days = i64::try_from(number).unwrap_or_default();
    let added = newest - SignedDuration::from_hours(24 * days);
    let inbound = number.is_multiple_of(3);
    let mut object = Map::new();
    let fields = [
        ("id", json!(older_id(number))),
        (
            "direction",
            json!(if inbound { "inbound" } else { "outbound" }),
        ),
        ("status", json!("delivered")),
        ("type", json!(2)),
        ("locationId", json!(LOCATION)),
        ("body", json!(SAID[number % SAID.len()])),
        ("contactId", json!("PvqI5W9TlT58kcNluuZ6")),
        ("contentType", json!("text/plain")),
        ("conversationId", json!(LONG_ONE)),
        ("dateAdded", json!(format!("{added:.3}"))),
        ("messageType", json!("TYPE_SMS")),
    ];
    for (name, value) in fields {
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}
