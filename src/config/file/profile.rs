//! The `[profiles.NAME]` tables.
//! Never reads a token, runs a command or expands a path: what is written is taken down.

use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::ProfileEntry;
use super::nearest::unknown;
use super::reading::{Reading, Value, in_order};
use super::token_place::token_place;
use super::tokens::is_refused;
use crate::api::request::{ApiVersion, BaseUrl, BaseUrlError};
use crate::model::shown::Shown;

pub(super) const KEYS: [&str; 7] = [
    "base_url",
    "api_version",
    "app_url",
    "timeout",
    "token_env",
    "token_file",
    "token_command",
];

/// Characters of a name.
const LONGEST_NAME: usize = 40;

/// In the file's order, those with mistakes too.
pub(super) fn profiles(reading: &mut Reading<'_>, table: &DeTable<'_>) -> Vec<ProfileEntry> {
    let mut profiles = Vec::new();
    for (key, value) in in_order(table) {
        if is_refused(reading, key, value) {
            continue;
        }
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        let table = value.get_ref().as_table();
        if table.is_none() && KEYS.contains(&name) {
            reading.tell(
                at,
                format!(
                    "{name} belongs to a profile: give it a name first, such as [profiles.acme]"
                ),
            );
            continue;
        }
        if let Some(fault) = name_fault(name) {
            reading.tell(at, fault);
        }
        if table.is_none() {
            let quoted = reading.quoted(key.span(), name);
            let must = "a table, such as [profiles.acme]";
            reading.tell_kind(&format!("the profile {quoted}"), value, must);
        }
        let entry = ProfileEntry {
            name: name.to_owned(),
            line: reading.line(at),
            ..ProfileEntry::default()
        };
        profiles.push(match table {
            Some(table) => profile(reading, table, entry),
            None => entry,
        });
    }
    profiles
}

/// Why a profile cannot be called that.
pub(super) fn name_fault(name: &str) -> Option<&'static str> {
    if name.trim().is_empty() {
        Some("a profile needs a name, such as [profiles.acme]")
    } else if name.trim() != name {
        Some("a profile's name must not begin or end with a blank")
    } else if name.chars().count() > LONGEST_NAME {
        Some("a profile's name must not be longer than 40 characters")
    } else if name.contains(char::is_control) || Shown::line(name).hidden() > 0 {
        Some("a profile's name must not hold characters that cannot be seen")
    } else {
        None
    }
}

fn profile(
    reading: &mut Reading<'_>,
    table: &DeTable<'_>,
    mut entry: ProfileEntry,
) -> ProfileEntry {
    let mut token_key = None;
    for (key, value) in in_order(table) {
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        if name.starts_with("token_") && KEYS.contains(&name) {
            match token_key {
                None => token_key = Some((name, reading.line(at))),
                Some((first, line)) => reading.tell(
                    at,
                    format!(
                        "only one of token_env, token_file and token_command can be set in a \
                         profile; {first} is already in line {line}"
                    ),
                ),
            }
        }
        if is_refused(reading, key, value) {
            continue;
        }
        match name {
            "base_url" => {
                let text = reading.text(name, value, "https://services.leadconnectorhq.com");
                let url = text.map(BaseUrl::parse);
                entry.base_url = url.and_then(|tried| reading.accepted(at, tried));
            }
            "api_version" => {
                let version = reading.text(name, value, "2021-07-28");
                let version = version.map(ApiVersion::parse);
                entry.api_version = version.and_then(|tried| reading.accepted(at, tried));
            }
            "app_url" => {
                let text = reading.text(name, value, "https://app.gohighlevel.com");
                entry.app_url = text.and_then(|text| reading.accepted(at, app_url(text)));
            }
            "timeout" => entry.timeout = timeout(reading, name, value),
            "token_env" | "token_file" | "token_command" => {
                entry.token = token_place(reading, name, value);
            }
            _ => {
                let quoted = reading.quoted(key.span(), name);
                reading.tell(at, unknown(name, &quoted, &KEYS));
            }
        }
    }
    entry
}

/// As a base URL, in words of its own.
fn app_url(text: &str) -> Result<String, &'static str> {
    match BaseUrl::parse(text) {
        Ok(url) => Ok(url.as_str().to_owned()),
        Err(BaseUrlError::NotAUrl) => {
            Err("app_url is not a URL; it looks like https://app.gohighlevel.com")
        }
        Err(BaseUrlError::Scheme) => Err("app_url must begin with https://"),
        Err(BaseUrlError::PlainHttp) => {
            Err("app_url must begin with https://; plain http is for this machine only")
        }
        Err(BaseUrlError::UserInfo) => Err("app_url must not hold a user name or password"),
        Err(BaseUrlError::Query) => Err("app_url must end with its path: no ? and no #"),
    }
}

