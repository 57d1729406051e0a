//! Several ids together: the table, what Enter opens, stopping and going on, failures only, export, ids from a file.
//! Never how fast they are asked: that is in `asking`.

use msgscope::app::history::Line;
use msgscope::app::{Effect, Event};
use msgscope::model::id::MessageId;

use super::pictures::pictures;
use crate::support::play::Play;

const FAILED: &str = "VY80mMXYjmpyLMocAVq5";
const DELIVERED: &str = "ve9EPM428h8vShlRW1KT";
const BOUNCED: &str = "Px8me2K3yYDve2Y2enXh";
const SENT: &str = "STAjKD1GNDCJfbNOjHzr";
const UNKNOWN: &str = "aaaaBBBBccccDDDDeeee";

fn pasted() -> Play {
    let mut play = Play::new(120, 30);
    play.paste(&[DELIVERED, FAILED, UNKNOWN, SENT, BOUNCED].join("\n"));
    play
}

fn answered() -> Play {
    let mut play = pasted();
    for _ in 0..5 {
        play.answer();
    }
    play
}

/// The ids of the table, in its order.
fn ids(play: &Play) -> Vec<String> {
    let view = &play.state.batches.last().unwrap().view;
    let rows = view.outline.rows.iter();
    rows.filter(|row| row.lead.is_some())
        .map(|row| row.label.as_str().to_owned())
        .collect()
}

/// The row under the cursor of the history, as it is drawn.
fn history_row(play: &Play) -> String {
    let area = play.state.panes().history;
    let history = &play.state.history;
    let lines = history.lines(play.state.now, usize::from(area.height));
    let at = lines
        .iter()
        .position(|line| *line == Line::Row(history.scroll.cursor));
    let y = usize::from(area.y) + at.unwrap();
    let screen = play.screen();
    let line = screen.lines().nth(y).unwrap().chars();
    line.skip(usize::from(area.x))
        .take(usize::from(area.width))
        .collect()
}

#[test]
fn a_batch_is_drawn_with_a_bar_a_status_and_failures_first() {
    let paste = [DELIVERED, FAILED, UNKNOWN, SENT, BOUNCED].join("\n");
    let steps = format!("<paste {paste}><answer><answer><answer><answer><wait 1>");
    let sizes = [(120, 30), (80, 24), (60, 20)];
    pictures("batch", &sizes, Play::new, &steps);
    assert_eq!(
        ids(&answered()),
        [FAILED, BOUNCED, UNKNOWN, SENT, DELIVERED]
    );
}

#[test]
fn enter_opens_a_row_and_backspace_comes_back_to_the_table() {
    let mut play = answered();
    play.play("/30007<enter><esc>");
    play.play("<enter>");
    assert!(
        play.screen().contains("Filtered as spam"),
        "{}",
        play.screen()
    );
    assert_eq!(play.state.shown_id().map(MessageId::as_str), Some(FAILED));
    play.play("<backspace>");
    assert!(play.screen().contains("Batch of 5"), "{}", play.screen());
    assert!(
        play.row().contains(FAILED),
        "the cursor stands where it stood: {}",
        play.row()
    );
    assert!(play.asked.is_empty(), "nothing is asked again");
}

#[test]
fn a_failed_lookups_words_are_whole_where_a_type_would_stand() {
    let mut play = Play::new(80, 24);
    play.paste(&[FAILED, UNKNOWN].join("\n"));
    play.answer();
    let (ticket, id) = play.asked[0].clone();
    let refused = br#"{"statusCode":422,"message":["id is wrong"]}"#;
    play.answer_with(ticket, &id, 422, refused.to_vec());
    let screen = play.screen();
    assert!(
        screen.contains("! refused as invalid      in acme"),
        "{screen}"
    );
}

#[test]
fn answers_never_move_the_row_under_the_cursor() {
    let mut play = pasted();
    play.play("<wait 1>");
    play.play("/STAjKD1<enter><esc>");
    let before = play.row();
    for _ in 0..5 {
        play.answer();
        play.play("<wait 1>");
        assert!(play.row().contains(SENT), "{before} became {}", play.row());
    }
}

#[test]
fn f_shows_failures_only_and_all_again() {
    let mut play = answered();
    play.play("f");
    assert_eq!(ids(&play), [FAILED, BOUNCED, UNKNOWN]);
    play.play("f");
    assert_eq!(ids(&play).len(), 5);
}

