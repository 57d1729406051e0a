//! The text for a ticket: what it says of each kind of message, and what it keeps to itself.
//! Never how it gets to the clipboard: that is in `copying`.

use msgscope::app::effect::Form;
use msgscope::app::{Effect, Event};
use msgscope::export::markdown::{Privacy, markdown};
use msgscope::model::explain::Explanations;
use msgscope::model::id::MessageId;

use crate::support::answers::{answer, snapshot};
use crate::support::play::Play;

/// The ticket of a message of the table.
fn ticket(id: &str, privacy: Privacy) -> String {
    let (http, body) = answer(id);
    made(id, http, body, privacy)
}

fn made(id: &str, http: u16, body: Vec<u8>, privacy: Privacy) -> String {
    let state = Play::new(80, 24).state;
    let id = MessageId::new(id).unwrap();
    let snapshot = snapshot(&state, state.whom, &id, http, body);
    markdown(&snapshot, &Explanations::default(), privacy)
}

#[test]
fn a_failed_message_is_told_with_its_reason_its_ids_and_a_masked_number() {
    let told = ticket("VY80mMXYjmpyLMocAVq5", Privacy::Masked);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "**SMS failed** (30007)");
    assert!(lines[1].starts_with("- why: "), "{told}");
    assert!(
        lines[1].contains("(error: \"Error 30007 - Message filtered\")"),
        "{told}"
    );
    assert!(lines[2].starts_with("- next: "), "{told}");
    assert_eq!(
        lines[3],
        "- message VY80mMXYjmpyLMocAVq5 · conversation lmjOL3agcrEBw7TSTb7z · location 7ysh0vjy4EDQXyzqTu7v"
    );
    assert_eq!(
        lines[4],
        "- outbound to +1•••••0122 · 4 Mar 2026 17:44:08 UTC"
    );
    assert!(
        lines[5].ends_with("asked 17:49:21 UTC in acme-support"),
        "{told}"
    );
    assert_eq!(lines.len(), 6);
    for hidden in ["bit.ly", "refund", "+15550100122"] {
        assert!(!told.contains(hidden), "{hidden} in\n{told}");
    }
}

#[test]
fn text_and_addresses_are_told_only_where_they_are_asked_for() {
    let told = ticket("VY80mMXYjmpyLMocAVq5", Privacy::Full);
    assert!(told.contains("- outbound to +15550100122"), "{told}");
    let text = "\n```text\nYour refund is ready, claim it: https://bit.ly/3xYz\n```\n";
    assert!(told.ends_with(text), "{told}");
}

#[test]
fn a_failed_lookup_never_looks_like_a_failed_message() {
    let told = ticket("aaaaBBBBccccDDDDeeee", Privacy::Masked);
    assert!(
        told.starts_with("**lookup failed: not found** (404)\n- why: "),
        "{told}"
    );
    assert!(told.contains("- message aaaaBBBBccccDDDDeeee\n"), "{told}");
}

#[test]
fn a_call_is_told_by_its_own_status() {
    let told = ticket("idnmc3DlXvdXQO4pxHLy", Privacy::Masked);
    assert!(told.starts_with("**CALL voicemail**\n- why: "), "{told}");
    assert!(!told.contains("r asks again"), "no key is named: {told}");
}

#[test]
fn a_message_can_put_neither_markdown_nor_controls_into_a_ticket() {
    let body = br#"{"message":{"id":"VY80mMXYjmpyLMocAVq5","type":2,"messageType":"TYPE_SMS","status":"failed","direction":"outbound",
        "to":"<img src=x>@[evil](https://evil.example)","error":"**bold** [a](https://evil.example)\n# head \u001b[31m @team",
        "body":"````\nend? ```\n\u202eevil","conversationId":"|table|"}}"#;
    let told = made("VY80mMXYjmpyLMocAVq5", 200, body.to_vec(), Privacy::Full);
    let escaped = told.replace("\\[", "").replace("\\]", "");
    assert!(
        !escaped.contains(['[', ']']),
        "no link but a bare one: {told}"
    );
    for raw in [
        "\n# head", " @team", " <img", "\u{1b}", "\u{202e}", "|table|",
    ] {
        assert!(!told.contains(raw), "{raw:?} in\n{told}");
    }
    assert!(
        told.contains("\n`````text\n"),
        "the fence is longer than any in the text: {told}"
    );
}

#[test]
fn capital_y_copies_the_ticket_and_the_menu_has_both_forms() {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>YctcT");
    let forms: Vec<Form> = play
        .done
        .iter()
        .filter_map(|effect| match effect {
            Effect::CopyAs(form, _) => Some(*form),
            _ => None,
        })
        .collect();
    assert_eq!(forms, [Form::Ticket, Form::Ticket, Form::FullTicket]);
    assert!(play.footer().contains("Y ticket"), "{}", play.footer());
}

#[test]
fn v_shows_the_ticket_that_was_just_copied() {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>Y");
    let text = ticket("VY80mMXYjmpyLMocAVq5", Privacy::Masked);
    play.happen(Event::CopiedAs(
        "Copied the ticket".to_owned(),
        text.clone(),
    ));
    assert_eq!(play.notice(), "Copied the ticket");
    play.play("v");
    assert_eq!(
        play.done.last(),
        Some(&Effect::ShowAlone(text.trim_end().to_owned()))
    );
}
