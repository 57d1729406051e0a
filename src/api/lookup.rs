//! A lookup with one profile: its token, its tries, an email's newest record, and what else an id may name.
//! Never tries again what a refusal ended, and never takes an empty conversation for one that is there.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::client::{Client, Outcome, Try};
use super::request::{self, Settings};
use super::retry::{Next, Spent};
use super::token::{Token, TokenUnavailable};
use crate::model::endpoint::Endpoint;
use crate::model::failure::{Asked, Cause, Failure, Tries};
use crate::model::id::MessageId;
use crate::model::progress::{Progress, Setback};
use crate::model::snapshot::{Answer, Snapshot, Whose};

impl Client {
    /// Asks for one message, again where a failure may pass. Dropping the future cancels it.
    pub async fn lookup(&self, id: &MessageId) -> Snapshot {
        self.lookup_telling(id, |_| ()).await
    }

    /// The same, and tells how it gets on; nothing of a first try that begins at once.
    pub async fn lookup_telling(
        &self,
        id: &MessageId,
        mut tell: impl FnMut(Progress) + Send,
    ) -> Snapshot {
        let at = Timestamp::now();
        let start = Instant::now();
        let mut asked = request::asked(self.settings(), self.identity(), id);
        let (token, source) = match self.token().await {
            Ok(token) => token,
            Err(why) => {
                let cause = match why {
                    TokenUnavailable::NotSetUp => Cause::NoToken,
                    why => Cause::TokenUnavailable(why.to_string()),
                };
                return ended(asked, at, start, (None, Err(Failure::new(cause))));
            }
        };
        asked.token = token.words(&source);
        let outcome = self.try_often(&asked, &token, &mut tell).await;
        let mut snapshot = ended(asked, at, start, outcome);
        if let Ok(message) = &snapshot.outcome
            && let Some(id) = message.newest_record()
        {
            tell(Progress::ReadingRecord);
            let record = self
                .ask_beside(&snapshot.asked, Endpoint::EmailRecord, &id, &token)
                .await;
            snapshot.link(Arc::new(record));
            snapshot.took = start.elapsed();
            return snapshot;
        }
        match snapshot
            .outcome
            .as_ref()
            .err()
            .map(|failure| &failure.cause)
        {
            Some(Cause::TokenRefused(_)) => self.forget(&token).await,
            Some(Cause::NotFound) => {
                let others = [
                    (Whose::EmailRecord, Endpoint::EmailRecord),
                    (Whose::Conversation, Endpoint::Messages { before: None }),
                ];
                for (whose, endpoint) in others {
                    let other = self.ask_beside(&snapshot.asked, endpoint, id, &token).await;
                    if other.outcome.is_ok() {
                        return Snapshot {
                            at,
                            took: start.elapsed(),
                            ..other
                        };
                    }
                    snapshot.also.push(other.reply(whose));
                }
                snapshot.took = start.elapsed();
            }
            _ => {}
        }
        snapshot
    }

    /// Asks for what belongs to a message. Dropping the future cancels it.
    pub async fn linked(&self, endpoint: Endpoint, id: &MessageId) -> Snapshot {
        let (at, start) = (Timestamp::now(), Instant::now());
        let mut like = request::asked(self.settings(), self.identity(), id);
        match self.token().await {
            Ok((token, source)) => {
                like.token = token.words(&source);
                self.ask_beside(&like, endpoint, id, &token).await
            }
            Err(why) => {
                let cause = Cause::TokenUnavailable(why.to_string());
                let asked = beside(&like, endpoint, id);
                ended(asked, at, start, (None, Err(Failure::new(cause))))
            }
        }
    }

    async fn ask_beside(
        &self,
        like: &Asked,
        endpoint: Endpoint,
        id: &MessageId,
        token: &Token,
    ) -> Snapshot {
        let (at, start) = (Timestamp::now(), Instant::now());
        let asked = beside(like, endpoint, id);
        let outcome = self.try_often(&asked, token, &mut |_| ()).await;
        ended(asked, at, start, outcome)
    }

    /// Tries until it is answered, until there is no sense in it, or until the time is up; that time
    /// begins with the first try: a queue before it takes nothing away.
    async fn try_often(
        &self,
        asked: &Asked,
        token: &Token,
        tell: &mut (impl FnMut(Progress) + Send),
    ) -> Outcome {
        let Settings {
            timeout, retries, ..
        } = *self.settings();
        let limit = retries.limit(timeout);
        let governor = self.governor(token);
        let mut waited = false;
        let waits = || {
            waited = true;
            tell(Progress::Waiting { until: None });
        };
        let _room = governor.room(waits).await;
        let waits = |wait| {
            waited = true;
            tell(waiting(wait));
        };
        let mut place = governor.place(waits).await;
        let begun = Instant::now();
        let (mut tries, mut left) = (1, limit);
        let mut before: Option<(Option<Answer>, Failure)> = None;
        loop {
            let setback = before.as_ref();
            if waited || tries > 1 {
                tell(Progress::Trying {
                    number: tries,
                    of: retries.most,
                    after: setback.map(|(_, failure)| Setback::new(failure, asked)),
                });
            }
            let one = Try {
                number: tries,
                of: retries.most,
                timeout: timeout.min(left),
            };
            let (answer, outcome) = self.ask(asked, token, place, one).await;
            let Err(failure) = outcome else {
                return (answer, outcome);
            };
            let cut_short = left < timeout && matches!(failure.cause, Cause::NoAnswer { .. });
            let (answer, failure) = match before {
                // There was no time to answer in: what the try before brought says more.
                Some(before) if cut_short => before,
                _ => (answer, failure),
            };
            let time = begun.elapsed();
            let interval = answer.as_ref().and_then(|answer| answer.limits.interval);
            let spent = Spent { tries, time };
            let next = retries.next(&failure, interval, spent, limit, jitter());
            if let Next::Again { after: wait } = next {
                waited = true;
                tell(Progress::Again {
                    number: tries + 1,
                    of: retries.most,
                    at: moment(wait),
                    after: Setback::new(&failure, asked),
                });
                tokio::time::sleep(wait).await;
                left = limit.saturating_sub(begun.elapsed());
                let next = governor.place(|wait| tell(waiting(wait)));
                if let Ok(next) = tokio::time::timeout(left, next).await {
                    place = next;
                    tries += 1;
                    before = Some((answer, failure));
                    continue;
                }
            }
            return (answer, Err(after(failure, tries, time)));
        }
    }
}

fn beside(like: &Asked, endpoint: Endpoint, id: &MessageId) -> Asked {
    Asked {
        id: id.clone(),
        endpoint,
        ..like.clone()
    }
}

fn ended(asked: Asked, at: Timestamp, start: Instant, (answer, outcome): Outcome) -> Snapshot {
    Snapshot {
        asked,
        at,
        took: start.elapsed(),
        answer,
        outcome,
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    }
}

/// The last of several tries tells how many they were; the only one tells of no time.
fn after(failure: Failure, count: u32, took: Duration) -> Failure {
    let several = Tries { count, took };
    Failure {
        tries: if count > 1 { several } else { Tries::default() },
        ..failure
    }
}

fn waiting(wait: Duration) -> Progress {
    Progress::Waiting {
        until: Some(moment(wait)),
    }
}

fn moment(wait: Duration) -> Timestamp {
    Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// From 0 to 1, so that many who failed at once do not come back at once. A hasher's seed is chance enough.
fn jitter() -> f64 {
    let [one, other, ..] = RandomState::new().build_hasher().finish().to_le_bytes();
    f64::from(u16::from_le_bytes([one, other])) / f64::from(u16::MAX)
}
