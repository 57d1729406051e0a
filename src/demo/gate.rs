//! What is asked of a request's headers: a version first, then a token, as the real API does.
//! Never here: a token that opens anything but the demo.

use super::answer::{Answer, Ask};

/// The demo's token: shaped like a private integration token, and plainly nobody's.
pub(super) const TOKEN: &str = "pit-00000000-0000-4000-8000-000000000000";

/// The versions of the API that are published with a name.
const PUBLISHED: [&str; 4] = ["2021-04-15", "2021-07-28", "2023-02-21", "v3"];

/// The refusal of a request whose headers are not in order; nothing when they are.
pub(super) fn refusal(ask: Ask<'_>) -> Option<Answer> {
    let refused = |status, message: &str| Some(Answer::refusal(status, message).before_the_api());
    let Some(version) = ask.version else {
        return refused(401, "version header was not found.");
    };
    if !PUBLISHED.contains(&version) {
        return if is_well_formed(version) {
            refused(401, "version header is invalid")
        } else {
            let message = format!("Invalid API version segment '{version}' at position 0");
            refused(400, &message)
        };
    }
    let Some(authorization) = ask.authorization else {
        return refused(401, "No Authorization header found for authentication!");
    };
    match authorization.strip_prefix("Bearer ") {
        Some(TOKEN) => None,
        Some(token) if token.starts_with("pit-") => {
            refused(401, "Invalid Private Integration token")
        }
        _ => refused(401, "Invalid JWT"),
    }
}

/// A date, or `v` and a number.
fn is_well_formed(version: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(number) = version.strip_prefix('v') {
        return digits(number);
    }
    let parts: Vec<_> = version.split('-').collect();
    parts.iter().all(|part| digits(part)) && parts.iter().map(|part| part.len()).eq([4, 2, 2])
}

#[cfg(test)]
mod tests {
    use super::{Answer, Ask, TOKEN, refusal};

    fn refused(version: Option<&str>, authorization: Option<&str>) -> Option<Answer> {
        refusal(Ask {
            method: "GET",
            path: "/",
            query: "",
            version,
            authorization,
        })
    }

    fn with(status: u16, message: &str) -> Answer {
        Answer::refusal(status, message).before_the_api()
    }

    #[test]
    fn the_version_is_looked_at_before_the_token() {
        let missing = Some(with(401, "version header was not found."));
        assert_eq!(refused(None, None), missing);
        assert_eq!(refused(None, Some("Bearer nonsense")), missing);
    }

    #[test]
    fn an_unpublished_version_and_a_malformed_one_are_refused_differently() {
        for version in ["2020-01-01", "v4", "v12"] {
            let invalid = Some(with(401, "version header is invalid"));
            assert_eq!(refused(Some(version), None), invalid, "{version}");
        }
        for version in ["bogus-version", "", "v", "2021-07", "2021-7-28", "latest"] {
            let message = format!("Invalid API version segment '{version}' at position 0");
            assert_eq!(refused(Some(version), None), Some(with(400, &message)));
        }
    }

    #[test]
    fn each_wrong_token_is_told_what_it_is_taken_for() {
        let version = Some("v3");
        let missing = Some(with(
            401,
            "No Authorization header found for authentication!",
        ));
        assert_eq!(refused(version, None), missing);
        let other = Some("Bearer pit-11111111-1111-4111-8111-111111111111");
        let unknown = Some(with(401, "Invalid Private Integration token"));
        assert_eq!(refused(version, other), unknown);
        for token in [
            "Bearer 00000000-0000-4000-8000-000000000000",
            TOKEN,
            "Basic eA==",
        ] {
            assert_eq!(
                refused(version, Some(token)),
                Some(with(401, "Invalid JWT"))
            );
        }
    }

    #[test]
    fn the_demos_own_token_passes_with_every_published_version() {
        let own = format!("Bearer {TOKEN}");
        for version in super::PUBLISHED {
            assert_eq!(refused(Some(version), Some(&own)), None);
        }
    }
}
