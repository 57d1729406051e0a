//! What the tests share: servers that answer exact bytes, terminals that read exact bytes.

pub(crate) mod accounts;
pub(crate) mod answers;
pub(crate) mod asker;
pub(crate) mod clients;
pub(crate) mod fixtures;
pub(crate) mod folder;
pub(crate) mod gzip;
pub(crate) mod limit;
pub(crate) mod linking;
pub(crate) mod play;
pub(crate) mod program;
pub(crate) mod pty;
pub(crate) mod sequences;
pub(crate) mod settings;
pub(crate) mod shelf;
pub(crate) mod trap;
pub(crate) mod wire;
