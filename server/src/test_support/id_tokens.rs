//! Keys of a login provider, and tokens that they sign: for the stand-ins of our tests and for the
//! emulators.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use serde_json::{Value, json};

/// Made for tests, and known to everybody: ring makes no keys of RSA. PKCS#1 in base64.
const RSA: &str = include_str!("id_tokens/rsa.b64");

/// A coordinate of the curve P-256, in bytes.
const P256_COORDINATE: usize = 32;

/// A provider's key.
pub struct Signer {
    id: String,
    key: Key,
}

enum Key {
    Rsa(Box<RsaKeyPair>, Padding),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

#[derive(Clone, Copy)]
enum Padding {
    Pkcs1,
    Pss,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Signer {
    /// Signs by RS256, always with the same key.
    pub fn rs256(id: &str) -> Self {
        Self::rsa(id, Padding::Pkcs1)
    }

    /// Signs by PS256, with that key too.
    pub fn ps256(id: &str) -> Self {
        Self::rsa(id, Padding::Pss)
    }

    fn rsa(id: &str, padding: Padding) -> Self {
        let text: String = RSA.split_whitespace().collect();
        let bytes = STANDARD.decode(text).expect("base64");
        let pair = RsaKeyPair::from_der(&bytes).expect("a key of RSA");
        Self {
            id: id.to_owned(),
            key: Key::Rsa(Box::new(pair), padding),
        }
    }

    /// Signs by ES256, with a key of its own.
    pub fn es256(id: &str) -> Self {
        let (way, chance) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let bytes = EcdsaKeyPair::generate_pkcs8(way, &chance).expect("a new key");
        let pair = EcdsaKeyPair::from_pkcs8(way, bytes.as_ref(), &chance).expect("a key");
        Self {
            id: id.to_owned(),
            key: Key::P256(pair),
        }
    }

    /// Signs by Ed25519, with a key of its own.
    pub fn ed25519(id: &str) -> Self {
        let bytes = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a new key");
        let pair = Ed25519KeyPair::from_pkcs8(bytes.as_ref()).expect("a key");
        Self {
            id: id.to_owned(),
            key: Key::Ed25519(pair),
        }
    }

    /// The way in which it signs.
    pub fn algorithm(&self) -> &'static str {
        match &self.key {
            Key::Rsa(_, Padding::Pkcs1) => "RS256",
            Key::Rsa(_, Padding::Pss) => "PS256",
            Key::P256(_) => "ES256",
            Key::Ed25519(_) => "EdDSA",
        }
    }

    /// The public half, as providers publish it.
    pub fn public(&self) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (id, algorithm) = (&self.id, self.algorithm());
        match &self.key {
            Key::Rsa(pair, _) => {
                let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
                json!({
                    "kid": id, "use": "sig", "alg": algorithm,
                    "kty": "RSA", "n": text(&public.n), "e": text(&public.e),
                })
            }
            Key::P256(pair) => {
                // An uncompressed point: a byte that says so, then both coordinates.
                let point = pair.public_key().as_ref().iter().copied().skip(1);
                let (x, y): (Vec<u8>, Vec<u8>) = (
                    point.clone().take(P256_COORDINATE).collect(),
                    point.skip(P256_COORDINATE).collect(),
                );
                json!({
                    "kid": id, "use": "sig", "alg": algorithm,
                    "kty": "EC", "crv": "P-256", "x": text(&x), "y": text(&y),
                })
            }
            Key::Ed25519(pair) => json!({
                "kid": id, "use": "sig", "alg": algorithm,
                "kty": "OKP", "crv": "Ed25519", "x": text(pair.public_key().as_ref()),
            }),
        }
    }

    /// A token that says this, with the head that such tokens have.
    pub fn token(&self, claims: &Value) -> String {
        let head = json!({"alg": self.algorithm(), "kid": self.id, "typ": "JWT"});
        self.signed(&head, claims)
    }

    /// A token with any head.
    pub fn signed(&self, head: &Value, claims: &Value) -> String {
        let message = message(head, claims);
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let chance = SystemRandom::new();
        match &self.key {
            Key::Rsa(pair, padding) => {
                let way: &dyn RsaEncoding = match padding {
                    Padding::Pkcs1 => &RSA_PKCS1_SHA256,
                    Padding::Pss => &RSA_PSS_SHA256,
                };
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(way, &chance, message, &mut signature)
                    .expect("a signature");
                signature
            }
            Key::P256(pair) => {
                let signature = pair.sign(&chance, message).expect("a signature");
                signature.as_ref().to_vec()
            }
            Key::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}

/// What a token's signature is of.
pub fn message(head: &Value, claims: &Value) -> String {
    let text = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    format!("{}.{}", text(head), text(claims))
}
