//! A long list of kept messages, of which a few pages are in memory.
//! Never waits for a page: a row that is not there yet is a blank line, and its page is asked for.

use std::collections::BTreeMap;
use std::ops::Range;

use super::row::Row;
use crate::model::id::MessageId;

/// Rows of a page: more than a window shows.
pub const PAGE: usize = 128;
/// Pages held; those farthest from the one that came last go first.
const HELD: usize = 6;

/// The list, by pages of [`PAGE`] rows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Pages {
    /// Counts how often the list has changed: an answer for an older one is dropped.
    version: u64,
    /// Rows there are in all, as far as is known.
    total: usize,
    held: BTreeMap<usize, Page>,
    /// Whether a page was asked for and has not come: one at a time, so that a fast typist is not followed letter by
    /// letter.
    asked: bool,
}

#[derive(Clone, PartialEq, Debug)]
struct Page {
    version: u64,
    rows: Vec<Row>,
}

/// A page that is wanted: of which version of the list, and its number from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AskedPage {
    pub version: u64,
    pub page: usize,
}

impl Pages {
    pub fn total(&self) -> usize {
        self.total
    }

    pub fn row(&self, index: usize) -> Option<&Row> {
        self.held.get(&(index / PAGE))?.rows.get(index % PAGE)
    }

    pub fn position(&self, id: &MessageId) -> Option<usize> {
        self.held.iter().find_map(|(number, page)| {
            let at = page.rows.iter().position(|row| row.id == *id)?;
            Some(number * PAGE + at)
        })
    }

    /// Notes that the list is another one now. What is held stays to be seen until the new one comes.
    pub fn changed(&mut self) {
        self.version += 1;
    }

    /// Whether what is held is the list as it is now.
    pub fn is_current(&self) -> bool {
        !self.asked && self.held.values().all(|page| page.version == self.version)
    }

    /// The next page to ask for, so that the rows of `window` can be seen.
    pub fn want(&mut self, window: Range<usize>) -> Option<AskedPage> {
        if self.asked {
            return None;
        }
        let current = |page: &Page| page.version == self.version;
        let missing = |number: &usize| !self.held.get(number).is_some_and(current);
        let last = window
            .end
            .saturating_sub(1)
            .min(self.total.saturating_sub(1));
        let mut pages = (window.start / PAGE)..=(last / PAGE);
        let page = pages.find(missing)?;
        self.asked = true;
        Some(AskedPage {
            version: self.version,
            page,
        })
    }

    /// Takes a page that was asked for, with the number of rows there are in all.
    pub fn take(&mut self, wanted: AskedPage, total: usize, rows: Vec<Row>) {
        self.asked = false;
        if wanted.version != self.version {
            return;
        }
        self.total = total;
        let page = Page {
            version: self.version,
            rows,
        };
        self.held.insert(wanted.page, page);
        // Rows of an older version have moved.
        let version = self.version;
        self.held.retain(|number, page| {
            page.version == version || (*number * PAGE < total && number.abs_diff(wanted.page) == 1)
        });
        while self.held.len() > HELD {
            let far = |number: &&usize| number.abs_diff(wanted.page);
            let Some(farthest) = self.held.keys().max_by_key(far).copied() else {
                return;
            };
            self.held.remove(&farthest);
        }
    }

    /// Takes a row out, which the list that comes next will not have either.
    pub fn remove(&mut self, id: &MessageId) -> Option<Row> {
        let at = self.position(id)?;
        let number = at / PAGE;
        let page = self.held.get_mut(&number)?;
        let row = page.rows.remove(at % PAGE);
        self.total = self.total.saturating_sub(1);
        self.held.retain(|other, _| *other <= number);
        self.version += 1;
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;
    use crate::model::listed::{Key, Listed};
    use crate::model::status::Tone;
    use jiff::Timestamp;

    fn row(number: usize) -> Row {
        Row::from(Listed {
            key: Key(1),
            id: MessageId::new(&format!("id{number:018}")).unwrap(),
            profile: String::new(),
            at: Timestamp::UNIX_EPOCH,
            tone: Tone::Success,
            direction: None,
            kind: String::new(),
            status: None,
            is_failure: false,
            snippet: String::new(),
            failure: None,
            pinned: false,
            lookups: 1,
        })
    }

    fn rows(page: usize) -> Vec<Row> {
        (page * PAGE..(page + 1) * PAGE).map(row).collect()
    }

    #[test]
    fn a_page_is_asked_for_when_its_rows_are_to_be_seen_and_one_at_a_time() {
        let mut pages = Pages::default();
        let first = pages.want(0..30).unwrap();
        assert_eq!(first.page, 0);
        assert_eq!(pages.want(0..30), None);
        pages.take(first, 10 * PAGE, rows(0));
        assert_eq!((pages.total(), pages.want(0..30)), (10 * PAGE, None));
        assert_eq!(pages.row(5).unwrap().id, row(5).id);
        let next = pages.want(PAGE - 5..PAGE + 25).unwrap();
        assert_eq!(next.page, 1);
        pages.take(next, 10 * PAGE, rows(1));
        assert_eq!(pages.row(PAGE + 1).unwrap().id, row(PAGE + 1).id);
    }

    #[test]
    fn an_answer_for_an_older_list_is_dropped_and_asked_for_again() {
        let mut pages = Pages::default();
        let old = pages.want(0..30).unwrap();
        pages.changed();
        pages.take(old, 7, vec![row(7)]);
        assert_eq!((pages.total(), pages.row(0)), (0, None));
        let new = pages.want(0..30).unwrap();
        pages.take(new, 1, vec![row(1)]);
        assert_eq!(pages.row(0).unwrap().id, row(1).id);
        assert!(pages.is_current());
    }

    #[test]
    fn a_few_pages_are_held_however_far_one_goes() {
        let mut pages = Pages::default();
        for number in 0..40 {
            let wanted = pages.want(number * PAGE..number * PAGE + 30).unwrap();
            assert_eq!(wanted.page, number);
            pages.take(wanted, 40 * PAGE, rows(number));
        }
        assert_eq!(pages.held.len(), HELD);
        assert!(pages.row(39 * PAGE).is_some() && pages.row(0).is_none());
    }

    #[test]
    fn a_row_taken_out_is_gone_at_once_and_the_list_is_read_anew() {
        let mut pages = Pages::default();
        let wanted = pages.want(0..30).unwrap();
        pages.take(wanted, PAGE, rows(0));
        assert_eq!(pages.remove(&row(3).id).unwrap().id, row(3).id);
        assert_eq!(pages.row(3).unwrap().id, row(4).id);
        assert_eq!(pages.total(), PAGE - 1);
        assert!(pages.want(0..30).is_some());
        assert_eq!(pages.remove(&row(3).id), None);
    }
}
