//! A place where nothing may be sent, not even an attempt to connect.
//! Never here: an answer.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};

/// A listener that nobody should find: the system would take a connection in for it.
pub(crate) struct Trap(TcpListener);

impl Trap {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    /// Whether anybody connected since the start or the last time.
    pub(crate) fn is_sprung(&self) -> bool {
        self.0.accept().is_ok()
    }

    /// Fails if anybody connected since the start or the last time.
    #[track_caller]
    pub(crate) fn assert_untouched(&self) {
        let found = self.0.accept().map(|(_, from)| from);
        let nobody = found
            .as_ref()
            .is_err_and(|error| error.kind() == ErrorKind::WouldBlock);
        assert!(nobody, "somebody was here: {found:?}");
    }
}

#[test]
#[should_panic(expected = "somebody was here")]
fn a_connection_springs_it() {
    let trap = Trap::new();
    trap.assert_untouched();
    let _stream = std::net::TcpStream::connect(trap.address()).unwrap();
    trap.assert_untouched();
}
