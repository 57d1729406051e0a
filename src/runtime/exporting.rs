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

fn ids(text: &str) -> (Vec<MessageId>, usize) {
    let (mut all, mut seen, mut skipped) = (Vec::new(), HashSet::new(), 0);
    let lines = text.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match id::find(line) {
            Ok(found) => all.extend(found.ids.into_iter().filter(|id| seen.insert(id.clone()))),
            Err(IdError::Length { id }) => {
                all.extend(Some(id).filter(|id| seen.insert(id.clone())));
            }
            Err(_) => skipped += 1,
        }
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
