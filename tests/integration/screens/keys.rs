//! A user's key map: its keys act, every hint shows them, and those they replace have no use any more.
//! Never here: how a key map is read.

use msgscope::app::Effect;
use msgscope::app::setting::Setting;
use msgscope::config::file::parse_keymap;

use crate::support::play::{Play, setting, setting_without_token};

const FAILED: &str = "<paste VY80mMXYjmpyLMocAVq5><answer>";
const FILES: &str = "<paste aT7cHm3NtFi1eSx9KwPq><answer>";

fn with(keymap: &str) -> Play {
    settled(setting(), keymap)
}

fn settled(setting: Setting, keymap: &str) -> Play {
    let keys = parse_keymap(keymap).unwrap();
    Play::with(Setting { keys, ..setting }, 120, 30)
}

#[test]
fn a_changed_key_acts_and_the_old_one_has_no_use() {
    let mut play = with("[message]\nagain = ['f5', 'ctrl-r']");
    play.play(FAILED).play("r");
    assert_eq!(play.notice(), "r has no use here. ? shows all keys");
    assert!(play.asked.is_empty());
    for key in ["<f5>", "<ctrl-r>"] {
        play.play(key);
        assert_eq!(play.asked.len(), 1, "{key}");
        play.answer();
    }
}

#[test]
fn a_changed_key_is_shown_in_footer_and_help() {
    let mut play = with("[message]\nagain = ['f5']\n[panes]\nhelp = ['ctrl-x']\nclose = []");
    play.play(FAILED);
    let footer = play.footer();
    assert!(
        footer.contains("F5 again") && footer.ends_with("Ctrl-X all keys"),
        "{footer}"
    );
    play.play("<ctrl-x>");
    let help = play.screen();
    assert!(help.contains("F5                look up again"), "{help}");
    play.play("<pgdn>");
    let help = help + &play.screen();
    assert!(help.contains("Ctrl-X            all keys"), "{help}");
    assert!(!help.contains("close what is on top"), "{help}");
    assert!(!play.footer().contains("close"), "{}", play.footer());
    play.play("<ctrl-x>X");
    assert_eq!(play.notice(), "X has no use here. Ctrl-X shows all keys");
}

#[test]
fn an_unbound_action_leaves_no_hint_and_a_taken_key_is_not_told() {
    let mut play = with("[message]\nagain = []\n[detail]\nfind = ['?']");
    play.play(FAILED);
    let footer = play.footer();
    assert!(!footer.contains("again"), "{footer}");
    assert!(
        footer.contains("? find") && footer.ends_with("F1 all keys"),
        "{footer}"
    );
    play.play("X");
    assert_eq!(play.notice(), "X has no use here. F1 shows all keys");
}

#[test]
fn menus_show_their_keys() {
    let keymap = "[copy-menu]\ncopy-json = ['ctrl-j']\ncopy-link = []\n[attachments]\ncopy-attachment = ['2']";
    let mut play = with(keymap);
    play.play(FILES).play("c");
    let menu = play.screen();
    assert!(menu.contains("Ctrl-J  JSON as received"), "{menu}");
    assert!(menu.contains("        link into the app"), "{menu}");
    play.play("<ctrl-j>");
    assert_eq!(play.copied().map(|(what, _)| what), Some("JSON"));
    play.play("a1");
    assert_eq!(play.notice(), "1 has no use here. ? shows all keys");
    play.play("2");
    assert!(
        play.copied().unwrap().0.starts_with("attachment 2"),
        "{:?}",
        play.copied()
    );
}

#[test]
fn notices_and_the_first_screen_name_the_keys_in_force() {
    let keymap = "[anywhere]\nstop-or-quit = ['ctrl-x']\nback = ['ctrl-g']\n[message]\nagain = ['f5']\n[token-prompt]\nuse-token = ['f2']\n[detail]\nfind = []\nraw = ['f3']";
    let mut play = with(keymap);
    play.play("<tab><tab><f5>");
    assert_eq!(play.notice(), "F5: open a message first");
    play.play("<f3>");
    assert_eq!(play.notice(), "F3: open a message first");
    play.play("n");
    assert_eq!(play.notice(), "Open a message first");
    play.play("<paste VY80mMXYjmpyLMocAVq5>");
    assert!(
        play.screen().contains("Next  Ctrl-X cancels."),
        "{}",
        play.screen()
    );
    play.play("<f5>");
    assert_eq!(play.notice(), "Still asking. Ctrl-X cancels");
    play.play("<ctrl-x><ctrl-x>");
    assert_eq!(play.done, [Effect::Quit]);
    let play = settled(setting_without_token(), keymap);
    let screen = play.screen();
    assert!(
        screen.contains("F2 uses it. Ctrl-G leaves this prompt."),
        "{screen}"
    );
    assert!(
        play.footer().contains("F2 use it  Ctrl-G leave"),
        "{}",
        play.footer()
    );
}

#[test]
fn what_is_said_of_a_message_names_the_keys_in_force() {
    let keymap = "[message]\nagain = ['f5']\nshow-alone = ['f8']\n[detail]\nraw = ['f3']\ncopy-attachment = ['1', '2', '3']";
    let mut play = with(keymap);
    play.play("<paste e401Scope7Yh2KmPq9Rt><answer>");
    let screen = play.screen();
    assert!(screen.contains("then F5."), "{screen}");
    assert!(screen.contains("F3 shows it as received"), "{screen}");
    play.play("<paste aT7cHm3NtFi1eSx9KwPq><answer>");
    let screen = play.screen();
    assert!(screen.contains("1-3 copy"), "{screen}");
    assert!(play.footer().contains("1-3 copy file"), "{}", play.footer());
    play.paste("14Characters99");
    assert!(
        play.notice().ends_with("Enter asks anyway."),
        "{}",
        play.notice()
    );
    let mut play = with("[message]\nagain = []\n[detail]\nraw = []\n[box]\nlook-up = ['f2']");
    play.play("<paste e401Scope7Yh2KmPq9Rt><answer>");
    let screen = play.screen();
    assert!(screen.contains("integration, then ask "), "{screen}");
    assert!(!screen.contains("as received"), "{screen}");
    play.paste("14Characters99");
    assert!(
        play.notice().ends_with("F2 asks anyway."),
        "{}",
        play.notice()
    );
}

#[test]
fn y_says_yes_to_a_token_whatever_it_means_else() {
    let keymap = "[detail]\ncopy-row = ['Y']\n[history]\ncopy-id = ['Y']\n[panes]\nzoom = ['y']";
    let mut play = with(keymap);
    play.play(FAILED);
    play.paste("pit-0f0e0d0c-1111-2222-3333-444455556666");
    play.play("y");
    let used = play
        .done
        .iter()
        .any(|effect| matches!(effect, Effect::UseToken(..)));
    assert!(used && !play.state.alone, "{:?}", play.done);
}
