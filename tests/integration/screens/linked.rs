//! What belongs to a message: asked for when its row is opened, shown in it, kept with it; and the way back.
//! Never on its way: that is in `wire`.

use msgscope::app::Effect;
use msgscope::app::layout::Focus;

use super::pictures::{kept, pictures};
use crate::support::answers::answer;
use crate::support::fixtures::fixture;
use crate::support::play::Play;
use crate::support::shelf::Shelf;

const CALL: &str = "h8TC9QDvm6i0bnGVjVV0";
const BOUNCED: &str = "Px8me2K3yYDve2Y2enXh";
const OPENED: &str = "Zk5Hq9TwXm3RvYb7LsDn";
const SMS: &str = "ve9EPM428h8vShlRW1KT";

fn opened(id: &str) -> Play {
    let mut play = Play::new(120, 30);
    play.paste(id);
    play.play("<answer>");
    play
}

#[test]
fn an_email_speaks_through_its_record() {
    let steps = format!("<paste {BOUNCED}><answer>");
    let sizes = [(120, 30), (80, 24), (60, 20)];
    pictures("email-record-bounced", &sizes, Play::new, &steps);
    let play = opened(BOUNCED);
    assert!(play.screen().contains("✗ failed"), "{}", play.screen());
    assert!(
        play.screen()
            .contains("Why   The receiving server knows no such mailbox.")
    );
    assert!(
        play.screen()
            .contains("email record, error: \"1 Requested mail action")
    );
    let row = play.state.history.at_cursor().row().unwrap().clone();
    assert_eq!(row.snippet.as_str(), "mailbox not found");
}

#[test]
fn each_family_is_drawn_whole() {
    for (family, id) in [
        ("sms", SMS),
        ("email", OPENED),
        ("call", CALL),
        ("whatsapp", "KFqFQ7UkeD3f04CAvsJL"),
        ("social", "voAMUvqsbhRBCeUpOmrG"),
        ("chat", "Wp76c2n9MA1DpL3tcB2x"),
        ("review", "yJOqWlAYshesLIbMMFok"),
        ("log", "63idvZcfmp2O8AErez1R"),
        ("custom", "p3XbN2mYtQ7sRwZHn4fK"),
        ("unknown", "Bv6Zq2XnHy8KtRw4LsDm"),
    ] {
        let mut play = opened(id);
        play.play("L");
        while !play.links.is_empty() {
            play.play("<linked>");
        }
        kept(&format!("family-{family}-linked-120x30"), &play.screen());
        play.play("g");
        kept(&format!("family-{family}-120x30"), &play.screen());
        assert!(play.asked.is_empty());
    }
}

#[test]
fn an_older_record_is_asked_for_by_enter_and_shown_below_the_newest() {
    let mut play = opened(OPENED);
    assert!(play.links.is_empty(), "the newest came with the message");
    play.play("/not asked for<enter><enter>");
    assert_eq!(
        play.linked_paths(),
        ["/conversations/messages/email/Gx7Lb3QyNk9WtVf5McHz"]
    );
    assert!(play.screen().contains("asking"), "{}", play.screen());
    play.play("<enter><linked>");
    assert!(play.links.is_empty(), "it is asked for once");
    assert!(
        play.row().contains("Gx7Lb3QyNk9WtVf5McHz · delivered"),
        "{}",
        play.row()
    );
    assert!(play.screen().contains("✓ opened"), "the newest one speaks");
}

#[test]
fn a_record_that_cannot_be_read_is_told_and_asked_again() {
    let mut play = Play::new(120, 30);
    let (_, body) = answer(BOUNCED);
    let body = String::from_utf8(body).unwrap();
    let unknown = body.replace("67hcb8VbBPMyB1YsFJ1M", "noSuchRecord00000001");
    play.open_body(BOUNCED, &unknown);
    assert!(play.screen().contains("? no status"), "{}", play.screen());
    let why = "An email's status is in its record, and that could not be read: not found.";
    assert!(play.screen().contains(why), "{}", play.screen());
    play.play("/asks again<enter>");
    play.play("/noSuchRecord<enter><enter>");
    let fixture = fixture("email-record-failed-error.json");
    let record = String::from_utf8(fixture).unwrap();
    let record = record.replace("bEYPIYf1VcNGNOSNAp95", "noSuchRecord00000001");
    play.answer_link_with(200, record.into_bytes());
    assert!(play.screen().contains("✗ failed"), "{}", play.screen());
}

#[test]
fn capital_l_asks_for_all_that_belongs_to_a_call_but_its_recording() {
    let mut play = opened(CALL);
    play.play("L");
    assert_eq!(
        play.linked_paths(),
        [
            format!("/conversations/locations/7ysh0vjy4EDQXyzqTu7v/messages/{CALL}/transcription"),
            "/contacts/PvqI5W9TlT58kcNluuZ6".to_owned(),
            "/users/X8HZhMTLuY4lgOeUSpiS".to_owned(),
            "/locations/7ysh0vjy4EDQXyzqTu7v".to_owned(),
            "/conversations/lmjOL3agcrEBw7TSTb7z/messages?limit=20".to_owned(),
        ]
    );
    play.play("<linked><linked><linked><linked><linked>g");
    kept("linked-call-120x30", &play.screen());
    play.play("/Linked<enter>");
    kept("linked-call-end-120x30", &play.screen());
    play.play("L");
    let again: Vec<String> = play.linked_paths();
    assert_eq!(
        again,
        ["/users/X8HZhMTLuY4lgOeUSpiS"],
        "what failed is asked again"
    );
}

