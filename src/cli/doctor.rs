//! `msgscope doctor`: what was found here, made to be pasted into a ticket.
//! Never a token, a password of a proxy, or a word of a message; works without a config, a terminal and a network.

mod facts;

use std::io::{self, Write};
use std::time::Duration;

use jiff::Timestamp;

use crate::api::clients::Clients;
use crate::api::token::{Claims, Token, TokenOrigin, TokenSource};
use crate::config::{Config, ConfigError, Profile};
use crate::model::failure::FailureKind;
use crate::model::id::MessageId;
use crate::model::shown::Shown;
use crate::model::snapshot::Snapshot;
use crate::model::text::{ago, between, count, span};
use crate::model::whom::Whom;
use crate::store::{Keeping, Size, Store};

pub use facts::Facts;

/// Of the form of an id, and nobody's.
const IMPOSSIBLE: &str = "msgscopeDoctor000000";

/// Prints what was found to standard output, and tells the exit code.
pub async fn print(config: Result<&Config, &ConfigError>, facts: &Facts, online: bool) -> u8 {
    super::code(doctor(config, facts, online, &mut io::stdout()).await)
}

/// Prints what was found; tells the exit code: 1 where something keeps lookups from working.
pub async fn doctor(
    config: Result<&Config, &ConfigError>,
    facts: &Facts,
    online: bool,
    out: &mut dyn Write,
) -> io::Result<u8> {
    let mut report = Report { out, faults: 0 };
    report.line("msgscope", &facts.program)?;
    report.line("system", &facts.system)?;
    match config {
        Ok(config) => report.config(config, online).await?,
        Err(error) => report.fault("config", &error.to_string())?,
    }
    report.section("network")?;
    for (name, value) in &facts.proxies {
        report.line(name, value)?;
    }
    if facts.proxies.is_empty() {
        report.line("proxy", "none set")?;
    }
    let roots = "the system's and Mozilla's, which are built in";
    report.line("trusted roots", roots)?;
    report.section("terminal")?;
    for (name, value) in &facts.terminal {
        report.line(name, value)?;
    }
    if let Ok(config) = config {
        let route = facts.environment.clipboard_route(config.clipboard.value);
        report.line("clipboard", &route.to_string())?;
    }
    report.section("kept")?;
    if let Ok(config) = config {
        let (words, is_fault) = history(config).await;
        if is_fault {
            report.fault("history", &words)?;
        } else {
            report.line("history", &words)?;
        }
    }
    let log = config.ok().and_then(|config| config.log.as_ref());
    let log = log.map(|log| log.value.path().display().to_string());
    report.line("log", log.as_deref().unwrap_or("none"))?;
    Ok(u8::from(report.faults > 0))
}

/// Where the history is and how large, or what is wrong with it. None is made.
async fn history(config: &Config) -> (String, bool) {
    let keeping = config.keeping();
    let place = match &keeping {
        Keeping::InMemory => {
            return (
                "in memory only; nothing is written to disk".to_owned(),
                false,
            );
        }
        Keeping::NoFolder => {
            return (
                "in memory only: no folder for it is known".to_owned(),
                false,
            );
        }
        Keeping::InFolder(folder) => folder.display().to_string(),
    };
    match Store::new(keeping).size().await {
        Ok(Size { bytes: 0, .. }) => (format!("{place} (nothing kept yet)"), false),
        Ok(size) => {
            let [messages, lookups, bytes] = [size.messages, size.snapshots, size.bytes].map(count);
            let words = format!("{place}\n{messages} messages, {lookups} lookups, {bytes} bytes");
            (words, false)
        }
        Err(error) => (format!("{place}\n{error}"), true),
    }
}

/// What is printed, and how much of it is wrong.
struct Report<'a> {
    out: &'a mut dyn Write,
    faults: usize,
}

