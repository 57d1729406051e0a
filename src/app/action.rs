//! Every action once: its name, what the help says of it, where it applies and its keys.
//! Key map, help, footers and README's table are made from here; nothing else lists keys.

mod bindings;
mod keys;

pub use bindings::bindings;
pub use keys::{Bound, Keys};

use crate::model::file_form::FileForm;
use crate::model::whom::Whom;

/// What the user means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    StopOrQuit,
    NextPane,
    PreviousPane,
    Back,
    Suspend,
    Help,
    Repaint,
    LookUp,
    RecallOlder,
    RecallNewer,
    Quit,
    Edit(Edit),
    FocusBox,
    Zoom,
    Close,
    Down,
    Up,
    PageDown,
    PageUp,
    HalfPageDown,
    HalfPageUp,
    Top,
    End,
    Again,
    CopyMenu,
    Attachments,
    OpenApp,
    Open,
    CopyId,
    Filter,
    Failures,
    Delete,
    Undo,
    Pin,
    Fold,
    Unfold,
    FoldOrParent,
    UnfoldAll,
    FoldAll,
    CopyRow,
    CopyAttachment(u8),
    CopyAllAttachments,
    OpenAttachment,
    SaveAttachment,
    SaveAll,
    SaveRecording,
    Find,
    FindNext,
    FindPrevious,
    KeepFound,
    ShowAlone,
    Raw,
    CopyJson,
    CopyCurl,
    CopyTicket,
    CopyFullTicket,
    CopyLink,
    CopyPath,
    Choose,
    UseToken,
    Profiles,
    PickProfile(Whom),
    Palette,
    StartMany,
    Timeline,
    Watch,
    OpenLookup,
    Beside,
    /// The menu of forms that are written to a file.
    Export,
    ExportAs(FileForm),
    /// The name that was typed is taken.
    TakeName,
    /// Asks for a file of ids.
    OpenIds,
    /// To what belongs to the message, and asks for it.
    Linked,
    /// An email's HTML as it came.
    Source,
    /// To the message before this one.
    TrailBack,
}

impl Action {
    /// Whether something is asked for, or settled for asking.
    pub fn asks(self) -> bool {
        matches!(
            self,
            Self::LookUp
                | Self::StartMany
                | Self::OpenIds
                | Self::UseToken
                | Self::Again
                | Self::Watch
                | Self::Profiles
                | Self::PickProfile(_)
                | Self::Linked
                | Self::SaveRecording
                | Self::SaveAttachment
                | Self::SaveAll
        )
    }
}

/// Line editing, as readline has it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Edit {
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
    Backspace,
    Delete,
    DeleteWord,
    DeleteNextWord,
    DeleteToEnd,
    Empty,
}

/// Where keys apply. Several apply at once, the nearest first: see `State::contexts`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Context {
    Anywhere,
    Box,
    EmptyBox,
    TokenPrompt,
    /// History, detail and help: what is no text.
    Panes,
    /// History and detail: keys on the message shown or under the cursor.
    Message,
    History,
    Detail,
    /// A timeline in the detail pane; what it does not bind is as on a message.
    Timeline,
    CopyMenu,
    AttachmentMenu,
    FindPrompt,
    FilterPrompt,
    ProfilePicker,
    Palette,
    /// Starting so many ids is asked about.
    ManyPrompt,
    ExportMenu,
    /// The name of a file that is to be written or read.
    FilePrompt,
    /// A batch's table in the detail pane; what it does not bind is as on a message.
    Batch,
}

impl Context {
    /// What the key map calls it: the name of its table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Box => "box",
            Self::EmptyBox => "empty-box",
            Self::TokenPrompt => "token-prompt",
            Self::Panes => "panes",
            Self::Message => "message",
            Self::History => "history",
            Self::Detail => "detail",
            Self::Timeline => "timeline",
            Self::CopyMenu => "copy-menu",
            Self::AttachmentMenu => "attachments",
            Self::FindPrompt => "find",
            Self::FilterPrompt => "filter",
            Self::ProfilePicker => "profiles",
            Self::ManyPrompt => "many",
            Self::Palette => "palette",
            Self::ExportMenu => "export",
            Self::FilePrompt => "file-name",
            Self::Batch => "batch",
        }
    }

    /// Its heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Anywhere",
            Self::Box => "Box",
            Self::EmptyBox => "Box, empty",
            Self::TokenPrompt => "Token prompt",
            Self::Panes => "Panes",
            Self::Message => "Panes, on the message",
            Self::History => "History",
            Self::Detail => "Message",
            Self::Timeline => "Timeline",
            Self::CopyMenu => "Copy as",
            Self::AttachmentMenu => "Attachments",
            Self::FindPrompt => "Find",
            Self::FilterPrompt => "Filter",
            Self::ProfilePicker => "Profile",
            Self::Palette => "Commands",
            Self::ManyPrompt => "Many ids",
            Self::ExportMenu => "Export",
            Self::FilePrompt => "Name of a file",
            Self::Batch => "Batch",
        }
    }
}

