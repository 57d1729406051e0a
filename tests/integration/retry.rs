//! Lookups that are tried again, and lookups that wait for the limit, against real servers.
//! Never here: what one answer means (`decode`), or how one connection fails (`wire`).

mod pace;
mod tries;
mod waits;

use std::time::Duration;

use msgscope::api::client::Client;
use msgscope::api::request::{ApiVersion, BaseUrl, DEFAULT_VERSION, Settings};
use msgscope::api::retry::Retries;
use msgscope::model::id::MessageId;
use msgscope::model::progress::Progress;
use msgscope::model::snapshot::Snapshot;

use crate::support::clients;

/// Four tries as ever, but nobody waits long for them.
const QUICK: Retries = Retries {
    most: 4,
    within: Duration::from_secs(10),
    backoff: Duration::from_millis(2),
};
/// For one try.
const TIMEOUT: Duration = Duration::from_secs(10);
const DELIVERED: &str = "sms-outbound-delivered.json";

fn client(base_url: &str, timeout: Duration, retries: Retries) -> Client {
    let settings = Settings {
        base_url: BaseUrl::parse(base_url).unwrap(),
        version: ApiVersion::parse(DEFAULT_VERSION).unwrap(),
        timeout,
        retries,
    };
    clients::client(settings, clients::given("pit-0000"))
}

fn quick(base_url: &str) -> Client {
    client(base_url, TIMEOUT, QUICK)
}

fn id() -> MessageId {
    MessageId::new("ve9EPM428h8vShlRW1KT").unwrap()
}

/// A lookup, and how it got on.
async fn told(client: &Client) -> (Snapshot, Vec<Progress>) {
    let mut told = Vec::new();
    let snapshot = client
        .lookup_telling(&id(), |progress| told.push(progress))
        .await;
    (snapshot, told)
}
