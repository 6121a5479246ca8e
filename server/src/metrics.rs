//! What an operator sees of the server: rates, latencies, backlogs, outcomes by reason.
//!
//! Figures are counted where things happen and live in the [`crate::app::App`], so that tests
//! which run side by side do not count into each other; what the database knows is read when
//! somebody looks ([`sampled`]). `server/METRICS.md` lists every family, and a test compares it.
//!
//! No label joins a figure to a person, and none tells private acts apart: see [`requests`].

pub mod deliveries;
pub mod links;
pub mod process;
pub mod requests;
pub mod sampled;
pub mod work;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use server_api::metrics::{Counter, Described, Families, Labelled};

use self::deliveries::Deliveries;
use self::links::Links;
use self::requests::Requests;
use self::sampled::Reading;
use self::work::Work;
use crate::ports::fetch::{FetchError, Fetched};

/// Writes figures that are kept elsewhere, such as those of bots in this process.
pub type Source = Arc<dyn Fn(&mut String) + Send + Sync>;

/// The figures of one server.
pub struct Metrics {
    /// Requests and their answers.
    pub requests: Requests,
    /// Short links, hits and clicks.
    pub links: Links,
    /// Messages to the chats.
    pub deliveries: Deliveries,
    /// Jobs, schedules, periodic work.
    pub work: Work,
    fetches: Labelled<1, Counter>,
    families: Families,
    sources: Mutex<Vec<Source>>,
    reading: tokio::sync::Mutex<Option<(Instant, Arc<Reading>)>>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Default for Metrics {
    /// Figures that begin now.
    fn default() -> Self {
        let mut families = Families::default();
        let requests = Requests::of(&mut families);
        let links = Links::of(&mut families);
        let deliveries = Deliveries::of(&mut families);
        let work = Work::of(&mut families);
        let fetches = families.counters(
            "chorus_fetches_total",
            "Feeds that were fetched, by outcome",
            ["outcome"],
        );
        Self {
            requests,
            links,
            deliveries,
            work,
            fetches,
            families,
            sources: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
        }
    }
}

impl Metrics {
    /// Counts a fetch.
    pub fn fetched(&self, outcome: &Result<Fetched, FetchError>) {
        self.fetches.at([outcome_of(outcome)]).inc();
    }

    /// Adds figures that are kept elsewhere in this process.
    pub fn attach(&self, source: Source) {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        sources.push(source);
    }

    /// Writes everything that is counted, here and elsewhere.
    pub fn write(&self, text: &mut String) {
        self.families.write(text);
        let sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        for source in sources.iter() {
            source(text);
        }
    }

    /// What is counted here.
    pub fn described(&self) -> &[Described] {
        self.families.described()
    }

    /// The last reading of the database, behind a lock that lets one at a time take the next.
    pub fn reading(&self) -> &tokio::sync::Mutex<Option<(Instant, Arc<Reading>)>> {
        &self.reading
    }
}

/// As many as a counter takes.
fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn outcome_of(outcome: &Result<Fetched, FetchError>) -> &'static str {
    match outcome {
        Ok(Fetched::Document(_)) => "document",
        Ok(Fetched::NotModified) => "not_modified",
        Err(FetchError::Address(_) | FetchError::Port(_) | FetchError::NotPublic) => "forbidden",
        Err(FetchError::Unresolved) => "unresolved",
        Err(FetchError::TooManyRedirects | FetchError::BadRedirect) => "redirects",
        Err(FetchError::Status(_)) => "status",
        Err(FetchError::ContentType(_)) => "content_type",
        Err(FetchError::TooLarge(_)) => "too_large",
        Err(FetchError::TimedOut(_)) => "timed_out",
        Err(FetchError::Connection | FetchError::Setup) => "connection",
    }
}
