//! The settings in force: defaults ← variables ← flags, and where the token comes from.
//! Never prints a token, and refuses what is wrong before the screen is taken.

pub mod file;

use std::io::BufRead;
use std::path::Path;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use crate::api::request::{
    ApiVersion, ApiVersionError, BaseUrl, BaseUrlError, DEFAULT_BASE_URL, DEFAULT_TIMEOUT,
    DEFAULT_VERSION, Identity, Settings,
};
use crate::api::retry::Retries;
use crate::api::token::{
    Token, TokenError, TokenFileError, TokenLineError, TokenSource, read_file, read_line,
};
use crate::app::state::Setting;
use crate::args::{ColorChoice, Global};
use crate::environment::{ClipboardChoice, Colours, Environment, Glyphs};
use crate::ui::theme::{Palette, Theme};

/// Where links into the web app go, unless told otherwise.
pub const DEFAULT_APP_URL: &str = "https://app.gohighlevel.com";
/// What the settings are called while there are no named ones.
pub const DEFAULT_PROFILE: &str = "default";

/// All that the flags and variables say.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    pub profile: String,
    pub settings: Settings,
    pub token: Option<(Token, TokenSource)>,
    pub app_url: String,
    pub clipboard: ClipboardChoice,
    pub color: ColorChoice,
    /// None where the locale decides.
    pub glyphs: Option<Glyphs>,
}

