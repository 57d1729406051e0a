//! Any keys, any sizes, any answers at any moment; and a message of five megabytes.
//! Never a case that was left out because it failed.

use std::time::{Duration, Instant};

use msgscope::app::Effect;
use msgscope::app::action::bindings;
use msgscope::app::state::{Detail, Overlay};
use msgscope::app::view::{Laid, View};
use msgscope::app::{Event, Ticket};
use msgscope::model::id::MessageId;
use proptest::prelude::*;

use msgscope::ui::theme::{Looks, Theme};

use crate::support::play::Play;

const TOKEN: &str = "pit-0f0e0d0c-1111-2222-3333-444455556666";

const PASTES: &[&str] = &[
    "VY80mMXYjmpyLMocAVq5",
    "ve9EPM428h8vShlRW1KT aT7cHm3NtFi1eSx9KwPq\nFg3Hx7YkQz5WvNt9LcRd",
    "Qv4Zs8LkTn2XcWy6MbRp",
    "idnmc3DlXvdXQO4pxHLy",
    "e401Scope7Yh2KmPq9Rt",
    "aaaaBBBBccccDDDDeeee",
    "Bv6Zq2XnHy8KtRw4LsDm",
    TOKEN,
    "short",
    "漢字 and \u{1b}[31m hostile \u{202e} text",
    "",
];

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Paste(&'static str),
    Answer,
    /// An answer to a lookup nobody waits for, or waits for still.
    Late(u64, &'static str),
    Wait(f64),
    Resize(u16, u16),
    Task,
}

fn keys() -> Vec<String> {
    let bound = bindings().flat_map(|binding| binding.keys.split_whitespace());
    let more = ["x", "é", "漢", "0", "alt-x", "<"];
    bound.chain(more).map(str::to_owned).collect()
}

fn step() -> impl Strategy<Value = Step> {
    let size = prop_oneof![
        (0_u16..200, 0_u16..60),
        (38_u16..62, 6_u16..14),
        Just((80, 24)),
        Just((120, 30)),
    ];
    prop_oneof![
        20 => prop::sample::select(keys()).prop_map(Step::Key),
        3 => prop::sample::select(PASTES).prop_map(Step::Paste),
        5 => Just(Step::Answer),
        1 => (0_u64..12, prop::sample::select(PASTES)).prop_map(|(ticket, id)| Step::Late(ticket, id)),
        1 => (0.0..4000.0).prop_map(Step::Wait),
        3 => size.prop_map(|(width, height)| Step::Resize(width, height)),
        2 => Just(Step::Task),
    ]
}

fn take(play: &mut Play, step: &Step) {
    match step {
        Step::Key(name) => play.key(name),
        Step::Paste(text) => play.paste(text),
        Step::Answer if play.asked.is_empty() => {}
        Step::Answer => play.answer(),
        Step::Late(ticket, text) => {
            if let Ok(id) = MessageId::new(text) {
                play.answer_to(Ticket(*ticket), &id);
            }
        }
        Step::Wait(seconds) => play.wait(*seconds),
        Step::Resize(width, height) => play.resize(*width, *height),
        Step::Task => {
            play.task_ends();
        }
    }
}

/// `offset ≤ cursor < offset + window`, the headline not counted, and nothing beyond the end.
fn holds_its_cursor(view: &View) -> Result<(), TestCaseError> {
    let pinned = usize::from(view.outline.head.is_some());
    let (cursor, offset) = (view.scroll.cursor, view.scroll.offset);
    prop_assert!(cursor < view.len().max(1), "{cursor} of {}", view.len());
    prop_assert!(view.visible().count() <= view.window());
    if cursor >= pinned {
        let line = cursor - pinned;
        prop_assert!(
            offset <= line && line < offset + view.window(),
            "{cursor} {offset}"
        );
    } else {
        prop_assert_eq!(offset, 0);
    }
    prop_assert!(offset == 0 || offset + view.window() <= view.lines.len());
    prop_assert_eq!(view.open.len(), view.outline.rows.len());
    Ok(())
}

fn holds(play: &Play) -> Result<(), TestCaseError> {
    let state = &play.state;
    if let Detail::Answer(opened) = &state.detail {
        holds_its_cursor(&opened.view)?;
        if let Some(over) = &opened.over {
            holds_its_cursor(over.view())?;
        }
    }
    if let Some(Overlay::Help(help)) = &state.overlay {
        holds_its_cursor(help)?;
    }
    let history = &state.history;
    let rows = usize::from(state.panes().history.height).max(1);
    prop_assert!(history.scroll.cursor < history.len().max(1));
    prop_assert!(history.scroll.offset <= history.scroll.cursor);
    prop_assert!(history.scroll.cursor < history.scroll.offset + rows);
    if let Some(cursor) = play.cursor {
        prop_assert!(
            cursor.x < state.width && cursor.y < state.height,
            "{cursor}"
        );
    }
    prop_assert!(!play.screen().contains("0f0e0d0c"));
    let mut running = play
        .asked
        .iter()
        .map(|(ticket, _)| *ticket)
        .collect::<Vec<_>>();
    let looks = state.watches.iter().filter_map(|watch| watch.asking);
    let mut known: Vec<_> = state.running.iter().copied().chain(looks).collect();
    running.sort_unstable();
    known.sort_unstable();
    prop_assert_eq!(running, known);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_at_no_size_with_no_answers_break_anything(
        size in (0_u16..200, 0_u16..60),
        begin in prop::sample::select(PASTES),
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut play = Play::new(size.0, size.1);
        play.paste(begin);
        if !play.asked.is_empty() {
            play.answer();
        }
        for step in &steps {
            take(&mut play, step);
            holds(&play)?;
        }
    }

    #[test]
    fn every_screen_is_ascii_where_the_terminal_is(steps in prop::collection::vec(step(), 1..40)) {
        let mut play = Play::new(100, 30);
        play.theme = Theme::new(Looks::named(Looks::MONO).unwrap(), false);
        play.draw();
        for step in &steps {
            take(&mut play, step);
            let screen = play.screen();
            prop_assert!(screen.is_ascii(), "{}", screen);
            prop_assert!(!play.styles().contains('c'));
        }
    }
}

/// A message of five megabytes, just answered: its first lines are there, the others a task's.
fn large() -> Play {
    let mut play = Play::new(120, 30);
    play.paste("large5Megabytes8Vn3J");
    play
}

#[test]
fn a_large_message_is_shown_before_it_is_laid_out() {
    let mut play = large();
    let (ticket, id) = play.asked[0].clone();
    let (http, body) = crate::support::play::answer(id.as_str());
    let event = play.answered(ticket, &id, http, body);
    play.apply(event);
    play.draw();
    assert!(play.screen().contains("✓ delivered"), "{}", play.screen());
    let view = play.state.view().unwrap();
    assert_eq!(view.laid, Laid::Asked);
    assert!(view.lines.len() < 10_000, "{}", view.lines.len());
    assert!(play.task_ends());
    let view = play.state.view().unwrap();
    assert_eq!(view.laid, Laid::Whole);
    assert!(view.lines.len() > 70_000, "{}", view.lines.len());
}

#[test]
fn a_key_in_a_large_message_touches_its_window_alone() {
    let mut play = large();
    play.answer();
    let lines = play.state.view().unwrap().lines.as_ptr();
    let begun = Instant::now();
    for key in ["j", "pgdn", "k", "ctrl-d", "G", "g", "y", "tab", "c", "esc"] {
        for _ in 0..20 {
            play.key(key);
        }
    }
    let each = begun.elapsed() / 200;
    assert!(each < Duration::from_millis(30), "{each:?} a key");
    let view = play.state.view().unwrap();
    assert_eq!(view.lines.as_ptr(), lines, "nothing was laid out anew");
    assert!(view.visible().count() <= 30);
}

#[test]
fn the_raw_view_of_a_large_message_is_made_aside() {
    let mut play = large();
    play.answer();
    play.apply(Event::Acted(msgscope::app::Action::Raw));
    assert!(!play.screen().contains("Message · raw"));
    play.happen(Event::Resized(120, 30));
    assert!(play.screen().contains("Message · raw"));
    assert!(
        !play
            .done
            .iter()
            .any(|effect| matches!(effect, Effect::Quit))
    );
}

#[test]
fn lines_of_another_width_or_fold_are_not_taken() {
    let mut play = large();
    let (ticket, id) = play.asked[0].clone();
    let (http, body) = crate::support::play::answer(id.as_str());
    let event = play.answered(ticket, &id, http, body);
    play.apply(event);
    play.apply(Event::Resized(80, 24));
    assert!(play.task_ends());
    assert_ne!(play.state.view().unwrap().laid, Laid::Whole);
    while play.task_ends() {}
    let view = play.state.view().unwrap();
    assert_eq!((view.laid, view.width), (Laid::Whole, 55));
}
