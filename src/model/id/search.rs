//! Finds the ids in what was typed or pasted: alone, listed, in links, in JSON, in log lines.
//! Never here: a guess where several could be meant, or any part of a token.

use std::collections::HashSet;
use std::fmt;

use super::word::{foreign, is_alphanumeric, path_word};
use super::{IdError, MessageId, key, line, looks_like_token, object};
use crate::model::shown::is_invisible;

/// Bytes that are read of a text; what stands behind is not looked at.
const READ: usize = 64 * 1024;

/// The ids in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// At least one, each once, in the order of the text.
    pub ids: Vec<MessageId>,
    /// What is worth saying about how they were found.
    pub note: Option<Note>,
}

/// What is worth saying about how ids were found. Its `Display` is shown as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    /// Several ids stood in one place; the one under this key was taken.
    Took {
        ids: usize,
        place: Place,
        key: &'static str,
    },
    /// Among several lines with ids stood some without.
    Skipped { lines: usize },
    /// There was no message's id, only a conversation's; its messages are listed.
    Conversation,
    /// There was no message's id, only an email record's.
    EmailRecord,
}

/// Where the ids stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Json,
    Line,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Took { ids, place, key } => {
                let place = match place {
                    Place::Json => "JSON",
                    Place::Line => "line",
                };
                write!(formatter, "{ids} ids in that {place}; took {key}.")
            }
            Self::Conversation => formatter.write_str("That names a conversation: its messages."),
            Self::EmailRecord => formatter.write_str("That names an email record, not a message."),
            Self::Skipped { lines: 1 } => write!(formatter, "1 line held no id."),
            Self::Skipped { lines } => write!(formatter, "{lines} lines held no id."),
        }
    }
}

/// The ids of messages in a text of any kind, of which at most 64 KiB are read.
///
/// A token anywhere in it refuses the whole text. Each line, and each JSON object wherever it begins and ends, is read
/// by itself: lines that hold no id, and those that begin with `#`, are left out where others hold one. In an object
/// `messageId` comes before `message.id`, before an `id` beside `messageType`, before a root `id`. In a line of text
/// links and `messageId=` come before `message …`, before `id=`, before a word that looks like an id and is no other
/// thing's. Several such words in one line are all taken where the line holds nothing else; else none is, since most
/// ids in a log are other things' and asking for them would only mislead.
///
/// A single id that has not 20 characters comes as [`IdError::Length`]; among several it is taken.
pub fn find(text: &str) -> Result<Found, IdError> {
    if looks_like_token(text) {
        return Err(IdError::Token);
    }
    let text = beginning(text)
        .trim_matches(|char: char| char.is_whitespace() || char.is_control() || is_invisible(char));
    if text.trim_matches(line::is_wrapping).is_empty() {
        return Err(IdError::Empty);
    }
    let mut search = Search::default();
    search.read(text);
    search.found(text)
}

