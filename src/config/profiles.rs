//! The profiles that can be asked, and which of them is: flags and variables over what the file says of each.
//! Never another profile's token, and never a token that was meant for none of them.

use std::io::BufRead;
use std::path::Path;
use std::time::Duration;

use super::file::{ConfigFile, ProfileEntry, TokenPlace};
use super::location::at_home;
use super::place::{Place, Placed};
use super::{ConfigError, DEFAULT_APP_URL, DEFAULT_PROFILE, Given, Tokens};
use crate::api::request::{
    ApiVersion, BaseUrl, DEFAULT_BASE_URL, DEFAULT_TIMEOUT, DEFAULT_VERSION, Identity, Settings,
};
use crate::api::retry::Retries;
use crate::api::token::{Token, TokenCommand, TokenOrigin, TokenSource, read_file, read_line};
use crate::args::Source;
use crate::model::whom::Whom;

/// The variable that holds a token; it has no flag.
pub const TOKEN_VARIABLE: &str = "MSGSCOPE_TOKEN";

/// A sub-account, with all that is needed to ask it.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    pub name: String,
    /// Where its table begins in the config file, from 1; None for the one that needs no file.
    pub line: Option<usize>,
    pub base_url: Placed<BaseUrl>,
    pub api_version: Placed<ApiVersion>,
    pub timeout: Placed<Duration>,
    pub app_url: Placed<String>,
    pub token: TokenOrigin,
}

impl Profile {
    /// Where and how it is asked.
    pub fn settings(&self) -> Settings {
        Settings {
            base_url: self.base_url.value.clone(),
            version: self.api_version.value.clone(),
            timeout: self.timeout.value,
            retries: Retries::default(),
        }
    }

    /// As whom, of so many profiles.
    pub fn identity(&self, all: usize) -> Identity {
        Identity {
            profile: self.name.clone(),
            token: self.token.clone(),
            others: all.saturating_sub(1),
        }
    }
}

/// Who is asked, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Choice {
    pub(super) whom: Whom,
    pub(super) place: Place,
}

impl Choice {
    /// Chosen for this run, and not just where it begins: then only the profile's own token will do.
    fn is_on_purpose(&self) -> bool {
        matches!(self.place, Place::Flag(_) | Place::Variable(_))
    }
}

/// All profiles in the file's order, or the one that needs no file, without their tokens being read.
pub(super) fn profiles(given: &Given<'_>, file: &ConfigFile) -> Result<Vec<Profile>, ConfigError> {
    let nameless = ProfileEntry {
        name: DEFAULT_PROFILE.to_owned(),
        ..ProfileEntry::default()
    };
    let entries = if file.profiles.is_empty() {
        std::slice::from_ref(&nameless)
    } else {
        &file.profiles
    };
    let hidden = hidden(file);
    let profile = |entry: &ProfileEntry| profile(given, entry, &hidden);
    entries.iter().map(profile).collect()
}

/// The variables that hold tokens, which no child process needs to see.
pub(super) fn hidden(file: &ConfigFile) -> Vec<String> {
    let own = file.profiles.iter().filter_map(|entry| match &entry.token {
        Some(TokenPlace::Variable(name)) => Some(name.clone()),
        _ => None,
    });
    std::iter::once(TOKEN_VARIABLE.to_owned())
        .chain(own)
        .collect()
}

fn profile(
    given: &Given<'_>,
    entry: &ProfileEntry,
    hidden: &[String],
) -> Result<Profile, ConfigError> {
    let global = given.global;
    let placed = |field: &str| Place::given(given.sources, field).unwrap_or(Place::Default);
    let base_url = Given::text(global.base_url.as_ref()).map(BaseUrl::parse);
    let base_url = base_url.transpose()?;
    let version = Given::text(global.api_version.as_ref()).map(ApiVersion::parse);
    let version = version.transpose()?;
    let timeout = Given::text(global.timeout.as_ref()).map(seconds);
    let timeout = timeout.transpose()?;
    Ok(Profile {
        name: entry.name.clone(),
        line: (entry.line > 0).then_some(entry.line),
        base_url: Placed::first(
            base_url.map(|url| Placed::new(url, placed("base_url"))),
            entry.base_url.clone(),
            BaseUrl::parse(DEFAULT_BASE_URL)?,
        ),
        api_version: Placed::first(
            version.map(|version| Placed::new(version, placed("api_version"))),
            entry.api_version.clone(),
            ApiVersion::parse(DEFAULT_VERSION)?,
        ),
        timeout: Placed::first(
            timeout.map(|timeout| Placed::new(timeout, placed("timeout"))),
            entry.timeout,
            DEFAULT_TIMEOUT,
        ),
        app_url: Placed::first(None, entry.app_url.clone(), DEFAULT_APP_URL.to_owned()),
        token: origin(given, entry.token.as_ref(), hidden),
    })
}

fn seconds(text: &str) -> Result<Duration, ConfigError> {
    let seconds: f64 = text.trim().parse().map_err(|_| ConfigError::Timeout)?;
    if !(0.1..=600.0).contains(&seconds) {
        return Err(ConfigError::Timeout);
    }
    Duration::try_from_secs_f64(seconds).map_err(|_| ConfigError::Timeout)
}

