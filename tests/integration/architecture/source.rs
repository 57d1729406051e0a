//! The program's own source, read as text.
//! Never a parser: what it finds is what rustfmt writes.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of Rust.
#[derive(Clone)]
pub(super) struct Source {
    /// From the crate's folder, with `/`.
    pub(super) path: String,
    pub(super) text: String,
    /// Without comments and tests; nothing in a file of tests.
    pub(super) code: String,
}

pub(super) fn crate_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of Rust below a folder of the crate, by path.
pub(super) fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&crate_folder().join(folder), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(found.len() > 20, "{folder}");
    let of_tests: Vec<String> = found.iter().flat_map(Source::files_of_tests).collect();
    for source in &mut found {
        let is_of_tests = of_tests.iter().any(|path| {
            let below = source.path.strip_prefix(path.as_str());
            below.is_some_and(|below| below == ".rs" || below.starts_with('/'))
        });
        if is_of_tests {
            source.code.clear();
        }
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(crate_folder()).unwrap();
            found.push(Source {
                path: path.to_str().unwrap().replace('\\', "/"),
                code: code(&text),
                text,
            });
        }
    }
}

fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let tests_begin = line.starts_with("#[cfg(") && line.contains("test");
        if tests_begin
            && lines
                .peek()
                .is_some_and(|next| next.ends_with("mod tests {"))
        {
            break;
        }
        let line = match line.find("//") {
            // Not of a URL.
            Some(at) if !line[..at].ends_with(':') => &line[..at],
            _ => line,
        };
        code.push_str(line);
        code.push('\n');
    }
    code
}

impl Source {
    /// The top module it belongs to: `app` for `src/app.rs` and `src/app/layout.rs`.
    pub(super) fn module(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        let name = below.split('/').next().unwrap_or_default();
        name.trim_end_matches(".rs")
    }

    /// The modules it declares for tests alone, as paths without `.rs`.
    fn files_of_tests(&self) -> impl Iterator<Item = String> {
        let folder = self.path.trim_end_matches(".rs");
        let declared = self.text.split("#[cfg(test)]\nmod ").skip(1);
        let names = declared.filter_map(|rest| rest.lines().next()?.strip_suffix(';'));
        names.map(move |name| format!("{folder}/{name}"))
    }

    /// The word stands in the code by itself, not as a part of another.
    pub(super) fn says(&self, word: &str) -> bool {
        let in_word = |char: char| char.is_alphanumeric() || char == '_';
        self.code.match_indices(word).any(|(at, _)| {
            let before = self.code[..at].chars().next_back();
            let after = self.code[at + word.len()..].chars().next();
            !(word.starts_with(in_word) && before.is_some_and(in_word)
                || word.ends_with(in_word) && after.is_some_and(in_word))
        })
    }

    /// What it names of the crate, two words deep: `model`, `app::state`.
    pub(super) fn imports(&self) -> Vec<String> {
        let root = if self.path == "src/main.rs" {
            "msgscope::"
        } else {
            "crate::"
        };
        let mut found = Vec::new();
        for (at, _) in self.code.match_indices(root) {
            let before = self.code[..at].chars().next_back();
            if !before.is_some_and(|char| char.is_alphanumeric() || char == '_') {
                branches(&self.code[at + root.len()..], 2, "", &mut found);
            }
        }
        found
    }

    /// Kind and name of each function and type.
    pub(super) fn definitions(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = self.code.split_whitespace();
        let pairs = words.clone().zip(words.skip(1));
        pairs.filter_map(|(kind, name)| {
            let end = name.find(|char: char| !char.is_alphanumeric() && char != '_');
            let name = &name[..end.unwrap_or(name.len())];
            ["fn", "struct", "enum", "trait", "type"]
                .contains(&kind)
                .then_some((kind, name))
        })
    }
}

/// The paths that begin here, as deep as asked: `a::{b, c::d}` holds `a::b` and `a::c`.
fn branches(text: &str, depth: usize, before: &str, found: &mut Vec<String>) {
    let text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        let mut level = 0;
        let mut start = 0;
        for (at, char) in group.char_indices() {
            match char {
                '{' => level += 1,
                '}' if level > 0 => level -= 1,
                ',' | '}' if level == 0 => {
                    if !group[start..at].trim().is_empty() {
                        branches(&group[start..at], depth, before, found);
                    }
                    start = at + 1;
                    if char == '}' {
                        return;
                    }
                }
                _ => {}
            }
        }
        return;
    }
    let end = text.find(|char: char| !char.is_alphanumeric() && char != '_');
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    let path = match (before, word) {
        ("", word) => word.to_owned(),
        (before, "self") => before.to_owned(),
        (before, word) => format!("{before}::{word}"),
    };
    match rest.strip_prefix("::") {
        Some(rest) if depth > 1 => branches(rest, depth - 1, &path, found),
        _ => found.push(path),
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, branches, code};

    #[test]
    fn every_path_of_a_group_is_found_two_words_deep() {
        let mut found = Vec::new();
        branches(
            "{cli, app::{self, state::{State, Detail}}, ui::draw};",
            2,
            "",
            &mut found,
        );
        assert_eq!(found, ["cli", "app", "app::state", "ui::draw"]);
        branches("model::id::MessageId, x", 2, "", &mut found);
        assert_eq!(found.last().map(String::as_str), Some("model::id"));
    }

    #[test]
    fn comments_and_tests_are_no_code_and_a_word_is_a_whole_one() {
        let text = "//! tokio\nuse reqwests; // reqwest\nlet a = \"http://x\";\n\
                    #[cfg(test)]\nmod tests {\n    use ratatui;\n}\n";
        let source = Source {
            path: "src/app.rs".to_owned(),
            text: text.to_owned(),
            code: code(text),
        };
        assert!(
            !["tokio", "reqwest", "ratatui"]
                .iter()
                .any(|word| source.says(word))
        );
        assert!(source.says("reqwests") && source.code.contains("http://x"));
    }
}
