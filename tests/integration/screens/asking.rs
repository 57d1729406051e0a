//! Lookups: where the focus goes, what an answer may change, what stops.
//! Never here: how an answer reads; that is in `pictures`.

use msgscope::app::layout::Focus;
use msgscope::app::state::Detail;
use msgscope::app::{Effect, Event, Ticket};
use msgscope::model::id::MessageId;

use crate::support::play::{Play, setting_without_token};

const FAILED: &str = "VY80mMXYjmpyLMocAVq5";
const DELIVERED: &str = "ve9EPM428h8vShlRW1KT";
const UNKNOWN: &str = "aaaaBBBBccccDDDDeeee";

fn id(text: &str) -> MessageId {
    MessageId::new(text).unwrap()
}

fn opened(play: &Play) -> Option<&str> {
    match &play.state.detail {
        Detail::Answer(opened) => Some(opened.snapshot.asked.id.as_str()),
        _ => None,
    }
}

fn listed(play: &Play) -> Vec<&str> {
    let entries = play.state.history.recent.entries().iter();
    entries.map(|entry| entry.id.as_str()).collect()
}

fn kept(play: &Play, id: &str) -> bool {
    let entries = play.state.history.recent.entries();
    let entry = entries.iter().find(|entry| entry.id.as_str() == id);
    entry.is_some_and(|entry| entry.kept.is_some())
}

#[test]
fn the_focus_moves_at_a_paste_and_at_enter_never_when_an_answer_comes() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    assert_eq!(play.state.focus, Focus::Detail);
    play.play("i<answer>");
    assert_eq!(play.state.focus, Focus::Box);
    play.play(DELIVERED);
    assert_eq!(play.state.focus, Focus::Box);
    play.play("<enter>");
    assert_eq!(play.state.focus, Focus::Detail);
    play.play("<tab><tab><answer>");
    assert_eq!(play.state.focus, Focus::History);
}

#[test]
fn letters_on_their_way_while_an_answer_comes_stay_text() {
    let mut play = Play::new(120, 30);
    play.play("VY80mMXYjmpyLMocAVq5<enter>iqxr<answer>jRqyE");
    assert_eq!(play.state.input.text(), "qxrjRqyE");
    assert_eq!((play.state.focus, play.done.len()), (Focus::Box, 0));
    assert_eq!(opened(&play), Some(FAILED));
}

#[test]
fn an_answer_to_an_older_lookup_is_dropped_from_the_pane_but_kept_in_the_list() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.paste(DELIVERED);
    play.answer();
    assert_eq!(opened(&play), None);
    assert!(kept(&play, FAILED) && !kept(&play, DELIVERED));
    assert!(!play.screen().contains("✗ failed   →"), "{}", play.screen());
    play.answer();
    assert_eq!(opened(&play), Some(DELIVERED));
    assert_eq!(listed(&play), [DELIVERED, FAILED]);
}

#[test]
fn an_id_asked_for_twice_is_one_row_and_the_newest_answer_is_shown() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.paste(FAILED);
    play.answer();
    assert_eq!((opened(&play), play.state.running.len()), (None, 1));
    play.answer();
    assert_eq!((opened(&play), listed(&play)), (Some(FAILED), vec![FAILED]));
}

#[test]
fn a_cancelled_lookups_answer_is_dropped() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    let (ticket, id) = play.asked[0].clone();
    play.play("<wait 2.1><ctrl-c>");
    assert!(play.asked.is_empty());
    assert!(play.screen().contains("! cancelled"), "{}", play.screen());
    assert!(play.screen().contains("You stopped it after 2.1 s."));
    let before = play.state.clone();
    play.answer_to(ticket, &id);
    assert_eq!(play.state, before);
    assert!(!kept(&play, FAILED));
}

#[test]
fn escape_and_the_first_ctrl_c_cancel_the_lookup_shown_and_the_second_quits() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.play("<esc>");
    assert_eq!((play.asked.len(), opened(&play)), (0, Some(FAILED)));
    assert_eq!(play.state.focus, Focus::Detail);
    play.play("r");
    assert_eq!(play.asked.len(), 1);
    play.play("<ctrl-c>");
    assert_eq!((play.asked.len(), play.done.len()), (0, 0));
    play.play("<ctrl-c>");
    assert_eq!(play.done, [Effect::Quit]);
}

