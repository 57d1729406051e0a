//! A program in a real pseudo terminal, its bytes read by a terminal emulator.
//! Never here: a bare sleep; what is expected is waited for, and the screen shown when it stays away.

use std::fmt::Debug;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{JoinHandle, sleep};
use std::time::{Duration, Instant};

use base64::Engine as _;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
use tempfile::TempDir;

/// How long anything is waited for: generous, since a test machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(5);

/// A program in a window of its own, with a home folder of its own and nothing of this process's
/// environment. It is killed when this is dropped.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Seen>>,
    closing: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    home: TempDir,
}

/// What came out of the program so far.
struct Seen {
    raw: Vec<u8>,
    window: vt100::Parser<Clipboard>,
}

/// The last text that was sent to the terminal's clipboard, still in base64.
#[derive(Default)]
struct Clipboard(Option<Vec<u8>>);

impl vt100::Callbacks for Clipboard {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], text: &[u8]) {
        self.0 = Some(text.to_vec());
    }
}

impl Terminal {
    /// The program under test at 120×40.
    pub(crate) fn msgscope(arguments: &[&str]) -> Self {
        Self::run(env!("CARGO_BIN_EXE_msgscope"), arguments, &[], 120, 40)
    }

    /// Any program, with further variables, in a window of so many columns and rows.
    pub(crate) fn run(
        program: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        let pair = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo terminal");
        let home = tempfile::tempdir().expect("a home folder");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        // What is first kept is told once, over whatever else is told then: a test of that sets it to 0.
        command.env("MSGSCOPE_NO_HISTORY", "1");
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(home.path());
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let window =
            vt100::Parser::new_with_callbacks(cells(rows), cells(columns), 0, Clipboard::default());
        let seen = Arc::new(Mutex::new(Seen {
            raw: Vec::new(),
            window,
        }));
        let closing = Arc::new(AtomicBool::new(false));
        let output = pair
            .master
            .try_clone_reader()
            .expect("the terminal can be read");
        let reader = watch(output, Arc::clone(&seen), Arc::clone(&closing));
        let keys = pair
            .master
            .take_writer()
            .expect("the terminal can be typed at");
        Self {
            master: Some(pair.master),
            keys: Some(keys),
            child,
            seen,
            closing,
            reader: Some(reader),
            home,
        }
    }

    /// Where the program believes to be at home.
    pub(crate) fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    pub(crate) fn screen_text(&self) -> String {
        self.seen().window.screen().contents()
    }

