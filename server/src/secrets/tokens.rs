//! Tokens by which the parts of one installation and its operator are known.
//!
//! One secret stands for all parts: the token of a platform's part is derived
//! from it, so that a part that runs apart needs only the same secret, and one
//! platform's part cannot act for another's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::enums::Platform;
use secrecy::{ExposeSecret, SecretString};

use super::mac::{mac, same};
use crate::chance::Chance;

/// The tokens of the internal listener.
#[derive(Clone, Debug)]
pub struct Tokens {
    internal: SecretString,
    operator: SecretString,
}

/// Whose token was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The part that serves a platform.
    Service(Platform),
    /// Who runs this server.
    Operator,
}

impl Tokens {
    /// Tokens from the configured secret, or from one drawn for this start.
    /// The operator's is drawn for each start.
    pub fn new(configured: Option<&SecretString>, chance: &Chance) -> Self {
        let drawn = || SecretString::from(URL_SAFE_NO_PAD.encode(chance.bytes::<32>()));
        Self {
            internal: configured.cloned().unwrap_or_else(drawn),
            operator: SecretString::from(format!("operator_{}", drawn().expose_secret())),
        }
    }

    /// The token of the part that serves a platform.
    pub fn service(&self, platform: Platform) -> SecretString {
        service_token(&self.internal, platform)
    }

    /// The operator's token.
    pub fn operator(&self) -> &SecretString {
        &self.operator
    }

    /// Whose token it is; none if it is nobody's.
    pub fn holder(&self, token: &str) -> Option<Holder> {
        let is = |secret: &SecretString| same(secret.expose_secret().as_bytes(), token.as_bytes());
        if is(&self.operator) {
            return Some(Holder::Operator);
        }
        [Platform::Slack, Platform::Discord]
            .into_iter()
            .find(|platform| is(&self.service(*platform)))
            .map(Holder::Service)
    }
}

/// The token of a platform's part, from the secret that all parts share.
pub fn service_token(internal: &SecretString, platform: Platform) -> SecretString {
    let name: &[u8] = match platform {
        Platform::Slack => b"slack",
        Platform::Discord => b"discord",
    };
    let derived = mac(
        internal.expose_secret().as_bytes(),
        &[b"service token", name],
    );
    SecretString::from(format!("service_{}", URL_SAFE_NO_PAD.encode(derived)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_is_known_as_its_holders_and_no_other() {
        let tokens = Tokens::new(None, &Chance::seeded(1));
        let slack = tokens.service(Platform::Slack);
        assert_eq!(
            tokens.holder(slack.expose_secret()),
            Some(Holder::Service(Platform::Slack))
        );
        assert_eq!(
            tokens.holder(tokens.operator().expose_secret()),
            Some(Holder::Operator)
        );
        assert_eq!(tokens.holder("service_"), None);
        assert_eq!(tokens.holder(""), None);
    }

    #[test]
    fn a_part_that_runs_apart_derives_the_same_token_from_the_configured_secret() {
        let secret = SecretString::from("shared by all parts");
        let web = Tokens::new(Some(&secret), &Chance::seeded(1));
        let slack = service_token(&secret, Platform::Slack);
        assert_eq!(
            web.holder(slack.expose_secret()),
            Some(Holder::Service(Platform::Slack))
        );
    }
}
