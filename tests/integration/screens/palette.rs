//! The palette of commands: every action found by typing, and run.

use msgscope::app::Effect;
use msgscope::app::layout::Focus;
use msgscope::app::over::Over;
use msgscope::app::state::{Detail, Overlay};
use msgscope::model::whom::Whom;

use crate::support::play::{Play, profile, setting};

const FAILED: &str = "VY80mMXYjmpyLMocAVq5";

fn opened() -> Play {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.answer();
    play
}

#[test]
fn a_command_is_found_by_some_of_its_letters_and_run_by_enter() {
    let mut play = opened();
    play.play(":rwans");
    assert!(
        play.screen().contains("raw answer, and back"),
        "{}",
        play.screen()
    );
    play.play("<enter>");
    let Detail::Answer(shown) = &play.state.detail else {
        panic!("an answer");
    };
    assert!(matches!(shown.over, Some(Over::Raw(..))));
    assert_eq!(play.state.overlay, None);
}

#[test]
fn it_opens_from_panes_and_from_the_empty_box_and_leaves_by_esc() {
    let mut play = Play::new(80, 24);
    assert_eq!(play.state.focus, Focus::Box);
    play.play(":");
    assert!(matches!(play.state.overlay, Some(Overlay::Menu(_))));
    play.play("<esc>");
    assert_eq!(play.state.overlay, None);
    let mut play = opened();
    play.play("<ctrl-p>");
    assert!(matches!(play.state.overlay, Some(Overlay::Menu(_))));
    play.play("<ctrl-u><esc>");
    assert_eq!((&play.state.overlay, play.done.len()), (&None, 0));
}

#[test]
fn what_is_typed_is_no_command_and_what_nothing_matches_says_so() {
    let mut play = opened();
    play.play(":qqzz");
    assert!(
        play.screen().contains("Nothing matches."),
        "{}",
        play.screen()
    );
    play.play("<enter>");
    assert_eq!(play.done, []);
    play.play("<ctrl-u>");
    assert!(
        play.screen().contains("fold or unfold"),
        "{}",
        play.screen()
    );
}

#[test]
fn each_command_shows_its_key_and_stands_there_once() {
    let mut play = opened();
    play.play(":curl");
    let screen = play.screen();
    let row = screen
        .lines()
        .find(|line| line.contains("copy curl"))
        .unwrap();
    assert!(row.contains("c c  copy curl without the token"), "{row}");
    play.play("<enter>");
    let copied = |effect: &Effect| matches!(effect, Effect::CopyAs(..));
    assert_eq!(play.done.iter().filter(|effect| copied(effect)).count(), 1);
}

#[test]
fn a_profile_is_chosen_by_its_name() {
    let mut settled = setting();
    settled.profiles.push(profile("beta"));
    let mut play = Play::with(settled, 120, 30);
    play.play(":profile be<enter>");
    assert_eq!(play.state.whom, Whom::One(1));
    assert_eq!(play.notice(), "Asking as beta from now on");
}

#[test]
fn words_that_are_pasted_find_a_command_and_an_id_is_looked_up_all_the_same() {
    let mut play = opened();
    play.play(":<paste ids of a file>");
    assert!(
        play.screen().contains("look up the ids of a file"),
        "{}",
        play.screen()
    );
    play.play("<enter>");
    assert!(matches!(play.state.overlay, Some(Overlay::IdsFile(_))));
    play.play("<esc>:<paste ve9EPM428h8vShlRW1KT>");
    assert_eq!((&play.state.overlay, play.asked.len()), (&None, 1));
    play.play(":<paste pit-01234567-89ab-cdef-0123-456789abcdef>");
    assert!(!play.screen().contains("89ab"), "{}", play.screen());
}
