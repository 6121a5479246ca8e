//! Sums of shares: a share moves them by what it is now less what they hold of it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::ids::{HitId, MemberId, OrganizationId, ShareId, TeamId};
use entity::{count_cursor, member_activity, share, share_sum, team_active};

use super::cells::{Cells, Place, Zones};
use super::{BATCH, BATCHES};
use crate::app::App;
use crate::domain::groups::NO_TEAM;
use crate::domain::share::counts;
use crate::domain::span::month_of;
use crate::domain::sums::of_state;
use crate::store::{StoreError, Txn, clicks, share_sums};
use entity::enums::Measure;

/// Names how far changes of shares were read: by the row's time, for it has no hit.
const CURSOR: &str = "sum_shares";
/// How far before that a turn begins: longer than a commit may take and than clocks of replicas
/// may differ.
const OVERLAP: TimeDelta = TimeDelta::seconds(60);
/// The position is written down so often: until then a turn reads a little more.
const STEP: TimeDelta = TimeDelta::minutes(5);

/// Up to when every change of a share is in the sums; since ever where none was read.
pub(super) async fn complete_until(app: &App) -> Result<DateTime<Utc>, StoreError> {
    let cursor = clicks::cursor(app.store.reader(), CURSOR).await?;
    // Who began within that may have committed after it was read.
    Ok(cursor.map_or(DateTime::UNIX_EPOCH, |cursor| cursor.updated_at - OVERLAP))
}

/// Sums up the shares that changed; says whether none is left.
pub(super) async fn sum_up(app: &App, began: DateTime<Utc>) -> Result<bool, StoreError> {
    let db = app.store.reader();
    let cursor = clicks::cursor(db, CURSOR).await?;
    let read = cursor.map_or(DateTime::UNIX_EPOCH, |cursor| cursor.updated_at);
    let (mut since, mut after) = (read.min(began) - OVERLAP, None);
    for _ in 0..BATCHES {
        let batch = share_sums::changed(db, since, after, BATCH).await?;
        let Some((id, at)) = batch.last().copied() else {
            if began.signed_duration_since(read).abs() > STEP {
                let txn = app.store.begin().await?;
                let row = count_cursor::Model {
                    name: CURSOR.to_owned(),
                    hit_id: HitId(uuid::Uuid::nil()),
                    updated_at: began,
                };
                clicks::set_cursor(&txn, row).await?;
                txn.commit().await?;
            }
            return Ok(true);
        };
        let ids: Vec<ShareId> = batch.into_iter().map(|(id, _)| id).collect();
        sum_batch(app, &ids).await?;
        (since, after) = (at, Some(id));
    }
    Ok(false)
}

async fn sum_batch(app: &App, ids: &[ShareId]) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    // Whoever holds them too has written what the sums hold by now.
    let shares = share_sums::hold(&txn, ids).await?;
    let held: BTreeMap<ShareId, share_sum::Model> = share_sums::find_many(&*txn, ids)
        .await?
        .into_iter()
        .map(|sum| (sum.share_id, sum))
        .collect();
    let new: Vec<MemberId> = shares
        .iter()
        .filter(|share| !held.contains_key(&share.id))
        .map(|share| share.member_id)
        .collect();
    let teams: BTreeMap<MemberId, Option<TeamId>> = share_sums::teams_of(&*txn, &new)
        .await?
        .into_iter()
        .collect();
    let mut batch = Batch::default();
    for share in &shares {
        let before = held.get(&share.id);
        let day = if let Some(sum) = before {
            sum.day.clone()
        } else {
            let (house, at) = (share.organization_id, share.created_at);
            batch.zones.day(&*txn, house, at).await?
        };
        let team = match before {
            Some(sum) => sum.team_id,
            None => teams.get(&share.member_id).copied().flatten(),
        };
        batch.add(share, before, (team, day));
    }
    batch.write(&txn).await?;
    txn.commit().await
}

/// What a batch changes.
#[derive(Debug, Default)]
struct Batch {
    zones: Zones,
    cells: Cells,
    held: Vec<share_sum::Model>,
    active: BTreeMap<(OrganizationId, String, TeamId, MemberId), i64>,
    shared: BTreeMap<MemberId, (OrganizationId, DateTime<Utc>)>,
    /// Members of whom a share counts no more.
    less: Vec<(MemberId, OrganizationId)>,
}

impl Batch {
    fn add(
        &mut self,
        share: &share::Model,
        before: Option<&share_sum::Model>,
        (team, day): (Option<TeamId>, String),
    ) {
        let followers = share.followers.unwrap_or_default();
        let place = Place {
            organization: share.organization_id,
            post: share.post_id,
            team,
            network: share.network,
            day,
        };
        if let Some(before) = before {
            self.enter(&place, (before.state, before.followers), -1);
        }
        self.enter(&place, (share.state, followers), 1);
        let counted = before.is_some_and(|before| counts(before.state));
        let month = month_of(&place.day);
        let key = (
            share.organization_id,
            month,
            team.unwrap_or(NO_TEAM),
            share.member_id,
        );
        let change = i64::from(counts(share.state)) - i64::from(counted);
        *self.active.entry(key).or_default() += change;
        if counts(share.state) {
            self.note(share);
        } else if counted {
            self.less.push((share.member_id, share.organization_id));
        }
        self.held.push(share_sum::Model {
            share_id: share.id,
            organization_id: share.organization_id,
            team_id: team,
            day: place.day,
            state: share.state,
            followers,
        });
    }

    fn enter(
        &mut self,
        place: &Place,
        (state, followers): (entity::enums::ShareState, i64),
        times: i64,
    ) {
        self.cells.add(place, of_state(state), times);
        if counts(state) {
            self.cells.add(place, Measure::Reach, times * followers);
        }
    }

    fn note(&mut self, share: &share::Model) {
        if let Some(at) = shared_at(share) {
            let entry = self
                .shared
                .entry(share.member_id)
                .or_insert((share.organization_id, at));
            entry.1 = entry.1.max(at);
        }
    }

    async fn write(mut self, txn: &Txn) -> Result<(), StoreError> {
        self.cells.write(txn).await?;
        share_sums::put(txn, self.held).await?;
        let active = self.active.into_iter().filter(|(_, shares)| *shares != 0);
        let active = active.map(|((organization_id, month, team_id, member_id), shares)| {
            team_active::Model {
                organization_id,
                month,
                team_id,
                member_id,
                shares,
            }
        });
        share_sums::add_active(txn, active.collect()).await?;
        self.less.sort_unstable();
        self.less.dedup();
        for (member, organization) in self.less {
            share_sums::forget_activity(txn, member).await?;
            let left = share_sums::counting_of(&**txn, member).await?;
            if let Some(at) = left.iter().filter_map(shared_at).max() {
                self.shared.insert(member, (organization, at));
            }
        }
        let shared = self.shared.into_iter();
        let shared =
            shared.map(
                |(member_id, (organization_id, last_shared_at))| member_activity::Model {
                    member_id,
                    organization_id,
                    last_shared_at,
                },
            );
        share_sums::note_activity(txn, shared.collect()).await
    }
}

/// When its member shared: when they said so, else when somebody else found it.
fn shared_at(share: &share::Model) -> Option<DateTime<Utc>> {
    share.confirmed_at.or(share.proven_at)
}
