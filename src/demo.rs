//! The demo: a small API inside the program, on a loopback port, with messages of invented people.
//! Never here: anything of the console's own. It is spoken to over HTTP, as the real API is.

mod allowance;
mod answer;
mod gate;
mod linked;
mod messages;
mod recordings;
mod server;
mod troubles;

use std::io;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// The demo while it runs; dropping it closes the port and every connection.
#[derive(Debug)]
pub struct Demo {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub base_url: String,
    /// The one token the demo accepts. It opens nothing else.
    pub token: SecretString,
    serving: AbortHandle,
}

/// Starts the demo on a free port of 127.0.0.1, as a task of the current tokio runtime.
///
/// Fails when no loopback port can be opened.
pub async fn start() -> io::Result<Demo> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let serving = tokio::spawn(server::serve(listener)).abort_handle();
    Ok(Demo {
        base_url,
        token: SecretString::from(gate::TOKEN),
        serving,
    })
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The same in words of their own, for the console, where few fit: after each third message a failure.
pub fn hints() -> impl Iterator<Item = (String, String)> {
    let (mut messages, mut troubles) = (messages::examples(), troubles::examples());
    let mixed = std::iter::from_fn(move || {
        let few: Vec<_> = messages
            .by_ref()
            .take(3)
            .chain(troubles.by_ref().take(1))
            .collect();
        (!few.is_empty()).then_some(few)
    });
    let owned = |(id, what): (&str, &str)| (id.to_owned(), what.to_owned());
    mixed.flatten().map(owned)
}

/// Every id worth trying, with a few words on what it shows: messages first, then failures.
pub fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    messages::examples().chain(troubles::examples())
}

/// The ids the demo's history starts with, newest first.
///
/// Each is answered at once and the same way every time.
pub const fn seen_first() -> &'static [&'static str] {
    &[
        "VY80mMXYjmpyLMocAVq5",
        "ve9EPM428h8vShlRW1KT",
        "Px8me2K3yYDve2Y2enXh",
        "idnmc3DlXvdXQO4pxHLy",
        troubles::NOT_FOUND,
        "Dq7Yt2NvKx5WcZs9HbLp",
        "STAjKD1GNDCJfbNOjHzr",
        "Yb3GfXw7Kd9RvTs5PmLq",
        "Ce6Wp2YvLx9TkQd4HzRm",
        "Tz5Rk2WqYb8NdLm4XsVc",
    ]
}

#[cfg(test)]
mod tests {
    use super::{examples, seen_first};

    #[test]
    fn every_example_is_an_id_of_its_own_and_says_what_it_shows() {
        let mut ids: Vec<_> = examples().map(|(id, _)| id).collect();
        for (id, shows) in examples() {
            assert_eq!(id.len(), 20, "{id}");
            assert!(id.bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
            assert!(!shows.is_empty(), "{id}");
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), examples().count());
    }

    #[test]
    fn what_is_seen_first_is_among_the_examples() {
        for id in seen_first() {
            assert!(examples().any(|(example, _)| example == *id), "{id}");
        }
    }
}
