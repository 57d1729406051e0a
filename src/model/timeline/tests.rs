//! The timeline of a message that was looked up several times, told as rows.
//! Never here: how they are drawn.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::fmt::Write as _;

use super::super::body::Body;
use super::super::endpoint::Endpoint;
use super::super::failure::{Asked, Cause, Failure};
use super::super::id::MessageId;
use super::super::json::Json;
use super::super::outline::Side;
use super::super::snapshot::{Answer, Limits};
use super::*;

fn asked() -> Asked {
    Asked {
        id: MessageId::new("Hn4fKp0XbN2mYtQ7sRwZ").unwrap(),
        endpoint: Endpoint::Message,
        profile: "acme".to_owned(),
        base_url: String::new(),
        host: String::new(),
        version: String::new(),
        token: String::new(),
        token_changes: false,
        others: 0,
    }
}

fn snapshot(at: &str, outcome: Result<Message, Failure>, body: &str) -> Arc<Snapshot> {
    Arc::new(Snapshot {
        asked: asked(),
        at: at.parse().unwrap(),
        took: Duration::from_millis(95),
        answer: Some(Answer {
            http: 200,
            body: Body::new(body.as_bytes().to_vec()),
            limits: Limits::default(),
        }),
        outcome,
        also: Vec::new(),
        surveyed: false,
        linked: Vec::new(),
    })
}

fn message(text: &str) -> Message {
    let root = Json::parse(text.into()).unwrap();
    Message::new(root.clone(), &root, Endpoint::Message)
}

fn seen(time: &str, text: &str) -> Arc<Snapshot> {
    snapshot(&format!("2026-03-04T{time}Z"), Ok(message(text)), text)
}

fn failed(time: &str) -> Arc<Snapshot> {
    let failure = Failure {
        http: Some(404),
        ..Failure::new(Cause::NotFound)
    };
    snapshot(&format!("2026-03-04T{time}Z"), Err(failure), "{}")
}

fn sms(status: &str, updated: &str) -> String {
    format!(
        r#"{{"messageType":"TYPE_SMS","direction":"outbound","status":"{status}","dateUpdated":"2026-03-04T{updated}Z"}}"#
    )
}

fn delivered() -> Vec<Arc<Snapshot>> {
    vec![
        seen("17:44:10", &sms("pending", "17:44:08.412")),
        seen("17:44:22", &sms("sent", "17:44:20.100")),
        seen("17:50:31", &sms("delivered", "17:50:29.881")),
        seen("17:58:02", &sms("delivered", "17:50:29.881")),
    ]
}

fn now() -> Timestamp {
    "2026-03-04T17:58:05Z".parse().unwrap()
}

fn told(snapshots: &[Arc<Snapshot>]) -> Vec<String> {
    let timeline = timeline(snapshots, now());
    timeline.outline.rows.iter().map(Row::line).collect()
}

fn words(old: &str, new: &str) -> Vec<String> {
    let changes = changes(&message(old), &message(new));
    let told = changes.told.iter();
    told.map(|change| format!("{}: {}", change.path, change.words))
        .collect()
}

#[test]
fn each_lookup_is_told_with_what_it_changed() {
    assert_eq!(
        told(&delivered()),
        [
            "4 lookups in 13 min 52 s: pending → sent → delivered",
            "",
            "asked, UTC  status  seen for  changed since the lookup before",
            "17:44:10  pending  12 s  first seen",
            "17:44:22  sent  6 min 9 s  status, dateUpdated",
            "status  pending → sent",
            "dateUpdated  17:44:08.412Z → 17:44:20.100Z",
            "17:50:31  delivered  7 min 31 s  status, dateUpdated",
            "status  sent → delivered",
            "dateUpdated  17:44:20.100Z → 17:50:29.881Z",
            "17:58:02  delivered  now  nothing",
        ]
    );
}

#[test]
fn the_cursor_starts_on_the_last_change_which_alone_is_unfolded() {
    let timeline = timeline(&delivered(), now());
    let rows = &timeline.outline.rows;
    assert!(rows[timeline.start].label.as_str() == "17:50:31" && rows[timeline.start].open);
    let open = rows.iter().filter(|row| row.folds() && row.open).count();
    assert_eq!(open, 1);
    let at = |row| timeline.at_row(row).map(|lookup| lookup.snapshot.at);
    assert_eq!(
        at(timeline.start + 1),
        Some(timeline.lookups[2].snapshot.at)
    );
    assert_eq!(at(2), None);
}