impl Report<'_> {
    fn section(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", Shown::line(title))
    }

    fn line(&mut self, name: &str, value: &str) -> io::Result<()> {
        for (index, line) in Shown::lines(value).iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            writeln!(self.out, "  {name:<14}{}", line.as_str())?;
        }
        Ok(())
    }

    fn fault(&mut self, name: &str, words: &str) -> io::Result<()> {
        self.faults += 1;
        self.line(name, &format!("! {words}"))
    }

    async fn config(&mut self, config: &Config, online: bool) -> io::Result<()> {
        let path = config.path.as_ref().map(|path| path.display().to_string());
        let there = if config.has_file { "" } else { " (not there)" };
        let path = path.map_or_else(
            || "no folder for it is known".to_owned(),
            |path| path + there,
        );
        self.line("config", &path)?;
        let mut clients = config.clients();
        for (place, profile) in config.profiles.iter().enumerate() {
            let is_asked = match config.whom.value {
                Whom::One(one) => one == place,
                Whom::All | Whom::AllBut(_) => true,
            };
            let asked = if is_asked { ", asked" } else { "" };
            self.section(&format!("profile {}{asked}", profile.name))?;
            self.line("base URL", profile.base_url.value.as_str())?;
            self.line("API version", profile.api_version.value.as_str())?;
            self.line("timeout", &span(profile.timeout.value))?;
            let asks = online && is_asked;
            if let Some((token, source)) = self.token(profile, is_asked, asks).await? {
                // A command is run once.
                clients.give_token(place, TokenOrigin::Given(token, source));
            }
            if asks {
                self.online(&clients, place).await?;
            }
        }
        Ok(())
    }

    /// A file is looked at; a command is run only where the API is asked. What keeps a profile that is not asked from
    /// working is told, and is no fault.
    async fn token(
        &mut self,
        profile: &Profile,
        is_asked: bool,
        runs: bool,
    ) -> io::Result<Option<(Token, TokenSource)>> {
        if matches!(profile.token, TokenOrigin::Command(_)) && !runs {
            let words = format!("{}, not run yet", profile.token.words());
            return self.line("token", &words).map(|()| None);
        }
        match profile.token.fetch().await {
            Ok((token, source)) => {
                self.line("token", &token.words(&source))?;
                if let Some(claims) = token.claims() {
                    self.claims(&claims)?;
                }
                return Ok(Some((token, source)));
            }
            Err(why) if is_asked => self.fault("token", &why.to_string())?,
            Err(why) => self.line("token", &why.to_string())?,
        }
        Ok(None)
    }

    /// What an OAuth token says of itself.
    fn claims(&mut self, claims: &Claims) -> io::Result<()> {
        if let Some(class) = &claims.class {
            self.line("token class", class)?;
        }
        if let Some(location) = &claims.location {
            self.line("location", location)?;
        }
        match claims.expires.map(expiry) {
            None => Ok(()),
            Some((words, true)) => self.line("expires", &words),
            Some((words, false)) => self.fault("expires", &words),
        }
    }

    /// One lookup of an id that cannot exist: not to be found is what it should be.
    async fn online(&mut self, clients: &Clients, place: usize) -> io::Result<()> {
        let Ok(id) = MessageId::new(IMPOSSIBLE) else {
            return Ok(());
        };
        let snapshot = clients.lookup(Whom::One(place), &id, |_| ()).await;
        match asked(&snapshot) {
            Ok(words) => self.line("online", &words),
            Err(words) => self.fault("online", &words),
        }
    }
}

/// Whether token, version and scope were accepted, in words.
fn asked(snapshot: &Snapshot) -> Result<String, String> {
    let took = span(snapshot.took);
    let Err(failure) = &snapshot.outcome else {
        return Ok(format!("token, version and scope are accepted · {took}"));
    };
    match failure.kind() {
        FailureKind::NotFound | FailureKind::Invalid => {
            Ok(format!("token, version and scope are accepted · {took}"))
        }
        _ => Err(format!(
            "{}: {} {}",
            failure.title(),
            failure.why(&snapshot.asked),
            failure.quotes().join(" ")
        )),
    }
}

/// When a token expires, and whether that is yet to come.
fn expiry(at: Timestamp) -> (String, bool) {
    let now = Timestamp::now();
    let when = at.strftime("%-d %b %Y %H:%M UTC");
    if let Ok(left) = Duration::try_from(at.duration_since(now)) {
        return (format!("{when}, in {}", span(left)), true);
    }
    let since = ago(between(at, now));
    (format!("{when}, {since}: fetch a new one"), false)
}
