//! Telling visitors apart for one UTC day without keeping who they are: keyed
//! hashes with a salt that is destroyed after the day.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The random bytes of one UTC day.
pub type Salt = [u8; 32];

/// The UTC date as `YYYY-MM-DD`: the name of a salt.
pub fn utc_day(at: DateTime<Utc>) -> String {
    at.date_naive().to_string()
}

/// The salt of a day, ready to hash with.
#[derive(Clone, Debug)]
pub struct Hasher {
    visitor: Hmac<Sha256>,
    network: Hmac<Sha256>,
}

impl Hasher {
    /// Hashes under a salt.
    pub fn of(salt: &Salt) -> Self {
        Self {
            visitor: keyed(salt).chain_update(b"visitor\0"),
            network: keyed(salt).chain_update(b"network\0"),
        }
    }

    /// The visitor behind an address and a user agent.
    pub fn visitor(&self, address: IpAddr, user_agent: &str) -> Vec<u8> {
        let (octets, length) = octets(address);
        // The address has one of two fixed lengths, told by the first byte.
        let mac = self
            .visitor
            .clone()
            .chain_update(octets.get(..length).unwrap_or(&octets))
            .chain_update(user_agent.as_bytes());
        mac.finalize()
            .into_bytes()
            .iter()
            .take(16)
            .copied()
            .collect()
    }

    /// The network behind an address: its /24, or its /48 for version 6.
    pub fn network(&self, address: IpAddr) -> Vec<u8> {
        let (octets, _) = octets(address);
        let prefix = match address.to_canonical() {
            IpAddr::V4(_) => 1 + 3,
            IpAddr::V6(_) => 1 + 6,
        };
        let mac = self
            .network
            .clone()
            .chain_update(octets.get(..prefix).unwrap_or(&octets));
        mac.finalize()
            .into_bytes()
            .iter()
            .take(8)
            .copied()
            .collect()
    }
}

/// The version and the bytes of the address, and how many they are; version 4
/// mapped into 6 is version 4.
fn octets(address: IpAddr) -> ([u8; 17], usize) {
    let mut octets = [0; 17];
    let (version, bytes): (u8, &[u8]) = match address.to_canonical() {
        IpAddr::V4(address) => (4, &address.octets()),
        IpAddr::V6(address) => (6, &address.octets()),
    };
    let length = 1 + bytes.len();
    for (octet, byte) in octets
        .iter_mut()
        .zip(std::iter::once(&version).chain(bytes))
    {
        *octet = *byte;
    }
    (octets, length)
}

fn keyed(salt: &Salt) -> Hmac<Sha256> {
    // HMAC fills a short key with zeros to the length of a block (RFC 2104).
    let mut key = [0; 64];
    for (byte, salt) in key.iter_mut().zip(salt) {
        *byte = *salt;
    }
    Hmac::<Sha256>::new(&key.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY: Salt = [1; 32];
    const TUESDAY: Salt = [2; 32];

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_visitor_is_an_address_and_a_user_agent_on_one_day() {
        let one = Hasher::of(&MONDAY).visitor(ip("192.0.2.1"), "Firefox");
        assert_eq!(one.len(), 16);
        assert_eq!(
            one,
            Hasher::of(&MONDAY).visitor(ip("::ffff:192.0.2.1"), "Firefox")
        );
        assert_ne!(one, Hasher::of(&MONDAY).visitor(ip("192.0.2.2"), "Firefox"));
        assert_ne!(one, Hasher::of(&MONDAY).visitor(ip("192.0.2.1"), "Chrome"));
        assert_ne!(
            one,
            Hasher::of(&TUESDAY).visitor(ip("192.0.2.1"), "Firefox")
        );
    }

    #[test]
    fn a_network_is_a_24_or_a_48() {
        let key = |text| Hasher::of(&MONDAY).network(ip(text));
        assert_eq!(key("192.0.2.1").len(), 8);
        assert_eq!(key("192.0.2.1"), key("192.0.2.200"));
        assert_ne!(key("192.0.2.1"), key("192.0.3.1"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:ffff::9"));
        assert_ne!(key("2001:db8:1::1"), key("2001:db8:2::1"));
    }
}
