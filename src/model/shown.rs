//! Text that may be drawn or printed: what is hidden or hostile in it has been made visible.
//! Never here: dropping anything silently. What cannot be shown as it is is shown as what it is.

mod filter;

use std::fmt;

use super::text;
use filter::{Filter, escape, offset};

pub(crate) use filter::is_invisible;

/// Text from outside, made harmless. The only constructors filter, so what has this type may go to the terminal.
///
/// - Tabs become blanks; control characters their pictures (`␛`) or, above ASCII, escapes (`<U+009B>`).
/// - Characters that order text or cannot be seen become escapes (`<U+202E>`). The joiners and the selectors of text
///   and emoji style stay where they belong to something visible.
/// - A grapheme keeps 12 code points, then `…`. One that is nothing wide, or has no base to sit on, is escaped whole.
/// - Letters of every script stay in their logical order.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Shown {
    text: Box<str>,
    hidden: u32,
}

impl Shown {
    /// One line. Line breaks become visible like other controls, but are not counted as hidden.
    pub fn line(raw: &str) -> Self {
        if text::is_plain(raw) {
            return Self {
                text: raw.into(),
                hidden: 0,
            };
        }
        let mut filter = Filter::default();
        filter.line(raw);
        Self {
            text: filter.text.into(),
            hidden: filter.hidden,
        }
    }

    /// A text's lines, split at LF, CRLF, CR, VT, FF, NEL, U+2028 and U+2029. An empty text has none, and a line
    /// break at the end starts no further one.
    pub fn lines(raw: &str) -> Vec<Self> {
        RawLines { rest: raw }
            .map(|(line, _)| Self::line(line))
            .collect()
    }

    /// As [`Shown::lines`], with every carriage return in sight (`␍`) at the end of its line.
    pub fn raw_lines(raw: &str) -> Vec<Self> {
        RawLines { rest: raw }
            .map(|(line, end)| {
                let mut shown = Self::line(line);
                if end.starts_with('\r') {
                    shown.text = format!("{}␍", shown.text).into();
                }
                shown
            })
            .collect()
    }

    /// Words of our own.
    pub fn fixed(words: &'static str) -> Self {
        Self::line(words)
    }

