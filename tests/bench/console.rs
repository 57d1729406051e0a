//! From a key to bytes for the terminal, at 120×40 with a message open: at most 0.7 ms with a small one and
//! 2 ms with 5 MB, of which reading the key takes the most.

use std::io;
use std::sync::Arc;

use divan::Bencher;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use msgscope::app::action::Keys;
use msgscope::app::setting::{KeptWhere, Profile, Setting, Work};
use msgscope::app::update::update;
use msgscope::app::view::lay;
use msgscope::app::{Action, Effect, Event, State};
use msgscope::model::explain::Explanations;
use msgscope::model::face::Face;
use msgscope::model::outline::outline;
use msgscope::model::whom::Whom;
use msgscope::runtime::screen::Screen;
use msgscope::ui;
use msgscope::ui::theme::{Looks, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::answers::{LARGE, SMALL, id, snapshot, text};

const SCREEN: Size = Size::new(120, 40);

fn theme() -> Theme {
    Theme::new(Looks::default(), true)
}

/// A console that shows a message of so many bytes, laid out to its end, with its first row chosen.
fn console(size: usize) -> State {
    let setting = Setting {
        work: Work::Ask,
        profiles: vec![Profile {
            name: "default".to_owned(),
            base_url: "https://services.leadconnectorhq.com".to_owned(),
            host: "services.leadconnectorhq.com".to_owned(),
            host_is_default: true,
            version: "2021-07-28".to_owned(),
            app_url: "https://app.gohighlevel.com".to_owned(),
            token: Some("private integration, from MSGSCOPE_TOKEN".to_owned()),
            token_changes: false,
        }],
        whom: Whom::One(0),
        keys: Keys::default(),
        remote: false,
        kept: KeptWhere::in_memory(),
        mouse: false,
        notify: false,
        hints: Vec::new(),
    };
    let mut state = State::new(setting, SCREEN.width, SCREEN.height, Timestamp::UNIX_EPOCH);
    let snapshot = Arc::new(snapshot(&text(size)));
    let rows = Arc::new(outline(
        Face::Console(&Keys::default().hints()),
        &Explanations::default(),
        &snapshot,
        &TimeZone::UTC,
    ));
    for effect in update(&mut state, Event::Submitted(vec![id()])) {
        if let Effect::Lookup(ticket, ..) = effect {
            let answered = Event::Answered(ticket, Arc::clone(&snapshot), Arc::clone(&rows));
            perform(&mut state, answered);
        }
    }
    assert!(state.view().is_some());
    state
}

/// Applies an event and what its effects bring, as far as a view needs them.
fn perform(state: &mut State, event: Event) {
    for effect in update(state, event) {
        if let Effect::Lay {
            outline,
            open,
            width,
        } = effect
        {
            let (lines, _) = lay(&outline, &open, width, usize::MAX);
            let laid = Event::Laid {
                outline,
                open,
                width,
                lines,
            };
            perform(state, laid);
        }
    }
}

/// Down and up again: at most 0.01 ms, whatever is open.
#[divan::bench(args = [SMALL, LARGE])]
fn updated_by_a_key_and_back(bencher: Bencher<'_, '_>, size: usize) {
    let mut state = console(size);
    bencher.bench_local(|| {
        perform(&mut state, Event::Acted(Action::Down));
        perform(&mut state, Event::Acted(Action::Up));
    });
}

/// At most 0.3 ms, whatever is open.
#[divan::bench(args = [SMALL, LARGE])]
fn drawn(bencher: Bencher<'_, '_>, size: usize) {
    let (state, theme) = (console(size), theme());
    let mut buffer = Buffer::empty(Rect::from(((0, 0).into(), SCREEN)));
    bencher.bench_local(|| {
        buffer.reset();
        ui::draw(&state, &theme, &mut buffer)
    });
}

/// A key that moves the highlight by a row and one that moves it back, both frames in bytes: at most 0.8 ms.
#[divan::bench(args = [SMALL, LARGE])]
fn highlight_moved_and_back(bencher: Bencher<'_, '_>, size: usize) {
    let mut console = Shown::new(size);
    bencher.bench_local(|| {
        console.press(Action::Down);
        console.press(Action::Up);
    });
}

/// A key at the window's edge, that moves all of 5 MB by a row: at most 0.7 ms.
#[divan::bench]
fn line_scrolled(bencher: Bencher<'_, '_>) {
    let mut console = Shown::new(LARGE);
    for _ in 0..SCREEN.height {
        console.press(Action::Down);
    }
    bencher.bench_local(|| console.press(Action::Down));
}

/// A console with its screen.
struct Shown {
    state: State,
    theme: Theme,
    screen: Screen<io::Sink>,
}

impl Shown {
    fn new(size: usize) -> Self {
        let screen = Screen::new(io::sink(), SCREEN);
        let mut console = Self {
            state: console(size),
            theme: theme(),
            screen,
        };
        console.present();
        console
    }

    fn press(&mut self, action: Action) {
        perform(&mut self.state, Event::Acted(action));
        self.present();
    }

    fn present(&mut self) {
        let (state, theme) = (&self.state, &self.theme);
        let written = self.screen.present(|buffer| ui::draw(state, theme, buffer));
        assert!(written.is_ok_and(|bytes| bytes > 0));
    }
}
