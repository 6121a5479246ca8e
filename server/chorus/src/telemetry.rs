//! Log lines: for people on a terminal, or JSON for machines that collect them.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

use crate::failure::Failure;

/// serenity warns of what it cannot read with the whole payload, and an interaction's
/// holds a token.
const NEVER_LOGGED: &str = "serenity=error";

/// Begins to write log lines to the standard error, those that `filter` lets
/// pass, such as `info,server=debug`.
pub fn start(filter: &str, json: bool) -> Result<(), Failure> {
    let filter =
        without_tokens(filter).map_err(|error| Failure::usage(format!("log.filter: {error}")))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        // Where a line cannot be written, on a full disk, saying so there would panic.
        .log_internal_errors(false);
    let outcome = if json {
        lines.json().flatten_event(true).try_init()
    } else {
        lines.with_target(false).try_init()
    };
    // Somebody who runs Chorus inside another program has set up logging already.
    drop(outcome);
    Ok(())
}

/// The wanted lines, save those that would write tokens down.
fn without_tokens(filter: &str) -> Result<EnvFilter, ParseError> {
    let wanted = EnvFilter::try_new(filter)?;
    Ok(wanted.add_directive(NEVER_LOGGED.parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_for_no_payload_of_discord_is_logged() {
        for asked in ["info", "debug", "serenity=trace", "warn,serenity=debug"] {
            let filter = without_tokens(asked).unwrap().to_string();
            let of_serenity: Vec<&str> = filter
                .split(',')
                .filter(|directive| directive.starts_with("serenity"))
                .collect();
            assert_eq!(of_serenity, [NEVER_LOGGED], "{asked}");
        }
    }
}
