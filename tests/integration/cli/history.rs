//! `get` keeps what it prints, and `history` finds, shows, exports and deletes it.
//! Never here: how rows are stored; that is in `store`.

mod trouble;

use std::path::Path;

use super::{ID, OTHER, answering, asked, message, program};
use crate::support::folder::Folder;
use crate::support::program::{Ended, Program, printed, refused};
use crate::support::pty::Terminal;
use crate::support::wire::{Wire, json};

/// A call that keeps its history in `data` of that folder.
fn keeping(home: &Folder, wire: &Wire, arguments: &[&str]) -> Program {
    program(wire, arguments)
        .variable("MSGSCOPE_DATA_DIR", &home.path("data"))
        .without("MSGSCOPE_NO_HISTORY")
}

fn history(home: &Folder, arguments: &[&str]) -> Program {
    let arguments = [&["history"], arguments].concat();
    Program::new(&arguments)
        .variable("MSGSCOPE_DATA_DIR", &home.path("data"))
        .variable("TZ", "UTC")
        .without("MSGSCOPE_NO_HISTORY")
}

/// The same with every time of the form `2026-11-23T12:00:00.123Z`, or one of the table, as T.
fn undated(ended: Ended) -> Ended {
    let out = ended.timeless().out;
    let mut told = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some(at) = rest.find("20") {
        let (before, from) = rest.split_at(at);
        told.push_str(before);
        let is_of_time = |c: char| c.is_ascii_digit() || "-:.TZ ".contains(c);
        let end = from.find(|c: char| !is_of_time(c)).unwrap_or(from.len());
        let time = from[..end].trim_end();
        if time.len() >= 16 && time.as_bytes()[4] == b'-' {
            told.push('T');
            rest = &from[time.len()..];
        } else {
            told.push_str("20");
            rest = &from[2..];
        }
    }
    told.push_str(rest);
    Ended {
        out: told,
        errors: String::new(),
        code: Some(0),
    }
}

