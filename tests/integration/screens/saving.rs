//! What `s` saves, how it is seen to get on, and what stops it.
//! Never here: a file; how it gets onto the disk is in `wire`.

use msgscope::app::setting::Setting;
use msgscope::app::{Effect, Event, Ticket};
use msgscope::model::saving::{Arrived, Piece, SavedFile, Unsaved};
use msgscope::ui::theme::{Looks, Theme};

use crate::support::play::{Play, setting};

const CALL: &str = "<paste h8TC9QDvm6i0bnGVjVV0><answer>";
const THREE_FILES: &str = "<paste aT7cHm3NtFi1eSx9KwPq><answer>";

fn played(steps: &str) -> Play {
    let mut play = Play::new(120, 30);
    play.play(steps);
    play
}

/// What is being saved, oldest first.
fn asked(play: &Play) -> Vec<(Ticket, Piece)> {
    let saves = play.done.iter().filter_map(|effect| match effect {
        Effect::Save(ticket, 0, piece) => Some((*ticket, piece.clone())),
        _ => None,
    });
    saves.collect()
}

#[track_caller]
fn ticket(play: &Play) -> Ticket {
    asked(play).last().expect("something is being saved").0
}

fn arrived(bytes: u64) -> Arrived {
    Arrived {
        extension: "mp3".to_owned(),
        bytes,
        of: Some(12_000_000),
        per_second: Some(1_200_000),
    }
}

fn file(name: &str, bytes: u64) -> SavedFile {
    SavedFile {
        path: format!("/home/ada/Downloads/{name}").into(),
        shown: format!("~/Downloads/{name}"),
        bytes,
    }
}

fn recorded() -> SavedFile {
    file("h8TC9QDvm6i0bnGVjVV0-recording.mp3", 1_900_000)
}

#[test]
fn s_saves_the_recording_of_the_call_shown_and_of_the_one_under_the_cursor() {
    for steps in [CALL, &format!("{CALL}<esc>")] {
        let mut play = played(steps);
        play.play("s");
        let [(_, Piece::Recording { message, location })] = &asked(&play)[..] else {
            panic!("a recording: {:?}", play.done);
        };
        assert_eq!(message.as_str(), "h8TC9QDvm6i0bnGVjVV0");
        assert_eq!(location.as_str(), "7ysh0vjy4EDQXyzqTu7v");
    }
}

#[test]
fn where_there_is_nothing_to_save_s_says_why() {
    let mut play = played("<paste VY80mMXYjmpyLMocAVq5><answer>s");
    assert_eq!(play.notice(), "s: no call, so no recording");
    play = played(&format!("{THREE_FILES}s"));
    let words = "s: no call, and 3 attachments · a lists them";
    assert_eq!(play.notice(), words);
    play = played("<paste zzzzZZZZzzzzZZZZzzzz><answer>s");
    assert_eq!(play.notice(), "s: the lookup brought no message");
    play = played("<esc>s");
    assert_eq!(play.notice(), "s: open a message first");
    assert!(asked(&play).is_empty());
}

#[test]
fn in_the_menu_s_saves_the_attachment_under_the_mark() {
    let mut play = played(&format!("{THREE_FILES}ajs"));
    assert!(play.state.overlay.is_none());
    let [(_, Piece::Attachment { number, url, .. })] = &asked(&play)[..] else {
        panic!("an attachment: {:?}", play.done);
    };
    assert_eq!(*number, 2);
    assert!(url.contains("documents%2F47ed51e4"), "{url}");
    assert_eq!(play.notice(), "");
    assert!(
        play.footer().starts_with("Saving aT7c…-2  "),
        "{}",
        play.footer()
    );
    play.play("ajs");
    assert_eq!(play.notice(), "It is being saved already.");
}

#[test]
fn on_an_attachments_row_s_saves_that_one() {
    let mut play = played(THREE_FILES);
    play.play("/mp4<enter>s");
    let [(_, Piece::Attachment { number, .. })] = &asked(&play)[..] else {
        panic!("an attachment: {:?}", play.notice());
    };
    assert_eq!(*number, 3);
}

#[test]
fn all_attachments_are_saved_from_the_commands_three_at_a_time() {
    let files: Vec<String> = (1..=5)
        .map(|n| format!("\"https://a.example/{n}.png\""))
        .collect();
    let body = format!(
        r#"{{"message":{{"id":"aT7cHm3NtFi1eSx9KwPq","type":2,"body":"x","attachments":[{}]}}}}"#,
        files.join(",")
    );
    let mut play = Play::new(120, 30);
    play.open_body("aT7cHm3NtFi1eSx9KwPq", &body);
    play.play(":save all<enter>");
    assert_eq!(asked(&play).len(), 3);
    assert!(
        play.footer().contains(" · 5 files left"),
        "{}",
        play.footer()
    );
    for number in 0..5 {
        let ticket = asked(&play)[number].0;
        let event = if number == 3 {
            Event::Saved(ticket, Err(Unsaved::Empty))
        } else {
            Event::Saved(ticket, Ok(file(&format!("{number}.png"), 1_000_000)))
        };
        play.happen(event);
    }
    assert_eq!(asked(&play).len(), 5);
    assert_eq!(
        play.notice(),
        "Saved 4 of 5 files in ~/Downloads, 4 MB; attachment 4: It is empty: 0 bytes."
    );
}

