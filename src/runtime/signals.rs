//! What the system tells the process: to end, to stop, that it goes on, that the window has another size.
//! Never here: what is done about it.

/// One of the things the system can say. The loop ends the process with `exit_code` where there is
/// one, suspends on `Suspend`, takes the terminal again and repaints on `Continue`, and asks for the size
/// on `Resized`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Told to end, by the signal with this number: HUP 1, INT 2, QUIT 3, TERM 15.
    End(u8),
    /// Told to stop from outside (`kill -TSTP`); Ctrl-Z itself arrives as a key.
    Suspend,
    /// Goes on after a stop that was not its own.
    Continue,
    /// The window has another size.
    Resized,
}

impl Signal {
    /// The exit code that belongs to an end: 128 + n after signal n.
    pub const fn exit_code(self) -> Option<u8> {
        match self {
            Self::End(number) => Some(128 + number),
            Self::Suspend | Self::Continue | Self::Resized => None,
        }
    }
}

#[cfg(unix)]
pub use unix::Signals;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::time::{Duration, Instant};

    use tokio::signal::unix::{Signal as Listener, SignalKind, signal};

    use super::Signal;

    /// A stop of our own sends SIGTSTP and brings SIGCONT, and both are told a moment late.
    const ECHO: Duration = Duration::from_millis(500);

    /// The signals of a Unix process, as one stream.
    #[derive(Debug)]
    pub struct Signals {
        hang_up: Listener,
        interrupt: Listener,
        quit: Listener,
        terminate: Listener,
        stop: Listener,
        go_on: Listener,
        size: Listener,
        stopped: Option<Instant>,
    }

    impl Signals {
        /// Starts listening: from here on the process no longer ends or stops by these signals
        /// alone. Needs a running tokio runtime.
        ///
        /// # Errors
        /// When the system refuses a handler.
        pub fn new() -> io::Result<Self> {
            Ok(Self {
                hang_up: signal(SignalKind::hangup())?,
                interrupt: signal(SignalKind::interrupt())?,
                quit: signal(SignalKind::quit())?,
                terminate: signal(SignalKind::terminate())?,
                stop: signal(stop_kind())?,
                go_on: signal(continue_kind())?,
                size: signal(SignalKind::window_change())?,
                stopped: None,
            })
        }

        /// The next thing the system says. May be dropped while waiting: nothing is lost.
        pub async fn next(&mut self) -> Signal {
            loop {
                let told = tokio::select! {
                    // An end before all else: a hang-up brings SIGCONT along.
                    biased;
                    _ = self.hang_up.recv() => Signal::End(1),
                    _ = self.interrupt.recv() => Signal::End(2),
                    _ = self.quit.recv() => Signal::End(3),
                    _ = self.terminate.recv() => Signal::End(15),
                    _ = self.stop.recv() => Signal::Suspend,
                    _ = self.go_on.recv() => Signal::Continue,
                    _ = self.size.recv() => return Signal::Resized,
                };
                if matches!(told, Signal::End(_)) || !self.is_echo(Instant::now()) {
                    return told;
                }
            }
        }

        /// To be called right after a stop of our own: what it caused is not told again.
        pub fn forget_stop(&mut self) {
            self.stopped = Some(Instant::now());
        }

        fn is_echo(&self, now: Instant) -> bool {
            self.stopped
                .is_some_and(|stopped| now.duration_since(stopped) < ECHO)
        }
    }

    fn stop_kind() -> SignalKind {
        SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw())
    }

    fn continue_kind() -> SignalKind {
        SignalKind::from_raw(rustix::process::Signal::CONT.as_raw())
    }

    #[cfg(test)]
    mod tests {
        #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

        use rustix::process::{Signal as Sent, getpid, kill_process};
        use tokio::time::timeout;

        use super::*;

        /// One test for all: signals belong to the whole process, and tests share one.
        #[tokio::test]
        async fn each_signal_is_told_once_and_the_echo_of_an_own_stop_is_not() {
            let mut signals = Signals::new().unwrap();
            for (sent, told) in [
                (Sent::HUP, Signal::End(1)),
                (Sent::INT, Signal::End(2)),
                (Sent::QUIT, Signal::End(3)),
                (Sent::TERM, Signal::End(15)),
                (Sent::TSTP, Signal::Suspend),
                (Sent::CONT, Signal::Continue),
                (Sent::WINCH, Signal::Resized),
            ] {
                kill_process(getpid(), sent).unwrap();
                assert_eq!(
                    timeout(Duration::from_secs(5), signals.next()).await,
                    Ok(told)
                );
            }
            signals.forget_stop();
            kill_process(getpid(), Sent::TSTP).unwrap();
            kill_process(getpid(), Sent::CONT).unwrap();
            kill_process(getpid(), Sent::TERM).unwrap();
            assert_eq!(
                timeout(Duration::from_secs(5), signals.next()).await,
                Ok(Signal::End(15))
            );
        }
    }
}

/// Elsewhere there are no such signals: `next` never answers.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Signals(());

#[cfg(not(unix))]
impl Signals {
    /// Nothing to listen to.
    ///
    /// # Errors
    /// None.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self(()))
    }

    /// Never answers.
    pub async fn next(&mut self) -> Signal {
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use super::Signal;

    #[test]
    fn an_end_by_signal_n_exits_with_128_and_n() {
        let codes = [1, 2, 3, 15].map(|number| Signal::End(number).exit_code());
        assert_eq!(codes, [Some(129), Some(130), Some(131), Some(143)]);
        assert_eq!(
            Signal::Suspend.exit_code().or(Signal::Continue.exit_code()),
            None
        );
    }
}
