//! The other face: commands that print and exit, a file a command.
//! Never prints by itself: it writes to what it is given.

pub mod completions;
pub mod config;
pub mod doctor;
pub mod explain;
pub mod get;
pub mod history;
pub mod man;
pub mod themes;
pub mod view;

use std::io::{self, Write as _};

use crate::model::id::{IdError, MessageId, find};
use crate::model::shown::Shown;

/// The text of an error, harmless: a name or a path in it may come from anywhere.
pub fn harmless(error: &dyn std::error::Error) -> String {
    let lines = Shown::lines(&error.to_string());
    let lines: Vec<&str> = lines.iter().map(Shown::as_str).collect();
    lines.join("\n")
}

/// The exit code of an error that stops the program before it begins.
pub fn exit_code(error: &(dyn std::error::Error + 'static)) -> u8 {
    let unread = error.downcast_ref::<view::Unread>();
    unread.map_or(2, view::Unread::exit_code)
}

/// The exit code of a command that printed. A reader that went away is no error.
fn code(printed: io::Result<u8>) -> u8 {
    match printed {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            // There is nothing left to tell it to if this fails too.
            let _ = writeln!(io::stderr(), "msgscope: {error}");
            1
        }
    }
}

/// The ids among the arguments of the console. One of an odd length is asked for all the same.
pub fn ids(arguments: &[impl AsRef<str>]) -> Result<Vec<MessageId>, IdError> {
    let mut ids = Vec::new();
    for argument in arguments {
        match find(argument.as_ref()) {
            Ok(found) => ids.extend(found.ids),
            Err(IdError::Length { id }) => ids.push(id),
            Err(error) => return Err(error),
        }
    }
    Ok(ids)
}
