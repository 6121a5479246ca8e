//! The country of an address, from a database file that the operator supplies.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use maxminddb::{Reader, geoip2};
use thiserror::Error;

/// Tells countries; without a file it tells none.
#[derive(Clone, Default)]
pub struct Country(Option<Arc<Reader<Vec<u8>>>>);

impl std::fmt::Debug for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Country").field(&self.0.is_some()).finish()
    }
}

/// The file cannot be read as a database of countries.
#[derive(Debug, Error)]
#[error("the database of countries cannot be read")]
pub struct Unreadable(#[from] maxminddb::MaxMindDbError);

impl Country {
    /// From a file in the format `.mmdb`.
    pub fn open(file: &Path) -> Result<Self, Unreadable> {
        Ok(Self(Some(Arc::new(Reader::open_readfile(file)?))))
    }

    /// The ISO 3166 code of the country of an address.
    pub fn of(&self, address: IpAddr) -> Option<String> {
        let found = self.0.as_ref()?.lookup(address.to_canonical()).ok()?;
        let country: geoip2::Country<'_> = found.decode().ok()??;
        country.country.iso_code.map(str::to_owned)
    }
}

/// A code as a trusted proxy wrote it; none for what is no code of a country.
pub fn code(header: &str) -> Option<String> {
    let code = header.trim().to_ascii_uppercase();
    let is_country = code.len() == 2
        && code.bytes().all(|letter| letter.is_ascii_uppercase())
        // Written by proxies for "unknown" and for Tor.
        && !matches!(code.as_str(), "XX" | "T1");
    is_country.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_word_for_unknown_is_no_country() {
        assert_eq!(code("de").as_deref(), Some("DE"));
        for header in ["", "XX", "T1", "DEU", "D1", "<b>"] {
            assert_eq!(code(header), None, "{header}");
        }
    }

    #[test]
    fn without_a_file_no_country_is_told() {
        assert_eq!(Country::default().of(IpAddr::from([192, 0, 2, 1])), None);
        assert!(Country::open(Path::new("/nonexistent.mmdb")).is_err());
    }
}
