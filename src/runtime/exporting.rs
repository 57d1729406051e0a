//! Files by the names that were typed: answers are written to one, ids are read from one.
//! Never over a file that is there, unless that was asked for.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::download::Downloads;
use super::partial::{Partial, disk};
use super::worker::Done;
use crate::app::Event;
use crate::app::effect::Export;
use crate::export::file;
use crate::model::explain::Explanations;
use crate::model::id::{self, IdError, MessageId};
use crate::model::text::bytes;

/// Blocks while the disk works.
pub(super) fn export(export: Export, downloads: &Downloads, known: &Arc<Explanations>) -> Done {
    let text = file::text(export.form, &export.snapshots, known);
    let path = downloads.named(&export.path);
    let shown = downloads.shown(&path);
    let event = match written(&path, &text, export.over, downloads) {
        Ok(()) => {
            let size = bytes(text.len() as u64);
            Event::Exported(Ok(format!("Wrote {shown}, {size}")))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && !path.is_dir() => {
            Event::Exported(Err(Box::new(export)))
        }
        Err(error) => {
            let folder = path.parent().unwrap_or(Path::new("."));
            Event::Trouble(format!(
                "Not written: {}",
                disk(&error, &downloads.shown(folder))
            ))
        }
    };
    Done {
        wrote: true,
        ..event.into()
    }
}

/// The ids of a file, a line each, as they are found in what is pasted; and how many lines hold none.
pub(super) fn read_ids(path: &str, downloads: &Downloads) -> Event {
    let path = downloads.named(path);
    let shown = downloads.shown(&path);
    let size = path.metadata().map(|file| file.len());
    let read = match size {
        Ok(size) if size > LARGEST => Err(format!(
            "{shown} is larger than {}: no list of ids",
            bytes(LARGEST)
        )),
        _ => fs::read(&path).map_err(|error| format!("{shown} cannot be read: {}", error.kind())),
    };
    Event::IdsRead(read.map(|text| ids(&String::from_utf8_lossy(&text))))
}

/// A hundred times what a list of ids has.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What is no id by its length is taken for one only where there is no other: lists have headings.
fn ids(text: &str) -> (Vec<MessageId>, usize) {
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    let (mut odd, mut skipped) = (Vec::new(), 0);
    let lines = text.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match id::find(line) {
            Ok(found) => {
                let new = found.ids.into_iter().filter(|id| seen.insert(id.clone()));
                all.extend(new);
            }
            Err(IdError::Length { id }) => odd.push(id),
            Err(_) => skipped += 1,
        }
    }
    if all.is_empty() {
        all.extend(odd.into_iter().filter(|id| seen.insert(id.clone())));
    } else {
        skipped += odd.len();
    }
    (all, skipped)
}

fn written(path: &Path, text: &[u8], over: bool, downloads: &Downloads) -> io::Result<()> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or(io::ErrorKind::InvalidInput)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut partial = Partial::beside(folder, name, downloads.partials.clone())?;
    partial.write(text)?;
    partial.keep_as(path, over)
}

#[cfg(test)]
mod tests {
    use super::{MessageId, ids};

    #[test]
    fn a_list_may_have_a_heading_comments_blank_lines_and_an_id_twice() {
        let list = "id\n# of Monday\n\nVY80mMXYjmpyLMocAVq5\r\nve9EPM428h8vShlRW1KT,failed\n\
                    VY80mMXYjmpyLMocAVq5\n???\n";
        let (all, skipped) = ids(list);
        let all: Vec<&str> = all.iter().map(MessageId::as_str).collect();
        assert_eq!(all, ["VY80mMXYjmpyLMocAVq5", "ve9EPM428h8vShlRW1KT"]);
        assert_eq!(skipped, 2);
    }

    #[test]
    fn ids_of_another_length_are_taken_where_there_are_no_others() {
        let (all, skipped) = ids("shortId7\n");
        assert_eq!((all.len(), skipped), (1, 0));
    }
}
