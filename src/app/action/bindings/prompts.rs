//! The keys of the prompts and of what lies over the panes, in the order of the help.
//! Never a list of editing keys twice: prompts share theirs.

use super::super::Action as A;
use super::super::Context as C;
use super::super::Edit as E;
use super::super::FileForm as F;
use super::{Context, Row};

/// Moving in what a prompt offers.
const CHOICE: &[Row] = &[
    (A::Down, "down", "down ctrl-n", "down"),
    (A::Up, "up", "up ctrl-p", "up"),
];

/// Editing the text of a prompt.
pub(super) const PROMPT: &[Row] = &[
    (
        A::Edit(E::Backspace),
        "backspace",
        "backspace ctrl-h",
        "delete to the left",
    ),
    (A::Edit(E::Empty), "empty", "ctrl-u", "empty the prompt"),
];

/// All of them.
pub(super) const PROMPTS: &[(Context, &[&[Row]])] = &[
    (
        C::ExportMenu,
        &[&[
            (A::ExportAs(F::Json), "export-json", "j", "JSON as received"),
            (
                A::ExportAs(F::Ndjson),
                "export-ndjson",
                "n",
                "NDJSON, a line each",
            ),
            (
                A::ExportAs(F::Csv),
                "export-csv",
                "c",
                "CSV for a spreadsheet",
            ),
            (
                A::ExportAs(F::Markdown),
                "export-markdown",
                "m",
                "Markdown, the ticket text",
            ),
            (
                A::ExportAs(F::Curl),
                "export-curl",
                "u",
                "curl without the token",
            ),
            (
                A::ExportAs(F::Transcript),
                "export-transcript",
                "t",
                "a call's transcript as text",
            ),
            (A::Choose, "choose", "enter", "export as what is marked"),
        ]],
    ),
    (
        C::FilePrompt,
        &[
            &[(
                A::TakeName,
                "take-name",
                "enter",
                "write or read the file of that name",
            )],
            PROMPT,
        ],
    ),
    (
        C::FindPrompt,
        &[
            &[
                (
                    A::KeepFound,
                    "keep-found",
                    "enter",
                    "leave the prompt, stay on the hit",
                ),
                (A::FindNext, "find-next", "down", "next hit"),
                (A::FindPrevious, "find-previous", "up", "hit before"),
            ],
            PROMPT,
        ],
    ),
    (
        C::FilterPrompt,
        &[
            &[(A::Open, "open", "enter", "open the row, keep the filter")],
            CHOICE,
            PROMPT,
            &[(
                A::Edit(E::DeleteWord),
                "delete-word",
                "ctrl-w",
                "delete the word to the left",
            )],
        ],
    ),
    (
        C::ProfilePicker,
        &[
            &[(A::Choose, "choose", "enter", "ask as the marked one")],
            CHOICE,
            PROMPT,
        ],
    ),
    (
        C::Palette,
        &[
            &[(A::Choose, "choose", "enter", "run the marked one")],
            CHOICE,
            PROMPT,
        ],
    ),
    (
        C::ManyPrompt,
        &[&[(A::StartMany, "start-many", "enter", "look all of them up")]],
    ),
];
