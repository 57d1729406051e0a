//! What several profiles answered to one id: which of them has it, or that none has.
//! Never a guess: a profile that could not be asked is told as such, not as one that does not have it.

use crate::model::failure::{Asked, Cause, Failure, FailureKind};
use crate::model::snapshot::{Reply, Snapshot, Whose};

/// The answers so far of those that do not have it, with the places of their profiles.
#[derive(Default)]
pub(super) struct Survey(Vec<(usize, Snapshot)>);

impl Survey {
    pub(super) fn add(&mut self, place: usize, without: Snapshot) {
        self.0.push((place, without));
        // In the order of the profiles, whoever was first.
        self.0.sort_by_key(|(place, _)| *place);
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The answer of the one that has it, with what others of `all` said before.
    pub(super) fn found(self, winner: Snapshot, all: usize) -> Snapshot {
        let asked = Asked {
            others: all - 1,
            ..winner.asked
        };
        Snapshot {
            asked,
            also: self.replies(),
            surveyed: true,
            ..winner
        }
    }

    /// None has it: the worst answer is the one to look at, and all are told.
    pub(super) fn nowhere(self) -> Option<Snapshot> {
        let kinds = self.0.iter().filter_map(|(_, snapshot)| kind(snapshot));
        let unsure: Vec<FailureKind> = kinds.filter(|kind| !has_not(*kind)).collect();
        let worst = unsure.iter().copied().max_by_key(|kind| kind.severity());
        let worst = worst.unwrap_or(FailureKind::NotFound);
        let mut snapshots = self.0.iter().map(|(_, snapshot)| snapshot);
        let base = snapshots
            .find(|snapshot| kind(snapshot) == Some(worst))
            .or(self.0.first().map(|(_, first)| first))?
            .clone();
        let failure = base.outcome.as_ref().err();
        let failure = Failure {
            http: failure.and_then(|failure| failure.http),
            trace_id: base.trace_id(),
            ..Failure::new(Cause::Nowhere {
                asked: self.count(),
                unsure: unsure.len(),
                worst,
            })
        };
        Some(Snapshot {
            asked: Asked {
                profile: format!("{} profiles", self.count()),
                token: "each profile's own".to_owned(),
                others: 0,
                ..base.asked
            },
            outcome: Err(failure),
            also: self.replies(),
            ..base
        })
    }

    fn replies(&self) -> Vec<Reply> {
        let replies = self.0.iter();
        replies
            .map(|(_, snapshot)| snapshot.reply(Whose::Profile(snapshot.asked.profile.clone())))
            .collect()
    }
}

fn kind(snapshot: &Snapshot) -> Option<FailureKind> {
    snapshot.outcome.as_ref().err().map(Failure::kind)
}

/// Whether it says that the message is not there.
fn has_not(kind: FailureKind) -> bool {
    matches!(kind, FailureKind::NotFound | FailureKind::OtherLocation)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use std::time::Duration;

    use jiff::Timestamp;

    use super::*;
    use crate::model::endpoint::Endpoint;
    use crate::model::failure::TokenForm;
    use crate::model::id::MessageId;

    fn failed(profile: &str, cause: Cause) -> Snapshot {
        Snapshot {
            asked: Asked {
                id: MessageId::new("ve9EPM428h8vShlRW1KT").unwrap(),
                endpoint: Endpoint::Message,
                profile: profile.to_owned(),
                base_url: "https://acme.example".to_owned(),
                host: "acme.example".to_owned(),
                version: "2021-07-28".to_owned(),
                token: "none".to_owned(),
                token_changes: false,
                others: 2,
            },
            at: Timestamp::UNIX_EPOCH,
            took: Duration::ZERO,
            answer: None,
            outcome: Err(Failure::new(cause)),
            also: Vec::new(),
            surveyed: false,
            linked: Vec::new(),
        }
    }

    fn survey(answers: Vec<(usize, Snapshot)>) -> Survey {
        let mut survey = Survey::default();
        for (place, snapshot) in answers {
            survey.add(place, snapshot);
        }
        survey
    }

    #[test]
    fn where_all_say_no_it_is_nowhere() {
        let nowhere = survey(vec![
            (1, failed("beta", Cause::OtherLocation)),
            (0, failed("acme", Cause::NotFound)),
        ])
        .nowhere()
        .unwrap();
        let failure = nowhere.outcome.unwrap_err();
        assert_eq!(failure.kind(), FailureKind::NotFound);
        assert_eq!(
            failure.cause,
            Cause::Nowhere {
                asked: 2,
                unsure: 0,
                worst: FailureKind::NotFound
            }
        );
        let told: Vec<_> = nowhere
            .also
            .iter()
            .map(|reply| (reply.whose.clone(), reply.title.as_str()))
            .collect();
        let profile = |name: &str| Whose::Profile(name.to_owned());
        assert_eq!(
            told,
            [
                (profile("acme"), "not found"),
                (profile("beta"), "other sub-account")
            ]
        );
    }

    #[test]
    fn one_that_could_not_be_asked_keeps_it_open() {
        let refused = Cause::TokenRefused(TokenForm::OAuth);
        let nowhere = survey(vec![
            (0, failed("acme", Cause::NotFound)),
            (1, failed("beta", Cause::Server)),
            (2, failed("gamma", refused)),
        ])
        .nowhere()
        .unwrap();
        let failure = nowhere.outcome.unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Unauthorised);
        assert!(matches!(
            failure.cause,
            Cause::Nowhere {
                asked: 3,
                unsure: 2,
                ..
            }
        ));
    }

    #[test]
    fn of_nobody_asked_nothing_is_known() {
        assert!(Survey::default().nowhere().is_none());
    }
}
