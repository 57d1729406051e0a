//! What is settled before the console starts: the sub-accounts, the keys, where lookups are kept.
//! Never changed by a key, but for a token that is typed in.

use super::action::Keys;
use crate::model::whom::Whom;

/// A sub-account that can be asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    pub name: String,
    /// Where requests go.
    pub base_url: String,
    /// Its host; shown in the header unless it is the default one.
    pub host: String,
    pub host_is_default: bool,
    pub version: String,
    /// Where links into the web app go.
    pub app_url: String,
    /// `private integration, from MSGSCOPE_TOKEN`; `None` while no token is set up.
    pub token: Option<String>,
    /// Whether the token is fetched anew after it was refused.
    pub token_changes: bool,
}

/// Where lookups are kept, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptWhere {
    /// `on this machine for 90 days`, `in memory, until you quit`.
    pub span: String,
    /// Where they are on the disk.
    pub folder: Option<String>,
}

impl KeptWhere {
    /// Nowhere but in memory.
    pub fn in_memory() -> Self {
        Self {
            span: "in memory, until you quit".to_owned(),
            folder: None,
        }
    }
}

/// What was settled before the console started.
#[derive(Clone, PartialEq, Debug)]
pub struct Setting {
    /// At least one.
    pub profiles: Vec<Profile>,
    /// Who is asked at first.
    pub whom: Whom,
    /// The keys in force; key map, hints and help ask them alone.
    pub keys: Keys,
    pub kept: KeptWhere,
    /// Over SSH there is no desktop to open a URL on.
    pub remote: bool,
    /// Whether clicks and the wheel are asked for.
    pub mouse: bool,
    /// Whether the desktop is told of changes of what is watched.
    pub notify: bool,
    /// The demo's ids to try, with what each shows; empty outside the demo.
    pub hints: Vec<(String, String)>,
}
