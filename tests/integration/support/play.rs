//! The console without a terminal: the real key map, `update` and `draw`, effects answered from a table.
//! Never here: a clock, a connection, or a decision that the program itself takes.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use msgscope::app::setting::Setting;
use msgscope::app::view::lay;
use msgscope::app::{Effect, Event, State, Ticket, update};
use msgscope::keymap::Keymap;
use msgscope::keymap::chord::Chord;
use msgscope::model::explain::Explanations;
use msgscope::model::face::Face;
use msgscope::model::id::MessageId;
use msgscope::model::outline::{Outline, outline, raw};
use msgscope::model::snapshot::Snapshot;
use msgscope::model::text::width;
use msgscope::model::timeline::beside;
use msgscope::model::whom::Whom;
use msgscope::ui::draw;
use msgscope::ui::theme::{Looks, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

pub(crate) use super::answers::answer;
use super::answers::snapshot;
pub(crate) use super::linking::Link;
pub(crate) use super::settings::{profile, setting, setting_without_token};
use super::shelf::Shelf;

/// A console that is played on.
pub(crate) struct Play {
    pub(crate) state: State,
    pub(crate) theme: Theme,
    keymap: Keymap,
    buffer: Buffer,
    pub(crate) cursor: Option<Position>,
    /// What was to be done outside, oldest first; lookups and tasks are not among it.
    pub(crate) done: Vec<Effect>,
    /// Lookups under way, oldest first.
    pub(crate) asked: Vec<(Ticket, MessageId)>,
    /// Lookups of what belongs to a message, under way, oldest first.
    pub(crate) links: VecDeque<Link>,
    /// Who is asked in each lookup.
    pub(crate) whom: HashMap<Ticket, Whom>,
    /// What all lookups brought, oldest first.
    kept: Vec<Arc<Snapshot>>,
    /// Ends of tasks that come with the next key.
    later: VecDeque<Event>,
    /// Where lookups are kept; without one they are not.
    pub(crate) shelf: Option<Shelf>,
}

/// When it is, at first.
pub(crate) fn noon() -> Timestamp {
    "2026-03-04T17:49:21Z".parse().unwrap()
}

impl Play {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self::with(setting(), width, height)
    }

    pub(crate) fn with(setting: Setting, width: u16, height: u16) -> Self {
        let keymap = Keymap::new(&setting.keys);
        let mut play = Self {
            state: State::new(setting, width, height, noon()),
            theme: Theme::new(Looks::default(), true),
            keymap,
            buffer: Buffer::default(),
            cursor: None,
            done: Vec::new(),
            asked: Vec::new(),
            links: VecDeque::new(),
            whom: HashMap::new(),
            kept: Vec::new(),
            later: VecDeque::new(),
            shelf: None,
        };
        play.draw();
        play
    }

    /// A console that begins with what is kept there.
    pub(crate) fn keeping(shelf: Shelf, width: u16, height: u16) -> Self {
        let mut play = Self::new(width, height);
        play.shelf = Some(shelf);
        play.happen(Event::Began);
        play
    }

    /// Plays steps: characters are keys, and so is what stands in angle brackets (`<enter>`, `<ctrl-c>`), but
    /// `<paste TEXT>`, `<answer>` (to the oldest lookup under way) and `<wait SECONDS>`.
    pub(crate) fn play(&mut self, steps: &str) -> &mut Self {
        let mut rest = steps;
        while let Some(letter) = rest.chars().next() {
            if letter == '<'
                && let Some((step, behind)) = rest[1..].split_once('>')
            {
                self.step(step);
                rest = behind;
            } else {
                self.key(&letter.to_string());
                rest = &rest[letter.len_utf8()..];
            }
        }
        self
    }

    fn step(&mut self, step: &str) {
        match step.split_once(' ') {
            Some(("paste", text)) => self.paste(text),
            Some(("wait", seconds)) => self.wait(seconds.parse().unwrap()),
            Some(_) => panic!("no step: {step}"),
            None if step == "answer" => self.answer(),
            None if step == "linked" => self.answer_link(),
            None => self.key(step),
        }
    }

    /// A key, by its name in the key map.
    pub(crate) fn key(&mut self, name: &str) {
        let name = if name == " " { "space" } else { name };
        let chord = Chord::parse(name).unwrap_or_else(|| panic!("no key: {name}"));
        self.happen(self.keymap.event(&self.state, chord));
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.happen(Event::Pasted(text.to_owned()));
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.happen(Event::Resized(width, height));
    }

    pub(crate) fn wait(&mut self, seconds: f64) {
        let now = self.state.now + Duration::from_secs_f64(seconds);
        self.happen(Event::Passed(now));
    }

    /// Answers the oldest lookup under way as the table says.
    pub(crate) fn answer(&mut self) {
        assert!(!self.asked.is_empty(), "no lookup is under way");
        let (ticket, id) = self.asked.remove(0);
        self.answer_to(ticket, &id);
    }

    /// The table's answer for `id`, also for a lookup that is not waited for any more.
    pub(crate) fn answer_to(&mut self, ticket: Ticket, id: &MessageId) {
        let (http, body) = answer(id.as_str());
        self.answer_with(ticket, id, http, body);
    }

    pub(crate) fn answer_with(&mut self, ticket: Ticket, id: &MessageId, http: u16, body: Vec<u8>) {
        let event = self.answered(ticket, id, http, body);
        self.happen(event);
    }

    /// The end of a lookup, which is not under way any more.
    pub(crate) fn answered(
        &mut self,
        ticket: Ticket,
        id: &MessageId,
        http: u16,
        body: Vec<u8>,
    ) -> Event {
        let whom = self.whom.get(&ticket).copied();
        let snapshot = snapshot(&self.state, whom.unwrap_or(self.state.whom), id, http, body);
        let rows = self.rows(&snapshot);
        self.asked.retain(|(asked, _)| *asked != ticket);
        let snapshot = Arc::new(snapshot);
        self.kept.push(Arc::clone(&snapshot));
        Event::Answered(ticket, snapshot, rows)
    }

    fn rows(&self, snapshot: &Snapshot) -> Arc<Outline> {
        let hints = self.state.setting.hints();
        let known = Explanations::default();
        let rows = outline(Face::Console(&hints), &known, snapshot, &TimeZone::UTC);
        Arc::new(rows)
    }

    /// Looks up `id` by a paste and answers with `body`.
    pub(crate) fn open_body(&mut self, id: &str, body: &str) {
        self.paste(id);
        let (ticket, id) = self.asked.pop().unwrap();
        self.answer_with(ticket, &id, 200, body.as_bytes().to_vec());
    }

    /// What is left for later, one task a call. Whether there was any.
    pub(crate) fn task_ends(&mut self) -> bool {
        let event = self.later.pop_front();
        event.map(|event| self.apply(event)).is_some()
    }

    /// An event, then the ends of all tasks, then a frame.
    pub(crate) fn happen(&mut self, event: Event) {
        self.apply(event);
        while self.task_ends() {}
        self.draw();
    }

    /// An event alone.
    pub(crate) fn apply(&mut self, event: Event) {
        for effect in update(&mut self.state, event) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect.clone() {
            Effect::Lookup(ticket, whom, id) => {
                self.whom.insert(ticket, whom);
                return self.asked.push((ticket, id));
            }
            Effect::Prune => return,
            Effect::Keep(_)
            | Effect::KeepLinked(..)
            | Effect::ReadPinned
            | Effect::List(_)
            | Effect::Fetch(_)
            | Effect::Pin(..)
            | Effect::Delete(_)
            | Effect::Restore(_) => {
                let hints = self.state.setting.hints();
                let now = self.state.now;
                let event = self
                    .shelf
                    .as_ref()
                    .map(|shelf| shelf.perform(effect, now, &hints));
                return self.later.extend(event);
            }
            Effect::Cancel(ticket) => return self.asked.retain(|(asked, _)| *asked != ticket),
            Effect::Lay {
                outline,
                open,
                width,
            } => {
                let (lines, _) = lay(&outline, &open, width, usize::MAX);
                return self.later.push_back(Event::Laid {
                    outline,
                    open,
                    width,
                    lines,
                });
            }
            Effect::MakeRaw(snapshot) => {
                let rows = raw(&snapshot.answer.as_ref().unwrap().body);
                return self
                    .later
                    .push_back(Event::RawMade(snapshot, Arc::new(rows)));
            }
            Effect::ReadTimeline(id) => {
                if let Some(shelf) = &self.shelf {
                    return self.later.push_back(shelf.timeline(id));
                }
                let kept = self.kept.iter().filter(|kept| kept.asked.id == id);
                let kept = kept.cloned().collect();
                return self.later.push_back(Event::TimelineRead(id, kept));
            }
            Effect::MakeRows(snapshot) => {
                let rows = self.rows(&snapshot);
                return self.later.push_back(Event::RowsMade(snapshot, rows));
            }
            Effect::MakeWhole(snapshot) => {
                let rows = self.rows(&snapshot);
                return self.later.push_back(Event::WholeMade(snapshot, rows));
            }
            Effect::Link(ticket, of, endpoint, id) => {
                return self.links.push_back(Link {
                    ticket,
                    of,
                    endpoint,
                    id,
                });
            }
            Effect::MakeBeside(before, after) => {
                let rows = Arc::new(beside(&before, &after, None));
                let event = Event::BesideMade(before, after, rows);
                return self.later.push_back(event);
            }
            Effect::Copy { what, .. } => self
                .later
                .push_back(Event::Copied(format!("Copied the {what}"))),
            Effect::UseToken(place, _) => {
                let words = Ok("private integration, from the prompt".to_owned());
                self.later.push_back(Event::TokenTaken(place, words));
            }
            _ => {}
        }
        self.done.push(effect);
    }

    pub(crate) fn draw(&mut self) {
        let area = Rect::new(0, 0, self.state.width, self.state.height);
        self.buffer = Buffer::empty(area);
        self.cursor = draw(&self.state, &self.theme, &mut self.buffer);
    }

    /// The cells as they were drawn last.
    pub(crate) fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// The screen as text, without the blanks at its right.
    pub(crate) fn screen(&self) -> String {
        self.lines(|cell| cell.symbol().to_owned())
    }

    /// What every cell looks like, a letter a cell: `r`everse, `b`old, `u`nderlined, `d`im, `c`oloured, `.` plain.
    pub(crate) fn styles(&self) -> String {
        self.lines(|cell| {
            let style = cell.style();
            let modifiers = style.add_modifier;
            let coloured = style
                .fg
                .is_some_and(|colour| colour != ratatui::style::Color::Reset);
            let looks = [
                (modifiers.contains(ratatui::style::Modifier::REVERSED), "r"),
                (coloured, "c"),
                (modifiers.contains(ratatui::style::Modifier::BOLD), "b"),
                (
                    modifiers.contains(ratatui::style::Modifier::UNDERLINED),
                    "u",
                ),
                (modifiers.contains(ratatui::style::Modifier::DIM), "d"),
            ];
            let look = looks.iter().find(|(is, _)| *is);
            let plain = if cell.symbol() == " " { " " } else { "." };
            look.map_or(plain, |(_, letter)| letter).to_owned()
        })
    }

    fn lines(&self, shown: impl Fn(&Cell) -> String) -> String {
        let area = self.buffer.area;
        let mut lines = Vec::new();
        for y in area.top()..area.bottom() {
            let mut line = String::new();
            let mut x = area.left();
            while x < area.right() {
                let cell = &self.buffer[(x, y)];
                line.push_str(&shown(cell));
                x += u16::try_from(width(cell.symbol()).max(1)).unwrap();
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }

    /// The last line, without its blanks.
    pub(crate) fn footer(&self) -> String {
        let screen = self.screen();
        screen.lines().last().unwrap_or_default().trim().to_owned()
    }

    /// The notice in the footer.
    pub(crate) fn notice(&self) -> &str {
        self.state
            .notice
            .as_ref()
            .map_or("", |notice| notice.as_str())
    }

    /// What was copied last: its name, the text.
    pub(crate) fn copied(&self) -> Option<(&str, &str)> {
        self.done.iter().rev().find_map(|effect| match effect {
            Effect::Copy { what, text } => Some((what.as_str(), text.as_str())),
            _ => None,
        })
    }

    /// The row under the cursor of the detail pane, as a line.
    pub(crate) fn row(&self) -> String {
        let view = self.state.view().unwrap();
        if view.on_head() {
            return "(headline)".to_owned();
        }
        view.row_at_cursor().unwrap().line()
    }
}
