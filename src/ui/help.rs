//! All keys, over both panes; the keys of the place that had them come first.

use ratatui::layout::Rect;

use crate::app::layout::Panes;
use crate::app::view::View;

use super::canvas::Canvas;
use super::detail::line;
use super::theme::Paint;

pub(super) fn draw(canvas: &mut Canvas<'_>, view: &View, panes: &Panes) {
    let screen = panes.screen;
    let top = panes.titles.y;
    canvas.clear(Rect::new(0, top, screen.width, panes.footer.y - top));
    canvas.rule(0, screen.width, top);
    canvas.put(2, top, 12, " All keys ", Paint::Focus);
    let below = view.below();
    if below > 0 {
        let more = format!(" {} {below} more ", canvas.theme.signs.down);
        canvas.put_right(20, screen.width - 2, top, &more, Paint::Label);
    }
    for ((_, row), y) in view.visible().zip(top + 1..panes.footer.y) {
        line(
            canvas,
            view,
            row,
            None,
            Rect::new(1, y, screen.width - 2, 1),
        );
    }
}
