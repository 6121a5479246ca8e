//! Signed addresses: `/s/{token}`, one member's way to share one post on one
//! network, and `/b/{token}`, one member's board. Nothing is stored per card;
//! what a token says is true because only the server could have signed it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::Network;
use entity::ids::{MemberId, PostId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;
use uuid::Uuid;

/// The layout of both tokens; raised when it changes.
const VERSION: u8 = 1;
/// Bytes of the signature that travel: 128 bits are beyond guessing.
const MAC_BYTES: usize = 16;
/// Longest text that is looked at. A share token has 74 letters; chats allow 110.
const MAX_LETTERS: usize = 110;
/// How long a board's address is good.
const BOARD_LIFE: TimeDelta = TimeDelta::days(1);
/// How far the clocks of replicas may differ.
const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(5);

/// A key for signing addresses. The first of a list signs, all of them verify,
/// so that a key can be rotated while cards are in use.
#[derive(Clone)]
pub struct SigningKey {
    /// Names the key within tokens.
    pub id: u8,
    /// Its secret.
    pub secret: [u8; 32],
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What a share address says. Whether the post still lives is another question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareToken {
    /// The post.
    pub post: PostId,
    /// The member.
    pub member: MemberId,
    /// The network.
    pub network: Network,
    /// When it was signed, in whole seconds.
    pub issued_at: DateTime<Utc>,
}

/// What a board's address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardToken {
    /// The member.
    pub member: MemberId,
    /// When it was signed, in whole seconds.
    pub issued_at: DateTime<Utc>,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Not signed by us, or not a token at all. Which of both is nobody's business.
    #[error("this is no token of ours")]
    Forged,
    /// Signed by us, too long ago.
    #[error("this token has expired")]
    Expired,
}

impl ShareToken {
    /// The text for an address; none without a key.
    pub fn sign(&self, keys: &[SigningKey]) -> Option<String> {
        let key = keys.first()?;
        let mut bytes = vec![VERSION, key.id];
        bytes.extend_from_slice(self.post.0.as_bytes());
        bytes.extend_from_slice(self.member.0.as_bytes());
        bytes.push(number(self.network));
        bytes.extend_from_slice(&seconds(self.issued_at).to_be_bytes());
        Some(seal(Purpose::Share, key, bytes))
    }

    /// Reads and verifies a token.
    pub fn verify(text: &str, keys: &[SigningKey], now: DateTime<Utc>) -> Result<Self, TokenError> {
        let payload = open(Purpose::Share, text, keys)?;
        let mut reader = Reader(&payload);
        let token = Self {
            post: PostId(reader.uuid()?),
            member: MemberId(reader.uuid()?),
            network: network(reader.byte()?).ok_or(TokenError::Forged)?,
            issued_at: reader.time()?,
        };
        reader.end()?;
        not_of_the_future(token.issued_at, now)?;
        Ok(token)
    }
}

impl BoardToken {
    /// The text for an address; none without a key.
    pub fn sign(&self, keys: &[SigningKey]) -> Option<String> {
        let key = keys.first()?;
        let mut bytes = vec![VERSION, key.id];
        bytes.extend_from_slice(self.member.0.as_bytes());
        bytes.extend_from_slice(&seconds(self.issued_at).to_be_bytes());
        Some(seal(Purpose::Board, key, bytes))
    }

    /// Reads and verifies a token of the last day.
    pub fn verify(text: &str, keys: &[SigningKey], now: DateTime<Utc>) -> Result<Self, TokenError> {
        let payload = open(Purpose::Board, text, keys)?;
        let mut reader = Reader(&payload);
        let token = Self {
            member: MemberId(reader.uuid()?),
            issued_at: reader.time()?,
        };
        reader.end()?;
        not_of_the_future(token.issued_at, now)?;
        if now - token.issued_at >= BOARD_LIFE {
            return Err(TokenError::Expired);
        }
        Ok(token)
    }
}

/// Enters the signature, so that a token for one purpose is none for another.
#[derive(Clone, Copy)]
enum Purpose {
    Share,
    Board,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Share => b"chorus share address\0",
            Self::Board => b"chorus board address\0",
        }
    }
}

fn seal(purpose: Purpose, key: &SigningKey, mut bytes: Vec<u8>) -> String {
    let tag = mac(purpose, key, &bytes)
        .map(|mac| mac.finalize().into_bytes())
        .unwrap_or_default();
    bytes.extend(tag.iter().take(MAC_BYTES));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The payload without version, key id and signature.
fn open(purpose: Purpose, text: &str, keys: &[SigningKey]) -> Result<Vec<u8>, TokenError> {
    if text.len() > MAX_LETTERS {
        return Err(TokenError::Forged);
    }
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| TokenError::Forged)?;
    let length = bytes
        .len()
        .checked_sub(MAC_BYTES)
        .ok_or(TokenError::Forged)?;
    let (signed, tag) = bytes.split_at(length);
    let [VERSION, key_id, payload @ ..] = signed else {
        return Err(TokenError::Forged);
    };
    let key = keys
        .iter()
        .find(|key| key.id == *key_id)
        .ok_or(TokenError::Forged)?;
    // Compared in constant time.
    mac(purpose, key, signed)
        .and_then(|mac| mac.verify_truncated_left(tag).ok())
        .ok_or(TokenError::Forged)?;
    Ok(payload.to_vec())
}

