//! A burst limit as the API keeps it, but a twentieth as long: one request too many in a window is a 429.
//! Never lenient: a request counts when it has arrived, and no window is forgiven.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::wire::{Step, bytes};

/// 20 requests in any 500 ms, as 100 in 10 s are.
pub(crate) const BURST: usize = 20;
pub(crate) const INTERVAL: Duration = Duration::from_millis(500);

/// The requests of the window that ends now, and how many were too many.
#[derive(Default)]
pub(crate) struct Limit {
    counted: Mutex<VecDeque<Instant>>,
    refused: AtomicUsize,
}

impl Limit {
    /// The answer with that body and what is left, or a 429.
    pub(crate) fn answer(&self, body: &[u8]) -> Vec<Step> {
        let now = Instant::now();
        let mut counted = self.counted.lock().unwrap();
        while counted.front().is_some_and(|at| now - *at > INTERVAL) {
            counted.pop_front();
        }
        let (status, body) = if counted.len() >= BURST {
            self.refused.fetch_add(1, Ordering::SeqCst);
            (429, &b""[..])
        } else {
            counted.push_back(now);
            (200, body)
        };
        let (left, length) = (BURST - counted.len(), body.len());
        let headers = [
            ("X-RateLimit-Max", BURST.to_string()),
            (
                "X-RateLimit-Interval-Milliseconds",
                INTERVAL.as_millis().to_string(),
            ),
            ("X-RateLimit-Remaining", left.to_string()),
            ("Content-Length", length.to_string()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        bytes(status, &headers, body)
    }

    /// How many were answered with a 429.
    pub(crate) fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }
}

#[test]
fn one_request_too_many_in_a_window_is_refused() {
    let limit = Limit::default();
    for _ in 0..BURST {
        limit.answer(b"");
    }
    assert_eq!(limit.refused(), 0);
    limit.answer(b"");
    assert_eq!(limit.refused(), 1);
}
