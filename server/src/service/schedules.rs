//! Recurring jobs: planning them, and firing those that are due.

use chrono::TimeDelta;
use entity::ids::{JobId, OrganizationId, ScheduleId};
use entity::{job, schedule};
use thiserror::Error;

use super::jobs::Task;
use crate::app::App;
use crate::domain::cadence::{CadenceFault, next_fire};
use crate::store::{StoreError, Txn, jobs, schedules};

/// Schedules looked at in one go.
const BATCH: u64 = 100;

/// Clocks of the world are never further apart.
const FURTHEST: TimeDelta = TimeDelta::hours(26);

/// After so many attempts a job that a schedule planned is dead: the next one comes anyway.
const MAX_ATTEMPTS: i64 = 5;

/// A recurring job to plan.
#[derive(Clone, Debug)]
pub struct Plan<'p> {
    /// Unique name, such as `feed:<id>`.
    pub name: &'p str,
    /// The tenant; none for the server's own work.
    pub organization: Option<OrganizationId>,
    /// Five POSIX cron fields.
    pub cron: &'p str,
    /// IANA name in which they are read.
    pub time_zone: &'p str,
}

/// Why a recurring job cannot be planned.
#[derive(Debug, Error)]
pub enum PlanError {
    /// The fields or the time zone are not understood.
    #[error(transparent)]
    Cadence(#[from] CadenceFault),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Plans a recurring job, or changes the one of that name.
pub async fn plan<T: Task>(
    txn: &Txn,
    app: &App,
    plan: Plan<'_>,
    task: &T,
) -> Result<schedule::Model, PlanError> {
    let now = app.now();
    let next_run_at = next_fire(plan.cron, plan.time_zone, now)?;
    let past = schedules::by_name(&**txn, plan.name).await?;
    let row = schedule::Model {
        id: past
            .as_ref()
            .map_or_else(|| ScheduleId(app.uuid()), |past| past.id),
        organization_id: plan.organization,
        name: plan.name.to_owned(),
        cron: plan.cron.to_owned(),
        time_zone: plan.time_zone.to_owned(),
        job_kind: T::KIND.to_owned(),
        job_payload: serde_json::to_value(task).unwrap_or_default(),
        next_run_at,
        created_at: past.as_ref().map_or(now, |past| past.created_at),
        updated_at: now,
    };
    Ok(match past {
        Some(_) => schedules::update(&**txn, row).await?,
        None => schedules::insert(&**txn, row).await?,
    })
}

/// Stops a recurring job.
pub async fn cancel(txn: &Txn, name: &str) -> Result<(), StoreError> {
    schedules::remove(&**txn, name).await
}

/// Reads the cadence of everything that an organization repeats in another zone from now on. What
/// is due already fires as it would have, and so does what the other zone has behind it.
pub async fn move_zone(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    time_zone: &str,
) -> Result<(), PlanError> {
    let now = app.now();
    for past in schedules::of_organization_to_change(txn, organization).await? {
        if past.time_zone == time_zone {
            continue;
        }
        let next = next_fire(&past.cron, time_zone, now)?;
        let is_skipped = next - past.next_run_at > FURTHEST;
        let next_run_at = if past.next_run_at <= now || is_skipped {
            past.next_run_at
        } else {
            next
        };
        let row = schedule::Model {
            time_zone: time_zone.to_owned(),
            next_run_at,
            updated_at: now,
            ..past
        };
        schedules::update(&**txn, row).await?;
    }
    Ok(())
}

/// Plans the jobs of all schedules that are due; says how many. What was
/// missed while no worker ran is done once, not once per missed time.
pub async fn fire_due(app: &App) -> Result<usize, StoreError> {
    let due = schedules::due(app.store.reader(), app.now(), BATCH).await?;
    let mut fired = 0;
    for schedule in due {
        fired += usize::from(fire(app, &schedule).await?);
    }
    Ok(fired)
}

async fn fire(app: &App, schedule: &schedule::Model) -> Result<bool, StoreError> {
    let now = app.now();
    let Ok(next) = next_fire(&schedule.cron, &schedule.time_zone, now) else {
        tracing::error!(
            schedule.name,
            "schedule {} never fires again",
            schedule.name
        );
        return Ok(false);
    };
    let txn = app.store.begin().await?;
    if !schedules::advance(&txn, schedule, next, now).await? {
        return Ok(false);
    }
    jobs::insert(&*txn, job_of(app, schedule)).await?;
    txn.commit().await?;
    app.metrics().work.fired(now - schedule.next_run_at);
    Ok(true)
}

fn job_of(app: &App, schedule: &schedule::Model) -> job::Model {
    job::Model {
        id: JobId(app.uuid()),
        organization_id: schedule.organization_id,
        kind: schedule.job_kind.clone(),
        payload: schedule.job_payload.clone(),
        dedupe_key: Some(format!("schedule:{}", schedule.name)),
        run_at: app.now(),
        attempts: 0,
        max_attempts: MAX_ATTEMPTS,
        locked_by: None,
        locked_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: app.now(),
    }
}

#[cfg(test)]
mod tests {
    use entity::ids::FeedId;

    use super::*;
    use crate::service::feeds::ImportFeed;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn of_two_workers_that_saw_a_schedule_due_one_fires_it() {
        on_both(async |t: TestApp| {
            let organization = t.actor(&[]).await.organization.id;
            let plan = Plan {
                name: "feed:of-a-test",
                organization: Some(organization),
                cron: "0 * * * *",
                time_zone: "UTC",
            };
            let task = ImportFeed {
                organization,
                feed: FeedId(t.app.uuid()),
            };
            let txn = t.app.store.begin().await.unwrap();
            let seen = super::plan(&txn, &t.app, plan, &task).await.unwrap();
            txn.commit().await.unwrap();
            t.clock.advance(chrono::TimeDelta::hours(1));
            let other = t.another(9).await;
            assert!(fire(&t.app, &seen).await.unwrap());
            assert!(!fire(&other, &seen).await.unwrap(), "it has moved on");
            assert_eq!(fire_due(&other).await.unwrap(), 0);
        })
        .await;
    }

    async fn planned(
        t: &TestApp,
        organization: OrganizationId,
        (cron, time_zone): (&str, &str),
    ) -> schedule::Model {
        let plan = Plan {
            name: "feed:of-a-test",
            organization: Some(organization),
            cron,
            time_zone,
        };
        let task = ImportFeed {
            organization,
            feed: FeedId(t.app.uuid()),
        };
        let txn = t.app.store.begin().await.unwrap();
        let row = super::plan(&txn, &t.app, plan, &task).await.unwrap();
        txn.commit().await.unwrap();
        row
    }

    async fn moved(t: &TestApp, row: &schedule::Model, time_zone: &str) -> schedule::Model {
        let organization = row.organization_id.unwrap();
        let txn = t.app.store.begin().await.unwrap();
        move_zone(&txn, &t.app, organization, time_zone)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let db = t.app.store.reader();
        schedules::by_name(db, &row.name).await.unwrap().unwrap()
    }

    #[tokio::test]
    async fn who_saw_a_schedule_by_another_clock_does_not_fire_it() {
        on_both(async |t: TestApp| {
            let organization = t.actor(&[]).await.organization.id;
            let seen = planned(&t, organization, ("0 * * * *", "UTC")).await;
            t.clock.advance(chrono::TimeDelta::hours(1));
            let now = moved(&t, &seen, "Asia/Tokyo").await;
            assert_eq!(now.next_run_at, seen.next_run_at, "it is due still");
            assert!(
                !fire(&t.app, &seen).await.unwrap(),
                "its next time is another"
            );
            assert!(fire(&t.app, &now).await.unwrap());
        })
        .await;
    }

    #[tokio::test]
    async fn a_week_that_lies_behind_another_clock_is_not_skipped() {
        on_both(async |t: TestApp| {
            let organization = t.actor(&[]).await.organization.id;
            let weekly = ("0 9 * * 1", "America/New_York");
            let row = planned(&t, organization, weekly).await;
            // An hour before nine in New York it is evening in Tokyo.
            t.clock
                .advance(row.next_run_at - t.app.now() - chrono::TimeDelta::hours(1));
            let now = moved(&t, &row, "Asia/Tokyo").await;
            assert_eq!(
                now.next_run_at, row.next_run_at,
                "it comes once more by the old"
            );
            assert_eq!(now.time_zone, "Asia/Tokyo");
        })
        .await;
    }
}
