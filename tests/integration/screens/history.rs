//! The history of earlier runs: days, filter, failures, opened rows, what is deleted and pinned.
//! Never a file: the store is in memory, and the same.

use std::time::Duration;

use msgscope::app::layout::Focus;
use msgscope::app::{Action, Event};
use msgscope::model::id::MessageId;
use msgscope::model::snapshot::Snapshot;

use super::pictures::{SIZES, pictures};
use crate::support::answers::{answer, snapshot};
use crate::support::play::{Play, noon};
use crate::support::shelf::Shelf;

/// Looked up in earlier runs: so many hours ago, oldest first.
const EARLIER: [(&str, u64); 6] = [
    ("8mQ2xLr0TtVb5NcYw1Zp", 24 * 400),
    ("VY80mMXYjmpyLMocAVq5", 24 * 8),
    ("h8TC9QDvm6i0bnGVjVV0", 24 * 8 - 1),
    ("ve9EPM428h8vShlRW1KT", 25),
    ("aaaaBBBBccccDDDDeeee", 19),
    ("STAjKD1GNDCJfbNOjHzr", 2),
];

/// What a lookup so long ago brought.
fn earlier(id: &str, hours: u64) -> Snapshot {
    let mut state = Play::new(80, 24).state;
    state.now = noon() - Duration::from_secs(hours * 3600);
    let id = MessageId::new(id).unwrap();
    let (http, body) = answer(id.as_str());
    snapshot(&state, state.whom, &id, http, body)
}

fn shelf() -> Shelf {
    Shelf::new(EARLIER.map(|(id, hours)| earlier(id, hours)))
}

fn begin(width: u16, height: u16) -> Play {
    Play::keeping(shelf(), width, height)
}

/// The rows of the history as they are drawn, from its first line on.
fn rows(play: &Play) -> Vec<String> {
    let screen = play.screen();
    let lines = screen.lines().skip(3).map(|line| {
        let cells: String = line.chars().skip(1).take(34).collect();
        cells.trim().to_owned()
    });
    lines.take_while(|line| !line.is_empty()).collect()
}

/// So many rows of earlier runs, the newest with the highest number.
fn many(count: usize) -> Shelf {
    let one = earlier("ve9EPM428h8vShlRW1KT", 30);
    Shelf::new((0..count).map(|number| {
        let mut snapshot = one.clone();
        snapshot.asked.id = MessageId::new(&format!("id{number:018}")).unwrap();
        snapshot
    }))
}

#[test]
fn what_earlier_runs_kept_stands_under_its_days() {
    pictures("history-earlier", &SIZES, begin, "<esc>");
}

#[test]
fn a_kept_answer_is_shown_at_once_and_told_as_kept() {
    let mut play = begin(120, 30);
    play.play("<esc>jj<enter>");
    assert_eq!(play.asked, [], "nothing is asked for");
    assert_eq!(play.state.focus, Focus::Detail);
    let screen = play.screen();
    assert!(screen.contains("✓ delivered"), "{screen}");
    // It is not final: delivered may become read.
    play.play("<esc>G<enter>");
    assert!(play.screen().contains("✗ failed"), "{}", play.screen());
    // And what is done to a message works on its row too.
    play.play("<esc>kcj");
    let (what, text) = play.copied().unwrap();
    assert_eq!(what, "JSON");
    assert!(text.contains("VY80mMXYjmpyLMocAVq5"), "{text}");
}

#[test]
fn a_filter_finds_as_letters_are_typed_and_enter_opens() {
    let mut play = begin(120, 30);
    play.play("<ctrl-r>");
    assert!(play.screen().contains("filter history ›"));
    play.play("30007");
    assert_eq!(rows(&play).len(), 2, "{}", play.screen());
    assert!(
        play.screen().contains("History 1/1 of 6"),
        "{}",
        play.screen()
    );
    play.play("<enter>");
    assert!(play.screen().contains("✗ failed"), "{}", play.screen());
    assert!(play.screen().contains("History 1/1 of 6"), "it stays");
    play.play("<esc><esc>");
    assert!(play.screen().contains("/6 "), "{}", play.screen());
    let under = play.state.history.at_cursor().id().unwrap();
    assert_eq!(
        under.as_str(),
        "VY80mMXYjmpyLMocAVq5",
        "the cursor stays on its message"
    );
}

