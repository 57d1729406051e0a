//! Where a lookup under way stands: waiting for its turn, trying, or about to try again.
//! Never a clock: moments are named here, and how far away they are is told from the time that comes in.

use jiff::Timestamp;

use super::failure::{Asked, Failure, FailureKind};
use super::text::between;

/// How a lookup gets on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Nothing is sent before that moment, for the sake of the rate limit; without one, others go first.
    Waiting { until: Option<Timestamp> },
    /// Several profiles are asked at the same time; so many of them have answered, and none has it.
    Surveying { answered: usize, of: usize },
    /// The message is there; what became of it stands in the email record, which is asked for.
    ReadingRecord,
    /// Try `number`, from 1, of at most `of` is under way, `after` what the one before ended in.
    Trying {
        number: u32,
        of: u32,
        after: Option<Setback>,
    },
    /// Try `number` comes `at` that moment.
    Again {
        number: u32,
        of: u32,
        at: Timestamp,
        after: Setback,
    },
}

/// What a try ended in that another try follows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setback {
    pub kind: FailureKind,
    /// A sentence or two; may quote the API.
    pub why: String,
}

impl Setback {
    pub fn new(failure: &Failure, asked: &Asked) -> Self {
        let kind = failure.kind();
        let why = match kind {
            // When the next try comes says how long the API asks to wait.
            FailureKind::RateLimit => "Too many requests.".to_owned(),
            _ => failure.why(asked),
        };
        Self { kind, why }
    }
}

impl Progress {
    /// The headline's words; none for a first try, of which there is nothing to tell.
    pub fn title(&self) -> Option<&'static str> {
        match self {
            Self::Waiting { until: None } => Some("waiting for a turn"),
            Self::Waiting { until: Some(_) } => Some("waiting for the limit"),
            Self::Again { after, .. } if after.kind == FailureKind::RateLimit => {
                Some("waiting for the limit")
            }
            Self::Surveying { .. } => Some("asking all profiles"),
            Self::ReadingRecord => Some("reading the email record"),
            Self::Again { .. } | Self::Trying { after: Some(_), .. } => Some("asked again"),
            Self::Trying { after: None, .. } => None,
        }
    }

    /// Why it takes so long, and what comes next; none for a first try.
    pub fn why(&self, now: Timestamp) -> Option<String> {
        match self {
            Self::Waiting { until: None } => Some("Other lookups are under way.".to_owned()),
            Self::Waiting { until: Some(until) } => Some(format!(
                "As many requests as the limit allows are out. Not before {}.",
                clock(*until)
            )),
            Self::Surveying { answered: 0, of } => {
                Some(format!("Which sub-account has it? {of} are asked."))
            }
            Self::Surveying { answered, of } => Some(format!(
                "Which sub-account has it? {answered} of {of} have answered; none has it so far."
            )),
            Self::ReadingRecord => Some("An email's status is in its record.".to_owned()),
            Self::Trying { after: None, .. } => None,
            Self::Trying {
                number,
                of,
                after: Some(after),
            } => Some(format!("{} Try {number} of {of}.", after.why)),
            Self::Again {
                number,
                of,
                at,
                after,
            } => {
                let when = match after.kind {
                    FailureKind::RateLimit => format!("at {}", clock(*at)),
                    _ => format!("in {}", countdown(*at, now)),
                };
                Some(format!("{} Try {number} of {of} {when}.", after.why))
            }
        }
    }
}

fn clock(at: Timestamp) -> String {
    at.strftime("%H:%M:%S UTC").to_string()
}

/// `1.2 s`; a moment that has passed is no time away.
fn countdown(at: Timestamp, now: Timestamp) -> String {
    format!("{:.1} s", between(now, at).as_secs_f64())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use std::time::Duration;

    use super::*;
    use crate::model::endpoint::Endpoint;
    use crate::model::failure::Cause;
    use crate::model::id::MessageId;

    fn setback(cause: Cause, http: u16) -> Setback {
        let asked = Asked {
            id: MessageId::new("ve9EPM428h8vShlRW1KT").unwrap(),
            endpoint: Endpoint::Message,
            profile: "acme".to_owned(),
            base_url: "https://acme.example".to_owned(),
            host: "acme.example".to_owned(),
            version: "2021-07-28".to_owned(),
            token: "none".to_owned(),
            token_changes: false,
            others: 0,
        };
        let failure = Failure {
            http: Some(http),
            ..Failure::new(cause)
        };
        Setback::new(&failure, &asked)
    }

    #[test]
    fn each_stage_says_what_it_waits_for_and_which_try_comes() {
        let now: Timestamp = "2026-11-23T17:49:29.8Z".parse().unwrap();
        let at: Timestamp = "2026-11-23T17:49:31Z".parse().unwrap();
        let wait = Some(Duration::from_secs(7));
        let limited = setback(Cause::RateLimited { wait }, 429);
        let gateway = setback(Cause::GatewayTimeout, 401);
        let again = |after| Progress::Again {
            number: 2,
            of: 4,
            at,
            after,
        };
        let trying = |after| Progress::Trying {
            number: 2,
            of: 4,
            after: Some(after),
        };
        for (progress, title, why) in [
            (
                again(limited.clone()),
                "waiting for the limit",
                "Too many requests. Try 2 of 4 at 17:49:31 UTC.",
            ),
            (
                trying(limited),
                "asked again",
                "Too many requests. Try 2 of 4.",
            ),
            (
                again(gateway.clone()),
                "asked again",
                "The gateway timed out and called it 401. The token is not to blame. Try 2 of 4 in 1.2 s.",
            ),
            (
                trying(gateway),
                "asked again",
                "The gateway timed out and called it 401. The token is not to blame. Try 2 of 4.",
            ),
            (
                Progress::Waiting { until: Some(at) },
                "waiting for the limit",
                "As many requests as the limit allows are out. Not before 17:49:31 UTC.",
            ),
            (
                Progress::Surveying {
                    answered: 3,
                    of: 12,
                },
                "asking all profiles",
                "Which sub-account has it? 3 of 12 have answered; none has it so far.",
            ),
            (
                Progress::Waiting { until: None },
                "waiting for a turn",
                "Other lookups are under way.",
            ),
        ] {
            assert_eq!(progress.title(), Some(title));
            assert_eq!(progress.why(now).as_deref(), Some(why));
        }
    }

    #[test]
    fn of_a_first_try_there_is_nothing_to_tell() {
        let first = Progress::Trying {
            number: 1,
            of: 4,
            after: None,
        };
        assert_eq!(
            (first.title(), first.why(Timestamp::UNIX_EPOCH)),
            (None, None)
        );
    }

    #[test]
    fn a_moment_that_has_passed_is_no_time_away() {
        let at = Timestamp::UNIX_EPOCH;
        let later = at + Duration::from_secs(3);
        assert_eq!(countdown(at, later), "0.0 s");
    }
}
