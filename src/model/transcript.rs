//! What was said in a call, sentence by sentence, as its transcript tells.
//! Never a sentence left out: one without words is shown as it was sent.

use super::endpoint::Endpoint;
use super::json::{Json, JsonKind};
use super::snapshot::Snapshot;

/// A sentence.
#[derive(Clone, PartialEq, Debug)]
pub struct Sentence {
    /// `0:34 channel 1`; what is not told is left out.
    pub when: String,
    pub words: String,
    /// The words as sent.
    pub source: Option<Json>,
}

/// The sentences of a transcript: documented as one of them, expected as a list.
pub fn sentences(root: &Json) -> Vec<Sentence> {
    let all = match root.kind() {
        JsonKind::Array => root.members().into_iter().map(|(_, one)| one).collect(),
        _ => vec![root.clone()],
    };
    all.iter().map(sentence).collect()
}

fn sentence(told: &Json) -> Sentence {
    // In milliseconds.
    let start = told.member("startTime").and_then(|start| start.whole());
    let start = start.map(|start| {
        let seconds = start / 1000;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    });
    let channel = told.member("mediaChannel");
    let channel = channel.map(|channel| format!("channel {}", channel.plain()));
    let when: Vec<String> = [start, channel].into_iter().flatten().collect();
    let source = told.member("transcript");
    let words = source.as_ref().map(|said| said.plain().into_owned());
    Sentence {
        when: when.join(" "),
        words: words.unwrap_or_else(|| told.raw().to_owned()),
        source,
    }
}

/// The transcript that was asked for with a message, as text; `None` where there is none.
pub fn text(snapshot: &Snapshot) -> Option<String> {
    let is_transcript = |one: &Snapshot| matches!(one.asked.endpoint, Endpoint::Transcript { .. });
    let mut linked = snapshot.linked.iter();
    let transcript = linked.find(|one| is_transcript(one))?;
    let root = transcript.outcome.as_ref().ok()?.root();
    let lines = sentences(root).into_iter();
    let lines: Vec<String> = lines
        .map(|one| format!("{}: {}\n", one.when, one.words))
        .collect();
    Some(lines.concat())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]
    use super::*;

    #[test]
    fn a_list_and_a_single_sentence_are_read_alike_and_what_is_not_told_is_left_out() {
        let told = |text: &str| -> Vec<(String, String)> {
            let root = Json::parse(text.into()).unwrap();
            let all = sentences(&root).into_iter();
            all.map(|one| (one.when, one.words)).collect()
        };
        let one = r#"{"mediaChannel":2,"startTime":64700,"transcript":"Hi."}"#;
        let expected = vec![("1:04 channel 2".to_owned(), "Hi.".to_owned())];
        assert_eq!(told(one), expected);
        assert_eq!(told(&format!("[{one}]")), expected);
        let bare = vec![(String::new(), r#"{"x":1}"#.to_owned())];
        assert_eq!(told(r#"[{"x":1}]"#), bare);
    }
}
