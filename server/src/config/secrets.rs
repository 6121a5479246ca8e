//! Options of keys.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret;

use super::Reader;
use crate::secrets::keys::{Key, Keys};

/// The keys that encrypt and sign.
#[derive(Clone, Debug)]
pub struct SecretsConfig {
    /// The keys; none where one is to be kept in the data directory.
    pub keys: Option<Keys>,
}

impl SecretsConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let Some(text) = reader.secret("secrets.key") else {
            return Self { keys: None };
        };
        let keys: Option<Vec<Key>> = text
            .expose_secret()
            .split([',', '\n'])
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .map(|key| Some(Key::new(STANDARD.decode(key).ok()?.try_into().ok()?)))
            .collect();
        let keys = keys.and_then(Keys::new);
        if keys.is_none() {
            reader.fault(
                "secrets.key",
                "lists different keys of 32 bytes in base64, such as `openssl rand -base64 32` prints",
            );
        }
        Self { keys }
    }
}
