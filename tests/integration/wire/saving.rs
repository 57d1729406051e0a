//! Recordings and attachments, from exact bytes on the wire to files in a folder.
//! Never here: the keys that have them saved; those are in `screens`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use msgscope::api::clients::Clients;
use msgscope::api::log::Log;
use msgscope::model::id::MessageId;
use msgscope::model::saving::{Arrived, Neighbours, Piece, Refusal, SavedFile, Source, Unsaved};
use msgscope::runtime::download::{Downloads, saved};
use tempfile::TempDir;

use super::{AMPLE, ID, SHORT, TOKEN, settings};
use crate::support::clients::{given, identity};
use crate::support::wire::{Request, Step, Wire, bytes, cut, drip, json, silent};

const LOCATION: &str = "7ysh0vjy4EDQXyzqTu7v";
const WAV: &[u8] = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00";

fn recording() -> Piece {
    Piece::Recording {
        message: MessageId::new(ID).unwrap(),
        location: MessageId::new(LOCATION).unwrap(),
    }
}

fn attachment(url: &str) -> Piece {
    Piece::Attachment {
        message: MessageId::new(ID).unwrap(),
        number: 1,
        url: url.to_owned(),
    }
}

fn clients(base_url: &str, timeout: Duration) -> Clients {
    let first = (settings(base_url, timeout), identity("acme", given(TOKEN)));
    Clients::new(first, [], None)
}

fn downloads(folder: &TempDir) -> Downloads {
    Downloads::new((folder.path().into(), None))
}

async fn save(base_url: &str, piece: &Piece, folder: &TempDir) -> Result<SavedFile, Unsaved> {
    let clients = clients(base_url, AMPLE);
    saved(&clients, downloads(folder), (0, piece), |_| ()).await
}