#[test]
fn a_filter_takes_fields_and_says_what_it_does_not_understand() {
    let mut play = begin(120, 30);
    let mut found = |filter: &str| {
        play.play(&format!("<ctrl-r><ctrl-u>{filter}"));
        let rows = play.state.history.len();
        (rows, play.notice().to_owned())
    };
    assert_eq!(found("status:failed"), (2, String::new()));
    assert_eq!(found("id:ve9"), (1, String::new()));
    assert_eq!(found("since:2d"), (3, String::new()));
    assert_eq!(found("type:sms dir:out since:9d"), (3, String::new()));
    assert_eq!(found("status:"), (6, String::new()));
    let (_, note) = found("colour:red");
    assert!(note.starts_with("there is no field colour"), "{note}");
}

#[test]
fn words_that_were_looked_for_are_marked() {
    let mut play = begin(120, 30);
    play.play("<ctrl-r>you");
    let styles = play.styles();
    let second = styles.lines().nth(5).unwrap();
    assert!(second.contains("bbb. "), "{styles}\n{}", play.screen());
}

#[test]
fn f_shows_failures_only_and_all_again() {
    let mut play = begin(120, 30);
    play.play("<esc>f");
    let shown = rows(&play);
    assert_eq!(play.state.history.len(), 3, "{shown:?}");
    assert!(
        shown.iter().any(|row| row.contains("not found")),
        "{shown:?}"
    );
    play.play("f");
    assert_eq!(play.state.history.len(), 6);
}

#[test]
fn where_nothing_matches_it_says_so_and_how_to_see_all() {
    let mut play = begin(120, 30);
    play.play("<ctrl-r>nowhere");
    let said = rows(&play).join(" ");
    assert!(
        play.screen().contains("No match in 6 for *nowhere*."),
        "{said}"
    );
    assert!(play.screen().contains("Ctrl-U shows all."), "{said}");
    play.play("<ctrl-u>");
    assert_eq!(play.state.history.len(), 6);
    let mut play = Play::keeping(Shelf::new([earlier("ve9EPM428h8vShlRW1KT", 1)]), 120, 30);
    play.play("<esc>f");
    assert!(
        play.screen().contains("No failures in 1."),
        "{}",
        play.screen()
    );
    play.play("q");
    assert_eq!(play.state.history.len(), 1, "q shows all before it quits");
}

#[test]
fn a_new_lookup_ends_the_filter() {
    let mut play = begin(120, 30);
    play.play("<ctrl-r>30007<enter><paste p3XbN2mYtQ7sRwZHn4fK>");
    assert!(play.screen().contains("History 1/7"), "{}", play.screen());
}

#[test]
fn a_message_asked_again_is_one_row_and_what_was_seen_is_told() {
    let mut play = begin(120, 30);
    play.play("<paste ve9EPM428h8vShlRW1KT>");
    assert!(play.screen().contains("History 1/6"), "{}", play.screen());
    assert!(
        play.screen().contains("last seen delivered"),
        "{}",
        play.screen()
    );
    play.play("<answer>");
    assert!(play.screen().contains("History 1/6"), "{}", play.screen());
}

#[test]
fn what_has_changed_since_the_lookup_before_is_told_below_why() {
    let pending = |status: &str| {
        format!(
            r#"{{"message":{{"id":"ve9EPM428h8vShlRW1KT","type":2,"messageType":"TYPE_SMS","status":"{status}","direction":"outbound","body":"hi"}}}}"#
        )
    };
    let mut before = earlier("ve9EPM428h8vShlRW1KT", 30);
    let state = Play::new(80, 24).state;
    let at = before.at;
    before = snapshot(
        &state,
        state.whom,
        &before.asked.id,
        200,
        pending("sent").into_bytes(),
    );
    before.at = at;
    let mut play = Play::keeping(Shelf::new([before]), 120, 30);
    play.open_body("ve9EPM428h8vShlRW1KT", &pending("delivered"));
    let screen = play.screen();
    let words = "Since 3 Mar 11:49 UTC: sent → delivered. t shows the timeline.";
    assert!(screen.contains(words), "{screen}");
    play.play("t");
    assert!(
        play.screen().contains("2 lookups in 1 d"),
        "{}",
        play.screen()
    );
    play.play("tr");
    let (ticket, id) = play.asked.pop().unwrap();
    play.answer_with(ticket, &id, 200, pending("delivered").into_bytes());
    assert!(!play.screen().contains("Since"), "{}", play.screen());
}

#[test]
fn a_long_history_is_read_as_far_as_it_is_seen() {
    let mut play = Play::keeping(many(700), 120, 30);
    assert!(play.screen().contains("History 1/700"), "{}", play.screen());
    play.play("<esc>G");
    let at = |play: &Play| play.state.history.at_cursor().id().unwrap().clone();
    assert_eq!(at(&play).as_str(), "id000000000000000000");
    play.play("g<pgdn>");
    assert!(at(&play).as_str() < "id000000000000000690");
    play.play("<ctrl-r>id:id00000000000000031");
    assert_eq!(play.state.history.len(), 10);
}

