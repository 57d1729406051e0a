//! The thread that owns this computer's clipboard for the program's life, and the patience with which it is awaited.
//! Never joined, never awaited again once it has kept us waiting: an X server may accept and then say nothing for ever.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

/// Why the text is not on this computer's clipboard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NativeFailure {
    /// The display server's own reason, or the lack of one.
    #[error("this computer's clipboard refused: {0}")]
    Refused(String),
    #[error("this computer's clipboard did not answer")]
    Silent,
    #[error("this computer's clipboard could not be kept open")]
    Ended,
}

/// Puts a text on an open clipboard. It is made and used on the thread alone, so it need not be `Send`.
pub(super) type Setter = Box<dyn FnMut(&str) -> Result<(), NativeFailure>>;
type Opener = Arc<dyn Fn() -> Result<Setter, NativeFailure> + Send + Sync>;

/// A text on its way to the thread.
struct Errand {
    text: String,
    done: oneshot::Sender<Result<(), NativeFailure>>,
}

pub(super) struct Native {
    open: Opener,
    patience: Duration,
    /// Empty until the first copy; `None` in it if the thread could not be started.
    errands: OnceLock<Option<mpsc::Sender<Errand>>>,
    abandoned: AtomicBool,
}

impl Native {
    pub(super) fn new(
        patience: Duration,
        open: impl Fn() -> Result<Setter, NativeFailure> + Send + Sync + 'static,
    ) -> Self {
        Self {
            open: Arc::new(open),
            patience,
            errands: OnceLock::new(),
            abandoned: AtomicBool::new(false),
        }
    }

    /// Puts the text on the clipboard, or gives up when patience ends.
    pub(super) async fn set(&self, text: String) -> Result<(), NativeFailure> {
        if self.abandoned.load(Ordering::Relaxed) {
            return Err(NativeFailure::Silent);
        }
        let errands = self.errands.get_or_init(|| start(Arc::clone(&self.open)));
        let (done, answer) = oneshot::channel();
        let errand = Errand { text, done };
        if errands.as_ref().is_none_or(|to| to.send(errand).is_err()) {
            return Err(NativeFailure::Ended);
        }
        match timeout(self.patience, answer).await {
            Ok(Ok(set)) => set,
            Ok(Err(_)) => Err(NativeFailure::Ended),
            Err(_) => {
                self.abandoned.store(true, Ordering::Relaxed);
                Err(NativeFailure::Silent)
            }
        }
    }
}

fn start(open: Opener) -> Option<mpsc::Sender<Errand>> {
    let (errands, incoming) = mpsc::channel();
    let thread = thread::Builder::new().name("clipboard".to_owned());
    match thread.spawn(move || run(&open, incoming)) {
        Ok(_never_joined) => Some(errands),
        // The caller says `Ended`: which limit of the system was met changes nothing for it.
        Err(_) => None,
    }
}

fn run(open: &Opener, incoming: mpsc::Receiver<Errand>) {
    let mut opened: Option<Setter> = None;
    for errand in incoming {
        let set = match &mut opened {
            Some(set) => Ok(set),
            None => open().map(|set| opened.insert(set)),
        };
        // Opening may have hung for minutes: a text that nobody waits for any more must not replace a newer one.
        if errand.done.is_closed() {
            continue;
        }
        // A failure leaves the clipboard open: closing it could hang, and takes what others may still paste.
        let answer = set.and_then(|set| set(&errand.text));
        // Nobody may be waiting any more, which is theirs to know.
        let _ = errand.done.send(answer);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

    use super::*;
    use futures_util::FutureExt;
    use std::sync::Mutex;

    const LONG: Duration = Duration::from_secs(20);
    const SHORT: Duration = Duration::from_millis(30);

    fn refusal() -> NativeFailure {
        NativeFailure::Refused("no display".to_owned())
    }

    #[tokio::test]
    async fn one_thread_opens_the_clipboard_once_and_takes_every_text() {
        let (taken, texts) = mpsc::channel();
        let native = Native::new(LONG, move || {
            let taken = taken.clone();
            taken.send("open".to_owned()).unwrap();
            Ok(Box::new(move |text| {
                taken.send(text.to_owned()).unwrap();
                Ok(())
            }))
        });
        assert_eq!(texts.try_iter().count(), 0, "nothing is opened in advance");
        assert_eq!(native.set("a".to_owned()).await, Ok(()));
        assert_eq!(native.set("b".to_owned()).await, Ok(()));
        assert_eq!(texts.try_iter().collect::<Vec<_>>(), ["open", "a", "b"]);
    }

    #[tokio::test]
    async fn a_clipboard_that_could_not_be_opened_is_tried_again() {
        let tries = AtomicBool::new(false);
        let native = Native::new(LONG, move || {
            if tries.swap(true, Ordering::Relaxed) {
                Ok(Box::new(|_| Ok(())))
            } else {
                Err(refusal())
            }
        });
        assert_eq!(native.set("a".to_owned()).await, Err(refusal()));
        assert_eq!(native.set("a".to_owned()).await, Ok(()));
    }

    #[tokio::test]
    async fn a_thread_that_kept_us_waiting_is_not_awaited_again() {
        let (release, held) = mpsc::channel::<()>();
        let held = Mutex::new(held);
        let (taken, texts) = mpsc::channel();
        let native = Native::new(SHORT, move || {
            held.lock().unwrap().recv().unwrap();
            let taken = taken.clone();
            Ok(Box::new(move |text| {
                taken.send(text.to_owned()).unwrap();
                Ok(())
            }))
        });
        assert_eq!(
            native.set("old".to_owned()).await,
            Err(NativeFailure::Silent)
        );
        let again = native.set("new".to_owned()).now_or_never();
        assert_eq!(again, Some(Err(NativeFailure::Silent)));

        release.send(()).unwrap();
        drop(native);
        assert_eq!(
            texts.iter().count(),
            0,
            "a late clipboard takes no abandoned text"
        );
    }

    #[tokio::test]
    async fn a_thread_that_ended_is_a_failure_and_not_a_wait() {
        let native = Native::new(LONG, || {
            Ok(Box::new(|_| std::panic::resume_unwind(Box::new(()))))
        });
        for _ in 0..2 {
            assert_eq!(native.set("a".to_owned()).await, Err(NativeFailure::Ended));
        }
    }
}
