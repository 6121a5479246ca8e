//! Log lines: for people on a terminal, or JSON for machines that collect them.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::failure::Failure;

/// Begins to write log lines to the standard error, those that `filter` lets
/// pass, such as `info,server=debug`.
pub fn start(filter: &str, json: bool) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|error| Failure::usage(format!("log.filter: {error}")))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let outcome = if json {
        lines.json().flatten_event(true).try_init()
    } else {
        lines.with_target(false).try_init()
    };
    // Somebody who runs Chorus inside another program has set up logging already.
    drop(outcome);
    Ok(())
}
