//! What is to be written to a file: which answers, in which form, and the name that is being typed for it.
//! Never written here: that is an effect.

use std::sync::Arc;

use crate::model::file_form::FileForm;
use crate::model::snapshot::Snapshot;

/// A file whose name is being typed.
#[derive(Clone, PartialEq, Debug)]
pub struct Exporting {
    pub form: FileForm,
    pub snapshots: Arc<[Arc<Snapshot>]>,
    pub name: String,
}

impl Exporting {
    /// With the name that is offered: the message's id, or that of a batch by its size.
    pub fn new(form: FileForm, snapshots: Arc<[Arc<Snapshot>]>) -> Self {
        let stem = match &snapshots[..] {
            [only] => only.asked.id.to_string(),
            several => format!("batch-of-{}", several.len()),
        };
        Self {
            name: format!("./{stem}.{}", form.extension()),
            form,
            snapshots,
        }
    }
}
