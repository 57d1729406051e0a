//! Where a setting comes from, as people look for it.
//! Never the setting's value.

use std::fmt;

use crate::args::{Source, Sources};

/// Where a setting comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    Default,
    /// The config file, whose place is told once.
    File,
    /// A variable, by its name.
    Variable(String),
    /// A flag, as it is written.
    Flag(String),
}

impl Place {
    /// Where the flag of that field, `base_url` for `--base-url` and `MSGSCOPE_BASE_URL`, was given, if it was.
    pub(super) fn given(sources: &Sources, field: &str) -> Option<Self> {
        sources.of(field).map(|source| match source {
            Source::Flag => Self::Flag(format!("--{}", field.replace('_', "-"))),
            Source::Variable => Self::Variable(format!("MSGSCOPE_{}", field.to_uppercase())),
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::File => "config file",
            Self::Variable(name) | Self::Flag(name) => name,
        })
    }
}

/// A setting and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed<T> {
    pub value: T,
    pub place: Place,
}

impl<T> From<(T, Place)> for Placed<T> {
    fn from((value, place): (T, Place)) -> Self {
        Self::new(value, place)
    }
}

impl<T> Placed<T> {
    pub(super) fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// What was given, else what the file says, else the default.
    pub(super) fn first(given: Option<Self>, file: Option<T>, default: T) -> Self {
        let in_file = || file.map(|value| Self::new(value, Place::File));
        given
            .or_else(in_file)
            .unwrap_or_else(|| Self::new(default, Place::Default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_or_variable_beats_the_file_and_that_the_default() {
        let flag = Placed::new(1, Place::Flag("--timeout".to_owned()));
        assert_eq!(Placed::first(Some(flag.clone()), Some(2), 3), flag);
        assert_eq!(Placed::first(None, Some(2), 3), Placed::new(2, Place::File));
        assert_eq!(Placed::first(None, None, 3), Placed::new(3, Place::Default));
    }
}
