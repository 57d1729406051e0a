//! A file of a message, from the network onto the disk.
//! Never more than a few pieces of it in memory, and never part of a file under the name of a whole one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use tokio::sync::mpsc;

use super::partial::{self, Partial, Partials, disk};
use super::progress::Board;
use super::worker::Done;
use crate::api::clients::Clients;
use crate::api::log::Log;
use crate::app::{Event, Ticket};
use crate::model::saving::{Arrived, Piece, SavedFile, Speed, Unsaved};
use crate::model::shown::visible;

/// Pieces on their way from the network to the disk.
const UNDER_WAY: usize = 4;

/// Where files are saved. Cheap to clone.
#[derive(Clone)]
pub struct Downloads {
    folder: Arc<Path>,
    /// What `~` stands for.
    home: Option<Arc<Path>>,
    pub(super) partials: Partials,
}

/// What the thread that writes is given.
enum Piecemeal {
    Bytes(Bytes),
    /// All is there: without this the file is not kept.
    End,
}

impl Downloads {
    pub fn new((folder, home): (PathBuf, Option<PathBuf>)) -> Self {
        Self {
            folder: folder.into(),
            home: home.map(Into::into),
            partials: Partials::default(),
        }
    }

    /// The path that was typed, its `~` expanded.
    pub(super) fn named(&self, typed: &str) -> PathBuf {
        let typed = typed.trim();
        let rest = typed.strip_prefix("~/").zip(self.home.as_ref());
        rest.map_or_else(|| PathBuf::from(typed), |(rest, home)| home.join(rest))
    }

    /// The path as people write it.
    pub(super) fn shown(&self, path: &Path) -> String {
        let rest = self
            .home
            .as_ref()
            .and_then(|home| path.strip_prefix(home).ok());
        let short = rest.map(|rest| Path::new("~").join(rest));
        visible(&short.as_deref().unwrap_or(path).display().to_string())
    }

    /// Writes what comes until its end. Whatever ends it before, nothing of it is left.
    fn write(
        &self,
        stem: &str,
        extension: &str,
        mut received: mpsc::Receiver<Piecemeal>,
    ) -> Result<SavedFile, Unsaved> {
        let fault = |error| Unsaved::Disk(disk(&error, &self.shown(&self.folder)));
        partial::make(&self.folder)
            .map_err(|error| Unsaved::Disk(partial::unmade(&error, &self.shown(&self.folder))))?;
        let (name, partials) = ((stem, extension), self.partials.clone());
        let mut partial = Partial::new(&self.folder, name, partials).map_err(fault)?;
        let mut bytes = 0;
        loop {
            match received.blocking_recv() {
                Some(Piecemeal::Bytes(piece)) => {
                    partial.write(&piece).map_err(fault)?;
                    bytes += piece.len() as u64;
                }
                Some(Piecemeal::End) => break,
                // Stopped, or the network failed: whoever asked knows.
                None => return Err(Unsaved::Broken),
            }
        }
        partial.finish().map_err(fault)?;
        // Stopped while the disk took its time: nothing is kept, as was said.
        if received.is_closed() {
            return Err(Unsaved::Broken);
        }
        let path = partial.keep(name).map_err(fault)?;
        Ok(SavedFile {
            shown: self.shown(&path),
            // A program that opens it may take a relative one for something else.
            path: std::path::absolute(&path).unwrap_or(path),
            bytes,
        })
    }
}

/// Dropping the future stops it, and what was written is removed.
pub(super) async fn save(
    clients: Clients,
    downloads: Downloads,
    board: Board<Arrived>,
    ticket: Ticket,
    (place, piece): (usize, Piece),
) -> Done {
    let tell = |arrived| board.tell(ticket, arrived);
    let event = match saved(&clients, downloads, (place, &piece), tell).await {
        Ok(saved) => Event::Saved(ticket, Ok(saved)),
        Err(why) => Event::Saved(ticket, Err(why)),
    };
    Done {
        trouble: clients.log().and_then(Log::trouble),
        ..event.into()
    }
}

/// Fetches a piece of a message as the profile at `place` and saves it; tells how it gets on with each piece that
/// comes. Dropping the future stops it, and what was written is removed soon after.
pub async fn saved(
    clients: &Clients,
    downloads: Downloads,
    (place, piece): (usize, &Piece),
    mut tell: impl FnMut(Arrived),
) -> Result<SavedFile, Unsaved> {
    let mut arriving = clients.file(place, piece).await?;
    let (stem, extension) = (piece.stem(), piece.extension(arriving.first()));
    let (pieces, received) = mpsc::channel(UNDER_WAY);
    let known = extension.clone();
    let write = move || downloads.write(&stem, &known, received);
    let written = tokio::task::spawn_blocking(write);
    let (start, mut speed, mut bytes) = (Instant::now(), Speed::default(), 0);
    let broken = loop {
        let next = match arriving.next().await {
            Ok(next) => next,
            Err(why) => break Some(why),
        };
        let is_last = next.is_none();
        let next = next.map_or(Piecemeal::End, |piece| {
            bytes += piece.len() as u64;
            Piecemeal::Bytes(piece)
        });
        // The disk failed where nobody takes it; it tells why.
        if pieces.send(next).await.is_err() || is_last {
            break None;
        }
        tell(Arrived {
            extension: extension.clone(),
            bytes,
            of: arriving.of(),
            per_second: speed.seen(start.elapsed(), bytes),
        });
    };
    // Held until the file has its name: that it is gone is how the disk hears of a stop.
    let _pieces = broken.is_none().then_some(pieces);
    let written = written.await.unwrap_or(Err(Unsaved::Broken));
    // The disk was full before the connection ended, or the other way round: what came first.
    match (broken, written) {
        (Some(why), Err(Unsaved::Broken)) => Err(why),
        (_, written) => written,
    }
}
