//! The loop: what comes in becomes events, what comes out becomes tasks, and frames are drawn between.
//! Never here: a decision about a message.

pub mod clipboard;
mod console;
pub mod download;
mod exporting;
pub mod input;
mod pace;
mod partial;
mod performing;
mod progress;
pub mod screen;
pub mod signals;
pub mod terminal;
mod worker;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use crate::app::{Event, State, Ticket, update};
use crate::keymap::Keymap;
use crate::keymap::chord::Chord;
use crate::model::progress::Progress;
use crate::model::saving::Arrived;
use crate::ui::{self, theme::Theme};
pub use console::{Console, Outside};
use input::{Input, Typed};
use pace::Pace;
use screen::Screen;
use signals::{Signal, Signals};
use terminal::Output;
use worker::{Done, Worker};

/// Bursts of input applied before a frame is drawn.
const DRAIN: usize = 512;
/// How long the end waits for what is being written.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// A hang-up is told twice, by the terminal and by a signal: how long the signal may take.
const HANG_UP: Duration = Duration::from_millis(250);
/// The exit code of a hang-up, as after the signal.
const HUNG_UP: u8 = 129;

/// Takes the terminal, runs until the end, gives it back and ends the process; returns only with an
/// error before the first frame. `server` is what runs already, such as the demo's API.
pub fn run<S>(
    console: Console,
    server: Option<(Runtime, S)>,
) -> Result<u8, Box<dyn std::error::Error>> {
    let (tasks, _server) = server.unzip();
    // The loop is this thread; threads for tasks are made when the first task is.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let guard = runtime.enter();
    // Before the terminal is taken: a signal must never find it taken and nobody to give it back.
    let signals = Signals::new()?;
    terminal::enter(console.state.setting.mouse)?;
    let running = Running::new(console, signals, tasks);
    let mut running = running.inspect_err(|_| terminal::leave())?;
    drop(guard);
    let code = runtime.block_on(async {
        let code = running.run().await;
        // Whoever quits has the terminal back at once.
        terminal::leave();
        running.written().await;
        running.worker.abandon();
        code
    });
    // Threads that read keys or hold a clipboard are not waited for, and nothing is dropped: to free
    // a large answer row by row would take longer than all else.
    terminal::exit(code)
}

/// Runs a command to its end, or to Ctrl-C: what was printed is whole, and the code is 130.
pub async fn until_interrupted(command: impl Future<Output = u8>) -> u8 {
    tokio::select! {
        code = command => code,
        _ = tokio::signal::ctrl_c() => 130,
    }
}

/// The runtime of tasks: two threads, since what is slow is the network, and bodies are parsed aside.
pub fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}

/// The runtime of a command that prints: one thread for all lookups, since what goes from thread to thread costs more
/// than the rest of a fast answer. It is not the one that prints: a reader that pauses must not make lookups time out.
pub fn command_runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
}

struct Running {
    state: State,
    theme: Theme,
    screen: Screen<Output>,
    keymap: Keymap,
    worker: Worker,
    tasks: JoinSet<Done>,
    /// Lookups and downloads under way.
    stoppable: HashMap<Ticket, AbortHandle>,
    signals: Signals,
    input: mpsc::Receiver<Input>,
    pace: Pace,
    /// A text stands alone on the main screen until a key comes.
    alone: bool,
    /// Tasks under way that write to the history.
    writing: usize,
}

/// What the loop woke up for.
enum Woken {
    Signal(Signal),
    Input(Option<Input>),
    Task(Done),
    Progress(BTreeMap<Ticket, Progress>),
    Saving(BTreeMap<Ticket, Arrived>),
    Time,
}

/// Why the loop ends.
struct End(u8);

impl Running {
    /// Draws the first frame, which waits for nothing; network, keys and clipboard come after it.
    fn new(console: Console, signals: Signals, tasks: Option<Runtime>) -> io::Result<Self> {
        let mut screen = Screen::new(Output, terminal::size()?);
        let mut state = console.state;
        let area = screen.area();
        let effects = update(&mut state, Event::Resized(area.width, area.height));
        debug_assert!(effects.is_empty());
        screen.present(|buffer| ui::draw(&state, &console.theme, buffer))?;
        let keymap = Keymap::new(&state.setting.keys);
        let hints = state.setting.hints();
        let mut running = Self {
            state,
            theme: console.theme,
            screen,
            keymap,
            worker: Worker::new(console.outside, hints, tasks),
            tasks: JoinSet::new(),
            stoppable: HashMap::new(),
            signals,
            input: input::listen()?,
            pace: Pace::new(console.frame_floor, Instant::now()),
            alone: false,
            writing: 0,
        };
        running.happen(vec![Event::Began]);
        running.happen(console.first);
        Ok(running)
    }

    /// Until the end; tells the exit code.
    async fn run(&mut self) -> u8 {
        let mut dirty = true;
        loop {
            match self.turn(&mut dirty).await {
                Ok(None) => {}
                Ok(Some(End(code))) => return code,
                // A terminal that takes nothing is gone.
                Err(_) => return self.hung_up(1).await,
            }
        }
    }