#[test]
fn ctrl_c_stops_the_rest_and_r_goes_on_with_it() {
    let mut play = pasted();
    play.play("<answer><ctrl-c>");
    assert_eq!(play.notice(), "Stopped at 1 of 5; r does the rest");
    play.play("<wait 1>");
    assert!(play.screen().contains("stopped"), "{}", play.screen());
    play.play("r");
    assert_eq!(play.asked.len(), 4);
    for _ in 0..4 {
        play.answer();
    }
    assert!(play.screen().contains("5 of 5"), "{}", play.screen());
    play.play("r");
    assert_eq!(play.notice(), "All of them were asked for");
}

#[test]
fn its_row_in_the_history_counts_what_failed_and_opens_the_table() {
    let mut play = answered();
    play.play("<shift-tab>");
    let row = history_row(&play);
    assert!(row.contains("▪ batch of 5  2 ✗  1 !"), "{row}");
    assert!(play.screen().contains("History 1/1"), "{}", play.screen());
    // Another message is opened, and the batch again.
    play.paste(DELIVERED);
    play.answer();
    play.play("<shift-tab>j<enter>");
    assert!(play.screen().contains("Batch of 5"), "{}", play.screen());
    assert_eq!(ids(&play).len(), 5);
}

#[test]
fn space_unfolds_its_messages_below_it_and_left_folds_them() {
    let mut play = answered();
    play.play("<shift-tab><space>");
    assert!(play.screen().contains("History 1/6"), "{}", play.screen());
    play.play("jj");
    let row = history_row(&play);
    assert!(row.contains("✗ → SMS   30007 filtered"), "{row}");
    play.play("<enter>");
    assert_eq!(play.state.shown_id().map(MessageId::as_str), Some(FAILED));
    play.play("<shift-tab><left>");
    assert!(
        history_row(&play).contains("▪ batch of 5"),
        "{}",
        history_row(&play)
    );
    assert!(play.screen().contains("History 1/1"), "{}", play.screen());
    play.play("<left>");
    assert_eq!(play.notice(), "It is folded already");
}

#[test]
fn the_row_of_a_batch_is_marked_while_it_or_a_message_folded_under_it_is_shown() {
    let mut play = answered();
    play.play("/30007<enter><esc><enter><shift-tab>");
    assert!(
        history_row(&play).starts_with("▌▪ batch"),
        "{}",
        history_row(&play)
    );
    play.play("<space>");
    assert!(
        history_row(&play).starts_with(" ▪ batch"),
        "{}",
        history_row(&play)
    );
}

#[test]
fn a_bar_that_is_too_long_for_the_pane_ends_with_it() {
    let mut play = Play::new(80, 24);
    let ids: Vec<String> = (0..60).map(|n| format!("aaaaBBBBccccDDDD{n:04}")).collect();
    play.paste(&ids.join("\n"));
    let screen = play.screen();
    let bar = screen
        .lines()
        .find(|line| line.contains("waiting"))
        .unwrap();
    assert!(bar.ends_with('░'), "{bar}");
}

#[test]
fn while_it_runs_its_row_tells_how_far_it_is() {
    let mut play = pasted();
    play.play("<answer><answer><shift-tab>");
    let row = history_row(&play);
    assert!(row.contains("2 of 5  1 ✗"), "{row}");
    play.play("<ctrl-c>");
    assert_eq!(play.notice(), "Stopped at 2 of 5; r does the rest");
    play.play("r");
    assert_eq!(play.asked.len(), 3, "the row's batch is meant");
}

#[test]
fn the_footer_tells_how_far_it_is_while_something_else_is_shown() {
    let mut play = pasted();
    play.play("<answer><answer><wait 1>/30007<enter><esc><enter>");
    assert_eq!(play.state.shown_id().map(MessageId::as_str), Some(FAILED));
    let footer = play.footer();
    assert!(footer.starts_with("Batch: 2 of 5 ███░░░░░"), "{footer}");
    play.play("<backspace>");
    assert!(!play.footer().contains("2 of 5"), "the headline tells it");
    play.play("<wait 1>/30007<enter><esc><enter><answer><answer><answer>");
    assert_eq!(play.notice(), "Batch of 5 done: 2 failed, 1 not looked up");
    play.play("k");
    assert!(!play.footer().contains("of 5"), "{}", play.footer());
}

