//! Tokens in the files of the history, after lookups of each kind that keep something.
//! Never here: what else is in them.

use super::{ID, PARTS, TOKENS};
use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::program::Program;
use crate::support::wire::{Wire, json};

#[test]
fn no_token_is_in_the_files_of_the_history() {
    let answers = [
        Wire::start(|_| json(200, fixture("sms-inbound.json"))),
        // Repeats the request's headers where it refuses, as some proxies do.
        Wire::start(|request| {
            let headers = request.headers.iter();
            let headers: Vec<String> = headers
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            json(
                401,
                format!(r#"{{"message":"Invalid JWT {}"}}"#, headers.join(" ")),
            )
        }),
    ];
    let home = Folder::new();
    let data = home.path("data");
    for wire in &answers {
        for token in TOKENS {
            let file = home.file("token", token);
            for arguments in [&["get", ID][..], &["get", ID, "--token-file", &file]] {
                Program::new(arguments)
                    .variable("MSGSCOPE_TOKEN", token)
                    .variable("MSGSCOPE_BASE_URL", &wire.base_url())
                    .variable("MSGSCOPE_DATA_DIR", &data)
                    .without("MSGSCOPE_NO_HISTORY")
                    .run();
            }
        }
    }
    let mut files = 0;
    for file in std::fs::read_dir(data).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for part in PARTS {
            let is_there = bytes
                .windows(part.len())
                .any(|window| window == part.as_bytes());
            assert!(!is_there, "{part} in {}", path.display());
        }
        files += 1;
    }
    assert!(files >= 1);
}
