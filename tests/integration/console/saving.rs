//! Recordings saved from a real terminal, and how much memory a large one costs.
//! Never what else may come in the place of a recording: that is in `wire`.

use std::fs;

use super::CONSOLE;
use crate::support::fixtures::fixture;
use crate::support::pty::Terminal;
use crate::support::wire::{Step, Wire, bytes, json};

const MEGABYTE: usize = 1 << 20;

#[test]
fn the_demos_long_recording_is_seen_coming_and_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let arguments = ["--demo", "--download-dir", path];
    let mut terminal = Terminal::run(CONSOLE, &arguments, &[], 120, 30);
    terminal.wait_for("Message id");
    terminal.paste("Yb3GfXw7Kd9RvTs5PmLq");
    terminal.wait_for("s recording");
    terminal.key("s");
    terminal.wait_for("of 2 MB");
    terminal.wait_for("██");
    terminal.key("ctrl-c");
    terminal.wait_for("Stopped; nothing was kept");
    let is_empty = || fs::read_dir(folder.path()).unwrap().next().is_none();
    terminal.wait_until("nothing left", |_| is_empty());
    terminal.key("s");
    terminal.wait_for("Saved ");
    let name = "Yb3GfXw7Kd9RvTs5PmLq-recording.wav";
    let saved = fs::metadata(folder.path().join(name)).unwrap();
    assert_eq!(saved.len(), 2_008_044);
    terminal.key("s");
    terminal.wait_for("of 2 MB");
    terminal.key("q");
    terminal.wait_for("q again stops it and quits");
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_missed_call_has_no_recording() {
    let mut terminal = Terminal::run(CONSOLE, &["--demo"], &[], 120, 30);
    terminal.wait_for("Message id");
    terminal.paste("Mx2Wd8ZqHt6VkCy4NsRb");
    terminal.wait_for("s recording");
    terminal.key("s");
    terminal.wait_for("None. Missed calls have none; a new one may take minutes.");
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
}

/// A line of what the system tells of a process, in kB.
#[cfg(target_os = "linux")]
fn memory(terminal: &Terminal, line: &str) -> usize {
    let process = terminal.process().as_raw_nonzero();
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|own| own.strip_prefix(line));
    let words = line.expect("a process that runs has memory").trim();
    words.strip_suffix(" kB").unwrap().trim().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn fifty_megabytes_are_saved_in_less_than_eight_of_memory() {
    let wire = Wire::start(|request| {
        if !request.path.ends_with("/recording") {
            return json(200, fixture("call-outbound-completed-issue258.json"));
        }
        let length = (50 * MEGABYTE).to_string();
        let mut steps = bytes(200, &[("Content-Length", &length)], "ID3");
        let piece = Step::Send(vec![7; MEGABYTE]);
        steps.extend(std::iter::repeat_n(piece, 49));
        steps.push(Step::Send(vec![7; MEGABYTE - 3]));
        steps
    });
    let base_url = wire.base_url();
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("MSGSCOPE_BASE_URL", base_url.as_str()),
        ("MSGSCOPE_TOKEN", "pit-0000"),
        ("MSGSCOPE_DOWNLOAD_DIR", folder.path().to_str().unwrap()),
    ];
    let mut terminal = Terminal::run(CONSOLE, &[], &variables, 120, 30);
    terminal.wait_for("Message id");
    terminal.paste("ve9EPM428h8vShlRW1KT");
    terminal.wait_for("s recording");
    let before = memory(&terminal, "VmHWM:");
    terminal.key("s");
    terminal.wait_for("Saved ");
    let grown = memory(&terminal, "VmHWM:") - before;
    assert!(grown < 8 * 1024, "{grown} kB");
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    let [Ok(file)] = &files[..] else {
        panic!("one file: {files:?}");
    };
    assert_eq!(file.metadata().unwrap().len(), 50 * MEGABYTE as u64);
    terminal.key("q");
    assert_eq!(terminal.exit_code(), Ok(0));
}
