//! How much memory an answer may cost, as the system counts it for the whole process.
//! Never here: what such an answer is told as.

use std::fs::File;
use std::time::{Duration, Instant};

use super::{ID, OTHER, asked, message, program};
use crate::support::folder::Folder;
use crate::support::gzip;
use crate::support::wire::{Step, Wire, bytes, json, silent};

/// In kB, as the system tells it.
const MOST: u64 = 64 * 1024;

/// The most memory the process ever had, in kB.
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let words = line.expect("a process that runs has memory").trim();
    words.strip_suffix(" kB").unwrap().parse().unwrap()
}

/// Has `get` ask for one that is answered so and for one that is not answered: while it waits for the
/// second, tells its peak and what it printed of the first.
fn peak_after(first: Vec<Step>) -> (u64, String) {
    let wire = Wire::start(move |request| match asked(request).as_str() {
        ID => first.clone(),
        _ => silent(),
    });
    let running = program(&wire, &["get", ID, OTHER]).start();
    let process = running.child.id();
    let start = Instant::now();
    while wire.requests().len() < 2 {
        assert!(start.elapsed() < Duration::from_secs(20), "never asked");
        std::thread::yield_now();
    }
    let peak = peak(process);
    let mut child = running.child;
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    (peak, String::from_utf8(output.stdout).unwrap())
}

#[test]
fn two_hundred_megabytes_of_packed_zeros_are_refused_in_less_than_64() {
    let runs = 200_000_000 / 2_064 + 1;
    let packed = gzip::zeros(runs);
    assert!(packed.len() < 2_000_000);
    let headers = [
        ("Content-Encoding", "gzip"),
        ("Content-Type", "application/json"),
    ];
    let mut steps = bytes(200, &headers, packed);
    steps.push(Step::Close);
    let (peak, printed) = peak_after(steps);
    assert!(printed.contains(r#""kind":"too-large""#), "{printed}");
    assert!(peak < MOST, "{peak} kB");
}

#[test]
fn an_endless_body_that_is_not_packed_is_refused_in_less_than_64_too() {
    let mut steps = bytes(200, &[], "");
    steps.extend(vec![Step::Send(vec![b' '; 1 << 20]); 200]);
    let (peak, printed) = peak_after(steps);
    assert!(printed.contains(r#""kind":"too-large""#), "{printed}");
    assert!(peak < MOST, "{peak} kB");
}

/// For very many small answers.
const MOST_FOR_MANY: u64 = 32 * 1024;

#[test]
fn ten_thousand_ids_are_looked_up_in_less_than_32() {
    let folder = Folder::new();
    let ids = (0..10_000).map(|n| format!("aaaaBBBBccccDDD{n:05}\nnothing of use\n"));
    let path = folder.file("ids", ids.collect::<String>());
    let last = "aaaaBBBBccccDDD09999";
    let wire = Wire::start(move |request| match asked(request).as_str() {
        id if id == last => silent(),
        id => json(200, message(id)),
    });
    let input = File::open(&path).unwrap();
    let output = File::create(folder.path("lines")).unwrap();
    let errors = File::create(folder.path("errors")).unwrap();
    let mut running =
        program(&wire, &["get", "-", "--format", "csv"]).start_on(input, output, errors);
    let start = Instant::now();
    while wire.count() < 10_000 {
        assert!(start.elapsed() < Duration::from_mins(2), "{}", wire.count());
        std::thread::sleep(Duration::from_millis(20));
    }
    let peak = peak(running.child.id());
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    assert!(peak < MOST_FOR_MANY, "{peak} kB");
    // Head, and for each but those that are still waited for a row and one for the line without an id.
    let rows = folder.read("lines").lines().count();
    assert!(rows > 2 * (10_000 - 8) && rows <= 20_000, "{rows}");
    assert!(folder.read("errors").starts_with("msgscope: line 2: "));
}
