//! Which internet addresses the server may fetch from: public ones only, so
//! that a feed's address cannot make it ask its own neighbours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether `address` is reachable by everybody alike.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Everything but the special-purpose registry of IANA.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    match a {
        // This network, private use, loopback; multicast, reserved, broadcast.
        0 | 10 | 127 | 224..=255 => false,
        // Shared address space of carriers (CGNAT).
        100 => !(64..=127).contains(&b),
        // Link-local.
        169 => b != 254,
        // Private use.
        172 => !(16..=31).contains(&b),
        // IETF protocols, documentation, the relays of 6to4, private use.
        192 => !(b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99)),
        // Benchmarks, documentation.
        198 => !(b == 18 || b == 19 || (b == 51 && c == 100)),
        203 => !(b == 0 && c == 113),
        _ => true,
    }
}

/// Global unicast (`2000::/3`) without the parts that lead elsewhere. What wraps
/// an IPv4 address lies outside (mapped, NAT64) or is refused (6to4, Teredo):
/// a translator could unwrap it to a private one.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let special = matches!(
        (a, b),
        // Protocol assignments with Teredo and ORCHID, documentation, 6to4.
        (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff)
    );
    (0x2000..=0x3fff).contains(&a) && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_pass() {
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "93.184.216.34",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001::1",
        ];
        for text in public {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        let closed = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for text in closed {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }
}
