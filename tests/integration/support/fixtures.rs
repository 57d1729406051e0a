//! Answers shaped as the real API gives them, a file a sighting; everybody in them is invented.
//! Never here: a body that was changed to make a test pass.

use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/integration/fixtures")
}

/// The bytes of a fixture, named as its file is: `sms-inbound.json`.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_fixture_is_json() {
    let files = fs::read_dir(folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let parsed = names.map(|name| {
        let body = serde_json::from_slice::<serde_json::Value>(&fixture(&name));
        body.unwrap_or_else(|error| panic!("{name}: {error}"))
    });
    assert!(parsed.count() > 50);
}
