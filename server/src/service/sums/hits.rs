//! Sums of hits, and of what was counted of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{HitClass, HitReason, Measure};
use entity::ids::{HitId, LinkId, ShareId, TeamId};
use entity::{click, count_cursor, hit, link};

use super::cells::{Cells, Place, Zones};
use super::{BATCH, BATCHES};
use crate::app::App;
use crate::domain::click::hour;
use crate::domain::sums::of_reason;
use crate::service::clicks::time_of;
use crate::store::{StoreError, Txn, clicks, hits, late_hits, links, share_sums};

/// Names the cursor.
const CURSOR: &str = "sum_hits";
/// So long after its time a hit is summed up: longer than a commit may take and than clocks of
/// replicas may differ, and what counting looks back.
const SEALED: TimeDelta = TimeDelta::seconds(30);
/// Hours of a UTC day, for which a visitor is known.
const DAY: i64 = 24;

/// Sums up hits; says whether none is left.
pub(super) async fn sum_up(app: &App, began: DateTime<Utc>) -> Result<bool, StoreError> {
    let sealed = clicks::first_hit_at(began - SEALED);
    for _ in 0..BATCHES {
        let db = app.store.reader();
        let reached = begun(app).await?;
        let mut batch = hits::between(db, (reached, sealed), BATCH).await?;
        let last = batch.last().map(|hit| hit.id);
        let mut ids: Vec<HitId> = batch.iter().map(|hit| hit.id).collect();
        if last.is_none() {
            ids = late_hits::unsummed(db, reached, BATCH).await?;
            batch = late_hits::find_hits(db, &ids).await?;
            if ids.is_empty() {
                return Ok(true);
            }
        }
        // What was stored late has to be counted before it is summed up; whatever was read just
        // now has its range, if it has one, in sight.
        if !late_hits::oldest(db).await?.is_empty() {
            return Ok(true);
        }
        let cells = cells(app, &batch, reached).await?;
        let txn = app.store.begin().await?;
        if !is_ours(&txn, &ids, (reached, last)).await? {
            continue;
        }
        cells.write(&txn).await?;
        if let Some(last) = last {
            clicks::set_cursor(&txn, position(app, last)).await?;
        }
        txn.commit().await?;
    }
    Ok(false)
}

/// Up to when every hit is in the sums, at most `until`: until the oldest of those that were stored
/// late and are not in them, so that what lies before goes on to be told meanwhile.
pub(super) async fn complete_until(
    app: &App,
    until: DateTime<Utc>,
) -> Result<DateTime<Utc>, StoreError> {
    let db = app.store.reader();
    let reached = reached(app).await?;
    let ranges = late_hits::oldest(db).await?;
    // Among more than are read at once there may be older ones.
    if u64::try_from(ranges.len()).is_ok_and(|count| count >= late_hits::RANGES) {
        return Ok(DateTime::UNIX_EPOCH);
    }
    let unsummed = late_hits::unsummed(db, reached, 1).await?;
    let late = ranges.iter().map(|range| range.first_hit).chain(unsummed);
    let until = late.min().map_or(until, |hit| until.min(time_of(hit)));
    let open = hits::between(db, (reached, clicks::first_hit_at(until)), 1).await?;
    Ok(open.first().map_or(until, |hit| until.min(hit.at)))
}

/// The newest hit that is in the sums.
pub(super) async fn reached(app: &App) -> Result<HitId, StoreError> {
    let cursor = clicks::cursor(app.store.reader(), CURSOR).await?;
    Ok(cursor.map_or(HitId(uuid::Uuid::nil()), |cursor| cursor.hit_id))
}

/// The same, written down, so that workers can hold it against each other.
async fn begun(app: &App) -> Result<HitId, StoreError> {
    let start = HitId(uuid::Uuid::nil());
    let reached = reached(app).await?;
    if reached != start {
        return Ok(reached);
    }
    let txn = app.store.begin().await?;
    clicks::begin_cursor(&txn, position(app, start)).await?;
    txn.commit().await?;
    Ok(start)
}

fn position(app: &App, hit_id: HitId) -> count_cursor::Model {
    count_cursor::Model {
        name: CURSOR.to_owned(),
        hit_id,
        updated_at: app.now(),
    }
}

/// What a batch adds to the sums, where the hits up to `reached` are in them.
async fn cells(app: &App, batch: &[hit::Model], reached: HitId) -> Result<Cells, StoreError> {
    let known = Known::of(app, batch, reached).await?;
    let mut cells = Cells::default();
    let mut zones = Zones::default();
    for hit in batch {
        // A hit of a link that was erased since belongs to nothing that could be summed up.
        let Some(link) = known.links.get(&hit.link_id) else {
            continue;
        };
        let place = Place {
            organization: link.organization_id,
            post: link.post_id,
            team: link
                .share_id
                .and_then(|share| known.teams.get(&share).copied().flatten()),
            network: link.network,
            day: zones
                .day(app.store.reader(), link.organization_id, hit.at)
                .await?,
        };
        cells.add(&place, of_reason(hit.reason), 1);
        match known.clicks.get(&hit.id) {
            Some(click) if click.counted => {
                cells.add(&place, Measure::Click, 1);
                let visits = i64::from(known.begins_visit(click));
                cells.add(&place, Measure::VisitorDay, visits);
            }
            Some(_) => cells.add(&place, Measure::ClickCapped, 1),
            None => {}
        }
    }
    Ok(cells)
}

