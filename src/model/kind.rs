//! What kind of message it is: the contract's `TYPE_…` names, the web app's numbers, and what people call them.
//! Never guesses: a name or number that is in neither table is shown as it was sent.

/// What a message goes through; statuses mean different things on each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    Text,
    Email,
    Call,
    WhatsApp,
    /// Facebook, Instagram, TikTok and their comments.
    Social,
    /// The web site's chat widget.
    Chat,
    Review,
    /// Kept inside HighLevel; nothing is sent to the contact.
    Log,
    /// Sent by an app of the marketplace.
    Custom,
    Unknown,
}

/// One row of the table.
#[derive(PartialEq, Eq, Debug)]
pub struct Known {
    /// The name in `messageType`.
    pub name: &'static str,
    /// The number in `type`, where one is known.
    pub number: Option<u64>,
    /// At most five columns, for lists.
    pub short: &'static str,
    /// What people call it.
    pub words: &'static str,
    pub family: Family,
}

/// The type of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    Known(&'static Known),
    /// Not in the table: what was sent, name before number.
    Unknown(String),
}

const fn known(
    name: &'static str,
    number: u64,
    short: &'static str,
    words: &'static str,
    family: Family,
) -> Known {
    let number = if number == 0 { None } else { Some(number) };
    Known {
        name,
        number,
        short,
        words,
        family,
    }
}

use Family as F;

/// The names of the contract, and what else the web app's own enum knows; 0 where no number is known.
pub const KINDS: &[Known] = &[
    known("TYPE_CALL", 1, "CALL", "call", F::Call),
    known("TYPE_SMS", 2, "SMS", "SMS", F::Text),
    known("TYPE_RCS", 0, "RCS", "RCS", F::Text),
    known("TYPE_EMAIL", 3, "EMAIL", "email", F::Email),
    known(
        "TYPE_SMS_REVIEW_REQUEST",
        4,
        "SMS",
        "review request by SMS",
        F::Text,
    ),
    known("TYPE_WEBCHAT", 5, "CHAT", "web chat", F::Chat),
    known(
        "TYPE_SMS_NO_SHOW_REQUEST",
        6,
        "SMS",
        "no-show request by SMS",
        F::Text,
    ),
    known("TYPE_CAMPAIGN_SMS", 7, "SMS", "campaign SMS", F::Text),
    known("TYPE_CAMPAIGN_CALL", 8, "CALL", "campaign call", F::Call),
    known(
        "TYPE_CAMPAIGN_EMAIL",
        9,
        "EMAIL",
        "campaign email",
        F::Email,
    ),
    known(
        "TYPE_CAMPAIGN_VOICEMAIL",
        10,
        "VMAIL",
        "voicemail drop",
        F::Call,
    ),
    known("TYPE_FACEBOOK", 11, "FB", "Facebook message", F::Social),
    known(
        "TYPE_CAMPAIGN_FACEBOOK",
        12,
        "FB",
        "campaign Facebook message",
        F::Social,
    ),
    known(
        "TYPE_CAMPAIGN_MANUAL_CALL",
        13,
        "CALL",
        "manual campaign call",
        F::Call,
    ),
    known(
        "TYPE_CAMPAIGN_MANUAL_SMS",
        14,
        "SMS",
        "manual campaign SMS",
        F::Text,
    ),
    known("TYPE_GMB", 15, "GMB", "Google Business message", F::Review),
    known(
        "TYPE_CAMPAIGN_GMB",
        16,
        "GMB",
        "campaign Google Business message",
        F::Review,
    ),
    known("TYPE_REVIEW", 17, "REVW", "review", F::Review),
    known("TYPE_INSTAGRAM", 18, "IG", "Instagram message", F::Social),
    known("TYPE_WHATSAPP", 19, "WAPP", "WhatsApp", F::WhatsApp),
    known(
        "TYPE_CUSTOM_SMS",
        20,
        "CSMS",
        "SMS of a custom provider",
        F::Custom,
    ),
    known(
        "TYPE_CUSTOM_EMAIL",
        21,
        "CMAIL",
        "email of a custom provider",
        F::Custom,
    ),
    known(
        "TYPE_CUSTOM_PROVIDER_SMS",
        22,
        "CSMS",
        "SMS of a conversation provider",
        F::Custom,
    ),
    known(
        "TYPE_CUSTOM_PROVIDER_EMAIL",
        23,
        "CMAIL",
        "email of a conversation provider",
        F::Custom,
    ),
    known("TYPE_IVR_CALL", 24, "IVR", "IVR call", F::Call),
    known(
        "TYPE_ACTIVITY_CONTACT",
        25,
        "LOG",
        "contact activity",
        F::Log,
    ),
    known(
        "TYPE_ACTIVITY_INVOICE",
        26,
        "LOG",
        "invoice activity",
        F::Log,
    ),
    known(
        "TYPE_ACTIVITY_PAYMENT",
        27,
        "LOG",
        "payment activity",
        F::Log,
    ),
    known(
        "TYPE_ACTIVITY_OPPORTUNITY",
        28,
        "LOG",
        "opportunity activity",
        F::Log,
    ),
    known("TYPE_LIVE_CHAT", 29, "CHAT", "live chat", F::Chat),
    known(
        "TYPE_LIVE_CHAT_INFO_MESSAGE",
        30,
        "LOG",
        "live chat notice",
        F::Log,
    ),
    known(
        "TYPE_ACTIVITY_APPOINTMENT",
        31,
        "LOG",
        "appointment activity",
        F::Log,
    ),
    known(
        "TYPE_FACEBOOK_COMMENT",
        32,
        "FB",
        "Facebook comment",
        F::Social,
    ),
    known(
        "TYPE_INSTAGRAM_COMMENT",
        33,
        "IG",
        "Instagram comment",
        F::Social,
    ),
    known(
        "TYPE_CUSTOM_CALL",
        34,
        "CCALL",
        "call of a custom provider",
        F::Call,
    ),
    known("TYPE_GROUP_SMS", 35, "SMS", "group SMS", F::Text),
    known("TYPE_INTERNAL_CHAT", 36, "NOTE", "internal chat", F::Log),
    known(
        "TYPE_INTERNAL_COMMENT",
        37,
        "NOTE",
        "internal comment",
        F::Log,
    ),
    known(
        "TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG",
        38,
        "LOG",
        "employee action log",
        F::Log,
    ),
    known("TYPE_TIKTOK", 41, "TIKTK", "TikTok message", F::Social),
    known(
        "TYPE_TIKTOK_COMMENT",
        42,
        "TIKTK",
        "TikTok comment",
        F::Social,
    ),
    known(
        "TYPE_ACTIVITY_WHATSAPP",
        0,
        "LOG",
        "WhatsApp activity",
        F::Log,
    ),
    known("TYPE_FORM_SUBMISSION", 0, "FORM", "form submission", F::Log),
    known("TYPE_SMS_REACTION", 0, "SMS", "reaction to an SMS", F::Text),
    known("TYPE_NO_SHOW", 100, "LOG", "no-show", F::Log),
];

