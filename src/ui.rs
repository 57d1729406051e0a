//! The screen: `draw(&State)` → cells. A pane a file, and only what is in its window is touched.
//! Never here: await, a changed state, or a text that is neither ours nor `Shown`.

mod batch;
mod canvas;
mod detail;
mod footer;
mod frame;
mod header;
mod help;
mod history;
mod menu;
mod notice;
mod start;
pub mod theme;
mod timeline;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::layout::Shape;
use crate::app::state::{Overlay, State};
use canvas::Canvas;
use theme::{Paint, Theme};

/// Draws the whole screen into an empty buffer, and tells where the cursor stands, if it is shown.
pub fn draw(state: &State, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let panes = state.panes();
    let mut canvas = Canvas { buffer, theme };
    if panes.shape == Shape::TooSmall {
        let words = "Too small: 40 columns and 8 rows at least";
        canvas.put_cut(0, 0, state.width, words, Paint::Text);
        return None;
    }
    frame::draw(&mut canvas, state, &panes);
    let cursor = header::draw(&mut canvas, state, &panes);
    history::draw(&mut canvas, state, &panes);
    detail::draw(&mut canvas, state, &panes);
    footer::draw(&mut canvas, state, &panes);
    match &state.overlay {
        Some(Overlay::Menu(menu)) => menu::draw(&mut canvas, menu, &panes),
        Some(Overlay::Help(view)) => {
            help::draw(&mut canvas, view, &panes);
            None
        }
        Some(Overlay::IdsFile(path)) => {
            detail::draw_prompt(&mut canvas, &panes, "ids from the file", path)
        }
        Some(Overlay::Filter) => history::draw_filter(&mut canvas, state, &panes),
        Some(Overlay::Find) => {
            detail::draw_prompt(&mut canvas, &panes, "find in message", &state.find)
        }
        Some(Overlay::Export(exporting)) => {
            let words = format!("write {} to", exporting.form.words());
            detail::draw_prompt(&mut canvas, &panes, &words, &exporting.name)
        }
        Some(Overlay::Many(_)) => None,
        Some(Overlay::Token(_)) | None => cursor,
    }
}
