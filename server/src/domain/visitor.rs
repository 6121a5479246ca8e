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

/// The visitor behind an address and a user agent.
pub fn visitor(salt: &Salt, address: IpAddr, user_agent: &str) -> Vec<u8> {
    let mut bytes = octets(address);
    // The address has one of two fixed lengths, told by the first byte.
    bytes.extend_from_slice(user_agent.as_bytes());
    hash(salt, b"visitor\0", &bytes, 16)
}

/// The network behind an address: its /24, or its /48 for version 6.
pub fn network_key(salt: &Salt, address: IpAddr) -> Vec<u8> {
    let bytes = octets(address);
    let prefix = match address.to_canonical() {
        IpAddr::V4(_) => 1 + 3,
        IpAddr::V6(_) => 1 + 6,
    };
    hash(salt, b"network\0", bytes.get(..prefix).unwrap_or(&bytes), 8)
}

/// The version and the bytes of the address; version 4 mapped into 6 is version 4.
fn octets(address: IpAddr) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(17);
    match address.to_canonical() {
        IpAddr::V4(address) => {
            bytes.push(4);
            bytes.extend_from_slice(&address.octets());
        }
        IpAddr::V6(address) => {
            bytes.push(6);
            bytes.extend_from_slice(&address.octets());
        }
    }
    bytes
}

fn hash(salt: &Salt, label: &[u8], bytes: &[u8], length: usize) -> Vec<u8> {
    // A key of any length is accepted, so the default is never taken.
    Hmac::<Sha256>::new_from_slice(salt)
        .map(|mac| {
            let hash = mac.chain_update(label).chain_update(bytes).finalize();
            hash.into_bytes().iter().take(length).copied().collect()
        })
        .unwrap_or_default()
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
        let one = visitor(&MONDAY, ip("192.0.2.1"), "Firefox");
        assert_eq!(one.len(), 16);
        assert_eq!(one, visitor(&MONDAY, ip("::ffff:192.0.2.1"), "Firefox"));
        assert_ne!(one, visitor(&MONDAY, ip("192.0.2.2"), "Firefox"));
        assert_ne!(one, visitor(&MONDAY, ip("192.0.2.1"), "Chrome"));
        assert_ne!(one, visitor(&TUESDAY, ip("192.0.2.1"), "Firefox"));
    }

    #[test]
    fn a_network_is_a_24_or_a_48() {
        let key = |text| network_key(&MONDAY, ip(text));
        assert_eq!(key("192.0.2.1").len(), 8);
        assert_eq!(key("192.0.2.1"), key("192.0.2.200"));
        assert_ne!(key("192.0.2.1"), key("192.0.3.1"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:ffff::9"));
        assert_ne!(key("2001:db8:1::1"), key("2001:db8:2::1"));
    }
}