/// Other spellings that were seen: web app, list filter, webhooks, the documentation's example.
const SPELLINGS: &[(&str, &str)] = &[
    ("TYPE_VOICEMAIL", "TYPE_CAMPAIGN_VOICEMAIL"),
    ("VoiceMail", "TYPE_CAMPAIGN_VOICEMAIL"),
    ("TYPE_INFO_FACEBOOK_COMMENT", "TYPE_FACEBOOK_COMMENT"),
    ("TYPE_INFO_INSTAGRAM_COMMENT", "TYPE_INSTAGRAM_COMMENT"),
    ("TYPE_INTERNAL_COMMENTS", "TYPE_INTERNAL_COMMENT"),
    ("SMS", "TYPE_SMS"),
    ("CALL", "TYPE_CALL"),
    ("Email", "TYPE_EMAIL"),
    ("InternalComment", "TYPE_INTERNAL_COMMENT"),
];

impl Kind {
    /// From `messageType` and `type`. The name wins; the number speaks only where there is no name.
    pub fn new(name: Option<&str>, number: Option<u64>) -> Option<Self> {
        match name.filter(|name| !name.is_empty()) {
            Some(name) => {
                let spelt = SPELLINGS
                    .iter()
                    .find(|(other, _)| other.eq_ignore_ascii_case(name));
                let name = spelt.map_or(name, |(_, name)| *name);
                let found = KINDS.iter().find(|known| known.name == name);
                Some(found.map_or_else(|| Self::Unknown(name.to_owned()), Self::Known))
            }
            None => number.map(|number| {
                let found = KINDS.iter().find(|known| known.number == Some(number));
                found.map_or_else(|| Self::Unknown(format!("type {number}")), Self::Known)
            }),
        }
    }

    pub fn family(&self) -> Family {
        match self {
            Self::Known(known) => known.family,
            Self::Unknown(_) => Family::Unknown,
        }
    }

    /// For the headline: the short name; an unknown one as sent, without its `TYPE_`.
    pub fn short(&self) -> &str {
        match self {
            Self::Known(known) => known.short,
            Self::Unknown(name) => name.strip_prefix("TYPE_").unwrap_or(name),
        }
    }

    /// What people call it; an unknown one as sent.
    pub fn words(&self) -> &str {
        match self {
            Self::Known(known) => known.words,
            Self::Unknown(name) => name,
        }
    }

    /// Whether `number` is another type than the name says; both are shown then.
    pub fn disagrees(&self, number: u64) -> bool {
        match self {
            Self::Known(known) => known.number.is_some_and(|own| own != number),
            Self::Unknown(_) => KINDS.iter().any(|known| known.number == Some(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_name_for_people_and_one_for_lists() {
        for known in KINDS {
            assert!(
                !known.words.is_empty() && !known.words.contains("TYPE_"),
                "{}",
                known.name
            );
            assert!((2..=5).contains(&known.short.len()), "{}", known.name);
            assert_eq!(Kind::new(Some(known.name), None), Some(Kind::Known(known)));
            if let Some(number) = known.number {
                assert_eq!(Kind::new(None, Some(number)), Some(Kind::Known(known)));
            }
        }
    }

    #[test]
    fn the_name_wins_over_the_number_and_a_disagreement_is_told() {
        let kind = Kind::new(Some("SMS"), Some(1));
        assert_eq!(kind.as_ref().map(Kind::short), Some("SMS"));
        assert!(kind.is_some_and(|kind| kind.disagrees(1)));
    }

    #[test]
    fn an_unknown_type_is_shown_as_sent() {
        let kind = Kind::new(Some("TYPE_HOLOGRAM"), Some(77));
        assert_eq!(kind.as_ref().map(Kind::short), Some("HOLOGRAM"));
        assert_eq!(kind.map(|kind| kind.family()), Some(Family::Unknown));
        assert_eq!(
            Kind::new(None, Some(40)).map(|kind| kind.words().to_owned()),
            Some("type 40".to_owned())
        );
    }
}
