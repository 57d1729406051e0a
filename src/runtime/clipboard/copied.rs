//! What became of a copy, and the notice that says no more than is known.
//! Never says "copied" of a text that no clipboard has confirmed.

use super::native::NativeFailure;
use crate::environment::Hint;

/// The end of one copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    pub outcome: Outcome,
    /// Bytes for the terminal, to be written whole between two frames.
    pub escape: Option<Vec<u8>>,
    /// What may have kept it from arriving; said once a run.
    pub hint: Option<Hint>,
}

/// Which way the text went, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// This computer's clipboard has it.
    Confirmed,
    SentToTerminal,
    SentThroughTmux,
    /// In tmux's buffer only.
    InTmuxBuffer,
    SentThroughScreen,
    /// Too long for an escape, and there was no other way.
    TooLong {
        bytes: usize,
    },
    /// Switched off.
    Off,
    NoWay(NoWay),
}

/// Why there was no way at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoWay {
    LinuxConsole,
    /// The one way that was asked for.
    Native(NativeFailure),
}

impl Copied {
    pub(super) fn without_escape(outcome: Outcome) -> Self {
        Self {
            outcome,
            escape: None,
            hint: None,
        }
    }

    /// The notice. `subject` is what was copied as the middle of a sentence names it: "the answer", "attachment 2";
    /// `view` the key that shows it alone, if one does.
    pub fn notice(&self, subject: &str, view: Option<&str>) -> String {
        // The key comes last: where there is little room, the ends of a notice are what stays.
        let sent = |words: &str| {
            let hint = self.hint.map(|hint| hint.to_string());
            let view = view.map(|key| format!("{key} view"));
            let parts = [Some(words.to_owned()), hint, view];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        let failed = |why: &str| match view {
            Some(key) => format!("Not copied: {why}. {key} shows it"),
            None => format!("Not copied: {why}"),
        };
        let cannot_be_confirmed = |way: &str| {
            let words = format!("{} sent {way} (cannot be confirmed)", opening(subject));
            sent(&words)
        };
        // Said without the subject, unless that tells where a URL leads.
        let by_tmux = |words: &str| {
            if subject.ends_with(')') {
                format!("{} {}", opening(subject), lower_first(words))
            } else {
                words.to_owned()
            }
        };
        match &self.outcome {
            Outcome::Confirmed => format!("Copied {subject}"),
            Outcome::SentToTerminal => cannot_be_confirmed("to your terminal"),
            Outcome::SentThroughTmux => sent(&by_tmux("Sent to your clipboard via tmux")),
            Outcome::InTmuxBuffer => sent(&by_tmux(
                "In tmux's buffer (prefix ]); your terminal takes no clipboard",
            )),
            Outcome::SentThroughScreen => cannot_be_confirmed("through screen"),
            Outcome::TooLong { bytes } => failed(&format!("{} is too long to send", size(*bytes))),
            Outcome::Off => failed("the clipboard is switched off"),
            Outcome::NoWay(NoWay::LinuxConsole) => failed("the Linux console has no clipboard"),
            Outcome::NoWay(NoWay::Native(failure)) => failed(&failure.to_string()),
        }
    }
}

/// The subject as the first word of a notice: without its article, with a capital.
fn opening(subject: &str) -> String {
    let bare = subject.strip_prefix("the ").unwrap_or(subject);
    let mut letters = bare.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Words that began a sentence, in its middle.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// Bytes in whole kB, a thousand each, and from a million on in MB with one decimal.
fn size(bytes: usize) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes / 1_000)
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(outcome: Outcome, subject: &str) -> String {
        Copied::without_escape(outcome).notice(subject, Some("v"))
    }

    #[test]
    fn only_a_confirmed_copy_is_called_copied() {
        assert_eq!(
            notice(Outcome::Confirmed, "the answer"),
            "Copied the answer"
        );
        assert_eq!(
            notice(Outcome::SentToTerminal, "the ticket"),
            "Ticket sent to your terminal (cannot be confirmed) · v view"
        );
        assert_eq!(
            notice(Outcome::SentThroughScreen, "attachment 2"),
            "Attachment 2 sent through screen (cannot be confirmed) · v view"
        );
        assert_eq!(
            notice(Outcome::SentThroughTmux, "the answer"),
            "Sent to your clipboard via tmux · v view"
        );
        assert_eq!(
            notice(Outcome::InTmuxBuffer, "the answer"),
            "In tmux's buffer (prefix ]); your terminal takes no clipboard · v view"
        );
    }

    #[test]
    fn of_a_url_the_host_is_told_on_every_way() {
        let url = "the attachment 2 (cdn.msgsndr.com)";
        for (outcome, said) in [
            (
                Outcome::Confirmed,
                "Copied the attachment 2 (cdn.msgsndr.com)",
            ),
            (
                Outcome::SentThroughTmux,
                "Attachment 2 (cdn.msgsndr.com) sent to your clipboard via tmux · v view",
            ),
            (
                Outcome::InTmuxBuffer,
                "Attachment 2 (cdn.msgsndr.com) in tmux's buffer (prefix ]); your terminal takes no clipboard · v view",
            ),
            (
                Outcome::SentThroughScreen,
                "Attachment 2 (cdn.msgsndr.com) sent through screen (cannot be confirmed) · v view",
            ),
        ] {
            assert_eq!(notice(outcome, url), said);
        }
    }

    #[test]
    fn the_hint_of_a_first_copy_stands_before_the_key() {
        let copied = Copied {
            hint: Some(Hint::Putty),
            ..Copied::without_escape(Outcome::SentToTerminal)
        };
        assert_eq!(
            copied.notice("the answer", Some("v")),
            "Answer sent to your terminal (cannot be confirmed) · PuTTY cannot take it · v view"
        );
    }

    #[test]
    fn without_a_key_to_show_it_none_is_told() {
        let told = |outcome| Copied::without_escape(outcome).notice("the answer", None);
        assert_eq!(
            told(Outcome::SentThroughTmux),
            "Sent to your clipboard via tmux"
        );
        assert_eq!(
            told(Outcome::Off),
            "Not copied: the clipboard is switched off"
        );
    }

    #[test]
    fn a_copy_that_failed_says_why_and_what_is_left() {
        for (bytes, said) in [
            (12_001, "12 kB"),
            (34_567, "34 kB"),
            (999_999, "999 kB"),
            (10_250_000, "10.2 MB"),
        ] {
            assert_eq!(
                notice(Outcome::TooLong { bytes }, "the JSON"),
                format!("Not copied: {said} is too long to send. v shows it")
            );
        }
        assert_eq!(
            notice(Outcome::Off, "the answer"),
            "Not copied: the clipboard is switched off. v shows it"
        );
        assert_eq!(
            notice(Outcome::NoWay(NoWay::LinuxConsole), "the answer"),
            "Not copied: the Linux console has no clipboard. v shows it"
        );
        let silent = NoWay::Native(NativeFailure::Silent);
        assert_eq!(
            notice(Outcome::NoWay(silent), "the answer"),
            "Not copied: this computer's clipboard did not answer. v shows it"
        );
    }
}
