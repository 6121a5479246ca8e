//! Options of what the world reaches.

use std::net::SocketAddr;

use ipnet::IpNet;
use url::Url;

use super::Reader;

/// The public listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebConfig {
    /// Whether `serve` without `--part` runs it.
    pub enabled: bool,
    /// Address and port.
    pub listen: SocketAddr,
    /// How the world writes that address, without a slash at its end.
    pub base_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Bytes of uploaded pictures that an organization may keep, at most.
    pub pictures_bytes: u64,
}

impl WebConfig {
    /// The address of a path on this server, as the world writes it.
    pub fn at(&self, path: &str) -> String {
        format!("{}/{}", self.base_url, path.trim_start_matches('/'))
    }

    pub(super) fn read(reader: &mut Reader) -> Self {
        let mut trusted_proxies = Vec::new();
        for proxy in reader.list("web.trusted_proxies") {
            match network(&proxy) {
                Some(network) => trusted_proxies.push(network),
                None => reader.fault(
                    "web.trusted_proxies",
                    format!("lists networks such as 10.0.0.0/8, not `{proxy}`"),
                ),
            }
        }
        Self {
            enabled: reader.flag("web.enabled"),
            listen: listen(reader, "web.listen"),
            base_url: base_url(reader, "web.base_url"),
            trusted_proxies,
            pictures_bytes: reader.number("web.pictures_megabytes", 1, 1_000_000) * 1024 * 1024,
        }
    }
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| {
        text.parse()
            .ok()
            .map(|address: std::net::IpAddr| address.into())
    })
}

/// An address with port to listen on.
pub(super) fn listen(reader: &mut Reader, key: &str) -> SocketAddr {
    let unset = SocketAddr::from(([127, 0, 0, 1], 0));
    if reader.optional(key).is_none() {
        reader.fault(key, "is missing");
        return unset;
    }
    reader
        .parsed(key, "an address with port, such as 127.0.0.1:8080")
        .unwrap_or(unset)
}

fn base_url(reader: &mut Reader, key: &str) -> String {
    let url: Option<Url> = reader.parsed(key, "an address such as https://chorus.example.com");
    let is_base = |url: &Url| {
        ["http", "https"].contains(&url.scheme())
            && url.has_host()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
    };
    if !url.as_ref().is_some_and(is_base) {
        reader.fault(
            key,
            "begins with http:// or https:// and has neither path nor query",
        );
    }
    url.map(|url| url.as_str().trim_end_matches('/').to_owned())
        .unwrap_or_default()
}
