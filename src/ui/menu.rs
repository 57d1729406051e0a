//! A menu above the footer: few rows, so that opening and closing it costs few bytes.

use std::borrow::Cow;

use ratatui::layout::{Position, Rect};

use crate::app::layout::Panes;
use crate::app::menu::Menu;
use crate::model::shown::Shown;
use crate::model::text::{clusters, prefix, width};

use super::canvas::Canvas;
use super::theme::Paint;

/// Tells where the cursor stands, where something is typed.
pub(super) fn draw(canvas: &mut Canvas<'_>, menu: &Menu, panes: &Panes) -> Option<Position> {
    let screen = panes.screen;
    let rows = u16::try_from(menu.rows(screen.height)).unwrap_or(0);
    let wide = screen.width.min(60);
    let top = panes.footer.y - rows - 1;
    canvas.clear(Rect::new(0, top, wide, rows + 1));
    canvas.rule(0, wide, top);
    let title = format!(" {} ", menu.title());
    let behind = canvas.put(2, top, wide, &title, Paint::Focus);
    let cursor = menu.typed.as_ref().map(|typed| {
        let typed = Shown::line(typed);
        let room = wide.saturating_sub(behind + 4);
        let prompt = format!("{} ", canvas.theme.signs.prompt);
        let x = canvas.put(behind, top, 2, &prompt, Paint::Key);
        let end = canvas.put(x, top, room, typed.as_str(), Paint::Text);
        canvas.put(end, top, 2, "  ", Paint::Text);
        Position::new(end, top)
    });
    if menu.items.is_empty() {
        canvas.put(5, top + 1, wide - 7, "Nothing matches.", Paint::Label);
    }
    if wide < screen.width {
        let signs = canvas.theme.signs;
        canvas.put(wide - 1, top, 1, signs.corners[1], Paint::Frame);
        for y in top + 1..panes.footer.y {
            canvas.put(wide - 1, y, 1, signs.vertical, Paint::Frame);
        }
    }
    let keys = menu.items.iter().map(|item| width(&item.key)).max();
    let keys = u16::try_from(keys.unwrap_or(1).max(1)).unwrap_or(1);
    let (x, room) = (4 + keys, wide.saturating_sub(6 + keys));
    let items = menu.items.iter().enumerate().skip(menu.scroll.offset);
    for ((index, item), y) in items.zip(top + 1..panes.footer.y) {
        canvas.put(2, y, wide.saturating_sub(3), &item.key, Paint::Key);
        let words = middle_cut(item.words.as_str(), usize::from(room));
        let end = canvas.put(x, y, room, &words, Paint::Text);
        if index == menu.scroll.cursor {
            canvas.reverse(Rect::new(1, y, end, 1));
        }
    }
    cursor
}

/// The text where it fits, else its beginning and its end around `…`: what tells one URL from the next is its end.
fn middle_cut(text: &str, columns: usize) -> Cow<'_, str> {
    let wide = width(text);
    if wide <= columns {
        return Cow::Borrowed(text);
    }
    let begin = prefix(text, columns / 2);
    let mut left_out = wide - (columns - 1 - width(begin)).min(wide);
    let end = clusters(text).find(|cluster| {
        let found = left_out == 0;
        left_out = left_out.saturating_sub(cluster.width);
        found
    });
    let end = end.map_or("", |cluster| &text[cluster.start..]);
    Cow::Owned(format!("{begin}…{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_url_shows_its_host_and_its_end() {
        let url = "https://cdn.example.com/location%2F7ysh0vjy4EDQXyzqTu7v%2Fa.pdf";
        assert_eq!(middle_cut(url, 30), "https://cdn.exa…zqTu7v%2Fa.pdf");
        assert_eq!(middle_cut("short", 30), "short");
    }

    proptest! {
        #[test]
        fn it_is_never_wider_than_the_room(text in ".{0,40}", columns in 1_usize..30) {
            prop_assert!(width(&middle_cut(&text, columns)) <= columns);
        }
    }
}
