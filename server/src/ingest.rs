//! The hot path of a short link: find it, tell whose request it is, store the
//! hit, and only then answer.
//!
//! It keeps three things in memory, none of which is state: links as they were
//! last read, for when the database is away; the day's salt; and the hits that
//! wait for the next commit.

pub mod classify;
mod crawlers;
pub mod device;
mod links;
pub mod origin;
mod writer;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use entity::enums::{DeviceClass, HitClass};
use entity::hit;
use entity::ids::HitId;

use crate::app::App;
use crate::service::visitors;
use crate::store::StoreError;
use classify::Verdict;
pub use links::{Known, Target};

/// What the hot path keeps in memory.
#[derive(Clone, Debug, Default)]
pub struct Ingest(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    links: links::Memory,
    queue: writer::Queue,
    lost: AtomicU64,
    unknown: AtomicU64,
}

impl Ingest {
    /// Hits whose redirect was answered though they could not be stored.
    pub fn lost_hits(&self) -> u64 {
        self.0.lost.load(Ordering::Relaxed)
    }

    /// Requests for codes that are nobody's.
    pub fn unknown_codes(&self) -> u64 {
        self.0.unknown.load(Ordering::Relaxed)
    }
}

/// A request for a link, as far as its hit is concerned.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose it is, and why.
    pub verdict: Verdict,
    /// Where it came from.
    pub address: IpAddr,
    /// What it says of itself.
    pub user_agent: String,
    /// The host of the referring page.
    pub referrer_host: Option<String>,
    /// The country, if it could be told.
    pub country: Option<String>,
    /// Kind of device.
    pub device: DeviceClass,
}

/// What became of a request for a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is such a link, and the hit is stored.
    Known(Known),
    /// There is no such code.
    Unknown,
}

/// Finds the link of a code and stores the hit; only then it returns.
///
/// While the database is away or refuses, a full disk for one, links that are
/// remembered are given without their hit, which is counted as lost: readers
/// pay for no trouble of ours.
pub async fn receive(app: &App, code: &str, request: Request) -> Result<Outcome, StoreError> {
    let Some(known) = links::resolve(app, code).await? else {
        app.ingest().0.unknown.fetch_add(1, Ordering::Relaxed);
        return Ok(Outcome::Unknown);
    };
    if let Err(error) = store(app, &known, request).await {
        app.ingest().0.lost.fetch_add(1, Ordering::Relaxed);
        let cause = std::error::Error::source(&error).map(tracing::field::display);
        tracing::error!(cause, "a hit is lost: {error}");
    }
    Ok(Outcome::Known(known))
}

async fn store(app: &App, known: &Known, request: Request) -> Result<(), StoreError> {
    let mut row = hit::Model {
        id: HitId(app.uuid()),
        organization_id: known.organization,
        link_id: known.link,
        at: app.now(),
        class: request.verdict.class,
        reason: request.verdict.reason,
        visitor: None,
        network_key: None,
        country: None,
        device: None,
        referrer_host: None,
    };
    // Who asks not to be tracked leaves the link and the time, nothing else.
    if request.verdict.class != HitClass::Private {
        let visitor = visitors::today(app, request.address, &request.user_agent).await?;
        row.visitor = Some(visitor.key);
        row.network_key = Some(visitor.network_key);
        row.country = request.country;
        row.device = Some(request.device);
        row.referrer_host = request.referrer_host;
    }
    writer::append(app, row).await
}
