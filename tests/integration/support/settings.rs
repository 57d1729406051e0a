//! What a console is settled with in tests.
//! Never here: a file or a variable.

use msgscope::app::action::Keys;
use msgscope::app::setting::{KeptWhere, Profile, Setting, Work};
use msgscope::model::whom::Whom;

/// What is settled before: a token, a desktop, the usual host.
pub(crate) fn setting() -> Setting {
    Setting {
        work: Work::Ask,
        profiles: vec![profile("acme-support")],
        whom: Whom::One(0),
        keys: Keys::default(),
        remote: false,
        kept: KeptWhere::in_memory(),
        mouse: false,
        notify: false,
        hints: Vec::new(),
    }
}

/// The same without a token.
pub(crate) fn setting_without_token() -> Setting {
    let mut setting = setting();
    setting.profiles[0].token = None;
    setting
}

/// A sub-account with a token.
pub(crate) fn profile(name: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        base_url: "https://services.leadconnectorhq.com".to_owned(),
        host: "services.leadconnectorhq.com".to_owned(),
        host_is_default: true,
        version: "2021-07-28".to_owned(),
        app_url: "https://app.gohighlevel.com".to_owned(),
        token: Some("private integration, from MSGSCOPE_TOKEN".to_owned()),
        token_changes: false,
    }
}
