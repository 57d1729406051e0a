//! msgscope: paste a HighLevel message id, see what happened to the message.
//!
//! ```text
//!  terminal ── key, paste, size ──► runtime ── key, focus ──► keymap
//!                                      │                        │ Action
//!                                      └───────► Event ◄────────┘
//!                                                  ▼
//!                                  app::update(&mut State, Event) ──► State ──► ui::draw(&State) ──► cells
//!                                      ▲           │
//!               Event: a task's result │           ▼ Vec<Effect>
//!                                   runtime::worker: one tokio task an effect ──► api · store · clipboard · files
//!  (all of it speaks model: MessageId, Message, Snapshot, Row, Failure)
//! ```

pub mod api;
pub mod app;
pub mod args;
pub mod cli;
pub mod config;
pub mod demo;
pub mod environment;
pub mod export;
pub mod keymap;
pub mod model;
pub mod runtime;
pub mod store;
pub mod ui;
