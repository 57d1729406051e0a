//! Which theme is in force, and reading it where it is the user's own.
//! Never a path out of the folder of themes: a theme is named, not located.

use std::fs;
use std::path::{Path, PathBuf};

use super::file::{self, ConfigFile, Mistaken, OfFile};
use super::place::{Place, Placed};
use super::{ConfigError, Given};
use crate::model::shown::visible;
use crate::ui::theme::Looks;

/// A theme by its name.
#[derive(Clone, PartialEq, Debug)]
pub struct Themed {
    pub name: String,
    pub looks: Looks,
}

/// The theme that flags, variables and the file choose; `config` is where the config file is.
pub(super) fn theme(
    given: &Given<'_>,
    file: &ConfigFile,
    config: Option<&Path>,
) -> Result<Placed<Themed>, ConfigError> {
    let named = Given::text(given.global.theme.as_ref());
    let place = Place::given(given.sources, "theme").unwrap_or(Place::Default);
    let named = named.map(|name| Placed::new(name.trim().to_owned(), place));
    let name = Placed::first(named, file.ui.theme.clone(), Looks::DEFAULT.to_owned());
    let looks = looks(&name.value, config)?;
    Ok(Placed::new(
        Themed {
            name: name.value,
            looks,
        },
        name.place,
    ))
}

/// A built-in theme, else the one in the user's folder of themes.
pub fn looks(name: &str, config: Option<&Path>) -> Result<Looks, ConfigError> {
    if let Some(looks) = Looks::named(name) {
        return Ok(looks);
    }
    let unknown = || {
        let known: Vec<String> = Looks::built_in()
            .map(str::to_owned)
            .chain(own(config))
            .collect();
        ConfigError::UnknownTheme {
            name: visible(name),
            known: known.join(", "),
        }
    };
    let folder = folder(config)
        .filter(|_| is_name(name))
        .ok_or_else(unknown)?;
    let path = folder.join(format!("{name}.toml"));
    // Whatever keeps it from being read, it is not there to be used.
    let text = fs::read_to_string(&path).map_err(|_| unknown())?;
    file::parse_theme(&text).map_err(|mistakes| {
        ConfigError::File(Mistaken(vec![OfFile {
            name: "the theme",
            path: Some(path),
            mistakes,
        }]))
    })
}

/// The names of the user's own themes, in order.
pub fn own(config: Option<&Path>) -> Vec<String> {
    let entries = folder(config).and_then(|folder| fs::read_dir(folder).ok());
    let mut names: Vec<String> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let name = name.strip_suffix(".toml").filter(|name| is_name(name))?;
            Looks::named(name).is_none().then(|| name.to_owned())
        })
        .collect();
    names.sort();
    names
}

/// `themes` beside the config file.
fn folder(config: Option<&Path>) -> Option<PathBuf> {
    Some(config?.parent()?.join("themes"))
}

fn is_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    !name.is_empty() && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn a_theme_of_the_users_own_is_read_from_beside_the_config_file() {
        let place = tempfile::tempdir().unwrap();
        let config = place.path().join("config.toml");
        let themes = place.path().join("themes");
        fs::create_dir(&themes).unwrap();
        fs::write(themes.join("mine.toml"), "failure = 'magenta'").unwrap();
        fs::write(themes.join("bad.toml"), "failure = 'pink'").unwrap();
        fs::write(themes.join("mono.toml"), "").unwrap();
        fs::write(place.path().join("secret.toml"), "failure = 'red'").unwrap();
        let looks_of = |name: &str| looks(name, Some(&config));
        let magenta = crate::ui::theme::Look::parse("magenta").unwrap();
        assert_eq!(
            looks_of("mine"),
            Ok(Looks::default().with("failure", magenta))
        );
        assert_eq!(looks_of("mono"), Ok(Looks::named("mono").unwrap()));
        assert!(matches!(looks_of("bad"), Err(ConfigError::File { .. })));
        assert_eq!(own(Some(&config)), ["bad", "mine"]);
        for name in ["../secret", "nosuch", "", "a/b"] {
            let unknown = looks_of(name).unwrap_err();
            assert!(
                matches!(unknown, ConfigError::UnknownTheme { .. }),
                "{name}"
            );
            let told = unknown.to_string();
            assert!(
                told.ends_with("terminal, mono, high-contrast, bad, mine"),
                "{told}"
            );
        }
    }
}
