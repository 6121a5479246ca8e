//! Options of hits on short links.

use std::path::PathBuf;

use super::Reader;

/// How hits are taken in and counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IngestConfig {
    /// Counted clicks per link, day and network of readers, at most.
    pub clicks_per_network: u64,
    /// Bytes of the journal that hits lie in while the database is away, at most.
    pub journal_bytes: u64,
    /// A `MaxMind` country database.
    pub country_database: Option<PathBuf>,
    /// Header in which a trusted proxy tells the country, in lower case.
    pub country_header: Option<String>,
}

impl IngestConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let country_database = reader
            .optional("ingest.country_database")
            .map(PathBuf::from);
        if let Some(path) = &country_database
            && !path.is_file()
        {
            let reason = format!("{} is no file", path.display());
            reader.fault("ingest.country_database", reason);
        }
        Self {
            clicks_per_network: reader.number("ingest.clicks_per_network", 1, 1_000_000_000),
            journal_bytes: reader.number("ingest.journal_megabytes", 1, 1_000_000) * 1024 * 1024,
            country_database,
            country_header: reader
                .optional("ingest.country_header")
                .map(|name| name.to_lowercase()),
        }
    }
}
