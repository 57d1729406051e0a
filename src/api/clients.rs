//! All profiles that can be asked, each by a client of its own, made when it is first needed.
//! Never more than is asked for: a profile that is not asked has no client, and its token is not fetched.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::OnceCell;
use tokio::task::JoinSet;

use super::client::{Client, ClientError, Connections};
use super::log::Log;
use super::request::{BaseUrl, Identity, Settings, asked};
use super::survey::Survey;
use super::token::TokenOrigin;
use crate::model::endpoint::Endpoint;
use crate::model::failure::{Asked, Cause, Failure, NetworkFault};
use crate::model::id::MessageId;
use crate::model::progress::Progress;
use crate::model::snapshot::Snapshot;
use crate::model::whom::Whom;

/// The profiles. Cheap to clone; what one of the clones has made, all have.
#[derive(Clone)]
pub struct Clients {
    /// At least one.
    profiles: Arc<[Profile]>,
    encrypted: Arc<OnceCell<Connections>>,
    plain: Arc<OnceCell<Connections>>,
    log: Option<Log>,
}

#[derive(Clone)]
struct Profile {
    settings: Settings,
    identity: Identity,
    client: Arc<OnceCell<Client>>,
}

impl Clients {
    /// The profiles in the order in which they are named by place, from 0.
    pub fn new(
        first: (Settings, Identity),
        others: impl IntoIterator<Item = (Settings, Identity)>,
        log: Option<Log>,
    ) -> Self {
        let profiles = std::iter::once(first).chain(others);
        let profiles = profiles.map(|(settings, identity)| Profile {
            settings,
            identity,
            client: Arc::default(),
        });
        Self {
            profiles: profiles.collect(),
            encrypted: Arc::default(),
            plain: Arc::default(),
            log,
        }
    }

    /// Has the profile at `place` ask with another token from now on.
    pub fn give_token(&mut self, place: usize, token: TokenOrigin) {
        let mut profiles = self.profiles.to_vec();
        if let Some(profile) = profiles.get_mut(place) {
            profile.identity.token = token;
            profile.client = Arc::default();
        }
        self.profiles = profiles.into();
    }

    pub fn log(&self) -> Option<&Log> {
        self.log.as_ref()
    }

