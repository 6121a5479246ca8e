//! The hot path of a short link: find it, tell whose request it is, store the
//! hit, and only then answer.
//!
//! What it keeps in memory is no state: links that were read, which posts are
//! withdrawn, browsers, the day's salt, and the hits that wait for the next
//! commit. While the database is away, hits lie in a journal on local disk.

pub mod agents;
mod bounded;
pub mod classify;
pub mod crawlers;
pub mod device;
pub mod drain;
mod journal;
mod keeper;
mod links;
pub mod origin;
mod writer;

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use entity::enums::{DeviceClass, HitClass};
use entity::hit;
use entity::ids::{HitId, PostId};

use crate::app::App;
use crate::metrics::links::Links;
use crate::service::visitors;
use crate::store::hit_sink::HitSink;
use crate::store::{Store, StoreError};
use agents::Agents;
use classify::Verdict;
use keeper::Keeper;
pub use links::{Target, look_for_withdrawals};

/// What the hot path keeps.
#[derive(Clone, Debug)]
pub struct Ingest(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    links: links::Memory,
    agents: Agents,
    queue: writer::Queue,
    keeper: Arc<Keeper>,
    draining: tokio::sync::Mutex<()>,
}

impl Ingest {
    /// A path into `store`, whose journal lies in `folder` and takes
    /// `journal_bytes` at most, and which counts in `figures`.
    pub fn new(store: Store, folder: &Path, journal_bytes: u64, figures: Links) -> Self {
        Self(Arc::new(Inner {
            links: links::Memory::default(),
            agents: Agents::default(),
            queue: writer::Queue::default(),
            keeper: Arc::new(Keeper::new(store, folder, journal_bytes, figures)),
            draining: tokio::sync::Mutex::default(),
        }))
    }

    /// What user agents give away.
    pub fn agents(&self) -> &Agents {
        &self.0.agents
    }

    /// Hits whose redirect was answered though they could not be kept.
    pub fn lost_hits(&self) -> u64 {
        self.0.keeper.figures().lost.get()
    }

    /// Hits in the journal that are not yet in the database.
    pub fn journalled_hits(&self) -> u64 {
        self.0.keeper.journal().hits()
    }

    /// Bytes of the journal on disk.
    pub fn journal_bytes(&self) -> u64 {
        self.0.keeper.journal().bytes()
    }

    /// Whether the database refused hits of late, so that they go to the journal.
    pub fn is_away(&self) -> bool {
        self.0.keeper.is_away()
    }

    /// What the database says of how it syncs the commits of each connection that hits are
    /// written on now: see [`HitSink::durability`]. It blocks: never on the runtime.
    pub fn durability(&self) -> Result<Vec<String>, StoreError> {
        let told = self.0.queue.each_sink(HitSink::durability);
        told.into_iter().collect()
    }

    /// Sends the readers of a post that was just withdrawn elsewhere, or nowhere.
    pub fn withdraw(&self, post: PostId, other: Option<String>) {
        self.0.links.withdraw([(post, other)]);
    }
}

/// A request for a link, as far as its hit is concerned.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Whose it is, and why.
    pub verdict: Verdict,
    /// Where it came from.
    pub address: IpAddr,
    /// What it says of itself.
    pub user_agent: &'a str,
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
    Known(Target),
    /// There is no such code.
    Unknown,
}

/// Finds the link of a code and stores the hit; only then it returns.
///
/// While the database is away or refuses, a full disk for one, links that are
/// remembered are given all the same, and their hits are kept in the journal:
/// readers pay for no trouble of ours.
pub async fn receive(app: &App, code: &str, request: Request<'_>) -> Result<Outcome, StoreError> {
    let ingest = &app.ingest().0;
    let Some(link) = links::resolve(app, code).await? else {
        return Ok(Outcome::Unknown);
    };
    let row = row(app, &link, request).await;
    ingest.queue.append(&ingest.keeper, row).await;
    Ok(Outcome::Known(ingest.links.target(&link)))
}

async fn row(app: &App, link: &links::Link, request: Request<'_>) -> hit::Model {
    let now = app.now();
    let mut row = hit::Model {
        id: HitId(app.chance.uuid(now)),
        organization_id: link.organization,
        link_id: link.id,
        at: now,
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
        let visitor = visitors::today(app, request.address, request.user_agent).await;
        row.visitor = Some(visitor.key);
        row.network_key = Some(visitor.network_key);
        row.country = request.country;
        row.device = Some(request.device);
        row.referrer_host = request.referrer_host;
    }
    row
}

#[cfg(test)]
mod tests;
