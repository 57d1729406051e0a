//! One connection on a bare socket, for what a server that reads requests cannot do.
//! Never here: HTTP.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// Accepts one connection and no other, and lets `talk` have it.
pub(super) fn once<T: Send + 'static>(
    talk: impl FnOnce(&mut TcpStream) -> T + Send + 'static,
) -> (SocketAddr, JoinHandle<T>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let talking = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        drop(listener);
        talk(&mut stream)
    });
    (address, talking)
}

/// Reads what has arrived, and answers with these bytes.
pub(super) fn answer(stream: &mut TcpStream, bytes: &[u8]) {
    let mut arrived = [0; 8192];
    let length = stream.read(&mut arrived).unwrap();
    assert!(length > 0, "something was sent");
    stream.write_all(bytes).unwrap();
}
