//! The nouns of the domain: ids, messages, failures, and the text they may be shown as.
//! Never here: tokio, reqwest, ratatui, crossterm, files or the clock.

pub mod batch;
pub mod body;
pub mod endpoint;
pub mod explain;
pub mod face;
pub mod failure;
pub mod file_form;
pub mod filter;
pub mod html;
pub mod id;
pub mod json;
pub mod kind;
pub mod link;
pub mod listed;
pub mod looks;
pub mod mask;
pub mod message;
pub mod outline;
pub mod path;
pub mod payload;
pub mod progress;
pub mod saving;
pub mod shown;
pub mod snapshot;
pub mod status;
pub mod text;
pub mod timeline;
pub mod transcript;
pub mod verdict;
pub mod whom;
