//! The table of all keys. To change a key, a help text or an action's name, change its row here.
//! Never a key twice in one context: a test of the key map looks.

mod prompts;

use super::Action as A;
use super::Context as C;
use super::Edit as E;
use super::{Action, Binding, Context};
use prompts::{PROMPT, PROMPTS};

/// Action, name, keys separated by blanks, words.
type Row = (Action, &'static str, &'static str, &'static str);

/// Those of the panes, in the order of the help; those of the prompts follow.
const BINDINGS: &[(Context, &[&[Row]])] = &[
    (
        C::Anywhere,
        &[&[
            (
                A::StopOrQuit,
                "stop-or-quit",
                "ctrl-c",
                "stop what runs, else quit",
            ),
            (A::NextPane, "next-pane", "tab", "next pane"),
            (
                A::PreviousPane,
                "previous-pane",
                "shift-tab",
                "previous pane",
            ),
            (A::Back, "back", "esc", "back one step"),
            (A::Suspend, "suspend", "ctrl-z", "suspend"),
            (A::Help, "help", "f1", "all keys"),
            (A::Filter, "filter", "ctrl-r", "filter the history"),
            (A::Repaint, "repaint", "ctrl-l", "repaint the screen"),
        ]],
    ),
    (
        C::Box,
        &[&[
            (A::LookUp, "look-up", "enter", "look up"),
            (A::RecallOlder, "recall-older", "up ctrl-p", "earlier id"),
            (
                A::RecallNewer,
                "recall-newer",
                "down ctrl-n",
                "later id, then the history",
            ),
            (A::Edit(E::Left), "left", "left ctrl-b", "left"),
            (A::Edit(E::Right), "right", "right ctrl-f", "right"),
            (
                A::Edit(E::WordLeft),
                "word-left",
                "alt-b ctrl-left",
                "a word left",
            ),
            (
                A::Edit(E::WordRight),
                "word-right",
                "alt-f ctrl-right",
                "a word right",
            ),
            (
                A::Edit(E::Start),
                "start",
                "home ctrl-a",
                "start of the line",
            ),
            (A::Edit(E::End), "end", "end ctrl-e", "end of the line"),
            (
                A::Edit(E::Backspace),
                "backspace",
                "backspace ctrl-h",
                "delete to the left",
            ),
            (
                A::Edit(E::Delete),
                "delete",
                "delete ctrl-d",
                "delete to the right",
            ),
            (
                A::Edit(E::DeleteWord),
                "delete-word",
                "ctrl-w alt-backspace",
                "delete the word to the left",
            ),
            (
                A::Edit(E::DeleteNextWord),
                "delete-next-word",
                "alt-d",
                "delete the word to the right",
            ),
            (
                A::Edit(E::DeleteToEnd),
                "delete-to-end",
                "ctrl-k",
                "delete to the end",
            ),
            (A::Edit(E::Empty), "empty", "ctrl-u", "empty the box"),
        ]],
    ),
    (
        C::EmptyBox,
        &[&[
            (A::Help, "help", "?", "all keys"),
            (A::Palette, "commands", ":", "commands"),
            (
                A::Find,
                "find",
                "/",
                "find in the message, else filter the history",
            ),
            (A::Quit, "quit", "ctrl-d", "quit"),
        ]],
    ),
    (
        C::TokenPrompt,
        &[
            &[(
                A::UseToken,
                "use-token",
                "enter",
                "use the token for this run",
            )],
            PROMPT,
        ],
    ),
    (
        C::Panes,
        &[&[
            (A::FocusBox, "focus-box", "i", "new id"),
            (A::Help, "help", "?", "all keys"),
            (
                A::Palette,
                "commands",
                ": ctrl-p",
                "commands: type to find one, Enter runs it",
            ),
            (A::OpenIds, "open-ids", "", "look up the ids of a file …"),
            (
                A::Profiles,
                "profiles",
                "P",
                "profile; asks there again if the lookup shown failed",
            ),
            (A::Zoom, "zoom", "z", "this pane alone, and back"),
            (A::Close, "close", "q", "close what is on top, else quit"),
            (A::Down, "down", "j down", "down"),
            (A::Up, "up", "k up", "up"),
            (A::PageDown, "page-down", "pgdn", "a page down"),
            (A::PageUp, "page-up", "pgup", "a page up"),
            (
                A::HalfPageDown,
                "half-page-down",
                "ctrl-d",
                "half a page down",
            ),
            (A::HalfPageUp, "half-page-up", "ctrl-u", "half a page up"),
            (A::Top, "top", "g home", "first row"),
            (A::End, "end", "G end", "last row"),
        ]],
    ),
    (
        C::Message,
        &[&[
            (A::Again, "again", "r", "look up again"),
            (
                A::Watch,
                "watch",
                "w",
                "watch until its status is final, and stop",
            ),
            (
                A::Timeline,
                "timeline",
                "t",
                "timeline: its lookups and what changed",
            ),
            (
                A::CopyTicket,
                "copy-ticket",
                "Y",
                "copy the ticket text, addresses hidden",
            ),
            (A::CopyMenu, "copy-menu", "c", "copy as …"),
            (A::Attachments, "attachments", "a", "attachments"),
            (
                A::SaveRecording,
                "save-recording",
                "s",
                "save the call's recording, or the row's attachment",
            ),
            (A::SaveAll, "save-attachments", "", "save all attachments"),
            (A::Export, "export", "x", "export to a file …"),
            (
                A::OpenApp,
                "open-app",
                "o",
                "open in the app (copies the link over SSH)",
            ),
            (
                A::ShowAlone,
                "show-alone",
                "v",
                "show alone what was copied, or the row, to select by hand",
            ),
        ]],
    ),
    (
        C::History,
        &[&[
            (A::Open, "open", "enter l right", "open"),
            (A::Fold, "fold", "space", "unfold a batch, or fold it"),
            (
                A::FoldOrParent,
                "fold-or-parent",
                "h left",
                "fold the batch",
            ),
            (
                A::Filter,
                "filter",
                "/",
                "filter: words, status:failed type:sms dir:in profile:acme id:ve9 since:2d is:pinned",
            ),
            (A::Failures, "failures", "f", "failures only, and all again"),
            (A::Delete, "delete", "d", "delete all its lookups"),
            (A::Undo, "undo", "u", "bring back what was deleted last"),
            (A::Pin, "pin", "p", "pin to the top, and back"),
            (A::CopyId, "copy-id", "y", "copy the id"),
        ]],
    ),
    (
        C::Detail,
        &[&[
            (A::Fold, "fold", "enter space", "fold or unfold"),
            (A::Unfold, "unfold", "l right", "unfold"),
            (
                A::FoldOrParent,
                "fold-or-parent",
                "h left",
                "fold, to the parent, to the history",
            ),
            (A::UnfoldAll, "unfold-all", "E", "unfold all"),
            (A::FoldAll, "fold-all", "C", "fold all"),
            (
                A::CopyRow,
                "copy-row",
                "y",
                "copy the row; on the verdict the answer",
            ),
            (
                A::CopyAttachment(1),
                "copy-attachment",
                "1 2 3 4 5 6 7 8 9",
                "copy that attachment's URL",
            ),
            (A::Find, "find", "/", "find in the message"),
            (A::FindNext, "find-next", "n", "next hit"),
            (A::FindPrevious, "find-previous", "N", "hit before"),
            (A::Raw, "raw", "R", "raw answer, and back"),
            (
                A::Linked,
                "linked",
                "L",
                "what belongs to it: asks for all but the recording",
            ),
            (A::Source, "html", "H", "HTML as it came, and back"),
            (
                A::TrailBack,
                "trail-back",
                "backspace ctrl-h",
                "back to the list it was opened from",
            ),
        ]],
    ),
    (
        C::Batch,
        &[&[
            (A::Failures, "failures", "f", "failures only, and all again"),
            (A::Again, "again", "r", "ask for those that were stopped"),
        ]],
    ),
    (
        C::Timeline,
        &[&[
            (A::OpenLookup, "open-lookup", "enter", "open that lookup"),
            (A::Unfold, "unfold", "right l", "what changed"),
            (
                A::Beside,
                "beside",
                "=",
                "raw beside the one before: what differs, line by line",
            ),
        ]],
    ),
    (
        C::CopyMenu,
        &[&[
            (A::CopyId, "copy-id", "i", "id"),
            (A::CopyJson, "copy-json", "j", "JSON as received"),
            (A::CopyCurl, "copy-curl", "c", "curl without the token"),
            (
                A::CopyTicket,
                "copy-ticket",
                "t",
                "ticket text, addresses hidden",
            ),
            (
                A::CopyFullTicket,
                "copy-full-ticket",
                "T",
                "ticket text with the message's text and addresses",
            ),
            (A::CopyLink, "copy-link", "l", "link into the app"),
            (A::CopyPath, "copy-path", "p", "the row's JSON path"),
            (A::Choose, "choose", "enter", "copy what is marked"),
        ]],
    ),
    (
        C::AttachmentMenu,
        &[&[
            (
                A::CopyAttachment(1),
                "copy-attachment",
                "1 2 3 4 5 6 7 8 9",
                "copy that one's URL",
            ),
            (A::Choose, "choose", "enter", "copy the marked one's URL"),
            (
                A::OpenAttachment,
                "open-attachment",
                "o",
                "open it (copies over SSH)",
            ),
            (A::SaveAttachment, "save-attachment", "s", "save it"),
            (
                A::CopyAllAttachments,
                "copy-all-attachments",
                "A",
                "copy all URLs",
            ),
        ]],
    ),
];

/// The table row by row.
pub fn bindings() -> impl Iterator<Item = Binding> {
    BINDINGS.iter().chain(PROMPTS).flat_map(|(context, rows)| {
        rows.iter()
            .copied()
            .flatten()
            .map(|&(action, name, keys, words)| Binding {
                context: *context,
                action,
                name,
                keys,
                words,
            })
    })
}
