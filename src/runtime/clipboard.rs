//! A text on its way to a clipboard: this computer's, tmux's, or by an escape the one of the terminal.
//! Never changes the text, and never writes to the terminal: the loop does, between two frames.

mod copied;
mod native;
mod osc52;
mod tmux;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub use copied::{Copied, NoWay, Outcome};
pub use native::NativeFailure;

use crate::environment::{Hint, Route};
use native::{Native, Setter};
use osc52::TooLong;
use tmux::{Taken, Tmux};

/// How long this computer's clipboard may take. An X server answers in a few milliseconds or never.
const NATIVE_PATIENCE: Duration = Duration::from_millis(500);
/// How long one command of tmux may take.
const TMUX_LIMIT: Duration = Duration::from_secs(1);
/// On X11 and Wayland a text belongs to the program that copied it and goes with it; the terminal's copy stays.
const DIES_WITH_US: bool = cfg!(all(unix, not(target_os = "macos")));

/// The ways out. One for the program's life, shared by its tasks; nothing is opened before the first copy needs it.
pub struct Clipboard {
    native: Native,
    tmux: Tmux,
    hint: Option<Hint>,
    hinted: AtomicBool,
}

impl Clipboard {
    /// `hint` is said beside the first text that goes to the terminal of another computer, or through screen.
    /// `token_variables` names the variables that may hold a token: they are kept from tmux.
    pub fn new(hint: Option<Hint>, token_variables: Vec<String>) -> Self {
        Self {
            native: Native::new(NATIVE_PATIENCE, open_system_clipboard),
            tmux: Tmux {
                program: PathBuf::from("tmux"),
                limit: TMUX_LIMIT,
                token_variables,
            },
            hint,
            hinted: AtomicBool::new(false),
        }
    }

    /// Copies `text` as it is. Takes half a second at most on a native route, two seconds where tmux hangs.
    pub async fn copy(&self, text: String, route: Route) -> Copied {
        match route {
            Route::Off => Copied::without_escape(Outcome::Off),
            Route::Nowhere => Copied::without_escape(Outcome::NoWay(NoWay::LinuxConsole)),
            Route::Tmux => match self.tmux.load(&text).await {
                Ok(Taken::Forwarded) => Copied::without_escape(Outcome::SentThroughTmux),
                Ok(Taken::Buffered) => Copied::without_escape(Outcome::InTmuxBuffer),
                Err(_) => to_terminal(&text),
            },
            Route::TmuxAndNative => self.copy_to_tmux_and_here(&text).await,
            Route::Screen => self.hinting(by_escape(
                Outcome::SentThroughScreen,
                osc52::through_screen(&text),
            )),
            Route::Terminal => self.hinting(to_terminal(&text)),
            Route::Local => {
                let native = self.native.set(text.clone()).await;
                here(native, &text, DIES_WITH_US)
            }
            Route::Native => Copied::without_escape(match self.native.set(text).await {
                Ok(()) => Outcome::Confirmed,
                Err(failure) => Outcome::NoWay(NoWay::Native(failure)),
            }),
        }
    }

    async fn copy_to_tmux_and_here(&self, text: &str) -> Copied {
        let (tmux, native) = tokio::join!(self.tmux.load(text), self.native.set(text.to_owned()));
        match (tmux, native) {
            // Even if this computer has it too: tmux may have been left here and attached to from afar, and then
            // only what tmux forwards reaches the one who copies.
            (Ok(Taken::Forwarded), _) => Copied::without_escape(Outcome::SentThroughTmux),
            (Ok(Taken::Buffered), Ok(())) => Copied::without_escape(Outcome::Confirmed),
            (Ok(Taken::Buffered), Err(_)) => Copied::without_escape(Outcome::InTmuxBuffer),
            (Err(_), native) => here(native, text, DIES_WITH_US),
        }
    }

    fn hinting(&self, mut copied: Copied) -> Copied {
        if copied.escape.is_some() && !self.hinted.swap(true, Ordering::Relaxed) {
            copied.hint = self.hint;
        }
        copied
    }
}

/// Runs on the clipboard's thread; the clipboard stays open there, because its texts end with it.
fn open_system_clipboard() -> Result<Setter, NativeFailure> {
    let mut clipboard = arboard::Clipboard::new().map_err(refused)?;
    Ok(Box::new(move |text| {
        clipboard.set_text(text).map_err(refused)
    }))
}

