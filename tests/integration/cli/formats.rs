//! What `get` prints, format by format.
//! Never how an answer is understood: that is in `decode`.

use super::{ID, OTHER, answered, answering, asked, found, message, program};
use crate::support::fixtures::fixture;
use crate::support::program::{printed, refused};
use crate::support::pty::Terminal;
use crate::support::wire::{Wire, json};

const NOT_FOUND: &str = r#"{"statusCode":404,"message":"No such message","traceId":"d2"}"#;

#[test]
fn a_message_is_one_line_where_no_terminal_reads() {
    let wire = answering();
    let ended = program(&wire, &["get", ID]).run().timeless();
    assert_eq!(ended, printed(answered(ID)));
    let [request] = &wire.requests()[..] else {
        panic!("one request");
    };
    assert_eq!(request.method, "GET");
}

#[test]
fn several_ids_are_lines_in_the_order_given() {
    let wire = answering();
    let ended = program(&wire, &["get", OTHER, ID, "--format", "ndjson"]).run();
    assert_eq!(ended.timeless(), printed(answered(OTHER) + &answered(ID)));
}

#[test]
fn json_is_the_answer_to_the_byte() {
    let wire = answering();
    let ended = program(&wire, &["get", "--format", "json", ID]).run();
    assert_eq!(ended, printed(message(ID) + "\n"));
}

#[test]
fn json_of_several_ids_is_an_array_of_the_answers() {
    let wire = answering();
    let ended = program(&wire, &["get", "--format=json", ID, OTHER]).run();
    let expected = format!("[\n{}\n,{}\n]\n", message(ID), message(OTHER));
    assert_eq!(ended, printed(expected));
}

#[test]
fn json_has_a_place_for_every_id_also_for_one_without_a_message() {
    let wire = Wire::start(|request| match asked(request).as_str() {
        ID => json(404, NOT_FOUND),
        _ => found(request),
    });
    let ended = program(&wire, &["get", "--format", "json", ID, OTHER, "no-id"]).run();
    let array: Vec<serde_json::Value> = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(array[0]["failure"]["kind"], "not-found");
    assert_eq!(array[1]["message"]["id"], OTHER);
    assert_eq!(array.len(), 3);
    assert_eq!(ended.code, Some(4));
}

#[test]
fn a_failure_is_a_line_too_and_its_cause_stands_on_standard_error() {
    let wire = Wire::start(|_| json(404, NOT_FOUND));
    let ended = program(&wire, &["get", ID]).run().timeless();
    let line = format!(
        r#"{{"id":"{ID}","profile":"default","http":404,"ms":0,"failure":{{"kind":"not-found","title":"not found","messages":["No such message"],"traceId":"d2"}}}}"#
    );
    assert_eq!(ended.out, line + "\n");
    let cause = "No cause given. Mistyped, deleted, other sub-account, replaced by a retry?";
    assert_eq!(
        ended.errors,
        format!("msgscope: {ID}: not found: {cause}\n")
    );
    assert_eq!(ended.code, Some(4));
}

#[test]
fn pretty_is_the_outline_in_plain_text() {
    let wire = answering();
    let ended = program(&wire, &["get", "--format", "pretty", ID, OTHER]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let blocks: Vec<&str> = ended.out.split("\n\ndelivered ").collect();
    assert_eq!(blocks.len(), 2, "{}", ended.out);
    for (block, id) in blocks.iter().zip([ID, OTHER]) {
        for words in ["outbound", "SMS", "Why   ", id, "a  b"] {
            assert!(block.contains(words), "{words} in\n{block}");
        }
    }
    assert!(!ended.out.contains('\u{1b}'), "{}", ended.out);
}

#[test]
fn a_reader_of_a_pretty_failure_is_told_what_to_do() {
    let wire = Wire::start(|_| json(404, NOT_FOUND));
    let ended = program(&wire, &["get", "--format", "pretty", "no-id", ID]).run();
    assert!(ended.out.starts_with("not found   "), "{}", ended.out);
    assert!(ended.out.contains("\nNext  Check the id"), "{}", ended.out);
    assert!(
        ended.errors.starts_with("msgscope: argument 1: "),
        "{}",
        ended.errors
    );
    assert_eq!(ended.code, Some(4));
}

#[test]
fn on_a_terminal_a_message_is_pretty_and_json_cannot_steer_it() {
    let wire = Wire::start(|request| {
        let hostile = message(&asked(request)).replace("a  b", "x\u{9b}2J\u{202e}y");
        json(200, hostile)
    });
    for (format, expected) in [
        (&[][..], "x<U+009B>2J<U+202E>y"),
        (&["--format", "json"], r"x\u009b2J\u202ey"),
        (&["--format", "ndjson"], r"x\u009b2J\u202ey"),
    ] {
        let arguments = [&["get", ID], format].concat();
        let base_url = wire.base_url();
        let variables = [
            ("MSGSCOPE_TOKEN", super::TOKEN),
            ("MSGSCOPE_BASE_URL", &base_url),
        ];
        let program = env!("CARGO_BIN_EXE_msgscope");
        let mut terminal = Terminal::run(program, &arguments, &variables, 120, 40);
        terminal.wait_for(expected);
        assert_eq!(terminal.exit_code(), Ok(0));
    }
}

#[test]
fn markdown_is_a_ticket_for_each_id_and_hides_what_customers_wrote() {
    let failed = fixture("sms-outbound-failed-error30005.json");
    let wire = Wire::start(move |request| match asked(request).as_str() {
        ID => json(200, &failed),
        _ => json(404, NOT_FOUND),
    });
    let ended = program(&wire, &["get", "--format", "markdown", ID, OTHER]).run();
    assert_eq!(ended.code, Some(4));
    assert_eq!(
        ended.errors.lines().count(),
        1,
        "the failure's line alone: {}",
        ended.errors
    );
    let tickets: Vec<&str> = ended.out.split("\n\n").collect();
    let [first, second] = tickets[..] else {
        panic!("two tickets: {}", ended.out);
    };
    assert!(
        first.starts_with("**SMS failed** (30005)\n- why: "),
        "{first}"
    );
    assert!(first.contains("- outbound · "), "{first}");
    let not_found = "**lookup failed: not found** (404)\n- why: ";
    assert!(second.starts_with(not_found), "{second}");

    let full = program(&wire, &["get", "--format", "markdown", "--full", ID]).run();
    assert_eq!((full.errors.as_str(), full.code), ("", Some(0)));
    assert!(full.out.starts_with(&first[..40]), "{}", full.out);
    assert!(full.out.contains("\n```text\n"), "{}", full.out);
    assert!(!full.out.contains("•••••"), "{}", full.out);
}

#[test]
fn full_goes_with_markdown_alone() {
    let wire = answering();
    let ended = program(&wire, &["get", "--full", ID]).run();
    let told = "msgscope: --full goes with --format markdown: all other formats tell everything\n";
    assert_eq!(ended, refused(2, told));
    assert!(wire.requests().is_empty());
}