fn some() -> Wire {
    Wire::start(|request| {
        let id = asked(request);
        match id.rsplit('/').next() {
            Some(OTHER) => json(404, r#"{"message":"Message not found","traceId":"t-7"}"#),
            _ => json(200, message(&id)),
        }
    })
}

/// A history of two lookups of one message and a failed one of another.
pub(super) fn kept() -> (Folder, Wire) {
    let (home, wire) = (Folder::new(), some());
    keeping(&home, &wire, &["get", ID, OTHER]).run();
    keeping(&home, &wire, &["get", ID]).run();
    (home, wire)
}

#[test]
fn the_first_lookup_begins_the_history_and_says_so_and_the_next_says_nothing() {
    let (home, wire) = (Folder::new(), answering());
    let first = keeping(&home, &wire, &["get", ID]).run();
    let path = home.path("data/history.db");
    assert_eq!(
        first.errors,
        format!(
            "msgscope: What messages say is now kept in {path}; --no-history or [history] keep in the config file changes that.\n"
        )
    );
    assert_eq!(keeping(&home, &wire, &["get", ID]).run().errors, "");
    assert_eq!(
        (home.mode("data"), home.mode("data/history.db")),
        (0o700, 0o600)
    );
    for beside in ["data/history.db-wal", "data/history.db-shm"] {
        if home.has(beside) {
            assert_eq!(home.mode(beside), 0o600, "{beside}");
        }
    }
}

#[test]
fn nothing_is_kept_where_that_is_not_wanted_or_nothing_was_asked() {
    let (home, wire) = (Folder::new(), answering());
    let ended = keeping(&home, &wire, &["get", ID, "--no-history"]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let ended = keeping(&home, &wire, &["get", ID])
        .without("MSGSCOPE_TOKEN")
        .run();
    assert_eq!(ended.code, Some(3));
    for arguments in [&[][..], &["search", "x"], &["export"], &["clear", "--yes"]] {
        let ended = history(&home, arguments).run();
        assert_eq!(
            (ended.out.as_str(), ended.code),
            ("", Some(0)),
            "{arguments:?}"
        );
    }
    assert_eq!(
        history(&home, &["show", ID]).run(),
        refused(4, format!("msgscope: nothing is kept of {ID}\n"))
    );
    assert!(!home.has("data"));
}

#[test]
fn the_list_is_lines_of_json_for_scripts_and_in_other_forms_where_asked_for() {
    let (home, _wire) = kept();
    let row = format!(
        r#"{{"id":"{ID}","profile":"default","at":"T","status":"delivered","direction":"outbound","type":"SMS","failed":false,"snippet":"a  b\n","pinned":false,"lookups":2}}"#
    );
    let failed = format!(
        r#"{{"id":"{OTHER}","profile":"default","at":"T","failed":true,"failure":"not-found","snippet":"not found {OTHER}","pinned":false,"lookups":1}}"#
    );
    let listed = |arguments: &[&str]| undated(history(&home, arguments).run());
    for arguments in [&[][..], &["list"], &["list", "--format", "ndjson"]] {
        assert_eq!(listed(arguments), printed(format!("{row}\n{failed}\n")));
    }
    assert_eq!(
        listed(&["list", "--format", "json"]),
        printed(format!("[\n{row}\n,{failed}\n]\n"))
    );
    assert_eq!(
        listed(&["list", "--format", "csv"]),
        printed(format!(
            "id,profile,at,status,direction,type,failed,failure,snippet,pinned,lookups\r\n\
             {ID},default,T,delivered,outbound,SMS,false,,\"a  b\n\",false,2\r\n\
             {OTHER},default,T,,,,true,not-found,not found {OTHER},false,1\r\n"
        ))
    );
    assert_eq!(
        listed(&["list", "--format", "pretty"]),
        printed(format!(
            "   T  delivered     out  SMS    {ID}  default     a  b␊\n   \
             T  not-found                 {OTHER}  default     not found {OTHER}\n"
        ))
    );
}

#[test]
fn what_is_searched_for_is_found_and_what_was_not_understood_is_told() {
    let (home, _wire) = kept();
    for (text, ids) in [
        (&["ve9"][..], &[ID][..]),
        (&["status:delivered", "b"], &[ID]),
        (&["is:failed"], &[OTHER]),
        (&["t-7"], &[OTHER]),
        (&["since:1h", "type:sms"], &[ID]),
        (&["nowhere"], &[]),
    ] {
        let ended = history(&home, &[&["search"], text].concat()).run();
        assert_eq!(
            (ended.errors.as_str(), ended.code),
            ("", Some(0)),
            "{text:?}"
        );
        let found = ended
            .out
            .lines()
            .map(|line| line.split('"').nth(3).unwrap());
        assert_eq!(found.collect::<Vec<_>>(), ids, "{text:?}");
    }
    let ended = history(&home, &["search", "colour:red"]).run();
    assert!(
        ended
            .errors
            .starts_with("msgscope: there is no field colour"),
        "{}",
        ended.errors
    );
}

#[test]
fn a_message_is_shown_as_get_printed_it() {
    let (home, wire) = kept();
    for format in ["json", "ndjson"] {
        let got = keeping(&home, &wire, &["get", ID, "--format", format])
            .run()
            .timeless();
        let shown = history(&home, &["show", ID, "--format", format])
            .run()
            .timeless();
        assert_eq!(shown, got);
    }
    let shown = history(&home, &["show", ID, "--all"]).run();
    assert_eq!(shown.out.lines().count(), 4);
    let pretty = history(&home, &["show", ID, "--format=pretty"]).run();
    assert!(pretty.out.starts_with("delivered   "), "{}", pretty.out);
    let csv = history(&home, &["show", ID, "--all", "--format", "csv"]).run();
    let exported = history(&home, &["export", "--format", "csv"]).run().out;
    let own = exported.lines().filter(|line| !line.contains("not-found"));
    assert!(csv.out.lines().eq(own), "{}", csv.out);
    let ticket = history(&home, &["show", ID, "--format", "markdown"]).run();
    assert!(
        ticket.out.starts_with("**SMS delivered**\n- why: "),
        "{}",
        ticket.out
    );
    assert_eq!(history(&home, &["show", "pit"]).run().code, Some(4));
}

#[test]
fn the_export_holds_every_lookup_with_its_answer_as_received() {
    let (home, _wire) = kept();
    let ended = history(&home, &["export"]).run();
    let lines: Vec<serde_json::Value> = ended
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["body"], message(ID));
    assert_eq!(lines[1]["failure"]["kind"], "not-found");
    assert_eq!(lines[1]["traceId"], "t-7");
    let also = &lines[1]["also"][0];
    assert_eq!(
        (&also["endpoint"], &also["failure"]),
        (&"email".into(), &"not-found".into())
    );
    assert_eq!(
        (&lines[2]["id"], &lines[2]["http"]),
        (&ID.into(), &200.into())
    );
    let csv = history(&home, &["export", "--format", "csv"]).run().out;
    assert!(csv.starts_with("key,id,profile,at,ms,endpoint,http,failure,traceId,body\r\n1,"));
    let array = history(&home, &["export", "--format", "json"]).run().out;
    let array: Vec<serde_json::Value> = serde_json::from_str(&array).unwrap();
    assert_eq!(array, lines);
    let pretty = history(&home, &["export", "--format", "pretty"]).run().out;
    let blocks: Vec<&str> = pretty.split("\n\n").collect();
    assert!(blocks[0].starts_with("delivered   "), "{pretty}");
    assert!(pretty.contains("\n\nnot found   "), "{pretty}");
}

#[test]
fn the_export_is_also_tickets_and_commands_that_hold_no_token() {
    let (home, wire) = kept();
    let tickets = history(&home, &["export", "--format", "markdown"])
        .run()
        .out;
    let shown = history(&home, &["show", "--all", ID, "--format", "markdown"]).run();
    let (first, last) = shown.out.split_once("\n\n").unwrap();
    assert!(
        tickets.starts_with(first) && tickets.ends_with(last),
        "{tickets}"
    );
    let commands = history(&home, &["export", "--format", "curl"]).run().out;
    let lines: Vec<&str> = commands.lines().collect();
    let url = format!(
        "curl -sS '{}/conversations/messages/{ID}' ",
        wire.base_url()
    );
    assert!(lines.len() == 3 && lines[0].starts_with(&url), "{commands}");
    assert!(
        lines
            .iter()
            .all(|line| line.contains("Bearer $MSGSCOPE_TOKEN"))
    );
}

#[test]
fn nothing_is_cleared_without_a_yes() {
    let (home, _wire) = kept();
    assert_eq!(
        history(&home, &["clear"]).run(),
        refused(
            2,
            "msgscope: history clear deletes for good: --yes does so without being asked\n"
        )
    );
    assert_eq!(
        history(&home, &["clear", "--older-than", "soon", "--yes"]).run(),
        refused(2, "msgscope: --older-than: a time such as 12h, 7d or 3w\n")
    );
    let cleared = |arguments: &[&str]| history(&home, arguments).run();
    assert_eq!(
        cleared(&["clear", "--older-than", "7d", "--yes"]),
        printed("0 lookups deleted\n")
    );
    assert_eq!(cleared(&["clear", "--yes"]), printed("3 lookups deleted\n"));
    assert_eq!(cleared(&[]), printed(""));
    for file in ["data/history.db", "data/history.db-wal"] {
        let bytes = std::fs::read(home.path(file)).unwrap_or_default();
        assert!(
            !bytes.windows(9).any(|window| window == b"delivered"),
            "{file}"
        );
    }
}

#[test]
fn on_a_terminal_clearing_asks() {
    let (home, _wire) = kept();
    let data = home.path("data");
    for (answer, left) in [("n\r", 2), ("y\r", 0)] {
        let arguments = ["history", "clear", "--data-dir", &data];
        let program = env!("CARGO_BIN_EXE_msgscope");
        let keeps = [("MSGSCOPE_NO_HISTORY", "0")];
        let mut terminal = Terminal::run(program, &arguments, &keeps, 120, 40);
        terminal.wait_for("Delete all 3 lookups for good, pinned ones too? [y/N]");
        terminal.type_text(answer);
        let expected = if left == 0 { Ok(0) } else { Ok(2) };
        assert_eq!(terminal.exit_code(), expected);
        assert_eq!(history(&home, &[]).run().out.lines().count(), left);
    }
}

#[test]
fn doctor_and_config_tell_where_it_is_and_doctor_how_large() {
    let (home, wire) = kept();
    let told = keeping(&home, &wire, &["doctor"]).run().out;
    let line = format!("  history       {}\n", home.path("data"));
    let (_, after) = told.split_once(&line).expect("its place");
    assert!(
        after.trim_start().starts_with("2 messages, 3 lookups, "),
        "{after}"
    );
    let empty = Folder::new();
    let told = keeping(&empty, &wire, &["doctor"]).run().out;
    assert!(told.contains("data (nothing kept yet)\n"), "{told}");
    assert!(!empty.has("data"));
    let config = empty.file("own.toml", "[history]\nkeep = '2 weeks'\nmax = 5");
    let told = keeping(&empty, &wire, &["config", "--config", &config])
        .run()
        .out;
    let lines: Vec<&str> = told.lines().filter(|line| !line.is_empty()).collect();
    let (keep, max) = (lines[lines.len() - 3], lines[lines.len() - 2]);
    assert_eq!(
        keep,
        format!("{:<14}{:<42}  config file", "keep", "14 days")
    );
    assert_eq!(
        max,
        format!("{:<14}{:<42}  config file", "max", "5 lookups")
    );
}

#[test]
fn more_lookups_than_are_wanted_go_when_get_ends() {
    let (home, wire) = kept();
    let config = home.file("own.toml", "[history]\nmax = 1");
    keeping(&home, &wire, &["get", ID, "--config", &config]).run();
    assert_eq!(history(&home, &["export"]).run().out.lines().count(), 1);
}

/// The folder of histories that earlier versions wrote.
fn earlier(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/histories");
    std::fs::read(folder.join(name)).unwrap()
}

#[test]
fn a_history_of_version_1_is_read_and_added_to() {
    let (home, wire) = (Folder::new(), some());
    home.file("data/history.db", earlier("v1.db"));
    let ids = |arguments: &[&str]| {
        let ended = history(&home, arguments).run();
        assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
        let ids = ended
            .out
            .lines()
            .map(|line| line.split('"').nth(3).unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), [ID, OTHER]);
    assert_eq!(ids(&["search", "not", "found", "is:failed"]), [OTHER]);
    let got = keeping(&home, &wire, &["get", ID, "--no-history"])
        .run()
        .timeless();
    assert_eq!(history(&home, &["show", ID]).run().timeless(), got);
    keeping(&home, &wire, &["get", OTHER]).run();
    assert_eq!(ids(&[]), [OTHER, ID]);
    assert_eq!(history(&home, &["export"]).run().out.lines().count(), 4);
}
