//! The detail pane without an answer: the first screen, and a lookup under way.
//! Never an old verdict under a new id.

use ratatui::layout::Rect;

use crate::app::action::{Action, Context};
use crate::app::setting::Work;
use crate::app::state::{Overlay, State};
use crate::model::id::MessageId;
use crate::model::progress::Progress;
use crate::model::shown::Shown;
use crate::model::status::Tone;
use crate::model::text::{ago, between, span, wrap};

use super::canvas::Canvas;
use super::history::spinner;
use super::theme::Paint;

pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, area: Rect) {
    let setting = &state.setting;
    if setting.work == Work::View {
        return viewing(canvas, state, area);
    }
    let roomy = area.width >= 70;
    let profile = state.profile();
    let token = match (&profile.token, &state.overlay) {
        _ if state.whom.one().is_none() => "each profile's own".to_owned(),
        (Some(token), _) if roomy => format!("{token}, not tried yet"),
        (Some(token), _) => token.clone(),
        (None, Some(Overlay::Token(_))) => "none yet".to_owned(),
        (None, _) => "none: an id asks for one".to_owned(),
    };
    let mut lines: Vec<(&str, String)> = Vec::new();
    if matches!(state.overlay, Some(Overlay::Token(_))) {
        lines.push((
            "",
            "No token yet. Paste one: it stays in memory only, for this run.".to_owned(),
        ));
        let keys = [
            state.hint_words(Action::UseToken, "uses it."),
            state.hint_words(Action::Back, "leaves this prompt."),
        ];
        let keys: Vec<String> = keys.into_iter().flatten().collect();
        lines.push(("", keys.join(" ")));
    } else {
        lines.push(("", "Paste a message id. Nothing else is needed.".to_owned()));
        lines.push(("", String::new()));
        lines.push((
            "",
            "Quotes, a URL, a log line or JSON around it are fine.".to_owned(),
        ));
        if setting.hints.is_empty() {
            lines.push(("", "No id at hand?  msgscope --demo".to_owned()));
        }
    }
    lines.push(("", String::new()));
    lines.push(("asking as", state.whom_words(state.whom)));
    lines.push(("token", token));
    let nothing = if roomy {
        "nothing but GET is sent; no message can be changed from here"
    } else {
        "nothing but GET is sent"
    };
    lines.push(("read only", nothing.to_owned()));
    let span = &setting.kept.span;
    match setting.kept.folder.as_ref().filter(|_| roomy) {
        Some(folder) => {
            lines.push(("kept", format!("{span}, in {folder}")));
            lines.push((" ", "--no-history keeps nothing".to_owned()));
        }
        None => lines.push(("kept", span.clone())),
    }
    if !setting.hints.is_empty() {
        lines.push(("", String::new()));
        let older = setting.keys.hint(&[Context::Box], Action::RecallOlder);
        let older = older.map_or_else(String::new, |key| format!(", or {key} recalls them"));
        lines.push(("", format!("To try here: paste one of these{older}")));
    }
    let indent = if roomy { 3 } else { 1 };
    let mut rows = (area.top() + 1)..area.bottom();
    for (label, text) in &lines {
        let x = area.x + indent;
        let end = area.right() - 1;
        let text = Shown::line(text);
        let value = if label.is_empty() {
            x
        } else {
            x + if roomy { 13 } else { 11 }
        };
        let room = end.saturating_sub(value);
        for part in wrap(text.as_str(), usize::from(room)) {
            let Some(y) = rows.next() else { return };
            if part.start == 0 {
                canvas.put(x, y, area.width, label, Paint::Label);
            }
            let part = text.as_str().get(part).unwrap_or_default();
            canvas.put(value, y, room, part, Paint::Text);
        }
    }
    for ((id, what), y) in setting.hints.iter().zip(rows) {
        let x = canvas.put(area.x + indent, y, area.width, id, Paint::Key) + 2;
        canvas.put_cut(
            x,
            y,
            (area.right() - 1).saturating_sub(x),
            what,
            Paint::Label,
        );
    }
}

/// Nothing of the payload is open.
fn viewing(canvas: &mut Canvas<'_>, state: &State, area: Rect) {
    let name = Shown::line(&state.profile().name);
    let lines = [
        format!("From {name}. A row of the history opens a message."),
        "Nothing is asked for here, and nothing of it is kept.".to_owned(),
    ];
    let room = area.width.saturating_sub(2);
    for (line, y) in lines.iter().zip(area.top() + 1..area.bottom()) {
        canvas.put_cut(area.x + 1, y, room, line, Paint::Text);
    }
}

/// A lookup that the pane waits for.
pub(super) fn asking(canvas: &mut Canvas<'_>, state: &State, id: &MessageId, area: Rect) {
    let end = area.right() - 1;
    let entry = state.asking();
    let waited = entry.map_or_else(Default::default, |entry| between(entry.since, state.now));
    let glyph = entry.map_or_else(
        || canvas.theme.glyph(Tone::Progress),
        |entry| spinner(canvas, state, entry.since),
    );
    let tone = Paint::Tone(Tone::Progress);
    let x = canvas.put(area.x + 1, area.y, 1, glyph, tone) + 1;
    let told = entry.and_then(|entry| entry.progress.as_ref());
    let title = told.and_then(Progress::title).map_or_else(
        || {
            let whom = entry.map_or(state.whom, |entry| entry.whom);
            Shown::line(&format!("asking {}", state.whom_words(whom)))
        },
        Shown::line,
    );
    canvas.put_cut(x, area.y, end.saturating_sub(x), title.as_str(), tone);
    let seen = entry.and_then(|entry| entry.kept.as_ref()).map(|kept| {
        let word = kept.row.status.as_ref().map_or("here", Shown::as_str);
        let age = ago(between(kept.row.at, state.now));
        format!(" · last seen {word}, {age}")
    });
    let seconds = match waited.as_secs() {
        0 => String::new(),
        seconds => format!(" · {}", span(std::time::Duration::from_secs(seconds))),
    };
    let (why, next) = match told.and_then(|told| told.why(state.now)) {
        Some(why) => (why, "Nothing to do. "),
        None => (format!("{id}{seconds}{}", seen.unwrap_or_default()), ""),
    };
    let cancels = state
        .setting
        .keys
        .hint(&[Context::Anywhere], Action::StopOrQuit);
    let cancels = cancels.map_or_else(String::new, |key| format!("{key} cancels."));
    let next = format!("{next}{cancels}");
    let why = Shown::line(&why);
    let lines = wrap(why.as_str(), usize::from(end.saturating_sub(area.x + 7)));
    let lines = lines.into_iter().map(|range| &why.as_str()[range]);
    let rows = lines
        .map(|line| ("Why", line))
        .chain([("Next", next.as_str())]);
    let mut label = "";
    for (y, (name, line)) in (area.y + 1..area.bottom()).zip(rows) {
        if name != label {
            canvas.put(area.x + 1, y, 4, name, Paint::Label);
            label = name;
        }
        let room = end.saturating_sub(area.x + 7);
        canvas.put_cut(area.x + 7, y, room, line, Paint::Text);
    }
}
