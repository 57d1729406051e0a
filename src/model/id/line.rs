//! Lines of text: lists of ids, and log lines with an id behind a key, in a link, or alone among words.
//! Never here: JSON objects, which `object` reads.

use super::key::{Rank, opens, rank};
use super::link::{self, ends_link};
use super::word::{foreign, is_alphanumeric, is_random, is_unusual, is_usual};
use super::{IdError, MessageId};

/// What a line holds. `refusal` says why it holds none, where that is known.
#[derive(Default, Debug)]
pub(super) struct Held {
    pub ids: Vec<MessageId>,
    /// What told the ids from others.
    pub key: Option<&'static str>,
    /// How many different ids stood there.
    pub of: usize,
    pub refusal: Option<IdError>,
}

/// A word with the form of an id, and what stands before it.
struct Candidate {
    word: String,
    rank: Rank,
}

/// The ids in the parts of one line, of which JSON objects were taken out.
pub(super) fn held(parts: &[&str]) -> Held {
    let mut held = Held::default();
    let mut candidates = Vec::new();
    let mut linked = Vec::new();
    for part in parts {
        let part = without_links(part, |link| match link {
            Ok(id) => linked.push(id),
            Err(refusal) => held.refusal = held.refusal.take().or(Some(refusal)),
        });
        if linked.is_empty() && held.refusal.is_none() && parts.len() == 1 {
            held.ids = listed(&part);
            if !held.ids.is_empty() {
                return held;
            }
        }
        candidates.extend(candidates_in(&part));
        held.refusal = held.refusal.take().or_else(|| {
            words(&part).find_map(|word| foreign(word).or_else(|| foreign(value(word))))
        });
    }
    choose(held, linked, &candidates)
}

fn choose(mut held: Held, linked: Vec<MessageId>, candidates: &[Candidate]) -> Held {
    let of_rank = |wanted: Rank, fits: fn(&str) -> bool| {
        let mut words: Vec<&str> = Vec::new();
        for Candidate { word, rank } in candidates {
            if *rank == wanted && fits(word) && !words.contains(&word.as_str()) {
                words.push(word);
            }
        }
        words
    };
    let ids = |words: Vec<&str>| {
        words
            .into_iter()
            .filter_map(|word| MessageId::new(word).ok())
            .collect::<Vec<_>>()
    };
    let is_id = |candidate: &&Candidate| {
        is_usual(&candidate.word) && (candidate.rank != Rank::Bare || is_random(&candidate.word))
    };
    let ids_there = candidates.iter().filter(is_id);
    let mut distinct: Vec<&str> = ids_there.map(|candidate| candidate.word.as_str()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    held.of = distinct.len();
    held.key = linked.is_empty().then_some("messageId");
    held.ids = linked;
    held.ids.extend(ids(of_rank(Rank::MessageId, is_usual)));
    if !held.ids.is_empty() {
        return held;
    }
    let looks_like_id = |word: &str| is_usual(word) && is_random(word);
    for (rank, key) in [(Rank::Message, "message"), (Rank::Id, "id")] {
        held.ids = ids(of_rank(rank, looks_like_id));
        if !held.ids.is_empty() {
            held.key = Some(key);
            return held;
        }
    }
    let mut bare = of_rank(Rank::Bare, looks_like_id);
    let with_digit = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
    if bare.iter().any(with_digit) {
        bare.retain(with_digit);
    }
    match bare.len() {
        0 => {
            held.key = None;
            held.ids = ids(of_rank(Rank::MessageId, is_unusual));
            if held.of > 0 {
                held.refusal = held.refusal.or(Some(IdError::OtherIds));
            }
        }
        1 => {
            held.key = None;
            held.ids = ids(bare);
        }
        found => held.refusal = Some(IdError::Ambiguous { found }),
    }
    held
}

/// The line with the links that were understood, and all with a scheme, taken out.
fn without_links(line: &str, mut take: impl FnMut(Result<MessageId, IdError>)) -> String {
    let mut rest = line;
    let mut left = String::with_capacity(line.len());
    while !rest.is_empty() {
        let (word, behind) = rest.split_at(rest.find(ends_link).unwrap_or(rest.len()));
        let named = word.contains('/').then(|| link::named(word)).flatten();
        if named.is_none() && !word.contains("://") {
            left.push_str(word);
        }
        if let Some(named) = named {
            take(named);
        }
        let end = behind.len() - behind.trim_start_matches(ends_link).len();
        left.push_str(&behind[..end]);
        rest = &behind[end..];
    }
    left
}

/// What stands around words and is no part of them.
pub(super) fn is_wrapping(char: char) -> bool {
    char.is_whitespace() || "\"'`´“”„‘’‚«»‹›()[]{}<>,;.:!*_~|\\•·-–—#→".contains(char)
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | '|'));
    parts
        .map(|word| word.trim_matches(is_wrapping))
        .filter(|word| !word.is_empty())
}

/// What stands behind a key.
fn value(word: &str) -> &str {
    word.rsplit(['=', ':', '"', '\'']).next().unwrap_or(word)
}

/// The ids of a line that holds nothing else, but for the numbers of a list and a comment at its end.
fn listed(line: &str) -> Vec<MessageId> {
    let line = line.split_once(" #").map_or(line, |(ids, _)| ids);
    let number = |word: &&str| word.len() > 4 || !word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = words(line).filter(number).collect();
    let ids = words.len() == 1 || words.iter().all(|word| is_random(word));
    if ids && words.iter().all(|word| is_usual(word)) {
        words
            .iter()
            .filter_map(|word| MessageId::new(word).ok())
            .collect()
    } else {
        Vec::new()
    }
}

/// The words that have the form of an id, or may have it where a message's id belongs.
fn candidates_in(line: &str) -> Vec<Candidate> {
    let in_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let bytes = line.as_bytes();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut behind = 0;
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(|byte| in_word(*byte)) {
        let from = at + skipped;
        at = bytes[from..]
            .iter()
            .position(|byte| !in_word(*byte))
            .map_or(bytes.len(), |length| from + length);
        let word = line[from..at].trim_matches(['_', '-']);
        let start = from + line[from..at].find(word).unwrap_or(0);
        let end = start + word.len();
        if word.is_empty()
            || word.len() > MessageId::MAX_LENGTH
            || !is_alphanumeric(word)
            || is_part(bytes, start, end)
        {
            continue;
        }
        let between = &line[behind..start];
        let in_list =
            between.chars().all(|char| char == ',' || opens(char)) && between.contains(',');
        let rank = match candidates.last() {
            Some(before) if in_list => before.rank,
            _ => rank(&line[..start]),
        };
        if is_usual(word) || rank == Rank::MessageId && is_unusual(word) {
            candidates.push(Candidate {
                word: word.to_owned(),
                rank,
            });
            behind = end;
        }
    }
    candidates
}

/// The word is a piece of something larger: a path, a file, a mail address, an encoded text, a call, a key.
fn is_part(line: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|at| line[at]);
    let behind = |at: usize| line.get(at).copied();
    matches!(before, Some(b'/' | b'.' | b'%' | b'@' | b'+'))
        || matches!(behind(end), Some(b'/' | b'@' | b'=' | b'('))
        || behind(end) == Some(b'.')
            && behind(end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric())
}
