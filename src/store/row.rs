//! A message's row, read for a list.
//! Never a word of the file trusted: one that is not known reads as nothing in particular.

use super::database::{Fault, Row};
use super::record::moment;
use crate::model::failure::FailureKind;
use crate::model::id::MessageId;
use crate::model::kind::Kind;
use crate::model::listed::{Key, Listed};
use crate::model::status::{Direction, Tone};

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: &str = "key, id, at, pinned, failed, lookups, tone, kind, status, direction, profile, failure, snippet";

/// `None` where its id is none.
pub(super) fn read(row: &Row<'_>) -> Result<Option<Listed>, Fault> {
    let Ok(id) = MessageId::new(&row.text(1)?) else {
        return Ok(None);
    };
    Ok(Some(Listed {
        key: Key(row.integer(0)?),
        id,
        profile: row.text(10)?,
        at: moment(row.integer(2)?),
        tone: tone(&row.text(6)?),
        direction: row.maybe_text(9)?.map(|word| Direction::new(&word)),
        kind: row.text(7)?,
        status: row.maybe_text(8)?,
        is_failure: row.integer(4)? != 0,
        snippet: row.text(12)?,
        failure: row
            .maybe_text(11)?
            .and_then(|word| FailureKind::of_word(&word)),
        pinned: row.integer(3)? != 0,
        lookups: u64::try_from(row.integer(5)?).unwrap_or_default(),
    }))
}

/// `campaign_sms` for `TYPE_CAMPAIGN_SMS`: what a filter's type is compared with, besides the short name.
pub(super) fn type_word(kind: &Kind) -> String {
    let name = match kind {
        Kind::Known(known) => known.name,
        Kind::Unknown(name) => name,
    };
    name.strip_prefix("TYPE_").unwrap_or(name).to_lowercase()
}

const TONES: [(Tone, &str); 7] = [
    (Tone::Success, "success"),
    (Tone::Progress, "progress"),
    (Tone::Failure, "failure"),
    (Tone::Attention, "attention"),
    (Tone::Trouble, "trouble"),
    (Tone::Inbound, "inbound"),
    (Tone::Neutral, "neutral"),
];

pub(super) fn tone_word(tone: Tone) -> &'static str {
    let found = TONES.iter().find(|(own, _)| *own == tone);
    found.map_or("neutral", |(_, word)| word)
}

fn tone(word: &str) -> Tone {
    let found = TONES.iter().find(|(_, own)| *own == word);
    found.map_or(Tone::Neutral, |(tone, _)| *tone)
}
