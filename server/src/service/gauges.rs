//! Looking at what an operator sees: the database once in some seconds, however many ask.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
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
        let several = (now, u64::try_from(GROUP).unwrap_or(u64::MAX));
        let to_people = backlog::oldest_new_to_people(db, platform, several).await?;
        deliveries.push((platform, waiting_deliveries(to_channels, &to_people)));
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
fn waiting_deliveries((count, oldest): backlog::Counted, to_people: &[DateTime<Utc>]) -> Waiting {
    let are_several = to_people.len() >= GROUP;
    let oldest_to_people = to_people.iter().min().filter(|_| are_several);
    Waiting {
        count,
        oldest: oldest.into_iter().chain(oldest_to_people.copied()).min(),
    }
}

fn waiting_of((count, oldest): backlog::Counted) -> Waiting {
    Waiting { count, oldest }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn that_messages_to_people_wait_is_told_where_five_do() {
        let since = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let people = |count| {
            (0..count)
                .map(|number| since(50 + number))
                .collect::<Vec<_>>()
        };
        for (to_channels, to_people, oldest) in [
            ((0, None), 4, None),
            ((0, None), 5, Some(since(50))),
            ((1, Some(since(20))), 5, Some(since(20))),
            ((2, Some(since(80))), 4, Some(since(80))),
            ((2, Some(since(80))), 5, Some(since(50))),
        ] {
            let told = waiting_deliveries(to_channels, &people(to_people));
            let expected = Waiting {
                count: to_channels.0,
                oldest,
            };
            assert_eq!(told, expected, "{to_channels:?} {to_people}");
        }
    }
}