/// What saving a recording ends in that is answered so, and that nothing of it is left.
async fn unsaved(steps: Vec<Step>) -> Unsaved {
    let wire = Wire::start(move |_| steps.clone());
    let folder = tempfile::tempdir().unwrap();
    let outcome = save(&wire.base_url(), &recording(), &folder).await;
    assert_eq!(names(folder.path()), [""; 0]);
    outcome.expect_err("nothing to save")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn whole(content_type: &str, body: &[u8]) -> Vec<Step> {
    let length = body.len().to_string();
    let headers = [
        ("Content-Type", content_type),
        ("Content-Length", length.as_str()),
    ];
    bytes(200, &headers, body)
}

fn elsewhere(location: &str) -> Vec<Step> {
    bytes(302, &[("Location", location), ("Content-Length", "0")], "")
}

fn carries_nothing(request: &Request) -> bool {
    ["authorization", "version", "cookie", "referer"]
        .iter()
        .all(|name| request.header(name).is_none())
}

#[tokio::test]
async fn a_recording_is_asked_for_as_the_profile_and_named_by_its_bytes() {
    let body = [b"ID3\x04".as_slice(), &vec![7; 100_000]].concat();
    let sent = body.clone();
    let wire = Wire::start(move |_| whole("audio/x-wav", &sent));
    let folder = tempfile::tempdir().unwrap();
    let mut told: Vec<Arrived> = Vec::new();
    let clients = clients(&wire.base_url(), AMPLE);
    let tell = |arrived| told.push(arrived);
    let file = saved(&clients, downloads(&folder), (0, &recording()), tell).await;
    let file = file.unwrap();
    let name = format!("{ID}-recording.mp3");
    assert_eq!(
        (file.path.as_path(), file.bytes),
        (folder.path().join(&name).as_path(), 100_004)
    );
    assert_eq!(names(folder.path()), [name]);
    assert_eq!(fs::read(&file.path).unwrap(), body);
    let last = told.last().unwrap();
    assert_eq!((last.bytes, last.of), (100_004, Some(100_004)));
    assert_eq!(last.extension, "mp3");

    let [request] = &wire.requests()[..] else {
        panic!("one request");
    };
    let path = format!("/conversations/messages/{ID}/locations/{LOCATION}/recording");
    assert_eq!((request.method.as_str(), &request.path), ("GET", &path));
    let bearer = format!("Bearer {TOKEN}");
    for (name, value) in [
        ("authorization", bearer.as_str()),
        ("version", "2021-07-28"),
        ("accept-encoding", "identity"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_saved_file_is_its_owners_alone_and_never_replaces_another() {
    use std::os::unix::fs::PermissionsExt as _;
    let wire = Wire::start(|_| whole("audio/x-wav", WAV));
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join(format!("{ID}-recording.wav"));
    fs::write(&first, "mine").unwrap();
    for number in [2, 3] {
        let file = save(&wire.base_url(), &recording(), &folder).await.unwrap();
        let name = format!("{ID}-recording ({number}).wav");
        assert_eq!(file.path, folder.path().join(name));
        let mode = fs::metadata(&file.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(fs::read(first).unwrap(), b"mine");
    assert_eq!(names(folder.path()).len(), 3);
}

#[tokio::test]
async fn where_there_is_no_recording_it_says_so() {
    let words = r#"{"statusCode":422,"message":"Message does not have recording"}"#;
    let code = r#"{"canonicalCode":"CONVERSATIONS_MSG_RECORDING_NOT_FOUND","message":"x","statusCode":404}"#;
    for steps in [json(422, words), json(404, code), whole("audio/x-wav", b"")] {
        assert_eq!(unsaved(steps).await, Unsaved::NoRecording);
    }
}

#[tokio::test]
async fn a_refusal_is_told_as_that_of_a_lookup() {
    let scope = r#"{"statusCode":401,"message":"The token is not authorized for this scope."}"#;
    let Unsaved::Refused { title, why } = unsaved(json(401, scope)).await else {
        panic!("a refusal");
    };
    assert_eq!(title, "not allowed");
    assert!(why.contains("may not read messages"), "{why}");
    // The status says that all is well, the words do not.
    let in_words = json(200, scope);
    assert!(matches!(unsaved(in_words).await, Unsaved::Refused { .. }));
    let limit = unsaved(json(429, r#"{"message":"Too Many Requests"}"#)).await;
    assert!(limit.to_string().starts_with("rate limit. "), "{limit}");
}

#[tokio::test]
async fn text_is_not_saved_as_audio() {
    let link = json(200, r#"{"url":"https://a.example/recording.mp3"}"#);
    assert_eq!(unsaved(link).await, Unsaved::NotAudio("JSON"));
    let called_audio = whole("audio/x-wav", br#" {"a":1}"#);
    assert_eq!(unsaved(called_audio).await, Unsaved::NotAudio("JSON"));
    let page = whole("text/html", b"<html>Sign in to this network</html>");
    let page = unsaved(page).await.to_string();
    assert!(page.starts_with("not HighLevel's answer. "), "{page}");
}

#[tokio::test]
async fn audio_that_is_called_json_is_saved() {
    let wire = Wire::start(|_| whole("application/json", WAV));
    let folder = tempfile::tempdir().unwrap();
    let file = save(&wire.base_url(), &recording(), &folder).await.unwrap();
    assert_eq!(file.bytes, WAV.len() as u64);
}

#[tokio::test]
async fn of_a_recording_that_is_cut_off_nothing_is_left() {
    let body = [WAV, &vec![0; 50_000]].concat();
    let of = body.len() as u64;
    let cut = unsaved(cut(200, body, 20_000)).await;
    let expected = Unsaved::Cut {
        after: 20_000,
        of: Some(of),
    };
    assert_eq!(cut, expected);
}

#[tokio::test]
async fn the_time_limit_is_for_the_silence_and_not_for_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let slow = Wire::start(|_| {
        let length = WAV.len().to_string();
        let mut steps = bytes(200, &[("Content-Length", &length)], "");
        steps.extend(drip(vec![Step::Send(WAV.to_vec())], SHORT / 5));
        steps
    });
    let start = Instant::now();
    let slowly = clients(&slow.base_url(), SHORT);
    let file = saved(&slowly, downloads(&folder), (0, &recording()), |_| ()).await;
    assert!(file.is_ok(), "{file:?}");
    assert!(start.elapsed() > SHORT * 2);

    let stalls = Wire::start(|_| {
        let mut steps = bytes(200, &[("Content-Length", "100")], WAV);
        steps.extend(silent());
        steps
    });
    let stalled = clients(&stalls.base_url(), SHORT);
    let file = saved(&stalled, downloads(&folder), (0, &recording()), |_| ()).await;
    assert_eq!(file, Err(Unsaved::Stalled(SHORT)));
    assert_eq!(names(folder.path()).len(), 1);
}

#[tokio::test]
async fn a_recordings_redirect_is_not_followed() {
    let other = Wire::start(|_| whole("audio/x-wav", WAV));
    let steps = elsewhere(&format!("{}/x.wav", other.base_url()));
    let told = unsaved(steps).await.to_string();
    assert!(told.starts_with("redirect not followed. "), "{told}");
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn an_attachment_is_asked_for_as_nobody_through_its_redirects() {
    let other = Wire::start(|_| whole("text/plain", b"GIF89a"));
    let target = format!("{}/o/far?sig=1", other.base_url());
    let wire = Wire::start(move |request| match request.path.as_str() {
        "/near" => elsewhere(&target),
        _ => elsewhere("/near"),
    });
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{}/files/photo?alt=media", wire.base_url());
    let file = save(&wire.base_url(), &attachment(&url), &folder).await;
    let file = file.unwrap();
    assert_eq!(file.path, folder.path().join(format!("{ID}-1.gif")));
    assert_eq!(fs::read(&file.path).unwrap(), b"GIF89a");
    let requests = [wire.requests(), other.requests()].concat();
    let paths: Vec<&str> = requests
        .iter()
        .map(|request| request.path.as_str())
        .collect();
    assert_eq!(paths, ["/files/photo?alt=media", "/near", "/o/far?sig=1"]);
    for request in requests {
        assert!(carries_nothing(&request), "{request:?}");
    }
}

#[tokio::test]
async fn redirects_without_end_are_given_up_after_five() {
    let wire = Wire::start(|_| elsewhere("/again"));
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{}/x.png", wire.base_url());
    let outcome = save(&wire.base_url(), &attachment(&url), &folder).await;
    assert!(
        matches!(outcome, Err(Unsaved::Wandering { .. })),
        "{outcome:?}"
    );
    assert_eq!(wire.requests().len(), 6);
}

#[tokio::test]
async fn an_attachment_that_is_not_there_or_empty_is_not_saved() {
    let wire = Wire::start(|request| match request.path.as_str() {
        "/gone.png" => json(404, "{}"),
        _ => whole("image/png", b""),
    });
    let folder = tempfile::tempdir().unwrap();
    let base = wire.base_url();
    let gone = save(&base, &attachment(&format!("{base}/gone.png")), &folder).await;
    let words = gone.unwrap_err().to_string();
    assert_eq!(words, "127.0.0.1 answers 404.");
    let empty = save(&base, &attachment(&format!("{base}/empty.png")), &folder).await;
    assert_eq!(empty, Err(Unsaved::Empty));
    assert_eq!(names(folder.path()), [""; 0]);
}

#[tokio::test]
async fn a_message_of_the_web_has_nothing_fetched_from_this_machine() {
    let wire = Wire::start(|_| whole("image/png", b"x"));
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{}/x.png", wire.base_url());
    let outcome = save("https://api.example", &attachment(&url), &folder).await;
    let refused = Refusal::Neighbour("127.0.0.1".to_owned());
    assert_eq!(outcome, Err(Unsaved::Url(refused.clone())));
    assert!(wire.requests().is_empty());
    assert_eq!(Source::new(&url, Neighbours::Left), Err(refused));
}

#[tokio::test]
async fn one_that_is_stopped_leaves_nothing() {
    let wire = Wire::start(|_| {
        let mut steps = bytes(
            200,
            &[("Content-Length", "1000000")],
            [WAV, &[0; 100]].concat(),
        );
        steps.extend(silent());
        steps
    });
    let folder = tempfile::tempdir().unwrap();
    let clients = clients(&wire.base_url(), AMPLE);
    let downloads = downloads(&folder);
    let saving =
        tokio::spawn(async move { saved(&clients, downloads, (0, &recording()), |_| ()).await });
    until(|| names(folder.path()).len() == 1).await;
    let partial = names(folder.path()).remove(0);
    assert!(
        partial.starts_with(&format!(".{ID}-recording.wav.part-")),
        "{partial}"
    );
    saving.abort();
    until(|| names(folder.path()).is_empty()).await;
}

#[tokio::test]
async fn the_log_tells_of_both_and_of_an_attachment_no_more_than_its_host() {
    let wire = Wire::start(|_| whole("audio/x-wav", WAV));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let log = Log::open(&path).unwrap();
    let base = wire.base_url();
    let first = (settings(&base, AMPLE), identity("acme", given(TOKEN)));
    let clients = Clients::new(first, [], Some(log));
    let secret = attachment(&format!("{base}/secret/path.wav?signature=secret"));
    for piece in [recording(), secret] {
        let file = saved(&clients, downloads(&folder), (0, &piece), |_| ()).await;
        assert!(file.is_ok(), "{file:?}");
    }
    let lines = fs::read_to_string(path).unwrap();
    let told: Vec<&str> = lines
        .lines()
        .filter_map(|line| line.split(' ').nth(2))
        .collect();
    let asked = format!("{base}/conversations/messages/{ID}/locations/{LOCATION}/recording");
    assert_eq!(told, [asked, format!("{base}/…")]);
    assert!(
        !lines.contains("secret") && !lines.contains("pit-"),
        "{lines}"
    );
}

async fn until(holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < AMPLE);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_folder_is_made_and_one_that_cannot_be_is_told() {
    let wire = Wire::start(|_| whole("audio/x-wav", WAV));
    let folder = tempfile::tempdir().unwrap();
    let clients = clients(&wire.base_url(), AMPLE);
    let into = |name: &str| Downloads::new((folder.path().join(name), Some(folder.path().into())));
    let file = saved(&clients, into("new/deep"), (0, &recording()), |_| ()).await;
    let shown = format!("~/new/deep/{ID}-recording.wav");
    assert_eq!(file.unwrap().shown, shown);
    fs::write(folder.path().join("file"), "").unwrap();
    let file = saved(&clients, into("file"), (0, &recording()), |_| ()).await;
    assert_eq!(file.unwrap_err().to_string(), "~/file is no folder.");
}
