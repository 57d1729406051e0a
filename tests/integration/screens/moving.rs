//! Focus, panes, folds, help, and the way back: what Esc and `q` close, and what they never do.
//! Never here: lookups.

use msgscope::app::Effect;
use msgscope::app::layout::Focus;

use crate::support::play::Play;

fn failed() -> Play {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>");
    play
}

fn call() -> Play {
    let mut play = Play::new(120, 30);
    play.play("<paste idnmc3DlXvdXQO4pxHLy><answer>");
    play
}

#[test]
fn tab_goes_round_and_shift_tab_back() {
    let mut play = Play::new(120, 30);
    let mut seen = Vec::new();
    for key in ["<tab>", "<tab>", "<tab>", "<shift-tab>", "<shift-tab>"] {
        play.play(key);
        seen.push(play.state.focus);
    }
    let (input, history, detail) = (Focus::Box, Focus::History, Focus::Detail);
    assert_eq!(seen, [history, detail, input, detail, history]);
}

#[test]
fn escape_goes_back_one_step_at_a_time_and_never_quits() {
    let mut play = failed();
    play.play("R/altId<enter>c");
    play.play("<esc>");
    assert!(play.state.overlay.is_none() && !play.state.find.is_empty());
    play.play("<esc>");
    assert!(play.state.find.is_empty());
    assert!(play.screen().contains("Message · raw"));
    play.play("<esc>");
    assert!(!play.screen().contains("Message · raw"));
    assert_eq!(play.state.focus, Focus::Detail);
    play.play("r<esc>");
    assert!(play.asked.is_empty());
    assert_eq!(play.state.focus, Focus::Detail);
    play.play("<esc>");
    assert_eq!(play.state.focus, Focus::History);
    let before = play.state.clone();
    play.play("<esc><esc><esc>");
    assert_eq!(play.state, before);
    assert!(play.done.is_empty());
}

#[test]
fn escape_in_the_box_goes_to_the_history_whatever_the_message_shows() {
    let mut play = failed();
    play.play("R/altId<enter>i<esc>");
    assert_eq!(play.state.focus, Focus::History);
    assert!(play.screen().contains("Message · raw"));
}

#[test]
fn q_closes_what_is_on_top_and_quits_only_at_the_base() {
    let mut play = failed();
    play.play("R/altId<enter>?");
    play.play("qqq");
    assert!(play.done.is_empty() && !play.screen().contains("Message · raw"));
    play.play("q");
    assert_eq!(play.done, [Effect::Quit]);
    let mut play = Play::new(120, 30);
    play.play("<paste aT7cHm3NtFi1eSx9KwPq><answer>cqaq?q");
    assert_eq!(play.done, []);
    play.play("R<shift-tab>q");
    assert_eq!(
        play.done,
        [],
        "the raw view is closed first, also from the history"
    );
    play.play("q");
    assert_eq!(play.done, [Effect::Quit]);
}

#[test]
fn q_in_the_box_is_a_letter_and_question_mark_is_one_behind_text() {
    let mut play = Play::new(120, 30);
    play.play("q?");
    assert_eq!(play.state.input.text(), "q?");
    assert!(play.done.is_empty() && play.state.overlay.is_none());
    assert!(play.footer().contains("Ctrl-C quit"), "{}", play.footer());
}

#[test]
fn question_mark_and_f1_show_all_keys_and_close_them() {
    let mut play = Play::new(120, 30);
    play.play("?");
    assert!(play.screen().contains("All keys"));
    play.play("?");
    assert!(!play.screen().contains("All keys"));
    play.play("abc<f1>");
    assert!(play.screen().contains("All keys"));
    play.play("<f1>");
    assert!(!play.screen().contains("All keys"));
    assert_eq!(play.state.input.text(), "abc");
    for steps in ["<paste VY80mMXYjmpyLMocAVq5><answer>?", "<esc><esc>?"] {
        play.play(steps);
        assert!(play.screen().contains("All keys"), "{steps}");
    }
}

#[test]
fn the_help_lists_every_key_and_scrolls_to_its_end() {
    let mut play = Play::new(120, 30);
    play.play("?");
    let mut seen = play.screen();
    for _ in 0..12 {
        play.play("<pgdn>");
        seen.push_str(&play.screen());
    }
    let bound = msgscope::app::action::bindings().filter(|binding| !binding.keys.is_empty());
    for binding in bound {
        assert!(seen.contains(binding.words), "{}", binding.name);
        for key in binding
            .keys
            .split(' ')
            .map(msgscope::app::action::shown_key)
        {
            let digits = key.len() == 1 && key.chars().all(|key| key.is_ascii_digit());
            assert!(digits || seen.contains(&key), "{key} of {}", binding.name);
        }
    }
    assert!(!play.screen().contains("more"), "{}", play.screen());
    play.play("g");
    assert!(play.screen().contains("Box, empty"));
}