fn mac(purpose: Purpose, key: &SigningKey, bytes: &[u8]) -> Option<Hmac<Sha256>> {
    let mac = Hmac::<Sha256>::new_from_slice(&key.secret).ok()?;
    Some(mac.chain_update(purpose.label()).chain_update(bytes))
}

fn not_of_the_future(issued_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), TokenError> {
    if issued_at > now + CLOCK_SKEW {
        return Err(TokenError::Forged);
    }
    Ok(())
}

fn seconds(time: DateTime<Utc>) -> u32 {
    u32::try_from(time.timestamp()).unwrap_or_default()
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], TokenError> {
        let (head, tail) = self.0.split_first_chunk::<N>().ok_or(TokenError::Forged)?;
        self.0 = tail;
        Ok(*head)
    }

    fn byte(&mut self) -> Result<u8, TokenError> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn uuid(&mut self) -> Result<Uuid, TokenError> {
        self.take().map(Uuid::from_bytes)
    }

    fn time(&mut self) -> Result<DateTime<Utc>, TokenError> {
        let seconds = u32::from_be_bytes(self.take()?);
        DateTime::from_timestamp(i64::from(seconds), 0).ok_or(TokenError::Forged)
    }

    fn end(&self) -> Result<(), TokenError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(TokenError::Forged)
        }
    }
}

/// The network's number within tokens: never reused, never changed.
fn number(network: Network) -> u8 {
    match network {
        Network::Linkedin => 1,
        Network::X => 2,
        Network::Facebook => 3,
        Network::Threads => 4,
        Network::Bluesky => 5,
        Network::Mastodon => 6,
        Network::Reddit => 7,
        Network::Xing => 8,
        Network::Whatsapp => 9,
        Network::Telegram => 10,
        Network::Email => 11,
        Network::Copy => 12,
    }
}

fn network(byte: u8) -> Option<Network> {
    super::intent::NETWORKS
        .into_iter()
        .find(|network| number(*network) == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<SigningKey> {
        vec![
            SigningKey {
                id: 2,
                secret: [7; 32],
            },
            SigningKey {
                id: 1,
                secret: [3; 32],
            },
        ]
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_794_823_200, 0).unwrap()
    }

    fn token() -> ShareToken {
        ShareToken {
            post: PostId(Uuid::from_u128(1)),
            member: MemberId(Uuid::from_u128(2)),
            network: Network::Linkedin,
            issued_at: now(),
        }
    }

    fn board() -> BoardToken {
        BoardToken {
            member: MemberId(Uuid::from_u128(2)),
            issued_at: now(),
        }
    }

    #[test]
    fn a_token_says_what_was_signed_on_every_network() {
        for network in super::super::intent::NETWORKS {
            let token = ShareToken { network, ..token() };
            let text = token.sign(&keys()).unwrap();
            assert!(text.len() <= MAX_LETTERS);
            assert_eq!(ShareToken::verify(&text, &keys(), now()), Ok(token));
        }
    }

    #[test]
    fn a_token_of_the_previous_key_is_good_and_of_an_unknown_key_is_not() {
        let text = token().sign(&keys()[1..]).unwrap();
        assert_eq!(ShareToken::verify(&text, &keys(), now()), Ok(token()));
        assert_eq!(
            ShareToken::verify(&text, &keys()[..1], now()),
            Err(TokenError::Forged)
        );
    }

    #[test]
    fn a_token_for_one_purpose_is_none_for_another() {
        let text = board().sign(&keys()).unwrap();
        assert_eq!(
            ShareToken::verify(&text, &keys(), now()),
            Err(TokenError::Forged)
        );
    }

    #[test]
    fn a_board_is_good_for_one_day() {
        let text = board().sign(&keys()).unwrap();
        let later = |seconds| now() + TimeDelta::seconds(seconds);
        assert_eq!(
            BoardToken::verify(&text, &keys(), later(86_399)),
            Ok(board())
        );
        assert_eq!(
            BoardToken::verify(&text, &keys(), later(86_400)),
            Err(TokenError::Expired)
        );
        assert_eq!(
            BoardToken::verify(&text, &keys(), later(-301)),
            Err(TokenError::Forged)
        );
    }
}
