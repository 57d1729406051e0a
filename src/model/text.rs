//! How wide a text is drawn, where it breaks, and how numbers and times are put into words.
//! Never here: making text harmless (that is [`Shown`](super::shown::Shown)), colours, or the clock.

mod moment;
mod quantity;

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use moment::{between, clock};
pub use quantity::{age, ago, bytes, count, span};

/// One grapheme: what shares its cell or cells on the screen and is never split.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cluster<'text> {
    /// The byte it starts at.
    pub start: usize,
    pub text: &'text str,
    /// Drawn columns.
    pub width: usize,
}

impl Cluster<'_> {
    /// The byte behind it.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// A line may break here. The blanks made to hold words together are no such place.
    fn is_blank(&self) -> bool {
        let mut chars = self.text.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => {
                only.is_whitespace() && !matches!(only, '\u{a0}' | '\u{2007}' | '\u{202f}')
            }
            _ => false,
        }
    }
}

/// The graphemes of a text, in order.
pub fn clusters(text: &str) -> impl Iterator<Item = Cluster<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        let cluster = match rest.as_bytes() {
            // Nothing joins two ASCII characters, except a carriage return and its line feed.
            [b' '..=b'~', next, ..] if next.is_ascii() => Cluster {
                start,
                text: &rest[..1],
                width: 1,
            },
            _ => {
                let grapheme = rest.graphemes(true).next()?;
                Cluster {
                    start,
                    text: grapheme,
                    width: cluster_width(grapheme),
                }
            }
        };
        start = cluster.end();
        Some(cluster)
    })
}

/// The columns a text takes when drawn. It is the sum over its graphemes, as the screen draws them one by one;
/// the width of the whole string can differ where emoji or Arabic letters meet.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        text.len()
    } else {
        clusters(text).map(|cluster| cluster.width).sum()
    }
}

/// Only printable ASCII: each byte is one grapheme, one column wide.
pub(crate) fn is_plain(text: &str) -> bool {
    // Chunks without an early exit inside are what the compiler can look at many bytes at a time.
    text.as_bytes().chunks(64).all(|chunk| {
        chunk
            .iter()
            .fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
    })
}

/// A grapheme's drawn columns, by the same rules as ratatui's buffer: one with a control character in it is not drawn
/// at all, and a halfwidth sound mark takes one column more than its width says.
fn cluster_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    let sound_marks = grapheme
        .chars()
        .filter(|mark| matches!(mark, '\u{ff9e}' | '\u{ff9f}'))
        .count();
    grapheme.width() + sound_marks
}

/// The visual lines of one line of text, as byte ranges: at least one, in order, never through a grapheme.
///
/// A line breaks at the last blank that fits, else within the word, so a URL fills each of its lines. The blanks at
/// a break belong to neither line; those that indent the text, and those at its end as far as they fit, are kept.
/// Each range is at most `columns` wide (0 counts as 1), unless a single grapheme is wider.
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    if is_plain(text) {
        wrap_plain(text.as_bytes(), columns)
    } else {
        wrap_clusters(text, columns)
    }
}

/// [`wrap`] where a byte is a column: looks back from each line's end instead of at every character.
fn wrap_plain(text: &[u8], columns: usize) -> Vec<Range<usize>> {
    let word_end = |range: Range<usize>| {
        let start = range.start;
        text[range]
            .iter()
            .rposition(|byte| *byte != b' ')
            .map(|last| start + last + 1)
    };
    let mut lines = Vec::new();
    let mut start = 0;
    while text.len() - start > columns {
        let limit = start + columns;
        let (end, next) = if text[limit] == b' ' {
            let blanks = text[limit..]
                .iter()
                .take_while(|byte| **byte == b' ')
                .count();
            (word_end(start..limit).unwrap_or(limit), limit + blanks)
        } else {
            let gap = text[start..limit]
                .iter()
                .rposition(|byte| *byte == b' ')
                .map(|blank| start + blank);
            match gap.and_then(|blank| Some((word_end(start..blank)?, blank + 1))) {
                Some(found) => found,
                None => (limit, limit),
            }
        };
        lines.push(start..end);
        start = next;
        if start == text.len() {
            return lines;
        }
    }
    lines.push(start..text.len());
    lines
}

/// Blanks behind a word, where the line being filled can break.
struct Gap {
    start: usize,
    end: usize,
    /// Columns from the line's start to the gap's end.
    width: usize,
}

fn wrap_clusters(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut width, mut word_end) = (0, 0, 0);
    let mut gap: Option<Gap> = None;
    let mut at_break = false;
    for cluster in clusters(text) {
        let blank = cluster.is_blank();
        if blank && !at_break && width + cluster.width > columns && width > 0 {
            lines.push(
                start..if word_end > start {
                    word_end
                } else {
                    cluster.start
                },
            );
            (at_break, width, gap) = (true, 0, None);
        }
        if at_break {
            start = cluster.end();
            if blank {
                continue;
            }
            at_break = false;
            start = cluster.start;
        }
        while width > 0 && width + cluster.width > columns {
            if let Some(gap) = gap.take() {
                lines.push(start..gap.start);
                start = gap.end;
                width -= gap.width;
            } else {
                lines.push(start..cluster.start);
                start = cluster.start;
                width = 0;
            }
        }
        width += cluster.width;
        if !blank {
            word_end = cluster.end();
        } else if word_end > start {
            gap = Some(Gap {
                start: word_end,
                end: cluster.end(),
                width,
            });
        }
    }
    if !at_break {
        lines.push(start..text.len());
    }
    lines
}