/// As much of a text as is read.
pub(super) fn beginning(text: &str) -> &str {
    let mut end = text.len().min(READ);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[derive(Default)]
struct Search {
    ids: Vec<MessageId>,
    seen: HashSet<MessageId>,
    note: Option<Note>,
    refusal: Option<IdError>,
    skipped: usize,
}

impl Search {
    /// Line by line, where an object that spans several belongs to one.
    fn read(&mut self, text: &str) {
        let one_line = !text.contains(['\n', '\r']);
        let mut at = 0;
        while at < text.len() {
            let (mut parts, mut objects) = (Vec::new(), Vec::new());
            let comment = !one_line && text[at..].trim_start_matches([' ', '\t']).starts_with('#');
            let line_end = |from: usize| {
                text[from..]
                    .find(['\n', '\r'])
                    .map_or(text.len(), |length| from + length)
            };
            let mut end = line_end(at);
            while let Some(open) = text[at..end].find('{').map(|skipped| at + skipped) {
                let (read, behind) = object::read(text, open, key::name_before(&text[at..open]));
                parts.push(&text[at..if read.is_empty() { behind } else { open }]);
                if !read.is_empty() {
                    objects.push(read);
                }
                at = behind;
                if at > end {
                    end = line_end(at);
                }
            }
            parts.push(&text[at..end]);
            at = end + 1;
            if !comment {
                self.line(&parts, &objects);
            }
        }
    }

    fn line(&mut self, parts: &[&str], objects: &[Vec<object::Object<'_>>]) {
        let mut any = false;
        for objects in objects {
            if let Some(choice) = object::choice(objects) {
                any = true;
                let ids = choice.ids.iter().filter_map(|id| MessageId::new(id).ok());
                self.keep(ids, Some(choice.key), choice.of, Place::Json);
            }
        }
        if !any {
            let held = line::held(parts);
            any = !held.ids.is_empty();
            self.keep(held.ids, held.key, held.of, Place::Line);
            let record = objects
                .iter()
                .find_map(|objects| object::email_record(objects));
            let record = record.map(|record| IdError::EmailRecord {
                record: record.into(),
            });
            let others = objects.iter().any(|objects| object::ids_in(objects) > 0);
            self.refuse(
                record
                    .or(held.refusal)
                    .or(others.then_some(IdError::OtherIds)),
            );
        }
        let blank = objects.is_empty()
            && parts
                .iter()
                .all(|part| part.trim_matches(line::is_wrapping).is_empty());
        if !any && !blank {
            self.skipped += 1;
        }
    }

    fn keep(
        &mut self,
        ids: impl IntoIterator<Item = MessageId>,
        key: Option<&'static str>,
        of: usize,
        place: Place,
    ) {
        let before = self.ids.len();
        for id in ids {
            if self.seen.insert(id.clone()) {
                self.ids.push(id);
            }
        }
        if let Some(key) = key
            && of > 1
            && self.ids.len() == before + 1
        {
            self.note = Some(Note::Took {
                ids: of,
                place,
                key,
            });
        }
    }

    /// The first refusal counts, but "only other ids" gives way to what says more.
    fn refuse(&mut self, refusal: Option<IdError>) {
        if matches!(self.refusal, None | Some(IdError::OtherIds)) {
            self.refusal = refusal.or(self.refusal.take());
        }
    }

    fn found(self, text: &str) -> Result<Found, IdError> {
        let note = match self.ids.as_slice() {
            [] => return other_resource(self.refusal.unwrap_or_else(|| refused(text))),
            [only] if !only.is_usual_length() => return Err(IdError::Length { id: only.clone() }),
            [_] => self.note,
            _ => (self.skipped > 0).then_some(Note::Skipped {
                lines: self.skipped,
            }),
        };
        Ok(Found {
            ids: self.ids,
            note,
        })
    }
}

/// What is no message and can be asked for by its id all the same; the refusal of anything else.
fn other_resource(refusal: IdError) -> Result<Found, IdError> {
    let (id, note) = match &refusal {
        IdError::ConversationLink { conversation } => (conversation, Note::Conversation),
        IdError::EmailRecord { record } => (record, Note::EmailRecord),
        _ => return Err(refusal),
    };
    let ids = vec![MessageId::new(id)?];
    let note = Some(note);
    Ok(Found { ids, note })
}

/// Why a text without any id is none itself.
fn refused(text: &str) -> IdError {
    let word = text.trim_matches(line::is_wrapping);
    let fields = word.contains(['"', '=']) || word.contains("://");
    if fields || word.contains(char::is_whitespace) {
        return IdError::NoId;
    }
    if let Some(word) = path_word(word) {
        return IdError::PathWord { word };
    }
    if let Some(foreign) = foreign(word) {
        return foreign;
    }
    if !is_alphanumeric(word) {
        return IdError::characters(word);
    }
    match MessageId::new(word) {
        Ok(id) => IdError::Length { id },
        Err(error) => error,
    }
}
