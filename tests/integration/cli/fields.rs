//! `get --format csv` and `--fields`: rows for a spreadsheet, lines with chosen fields alone.
//! Never how a cell is made harmless: that is beside `export::csv`.

use super::{ID, OTHER, answering, asked, found, program};
use crate::support::fixtures::fixture;
use crate::support::program::{Ended, Program, printed, refused};
use crate::support::wire::{Wire, json};

const HEAD: &str = "id,profile,status,messageType,direction,dateAdded,error,failure\r\n";
const NOT_FOUND: &str = r#"{"statusCode":404,"message":"No such message","traceId":"d2"}"#;
const CAUSE: &str = "No cause given. Mistyped, deleted, other sub-account, replaced by a retry?";
const NO_ID: &str = "That can't be an id: 20 letters and digits, yours holds -";

/// A server with one message of this text around it, and no other.
fn with(text: &str) -> Wire {
    let body = format!(r#"{{"message":{{"id":"{ID}","messageType":"TYPE_CALL",{text}}}}}"#);
    Wire::start(move |request| match asked(request).as_str() {
        ID => json(200, &body),
        _ => json(404, NOT_FOUND),
    })
}

fn missed(id: &str) -> String {
    format!("msgscope: {id}: not found: {CAUSE}\n")
}

#[test]
fn csv_is_a_head_and_a_row_for_each_id() {
    let failed = fixture("sms-outbound-failed-error30005.json");
    let wire = Wire::start(move |request| match asked(request).as_str() {
        ID => json(200, &failed),
        _ => json(404, NOT_FOUND),
    });
    let arguments = ["get", "--format", "csv", ID, OTHER, "no-id"];
    let ended = program(&wire, &arguments).run();
    let rows: Vec<&str> = ended.out.split_inclusive("\r\n").collect();
    assert_eq!(rows[0], HEAD);
    assert!(
        rows[1].starts_with(&format!("{ID},default,failed,TYPE_SMS,outbound,20")),
        "{}",
        rows[1]
    );
    assert!(rows[1].contains("30005"), "{}", rows[1]);
    assert!(rows[1].ends_with(",\r\n"), "{}", rows[1]);
    assert_eq!(rows[2], format!("{OTHER},default,,,,,,not-found\r\n"));
    assert_eq!(rows[3..], [",,,,,,,not-an-id\r\n"]);
    let told = format!("{}msgscope: argument 3: {NO_ID}\n", missed(OTHER));
    assert_eq!((ended.errors, ended.code), (told, Some(4)));
}

#[test]
fn csv_of_nothing_is_its_head() {
    let wire = answering();
    let ended = program(&wire, &["get", "-", "--format", "csv"]).run();
    assert_eq!(ended, printed(HEAD));
}

#[test]
fn fields_of_csv_are_those_asked_for_in_their_order() {
    let wire = with(
        r#""status":"completed","body":"=1+2, \"x\"\nz","from":"+15550100111","meta":{"call":{"duration":31,"status":"voicemail"}},"attachments":["a","b"]"#,
    );
    let fields = "status,id,meta.call.duration,body,from,attachments[1],attachments,no.such,message.status,http";
    let ended = program(&wire, &["get", ID, "--format", "csv", "--fields", fields]).run();
    let row = format!(
        "voicemail,{ID},31,\"'=1+2, \"\"x\"\"\nz\",+15550100111,b,\"[\"\"a\"\",\"\"b\"\"]\",,completed,200\r\n"
    );
    assert_eq!(ended, printed(format!("{fields}\r\n{row}")));
}

#[test]
fn fields_of_ndjson_are_those_asked_for_behind_the_id() {
    let wire = with(r#""status":"completed","meta":{"call":{"duration":31.50,"status":"busy"}}"#);
    let fields = "meta.call.duration,status,failure,no.such,code,meta.call";
    let arguments = ["get", ID, OTHER, "no-id", "--fields", fields];
    let ended = program(&wire, &arguments).run();
    let line = format!(
        r#"{{"id":"{ID}","meta.call.duration":31.50,"status":"busy","failure":null,"no.such":null,"code":null,"meta.call":{{"duration":31.50,"status":"busy"}}}}"#
    );
    let failed = format!(
        r#"{{"id":"{OTHER}","meta.call.duration":null,"status":null,"failure":"not-found","no.such":null,"code":null,"meta.call":null}}"#
    );
    let refused = r#"{"id":null,"meta.call.duration":null,"status":null,"no.such":null,"code":null,"meta.call":null,"input":"no-id","line":3,"failure":"not-an-id"}"#;
    let expected = Ended {
        out: format!("{line}\n{failed}\n{refused}\n"),
        errors: format!("{}msgscope: argument 3: {NO_ID}\n", missed(OTHER)),
        code: Some(4),
    };
    assert_eq!(ended, expected);
}

#[test]
fn a_failure_is_told_also_where_it_was_not_asked_for() {
    let wire = Wire::start(|_| json(404, NOT_FOUND));
    let ended = program(&wire, &["get", ID, "--fields", "status"]).run();
    let out = format!("{{\"id\":\"{ID}\",\"status\":null,\"failure\":\"not-found\"}}\n");
    assert_eq!((ended.out, ended.code), (out, Some(4)));
}

#[test]
fn an_error_has_its_code_and_what_it_means() {
    let wire = Wire::start(|_| json(200, fixture("sms-outbound-failed-error30005.json")));
    let ended = program(&wire, &["get", ID, "--fields", "code,why,profile"]).run();
    let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        (&line["code"], &line["profile"]),
        (&"30005".into(), &"default".into())
    );
    let why = line["why"].as_str().unwrap();
    assert!(why.len() > 20 && !why.contains("http"), "{why}");
}

#[test]
fn fields_that_cannot_be_are_refused_before_anything_is_asked() {
    for (list, words) in [
        ("", "the list is empty"),
        ("id,,status", "name 2 of the list is empty"),
        ("id,meta..call", "'meta..call' is no name of a field"),
    ] {
        let ended = Program::new(&["get", ID, "--fields", list]).run();
        assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)), "{list}");
        assert!(ended.errors.contains("--fields"), "{}", ended.errors);
        assert!(ended.errors.contains(words), "{}", ended.errors);
    }
    for format in ["pretty", "json", "markdown"] {
        let arguments = ["get", ID, "--fields", "id", "--format", format];
        let words = "msgscope: --fields goes with --format csv and ndjson: all other formats tell everything\n";
        assert_eq!(Program::new(&arguments).run(), refused(2, words));
    }
}