#[test]
fn the_headline_says_since_when_the_status_stands() {
    let forms = |snapshots: &[Arc<Snapshot>]| {
        let timeline = timeline(snapshots, now());
        timeline.outline.head.as_ref().unwrap().when.forms(now())
    };
    assert_eq!(
        forms(&delivered()),
        [
            "Hn4fKp0XbN2mYtQ7sRwZ   final since 17:50:29 UTC",
            "final since 17:50:29 UTC",
            "since 17:50:29"
        ]
    );
    // The message's own time is older than the status: it tells of something else.
    let odd = [
        seen("17:44:10", &sms("pending", "17:44:08")),
        seen("17:44:22", &sms("sent", "17:44:08")),
    ];
    assert_eq!(forms(&odd)[1], "seen since 17:44:22 UTC");
}

#[test]
fn a_failed_lookup_is_told_and_not_compared_with() {
    let mut lookups = delivered();
    lookups.insert(2, failed("17:46:00"));
    let rows = told(&lookups);
    assert_eq!(
        rows[0],
        "5 lookups in 13 min 52 s: pending → sent → not found → delivered"
    );
    assert_eq!(
        rows[7],
        "17:46:00  not found  4 min 31 s  lookup failed · 404"
    );
    assert_eq!(rows[9], "status  sent → delivered");
    let timeline = timeline(&lookups, now());
    let before: Vec<_> = timeline.lookups.iter().map(|one| one.before).collect();
    assert_eq!(before, [None, Some(0), Some(1), Some(1), Some(3)]);
}

#[test]
fn without_any_message_the_failure_is_the_headline() {
    let timeline = timeline(&[failed("17:44:10"), failed("17:44:22")], now());
    let head = timeline.outline.head.as_ref().unwrap();
    assert_eq!(
        (head.tone, head.word.as_str()),
        (Tone::Trouble, "not found")
    );
    let row = &timeline.outline.rows[timeline.start];
    assert_eq!(row.label.as_str(), "17:44:10");
    assert!(super::timeline(&[], now()).outline.head.is_none());
}

#[test]
fn another_day_is_told_above_its_lookups() {
    let text = sms("sent", "17:44:20");
    let days = [
        "2026-03-02T23:59:00Z",
        "2026-03-03T00:01:00Z",
        "2026-03-04T09:00:00Z",
    ];
    let lookups = days.map(|at| snapshot(at, Ok(message(&text)), &text));
    let rows = told(&lookups);
    let days: Vec<_> = rows.iter().filter(|row| row.contains("Mar")).collect();
    assert_eq!(days, ["Mon 2 Mar 2026", "Tue 3 Mar 2026", "Wed 4 Mar 2026"]);
}

#[test]
fn fields_are_compared_at_every_level() {
    let old = r#"{"a":1,"gone":"x","meta":{"call":{"duration":null,"status":"ringing"}},"attachments":["u1"],"traceId":"1"}"#;
    let new = r#"{"traceId":"2","a": 1,"meta":{"call":{"duration":31,"status":"ringing"},"new one":""},"attachments":["u2","u3"]}"#;
    assert_eq!(
        words(old, new),
        [
            "meta.call.duration: null → 31",
            "meta[\"new one\"]: added: \"\"",
            "attachments[0]: u1 → u2",
            "attachments[1]: added: u3",
            "gone: removed: x",
        ]
    );
}

