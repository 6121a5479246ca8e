//! Options of the log.

use super::Reader;

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// Which events, as `tracing` reads them.
    pub filter: String,
    /// For whom.
    pub format: LogFormat,
}

/// For whom the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// People.
    Text,
    /// Machines.
    Json,
}

impl LogConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let format = match reader.text("log.format").as_str() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            other => {
                let reason = format!("is `text` or `json`, not `{other}`");
                reader.fault("log.format", reason);
                LogFormat::Text
            }
        };
        Self {
            filter: reader.text("log.filter"),
            format,
        }
    }
}
