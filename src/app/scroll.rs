//! A cursor in a list and the window that shows it.
//! Holds always: `offset ≤ cursor < offset + height`, and no blank rows below the last while rows are hidden above.

/// Cursor and first row shown. Rows are counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Scroll {
    pub cursor: usize,
    pub offset: usize,
}

/// How far the window moves when the cursor leaves it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// A row at a time.
    Row,
    /// Half a window: where a row's move repaints as much as a page's.
    HalfPage,
}

impl Scroll {
    /// Moves the cursor by `by` rows within `len`.
    pub fn step(&mut self, by: isize, len: usize, height: usize, edge: Edge) {
        let last = len.saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        self.follow(len, height, edge);
    }

    pub fn to(&mut self, cursor: usize, len: usize, height: usize) {
        self.cursor = cursor.min(len.saturating_sub(1));
        self.follow(len, height, Edge::Row);
    }

    /// Moves the window so that it shows the cursor.
    pub fn follow(&mut self, len: usize, height: usize, edge: Edge) {
        let height = height.max(1);
        self.cursor = self.cursor.min(len.saturating_sub(1));
        let jump = match edge {
            Edge::Row => 1,
            Edge::HalfPage => (height / 2).max(1),
        };
        if self.cursor < self.offset {
            self.offset = (self.cursor + 1).saturating_sub(jump);
        } else if self.cursor >= self.offset + height {
            self.offset = self.cursor + jump - height;
        }
        self.offset = self.offset.min(len.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_window_always_shows_the_cursor(
            steps in prop::collection::vec((-60isize..60, 1usize..300, 1usize..50, any::<bool>()), 1..40)
        ) {
            let mut scroll = Scroll::default();
            for (by, len, height, half) in steps {
                scroll.step(by, len, height, if half { Edge::HalfPage } else { Edge::Row });
                prop_assert!(scroll.offset <= scroll.cursor && scroll.cursor < scroll.offset + height);
                prop_assert!(scroll.cursor < len);
                prop_assert!(scroll.offset == 0 || scroll.offset + height <= len);
            }
        }
    }

    #[test]
    fn at_the_edge_a_list_turns_half_a_page() {
        let mut scroll = Scroll {
            cursor: 9,
            offset: 0,
        };
        scroll.step(1, 100, 10, Edge::HalfPage);
        assert_eq!(
            scroll,
            Scroll {
                cursor: 10,
                offset: 5
            }
        );
        scroll.step(1, 100, 10, Edge::HalfPage);
        assert_eq!(scroll.offset, 5);
    }
}
