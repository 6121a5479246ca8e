//! The configuration: an embedded file of defaults, a file, the environment, in
//! this order; one struct per concern; checked as a whole before anything starts.
//!
//! To add an option: its line in `config.default.toml`, its field and its
//! reading in the struct of its concern. An option that no struct reads is unknown.

mod database;
mod discord;
mod fetch;
mod ingest;
mod internal;
mod log;
mod metrics;
mod networks;
mod oidc;
mod reader;
mod secrets;
mod slack;
mod web;
mod worker;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use ::config::{Environment, File, FileFormat};
use thiserror::Error;

pub use database::DatabaseConfig;
pub use discord::{DiscordConfig, DiscordMode};
pub use fetch::FetchConfig;
pub use ingest::IngestConfig;
pub use internal::InternalConfig;
pub use log::{LogConfig, LogFormat};
pub use metrics::MetricsConfig;
pub use networks::NetworksConfig;
pub use oidc::{OidcConfig, is_safe};
use reader::Reader;
pub use secrets::SecretsConfig;
pub use slack::{SlackConfig, SlackMode};
pub use web::WebConfig;
pub use worker::WorkerConfig;

/// Every option with its default and a sentence.
pub const DEFAULT: &str = include_str!("../config.default.toml");

/// What the environment variables of the configuration begin with.
const PREFIX: &str = "CHORUS_";

/// The whole configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server keeps its files.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DatabaseConfig,
    /// What the world reaches.
    pub web: WebConfig,
    /// What the parts reach.
    pub internal: InternalConfig,
    /// Keys.
    pub secrets: SecretsConfig,
    /// Fetching of feeds and pages.
    pub fetch: FetchConfig,
    /// Hits on short links.
    pub ingest: IngestConfig,
    /// Where networks are reached.
    pub networks: NetworksConfig,
    /// The workers.
    pub worker: WorkerConfig,
    /// The Slack part.
    pub slack: SlackConfig,
    /// The Discord part.
    pub discord: DiscordConfig,
    /// Figures for Prometheus.
    pub metrics: MetricsConfig,
    /// The login provider.
    pub oidc: OidcConfig,
    /// The log.
    pub log: LogConfig,
}

/// Everything that is wrong with a configuration.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub struct ConfigFaults(pub Vec<ConfigFault>);

/// What is wrong with one option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// Its name, such as `web.listen`; of a file, its path.
    pub key: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl fmt::Display for ConfigFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration has {} fault(s):", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n  {}: {}", fault.key, fault.reason)?;
        }
        Ok(())
    }
}

impl Config {
    /// Reads the defaults, the file if one is named, and the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigFaults> {
        let text = match file {
            Some(path) => std::fs::read_to_string(path).map_err(|cause| {
                ConfigFaults(vec![ConfigFault {
                    key: path.display().to_string(),
                    reason: format!("cannot be read: {cause}"),
                }])
            })?,
            None => String::new(),
        };
        Self::parse(&text, variables())
    }

    /// Reads the defaults, then `text` in TOML, then variables of the environment.
    pub fn parse(
        text: &str,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigFaults> {
        let mut reader = Reader::of(merged(text, environment)?);
        let config = Self {
            data_dir: PathBuf::from(reader.text("data_dir")),
            database: DatabaseConfig::read(&mut reader),
            web: WebConfig::read(&mut reader),
            internal: InternalConfig::read(&mut reader),
            secrets: SecretsConfig::read(&mut reader),
            fetch: FetchConfig::read(&mut reader),
            ingest: IngestConfig::read(&mut reader),
            networks: NetworksConfig::read(&mut reader),
            worker: WorkerConfig::read(&mut reader),
            slack: SlackConfig::read(&mut reader),
            discord: DiscordConfig::read(&mut reader),
            oidc: OidcConfig::read(&mut reader),
            metrics: MetricsConfig::read(&mut reader),
            log: LogConfig::read(&mut reader),
        };
        let faults = reader.faults();
        if faults.is_empty() {
            Ok(config)
        } else {
            Err(ConfigFaults(faults))
        }
    }

    /// The URL of the database, with the default file where none is configured.
    pub fn database_url(&self) -> String {
        self.database.url.clone().unwrap_or_else(|| {
            let file = self.data_dir.join("chorus.sqlite");
            format!("sqlite://{}?mode=rwc", file.display())
        })
    }
}

impl Config {
    /// The file of a SQLite database; none on other databases, or where it lies in memory.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        crate::store::exclusive::file_of(&self.database_url()).map(PathBuf::from)
    }
}

/// A variable of the environment that is no option, such as the one that names
/// where a command finds a secret.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn variables() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// Variables that name an option: of a section by a double underscore, or the
/// one option outside sections. Others that begin alike belong to others.
fn is_option(name: &str) -> bool {
    name.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.contains("__") || rest == "DATA_DIR")
}

fn merged(
    text: &str,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<serde_json::Value, ConfigFaults> {
    let variables: HashMap<String, String> = environment
        .into_iter()
        .filter(|(name, _)| is_option(name))
        .collect();
    ::config::Config::builder()
        .add_source(File::from_str(DEFAULT, FileFormat::Toml))
        .add_source(File::from_str(text, FileFormat::Toml))
        .add_source(
            Environment::with_prefix("CHORUS")
                .prefix_separator("_")
                .separator("__")
                .source(Some(variables)),
        )
        .build()
        .and_then(::config::Config::try_deserialize)
        .map_err(|cause| {
            ConfigFaults(vec![ConfigFault {
                key: "configuration".to_owned(),
                reason: without_quoted_lines(&cause.to_string()),
            }])
        })
}

/// What a parser of TOML says, without the lines that it quotes from the file: a secret
/// may stand on them, and what is said here goes to logs.
pub fn without_quoted_lines(error: &str) -> String {
    let is_quoted = |line: &&str| {
        line.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ')
            .starts_with('|')
    };
    let told: Vec<&str> = error.lines().filter(|line| !is_quoted(line)).collect();
    told.join("\n")
}

#[cfg(test)]
mod tests;
