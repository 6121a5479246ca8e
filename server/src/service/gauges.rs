//! Looking at what an operator sees: the database once in some seconds, however many ask.

use std::sync::Arc;
use std::time::{Duration, Instant};

use entity::enums::Platform;
use entity::ids::HitId;
use uuid::Uuid;

use super::{clicks, reviews};
use crate::app::App;
use crate::domain::groups::GROUP;
use crate::metrics::process::Process;
use crate::metrics::sampled::{Backlog, RIGHTS, Reading, Sample, Waiting};
use crate::store::{StoreError, backlog};

/// A reading of the database serves so long: scrapers come every some seconds, and several of
/// them are not to weigh on it.
const FRESH: Duration = Duration::from_secs(5);
/// Longest that a scraper waits for the database; what it did not tell by then is left out.
const PATIENCE: Duration = Duration::from_secs(2);

/// Everything that is looked at. `turns` are the leases of periodic work.
pub async fn sample(app: &App, turns: Vec<String>) -> Sample {
    let reading = reading(app, &turns).await;
    Sample {
        now: app.now(),
        journalled_hits: app.ingest().journalled_hits(),
        journal_bytes: app.ingest().journal_bytes(),
        connections: app.store.connections(),
        longest_wait: app.store.longest_wait(),
        reading: Reading::clone(&reading),
        process: Process::look(),
        turns,
    }
}

/// What the database said within the last seconds.
async fn reading(app: &App, turns: &[String]) -> Arc<Reading> {
    let mut last = app.metrics().reading().lock().await;
    if let Some((at, reading)) = last.as_ref()
        && at.elapsed() < FRESH
    {
        return Arc::clone(reading);
    }
    let read = read(app, turns);
    let reading = tokio::time::timeout(PATIENCE, read).await;
    let reading = Arc::new(reading.unwrap_or_default());
    *last = Some((Instant::now(), Arc::clone(&reading)));
    reading
}

async fn read(app: &App, turns: &[String]) -> Reading {
    let asked = Instant::now();
    if app.store.ping().await.is_err() {
        return Reading::default();
    }
    let ping = asked.elapsed();
    let backlog = waiting(app, turns).await.inspect_err(|error| {
        tracing::warn!(%error, "what waits in the database cannot be told: {error}");
    });
    Reading {
        ping: Some(ping),
        backlog: backlog.ok(),
    }
}

async fn waiting(app: &App, turns: &[String]) -> Result<Backlog, StoreError> {
    let (db, now) = (app.store.reader(), app.now());
    let rights = RIGHTS.iter().copied();
    let names = rights.chain(turns.iter().map(String::as_str)).collect();
    let mut deliveries = Vec::new();
    for platform in [Platform::Slack, Platform::Discord] {
        let to_channels = backlog::deliveries_to_channels(db, platform, now).await?;
        let to_people = backlog::new_deliveries_to_people(db, platform, now).await?;
        deliveries.push((platform, waiting_deliveries(to_channels, to_people)));
    }
    let counted_to = clicks::counted_to(app).await?;
    Ok(Backlog {
        deliveries,
        jobs: waiting_of(backlog::jobs(db, now).await?),
        dead_jobs: backlog::dead_jobs(db).await?,
        overdue_schedule: backlog::overdue_schedule(db, now).await?,
        oldest_hit: backlog::next_hit(db, counted_to.unwrap_or(HitId(Uuid::nil()))).await?,
        late_reviews: reviews::count_late(app).await?,
        leases: backlog::leases(db, names).await?,
    })
}

/// What is told of deliveries that wait. Of those to people not how many, since one less is
/// somebody who wants none; and that they wait only where several do.
fn waiting_deliveries(to_channels: backlog::Counted, to_people: backlog::Counted) -> Waiting {
    let (count, oldest) = to_channels;
    let (people, new) = to_people;
    let are_several = usize::try_from(people).is_ok_and(|people| people >= GROUP);
    let new = new.filter(|_| are_several);
    Waiting {
        count,
        oldest: oldest.into_iter().chain(new).min(),
    }
}

fn waiting_of((count, oldest): backlog::Counted) -> Waiting {
    Waiting { count, oldest }
}
