//! Writes answers to a file that was named: beside it first, then under its name.
//! Never over a file that is there, unless that was asked for.

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
