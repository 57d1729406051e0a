//! The terminal taken and given back: modes, size, the bytes on standard output, the way out.
//! Never here: what is on the screen, and a byte written before `gate` has said yes.

mod fault;
mod gate;
mod hardening;
mod suspension;

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ratatui::layout::Size;

use crate::model::shown::Shown;

pub use fault::install_panic_hook;
pub use gate::{Keys, NotATerminal, gate};
pub use hardening::harden;
pub use suspension::suspend;

/// Alternate screen, no wrapping at the right margin, pastes in brackets, no cursor.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l";
/// Clicks, drags and the wheel, with coordinates in decimal.
const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l";
/// Ends whatever string a cut frame left open, then takes back `ENTER` and the colours.
const LEAVE: &[u8] = b"\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l";

/// How long a terminal that takes no bytes is waited for: while drawing, and on the way out.
const DRAWING_PATIENCE: Duration = Duration::from_secs(5);
const LEAVING_PATIENCE: Duration = Duration::from_millis(200);

/// How long a look at the keys may take that began before the terminal was given back.
const LOOK: Duration = Duration::from_millis(5);

static ENTERED: AtomicBool = AtomicBool::new(false);
static LOOKING: AtomicBool = AtomicBool::new(false);
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Takes the terminal: raw mode, then alternate screen and the rest in one write. Also takes it
/// again, when it is not known what a shell made of it while the program was stopped.
///
/// With `mouse`, clicks and the wheel become events, and the terminal's own selection is lost.
///
/// # Errors
/// When the terminal refuses raw mode or the bytes; it is then left as it was found.
pub fn enter(mouse: bool) -> io::Result<()> {
    MOUSE.store(mouse, Ordering::SeqCst);
    // crossterm turns raw mode on only where it believes it off. That this fails is no news: what
    // follows fails too, and says so.
    let _ = crossterm::terminal::disable_raw_mode();
    // Before the first change: a panic between the two must find something to give back.
    let entered_before = ENTERED.swap(true, Ordering::SeqCst);
    if let Err(error) = crossterm::terminal::enable_raw_mode() {
        ENTERED.store(entered_before, Ordering::SeqCst);
        return Err(error);
    }
    let bytes = if mouse {
        [ENTER, MOUSE_ON].concat()
    } else {
        ENTER.to_vec()
    };
    write_all(&bytes, DRAWING_PATIENCE).inspect_err(|_| leave())
}

/// As `enter`, with the mouse as it was the last time: after the program was stopped.
///
/// # Errors
/// As `enter`.
pub fn enter_again() -> io::Result<()> {
    enter(MOUSE.load(Ordering::SeqCst))
}

/// The bytes that leave the alternate screen for a text that is to be selected by hand, the terminal still taken.
pub fn alone() -> Vec<u8> {
    let mouse = if MOUSE.load(Ordering::SeqCst) {
        MOUSE_OFF
    } else {
        &[]
    };
    [mouse, b"\x1b[?1049l\x1b[?7h"].concat()
}

/// The bytes that ring the bell; with `notify` they tell the desktop too what happened, in the two ways terminals know
/// (OSC 9, OSC 777). Those that know neither show nothing.
pub fn ring(words: &Shown, notify: bool) -> Vec<u8> {
    let mut bytes = b"\x07".to_vec();
    if notify {
        let words = words.as_str();
        bytes.extend(format!("\x1b]9;msgscope: {words}\x07").as_bytes());
        bytes
            .extend(format!("\x1b]777;notify;msgscope;{}\x07", words.replace(';', ",")).as_bytes());
    }
    bytes
}

/// A look at what was typed, which may take bytes out of the terminal. None begins once the terminal
/// is given back: what is typed from then on is the shell's. One that waits for the end of a sequence
/// takes that, whenever it comes. One thread at a time may look.
#[derive(Debug)]
pub struct Look(());

impl Look {
    /// `None` while the terminal is not taken.
    pub fn begin() -> Option<Self> {
        LOOKING.store(true, Ordering::SeqCst);
        let look = Self(());
        ENTERED.load(Ordering::SeqCst).then_some(look)
    }

