//! What a console begins with, settled before the terminal is taken.
//! Never here: anything that runs.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::api::clients::Clients;
use crate::app::setting::Setting;
use crate::app::{Event, State};
use crate::environment::{Hint, Route};
use crate::model::explain::Explanations;
use crate::model::payload::Payload;
use crate::store::{Retention, Store};
use crate::ui::theme::Theme;

/// What the console runs with.
pub struct Console {
    pub state: State,
    pub theme: Theme,
    pub outside: Outside,
    /// The least time between two frames.
    pub frame_floor: Duration,
    /// What happens first: ids given at start.
    pub first: Vec<Event>,
}

/// What the tasks work with.
pub struct Outside {
    pub clients: Clients,
    /// Where lookups are kept, and for how long.
    pub history: (Store, Retention),
    /// What is looked at where nothing is asked for.
    pub payload: Option<Payload>,
    /// Where files are saved, and the home folder that `~` stands for.
    pub downloads: (PathBuf, Option<PathBuf>),
    /// Which way copies go, and what is said of it at the first one.
    pub copying: (Route, Option<Hint>),
    /// Variables with tokens in them, which no child needs to see.
    pub hidden: Vec<String>,
    /// What is known of statuses and errors.
    pub explanations: Arc<Explanations>,
    /// The zone local times are told in; the system's where none is set.
    pub zone: Option<TimeZone>,
}

impl Console {
    /// A console as it begins, with its theme and the least time between two frames.
    pub fn new(
        setting: Setting,
        (theme, frame_floor): (Theme, Duration),
        outside: Outside,
        first: Vec<Event>,
    ) -> Self {
        Self {
            // The terminal's size follows when it is taken.
            state: State::new(setting, 80, 24, Timestamp::now()),
            theme,
            outside,
            frame_floor,
            first,
        }
    }
}
