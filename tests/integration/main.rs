//! The tests that need the whole program: screens, wire, command line, terminal, architecture, documents.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing"
)]

mod architecture;
mod cli;
mod console;
mod decode;
mod demo;
mod docs;
mod leak;
mod retry;
mod screens;
mod support;
mod terminal;
mod wire;
