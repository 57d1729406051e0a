//! Watching: looks, what has changed, when it ends, and what is left as it was.
//! Never a real wait: time comes in.

use msgscope::app::Effect;

use crate::support::play::{Play, answer};

const ID: &str = "Hn4fKp0XbN2mYtQ7sRwZ";

fn body(status: &str) -> String {
    format!(
        r#"{{"message":{{"id":"{ID}","type":2,"messageType":"TYPE_SMS","status":"{status}","direction":"outbound","body":"hi"}}}}"#
    )
}

/// Answers the look under way.
fn look(play: &mut Play, status: &str) {
    let (ticket, id) = play.asked.remove(0);
    play.answer_with(ticket, &id, 200, body(status).into_bytes());
}

fn rings(play: &Play) -> Vec<String> {
    let rings = play.done.iter().filter_map(|effect| match effect {
        Effect::Ring(words) => Some(words.as_str().to_owned()),
        _ => None,
    });
    rings.collect()
}

fn pending() -> Play {
    let mut play = Play::new(120, 30);
    play.open_body(ID, &body("pending"));
    play
}

#[test]
fn a_watched_message_is_looked_up_again_until_its_status_is_final() {
    let mut play = pending();
    play.play("w");
    assert_eq!(
        play.notice(),
        "Watching, next look at 17:49:23 UTC · w stops"
    );
    assert!(play.screen().contains("◉"), "{}", play.screen());
    play.wait(1.9);
    assert_eq!(play.asked, []);
    play.wait(0.1);
    look(&mut play, "pending");
    play.wait(2.9);
    assert_eq!(play.asked, []);
    play.wait(0.1);
    look(&mut play, "sent");
    assert_eq!(play.notice(), "pending → sent after 5 s");
    assert!(play.screen().contains("… sent"), "{}", play.screen());
    assert!(
        play.screen().contains("Since 17:49 UTC: pending → sent."),
        "{}",
        play.screen()
    );
    play.wait(2.0);
    look(&mut play, "failed");
    assert_eq!(play.notice(), "sent → failed after 2 s. Final");
    assert!(play.screen().contains("✗ failed"), "{}", play.screen());
    assert!(!play.screen().contains("◉"), "{}", play.screen());
    play.wait(60.0);
    assert_eq!(play.asked, [], "what is final is not looked up again");
    assert_eq!(
        rings(&play),
        ["pending → sent after 5 s", "sent → failed after 2 s. Final"]
    );
}

#[test]
fn w_again_stops_it_and_a_late_look_changes_nothing() {
    let mut play = pending();
    play.play("w");
    play.wait(2.0);
    let (ticket, id) = play.asked[0].clone();
    play.play("w");
    assert_eq!(play.notice(), "Watch stopped at pending");
    play.answer_with(ticket, &id, 200, body("sent").into_bytes());
    assert!(play.screen().contains("… pending"), "{}", play.screen());
    play.wait(60.0);
    assert_eq!(play.asked, []);
}

#[test]
fn a_look_leaves_cursor_folds_and_another_message_as_they_are() {
    let mut play = pending();
    play.play("wjjjjj");
    let row = play.row();
    let folds = play.state.view().unwrap().open.clone();
    play.wait(2.0);
    look(&mut play, "sent");
    assert_eq!(play.row(), row);
    assert_eq!(
        play.state.view().unwrap().open.len(),
        folds.len() + 1,
        "the note is new"
    );
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>");
    play.wait(2.0);
    let shown = play.screen().lines().nth(3).unwrap().to_owned();
    look(&mut play, "failed");
    assert_eq!(
        play.notice(),
        format!("sent → failed after 2 s. Final · {ID}")
    );
    assert_eq!(play.screen().lines().nth(3).unwrap(), shown);
}

#[test]
fn what_cannot_change_is_not_watched() {
    let mut play = Play::new(120, 30);
    play.play("<esc>w");
    assert_eq!(play.notice(), "w: open a message first");
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>w");
    assert_eq!(play.notice(), "Already final: failed. r asks again");
    play.play("<paste aaaaBBBBccccDDDDeeee><answer>w");
    assert_eq!(
        play.notice(),
        "Nothing to watch: the lookup brought no message"
    );
}

#[test]
fn several_are_watched_from_the_list_and_a_failure_that_will_not_pass_ends_one() {
    let mut play = pending();
    play.open_body(
        "Kn4fKp0XbN2mYtQ7sRwZ",
        &body("sent").replace(ID, "Kn4fKp0XbN2mYtQ7sRwZ"),
    );
    play.play("<esc>gwjw");
    play.wait(2.0);
    assert_eq!(play.asked.len(), 2);
    let (ticket, id) = play.asked.remove(0);
    play.answer_with(ticket, &id, 500, Vec::new());
    let (ticket, id) = play.asked.remove(0);
    play.answer_with(ticket, &id, 404, Vec::new());
    assert!(
        play.notice().starts_with("Watch stopped: not found"),
        "{}",
        play.notice()
    );
    play.wait(3.0);
    assert_eq!(play.asked.len(), 1, "what may pass is asked again");
}

#[test]
fn a_message_that_is_deleted_is_not_watched_any_more() {
    let mut play = pending();
    play.play("w");
    play.wait(2.0);
    assert_eq!(play.asked.len(), 1);
    play.play("<esc>d");
    assert_eq!(play.asked, [], "the look under way is stopped");
    play.wait(60.0);
    assert_eq!(play.asked, []);
}

#[test]
fn an_email_whose_record_cannot_be_read_any_more_is_not_told_as_changed() {
    let mut play = Play::new(120, 30);
    play.paste("Zk5Hq9TwXm3RvYb7LsDn");
    play.play("<answer>w");
    play.wait(2.0);
    let (ticket, id) = play.asked.remove(0);
    let (http, body) = answer("Zk5Hq9TwXm3RvYb7LsDn");
    let body = String::from_utf8(body).unwrap();
    let unknown = body.replace("Vw4Tn8PcYd6KxZs2RhLm", "noSuchRecord00000001");
    play.answer_with(ticket, &id, http, unknown.into_bytes());
    assert!(
        play.notice().starts_with("Watch stopped: not found"),
        "{}",
        play.notice()
    );
    assert!(play.screen().contains("✓ opened"), "{}", play.screen());
}
