//! The menus that open above the footer: copy as, attachments.
//! Never acts by itself: a letter or Enter becomes an action.

use super::action::{Action, Context, bindings, shown_key};
use super::scroll::Scroll;
use crate::model::shown::Shown;

/// An open menu.
#[derive(Clone, PartialEq, Debug)]
pub struct Menu {
    pub context: Context,
    pub items: Vec<Item>,
    pub scroll: Scroll,
}

/// One thing to choose.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// The key that chooses it at once; empty for the tenth attachment and later.
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
    pub fn copy() -> Self {
        let own = bindings().filter(|binding| binding.context == Context::CopyMenu);
        let items = own
            .filter(|binding| binding.action != Action::Choose)
            .map(|binding| Item {
                key: shown_key(binding.keys),
                words: Shown::line(binding.words),
                action: binding.action,
            });
        Self {
            context: Context::CopyMenu,
            items: items.collect(),
            scroll: Scroll::default(),
        }
    }

    /// `a`: the attachments, by number.
    pub fn attachments(urls: &[String]) -> Self {
        let items = urls.iter().enumerate().map(|(index, url)| Item {
            key: if index < 9 {
                (index + 1).to_string()
            } else {
                String::new()
            },
            words: Shown::line(url),
            action: Action::CopyAttachment(u8::try_from(index + 1).unwrap_or(u8::MAX)),
        });
        Self {
            context: Context::AttachmentMenu,
            items: items.collect(),
            scroll: Scroll::default(),
        }
    }

    pub fn title(&self) -> &'static str {
        self.context.title()
    }

    /// Rows it shows on a screen of `height` rows.
    pub fn rows(&self, height: u16) -> usize {
        let room = usize::from(height.saturating_sub(OTHERS));
        self.items.len().min(ROWS).min(room)
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