    /// Every byte so far.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.seen().raw.clone()
    }

    /// Asks the emulator: cursor, modes, colours.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.seen().window.screen())
    }

    /// What was last copied to the terminal's clipboard (OSC 52).
    pub(crate) fn clipboard(&self) -> Option<String> {
        let sent = self.seen().window.callbacks().0.clone()?;
        let text = base64::engine::general_purpose::STANDARD
            .decode(sent)
            .expect("base64");
        Some(String::from_utf8(text).expect("UTF-8"))
    }

    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?} on the screen"), |seen| {
            seen.screen_text().contains(text)
        });
    }

    #[track_caller]
    pub(crate) fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("{text:?} gone"), |seen| {
            !seen.screen_text().contains(text)
        });
    }

    /// Waits for whatever holds; `what` says it when it does not.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain for {what}; the screen is\n{}",
                self.screen_text()
            );
            sleep(GLANCE);
        }
    }

    /// Waits until the program has written nothing for so long, and answers how many bytes it had
    /// written by then.
    #[track_caller]
    pub(crate) fn wait_quiet(&self, quiet: Duration) -> usize {
        let (start, mut last) = (Instant::now(), (self.seen().raw.len(), Instant::now()));
        while last.1.elapsed() < quiet {
            assert!(
                start.elapsed() < PATIENCE,
                "never quiet; the screen is\n{}",
                self.screen_text()
            );
            sleep(GLANCE);
            let written = self.seen().raw.len();
            if written != last.0 {
                last = (written, Instant::now());
            }
        }
        last.0
    }

    /// Sends bytes as they are.
    #[track_caller]
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let keys = self.keys.as_mut().expect("the terminal is open");
        keys.write_all(bytes)
            .and_then(|()| keys.flush())
            .expect("the terminal takes keys");
    }

    /// Types a text letter by letter, each on its own way: nobody's hands send twelve at once.
    #[track_caller]
    pub(crate) fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.send(letter.to_string().as_bytes());
            sleep(Duration::from_millis(2));
        }
    }

    /// Pastes a text in brackets, as terminals do that were asked to.
    #[track_caller]
    pub(crate) fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    /// Presses one key by its name: `enter`, `tab`, `shift-tab`, `esc`, `up`, `page-down`,
    /// `ctrl-c`, `f1` or a single character.
    #[track_caller]
    pub(crate) fn key(&mut self, name: &str) {
        let bytes = key_bytes(name).unwrap_or_else(|| panic!("no key is called {name}"));
        self.send(&bytes);
    }

    #[track_caller]
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.seen().window.set_size(cells(rows), cells(columns));
        self.master()
            .resize(size(columns, rows))
            .expect("the window takes its size");
    }

    /// Sends a signal to the program alone.
    #[track_caller]
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.process(), signal).expect("the program is there");
    }

    /// The process group that has the terminal: under a shell the job in the foreground, whose
    /// number is that of its first process.
    pub(crate) fn foreground(&self) -> Pid {
        let group = self.master().process_group_leader();
        group
            .and_then(Pid::from_raw)
            .expect("somebody has the terminal")
    }

    /// The program's process id.
    pub(crate) fn process(&self) -> Pid {
        let id = self
            .child
            .process_id()
            .and_then(|id| i32::try_from(id).ok());
        id.and_then(Pid::from_raw)
            .expect("a running program has an id")
    }

    /// The terminal's modes, for comparing before and after.
    pub(crate) fn modes(&self) -> impl PartialEq + Debug + use<> {
        self.master().get_termios()
    }

    /// Closes the window: the program's terminal hangs up.
    #[track_caller]
    pub(crate) fn close(&mut self) {
        let path = self.master().tty_name().expect("the terminal has a name");
        let program_side =
            open(&path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("it can be opened");
        // The writer types an end of input when it is dropped, if there is a character for it; the
        // reader holds the window open until it has read something more.
        let mut modes = tcgetattr(&program_side).expect("a terminal has modes");
        modes.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&program_side, OptionalActions::Now, &modes).expect("modes can be set");
        self.closing.store(true, Ordering::SeqCst);
        rustix::io::write(&program_side, b" ").expect("the reader listens");
        let reader = self.reader.take().expect("a terminal is closed once");
        reader.join().expect("the reader did not fail");
        (self.keys, self.master) = (None, None);
    }

    /// Waits for the program's end and for its last bytes: its exit code, or the name of the
    /// signal that ended it.
    #[track_caller]
    pub(crate) fn exit_code(&mut self) -> Result<u32, String> {
        let start = Instant::now();
        let ended = loop {
            if let Some(ended) = self
                .child
                .try_wait()
                .expect("the program can be waited for")
            {
                break ended;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "it does not end; the screen is\n{}",
                self.screen_text()
            );
            sleep(GLANCE);
        };
        self.wait_quiet(Duration::from_millis(50));
        ended
            .signal()
            .map_or_else(|| Ok(ended.exit_code()), |signal| Err(signal.to_owned()))
    }

    fn master(&self) -> &dyn MasterPty {
        self.master.as_deref().expect("the terminal is open")
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("the reader did not fail")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads until the program's side is closed, or this side shall be.
fn watch(
    mut output: Box<dyn Read + Send>,
    seen: Arc<Mutex<Seen>>,
    closing: Arc<AtomicBool>,
) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut bytes = vec![0; 65536];
        while let Ok(read @ 1..) = output.read(&mut bytes) {
            if closing.load(Ordering::SeqCst) {
                return;
            }
            let mut seen = seen.lock().expect("the test did not fail here");
            seen.raw.extend_from_slice(&bytes[..read]);
            seen.window.process(&bytes[..read]);
        }
    })
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(number: u16) -> std::num::NonZeroU16 {
    number.try_into().expect("a window has cells")
}

fn key_bytes(name: &str) -> Option<Vec<u8>> {
    let sequence: &[u8] = match name {
        "enter" => b"\r",
        "tab" => b"\t",
        "shift-tab" => b"\x1b[Z",
        "esc" => b"\x1b",
        "backspace" => b"\x7f",
        "space" => b" ",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "right" => b"\x1b[C",
        "left" => b"\x1b[D",
        "home" => b"\x1b[H",
        "end" => b"\x1b[F",
        "delete" => b"\x1b[3~",
        "page-up" => b"\x1b[5~",
        "page-down" => b"\x1b[6~",
        "f1" => b"\x1bOP",
        _ => {
            if let Some(letter) = name.strip_prefix("ctrl-") {
                let [letter @ b'a'..=b'z'] = letter.as_bytes() else {
                    return None;
                };
                return Some(vec![letter & 0x1f]);
            }
            let mut characters = name.chars();
            return match (characters.next(), characters.next()) {
                (Some(character), None) => Some(character.to_string().into_bytes()),
                _ => None,
            };
        }
    };
    Some(sequence.to_vec())
}

mod tests;
