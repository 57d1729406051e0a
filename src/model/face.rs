//! Where the words are read: in the console, where keys work, or on the output of a command, where they do not.
//! Never what the words say of a message: that is the same everywhere.

/// Who reads what is said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Face {
    Console,
    Command,
}

impl Face {
    /// Begins a sentence: `r asks again`.
    pub fn asks_again(self) -> &'static str {
        match self {
            Self::Console => "r asks again",
            Self::Command => "Ask again",
        }
    }

    /// Ends one: `…, then r.`
    pub fn then_again(self) -> &'static str {
        match self {
            Self::Console => "then r",
            Self::Command => "then ask again",
        }
    }

    /// A sentence of its own with a blank behind it, where the answer can be looked at.
    pub fn shows_answer(self) -> &'static str {
        match self {
            Self::Console => "R shows what came. ",
            Self::Command => "",
        }
    }

    /// The words, which are for the console, for this reader.
    pub fn told(self, words: &str) -> String {
        match self {
            Self::Console => words.to_owned(),
            Self::Command => words
                .replace("R shows all that came. ", "")
                .replace("r asks again", "Ask again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_of_no_keys() {
        let words = "R shows all that came. r asks again after a few minutes.";
        assert_eq!(Face::Console.told(words), words);
        assert_eq!(Face::Command.told(words), "Ask again after a few minutes.");
    }
}
