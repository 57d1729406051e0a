//! Which key means which action where.
//! Never lists a key itself: the table is `app::action::bindings`, with a user's changes in `app::action::Keys`.

pub mod chord;

use std::collections::HashMap;

use crate::app::action::{Action, Context, Keys, shown_key};
use crate::app::{Event, State};
use chord::Chord;

/// Keys → actions, for each context.
#[derive(Clone, Debug)]
pub struct Keymap(HashMap<(Context, Chord), Action>);

impl Keymap {
    /// The keys in force.
    pub fn new(keys: &Keys) -> Self {
        let bound = keys.all().flat_map(|bound| {
            let binding = bound.binding;
            bound.keys.iter().filter_map(move |key| {
                let chord = Chord::parse(key)?;
                Some(((binding.context, chord), numbered(binding.action, key)))
            })
        });
        Self(bound.collect())
    }

    /// What a key means in the nearest of these contexts that binds it.
    pub fn action(&self, contexts: &[Context], chord: Chord) -> Option<Action> {
        contexts
            .iter()
            .find_map(|context| self.0.get(&(*context, chord)).copied())
    }
}

impl Keymap {
    /// What a key means now: an action, a letter where text is edited, or nothing.
    /// While a yes is awaited, `y` is it and no other key is.
    pub fn event(&self, state: &State, chord: Chord) -> Event {
        if let Some('y') = chord.letter().filter(|_| state.awaits_yes()) {
            return Event::Typed('y');
        }
        if let Some(action) = self.action(state.contexts(), chord) {
            return Event::Acted(action);
        }
        match chord.letter().filter(|_| state.edits_text()) {
            Some(letter) => Event::Typed(letter),
            None => Event::Unused(shown_key(&chord.to_string())),
        }
    }
}

/// An action on the attachment with the key's number.
fn numbered(action: Action, key: &str) -> Action {
    match (action, key.parse()) {
        (Action::CopyAttachment(_), Ok(number)) => Action::CopyAttachment(number),
        _ => action,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;
    use crate::app::action::bindings;

    #[test]
    fn every_key_of_the_table_is_understood_and_bound_once_a_context() {
        let keymap = Keymap::new(&Keys::default());
        let mut keys = 0;
        for binding in bindings() {
            for key in binding.keys.split_whitespace() {
                let chord = Chord::parse(key).unwrap_or_else(|| unreachable!("{key}"));
                let bound = keymap.action(&[binding.context], chord);
                assert_eq!(
                    bound,
                    Some(numbered(binding.action, key)),
                    "{key} in {:?}",
                    binding.context
                );
                keys += 1;
            }
        }
        assert_eq!(keymap.0.len(), keys);
    }

    #[test]
    fn the_nearest_context_wins() {
        let keymap = Keymap::new(&Keys::default());
        let chord = Chord::parse("ctrl-d").unwrap();
        assert_eq!(
            keymap.action(&[Context::EmptyBox, Context::Box], chord),
            Some(Action::Quit)
        );
        assert_ne!(keymap.action(&[Context::Box], chord), Some(Action::Quit));
    }
}
