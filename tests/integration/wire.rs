//! The client against real servers that send exact bytes.
//! Never here: what an answer means; that is in `decode`.

mod answers;
mod faults;
mod linked;
mod requests;
mod saving;
mod socket;
mod surveys;
mod words;

use std::time::Duration;

use msgscope::api::client::Client;
use msgscope::api::request::{ApiVersion, BaseUrl, DEFAULT_VERSION, Settings};
use msgscope::api::retry::Retries;
use msgscope::model::failure::{Cause, Failure};
use msgscope::model::id::MessageId;
use msgscope::model::snapshot::Snapshot;

use crate::support::clients;

const TOKEN: &str = "pit-0f8fad5b-d9cb-469f-a165-70867728950e";
const ID: &str = "ve9EPM428h8vShlRW1KT";
/// More than any answer here takes.
const AMPLE: Duration = Duration::from_secs(20);
/// Less than any silence here lasts.
const SHORT: Duration = Duration::from_millis(300);

/// What one request brings is told here; what follows it is in `retry`.
const ONCE: Retries = Retries {
    most: 1,
    within: Duration::ZERO,
    backoff: Duration::ZERO,
};

fn client(base_url: &str, timeout: Duration) -> Client {
    clients::client(settings(base_url, timeout), clients::given(TOKEN))
}

fn settings(base_url: &str, timeout: Duration) -> Settings {
    Settings {
        base_url: BaseUrl::parse(base_url).unwrap(),
        version: ApiVersion::parse(DEFAULT_VERSION).unwrap(),
        timeout,
        retries: ONCE,
    }
}

fn id() -> MessageId {
    MessageId::new(ID).unwrap()
}

async fn lookup(base_url: &str, timeout: Duration) -> Snapshot {
    client(base_url, timeout).lookup(&id()).await
}

fn failure(snapshot: &Snapshot) -> &Failure {
    snapshot.outcome.as_ref().expect_err("a failure")
}

fn cause(snapshot: &Snapshot) -> &Cause {
    &failure(snapshot).cause
}