#[test]
fn another_spelling_of_the_same_value_is_no_change() {
    assert_eq!(
        words(r#"{"a":"\u00e9","b":[1, 2]}"#, r#"{"b":[1,2],"a":"é"}"#),
        [""; 0]
    );
    assert_eq!(words(r#"{"a":31}"#, r#"{"a":"31"}"#), ["a: 31 → \"31\""]);
    assert_eq!(words(r#"{"a":1,"a":2}"#, r#"{"a":2}"#), [""; 0]);
}

#[test]
fn of_long_values_the_place_where_they_part_is_told() {
    let long = |middle: &str| {
        let around = "é".repeat(1_000_000);
        format!(r#"{{"body":"{around}{middle}{around}"}}"#)
    };
    let told = words(&long("old"), &long("new")).remove(0);
    assert!(
        told.starts_with("body: …éééééééééééééééé"),
        "{}",
        &told[..60]
    );
    assert!(told.contains("old") && told.contains(" → …é") && told.contains("new"));
    assert!(told.chars().count() < 150, "{}", told.chars().count());
}

#[test]
fn very_many_changes_are_counted() {
    let list = |first: usize| {
        let values: Vec<String> = (first..first + 50_000)
            .map(|value| value.to_string())
            .collect();
        format!(r#"{{"list":[{}]}}"#, values.join(","))
    };
    let rows = told(&[seen("17:44:10", &list(0)), seen("17:44:22", &list(7))]);
    assert_eq!(rows.last().unwrap(), "49900 more fields changed");
    let deep = |value: &str| {
        format!(
            "{{\"a\":{}{value}{}}}",
            "[".repeat(9_000),
            "]".repeat(9_000)
        )
    };
    assert_eq!(words(&deep("1"), &deep("2")).len(), 1);
}

#[test]
fn hostile_names_and_values_are_made_harmless() {
    let hostile =
        |value: &str| format!(r#"{{"status":"\u001b[31m{value}","\u202ename":"{value}\u001b"}}"#);
    let timeline = timeline(
        &[
            seen("17:44:10", &hostile("a")),
            seen("17:44:22", &hostile("b")),
        ],
        now(),
    );
    let text: Vec<String> = timeline.outline.rows.iter().map(Row::line).collect();
    let text = text.join("\n") + &timeline.outline.sentence;
    assert!(
        !text.contains('\u{1b}') && !text.contains('\u{202e}'),
        "{text}"
    );
    assert!(timeline.outline.hidden > 0);
}

fn side_by_side(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (seen("17:44:10", old), seen("17:44:22", new));
    let rows = beside(&old, &new, None).rows;
    let rows = rows.iter().map(|row| {
        let mark = match row.role {
            Role::Line(Side::Before) => '-',
            Role::Line(Side::After) => '+',
            _ => ' ',
        };
        let label = row.label.as_str().trim_start_matches(['-', '+']);
        format!("{mark}{label}{}", row.value.as_str())
    });
    rows.collect()
}

#[test]
fn one_line_of_json_is_laid_out_and_what_differs_is_marked() {
    let old = r#"{"status":"sent","a":{"b":[],"c":"x, {y}: \"z\""},"n":1.50}"#;
    let new = "{\n  \"status\": \"delivered\", \"a\": {\"b\":[ ], \"c\":\"x, {y}: \\\"z\\\"\"}, \"n\":1.50 }";
    assert_eq!(
        side_by_side(old, new),
        [
            "-4 Mar 2026 17:44:10 UTC · sent",
            "+4 Mar 2026 17:44:22 UTC · delivered",
            " ",
            " {",
            "-  \"status\": \"sent\",",
            "+  \"status\": \"delivered\",",
            "   \"a\": {",
            "     \"b\": [],",
            "     \"c\": \"x, {y}: \\\"z\\\"\"",
            "   },",
            "   \"n\": 1.50",
            " }",
        ]
    );
}

#[test]
fn lines_far_from_a_change_are_folded() {
    let json = |last: u32| {
        let mut text = "{".to_owned();
        for number in 0..20 {
            write!(text, "\"f{number}\":{number},").unwrap();
        }
        write!(text, "\"last\":{last}}}").unwrap();
        text
    };
    let rows = side_by_side(&json(1), &json(2));
    assert_eq!(rows[3], " 18 lines are the same");
    let (old, new) = (seen("17:44:10", &json(1)), seen("17:44:22", &json(2)));
    let outline = beside(&old, &new, None);
    let folded = &outline.rows[3];
    assert!(folded.below == 18 && !folded.open);
}

#[test]
fn answers_of_megabytes_without_a_common_line_end_in_time() {
    let json = |first: usize| {
        let values: Vec<String> = (0..200_000)
            .map(|value| (value * 2 + first).to_string())
            .collect();
        format!("[{}]", values.join(","))
    };
    let (old, new) = (json(0), json(1));
    let failure = || Err(Failure::new(Cause::NotJson));
    let old = snapshot("2026-03-04T17:44:10Z", failure(), &old);
    let new = snapshot("2026-03-04T17:44:22Z", failure(), &new);
    let rows = beside(&old, &new, Some(std::time::Instant::now())).rows;
    assert!(rows.len() > 400_000);
}
