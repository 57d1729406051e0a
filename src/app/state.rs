//! All the console knows. Changed by `update` alone, read by drawing.
//! One of several is an enum here; nothing is shared, locked or awaited.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::action::{Action, Context, ON_HISTORY, ON_MESSAGE, ON_TIMELINE};
use super::effect::{PromptedToken, Ticket};
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
    /// The filter prompt at the foot of the history.
    Filter,
    Token(PromptedToken),
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
    /// Ids of one paste that wait until fewer lookups run.
    pub waiting: VecDeque<MessageId>,
    pub next_ticket: u64,
    /// A kept answer that was read for the row under the cursor.
    pub fetched: Option<(Key, Answered)>,
    /// What is done once that answer is there.
    pub pending: Option<(Key, Action)>,
    /// Messages that are being deleted.
    pub deleting: Vec<MessageId>,
    /// What was deleted in this run, in memory only: `u` brings the last one back.
    pub deleted: Vec<Arc<Deleted>>,
    /// A pinned message that `y` deletes.
    pub doomed: Option<MessageId>,
    /// Messages that are watched.
    pub watches: Vec<Watch>,
    /// Lookups of what belongs to messages, under way.
    pub linking: Vec<Linking>,
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
            doomed: None,
            watches: Vec::new(),
            linking: Vec::new(),
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

    /// Where keys apply now, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        use Context as C;
        match &self.overlay {
            Some(Overlay::Menu(menu)) if menu.context == C::CopyMenu => {
                &[C::CopyMenu, C::Panes, C::Anywhere]
            }
            Some(Overlay::Menu(menu)) if menu.context == C::ProfilePicker => {
                &[C::ProfilePicker, C::Anywhere]
            }
            Some(Overlay::Menu(menu)) if menu.context == C::Palette => &[C::Palette, C::Anywhere],
            Some(Overlay::Menu(_)) => &[C::AttachmentMenu, C::Panes, C::Anywhere],
            Some(Overlay::Many(_)) => &[C::ManyPrompt, C::Anywhere],
            Some(Overlay::Help(_)) => &[C::Panes, C::Anywhere],
            Some(Overlay::Find) => &[C::FindPrompt, C::Anywhere],
            Some(Overlay::Filter) => &[C::FilterPrompt, C::Anywhere],
            Some(Overlay::Token(_)) => &[C::TokenPrompt, C::Anywhere],
            None => match self.focus {
                Focus::Box if self.input.is_empty() => &[C::EmptyBox, C::Box, C::Anywhere],
                Focus::Box => &[C::Box, C::Anywhere],
                Focus::History => ON_HISTORY,
                Focus::Detail if self.on_timeline() => ON_TIMELINE,
                Focus::Detail => ON_MESSAGE,
            },
        }
    }

    /// The key that means the action here and now, as hints show it; `None` where none does.
    pub fn hint(&self, action: Action) -> Option<String> {
        self.setting.hint(self.contexts(), action)
    }

    /// `Ctrl-C stops`, or nothing where the action has no key here.
    pub fn hint_words(&self, action: Action, words: &str) -> Option<String> {
        self.hint(action).map(|key| format!("{key} {words}"))
    }

    /// The key that means the action once the message has the keys.
    pub fn message_hint(&self, action: Action) -> Option<String> {
        self.setting.hint(ON_MESSAGE, action)
    }

    /// Whether a character without a binding is text.
    pub fn edits_text(&self) -> bool {
        match &self.overlay {
            Some(Overlay::Find | Overlay::Filter | Overlay::Token(_)) => true,
            Some(Overlay::Menu(menu)) => menu.typed.is_some(),
            Some(_) => false,
            None => self.focus == Focus::Box,
        }
    }

    /// Whether the detail pane shows a timeline.
    fn on_timeline(&self) -> bool {
        matches!(&self.detail, Detail::Answer(shown) if matches!(shown.over, Some(Over::Timeline(_))))
    }

    /// The view that the detail pane shows: what covers the outline before it.
    pub fn view(&self) -> Option<&View> {
        match &self.detail {
            Detail::Answer(shown) => Some(shown.top()),
            _ => None,
        }
    }

    pub fn view_mut(&mut self) -> Option<&mut View> {
        match &mut self.detail {
            Detail::Answer(shown) => Some(shown.top_mut()),
            _ => None,
        }
    }

    /// The answer that keys on a message mean: the row's in the history, else the one shown.
    pub fn meant(&self) -> Option<Arc<Snapshot>> {
        if self.focus == Focus::History {
            let answered = self.answer_at_cursor()?;
            return Some(Arc::clone(&answered.snapshot));
        }
        match &self.detail {
            Detail::Answer(shown) => Some(Arc::clone(&shown.snapshot)),
            _ => None,
        }
    }

    /// The answer of the row under the history's cursor, where it is in memory.
    pub fn answer_at_cursor(&self) -> Option<&Answered> {
        let item = self.history.at_cursor();
        item.answer().or_else(|| {
            let (key, answered) = self.fetched.as_ref()?;
            item.row().filter(|row| row.key == *key).map(|_| answered)
        })
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
        self.offered.is_some() || self.doomed.is_some()
    }

    /// The id in the detail pane.
    pub fn shown_id(&self) -> Option<&MessageId> {
        match &self.detail {
            Detail::Start => None,
            Detail::Asking(_, id) => Some(id),
            Detail::Answer(shown) => Some(&shown.snapshot.asked.id),
        }
    }

    /// The entry of a lookup under way that the detail pane waits for.
    pub fn asking(&self) -> Option<&Entry> {
        let Detail::Asking(ticket, _) = &self.detail else {
            return None;
        };
        self.history
            .entries
            .iter()
            .find(|entry| entry.ticket == *ticket && entry.asking)
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
