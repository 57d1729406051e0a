//! A `curl` command that asks for the same message; the token stays in the reader's variable.

use crate::model::snapshot::Snapshot;

/// One line for a shell. What comes from outside is quoted.
pub fn curl(snapshot: &Snapshot) -> String {
    let asked = &snapshot.asked;
    let url = format!(
        "{}{}",
        asked.base_url.trim_end_matches('/'),
        asked.endpoint.path(asked.id.as_str())
    );
    format!(
        "curl -sS {} -H \"Authorization: Bearer $MSGSCOPE_TOKEN\" -H {} -H 'Accept: application/json'",
        quoted(&url),
        quoted(&format!("Version: {}", asked.version)),
    )
}

/// In single quotes, which a shell takes to the letter.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_quote_cannot_end_the_quotes() {
        assert_eq!(quoted("a'; rm -rf ~ '"), r"'a'\''; rm -rf ~ '\'''");
    }
}