#[test]
fn what_is_deleted_comes_back_until_the_program_ends() {
    let mut play = begin(120, 30);
    play.play("<esc>d");
    assert_eq!(
        play.notice(),
        "Deleted, 1 lookup · u brings it back until you quit"
    );
    assert_eq!(play.state.history.len(), 5);
    play.play("dd");
    assert_eq!(play.state.history.len(), 3);
    play.play("u");
    assert_eq!(play.notice(), "Back again, 1 lookup");
    play.play("uu");
    assert_eq!(play.state.history.len(), 6);
    play.play("u");
    assert_eq!(play.notice(), "Nothing was deleted in this run");
    let first = play.state.history.item(0).id().unwrap();
    assert_eq!(first.as_str(), "STAjKD1GNDCJfbNOjHzr", "in its own place");
}

#[test]
fn a_lookup_of_this_run_can_be_deleted_with_all_that_was_before() {
    let mut play = begin(120, 30);
    play.play("<paste ve9EPM428h8vShlRW1KT>");
    play.play("<esc><esc>");
    play.play("<paste ve9EPM428h8vShlRW1KT><answer>r<answer><esc>d");
    assert_eq!(
        play.notice(),
        "Deleted, 3 lookups · u brings it back until you quit"
    );
    assert!(
        play.screen().contains("Paste a message id"),
        "{}",
        play.screen()
    );
    assert_eq!(play.state.history.len(), 5);
    play.play("u");
    assert_eq!(play.state.history.len(), 6);
}

#[test]
fn a_pinned_row_stays_on_top_and_asks_before_it_is_deleted() {
    let mut play = begin(120, 30);
    play.play("<esc>Gp");
    assert_eq!(play.notice(), "Pinned to the top");
    assert!(rows(&play)[0].starts_with("pinned"), "{}", play.screen());
    play.play("<paste p3XbN2mYtQ7sRwZHn4fK><answer><esc>gd");
    assert_eq!(
        play.notice(),
        "It is pinned. y deletes it, any other key keeps it"
    );
    play.play("j");
    assert_eq!(play.state.history.len(), 7);
    play.play("kdy");
    assert_eq!(play.state.history.len(), 6);
    assert!(
        play.notice().starts_with("Deleted, 1 lookup"),
        "{}",
        play.notice()
    );
    play.play("u");
    assert!(rows(&play)[0].starts_with("pinned"), "{}", play.screen());
    play.play("gp");
    assert_eq!(play.notice(), "Not pinned any more");
    assert!(!rows(&play)[0].starts_with("pinned"), "{}", play.screen());
    assert_eq!(play.state.history.len(), 7);
}

#[test]
fn what_could_not_be_done_to_a_row_is_said_and_nothing_is_lost() {
    let why = || "The disk is full".to_owned();
    let mut play = begin(120, 30);
    play.play("<esc>");
    let id = play.state.history.at_cursor().id().unwrap().clone();
    // The row goes at once, and comes back where it could not be deleted.
    play.apply(Event::Acted(Action::Delete));
    assert_eq!(play.state.history.len(), 5);
    play.apply(Event::Deleted(id, Err(why())));
    assert_eq!(play.notice(), "Not deleted: The disk is full");
    assert_eq!(play.state.deleting, []);

    let mut play = begin(120, 30);
    play.play("<esc>d");
    let deleted = play.state.deleted[0].clone();
    play.state.deleted.clear();
    play.happen(Event::Restored(deleted, Err(why())));
    assert_eq!(play.notice(), "Not brought back: The disk is full");
    play.play("u");
    assert_eq!(play.notice(), "Back again, 1 lookup", "once more");

    play.play("gp");
    let id = play.state.history.at_cursor().id().unwrap().clone();
    play.happen(Event::Pinned(id, Err(why())));
    assert_eq!(play.notice(), "Not kept: The disk is full");
    assert!(!rows(&play)[0].starts_with("pinned"), "{}", play.screen());
}

#[test]
fn what_a_filter_finds_stands_in_order_of_time_pinned_or_not() {
    let mut play = begin(120, 30);
    play.play("<esc>Gp<ctrl-r>status:failed");
    let shown = rows(&play);
    assert!(
        !shown.iter().any(|row| row.starts_with("pinned")),
        "{shown:?}"
    );
    assert!(shown.last().unwrap().starts_with("✗"), "{shown:?}");
    play.play("<ctrl-u>is:pinned");
    assert_eq!(play.state.history.len(), 1);
}