#[test]
fn ctrl_c_stops_what_runs_unseen_before_it_quits() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.paste(DELIVERED);
    play.play("<answer><ctrl-c>");
    assert!(play.asked.is_empty() && kept(&play, FAILED));
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.paste(DELIVERED);
    play.play("<ctrl-c>");
    assert_eq!(play.asked.len(), 1);
    play.play("<ctrl-c>");
    assert_eq!((play.asked.len(), play.notice()), (0, "1 lookup stopped"));
    assert_eq!(play.done, []);
    play.play("<ctrl-c>");
    assert_eq!(play.done, [Effect::Quit]);
}

#[test]
fn several_ids_in_one_paste_are_asked_together_as_a_batch() {
    let mut play = Play::new(120, 30);
    play.paste(&format!("{FAILED}\n{DELIVERED}\n{UNKNOWN}\n"));
    assert_eq!(play.asked.len(), 3);
    assert_eq!(play.notice(), "3 ids take 1 s · Ctrl-C stops");
    for _ in 0..3 {
        assert!(play.screen().contains("Batch of 3"), "{}", play.screen());
        play.answer();
    }
    assert_eq!(listed(&play), [FAILED, DELIVERED, UNKNOWN], "as given");
    assert!(play.asked.is_empty() && kept(&play, UNKNOWN));
}

/// So many ids that nobody has, a line each.
fn many(ids: usize) -> String {
    let ids = (0..ids).map(|number| format!("{number:0>20}\n"));
    ids.collect()
}

#[test]
fn eight_at_most_are_asked_at_once_and_the_next_follows_an_answer() {
    let mut play = Play::new(120, 30);
    play.paste(&many(20));
    assert_eq!((play.asked.len(), play.state.waiting.len()), (8, 12));
    play.answer();
    assert_eq!((play.asked.len(), play.state.waiting.len()), (8, 11));
    for _ in 0..19 {
        play.answer();
    }
    assert!(play.asked.is_empty() && play.state.waiting.is_empty());
    assert_eq!(listed(&play).len(), 20);
}

#[test]
fn over_a_hundred_ids_are_asked_about_first() {
    let mut play = Play::new(120, 30);
    play.paste(&many(100));
    assert_eq!(play.asked.len(), 8);
    play.play("<ctrl-c>");
    play.paste(&many(250));
    assert!(play.asked.is_empty());
    assert_eq!(
        play.notice(),
        "250 ids take 25 s. Enter starts, Esc drops them"
    );
    play.play("<esc>");
    assert!(play.asked.is_empty() && play.state.waiting.is_empty());
    play.paste(&many(250));
    play.play("q");
    assert!(play.asked.is_empty(), "no other key starts them");
    play.play("<enter>");
    assert_eq!((play.asked.len(), play.state.waiting.len()), (8, 242));
}

#[test]
fn ctrl_c_stops_the_rest_of_several() {
    let mut play = Play::new(120, 30);
    play.paste(&many(20));
    play.play("<answer><ctrl-c>");
    let told = "Stopped at 1 of 20; r does the rest";
    assert_eq!((play.asked.len(), play.notice()), (0, told));
    assert!(play.state.waiting.is_empty() && play.done.is_empty());
    assert_eq!(listed(&play).len(), 1);
}

#[test]
fn esc_leaves_a_batch_running() {
    let mut play = Play::new(120, 30);
    play.paste(&many(20));
    play.play("<esc>");
    assert_eq!((play.asked.len(), play.state.waiting.len()), (8, 12));
    assert_eq!(play.state.focus, Focus::History);
}

