//! The settings in force: defaults ← config file ← variables ← flags, and where each comes from.
//! Never prints a token, and refuses what is wrong before the screen is taken.

pub mod file;
mod history;
pub mod location;
mod place;
mod profiles;
pub mod theme;

use std::io::BufRead;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use secrecy::{ExposeSecret as _, SecretString};

use crate::api::clients::Clients;
use crate::api::log::{Log, LogError};
use crate::api::request::{ApiVersion, ApiVersionError, BaseUrl, BaseUrlError, DEFAULT_VERSION};
use crate::api::token::{
    Token, TokenError, TokenFileError, TokenLineError, TokenOrigin, TokenSource,
};
use crate::app::action::Keys;
use crate::app::setting::{self, Setting, Work};
use crate::args::{Args, ColorChoice, Command, Global, Sources};
use crate::environment::{ClipboardChoice, Colours, Environment, Glyphs};
use crate::model::explain::Explanations;
use crate::model::whom::Whom;
use crate::store::Store;
use crate::ui::theme::{Looks, Theme};
use file::{ConfigFile, Mistaken};
use location::{Files, LocationError};

pub use history::History;
pub use place::{Place, Placed};
pub use profiles::{Profile, TOKEN_VARIABLE};
pub use theme::Themed;

/// Where links into the web app go, unless told otherwise.
pub const DEFAULT_APP_URL: &str = "https://app.gohighlevel.com";
/// What the profile is called while the config file names none.
pub const DEFAULT_PROFILE: &str = "default";

/// Whether a token given with the call is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tokens {
    Taken,
    /// Not even where standard input is said to hold one: there stands what is looked at.
    Left,
}

/// What flags and variables say.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub global: &'a Global,
    pub sources: &'a Sources,
    /// Whether a token is looked for at all.
    pub tokens: Tokens,
    /// Looks up what clap does not: `MSGSCOPE_TOKEN`, which has no flag, the variables that profiles name, and
    /// the two for glyphs, which would contradict each other's flags.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Given<'a> {
    pub fn new(
        global: &'a Global,
        sources: &'a Sources,
        variable: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        Self {
            global,
            sources,
            tokens: Tokens::Taken,
            variable,
        }
    }

    /// The same of a whole call; where its command asks for nothing, it leaves tokens alone.
    pub fn of(
        args: &'a Args,
        sources: &'a Sources,
        variable: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let tokens = match args.command {
            Some(Command::View(_)) => Tokens::Left,
            _ => Tokens::Taken,
        };
        Self {
            tokens,
            ..Self::new(&args.global, sources, variable)
        }
    }

    /// A flag's text; an empty one counts as none.
    fn text(text: Option<&String>) -> Option<&str> {
        text.map(String::as_str)
            .filter(|text| !text.trim().is_empty())
    }
}

/// All that is settled.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// Where the config file is, or would be.
    pub path: Option<PathBuf>,
    /// Whether it is there.
    pub has_file: bool,
    /// The console's keys.
    pub keys: Keys,
    /// Where the key map is, if there is one.
    pub keymap: Option<PathBuf>,
    /// What is known of statuses and errors.
    pub explanations: Arc<Explanations>,
    /// Where the user's explanations are, if there are any.
    pub explained: Option<PathBuf>,
    /// At least one, in the file's order.
    pub profiles: Vec<Profile>,
    pub whom: Placed<Whom>,
    pub clipboard: Placed<ClipboardChoice>,
    pub color: Placed<ColorChoice>,
    pub theme: Placed<Themed>,
    /// Whether the mouse is asked for.
    pub mouse: Placed<bool>,
    /// Whether the desktop is told of changes of what is watched.
    pub notify: Placed<bool>,
    /// None where the locale decides.
    pub glyphs: Placed<Option<Glyphs>>,
    /// None for the system's.
    pub zone: Placed<Option<TimeZone>>,
    pub history: History,
    /// Where recordings and attachments are saved.
    pub download_dir: Placed<PathBuf>,
    pub log: Option<Placed<Log>>,
    /// Variables with tokens in them, which no child process needs to see.
    pub hidden: Vec<String>,
    /// Whether standard input is read for something else, so that no keys can come from there.
    pub input_read: bool,
    /// What the console works on.
    pub work: Work,
}

