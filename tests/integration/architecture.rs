//! Who may import whom, and what a file may be: the rules that the compiler does not look after.
//! Never here: a rule bent for one file. A new exception is a line of a table, and needs a reason.

mod source;

use std::collections::BTreeSet;
use std::fs;

use source::{Source, crate_folder, sources};

/// Module → what it may name of the others: a whole module, or one part of it. Itself always.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("environment", &[]),
    ("demo", &[]),
    ("api", &["model"]),
    ("app", &["model"]),
    ("export", &["model"]),
    ("store", &["model"]),
    ("keymap", &["app"]),
    ("ui", &["app", "keymap", "model"]),
    (
        "runtime",
        &[
            "app",
            "ui",
            "keymap",
            "api",
            "store",
            "export",
            "model",
            "environment",
        ],
    ),
    // The words of a flag are those of the setting; an argument that looks like a token is refused, and one that
    // names fields is read.
    (
        "args",
        &[
            "environment::ClipboardChoice",
            "model::id",
            "model::path",
            "model::shown",
        ],
    ),
    (
        "config",
        &[
            "args",
            "environment",
            "api",
            "store",
            "keymap",
            "app::setting",
            // A key map names contexts and actions.
            "app::action",
            "ui::theme",
            // A user's explanations are read as the program's own.
            "model::explain",
            // A token in the config file is refused, and what is quoted of the file is made harmless.
            "model::id",
            "model::shown",
            "model::whom",
        ],
    ),
    // Config and doctor tell of the settings and the surroundings, the manual page of the keys.
    (
        "cli",
        &[
            "api",
            "store",
            "export",
            "model",
            "args",
            "config",
            "environment",
            "app::action",
            "ui::theme",
        ],
    ),
    // State and first events of the console.
    (
        "main",
        &[
            "args",
            "environment",
            "config",
            "runtime",
            "cli",
            "demo",
            "app::Event",
            "app::State",
        ],
    ),
    ("lib", &[]),
];

/// Module → words that must not stand in its code, tests left out.
const MUST_NOT_SAY: &[(&str, &[&str])] = &[
    (
        "model",
        &[
            "tokio",
            "reqwest",
            "ratatui",
            "crossterm",
            "std::fs",
            "std::env",
            "std::net",
            "Timestamp::now",
            "Instant::now",
            "SystemTime",
            "TimeZone::system",
        ],
    ),
    (
        "api",
        &[
            "ratatui",
            "crossterm",
            "std::env",
            "io::stdout",
            "io::stderr",
        ],
    ),
    (
        "app",
        &[
            ".await",
            "async ",
            "tokio",
            "reqwest",
            "crossterm",
            "std::fs",
            "std::env",
            "std::io",
            "std::process",
            "Timestamp::now",
            "Instant::now",
            "SystemTime",
            "TimeZone::system",
        ],
    ),
    (
        "ui",
        &[
            ".await",
            "async ",
            "tokio",
            "crossterm",
            "&mut State",
            "std::fs",
            "std::env",
            "Timestamp::now",
            "Instant::now",
            // These filter nothing: a text from outside could steer the terminal.
            "set_symbol",
            "set_char",
            "Span::raw",
        ],
    ),
    (
        "environment",
        &["std::env", "tokio", "ratatui", "crossterm"],
    ),
    ("keymap", &["tokio", "ratatui", "std::fs", "std::env"]),
    (
        "export",
        &[
            "tokio", "reqwest", "ratatui", "std::fs", "std::env", "stdout",
        ],
    ),
    (
        "cli",
        &["println!", "ratatui", "crossterm", "reqwest", "env::var"],
    ),
    ("args", &["ratatui", "crossterm", "tokio"]),
];

/// Libraries that one file alone may name.
const ONE_FILE_EACH: &[(&str, &str)] = &[
    ("reqwest", "src/api/client.rs"),
    ("arboard", "src/runtime/clipboard.rs"),
    ("rusqlite", "src/store/database.rs"),
];

const TOP_LEVEL: [&str; 8] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "src",
    "tests",
];

const MOST_LINES: usize = 400;

/// Fails with all of them at once.
#[track_caller]
fn assert_none(faults: impl IntoIterator<Item = String>) {
    let faults: BTreeSet<String> = faults.into_iter().collect();
    let list = faults.into_iter().collect::<Vec<_>>().join("\n");
    assert!(list.is_empty(), "\n{list}");
}

fn of_module<'a>(sources: &'a [Source], module: &str) -> impl Iterator<Item = &'a Source> {
    sources
        .iter()
        .filter(move |source| source.module() == module)
}