fn timeout(reading: &mut Reading<'_>, key: &str, value: &Value<'_>) -> Option<Duration> {
    const MUST: &str = "a number of seconds from 0.1 to 600, such as 15";
    let span = value.span();
    let seconds = match value.get_ref() {
        // It is missing, which was told as a mistake of syntax.
        _ if span.is_empty() => return None,
        DeValue::Integer(number) => i32::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(f64::from),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => {
            reading.tell_kind(key, value, MUST);
            return None;
        }
    };
    let time = seconds
        .filter(|seconds| (0.1..=600.0).contains(seconds))
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    if time.is_none() {
        reading.tell(span.start, format!("{key} must be {MUST}"));
    }
    time
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::super::parse;
    use super::super::tests::told;
    use super::*;

    fn acme(line: &str) -> ProfileEntry {
        let file = parse(&format!("[profiles.acme]\n{line}")).unwrap();
        file.profiles.into_iter().next().unwrap()
    }

    #[track_caller]
    fn assert_told(line: &str, words: &str) {
        assert_eq!(
            told(&format!("[profiles.acme]\n{line}")),
            [format!("line 2: {words}")]
        );
    }

    #[test]
    fn a_profile_is_called_by_what_can_be_seen_and_typed() {
        for name in [
            "acme",
            "Acme & Sons",
            "größe",
            "漢字",
            "demo",
            "default",
            &"é".repeat(40),
        ] {
            assert_eq!(name_fault(name), None, "{name}");
        }
        for (name, fault) in [
            ("", "needs a name"),
            ("\u{3000}", "needs a name"),
            (" acme", "begin or end with a blank"),
            (&"é".repeat(41), "longer than 40"),
            ("a\u{200b}b", "cannot be seen"),
            ("a\u{202e}b", "cannot be seen"),
            ("a\nb", "cannot be seen"),
            ("a\u{9b}b", "cannot be seen"),
        ] {
            assert!(name_fault(name).unwrap().contains(fault), "{name:?}");
            let escaped = |char| format!("\\u{:04x}", u32::from(char));
            let name: String = name.chars().map(escaped).collect();
            let told = told(&format!("[profiles.\"{name}\"]")).concat();
            assert!(told.contains(fault), "{name}: {told}");
        }
    }

    #[test]
    fn a_setting_without_a_profile_and_a_profile_that_is_no_table_are_told() {
        assert_eq!(
            told("[profiles]\ntimeout = 3\nacme = 3"),
            [
                "line 2: timeout belongs to a profile: give it a name first, such as [profiles.acme]",
                "line 3: the profile \"acme\" is a number and must be a table, such as [profiles.acme]",
            ]
        );
    }

    #[test]
    fn urls_and_versions_are_refused_in_their_own_words() {
        let url = acme("base_url = 'https://a.example/x/'").base_url.unwrap();
        assert_eq!(url.as_str(), "https://a.example/x");
        assert_eq!(
            acme("api_version = 'v3'").api_version.unwrap().as_str(),
            "v3"
        );
        assert_told(
            "base_url = 'http://a.example'",
            &BaseUrlError::PlainHttp.to_string(),
        );
        assert_told(
            "api_version = 'v 3'",
            &crate::api::request::ApiVersionError.to_string(),
        );
        assert_told(
            "api_version = 2021-07-28",
            "api_version is a date and must be a text in quotes, such as api_version = \"2021-07-28\"",
        );
    }

    #[test]
    fn the_app_url_is_as_strict_as_the_base_url() {
        let url = acme("app_url = 'https://app.acme.example/'").app_url;
        assert_eq!(url.as_deref(), Some("https://app.acme.example"));
        assert!(acme("app_url = 'http://localhost:3000/'").app_url.is_some());
        for (text, fault) in [
            ("app.acme.example", "not a URL"),
            ("ftp://app.acme.example", "must begin with https://"),
            ("http://app.acme.example", "this machine only"),
            ("https://hunter2@app.acme.example", "user name or password"),
            ("https://app.acme.example/?hunter2", "no ? and no #"),
        ] {
            let told = told(&format!("[profiles.acme]\napp_url = '{text}'")).concat();
            assert!(told.starts_with("line 2: app_url "), "{told}");
            assert!(told.contains(fault) && !told.contains("hunter2"), "{told}");
        }
    }

    #[test]
    fn a_timeout_is_a_number_of_seconds() {
        for (text, milliseconds) in [
            ("15", 15_000),
            ("0.1", 100),
            ("600", 600_000),
            ("6e1", 60_000),
            ("0x10", 16_000),
            ("+1_0", 10_000),
        ] {
            let timeout = acme(&format!("timeout = {text}")).timeout;
            assert_eq!(timeout, Some(Duration::from_millis(milliseconds)), "{text}");
        }
        let must = "a number of seconds from 0.1 to 600, such as 15";
        for text in [
            "0",
            "-1",
            "0.09",
            "600.1",
            "601",
            "nan",
            "inf",
            "1e400",
            "99999999999999999999",
        ] {
            assert_told(
                &format!("timeout = {text}"),
                &format!("timeout must be {must}"),
            );
        }
        assert_told(
            "timeout = '15'",
            &format!("timeout is a text and must be {must}"),
        );
    }

    #[test]
    fn a_profile_has_one_place_for_its_token() {
        assert_eq!(
            told(
                "[profiles.a]\ntoken_file = 'A'\n[profiles.b]\ntoken_env = 'B'\ntimeout = 3\ntoken_file = 'B'"
            ),
            [
                "line 6: only one of token_env, token_file and token_command can be set in a profile; token_env is already in line 4"
            ]
        );
    }
}
