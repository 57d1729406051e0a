//! What is settled before the console starts: the sub-accounts, the keys, where lookups are kept.
//! Never changed by a key, but for a token that is typed in.

use super::action::{Action, Context, Keys};
use crate::model::face::Hints;
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

/// What the console works on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Work {
    /// Ids, which are asked for.
    #[default]
    Ask,
    /// A saved payload, which is taken in once. Nothing is asked for.
    View,
}

/// What was settled before the console started.
#[derive(Clone, PartialEq, Debug)]
pub struct Setting {
    pub work: Work,
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

impl Work {
    /// Whether the action may do here what it is for.
    pub fn allows(self, action: Action) -> bool {
        self == Self::Ask || !action.asks()
    }
}

impl Setting {
    /// The key that means the action in those contexts, where it may do what it is for.
    pub fn hint(&self, contexts: &[Context], action: Action) -> Option<String> {
        let hint = self.keys.hint(contexts, action);
        hint.filter(|_| self.work.allows(action))
    }

    /// The keys that sentences name: those of what may be done here.
    pub fn hints(&self) -> Hints {
        let hints = self.keys.hints();
        match self.work {
            Work::Ask => hints,
            Work::View => Hints {
                again: None,
                watch: None,
                profile: None,
                others: None,
                load: None,
                linked: None,
                recording: None,
                ..hints
            },
        }
    }
}
