//! Answers as the text of a file, in the form that was chosen.
//! Never a byte of an answer changed where it is written as received.

use std::borrow::Cow;
use std::sync::Arc;

use super::curl::curl;
use super::fields::Fields;
use super::markdown::{Privacy, markdown};
use super::ndjson;
use crate::model::explain::Explanations;
use crate::model::file_form::FileForm;
use crate::model::snapshot::Snapshot;
use crate::model::transcript;

/// The text, ending with a line's end but for a single answer, which stays as it was received.
pub fn text(form: FileForm, snapshots: &[Arc<Snapshot>], known: &Explanations) -> Vec<u8> {
    let each = |make: &dyn Fn(&Snapshot) -> String, between: &str| {
        let all: Vec<String> = snapshots.iter().map(|one| make(one)).collect();
        all.join(between).into_bytes()
    };
    match form {
        FileForm::Json => json(snapshots),
        FileForm::Ndjson => each(&|one| format!("{}\n", ndjson::line(one)), ""),
        FileForm::Csv => {
            let fields = Fields::usual();
            let rows = each(&|one| fields.csv_row(one, known), "");
            [fields.csv_head().into_bytes(), rows].concat()
        }
        FileForm::Markdown => each(&|one| markdown(one, known, Privacy::Masked), "\n"),
        FileForm::Curl => each(&|one| format!("{}\n", curl(one)), ""),
        FileForm::Transcript => each(&|one| transcript::text(one).unwrap_or_default(), "\n"),
    }
}

/// One as it came; of several an array, with nothing in the place of those that brought no answer.
fn json(snapshots: &[Arc<Snapshot>]) -> Vec<u8> {
    let bodies = snapshots.iter().map(|one| {
        let answer = one.answer.as_ref();
        answer.map_or_else(
            || Cow::Borrowed(&b"null"[..]),
            |answer| Cow::Borrowed(answer.body.bytes()),
        )
    });
    let bodies: Vec<Cow<'_, [u8]>> = bodies.collect();
    match bodies.as_slice() {
        [only] => only.to_vec(),
        several => {
            let mut text = b"[\n".to_vec();
            text.extend(several.join(&b",\n"[..]));
            text.extend(b"\n]\n");
            text
        }
    }
}
