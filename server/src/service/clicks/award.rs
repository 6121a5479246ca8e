//! What counted clicks do for their shares: the first one proves a share, each
//! earns until the day's cap.

use std::collections::BTreeMap;

use entity::enums::ShareState;
use entity::ids::{MemberId, OrganizationId, ShareId};
use entity::{click, member, organization, share};

use crate::app::App;
use crate::domain::leaderboard::{local_day, zone};
use crate::domain::points::{self as rule, Entry, Place, Step};
use crate::domain::share::proven;
use crate::service::deliveries;
use crate::service::points::{self, Award};
use crate::store::{StoreError, Txn, organizations, point_events, shares};

/// Proves shares and awards their members. `clicks` are new, counted, and of
/// each share earliest first.
pub(super) async fn award(
    txn: &Txn,
    app: &App,
    mut clicks: BTreeMap<ShareId, Vec<click::Model>>,
) -> Result<(), StoreError> {
    let ids: Vec<ShareId> = clicks.keys().copied().collect();
    let owners: Vec<MemberId> = shares::find_many(&**txn, &ids)
        .await?
        .iter()
        .map(|share| share.member_id)
        .collect();
    let members: BTreeMap<MemberId, member::Model> = shares::lock_members(txn, &owners)
        .await?
        .into_iter()
        .map(|member| (member.id, member))
        .collect();
    // Read again: only now nobody else changes them.
    let mut tenants: BTreeMap<OrganizationId, Vec<share::Model>> = BTreeMap::new();
    for share in shares::find_many(&**txn, &ids).await? {
        tenants
            .entry(share.organization_id)
            .or_default()
            .push(share);
    }
    for (id, shares) in tenants {
        let Some(organization) = organizations::find(&**txn, id).await? else {
            continue;
        };
        let mut awards = Awards::new(txn, app, &organization);
        for share in shares {
            let clicks = clicks.remove(&share.id).unwrap_or_default();
            if let Some(member) = members.get(&share.member_id) {
                awards.add(member, share, &clicks).await?;
            }
        }
        points::award(txn, app, &organization, awards.entries).await?;
    }
    Ok(())
}

/// Awards of one organization, collected before they are written.
struct Awards<'a> {
    txn: &'a Txn,
    app: &'a App,
    organization: &'a organization::Model,
    entries: Vec<Award>,
}

impl<'a> Awards<'a> {
    fn new(txn: &'a Txn, app: &'a App, organization: &'a organization::Model) -> Self {
        Self {
            txn,
            app,
            organization,
            entries: Vec::new(),
        }
    }

    async fn add(
        &mut self,
        member: &member::Model,
        share: share::Model,
        clicks: &[click::Model],
    ) -> Result<(), StoreError> {
        let Some(place) = self.prove(member, &share, clicks).await? else {
            return Ok(());
        };
        let zone = zone(&self.organization.time_zone);
        let mut earned: BTreeMap<String, i64> = BTreeMap::new();
        for click in clicks {
            let rules = rule::rules_at(self.organization, click.at);
            let day = local_day(click.at, zone);
            let before = if let Some(count) = earned.get(&day) {
                *count
            } else {
                let (txn, organization) = (self.txn, self.organization.id);
                point_events::clicks_of_day(&**txn, organization, share.id, &day).await?
            };
            let entry = rule::click(rules, click.id, place, before);
            earned.insert(day, before + i64::from(entry.is_some()));
            let entry = entry.into_iter().collect();
            self.push(member, &share, entry, click);
        }
        Ok(())
    }

    /// The place of a share that these clicks prove or that was proven before;
    /// none where clicks prove nothing.
    async fn prove(
        &mut self,
        member: &member::Model,
        share: &share::Model,
        clicks: &[click::Model],
    ) -> Result<Option<Place>, StoreError> {
        let Some(first) = clicks.first() else {
            return Ok(None);
        };
        let state = proven(share.state);
        if state != ShareState::Proven {
            return Ok(None);
        }
        if share.state == ShareState::Proven {
            return points::place_of(&**self.txn, self.organization.id, share.id).await;
        }
        let share = share::Model {
            state,
            proven_at: Some(first.at),
            updated_at: self.app.now(),
            ..share.clone()
        };
        let share = shares::update(self.txn, share).await?;
        let (organization, post) = (self.organization.id, share.post_id);
        deliveries::refresh_card(self.txn, self.app, organization, post).await?;
        let pending: Vec<Entry> = self
            .entries
            .iter()
            .filter(|award| award.member == member.id)
            .map(|award| award.entry.clone())
            .collect();
        let step = (Step::Proven, first.at);
        let (place, entries) =
            points::step(self.txn, self.organization, &share, step, &pending).await?;
        self.push(member, &share, entries, first);
        Ok(Some(place))
    }

    fn push(
        &mut self,
        member: &member::Model,
        share: &share::Model,
        entries: Vec<Entry>,
        click: &click::Model,
    ) {
        self.entries.extend(entries.into_iter().map(|entry| Award {
            member: member.id,
            shown: points::is_shown(member),
            share: Some(share.id),
            entry,
            at: click.at,
        }));
    }
}
