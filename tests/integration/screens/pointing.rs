//! The mouse, where it is asked for: clicks, double clicks, the wheel, the divider.

use msgscope::app::Event;
use msgscope::app::layout::Focus;
use msgscope::app::pointer::{Pointer, PointerKind};
use msgscope::app::state::Detail;

use crate::support::play::Play;

const FAILED: &str = "VY80mMXYjmpyLMocAVq5";
const DELIVERED: &str = "ve9EPM428h8vShlRW1KT";

fn with_two() -> Play {
    let mut play = Play::new(120, 30);
    for id in [FAILED, DELIVERED] {
        play.paste(id);
        play.answer();
    }
    play
}

fn point(play: &mut Play, kind: PointerKind, x: u16, y: u16) {
    play.happen(Event::Pointed(Pointer { kind, x, y }));
}

fn click(play: &mut Play, x: u16, y: u16) {
    point(play, PointerKind::Press, x, y);
    point(play, PointerKind::Release, x, y);
}

fn shown(play: &Play) -> &str {
    match &play.state.detail {
        Detail::Answer(opened) => opened.snapshot.asked.id.as_str(),
        _ => "",
    }
}

#[test]
fn a_click_focuses_and_selects_and_a_second_one_opens() {
    let mut play = with_two();
    click(&mut play, 10, 4);
    assert_eq!(play.state.focus, Focus::History);
    assert_eq!(
        (play.state.history.scroll.cursor, shown(&play)),
        (1, DELIVERED)
    );
    play.wait(0.1);
    click(&mut play, 10, 4);
    assert_eq!(shown(&play), FAILED);
    click(&mut play, 20, 1);
    assert_eq!(play.state.focus, Focus::Box);
}

#[test]
fn two_slow_clicks_are_no_double_click() {
    let mut play = with_two();
    click(&mut play, 10, 4);
    play.wait(2.0);
    click(&mut play, 10, 4);
    assert_eq!(shown(&play), DELIVERED);
}

#[test]
fn a_click_on_a_folds_sign_folds_and_elsewhere_only_selects() {
    let mut play = with_two();
    let screen = play.screen();
    let (y, line) = screen
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("▾ Body"))
        .unwrap();
    let x = line.chars().position(|letter| letter == '▾').unwrap();
    let (x, y) = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
    click(&mut play, x + 4, y);
    assert!(play.screen().contains("▾ Body"), "{}", play.screen());
    assert!(play.row().starts_with("Body"), "{}", play.row());
    play.wait(2.0);
    click(&mut play, x, y);
    assert!(play.screen().contains("▸ Body"), "{}", play.screen());
    play.wait(2.0);
    click(&mut play, x + 4, y);
    click(&mut play, x + 4, y);
    assert!(play.screen().contains("▾ Body"), "{}", play.screen());
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let mut play = Play::new(80, 24);
    play.paste(FAILED);
    play.answer();
    let offset = |play: &Play| play.state.view().unwrap().scroll.offset;
    play.play("<esc>");
    assert_eq!(play.state.focus, Focus::History);
    point(&mut play, PointerKind::WheelDown, 40, 10);
    assert_eq!((offset(&play), play.state.focus), (3, Focus::History));
    point(&mut play, PointerKind::WheelUp, 40, 10);
    assert_eq!(offset(&play), 0);
}

#[test]
fn the_divider_is_dragged_as_far_as_both_panes_can_be_read() {
    let mut play = with_two();
    let edge = play.state.panes().history.right();
    point(&mut play, PointerKind::Press, edge, 10);
    point(&mut play, PointerKind::Drag, edge + 10, 12);
    assert_eq!(play.state.panes().history.width, 44);
    point(&mut play, PointerKind::Drag, 119, 12);
    assert_eq!(play.state.panes().history.width, 120 - 43);
    point(&mut play, PointerKind::Drag, 0, 12);
    assert_eq!(play.state.panes().history.width, 16);
    point(&mut play, PointerKind::Release, 0, 12);
    point(&mut play, PointerKind::Drag, 60, 12);
    assert_eq!(play.state.panes().history.width, 16);
}

#[test]
fn a_click_in_a_menu_chooses_and_beside_it_closes() {
    let mut play = with_two();
    play.play("c");
    let screen = play.screen();
    let y = screen
        .lines()
        .position(|line| line.contains("j  JSON as received"))
        .unwrap();
    click(&mut play, 6, u16::try_from(y).unwrap());
    assert_eq!(play.copied().map(|(what, _)| what), Some("JSON"));
    play.play("c");
    click(&mut play, 100, 5);
    assert_eq!(play.state.overlay, None);
}
