//! What a key map changes, and every mistake in one.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use super::super::{KEYMAP, Mistake, parse_keymap};
use super::*;
use crate::app::action::Action;

fn told(text: &str) -> Vec<String> {
    let mistakes = parse_keymap(text).err().unwrap_or_default();
    mistakes.iter().map(Mistake::to_string).collect()
}

#[test]
fn an_empty_key_map_leaves_the_defaults_and_the_embedded_one_says_the_same() {
    for text in ["", "# nothing", "[panes]", KEYMAP] {
        assert_eq!(parse_keymap(text), Ok(Keys::default()), "{text}");
    }
}

#[test]
fn an_action_gets_exactly_the_keys_given_and_all_others_stay() {
    let text = "[message]\nagain = ['f5', 'ctrl-R']\n[panes]\nzoom = []\n[detail]\ncopy-attachment = ['2', '1']";
    let keys = parse_keymap(text).unwrap();
    assert_eq!(keys.of(Context::Message, Action::Again), ["f5", "ctrl-r"]);
    assert_eq!(keys.of(Context::Panes, Action::Zoom), [""; 0]);
    assert_eq!(
        keys.of(Context::Detail, Action::CopyAttachment(1)),
        ["2", "1"]
    );
    assert_eq!(
        keys.of(Context::AttachmentMenu, Action::CopyAttachment(1))
            .len(),
        9
    );
    let same = |context, action| {
        assert_eq!(
            keys.of(context, action),
            Keys::default().of(context, action)
        );
    };
    same(Context::Message, Action::CopyMenu);
    same(Context::Panes, Action::Down);
}

#[test]
fn two_actions_can_change_places() {
    let keys = parse_keymap("[detail]\nfind-next = ['N']\nfind-previous = ['n']").unwrap();
    assert_eq!(keys.of(Context::Detail, Action::FindNext), ["N"]);
    assert_eq!(keys.of(Context::Detail, Action::FindPrevious), ["n"]);
}

#[test]
fn all_mistakes_are_told_at_once_in_order_of_lines() {
    let text = "again = ['r']\n\
                [anywhere]\n\
                stop-or-quit = []\n\
                suspend = 'ctrl-z'\n\
                [panez]\n\
                [panes]\n\
                zom = ['Z']\n\
                again = ['r']\n\
                down = ['j', 'dwon', 7]\n\
                up = ['q']\n\
                [detail]\n\
                copy-attachment = ['1', 'x', '0']\n\
                [box]\n\
                empty = ['x']\n";
    assert_eq!(
        told(text),
        [
            "line 1: \"again\" is in the wrong place; it belongs below [message] or [batch]",
            "line 3: stop-or-quit must keep a key in [anywhere]: it is the way out of every place",
            "line 4: suspend is a text and must be a list of keys, such as suspend = [\"ctrl-z\"]",
            "line 5: unknown context \"panez\"; the nearest is [panes]",
            "line 7: unknown action \"zom\"; the nearest is zoom",
            "line 8: \"again\" is no action of [panes]; it belongs below [message] or [batch]",
            "line 9: \"dwon\" is no key; the nearest is \"down\"",
            "line 9: an item of down is a number and must be a key in quotes, such as \"j\"",
            "line 10: \"q\" has two meanings in [panes]: close, by default and up; take it from one of them",
            "line 12: copy-attachment takes the attachment's number from its key: only \"1\" to \"9\" can be such, not \"x\"",
            "line 12: copy-attachment takes the attachment's number from its key: only \"1\" to \"9\" can be such, not \"0\"",
            "line 14: \"x\" is text where [box] holds, so empty cannot have it",
        ]
    );
}

