//! What the keys copy, what is refused, and what `v` shows.
//! Never here: how a text gets to a clipboard.

use msgscope::app::effect::Form;
use msgscope::app::setting::Setting;
use msgscope::app::{Effect, Event};

use crate::support::play::{Play, setting};

/// An MMS with three attachments, at the verdict.
fn three_files() -> Play {
    let mut play = Play::new(120, 30);
    play.play("<paste aT7cHm3NtFi1eSx9KwPq><answer>");
    play
}

fn failed() -> Play {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><answer>");
    play
}

fn with_files(files: &str) -> Play {
    let mut play = Play::new(120, 30);
    let body = format!(
        r#"{{"message":{{"id":"aT7cHm3NtFi1eSx9KwPq","type":2,"body":"x","attachments":[{files}]}}}}"#
    );
    play.open_body("aT7cHm3NtFi1eSx9KwPq", &body);
    play
}

fn copied(play: &Play) -> &str {
    play.copied().map_or("", |(_, text)| text)
}

#[test]
fn a_digit_copies_the_attachment_of_that_number() {
    let mut play = three_files();
    play.play("2");
    assert!(
        copied(&play).contains("documents%2F47ed51e4"),
        "{play:?}",
        play = play.done
    );
    assert!(copied(&play).ends_with(".pdf?alt=media"));
    assert_eq!(play.notice(), "Copied the attachment 2 (cdn.msgsndr.com)");
    play.play("5");
    assert_eq!(play.notice(), "No attachment 5: there are 3");
    assert_eq!(play.done.len(), 1);
}

