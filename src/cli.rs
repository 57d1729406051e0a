//! The other face: commands that print and exit, a file a command.
//! Never prints by itself: it writes to what it is given.

pub mod get;

use crate::model::id::{IdError, MessageId, find};

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
