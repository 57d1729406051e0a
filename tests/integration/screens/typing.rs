//! The box and the token prompt: what is taken, refused, warned of, recalled, and never kept.
//! Never here: every form of paste; those are beside the reader of ids.

use msgscope::app::layout::Focus;
use msgscope::app::setting::Setting;
use msgscope::app::{Effect, Event};

use crate::support::play::{Play, setting, setting_without_token};

const ID: &str = "VY80mMXYjmpyLMocAVq5";
const TOKEN: &str = "pit-0f0e0d0c-1111-2222-3333-444455556666";
const OFFER: &str = "That looks like a token, not an id. It was not sent, shown or kept.";

fn without_token() -> Play {
    Play::with(setting_without_token(), 120, 30)
}

/// That no part of the token is in what is shown, kept or logged.
fn holds_nothing_of_it(play: &Play) {
    let state = format!("{:?}", play.state);
    let effects = format!("{:?}", play.done);
    for place in [play.screen(), state, effects] {
        assert!(!place.contains("0f0e0d0c"), "{place}");
        assert!(!place.contains("444455556666"), "{place}");
    }
}

fn token_used(play: &Play) -> bool {
    let used =
        |effect: &Effect| matches!(effect, Effect::UseToken(0, token) if token.expose() == TOKEN);
    play.done.iter().any(used)
}

#[test]
fn a_token_pasted_into_the_box_is_never_shown_kept_or_recalled() {
    for (place, steps) in [
        ("box", ""),
        ("text", "abc"),
        ("answer", "<paste VY80mMXYjmpyLMocAVq5><answer>"),
        ("menu", "<paste VY80mMXYjmpyLMocAVq5><answer>c"),
        ("history", "<paste VY80mMXYjmpyLMocAVq5><answer><esc>"),
        ("find", "<paste VY80mMXYjmpyLMocAVq5><answer>/"),
    ] {
        let mut play = Play::new(120, 30);
        play.play(steps);
        play.paste(&format!("{TOKEN}\n"));
        holds_nothing_of_it(&play);
        assert!(
            play.notice().starts_with("That looks like a token"),
            "{place}"
        );
        assert!(play.asked.is_empty(), "{place}");
        play.play("<esc>i<up><up><up>");
        holds_nothing_of_it(&play);
    }
}

#[test]
fn a_token_whose_beginning_was_typed_is_taken_out_of_the_box() {
    let mut play = Play::new(120, 30);
    play.play("pit-");
    play.paste(&TOKEN[4..]);
    holds_nothing_of_it(&play);
    assert!(play.notice().starts_with(OFFER), "{}", play.notice());
    play.play("y");
    assert!(token_used(&play));
}

#[test]
fn a_token_typed_into_the_box_is_masked_and_refused_at_enter() {
    let mut play = Play::new(120, 30);
    play.play(TOKEN);
    assert!(!play.screen().contains("0f0e0d0c"), "{}", play.screen());
    play.play("<enter>");
    holds_nothing_of_it(&play);
    assert!(play.notice().starts_with(OFFER), "{}", play.notice());
}

#[test]
fn y_uses_the_token_that_was_pasted_and_any_other_key_drops_it() {
    for place in ["", "<paste VY80mMXYjmpyLMocAVq5><answer>", "<esc>"] {
        let mut play = Play::new(120, 30);
        play.play(place);
        play.paste(TOKEN);
        play.play("y");
        assert!(token_used(&play), "{place}");
        assert_eq!(play.notice(), "Token kept in memory, for this run only");
        holds_nothing_of_it(&play);
    }
    for key in ["j", "<f1><esc>", "<alt-x>", "<wait 1><tab>"] {
        let mut play = Play::new(120, 30);
        play.play("<esc>");
        play.paste(TOKEN);
        play.play(key).play("y");
        assert!(!token_used(&play), "{key}");
    }
}

#[test]
fn at_the_token_prompt_only_the_length_is_shown() {
    let mut play = without_token();
    play.paste(TOKEN);
    holds_nothing_of_it(&play);
    assert!(play.screen().contains(&"•".repeat(TOKEN.len())));
    play.play("<ctrl-h><ctrl-h>");
    assert!(!play.screen().contains(&"•".repeat(TOKEN.len() - 1)));
    play.play("66<enter>");
    assert!(token_used(&play));
    holds_nothing_of_it(&play);
    assert_eq!(
        (play.state.focus, play.state.overlay.is_none()),
        (Focus::Box, true)
    );
}

#[test]
fn an_id_pasted_at_the_token_prompt_is_kept_and_asked_for_afterwards() {
    let mut play = without_token();
    play.paste(ID);
    assert_eq!(
        play.notice(),
        "That looks like a message id. Kept; the token first."
    );
    assert!(play.asked.is_empty());
    play.paste(TOKEN);
    play.play("<enter>");
    assert_eq!(play.asked[0].1.as_str(), ID);
}