    /// The same in ASCII alone, for terminals without UTF-8: pictures as `^[`, `…` as `~`, all else as `<U+00E9>`.
    #[must_use]
    pub fn in_ascii(&self) -> Self {
        if self.text.is_ascii() {
            return self.clone();
        }
        let mut text = String::with_capacity(self.text.len());
        for char in self.text.chars() {
            match char {
                '\u{2400}'..='\u{241f}' => text.extend(['^', offset(char, '\u{2400}', '@')]),
                '␡' => text.push_str("^?"),
                '…' => text.push('~'),
                _ if char.is_ascii() => text.push(char),
                _ => _ = escape(&mut text, char),
            }
        }
        Self {
            text: text.into(),
            hidden: self.hidden,
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many characters had to be made visible or were cut.
    pub fn hidden(&self) -> u32 {
        self.hidden
    }

    /// Drawn columns.
    pub fn width(&self) -> usize {
        text::width(&self.text)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// One harmless line of a text that is about to be printed, such as an error's.
pub fn visible(raw: &str) -> String {
    Shown::line(raw).text.into()
}

/// The raw lines of a text, each with the break that ended it.
struct RawLines<'raw> {
    rest: &'raw str,
}

impl<'raw> Iterator for RawLines<'raw> {
    type Item = (&'raw str, &'raw str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let mut from = 0;
        let (end, length) = loop {
            let Some(found) = bytes[from..]
                .iter()
                .position(|byte| matches!(byte, b'\n'..=b'\r' | 0xc2 | 0xe2))
            else {
                break (bytes.len(), 0);
            };
            let at = from + found;
            match bytes[at..] {
                [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => break (at, 2),
                [b'\n'..=b'\r', ..] => break (at, 1),
                [0xe2, 0x80, 0xa8 | 0xa9, ..] => break (at, 3),
                _ => from = at + 1,
            }
        };
        let (line, rest) = self.rest.split_at(end);
        let (line_break, rest) = rest.split_at(length);
        self.rest = rest;
        Some((line, line_break))
    }
}

#[cfg(test)]
mod tests {
    use super::filter::CLUSTER;
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn shown(raw: &str) -> (String, u32) {
        let shown = Shown::line(raw);
        (shown.to_string(), shown.hidden())
    }

    fn lines(raw: &str) -> Vec<String> {
        Shown::lines(raw).iter().map(Shown::to_string).collect()
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in [
            "",
            "Your refund is ready",
            "Größe 漢字 안녕 नमस्ते שלום مرحبا",
            "👩‍👩‍👧 👍🏽 🇳🇱 ❤️ 1️⃣",
            "ｶﾞ",
            "«ﷺ»",
        ] {
            assert_eq!(shown(text), (text.to_owned(), 0));
        }
    }

    #[test]
    fn a_text_is_split_at_every_kind_of_line_break() {
        assert_eq!(
            lines("a\nb\r\nc\rd\u{b}e\u{c}f\u{85}g\u{2028}h\u{2029}i"),
            ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
        );
        assert_eq!(lines("é€\n\n\u{2027}"), ["é€", "", "\u{2027}"]);
    }

    #[test]
    fn an_empty_text_has_no_lines_and_a_last_break_starts_none() {
        assert_eq!(lines(""), [""; 0]);
        assert_eq!(lines("a\n"), ["a"]);
        assert_eq!(lines("\r\n"), [""]);
    }

    #[test]
    fn the_raw_view_keeps_carriage_returns_in_sight() {
        let raw: Vec<String> = Shown::raw_lines("a\r\nb\nc\rd")
            .iter()
            .map(Shown::to_string)
            .collect();
        assert_eq!(raw, ["a␍", "b", "c␍", "d"]);
    }

    #[test]
    fn line_breaks_in_one_line_are_visible_and_not_counted() {
        assert_eq!(
            shown("a\nb\r\nc\rd\u{b}\u{c}"),
            ("a␊b␍␊c␍d␋␌".to_owned(), 0)
        );
        assert_eq!(
            shown("a\u{85}\u{2028}\u{2029}"),
            ("a<U+0085><U+2028><U+2029>".to_owned(), 0)
        );
    }

    #[test]
    fn a_tab_goes_to_the_next_multiple_of_four_columns() {
        assert_eq!(shown("\ta\tbcd\te"), ("    a   bcd e".to_owned(), 0));
        assert_eq!(shown("漢\tx"), ("漢  x".to_owned(), 0));
        assert_eq!(shown("\x1b\tx"), ("␛   x".to_owned(), 1));
    }

    #[test]
    fn control_characters_become_pictures_or_escapes() {
        assert_eq!(shown("a\x1b[31mb\0\x7f"), ("a␛[31mb␀␡".to_owned(), 3));
        assert_eq!(shown("\u{9b}31m"), ("<U+009B>31m".to_owned(), 1));
    }

    #[test]
    fn bidi_controls_become_escapes() {
        assert_eq!(
            shown("a\u{202e}b\u{2066}"),
            ("a<U+202E>b<U+2066>".to_owned(), 2)
        );
        assert_eq!(shown("\u{61c}\u{200f}"), ("<U+061C><U+200F>".to_owned(), 2));
    }

    #[test]
    fn invisible_characters_become_escapes() {
        for char in "\u{ad}\u{34f}\u{180e}\u{200b}\u{2060}\u{feff}\u{fffb}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}\u{1bca0}\u{1d173}\u{e0041}\u{e0100}\u{fe00}\u{17b4}".chars() {
            assert_eq!(shown(&format!("a{char}b")), (format!("a<U+{:04X}>b", u32::from(char)), 1));
        }
    }

    #[test]
    fn noncharacters_become_escapes() {
        assert_eq!(
            shown("\u{fdd0}\u{fffe}\u{1ffff}\u{10ffff}"),
            ("<U+FDD0><U+FFFE><U+1FFFF><U+10FFFF>".to_owned(), 4)
        );
    }

    #[test]
    fn joiners_stay_only_inside_something_visible() {
        assert_eq!(shown("a\u{200d}"), ("a\u{200d}".to_owned(), 0));
        assert_eq!(shown("\u{200d}a"), ("<U+200D>a".to_owned(), 1));
        assert_eq!(
            shown("a\u{200b}\u{200d}\u{fe0f}b"),
            ("a<U+200B><U+200D><U+FE0F>b".to_owned(), 3)
        );
    }

    #[test]
    fn a_grapheme_keeps_twelve_code_points() {
        let zalgo = format!("a{}b", "\u{301}".repeat(200));
        assert_eq!(shown(&zalgo), (format!("a{}…b", "\u{301}".repeat(11)), 189));
    }

    #[test]
    fn a_grapheme_without_width_or_base_is_escaped_whole() {
        assert_eq!(
            shown("\u{301}\u{302}a"),
            ("<U+0301><U+0302>a".to_owned(), 2)
        );
        assert_eq!(shown("a\u{1161}"), ("a<U+1161>".to_owned(), 1));
        assert_eq!(shown("\u{200b}\u{903}"), ("<U+200B><U+0903>".to_owned(), 2));
        let accents = Shown::line(&"\u{301}".repeat(100));
        assert_eq!(
            (accents.as_str(), accents.hidden()),
            (&*format!("{}…", "<U+0301>".repeat(12)), 100)
        );
    }

    #[test]
    fn nothing_leans_on_what_was_put_in_beside_it() {
        let marks = "\u{600}".repeat(12);
        let (text, hidden) = shown(&format!("{marks}\x1b"));
        assert_eq!((text, hidden), (format!("{}␛", "<U+0600>".repeat(12)), 13));
    }

    #[test]
    fn ascii_mode_spells_out_everything_else() {
        let shown = Shown::line("é\x1b\x7f漢\u{202e}").in_ascii();
        assert_eq!(
            (shown.as_str(), shown.hidden()),
            ("<U+00E9>^[^?<U+6F22><U+202E>", 3)
        );
    }

    #[test]
    fn words_for_printing_are_one_harmless_line() {
        assert_eq!(
            visible("no file \"a\x1b]0;x\x07\nb\""),
            "no file \"a␛]0;x␇␊b\""
        );
    }

    #[test]
    fn megabytes_in_one_grapheme_take_linear_time() {
        let monster = format!("a{}", "\u{200d}".repeat(700_000));
        let shown = Shown::line(&monster);
        assert_eq!((shown.width(), shown.hidden()), (2, 699_989));
    }

    #[test]
    fn megabytes_of_plain_text_are_only_copied() {
        let log =
            "a line of an ordinary log, eighty characters wide or so, and one more of them.\n"
                .repeat(64_000);
        let shown = Shown::lines(&log);
        assert_eq!(
            (shown.len(), shown.iter().map(Shown::hidden).sum::<u32>()),
            (64_000, 0)
        );
    }

    /// Columns a buffer's cursor moves by when the text is drawn.
    fn drawn(text: &str) -> usize {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4000, 1));
        usize::from(buffer.set_stringn(0, 0, text, 4000, Style::new()).0)
    }

    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-z0-9<>. ]{1,3}".boxed(),
            4 => proptest::char::ranges(vec!['\0'..='\x1f', '\x7f'..='\u{9f}'].into()).prop_map(String::from).boxed(),
            4 => proptest::sample::select(vec![
                '\u{61c}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{fe0e}', '\u{fe0f}',
                '\u{fe00}', '\u{feff}', '\u{fff9}', '\u{fffe}', '\u{ad}', '\u{34f}', '\u{20e3}', '\u{301}', '\u{903}', '\u{ff9e}', '\u{600}',
                '\u{d4e}', '\u{115f}', '\u{1160}', '\u{1100}', '\u{1161}', '\u{11a8}', '\u{ac00}', '\u{3164}', '\u{ffa0}', '\u{2800}',
                '\u{e0020}', '\u{e007f}', '\u{e0100}', '\u{13430}', '\u{915}', '\u{94d}', '\u{93f}', '\u{644}', '\u{627}', '\u{3248}',
            ]).prop_map(String::from).boxed(),
            4 => proptest::sample::select(vec!["漢", "👩", "🏽", "🇳", "🇱", "❤", "1", "#", "\u{1f3f4}", "ｶ", "e\u{301}", "\r\n", "\t", "…"])
                .prop_map(String::from).boxed(),
            1 => (proptest::sample::select(vec!['\u{301}', '\u{200d}', '\u{600}', '\u{ff9e}', '\u{1100}', '\u{e0041}', '\u{fe0f}']), 8usize..30)
                .prop_map(|(char, times)| String::from(char).repeat(times)).boxed(),
            2 => any::<char>().prop_map(String::from).boxed(),
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        #[test]
        fn nothing_hostile_is_left_and_widths_agree_with_the_screen(raw in hostile()) {
            let shown = Shown::line(&raw);
            prop_assert!(!shown.as_str().contains(|char: char| char.is_control() || is_invisible(char)));
            for cluster in text::clusters(shown.as_str()) {
                prop_assert!(cluster.width > 0 && cluster.text.chars().count() <= CLUSTER, "{:?}", cluster);
            }
            prop_assert_eq!(shown.width(), drawn(shown.as_str()));
            // All but what stands for something lost is plain now.
            let lost = u32::try_from(shown.as_str().matches('\u{fffd}').count()).unwrap_or(u32::MAX);
            prop_assert_eq!(Shown::line(shown.as_str()), Shown { text: shown.text.clone(), hidden: lost });
            prop_assert!(shown.in_ascii().as_str().bytes().all(|byte| matches!(byte, b' '..=b'~')));
        }

        #[test]
        fn widths_agree_with_the_screen_on_any_text(raw in hostile()) {
            prop_assert_eq!(text::width(&raw), drawn(&raw));
        }

        #[test]
        fn lines_hold_all_but_the_breaks(raw in hostile()) {
            let whole: String = RawLines { rest: &raw }.flat_map(|(line, end)| [line, end]).collect();
            prop_assert_eq!(whole, raw);
        }
    }
}
