//! The keys that a key map gives one action.
//! Never looks at another action: what clashes is seen when all are read.

use super::super::nearest::nearest;
use super::super::reading::{Reading, Value};
use crate::app::action::{Action, Binding, Context};
use crate::keymap::chord::Chord;
use crate::model::shown::Shown;

/// What no action may depend on alone: multiplexers and terminals keep these for themselves.
const KEPT: [&str; 4] = ["ctrl-a", "ctrl-b", "ctrl-s", "ctrl-q"];

/// The keys by the names that the table would give them; `None` where one of them was told as a mistake.
pub(super) fn chords(
    reading: &mut Reading<'_>,
    binding: &Binding,
    value: &Value<'_>,
) -> Option<Vec<String>> {
    let (name, example) = (binding.name, example(binding));
    let Some(items) = value.get_ref().as_array() else {
        let must = format!("a list of keys, such as {name} = [\"{example}\"]");
        reading.tell_kind(name, value, &must);
        return None;
    };
    let mut keys: Vec<String> = Vec::with_capacity(items.len());
    let mut is_sound = true;
    for item in items {
        let Some(text) = item.get_ref().as_str() else {
            let must = format!("a key in quotes, such as \"{example}\"");
            reading.tell_kind(&format!("an item of {name}"), item, &must);
            is_sound = false;
            continue;
        };
        let quoted = reading.quoted(item.span(), text);
        let told = match key(binding, text, &quoted) {
            Ok(key) if keys.contains(&key) => format!("{quoted} stands in {name} twice; keep one"),
            Ok(key) => {
                keys.push(key);
                continue;
            }
            Err(told) => told,
        };
        reading.tell(item.span().start, told);
        is_sound = false;
    }
    if is_sound && !keys.is_empty() && keys.iter().all(|key| KEPT.contains(&key.as_str())) {
        let words = format!(
            "{name} would depend on {}, which terminals and multiplexers take for themselves; \
             give it another key too",
            keys.join(" and ")
        );
        reading.tell(value.span().start, words);
        is_sound = false;
    }
    is_sound.then_some(keys)
}

/// The key as the table names it, or why the action cannot have it.
fn key(binding: &Binding, text: &str, quoted: &str) -> Result<String, String> {
    let is_clean = Shown::line(text).hidden() == 0;
    let Some(chord) = Chord::parse(text).filter(|_| is_clean) else {
        return Err(format!("{quoted} is no key; {}", advice(text)));
    };
    if let Some(same) = chord.same() {
        return Err(format!(
            "a terminal sends {same} for {quoted}; write \"{same}\""
        ));
    }
    let (name, context) = (binding.name, binding.context.name());
    if matches!(binding.action, Action::CopyAttachment(_)) {
        let is_number = matches!(chord.letter(), Some('1'..='9'));
        let only = "takes the attachment's number from its key: only \"1\" to \"9\" can be such";
        return is_number
            .then(|| text.to_owned())
            .ok_or_else(|| format!("{name} {only}, not {quoted}"));
    }
    let is_text = chord.letter().is_some_and(|letter| match binding.context {
        Context::Anywhere
        | Context::Box
        | Context::TokenPrompt
        | Context::FindPrompt
        | Context::ProfilePicker => true,
        // No id begins with a sign.
        Context::EmptyBox => letter.is_alphanumeric(),
        _ => false,
    });
    if is_text {
        return Err(format!(
            "{quoted} is text where [{context}] holds, so {name} cannot have it"
        ));
    }
    Ok(chord.to_string())
}

/// The nearest key, or what keys look like.
fn advice(text: &str) -> String {
    let lower = text.to_lowercase();
    let bare = lower.trim_start_matches("ctrl-").trim_start_matches("alt-");
    let (before, word) = lower.split_at(lower.len() - bare.len());
    let named = nearest(word, Chord::names()).map(|name| format!("{before}{name}"));
    let modified = lower.split_once('-').and_then(|(modifier, rest)| {
        let modifier = match modifier {
            "control" | "ctl" | "strg" | "c" => "ctrl",
            "meta" | "option" | "opt" | "m" | "a" => "alt",
            near => nearest(near, ["ctrl", "alt"].into_iter())?,
        };
        Some(format!("{modifier}-{rest}"))
    });
    let near = [named, modified]
        .into_iter()
        .flatten()
        .find(|near| Chord::parse(near).is_some());
    match near {
        Some(near) => format!("the nearest is \"{near}\""),
        None => "keys are named like a, G, ?, enter, pgdn, f5, shift-tab, ctrl-x, alt-x".to_owned(),
    }
}

/// A key that the action may have: its first by default.
fn example(binding: &Binding) -> &'static str {
    binding.keys.split(' ').next().unwrap_or_default()
}
