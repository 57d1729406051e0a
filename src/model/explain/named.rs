//! What is known under a name that somebody typed: a code, a status, an error's words.
//! Never of a message: what explains one is chosen by the rules of trust.

use std::collections::HashSet;

use super::entry::{Entry, FAMILIES};
use super::{Explanations, scan};

impl Explanations {
    /// All that is known under a name: a canonical code, a status or call status or a code in each of its families, an
    /// error's words, a code within them. The first of these that knows it.
    pub fn named(&self, name: &str) -> Vec<&Entry> {
        let name = name.trim();
        if name.is_empty() {
            return Vec::new();
        }
        if let Some(entry) = self.of_canonical(name) {
            return vec![entry];
        }
        let word = name.to_lowercase();
        let exact = self.exactly(&word);
        if !exact.is_empty() {
            return exact;
        }
        let text = scan::plain(name);
        let phrase = self.of_phrase(&text, |_| true);
        phrase.map_or_else(|| self.with_code_in(&text), |entry| vec![entry])
    }

    /// Every status, call status and code that begins so, once, in the order of the lists; with what explains it first.
    pub fn beginning_with(&self, beginning: &str) -> Vec<(&str, &Entry)> {
        let mut seen = HashSet::new();
        let all = self.lists().into_iter().flatten().flat_map(|entry| {
            let words = [&entry.statuses, &entry.calls, &entry.codes];
            words
                .into_iter()
                .flatten()
                .map(move |word| (word.as_str(), entry))
        });
        all.filter(|(word, _)| {
            !word.is_empty() && word.starts_with(beginning) && seen.insert(*word)
        })
        .collect()
    }

    fn exactly(&self, word: &str) -> Vec<&Entry> {
        let has = |words: &[String]| words.iter().any(|own| own == word);
        let is_named = |entry: &&Entry| {
            let is_status = has(&entry.statuses) || has(&entry.calls);
            is_status || entry.has_code(word) || entry.has_part(word)
        };
        let [users, own] = self.lists();
        let mut named: Vec<&Entry> = users.iter().filter(is_named).collect();
        let count = named.len();
        for entry in own.iter().filter(is_named) {
            // One of the user's stands in its place.
            let is_same = |other: &&Entry| has(&other.statuses) == has(&entry.statuses);
            let mut before = named[..count].iter().filter(|other| is_same(other));
            if !before.any(|other| other.covers(entry)) {
                named.push(entry);
            }
        }
        named
    }

    /// By a code within the text, in each family that has it.
    fn with_code_in(&self, text: &str) -> Vec<&Entry> {
        let mut found: Vec<&Entry> = Vec::new();
        for (_, family, _) in FAMILIES {
            let codes = scan::codes(text, family).into_iter();
            let mut codes = scan::named(text).into_iter().chain(codes);
            let entry = codes.find_map(|code| self.of_code(&code, family));
            found.extend(entry.filter(|entry| !found.contains(entry)));
        }
        found
    }
}
