//! Last week's board, posted to the channels on Monday morning.

use chrono::{DateTime, TimeDelta, Utc};
use entity::ids::{MemberId, OrganizationId};
use entity::organization;
use serde::{Deserialize, Serialize};

use super::movement::moved;
use super::{Leaderboard, seen};
use crate::app::App;
use crate::domain::leaderboard::Period;
use crate::service::deliveries;
use crate::service::jobs::Task;
use crate::service::schedules::{self, Plan, PlanError};
use crate::store::{StoreError, Txn, organizations, schedules as rows};

/// Monday at nine, when people plan their week.
const CRON: &str = "0 9 * * 1";
/// No member has this id.
const NOBODY: MemberId = MemberId(uuid::Uuid::nil());

/// Posts last week's board to an organization's channels.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostWeeklyLeaderboard {
    /// The tenant.
    pub organization: OrganizationId,
}

impl Task for PostWeeklyLeaderboard {
    const KIND: &'static str = "post_weekly_leaderboard";

    fn organization(&self) -> Option<OrganizationId> {
        Some(self.organization)
    }
}

/// The board of the week before `at`: nobody's own place, and only who is shown on boards, each
/// with how they moved against the week before that one.
pub async fn week_before(
    app: &App,
    organization: &organization::Model,
    at: DateTime<Utc>,
) -> Result<Leaderboard, StoreError> {
    let board = last_week(app, organization, at).await?;
    moved(app, organization, board).await
}

async fn last_week(
    app: &App,
    organization: &organization::Model,
    at: DateTime<Utc>,
) -> Result<Leaderboard, StoreError> {
    let then = at - TimeDelta::days(7);
    seen(app, organization, (Period::Week, then), NOBODY).await
}

/// Plans last week's board for the channels, once a week; an empty one is not posted.
pub async fn post_weekly_leaderboard(
    app: &App,
    organization: OrganizationId,
) -> Result<(), StoreError> {
    let Some(organization) = organizations::find(app.store.reader(), organization).await? else {
        return Ok(());
    };
    let board = last_week(app, &organization, app.now()).await?;
    if board.top.is_empty() {
        return Ok(());
    }
    let txn = app.store.begin().await?;
    deliveries::post_board(&txn, app, organization.id, &board.label).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(())
}

/// Plans the weekly post of an organization, in its present time zone.
pub async fn schedule(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
) -> Result<(), PlanError> {
    let name = format!("weekly_leaderboard:{}", organization.id);
    let past = rows::by_name(&**txn, &name).await?;
    // Planned anew, what is due this minute would wait a week.
    if past.is_some_and(|past| past.time_zone == organization.time_zone && past.cron == CRON) {
        return Ok(());
    }
    let plan = Plan {
        name: &name,
        organization: Some(organization.id),
        cron: CRON,
        time_zone: &organization.time_zone,
    };
    let task = PostWeeklyLeaderboard {
        organization: organization.id,
    };
    schedules::plan(txn, app, plan, &task).await?;
    Ok(())
}

/// The same for every organization: for those that were set up before there was a weekly post.
pub async fn schedule_all(app: &App) -> Result<(), PlanError> {
    for organization in organizations::all(app.store.reader()).await? {
        let txn = app.store.begin().await?;
        schedule(&txn, app, &organization).await?;
        txn.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
