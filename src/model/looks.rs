//! When a message whose status may change is looked at again: more and more seldom while nothing changes.
//! Never a clock.

use std::time::Duration;

use super::snapshot::Snapshot;

/// Seconds from one look to the next, while nothing changes; the last one for ever.
const SECONDS: [u64; 7] = [2, 3, 5, 8, 13, 21, 30];

/// How long to wait for the next look, after so many without a change.
pub fn wait(quiet: usize) -> Duration {
    Duration::from_secs(SECONDS[quiet.min(SECONDS.len() - 1)])
}

impl Snapshot {
    /// Whether another look may bring something else: the status is not final, or the failure may pass.
    pub fn may_change(&self) -> bool {
        match &self.outcome {
            Err(failure) => failure.kind().may_pass(),
            Ok(message) if message.outcome().is_some() => !message.is_final(),
            // An email's status is in its record.
            Ok(_) => {
                let failure = self.record_failure();
                failure.is_some_and(|failure| failure.kind().may_pass())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_come_more_and_more_seldom() {
        let waits: Vec<_> = (0..9).map(|quiet| wait(quiet).as_secs()).collect();
        assert_eq!(waits, [2, 3, 5, 8, 13, 21, 30, 30, 30]);
    }
}
