//! Counting clicks from hits: what is new becomes a click, proves its share and
//! earns points, all in one transaction per batch.
//!
//! Hits are read in the order of their ids from a cursor on. Replicas commit
//! hits a little late and their clocks differ a little, so each run begins
//! some time before the cursor; what was counted is recognised by its key.
//! Hits that lay in a journal come much later than that: whoever stores them
//! notes their range, and each range is counted apart.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::ids::{ClickId, HitId, LinkId, ShareId};
use entity::{click, count_cursor, hit, link};

use crate::app::App;
use crate::domain::click::{self as rule, Counted, Key, Known, Source};
use crate::store::{StoreError, Txn, clicks, hits, late_hits, links};

mod award;

/// Hits of one transaction.
const BATCH: u64 = 1_000;
/// How far before the cursor a run begins: longer than a commit may take and
/// than clocks of replicas may differ.
const OVERLAP: TimeDelta = TimeDelta::seconds(30);
/// Names the cursor.
const CURSOR: &str = "count_clicks";

/// The newest hit that was read by now.
pub async fn counted_to(app: &App) -> Result<Option<HitId>, StoreError> {
    let cursor = clicks::cursor(app.store.reader(), CURSOR).await?;
    Ok(cursor.map(|cursor| cursor.hit_id))
}

/// Counts until no hit is left; says how many clicks were counted.
pub async fn count_clicks(app: &App) -> Result<usize, StoreError> {
    let reached = counted_to(app).await?;
    let mut position = reached.map_or_else(
        || HitId(uuid::Uuid::nil()),
        |reached| before(reached, app.now()),
    );
    let mut counted = count_late(app).await?;
    loop {
        let batch = hits::after(app.store.reader(), position, BATCH).await?;
        let Some(last) = batch.last().map(|hit| hit.id) else {
            return Ok(counted);
        };
        let whole = u64::try_from(batch.len()).unwrap_or(BATCH) == BATCH;
        counted += count_batch(app, &batch, reached.max(Some(last))).await?;
        if !whole {
            return Ok(counted);
        }
        position = last;
    }
}

/// Counts hits that were stored late. A range that is counted twice changes nothing.
async fn count_late(app: &App) -> Result<usize, StoreError> {
    let mut counted = 0;
    for range in late_hits::oldest(app.store.reader()).await? {
        let mut position = None;
        loop {
            let batch = late_hits::hits_of(app.store.reader(), &range, position, BATCH).await?;
            let Some(last) = batch.last() else { break };
            position = Some(last.id);
            counted += count_batch(app, &batch, None).await?;
        }
        let txn = app.store.begin().await?;
        late_hits::delete(&txn, &range).await?;
        txn.commit().await?;
    }
    Ok(counted)
}

/// Where a run begins that was to go on from `reached`: never later than hits
/// of the present, also after a clock that was ahead was set back.
fn before(reached: HitId, now: DateTime<Utc>) -> HitId {
    clicks::first_hit_at(time_of(reached).min(now) - OVERLAP)
}

/// When a hit came, as the first six bytes of its id tell (RFC 9562, section 5.7). Read from the
/// bytes, since an id that begins a range is no whole `UUIDv7`.
pub(in crate::service) fn time_of(hit: HitId) -> DateTime<Utc> {
    i64::try_from(hit.0.as_u128() >> 80)
        .ok()
        .and_then(DateTime::<Utc>::from_timestamp_millis)
        .unwrap_or_default()
}

async fn count_batch(
    app: &App,
    batch: &[hit::Model],
    reached: Option<HitId>,
) -> Result<usize, StoreError> {
    let ids: BTreeSet<LinkId> = batch.iter().map(|hit| hit.link_id).collect();
    let ids: Vec<LinkId> = ids.into_iter().collect();
    let links: BTreeMap<LinkId, link::Model> = links::find_many(app.store.reader(), &ids)
        .await?
        .into_iter()
        .map(|link| (link.id, link))
        .collect();
    // A hit of a link that was erased since belongs to nothing that could be counted.
    let batch: Vec<hit::Model> = batch
        .iter()
        .filter(|hit| links.contains_key(&hit.link_id))
        .cloned()
        .collect();
    let mut known = known(app, &batch, &links).await?;
    let outcome = rule::count(&batch, &mut known, app.config.ingest.clicks_per_network);
    write(app, &links, outcome, reached).await
}

