//! What a login provider hands out about somebody: read, and held to what it must be.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::keys::{Algorithm, Signed};
use super::{Bound, Claims, OpenIdError};

/// Clocks may differ by so much.
const LEEWAY: TimeDelta = TimeDelta::seconds(120);

/// A token that nobody has believed yet.
#[derive(Debug)]
pub(super) struct Token<'a> {
    algorithm: Algorithm,
    key: Option<String>,
    message: &'a str,
    signature: Vec<u8>,
    claims: Value,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

impl<'a> Token<'a> {
    /// Reads a token: three parts, each in base64 (RFC 7515, 3.1).
    pub(super) fn read(text: &'a str) -> Result<Self, OpenIdError> {
        let unreadable = || OpenIdError::Unsound("its token cannot be read");
        let (message, signature) = text.rsplit_once('.').ok_or_else(unreadable)?;
        let (head, claims) = message.split_once('.').ok_or_else(unreadable)?;
        let head: Head = part(head).ok_or_else(unreadable)?;
        // What stands there must be understood, and we understand nothing further.
        if head.crit.is_some() {
            return Err(OpenIdError::Unsound("its token wants more than is known"));
        }
        let algorithm = Algorithm::named(&head.alg).ok_or(OpenIdError::Unsound(
            "its token is not signed by RS256, PS256, ES256 or EdDSA",
        ))?;
        Ok(Self {
            algorithm,
            key: head.kid,
            message,
            signature: URL_SAFE_NO_PAD
                .decode(signature)
                .map_err(|_| unreadable())?,
            claims: part(claims).ok_or_else(unreadable)?,
        })
    }

    /// What has to be genuine before anything of it counts.
    pub(super) fn signed(&self) -> Signed<'_> {
        Signed {
            algorithm: self.algorithm,
            key: self.key.as_deref(),
            message: self.message.as_bytes(),
            signature: &self.signature,
        }
    }

    /// What it says. Only who has judged the signature asks.
    pub(super) fn into_claims(self) -> Value {
        self.claims
    }
}

fn part<T: DeserializeOwned>(text: &str) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Whether what it says is from there, for us, for this log-in and for now (OpenID Connect Core
/// 3.1.3.7).
pub(super) fn hold(
    claims: &Value,
    (issuer, client): (&str, &str),
    bound: &Bound<'_>,
    now: DateTime<Utc>,
) -> Result<(), OpenIdError> {
    if text(claims, "iss") != Some(issuer) {
        return Err(OpenIdError::Unsound("another issuer said it"));
    }
    if !is_for(claims, client) {
        return Err(OpenIdError::Unsound("it was said to somebody else"));
    }
    let ends = claims.get("exp").and_then(seconds);
    if ends.is_none_or(|ends| now >= ends + LEEWAY) {
        return Err(OpenIdError::Unsound("it is too old: compare the clocks"));
    }
    let begins = claims.get("nbf").and_then(seconds);
    if begins.is_some_and(|begins| now < begins - LEEWAY) {
        return Err(OpenIdError::Unsound("it is too new: compare the clocks"));
    }
    if text(claims, "nonce") != Some(bound.nonce) {
        return Err(OpenIdError::Unsound("it belongs to another log-in"));
    }
    Ok(())
}

/// Whether it was made for us. Where it names for whom it was made, that is us; and of several
/// who may read it, it has to name one.
fn is_for(claims: &Value, client: &str) -> bool {
    let made_for = claims.get("azp");
    let is_made_for_us = made_for.and_then(Value::as_str) == Some(client);
    let is_ours = match claims.get("aud") {
        Some(Value::String(one)) => one == client,
        Some(Value::Array(all)) => {
            all.iter().any(|one| one == client) && (all.len() == 1 || is_made_for_us)
        }
        _ => false,
    };
    is_ours && (made_for.is_none() || is_made_for_us)
}

/// Some write fractions of seconds, which never decide.
fn seconds(value: &Value) -> Option<DateTime<Utc>> {
    let whole = value.as_i64().or_else(|| {
        let number = value.as_number()?.to_string();
        number.split('.').next()?.parse().ok()
    })?;
    DateTime::from_timestamp(whole, 0)
}

/// Who somebody is by a signed token, with an address as `address` tells it.
pub(super) fn said(claims: &Value, address: &Value, subject: &str) -> Claims {
    let is_confirmed = match address.get("email_verified") {
        Some(Value::Bool(confirmed)) => *confirmed,
        // As some write it.
        Some(Value::String(text)) => text == "true",
        _ => false,
    };
    let slack =
        text(claims, "https://slack.com/team_id").zip(text(claims, "https://slack.com/user_id"));
    Claims {
        subject: subject.to_owned(),
        confirmed_email: text(address, "email")
            .filter(|_| is_confirmed)
            .map(str::to_owned),
        slack: slack.map(|(team, user)| (team.to_owned(), user.to_owned())),
        slack_enterprise: text(claims, "https://slack.com/enterprise_id").map(str::to_owned),
    }
}

pub(super) fn text<'v>(claims: &'v Value, name: &str) -> Option<&'v str> {
    claims.get(name)?.as_str()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use proptest::sample::Index;
    use proptest::string::string_regex;
    use serde_json::json;

    use super::*;
    use crate::ports::openid::keys::{Keys, Published, Verdict};
    use crate::test_support::id_tokens::Signer;

    /// A good token, and the keys of which one signed it: made once, so that so many can be tried.
    static SIGNED: LazyLock<(String, Keys)> = LazyLock::new(|| {
        let signer = Signer::es256("k");
        let published: Published =
            serde_json::from_value(json!({"keys": [signer.public()]})).unwrap();
        let token = signer.token(&json!({"sub": "ada", "nonce": "n"}));
        (token, Keys::from(published))
    });

    /// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where
    /// that is more.
    fn many() -> ProptestConfig {
        ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn hostile_tokens_are_read_or_refused(text in "[A-Za-z0-9_.=+/-]{0,100}") {
            drop(Token::read(&text));
        }

        // Read once: as mere texts they would be anew for each input, and this takes time.
        #[test]
        fn hostile_heads_and_claims_are_read_or_refused(
            head in string_regex("\\PC{0,60}").unwrap(),
            claims in string_regex("\\PC{0,60}").unwrap(),
        ) {
            let [head, claims] = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
            drop(Token::read(&format!("{head}.{claims}.AAAA")));
        }

        #[test]
        fn a_hostile_token_of_which_a_letter_was_changed_is_not_genuine(
            at in any::<Index>(),
            letter in "[A-Za-z0-9_.-]",
        ) {
            let (token, keys) = &*SIGNED;
            let at = at.index(token.len());
            let mut changed = token.clone();
            changed.replace_range(at..=at, &letter);
            let verdict = Token::read(&changed).map(|token| keys.judge(&token.signed()));
            let is_genuine = matches!(verdict, Ok(Verdict::Genuine));
            // The letter may be the one that stood there.
            prop_assert!(is_genuine == (changed == *token), "{changed}");
        }
    }
}
