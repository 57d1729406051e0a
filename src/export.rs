//! A snapshot as text for others to read, a file a format.
//! Never the token, and never a terminal's control characters where a terminal reads.

pub mod csv;
pub mod curl;
pub mod fields;
pub mod file;
pub mod history;
pub mod json;
pub mod markdown;
pub mod ndjson;
pub mod pretty;
