//! Addresses of pages and pictures: which are accepted, and their canonical form.

use url::Url;

/// Longest address that is accepted: what common servers and browsers carry.
pub const LONGEST: usize = 2_048;

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// It is not an absolute address.
    #[error("is not an absolute address")]
    Malformed,
    /// Its scheme is neither http nor https.
    #[error("must begin with http:// or https://")]
    Scheme,
    /// It carries a user name or a password.
    #[error("must not carry a user name or password")]
    Credentials,
    /// It is longer than [`LONGEST`].
    #[error("is longer than 2,048 characters")]
    TooLong,
}

/// Reads an address that members and readers may be led to.
pub fn parse(text: &str) -> Result<Url, AddressFault> {
    if text.len() > LONGEST {
        return Err(AddressFault::TooLong);
    }
    let url = Url::parse(text.trim()).map_err(|_| AddressFault::Malformed)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(AddressFault::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressFault::Credentials);
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(AddressFault::Malformed);
    }
    // Percent-encoding may have made it longer.
    if url.as_str().len() > LONGEST {
        return Err(AddressFault::TooLong);
    }
    Ok(url)
}

/// Query parameters that say how a reader came, never what is read.
const TRACKING: [&str; 21] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "oly_anon_id",
    "oly_enc_id",
    "vero_id",
    "srsltid",
];

/// The address without what does not change the page: fragment, default port
/// and tracking parameters; the host in lower case. Order is kept, because it
/// may mean something to the site.
pub fn canonical(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    let kept = url.query().map(|query| {
        query
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_tracking(pair))
            .collect::<Vec<_>>()
            .join("&")
    });
    url.set_query(kept.as_deref().filter(|query| !query.is_empty()));
    let text = String::from(url.clone());
    if url.path() == "/" && url.query().is_none() {
        text.trim_end_matches('/').to_owned()
    } else {
        text
    }
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

/// The host without `www.`, as a card names the source.
pub fn source(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_without_credentials_are_accepted() {
        let long = format!("https://example.org/{}", "a".repeat(LONGEST));
        let cases = [
            ("https://example.org/a?b=c#d", None),
            ("http://127.0.0.1:8080/", None),
            (" https://example.org ", None),
            ("example.org/a", Some(AddressFault::Malformed)),
            ("/a", Some(AddressFault::Malformed)),
            ("", Some(AddressFault::Malformed)),
            ("https://", Some(AddressFault::Malformed)),
            ("javascript:alert(1)", Some(AddressFault::Scheme)),
            ("data:text/html,hi", Some(AddressFault::Scheme)),
            ("ftp://example.org/a", Some(AddressFault::Scheme)),
            (
                "https://me:pw@example.org/",
                Some(AddressFault::Credentials),
            ),
            (long.as_str(), Some(AddressFault::TooLong)),
        ];
        for (text, fault) in cases {
            assert_eq!(parse(text).err(), fault, "{text}");
        }
    }

    #[test]
    fn what_does_not_change_the_page_is_dropped() {
        let cases = [
            ("HTTPS://Example.ORG:443/A", "https://example.org/A"),
            ("http://example.org:80/", "http://example.org"),
            ("https://example.org", "https://example.org"),
            ("https://example.org/a/", "https://example.org/a/"),
            ("https://example.org/a#part", "https://example.org/a"),
            (
                "https://example.org/a?b=2&utm_source=x&a=1&fbclid=9",
                "https://example.org/a?b=2&a=1",
            ),
            (
                "https://example.org/a?UTM_Medium=x",
                "https://example.org/a",
            ),
            ("https://example.org/?gclid=1", "https://example.org"),
            ("https://example.org:8443/a", "https://example.org:8443/a"),
            (
                "https://bücher.example/a",
                "https://xn--bcher-kva.example/a",
            ),
            ("https://example.org/a?", "https://example.org/a"),
        ];
        for (text, expected) in cases {
            assert_eq!(canonical(&parse(text).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn the_source_is_the_bare_host() {
        assert_eq!(
            source("https://www.example.org/a").as_deref(),
            Some("example.org")
        );
        assert_eq!(source("not an address"), None);
    }
}
