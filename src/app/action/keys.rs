//! The keys in force: the table's, and in their place what a user's key map gives.
//! Never understands a key: to this module it is a name that is compared and shown.

use std::sync::Arc;

use super::{Action, Binding, Context, ON_MESSAGE, bindings, shown_key};
use crate::model::face::Hints;

/// Every action with its keys, in the order of the help. Cheap to clone.
#[derive(Clone, PartialEq, Debug)]
pub struct Keys(Arc<[Bound]>);

/// One action in one place with the keys it has.
#[derive(Clone, PartialEq, Debug)]
pub struct Bound {
    /// What it is by default.
    pub binding: Binding,
    /// Names such as `ctrl-c`, each once; empty where it is unbound.
    pub keys: Vec<String>,
}

impl Default for Keys {
    fn default() -> Self {
        let bound = bindings().map(|binding| Bound {
            binding,
            keys: binding.keys.split_whitespace().map(str::to_owned).collect(),
        });
        Self(bound.collect())
    }
}

impl Keys {
    /// The defaults with other keys for those actions that `changed` tells of.
    pub fn changed(changed: impl Fn(&Binding) -> Option<Vec<String>>) -> Self {
        let mut all = Self::default().0.to_vec();
        for bound in &mut all {
            if let Some(keys) = changed(&bound.binding) {
                bound.keys = keys;
            }
        }
        Self(all.into())
    }

    /// Every action, the unbound ones too.
    pub fn all(&self) -> impl Iterator<Item = &Bound> {
        self.0.iter()
    }

    /// The keys of an action in one context.
    pub fn of(&self, context: Context, action: Action) -> &[String] {
        let own =
            |bound: &&Bound| bound.binding.context == context && bound.binding.action == action;
        self.all().find(own).map_or(&[], |bound| &bound.keys)
    }

    /// The first key that means the action where these contexts apply, the nearest first, as hints show it: `Ctrl-C`.
    pub fn hint(&self, contexts: &[Context], action: Action) -> Option<String> {
        contexts.iter().enumerate().find_map(|(place, context)| {
            let nearer = contexts.get(..place).unwrap_or_default();
            let mut keys = self.of(*context, action).iter();
            let free = keys.find(|key| !nearer.iter().any(|context| self.binds(*context, key)));
            free.map(|key| shown_key(key))
        })
    }

    /// Whether that key means the action where these contexts apply, the nearest first.
    pub fn means(&self, contexts: &[Context], key: &str, action: Action) -> bool {
        let mut binding = contexts.iter().filter(|context| self.binds(**context, key));
        let nearest = binding.next();
        nearest.is_some_and(|context| self.of(*context, action).iter().any(|own| own == key))
    }

    /// Up and down together: the arrows where they are free, else the first key of each.
    pub fn up_and_down(&self, contexts: &[Context]) -> Option<String> {
        let (up, down) = (Action::Up, Action::Down);
        if self.means(contexts, "up", up) && self.means(contexts, "down", down) {
            return Some(shown_key("up") + &shown_key("down"));
        }
        let hints = [up, down].map(|action| self.hint(contexts, action));
        let hints: Vec<String> = hints.into_iter().flatten().collect();
        (!hints.is_empty()).then(|| hints.join(" "))
    }

    /// The digits that copy attachments: `1-9`, or one by one where some are left out.
    pub fn digits(&self, context: Context) -> Option<String> {
        let mut keys = self.of(context, Action::CopyAttachment(1)).to_vec();
        keys.sort_unstable();
        let numbers: Vec<u8> = keys.iter().filter_map(|key| key.parse().ok()).collect();
        let in_a_row = numbers.windows(2).all(|two| two[0] + 1 == two[1]);
        match keys.as_slice() {
            [] => None,
            [first, _, .., last] if in_a_row => Some(format!("{first}-{last}")),
            few => Some(few.join(" ")),
        }
    }

    /// The keys as the sentences on a message name them, whatever has the focus.
    pub fn hints(&self) -> Hints {
        let hint = |action| self.hint(ON_MESSAGE, action);
        let profile = hint(Action::Profiles);
        let choose = self.hint(&[Context::ProfilePicker], Action::Choose);
        let others = profile.clone().zip(choose);
        Hints {
            again: hint(Action::Again),
            raw: hint(Action::Raw),
            watch: hint(Action::Watch),
            others: others.map(|(open, choose)| format!("{open} {choose}")),
            profile,
            digits: self.digits(Context::Detail),
            view: hint(Action::ShowAlone),
            load: hint(Action::Fold),
            linked: hint(Action::Linked),
            recording: hint(Action::SaveRecording),
            source: hint(Action::Source),
        }
    }

    fn binds(&self, context: Context, key: &str) -> bool {
        let mut own = self.all().filter(|bound| bound.binding.context == context);
        own.any(|bound| bound.keys.iter().any(|one| one == key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Context as C;

    fn with(context: Context, name: &'static str, keys: &[&str]) -> Keys {
        Keys::changed(|binding| {
            (binding.context == context && binding.name == name)
                .then(|| keys.iter().map(|&key| key.to_owned()).collect())
        })
    }

    #[test]
    fn a_hint_is_the_first_key_that_works_there() {
        let keys = Keys::default();
        assert_eq!(
            keys.hint(&[C::Box], Action::LookUp).as_deref(),
            Some("Enter")
        );
        assert_eq!(keys.hint(ON_MESSAGE, Action::Help).as_deref(), Some("?"));
        let keys = with(C::Detail, "find", &["?", "ctrl-f"]);
        assert_eq!(keys.hint(ON_MESSAGE, Action::Help).as_deref(), Some("F1"));
        assert_eq!(keys.hint(ON_MESSAGE, Action::Find).as_deref(), Some("?"));
        let keys = with(C::Message, "again", &[]);
        assert_eq!(keys.hint(ON_MESSAGE, Action::Again), None);
    }

    #[test]
    fn the_arrows_are_shown_where_they_move() {
        let menu = &[C::CopyMenu, C::Panes, C::Anywhere];
        assert_eq!(Keys::default().up_and_down(menu).as_deref(), Some("↑↓"));
        let keys = with(C::Panes, "up", &["k"]);
        assert_eq!(keys.up_and_down(menu).as_deref(), Some("k ↓"));
    }

    #[test]
    fn a_message_is_told_of_with_its_own_keys() {
        let hints = Keys::default().hints();
        assert_eq!(hints.others.as_deref(), Some("P Enter"));
        assert_eq!(
            (hints.again.as_deref(), hints.raw.as_deref()),
            (Some("r"), Some("R"))
        );
        let hints = with(C::ProfilePicker, "choose", &[]).hints();
        assert_eq!((hints.profile.as_deref(), hints.others), (Some("P"), None));
    }

    #[test]
    fn digits_are_told_as_a_range_or_one_by_one() {
        let digits = |keys: &[&str]| with(C::Detail, "copy-attachment", keys).digits(C::Detail);
        assert_eq!(Keys::default().digits(C::Detail).as_deref(), Some("1-9"));
        assert_eq!(digits(&["1", "2", "3"]).as_deref(), Some("1-3"));
        assert_eq!(digits(&["4", "1"]).as_deref(), Some("1 4"));
        assert_eq!(digits(&[]), None);
    }
}
