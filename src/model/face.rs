//! Where the words are read: in the console, where keys work, or on the output of a command, where they do not.
//! Never what the words say of a message: that is the same everywhere. Never a key either: they come in.

/// Who reads what is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face<'hints> {
    Console(&'hints Hints),
    Command,
}

/// The console's keys as its sentences name them; `None` where an action has none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hints {
    /// Looks up again.
    pub again: Option<String>,
    /// Shows the answer as received.
    pub raw: Option<String>,
    /// Looks up again and again, until it is final.
    pub watch: Option<String>,
    /// Picks a profile.
    pub profile: Option<String>,
    /// Asks all other profiles: two keys.
    pub others: Option<String>,
    /// Copy the attachments: `1-9`.
    pub digits: Option<String>,
    /// Shows alone what was to be copied.
    pub view: Option<String>,
    /// Asks for what the row under the cursor leads to.
    pub load: Option<String>,
    /// Asks for all that belongs to the message.
    pub linked: Option<String>,
    /// Saves a call's recording.
    pub recording: Option<String>,
    /// Shows an email's HTML as it came.
    pub source: Option<String>,
}

impl<'hints> Face<'hints> {
    /// The console's key, where that is read and has one.
    pub fn key(
        self,
        of: impl FnOnce(&'hints Hints) -> &'hints Option<String>,
    ) -> Option<&'hints str> {
        match self {
            Self::Console(hints) => of(hints).as_deref(),
            Self::Command => None,
        }
    }

    /// Begins a sentence: `r asks again`.
    pub fn asks_again(self) -> String {
        let key = self.key(|hints| &hints.again);
        key.map_or_else(|| "Ask again".to_owned(), |key| format!("{key} asks again"))
    }

    /// Begins one: `w watches it`; where nothing does, it can be asked for again.
    fn watches(self) -> String {
        let key = self.key(|hints| &hints.watch);
        key.map_or_else(|| self.asks_again(), |key| format!("{key} watches it"))
    }

    /// Ends one: `…, then r.`
    pub fn then_again(self) -> String {
        let key = self.key(|hints| &hints.again);
        format!("then {}", key.unwrap_or("ask again"))
    }

    /// A sentence of its own with a blank behind it, where the answer can be looked at.
    pub fn shows_answer(self) -> String {
        self.shows_raw("", "shows what came. ")
    }

    /// `before`, the key that shows the raw answer, `words`; nothing without a key.
    pub fn shows_raw(self, before: &str, words: &str) -> String {
        let key = self.key(|hints| &hints.raw);
        key.map_or_else(String::new, |key| format!("{before}{key} {words}"))
    }

    /// The words, which name the keys as they are by default, for this reader.
    pub fn told(self, words: &str) -> String {
        let raw = self.shows_raw("", "shows all that came. ");
        let recording = match self.key(|hints| &hints.recording) {
            Some(key) => format!("{key} saves the recording"),
            None => "the recording is in Conversations".to_owned(),
        };
        let transcript = self.key(|hints| &hints.linked);
        let transcript = transcript.map(|key| format!("{key} asks for the transcript, "));
        let told = words
            .replace(
                "L asks for the transcript, ",
                &transcript.unwrap_or_default(),
            )
            .replace("s saves the recording", &recording);
        sentences(&told)
            .replace("R shows all that came. ", &raw)
            .replace("r asks again", &self.asks_again())
            .replace("w watches it", &self.watches())
    }
}

/// With a capital where a sentence begins that has lost its first words.
fn sentences(words: &str) -> String {
    let words = words.replace(". the recording", ". The recording");
    match words.strip_prefix("the recording") {
        Some(rest) => format!("The recording{rest}"),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "R shows all that came. r asks again after a few minutes. w watches it.";

    #[test]
    fn a_command_is_told_of_no_keys() {
        let told = "Ask again after a few minutes. Ask again.";
        assert_eq!(Face::Command.told(WORDS), told);
        assert_eq!(Face::Console(&Hints::default()).told(WORDS), told);
    }

    #[test]
    fn the_recording_is_told_with_its_key_or_with_its_place() {
        const CALL: &str = "Follow up by text. L asks for the transcript, s saves the recording.";
        let told = "Follow up by text. The recording is in Conversations.";
        assert_eq!(Face::Command.told(CALL), told);
        let told = "The recording is in Conversations: listen.";
        assert_eq!(Face::Command.told("s saves the recording: listen."), told);
        let hints = Hints {
            linked: Some("F7".to_owned()),
            recording: Some("F8".to_owned()),
            ..Hints::default()
        };
        assert_eq!(
            Face::Console(&hints).told(CALL),
            "Follow up by text. F7 asks for the transcript, F8 saves the recording."
        );
    }

    #[test]
    fn the_console_is_told_of_the_keys_in_force() {
        let hints = Hints {
            again: Some("F5".to_owned()),
            raw: Some("Ctrl-R".to_owned()),
            watch: Some("F6".to_owned()),
            ..Hints::default()
        };
        assert_eq!(
            Face::Console(&hints).told(WORDS),
            "Ctrl-R shows all that came. F5 asks again after a few minutes. F6 watches it."
        );
    }
}
