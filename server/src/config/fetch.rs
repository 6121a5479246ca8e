//! Options of fetching feeds and pages.

use std::time::Duration;

use super::Reader;

/// How feeds and pages are fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchConfig {
    /// `host:port` that may be fetched although they are private.
    pub allow: Vec<String>,
    /// Until it must have arrived.
    pub timeout: Duration,
    /// Bytes at most.
    pub max_bytes: usize,
}

impl FetchConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let allow = reader.list("fetch.allow");
        for entry in &allow {
            let has_port = entry
                .rsplit_once(':')
                .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
            if !has_port {
                reader.fault(
                    "fetch.allow",
                    format!("lists hosts with port, such as 127.0.0.1:9000, not `{entry}`"),
                );
            }
        }
        let max_bytes = reader.number("fetch.max_bytes", 1024, 1024 * 1024 * 1024);
        Self {
            allow: allow.iter().map(|entry| entry.to_lowercase()).collect(),
            timeout: Duration::from_secs(reader.number("fetch.timeout_seconds", 1, 300)),
            max_bytes: usize::try_from(max_bytes).unwrap_or(usize::MAX),
        }
    }
}
