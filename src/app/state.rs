//! All the console knows. Changed by `update` alone, read by drawing.
//! One of several is an enum here; nothing is shared, locked or awaited.

mod answers;
mod keys;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::action::Action;
use super::batch::{Batch, BatchNumber};
use super::effect::{Export, PromptedToken, Ticket};
use super::exporting::Exporting;
use super::history::{Answered, Entry, History};
use super::input::IdBox;
use super::layout::{Division, Focus, Panes, panes};
use super::menu::Menu;
use super::over::Over;
use super::savings::Savings;
use super::setting::{Profile, Setting};
use super::view::View;
use super::watch::Watch;
use crate::model::endpoint::Endpoint;
use crate::model::id::MessageId;
use crate::model::listed::{Deleted, Key};
use crate::model::outline::Lead;
use crate::model::shown::Shown;
use crate::model::snapshot::{Limits, Snapshot};
use crate::model::whom::Whom;

/// What the detail pane shows.
#[derive(Clone, PartialEq, Debug)]
pub enum Detail {
    /// Nothing was asked for yet.
    Start,
    /// The lookup it waits for; the pane shows only that id.
    Asking(Ticket, MessageId),
    Answer(Box<Opened>),
    /// The table of a batch.
    Batch(BatchNumber),
}

/// An answer in the detail pane.
#[derive(Clone, PartialEq, Debug)]
pub struct Opened {
    pub snapshot: Arc<Snapshot>,
    pub view: View,
    /// What covers the outline.
    pub over: Option<Over>,
}

impl Opened {
    /// The view on top.
    pub fn top(&self) -> &View {
        self.over.as_ref().map_or(&self.view, Over::view)
    }

    pub fn top_mut(&mut self) -> &mut View {
        self.over.as_mut().map_or(&mut self.view, Over::view_mut)
    }
}

/// A lookup of what belongs to a message, under way.
#[derive(Clone, PartialEq, Debug)]
pub struct Linking {
    pub ticket: Ticket,
    /// The message.
    pub of: Arc<Snapshot>,
    pub endpoint: Endpoint,
    pub id: MessageId,
    pub since: Timestamp,
}

/// A click, at a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Click {
    pub at: Timestamp,
    pub x: u16,
    pub y: u16,
}

/// What lies over the panes and has the keys.
#[derive(Clone, PartialEq, Debug)]
pub enum Overlay {
    Menu(Menu),
    Help(View),
    /// The find prompt at the foot of the detail pane.
    Find,
    /// The name of a file that is to be written, in a prompt at the same place.
    Export(Exporting),
    /// The filter prompt at the foot of the history.
    Filter,
    Token(PromptedToken),
    /// The path of a file of ids, in a prompt at the same place.
    IdsFile(String),
    /// So many ids that starting them is asked about first.
    Many(Vec<MessageId>),
}

/// Everything.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    pub setting: Setting,
    /// Who is asked from now on.
    pub whom: Whom,
    pub width: u16,
    pub height: u16,
    pub now: Timestamp,
    pub focus: Focus,
    /// The focused pane has all the room.
    pub alone: bool,
    /// The history's columns, where its edge was dragged.
    pub divider: Option<u16>,
    /// Whether that edge is being dragged.
    pub dragging: bool,
    /// The last click, for the second one of a double click.
    pub clicked: Option<Click>,
    pub input: IdBox,
    pub history: History,
    pub detail: Detail,
    pub overlay: Option<Overlay>,
    /// What is looked for in the message; kept for `n` and `N`.
    pub find: String,
    pub notice: Option<Shown>,
    pub limits: Limits,
    /// Lookups under way that the user asked for.
    pub running: Vec<Ticket>,
    /// Lookups under way that fill the list at start; nothing to stop, and never shown.
    pub filling: Vec<Ticket>,
    /// Ids of batches that wait until fewer lookups run.
    pub waiting: VecDeque<(BatchNumber, MessageId)>,
    pub next_ticket: u64,
    /// A kept answer that was read for the row under the cursor.
    pub fetched: Option<(Key, Answered)>,
    /// What is done once that answer is there.
    pub pending: Option<(Key, Action)>,
    /// Messages that are being deleted.
    pub deleting: Vec<MessageId>,
    /// What was deleted in this run, in memory only: `u` brings the last one back.
    pub deleted: Vec<Arc<Deleted>>,
    /// A file that is there already, and that `y` writes over.
    pub overwriting: Option<Export>,
    /// A pinned message that `y` deletes.
    pub doomed: Option<MessageId>,
    /// Messages that are watched.
    pub watches: Vec<Watch>,
    /// Lookups of what belongs to messages, under way.
    pub linking: Vec<Linking>,
    /// The batches of this run, the newest last.
    pub batches: Vec<Batch>,
    /// An answer of a batch whose rows are being made, to be shown.
    pub opening: Option<Arc<Snapshot>>,
    /// What was shown before messages were opened from lists, the last one last.
    pub trail: Vec<Opened>,
    /// Files that are being saved.
    pub savings: Savings,
    /// Whether quitting was asked about: the next `q` does it.
    pub leaving: bool,
    /// What was copied last, for `v`.
    pub copied: Option<String>,
    /// The row whose hidden characters were told: `y` there again copies it as it is.
    pub confirmed: Option<String>,
    /// A token pasted where an id belongs, until the next key: `y` uses it.
    pub offered: Option<PromptedToken>,
    /// An id pasted at the token prompt, asked for once there is a token.
    pub after_token: Option<MessageId>,
}

