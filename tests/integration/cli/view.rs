//! `msgscope view` before the console begins: what is refused, in which words and with which exit code.
//! Never here: what is seen once it has begun.

use crate::support::fixtures::fixture;
use crate::support::folder::Folder;
use crate::support::program::{Program, refused};

const EXPECTED: &str = "\nexpected: an answer of the API, a page of messages, an email record or a webhook's body;\n\
     or several of them, in an array or one a line\n";

#[test]
fn a_file_that_is_not_there_is_told_with_its_name() {
    let ended = Program::new(&["view", "no/such\u{1b}[31m.json"]).run();
    assert_eq!((ended.out.as_str(), ended.code), ("", Some(1)));
    assert!(ended.errors.contains("No such file"), "{}", ended.errors);
    assert!(!ended.errors.contains('\u{1b}'), "{}", ended.errors);
}

#[test]
fn what_is_not_recognised_says_why_and_what_was_expected() {
    let folder = Folder::new();
    for (text, why) in [
        (fixture("contact.json"), "JSON, but no message in it"),
        (" \n".into(), "it is empty"),
        (
            "no json\n".into(),
            "not JSON: line 1, column 2 is not as JSON has it",
        ),
        (
            "{\"message\":".into(),
            "not JSON: it ends too early, in line 1; was it cut off?",
        ),
        (
            fixture("conversation-messages-empty.json"),
            "a page without messages: there is nothing to show",
        ),
    ] {
        let file = folder.file("a.json", &text);
        let told = format!("msgscope: {file}: {why}{EXPECTED}");
        assert_eq!(Program::new(&["view", &file]).run(), refused(4, told));
        let told = format!("msgscope: standard input: {why}{EXPECTED}");
        let ended = Program::new(&["view", "-"]).input(&text).run();
        assert_eq!(ended, refused(4, told));
    }
}

#[test]
fn it_needs_one_file_and_a_terminal() {
    let folder = Folder::new();
    let file = folder.file("a.json", fixture("sms-inbound.json"));
    assert_eq!(Program::new(&["view"]).run().code, Some(2));
    assert_eq!(Program::new(&["view", &file, &file]).run().code, Some(2));
    let ended = Program::new(&["view", &file]).run();
    assert_eq!((ended.out.as_str(), ended.code), ("", Some(2)));
    assert!(ended.errors.contains("not a terminal"), "{}", ended.errors);
}

#[test]
fn no_token_is_read_and_a_wrong_one_does_not_matter() {
    // The line that a token would be read from belongs to what is looked at.
    let ended = Program::new(&["view", "-"])
        .variable("MSGSCOPE_TOKEN", "two words")
        .variable("MSGSCOPE_TOKEN_STDIN", "1")
        .input("{}")
        .run();
    assert_eq!(ended.code, Some(4), "{}", ended.errors);
    assert!(ended.errors.contains("no message"), "{}", ended.errors);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = Folder::new();
    let path = folder.file("large.json", "");
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_len(64 * 1024 * 1024 + 1).unwrap();
    let told = format!(
        "msgscope: {path}: it is larger than 64 MiB, which is not read; take a part of it\n"
    );
    assert_eq!(Program::new(&["view", &path]).run(), refused(1, told));
}
