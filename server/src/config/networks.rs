//! Options of where networks are reached.

use std::collections::BTreeMap;

use entity::enums::Network;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use url::Url;

use super::Reader;

/// The section whose names are those of networks.
const SECTION: &str = "networks.base_urls";

/// Where networks are reached instead of their real sites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworksConfig {
    /// By network; one that is absent is reached at its real site.
    pub base_urls: BTreeMap<Network, Url>,
}

impl NetworksConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let mut base_urls = BTreeMap::new();
        for name in reader.names(SECTION) {
            let key = format!("{SECTION}.{name}");
            let url = reader.parsed(&key, "an address");
            match (network(&name), url) {
                (Some(network), Some(url)) => {
                    base_urls.insert(network, url);
                }
                (None, _) => reader.fault(&key, "there is no such network"),
                (Some(_), None) => {}
            }
        }
        Self { base_urls }
    }
}

fn network(name: &str) -> Option<Network> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    Network::deserialize(name).ok()
}
