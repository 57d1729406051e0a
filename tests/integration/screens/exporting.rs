//! `x`: the form, the name that is offered, and what is asked before a file is written over.
//! Never a file: that is in `console::exporting`.

use std::sync::Arc;

use msgscope::app::effect::Export;
use msgscope::app::{Effect, Event};
use msgscope::export::file::text;
use msgscope::model::explain::Explanations;
use msgscope::model::file_form::FileForm;

use super::pictures::pictures;
use crate::support::play::Play;

const ID: &str = "VY80mMXYjmpyLMocAVq5";

fn opened() -> Play {
    let mut play = Play::new(120, 30);
    play.paste(ID);
    play.play("<answer>");
    play
}

fn exported(play: &Play) -> Export {
    match play.done.last() {
        Some(Effect::Export(export)) => export.clone(),
        other => panic!("no export: {other:?}"),
    }
}

#[test]
fn a_letter_chooses_the_form_and_enter_takes_the_name_that_is_offered() {
    for (letter, form, name) in [
        ("j", FileForm::Json, "./VY80mMXYjmpyLMocAVq5.json"),
        ("n", FileForm::Ndjson, "./VY80mMXYjmpyLMocAVq5.ndjson"),
        ("c", FileForm::Csv, "./VY80mMXYjmpyLMocAVq5.csv"),
        ("m", FileForm::Markdown, "./VY80mMXYjmpyLMocAVq5.md"),
        ("u", FileForm::Curl, "./VY80mMXYjmpyLMocAVq5.sh"),
    ] {
        let mut play = opened();
        play.play(&format!("x{letter}<enter>"));
        let export = exported(&play);
        assert_eq!((export.form, export.path.as_str()), (form, name));
        assert_eq!((export.snapshots.len(), export.over), (1, false));
    }
}

#[test]
fn the_menu_and_the_prompt_are_drawn() {
    let steps = format!("<paste {ID}><answer>x");
    pictures(
        "export-menu",
        &[(120, 30), (80, 24), (60, 20)],
        Play::new,
        &steps,
    );
    pictures(
        "export-name",
        &[(80, 24), (60, 20)],
        Play::new,
        &format!("{steps}c"),
    );
}

#[test]
fn another_name_is_typed_or_pasted_and_an_empty_one_is_refused() {
    let mut play = opened();
    play.play("xc<ctrl-u><enter>");
    assert_eq!(play.notice(), "A file needs a name");
    play.play("/tmp/ab<backspace><paste .csv><enter>");
    assert_eq!(exported(&play).path, "/tmp/a.csv");
}

#[test]
fn escape_writes_nothing() {
    let mut play = opened();
    play.play("xj<esc>");
    assert!(
        !play
            .done
            .iter()
            .any(|effect| matches!(effect, Effect::Export(_)))
    );
    assert!(play.screen().contains("✗ failed"));
}

#[test]
fn a_file_that_is_there_is_written_over_after_a_yes_alone() {
    for (answer, over) in [("y", true), ("n", false), ("j", false)] {
        let mut play = opened();
        play.play("xj<enter>");
        let export = exported(&play);
        play.happen(Event::Exported(Err(Box::new(export))));
        assert_eq!(play.notice(), "It exists. Overwrite? y/N");
        play.play(answer);
        assert_eq!(exported(&play).over, over, "{answer}");
    }
}

#[test]
fn the_text_of_each_form_is_whole() {
    let play = opened();
    let snapshot = play.state.meant().unwrap();
    let made = |form, count: usize| {
        let all: Vec<_> = (0..count).map(|_| Arc::clone(&snapshot)).collect();
        String::from_utf8(text(form, &all, &Explanations::default())).unwrap()
    };
    let body = snapshot.answer.as_ref().unwrap().body.text().to_string();
    assert_eq!(made(FileForm::Json, 1), body, "as received");
    let two: serde_json::Value = serde_json::from_str(&made(FileForm::Json, 2)).unwrap();
    assert_eq!(two.as_array().unwrap().len(), 2);
    assert_eq!(made(FileForm::Ndjson, 2).lines().count(), 2);
    let csv = made(FileForm::Csv, 1);
    let mut rows = csv.split("\r\n");
    assert_eq!(
        rows.next().unwrap(),
        "id,profile,status,messageType,direction,dateAdded,error,failure"
    );
    assert_eq!(
        rows.next().unwrap(),
        "VY80mMXYjmpyLMocAVq5,acme-support,failed,TYPE_SMS,outbound,2026-03-04T17:44:08.412Z,\
         Error 30007 - Message filtered,"
    );
    assert!(made(FileForm::Markdown, 1).starts_with("**SMS failed** (30007)"));
    assert!(made(FileForm::Curl, 1).starts_with("curl -sS 'https://"));
}

#[test]
fn a_transcript_is_written_as_text_once_it_was_asked_for() {
    let mut play = Play::new(120, 30);
    play.paste("h8TC9QDvm6i0bnGVjVV0");
    play.play("<answer>xt");
    assert_eq!(play.notice(), "No transcript here. L asks for it");
    play.play("L<linked>xt<enter>");
    let export = exported(&play);
    assert_eq!(export.path, "./h8TC9QDvm6i0bnGVjVV0.txt");
    let made = text(export.form, &export.snapshots, &Explanations::default());
    assert_eq!(
        String::from_utf8(made).unwrap(),
        "0:00 channel 1: This call may be recorded for quality assurance purposes.\n\
         0:04 channel 2: Hi, is this Dana?\n"
    );
}

#[test]
fn without_a_message_there_is_nothing_to_export() {
    let mut play = Play::new(120, 30);
    play.play("<esc>x");
    assert_eq!(play.notice(), "x: open a message first");
}
