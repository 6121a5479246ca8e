//! Keys of a login provider, and whether one of them signed something (RFC 7515, 7517, 7518
//! and 8037).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};
use serde::Deserialize;
use serde_json::Value;

/// How ring wants a point of a curve: this byte, and both coordinates.
const UNCOMPRESSED: u8 = 4;
/// Bytes of a coordinate on P-256.
const COORDINATE: usize = 32;

/// The ways to sign that are taken. A token's head chooses among these: never "none", and no
/// MAC under a key that everybody can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

impl Algorithm {
    const ALL: [Self; 4] = [Self::Rs256, Self::Ps256, Self::Es256, Self::EdDsa];

    /// Its names: EdDSA on the curve that is taken has a newer one (RFC 9864).
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Rs256 => &["RS256"],
            Self::Ps256 => &["PS256"],
            Self::Es256 => &["ES256"],
            Self::EdDsa => &["EdDSA", "Ed25519"],
        }
    }

    /// The way of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|one| one.names().contains(&name))
    }
}

/// What is signed, and how its head says that it is.
#[derive(Debug)]
pub(super) struct Signed<'a> {
    pub(super) algorithm: Algorithm,
    /// The key, if it names one.
    pub(super) key: Option<&'a str>,
    pub(super) message: &'a [u8],
    pub(super) signature: &'a [u8],
}

/// What keys know of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One of them made it.
    Genuine,
    /// The key that it names did not make it.
    Forged,
    /// The key that it names is not among them; or it names none, and none of them made it.
    Unknown,
}

/// The keys that a provider publishes, as far as they sign in a way that is taken.
#[derive(Debug)]
pub(super) struct Keys(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: Option<String>,
    /// The way to sign that it is meant for; any that fits, if it names none.
    algorithm: Option<String>,
    material: Material,
}

#[derive(Debug)]
enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// A document of keys. One that is not understood is none of ours to refuse: others may be.
#[derive(Deserialize)]
pub(super) struct Published {
    keys: Vec<Value>,
}

/// A key as it is published.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl From<Published> for Keys {
    fn from(published: Published) -> Self {
        let keys = published.keys.into_iter();
        Self(keys.filter_map(key).collect())
    }
}

impl Keys {
    /// Whether there is none that is taken.
    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them made a signature.
    pub(super) fn judge(&self, signed: &Signed<'_>) -> Verdict {
        let mut fitting = self.0.iter().filter(|key| key.fits(signed)).peekable();
        if signed.key.is_some() && fitting.peek().is_none() {
            return Verdict::Unknown;
        }
        if fitting.any(|key| key.material.made(signed)) {
            return Verdict::Genuine;
        }
        if signed.key.is_some() {
            Verdict::Forged
        } else {
            Verdict::Unknown
        }
    }
}

impl Key {
    fn fits(&self, signed: &Signed<'_>) -> bool {
        let is_named = signed.key.is_none() || self.id.as_deref() == signed.key;
        let names = signed.algorithm.names();
        let is_meant = self
            .algorithm
            .as_deref()
            .is_none_or(|one| names.contains(&one));
        is_named && is_meant && self.material.signs(signed.algorithm)
    }
}

impl Material {
    fn signs(&self, algorithm: Algorithm) -> bool {
        match (self, algorithm) {
            (Self::Rsa { .. }, Algorithm::Rs256 | Algorithm::Ps256)
            | (Self::P256(_), Algorithm::Es256)
            | (Self::Ed25519(_), Algorithm::EdDsa) => true,
            (Self::Rsa { .. }, Algorithm::Es256 | Algorithm::EdDsa)
            | (Self::P256(_), Algorithm::Rs256 | Algorithm::Ps256 | Algorithm::EdDsa)
            | (Self::Ed25519(_), Algorithm::Rs256 | Algorithm::Ps256 | Algorithm::Es256) => false,
        }
    }

    fn made(&self, signed: &Signed<'_>) -> bool {
        match (self, signed.algorithm) {
            (Self::Rsa { n, e }, Algorithm::Rs256) => by_rsa(
                (n.as_slice(), e.as_slice()),
                &RSA_PKCS1_2048_8192_SHA256,
                signed,
            ),
            (Self::Rsa { n, e }, Algorithm::Ps256) => by_rsa(
                (n.as_slice(), e.as_slice()),
                &RSA_PSS_2048_8192_SHA256,
                signed,
            ),
            (Self::P256(point), Algorithm::Es256) => {
                by_curve(point, &ECDSA_P256_SHA256_FIXED, signed)
            }
            (Self::Ed25519(point), Algorithm::EdDsa) => by_curve(point, &ED25519, signed),
            (Self::Rsa { .. }, Algorithm::Es256 | Algorithm::EdDsa)
            | (Self::P256(_), Algorithm::Rs256 | Algorithm::Ps256 | Algorithm::EdDsa)
            | (Self::Ed25519(_), Algorithm::Rs256 | Algorithm::Ps256 | Algorithm::Es256) => false,
        }
    }
}

/// Keys of fewer than 2048 bits are refused by `way`.
fn by_rsa((n, e): (&[u8], &[u8]), way: &'static RsaParameters, signed: &Signed<'_>) -> bool {
    RsaPublicKeyComponents { n, e }
        .verify(way, signed.message, signed.signature)
        .is_ok()
}

fn by_curve(point: &[u8], way: &'static dyn VerificationAlgorithm, signed: &Signed<'_>) -> bool {
    UnparsedPublicKey::new(way, point)
        .verify(signed.message, signed.signature)
        .is_ok()
}

/// A key of ours to use; none if it is for something else, or of a kind that is not taken.
fn key(published: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(published).ok()?;
    if jwk.purpose.is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let material = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("RSA", _) => Material::Rsa {
            n: number(jwk.n.as_deref()?)?,
            e: number(jwk.e.as_deref()?)?,
        },
        ("EC", Some("P-256")) => {
            let (x, y) = (bytes(jwk.x.as_deref()?)?, bytes(jwk.y.as_deref()?)?);
            if x.len() != COORDINATE || y.len() != COORDINATE {
                return None;
            }
            Material::P256([&[UNCOMPRESSED], x.as_slice(), y.as_slice()].concat())
        }
        ("OKP", Some("Ed25519")) => Material::Ed25519(bytes(jwk.x.as_deref()?)?),
        _ => return None,
    };
    Some(Key {
        id: jwk.kid,
        algorithm: jwk.alg,
        material,
    })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Without the noughts before it, which some write and ring refuses.
fn number(text: &str) -> Option<Vec<u8>> {
    let all = bytes(text)?;
    let first = all.iter().position(|byte| *byte != 0)?;
    all.get(first..).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests;