/// The longest beginning of a text that is at most so many columns wide; ends at a grapheme.
pub fn prefix(text: &str, columns: usize) -> &str {
    let mut room = columns;
    for cluster in clusters(text) {
        match room.checked_sub(cluster.width) {
            Some(left) => room = left,
            None => return &text[..cluster.start],
        }
    }
    text
}

/// The text where it fits, else its beginning and `…`; never wider than `columns`.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if prefix(text, columns).len() == text.len() {
        return Cow::Borrowed(text);
    }
    match columns.checked_sub(1) {
        Some(room) => Cow::Owned(format!("{}…", prefix(text, room))),
        None => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn wrapped(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn a_line_breaks_at_the_last_blank_that_fits() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 6), ["one", "two", "three"]);
        assert_eq!(wrapped("één twee drie", 8), ["één twee", "drie"]);
        assert_eq!(wrapped("één twee drie", 7), ["één", "twee", "drie"]);
    }

    #[test]
    fn a_word_without_a_blank_fills_each_line() {
        assert_eq!(
            wrapped("https://example.com/a", 8),
            ["https://", "example.", "com/a"]
        );
        assert_eq!(
            wrapped("see https://example.com", 8),
            ["see", "https://", "example.", "com"]
        );
        assert_eq!(wrapped("漢字漢字漢", 4), ["漢字", "漢字", "漢"]);
    }

    #[test]
    fn blanks_at_a_break_belong_to_neither_line() {
        assert_eq!(wrapped("one      two", 5), ["one", "two"]);
        assert_eq!(wrapped("één      two", 5), ["één", "two"]);
        assert_eq!(wrapped("one two     ", 7), ["one two"]);
        assert_eq!(wrapped("één two     ", 7), ["één two"]);
    }

    #[test]
    fn an_indent_is_kept_and_does_not_make_an_empty_line() {
        assert_eq!(wrapped("    wholeword", 8), ["    whol", "eword"]);
        assert_eq!(wrapped("    wholewörd", 8), ["    whol", "ewörd"]);
        assert_eq!(wrapped("          a", 4), ["    ", "a"]);
        assert_eq!(wrapped("          é", 4), ["    ", "é"]);
    }

    #[test]
    fn blanks_at_the_end_are_kept_as_far_as_they_fit() {
        assert_eq!(wrapped("ab  ", 9), ["ab  "]);
        assert_eq!(wrapped("é   ", 9), ["é   "]);
        assert_eq!(wrapped("   ", 2), ["  "]);
    }

    #[test]
    fn there_is_always_a_line() {
        assert_eq!(wrapped("", 10), [""]);
        assert_eq!(wrapped("", 0), [""]);
    }

    #[test]
    fn no_columns_count_as_one_and_a_wide_grapheme_still_gets_a_line() {
        assert_eq!(wrapped("ab", 0), ["a", "b"]);
        assert_eq!(wrapped("漢a字", 1), ["漢", "a", "字"]);
    }

    #[test]
    fn a_blank_that_holds_words_together_is_no_place_to_break() {
        assert_eq!(wrapped("a 12\u{a0}kB", 6), ["a", "12\u{a0}kB"]);
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis_and_fits() {
        assert_eq!(cut("Your appointment", 16), "Your appointment");
        assert_eq!(cut("Your appointment", 10), "Your appo…");
        assert_eq!(cut("漢字漢字", 6), "漢字…");
        assert_eq!(cut("abc", 1), "…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn a_prefix_never_splits_a_grapheme() {
        assert_eq!(prefix("ae\u{301}b", 2), "ae\u{301}");
        assert_eq!(prefix("a漢", 2), "a");
        assert_eq!(prefix("👩‍👩‍👧x", 1), "");
    }

    #[test]
    fn a_halfwidth_sound_mark_takes_the_columns_the_screen_gives_it() {
        for text in ["\u{ff76}\u{ff9e}", "\u{ff9f}", "a\u{ff9e}"] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
            assert_eq!(
                width(text),
                usize::from(buffer.set_stringn(0, 0, text, 9, Style::new()).0)
            );
        }
    }

    #[test]
    fn megabytes_without_a_blank_are_wrapped() {
        let url = "x".repeat(2_000_000);
        assert_eq!(wrap(&url, 100).len(), 20_000);
        let accents = format!("a{}", "\u{301}".repeat(1_000_000));
        assert_eq!(wrap(&accents, 100).len(), 1);
    }

    proptest! {
        #[test]
        fn wrapping_loses_only_blanks_and_keeps_to_its_width(text in "[a-c é漢👩\u{200d}\u{301}]{0,60}", columns in 0usize..12) {
            let lines = wrap(&text, columns);
            prop_assert!(!lines.is_empty());
            let mut behind = 0;
            for line in &lines {
                prop_assert!(text[behind..line.start].chars().all(|lost| lost == ' '));
                prop_assert!(line.end > line.start || text.is_empty());
                let drawn = &text[line.clone()];
                prop_assert!(width(drawn) <= columns.max(1) || clusters(drawn).filter(|part| part.width > 0).count() == 1);
                behind = line.end;
            }
            prop_assert!(text[behind..].chars().all(|lost| lost == ' '));
        }

        #[test]
        fn ascii_is_wrapped_like_every_other_text(text in "[a-c ]{0,60}", columns in 1usize..12) {
            prop_assert_eq!(wrap_plain(text.as_bytes(), columns), wrap_clusters(&text, columns));
        }

        #[test]
        fn a_cut_is_never_wider_than_asked(text in ".{0,30}", columns in 0usize..20) {
            prop_assert!(width(&cut(&text, columns)) <= columns);
            prop_assert!(width(prefix(&text, columns)) <= columns);
        }
    }
}
