//! When a lookup is tried again, and how soon: decided from what the last try ended in.
//! Never a clock, never chance: the time spent and the jitter come in. Asking again is safe, since all is GET.

use std::time::Duration;

use crate::model::failure::{Blocker, Cause, Failure, NetworkFault};

/// The longest wait that is taken from `Retry-After`; a longer one is cut to this.
pub const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// How often and how long a lookup is tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retries {
    /// Tries at most, the first one counted; 1 never asks again.
    pub most: u32,
    /// The time limit of all tries together, where a single try may not take longer.
    pub within: Duration,
    /// The longest wait before the second try; it doubles with each further one.
    pub backoff: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            most: 4,
            within: Duration::from_secs(30),
            backoff: Duration::from_millis(500),
        }
    }
}

/// What follows a failed try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Another try, after this wait.
    Again { after: Duration },
    /// Nothing: the failure is the lookup's.
    Done,
}

/// How a lookup went so far.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spent {
    /// Tries, the failed one counted: at least 1.
    pub tries: u32,
    /// Since the first try was begun.
    pub time: Duration,
}

impl Retries {
    /// The time limit of a lookup whose single try may take `timeout`.
    pub fn limit(&self, timeout: Duration) -> Duration {
        self.within.max(timeout)
    }

    /// What follows `failure`. `limit` is the lookup's, `interval` the burst's as its answer tells it, and
    /// `jitter`, from 0 to 1, the part of the backoff that is waited.
    pub fn next(
        &self,
        failure: &Failure,
        interval: Option<Duration>,
        spent: Spent,
        limit: Duration,
        jitter: f64,
    ) -> Next {
        if spent.tries >= self.most || !passes(failure) {
            return Next::Done;
        }
        let after = told_wait(failure, interval)
            .unwrap_or_else(|| self.backoff(spent.tries).mul_f64(jitter.clamp(0.0, 1.0)));
        if spent.time.saturating_add(after) < limit {
            Next::Again { after }
        } else {
            Next::Done
        }
    }

    fn backoff(&self, tries: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(tries.saturating_sub(1));
        self.backoff.saturating_mul(doubled).min(LONGEST_WAIT)
    }
}

/// How long a 429 asks to wait. No time at all is no answer to the question: then the backoff tells.
fn told_wait(failure: &Failure, interval: Option<Duration>) -> Option<Duration> {
    let Cause::RateLimited { wait } = failure.cause else {
        return None;
    };
    let told = wait.filter(|wait| !wait.is_zero());
    told.map(|wait| wait.min(LONGEST_WAIT)).or(interval)
}

