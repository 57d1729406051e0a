//! `P`: as whom is asked from now on, and who else is asked for what was not found.
//! Never here: what several profiles answered; that is in `surveys`.

use msgscope::app::layout::Focus;
use msgscope::app::setting::{Profile, Setting};
use msgscope::app::state::Overlay;
use msgscope::app::{Effect, Event};
use msgscope::model::progress::Progress;
use msgscope::model::whom::Whom;

use super::pictures::{SIZES, pictures};
use crate::support::play::{Play, profile, setting};

pub(super) const FAILED: &str = "VY80mMXYjmpyLMocAVq5";
pub(super) const UNKNOWN: &str = "aaaaBBBBccccDDDDeeee";
const SCOPE: &str = "e401Scope7Yh2KmPq9Rt";
const TOKEN: &str = "pit-0f0e0d0c-1111-2222-3333-444455556666";

/// Three sub-accounts, the last one without a token; the first is asked.
pub(super) fn three(width: u16, height: u16) -> Play {
    let beta = Profile {
        host: "api.beta.example".to_owned(),
        host_is_default: false,
        token: Some("private integration, from token_file".to_owned()),
        ..profile("beta-clinic")
    };
    let gamma = Profile {
        token: None,
        ..profile("gamma-lab")
    };
    let setting = Setting {
        profiles: vec![profile("acme-support"), beta, gamma],
        ..setting()
    };
    Play::with(setting, width, height)
}

pub(super) fn play() -> Play {
    three(120, 30)
}

