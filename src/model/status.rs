//! Status, call status, direction and source: their words, what they mean, and the tone they are told in.
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
    known: Option<&'static Meaning>,
}

#[derive(PartialEq, Eq, Debug)]
struct Meaning {
    word: &'static str,
    tone: Tone,
    finality: Finality,
    sentence: &'static str,
}

const fn meaning(
    word: &'static str,
    tone: Tone,
    finality: Finality,
    sentence: &'static str,
) -> Meaning {
    Meaning {
        word,
        tone,
        finality,
        sentence,
    }
}

/// Message, email and call statuses in one table: call values appear in a message's `status` too.
const STATUSES: &[Meaning] = &[
    meaning(
        "scheduled",
        Tone::Progress,
        Finality::No,
        "Planned for later. Nothing has been sent.",
    ),
    meaning(
        "pending",
        Tone::Progress,
        Finality::No,
        "HighLevel has it; the provider has not answered yet.",
    ),
    meaning(
        "queued",
        Tone::Progress,
        Finality::No,
        "Accepted, and waiting for its turn to be sent.",
    ),
    meaning(
        "sent",
        Tone::Progress,
        Finality::May,
        "Passed on; no receipt so far.",
    ),
    meaning(
        "delivered",
        Tone::Success,
        Finality::May,
        "The receiving side confirms that it took it.",
    ),
    meaning(
        "read",
        Tone::Success,
        Finality::Final,
        "The recipient opened it.",
    ),
    meaning("opened", Tone::Success, Finality::May, "It was looked at."),
    meaning(
        "clicked",
        Tone::Success,
        Finality::Final,
        "A link in it was followed.",
    ),
    meaning(
        "connected",
        Tone::Success,
        Finality::May,
        "Undocumented; seen where all went well.",
    ),
    meaning(
        "failed",
        Tone::Failure,
        Finality::Final,
        "It did not go out.",
    ),
    meaning(
        "undelivered",
        Tone::Failure,
        Finality::Final,
        "It went out, and was not taken on the other side.",
    ),
    meaning(
        "opt_out",
        Tone::Attention,
        Finality::Final,
        "The contact asked to stop; further texts are blocked.",
    ),
    meaning(
        "completed",
        Tone::Success,
        Finality::Final,
        "The call connected and ended.",
    ),
    meaning(
        "answered",
        Tone::Success,
        Finality::May,
        "The call was picked up.",
    ),
    meaning("busy", Tone::Failure, Finality::Final, "The line was busy."),
    meaning(
        "no-answer",
        Tone::Failure,
        Finality::Final,
        "It rang until the time-out; nobody picked up.",
    ),
    meaning(
        "canceled",
        Tone::Failure,
        Finality::Final,
        "It was ended before anyone picked up.",
    ),
    meaning(
        "voicemail",
        Tone::Attention,
        Finality::Final,
        "The call reached voicemail.",
    ),
];

impl Status {
    pub fn new(word: impl Into<String>) -> Self {
        let word = word.into();
        let known = STATUSES.iter().find(|meaning| meaning.word == word);
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
        self.known.map_or(Tone::Neutral, |meaning| meaning.tone)
    }

    pub fn finality(&self) -> Finality {
        self.known
            .map_or(Finality::Unknown, |meaning| meaning.finality)
    }

    /// What it means on any channel; nothing for an unknown one.
    pub fn sentence(&self) -> Option<&'static str> {
        self.known.map(|meaning| meaning.sentence)
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
    fn every_documented_status_has_a_meaning_and_a_tone() {
        let message = "connected delivered failed opened pending read scheduled sent undelivered clicked opt_out queued";
        let call = "pending completed answered busy no-answer failed canceled voicemail";
        for word in message.split(' ').chain(call.split(' ')) {
            let status = Status::new(word);
            assert!(status.sentence().is_some(), "{word}");
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
