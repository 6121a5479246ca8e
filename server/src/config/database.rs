//! Options of the database.

use secrecy::ExposeSecret as _;

use super::Reader;

/// Which database, and how many connections to it.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseConfig {
    /// Its URL; none for the file in the data directory.
    pub url: Option<String>,
    /// Connections at most.
    pub connections: u32,
}

impl std::fmt::Debug for DatabaseConfig {
    /// Without the URL, which may bear a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DatabaseConfig")
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

impl DatabaseConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        // It may bear a password.
        let url = reader.secret("database.url");
        let url = url.map(|url| url.expose_secret().to_owned());
        let known = ["sqlite://", "postgres://", "postgresql://"];
        if let Some(url) = &url
            && !known.iter().any(|scheme| url.starts_with(scheme))
        {
            reader.fault("database.url", "begins with `sqlite://` or `postgres://`");
        }
        let connections = reader.number("database.connections", 1, 1000);
        Self {
            url,
            connections: u32::try_from(connections).unwrap_or(1),
        }
    }
}
