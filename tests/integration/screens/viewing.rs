//! A saved payload in the console: its rows, the first one open, and what asks saying that nothing is asked.
//! Never a lookup: none may be among the effects.

use std::sync::Arc;

use jiff::tz::TimeZone;
use msgscope::app::action::bindings;
use msgscope::app::history::Answered;
use msgscope::app::setting::Work;
use msgscope::app::state::Overlay;
use msgscope::app::{Effect, Event};
use msgscope::model::explain::Explanations;
use msgscope::model::face::Face;
use msgscope::model::outline::outline;
use msgscope::model::payload::{Payload, Whence};
use msgscope::model::snapshot::Snapshot;

use crate::support::fixtures::fixture;
use crate::support::play::{Play, noon, profile, setting};
use crate::support::shelf::Shelf;

const NOTHING: &str = "Nothing is asked in view: start msgscope to look ids up";

fn view(text: Vec<u8>) -> Play {
    let whence = Whence::new("saved.json", "https://acme.example", "2021-07-28");
    let payload = Payload::new(text, whence, noon()).unwrap();
    let all: Vec<Snapshot> = payload.snapshots(0..payload.len()).collect();
    let mut setting = setting();
    setting.work = Work::View;
    setting.profiles = vec![profile("saved.json")];
    let mut play = Play::with(setting, 120, 30);
    play.shelf = Some(Shelf::new(all.iter().rev().cloned()));
    play.happen(Event::Began);
    assert_eq!(play.done, [Effect::TakeIn(0)]);
    let snapshot = Arc::new(all[0].clone());
    let hints = play.state.setting.hints();
    let known = Explanations::default();
    let rows = outline(Face::Console(&hints), &known, &snapshot, &TimeZone::UTC);
    let outline = Arc::new(rows);
    play.happen(Event::TakenIn {
        next: None,
        first: Some(Answered { snapshot, outline }),
    });
    play
}

fn page() -> Play {
    view(fixture(
        "conversation-messages-page-double-wrapped-issue54.json",
    ))
}

#[test]
fn each_message_is_a_row_and_the_first_one_is_open() {
    let mut play = page();
    let screen = play.screen();
    for words in ["msgscope ─ saved.json", "History 1/3", "✓ delivered"] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    assert!(!screen.contains("oken"), "{screen}");
    play.play("<shift-tab>jj<enter>");
    assert_eq!(
        play.state.shown_id().map(ToString::to_string).as_deref(),
        Some("OTMYZsdyNFHp0MECmhpd")
    );
    play.play("<shift-tab>/hi");
    assert!(
        play.screen().contains("History 1/1 of 3"),
        "{}",
        play.screen()
    );
}

#[test]
fn what_asks_says_that_nothing_is_asked() {
    for key in ["r", "w", "L", "s", "P"] {
        let mut play = page();
        play.play(key);
        assert_eq!(play.notice(), NOTHING, "{key}");
        assert!(!play.footer().contains("ask again"), "{}", play.footer());
    }
    let mut play = page();
    play.play("<paste ve9EPM428h8vShlRW1KT>");
    assert_eq!(play.notice(), NOTHING);
    play.play("ive9EPM428h8vShlRW1KT<enter>");
    assert_eq!(play.notice(), NOTHING);
    play.play("<paste pit-01234567-89ab-cdef-0123-456789abcdef>");
    assert_eq!(play.notice(), NOTHING);
    play.play("y");
    assert!(play.asked.is_empty() && play.links.is_empty());
    let sent = |effect: &Effect| matches!(effect, Effect::UseToken(..) | Effect::Save(..));
    assert!(!play.done.iter().any(sent));
}

/// What the help says of each key, and what the palette offers.
fn listed(mut play: Play) -> (Vec<String>, Vec<String>) {
    play.play("?");
    let Some(Overlay::Help(help)) = &play.state.overlay else {
        panic!("the help");
    };
    let help = help.outline.rows.iter().map(|row| row.value.to_string());
    let help = help.collect();
    play.play("<esc>:");
    let Some(Overlay::Menu(palette)) = &play.state.overlay else {
        panic!("the palette");
    };
    let palette = palette.items.iter().map(|item| item.words.to_string());
    (help, palette.collect())
}

#[test]
fn what_asks_is_neither_in_the_help_nor_among_the_commands() {
    let (help, palette) = listed(page());
    let (asking_help, asking_palette) = listed(Play::new(120, 30));
    for words in ["look up again", "watch", "ids of a file"] {
        let is_in = |list: &[String]| list.iter().any(|line| line.contains(words));
        assert!(is_in(&asking_palette), "{words} in {asking_palette:?}");
        assert!(!is_in(&palette), "{words} in {palette:?}");
    }
    for binding in bindings().filter(|binding| binding.action.asks()) {
        // Another action may be told in the same words.
        let mut others = bindings().filter(|other| !other.action.asks());
        if others.any(|other| other.words.starts_with(binding.words)) {
            continue;
        }
        let is_in = |list: &[String]| list.iter().any(|line| line.starts_with(binding.words));
        assert!(!is_in(&help), "{} in {help:?}", binding.words);
        assert!(!is_in(&palette), "{} in {palette:?}", binding.words);
        assert!(is_in(&asking_help) || is_in(&asking_palette) || binding.keys.is_empty());
    }
    assert!(palette.len() > 20, "{palette:?}");
}

#[test]
fn a_line_that_is_no_message_is_a_row_that_says_where_it_stands() {
    let mut play = view(b"{\"id\":\"a1\",\"type\":2}\nno json\n".to_vec());
    play.play("<shift-tab>j<enter>");
    let screen = play.screen();
    assert!(screen.contains("line 2 is not JSON"), "{screen}");
    assert!(!screen.contains("r asks again"), "{screen}");
}

#[test]
fn the_next_bunch_is_taken_in_until_there_is_none() {
    let mut play = page();
    play.done.clear();
    play.happen(Event::TakenIn {
        next: Some(128),
        first: None,
    });
    assert_eq!(play.done, [Effect::TakeIn(128)]);
}