impl State {
    pub fn new(setting: Setting, width: u16, height: u16, now: Timestamp) -> Self {
        let whom = setting.whom;
        let mut input = IdBox::default();
        for (id, _) in &setting.hints {
            if let Ok(id) = MessageId::new(id) {
                input.remember(&id);
            }
        }
        let mut state = Self {
            setting,
            whom,
            width,
            height,
            now,
            focus: Focus::Box,
            alone: false,
            divider: None,
            dragging: false,
            clicked: None,
            input,
            history: History::default(),
            detail: Detail::Start,
            overlay: None,
            find: String::new(),
            notice: None,
            limits: Limits::default(),
            running: Vec::new(),
            filling: Vec::new(),
            waiting: VecDeque::new(),
            next_ticket: 1,
            fetched: None,
            pending: None,
            deleting: Vec::new(),
            deleted: Vec::new(),
            overwriting: None,
            doomed: None,
            watches: Vec::new(),
            linking: Vec::new(),
            batches: Vec::new(),
            opening: None,
            trail: Vec::new(),
            savings: Savings::default(),
            leaving: false,
            copied: None,
            confirmed: None,
            offered: None,
            after_token: None,
        };
        state.overlay = state
            .lacks_token()
            .then(|| Overlay::Token(PromptedToken::default()));
        state
    }

    /// The profile that is asked; the first where it is several.
    pub fn profile(&self) -> &Profile {
        let place = self.whom.one().unwrap_or_default();
        &self.setting.profiles[place.min(self.setting.profiles.len() - 1)]
    }

    /// The profile of that name.
    pub fn profile_named(&self, name: &str) -> Option<usize> {
        let mut profiles = self.setting.profiles.iter();
        profiles.position(|profile| profile.name == name)
    }

    /// Who is asked, in words: a profile's name, `all 13 profiles`.
    pub fn whom_words(&self, whom: Whom) -> String {
        let profiles = &self.setting.profiles;
        match whom {
            Whom::One(place) => profiles
                .get(place)
                .map(|profile| profile.name.clone())
                .unwrap_or_default(),
            Whom::All => format!("all {} profiles", profiles.len()),
            Whom::AllBut(_) => format!("{} other profiles", profiles.len().saturating_sub(1)),
        }
    }

    /// Whether there is nothing to ask with until a token is typed.
    pub fn lacks_token(&self) -> bool {
        self.whom.one().is_some() && self.profile().token.is_none()
    }

    /// How the user divided the room.
    pub fn division(&self) -> Division {
        Division {
            alone: self.alone,
            history: self.divider,
        }
    }

    pub fn panes(&self) -> Panes {
        panes(self.width, self.height, self.focus, self.division())
    }

    /// The view that the detail pane shows: what covers the outline before it.
    pub fn view(&self) -> Option<&View> {
        match &self.detail {
            Detail::Answer(shown) => Some(shown.top()),
            Detail::Batch(number) => self.batch(*number).map(|batch| &batch.view),
            _ => None,
        }
    }

    pub fn view_mut(&mut self) -> Option<&mut View> {
        if let Detail::Batch(number) = self.detail {
            return self.batch_mut(number).map(|batch| &mut batch.view);
        }
        match &mut self.detail {
            Detail::Answer(shown) => Some(shown.top_mut()),
            _ => None,
        }
    }

    /// The lookup under way of what a row of that message leads to.
    pub fn linking_of(&self, of: &Snapshot, lead: &Lead) -> Option<&Linking> {
        let Lead::Load(endpoint, id) = lead else {
            return None;
        };
        let mut linking = self.linking.iter();
        linking.find(|own| {
            let same = own.of.asked.id == of.asked.id && own.of.at == of.at;
            same && own.endpoint == *endpoint && own.id == *id
        })
    }

    pub fn watches(&self, id: &MessageId) -> bool {
        self.watches.iter().any(|watch| watch.id == *id)
    }

    /// Whether a question stands in the footer that `y` says yes to.
    pub fn awaits_yes(&self) -> bool {
        self.offered.is_some() || self.doomed.is_some() || self.overwriting.is_some()
    }

    /// The id in the detail pane.
    pub fn shown_id(&self) -> Option<&MessageId> {
        match &self.detail {
            Detail::Start | Detail::Batch(_) => None,
            Detail::Asking(_, id) => Some(id),
            Detail::Answer(shown) => Some(&shown.snapshot.asked.id),
        }
    }

    /// The entry of a lookup under way that the detail pane waits for.
    pub fn asking(&self) -> Option<&Entry> {
        let Detail::Asking(ticket, _) = &self.detail else {
            return None;
        };
        let mut entries = self.history.recent.entries().iter();
        entries.find(|entry| entry.ticket == *ticket && entry.asking)
    }

    /// How long until something shown changes by itself: a spinner, seconds, an age.
    pub fn next_change(&self) -> Option<Duration> {
        if !self.running.is_empty() || !self.linking.is_empty() {
            return Some(SPIN);
        }
        let looks = self.watches.iter().filter(|watch| watch.asking.is_none());
        let next = looks.map(|watch| watch.next.duration_since(self.now));
        let next = next.filter_map(|wait| Duration::try_from(wait).ok());
        let ages = (!self.history.is_empty()).then_some(Duration::from_mins(1));
        next.chain(ages).min()
    }
}

/// A spinner shows only after this long, and turns this often.
pub const SPIN: Duration = Duration::from_millis(250);
/// A faster answer shows no spinner.
pub const SPIN_AFTER: Duration = Duration::from_millis(300);