/// A setting that cannot be used; says what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("base URL: {0}")]
    BaseUrl(#[from] BaseUrlError),
    #[error("{0}")]
    Version(#[from] ApiVersionError),
    #[error("timeout: a number of seconds from 0.1 to 600, such as 15")]
    Timeout,
    #[error("MSGSCOPE_TOKEN: {0}")]
    Token(#[from] TokenError),
    #[error("{0}")]
    TokenFile(#[from] TokenFileError),
    #[error("{0}")]
    TokenLine(#[from] TokenLineError),
}

impl Config {
    /// Settles what is asked with. `variable` looks up what clap does not: `MSGSCOPE_TOKEN`, which has no
    /// flag, and the two for glyphs, which would contradict each other's flags. `input` is
    /// read only where the token is to come from it.
    pub fn new(
        global: &Global,
        variable: impl Fn(&str) -> Option<String>,
        input: impl FnOnce() -> Box<dyn BufRead>,
    ) -> Result<Self, ConfigError> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let base_url = given(&global.base_url);
        let version = given(&global.api_version);
        Ok(Self {
            profile: DEFAULT_PROFILE.to_owned(),
            settings: Settings {
                base_url: BaseUrl::parse(base_url.as_deref().unwrap_or(DEFAULT_BASE_URL))?,
                version: ApiVersion::parse(version.as_deref().unwrap_or(DEFAULT_VERSION))?,
                timeout: given(&global.timeout)
                    .map_or(Ok(DEFAULT_TIMEOUT), |text| seconds(&text))?,
                retries: Retries::default(),
            },
            glyphs: glyphs(global, &variable),
            token: token(global, variable, input)?,
            app_url: DEFAULT_APP_URL.to_owned(),
            clipboard: global.clipboard.unwrap_or_default(),
            color: global.color.unwrap_or(ColorChoice::Auto),
        })
    }

    /// As whom to ask.
    pub fn identity(&self) -> Identity {
        Identity {
            profile: self.profile.clone(),
            token: self.token.clone(),
        }
    }

    /// Asks the demo's API, as the demo, whatever else was set.
    pub fn use_demo(&mut self, base_url: &str, token: &SecretString) -> Result<(), ConfigError> {
        self.profile = String::from("demo");
        self.settings.base_url = BaseUrl::parse(base_url)?;
        self.settings.version = ApiVersion::parse(DEFAULT_VERSION)?;
        self.token = Some((Token::new(token.expose_secret())?, TokenSource::Demo));
        Ok(())
    }

    /// What the console is settled with.
    pub fn setting(&self, remote: bool, hints: Vec<(String, String)>) -> Setting {
        let base_url = &self.settings.base_url;
        Setting {
            profile: self.profile.clone(),
            base_url: base_url.as_str().to_owned(),
            host: base_url.host(),
            host_is_default: base_url.is_default(),
            version: self.settings.version.as_str().to_owned(),
            app_url: self.app_url.clone(),
            token: self.token.is_some().then(|| self.identity().token_words()),
            remote,
            hints,
        }
    }

    /// How the console looks here.
    pub fn theme(&self, environment: &Environment) -> Theme {
        let mono = match self.color {
            ColorChoice::Never => true,
            ColorChoice::Always => false,
            ColorChoice::Auto => environment.colours() == Colours::Mono,
        };
        let palette = if mono {
            Palette::Mono
        } else {
            Palette::Sixteen
        };
        let glyphs = self.glyphs.unwrap_or_else(|| environment.glyphs());
        Theme::new(palette, glyphs == Glyphs::Unicode)
    }

    /// Whether keys cannot come from standard input, because the token does.
    pub fn reads_input(global: &Global) -> bool {
        global.token_stdin || global.token_file.as_deref() == Some(Path::new("-"))
    }
}

fn seconds(text: &str) -> Result<Duration, ConfigError> {
    let seconds: f64 = text.trim().parse().map_err(|_| ConfigError::Timeout)?;
    if !(0.1..=600.0).contains(&seconds) {
        return Err(ConfigError::Timeout);
    }
    Duration::try_from_secs_f64(seconds).map_err(|_| ConfigError::Timeout)
}

/// A flag, else a variable that says neither nothing nor no.
fn glyphs(global: &Global, variable: impl Fn(&str) -> Option<String>) -> Option<Glyphs> {
    let is_set = |name| {
        variable(name).is_some_and(|text| {
            let text = text.trim().to_ascii_lowercase();
            !["", "0", "n", "no", "f", "false", "off"].contains(&text.as_str())
        })
    };
    if global.ascii {
        Some(Glyphs::Ascii)
    } else if global.unicode {
        Some(Glyphs::Unicode)
    } else if is_set("MSGSCOPE_ASCII") {
        Some(Glyphs::Ascii)
    } else {
        is_set("MSGSCOPE_UNICODE").then_some(Glyphs::Unicode)
    }
}

/// The first of: standard input, the file, the variable.
fn token(
    global: &Global,
    variable: impl Fn(&str) -> Option<String>,
    input: impl FnOnce() -> Box<dyn BufRead>,
) -> Result<Option<(Token, TokenSource)>, ConfigError> {
    if Config::reads_input(global) {
        return Ok(Some((read_line(input())?, TokenSource::Stdin)));
    }
    if let Some(path) = global
        .token_file
        .as_deref()
        .filter(|path| !path.as_os_str().is_empty())
    {
        return Ok(Some((read_file(path)?, TokenSource::File)));
    }
    match variable("MSGSCOPE_TOKEN").filter(|text| !text.trim().is_empty()) {
        Some(text) => Ok(Some((Token::new(&text)?, TokenSource::Environment))),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    fn config(global: &Global, token: Option<&str>) -> Result<Config, ConfigError> {
        let line: &[u8] = b"pit-line\nrest";
        Config::new(global, |_| token.map(str::to_owned), || Box::new(line))
    }

    #[test]
    fn without_flags_and_variables_the_defaults_hold() {
        let config = config(&Global::default(), None).unwrap();
        assert_eq!(
            config.settings.base_url.host(),
            "services.leadconnectorhq.com"
        );
        assert_eq!(config.settings.timeout, Duration::from_secs(15));
        assert_eq!(config.token, None);
    }

    #[test]
    fn the_token_is_trimmed_and_standard_input_beats_the_variable() {
        let trimmed = config(&Global::default(), Some(" pit-a\r\n")).unwrap();
        assert_eq!(
            trimmed.token,
            Some((Token::new("pit-a").unwrap(), TokenSource::Environment))
        );
        let global = Global {
            token_stdin: true,
            ..Global::default()
        };
        let token = config(&global, Some("pit-a")).unwrap().token;
        assert_eq!(
            token,
            Some((Token::new("pit-line").unwrap(), TokenSource::Stdin))
        );
    }

    #[test]
    fn a_flag_for_the_glyphs_beats_both_variables() {
        let glyphs = |ascii, unicode, set: &'static [&str]| {
            let global = Global {
                ascii,
                unicode,
                ..Global::default()
            };
            let variable = |name: &str| set.contains(&name).then(|| "1".to_owned());
            super::glyphs(&global, variable)
        };
        let (ascii, unicode) = (Some(Glyphs::Ascii), Some(Glyphs::Unicode));
        assert_eq!(glyphs(false, false, &[]), None);
        assert_eq!(glyphs(false, false, &["MSGSCOPE_UNICODE"]), unicode);
        assert_eq!(glyphs(true, false, &["MSGSCOPE_UNICODE"]), ascii);
        assert_eq!(glyphs(false, true, &["MSGSCOPE_ASCII"]), unicode);
    }

    #[test]
    fn what_is_wrong_is_told_and_an_empty_setting_counts_as_none() {
        let with = |base_url: &str, timeout: &str| Global {
            base_url: Some(base_url.to_owned()),
            timeout: Some(timeout.to_owned()),
            ..Global::default()
        };
        assert!(config(&with("", ""), None).is_ok());
        assert!(matches!(
            config(&with("http://acme.example", ""), None),
            Err(ConfigError::BaseUrl(_))
        ));
        for timeout in ["0", "-1", "soon", "601", "NaN", "inf"] {
            assert_eq!(
                config(&with("", timeout), None),
                Err(ConfigError::Timeout),
                "{timeout}"
            );
        }
    }
}
