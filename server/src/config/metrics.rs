//! Options of what Prometheus reads.

use std::net::SocketAddr;

use super::Reader;

/// Where figures are told, besides the internal listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricsConfig {
    /// Address and port of a listener for figures alone, if there is one.
    pub listen: Option<SocketAddr>,
}

impl MetricsConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        Self {
            listen: reader.parsed(
                "metrics.listen",
                "an address with a port such as 127.0.0.1:9100",
            ),
        }
    }
}