#[test]
fn quitting_while_several_run_asks_once() {
    let mut play = Play::new(120, 30);
    play.paste(&many(20));
    play.play("q");
    assert_eq!(play.done, []);
    let told = "20 lookups are running. q again stops them and quits";
    assert_eq!(play.notice(), told);
    play.play("jq");
    assert_eq!((play.notice(), play.done.len()), (told, 0));
    play.play("q");
    assert_eq!(play.done, [Effect::Quit]);
}

#[test]
fn one_lookup_under_way_does_not_hold_up_quitting() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.play("q");
    assert_eq!(play.done, [Effect::Quit]);
}

#[test]
fn the_box_shows_the_id_of_what_is_below_it() {
    let mut play = Play::new(120, 30);
    play.paste(FAILED);
    play.answer();
    play.paste(DELIVERED);
    play.answer();
    play.play("<esc>j<enter>");
    assert_eq!(opened(&play), Some(FAILED));
    let box_line = format!("Message id › {FAILED}");
    assert!(play.screen().contains(&box_line), "{}", play.screen());
}

#[test]
fn a_large_paste_without_an_id_is_refused_at_once() {
    let mut play = Play::new(120, 30);
    let page = "<div class=\"x\" style=\"a:{b:c}\">some {text} here</div>\n".repeat(1200);
    let began = std::time::Instant::now();
    play.paste(&page[..page.len().min(64 * 1024)]);
    assert!(play.asked.is_empty() && !play.notice().is_empty());
    play.play("<end>");
    // Quadratic work took minutes in such a build.
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
}

#[test]
fn the_rows_of_others_come_and_go_without_moving_the_cursor_of_the_history() {
    let mut play = Play::new(120, 30);
    play.paste(&format!("{FAILED}\n{DELIVERED}\n{UNKNOWN}"));
    play.play("<answer><tab><tab><space>j");
    assert_eq!(play.state.focus, Focus::History);
    for _ in 0..2 {
        let under = play.state.history.at_cursor().id().cloned();
        play.play("<answer>");
        let now = play.state.history.at_cursor().id().cloned();
        assert_eq!(now, under);
    }
    play.play("ci");
    assert_eq!(play.copied(), Some(("id", FAILED)));
}

#[test]
fn a_new_id_is_never_shown_under_an_old_verdict() {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer><paste ve9EPM428h8vShlRW1KT>");
    let screen = play.screen();
    assert!(!screen.contains("✗ failed   → outbound"), "{screen}");
    assert!(screen.contains("asking acme-support"), "{screen}");
}

#[test]
fn asking_again_shows_what_was_known_only_as_such() {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>r");
    assert_eq!((opened(&play), play.asked.len()), (None, 1));
    assert!(play.screen().contains("last seen failed"));
    play.play("r");
    assert_eq!(play.notice(), "Still asking. Ctrl-C cancels");
    assert_eq!(play.asked.len(), 1);
}

#[test]
fn ids_given_at_start_are_asked_for_and_the_filled_list_stays_under_them() {
    let mut play = Play::new(120, 30);
    let filled = [DELIVERED, UNKNOWN].map(id).to_vec();
    play.happen(Event::Filled(filled));
    assert_eq!((opened(&play), play.asked.len()), (None, 2));
    assert_eq!(play.state.history.scroll.cursor, 0);
    play.happen(Event::Submitted(vec![id(FAILED)]));
    assert_eq!(listed(&play), [FAILED, DELIVERED, UNKNOWN]);
    play.play("<answer><answer>");
    assert_eq!(opened(&play), None);
    play.answer();
    assert_eq!(opened(&play), Some(FAILED));
    assert_eq!(play.state.running, Vec::<Ticket>::new());
}

#[test]
fn without_a_token_nothing_is_sent_until_there_is_one() {
    let mut play = Play::with(setting_without_token(), 120, 30);
    play.play("<esc>");
    play.paste(FAILED);
    assert!(play.asked.is_empty());
    assert!(play.screen().contains("Token ›"), "{}", play.screen());
    play.play("<paste pit-0f0e0d0c-1111-2222-3333-444455556666><enter>");
    assert_eq!(play.asked.len(), 1);
    play.answer();
    assert_eq!(opened(&play), Some(FAILED));
}
