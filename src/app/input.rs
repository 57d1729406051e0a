//! The id box: readline's line editing and recall.
//! Never holds a token for long: what looks like one is refused when it is pasted or entered.

use tui_input::{Input, InputRequest};

use super::action::Edit;
use crate::model::id::MessageId;

/// The box and what it recalls.
#[derive(Clone, Debug, Default)]
pub struct IdBox {
    input: Input,
    /// Ids asked for in this run, oldest first, each once.
    recalled: Vec<MessageId>,
    /// Where recalling stands: an index of `recalled`; its length when the newest line is edited.
    at: usize,
    /// The text whose odd length was told: Enter on it again asks anyway.
    pub warned: Option<String>,
}

impl PartialEq for IdBox {
    fn eq(&self, other: &Self) -> bool {
        (self.text(), self.cursor(), &self.recalled, self.at)
            == (other.text(), other.cursor(), &other.recalled, other.at)
    }
}

impl IdBox {
    pub fn text(&self) -> &str {
        self.input.value()
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The cursor's place, in characters.
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// The first column to show so that the cursor is within `width` columns.
    pub fn scroll(&self, width: usize) -> usize {
        self.input.visual_scroll(width)
    }

    /// The cursor's column.
    pub fn cursor_column(&self) -> usize {
        self.input.visual_cursor()
    }

    pub fn set(&mut self, text: &str) {
        self.input = Input::new(text.to_owned());
        self.warned = None;
    }

    pub fn insert(&mut self, text: &str) {
        // All at once: letter by letter, each would copy the whole text.
        let cursor = self.cursor();
        let mut value: String = self.text().chars().take(cursor).collect();
        let before = value.len();
        value.extend(text.chars().filter(|letter| !letter.is_control()));
        let inserted = value[before..].chars().count();
        value.extend(self.text().chars().skip(cursor));
        self.input = Input::new(value).with_cursor(cursor + inserted);
    }

    pub fn edit(&mut self, edit: Edit) {
        self.input.handle(match edit {
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::WordLeft => InputRequest::GoToPrevWord,
            Edit::WordRight => InputRequest::GoToNextWord,
            Edit::Start => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
            Edit::Backspace => InputRequest::DeletePrevChar,
            Edit::Delete => InputRequest::DeleteNextChar,
            Edit::DeleteWord => InputRequest::DeletePrevWord,
            Edit::DeleteNextWord => InputRequest::DeleteNextWord,
            Edit::DeleteToEnd => InputRequest::DeleteTillEnd,
            Edit::Empty => InputRequest::DeleteLine,
        });
    }

    /// Notes that `id` was asked for: the box empties.
    pub fn asked(&mut self, id: &MessageId) {
        self.recalled.retain(|other| other != id);
        self.recalled.push(id.clone());
        self.at = self.recalled.len();
        self.set("");
    }

    /// An id for recall that was not typed here, such as one of the demo's.
    pub fn remember(&mut self, id: &MessageId) {
        self.recalled.retain(|other| other != id);
        self.recalled.insert(0, id.clone());
        self.at = self.recalled.len();
    }

    pub fn older(&mut self) {
        // What is in the box and was never asked for is not thrown away by recalling the same id.
        if let Some(at) = self.at.checked_sub(1) {
            self.recall(at);
        }
    }

    /// Whether there was a newer one to go to.
    pub fn newer(&mut self) -> bool {
        if self.at >= self.recalled.len() {
            return false;
        }
        self.recall(self.at + 1);
        true
    }

    fn recall(&mut self, at: usize) {
        self.at = at;
        let text = self
            .recalled
            .get(at)
            .map(|id| id.as_str().to_owned())
            .unwrap_or_default();
        self.set(&text);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn recall_goes_back_through_the_ids_and_forth_to_an_empty_box() {
        let mut input = IdBox::default();
        for id in ["aaaa", "bbbb", "aaaa"] {
            input.asked(&MessageId::new(id).unwrap());
        }
        input.older();
        assert_eq!(input.text(), "aaaa");
        input.older();
        assert_eq!(input.text(), "bbbb");
        input.older();
        assert_eq!(input.text(), "bbbb");
        assert!(input.newer() && input.newer());
        assert_eq!(input.text(), "");
        assert!(!input.newer());
    }

    #[test]
    fn control_characters_never_enter_the_box() {
        let mut input = IdBox::default();
        input.insert("a\u{1b}[31m\nb");
        assert_eq!(input.text(), "a[31mb");
    }
}