#[test]
fn the_footer_tells_how_it_gets_on_with_a_bar() {
    let mut play = played(&format!("{CALL}s"));
    play.happen(Event::SavingOn(ticket(&play), arrived(3_100_000)));
    let words =
        "Saving h8TC…-recording.mp3 · 3.1 of 12 MB · 1.2 MB/s ██░░░░░░  Ctrl-C stop  y copy answer";
    assert!(play.footer().starts_with(words), "{}", play.footer());
    play.theme = Theme::new(Looks::default(), false);
    play.draw();
    let words = "Saving h8TC~-recording.mp3 - 3.1 of 12 MB - 1.2 MB/s ##......";
    assert!(play.footer().starts_with(words), "{}", play.footer());
    play.resize(40, 12);
    assert!(
        play.footer().starts_with("Saving h8TC"),
        "{}",
        play.footer()
    );
}

#[test]
fn at_the_end_it_is_told_and_o_opens_it() {
    let mut play = played(&format!("{CALL}s"));
    play.happen(Event::Saved(ticket(&play), Ok(recorded())));
    let words = "Saved ~/Downloads/h8TC9QDvm6i0bnGVjVV0-recording.mp3, 1.9 MB · o opens it";
    assert_eq!(play.notice(), words);
    play.play("o");
    assert_eq!(play.done.last(), Some(&Effect::OpenFile(recorded().path)));
    // Once: then it means the app again.
    play.play("o");
    assert!(matches!(play.done.last(), Some(Effect::OpenUrl(_))));
}

#[test]
fn o_opens_no_file_after_another_key_over_ssh_or_of_a_kind_that_could_run() {
    let mut play = played(&format!("{CALL}s"));
    play.happen(Event::Saved(ticket(&play), Ok(recorded())));
    play.play("jo");
    assert!(matches!(play.done.last(), Some(Effect::OpenUrl(_))));

    play.play("s");
    play.happen(Event::Saved(ticket(&play), Ok(file("x-1.desktop", 71))));
    assert_eq!(play.notice(), "Saved ~/Downloads/x-1.desktop, 71 B");

    let remote = Setting {
        remote: true,
        ..setting()
    };
    let mut play = Play::with(remote, 120, 30);
    play.play(&format!("{CALL}s"));
    play.happen(Event::Saved(ticket(&play), Ok(recorded())));
    assert!(!play.notice().contains("opens"), "{}", play.notice());
}

#[test]
fn ctrl_c_stops_it_and_esc_does_not() {
    let mut play = played(&format!("{CALL}s"));
    let saving = ticket(&play);
    play.play("<esc><esc>");
    assert!(play.state.savings.is_under_way());
    play.play("<ctrl-c>");
    assert_eq!(play.done.last(), Some(&Effect::StopSaving(saving)));
    assert_eq!(play.notice(), "Stopped; nothing was kept");
    // What is told late changes nothing.
    play.happen(Event::SavingOn(saving, arrived(1)));
    play.happen(Event::Saved(saving, Err(Unsaved::Broken)));
    assert_eq!(play.notice(), "Stopped; nothing was kept");
    play.play("<ctrl-c>");
    assert_eq!(play.done.last(), Some(&Effect::Quit));
}

#[test]
fn a_lookup_is_stopped_before_a_file_is() {
    let mut play = played(&format!("{CALL}s"));
    play.play("<paste VY80mMXYjmpyLMocAVq5><ctrl-c>");
    assert!(play.state.savings.is_under_way());
    play.play("<ctrl-c>");
    assert!(!play.state.savings.is_under_way());
}

#[test]
fn q_asks_once_while_a_file_is_being_saved() {
    let mut play = played(&format!("{CALL}s"));
    play.play("q");
    let words = "1 file is being saved. q again stops it and quits";
    assert_eq!(play.notice(), words);
    assert_ne!(play.done.last(), Some(&Effect::Quit));
    play.play("q");
    assert_eq!(play.done.last(), Some(&Effect::Quit));
}

#[test]
fn a_missed_call_has_none_and_other_failures_say_why() {
    let mut play = played(&format!("{CALL}s"));
    play.happen(Event::Saved(ticket(&play), Err(Unsaved::NoRecording)));
    let words = "None. Missed calls have none; a new one may take minutes.";
    assert_eq!(play.notice(), words);
    play.play("s");
    let cut = Unsaved::Cut {
        after: 5,
        of: Some(9),
    };
    play.happen(Event::Saved(ticket(&play), Err(cut)));
    assert_eq!(play.notice(), "Not saved: Cut off after 5 of 9 bytes.");
}
