//! The one footer row: a notice until the next key, and hints that work on what is shown.
//! Never a key that would do nothing here.

use crate::app::action::{Action, Context, hint_key};
use crate::app::layout::{Focus, Panes};
use crate::app::state::{Detail, Overlay, State};
use crate::model::failure::Cause;
use crate::model::outline::Role;
use crate::model::shown::Shown;
use crate::model::text::width;

use super::canvas::Canvas;
use super::theme::Paint;

/// A key and what it does.
type Hint = (String, &'static str);

fn hint(context: Context, action: Action, words: &'static str) -> Hint {
    (hint_key(context, action), words)
}

pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, panes: &Panes) {
    let area = panes.footer;
    let y = area.y;
    let end = area.right() - 1;
    let mut x = area.x + 1;
    let (hints, last) = hints(state);
    // The way to all keys stays when nothing else fits.
    let mut right = end;
    if let Some((key, words)) = &last {
        let wide = u16::try_from(width(key) + 1 + width(words)).unwrap_or(end);
        let notice = state.notice.as_ref().map_or(0, Shown::width);
        if usize::from(end.saturating_sub(wide + 3)) > notice {
            let at = end - wide;
            let behind = canvas.put(at, y, wide, key, Paint::Key) + 1;
            canvas.put(behind, y, wide, words, Paint::Text);
            right = at.saturating_sub(2);
        }
    }
    if let Some(notice) = &state.notice {
        x = canvas.put_cut(
            x,
            y,
            right.saturating_sub(x),
            notice.as_str(),
            Paint::Strong,
        ) + 2;
    }
    for (key, words) in hints {
        let wide = u16::try_from(width(&key) + 1 + width(words)).unwrap_or(u16::MAX);
        if x.saturating_add(wide) > right {
            break;
        }
        x = canvas.put(x, y, wide, &key, Paint::Key) + 1;
        x = canvas.put(x, y, wide, words, Paint::Text) + 2;
    }
}

/// The hints from the left, and the one that stays at the right.
fn hints(state: &State) -> (Vec<Hint>, Option<Hint>) {
    use Context as C;
    if let Some(overlay) = &state.overlay {
        return (overlay_hints(overlay), None);
    }
    let help = Some(hint(C::Panes, Action::Help, "all keys"));
    let runs = !state.running.is_empty();
    let stop = if runs { "cancel" } else { "quit" };
    let quit = hint(C::Anywhere, Action::StopOrQuit, stop);
    match state.focus {
        Focus::Box if state.input.is_empty() => {
            let mut hints = vec![
                hint(C::Box, Action::LookUp, "look up"),
                hint(C::Box, Action::RecallOlder, "earlier id"),
                hint(C::Box, Action::RecallNewer, "history"),
            ];
            hints.push(quit);
            (hints, Some(hint(C::EmptyBox, Action::Help, "all keys")))
        }
        Focus::Box => {
            let hints = vec![
                hint(C::Box, Action::LookUp, "look up"),
                hint(
                    C::Box,
                    Action::Edit(crate::app::action::Edit::Empty),
                    "empty",
                ),
                hint(C::Anywhere, Action::Back, "history"),
                quit,
            ];
            (hints, Some(hint(C::Anywhere, Action::Help, "all keys")))
        }
        Focus::History => {
            let mut hints = Vec::new();
            if !state.history.entries.is_empty() {
                hints.push(hint(C::History, Action::Open, "open"));
                hints.push(hint(C::Message, Action::Again, "again"));
                hints.push(hint(C::Message, Action::CopyMenu, "copy as"));
                hints.push(hint(C::History, Action::CopyId, "copy id"));
            }
            hints.push(hint(C::Panes, Action::FocusBox, "new id"));
            hints.push(hint(C::Panes, Action::Close, "quit"));
            (hints, help)
        }
        Focus::Detail => (detail_hints(state), help),
    }
}

