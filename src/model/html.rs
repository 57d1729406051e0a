//! An email's HTML as text that can be read: lines, and its links by number.
//! Never runs, fetches or trusts any of it, and never builds a tree: deep nesting costs no more than flat text.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

/// What is to be read of a body.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Readable {
    pub lines: Vec<String>,
    /// Where the links lead that the lines number from 1: `[1]`.
    pub links: Vec<String>,
    /// Whether the rest was not read, because it is too long.
    pub is_cut: bool,
    /// Characters nobody sees that were left out: senders fill previews with them.
    pub unseen: usize,
}

/// Bytes that are read of a body: five times what Gmail shows of a mail before it cuts. The worst that fits, a tag of
/// nothing but attributes, takes some 30 ms.
const LIMIT: usize = 512 * 1024;
/// Lines that are made of it.
const LINES: usize = 10_000;
/// Quotes inside quotes that are marked.
const QUOTES: usize = 5;

/// The text of `html`, a paragraph a line.
pub fn readable(html: &str) -> Readable {
    let read = html.floor_char_boundary(LIMIT);
    let mut text = Text::default();
    let mut emitter = DefaultEmitter::<()>::default();
    // Otherwise the text of scripts and styles would be read as if it were tags.
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(&html[..read], emitter);
    // Reading from memory cannot fail.
    for token in tokens.flatten() {
        match token {
            Token::StartTag(tag) => text.start(&tag),
            Token::EndTag(tag) => text.end(&tag.name),
            Token::String(string) => text.add(&String::from_utf8_lossy(&string)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
        if text.lines.len() >= LINES {
            return text.into_readable(true);
        }
    }
    text.into_readable(read < html.len())
}

/// Whether a text without a content type is HTML.
pub fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start();
    let Some(rest) = start.strip_prefix('<') else {
        return false;
    };
    rest.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '!') && rest.contains('>')
}

#[derive(Default)]
struct Text {
    lines: Vec<String>,
    line: String,
    links: Vec<String>,
    /// The numbers of the links that are open, and where their text began.
    open_links: Vec<Option<usize>>,
    /// Of the element whose content is no text, and how deep in it.
    silent: Option<(Silent, usize)>,
    /// Blanks of the text stand for themselves.
    preformatted: usize,
    quotes: usize,
    /// The lists that are open: where the next item's number stands.
    lists: Vec<Option<usize>>,
    /// A blank is due before the next word.
    blank: bool,
    /// An empty line is due before the next one.
    gap: bool,
    unseen: usize,
}

/// Elements whose content is not shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Silent {
    Script,
    Style,
    Title,
    Template,
}

impl Silent {
    fn of(name: &[u8]) -> Option<Self> {
        match name {
            b"script" => Some(Self::Script),
            b"style" => Some(Self::Style),
            b"title" => Some(Self::Title),
            b"template" => Some(Self::Template),
            _ => None,
        }
    }
}