fn refused(error: arboard::Error) -> NativeFailure {
    NativeFailure::Refused(match error {
        arboard::Error::Unknown { description } => description,
        known => known.to_string().trim_end_matches('.').to_owned(),
    })
}

/// This computer's clipboard, backed by the terminal where the text would die with us or has no other way.
fn here(native: Result<(), NativeFailure>, text: &str, dies_with_us: bool) -> Copied {
    match native {
        Ok(()) => Copied {
            // Too long to be sent as well is no loss that anyone must hear of: it is on the clipboard.
            escape: dies_with_us.then(|| osc52::raw(text).ok()).flatten(),
            ..Copied::without_escape(Outcome::Confirmed)
        },
        Err(_) => to_terminal(text),
    }
}

fn to_terminal(text: &str) -> Copied {
    by_escape(Outcome::SentToTerminal, osc52::raw(text))
}

fn by_escape(sent: Outcome, escape: Result<Vec<u8>, TooLong>) -> Copied {
    match escape {
        Ok(escape) => Copied {
            escape: Some(escape),
            ..Copied::without_escape(sent)
        },
        Err(TooLong { bytes }) => Copied::without_escape(Outcome::TooLong { bytes }),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::tmux::fake;
    use super::*;
    use tempfile::TempDir;

    const PATIENT: Duration = Duration::from_secs(20);
    const ESCAPE: &[u8] = b"\x1b]52;c;eA==\x07";
    const TOO_LONG: usize = 12_001;

    fn unreachable_display() -> Result<Setter, NativeFailure> {
        Err(NativeFailure::Refused("no display".to_owned()))
    }

    fn clipboard((folder, tmux): (TempDir, Tmux), native: Native) -> (TempDir, Clipboard) {
        let clipboard = Clipboard {
            native,
            tmux,
            hint: Some(Hint::ITerm2),
            hinted: AtomicBool::new(false),
        };
        (folder, clipboard)
    }

    fn silent_here(tmux: (TempDir, Tmux)) -> (TempDir, Clipboard) {
        clipboard(tmux, Native::new(PATIENT, unreachable_display))
    }

    fn heard_here(tmux: (TempDir, Tmux)) -> (TempDir, Clipboard) {
        clipboard(tmux, Native::new(PATIENT, || Ok(Box::new(|_| Ok(())))))
    }

    fn stale() -> (TempDir, Tmux) {
        fake::tmux("exit 1", PATIENT)
    }

    fn sent(outcome: Outcome) -> Copied {
        by_escape(outcome, Ok(ESCAPE.to_vec()))
    }

    async fn copy(clipboard: &Clipboard, route: Route) -> Copied {
        clipboard.copy("x".to_owned(), route).await
    }

    #[tokio::test]
    async fn switched_off_and_the_linux_console_copy_nothing() {
        let (_folder, clipboard) = heard_here(stale());
        let off = Copied::without_escape(Outcome::Off);
        assert_eq!(copy(&clipboard, Route::Off).await, off);
        let nowhere = Copied::without_escape(Outcome::NoWay(NoWay::LinuxConsole));
        assert_eq!(copy(&clipboard, Route::Nowhere).await, nowhere);
    }

    #[tokio::test]
    async fn what_tmux_took_is_said_to_be_where_tmux_put_it() {
        let (_folder, clipboard) = heard_here(fake::taking("clipboard"));
        let through = Copied::without_escape(Outcome::SentThroughTmux);
        assert_eq!(copy(&clipboard, Route::Tmux).await, through);
        assert_eq!(copy(&clipboard, Route::TmuxAndNative).await, through);

        let (_folder, clipboard) = silent_here(fake::taking("title"));
        let buffered = Copied::without_escape(Outcome::InTmuxBuffer);
        assert_eq!(copy(&clipboard, Route::Tmux).await, buffered);
        assert_eq!(copy(&clipboard, Route::TmuxAndNative).await, buffered);

        let (_folder, clipboard) = heard_here(fake::taking("title"));
        let confirmed = Copied::without_escape(Outcome::Confirmed);
        assert_eq!(copy(&clipboard, Route::TmuxAndNative).await, confirmed);
    }

    #[tokio::test]
    async fn where_tmux_refuses_the_terminal_is_tried() {
        let (_folder, clipboard) = silent_here(stale());
        let terminal = sent(Outcome::SentToTerminal);
        assert_eq!(copy(&clipboard, Route::Tmux).await, terminal);
        assert_eq!(copy(&clipboard, Route::TmuxAndNative).await, terminal);

        let (_folder, clipboard) = heard_here(stale());
        let copied = copy(&clipboard, Route::TmuxAndNative).await;
        assert_eq!(copied.outcome, Outcome::Confirmed);
    }

    #[tokio::test]
    async fn a_native_copy_is_confirmed_and_backed_where_it_would_die_with_us() {
        let (_folder, clipboard) = heard_here(stale());
        assert_eq!(
            copy(&clipboard, Route::Native).await,
            Copied::without_escape(Outcome::Confirmed)
        );
        assert_eq!(
            copy(&clipboard, Route::Local).await,
            here(Ok(()), "x", DIES_WITH_US)
        );
        assert_eq!(here(Ok(()), "x", true), sent(Outcome::Confirmed));
        assert_eq!(
            here(Ok(()), "x", false),
            Copied::without_escape(Outcome::Confirmed)
        );
    }

    #[tokio::test]
    async fn a_display_that_cannot_be_reached_ends_in_the_words_of_the_terminal() {
        let (_folder, clipboard) = silent_here(stale());
        let copied = copy(&clipboard, Route::Local).await;
        assert_eq!(copied, sent(Outcome::SentToTerminal));
        assert_eq!(
            copied.notice("the answer", Some("v")),
            "Answer sent to your terminal (cannot be confirmed) · v view"
        );
        let failure = NativeFailure::Refused("no display".to_owned());
        assert_eq!(
            copy(&clipboard, Route::Native).await,
            Copied::without_escape(Outcome::NoWay(NoWay::Native(failure)))
        );
    }

    #[tokio::test]
    async fn a_display_that_never_answers_delays_a_copy_once() {
        let hangs = || -> Result<Setter, NativeFailure> {
            loop {
                std::thread::park();
            }
        };
        let native = Native::new(Duration::from_millis(30), hangs);
        let (_folder, clipboard) = clipboard(stale(), native);
        for _ in 0..2 {
            let copied = copy(&clipboard, Route::Local).await;
            assert_eq!(copied, sent(Outcome::SentToTerminal));
        }
    }

    #[tokio::test]
    async fn a_text_too_long_for_an_escape_still_goes_where_length_does_not_matter() {
        let long = "x".repeat(TOO_LONG);
        let too_long = Copied::without_escape(Outcome::TooLong { bytes: TOO_LONG });
        let (_folder, clipboard) = silent_here(fake::taking("clipboard"));
        for route in [Route::Terminal, Route::Screen, Route::Local] {
            let copied = clipboard.copy(long.clone(), route).await;
            assert_eq!(copied, too_long, "{route}");
        }
        let copied = clipboard.copy(long.clone(), Route::Tmux).await;
        assert_eq!(copied.outcome, Outcome::SentThroughTmux);
        let native_alone = Copied::without_escape(Outcome::Confirmed);
        assert_eq!(here(Ok(()), &long, true), native_alone);
    }

    #[tokio::test]
    async fn only_the_first_text_sent_to_a_far_terminal_brings_the_hint() {
        let (_folder, clipboard) = silent_here(stale());
        assert_eq!(copy(&clipboard, Route::Local).await.hint, None);
        let long = "x".repeat(TOO_LONG);
        assert_eq!(clipboard.copy(long, Route::Terminal).await.hint, None);
        let first = copy(&clipboard, Route::Screen).await;
        assert_eq!(first.outcome, Outcome::SentThroughScreen);
        assert_eq!(first.hint, Some(Hint::ITerm2));
        assert_eq!(copy(&clipboard, Route::Terminal).await.hint, None);
    }

    /// Where the machine that runs the tests has no display, the real clipboard says so at once and does not hang.
    #[tokio::test]
    async fn the_real_clipboard_answers_or_refuses_within_its_patience() {
        if std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some() {
            return; // A test must not overwrite what someone has copied.
        }
        let clipboard = Clipboard::new(None, Vec::new());
        let copied = copy(&clipboard, Route::Native).await;
        if DIES_WITH_US {
            let refused = |outcome: &Outcome| {
                matches!(
                    outcome,
                    Outcome::NoWay(NoWay::Native(NativeFailure::Refused(_)))
                )
            };
            assert!(refused(&copied.outcome), "{copied:?}");
        }
    }
}
