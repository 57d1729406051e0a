//! A screen as an SVG, drawn from the program's own cells: what `assets/screenshots` holds.
//! Never a cell that the program did not draw, and no hand-made line.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use msgscope::model::text::width;

/// Pixels of a cell.
const CELL: (u16, u16) = (9, 18);

/// A terminal's own colours: text, ground, and the sixteen.
pub(super) struct Ground {
    pub(super) text: &'static str,
    pub(super) back: &'static str,
}

pub(super) const DARK: Ground = Ground {
    text: "#d8d8d8",
    back: "#16181c",
};
pub(super) const LIGHT: Ground = Ground {
    text: "#26282c",
    back: "#fbfaf6",
};

fn colour(colour: Color, otherwise: &'static str) -> &'static str {
    match colour {
        Color::Red | Color::LightRed => "#d0473f",
        Color::Green | Color::LightGreen => "#3f9a4c",
        Color::Yellow | Color::LightYellow => "#b08a1a",
        Color::Magenta | Color::LightMagenta => "#b455b0",
        Color::Cyan | Color::LightCyan => "#2e9aa6",
        Color::Blue | Color::LightBlue => "#3c6fd0",
        Color::DarkGray => "#7a7d84",
        _ => otherwise,
    }
}

/// The buffer as one SVG.
pub(super) fn svg(buffer: &Buffer, ground: &Ground) -> String {
    let area = buffer.area;
    let (wide, high) = (area.width * CELL.0, area.height * CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
         viewBox=\"0 0 {wide} {high}\" font-family=\"monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        ground.back
    );
    for y in area.top()..area.bottom() {
        for (x, cells, text, style) in runs(buffer, y) {
            run(&mut svg, ground, (x, y, cells), &text, style);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Neighbouring cells of one look: first column, columns, text, look.
fn runs(buffer: &Buffer, y: u16) -> Vec<(u16, u16, String, Style)> {
    let mut runs: Vec<(u16, u16, String, Style)> = Vec::new();
    let mut x = buffer.area.left();
    while x < buffer.area.right() {
        let cell = &buffer[(x, y)];
        let cells = u16::try_from(width(cell.symbol()).max(1)).unwrap();
        match runs.last_mut() {
            // A wide character stands alone, so that fonts cannot shift what follows.
            Some((_, columns, text, style))
                if *style == cell.style()
                    && cells == 1
                    && text.chars().count() == usize::from(*columns) =>
            {
                *columns += cells;
                text.push_str(cell.symbol());
            }
            _ => runs.push((x, cells, cell.symbol().to_owned(), cell.style())),
        }
        x += cells;
    }
    runs
}

fn run(
    svg: &mut String,
    ground: &Ground,
    (x, y, cells): (u16, u16, u16),
    text: &str,
    style: Style,
) {
    let has = |modifier| style.add_modifier.contains(modifier);
    let mut fill = colour(style.fg.unwrap_or(Color::Reset), ground.text);
    let mut back = colour(style.bg.unwrap_or(Color::Reset), ground.back);
    if has(Modifier::REVERSED) {
        (fill, back) = (back, fill);
    }
    let (left, top) = (x * CELL.0, y * CELL.1);
    if back != ground.back {
        let wide = cells * CELL.0;
        writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{}\" fill=\"{back}\"/>",
            CELL.1
        )
        .unwrap();
    }
    if text.trim().is_empty() {
        return;
    }
    let mut looks = String::new();
    if has(Modifier::BOLD) {
        looks.push_str(" font-weight=\"bold\"");
    }
    if has(Modifier::UNDERLINED) {
        looks.push_str(" text-decoration=\"underline\"");
    }
    if has(Modifier::DIM) {
        looks.push_str(" opacity=\"0.65\"");
    }
    let text = text
        .trim_end()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let length = width(&text_of(&text)) * usize::from(CELL.0);
    writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\" fill=\"{fill}\" textLength=\"{length}\" xml:space=\"preserve\"{looks}>{text}</text>",
        top + 14
    )
    .unwrap();
}

/// The text that an escaped one stands for.
fn text_of(escaped: &str) -> String {
    escaped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
