//! Keys that encrypt what lies in the database and sign what travels.
//!
//! Each purpose has keys of its own, derived from the configured ones, so that
//! nothing signed for one can be shown for another. The first key encrypts and
//! signs, all of them decrypt and verify: that is how a key is rotated.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use thiserror::Error;

use super::mac::{mac, same, sha256};
use crate::chance::Chance;
use crate::domain::signed::SigningKey;

/// The layout of cipher texts: version, key id, nonce, what is sealed.
const VERSION: u8 = 1;
/// Bytes of a nonce of `XChaCha20`.
const NONCE: usize = 24;

/// A key of 32 bytes.
#[derive(Clone)]
pub struct Key {
    id: u8,
    secret: [u8; 32],
}

/// The keys, the one in use first.
#[derive(Clone)]
pub struct Keys(Vec<Key>);

/// Where a sealed value lies: moved elsewhere, it does not open.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// The table.
    pub table: &'p str,
    /// The column.
    pub column: &'p str,
    /// The row's id.
    pub row: uuid::Uuid,
}

/// A sealed value does not open: another key, another place, or damage.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a sealed value does not open: its key is missing, or it was moved or damaged")]
pub struct Sealed;

impl Key {
    /// A key of these bytes. It is named by its own hash, so that a list of
    /// keys may be reordered.
    pub fn new(secret: [u8; 32]) -> Self {
        let [id, ..] = sha256(&secret);
        Self { id, secret }
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|key| key.id))
            .finish()
    }
}

impl Keys {
    /// Keys with the one in use first; none if there is no key, or two of one name.
    pub fn new(keys: Vec<Key>) -> Option<Self> {
        let mut ids: Vec<u8> = keys.iter().map(|key| key.id).collect();
        ids.sort_unstable();
        ids.dedup();
        (!keys.is_empty() && ids.len() == keys.len()).then_some(Self(keys))
    }

    /// One key.
    pub fn of(key: Key) -> Self {
        Self(vec![key])
    }

    /// Encrypts a value for its place.
    pub fn seal(&self, chance: &Chance, plain: &[u8], place: Place<'_>) -> Result<Vec<u8>, Sealed> {
        let key = self.0.first().ok_or(Sealed)?;
        let nonce = chance.bytes::<NONCE>();
        let mut sealed = vec![VERSION, key.id];
        sealed.extend_from_slice(&nonce);
        let cipher = cipher(key)?
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: place.to_string().as_bytes(),
                },
            )
            .map_err(|_| Sealed)?;
        sealed.extend(cipher);
        Ok(sealed)
    }

    /// Decrypts a value of a place.
    pub fn open(&self, sealed: &[u8], place: Place<'_>) -> Result<Vec<u8>, Sealed> {
        let [VERSION, id, rest @ ..] = sealed else {
            return Err(Sealed);
        };
        let (nonce, cipher_text) = rest.split_first_chunk::<NONCE>().ok_or(Sealed)?;
        let key = self.0.iter().find(|key| key.id == *id).ok_or(Sealed)?;
        cipher(key)?
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: cipher_text,
                    aad: place.to_string().as_bytes(),
                },
            )
            .map_err(|_| Sealed)
    }

    /// Whether a sealed value bears the name of the key in use.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        match (sealed, self.0.first()) {
            ([VERSION, id, ..], Some(key)) => *id == key.id,
            _ => false,
        }
    }

    /// The keys for signing addresses of a purpose, the one in use first.
    pub fn signing(&self, purpose: &str) -> Vec<SigningKey> {
        self.0
            .iter()
            .map(|key| SigningKey {
                id: key.id,
                secret: derived(key, purpose),
            })
            .collect()
    }

    /// HMAC-SHA-256 under the key in use for a purpose.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.0
            .first()
            .map_or([0; 32], |key| mac(&derived(key, purpose), parts))
    }

    /// The same under every key: what was written before the key in use came is found too.
    pub fn macs(&self, purpose: &str, parts: &[&[u8]]) -> Vec<Vec<u8>> {
        self.0
            .iter()
            .map(|key| mac(&derived(key, purpose), parts).to_vec())
            .collect()
    }

    /// Whether `tag` is the HMAC of the parts under any key.
    pub fn verifies(&self, purpose: &str, parts: &[&[u8]], tag: &[u8]) -> bool {
        self.0
            .iter()
            .any(|key| same(&mac(&derived(key, purpose), parts), tag))
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.table, self.column, self.row)
    }
}

fn derived(key: &Key, purpose: &str) -> [u8; 32] {
    mac(&key.secret, &[b"chorus", purpose.as_bytes()])
}

fn cipher(key: &Key) -> Result<XChaCha20Poly1305, Sealed> {
    XChaCha20Poly1305::new_from_slice(&derived(key, "encryption")).map_err(|_| Sealed)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn keys(bytes: &[u8]) -> Keys {
        Keys::new(bytes.iter().map(|byte| Key::new([*byte; 32])).collect()).unwrap()
    }

    fn place(row: u128) -> Place<'static> {
        Place {
            table: "installation",
            column: "bot_token",
            row: Uuid::from_u128(row),
        }
    }

    #[test]
    fn a_value_opens_in_its_place_and_nowhere_else() {
        let keys = keys(&[1]);
        let sealed = keys.seal(&Chance::seeded(1), b"xoxb", place(1)).unwrap();
        assert_eq!(keys.open(&sealed, place(1)), Ok(b"xoxb".to_vec()));
        assert_eq!(keys.open(&sealed, place(2)), Err(Sealed));
    }

    #[test]
    fn a_rotated_key_still_opens_what_the_old_one_sealed() {
        let sealed = keys(&[1])
            .seal(&Chance::seeded(1), b"xoxb", place(1))
            .unwrap();
        assert!(keys(&[2, 1]).open(&sealed, place(1)).is_ok());
        assert_eq!(keys(&[2]).open(&sealed, place(1)), Err(Sealed));
    }

    #[test]
    fn damage_is_noticed() {
        let keys = keys(&[1]);
        let sealed = keys.seal(&Chance::seeded(1), b"xoxb", place(1)).unwrap();
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(keys.open(&damaged, place(1)), Err(Sealed), "byte {at}");
        }
        assert_eq!(keys.open(&[], place(1)), Err(Sealed));
    }

    #[test]
    fn purposes_do_not_share_signatures() {
        let old = keys(&[1]);
        let tag = old.mac("share", &[b"x"]);
        assert!(keys(&[2, 1]).verifies("share", &[b"x"], &tag));
        assert!(!old.verifies("board", &[b"x"], &tag));
    }

    #[test]
    fn keys_differ() {
        assert!(Keys::new(vec![]).is_none());
        assert!(Keys::new(vec![Key::new([1; 32]), Key::new([1; 32])]).is_none());
    }
}