/// The words of the picker's rows; none where it is not open.
pub(super) fn offered(play: &Play) -> Vec<&str> {
    match &play.state.overlay {
        Some(Overlay::Menu(menu)) => menu.items.iter().map(|item| item.words.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Who is asked in the newest lookup, and for what.
#[track_caller]
pub(super) fn newest(play: &Play) -> (Whom, &str) {
    let (ticket, id) = play.asked.last().expect("a lookup under way");
    (play.whom[ticket], id.as_str())
}

fn header(play: &Play) -> String {
    play.screen().lines().next().unwrap().to_owned()
}

#[test]
fn with_one_profile_it_says_where_to_add_more() {
    let mut play = Play::new(120, 30);
    play.play("<tab>P");
    let words = "Only acme-support is set up. msgscope config shows where to add more";
    assert_eq!((play.notice(), play.state.overlay.is_none()), (words, true));
    play.play("<tab><tab>P");
    assert_eq!(play.state.input.text(), "P", "in the box it is a letter");
}

#[test]
fn the_picker_names_all_with_the_place_of_their_tokens() {
    let mut play = play();
    play.play("<tab>P");
    assert_eq!(
        offered(&play),
        [
            "acme-support · private integration, from MSGSCOPE_TOKEN",
            "beta-clinic · api.beta.example · private integration, from token_file",
            "gamma-lab · no token",
        ]
    );
    let hints = "↑↓ move  Enter ask as  Ctrl-U all  Esc leave";
    assert_eq!(play.footer(), hints);
    pictures("profiles", &[(120, 30), (60, 20)], three, "<tab>P");
    let steps = "<paste aaaaBBBBccccDDDDeeee><answer>P";
    pictures("profiles-after-not-found", &SIZES, three, steps);
}

#[test]
fn typing_filters_and_what_is_typed_is_no_command() {
    let mut play = play();
    play.play("<tab>P");
    for (typed, rows) in [
        ("q", &[][..]),
        ("<ctrl-u>bet", &["beta-clinic"]),
        (
            "<backspace><backspace><backspace>TOKEN",
            &["acme-support", "beta-clinic", "gamma-lab"],
        ),
        (" file", &["beta-clinic"]),
        ("<ctrl-u>lab gamma", &["gamma-lab"]),
        ("x", &[]),
    ] {
        play.play(typed);
        let offered = offered(&play);
        let mut names: Vec<&str> = offered
            .iter()
            .map(|words| words.split(" · ").next().unwrap())
            .collect();
        // The best match comes first, whichever that is.
        names.sort_unstable();
        assert_eq!(names, rows, "{typed}");
    }
    assert!(
        play.screen().contains("Nothing matches."),
        "{}",
        play.screen()
    );
    play.play("<enter>");
    assert!(play.state.overlay.is_some(), "there is nothing to choose");
    assert_eq!((play.done.len(), play.asked.len()), (0, 0));
    let filtered = [(120, 30), (60, 20)];
    pictures("profiles-filtered", &filtered, three, "<tab>Pbeta");
}

#[test]
fn the_chosen_one_is_named_and_asked_from_now_on() {
    let mut play = play();
    assert!(
        header(&play).contains(" acme-support "),
        "{}",
        header(&play)
    );
    play.play("<tab>P<down><enter>");
    assert_eq!(play.notice(), "Asking as beta-clinic from now on");
    assert_eq!((play.state.whom, play.asked.len()), (Whom::One(1), 0));
    assert!(header(&play).contains(" beta-clinic "), "{}", header(&play));
    play.paste(FAILED);
    assert_eq!(newest(&play), (Whom::One(1), FAILED));
    assert!(
        play.screen().contains("asking beta-clinic"),
        "{}",
        play.screen()
    );
    play.play("<answer>Pacme<enter>");
    assert_eq!(play.state.whom, Whom::One(0));
    assert!(
        play.asked.is_empty(),
        "a message that was found is not asked for again"
    );
    play.play("P");
    let Some(Overlay::Menu(menu)) = &play.state.overlay else {
        panic!("the picker is open");
    };
    assert_eq!((menu.scroll.cursor, menu.items[0].key.as_str()), (0, "*"));
}

#[test]
fn after_not_found_the_first_row_asks_all_others() {
    let mut play = play();
    play.play("<paste aaaaBBBBccccDDDDeeee><answer>");
    let next = "P Enter asks the other 2 profiles for it.";
    assert!(play.screen().contains(next), "{}", play.screen());
    assert!(
        play.footer().starts_with("P Enter ask the others"),
        "{}",
        play.footer()
    );
    play.play("P");
    let first = "all 2 others · which has aaaaBBBBccccDDDDeeee?";
    assert_eq!((offered(&play)[0], offered(&play).len()), (first, 4));
    play.play("<enter>");
    assert_eq!(newest(&play), (Whom::AllBut(0), UNKNOWN));
    assert!(
        play.screen().contains("2 other profiles"),
        "{}",
        play.screen()
    );
    assert_eq!(play.state.whom, Whom::One(0), "asked once, not from now on");
    let (ticket, _) = play.asked[0];
    for (answered, words) in [(0, "asking all profiles"), (1, "1 of 2")] {
        let progress = Progress::Surveying { answered, of: 2 };
        play.happen(Event::Progressed(ticket, progress));
        assert!(
            play.screen().contains(words),
            "{words} in\n{}",
            play.screen()
        );
    }
    assert_eq!(play.state.focus, Focus::Detail);
}

#[test]
fn after_another_failure_the_chosen_one_is_asked_for_it() {
    let mut play = play();
    play.play("<paste e401Scope7Yh2KmPq9Rt><answer>P");
    let offers = offered(&play).len();
    assert_eq!(
        offers,
        3,
        "the others are not asked at once: {:?}",
        offered(&play)
    );
    play.play("beta<enter>");
    assert_eq!(newest(&play), (Whom::One(1), SCOPE));
    assert_eq!(play.state.whom, Whom::One(1));
    play.play("<answer>P<up><enter>");
    assert_eq!(newest(&play), (Whom::One(0), SCOPE));
}

#[test]
fn after_not_found_one_of_the_others_can_be_chosen_too() {
    let mut play = play();
    play.play("<paste aaaaBBBBccccDDDDeeee><answer>Pbeta<enter>");
    assert_eq!(newest(&play), (Whom::One(1), UNKNOWN));
    play.play("<answer>P<enter>");
    assert_eq!(newest(&play), (Whom::AllBut(1), UNKNOWN));
}

#[test]
fn escape_leaves_and_changes_nothing() {
    let mut play = play();
    play.play("<paste aaaaBBBBccccDDDDeeee><answer>");
    let before = play.state.clone();
    play.play("Pbeta<esc>");
    assert_eq!(play.state, before);
    play.play("<tab><tab>Px<esc>");
    assert_eq!((play.state.whom, play.asked.len()), (Whom::One(0), 0));
    assert_eq!(play.done, []);
}

#[test]
fn a_profile_without_a_token_asks_for_one_first() {
    let mut play = play();
    play.play("<paste aaaaBBBBccccDDDDeeee><answer>Pgamma<enter>");
    assert!(play.screen().contains("Token ›"), "{}", play.screen());
    assert!(header(&play).contains(" gamma-lab "), "{}", header(&play));
    assert!(play.asked.is_empty());
    play.paste(TOKEN);
    play.play("<enter>");
    let used = play.done.last();
    assert!(matches!(used, Some(Effect::UseToken(2, _))), "{used:?}");
    assert_eq!(newest(&play), (Whom::One(2), UNKNOWN));
    assert_eq!(play.state.setting.profiles[0], profile("acme-support"));
}

#[test]
fn a_token_prompt_that_is_left_asks_nothing_and_another_profile_can_be_chosen() {
    let mut play = play();
    play.play("<paste aaaaBBBBccccDDDDeeee><answer>Pgamma<enter><esc>");
    assert!(!play.screen().contains("Token ›"), "{}", play.screen());
    assert!(play.asked.is_empty());
    play.play("Pbeta<enter>");
    assert_eq!(newest(&play), (Whom::One(1), UNKNOWN));
}

#[test]
fn with_all_profiles_asked_from_the_start_the_header_says_so() {
    let begin = |width, height| {
        let mut play = three(width, height);
        let setting = Setting {
            whom: Whom::All,
            ..play.state.setting.clone()
        };
        play = Play::with(setting, width, height);
        play
    };
    let mut play = begin(120, 30);
    assert!(
        header(&play).contains(" all 3 profiles "),
        "{}",
        header(&play)
    );
    play.paste(UNKNOWN);
    assert_eq!(newest(&play), (Whom::All, UNKNOWN));
    pictures("all-profiles-start", &SIZES, begin, "");
}

#[test]
fn a_token_pasted_while_all_are_asked_is_given_to_none() {
    let mut settled = setting();
    settled.profiles.push(profile("beta"));
    settled.whom = Whom::All;
    let mut play = Play::with(settled, 120, 30);
    play.paste("pit-0f0e0d0c-1111-2222-3333-444455556666");
    assert!(
        play.notice().contains("P picks the profile it is for"),
        "{}",
        play.notice()
    );
    play.play("<esc>y");
    let used = |effect: &Effect| matches!(effect, Effect::UseToken(..));
    assert!(!play.done.iter().any(used));
}
