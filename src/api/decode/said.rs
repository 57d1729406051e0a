//! What the API says in an error, wherever it says it: the envelopes differ by endpoint and by what stands in between.
//! Never rewords: texts are kept as sent, only their number and length are bounded.

use crate::model::body::Body;
use crate::model::json::{Json, JsonKind};

/// More messages than one error was ever seen to have.
const MOST_MESSAGES: usize = 20;
/// In characters; the whole body can always be shown.
const LONGEST_MESSAGE: usize = 500;

/// The words of an error.
#[derive(Default)]
pub(super) struct Said {
    pub messages: Vec<String>,
    /// `canonicalCode`, as in `CONVERSATIONS_MSG_NOT_FOUND`.
    pub code: Option<String>,
    pub trace_id: Option<String>,
    /// Whether the body calls itself an error, whatever the HTTP status.
    pub is_error: bool,
    /// Whether it is Cloudflare's own error and not HighLevel's.
    pub is_cloudflare: bool,
}

impl Said {
    pub(super) fn new(http: u16, root: Option<&Json>, body: &Body) -> Self {
        let Some(root) = root else {
            let text = body.text().trim_start_matches('\u{feff}').trim();
            // A web page or half a JSON says nothing worth quoting.
            let quotable = http >= 400 && !text.is_empty() && !text.starts_with(['<', '{', '[']);
            return Self {
                messages: quotable.then(|| shortened(text)).into_iter().collect(),
                ..Self::default()
            };
        };
        let mut messages = match root.kind() {
            JsonKind::Object => in_object(root),
            JsonKind::String if http >= 400 => texts(root),
            _ => Vec::new(),
        };
        messages.truncate(MOST_MESSAGES);
        let code = text_of(root, "canonicalCode");
        let status = root.member("statusCode").or_else(|| root.member("status"));
        let is_error = code.is_some()
            || status
                .and_then(|status| status.whole())
                .is_some_and(|status| status >= 400);
        Self {
            messages,
            code,
            trace_id: text_of(root, "traceId"),
            is_error,
            is_cloudflare: cloudflare_code(root).is_some(),
        }
    }
}

/// `message`, else `error` (with its description), else `detail`; else what Cloudflare says.
fn in_object(root: &Json) -> Vec<String> {
    if let Some(code) = cloudflare_code(root) {
        let name = root.member("error_name");
        let name = name.map(|name| name.plain().into_owned());
        let mut messages = vec![shortened(&format!("{code} {}", name.unwrap_or_default()))];
        messages.extend(root.member("detail").iter().flat_map(texts));
        return messages;
    }
    let message = root.member("message").map(|message| texts(&message));
    let message = message.filter(|texts| !texts.is_empty());
    message.unwrap_or_else(|| {
        ["error", "error_description", "detail", "canonicalCode"]
            .iter()
            .filter_map(|name| root.member(name))
            .flat_map(|value| texts(&value))
            .collect()
    })
}

/// Cloudflare's 1xxx errors name themselves so.
fn cloudflare_code(root: &Json) -> Option<u64> {
    let code = root.member("error_code")?.whole()?;
    let named = ["error_name", "cloudflare_error"];
    let is_named = named.iter().any(|name| root.member(name).is_some());
    (is_named && (1000..2000).contains(&code)).then_some(code)
}

/// A string, each of a list, an object's own `message`; any other value as sent.
fn texts(value: &Json) -> Vec<String> {
    match value.kind() {
        JsonKind::Null => Vec::new(),
        JsonKind::Array => value
            .members()
            .into_iter()
            .take(MOST_MESSAGES)
            .map(|(_, value)| text(&value))
            .filter(|text| !text.is_empty())
            .collect(),
        _ => Some(text(value))
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect(),
    }
}

fn text(value: &Json) -> String {
    let inner = (value.kind() == JsonKind::Object)
        .then(|| value.member("message"))
        .flatten();
    shortened(inner.as_ref().unwrap_or(value).plain().trim())
}

fn text_of(root: &Json, name: &str) -> Option<String> {
    let value = root.member(name)?;
    let text = value.string()?;
    (!text.trim().is_empty()).then(|| shortened(text.trim()))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
