//! The timeline: a message's lookups, what changed, one of them opened, two side by side.
//! Never here: where the lookups were kept.

use msgscope::app::layout::Focus;
use msgscope::app::state::Detail;
use msgscope::app::{Action, Event};
use msgscope::ui::theme::{Looks, Theme};

use super::pictures::{SIZES, pictures};
use crate::support::play::Play;

const ID: &str = "Hn4fKp0XbN2mYtQ7sRwZ";

fn sms(status: &str, updated: &str) -> String {
    format!(
        r#"{{"message":{{"id":"{ID}","type":2,"messageType":"TYPE_SMS","locationId":"7ysh0vjy4EDQXyzqTu7v","contactId":"PvqI5W9TlT58kcNluuZ6","direction":"outbound","status":"{status}","dateAdded":"2026-03-04T17:44:08.412Z","dateUpdated":"2026-03-04T{updated}Z","body":"See you on Thursday"}},"traceId":"{updated}"}}"#
    )
}

/// Looked up at these times of the day, with these answers.
fn looked_up(width: u16, height: u16, answers: &[(&str, u16, String)]) -> Play {
    let mut play = Play::new(width, height);
    for (time, http, body) in answers {
        let at = format!("2026-03-04T{time}Z").parse().unwrap();
        play.happen(Event::Passed(at));
        play.paste(ID);
        let (ticket, id) = play.asked.pop().unwrap();
        play.answer_with(ticket, &id, *http, body.clone().into_bytes());
    }
    play.wait(3.0);
    play
}

fn answers() -> Vec<(&'static str, u16, String)> {
    vec![
        ("17:44:10", 200, sms("pending", "17:44:08.412")),
        ("17:44:22", 200, sms("sent", "17:44:20.100")),
        ("17:50:31", 200, sms("delivered", "17:50:29.881")),
        ("17:58:02", 200, sms("delivered", "17:50:29.881")),
    ]
}

fn delivered(width: u16, height: u16) -> Play {
    looked_up(width, height, &answers())
}

fn failed_between(width: u16, height: u16) -> Play {
    let mut answers = answers();
    let not_found = r#"{"statusCode":404,"message":"not found"}"#.to_owned();
    answers.insert(2, ("17:46:00", 404, not_found));
    looked_up(width, height, &answers)
}

#[test]
fn a_message_that_was_delivered_tells_its_way() {
    pictures("timeline", &SIZES, delivered, "t");
}

#[test]
fn a_failed_lookup_stands_between_the_others() {
    pictures("timeline-failed", &SIZES, failed_between, "tE");
}

#[test]
fn hostile_values_are_harmless_in_it() {
    let begin = |width, height| {
        let hostile = r"a\u001b[2Jb\u202ec\nd";
        let long = format!("{}{hostile}", "漢字".repeat(40));
        let mut answers = answers();
        answers.truncate(2);
        answers[1].2 = sms(hostile, "17:44:20.100").replace("See you on Thursday", &long);
        looked_up(width, height, &answers)
    };
    pictures("timeline-hostile", &SIZES, begin, "t");
}

#[test]
fn two_answers_are_laid_side_by_side() {
    pictures("side-by-side", &SIZES, delivered, "t=");
}

#[test]
fn the_lines_of_one_answer_alone_are_coloured() {
    let mut play = delivered(120, 30);
    play.play("t=G");
    let (screen, styles) = (play.screen(), play.styles());
    let looks = |words: &str| {
        let place = screen
            .lines()
            .position(|line| line.contains(words))
            .unwrap();
        let column = screen
            .lines()
            .nth(place)
            .unwrap()
            .chars()
            .position(|letter| letter == '"');
        styles
            .lines()
            .nth(place)
            .unwrap()
            .chars()
            .nth(column.unwrap())
            .unwrap()
    };
    assert_eq!(looks("\"status\": \"sent\""), 'c');
    assert_eq!(looks("\"status\": \"delivered\""), 'c');
    assert_ne!(looks("\"direction\""), 'c');
}

#[test]
fn one_lookup_alone_is_no_timeline() {
    let mut play = looked_up(120, 30, &answers()[..1]);
    play.play("t");
    assert_eq!(play.notice(), "One lookup so far. r asks again");
    let mut play = Play::new(120, 30);
    play.play("<tab>t");
    assert_eq!(play.notice(), "Nothing looked up yet.");
    play.play("<tab>t");
    assert_eq!(play.notice(), "t: open a message first");
    play.paste(ID);
    play.play("t");
    assert_eq!(play.notice(), "Still asking. Ctrl-C cancels");
}