    /// Waits for the end of a look under way; not for one that cannot end, since its thread is the
    /// one that panics.
    fn await_end() {
        const PAUSE: Duration = Duration::from_micros(20);
        let start = Instant::now();
        while LOOKING.load(Ordering::SeqCst) && start.elapsed() < LOOK {
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        LOOKING.store(false, Ordering::SeqCst);
    }
}

/// Gives the terminal back as it was found. Does nothing when it is not taken, so it may be called
/// from anywhere, a panic hook included; it prints nothing and cannot fail.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    Look::await_end();
    let bytes = if MOUSE.load(Ordering::SeqCst) {
        [MOUSE_OFF, LEAVE].concat()
    } else {
        LEAVE.to_vec()
    };
    // A terminal that is gone needs nothing back, and there is nowhere left to complain. The modes go
    // first: who sees the shell's screen again types in the shell's modes.
    let _ = crossterm::terminal::disable_raw_mode();
    let _ = write_all(&bytes, LEAVING_PATIENCE);
}

/// The way out: gives the terminal back and ends the process at once. No destructor runs, no
/// thread is waited for, so nothing can print or hang after this.
pub fn exit(code: u8) -> ! {
    leave();
    #[cfg(unix)]
    signal_hook::low_level::exit(i32::from(code));
    #[cfg(not(unix))]
    std::process::exit(i32::from(code));
}

/// The window's size in cells. A terminal that does not know (a serial line says 0×0) counts as
/// 80×24. Asks the kernel only: no query to the terminal, no other program.
///
/// # Errors
/// When standard output is no terminal any more.
pub fn size() -> io::Result<Size> {
    #[cfg(unix)]
    let (columns, rows) = {
        let window = rustix::termios::tcgetwinsize(io::stdout())?;
        (window.ws_col, window.ws_row)
    };
    #[cfg(not(unix))]
    let (columns, rows) = crossterm::terminal::size()?;
    let known = |cells: u16, otherwise: u16| if cells == 0 { otherwise } else { cells };
    Ok(super::screen::clamped(Size::new(
        known(columns, 80),
        known(rows, 24),
    )))
}

/// Standard output as `Screen` wants it: whole frames reach the kernel in one piece, without the
/// line buffer and the lock of `std::io::stdout`. Refuses every byte once the terminal is given
/// back: a frame drawn on one thread must not follow the panic of another.
#[derive(Debug, Default)]
pub struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if ENTERED.load(Ordering::SeqCst) {
            write_all(bytes, DRAWING_PATIENCE)
        } else {
            Err(io::Error::new(
                io::ErrorKind::BrokenPipe,
                "the terminal was given back",
            ))
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes to descriptor 1 itself. Another program may have left the terminal non-blocking: then a
/// full buffer is waited for, `patience` in all.
fn write_all(mut bytes: &[u8], patience: Duration) -> io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(1);
    let mut waited = Duration::ZERO;
    while !bytes.is_empty() {
        match write_some(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && waited < patience => {
                std::thread::sleep(PAUSE);
                waited += PAUSE;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn write_some(bytes: &[u8]) -> io::Result<usize> {
    Ok(rustix::io::write(io::stdout(), bytes)?)
}

#[cfg(not(unix))]
fn write_some(bytes: &[u8]) -> io::Result<usize> {
    let mut output = io::stdout().lock();
    let written = output.write(bytes)?;
    output.flush()?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use super::*;

    #[test]
    fn leaving_takes_back_every_mode_that_entering_set() {
        let entered = String::from_utf8([ENTER, MOUSE_ON].concat()).unwrap();
        let left = String::from_utf8([MOUSE_OFF, LEAVE].concat()).unwrap();
        for mode in entered.split('\x1b').filter(|mode| !mode.is_empty()) {
            let (number, switch) = mode.split_at(mode.len() - 1);
            let back = if switch == "h" { "l" } else { "h" };
            assert!(
                left.contains(&format!("\x1b{number}{back}")),
                "{mode} stays set"
            );
        }
        assert!(left.contains("\x1b[0m") && left.contains("\x1b[?2026l"));
    }

    #[test]
    fn nothing_is_read_from_a_terminal_that_is_not_taken() {
        assert!(Look::begin().is_none());
        assert!(!LOOKING.load(Ordering::SeqCst), "and nobody waits for it");
    }

    #[test]
    fn nothing_is_written_to_a_terminal_that_is_not_taken() {
        let refused = Output.write_all(b"late frame").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::BrokenPipe);
    }
}