#[test]
fn a_token_that_is_refused_is_asked_for_again() {
    let mut play = without_token();
    play.play("<enter>");
    assert!(
        play.notice().starts_with("No token yet"),
        "{}",
        play.notice()
    );
    let refused = "Not taken: the token has a blank or a line break in it.".to_owned();
    play.happen(Event::TokenTaken(0, Err(refused)));
    assert!(play.notice().starts_with("Not taken"));
    assert!(play.screen().contains("Token ›"));
}

#[test]
fn an_odd_length_is_warned_of_and_enter_asks_anyway() {
    for begin in ["VY80mMXYjmpyLM<enter>", "<paste VY80mMXYjmpyLM>"] {
        let mut play = Play::new(120, 30);
        play.play(begin);
        assert_eq!(
            play.notice(),
            "14 characters; message ids have 20. Enter asks anyway."
        );
        assert!(play.asked.is_empty());
        assert_eq!(play.state.focus, Focus::Box);
        play.play("<enter>");
        assert_eq!(play.asked[0].1.as_str(), "VY80mMXYjmpyLM");
    }
    let mut play = Play::new(120, 30);
    play.play("VY80mMXYjmpyLM<enter>x<enter>");
    assert!(play.asked.is_empty(), "another text is warned of anew");
}

#[test]
fn what_cannot_be_an_id_is_refused_and_nothing_is_sent() {
    for (text, words) in [
        ("", "Nothing to look up: paste or type an id."),
        ("export", "export is a path of the API, never an id."),
        (
            "b21f5d1a-3c77-4f0b-9a59-0c5b7cf3d1aa",
            "A UUID: a trace or workflow id, not a message.",
        ),
        (
            "CA580baa8f0a54d8d160c951802ac01e6c",
            "A Twilio call id (CA…), not a message id. HighLevel keeps it as altId.",
        ),
    ] {
        let mut play = Play::new(120, 30);
        play.play(text).play("<enter>");
        assert_eq!(play.notice(), words);
        assert!(play.asked.is_empty() && play.done.is_empty());
        assert_eq!(
            (play.state.focus, play.state.input.text()),
            (Focus::Box, text)
        );
    }
    let mut play = Play::new(120, 30);
    play.play("../../x<enter>");
    assert!(
        play.notice().starts_with("That can't be an id"),
        "{}",
        play.notice()
    );
    assert!(play.asked.is_empty());
}

#[test]
fn the_box_empties_at_enter_and_keeps_the_id_as_a_ghost() {
    let mut play = Play::new(120, 30);
    play.play("VY80mMXYjmpyLMocAVq5<enter>");
    assert_eq!(play.state.input.text(), "");
    assert!(play.screen().contains("Message id › VY80mMXYjmpyLMocAVq5"));
    play.play("ia");
    assert!(
        play.screen().contains("Message id › a "),
        "{}",
        play.screen()
    );
}

#[test]
fn up_recalls_and_down_at_the_end_goes_to_the_history() {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer><paste ve9EPM428h8vShlRW1KT><answer>i<up><up>");
    assert_eq!(play.state.input.text(), ID);
    play.play("<up><down>");
    assert_eq!(play.state.input.text(), "ve9EPM428h8vShlRW1KT");
    play.play("<down>");
    assert_eq!(
        (play.state.input.text(), play.state.focus),
        ("", Focus::Box)
    );
    play.play("<down>");
    assert_eq!(play.state.focus, Focus::History);
    play.play("i<ctrl-p><ctrl-n><ctrl-n>");
    assert_eq!(play.state.focus, Focus::History);
}

#[test]
fn the_demos_ids_are_recalled_the_first_one_first() {
    let hints = [("aaaaBBBBccccDDDDeeee", "one"), (ID, "two")];
    let setting = Setting {
        hints: hints
            .map(|(id, what)| (id.to_owned(), what.to_owned()))
            .to_vec(),
        ..setting()
    };
    let mut play = Play::with(setting, 120, 30);
    play.play("<up>");
    assert_eq!(play.state.input.text(), "aaaaBBBBccccDDDDeeee");
    play.play("<up>");
    assert_eq!(play.state.input.text(), ID);
}

#[test]
fn the_box_is_edited_as_readline_does() {
    let mut play = Play::new(120, 30);
    play.play("abc def<alt-b>X<home><delete><end><backspace><left>Y");
    assert_eq!(play.state.input.text(), "bc XdYe");
    play.play("<ctrl-w>");
    assert_eq!(play.state.input.text(), "bc e");
    play.play("<ctrl-u>");
    assert_eq!(play.state.input.text(), "");
    play.play("<ctrl-d>");
    assert_eq!(play.done, [Effect::Quit]);
}

#[test]
fn a_long_text_in_the_box_shows_the_part_with_the_cursor() {
    let mut play = Play::new(60, 20);
    play.play(&"0123456789".repeat(9)).play("END");
    let top = play.screen().lines().next().unwrap().to_owned();
    assert!(top.ends_with("789END"), "{top}");
    let cursor = play.cursor.unwrap();
    assert!(cursor.y == 0 && cursor.x < 60);
    play.play("<home>");
    let top = play.screen().lines().next().unwrap().to_owned();
    assert!(top.contains("› 0123456789"), "{top}");
}
