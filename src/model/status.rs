//! Status, call status, direction and source: their words, whether they are final, and the tone they are told in.
//! Never changes a word: the headline shows it as sent, and an unknown one is never taken for a failure or for final.

/// How a thing is told: the role of its colour and its glyph (a theme decides what they look like).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Success,
    Progress,
    Failure,
    Attention,
    /// Our own lookup failed; says nothing about the message.
    Trouble,
    Inbound,
    /// Outbound, log entries, and what is not known.
    Neutral,
}

/// Whether a status will change by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finality {
    Final,
    /// It may, later: sent → delivered, delivered → read.
    May,
    No,
    /// The word is not known to this version.
    Unknown,
}

/// A status or call status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    word: String,
    known: Option<&'static Known>,
}

#[derive(PartialEq, Eq, Debug)]
struct Known {
    word: &'static str,
    tone: Tone,
    finality: Finality,
}

const fn known(word: &'static str, tone: Tone, finality: Finality) -> Known {
    Known {
        word,
        tone,
        finality,
    }
}

/// Message, email and call statuses in one table: call values appear in a message's `status` too.
const STATUSES: &[Known] = &[
    known("scheduled", Tone::Progress, Finality::No),
    known("pending", Tone::Progress, Finality::No),
    known("queued", Tone::Progress, Finality::No),
    known("sent", Tone::Progress, Finality::May),
    known("delivered", Tone::Success, Finality::May),
    known("read", Tone::Success, Finality::Final),
    known("opened", Tone::Success, Finality::May),
    known("clicked", Tone::Success, Finality::Final),
    known("connected", Tone::Success, Finality::May),
    known("failed", Tone::Failure, Finality::Final),
    known("undelivered", Tone::Failure, Finality::Final),
    known("opt_out", Tone::Attention, Finality::Final),
    known("completed", Tone::Success, Finality::Final),
    known("answered", Tone::Success, Finality::May),
    known("busy", Tone::Failure, Finality::Final),
    known("no-answer", Tone::Failure, Finality::Final),
    known("canceled", Tone::Failure, Finality::Final),
    known("voicemail", Tone::Attention, Finality::Final),
];

impl Status {
    pub fn new(word: impl Into<String>) -> Self {
        let word = word.into();
        let known = STATUSES.iter().find(|known| known.word == word);
        Self { word, known }
    }

    /// As sent.
    pub fn word(&self) -> &str {
        &self.word
    }

    pub fn is_known(&self) -> bool {
        self.known.is_some()
    }

    pub fn tone(&self) -> Tone {
        self.known.map_or(Tone::Neutral, |known| known.tone)
    }

    pub fn finality(&self) -> Finality {
        self.known.map_or(Finality::Unknown, |known| known.finality)
    }
}

/// Which way a message went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Direction {
    Inbound,
    Outbound,
    /// As sent.
    Unknown(String),
}

impl Direction {
    pub fn new(word: &str) -> Self {
        match word {
            "inbound" => Self::Inbound,
            "outbound" => Self::Outbound,
            other => Self::Unknown(other.to_owned()),
        }
    }

    pub fn word(&self) -> &str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Unknown(word) => word,
        }
    }

    pub fn meaning(&self) -> &'static str {
        match self {
            Self::Inbound => "from the contact",
            Self::Outbound => "to the contact",
            Self::Unknown(_) => "not known to this version",
        }
    }

    pub fn tone(&self) -> Tone {
        match self {
            Self::Inbound => Tone::Inbound,
            Self::Outbound | Self::Unknown(_) => Tone::Neutral,
        }
    }
}

/// What a `source` means; nothing for one that is not known.
pub fn source_meaning(source: &str) -> Option<&'static str> {
    Some(match source {
        "workflow" => "a workflow sent it",
        "bulk_actions" => "a bulk action sent it",
        "campaign" => "a campaign sent it",
        "api" => "sent through the API",
        "app" => "a person sent it in the app",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_status_has_a_tone() {
        let message = "connected delivered failed opened pending read scheduled sent undelivered clicked opt_out queued";
        let call = "pending completed answered busy no-answer failed canceled voicemail";
        for word in message.split(' ').chain(call.split(' ')) {
            let status = Status::new(word);
            assert_ne!(status.tone(), Tone::Neutral, "{word}");
        }
    }

    #[test]
    fn an_unknown_status_is_neither_failed_nor_final() {
        let status = Status::new("snoozed");
        assert_eq!(
            (status.tone(), status.finality()),
            (Tone::Neutral, Finality::Unknown)
        );
        assert_eq!(status.word(), "snoozed");
    }

    #[test]
    fn every_documented_source_and_direction_has_a_meaning() {
        for source in ["workflow", "bulk_actions", "campaign", "api", "app"] {
            assert!(source_meaning(source).is_some(), "{source}");
        }
        assert_eq!(Direction::new("inbound").tone(), Tone::Inbound);
        assert_eq!(Direction::new("sideways").word(), "sideways");
    }
}
