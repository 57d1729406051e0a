//! How a line is made harmless: what is put in for each hostile character, and what of a grapheme is kept.
//! Never here: line breaks as an end. A line comes in whole.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::text;

/// So many code points of one grapheme are kept. No script needs more, and terminals have been crashed with them.
pub(super) const CLUSTER: usize = 12;
/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// Cannot be seen, or changes how its neighbours are ordered. The joiners and style selectors (U+200C, U+200D,
/// U+FE0E, U+FE0F) are not among them: inside a visible grapheme they are ordinary text.
pub(crate) fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(char) & 0xfffe == 0xfffe
}

/// A line on its way to being shown.
#[derive(Default)]
pub(super) struct Filter {
    pub(super) text: String,
    /// Characters made visible or cut.
    pub(super) hidden: u32,
    /// Columns drawn so far, for the tab stops.
    column: usize,
}

impl Filter {
    pub(super) fn line(&mut self, raw: &str) {
        self.text.reserve(raw.len());
        let mut rest = raw;
        while let Some((at, special)) = rest
            .char_indices()
            .find(|(_, char)| char.is_control() || is_invisible(*char))
        {
            self.run(&rest[..at], true);
            self.special(special);
            rest = &rest[at + special.len_utf8()..];
        }
        self.run(rest, false);
    }

    /// Text between two specials, or before the end. Its graphemes are its own: none may reach over what is put in
    /// beside it.
    fn run(&mut self, run: &str, special_behind: bool) {
        for cluster in text::clusters(run) {
            let drawn = cluster.text;
            if drawn.len() == 1 {
                self.text.push_str(drawn);
                self.column += 1;
                continue;
            }
            let kept = drawn
                .char_indices()
                .nth(CLUSTER)
                .map_or(drawn, |(end, _)| &drawn[..end]);
            let cut = kept.len() < drawn.len();
            let leans_back =
                cluster.start == 0 && kept.chars().next().is_some_and(|first| joins('.', first));
            let leans_forward = (cut || special_behind && cluster.end() == run.len())
                && kept
                    .chars()
                    .next_back()
                    .is_some_and(|last| joins(last, '.'));
            let columns = if cut {
                text::width(kept)
            } else {
                cluster.width
            };
            if columns == 0 || leans_back || leans_forward {
                kept.chars().for_each(|char| self.escaped(char));
            } else {
                self.text.push_str(kept);
                self.column += columns;
            }
            // What stands for something that could not be read.
            let lost = kept.chars().filter(|char| *char == '\u{fffd}').count();
            self.hidden = self
                .hidden
                .saturating_add(u32::try_from(lost).unwrap_or(u32::MAX));
            if cut {
                self.text.push('…');
                self.column += 1;
                let gone = drawn[kept.len()..].chars().count();
                self.hidden = self
                    .hidden
                    .saturating_add(u32::try_from(gone).unwrap_or(u32::MAX));
            }
        }
    }

    fn special(&mut self, char: char) {
        match char {
            '\t' => {
                let blanks = TAB - self.column % TAB;
                self.text.extend(std::iter::repeat_n(' ', blanks));
                self.column += blanks;
            }
            '\n'..='\r' => self.picture(char),
            '\u{85}' | '\u{2028}' | '\u{2029}' => self.column += escape(&mut self.text, char),
            '\0'..='\x1f' | '\x7f' => {
                self.picture(char);
                self.hidden = self.hidden.saturating_add(1);
            }
            _ => self.escaped(char),
        }
    }

    fn picture(&mut self, char: char) {
        self.text.push(if char == '\x7f' {
            '␡'
        } else {
            offset(char, '\0', '\u{2400}')
        });
        self.column += 1;
    }

    fn escaped(&mut self, char: char) {
        self.column += escape(&mut self.text, char);
        self.hidden = self.hidden.saturating_add(1);
    }
}

/// Appends `<U+202E>`; returns its columns.
pub(super) fn escape(text: &mut String, char: char) -> usize {
    let before = text.len();
    // Writing to a string cannot fail.
    let _ = write!(text, "<U+{:04X}>", u32::from(char));
    text.len() - before
}

/// The character that stands as far behind `to` as `char` behind `from`: two tables laid side by side.
pub(super) fn offset(char: char, from: char, to: char) -> char {
    char::from_u32(u32::from(char) - u32::from(from) + u32::from(to))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The two would be one grapheme.
fn joins(first: char, second: char) -> bool {
    !(first.is_ascii() && second.is_ascii())
        && String::from_iter([first, second])
            .graphemes(true)
            .nth(1)
            .is_none()
}
