//! Options of the workers.

use std::time::Duration;

use super::Reader;

/// How one process works on jobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerConfig {
    /// Whether `serve` without `--part` runs it.
    pub enabled: bool,
    /// Jobs at once.
    pub concurrency: u64,
    /// Between two looks into the queue.
    pub poll: Duration,
}

impl WorkerConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let poll = reader.number("worker.poll_milliseconds", 10, 60_000);
        Self {
            enabled: reader.flag("worker.enabled"),
            concurrency: reader.number("worker.concurrency", 1, 1000),
            poll: Duration::from_millis(poll),
        }
    }
}