impl Text {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if let Some((silent, depth)) = &mut self.silent {
            *depth += usize::from(Silent::of(name) == Some(*silent));
            return;
        }
        match name {
            b"br" => self.break_line(true),
            b"hr" => self.paragraph(|text| text.word("———")),
            b"img" => {
                if let Some(words) = attribute(tag, b"alt").filter(|words| !words.trim().is_empty())
                {
                    self.add(&format!("[{}]", words.trim()));
                }
            }
            b"a" => {
                let url = attribute(tag, b"href").filter(|url| leads_somewhere(url));
                let number = url.map(|url| self.number(url));
                self.open_links.push(number);
            }
            b"td" | b"th" => {
                if !self.line.trim().is_empty() {
                    self.line.push_str("  ");
                    self.blank = false;
                }
            }
            b"ul" => self.lists.push(None),
            b"ol" => self.lists.push(Some(1)),
            b"li" => self.item(),
            b"blockquote" => {
                self.break_line(false);
                self.gap = true;
                self.quotes += 1;
            }
            b"pre" => {
                self.break_line(false);
                self.preformatted += 1;
            }
            _ => {
                self.silent = Silent::of(name).map(|silent| (silent, 1));
                self.block(name);
            }
        }
    }

    fn end(&mut self, name: &HtmlString) {
        let name: &[u8] = name;
        if let Some((silent, depth)) = &mut self.silent {
            *depth -= usize::from(Silent::of(name) == Some(*silent));
            if *depth == 0 {
                self.silent = None;
            }
            return;
        }
        match name {
            b"a" => {
                if let Some(Some(number)) = self.open_links.pop() {
                    self.blank = false;
                    self.word(&format!("[{number}]"));
                }
            }
            b"ul" | b"ol" => {
                self.break_line(false);
                self.lists.pop();
                self.gap |= self.lists.is_empty();
            }
            b"blockquote" => {
                self.break_line(false);
                self.gap = true;
                self.quotes = self.quotes.saturating_sub(1);
            }
            b"pre" => {
                self.break_line(false);
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            _ => self.block(name),
        }
    }

    /// What begins and ends a line or a paragraph.
    fn block(&mut self, name: &[u8]) {
        match name {
            b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"table" => {
                self.break_line(false);
                self.gap = true;
            }
            b"div" | b"tr" | b"section" | b"article" | b"header" | b"footer" | b"main"
            | b"form" | b"dl" | b"dt" | b"dd" | b"figure" | b"address" | b"body" | b"li" => {
                self.break_line(false);
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        self.break_line(false);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(QUOTES));
        let sign = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{}. ", *number - 1)
            }
            _ => format!("{indent}- "),
        };
        self.word(&sign);
    }

    fn paragraph(&mut self, fill: impl FnOnce(&mut Self)) {
        self.break_line(false);
        self.gap = true;
        fill(self);
        self.break_line(false);
        self.gap = true;
    }

    /// The number of a link; one that was there before keeps its own.
    fn number(&mut self, url: String) -> usize {
        let place = self
            .links
            .iter()
            .rev()
            .take(SAME)
            .position(|own| *own == url);
        if let Some(place) = place {
            return self.links.len() - place;
        }
        self.links.push(url);
        self.links.len()
    }

    /// Text between tags.
    fn add(&mut self, text: &str) {
        if self.silent.is_some() {
            return;
        }
        if self.preformatted > 0 {
            let mut lines = text.split('\n');
            self.line.push_str(lines.next().unwrap_or_default());
            for line in lines {
                self.break_line(true);
                self.line.push_str(line);
            }
            return;
        }
        for char in text.chars() {
            match char {
                '\u{34f}' | '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {
                    self.unseen += 1;
                }
                '\u{a0}' | '\u{2007}' => self.blank = true,
                char if char.is_whitespace() => self.blank = true,
                char => {
                    if std::mem::take(&mut self.blank)
                        && !self.line.ends_with(' ')
                        && !self.line.is_empty()
                    {
                        self.line.push(' ');
                    }
                    self.line.push(char);
                }
            }
        }
    }

    /// A word of our own.
    fn word(&mut self, word: &str) {
        self.line.push_str(word);
    }

    /// Ends the line. An empty one is kept where it is `wanted`, but never two in a row.
    fn break_line(&mut self, wanted: bool) {
        self.blank = false;
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        let sign = "> ".repeat(self.quotes.min(QUOTES));
        if line.trim().is_empty() {
            let double = self
                .lines
                .last()
                .is_none_or(|last| last.trim_end_matches(['>', ' ']).is_empty());
            if wanted && !double {
                self.lines.push(sign.trim_end().to_owned());
            }
            return;
        }
        let first = self.lines.is_empty();
        let after_gap = self.lines.last().is_some_and(String::is_empty);
        if std::mem::take(&mut self.gap) && !first && !after_gap {
            self.lines.push(String::new());
        }
        self.lines.push(format!("{sign}{line}"));
    }

    fn into_readable(mut self, is_cut: bool) -> Readable {
        self.break_line(false);
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        Readable {
            lines: self.lines,
            links: self.links,
            is_cut,
            unseen: self.unseen,
        }
    }
}

/// Links that are looked through for the same one.
const SAME: usize = 100;

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Not to a place in the text itself, and to no script.
fn leads_somewhere(url: &str) -> bool {
    let url = url.trim();
    !url.is_empty() && !url.starts_with('#') && !url.to_ascii_lowercase().starts_with("javascript:")
}

#[cfg(test)]
mod tests;