/// In the order of the help.
pub const CONTEXTS: &[Context] = &[
    Context::Anywhere,
    Context::Box,
    Context::EmptyBox,
    Context::TokenPrompt,
    Context::Panes,
    Context::Message,
    Context::History,
    Context::Detail,
    Context::Timeline,
    Context::Batch,
    Context::CopyMenu,
    Context::AttachmentMenu,
    Context::ExportMenu,
    Context::FilePrompt,
    Context::FindPrompt,
    Context::FilterPrompt,
    Context::ProfilePicker,
    Context::Palette,
    Context::ManyPrompt,
];

/// Where keys apply in the history, the nearest first.
pub const ON_HISTORY: &[Context] = &[
    Context::History,
    Context::Message,
    Context::Panes,
    Context::Anywhere,
];

/// Where keys apply in the detail pane, the nearest first.
pub const ON_MESSAGE: &[Context] = &[
    Context::Detail,
    Context::Message,
    Context::Panes,
    Context::Anywhere,
];

/// Where they apply while a timeline is shown there.
pub const ON_TIMELINE: &[Context] = &[
    Context::Timeline,
    Context::Detail,
    Context::Message,
    Context::Panes,
    Context::Anywhere,
];

/// Where they apply while a batch is shown there.
pub const ON_BATCH: &[Context] = &[
    Context::Batch,
    Context::Detail,
    Context::Message,
    Context::Panes,
    Context::Anywhere,
];

/// One action in one place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Binding {
    pub context: Context,
    pub action: Action,
    /// What the key map calls it.
    pub name: &'static str,
    /// Its keys by default, separated by blanks: `ctrl-c`, `down`, `G`; empty where the palette alone has it.
    pub keys: &'static str,
    /// What the help says it does.
    pub words: &'static str,
}

/// A key's name as people read it: `ctrl-c` → `Ctrl-C`, `pgdn` → `PgDn`, `down` → `↓`.
pub fn shown_key(key: &str) -> String {
    match key {
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
        "pgdn" => "PgDn".to_owned(),
        "pgup" => "PgUp".to_owned(),
        letter if letter.chars().count() == 1 => letter.to_owned(),
        named => named.split('-').map(capital).collect::<Vec<_>>().join("-"),
    }
}

fn capital(word: &str) -> String {
    match word {
        "left" | "right" => shown_key(word),
        _ => {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_people_write_them() {
        assert_eq!(shown_key("ctrl-c"), "Ctrl-C");
        assert_eq!(shown_key("shift-tab"), "Shift-Tab");
        assert_eq!(shown_key("G"), "G");
        assert_eq!(shown_key("ctrl-left"), "Ctrl-←");
    }

    #[test]
    fn every_context_has_bindings_and_stands_in_the_help_once() {
        for context in CONTEXTS {
            assert!(
                bindings().any(|binding| binding.context == *context),
                "{context:?}"
            );
        }
        for binding in bindings() {
            assert!(CONTEXTS.contains(&binding.context), "{binding:?}");
            assert!(!binding.words.is_empty(), "{binding:?}");
            // What has no key is found in the palette.
            let alone = matches!(binding.action, Action::SaveAll | Action::OpenIds);
            assert_eq!(binding.keys.is_empty(), alone, "{binding:?}");
        }
        for context in CONTEXTS {
            let same = CONTEXTS.iter().filter(|one| one.name() == context.name());
            assert_eq!(same.count(), 1, "{context:?}");
        }
    }

    #[test]
    fn no_action_depends_on_a_prefix_or_on_flow_control() {
        for binding in bindings() {
            let alone = binding.keys.split(' ').count() == 1;
            let reserved = ["ctrl-a", "ctrl-b", "ctrl-s", "ctrl-q"].contains(&binding.keys);
            assert!(!(alone && reserved), "{}", binding.name);
        }
    }
}
