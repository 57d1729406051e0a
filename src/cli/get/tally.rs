//! What has come of the ids so far, and the exit code that makes.
//! Never the ids themselves: it does not grow with their number.

use crate::model::failure::{Failure, FailureKind};
use crate::model::snapshot::Snapshot;

/// The worst so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Tally {
    /// Statuses that are to be told by the exit code.
    fail_on: Vec<String>,
    met: bool,
    worst: Option<FailureKind>,
}

impl Tally {
    pub(super) fn new(fail_on: Vec<String>) -> Self {
        Self {
            fail_on,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, snapshot: &Snapshot) {
        match &snapshot.outcome {
            Err(failure) => self.failed(Failure::kind(failure)),
            Ok(message) => {
                let status = message.outcome();
                self.met |= status
                    .is_some_and(|status| self.fail_on.iter().any(|word| word == status.word()));
            }
        }
    }

    /// Text that held no id.
    pub(super) fn refused(&mut self) {
        self.failed(FailureKind::NotAnId);
    }

    fn failed(&mut self, kind: FailureKind) {
        let rank = |kind: Option<FailureKind>| kind.map_or(0, FailureKind::severity);
        if rank(Some(kind)) > rank(self.worst) {
            self.worst = Some(kind);
        }
    }

    /// Not authorised counts more than the network, that more than a wrong id, and that more than a status.
    pub(super) fn code(&self) -> u8 {
        let met = u8::from(self.met);
        self.worst.map_or(met, FailureKind::exit_code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_counts() {
        use FailureKind::{Forbidden, Network, NotAnId};
        let code = |met, kinds: &[FailureKind]| {
            let mut tally = Tally {
                met,
                ..Tally::default()
            };
            for kind in kinds {
                tally.failed(*kind);
            }
            tally.code()
        };
        assert_eq!(code(false, &[]), 0);
        assert_eq!(code(true, &[]), 1);
        assert_eq!(code(true, &[NotAnId]), 4);
        assert_eq!(code(false, &[Network, NotAnId]), 5);
        assert_eq!(code(true, &[NotAnId, Network, Forbidden, Network]), 3);
    }
}
