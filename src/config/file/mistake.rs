//! A mistake in one of the files that settings are read from, told by its line, and how many of them are listed.
//! Never holds a text of the file that looks like a token.

use std::path::PathBuf;

use crate::model::shown::visible;

/// So many are listed; of the others the number is told.
const LISTED: usize = 50;

/// What is wrong in a line, and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {words}")]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// One harmless line.
    pub words: String,
}

/// All that is wrong with the files: each mistake on a line of its own, with the file's name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", told(.0))]
pub struct Mistaken(pub Vec<OfFile>);

/// What is wrong with one file: nothing at all where another one is at fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfFile {
    /// What it is called, such as "the key map".
    pub name: &'static str,
    pub path: Option<PathBuf>,
    pub mistakes: Vec<Mistake>,
}

fn told(files: &[OfFile]) -> String {
    let at_fault = files.iter().filter(|file| !file.mistakes.is_empty());
    let names: Vec<&str> = at_fault.map(|file| file.name).collect();
    let many = files.iter().map(|file| file.mistakes.len()).sum::<usize>() > 1;
    let head = if many { "mistakes" } else { "a mistake" };
    let lines = files.iter().flat_map(|file| {
        let path = file.path.as_ref().map(|path| path.display().to_string());
        let path = visible(&path.unwrap_or_default());
        file.mistakes.iter().map(move |mistake| {
            let Mistake { line, words } = mistake;
            format!("{path}:{line}: {words}")
        })
    });
    let names = match names.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    };
    std::iter::once(format!("{head} in {names}"))
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n  ")
}

/// In order of lines, those of one line as they were found; no more than can be read.
pub(super) fn listed(mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    mistakes.sort_by_key(|mistake| mistake.line);
    let more = mistakes.len().saturating_sub(LISTED);
    if let Some(next) = mistakes.get(LISTED) {
        let line = next.line;
        mistakes.truncate(LISTED);
        mistakes.push(Mistake {
            line,
            words: format!("and {more} more"),
        });
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(number: usize) -> Vec<Mistake> {
        let words = || "wrong".to_owned();
        (1..=number)
            .rev()
            .map(|line| Mistake {
                line,
                words: words(),
            })
            .collect()
    }

    #[test]
    fn mistakes_are_listed_in_order_of_lines() {
        let lines: Vec<usize> = listed(many(50)).iter().map(|one| one.line).collect();
        assert_eq!(lines, (1..=50).collect::<Vec<_>>());
    }

    #[test]
    fn of_more_than_fifty_the_number_is_told() {
        let listed = listed(many(73));
        assert_eq!(listed.len(), 51);
        assert_eq!(
            listed.last().map(Mistake::to_string).as_deref(),
            Some("line 51: and 23 more")
        );
    }
}