#[test]
fn keys_on_its_row_mean_the_batch_or_say_that_they_do_not() {
    let mut play = answered();
    play.play("<shift-tab>xn<enter>");
    let Some(Effect::Export(export)) = play.done.last() else {
        panic!("{:?}", play.done);
    };
    assert_eq!(
        (export.path.as_str(), export.snapshots.len()),
        ("./batch-of-5.ndjson", 5)
    );
    play.play("y");
    let Some(Effect::Copy { what, text }) = play.done.last() else {
        panic!("{:?}", play.done);
    };
    assert_eq!((what.as_str(), text.lines().count()), ("5 ids", 5));
    play.play("d");
    assert_eq!(
        play.notice(),
        "Its messages are deleted one by one. Space unfolds them"
    );
    play.play("p");
    assert_eq!(
        play.notice(),
        "Its messages are pinned one by one. Space unfolds them"
    );
    for key in ["w", "t", "Y", "c", "a", "o", "s"] {
        play.key(key);
        assert_eq!(play.notice(), format!("{key}: open a message first"));
    }
    play.play("r");
    assert_eq!(play.notice(), "All of them were asked for");
}

#[test]
fn a_second_batch_leaves_the_first_where_it_is() {
    let mut play = answered();
    play.paste(&[SENT, "AAAABBBBccccDDDDeeee"].join("\n"));
    play.answer();
    play.answer();
    assert!(play.screen().contains("Batch of 2"), "{}", play.screen());
    play.play("<shift-tab>");
    assert!(
        history_row(&play).contains("batch of 2"),
        "{}",
        history_row(&play)
    );
    play.play("j");
    assert!(
        history_row(&play).contains("batch of 5"),
        "{}",
        history_row(&play)
    );
    // A message of both goes back to the newer one.
    play.play("k<enter>/STAJK<enter><esc><enter><backspace>");
    assert!(play.screen().contains("Batch of 2"), "{}", play.screen());
}

#[test]
fn a_message_that_is_of_no_batch_has_no_table_to_go_back_to() {
    let mut play = answered();
    play.paste("AAAABBBBccccDDDDeeee");
    play.answer();
    play.play("<backspace>");
    assert!(
        play.notice().starts_with("Nothing to go back to"),
        "{}",
        play.notice()
    );
}

#[test]
fn an_id_that_is_asked_for_by_itself_meanwhile_is_not_asked_for_twice() {
    let mut play = Play::new(120, 30);
    let mut ids: Vec<String> = (0..9).map(|n| format!("aaaaBBBBccccDDDD{n:04}")).collect();
    ids.push(SENT.to_owned());
    play.paste(&ids.join("\n"));
    assert_eq!(play.asked.len(), 8);
    play.paste(SENT);
    assert_eq!(play.asked.len(), 9);
    for _ in 0..10 {
        play.answer();
    }
    assert!(play.asked.is_empty());
    let batch = play.state.batches.last().unwrap();
    assert_eq!(batch.counts.ended, 10, "its answer counts in the batch too");
}

#[test]
fn x_exports_the_whole_batch_in_the_order_it_was_given() {
    let mut play = answered();
    play.play("xc<enter>");
    let Some(Effect::Export(export)) = play.done.last() else {
        panic!("{:?}", play.done);
    };
    assert_eq!(export.path, "./batch-of-5.csv");
    let ids: Vec<&str> = export
        .snapshots
        .iter()
        .map(|one| one.asked.id.as_str())
        .collect();
    assert_eq!(ids, [DELIVERED, FAILED, UNKNOWN, SENT, BOUNCED]);
}

#[test]
fn keys_on_a_message_mean_the_row_under_the_cursor() {
    let mut play = answered();
    play.play("/30007<enter><esc>Y");
    assert!(
        matches!(play.done.last(), Some(Effect::CopyAs(_, one)) if one.asked.id.as_str() == FAILED)
    );
}

#[test]
fn the_ids_of_a_file_are_asked_for_once_its_path_is_typed() {
    let mut play = Play::new(120, 30);
    play.play("<esc>:ids of a file<enter>");
    play.play("<enter>");
    assert_eq!(play.notice(), "Which file? Type its path");
    play.play("a.txt<enter>");
    assert_eq!(play.done.last(), Some(&Effect::ReadIds("a.txt".to_owned())));
    let ids = [FAILED, SENT]
        .map(|id| MessageId::new(id).unwrap())
        .to_vec();
    play.happen(Event::IdsRead(Ok((ids, 2))));
    assert_eq!(play.asked.len(), 2);
    assert!(
        play.notice().ends_with("2 lines held no id"),
        "{}",
        play.notice()
    );
    play.happen(Event::IdsRead(Err("a.txt cannot be read".to_owned())));
    assert_eq!(play.notice(), "a.txt cannot be read");
}
