//! HMAC-SHA-256, and the comparison that takes the same time whatever differs.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// HMAC-SHA-256 of `parts`, each preceded by its length so that no two lists
/// of parts give the same input.
pub fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length, so that the fallback is never reached.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Whether two byte strings are the same, in time that depends on their lengths only.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_part_ends_and_the_next_begins_counts() {
        assert_ne!(mac(b"k", &[b"ab", b"c"]), mac(b"k", &[b"a", b"bc"]));
        assert_eq!(mac(b"k", &[b"ab", b"c"]), mac(b"k", &[b"ab", b"c"]));
        assert_ne!(mac(b"k", &[b"ab"]), mac(b"l", &[b"ab"]));
    }
}