/// What works in what lies over the panes.
fn overlay_hints(overlay: &Overlay) -> Vec<Hint> {
    use Context as C;
    match overlay {
        Overlay::Menu(menu) if menu.typed.is_some() => {
            vec![
                ("↑↓".to_owned(), "move"),
                if menu.context == C::Palette {
                    hint(C::Palette, Action::Choose, "run")
                } else {
                    hint(C::ProfilePicker, Action::Choose, "ask as")
                },
                hint(
                    C::ProfilePicker,
                    Action::Edit(crate::app::action::Edit::Empty),
                    "all",
                ),
                hint(C::Anywhere, Action::Back, "leave"),
            ]
        }
        Overlay::Many(_) => {
            vec![
                hint(C::ManyPrompt, Action::StartMany, "start"),
                hint(C::Anywhere, Action::Back, "drop"),
            ]
        }
        Overlay::Menu(_) => {
            vec![
                ("a letter".to_owned(), "or ↑↓"),
                hint(C::CopyMenu, Action::Choose, "copy"),
                hint(C::Panes, Action::Close, "close"),
            ]
        }
        Overlay::Help(_) => {
            vec![
                hint(C::Panes, Action::Down, "down"),
                hint(C::Panes, Action::PageDown, "page"),
                hint(C::Panes, Action::Close, "close"),
            ]
        }
        Overlay::Find => {
            vec![
                hint(C::FindPrompt, Action::KeepFound, "stay here"),
                hint(C::FindPrompt, Action::FindNext, "next"),
                hint(C::FindPrompt, Action::FindPrevious, "before"),
                hint(
                    C::FindPrompt,
                    Action::Edit(crate::app::action::Edit::Empty),
                    "empty",
                ),
                hint(C::Anywhere, Action::Back, "leave"),
            ]
        }
        Overlay::Token(_) => {
            vec![
                hint(C::TokenPrompt, Action::UseToken, "use it"),
                hint(C::Anywhere, Action::Back, "leave"),
                hint(C::Anywhere, Action::StopOrQuit, "quit"),
            ]
        }
    }
}

fn detail_hints(state: &State) -> Vec<Hint> {
    use Context as C;
    let new = hint(C::Panes, Action::FocusBox, "new id");
    match &state.detail {
        Detail::Start => vec![new, hint(C::Panes, Action::Close, "quit")],
        Detail::Asking(..) => vec![
            hint(C::Anywhere, Action::StopOrQuit, "cancel"),
            hint(C::Panes, Action::FocusBox, "another id"),
            hint(C::Anywhere, Action::NextPane, "box"),
        ],
        Detail::Answer(opened) if opened.raw.is_some() => vec![
            hint(C::Panes, Action::Close, "back"),
            hint(C::Detail, Action::Find, "find"),
            hint(C::Detail, Action::CopyRow, "copy line"),
            (
                format!(
                    "{} {}",
                    hint_key(C::Message, Action::CopyMenu),
                    hint_key(C::CopyMenu, Action::CopyJson)
                ),
                "copy all",
            ),
        ],
        Detail::Answer(opened) => {
            let mut hints = vec![hint(C::Detail, Action::CopyRow, "copy answer")];
            let row = opened.view.row_at_cursor().map(|row| row.role);
            if !opened.view.on_head() && !row.is_some_and(Role::is_verdict) {
                hints[0].1 = "copy row";
            }
            match &opened.snapshot.outcome {
                Ok(message) => {
                    if !message.attachments().is_empty() {
                        hints.push(("1-9".to_owned(), "copy file"));
                    }
                    hints.push(hint(C::Message, Action::CopyMenu, "copy as"));
                    hints.push(hint(C::Message, Action::Again, "again"));
                }
                Err(failure) => {
                    let elsewhere = matches!(failure.cause, Cause::NotFound | Cause::OtherLocation);
                    let profile = hint_key(C::Panes, Action::Profiles);
                    let profile = match state.setting.profiles.len() {
                        0 | 1 => None,
                        _ if elsewhere => Some((format!("{profile} Enter"), "ask the others")),
                        _ => Some((profile, "profile")),
                    };
                    hints.insert(0, hint(C::Message, Action::Again, "again"));
                    if let Some(profile) = profile {
                        hints.insert(usize::from(!elsewhere), profile);
                    }
                }
            }
            let body = opened.snapshot.answer.as_ref().map(|answer| &answer.body);
            if body.is_some_and(|body| !body.is_empty()) {
                hints.push(hint(C::Detail, Action::Raw, "raw"));
            }
            hints.push(hint(C::Detail, Action::Find, "find"));
            hints.push(new);
            hints
        }
    }
}
