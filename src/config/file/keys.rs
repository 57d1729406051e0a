//! A user's key map: tables named by a context, in them actions with the keys that each is to have.
//! Never lists a key or an action itself: both are the table's, and what the file leaves out stays as it is there.

mod chords;
mod whole;

use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use super::reading::{Key, Reading, Value, in_order};
use super::tokens::is_refused;
use crate::app::action::{Binding, CONTEXTS, Context, Keys, bindings};

/// The keys that the file gives an action.
struct Change {
    binding: Binding,
    /// The byte its name stands at.
    at: usize,
    /// None where they cannot be used, which was told.
    keys: Option<Vec<String>>,
}

/// The table's keys with the file's in their places.
pub(super) fn keys(reading: &mut Reading<'_>, root: &DeTable<'_>) -> Keys {
    let mut changes = Vec::new();
    for (key, value) in in_order(root) {
        if is_refused(reading, key, value) {
            continue;
        }
        let name = key.get_ref().as_ref();
        let context = CONTEXTS.iter().find(|context| context.name() == name);
        match (context, value.get_ref()) {
            (Some(context), DeValue::Table(table)) => {
                read_context(reading, *context, table, &mut changes);
            }
            (Some(_), _) => reading.tell_kind(name, value, &format!("a table: [{name}]")),
            (None, _) => tell_unknown_context(reading, key, value),
        }
    }
    let keys = Keys::changed(|binding| {
        let change = changes.iter().find(|change| change.is_of(binding));
        change.and_then(|change| change.keys.clone())
    });
    if reading.is_whole() {
        whole::check(reading, &keys, &changes);
    }
    keys
}

impl Change {
    fn is_of(&self, binding: &Binding) -> bool {
        (self.binding.context, self.binding.name) == (binding.context, binding.name)
    }
}

fn read_context(
    reading: &mut Reading<'_>,
    context: Context,
    table: &DeTable<'_>,
    changes: &mut Vec<Change>,
) {
    for (key, value) in in_order(table) {
        if is_refused(reading, key, value) {
            continue;
        }
        let name = key.get_ref().as_ref();
        let own = |binding: &Binding| binding.context == context && binding.name == name;
        match bindings().find(own) {
            Some(binding) => changes.push(Change {
                binding,
                at: key.span().start,
                keys: chords::chords(reading, &binding, value),
            }),
            None => tell_unknown_action(reading, context, key),
        }
    }
}

fn tell_unknown_context(reading: &mut Reading<'_>, key: &Key<'_>, value: &Value<'_>) {
    let name = key.get_ref().as_ref();
    let quoted = reading.quoted(key.span(), name);
    let elsewhere = places(name);
    let words = if !value.get_ref().is_table() && !elsewhere.is_empty() {
        format!("{quoted} is in the wrong place; it belongs below {elsewhere}")
    } else {
        let names = CONTEXTS.iter().map(|context| context.name());
        if let Some(near) = nearest(name, names.clone()) {
            format!("unknown context {quoted}; the nearest is [{near}]")
        } else {
            let names: Vec<&str> = names.collect();
            format!("unknown context {quoted}; there are {}", names.join(", "))
        }
    };
    reading.tell(key.span().start, words);
}

fn tell_unknown_action(reading: &mut Reading<'_>, context: Context, key: &Key<'_>) {
    let name = key.get_ref().as_ref();
    let quoted = reading.quoted(key.span(), name);
    let own: Vec<&str> = bindings()
        .filter(|binding| binding.context == context)
        .map(|binding| binding.name)
        .collect();
    let elsewhere = places(name);
    let any = || {
        nearest(
            name,
            bindings()
                .map(|binding| binding.name)
                .collect::<Vec<_>>()
                .into_iter(),
        )
    };
    let here = context.name();
    let words = if !elsewhere.is_empty() {
        format!("{quoted} is no action of [{here}]; it belongs below {elsewhere}")
    } else if let Some(near) = nearest(name, own.iter().copied()) {
        format!("unknown action {quoted}; the nearest is {near}")
    } else if let Some(near) = any() {
        format!(
            "unknown action {quoted}; the nearest is {near} of {}",
            places(near)
        )
    } else {
        format!(
            "unknown action {quoted}; known in [{here}]: {}",
            own.join(", ")
        )
    };
    reading.tell(key.span().start, words);
}

/// The contexts that have an action of this name: `[panes] or [empty-box]`.
fn places(name: &str) -> String {
    let own = bindings().filter(|binding| binding.name == name);
    let places: Vec<String> = own
        .map(|binding| format!("[{}]", binding.context.name()))
        .collect();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    super::nearest::either(&places)
}

#[cfg(test)]
mod tests;
