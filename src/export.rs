//! A snapshot as text for others to read, a file a format.
//! Never the token, and never a terminal's control characters where a terminal reads.

pub mod curl;
pub mod json;
pub mod ndjson;
pub mod pretty;