/// A setting that cannot be used; says what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{0}")]
    Location(#[from] LocationError),
    #[error("{0}")]
    File(Mistaken),
    #[error("base URL: {0}")]
    BaseUrl(#[from] BaseUrlError),
    #[error("{0}")]
    Version(#[from] ApiVersionError),
    #[error("timeout: a number of seconds from 0.1 to 600, such as 15")]
    Timeout,
    #[error("there is no theme {name}; there are {known}")]
    UnknownTheme { name: String, known: String },
    #[error("there is no time zone {0} here; an IANA name is meant, such as Europe/Amsterdam")]
    TimeZone(String),
    #[error("there is no profile {name}; {advice}")]
    UnknownProfile { name: String, advice: String },
    #[error("{0}: no profile is set up; msgscope config shows where that is done")]
    NoProfiles(&'static str),
    #[error("--profile names one sub-account, --all-profiles asks all: give one of them")]
    ProfileAndAll,
    #[error(
        "--all-profiles asks each profile with its own token: --token-file and --token-stdin do not go with it"
    )]
    TokenForAll,
    #[error("MSGSCOPE_TOKEN: {0}")]
    Token(#[from] TokenError),
    #[error("{0}")]
    TokenFile(#[from] TokenFileError),
    #[error("{0}")]
    TokenLine(#[from] TokenLineError),
    #[error("{0}")]
    Log(#[from] LogError),
}

impl Config {
    /// Reads the config file and settles all; a token may be read from standard input.
    pub fn read(given: &Given<'_>) -> Result<Self, ConfigError> {
        let files = location::read(given.global.config.as_deref())?;
        Self::new(given, files, || Box::new(std::io::stdin().lock()))
    }

    /// Settles all. `input` is read only where the token is to come from it.
    pub fn new(
        given: &Given<'_>,
        files: Files,
        input: impl FnOnce() -> Box<dyn BufRead>,
    ) -> Result<Self, ConfigError> {
        let (file, keys, explanations) = file::read(&files).map_err(ConfigError::File)?;
        let mut profiles = profiles::profiles(given, &file)?;
        let choice = profiles::choice(given, &file, &profiles)?;
        let mut input_read = false;
        profiles::take_token(given, &choice, &mut profiles, || {
            input_read = true;
            input()
        })?;
        let global = given.global;
        let given_at = |field| Place::given(given.sources, field);
        let clipboard = global.clipboard.zip(given_at("clipboard"));
        let color = global.color.zip(given_at("color"));
        let mouse = global.mouse.then_some(true).zip(given_at("mouse"));
        let log = global.log.as_deref();
        let log = log.filter(|path| !path.as_os_str().is_empty());
        let log = log.map(Log::open).transpose()?.zip(given_at("log"));
        Ok(Self {
            theme: theme::theme(given, &file, files.config.path.as_deref())?,
            has_file: files.config.text.is_some(),
            path: files.config.path,
            keys,
            keymap: files.keymap.found(),
            explanations: Arc::new(explanations),
            explained: files.explanations.found(),
            whom: Placed::new(choice.whom, choice.place),
            clipboard: Placed::first(
                clipboard.map(Placed::from),
                file.ui.clipboard,
                ClipboardChoice::default(),
            ),
            color: Placed::first(color.map(Placed::from), file.ui.color, ColorChoice::Auto),
            mouse: Placed::first(mouse.map(Placed::from), file.ui.mouse, false),
            notify: Placed::first(None, file.ui.notify, false),
            glyphs: glyphs(global, given.variable),
            zone: zone(&file)?,
            history: history::history(given, &file),
            download_dir: download_dir(given, &file),
            log: log.map(Placed::from),
            hidden: profiles::hidden(&file),
            profiles,
            input_read,
            work: Work::Ask,
        })
    }

    /// Whom to ask, and with what.
    pub fn clients(&self) -> Clients {
        let all = self.profiles.len();
        let client = |profile: &Profile| (profile.settings(), profile.identity(all));
        let log = self.log.as_ref().map(|log| log.value.clone());
        let (first, others) = (&self.profiles[0], &self.profiles[1..]);
        Clients::new(client(first), others.iter().map(client), log)
    }

    /// Where lookups are kept.
    pub fn store(&self) -> Store {
        Store::new(self.keeping())
    }

    /// Where files are saved, and the home folder that `~` stands for.
    pub fn downloads(&self) -> (PathBuf, Option<PathBuf>) {
        (self.download_dir.value.clone(), location::home())
    }

    /// Asks the demo's API, as the demo, whatever else was set.
    pub fn use_demo(&mut self, base_url: &str, token: &SecretString) -> Result<(), ConfigError> {
        self.profiles.truncate(1);
        self.history.forget();
        self.whom = Placed::new(Whom::One(0), Place::Default);
        for demo in &mut self.profiles {
            String::from("demo").clone_into(&mut demo.name);
            demo.base_url = Placed::new(BaseUrl::parse(base_url)?, Place::Default);
            demo.api_version = Placed::new(ApiVersion::parse(DEFAULT_VERSION)?, Place::Default);
            demo.token = TokenOrigin::Given(Token::new(token.expose_secret())?, TokenSource::Demo);
        }
        Ok(())
    }

    /// Looks at a payload of that name, and asks for nothing. Its messages would be asked for as those of the profile.
    pub fn use_view(&mut self, name: &str, from_input: bool) {
        self.profiles.truncate(1);
        self.history.forget();
        self.whom = Placed::new(Whom::One(0), Place::Default);
        for own in &mut self.profiles {
            name.clone_into(&mut own.name);
            own.token = TokenOrigin::Nowhere;
        }
        self.input_read = from_input;
        self.work = Work::View;
    }

    /// What the console is settled with.
    pub fn setting(&self, remote: bool, hints: Vec<(String, String)>) -> Setting {
        // Where nothing is asked for, no token is missed.
        let unneeded = (self.work == Work::View).then(|| "none is needed".to_owned());
        let profiles = self.profiles.iter().map(|profile| {
            let base_url = &profile.base_url.value;
            setting::Profile {
                name: profile.name.clone(),
                base_url: base_url.as_str().to_owned(),
                host: base_url.host(),
                host_is_default: base_url.is_default(),
                version: profile.api_version.value.as_str().to_owned(),
                app_url: profile.app_url.value.clone(),
                token: unneeded
                    .clone()
                    .or_else(|| profile.token.is_somewhere().then(|| profile.token.words())),
                token_changes: profile.token.changes(),
            }
        });
        Setting {
            work: self.work,
            profiles: profiles.collect(),
            whom: self.whom.value,
            keys: self.keys.clone(),
            remote,
            kept: self.kept(),
            mouse: self.mouse.value,
            notify: self.notify.value,
            hints,
        }
    }

    /// How the console looks here.
    pub fn theme(&self, environment: &Environment) -> Theme {
        let mono = match self.color.value {
            ColorChoice::Never => true,
            ColorChoice::Always => false,
            ColorChoice::Auto => environment.colours() == Colours::Mono,
        };
        let without_colours = Looks::named(Looks::MONO).filter(|_| mono);
        let looks = without_colours.unwrap_or(self.theme.value.looks);
        Theme::new(looks, self.glyphs(environment) == Glyphs::Unicode)
    }

    /// Which signs may be drawn here.
    pub fn glyphs(&self, environment: &Environment) -> Glyphs {
        self.glyphs.value.unwrap_or_else(|| environment.glyphs())
    }
}

fn zone(file: &ConfigFile) -> Result<Placed<Option<TimeZone>>, ConfigError> {
    let Some(name) = &file.ui.time_zone else {
        return Ok(Placed::new(None, Place::Default));
    };
    match TimeZone::get(name) {
        Ok(zone) => Ok(Placed::new(Some(zone), Place::File)),
        Err(_) => Err(ConfigError::TimeZone(crate::model::shown::visible(name))),
    }
}

fn download_dir(given: &Given<'_>, file: &ConfigFile) -> Placed<PathBuf> {
    let folder = given.global.download_dir.clone();
    let folder = folder.filter(|path| !path.as_os_str().is_empty());
    let folder = folder.zip(Place::given(given.sources, "download_dir"));
    let in_file = file.download_dir.as_deref().map(location::at_home);
    let usual = location::download_folder();
    Placed::first(folder.map(Placed::from), in_file, usual)
}

/// A flag, else a variable that says neither nothing nor no.
fn glyphs(global: &Global, variable: &dyn Fn(&str) -> Option<String>) -> Placed<Option<Glyphs>> {
    let is_set = |name| {
        variable(name).is_some_and(|text| {
            let text = text.trim().to_ascii_lowercase();
            !["", "0", "n", "no", "f", "false", "off"].contains(&text.as_str())
        })
    };
    let flag = |name: &str| Place::Flag(name.to_owned());
    let variable = |name: &str| Place::Variable(name.to_owned());
    let (glyphs, place) = if global.ascii {
        (Some(Glyphs::Ascii), flag("--ascii"))
    } else if global.unicode {
        (Some(Glyphs::Unicode), flag("--unicode"))
    } else if is_set("MSGSCOPE_ASCII") {
        (Some(Glyphs::Ascii), variable("MSGSCOPE_ASCII"))
    } else if is_set("MSGSCOPE_UNICODE") {
        (Some(Glyphs::Unicode), variable("MSGSCOPE_UNICODE"))
    } else {
        (None, Place::Default)
    };
    Placed::new(glyphs, place)
}

#[cfg(test)]
mod tests;
