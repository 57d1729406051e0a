//! What a message is found by, on both sides: the words that are put into the search, and what is asked of it.
//! Never an operator of the search from what was typed or sent: all of it is quoted.

use std::borrow::Cow;

use super::row;
use crate::model::filter::Term;
use crate::model::listed::Listed;
use crate::model::message::Message;
use crate::model::snapshot::Snapshot;
use crate::model::status::Direction;

/// Begins a word that nobody types: a fact, such as that the status is `failed`. For private use; in texts it is a blank.
const MARK: char = '\u{e0f1}';

/// Characters of a text that are searched: more than anybody wrote by hand.
const SEARCHED: usize = 256 * 1024;

/// The columns of the search. Empty where there is nothing.
pub(super) struct Words {
    pub(super) id: String,
    pub(super) body: String,
    pub(super) contact: String,
    pub(super) conversation: String,
    pub(super) error: String,
    pub(super) trace: String,
    pub(super) facts: String,
}

/// What is searched by a filter's fields.
#[derive(Clone, Copy)]
enum Fact {
    Status,
    Kind,
    Direction,
    Profile,
    Id,
    Failed,
}

impl Words {
    pub(super) fn new(listed: &Listed, snapshot: &Snapshot) -> Self {
        let error = match &snapshot.outcome {
            Ok(message) => message.error().map(Cow::into_owned).unwrap_or_default(),
            Err(failure) => format!("{}\n{}", failure.title(), failure.messages.join("\n")),
        };
        let other = snapshot.other_id().unwrap_or_default();
        Self {
            id: unmarked(format!("{} {other}", listed.id)),
            body: format!("{}\n{}", text(snapshot, "subject"), text(snapshot, "body")),
            contact: text(snapshot, "contactId"),
            conversation: text(snapshot, "conversationId"),
            error: unmarked(error),
            trace: unmarked(snapshot.trace_id().unwrap_or_default()),
            facts: facts(listed, snapshot, &other),
        }
    }
}

/// What a message's field of that name says, of very long ones the beginning; empty where there is none.
pub(super) fn text(snapshot: &Snapshot, name: &str) -> String {
    // A failed lookup has no message to take it from.
    let message = snapshot.outcome.as_ref().ok();
    let own = |message: &Message| message.field(name)?.beginning(SEARCHED);
    // An email is found by what its record says.
    let text = message.and_then(|message| own(message).or_else(|| own(message.record()?)));
    unmarked(text.unwrap_or_default())
}

fn facts(listed: &Listed, snapshot: &Snapshot, other: &str) -> String {
    // A failed lookup is found by its failure.
    let message = snapshot.outcome.as_ref().ok();
    let kind = message.and_then(Message::kind);
    let kind = kind.map(|kind| row::type_word(&kind)).unwrap_or_default();
    let direction = listed.direction.as_ref();
    let direction = direction.map_or("", Direction::word);
    let failed = if listed.is_failure { "yes" } else { "" };
    let facts = [
        fact(Fact::Status, listed.status.as_deref().unwrap_or_default()),
        fact(Fact::Kind, &listed.kind),
        fact(Fact::Kind, &kind),
        fact(Fact::Direction, direction),
        fact(Fact::Profile, &listed.profile),
        fact(Fact::Id, listed.id.as_str()),
        fact(Fact::Id, other),
        fact(Fact::Failed, failed),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// One word of letters and digits alone, which the search does not take apart; none where there are none.
fn fact(fact: Fact, value: &str) -> Option<String> {
    let letter = match fact {
        Fact::Status => 's',
        Fact::Kind => 't',
        Fact::Direction => 'd',
        Fact::Profile => 'p',
        Fact::Id => 'i',
        Fact::Failed => 'f',
    };
    let value: String = value
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    (!value.is_empty()).then(|| format!("{MARK}{letter}{value}"))
}

/// What the search is asked for these terms; empty where none of them asks it anything.
pub(super) fn matching(terms: &[Term]) -> String {
    let terms = terms.iter().filter_map(|term| match term {
        Term::Word(text) | Term::Phrase { text, open: true } => Some(begins(&quotable(text))),
        Term::Phrase { text, open: false } => Some(format!("\"{}\"", quotable(text))),
        Term::Status(text) => fact(Fact::Status, text).map(|fact| begins(&fact)),
        Term::Kind(text) => fact(Fact::Kind, text).map(|fact| begins(&fact)),
        Term::Direction(direction) => {
            fact(Fact::Direction, direction.word()).map(|fact| format!("\"{fact}\""))
        }
        Term::Profile(text) => fact(Fact::Profile, text).map(|fact| begins(&fact)),
        Term::Id(text) => fact(Fact::Id, text).map(|fact| begins(&fact)),
        Term::Failed => fact(Fact::Failed, "yes").map(|fact| begins(&fact)),
        Term::Since(_) | Term::Pinned => None,
    });
    terms.collect::<Vec<_>>().join(" AND ")
}

fn begins(quotable: &str) -> String {
    format!("\"{quotable}\"*")
}

fn quotable(text: &str) -> String {
    text.replace(['"', '\0', MARK], " ")
}

fn unmarked(text: String) -> String {
    if text.contains(MARK) {
        text.replace(MARK, " ")
    } else {
        text
    }
}