#[test]
fn what_the_token_may_not_read_is_one_quiet_line() {
    let mut play = opened(CALL);
    play.play("L<linked><linked><linked><linked><linked>/users.readonly<enter>");
    assert_eq!(
        play.row(),
        "user  X8HZhMTLuY4lgOeUSpiS · the token lacks users.readonly"
    );
    assert!(
        play.screen().contains("✓ completed"),
        "the message is as it was"
    );
}

#[test]
fn unfolding_all_sends_nothing() {
    let mut play = opened(CALL);
    play.play("E");
    assert!(play.links.is_empty() && play.asked.is_empty());
}

#[test]
fn a_message_of_the_conversation_is_looked_up_and_backspace_comes_back() {
    let mut play = opened(SMS);
    play.play("/Tb7z · not<enter><enter><linked>");
    let before = play.state.shown_id().cloned();
    play.play("jjj<enter>");
    assert_eq!(play.asked.len(), 1, "{}", play.row());
    assert_ne!(play.state.shown_id().cloned(), before);
    play.play("<backspace>");
    assert_eq!(play.state.shown_id().cloned(), before);
    assert_eq!(play.state.focus, Focus::Detail);
    play.play("<backspace>");
    assert!(
        play.notice().starts_with("Nothing to go back to"),
        "{}",
        play.notice()
    );
}

#[test]
fn the_next_page_is_asked_for_once_its_row_is_in_sight() {
    let mut play = opened(SMS);
    play.play("/Tb7z · not<enter><enter><linked>");
    play.play("jjjjj");
    let next =
        "/conversations/lmjOL3agcrEBw7TSTb7z/messages?limit=20&lastMessageId=OTMYZsdyNFHp0MECmhpd";
    assert_eq!(play.linked_paths(), [next]);
    play.play("j<linked>");
    assert!(
        play.screen().contains("Is parking free?"),
        "{}",
        play.screen()
    );
    assert!(
        play.screen().contains("4 messages so far"),
        "{}",
        play.screen()
    );
    play.play("GG");
    assert!(play.links.is_empty(), "it was the last page");
}

#[test]
fn the_message_itself_is_marked_among_the_others() {
    let mut play = Play::new(120, 30);
    let (_, body) = answer(SMS);
    let body = String::from_utf8(body).unwrap();
    let same = body.replace(SMS, "oNITIYP1gTVWJngn83x7");
    play.open_body("oNITIYP1gTVWJngn83x7", &same);
    play.play("/Tb7z · not<enter><enter><linked>");
    assert!(play.screen().contains("this one · hi"), "{}", play.screen());
}

#[test]
fn what_belongs_to_a_message_is_there_again_from_the_history_without_asking() {
    let shelf = Shelf::new(Vec::new());
    let mut play = Play::keeping(shelf, 120, 30);
    play.paste(SMS);
    play.play("<answer>L<linked><linked><linked><linked>");
    assert!(play.screen().contains("Dana Poe"), "{}", play.screen());
    let shelf = play.shelf.take().unwrap();
    let mut later = Play::keeping(shelf, 120, 30);
    later.play("<tab><enter>");
    later.play("/Dana<enter>");
    assert!(later.row().contains("Dana Poe"), "{}", later.screen());
    assert!(later.links.is_empty() && later.asked.is_empty());
}

#[test]
fn an_answer_is_shown_only_in_the_message_it_belongs_to() {
    let mut play = opened(SMS);
    play.play("L");
    play.paste(BOUNCED);
    play.play("<answer><linked><linked><linked><linked>");
    assert!(!play.screen().contains("Dana Poe"), "{}", play.screen());
    let kept = play
        .done
        .iter()
        .filter(|effect| matches!(effect, Effect::KeepLinked(..)));
    assert_eq!(kept.count(), 0, "a play without a shelf keeps nothing");
    play.play("<tab><tab>j<enter>/Dana<enter>");
    assert!(play.row().contains("Dana Poe"), "{}", play.screen());
}

#[test]
fn ctrl_c_stops_what_is_asked_for_beside_the_message_before_it_quits() {
    let mut play = opened(SMS);
    play.play("L<ctrl-c>");
    assert_eq!(play.notice(), "Stopped");
    assert!(!play.done.contains(&Effect::Quit));
    play.play("<ctrl-c>");
    assert!(play.done.contains(&Effect::Quit));
}

#[test]
fn capital_h_shows_the_html_as_it_came_and_comes_back() {
    let mut play = opened(OPENED);
    assert!(
        play.screen().contains("Questions? Ask us[1]."),
        "{}",
        play.screen()
    );
    assert!(!play.screen().contains("never run"), "{}", play.screen());
    play.play("H");
    assert!(
        play.screen().contains("<script>document.title"),
        "{}",
        play.screen()
    );
    play.play("H");
    assert!(
        play.screen().contains("Questions? Ask us[1]."),
        "{}",
        play.screen()
    );
    let mut sms = opened(SMS);
    sms.play("H");
    assert_eq!(sms.notice(), "No HTML: the text is shown as it came");
}

#[test]
fn a_link_of_an_email_is_copied_as_it_is() {
    let mut play = opened(OPENED);
    play.play("/example.com%2Fhelp<esc>");
    play.play("/help?from<enter>y");
    let (_, text) = play.copied().unwrap();
    assert_eq!(text, "https://example.com/help?from=mail&id=7");
}

#[test]
fn the_app_is_opened_at_the_contact_on_the_contacts_row_and_at_the_conversation_else() {
    let mut play = opened(SMS);
    for (steps, end) in [
        ("o", "/conversations/conversations/lmjOL3agcrEBw7TSTb7z"),
        (
            "/contactId<enter>o",
            "/contacts/detail/PvqI5W9TlT58kcNluuZ6",
        ),
    ] {
        play.play(steps);
        let Some(Effect::OpenUrl(url)) = play.done.last() else {
            panic!("{:?}", play.done);
        };
        assert!(url.ends_with(end), "{url}");
    }
}
