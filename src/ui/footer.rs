//! The one footer row: a notice until the next key, and hints that work on what is shown.
//! Never a key that would do nothing here.

use crate::app::action::{Action, Context, Edit};
use crate::app::history::Item;
use crate::app::layout::{Focus, Panes};
use crate::app::over::Over;
use crate::app::state::{Detail, Opened, Overlay, State};
use crate::model::failure::Cause;
use crate::model::outline::Role;
use crate::model::shown::Shown;
use crate::model::status::Tone;
use crate::model::text::{count, width};

use super::canvas::Canvas;
use super::notice::fitted;
use super::theme::Paint;

/// A key and what it does.
type Hint = (String, &'static str);

/// A hint on an action, if it has a key here.
fn hint(state: &State, action: Action, words: &'static str) -> Option<Hint> {
    state.hint(action).map(|key| (key, words))
}

/// The hints there are.
fn all<const COUNT: usize>(hints: [Option<Hint>; COUNT]) -> Vec<Hint> {
    hints.into_iter().flatten().collect()
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
    let room = right.saturating_sub(x);
    if let Some(notice) = &state.notice {
        let notice = fitted(notice.as_str(), usize::from(room));
        x = canvas.put(x, y, room, &notice, Paint::Strong) + 2;
    } else if let Some((words, filled)) = saving(state).or_else(|| batch(state)) {
        x = progress(canvas, &words, filled, (x, y), room) + 2;
    }
    // In the box that key is told of among the others.
    let tells = state.notice.is_none() && state.focus != Focus::Box && state.running.is_empty();
    let stop = hint(state, Action::StopOrQuit, "stop");
    let stop = stop.filter(|_| tells && state.savings.is_under_way());
    for (key, words) in stop.into_iter().chain(hints) {
        let wide = u16::try_from(width(&key) + 1 + width(words)).unwrap_or(u16::MAX);
        if x.saturating_add(wide) > right {
            break;
        }
        x = canvas.put(x, y, wide, &key, Paint::Key) + 1;
        x = canvas.put(x, y, wide, words, Paint::Text) + 2;
    }
}

/// Columns of the bar that shows how far something is.
const BAR: usize = 8;

/// The file that is being saved: how it gets on, and how much of the bar that is.
fn saving(state: &State) -> Option<(String, Option<usize>)> {
    let saving = state.savings.shown()?;
    let arrived = saving.arrived.as_ref();
    let filled = arrived.and_then(|arrived| arrived.filled(BAR));
    Some((state.savings.progress()?, filled))
}

/// The newest batch under way that is not in the pane, where its own headline tells it.
fn batch(state: &State) -> Option<(String, Option<usize>)> {
    let mut newest_first = state.batches.iter().rev();
    let own = newest_first.find(|batch| batch.is_under_way())?;
    let shown = matches!(state.detail, Detail::Batch(shown) if shown == own.number);
    let (ended, all) = (own.counts.ended, own.members.len());
    let words = format!("Batch: {} of {}", count(ended as u64), count(all as u64));
    (!shown).then_some((words, Some(ended * BAR / all.max(1))))
}

/// Says how far something is. Tells the column behind it.
fn progress(
    canvas: &mut Canvas<'_>,
    words: &str,
    filled: Option<usize>,
    (x, y): (u16, u16),
    room: u16,
) -> u16 {
    // The bar says the same once more: it goes first where there is no room.
    let fits = width(words) + 1 + BAR <= usize::from(room);
    let words = fitted(words, usize::from(room));
    let end = canvas.put(x, y, room, &words, Paint::Strong);
    let Some(filled) = filled.filter(|_| fits) else {
        return end;
    };
    let [full, empty] = canvas.theme.signs.bar;
    let bar = full.repeat(filled) + &empty.repeat(BAR - filled);
    canvas.put(end + 1, y, room, &bar, Paint::Strong)
}

/// The hints from the left, and the one that stays at the right.
fn hints(state: &State) -> (Vec<Hint>, Option<Hint>) {
    if let Some(overlay) = &state.overlay {
        return (overlay_hints(state, overlay), None);
    }
    let of = |action, words| hint(state, action, words);
    let quit = if !state.running.is_empty() {
        "cancel"
    } else if state.savings.is_under_way() {
        "stop"
    } else {
        "quit"
    };
    let quit = of(Action::StopOrQuit, quit);
    let hints = match state.focus {
        Focus::Box if state.input.is_empty() => all([
            of(Action::LookUp, "look up"),
            of(Action::RecallOlder, "earlier id"),
            of(Action::RecallNewer, "history"),
            of(Action::Filter, "search").filter(|_| !state.history.is_empty()),
            quit,
        ]),
        Focus::Box => all([
            of(Action::LookUp, "look up"),
            of(Action::Edit(Edit::Empty), "empty"),
            of(Action::Back, "history"),
            quit,
        ]),
        Focus::History => {
            let filters = state.history.filter().is_some();
            let item = state.history.at_cursor();
            if let Item::Batch(batch) = item {
                return (batch_hints(state, batch.open), of(Action::Help, "all keys"));
            }
            let pinned = item.pinned();
            let moves = item.row().is_some_and(|row| row.tone == Tone::Progress);
            let own = all([
                of(Action::Open, "open"),
                of(Action::Filter, "filter"),
                of(Action::Failures, "failures"),
                of(Action::Watch, "watch").filter(|_| moves),
                of(Action::Delete, "delete"),
                of(Action::Pin, if pinned { "unpin" } else { "pin" }),
            ]);
            let own = own.into_iter().filter(|_| !state.history.is_empty());
            let close = of(Action::Close, if filters { "show all" } else { "quit" });
            let always = [
                of(Action::FocusBox, "new id"),
                of(Action::Again, "again").filter(|_| !state.history.is_empty()),
                close,
            ];
            own.chain(always.into_iter().flatten()).collect()
        }
        Focus::Detail => detail_hints(state),
    };
    (hints, of(Action::Help, "all keys"))
}

/// Whether the batch that keys mean was stopped before its end.
fn is_stopped(state: &State) -> bool {
    let batch = state.meant_batch();
    batch.is_some_and(|batch| !batch.is_under_way() && batch.counts.ended < batch.members.len())
}

/// What works on the row of a batch.
fn batch_hints(state: &State, open: bool) -> Vec<Hint> {
    let of = |action, words| hint(state, action, words);
    all([
        of(Action::Open, "open"),
        of(Action::Fold, if open { "fold" } else { "unfold" }),
        of(Action::Again, "ask for the rest").filter(|_| is_stopped(state)),
        of(Action::Export, "export"),
        of(Action::CopyId, "copy the ids"),
        of(Action::Filter, "filter"),
        of(Action::FocusBox, "new id"),
    ])
}

/// What works in what lies over the panes.
fn overlay_hints(state: &State, overlay: &Overlay) -> Vec<Hint> {
    let of = |action, words| hint(state, action, words);
    let keys = &state.setting.keys;
    let empty = Action::Edit(Edit::Empty);
    match overlay {
        Overlay::Menu(menu) if menu.typed.is_some() => {
            let choose = match menu.context {
                Context::Palette => "run",
                _ => "ask as",
            };
            all([
                keys.up_and_down(state.contexts())
                    .map(|keys| (keys, "move")),
                of(Action::Choose, choose),
                of(empty, "all"),
                of(Action::Back, "leave"),
            ])
        }
        Overlay::Many(_) => all([of(Action::StartMany, "start"), of(Action::Back, "drop")]),
        Overlay::Menu(menu) => {
            let (copies, copy) = match menu.context {
                Context::ExportMenu => ("exports", "export"),
                _ => ("copies it", "copy"),
            };
            let moves = keys.up_and_down(state.contexts());
            let letter = "a letter".to_owned();
            let letter = match moves.as_deref() {
                Some("↑↓") => Some((letter, "or ↑↓")),
                _ => Some((letter, copies)),
            };
            let moves = moves.filter(|keys| keys != "↑↓");
            all([
                letter,
                moves.map(|keys| (keys, "move")),
                of(Action::Choose, copy),
                of(Action::SaveAttachment, "save"),
                of(Action::Close, "close"),
            ])
        }
        Overlay::Help(_) => all([
            of(Action::Down, "down"),
            of(Action::PageDown, "page"),
            of(Action::Close, "close"),
        ]),
        Overlay::Filter => all([
            keys.up_and_down(state.contexts())
                .map(|keys| (keys, "move")),
            of(Action::Open, "open"),
            of(empty, "all"),
            of(Action::Back, "leave"),
        ]),
        Overlay::IdsFile(_) => all([
            of(Action::TakeName, "look them up"),
            of(Action::Edit(Edit::Empty), "empty"),
            of(Action::Back, "leave"),
        ]),
        Overlay::Export(_) => all([
            of(Action::TakeName, "write"),
            of(Action::Edit(Edit::Empty), "empty"),
            of(Action::Back, "leave"),
        ]),
        Overlay::Find => all([
            of(Action::KeepFound, "stay here"),
            of(Action::FindNext, "next"),
            of(Action::FindPrevious, "before"),
            of(empty, "empty"),
            of(Action::Back, "leave"),
        ]),
        Overlay::Token(_) => all([
            of(Action::UseToken, "use it"),
            of(Action::Back, "leave"),
            of(Action::StopOrQuit, "quit"),
        ]),
    }
}

fn detail_hints(state: &State) -> Vec<Hint> {
    let of = |action, words| hint(state, action, words);
    match &state.detail {
        Detail::Start => all([of(Action::FocusBox, "new id"), of(Action::Close, "quit")]),
        Detail::Batch(_) => all([
            of(Action::Fold, "open"),
            of(Action::Again, "ask for the rest").filter(|_| is_stopped(state)),
            of(Action::Failures, "failures only"),
            of(Action::Export, "export"),
            of(Action::StopOrQuit, "stop the rest").filter(|_| !state.running.is_empty()),
            of(Action::Find, "find"),
            of(Action::FocusBox, "new id"),
        ]),
        Detail::Asking(..) => all([
            of(Action::StopOrQuit, "cancel"),
            of(Action::FocusBox, "another id"),
            of(Action::NextPane, "box"),
        ]),
        Detail::Answer(opened) if matches!(opened.over, Some(Over::Timeline(_))) => {
            let beside = if state.width < 100 {
                "raw beside"
            } else {
                "raw beside the one before"
            };
            all([
                of(Action::OpenLookup, "open"),
                of(Action::Unfold, "changes"),
                of(Action::Beside, beside),
                of(Action::CopyRow, "copy"),
                of(Action::Again, "again"),
                of(Action::Timeline, "back"),
            ])
        }
        Detail::Answer(opened) if matches!(opened.over, Some(Over::Beside(..))) => all([
            of(Action::Close, "back"),
            of(Action::Unfold, "unfold"),
            of(Action::Find, "find"),
            of(Action::CopyRow, "copy line"),
        ]),
        Detail::Answer(opened) if opened.over.is_some() => {
            let json = state
                .setting
                .keys
                .hint(&[Context::CopyMenu], Action::CopyJson);
            let copy_all = of(Action::CopyMenu, "copy all").zip(json);
            all([
                of(Action::Close, "back"),
                of(Action::Find, "find"),
                of(Action::CopyRow, "copy line"),
                copy_all.map(|((menu, words), json)| (format!("{menu} {json}"), words)),
            ])
        }
        Detail::Answer(opened) => answer_hints(state, opened),
    }
}

fn answer_hints(state: &State, opened: &Opened) -> Vec<Hint> {
    let of = |action, words| hint(state, action, words);
    let keys = &state.setting.keys;
    let row = opened.view.row_at_cursor().map(|row| row.role);
    let on_answer = opened.view.on_head() || row.is_some_and(Role::is_verdict);
    let copy = of(
        Action::CopyRow,
        if on_answer { "copy answer" } else { "copy row" },
    );
    let again = of(Action::Again, "again");
    let mut hints = match &opened.snapshot.outcome {
        Ok(message) => {
            let digits = keys.digits(Context::Detail);
            let digits = digits.filter(|_| !message.attachments().is_empty());
            let digits = digits.map(|digits| (digits, "copy file"));
            let watch = of(Action::Watch, "watch").filter(|_| !message.is_final());
            let watch = watch.filter(|_| message.outcome().is_some());
            let recording = of(Action::SaveRecording, "recording");
            let recording = recording.filter(|_| message.call().is_some());
            let forms = of(Action::CopyMenu, "copy as");
            let ticket = of(Action::CopyTicket, "ticket");
            let belongs = ["contactId", "userId", "locationId", "conversationId"];
            let belongs = message.is_conversation()
                || belongs.iter().any(|field| message.field(field).is_some());
            let linked = of(Action::Linked, "linked").filter(|_| belongs);
            all([watch, copy, ticket, recording, digits, forms, linked, again])
        }
        Err(failure) => {
            let elsewhere = matches!(failure.cause, Cause::NotFound | Cause::OtherLocation);
            let several = state.setting.profiles.len() > 1;
            let profile = of(Action::Profiles, "profile").filter(|_| several);
            if elsewhere {
                let choose = keys.hint(&[Context::ProfilePicker], Action::Choose);
                let others = profile.zip(choose);
                let others = others
                    .map(|((open, _), choose)| (format!("{open} {choose}"), "ask the others"));
                all([others, again, copy])
            } else {
                all([again, profile, copy])
            }
        }
    };
    let body = opened.snapshot.answer.as_ref().map(|answer| &answer.body);
    let raw = of(Action::Raw, "raw").filter(|_| body.is_some_and(|body| !body.is_empty()));
    hints.extend(all([
        raw,
        of(Action::Find, "find"),
        of(Action::FocusBox, "new id"),
    ]));
    hints
}
