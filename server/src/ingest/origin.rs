//! Where a request came from, past the proxies that the operator trusts.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::config::Config;
use crate::ports::country::Country;

/// How the origin of a request is told.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpNet>,
    /// A header in which such a proxy names the country, in lower case.
    pub country_header: Option<String>,
    /// The operator's database of countries.
    pub country: Country,
}

impl Origins {
    /// What the configuration says. Without its database, no country is told.
    pub fn of(config: &Config) -> Self {
        let country = config.ingest.country_database.as_deref().map(|file| {
            Country::open(file).unwrap_or_else(|cause| {
                tracing::error!(%cause, "countries are not told");
                Country::default()
            })
        });
        Self {
            proxies: config.web.trusted_proxies.clone(),
            country_header: config.ingest.country_header.clone(),
            country: country.unwrap_or_default(),
        }
    }

    /// Whether the peer is a proxy that is believed.
    pub fn trusts(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.proxies.iter().any(|proxy| proxy.contains(&peer))
    }

    /// The client's address: read from the right, the first that no trusted
    /// proxy bears. Everything left of it, anybody could have written.
    ///
    /// `forwarded` are the values of `X-Forwarded-For` in their order.
    pub fn client<'h>(
        &self,
        peer: IpAddr,
        forwarded: impl DoubleEndedIterator<Item = &'h str>,
    ) -> IpAddr {
        let mut client = peer.to_canonical();
        let hops = forwarded.rev().flat_map(|value| value.rsplit(','));
        for hop in hops {
            if !self.trusts(client) {
                break;
            }
            let Some(next) = address(hop) else { break };
            client = next;
        }
        client
    }
}

/// An address as proxies write it, with or without a port.
fn address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    hop.parse()
        .ok()
        .or_else(|| {
            hop.parse()
                .map(|with_port: std::net::SocketAddr| with_port.ip())
                .ok()
        })
        .map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let origins = Origins {
            proxies: vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()],
            ..Origins::default()
        };
        let peer = peer.parse().unwrap();
        origins.client(peer, forwarded.iter().copied()).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed_and_only_up_to_the_first_stranger() {
        let cases: [(&str, &[&str], &str); 9] = [
            ("192.0.2.1", &[], "192.0.2.1"),
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            (
                "10.0.0.1",
                &["203.0.113.9", "198.51.100.7, 10.0.0.2"],
                "198.51.100.7",
            ),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["198.51.100.7, nonsense"], "10.0.0.1"),
            ("::ffff:10.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("::1", &["198.51.100.7:80"], "198.51.100.7"),
        ];
        for (peer, forwarded, expected) in cases {
            assert_eq!(client(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
}
