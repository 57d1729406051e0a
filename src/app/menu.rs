//! The menus that open above the footer: copy as, attachments, profiles.
//! Never acts by itself: a letter or Enter becomes an action.

use super::action::{Action, Context, Keys, shown_key};
use super::scroll::Scroll;
use super::state::Profile;
use crate::model::shown::Shown;
use crate::model::whom::Whom;

/// An open menu.
#[derive(Clone, PartialEq, Debug)]
pub struct Menu {
    pub context: Context,
    /// Those that are offered now.
    pub items: Vec<Item>,
    pub scroll: Scroll,
    /// What is typed to choose among many; `None` where letters act at once.
    pub typed: Option<String>,
    /// Those that are offered while nothing is typed; empty where letters act at once.
    all: Vec<Item>,
}

/// One thing to choose.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// The key that chooses it at once; empty where there is none, as for the tenth attachment and later.
    pub key: String,
    pub words: Shown,
    pub action: Action,
}

/// Rows a menu shows at most, its title not counted.
const ROWS: usize = 9;
/// Rows of the screen that a menu leaves alone, its own title among them: the box, the panes' titles, the footer.
const OTHERS: u16 = 4;

impl Menu {
    /// `c`: what a message can be copied as.
    pub fn copy(keys: &Keys) -> Self {
        let own = keys.all().filter(|bound| {
            bound.binding.context == Context::CopyMenu && bound.binding.action != Action::Choose
        });
        let items = own.map(|bound| Item {
            key: bound
                .keys
                .first()
                .map(|key| shown_key(key))
                .unwrap_or_default(),
            words: Shown::line(bound.binding.words),
            action: bound.binding.action,
        });
        Self::of_letters(Context::CopyMenu, items.collect())
    }

    /// `a`: the attachments, by number.
    pub fn attachments(urls: &[String], keys: &Keys) -> Self {
        let digits = keys.of(Context::AttachmentMenu, Action::CopyAttachment(1));
        let items = urls.iter().enumerate().map(|(index, url)| Item {
            key: Some((index + 1).to_string())
                .filter(|number| digits.contains(number))
                .unwrap_or_default(),
            words: Shown::line(url),
            action: Action::CopyAttachment(u8::try_from(index + 1).unwrap_or(u8::MAX)),
        });
        Self::of_letters(Context::AttachmentMenu, items.collect())
    }

    /// `P`: the profiles, with `others` before them where all other profiles may be asked for an id.
    pub fn profiles(profiles: &[Profile], current: Option<usize>, others: Option<Item>) -> Self {
        let own = profiles.iter().enumerate().map(|(place, profile)| {
            let host = (!profile.host_is_default).then(|| profile.host.clone());
            let token = Some(
                profile
                    .token
                    .clone()
                    .unwrap_or_else(|| "no token".to_owned()),
            );
            let words = [Some(profile.name.clone()), host, token];
            let words: Vec<String> = words.into_iter().flatten().collect();
            let is_current = current == Some(place);
            Item {
                key: if is_current { "*" } else { "" }.to_owned(),
                words: Shown::line(&words.join(" · ")),
                action: Action::PickProfile(Whom::One(place)),
            }
        });
        let first = usize::from(others.is_some());
        let all: Vec<Item> = others.into_iter().chain(own).collect();
        let cursor = if first == 1 { 0 } else { current.unwrap_or(0) };
        Self {
            items: all.clone(),
            typed: Some(String::new()),
            all,
            scroll: Scroll { cursor, offset: 0 },
            ..Self::of_letters(Context::ProfilePicker, Vec::new())
        }
    }

    fn of_letters(context: Context, items: Vec<Item>) -> Self {
        Self {
            context,
            items,
            scroll: Scroll::default(),
            typed: None,
            all: Vec::new(),
        }
    }

    /// Changes what is typed, and offers what matches: all words typed, in any order and case.
    pub fn edit(&mut self, change: impl FnOnce(&mut String)) {
        let Some(typed) = &mut self.typed else { return };
        change(typed);
        let typed = typed.to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let matches = |item: &&Item| {
            let text = item.words.as_str().to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        self.items = self.all.iter().filter(matches).cloned().collect();
        self.scroll = Scroll::default();
    }

    pub fn title(&self) -> &'static str {
        self.context.title()
    }

    /// Rows it shows on a screen of `height` rows.
    pub fn rows(&self, height: u16) -> usize {
        let room = usize::from(height.saturating_sub(OTHERS));
        // What is typed may match again: the menu keeps its size.
        let items = self.items.len().max(self.all.len());
        items.min(ROWS).min(room)
    }

    /// Moves the mark by `by` items; 0 only brings it into a window that has changed.
    pub fn step(&mut self, by: isize, height: u16) {
        let rows = self.rows(height);
        self.scroll
            .step(by, self.items.len(), rows, super::scroll::Edge::Row);
    }

    pub fn chosen(&self) -> Option<Action> {
        self.items.get(self.scroll.cursor).map(|item| item.action)
    }
}
