//! The screens as text, at the sizes they change at.
//! Never accepted unseen: a changed picture is looked at beside what it replaces.

use std::time::Duration;

use insta::Settings;
use msgscope::app::setting::{Profile, Setting};
use msgscope::app::{Event, Ticket};
use msgscope::model::failure::FailureKind;
use msgscope::model::progress::{Progress, Setback};
use msgscope::ui::theme::{Looks, Theme};

use crate::support::play::{Play, noon, profile, setting, setting_without_token};

/// The sizes: framed, divided, one pane, one pane in few rows, too small for anything.
const ALL: [(u16, u16); 5] = [(120, 30), (80, 24), (60, 20), (60, 15), (1, 1)];
/// One size a layout.
pub(super) const SIZES: [(u16, u16); 3] = [(120, 30), (80, 24), (60, 20)];

pub(super) fn kept(name: &str, text: &str) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Keeps a picture of what `steps` lead to, at each of `sizes`.
pub(super) fn pictures(
    name: &str,
    sizes: &[(u16, u16)],
    begin: impl Fn(u16, u16) -> Play,
    steps: &str,
) {
    for (width, height) in sizes {
        let mut play = begin(*width, *height);
        play.play(steps);
        kept(&format!("{name}-{width}x{height}"), &play.screen());
    }
}

/// A list with some messages in it, under what is looked at.
fn seen_before(width: u16, height: u16) -> Play {
    let mut play = Play::new(width, height);
    play.happen(Event::Passed(noon() - Duration::from_secs(1000)));
    for id in [
        "Dq7Yt2NvKx5WcZs9HbLp",
        "aaaaBBBBccccDDDDeeee",
        "h8TC9QDvm6i0bnGVjVV0",
        "STAjKD1GNDCJfbNOjHzr",
        "ve9EPM428h8vShlRW1KT",
    ] {
        play.paste(id);
        play.answer();
        play.wait(200.0);
    }
    play
}

#[test]
fn the_first_screen_says_what_to_do() {
    pictures("first-start", &ALL, Play::new, "");
}

#[test]
fn the_demo_begins_with_ids_to_try() {
    let begin = |width, height| {
        let hints = msgscope::demo::hints();
        let setting = Setting {
            profiles: vec![Profile {
                host_is_default: false,
                ..profile("demo")
            }],
            hints: hints.collect(),
            ..setting()
        };
        Play::with(setting, width, height)
    };
    pictures("demo-start", &[(120, 30), (60, 20)], begin, "");
}

#[test]
fn without_a_token_it_is_asked_for() {
    let begin = |width, height| Play::with(setting_without_token(), width, height);
    pictures("token-prompt", &SIZES, begin, "pit-1234");
}

#[test]
fn an_sms_that_failed_says_why_and_what_next() {
    let steps = "<paste VY80mMXYjmpyLMocAVq5><answer>";
    pictures("sms-failed", &ALL, seen_before, steps);
}

#[test]
fn a_call_that_reached_voicemail_is_no_failure() {
    let steps = "<paste idnmc3DlXvdXQO4pxHLy><answer>";
    pictures("call-voicemail", &SIZES, Play::new, steps);
}

#[test]
fn a_missing_scope_is_told_with_its_name() {
    let steps = "<paste e401Scope7Yh2KmPq9Rt><answer>";
    pictures("scope-missing", &SIZES, Play::new, steps);
}

#[test]
fn an_id_that_is_not_found_is_told_in_plain_words_first() {
    let steps = "<paste aaaaBBBBccccDDDDeeee><answer>";
    pictures("not-found", &SIZES, Play::new, steps);
}

#[test]
fn an_email_has_no_status_of_its_own() {
    let steps = "<paste Px8me2K3yYDve2Y2enXh><answer>";
    pictures("email", &SIZES, Play::new, steps);
}

#[test]
fn attachments_are_numbered() {
    let steps = "<paste aT7cHm3NtFi1eSx9KwPq><answer>";
    pictures("attachments", &SIZES, Play::new, steps);
    let steps = "<paste aT7cHm3NtFi1eSx9KwPq><answer>aj";
    pictures("attachments-menu", &ALL, Play::new, steps);
}

#[test]
fn the_copy_menu_opens_above_the_footer() {
    let steps = "<paste VY80mMXYjmpyLMocAVq5><answer>c";
    pictures("copy-menu", &SIZES, Play::new, steps);
}