/// What is stored already about the links of a batch.
async fn known(
    app: &App,
    batch: &[hit::Model],
    links: &BTreeMap<LinkId, link::Model>,
) -> Result<Known, StoreError> {
    let db = app.store.reader();
    let hours = batch.iter().map(|hit| rule::hour(hit.at));
    let (Some(first), Some(last)) = (hours.clone().min(), hours.max()) else {
        return Ok(Known::default());
    };
    let visitors: BTreeSet<(LinkId, Vec<u8>)> = batch
        .iter()
        .filter_map(|hit| Some((hit.link_id, hit.visitor.clone()?)))
        .collect();
    let mut known = Known::default();
    for click in clicks::of_visitors(db, &visitors, (first, last)).await? {
        known.clicks.insert(Key {
            link: click.link_id,
            visitor: click.visitor,
            hour: click.hour,
        });
    }
    let days = (first.div_euclid(24) * 24, last.div_euclid(24) * 24 + 23);
    let wanted: Vec<LinkId> = links.keys().copied().collect();
    let networks: BTreeSet<Vec<u8>> = batch
        .iter()
        .filter_map(|hit| hit.network_key.clone())
        .collect();
    let networks: Vec<Vec<u8>> = networks.into_iter().collect();
    for (link, hour, network_key, count) in clicks::counted(db, (&wanted, &networks), days).await? {
        let source = Source {
            link,
            day: hour.div_euclid(24),
            network_key,
        };
        *known.counted.entry(source).or_default() += count;
    }
    let shares: BTreeMap<ShareId, LinkId> = links
        .values()
        .filter_map(|link| Some((link.share_id?, link.id)))
        .collect();
    let ids: Vec<ShareId> = shares.keys().copied().collect();
    for visit in clicks::own_visits(db, &ids).await? {
        if let Some(link) = shares.get(&visit.share_id) {
            known.own.insert((*link, visit.visitor));
        }
    }
    Ok(known)
}

async fn write(
    app: &App,
    links: &BTreeMap<LinkId, link::Model>,
    outcome: Counted,
    reached: Option<HitId>,
) -> Result<usize, StoreError> {
    let txn = app.store.begin().await?;
    let own: Vec<HitId> = outcome.own.iter().map(|hit| hit.id).collect();
    if !own.is_empty() {
        hits::mark_own(&txn, &own).await?;
    }
    let rows: Vec<click::Model> = outcome
        .clicks
        .into_iter()
        .map(|(hit, key, counted)| click::Model {
            id: ClickId(app.uuid()),
            organization_id: hit.organization_id,
            link_id: hit.link_id,
            visitor: key.visitor,
            hour: key.hour,
            hit_id: hit.id,
            at: hit.at,
            network_key: hit.network_key.unwrap_or_default(),
            counted,
        })
        .collect();
    let counted: Vec<click::Model> = rows.iter().filter(|row| row.counted).cloned().collect();
    clicks::insert(&txn, rows).await?;
    add_to_links(&txn, &counted).await?;
    award::award(&txn, app, by_share(links, &counted)).await?;
    if let Some(hit_id) = reached {
        let cursor = count_cursor::Model {
            name: CURSOR.to_owned(),
            hit_id,
            updated_at: app.now(),
        };
        clicks::set_cursor(&txn, cursor).await?;
    }
    txn.commit().await?;
    app.metrics().links.counted(counted.len());
    Ok(counted.len())
}

async fn add_to_links(txn: &Txn, counted: &[click::Model]) -> Result<(), StoreError> {
    let mut sums: BTreeMap<LinkId, i64> = BTreeMap::new();
    for click in counted {
        *sums.entry(click.link_id).or_default() += 1;
    }
    for (link, clicks) in sums {
        links::add_clicks(txn, link, clicks).await?;
    }
    Ok(())
}

/// Counted clicks of each share, earliest first; those on links that name
/// nobody belong to no share.
fn by_share(
    links: &BTreeMap<LinkId, link::Model>,
    counted: &[click::Model],
) -> BTreeMap<ShareId, Vec<click::Model>> {
    let mut shares: BTreeMap<ShareId, Vec<click::Model>> = BTreeMap::new();
    for click in counted {
        if let Some(share) = links.get(&click.link_id).and_then(|link| link.share_id) {
            shares.entry(share).or_default().push(click.clone());
        }
    }
    for clicks in shares.values_mut() {
        clicks.sort_by_key(|click| click.at);
    }
    shares
}

#[cfg(test)]
mod tests;