#[test]
fn the_exit_code_tells_of_a_status_after_everything_else() {
    let wire = Wire::start(|request| match asked(request).as_str() {
        "missing1" => json(404, NOT_FOUND),
        "refused1" => json(403, r#"{"statusCode":403,"message":"Forbidden resource"}"#),
        "strange1" => json(200, "[]"),
        _ => found(request),
    });
    for (ids, statuses, code) in [
        (&[ID][..], "failed,delivered", 1),
        (&[ID], "failed", 0),
        (&[ID], "Delivered", 0),
        (&[ID, "missing1"], "delivered", 4),
        (&["strange1", "missing1", ID], "delivered", 5),
        (&["missing1", "refused1", "strange1", ID], "delivered", 3),
        (&[ID, OTHER], "a-new-word, delivered", 1),
    ] {
        let arguments = [&["get", "--fail-on", statuses][..], ids].concat();
        let ended = program(&wire, &arguments).run();
        assert_eq!(ended.code, Some(code), "{arguments:?}: {}", ended.errors);
    }
    for (list, words) in [("", "the list is empty"), ("failed,", "name 2 of the list")] {
        let ended = Program::new(&["get", ID, "--fail-on", list]).run();
        assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)), "{list}");
        assert!(ended.errors.contains(words), "{}", ended.errors);
    }
}

#[test]
fn an_emails_status_and_error_are_its_records() {
    let record = fixture("email-record-failed-error.json");
    let wire = Wire::start(move |request| {
        if request.path.contains("/email/") {
            return json(200, &record);
        }
        let message = format!(
            r#"{{"message":{{"id":"{ID}","messageType":"TYPE_EMAIL","direction":"outbound","meta":{{"email":{{"messageIds":["{OTHER}"]}}}}}}}}"#
        );
        json(200, message)
    });
    let ended = program(&wire, &["get", ID, "--fields", "status,error"]).run();
    let line: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(line["status"], "failed", "{line}");
    assert!(line["error"].is_string(), "{line}");
}