    /// The place of the profile of that name.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let mut profiles = self.profiles.iter();
        profiles.position(|profile| profile.identity.profile == name)
    }

    /// Looks the message up with one profile, or finds the one of several that has it; the first one that does
    /// wins, and the others are not waited for. Dropping the future cancels all.
    pub async fn lookup(
        &self,
        whom: Whom,
        id: &MessageId,
        mut tell: impl FnMut(Progress) + Send,
    ) -> Snapshot {
        match whom.places(self.profiles.len()).as_slice() {
            [] => self.lookup_with(0, id, tell).await,
            [only] => {
                let alone = self.lookup_with(*only, id, tell).await;
                Snapshot {
                    // Of two profiles the other one: where it was found is told as of many.
                    surveyed: matches!(whom, Whom::AllBut(_)) && alone.outcome.is_ok(),
                    ..alone
                }
            }
            places => self.survey(places, id, &mut tell).await,
        }
    }

    /// Asks for what belongs to a message, with the profile that the message was asked with.
    pub async fn linked(&self, like: &Asked, endpoint: Endpoint, id: &MessageId) -> Snapshot {
        let mut profiles = self.profiles.iter();
        let own = profiles.find(|profile| profile.identity.profile == like.profile);
        let Some(profile) = own else {
            let words = format!("profile {} is not set up here", like.profile);
            let asked = Asked {
                id: id.clone(),
                endpoint,
                ..like.clone()
            };
            return failed(asked, Cause::TokenUnavailable(words));
        };
        match self.client(profile).await {
            Ok(client) => client.linked(endpoint, id).await,
            Err(error) => failed(
                asked(&profile.settings, &profile.identity, id),
                Cause::Network(NetworkFault::Other(error.to_string())),
            ),
        }
    }

    async fn lookup_with(
        &self,
        place: usize,
        id: &MessageId,
        tell: impl FnMut(Progress) + Send,
    ) -> Snapshot {
        let profile = self.profile(place);
        match self.client(profile).await {
            Ok(client) => client.lookup_telling(id, tell).await,
            Err(error) => failed(
                asked(&profile.settings, &profile.identity, id),
                Cause::Network(NetworkFault::Other(error.to_string())),
            ),
        }
    }

    /// Asks all of `places` at the same time.
    async fn survey(
        &self,
        places: &[usize],
        id: &MessageId,
        tell: &mut (impl FnMut(Progress) + Send),
    ) -> Snapshot {
        let (at, start) = (Timestamp::now(), Instant::now());
        let of = places.len();
        let mut answered = Survey::default();
        let mut lookups = JoinSet::new();
        for &place in places {
            let (own, id) = (self.clone(), id.clone());
            lookups.spawn(async move { (place, own.lookup_with(place, &id, |_| ()).await) });
        }
        tell(Progress::Surveying { answered: 0, of });
        while let Some(ended) = lookups.join_next().await {
            let Ok((place, snapshot)) = ended else {
                continue;
            };
            if snapshot.outcome.is_ok() {
                lookups.abort_all();
                return Snapshot {
                    at,
                    took: start.elapsed(),
                    ..answered.found(snapshot, of)
                };
            }
            answered.add(place, snapshot);
            tell(Progress::Surveying {
                answered: answered.count(),
                of,
            });
        }
        let first = self.profile(places.first().copied().unwrap_or_default());
        let broken = failed(asked(&first.settings, &first.identity, id), Cause::Broken);
        Snapshot {
            at,
            took: start.elapsed(),
            ..answered.nowhere().unwrap_or(broken)
        }
    }

    pub(super) async fn client_at(&self, place: usize) -> Result<Client, ClientError> {
        self.client(self.profile(place)).await
    }

    pub(super) fn name_at(&self, place: usize) -> &str {
        &self.profile(place).identity.profile
    }

    pub(super) fn settings_at(&self, place: usize) -> &Settings {
        &self.profile(place).settings
    }

    fn profile(&self, place: usize) -> &Profile {
        // Places come from this list; the first stands for one that does not.
        self.profiles.get(place).unwrap_or(&self.profiles[0])
    }

    async fn client(&self, profile: &Profile) -> Result<Client, ClientError> {
        let make = || async {
            let connections = self.connections(&profile.settings.base_url).await?;
            let (settings, identity) = (profile.settings.clone(), profile.identity.clone());
            Ok(Client::new(
                connections,
                settings,
                identity,
                self.log.clone(),
            ))
        };
        profile.client.get_or_try_init(make).await.cloned()
    }

    /// Connections to hosts like that one. Setting up TLS takes tens of milliseconds, so that it is done aside and
    /// once for all.
    pub(super) async fn connections(&self, base_url: &BaseUrl) -> Result<Connections, ClientError> {
        let base_url = base_url.clone();
        if base_url.is_encrypted() {
            let make = || async move {
                let made = tokio::task::spawn_blocking(move || Connections::new(&base_url));
                made.await.map_err(ClientError::broken)?
            };
            self.encrypted.get_or_try_init(make).await.cloned()
        } else {
            // Nothing to read from the disk: as quick here as on another thread.
            let make = || async move { Connections::new(&base_url) };
            self.plain.get_or_try_init(make).await.cloned()
        }
    }
}

fn failed(asked: Asked, cause: Cause) -> Snapshot {
    Snapshot {
        asked,
        at: Timestamp::now(),
        took: Duration::ZERO,
        answer: None,
        outcome: Err(Failure::new(cause)),
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    }
}

/// Names only.
impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.profiles.iter();
        f.debug_list()
            .entries(names.map(|profile| &profile.identity))
            .finish()
    }
}
