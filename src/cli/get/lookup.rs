//! What is about to be printed: lookups under way, and text that held no id.
//! Never a lookup that outlives its call.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;

use super::Asker;
use super::input::{Refused, Wanted};
use crate::api::pace::MOST_AT_ONCE;
use crate::model::failure::{Failure, FailureKind};
use crate::model::snapshot::Snapshot;

/// Answers of so many bytes are too large to have many of them in memory.
const LARGE: usize = 64 * 1024;

/// What is waited for.
pub(super) enum Begun {
    Asked(Lookup),
    Refused(Refused),
}

/// What came of it.
pub(super) enum Ended {
    Answered(Arc<Snapshot>),
    Refused(Refused),
    /// The answer would have been that no token works, as others were told meanwhile.
    NotAsked,
}

/// The turns of lookups: so many at once, and none any more once no token works. A large answer keeps its turn until it
/// is taken, so that not many are in memory.
#[derive(Clone, Debug)]
pub(super) struct Turns(Arc<Semaphore>);

impl Turns {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(MOST_AT_ONCE)))
    }

    /// Those that wait get none.
    pub(super) fn end(&self) {
        self.0.close();
    }
}

impl Begun {
    pub(super) fn new(asker: &Asker, turns: &Turns, wanted: Wanted) -> Self {
        match wanted {
            Wanted::Refused(refused) => Self::Refused(refused),
            Wanted::Id(id) => {
                let (clients, whom, turns) = (asker.clients.clone(), asker.whom, turns.clone());
                let task = tokio::spawn(async move {
                    let all = Arc::clone(&turns.0);
                    let Ok(turn) = all.acquire_owned().await else {
                        return None;
                    };
                    let snapshot = clients.lookup(whom, &id, |_| ()).await;
                    if no_token_works(&snapshot) {
                        turns.end();
                    }
                    let turn = is_large(&snapshot).then_some(turn);
                    Some((Arc::new(snapshot), turn))
                });
                Self::Asked(Lookup(task))
            }
        }
    }
}

/// What came of the first of them, which is then to be taken away. Dropping the future loses nothing; without any it
/// waits for ever.
pub(super) async fn first(begun: &mut VecDeque<Begun>) -> io::Result<Ended> {
    match begun.front_mut() {
        None => std::future::pending().await,
        Some(Begun::Refused(refused)) => Ok(Ended::Refused(refused.clone())),
        Some(Begun::Asked(lookup)) => {
            let snapshot = (&mut lookup.0).await.map_err(io::Error::other)?;
            Ok(snapshot.map_or(Ended::NotAsked, |(snapshot, _turn)| {
                Ended::Answered(snapshot)
            }))
        }
    }
}

/// A lookup under way; dropping it stops it.
pub(super) struct Lookup(JoinHandle<Option<Answered>>);

/// What was answered, and the turn that it keeps.
type Answered = (Arc<Snapshot>, Option<OwnedSemaphorePermit>);

impl Drop for Lookup {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn is_large(snapshot: &Snapshot) -> bool {
    let answer = snapshot.answer.as_ref();
    answer.is_some_and(|answer| answer.body.len() > LARGE)
}

/// Whether another id would bring the same: whoever was asked has no token that works.
pub(super) fn no_token_works(snapshot: &Snapshot) -> bool {
    let is_it = |kind| kind == Some(FailureKind::Unauthorised);
    let failure = snapshot.outcome.as_ref().err();
    is_it(failure.map(Failure::kind)) && snapshot.also.iter().all(|reply| is_it(reply.failed))
}
