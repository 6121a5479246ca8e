//! Options of the login provider, by OpenID Connect.

use secrecy::SecretString;
use url::{Host, Url};

use super::Reader;

/// The login provider.
#[derive(Clone, Debug)]
pub struct OidcConfig {
    /// Its address; none if there is no provider.
    pub issuer: Option<Url>,
    /// Who we are to it.
    pub client_id: String,
    /// How we prove that.
    pub client_secret: Option<SecretString>,
    /// What people call it.
    pub name: String,
}

impl OidcConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let given = reader.optional("oidc.issuer");
        let issuer: Option<Url> = given.and_then(|_| {
            reader.parsed(
                "oidc.issuer",
                "an address such as https://login.example.com",
            )
        });
        let config = Self {
            client_id: reader.optional("oidc.client_id").unwrap_or_default(),
            client_secret: reader.secret("oidc.client_secret"),
            name: reader.text("oidc.name"),
            issuer,
        };
        if let Some(issuer) = &config.issuer {
            if !is_safe(issuer) {
                reader.fault(
                    "oidc.issuer",
                    "begins with https://, since whoever answers there lets people in",
                );
            }
            // Its description is looked for below it, and would be found elsewhere.
            if issuer.query().is_some()
                || issuer.fragment().is_some()
                || !issuer.username().is_empty()
            {
                reader.fault("oidc.issuer", "has neither a user, nor ? or # in it");
            }
            if config.client_id.is_empty() {
                reader.fault("oidc.client_id", "is needed where there is an issuer");
            }
            if config.client_secret.is_none() {
                reader.fault("oidc.client_secret", "is needed where there is an issuer");
            }
        }
        config
    }
}

/// Whether nobody in between can answer in its place: over TLS, or on this machine.
pub fn is_safe(url: &Url) -> bool {
    url.scheme() == "https"
        || url.host().is_some_and(|host| match host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn faults(issuer: &str, rest: &str) -> String {
        let options = format!("[oidc]\nissuer = \"{issuer}\"\n{rest}");
        Config::parse(&options, []).map_or_else(|faults| faults.to_string(), |_| String::new())
    }

    #[test]
    fn a_provider_is_behind_tls_or_here_and_knows_us() {
        let known = "client_id = \"chorus\"\nclient_secret = \"secret\"\n";
        for good in [
            "https://login.example.com",
            "https://login.example.com:8443/realms/acme/",
            "http://127.0.0.1:4000",
            "http://[::1]:4000",
            "http://localhost:4000",
        ] {
            assert_eq!(faults(good, known), "", "{good}");
        }
        for bad in [
            "http://login.example.com",
            "http://localhost.example.com",
            "ftp://login.example.com",
            "login.example.com",
            "https://login.example.com?tenant=acme",
            "https://login.example.com/#acme",
            "https://ada@login.example.com",
        ] {
            assert!(faults(bad, known).contains("oidc.issuer"), "{bad}");
        }
        let unknown = faults("https://login.example.com", "");
        for option in ["oidc.client_id", "oidc.client_secret"] {
            assert!(unknown.contains(option), "{unknown}");
        }
    }
}
