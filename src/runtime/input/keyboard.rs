//! The terminal that keys come from: waited for without taking a byte out of it, read while it is taken.
//! Never here: what a key means.

use std::io;
use std::time::Duration;
#[cfg(unix)]
use std::{
    fs::File,
    io::IsTerminal as _,
    os::fd::{AsRawFd as _, RawFd},
    time::Instant,
};

use crossterm::event::{self, Event};

#[cfg(unix)]
use crate::runtime::terminal::Look;

/// What has come already is there at once; with a wait of zero crossterm reads nothing.
#[cfg(unix)]
const AT_ONCE: Duration = Duration::from_micros(50);
/// After the last event it is looked at once more, then waited without an end.
#[cfg(unix)]
const ONCE_MORE: Duration = Duration::from_millis(100);
/// Between two looks whether the terminal is taken again, or the process at its end.
#[cfg(unix)]
const GIVEN_BACK: Duration = Duration::from_millis(1);

/// The terminal crossterm reads from as well: standard input, or the process's own one where data
/// comes on standard input.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct Keyboard {
    own: Option<File>,
}

#[cfg(unix)]
impl Keyboard {
    /// # Errors
    /// When the process has no terminal.
    pub(super) fn open() -> io::Result<Self> {
        let own = if io::stdin().is_terminal() {
            None
        } else {
            Some(File::options().read(true).write(true).open("/dev/tty")?)
        };
        Ok(Self { own })
    }

    /// The next event; `None` when none came within `patience`. What is typed while the terminal is
    /// not taken stays in it: a shell will read that.
    ///
    /// # Errors
    /// When the terminal has hung up.
    pub(super) fn next(&self, patience: Option<Duration>) -> io::Result<Option<Event>> {
        let start = Instant::now();
        let (mut ready, mut looked_again) = (false, false);
        loop {
            match Look::begin() {
                Some(_look) if event::poll(AT_ONCE)? => match event::read()? {
                    // Told by a signal, which waits for no key.
                    Event::Resize(..) => continue,
                    event => return Ok(Some(event)),
                },
                // The beginning of a sequence, or the end of all: not every system tells a hang-up by itself.
                Some(_) if ready && !self.is_terminal() => {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Some(_) => {}
                None => {
                    std::thread::sleep(GIVEN_BACK);
                    looked_again = false;
                }
            }
            let left = patience.map(|patience| patience.saturating_sub(start.elapsed()));
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(None);
            }
            // A look that the system has interrupted may leave behind what was read already.
            let once_more = (!looked_again).then_some(ONCE_MORE);
            ready = self.wait(left.or(once_more))?;
            if !ready && left.is_some() {
                return Ok(None);
            }
            looked_again = true;
        }
    }

    /// Whether there is something to read within `patience`.
    fn wait(&self, patience: Option<Duration>) -> io::Result<bool> {
        use filedescriptor::{Error, POLLERR, POLLHUP, POLLIN, poll, pollfd};

        let mut watched = [pollfd {
            fd: self.descriptor(),
            events: POLLIN,
            revents: 0,
        }];
        match poll(&mut watched, patience) {
            Ok(0) => return Ok(false),
            Ok(_) => {}
            // A signal: looked at again at once.
            Err(Error::Poll(error) | Error::Io(error))
                if error.kind() == io::ErrorKind::Interrupted =>
            {
                return Ok(true);
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        if watched[0].revents & (POLLERR | POLLHUP) == 0 {
            Ok(true)
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }

    fn is_terminal(&self) -> bool {
        self.own
            .as_ref()
            .map_or_else(|| io::stdin().is_terminal(), File::is_terminal)
    }

    fn descriptor(&self) -> RawFd {
        self.own
            .as_ref()
            .map_or_else(|| io::stdin().as_raw_fd(), File::as_raw_fd)
    }
}

/// The console's own window: there is no shell that shares its keys.
#[cfg(not(unix))]
#[derive(Debug)]
pub(super) struct Keyboard(());

#[cfg(not(unix))]
impl Keyboard {
    /// # Errors
    /// None.
    pub(super) fn open() -> io::Result<Self> {
        Ok(Self(()))
    }

    /// The next event; `None` when none came within `patience`.
    ///
    /// # Errors
    /// When the window is gone.
    pub(super) fn next(&self, patience: Option<Duration>) -> io::Result<Option<Event>> {
        match patience {
            Some(patience) if !event::poll(patience)? => Ok(None),
            _ => event::read().map(Some),
        }
    }
}
