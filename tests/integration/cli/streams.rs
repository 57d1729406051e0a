//! `get` in a pipe: its input read as it comes, its output written as it is known, and either end breaking off.
//! Never what a line holds: that is in `formats` and `fields`.

use std::io::{BufRead, BufReader, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::{ID, OTHER, TOKEN, answering, asked, found, program};
use crate::support::folder::Folder;
use crate::support::program::printed;
use crate::support::pty::Terminal;
use crate::support::wire::{Step, Wire, json, silent};

const PROGRAM: &str = env!("CARGO_BIN_EXE_msgscope");

fn ids(count: usize) -> Vec<String> {
    (0..count)
        .map(|n| format!("aaaaBBBBccccDDDD{n:04}"))
        .collect()
}

#[test]
fn the_first_line_is_printed_before_the_input_ends() {
    let wire = answering();
    let (mut running, mut input) = program(&wire, &["get", "-"]).start_open();
    let mut out = BufReader::new(running.child.stdout.take().unwrap());
    for id in [ID, OTHER] {
        writeln!(input, "{id}").unwrap();
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"id\":\"{id}\"")), "{line}");
    }
    drop(input);
    let output = running.child.wait_with_output().unwrap();
    assert_eq!(
        (output.stderr.as_slice(), output.status.code()),
        (&b""[..], Some(0))
    );
}

#[test]
fn json_of_the_lines_of_the_input_is_an_array_where_there_are_several() {
    let wire = answering();
    let one = program(&wire, &["get", "-", "--format", "json"])
        .input(ID)
        .run();
    let one: serde_json::Value = serde_json::from_str(&one.out).unwrap();
    assert_eq!(one["message"]["id"], ID);
    let both = format!("{ID}\n{ID}\n{OTHER}\n");
    let both = program(&wire, &["get", "-", "--format", "json"])
        .input(both)
        .run();
    let both: Vec<serde_json::Value> = serde_json::from_str(&both.out).unwrap();
    assert_eq!(both.len(), 2);
    let none = program(&wire, &["get", "-", "--format", "json"]).run();
    assert_eq!(none, printed(""));
}

