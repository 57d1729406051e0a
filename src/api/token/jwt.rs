//! What an OAuth token says of itself, read locally from its middle part.
//! Never believed: only the API knows whether it is signed, and only for people to read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;

/// The claims that tell why a token may not work. Texts are hostile until made `Shown`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claims {
    pub expires: Option<Timestamp>,
    /// `Location` or `Company`.
    pub class: Option<String>,
    /// The sub-account it is for.
    pub location: Option<String>,
}

/// The claims in `token`, if it is of three parts and the middle one is JSON.
pub(super) fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_, middle, _) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = URL_SAFE_NO_PAD.decode(middle.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&bytes).ok()?;
    let text = |name: &str| claims.get(name)?.as_str().map(str::to_owned);
    let class = text("authClass");
    let is_location = class.as_deref().is_none_or(|class| class == "Location");
    let own = || text("authClassId").filter(|_| is_location);
    Some(Claims {
        expires: claims
            .get("exp")
            .and_then(Value::as_i64)
            .and_then(|seconds| Timestamp::from_second(seconds).ok()),
        location: text("locationId").or_else(own),
        class,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("eyJhbGciOi.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn expiry_class_and_location_are_read() {
        let location = token(
            r#"{"authClass":"Location","authClassId":"7ysh0vjy4EDQXyzqTu7v","exp":1772646248}"#,
        );
        let expected = Claims {
            expires: Timestamp::from_second(1_772_646_248).ok(),
            class: Some("Location".to_owned()),
            location: Some("7ysh0vjy4EDQXyzqTu7v".to_owned()),
        };
        assert_eq!(claims(&location), Some(expected));
        let company = token(r#"{"authClass":"Company","authClassId":"x"}"#);
        let expected = Claims {
            class: Some("Company".to_owned()),
            ..Claims::default()
        };
        assert_eq!(claims(&company), Some(expected));
    }

    #[test]
    fn what_is_no_such_token_says_nothing() {
        for token in ["pit-x", "eyJ.x.y", "a.b", "eyJhbGciOi.e30", &token("[1")] {
            assert_eq!(claims(token), None, "{token}");
        }
        assert_eq!(claims(&token("{}")), Some(Claims::default()));
    }
}