/// Whether the same request may well bring something else in a moment.
fn passes(failure: &Failure) -> bool {
    let http = failure.http;
    match &failure.cause {
        // The gateway's own time-out, whatever status it is dressed as.
        Cause::RateLimited { .. } | Cause::GatewayTimeout => true,
        // Not 501 or 505, which stay as they are. A proxy's web page counts as its status does.
        Cause::Server | Cause::Blocked(Blocker::Proxy) => {
            matches!(http, Some(500 | 502 | 503 | 504))
        }
        Cause::Network(fault) => match fault {
            NetworkFault::Closed => true,
            // A refused connection, a wrong name and a bad certificate want someone to look at them,
            // at once. What nobody knows is not repeated.
            NetworkFault::Refused
            | NetworkFault::NameNotFound
            | NetworkFault::Tls(_)
            | NetworkFault::Other(_) => false,
        },
        // A refusal stays one, even where its words were cut off.
        Cause::Cut { .. } => !matches!(http, Some(300..=428 | 430..=499)),
        // No answer in time: the time for one try is what was asked for, and it is used up.
        Cause::NoAnswer { .. }
        // Answers that say what to do, which is not to ask again.
        | Cause::NoToken
        | Cause::TokenUnavailable(_)
        | Cause::TokenRefused(_)
        | Cause::WrongTokenClass
        | Cause::ScopeMissing
        | Cause::OtherLocation
        | Cause::Version
        | Cause::NotFound
        | Cause::Nowhere { .. }
        | Cause::Invalid
        | Cause::Redirect { .. }
        | Cause::Blocked(Blocker::Cloudflare)
        // Whole answers that would come again as they are.
        | Cause::TooLarge { .. }
        | Cause::Empty
        | Cause::NotJson
        | Cause::NotAMessage(_)
        | Cause::Cancelled { .. }
        | Cause::Broken => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::failure::{Resource, TokenForm};

    const LIMIT: Duration = Duration::from_secs(30);

    fn failed(http: Option<u16>, cause: Cause) -> Failure {
        Failure {
            http,
            ..Failure::new(cause)
        }
    }

    fn limited(seconds: Option<u64>) -> Failure {
        let wait = seconds.map(Duration::from_secs);
        failed(Some(429), Cause::RateLimited { wait })
    }

    fn spent(tries: u32, milliseconds: u64) -> Spent {
        let time = Duration::from_millis(milliseconds);
        Spent { tries, time }
    }

    fn next(failure: &Failure, interval: Option<Duration>, spent: Spent) -> Next {
        Retries::default().next(failure, interval, spent, LIMIT, 1.0)
    }

    fn again(milliseconds: u64) -> Next {
        Next::Again {
            after: Duration::from_millis(milliseconds),
        }
    }

    #[test]
    fn what_passes_is_tried_again_and_what_stays_is_not() {
        let cut = Cause::Cut { after: 1, of: None };
        let proxy = Cause::Blocked(Blocker::Proxy);
        let network = Cause::Network;
        for (http, cause, expected) in [
            (Some(500), Cause::Server, true),
            (Some(501), Cause::Server, false),
            (Some(502), Cause::Server, true),
            (Some(503), Cause::Server, true),
            (Some(505), Cause::Server, false),
            (Some(504), Cause::GatewayTimeout, true),
            (Some(401), Cause::GatewayTimeout, true),
            (Some(502), proxy.clone(), true),
            (Some(503), proxy.clone(), true),
            (Some(504), proxy.clone(), true),
            (Some(200), proxy.clone(), false),
            (Some(403), proxy.clone(), false),
            (Some(407), proxy, false),
            (Some(503), Cause::Blocked(Blocker::Cloudflare), false),
            (None, network(NetworkFault::Closed), true),
            (None, network(NetworkFault::Refused), false),
            (None, network(NetworkFault::NameNotFound), false),
            (None, network(NetworkFault::Tls(String::new())), false),
            (None, network(NetworkFault::Other(String::new())), false),
            (Some(200), cut.clone(), true),
            (Some(429), cut.clone(), true),
            (Some(500), cut.clone(), true),
            (Some(302), cut.clone(), false),
            (Some(400), cut.clone(), false),
            (Some(422), cut, false),
            (None, Cause::NoAnswer { after: LIMIT }, false),
            (Some(200), Cause::NoAnswer { after: LIMIT }, false),
            (None, Cause::NoToken, false),
            (None, Cause::TokenUnavailable(String::new()), false),
            (Some(401), Cause::TokenRefused(TokenForm::OAuth), false),
            (Some(401), Cause::WrongTokenClass, false),
            (Some(403), Cause::ScopeMissing, false),
            (Some(403), Cause::OtherLocation, false),
            (Some(401), Cause::Version, false),
            (Some(404), Cause::NotFound, false),
            (Some(500), Cause::NotFound, false),
            (Some(400), Cause::Invalid, false),
            (Some(422), Cause::Invalid, false),
            (Some(200), Cause::TooLarge { limit: 1 }, false),
            (Some(200), Cause::NotJson, false),
            (Some(200), Cause::NotAMessage(Resource::Unknown), false),
            (
                Some(302),
                Cause::Redirect {
                    host: String::new(),
                },
                false,
            ),
            (None, Cause::Cancelled { after: LIMIT }, false),
            (None, Cause::Broken, false),
        ] {
            let failure = failed(http, cause);
            let next = next(&failure, None, spent(1, 0));
            assert_eq!(next != Next::Done, expected, "{failure:?}");
        }
    }

    #[test]
    fn the_wait_doubles_with_each_try_and_the_fourth_is_the_last() {
        let server = failed(Some(500), Cause::Server);
        let waits = [1, 2, 3, 4, 5].map(|tries| next(&server, None, spent(tries, 0)));
        assert_eq!(
            waits,
            [again(500), again(1000), again(2000), Next::Done, Next::Done]
        );
    }

    #[test]
    fn the_backoff_is_spread_by_the_jitter_and_told_waits_are_not() {
        let retries = Retries::default();
        let with =
            |failure: &Failure, jitter| retries.next(failure, None, spent(2, 0), LIMIT, jitter);
        let server = failed(Some(500), Cause::Server);
        let waits = [-1.0, 0.0, 0.5, 1.0, 7.0].map(|jitter| with(&server, jitter));
        assert_eq!(
            waits,
            [again(0), again(0), again(500), again(1000), again(1000)]
        );
        assert_eq!(with(&limited(Some(7)), 0.5), again(7000));
    }

    #[test]
    fn a_429_waits_as_told_else_the_interval_else_the_backoff() {
        let interval = Some(Duration::from_secs(10));
        for (told, interval, expected) in [
            (Some(7), interval, again(7000)),
            (Some(7), None, again(7000)),
            (None, interval, again(10_000)),
            (Some(0), interval, again(10_000)),
            (Some(0), None, again(500)),
            (None, None, again(500)),
        ] {
            assert_eq!(next(&limited(told), interval, spent(1, 0)), expected);
        }
    }

    #[test]
    fn a_wait_that_does_not_fit_into_the_limit_ends_the_lookup() {
        let server = failed(Some(500), Cause::Server);
        for (failure, milliseconds, expected) in [
            (limited(Some(29)), 0, again(29_000)),
            (limited(Some(29)), 1000, Next::Done),
            (limited(Some(30)), 0, Next::Done),
            (limited(Some(3600)), 0, Next::Done),
            (server.clone(), 29_499, again(500)),
            (server, 29_500, Next::Done),
        ] {
            assert_eq!(next(&failure, None, spent(1, milliseconds)), expected);
        }
    }

    #[test]
    fn a_long_wait_is_cut_to_a_minute_where_the_time_limit_of_a_try_leaves_room() {
        let retries = Retries::default();
        let limit = retries.limit(Duration::from_mins(2));
        assert_eq!(limit, Duration::from_mins(2));
        let next = retries.next(&limited(Some(3600)), None, spent(1, 0), limit, 1.0);
        assert_eq!(next, again(60_000));
        assert_eq!(retries.limit(Duration::from_secs(15)), LIMIT);
    }

    #[test]
    fn no_time_or_number_is_too_large_to_reckon_with() {
        let retries = Retries {
            most: u32::MAX,
            within: Duration::from_hours(1),
            backoff: Duration::MAX,
        };
        let failure = failed(Some(500), Cause::Server);
        let next = retries.next(&failure, None, spent(40, 0), Duration::from_hours(1), 1.0);
        assert_eq!(next, again(60_000));
        let endless = Some(Duration::MAX);
        let next = retries.next(&limited(None), endless, spent(40, 1), LIMIT, 1.0);
        assert_eq!(next, Next::Done);
    }
}
