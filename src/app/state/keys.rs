//! Where keys apply, and what hints call them.
//! Never what a key does: that is an action's.

use super::{Detail, Focus, Over, Overlay, State};
use crate::app::action::{Action, Context, ON_BATCH, ON_HISTORY, ON_MESSAGE, ON_TIMELINE};

impl State {
    /// Where keys apply now, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        use Context as C;
        match &self.overlay {
            Some(Overlay::Menu(menu)) if menu.context == C::CopyMenu => {
                &[C::CopyMenu, C::Panes, C::Anywhere]
            }
            Some(Overlay::Menu(menu)) if menu.context == C::ExportMenu => {
                &[C::ExportMenu, C::Panes, C::Anywhere]
            }
            Some(Overlay::Menu(menu)) if menu.context == C::ProfilePicker => {
                &[C::ProfilePicker, C::Anywhere]
            }
            Some(Overlay::Menu(menu)) if menu.context == C::Palette => &[C::Palette, C::Anywhere],
            Some(Overlay::Menu(_)) => &[C::AttachmentMenu, C::Panes, C::Anywhere],
            Some(Overlay::Many(_)) => &[C::ManyPrompt, C::Anywhere],
            Some(Overlay::Help(_)) => &[C::Panes, C::Anywhere],
            Some(Overlay::Find) => &[C::FindPrompt, C::Anywhere],
            Some(Overlay::Export(_) | Overlay::IdsFile(_)) => &[C::FilePrompt, C::Anywhere],
            Some(Overlay::Filter) => &[C::FilterPrompt, C::Anywhere],
            Some(Overlay::Token(_)) => &[C::TokenPrompt, C::Anywhere],
            None => match self.focus {
                Focus::Box if self.input.is_empty() => &[C::EmptyBox, C::Box, C::Anywhere],
                Focus::Box => &[C::Box, C::Anywhere],
                Focus::History => ON_HISTORY,
                Focus::Detail if self.on_timeline() => ON_TIMELINE,
                Focus::Detail if matches!(self.detail, Detail::Batch(_)) => ON_BATCH,
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
            Some(
                Overlay::Find
                | Overlay::Filter
                | Overlay::Token(_)
                | Overlay::Export(_)
                | Overlay::IdsFile(_),
            ) => true,
            Some(Overlay::Menu(menu)) => menu.typed.is_some(),
            Some(_) => false,
            None => self.focus == Focus::Box,
        }
    }

    /// Whether the detail pane shows a timeline.
    fn on_timeline(&self) -> bool {
        matches!(&self.detail, Detail::Answer(shown) if matches!(shown.over, Some(Over::Timeline(_))))
    }
}
