//! What the console knows and how it changes: `update(&mut State, Event) -> Vec<Effect>`.
//! Never here: await, crossterm, files, the clock. Time comes in events, work goes out as effects.

pub mod action;
pub mod batch;
pub mod effect;
pub mod event;
pub mod exporting;
pub mod history;
pub mod input;
pub mod layout;
pub mod menu;
pub mod over;
pub mod pointer;
pub mod savings;
pub mod scroll;
pub mod setting;
pub mod state;
pub mod update;
pub mod view;
pub mod watch;

pub use action::{Action, Context};
pub use effect::{Effect, Ticket};
pub use event::Event;
pub use state::State;
pub use update::update;