#[test]
fn a_module_imports_only_what_the_table_allows() {
    let sources = sources("src");
    let known: BTreeSet<&str> = MAY_IMPORT.iter().map(|(module, _)| *module).collect();
    assert_none(sources.iter().filter_map(|source| {
        let unknown = !known.contains(source.module());
        unknown.then(|| format!("{}: its module is not in the table", source.path))
    }));
    assert_none(MAY_IMPORT.iter().flat_map(|(module, allowed)| {
        of_module(&sources, module).flat_map(move |source| {
            let own = source.module();
            let foreign = source.imports().into_iter().filter(move |path| {
                let top = path.split("::").next().unwrap_or_default();
                top != own && !allowed.contains(&top) && !allowed.contains(&path.as_str())
            });
            foreign.map(|path| format!("{}: names {path}", source.path))
        })
    }));
}

#[test]
fn no_file_climbs_out_of_its_module() {
    assert_none(sources("src").iter().filter_map(|source| {
        let depth = source.path.matches('/').count() - 1;
        let climbs = source.code.contains(&"super::".repeat(depth + 1));
        climbs.then(|| format!("{}: leaves its module by super::", source.path))
    }));
}

#[test]
fn what_a_layer_must_not_do_is_not_named_in_it() {
    let sources = sources("src");
    assert_none(MUST_NOT_SAY.iter().flat_map(|(module, words)| {
        of_module(&sources, module).flat_map(|source| {
            let said = words.iter().filter(|word| source.says(word));
            said.map(|word| format!("{}: says {word}", source.path))
        })
    }));
}

#[test]
fn nobody_prints() {
    let words = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    assert_none(sources("src").iter().flat_map(|source| {
        let said = words.iter().filter(|word| source.says(word));
        said.map(|word| format!("{}: says {word}", source.path))
    }));
}

#[test]
fn a_library_of_the_outside_is_named_by_one_file() {
    let sources = sources("src");
    for (library, place) in ONE_FILE_EACH {
        let naming = sources.iter().filter(|source| source.says(library));
        let naming: Vec<_> = naming.map(|source| source.path.as_str()).collect();
        assert_eq!(naming, [*place], "{library}");
    }
}

#[test]
fn no_file_is_long() {
    let all = [sources("src"), sources("tests")].concat();
    assert_none(all.iter().filter_map(|source| {
        let lines = source.text.lines().count();
        let most = if source.path == "src/main.rs" {
            80
        } else {
            MOST_LINES
        };
        (lines > most).then(|| format!("{}: {lines} lines, {most} at most", source.path))
    }));
}

#[test]
fn files_are_named_by_nouns_of_the_domain_and_say_what_they_are() {
    let all = [sources("src"), sources("tests")].concat();
    assert_none(all.iter().flat_map(|source| {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let vague = [
            "mod.rs", "util", "helper", "misc", "common", "manager", "types.rs",
        ];
        let vague = vague.iter().any(|word| name.contains(word));
        let silent = !source.text.starts_with("//!");
        let faults = [
            (vague, "its name says nothing"),
            (silent, "does not say what it is"),
        ];
        let faults = faults.into_iter().filter(|(is_so, _)| *is_so);
        faults.map(|(_, words)| format!("{}: {words}", source.path))
    }));
}

#[test]
fn functions_and_types_are_not_named_by_filling_words() {
    let starts = ["get_", "do_", "handle_", "process_"];
    let ends = ["Manager", "Helper", "Util", "Utils", "Data", "Info"];
    assert_none(sources("src").iter().flat_map(|source| {
        source.definitions().filter_map(move |(kind, name)| {
            let filling = match kind {
                "fn" => starts.iter().any(|start| name.starts_with(start)),
                _ => ends.iter().any(|end| name.ends_with(end)),
            };
            filling.then(|| format!("{}: {kind} {name}", source.path))
        })
    }));
}

#[test]
fn nothing_is_left_for_later() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
    ];
    let all = [sources("src"), sources("tests")].concat();
    assert_none(all.iter().flat_map(|source| {
        let said = words.iter().filter(|word| source.text.contains(*word));
        said.map(|word| format!("{}: {word}", source.path))
    }));
}

#[test]
fn the_top_level_holds_these_and_dot_folders_only() {
    let entries = fs::read_dir(crate_folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // What is built is no part of it: .gitignore says so.
    let own = names.filter(|name| !name.starts_with('.') && name != "target");
    let own: BTreeSet<String> = own.collect();
    assert_eq!(own, TOP_LEVEL.map(str::to_owned).into());
}
