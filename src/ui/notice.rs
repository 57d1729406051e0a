//! A notice that is too long for its row, shortened where it can best spare something.
//! Never without its last part where that fits at all: there stands the key that helps.

use std::borrow::Cow;

use crate::model::text::{cut, width};

/// Between the parts of a notice: what happened, what may be said of it, which key helps.
const BETWEEN: &str = " · ";
/// A part in the middle that is cut keeps so many columns at least: less would say nothing.
const LEAST: usize = 20;

/// `notice` in at most `room` columns. What does not fit goes in this order: the remark in brackets at the end of
/// the first part, the ends of the parts in the middle and then they themselves, the end of the first part.
pub(super) fn fitted(notice: &str, room: usize) -> Cow<'_, str> {
    if width(notice) <= room {
        return notice.into();
    }
    let Some((said, between, last)) = parted(notice) else {
        return cut(notice, room);
    };
    let Some(left) = room.checked_sub(width(between) + width(last) + LEAST) else {
        return cut(notice, room);
    };
    let left = left + LEAST;
    let mut parts = said.split(BETWEEN);
    let first = parts.next().unwrap_or_default();
    let mut middle: Vec<&str> = parts.collect();
    let remarked = (between == BETWEEN).then(|| first.rsplit_once(" ("));
    let first = match remarked.flatten() {
        Some((plain, remark)) if remark.find(')') == Some(remark.len() - 1) => plain,
        _ => first,
    };
    let taken = |parts: &[&str]| {
        let wide = parts.iter().map(|part| width(BETWEEN) + width(part));
        width(first) + wide.sum::<usize>()
    };
    let mut fitting = String::from(first);
    let mut shortened = None;
    while taken(&middle) > left {
        let Some(dropped) = middle.pop() else {
            fitting = shortened_at_a_word(first, left);
            break;
        };
        let spare = left.saturating_sub(taken(&middle) + width(BETWEEN));
        if spare >= LEAST {
            shortened = Some(shortened_at_a_word(dropped, spare));
        }
    }
    for part in middle.into_iter().chain(shortened.as_deref()) {
        fitting.push_str(BETWEEN);
        fitting.push_str(part);
    }
    let between = match between {
        ". " if fitting.ends_with('…') => " ",
        between => between,
    };
    format!("{fitting}{between}{last}").into()
}

/// What is said, and the last part or sentence behind it.
fn parted(notice: &str) -> Option<(&str, &'static str, &str)> {
    [BETWEEN, ". "]
        .into_iter()
        .filter_map(|between| {
            let (said, last) = notice.rsplit_once(between)?;
            Some((said, between, last))
        })
        .min_by_key(|(_, _, last)| last.len())
}

/// `text` with `…` in the place of its end: behind a whole word, unless that would cost half of it.
fn shortened_at_a_word(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let cut = cut(text, room);
    let kept = cut.strip_suffix('…').unwrap_or(&cut);
    let goes_on = text
        .get(kept.len()..)
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let word_end = kept
        .rfind(' ')
        .filter(|end| goes_on && *end * 2 > kept.len());
    let whole = word_end.map_or(kept, |end| &kept[..end]);
    let tidy = whole.trim_end_matches([' ', ',', ';', ':', '(', '>']);
    format!("{tidy}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str =
        "Attachment 2 (cdn.msgsndr.com) sent to your terminal (cannot be confirmed) · v view";
    const HINTED: &str = "Answer sent to your terminal (cannot be confirmed) · your local tmux may block this: \
         tmux set -s set-clipboard on · v view";

    #[test]
    fn a_notice_that_fits_stays_as_it_is() {
        assert_eq!(fitted(SENT, width(SENT)), SENT);
        assert_eq!(fitted("Copied the answer", 17), "Copied the answer");
    }

    #[test]
    fn the_remark_in_brackets_goes_first_and_the_key_stays() {
        let bare = "Attachment 2 (cdn.msgsndr.com) sent to your terminal · v view";
        assert_eq!(fitted(SENT, width(SENT) - 1), bare);
        assert_eq!(fitted(SENT, width(bare)), bare);
    }

    #[test]
    fn then_the_first_part_ends_behind_a_whole_word() {
        let short = "Attachment 2 (cdn.msgsndr.com) sent to your… · v view";
        assert_eq!(fitted(SENT, 58), short);
        let buffered = "In tmux's buffer (prefix ]); your terminal takes no clipboard · v view";
        let short = "In tmux's buffer (prefix ]); your terminal takes… · v view";
        assert_eq!(fitted(buffered, 58), short);
    }

    #[test]
    fn a_part_in_the_middle_is_shortened_and_dropped_before_the_first() {
        let whole = "Answer sent to your terminal · your local tmux may block this: tmux set -s set-clipboard on · v view";
        assert_eq!(fitted(HINTED, width(whole)), whole);
        let short = "Answer sent to your terminal · your local tmux may block this: tmux… · v view";
        assert_eq!(fitted(HINTED, 78), short);
        let dropped = "Answer sent to your terminal · v view";
        assert_eq!(fitted(HINTED, 58), dropped);
    }

    #[test]
    fn a_last_sentence_stays_as_a_last_part_does() {
        let refused = "Not copied: this computer's clipboard refused: X11 server connection timed out. v shows it";
        let short = "Not copied: this computer's clipboard refused: X11 server… v shows it";
        assert_eq!(fitted(refused, 72), short);
    }

    #[test]
    fn a_notice_of_one_part_or_without_room_for_two_is_cut_at_its_end() {
        assert_eq!(fitted("Nothing on this row to copy", 12), "Nothing on …");
        assert_eq!(fitted(SENT, 20), "Attachment 2 (cdn.m…");
        assert_eq!(fitted(SENT, 0), "");
    }

    #[test]
    fn no_room_is_exceeded() {
        let hidden = "3 hidden characters in the text. y again copies it as it is";
        for notice in [
            SENT,
            HINTED,
            hidden,
            "漢字 漢字漢字漢字 · 漢字漢字漢字漢字漢字漢字 · v 漢",
        ] {
            for room in 0..130 {
                let short = fitted(notice, room);
                assert!(width(&short) <= room, "{room}: {short}");
            }
        }
    }
}
