//! `msgscope config`: the settings in force, and where each comes from.
//! Never a token, and never a setting that is not in force.

use std::io::{self, Write};

use crate::args::{ColorChoice, ConfigArgs};
use crate::config::file::{EXAMPLE, KEYMAP};
use crate::config::{Config, ConfigError, Place, Placed, Profile};
use crate::environment::Glyphs;
use crate::model::explain::EMBEDDED;
use crate::model::shown::Shown;
use crate::model::text::{count, span};
use crate::model::whom::Whom;

/// Prints to standard output what is wanted: a file to start from, else the settings. Tells the exit code.
pub fn print(wanted: &ConfigArgs, config: Result<Config, ConfigError>) -> Result<u8, ConfigError> {
    let out = &mut io::stdout().lock();
    let printed = if wanted.example {
        out.write_all(EXAMPLE.as_bytes())
    } else if wanted.keymap {
        out.write_all(KEYMAP.as_bytes())
    } else if wanted.explanations {
        out.write_all(EMBEDDED.as_bytes())
    } else {
        self::config(&config?, out)
    };
    Ok(super::code(printed.map(|()| 0)))
}

/// Prints all settings of `config`.
pub fn config(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let file = match (&config.path, config.has_file) {
        (None, _) => "no folder for it is known here".to_owned(),
        (Some(path), true) => path.display().to_string(),
        (Some(path), false) => format!("{} (not there)", path.display()),
    };
    line(out, 0, "config file", &file, None)?;
    if !config.has_file {
        let advice = "msgscope config --example prints one to start from";
        line(out, 0, "", advice, None)?;
    }
    let keymap = config.keymap.as_ref();
    let keymap = keymap.map_or_else(|| "defaults".to_owned(), |path| path.display().to_string());
    line(out, 0, "keymap", &keymap, None)?;
    if let Some(path) = &config.explained {
        line(out, 0, "explanations", &path.display().to_string(), None)?;
    }
    let names = config.profiles.iter().map(|profile| profile.name.as_str());
    let asked = match config.whom.value {
        Whom::One(place) => names.clone().nth(place).unwrap_or_default().to_owned(),
        Whom::All | Whom::AllBut(_) => format!("all {} profiles", names.clone().count()),
    };
    line(out, 0, "asked", &asked, Some(&config.whom.place))?;
    for each in &config.profiles {
        writeln!(out)?;
        profile(each, out)?;
    }
    writeln!(out)?;
    placed(out, 0, "clipboard", &config.clipboard, |choice| {
        choice.word()
    })?;
    placed(out, 0, "color", &config.color, |choice| match choice {
        ColorChoice::Auto => "auto",
        ColorChoice::Always => "always",
        ColorChoice::Never => "never",
    })?;
    placed(out, 0, "theme", &config.theme, |theme| &theme.name)?;
    placed(out, 0, "mouse", &config.mouse, |mouse| match mouse {
        true => "true",
        false => "false",
    })?;
    placed(out, 0, "notify", &config.notify, |notify| match notify {
        true => "true",
        false => "false",
    })?;
    placed(out, 0, "glyphs", &config.glyphs, |glyphs| match glyphs {
        None => "as the locale says",
        Some(Glyphs::Ascii) => "ASCII",
        Some(Glyphs::Unicode) => "Unicode",
    })?;
    let zone = config.zone.value.as_ref();
    let zone = zone.map(|zone| zone.iana_name().unwrap_or("unnamed"));
    let zone = zone.unwrap_or("this computer's");
    line(out, 0, "time_zone", zone, Some(&config.zone.place))?;
    let downloads = config.download_dir.value.display().to_string();
    let place = Some(&config.download_dir.place);
    line(out, 0, "download_dir", &downloads, place)?;
    history(config, out)?;
    match &config.log {
        None => line(out, 0, "log", "none", Some(&Place::Default)),
        Some(log) => {
            let path = log.value.path().display().to_string();
            line(out, 0, "log", &path, Some(&log.place))
        }
    }
}

/// What is kept, and where.
fn history(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let history = &config.history;
    if !history.on_disk.value {
        let place = Some(&history.on_disk.place);
        return line(out, 0, "history", "in memory only", place);
    }
    let folder = history.folder.value.as_ref();
    let folder = folder.map(|folder| folder.display().to_string());
    let folder = folder.unwrap_or_else(|| "no folder for it is known here".to_owned());
    line(out, 0, "history", &folder, Some(&history.folder.place))?;
    let keep = history.keep.value.to_string();
    line(out, 0, "keep", &keep, Some(&history.keep.place))?;
    let max = format!("{} lookups", count(history.max.value));
    line(out, 0, "max", &max, Some(&history.max.place))
}

fn profile(profile: &Profile, out: &mut dyn Write) -> io::Result<()> {
    let place = profile
        .line
        .map(|line| format!(" (config file, line {line})"));
    let place = place.unwrap_or_default();
    writeln!(out, "profile {}{place}", Shown::line(&profile.name))?;
    placed(out, 2, "base_url", &profile.base_url, |url| url.as_str())?;
    placed(out, 2, "api_version", &profile.api_version, |version| {
        version.as_str()
    })?;
    let timeout = span(profile.timeout.value);
    line(out, 2, "timeout", &timeout, Some(&profile.timeout.place))?;
    placed(out, 2, "app_url", &profile.app_url, String::as_str)?;
    line(out, 2, "token", &profile.token.words(), None)
}

fn placed<T>(
    out: &mut dyn Write,
    indent: usize,
    name: &str,
    setting: &Placed<T>,
    words: impl Fn(&T) -> &str,
) -> io::Result<()> {
    line(
        out,
        indent,
        name,
        words(&setting.value),
        Some(&setting.place),
    )
}

fn line(
    out: &mut dyn Write,
    indent: usize,
    name: &str,
    value: &str,
    place: Option<&Place>,
) -> io::Result<()> {
    let value = Shown::line(value);
    let wide = 14 - indent;
    write!(out, "{:indent$}{name:<wide$}", "")?;
    match place {
        Some(place) => writeln!(out, "{:<42}  {place}", value.as_str()),
        None => writeln!(out, "{value}"),
    }
}