/// Takes the batch for this worker; false where another one was faster.
async fn is_ours(
    txn: &Txn,
    ids: &[HitId],
    (reached, last): (HitId, Option<HitId>),
) -> Result<bool, StoreError> {
    let cursor = clicks::hold_cursor(txn, CURSOR).await?;
    let is_where_it_was = cursor.is_some_and(|cursor| cursor.hit_id == reached);
    let late = late_hits::forget(txn, ids).await?;
    let all = u64::try_from(ids.len()).unwrap_or(u64::MAX);
    Ok(is_where_it_was && (last.is_some() || late == all))
}

/// What a day's clicks of a visitor on a link are known by.
type Visit = (LinkId, Vec<u8>, i64);

/// What is stored about the hits of a batch.
struct Known {
    links: BTreeMap<LinkId, link::Model>,
    teams: BTreeMap<ShareId, Option<TeamId>>,
    /// Clicks by the hit that made them.
    clicks: BTreeMap<HitId, click::Model>,
    /// Of each visit, the counted click that stands for it in the sums.
    visits: BTreeMap<Visit, HitId>,
}

impl Known {
    async fn of(app: &App, batch: &[hit::Model], reached: HitId) -> Result<Self, StoreError> {
        let db = app.store.reader();
        let ids: BTreeSet<LinkId> = batch.iter().map(|hit| hit.link_id).collect();
        let ids: Vec<LinkId> = ids.into_iter().collect();
        let links: BTreeMap<LinkId, link::Model> = links::find_many(db, &ids)
            .await?
            .into_iter()
            .map(|link| (link.id, link))
            .collect();
        let shares: Vec<ShareId> = links.values().filter_map(|link| link.share_id).collect();
        let teams = share_sums::find_many(db, &shares).await?;
        let readers = batch
            .iter()
            .filter(|hit| hit.class == HitClass::Human && hit.reason == HitReason::Browser);
        let visitors: BTreeSet<(LinkId, Vec<u8>)> = readers
            .clone()
            .filter_map(|hit| Some((hit.link_id, hit.visitor.clone()?)))
            .collect();
        let days = readers.map(|hit| hour(hit.at).div_euclid(DAY));
        let found = match (days.clone().min(), days.max()) {
            (Some(first), Some(last)) => {
                let hours = (first * DAY, last * DAY + DAY - 1);
                clicks::of_visitors(db, &visitors, hours).await?
            }
            (None, _) | (_, None) => Vec::new(),
        };
        let visits = standing(app, batch, &found, reached).await?;
        Ok(Self {
            links,
            teams: teams
                .into_iter()
                .map(|sum| (sum.share_id, sum.team_id))
                .collect(),
            clicks: found
                .into_iter()
                .map(|click| (click.hit_id, click))
                .collect(),
            visits,
        })
    }

    /// Whether a counted click is the one that stands for its visit.
    fn begins_visit(&self, click: &click::Model) -> bool {
        self.visits.get(&visit(click)) == Some(&click.hit_id)
    }
}

fn visit(click: &click::Model) -> Visit {
    let day = click.hour.div_euclid(DAY);
    (click.link_id, click.visitor.clone(), day)
}

/// Of each visit, the counted click that stands for it: one that is in the sums already, else
/// the oldest of the batch.
async fn standing(
    app: &App,
    batch: &[hit::Model],
    clicks: &[click::Model],
    reached: HitId,
) -> Result<BTreeMap<Visit, HitId>, StoreError> {
    let now: BTreeSet<HitId> = batch.iter().map(|hit| hit.id).collect();
    let counted = || clicks.iter().filter(|click| click.counted);
    let passed: Vec<HitId> = counted()
        .map(|click| click.hit_id)
        .filter(|id| *id <= reached && !now.contains(id))
        .collect();
    let late = late_hits::unsummed_of(app.store.reader(), &passed).await?;
    let late: BTreeSet<HitId> = late.into_iter().collect();
    let mut visits = BTreeMap::new();
    for click in counted() {
        let is_in = click.hit_id <= reached
            && !now.contains(&click.hit_id)
            && !late.contains(&click.hit_id);
        if is_in {
            visits.insert(visit(click), click.hit_id);
        }
    }
    let mut begun: Vec<&click::Model> = counted()
        .filter(|click| now.contains(&click.hit_id))
        .collect();
    begun.sort_unstable_by_key(|click| click.hit_id);
    for click in begun {
        visits.entry(visit(click)).or_insert(click.hit_id);
    }
    Ok(visits)
}
