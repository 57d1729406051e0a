//! `msgscope view`: a saved payload, read for the console to begin with.
//! Never the network, and never a file changed or made.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use jiff::Timestamp;

use crate::args::View;
use crate::config::Config;
use crate::model::payload::{LIMIT, Payload, Unrecognised, Whence};
use crate::model::shown::visible;

/// What the console begins with.
pub type Begun = (Config, Option<Payload>);

/// What standard input is called.
const INPUT: &str = "standard input";

/// Why there is nothing to look at.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {why}")]
pub struct Unread {
    name: String,
    why: Why,
}

#[derive(Debug, thiserror::Error)]
enum Why {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("it is larger than 64 MiB, which is not read; take a part of it")]
    TooLarge,
    #[error(
        "{0}\nexpected: an answer of the API, a page of messages, an email record or a webhook's body;\n\
         or several of them, in an array or one a line"
    )]
    Unrecognised(#[from] Unrecognised),
}

impl Unread {
    pub(super) fn exit_code(&self) -> u8 {
        match self.why {
            Why::Io(_) | Why::TooLarge => 1,
            Why::Unrecognised(_) => 4,
        }
    }
}

/// What stands in the file, and the settings to look at it with.
pub fn read(mut config: Config, view: &View) -> Result<Begun, Unread> {
    let from_input = view.file == Path::new("-");
    let (name, path) = match view.file.file_name() {
        Some(name) if !from_input => (name.to_string_lossy(), view.file.to_string_lossy()),
        _ => (INPUT.into(), INPUT.into()),
    };
    let first = &config.profiles[0];
    let (base_url, version) = (&first.base_url.value, &first.api_version.value);
    let whence = Whence::new(&name, base_url.as_str(), version.as_str());
    config.use_view(whence.name(), from_input);
    let payload = payload(view, from_input, whence).map_err(|why| Unread {
        name: visible(&path),
        why,
    })?;
    Ok((config, Some(payload)))
}

fn payload(view: &View, from_input: bool, whence: Whence) -> Result<Payload, Why> {
    let bytes = if from_input {
        bytes(io::stdin().lock())?
    } else {
        bytes(File::open(&view.file)?)?
    };
    Ok(Payload::new(bytes, whence, Timestamp::now())?)
}

fn bytes(from: impl Read) -> Result<Vec<u8>, Why> {
    let mut bytes = Vec::new();
    from.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(Why::TooLarge);
    }
    Ok(bytes)
}
