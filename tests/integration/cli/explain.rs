//! `explain`: what is known of a status, a code or an error's words, without a token and without the network.
//! Never here: which entry explains a message; that is `model::explain`'s.

use std::fs;

use crate::support::program::{Program, printed, refused};

const FILTERED: &str = "\
30007  SMS
  Means   Filtered as spam or against policy, by the carrier or the provider.
  Final   yes
  Next    Remove short links and banned topics, check A2P registration, vary text; never resend it unchanged.
  Known   documented: HighLevel's documentation says so
  Source  https://help.gohighlevel.com/support/solutions/articles/155000005526
";
const NO_MAILBOX: &str = "\
550 5.1.1, 5.1.1  email
  Means   The receiving server knows no such mailbox.
  Final   yes
  Next    Correct the contact's address, then send anew; never retry the same address.
  Known   documented: HighLevel's documentation says so
  Source  https://help.gohighlevel.com/support/solutions/articles/48001209322
";

#[test]
fn a_code_is_explained_however_it_is_written() {
    for arguments in [
        &["explain", "30007"][..],
        &["explain", " 30007 "],
        &["explain", "Error", "30007"],
        &["explain", "Error 30007 - Message filtered"],
    ] {
        let ended = Program::new(arguments).run();
        assert_eq!(ended, printed(FILTERED), "{arguments:?}");
    }
    for arguments in [
        &["explain", "mailbox not found"][..],
        &[
            "explain",
            "1",
            "Requested",
            "mail",
            "action",
            "aborted,",
            "Mailbox",
            "not",
            "found",
        ],
        &["explain", "550 No such user here"],
    ] {
        let ended = Program::new(arguments).run();
        assert_eq!(ended, printed(NO_MAILBOX), "{arguments:?}");
    }
}

#[test]
fn a_name_with_several_meanings_is_told_with_all_of_them() {
    let ended = Program::new(&["explain", "FAILED"]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let titles: Vec<&str> = ended
        .out
        .lines()
        .filter(|line| line.starts_with(|letter: char| letter.is_alphabetic()))
        .collect();
    for title in [
        "failed  SMS",
        "failed  email",
        "failed",
        "call status failed",
    ] {
        assert!(titles.contains(&title), "{title} in\n{}", ended.out);
    }
    let ended = Program::new(&["explain", "100"]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    for title in ["100  WhatsApp\n", "100  Messenger, Instagram\n"] {
        assert!(ended.out.contains(title), "{title} in\n{}", ended.out);
    }
    let pending = Program::new(&["explain", "pending"]).run();
    let next = "  Next    Normal for some seconds. Ask again.\n  Later   Check number, balance, ";
    assert!(pending.out.contains(next), "{}", pending.out);
}

#[test]
fn a_refusals_own_code_is_explained_exactly_as_it_is_written() {
    let ended = Program::new(&["explain", "CONVERSATIONS_MSG_DND_ACTIVE_SMS"]).run();
    assert_eq!((ended.errors.as_str(), ended.code), ("", Some(0)));
    let words = "  Means   The contact is on do-not-disturb for texts.\n";
    assert!(ended.out.contains(words), "{}", ended.out);
    let small = "conversations_msg_dnd_active_sms";
    let words = format!("msgscope: {small} is not known to this version; nothing is guessed\n");
    assert_eq!(Program::new(&["explain", small]).run(), refused(4, words));
}

#[test]
fn what_is_not_known_is_said_to_be_so_and_is_harmless() {
    for (name, shown) in [
        ("30999", "30999"),
        ("\x1b[31msnoozed\x07", "␛[31msnoozed␇"),
        ("x\u{202e}y", "x<U+202E>y"),
    ] {
        let words = format!("msgscope: {shown} is not known to this version; nothing is guessed\n");
        assert_eq!(Program::new(&["explain", name]).run(), refused(4, words));
    }
}

#[test]
fn without_a_code_it_is_wrong_usage() {
    let ended = Program::new(&["explain"]).run();
    assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)));
    assert!(ended.errors.contains("<CODE>..."), "{}", ended.errors);
    let words = "msgscope: there is no command 'explian'; the nearest is 'explain'\n";
    assert_eq!(Program::new(&["explian", "30007"]).run(), refused(2, words));
}

#[test]
fn a_file_of_ones_own_beside_the_config_file_comes_first_and_its_mistakes_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let own = folder.path().join("explanations.toml");
    fs::write(&config, "").unwrap();
    let path = config.to_str().unwrap();
    let explain = |code: &str| Program::new(&["explain", code, "--config", path]).run();
    let entry =
        "[[entry]]\ncode = [30007, 47]\nfamily = \"sms\"\nmeaning = \"Ours.\"\nfinal = \"no\"\n";
    fs::write(&own, entry).unwrap();
    let told = |code: &str| {
        format!("{code}  SMS\n  Means   Ours.\n  Final   no\n  Known   from your own file\n")
    };
    assert_eq!(explain("30007"), printed(told("30007")));
    assert_eq!(explain("47"), printed(told("47")));
    let settings = Program::new(&["config", "--config", path]).run();
    let line = format!("\nexplanations  {}\n", own.display());
    assert!(settings.out.contains(&line), "{}", settings.out);
    fs::write(
        &own,
        "[[entry]]\nmeaning = \"Ours.\"\nstatuss = \"x\"\n[[entry]]\nfinal = 1\n",
    )
    .unwrap();
    let place = own.display();
    let needs = "an entry explains something: it needs a status, call, code, phrase or canonical";
    let words = format!(
        "msgscope: mistakes in the explanations\n  \
         {place}:1: {needs}\n  \
         {place}:3: unknown key \"statuss\"; the nearest is status\n  \
         {place}:4: {needs}\n  \
         {place}:4: an entry needs a meaning, such as meaning = \"The line was busy.\"\n  \
         {place}:5: final is a number and must be a text in quotes\n"
    );
    for arguments in [&["explain", "30007"][..], &["get", "x"], &["--demo"]] {
        let ended = Program::new(arguments)
            .variable("MSGSCOPE_CONFIG", path)
            .run();
        assert_eq!(ended, refused(2, words.as_str()), "{arguments:?}");
    }
    fs::write(&own, b"\xff").unwrap();
    let words = format!("msgscope: file of explanations {place}: it is not UTF-8\n");
    assert_eq!(explain("30007"), refused(2, words));
}

#[test]
fn the_explanations_to_start_from_are_printed_and_change_nothing() {
    let ended = Program::new(&["config", "--explanations"]).run();
    assert_eq!(ended, printed(msgscope::model::explain::EMBEDDED));
}