#[test]
fn raw_and_back_keeps_the_cursor() {
    let mut play = failed();
    play.play("jjjjjjjj");
    let (row, scroll) = (play.row(), play.state.view().unwrap().scroll);
    play.play("RGR");
    assert_eq!(
        (play.row(), play.state.view().unwrap().scroll),
        (row, scroll)
    );
}

#[test]
fn enter_folds_and_unfolds_and_the_arrows_do_one_of_both() {
    let mut play = failed();
    play.play("/characters<enter>");
    assert!(play.row().starts_with("Body"), "{}", play.row());
    let all = play.state.view().unwrap().len();
    for (key, lines) in [
        ("<enter>", all - 1),
        ("<enter>", all),
        ("<left>", all - 1),
        ("<right>", all),
        ("<space>", all - 1),
        ("l", all),
        ("h", all - 1),
    ] {
        play.play(key);
        assert_eq!(play.state.view().unwrap().len(), lines, "{key}");
        assert!(play.row().starts_with("Body"));
    }
}

#[test]
fn h_goes_to_the_parent_and_from_a_top_row_to_the_history() {
    let mut play = failed();
    play.play("/altId<enter>h");
    assert!(play.row().starts_with("Message"), "{}", play.row());
    play.play("h");
    assert!(!play.screen().contains("altId"), "it folds");
    play.play("h");
    assert_eq!(play.state.focus, Focus::History);
    for steps in ["<tab>gh", "<tab>gjh"] {
        play.play(steps);
        assert_eq!(play.state.focus, Focus::History, "{steps}");
    }
}

#[test]
fn capital_e_unfolds_all_and_capital_c_folds_all_and_the_cursor_stays() {
    let mut play = call();
    play.play("/altId<enter><esc>C");
    assert!(play.row().starts_with("Message"), "{}", play.row());
    let folded = play.state.view().unwrap().len();
    play.play("E");
    assert!(play.row().starts_with("Message"), "{}", play.row());
    let unfolded = play.state.view().unwrap().len();
    assert!(folded < 12 && unfolded > 30, "{folded} {unfolded}");
    play.play("G");
    let last = play.row();
    assert!(!play.screen().contains("more"), "{last}");
    assert!(play.asked.is_empty(), "unfolding sends nothing");
}

#[test]
fn the_headline_stays_when_the_pane_scrolls() {
    let mut play = Play::new(80, 12);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>G");
    assert!(
        play.screen().contains("✗ failed  → outbound"),
        "{}",
        play.screen()
    );
    play.play("<pgup><ctrl-u>g");
    assert_eq!(play.row(), "(headline)");
}

#[test]
fn opening_a_row_of_the_history_shows_what_was_kept_and_sends_nothing() {
    let mut play = failed();
    play.play("<paste ve9EPM428h8vShlRW1KT><answer><esc>jl");
    assert_eq!(
        play.state.shown_id().unwrap().as_str(),
        "VY80mMXYjmpyLMocAVq5"
    );
    assert_eq!((play.state.focus, play.asked.len()), (Focus::Detail, 0));
}

#[test]
fn z_gives_one_pane_all_the_room_and_gives_it_back() {
    let mut play = failed();
    let before = play.screen();
    play.play("z");
    assert!(!play.screen().contains('│'), "{}", play.screen());
    play.play("<esc>");
    assert!(play.screen().contains("30007 filtered"));
    play.play("<tab>z");
    assert_eq!(play.screen(), before);
}

#[test]
fn a_narrow_screen_names_the_key_that_really_goes_to_the_other_pane() {
    let mut play = Play::new(60, 20);
    assert!(play.screen().contains(" Tab History ─"));
    play.play("<tab>");
    assert_eq!(play.state.focus, Focus::History);
    assert!(play.screen().contains(" Tab Message ─"));
    play.play("<tab>");
    assert_eq!(play.state.focus, Focus::Detail);
    assert!(play.screen().contains(" Shift-Tab History ─"));
    play.play("<shift-tab>");
    assert_eq!(play.state.focus, Focus::History);
}

#[test]
fn a_key_without_use_says_so() {
    let mut play = failed();
    play.play("X");
    assert_eq!(play.notice(), "X has no use here. ? shows all keys");
    play.play("j");
    assert_eq!(play.notice(), "");
}

#[test]
fn suspend_and_repaint_work_from_anywhere() {
    let mut play = failed();
    play.play("<ctrl-z>?<ctrl-l>qi<ctrl-z>");
    assert_eq!(
        play.done,
        [Effect::Suspend, Effect::Repaint, Effect::Suspend]
    );
}