    /// Waits until the history is written, for two seconds at most.
    async fn written(&mut self) {
        let written = async {
            while self.writing > 0 {
                match self.tasks.join_next().await {
                    Some(done) => self.writing -= usize::from(done.is_ok_and(|done| done.wrote)),
                    None => return,
                }
            }
        };
        // What takes longer than that is lost, and the terminal is given back.
        let _ = tokio::time::timeout(LAST_WORDS, written).await;
    }

    /// Draws if it is due, waits for the next thing and applies it.
    async fn turn(&mut self, dirty: &mut bool) -> io::Result<Option<End>> {
        if *dirty && self.pace.wait(Instant::now()).is_zero() {
            self.draw()?;
            *dirty = false;
        }
        let woken = self.wait(*dirty).await;
        *dirty = true;
        match woken {
            Woken::Signal(signal) => match (signal.exit_code(), signal) {
                (Some(code), _) => return Ok(Some(End(code))),
                (None, Signal::Suspend) => self.suspend()?,
                (None, Signal::Resized) => self.resize()?,
                (None, _) => self.take_again()?,
            },
            Woken::Input(None | Some(Input::HungUp)) => {
                return Ok(Some(End(self.hung_up(HUNG_UP).await)));
            }
            Woken::Input(Some(Input::Typed(typed))) => return self.typed(typed),
            Woken::Task(done) => return self.done(done),
            Woken::Progress(told) => {
                let told = told.into_iter();
                let events = told.map(|(ticket, progress)| Event::Progressed(ticket, progress));
                self.happen(events.collect());
            }
            Woken::Saving(told) => {
                let told = told.into_iter();
                let events = told.map(|(ticket, arrived)| Event::SavingOn(ticket, arrived));
                self.happen(events.collect());
            }
            Woken::Time => {
                self.happen(Vec::new());
            }
        }
        Ok(None)
    }

    /// Waits for the next thing; keys come before answers.
    async fn wait(&mut self, dirty: bool) -> Woken {
        let change = if dirty {
            Some(self.pace.wait(Instant::now()))
        } else {
            self.state.next_change()
        };
        tokio::select! {
            biased;
            signal = self.signals.next() => Woken::Signal(signal),
            input = self.input.recv() => Woken::Input(input),
            Some(done) = self.tasks.join_next(), if !self.tasks.is_empty() => match done {
                Ok(done) => Woken::Task(done),
                // Cancelled; a panic has ended the process before it came here.
                Err(_) => Woken::Time,
            },
            told = self.worker.progress.told() => Woken::Progress(told),
            told = self.worker.saving.told() => Woken::Saving(told),
            () = tokio::time::sleep(change.unwrap_or_default()), if change.is_some() => Woken::Time,
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.alone {
            return Ok(());
        }
        let (state, theme) = (&self.state, &self.theme);
        let bytes = self
            .screen
            .present(|buffer| ui::draw(state, theme, buffer))?;
        // What nobody can see makes nobody wait.
        if bytes > 0 {
            self.pace.drawn(Instant::now());
        }
        Ok(())
    }

    /// The terminal is gone; the signal that says so decides the exit code if it comes, and then the end of what
    /// can be typed. What else is told meanwhile is not it: a hang-up continues a stopped job too.
    async fn hung_up(&mut self, mut otherwise: u8) -> u8 {
        let told = async {
            loop {
                tokio::select! {
                    biased;
                    signal = self.signals.next() => if matches!(signal, Signal::End(_)) {
                        return signal.exit_code();
                    },
                    input = self.input.recv(), if otherwise != HUNG_UP => {
                        if !matches!(input, Some(Input::Typed(_))) {
                            otherwise = HUNG_UP;
                        }
                    }
                }
            }
        };
        let told = tokio::time::timeout(HANG_UP, told).await;
        told.ok().flatten().unwrap_or(otherwise)
    }

    /// Applies what was typed, and what has arrived meanwhile, before a frame is drawn.
    fn typed(&mut self, typed: Vec<Typed>) -> io::Result<Option<End>> {
        let mut next = Some(typed);
        let mut left = DRAIN;
        while let Some(typed) = next.take() {
            for one in typed {
                if let Some(end) = self.one_typed(one)? {
                    return Ok(Some(end));
                }
            }
            left -= 1;
            if left > 0
                && let Ok(Input::Typed(more)) = self.input.try_recv()
            {
                next = Some(more);
            }
        }
        Ok(None)
    }

    fn one_typed(&mut self, typed: Typed) -> io::Result<Option<End>> {
        if self.alone && matches!(typed, Typed::Key(_) | Typed::Paste(_)) {
            return self.take_again().map(|()| None);
        }
        let event = match typed {
            Typed::Key(key) => self.keymap.event(&self.state, Chord::from(key)),
            Typed::Paste(text) => Event::Pasted(text),
            Typed::Resize(..) => return self.resize().map(|()| None),
            Typed::Mouse(mouse) => match input::pointer(mouse) {
                Some(pointer) if !self.alone => Event::Pointed(pointer),
                _ => return Ok(None),
            },
        };
        let effects = self.happen(vec![event]);
        self.at_once(effects)
    }

    fn resize(&mut self) -> io::Result<()> {
        self.screen.resize(terminal::size()?);
        let area = self.screen.area();
        self.happen(vec![Event::Resized(area.width, area.height)]);
        Ok(())
    }
}