#[test]
fn the_help_begins_with_the_keys_of_the_place_it_was_asked_from() {
    pictures("help-in-the-box", &ALL, Play::new, "?");
    let steps = "<paste VY80mMXYjmpyLMocAVq5><answer>?";
    pictures(
        "help-in-the-message",
        &[(120, 30), (60, 20)],
        Play::new,
        steps,
    );
}

#[test]
fn the_raw_view_is_the_answer_as_received() {
    let steps = "<paste VY80mMXYjmpyLMocAVq5><answer>Rjj";
    pictures("raw", &SIZES, Play::new, steps);
}

#[test]
fn a_lookup_under_way_shows_that_id_alone() {
    let steps = "<paste VY80mMXYjmpyLMocAVq5><wait 2.1>";
    pictures("asking", &SIZES, seen_before, steps);
}

#[test]
fn a_message_asked_again_tells_what_was_seen_last() {
    let steps = "<paste VY80mMXYjmpyLMocAVq5><answer><wait 300>r<wait 1>";
    pictures("asking-again", &[(120, 30), (60, 20)], Play::new, steps);
}

#[test]
fn a_lookup_that_is_asked_again_says_why_and_which_try_comes() {
    let begin = |kind, why: &str, width, height| {
        let mut play = Play::new(width, height);
        play.paste("VY80mMXYjmpyLMocAVq5");
        let after = Setback {
            kind,
            why: why.to_owned(),
        };
        let at = noon() + Duration::from_millis(1200);
        let (number, of) = (2, 4);
        let again = Progress::Again {
            number,
            of,
            at,
            after,
        };
        play.happen(Event::Progressed(Ticket(1), again));
        play
    };
    let limit = |width, height| {
        let why = "Too many requests.";
        begin(FailureKind::RateLimit, why, width, height)
    };
    pictures("asking-limited", &[(120, 30), (60, 20)], limit, "");
    let gateway = |width, height| {
        let why = "The gateway timed out and called it 401. The token is not to blame.";
        begin(FailureKind::Timeout, why, width, height)
    };
    pictures("asking-gateway", &[(120, 30), (60, 20)], gateway, "");
}

#[test]
fn a_hostile_message_is_shown_harmless() {
    let steps = "<paste Fg3Hx7YkQz5WvNt9LcRd><answer>";
    pictures("hostile", &SIZES, Play::new, steps);
}

#[test]
fn many_scripts_keep_their_columns() {
    let steps = "<paste Qv4Zs8LkTn2XcWy6MbRp><answer>";
    pictures("many-scripts", &[(120, 30), (60, 20)], Play::new, steps);
}

#[test]
fn found_text_is_shown_with_its_prompt() {
    let steps = "<paste VY80mMXYjmpyLMocAVq5><answer>/30007";
    pictures("find", &[(120, 30), (60, 20)], Play::new, steps);
}

#[test]
fn the_history_alone_fills_a_narrow_screen() {
    let steps = "<paste VY80mMXYjmpyLMocAVq5><answer><esc>";
    pictures(
        "history",
        &[(80, 24), (60, 20), (40, 8)],
        seen_before,
        steps,
    );
}

#[test]
fn a_terminal_that_shows_ascii_only_gets_ascii_only() {
    let mut play = seen_before(120, 30);
    play.theme = Theme::new(Looks::default(), false);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>");
    kept("ascii-120x30", &play.screen());
    assert!(play.screen().is_ascii());
    for steps in [
        "?",
        "<esc>R",
        "R<paste Qv4Zs8LkTn2XcWy6MbRp><wait 5>",
        "<answer>",
        "<paste Fg3Hx7YkQz5WvNt9LcRd><answer>a",
        "<esc>c",
        "<esc>/",
        "<esc><esc>",
        "z",
    ] {
        play.play(steps);
        assert!(play.screen().is_ascii(), "{steps}: {}", play.screen());
    }
}

#[test]
fn without_colours_the_chosen_row_is_reversed_and_nothing_is_coloured() {
    let mut play = seen_before(80, 24);
    play.theme = Theme::new(Looks::named(Looks::MONO).unwrap(), true);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>jjj");
    let styles = play.styles();
    assert!(!styles.contains('c'), "{styles}");
    kept("mono-styles-80x24", &styles);
    play.play("<esc>");
    kept("mono-styles-history-80x24", &play.styles());
}

#[test]
fn only_the_answer_is_both_bold_and_coloured() {
    let mut play = seen_before(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>");
    kept("colours-120x30", &play.styles());
}
