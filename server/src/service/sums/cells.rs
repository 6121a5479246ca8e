//! What a batch adds to the sums, collected before it is written.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::enums::{FigureScope, Measure, Network};
use entity::figure_day;
use entity::ids::{OrganizationId, PostId, TeamId};
use uuid::Uuid;

use crate::domain::groups::NO_TEAM;
use crate::domain::leaderboard::{local_day, zone};
use crate::domain::span::month_of;
use crate::store::{Reader, StoreError, Txn, figure_days, organizations};

/// Where something is summed up.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The tenant.
    pub(super) organization: OrganizationId,
    /// The post.
    pub(super) post: PostId,
    /// The team, if any.
    pub(super) team: Option<TeamId>,
    /// The network.
    pub(super) network: Network,
    /// The local day.
    pub(super) day: String,
}

type Key = (OrganizationId, FigureScope, Uuid, String, Network, Measure);

/// Additions to sums, in the order of their keys, so that writers meet them in one order.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells(BTreeMap<Key, i64>);

impl Cells {
    /// Adds to the sums of organization, post and team.
    pub(super) fn add(&mut self, place: &Place, measure: Measure, value: i64) {
        let (organization, day) = (place.organization, &place.day);
        let month = month_of(day);
        for (scope, subject, day) in [
            (FigureScope::Organization, organization.0, day),
            (FigureScope::Post, place.post.0, day),
            (FigureScope::Team, place.team.unwrap_or(NO_TEAM).0, &month),
        ] {
            let key = (
                organization,
                scope,
                subject,
                day.clone(),
                place.network,
                measure,
            );
            *self.0.entry(key).or_default() += value;
        }
    }

    /// Writes them.
    pub(super) async fn write(self, txn: &Txn) -> Result<(), StoreError> {
        let rows = self.0.into_iter().filter(|(_, value)| *value != 0);
        let rows = rows.map(
            |((organization_id, scope, subject_id, day, network, measure), value)| {
                figure_day::Model {
                    organization_id,
                    scope,
                    subject_id,
                    day,
                    network,
                    measure,
                    value,
                }
            },
        );
        figure_days::add(txn, rows.collect()).await
    }
}

/// The zones of organizations, each looked up once.
#[derive(Debug, Default)]
pub(super) struct Zones(BTreeMap<OrganizationId, chrono_tz::Tz>);

impl Zones {
    /// The local day of a time.
    pub(super) async fn day(
        &mut self,
        db: &impl Reader,
        organization: OrganizationId,
        at: DateTime<Utc>,
    ) -> Result<String, StoreError> {
        if let Some(zone) = self.0.get(&organization) {
            return Ok(local_day(at, *zone));
        }
        let row = organizations::find(db, organization).await?;
        let found = row.map_or(chrono_tz::Tz::UTC, |row| zone(&row.time_zone));
        self.0.insert(organization, found);
        Ok(local_day(at, found))
    }
}
