//! `assets/screenshots`: a failed and a hostile message in each theme, drawn by the program.
//! `UPDATE_README=1 cargo test --locked docs` draws them anew. Never here: a picture that the program did not draw.

use std::fs;
use std::path::PathBuf;

use msgscope::ui::theme::{Looks, Theme};

use super::picture::{DARK, Ground, LIGHT, svg};
use crate::support::play::Play;

const FAILED: &str = "VY80mMXYjmpyLMocAVq5";
const HOSTILE: &str = "Fg3Hx7YkQz5WvNt9LcRd";

#[track_caller]
fn assert_screenshot(
    name: &str,
    id: &str,
    (width, height): (u16, u16),
    looks: Looks,
    ground: &Ground,
) {
    let mut play = Play::new(width, height);
    play.theme = Theme::new(looks, true);
    play.paste(id);
    play.answer();
    let drawn = svg(play.buffer(), ground);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots");
    let path = folder.join(format!("{name}.svg"));
    if std::env::var_os("UPDATE_README").is_some() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(path, drawn).unwrap();
        return;
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == drawn,
        "{name} is not what is drawn; UPDATE_README=1 cargo test --locked docs draws it"
    );
}

#[test]
fn a_hostile_message_is_drawn_harmless_in_each_theme() {
    for theme in Looks::built_in() {
        let looks = Looks::named(theme).unwrap();
        for (size, words) in [((120, 30), "120x30"), ((80, 24), "80x24")] {
            let name = format!("hostile-{theme}-{words}");
            assert_screenshot(&name, HOSTILE, size, looks, &DARK);
        }
    }
}

#[test]
fn a_failed_message_is_drawn_on_dark_and_on_light() {
    for (ground, words) in [(&DARK, "dark"), (&LIGHT, "light")] {
        let name = format!("failed-{words}-120x30");
        assert_screenshot(&name, FAILED, (120, 30), Looks::default(), ground);
    }
}
