//! Asking the API: where and as whom, one request, and what its answer means.
//! Never a terminal, never `app`, and nothing but GET; only `client` knows the HTTP library.

pub mod client;
pub mod clients;
pub mod decode;
mod fault;
mod files;
mod governor;
mod headers;
pub mod log;
mod lookup;
pub mod pace;
pub mod request;
pub mod retry;
mod survey;
pub mod token;