#[test]
fn a_with_several_attachments_asks_and_with_one_copies_at_once() {
    let mut play = three_files();
    play.play("a");
    assert!(play.state.overlay.is_some() && play.done.is_empty());
    play.play("2");
    assert!(copied(&play).ends_with(".pdf?alt=media"));
    assert!(play.state.overlay.is_none());
    play.play("ajj<enter>");
    assert!(copied(&play).ends_with(".mp4?alt=media"));
    play.play("aA");
    assert_eq!(copied(&play).lines().count(), 3);

    let mut play = with_files(r#""https://example.com/a.png""#);
    play.play("a");
    assert_eq!(copied(&play), "https://example.com/a.png");
    let mut play = failed();
    play.play("a");
    assert_eq!((play.notice(), play.done.len()), ("No attachments.", 0));
    let mut play = Play::new(120, 30);
    play.play("<paste idnmc3DlXvdXQO4pxHLy><answer>a");
    assert_eq!(
        play.notice(),
        "No attachments. Calls never list their recording"
    );
}

#[test]
fn with_ten_attachments_the_last_is_reached_by_moving() {
    let files: Vec<String> = (1..=10)
        .map(|n| format!("\"https://example.com/{n}\""))
        .collect();
    for height in [30, 12, 8] {
        let mut play = with_files(&files.join(","));
        play.resize(60, height);
        play.play("aG");
        let marked = play
            .screen()
            .lines()
            .any(|line| line.contains("https://example.com/10"));
        assert!(marked, "{}", play.screen());
        play.play("<enter>");
        assert_eq!(copied(&play), "https://example.com/10");
    }
}

#[test]
fn a_url_that_is_none_is_refused_with_its_reason_and_v_shows_it() {
    let mut play = Play::new(120, 30);
    play.play("<paste Fg3Hx7YkQz5WvNt9LcRd><answer>1");
    assert_eq!(
        play.notice(),
        "Not copied: the URL is not http or https. v shows it"
    );
    play.play("v");
    assert_eq!(
        play.done,
        [Effect::ShowAlone(
            "javascript:alert(document.domain)".to_owned()
        )]
    );
    for (key, words) in [
        (
            "2",
            "Not copied: the URL holds hidden characters. v shows it",
        ),
        ("4", "Not copied: the URL is not http or https. v shows it"),
        (
            "5",
            "Not copied: the URL holds hidden characters. v shows it",
        ),
        ("aA", "Not copied: the URL is not http or https. v shows it"),
        (
            "a2",
            "Not copied: the URL holds hidden characters. v shows it",
        ),
        ("ao", "Not copied: the URL is not http or https. v shows it"),
    ] {
        play.play(key);
        assert_eq!(play.notice(), words, "{key}");
    }
    assert_eq!(play.copied(), None);
    play.play("2v");
    let Some(Effect::ShowAlone(shown)) = play.done.last() else {
        panic!("{:?}", play.done);
    };
    assert!(
        !shown.contains('\u{1b}') && shown.contains("second.png"),
        "{shown}"
    );
}

#[test]
fn hidden_characters_in_a_text_need_y_twice() {
    let mut play = Play::new(120, 30);
    play.play("<paste Fg3Hx7YkQz5WvNt9LcRd><answer>/zero<enter>y");
    assert!(
        play.notice()
            .contains("hidden characters in the text. y again"),
        "{}",
        play.notice()
    );
    assert_eq!(play.copied(), None);
    play.play("jky");
    assert_eq!(play.copied(), None, "another key in between asks anew");
    play.play("y");
    assert!(copied(&play).contains("Invoice \u{202e}txt.exe"));
    assert!(
        copied(&play).contains("\u{1b}[31m"),
        "it is copied as it is"
    );
}

#[test]
fn line_breaks_and_emoji_are_not_hidden() {
    let mut play = Play::new(120, 30);
    play.play("<paste Qv4Zs8LkTn2XcWy6MbRp><answer>/Merhaba<enter>y");
    assert_eq!(copied(&play).lines().count(), 5);
}

#[test]
fn y_copies_the_answer_the_section_or_the_value() {
    let mut play = failed();
    play.play("y");
    let answer = "SMS of 4 Mar 2026 17:44 UTC failed (30007): filtered as spam or against policy, by the carrier or the provider. Message VY80mMXYjmpyLMocAVq5.";
    assert_eq!(play.copied(), Some(("answer", answer)));
    play.play("jy");
    assert_eq!(play.copied(), Some(("answer", answer)));
    play.play("/characters<enter>y");
    let body = "Your refund is ready, claim it: https://bit.ly/3xYz";
    assert_eq!(play.copied(), Some(("section", body)));
    play.play("/dateUpdated<enter>y");
    assert_eq!(play.copied(), Some(("value", "2026-03-04T17:44:11.020Z")));
}

#[test]
fn every_letter_of_the_copy_menu_copies_at_once() {
    let mut play = failed();
    play.play("ci");
    assert_eq!(play.copied(), Some(("id", "VY80mMXYjmpyLMocAVq5")));
    play.play("cj");
    assert!(
        copied(&play).starts_with("{\n  \"message\": {"),
        "{}",
        copied(&play)
    );
    play.play("cl");
    let link = "https://app.gohighlevel.com/v2/location/7ysh0vjy4EDQXyzqTu7v/conversations/conversations/lmjOL3agcrEBw7TSTb7z";
    assert_eq!(copied(&play), link);
    play.play("/17:44:11<enter>cp");
    assert_eq!(copied(&play), ".message.dateUpdated");
    play.play("gcp");
    assert_eq!(play.notice(), "This row is no value of the answer");
    play.play("cc");
    assert!(matches!(
        play.done.last(),
        Some(Effect::CopyAs(Form::Curl, _))
    ));
    assert!(play.state.overlay.is_none());
    play.play("cj<wait 1>c<enter>");
    assert_eq!(play.copied(), Some(("id", "VY80mMXYjmpyLMocAVq5")));
}

#[test]
fn v_shows_what_was_just_copied_else_the_row() {
    let mut play = failed();
    play.play("civ");
    assert_eq!(
        play.done.last(),
        Some(&Effect::ShowAlone("VY80mMXYjmpyLMocAVq5".to_owned()))
    );
    play.play("/17:44:11<enter>v");
    assert_eq!(
        play.done.last(),
        Some(&Effect::ShowAlone("2026-03-04T17:44:11.020Z".to_owned()))
    );
    play.play("ci<esc><esc>v");
    assert_eq!(
        play.done.last(),
        Some(&Effect::ShowAlone("VY80mMXYjmpyLMocAVq5".to_owned()))
    );
}

#[test]
fn in_the_history_the_keys_mean_the_row_under_the_cursor() {
    let mut play = Play::new(120, 30);
    play.play("<paste aT7cHm3NtFi1eSx9KwPq><answer><paste VY80mMXYjmpyLMocAVq5><answer><esc>j");
    play.play("y");
    assert_eq!(play.copied(), Some(("id", "aT7cHm3NtFi1eSx9KwPq")));
    play.play("cj");
    assert!(copied(&play).contains("aT7cHm3NtFi1eSx9KwPq"));
    play.play("a3");
    assert!(copied(&play).ends_with(".mp4?alt=media"));
    play.play("r");
    assert_eq!(play.asked[0].1.as_str(), "aT7cHm3NtFi1eSx9KwPq");
}

#[test]
fn over_ssh_a_link_is_copied_instead_of_opened() {
    let mut play = three_files();
    play.play("o");
    assert!(
        matches!(play.done.last(), Some(Effect::OpenUrl(url)) if url.contains("/conversations/"))
    );
    play.play("ajo");
    assert!(
        matches!(play.done.last(), Some(Effect::OpenUrl(url)) if url.ends_with(".pdf?alt=media"))
    );
    let remote = Setting {
        remote: true,
        ..setting()
    };
    let mut play = Play::with(remote, 120, 30);
    play.play("<paste aT7cHm3NtFi1eSx9KwPq><answer>o");
    assert!(copied(&play).starts_with("https://app.gohighlevel.com/"));
    play.play("ao");
    assert!(copied(&play).ends_with(".png?alt=media"));
}

#[test]
fn a_key_that_needs_a_message_says_so() {
    let mut play = Play::new(120, 30);
    play.play("<esc>");
    for key in ["r", "c", "a", "o", "y", "v"] {
        play.play(key);
        assert_eq!(play.notice(), format!("{key}: open a message first"));
    }
    play.play("<tab>");
    for key in ["r", "c", "a", "o", "y", "v", "2", "/", "R"] {
        play.play("<tab><tab><tab>").play(key);
        assert_eq!(play.notice(), format!("{key}: open a message first"));
    }
    assert!(play.done.is_empty());
}

#[test]
fn a_lookup_that_brought_no_answer_has_no_json() {
    let mut play = Play::new(120, 30);
    play.play("<paste VY80mMXYjmpyLMocAVq5><ctrl-c>cj");
    assert_eq!(play.notice(), "No answer came, so that there is no JSON");
    play.play("cl");
    assert_eq!(play.notice(), "No conversation in this answer to link to");
    play.play("R");
    assert_eq!(
        play.notice(),
        "No answer came, so that there is nothing to show raw"
    );
    play.play("y");
    let answer = "Lookup of VY80mMXYjmpyLMocAVq5: cancelled. You stopped it after 0 ms.";
    assert_eq!(copied(&play), answer);
}

#[test]
fn a_copy_notice_keeps_its_key_at_every_width() {
    let sent =
        "Attachment 2 (cdn.msgsndr.com) sent to your terminal (cannot be confirmed) · v view";
    let first = "Attachment 2 (cdn.msgsndr.com) sent to your terminal (cannot be confirmed) · iTerm2 asks first: \
        Settings > General > Selection > Applications in terminal may access clipboard · v view";
    let refused = "Not copied: this computer's clipboard refused: X11 server connection timed out because it was \
        unreachable. v shows it";
    let short = "Attachment 2 (cdn.msgsndr.com) sent to your… · v view";
    let bare = "Attachment 2 (cdn.msgsndr.com) sent to your terminal · v view";
    for (width, notice, shown) in [
        (120, sent, sent),
        (80, sent, bare),
        (60, sent, short),
        (
            120,
            first,
            "Attachment 2 (cdn.msgsndr.com) sent to your terminal · iTerm2 asks first: Settings > General > Selection… · v view",
        ),
        (80, first, bare),
        (60, first, short),
        (120, refused, refused),
        (
            80,
            refused,
            "Not copied: this computer's clipboard refused: X11 server… v shows it",
        ),
        (
            60,
            refused,
            "Not copied: this computer's clipboard refused… v shows it",
        ),
    ] {
        let mut play = three_files();
        play.resize(width, 24);
        play.happen(Event::Copied(notice.to_owned()));
        let footer = play.footer();
        let (told, _) = footer.split_once("  ").unwrap_or((&footer, ""));
        assert_eq!(told, shown, "{width}");
    }
}
