//! What went wrong below HTTP, told from an error and its sources.
//! Never quotes a URL or a proxy: the caller takes the URL out of the error first.

use std::error::Error;
use std::io;

use crate::model::failure::NetworkFault;

/// More than any library's words need.
const MOST_CHARACTERS: usize = 200;

/// The fault at the bottom of `error`; that a name was not found only the HTTP library can tell.
pub(super) fn network_fault(error: &(dyn Error + 'static)) -> NetworkFault {
    let links = links(error);
    let known = links.iter().rev().find_map(|link| {
        if let Some(error) = link.downcast_ref::<io::Error>() {
            return of_io(error);
        }
        let error = link.downcast_ref::<hyper::Error>()?;
        let closed = error.is_incomplete_message() || error.is_closed() || error.is_canceled();
        closed.then_some(NetworkFault::Closed)
    });
    known.unwrap_or_else(|| NetworkFault::Other(http_words(&words(&links))))
}

/// Whether bytes came that are not what they were called.
pub(super) fn is_garbled(error: &(dyn Error + 'static)) -> bool {
    let io = |link: &&(dyn Error + 'static)| link.downcast_ref::<io::Error>().map(io::Error::kind);
    links(error)
        .iter()
        .filter_map(io)
        .any(|kind| kind == io::ErrorKind::InvalidData)
}

/// The words of the innermost error.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    words(&links(error))
}

/// `error` and all that is below it.
fn links<'e>(error: &'e (dyn Error + 'static)) -> Vec<&'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |link| below(*link)).collect()
}

/// The error below `link`. The standard library names what is below an `io::Error`'s own payload, not the payload.
fn below<'e>(link: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    let payload = link
        .downcast_ref::<io::Error>()
        .and_then(|error| error.get_ref());
    match payload {
        Some(payload) => Some(payload),
        None => link.source(),
    }
}

fn of_io(error: &io::Error) -> Option<NetworkFault> {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some(NetworkFault::Refused),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::NotConnected
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Some(NetworkFault::Closed),
        // What rustls finds wrong comes wrapped so; nothing else below HTTP judges bytes.
        io::ErrorKind::InvalidData => Some(NetworkFault::Tls(tls_words(&innermost(error)))),
        _ => None,
    }
}

/// The commonest faults in plain words, the others in the library's.
fn tls_words(words: &str) -> String {
    let plain = [
        ("UnknownIssuer", "certificate not trusted"),
        ("BadSignature", "certificate not trusted"),
        ("certificate expired", "certificate expired"),
        ("Expired", "certificate expired"),
        ("not valid yet", "certificate not valid yet"),
        ("not valid for name", "certificate of another name"),
        ("NotValidForName", "certificate of another name"),
        ("corrupt message", "the other side does not speak TLS"),
        ("invalid peer certificate", "certificate not trusted"),
    ];
    plain_words(words, &plain)
}

/// The first of these that the library's words hold, in ours.
fn plain_words(words: &str, plain: &[(&str, &str)]) -> String {
    let found = plain.iter().find(|(theirs, _)| words.contains(theirs));
    found.map_or_else(|| words.to_owned(), |(_, ours)| (*ours).to_owned())
}

/// What is no HTTP, and what a proxy does not do, in plain words.
fn http_words(words: &str) -> String {
    let plain = [
        ("invalid HTTP", "the other side does not speak HTTP"),
        (
            "proxy authorization required",
            "the proxy asks for a name and a password",
        ),
        (
            "tunnel error: unexpected end",
            "the proxy closed the connection",
        ),
        ("tunnel error", "the proxy does not let it through"),
    ];
    plain_words(words, &plain)
}

fn words(links: &[&(dyn Error + 'static)]) -> String {
    let words = links.last().map(ToString::to_string).unwrap_or_default();
    let words = words.split(" (os error").next().unwrap_or_default();
    words.chars().take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(error: io::Error) -> NetworkFault {
        network_fault(&io::Error::other(error))
    }

    #[test]
    fn the_innermost_error_tells_what_happened() {
        for (kind, expected) in [
            (io::ErrorKind::ConnectionRefused, NetworkFault::Refused),
            (io::ErrorKind::ConnectionReset, NetworkFault::Closed),
            (io::ErrorKind::UnexpectedEof, NetworkFault::Closed),
        ] {
            assert_eq!(fault(kind.into()), expected);
        }
    }

    #[test]
    fn tls_faults_are_told_in_plain_words() {
        for (theirs, ours) in [
            (
                "invalid peer certificate: UnknownIssuer",
                "certificate not trusted",
            ),
            (
                "invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))",
                "certificate not trusted",
            ),
            (
                "received corrupt message of type InvalidContentType",
                "the other side does not speak TLS",
            ),
            (
                "received fatal alert: ProtocolVersion",
                "received fatal alert: ProtocolVersion",
            ),
        ] {
            let error = io::Error::new(io::ErrorKind::InvalidData, theirs);
            assert_eq!(fault(error), NetworkFault::Tls(ours.to_owned()));
        }
    }

    #[test]
    fn any_other_fault_is_told_in_the_librarys_words_without_their_number() {
        let unreachable = io::Error::from_raw_os_error(113);
        let NetworkFault::Other(words) = fault(unreachable) else {
            unreachable!("no known fault")
        };
        assert!(!words.is_empty() && !words.contains("os error"), "{words}");
    }
}