#[test]
fn what_is_no_key_is_told_with_the_nearest() {
    for (key, advice) in [
        ("ctlr-x", "the nearest is \"ctrl-x\""),
        ("Ctrl-X", "the nearest is \"ctrl-x\""),
        ("control-x", "the nearest is \"ctrl-x\""),
        (
            "PageDown",
            "keys are named like a, G, ?, enter, pgdn, f5, shift-tab, ctrl-x, alt-x",
        ),
        ("ctrl-entr", "the nearest is \"ctrl-enter\""),
        ("escape", "keys are named like"),
        ("", "keys are named like"),
    ] {
        let told = told(&format!("[panes]\nzoom = ['{key}']"));
        assert_eq!(told.len(), 1, "{told:?}");
        let begin = format!("line 2: \"{key}\" is no key; {advice}");
        assert!(told[0].starts_with(&begin), "{told:?}");
    }
    for key in ["\\u202e", "\\u0007"] {
        let told = told(&format!("[panes]\nzoom = [\"{key}\"]"));
        assert!(told[0].contains("is no key"), "{told:?}");
    }
}

#[test]
fn what_a_terminal_cannot_send_or_keeps_is_told() {
    assert_eq!(
        told("[panes]\nzoom = ['ctrl-i']\nend = ['G', 'G']\ntop = ['ctrl-s', 'ctrl-a']"),
        [
            "line 2: a terminal sends tab for \"ctrl-i\"; write \"tab\"",
            "line 3: \"G\" stands in end twice; keep one",
            "line 4: top would depend on ctrl-s and ctrl-a, which terminals and multiplexers take for themselves; give it another key too",
        ]
    );
    assert_eq!(told("[panes]\ntop = ['ctrl-s', 'home']"), [""; 0]);
}

#[test]
fn an_action_of_two_contexts_is_told_with_both_and_a_far_name_with_those_known() {
    assert_eq!(
        told("[history]\nfind-next = ['n']\nagian = ['r']\nxyz = ['x']"),
        [
            "line 2: \"find-next\" is no action of [history]; it belongs below [detail] or [find]",
            "line 3: unknown action \"agian\"; the nearest is again of [message] or [batch]",
            "line 4: unknown action \"xyz\"; known in [history]: open, fold, fold-or-parent, filter, failures, delete, undo, pin, copy-id",
        ]
    );
    assert!(
        told("[xyz]")[0].starts_with("line 1: unknown context \"xyz\"; there are anywhere, box,")
    );
    assert_eq!(
        told("panes = 1"),
        ["line 1: panes is a number and must be a table: [panes]"]
    );
}

#[test]
fn both_actions_that_want_a_key_are_named_once_a_key() {
    assert_eq!(
        told("[message]\nagain = ['X', 'z']\nattachments = ['z']\n[copy-menu]\ncopy-id = ['j']"),
        [
            "line 3: \"z\" has two meanings in [message]: again and attachments; take it from one of them",
            "line 5: \"j\" has two meanings in [copy-menu]: copy-id and copy-json, by default; take it from one of them",
        ]
    );
}

#[test]
fn no_other_context_takes_the_last_way_out() {
    assert_eq!(
        told("[box]\nempty = ['ctrl-c']"),
        [
            "line 2: empty of [box] takes the key that stop-or-quit has in [anywhere], which must work everywhere"
        ]
    );
    assert_eq!(
        told("[anywhere]\nstop-or-quit = ['enter']"),
        [
            "line 2: look-up of [box] takes the key that stop-or-quit has in [anywhere], which must work everywhere"
        ]
    );
    let both = "[anywhere]\nstop-or-quit = ['ctrl-c', 'f10']\n[box]\nempty = ['ctrl-c']";
    assert_eq!(told(both), [""; 0]);
}

#[test]
fn a_sign_may_mean_something_in_the_empty_box_and_a_letter_may_not() {
    assert_eq!(told("[empty-box]\nquit = ['!']"), [""; 0]);
    assert_eq!(
        told("[empty-box]\nquit = ['Q']"),
        ["line 2: \"Q\" is text where [empty-box] holds, so quit cannot have it"]
    );
}

#[test]
fn a_broken_line_is_told_and_no_clash_that_may_follow_from_it() {
    let told = told("[panes]\nzoom = ['q']\nclose = ['x'");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("line 3: this is not TOML"), "{told:?}");
}
