//! Find in the message: as typed, next and before, inside folds, and how it ends.
//! Never here: a search of the history.

use crate::support::play::Play;

fn failed() -> Play {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>");
    play
}

#[test]
fn a_slash_in_the_empty_box_finds_in_the_message_below() {
    let mut play = Play::new(120, 30);
    play.play("/");
    // Without a message there is the history to search in.
    assert!(
        play.screen().contains("filter history ›"),
        "{}",
        play.screen()
    );
    play.play("<esc><paste VY80mMXYjmpyLMocAVq5><answer>i/altId");
    assert!(
        play.screen().contains("find in message › altId"),
        "{}",
        play.screen()
    );
    assert!(play.row().starts_with("altId"), "{}", play.row());
}

#[test]
fn find_goes_to_the_first_hit_as_letters_are_typed() {
    let mut play = failed();
    play.play("/3000");
    assert_eq!(play.row(), "error: \"Error 30007 - Message filtered\"");
    play.play("x");
    assert_eq!(play.notice(), "*3000x* is not in this message.");
    play.play("<ctrl-h><ctrl-u>ALTID");
    assert!(play.row().starts_with("altId"), "{}", play.row());
}

#[test]
fn n_goes_to_the_next_hit_and_capital_n_back_around_the_end() {
    let mut play = failed();
    play.play("/30007<enter>");
    let first = play.row();
    play.play("n");
    assert_eq!(play.row(), "error  Error 30007 - Message filtered");
    let second = play.state.view().unwrap().cursor();
    play.play("n");
    assert_eq!(play.row(), first);
    play.play("N");
    assert_eq!(play.state.view().unwrap().cursor(), second);
    play.play("NN");
    assert_eq!(play.state.view().unwrap().cursor(), second);
}

#[test]
fn in_the_prompt_the_arrows_move_and_enter_stays_on_the_hit() {
    let mut play = failed();
    play.play("/30007<down>");
    let second = play.row();
    assert_eq!(second, "error  Error 30007 - Message filtered");
    play.play("<up><down><enter>");
    assert_eq!((play.row(), play.state.overlay.is_none()), (second, true));
    assert_eq!(play.state.find, "30007");
    play.play("jk");
    assert!(play.footer().starts_with("y copy row"), "{}", play.footer());
}

#[test]
fn a_hit_inside_a_fold_unfolds_it() {
    let mut play = Play::new(120, 30);
    play.play("<paste Px8me2K3yYDve2Y2enXh><answer>C/67hcb8<enter>");
    assert!(
        play.row().contains("67hcb8VbBPMyB1YsFJ1M"),
        "{}",
        play.row()
    );
    assert!(play.screen().contains("67hcb8VbBPMyB1YsFJ1M"));
}

#[test]
fn several_hits_in_one_long_value_are_gone_to_one_by_one() {
    let mut play = Play::new(80, 24);
    let text = "a needle in the hay of the barn, more hay than anybody ever needs; ".repeat(6);
    let body = format!(r#"{{"message":{{"id":"VY80mMXYjmpyLMocAVq5","type":2,"body":"{text}"}}}}"#);
    play.open_body("VY80mMXYjmpyLMocAVq5", &body);
    play.play("/needle<enter>");
    let mut lines = vec![play.state.view().unwrap().cursor()];
    for _ in 0..5 {
        play.play("n");
        lines.push(play.state.view().unwrap().cursor());
    }
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(lines, sorted, "{}", play.screen());
    play.play("n");
    assert_eq!(play.state.view().unwrap().cursor(), lines[0]);
    play.play("N");
    assert_eq!(play.state.view().unwrap().cursor(), lines[5]);
    play.play("N");
    assert_eq!(play.state.view().unwrap().cursor(), lines[4]);
}

#[test]
fn escape_leaves_find_and_clears_it() {
    let mut play = failed();
    play.play("/30007<esc>");
    assert!(play.state.find.is_empty() && play.state.overlay.is_none());
    play.play("n");
    assert_eq!(play.notice(), "Nothing to find: / asks for it");
    play.play("/30007<enter><esc>");
    assert!(play.state.find.is_empty());
    assert_eq!(play.state.focus, msgscope::app::layout::Focus::Detail);
}

#[test]
fn a_paste_into_the_prompt_is_looked_for_not_looked_up() {
    let mut play = failed();
    play.play("/");
    play.paste("lmjOL3agcrEBw7TSTb7z\n");
    assert!(play.row().starts_with("conversationId"), "{}", play.row());
    assert!(play.asked.is_empty());
}

#[test]
fn the_raw_view_is_searched_while_it_is_shown() {
    let mut play = failed();
    play.play("R/altId<enter>");
    assert!(play.row().starts_with("    \"altId\""), "{}", play.row());
    play.play("Rn");
    assert!(play.row().starts_with("altId"), "{}", play.row());
}
