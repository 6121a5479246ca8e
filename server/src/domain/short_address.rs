//! Where an organization's short links begin, where it has an address of its own for them.

use url::{Host, Url};

/// Letters of an address, at most.
const LONGEST: usize = 200;

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It is no address of a host over TLS.
    NotHttps,
    /// It names more than a host, and perhaps a port.
    MoreThanAHost,
}

/// The address without a slash at its end. Only a named host over TLS: links are read aloud and
/// typed, and outlive addresses of machines.
pub fn parse(typed: &str) -> Result<String, AddressFault> {
    let typed = typed.trim();
    let url = Url::parse(typed).map_err(|_| AddressFault::NotHttps)?;
    let is_named = match url.host() {
        Some(Host::Domain(name)) => name.contains('.') && !name.ends_with('.'),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => false,
    };
    if url.scheme() != "https" || !is_named || typed.len() > LONGEST {
        return Err(AddressFault::NotHttps);
    }
    let is_bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !is_bare {
        return Err(AddressFault::MoreThanAHost);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_address_is_a_named_host_over_tls_and_nothing_more() {
        for (typed, kept) in [
            ("https://go.acme.example", "https://go.acme.example"),
            (" https://Go.Acme.example/ ", "https://go.acme.example"),
            (
                "https://go.acme.example:8443/",
                "https://go.acme.example:8443",
            ),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(parse(typed).as_deref(), Ok(kept), "{typed}");
        }
        for typed in [
            "",
            "go.acme.example",
            "http://go.acme.example",
            "ftp://go.acme.example",
            "javascript:alert(1)",
            "https://localhost",
            "https://127.0.0.1",
            "https://[::1]",
            "https://acme.example.",
            &format!("https://{}.example", "a".repeat(200)),
        ] {
            assert_eq!(parse(typed), Err(AddressFault::NotHttps), "{typed}");
        }
        for typed in [
            "https://go.acme.example/l",
            "https://go.acme.example/?a",
            "https://go.acme.example/#a",
            "https://me@go.acme.example",
            "https://me:secret@go.acme.example",
        ] {
            assert_eq!(parse(typed), Err(AddressFault::MoreThanAHost), "{typed}");
        }
    }
}