/// A variable is read at once, which costs nothing; a file and a command when they are needed.
fn origin(given: &Given<'_>, place: Option<&TokenPlace>, hidden: &[String]) -> TokenOrigin {
    match place {
        None => TokenOrigin::Nowhere,
        Some(TokenPlace::File(path)) => TokenOrigin::File(at_home(path), TokenSource::ProfileFile),
        Some(TokenPlace::Command(argv)) => TokenCommand::new(argv, hidden.to_vec())
            .map_or(TokenOrigin::Nowhere, TokenOrigin::Command),
        Some(TokenPlace::Variable(name)) => {
            let text = (given.variable)(name).filter(|text| !text.trim().is_empty());
            let source = TokenSource::Variable(name.clone());
            match text.map(|text| Token::new(&text)) {
                Some(Ok(token)) => TokenOrigin::Given(token, source),
                other => TokenOrigin::Variable {
                    name: name.clone(),
                    why: other.and_then(Result::err),
                },
            }
        }
    }
}

/// Whom the flags, the variables and the file choose, in that order; the first profile where none does.
pub(super) fn choice(
    given: &Given<'_>,
    file: &ConfigFile,
    profiles: &[Profile],
) -> Result<Choice, ConfigError> {
    let name = Given::text(given.global.profile.as_ref()).map(str::trim);
    let all = given.global.all_profiles;
    let source = |field| given.sources.of(field);
    let all_wins = match (name, all) {
        (Some(_), true) if source("profile") == source("all_profiles") => {
            return Err(ConfigError::ProfileAndAll);
        }
        (Some(_), true) => source("all_profiles") == Some(Source::Flag),
        (_, all) => all,
    };
    let placed = |field: &str| Place::given(given.sources, field).unwrap_or(Place::Default);
    if all_wins {
        if file.profiles.is_empty() {
            return Err(ConfigError::NoProfiles("--all-profiles"));
        }
        return Ok(Choice {
            whom: Whom::All,
            place: placed("all_profiles"),
        });
    }
    let (name, place) = match (name, &file.default_profile) {
        (Some(name), _) => (name, placed("profile")),
        (None, Some(name)) => (name.as_str(), Place::File),
        (None, None) => {
            return Ok(Choice {
                whom: Whom::One(0),
                place: Place::Default,
            });
        }
    };
    let at = profiles.iter().position(|profile| profile.name == name);
    let known = at.filter(|_| !file.profiles.is_empty());
    let whom = known.map(Whom::One).ok_or_else(|| unknown(name, file))?;
    Ok(Choice { whom, place })
}

/// There is no profile of that name: which is the nearest, or which there are.
fn unknown(name: &str, file: &ConfigFile) -> ConfigError {
    let names = || file.profiles.iter().map(|entry| entry.name.as_str());
    if file.profiles.is_empty() {
        return ConfigError::NoProfiles("--profile");
    }
    let away =
        |known: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase());
    let nearest = names().min_by_key(|known| away(known));
    let advice = match nearest.filter(|known| away(known) <= 2) {
        Some(nearest) => format!("the nearest is {nearest}"),
        None => format!(
            "there are {}",
            names().take(20).collect::<Vec<_>>().join(", ")
        ),
    };
    ConfigError::UnknownProfile {
        name: name.to_owned(),
        advice,
    }
}

/// Gives the chosen profile the token of this run: of standard input, a file or `MSGSCOPE_TOKEN`, unless it was chosen
/// on purpose. A file of its own is looked at now, so that a wrong one is told before the screen is taken.
pub(super) fn take_token(
    given: &Given<'_>,
    choice: &Choice,
    profiles: &mut [Profile],
    input: impl FnOnce() -> Box<dyn BufRead>,
) -> Result<(), ConfigError> {
    if given.tokens == Tokens::Left {
        return Ok(());
    }
    let global = given.global;
    let is_flag = |field| given.sources.of(field) == Some(Source::Flag);
    let counts = |field| !choice.is_on_purpose() || is_flag(field);
    let file = global.token_file.as_deref();
    let file = file.filter(|path| !path.as_os_str().is_empty() && counts("token_file"));
    let stdin = global.token_stdin && counts("token_stdin");
    let Some(profile) = choice.whom.one().and_then(|place| profiles.get_mut(place)) else {
        if file.is_some() || stdin {
            return Err(ConfigError::TokenForAll);
        }
        return Ok(());
    };
    if stdin || file == Some(Path::new("-")) {
        profile.token = TokenOrigin::Given(read_line(input())?, TokenSource::Stdin);
    } else if let Some(path) = file {
        profile.token = TokenOrigin::Given(read_file(path)?, TokenSource::File);
    } else if !choice.is_on_purpose()
        && let Some(text) = (given.variable)(TOKEN_VARIABLE).filter(|text| !text.trim().is_empty())
    {
        profile.token = TokenOrigin::Given(Token::new(&text)?, TokenSource::Environment);
    } else if let TokenOrigin::File(path, _) = &profile.token {
        read_file(path)?;
    }
    Ok(())
}
