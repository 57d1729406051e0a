//! What to do about a failed lookup, for whoever reads it there.
//! Never "try again" where the answer would be the same.

use super::super::face::Face;
use super::{Asked, Cause, Failure, TokenForm};

impl Failure {
    /// What to do about it, a sentence or two, for whoever reads it there.
    pub fn next(&self, asked: &Asked, face: Face<'_>) -> String {
        let again = face.asks_again();
        let then = face.then_again();
        let came = face.shows_answer();
        match &self.cause {
            Cause::NoToken if face == Face::Command => {
                "Set MSGSCOPE_TOKEN or --token-file, or a profile's token in the config file."
                    .to_owned()
            }
            Cause::NoToken => {
                "Set MSGSCOPE_TOKEN or --token-file, or paste one at the prompt at start."
                    .to_owned()
            }
            Cause::TokenUnavailable(_) => {
                format!("Mend that, {then}.{}", asked.other_profile(face))
            }
            Cause::TokenRefused(form) => {
                let what = match form {
                    TokenForm::BareUuid => "Put `pit-` back",
                    TokenForm::OAuth => "Fetch a new one",
                    _ => "Make a new one in the sub-account",
                };
                let how = if asked.token_changes || face == Face::Command {
                    format!(", {then}.")
                } else {
                    ": pasted here it serves for this run.".to_owned()
                };
                format!("{what}{how}{}", asked.other_profile(face))
            }
            Cause::WrongTokenClass => "Use one made in the sub-account.".to_owned(),
            Cause::ScopeMissing => format!(
                "Add {} to {}'s integration, {then}. \
                 An agency token gets this answer too: use one made in the sub-account.",
                asked.endpoint.scope(),
                asked.profile
            ),
            Cause::OtherLocation | Cause::NotFound => asked.elsewhere(face),
            Cause::Nowhere { unsure: 0, .. } => {
                "Check the id; its sub-account may not be set up here.".to_owned()
            }
            Cause::Nowhere { .. } => {
                format!("The table says what each answered. Mend those, {then}.")
            }
            Cause::Version if self.http == Some(404) => {
                "Check the base URL; set --api-version to 2021-07-28.".to_owned()
            }
            Cause::Version if self.says("not found") => {
                "Check the base URL and any proxy on the way.".to_owned()
            }
            Cause::Version if asked.version == "2021-07-28" => {
                "Set api_version to 2021-04-15 or v3.".to_owned()
            }
            Cause::Version => "Set api_version to 2021-07-28.".to_owned(),
            Cause::Invalid => "Compare it with the source, character by character.".to_owned(),
            Cause::RateLimited { .. } => {
                format!("Wait, {then}. Other tools may use the same token's limit.")
            }
            Cause::GatewayTimeout => format!("{again}; the next try mostly succeeds."),
            Cause::NoAnswer { .. } => format!("{again}. --timeout allows more time."),
            Cause::Network(_) => {
                "Check VPN, proxy and base URL; msgscope doctor --online.".to_owned()
            }
            Cause::Cut { .. } | Cause::NotJson | Cause::NotAMessage(_) => {
                format!("{came}{again}.")
            }
            Cause::TooLarge { .. } => format!("Nothing a message should be. {again}."),
            Cause::Redirect { .. } => "Check the base URL.".to_owned(),
            Cause::Blocked(_) => format!("{came}Try later, or ask your network team."),
            Cause::Server => "Try later; a wrong token can look like this too.".to_owned(),
            Cause::Empty | Cause::Cancelled { .. } => format!("{again}."),
            Cause::Broken => format!("{again}. Please report it if it happens twice."),
        }
    }
}

impl Asked {
    /// A further sentence where another profile could be asked.
    fn other_profile(&self, face: Face<'_>) -> String {
        match (face, face.key(|hints| &hints.profile)) {
            _ if self.others == 0 => String::new(),
            (Face::Command, _) => " --profile asks as another.".to_owned(),
            (Face::Console(_), Some(key)) => format!(" {key} picks another profile."),
            (Face::Console(_), None) => String::new(),
        }
    }

    /// How to ask the other sub-accounts for what this one does not have.
    fn elsewhere(&self, face: Face<'_>) -> String {
        let others = match self.others {
            0 => return "Check the id; ask for one from the other sub-account.".to_owned(),
            1 => "the other profile".to_owned(),
            others => format!("the other {others} profiles"),
        };
        match (face, face.key(|hints| &hints.others)) {
            (Face::Command, _) => format!("--all-profiles asks {others} too."),
            (Face::Console(_), Some(keys)) => format!("{keys} asks {others} for it."),
            (Face::Console(_), None) => format!("Ask {others} for it."),
        }
    }
}
