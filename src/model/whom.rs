//! Which of the sub-accounts set up here are asked.
//! Never their settings: a profile is named by its place in the list of all.

/// One profile or several, by their places from 0 in the order of the config file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Whom {
    One(usize),
    /// Every profile at the same time: which sub-account has it?
    All,
    /// Every profile but one, which has answered already.
    AllBut(usize),
}

impl Whom {
    /// The places asked, of `all` profiles.
    pub fn places(self, all: usize) -> Vec<usize> {
        match self {
            Self::One(place) => vec![place],
            Self::All => (0..all).collect(),
            Self::AllBut(place) => (0..all).filter(|other| *other != place).collect(),
        }
    }

    /// The one profile that is asked, where it is one.
    pub fn one(self) -> Option<usize> {
        match self {
            Self::One(place) => Some(place),
            Self::All | Self::AllBut(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_profiles_that_are_asked() {
        assert_eq!(Whom::One(2).places(4), [2]);
        assert_eq!(Whom::All.places(3), [0, 1, 2]);
        assert_eq!(Whom::AllBut(1).places(3), [0, 2]);
        assert!(Whom::AllBut(0).places(1).is_empty());
    }
}
