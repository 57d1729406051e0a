//! Several profiles asked for one id at the same time, each by a client of its own.
//! Never one profile alone, unless it is all that is left to ask.

use std::time::Instant;

use msgscope::api::clients::Clients;
use msgscope::model::failure::{Cause, FailureKind};
use msgscope::model::progress::Progress;
use msgscope::model::snapshot::{Snapshot, Whose};
use msgscope::model::whom::Whom;

use super::{AMPLE, cause, id, settings};
use crate::support::clients::{given, identity};
use crate::support::fixtures::fixture;
use crate::support::wire::{Request, Step, Wire, json, silent};

const NAMES: [&str; 3] = ["acme", "beta", "gamma"];

/// The first profiles, each with its name behind `pit-` as its token.
fn clients(wire: &Wire, profiles: usize) -> Clients {
    let mut all = NAMES[..profiles].iter().map(|name| {
        let mut identity = identity(name, given(&format!("pit-{name}")));
        identity.others = profiles - 1;
        (settings(&wire.base_url(), AMPLE), identity)
    });
    let first = all.next().unwrap();
    Clients::new(first, all, None)
}

/// The profile that a request comes from.
fn profile(request: &Request) -> &str {
    let header = request.header("authorization").unwrap();
    header.strip_prefix("Bearer pit-").unwrap()
}

/// The profiles that asked for a message, in order of the alphabet.
fn askers(wire: &Wire) -> Vec<String> {
    let requests = wire.requests().into_iter();
    let is_message =
        |path: &str| path.starts_with("/conversations/messages/") && !path.contains("/email/");
    let messages = requests.filter(|request| is_message(&request.path));
    let mut names: Vec<String> = messages.map(|one| profile(&one).to_owned()).collect();
    names.sort();
    names
}

fn not_found() -> Vec<Step> {
    json(404, fixture("error-404-documented-not-found.json"))
}

/// A server where one profile has every message.
fn owned_by(owner: &'static str) -> Wire {
    Wire::start(move |request| {
        if profile(request) == owner {
            json(200, fixture("sms-inbound.json"))
        } else {
            not_found()
        }
    })
}

async fn lookup(clients: &Clients, whom: Whom) -> Snapshot {
    clients.lookup(whom, &id(), |_| ()).await
}

#[tokio::test]
async fn the_one_that_has_it_wins_and_those_that_say_nothing_are_not_waited_for() {
    let wire = Wire::start(|request| match profile(request) {
        "beta" => json(200, fixture("sms-inbound.json")),
        _ => silent(),
    });
    let begun = Instant::now();
    let found = lookup(&clients(&wire, 3), Whom::All).await;
    assert!(begun.elapsed() < AMPLE, "{:?}", begun.elapsed());
    assert!(found.outcome.is_ok(), "{:?}", found.outcome);
    assert_eq!(
        (found.asked.profile.as_str(), found.asked.others),
        ("beta", 2)
    );
    assert_eq!((found.surveyed, found.also), (true, Vec::new()));
}

#[tokio::test]
async fn one_that_has_answered_already_is_not_asked_again() {
    for (place, asked) in [(0, ["beta", "gamma"]), (2, ["acme", "beta"])] {
        let wire = owned_by("nobody");
        let nowhere = lookup(&clients(&wire, 3), Whom::AllBut(place)).await;
        assert_eq!(askers(&wire), asked);
        let expected = Cause::Nowhere {
            asked: 2,
            unsure: 0,
            worst: FailureKind::NotFound,
        };
        assert_eq!(cause(&nowhere), &expected);
        let told = nowhere.also.iter().map(|reply| reply.whose.clone());
        let asked = asked.map(|name| Whose::Profile(name.to_owned()));
        assert_eq!(told.collect::<Vec<_>>(), asked);
    }
}

#[tokio::test]
async fn of_two_profiles_the_other_one_is_told_as_where_it_was_found() {
    let wire = owned_by("beta");
    let clients = clients(&wire, 2);
    let found = lookup(&clients, Whom::AllBut(0)).await;
    assert_eq!(
        (found.asked.profile.as_str(), found.asked.others),
        ("beta", 1)
    );
    assert!(found.surveyed && found.outcome.is_ok(), "{found:?}");
    assert_eq!(askers(&wire), ["beta"]);
    let lost = lookup(&clients, Whom::AllBut(1)).await;
    assert_eq!((cause(&lost), lost.surveyed), (&Cause::NotFound, false));
    let own = lookup(&clients, Whom::One(1)).await;
    assert!(own.outcome.is_ok() && !own.surveyed, "{own:?}");
}

#[tokio::test]
async fn how_many_have_answered_is_told_and_nothing_of_their_tries() {
    let wire = owned_by("nobody");
    let mut told = Vec::new();
    let clients = clients(&wire, 3);
    clients
        .lookup(Whom::All, &id(), |progress| told.push(progress))
        .await;
    let expected = [0, 1, 2, 3].map(|answered| Progress::Surveying { answered, of: 3 });
    assert_eq!(told, expected);
}
