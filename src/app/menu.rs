//! The menus that open above the footer: copy as, attachments, profiles, the palette of commands.
//! Never acts by itself: a letter or Enter becomes an action.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use super::action::{Action, Bound, Context, Keys, ON_MESSAGE, shown_key};
use super::scroll::Scroll;
use super::setting::{Profile, Setting};
use crate::model::shown::Shown;
use crate::model::text::width;
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

/// Where the palette's actions are from: not from prompts, whose actions mean nothing outside of them.
const IN_PALETTE: [Context; 6] = [
    Context::Detail,
    Context::Message,
    Context::CopyMenu,
    Context::History,
    Context::Panes,
    Context::Anywhere,
];

impl AsRef<str> for Item {
    fn as_ref(&self) -> &str {
        self.words.as_str()
    }
}

/// Rows a menu shows at most, its title not counted.
const ROWS: usize = 9;
/// Rows of the screen that a menu leaves alone, its own title among them: the box, the panes' titles, the footer.
const OTHERS: u16 = 4;

impl Menu {
    /// `c`: what a message can be copied as.
    pub fn copy(keys: &Keys) -> Self {
        Self::of_bindings(Context::CopyMenu, keys)
    }

    /// All that a context binds, by its keys.
    fn of_bindings(context: Context, keys: &Keys) -> Self {
        let own = keys.all().filter(|bound| {
            bound.binding.context == context && bound.binding.action != Action::Choose
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
        Self::of_letters(context, items.collect())
    }

    /// `x`: the forms that are written to a file.
    pub fn export(keys: &Keys) -> Self {
        Self::of_bindings(Context::ExportMenu, keys)
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

    /// Changes what is typed, and offers what matches it, the best first: words in any order, letters left out.
    pub fn edit(&mut self, change: impl FnOnce(&mut String)) {
        let Some(typed) = &mut self.typed else { return };
        change(typed);
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let found = pattern.match_list(self.all.iter(), &mut matcher);
        self.items = found.into_iter().map(|(item, _)| item.clone()).collect();
        self.scroll = Scroll::default();
    }

    /// `:`: every action that may be done here and has a meaning outside of a prompt, with its key; and the profiles
    /// by name.
    pub fn palette(setting: &Setting) -> Self {
        let (profiles, keys) = (&setting.profiles, &setting.keys);
        let mut all: Vec<Item> = Vec::new();
        let of = |context: Context| {
            let own = move |bound: &&Bound| bound.binding.context == context;
            keys.all().filter(own)
        };
        let menu = keys.hint(ON_MESSAGE, Action::CopyMenu);
        for Bound { binding, keys } in IN_PALETTE.into_iter().flat_map(of) {
            let is_prompt = matches!(
                binding.action,
                Action::Palette | Action::Choose | Action::CopyAttachment(_)
            );
            let is_idle = is_prompt || !setting.work.allows(binding.action);
            if is_idle || all.iter().any(|item| item.action == binding.action) {
                continue;
            }
            let copies = binding.context == Context::CopyMenu;
            let words = if copies {
                format!("copy {}", binding.words)
            } else {
                binding.words.to_owned()
            };
            let menu = if copies {
                menu.clone()
            } else {
                Some(String::new())
            };
            let own = keys.first().map(|key| shown_key(key));
            let key = menu.zip(own).map(|(menu, own)| format!("{menu} {own}"));
            all.push(Item {
                key: key.unwrap_or_default().trim_start().to_owned(),
                words: Shown::line(&words),
                action: binding.action,
            });
        }
        if profiles.len() > 1 {
            all.extend(profiles.iter().enumerate().map(|(place, profile)| Item {
                key: String::new(),
                words: Shown::line(&format!("profile {}", profile.name)),
                action: Action::PickProfile(Whom::One(place)),
            }));
        }
        Self {
            items: all.clone(),
            typed: Some(String::new()),
            all,
            ..Self::of_letters(Context::Palette, Vec::new())
        }
    }

    /// Columns of the longest key, one at least.
    pub fn key_columns(&self) -> usize {
        let columns = self.items.iter().map(|item| width(&item.key));
        columns.max().unwrap_or(0).max(1)
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
