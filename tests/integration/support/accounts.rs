//! Three sub-accounts on one server that tells them apart by their tokens, and the config file for them.
//! Never a token that two of them share.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use tempfile::TempDir;

use super::fixtures::fixture;
use super::wire::{Request, Step, Wire, json};

/// Those of the profiles `acme`, `bravo` and `charlie`.
pub(crate) const TOKENS: [&str; 3] = ["pit-acme", "pit-bravo", "pit-charlie"];

pub(crate) const OF_ACME: &str = "ve9EPM428h8vShlRW1KT";
pub(crate) const OF_BRAVO: &str = "h8TC9QDvm6i0bnGVjVV0";
pub(crate) const OF_CHARLIE: &str = "VY80mMXYjmpyLMocAVq5";
pub(crate) const OF_ALL: &str = "STAjKD1GNDCJfbNOjHzr";
pub(crate) const OF_NOBODY: &str = "aaaaBBBBccccDDDDeeee";
/// In none of them, as far as is known: `bravo`'s token is refused for it.
pub(crate) const OF_WHOM: &str = "aaaaBBBBccccDDDDffff";

/// The variable that holds the first token.
pub(crate) const VARIABLE: (&str, &str) = ("ACME_TOKEN", TOKENS[0]);

/// The server and a folder with the config file; both end with this.
pub(crate) struct Accounts {
    server: Wire,
    folder: TempDir,
}

impl Accounts {
    /// The first profile's token is in a variable, the second's in a file, the third's comes from a command
    /// that leaves a line behind each time it is run.
    pub(crate) fn new() -> Self {
        let accounts = Self {
            server: Wire::start(answer),
            folder: tempfile::tempdir().unwrap(),
        };
        let token_file = accounts.path("bravo.token");
        fs::write(&token_file, TOKENS[1]).unwrap();
        fs::set_permissions(&token_file, fs::Permissions::from_mode(0o600)).unwrap();
        let (runs, base_url) = (accounts.path("runs"), accounts.server.base_url());
        let script = format!("echo run >> {}; echo {}", runs.display(), TOKENS[2]);
        let profiles = [
            ("acme", format!("token_env = \"{}\"", VARIABLE.0)),
            ("bravo", format!("token_file = '{}'", token_file.display())),
            (
                "charlie",
                format!("token_command = [\"sh\", \"-c\", {script:?}]"),
            ),
        ];
        let profiles = profiles.map(|(name, token)| {
            format!("[profiles.{name}]\nbase_url = \"{base_url}\"\n{token}\n")
        });
        fs::write(accounts.path("config.toml"), profiles.concat()).unwrap();
        accounts
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the config file is.
    pub(crate) fn config(&self) -> String {
        self.path("config.toml").to_str().unwrap().to_owned()
    }

    /// With which tokens that message was asked for so far, in the order of the profiles.
    pub(crate) fn asked_for(&self, id: &str) -> Vec<String> {
        let path = format!("/conversations/messages/{id}");
        let requests = self.server.requests();
        let own = requests.iter().filter(|request| request.path == path);
        let mut tokens: Vec<String> = own.map(|request| token(request).to_owned()).collect();
        tokens.sort();
        tokens
    }

    /// How often the third profile's command was run.
    pub(crate) fn runs(&self) -> usize {
        let runs = fs::read_to_string(self.path("runs"));
        runs.map_or(0, |runs| runs.lines().count())
    }
}

fn token(request: &Request) -> &str {
    let authorization = request.header("authorization").unwrap();
    authorization.strip_prefix("Bearer ").unwrap()
}

fn answer(request: &Request) -> Vec<Step> {
    let own = match token(request) {
        "pit-acme" => OF_ACME,
        "pit-bravo" => OF_BRAVO,
        "pit-charlie" => OF_CHARLIE,
        other => panic!("an unknown token {other}"),
    };
    match request.path.strip_prefix("/conversations/messages/") {
        Some(id) if id == own || id == OF_ALL => json(200, fixture("sms-outbound-delivered.json")),
        Some(OF_WHOM) if own == OF_BRAVO => json(401, fixture("error-401-invalid-pit.json")),
        _ => json(404, r#"{"statusCode":404,"message":"Message not found"}"#),
    }
}