#[test]
fn a_refused_token_ends_it_though_the_input_goes_on() {
    let wire = Wire::start(|_| json(401, r#"{"statusCode":401,"message":"Invalid JWT"}"#));
    let (running, mut input) = program(&wire, &["get", "-"]).start_open();
    writeln!(input, "{ID}").unwrap();
    let output = running.child.wait_with_output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    let last = "\nmsgscope: the rest is not asked for: the answer would be the same\n";
    assert!(errors.ends_with(last), "{errors}");
    assert_eq!(output.status.code(), Some(3));
    drop(input);
}

#[test]
fn a_refused_token_ends_it_and_what_was_read_is_counted() {
    let wire = Wire::start(|_| {
        let mut steps = vec![Step::Wait(Duration::from_millis(500))];
        steps.extend(json(401, r#"{"statusCode":401,"message":"Invalid JWT"}"#));
        steps
    });
    for (input, more) in [(ids(1), None), (ids(3), Some(2))] {
        let ended = program(&wire, &["get", "-"]).input(input.join("\n")).run();
        let told = ended.errors.lines().nth(1).map(str::to_owned);
        let words =
            |more| format!("msgscope: {more} more not asked for: the answer would be the same");
        assert_eq!((told, ended.code), (more.map(words), Some(3)));
    }
}

#[test]
fn a_token_that_is_refused_half_way_is_not_sent_with_those_that_wait() {
    let served = AtomicUsize::new(0);
    let (asked, all) = mpsc::channel();
    let wire = Wire::start(move |request| {
        asked.send(()).unwrap();
        if served.fetch_add(1, Ordering::SeqCst) < 10 {
            return found(request);
        }
        let mut steps = vec![Step::Wait(Duration::from_millis(200))];
        steps.extend(json(401, r#"{"statusCode":401,"message":"Invalid JWT"}"#));
        steps
    });
    let input = ids(70).join("\n");
    let ended = program(&wire, &["get", "-"]).input(input).run();
    let (lines, requests) = (ended.out.lines().count(), all.try_iter().count());
    // Eight are under way at once.
    assert!((11..=18).contains(&lines), "{}", ended.out);
    assert_eq!(requests, lines);
    // How many are left is told where all of them were read by then.
    let rest = format!("msgscope: {} more not asked for", 70 - lines);
    let told = |line: &str| line.starts_with(&rest) || line.contains("the rest is not asked for");
    assert!(ended.errors.lines().any(told), "{}", ended.errors);
    assert_eq!(ended.code, Some(3));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_also_while_it_waits_for_input() {
    use rustix::process::{Pid, Signal, kill_process};
    let wire = answering();
    let (mut running, mut input) = program(&wire, &["get", "-", "--format", "csv"]).start_open();
    let mut out = BufReader::new(running.child.stdout.take().unwrap());
    writeln!(input, "{ID}").unwrap();
    let mut lines = String::new();
    out.read_line(&mut lines).unwrap();
    out.read_line(&mut lines).unwrap();
    kill_process(Pid::from_child(&running.child), Signal::INT).unwrap();
    let output = running.child.wait_with_output().unwrap();
    assert_eq!(
        (output.stderr.as_slice(), output.status.code()),
        (&b""[..], Some(130))
    );
    assert_eq!(out.read_line(&mut lines).unwrap(), 0);
    assert!(lines.ends_with(",,\r\n"), "{lines}");
    drop(input);
}

#[test]
fn a_reader_of_csv_that_goes_away_is_no_error() {
    let wire = answering();
    let (mut running, mut input) = program(&wire, &["get", "-", "--format", "csv"]).start_open();
    let mut out = BufReader::new(running.child.stdout.take().unwrap());
    writeln!(input, "{ID}").unwrap();
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    out.read_line(&mut line).unwrap();
    drop(out);
    writeln!(input, "{OTHER}").unwrap();
    let output = running.child.wait_with_output().unwrap();
    assert_eq!(
        (output.stderr.as_slice(), output.status.code()),
        (&b""[..], Some(0))
    );
    drop(input);
}

#[test]
fn where_the_api_dies_half_way_each_id_has_its_line_all_the_same() {
    let ids = ids(60);
    let (half, dies) = mpsc::channel();
    let served = AtomicUsize::new(0);
    let wire = Wire::start(move |request| {
        match served.fetch_add(1, Ordering::SeqCst) {
            30 => half.send(()).unwrap(),
            // Under way when it dies, however late that is.
            40.. => return silent(),
            _ => {}
        }
        found(request)
    });
    let running = program(&wire, &["get", "-"]).input(ids.join("\n")).start();
    dies.recv().unwrap();
    drop(wire);
    let output = running.child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let printed: Vec<_> = lines
        .iter()
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(printed, ids);
    let failed = lines
        .iter()
        .filter(|line| line["failure"]["kind"] == "network");
    let (failed, errors) = (failed.count(), String::from_utf8(output.stderr).unwrap());
    assert!((1..40).contains(&failed), "{failed}");
    assert_eq!(errors.lines().count(), failed, "{errors}");
    assert_eq!(output.status.code(), Some(5));
}

#[test]
fn large_answers_that_wait_for_a_slow_one_are_not_many() {
    let all = ids(40);
    let (told, times) = mpsc::channel();
    let slow = all[1].clone();
    let wire = Wire::start(move |request| {
        let id = asked(request);
        told.send(Instant::now()).unwrap();
        let body = if id == slow || id.ends_with("0000") {
            "short".to_owned()
        } else {
            "long ".repeat(20_000)
        };
        let answer = json(
            200,
            format!(r#"{{"message":{{"id":"{id}","body":"{body}"}}}}"#),
        );
        let pause = if id == slow { 900 } else { 0 };
        let mut steps = vec![Step::Wait(Duration::from_millis(pause))];
        steps.extend(answer);
        steps
    });
    let ended = program(&wire, &["get", "-"]).input(all.join("\n")).run();
    assert_eq!((ended.out.lines().count(), ended.code), (40, Some(0)));
    let times: Vec<Instant> = times.try_iter().collect();
    let early = times
        .iter()
        .filter(|at| **at < times[1] + Duration::from_millis(600));
    // The first alone, then eight; of these seven have their answers and keep their turns.
    assert!((3..=9).contains(&early.count()));
}

#[test]
fn how_far_it_is_stands_on_a_terminal_until_it_ends() {
    let folder = Folder::new();
    let (go, gone) = mpsc::channel();
    let gone = std::sync::Mutex::new(gone);
    let wire = Wire::start(move |request| {
        if asked(request) == OTHER {
            gone.lock().unwrap().recv().unwrap();
        }
        found(request)
    });
    let lines = folder.path("lines");
    let script = format!("'{PROGRAM}' get {ID} no-id {OTHER} >'{lines}'; echo ended $?");
    let base_url = wire.base_url();
    let variables = [
        ("MSGSCOPE_TOKEN", TOKEN),
        ("MSGSCOPE_BASE_URL", &base_url),
        ("MSGSCOPE_TIMEOUT", "20"),
    ];
    let terminal = Terminal::run("/bin/sh", &["-c", &script], &variables, 100, 10);
    terminal.wait_for("2/3  ");
    terminal.wait_for("delivered 1, not-an-id 1");
    terminal.wait_for("msgscope: argument 2: ");
    go.send(()).unwrap();
    terminal.wait_for("ended 4");
    terminal.wait_gone("/3  ");
    assert_eq!(folder.read("lines").lines().count(), 3);
}

#[test]
fn lines_on_the_same_terminal_are_not_written_over() {
    let wire = Wire::start(|request| match asked(request).as_str() {
        ID => found(request),
        _ => silent(),
    });
    let base_url = wire.base_url();
    let variables = [("MSGSCOPE_TOKEN", TOKEN), ("MSGSCOPE_BASE_URL", &base_url)];
    let arguments = ["get", ID, OTHER, "--format", "csv"];
    let mut terminal = Terminal::run(PROGRAM, &arguments, &variables, 100, 10);
    terminal.wait_for("1/2  ");
    let screen = terminal.screen_text();
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines[0].starts_with("id,profile,"), "{screen}");
    assert!(
        lines[1].starts_with(&format!("{ID},default,delivered,")),
        "{screen}"
    );
    assert!(lines[2].starts_with("1/2  "), "{screen}");
    terminal.key("ctrl-c");
    assert_eq!(terminal.exit_code(), Ok(130));
    terminal.wait_gone("1/2  ");
}

#[test]
fn where_both_go_to_one_file_why_follows_what() {
    let wire = Wire::start(|request| match asked(request).as_str() {
        ID => found(request),
        _ => json(404, r#"{"statusCode":404,"message":"Message not found"}"#),
    });
    let folder = Folder::new();
    let both = folder.path("both");
    let script = format!("'{PROGRAM}' get {ID} {OTHER} no-id {ID} >'{both}' 2>&1; echo ended $?");
    let base_url = wire.base_url();
    let variables = [("MSGSCOPE_TOKEN", TOKEN), ("MSGSCOPE_BASE_URL", &base_url)];
    let terminal = Terminal::run("/bin/sh", &["-c", &script], &variables, 100, 10);
    terminal.wait_for("ended 4");
    let both = folder.read("both");
    let beginnings: Vec<&str> = both.lines().map(|line| &line[..18]).collect();
    let (found, missed) = (
        &format!("{{\"id\":\"{ID}")[..18],
        &format!("{{\"id\":\"{OTHER}")[..18],
    );
    let why = &format!("msgscope: {OTHER}")[..18];
    assert_eq!(
        beginnings,
        [
            found,
            missed,
            why,
            "msgscope: argument",
            "{\"input\":\"no-id\",\""
        ],
        "{both}"
    );
}

#[test]
fn what_is_printed_is_of_the_ids_that_stand_in_another_commands_columns() {
    let wire = answering();
    let folder = Folder::new();
    folder.file(
        "failures.csv",
        format!("when,what,id\n1,sms,{ID}\n2,\"call\",{OTHER}\n"),
    );
    let path = folder.file(
        "run",
        "cut -d, -f3 failures.csv | msgscope get - --format csv --fields id,status,error",
    );
    let programs = std::path::Path::new(PROGRAM)
        .parent()
        .unwrap()
        .to_str()
        .unwrap();
    let output = std::process::Command::new("/bin/sh")
        .arg(path)
        .current_dir(folder.text())
        .env_clear()
        .env("PATH", format!("{programs}:/usr/local/bin:/usr/bin:/bin"))
        .env("HOME", folder.text())
        .env("MSGSCOPE_NO_HISTORY", "1")
        .env("MSGSCOPE_TOKEN", TOKEN)
        .env("MSGSCOPE_BASE_URL", wire.base_url())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let rows =
        format!("id,status,error\r\nid,delivered,\r\n{ID},delivered,\r\n{OTHER},delivered,\r\n");
    assert_eq!((out, output.status.code()), (rows, Some(0)));
}
