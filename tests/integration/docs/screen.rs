//! README's picture: the console with the demo's messages, drawn by the program at a fixed time.
//! Never here: a character that the program did not draw.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use secrecy::ExposeSecret;

use msgscope::api::client::{Client, Connections};
use msgscope::api::request::{ApiVersion, BaseUrl, DEFAULT_VERSION, Settings};
use msgscope::api::retry::Retries;
use msgscope::api::token::{Token, TokenOrigin, TokenSource};
use msgscope::app::action::Keys;
use msgscope::app::setting::{KeptWhere, Profile, Setting, Work};
use msgscope::app::{Effect, Event, State, update};
use msgscope::demo;
use msgscope::model::explain::Explanations;
use msgscope::model::face::Face;
use msgscope::model::id::MessageId;
use msgscope::model::outline::outline;
use msgscope::model::snapshot::Snapshot;
use msgscope::model::whom::Whom;
use msgscope::ui::{self, theme::Looks, theme::Theme};

use crate::support::clients::identity;
use crate::support::play::profile;

const COLUMNS: u16 = 100;
const ROWS: u16 = 26;
/// When the picture is taken.
const NOW: &str = "2026-03-04T17:49:21Z";
/// How long before that each message was looked up, in minutes, newest first.
const AGES: [i64; 10] = [0, 4, 9, 12, 61, 63, 125, 127, 240, 252];

/// Its lines, each with a line end and without the blanks before it.
pub(super) fn drawn() -> String {
    let answers = answers();
    let now: Timestamp = NOW.parse().unwrap();
    let mut state = State::new(setting(), COLUMNS, ROWS, now);
    let ids: Vec<_> = demo::seen_first().iter().zip(AGES).collect();
    for (index, (id, age)) in ids.into_iter().enumerate().rev() {
        let at = now - SignedDuration::from_mins(age);
        update(&mut state, Event::Passed(at));
        let id = MessageId::new(id).unwrap();
        let asked = if index == 0 {
            Event::Submitted(vec![id])
        } else {
            Event::Filled(vec![id])
        };
        for effect in update(&mut state, asked) {
            let Effect::Lookup(ticket, _, id) = effect else {
                panic!("{effect:?}");
            };
            let mut snapshot = answers[&id].clone();
            (snapshot.at, snapshot.took) = (at, Duration::from_millis(182));
            let rows = outline(
                Face::Console(&Keys::default().hints()),
                &Explanations::default(),
                &snapshot,
                &TimeZone::UTC,
            );
            let answered = Event::Answered(ticket, Arc::new(snapshot), Arc::new(rows));
            let kept = update(&mut state, answered);
            assert!(matches!(kept.as_slice(), [Effect::Keep(_)]), "{kept:?}");
        }
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
    ui::draw(&state, &Theme::new(Looks::default(), true), &mut buffer);
    (0..ROWS).map(|y| line(&buffer, y)).collect()
}

fn line(buffer: &Buffer, y: u16) -> String {
    let cells = (0..COLUMNS).map(|x| buffer[(x, y)].symbol());
    cells.collect::<String>().trim_end().to_owned() + "\n"
}

fn setting() -> Setting {
    Setting {
        work: Work::Ask,
        profiles: vec![Profile {
            token: Some("made up for the demo".to_owned()),
            ..profile("demo")
        }],
        whom: Whom::One(0),
        keys: Keys::default(),
        remote: true,
        kept: KeptWhere::in_memory(),
        mouse: false,
        notify: false,
        hints: Vec::new(),
    }
}

/// What the demo answers for the ids that its history starts with.
fn answers() -> HashMap<MessageId, Snapshot> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let demo = demo::start().await.unwrap();
        let settings = Settings {
            base_url: BaseUrl::parse(&demo.base_url).unwrap(),
            version: ApiVersion::parse(DEFAULT_VERSION).unwrap(),
            timeout: Duration::from_secs(20),
            retries: Retries::default(),
        };
        let token = Token::new(demo.token.expose_secret()).unwrap();
        let token = TokenOrigin::Given(token, TokenSource::Demo);
        let connections = Connections::new(&settings.base_url).unwrap();
        let client = Client::new(connections, settings, identity("demo", token), None);
        let mut answers = HashMap::new();
        for id in demo::seen_first().iter().rev() {
            let id = MessageId::new(id).unwrap();
            let snapshot = client.lookup(&id).await;
            answers.insert(id, snapshot);
        }
        answers
    })
}
