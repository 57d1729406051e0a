//! What is about to be printed: lookups under way, and text that held no id.
//! Never a lookup that outlives its call.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use tokio::task::JoinHandle;

use super::Asker;
use super::input::{Refused, Wanted};
use crate::model::failure::{Failure, FailureKind};
use crate::model::snapshot::Snapshot;

/// What is waited for.
pub(super) enum Begun {
    Asked(Lookup),
    Refused(Refused),
}

/// What came of it.
pub(super) enum Ended {
    Answered(Arc<Snapshot>),
    Refused(Refused),
}

impl Begun {
    pub(super) fn new(asker: &Asker, wanted: Wanted) -> Self {
        match wanted {
            Wanted::Refused(refused) => Self::Refused(refused),
            Wanted::Id(id) => {
                let (clients, whom) = (asker.clients.clone(), asker.whom);
                let task = tokio::spawn(async move { clients.lookup(whom, &id, |_| ()).await });
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
            Ok(Ended::Answered(Arc::new(snapshot)))
        }
    }
}

/// A lookup under way; dropping it stops it.
pub(super) struct Lookup(JoinHandle<Snapshot>);

impl Drop for Lookup {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Whether another id would bring the same: whoever was asked has no token that works.
pub(super) fn no_token_works(snapshot: &Snapshot) -> bool {
    let is_it = |kind| kind == Some(FailureKind::Unauthorised);
    let failure = snapshot.outcome.as_ref().err();
    is_it(failure.map(Failure::kind)) && snapshot.also.iter().all(|reply| is_it(reply.failed))
}