#[test]
fn escape_goes_from_the_lines_to_the_timeline_and_from_there_to_the_message() {
    let mut play = delivered(120, 30);
    play.play("t=");
    assert!(play.screen().contains("Message · side by side"));
    play.play("<esc>");
    assert!(play.screen().contains("Message · timeline"));
    assert!(play.row().starts_with("17:50:31"), "{}", play.row());
    play.play("R");
    assert!(play.screen().contains("Message · raw"));
    play.play("<esc>");
    assert!(play.row().starts_with("17:50:31"), "{}", play.row());
    play.play("<esc>");
    assert!(!play.screen().contains(" · timeline"));
    assert_eq!(play.state.focus, Focus::Detail);
    play.play("tt");
    assert!(!play.screen().contains(" · timeline"));
    play.play("tq");
    assert!(!play.screen().contains(" · timeline") && play.done.is_empty());
}

#[test]
fn a_lookup_is_unfolded_and_folded_and_copied() {
    let mut play = delivered(120, 30);
    play.play("tk");
    assert_eq!(play.row(), "17:44:22  sent  6 min 9 s  status, dateUpdated");
    assert!(!play.screen().contains("pending → sent\n"));
    play.play("<right>j");
    assert_eq!(play.row(), "status  pending → sent");
    play.play("y");
    assert_eq!(play.copied(), Some(("row", "status  pending → sent")));
    play.play("<left><left>y");
    let row = "17:44:22  sent  6 min 9 s  status, dateUpdated";
    assert_eq!(play.copied(), Some(("row", row)));
    play.play("gy");
    let told =
        "Message Hn4fKp0XbN2mYtQ7sRwZ: 4 lookups in 13 min 52 s: pending → sent → delivered.";
    assert_eq!(play.copied(), Some(("answer", told)));
}

#[test]
fn a_lookup_is_opened_as_it_was() {
    let mut play = delivered(120, 30);
    play.play("tk<enter>");
    let screen = play.screen();
    assert!(
        screen.contains("as of 17:44:22 UTC · t timeline"),
        "{screen}"
    );
    let Detail::Answer(opened) = &play.state.detail else {
        panic!("nothing is opened");
    };
    assert_eq!(
        opened.view.outline.head.as_ref().unwrap().word.as_str(),
        "sent"
    );
    play.play("tG<enter>");
    assert!(!play.screen().contains("as of"), "{}", play.screen());
}

#[test]
fn where_there_is_nothing_to_compare_it_is_said() {
    let mut play = delivered(120, 30);
    play.play("tgjjk=");
    assert_eq!(play.notice(), "Choose a lookup first");
    play.play("j=");
    assert_eq!(play.notice(), "The first lookup: there is none before it");
}

#[test]
fn from_the_history_the_timeline_is_that_of_the_row() {
    let mut play = delivered(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer><esc>jt");
    let screen = play.screen();
    assert!(
        screen.contains("Message · timeline") && screen.contains("4 lookups in"),
        "{screen}"
    );
    assert_eq!(play.state.focus, Focus::Detail);
}

#[test]
fn lookups_that_were_read_too_late_are_dropped() {
    let mut play = delivered(120, 30);
    let before = play.state.clone();
    let other = msgscope::model::id::MessageId::new("VY80mMXYjmpyLMocAVq5").unwrap();
    play.happen(Event::TimelineRead(other, Vec::new()));
    assert_eq!(play.state, before);
}

#[test]
fn the_timeline_keeps_its_place_through_every_size() {
    let mut play = delivered(120, 30);
    play.play("t");
    for (width, height) in [(80, 24), (60, 20), (40, 8), (1, 1), (60, 15), (120, 30)] {
        play.resize(width, height);
        assert!(
            play.row().starts_with("17:50:31"),
            "{width}x{height}: {}",
            play.row()
        );
    }
}

#[test]
fn on_a_terminal_that_shows_ascii_only_it_is_ascii() {
    let mut play = failed_between(120, 30);
    play.theme = Theme::new(Looks::default(), false);
    for steps in ["t", "E", "="] {
        play.play(steps);
        assert!(play.screen().is_ascii(), "{steps}: {}", play.screen());
    }
}

#[test]
fn answers_that_are_compared_too_late_are_dropped() {
    let mut play = delivered(120, 30);
    play.play("t");
    play.apply(Event::Acted(Action::Beside));
    play.apply(Event::Acted(Action::Up));
    play.apply(Event::Acted(Action::Up));
    while play.task_ends() {}
    play.draw();
    assert!(play.screen().contains("Message · timeline"));
}
