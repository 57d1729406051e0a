//! What mails look like, and what is made of them.
//! Never a real one.

use super::*;
use proptest::prelude::*;

fn lines(html: &str) -> Vec<String> {
    readable(html).lines
}

#[test]
fn paragraphs_lists_and_tables_are_lines() {
    let html = "<html><head><title>T</title><style>p{color:red}</style></head><body><p>Hello <b>Dana</b>,\n \
                welcome.</p><p>Two</p><ul><li>one<li>two</ul><ol><li>first</li><li>second</li></ol>\
                <table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>x<br>y</body></html>";
    assert_eq!(
        lines(html),
        [
            "Hello Dana, welcome.",
            "",
            "Two",
            "",
            "- one",
            "- two",
            "",
            "1. first",
            "2. second",
            "",
            "a  b",
            "c  d",
            "",
            "x",
            "y"
        ]
    );
}

#[test]
fn links_are_numbered_and_the_same_one_keeps_its_number() {
    let html = r##"<a href="https://acme.example/1">Pay</a> or <a href="mailto:a@b.example">write</a>,
        <a href="https://acme.example/1">pay</a> <a href="#top">top</a> <a href="javascript:alert(1)">x</a>"##;
    let read = readable(html);
    assert_eq!(read.lines, ["Pay[1] or write[2], pay[1] top x"]);
    assert_eq!(read.links, ["https://acme.example/1", "mailto:a@b.example"]);
}

#[test]
fn scripts_are_never_text_and_what_nobody_sees_is_counted() {
    let html = "<script>if (a < b) { document.write('<p>x</p>') }</script>Hi\u{200c}\u{34f}&zwnj;<!-- no -->&amp;";
    let read = readable(html);
    assert_eq!((read.lines, read.unseen), (vec!["Hi&".to_owned()], 3));
}

#[test]
fn quotes_are_marked_and_an_image_is_its_words() {
    let html = "<div>Yes.</div><blockquote><div>Really?</div><blockquote>No.</blockquote></blockquote>\
                <img src=x alt='logo'><img src=y>";
    assert_eq!(
        lines(html),
        ["Yes.", "", "> Really?", "", "> > No.", "", "[logo]"]
    );
}

#[test]
fn five_megabytes_of_nested_tables_are_cut_and_told() {
    let html = "<table><tr><td>hello <b>".repeat(220_000);
    let read = readable(&html);
    assert!(read.is_cut && read.lines.len() <= LINES + 1);
}

#[test]
fn only_what_begins_with_a_tag_looks_like_html() {
    assert!(looks_like_html(" <div>Hello</div>") && looks_like_html("<!DOCTYPE html>"));
    assert!(!looks_like_html("a < b > c") && !looks_like_html("<3 you") && !looks_like_html(""));
}

proptest! {
    #[test]
    fn whatever_comes_in_nothing_panics(html in "(<[a-z/]{0,6}[^>]{0,8}>|&[a-z#0-9]{0,6};?|\\PC{0,9}){0,40}") {
        let _ = readable(&html);
    }
}
