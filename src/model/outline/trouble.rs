//! The rows of a failed lookup: what happened, the API's words, what to try, and what was asked.
//! Never the token, and never a failed lookup that looks like a failed message.

use super::super::face::Face;
use super::super::failure::Failure;
use super::super::shown::Shown;
use super::super::snapshot::{Reply, Snapshot, Whose};
use super::super::status::Tone;
use super::super::text::{bytes, count, span};
use super::head::{Head, When};
use super::{Role, Row, Rows};

pub(super) fn rows(rows: &mut Rows<'_>, snapshot: &Snapshot, failure: &Failure) -> (Head, String) {
    let asked = &snapshot.asked;
    let why = failure.why(asked);
    rows.push(Row {
        label: Shown::line("Why"),
        ..Row::text(Role::Why, &why)
    });
    for quote in failure.quotes() {
        rows.push(Row::text(Role::Evidence, &quote));
    }
    rows.push(Row {
        label: Shown::line("Next"),
        ..Row::text(Role::Next, &failure.next(asked, rows.face))
    });
    rows.push(Row::new(Role::Blank, 0));
    profiles(rows, snapshot);
    rows.section("Lookup", true, |rows| {
        rows.push(Row::field("id", asked.id.as_str()));
        lookup_rows(rows, snapshot);
        // With a body the section below tells it.
        if let Some(answer) = snapshot
            .answer
            .as_ref()
            .filter(|answer| answer.body.is_empty())
        {
            let words = format!("{} without a body that was kept", answer.http);
            rows.push(Row::field("HTTP status", &words));
        }
        let trace = failure.trace_id.as_deref().unwrap_or("none in the answer");
        rows.push(Row::field("trace id", trace));
        String::new()
    });
    if snapshot.answer.is_some() {
        rows.section("Response", false, |rows| {
            let text = snapshot
                .answer
                .as_ref()
                .map(|answer| answer.body.text().as_ref())
                .unwrap_or_default();
            for line in Shown::raw_lines(text).into_iter().take(PREVIEW) {
                rows.push(Row {
                    value: line,
                    ..Row::new(Role::Text, 1)
                });
            }
            response_words(rows.face, snapshot)
        });
    }
    let head = Head {
        tone: Tone::Trouble,
        word: Shown::line(failure.title()),
        direction: None,
        kind: Shown::line(&failure.subtitle(asked)),
        done: None,
        when: When::Asked(snapshot.at, snapshot.took),
    };
    let sentence = format!(
        "Lookup of {}: {}. {why}",
        asked.id.as_str(),
        failure.title()
    );
    (head, Shown::line(&sentence).as_str().to_owned())
}

/// Lines of a failed answer shown in the outline; the raw view has all.
const PREVIEW: usize = 40;

/// What was asked, where and as whom.
pub(super) fn lookup_rows(rows: &mut Rows<'_>, snapshot: &Snapshot) {
    let asked = &snapshot.asked;
    if asked.was_read() {
        return rows.push(Row::field("read from", &asked.profile));
    }
    rows.push(Row::field("profile", &asked.profile));
    rows.push(Row::field("token", &asked.token));
    let request = format!(
        "GET {} · Version {}",
        asked.endpoint.path("{id}"),
        asked.version
    );
    rows.push(Row::field("asked", &request));
    for reply in &snapshot.also {
        let what = match reply.whose {
            Whose::EmailRecord => "email record",
            Whose::Conversation => "conversation",
            Whose::Profile(_) => continue,
        };
        let words = format!("{what}: {}", reply_words(reply));
        rows.push(Row::field("tried also", &words));
    }
    rows.push(Row::field("host", &asked.host));
    rows.push(Row::field(
        "at",
        &snapshot.at.strftime("%-d %b %Y %H:%M:%S UTC").to_string(),
    ));
    if let Some(answer) = &snapshot.answer
        && let (Some(left), Some(burst)) = (answer.limits.burst_left, answer.limits.burst)
    {
        let day = answer
            .limits
            .day_left
            .map(|day| format!(" · {} left today", count(day)))
            .unwrap_or_default();
        rows.push(Row::field(
            "limits",
            &format!("{left} of {burst} left{day}"),
        ));
    }
}

/// What each of several profiles answered.
pub(super) fn profiles(rows: &mut Rows<'_>, snapshot: &Snapshot) {
    rows.section("Profiles", true, |rows| {
        for reply in &snapshot.also {
            if let Whose::Profile(name) = &reply.whose {
                rows.push(Row::field(name, &reply_words(reply)));
            }
        }
        "what each answered".to_owned()
    });
}

/// `not found · 404 · 95 ms`.
fn reply_words(reply: &Reply) -> String {
    let http = reply.http.map(|http| format!(" · {http}"));
    let took = span(reply.took);
    format!("{}{} · {took}", reply.title, http.unwrap_or_default())
}

/// `200 · 639 B · 182 ms · R shows it as received`.
pub(super) fn response_words(face: Face<'_>, snapshot: &Snapshot) -> String {
    let answer = snapshot.answer.as_ref();
    if snapshot.asked.was_read() {
        let size = answer.map(|answer| bytes(answer.body.len() as u64));
        let raw = face.shows_raw(" · ", "shows it as it stands there");
        return format!("{}{raw}", size.unwrap_or_default());
    }
    let answer =
        answer.map(|answer| format!("{} · {} · ", answer.http, bytes(answer.body.len() as u64)));
    let raw = face.shows_raw(" · ", "shows it as received");
    format!("{}{}{raw}", answer.unwrap_or_default(), span(snapshot.took))
}
