//! What a key map must be as a whole: a key has one meaning in a context, and there is a way out.
//! Never blames the table, which is sound by itself: what is told stands in the file.

use super::super::reading::Reading;
use super::Change;
use crate::app::action::{Action, Binding, Bound, Context, Keys};

/// Tells what only shows when the file's keys stand beside those that it leaves as they are.
pub(super) fn check(reading: &mut Reading<'_>, keys: &Keys, changes: &[Change]) {
    let change = |binding: &Binding| changes.iter().find(|change| change.is_of(binding));
    // What was told already, and has no keys to compare.
    let is_faulty = |bound: &&Bound| change(&bound.binding).is_some_and(|one| one.keys.is_none());
    let bound: Vec<&Bound> = keys.all().filter(|bound| !is_faulty(bound)).collect();
    for (place, one) in bound.iter().enumerate() {
        let context = one.binding.context;
        let others = bound
            .iter()
            .skip(place + 1)
            .filter(|other| other.binding.context == context);
        for other in others {
            for key in one.keys.iter().filter(|key| other.keys.contains(key)) {
                let given = [one, other].map(|bound| change(&bound.binding).map(|one| one.at));
                let at = given.into_iter().flatten().max().unwrap_or_default();
                let names = [one, other].map(|bound| match change(&bound.binding) {
                    Some(_) => bound.binding.name.to_owned(),
                    None => format!("{}, by default", bound.binding.name),
                });
                let words = format!(
                    "\"{key}\" has two meanings in [{}]: {}; take it from one of them",
                    context.name(),
                    names.join(" and ")
                );
                reading.tell(at, words);
            }
        }
    }
    check_way_out(reading, &bound, changes);
}

/// A key of `stop-or-quit` must work wherever the console is.
fn check_way_out(reading: &mut Reading<'_>, bound: &[&Bound], changes: &[Change]) {
    let is_out = |binding: &Binding| {
        binding.context == Context::Anywhere && binding.action == Action::StopOrQuit
    };
    let Some(out) = bound.iter().find(|bound| is_out(&bound.binding)) else {
        return;
    };
    let own = changes.iter().find(|change| is_out(&change.binding));
    if out.keys.is_empty() {
        let words = "stop-or-quit must keep a key in [anywhere]: it is the way out of every place";
        return reading.tell(own.map_or(0, |own| own.at), words);
    }
    let elsewhere = |key: &String| {
        let mut others = bound
            .iter()
            .filter(|bound| bound.binding.context != Context::Anywhere);
        others.find(|other| other.keys.contains(key))
    };
    let taken: Vec<_> = out.keys.iter().map_while(elsewhere).collect();
    if let Some(taking) = taken.last().filter(|_| taken.len() == out.keys.len()) {
        let by = changes.iter().find(|change| change.is_of(&taking.binding));
        let words = format!(
            "{} of [{}] takes the key that stop-or-quit has in [anywhere], which must work everywhere",
            taking.binding.name,
            taking.binding.context.name()
        );
        reading.tell(by.or(own).map_or(0, |change| change.at), words);
    }
}
