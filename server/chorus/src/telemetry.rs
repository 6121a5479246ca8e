//! Log lines: for people on a terminal, or JSON for machines that collect them.

use std::io::IsTerminal as _;

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::failure::Failure;

/// Our own packages, as their events name them.
const OURS: [&str; 8] = [
    "bots",
    "chorus",
    "conversation",
    "entity",
    "migration",
    "server",
    "server_api",
    "tests",
];

/// Begins to write log lines to the standard error, those that `filter` lets
/// pass, such as `info,server=debug`.
pub fn start(filter: &str, json: bool) -> Result<(), Failure> {
    let is_terminal = std::io::stderr().is_terminal();
    let outcome = lines(filter, json, is_terminal, std::io::stderr)?.try_init();
    // Somebody who runs Chorus inside another program has set up logging already.
    drop(outcome);
    Ok(())
}

fn lines<W>(filter: &str, json: bool, ansi: bool, out: W) -> Result<impl Subscriber, Failure>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let wanted = EnvFilter::try_new(filter)
        .map_err(|error| Failure::usage(format!("log.filter: {error}")))?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(ansi)
        .with_writer(out)
        // Where a line cannot be written, on a full disk, saying so there would panic.
        .log_internal_errors(false);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = if json {
        lines.json().flatten_event(true).boxed()
    } else {
        lines.with_target(false).boxed()
    };
    let filter = wanted.and(filter_fn(is_discreet));
    Ok(tracing_subscriber::registry().with(lines.with_filter(filter)))
}

/// Whether what is logged can bear no payload. Our own events are written so; libraries
/// write down whole frames, requests and statements where they are asked to be talkative,
/// with tokens and people's words in them, so that they are not to be talked into it.
fn is_discreet(about: &Metadata<'_>) -> bool {
    let target = about.target();
    let package = target.split("::").next().unwrap_or(target);
    let loudest = match package {
        package if OURS.contains(&package) => Level::TRACE,
        // It warns of what it cannot read with the whole payload, and an interaction's
        // holds a token.
        "serenity" => Level::ERROR,
        _ => Level::INFO,
    };
    *about.level() <= loudest
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("the paper").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn whatever_is_asked_for_libraries_log_no_payload() {
        for asked in ["trace", "serenity=trace,tungstenite=trace,server=trace"] {
            for json in [false, true] {
                let paper = Paper::default();
                let kept = paper.clone();
                let lines = lines(asked, json, false, move || kept.clone());
                let lines = lines.unwrap_or_else(|_| panic!("a filter"));
                tracing::subscriber::with_default(lines, || {
                    tracing::trace!(target: "tungstenite::protocol", "a frame with a token");
                    tracing::debug!(target: "hyper_util::client", "an address with a token");
                    tracing::warn!(target: "serenity::gateway", "a payload with a token");
                    tracing::trace!(target: "server::ingest", "our own words");
                });
                let written = paper.0.lock().expect("the paper").clone();
                let written = String::from_utf8(written).expect("text");
                assert!(written.contains("our own words"), "{written}");
                assert!(!written.contains("token"), "{written}");
            }
        }
    }
}
