//! How long an organization keeps what it has: chosen by kind of data, and carried out by work that
//! runs every so often. What goes tells of single people, visits or messages; sums and points stay
//! what they are.

mod run;

use chrono::{DateTime, Utc};
use entity::enums::{Permission, RetentionKind};
use entity::ids::OrganizationId;
use entity::json::Periods;
use entity::{retention, retention_run};
use serde_json::{Value, json};
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::retention::{self as rule, Bounds, KINDS};
use crate::store::{Reader, StoreError, erasure, retention as rows};

pub use run::run;

/// What would be removed is counted up to this.
pub const COUNTED: u64 = 10_000;

/// How long a kind of data is kept, and what became of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The kind.
    pub kind: RetentionKind,
    /// Days; none for good.
    pub days: Option<i64>,
    /// What may be chosen.
    pub bounds: Bounds,
    /// When it was last looked at.
    pub run_at: Option<DateTime<Utc>>,
    /// What was removed when something last was; of messages, those in channels.
    pub removed: i64,
}

/// How long everything is kept, and the version of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Each kind.
    pub kinds: Vec<Kept>,
    /// Raised by each change; 0 where nothing was chosen yet.
    pub version: i64,
}

/// Days by kind, as somebody chooses them.
pub type Chosen = Vec<(RetentionKind, Option<i64>)>;

/// Why it is not shown or does not change.
#[derive(Debug, Error)]
pub enum RetentionError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A period is out of bounds.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// It was changed since it was read.
    #[error("how long things are kept was changed meanwhile")]
    VersionMismatch,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// How long the organization keeps what it has.
pub async fn show_retention(app: &App, actor: &Actor) -> Result<Standing, RetentionError> {
    actor.require(Permission::ManageOrganization)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let row = rows::find(db, organization).await?;
    Ok(standing(row.as_ref(), &rows::runs(db, organization).await?))
}

/// Replaces it: what is not named takes its default. With `expected`, only if it still has that
/// version.
pub async fn update_retention(
    app: &App,
    actor: &Actor,
    expected: Option<i64>,
    chosen: Chosen,
) -> Result<Standing, RetentionError> {
    actor.require(Permission::ManageOrganization)?;
    let wanted = Periods(chosen.into_iter().collect());
    change(app, actor, expected, |_| wanted).await
}

/// Chooses how long one kind is kept; the others stay.
pub async fn keep(
    app: &App,
    actor: &Actor,
    expected: Option<i64>,
    (kind, days): (RetentionKind, Option<i64>),
) -> Result<Standing, RetentionError> {
    actor.require(Permission::ManageOrganization)?;
    change(app, actor, expected, |mut periods| {
        periods.0.insert(kind, days);
        periods
    })
    .await
}

async fn change(
    app: &App,
    actor: &Actor,
    expected: Option<i64>,
    wanted: impl FnOnce(Periods) -> Periods + Send,
) -> Result<Standing, RetentionError> {
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let there = rows::hold(&txn, organization, app.now()).await?;
    let version = there.version;
    let before = there.periods;
    let periods = wanted(before.clone());
    let faults = periods.0.iter();
    let faults: Vec<Fault> = faults
        .filter_map(|(kind, days)| rule::fault(*kind, *days))
        .collect();
    if !faults.is_empty() {
        return Err(RetentionError::Invalid(faults));
    }
    let runs = rows::runs(&*txn, organization).await?;
    let row = retention::Model {
        organization_id: organization,
        periods,
        version: version + 1,
        updated_at: app.now(),
    };
    let differences = differences(&before, &row.periods);
    if differences.is_empty() {
        let same = retention::Model { version, ..row };
        return Ok(standing(Some(&same), &runs));
    }
    // The same choice once more is harmless.
    if expected.is_some_and(|expected| expected != version) {
        return Err(RetentionError::VersionMismatch);
    }
    rows::put(&txn, row.clone()).await?;
    let event = audit::Event {
        action: "retention.update",
        subject: format!("organization:{organization}"),
        detail: Value::Object(differences),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(standing(Some(&row), &runs))
}

/// Days of each kind that changed, after the change.
fn differences(before: &Periods, after: &Periods) -> serde_json::Map<String, Value> {
    let changed = KINDS
        .into_iter()
        .filter(|kind| rule::days(before, *kind) != rule::days(after, *kind));
    changed
        .map(|kind| (rule::name(kind).to_owned(), json!(rule::days(after, kind))))
        .collect()
}

fn standing(row: Option<&retention::Model>, runs: &[retention_run::Model]) -> Standing {
    let none = Periods::default();
    let periods = row.map_or(&none, |row| &row.periods);
    let kept = |kind: RetentionKind| {
        let run = runs.iter().find(|run| run.kind == kind);
        Kept {
            kind,
            days: rule::days(periods, kind),
            bounds: rule::bounds(kind),
            run_at: run.and_then(|run| run.run_at),
            removed: run.map_or(0, |run| run.removed),
        }
    };
    Standing {
        kinds: KINDS.into_iter().map(kept).collect(),
        version: row.map_or(0, |row| row.version),
    }
}

/// How much would be removed if a kind were kept for so many days, counted up to [`COUNTED`] and
/// one; of messages, those in channels.
async fn preview(
    app: &App,
    actor: &Actor,
    (kind, days): (RetentionKind, i64),
) -> Result<u64, RetentionError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let before = rule::before(app.now(), days);
    let what = (before, COUNTED + 1);
    Ok(match kind {
        RetentionKind::VisitDetails => rows::count_hits(db, organization, what).await?,
        RetentionKind::AuditLog => rows::count_entries(db, organization, what).await?,
        RetentionKind::Deliveries => rows::count_messages(db, organization, what).await?,
        RetentionKind::LeaverNames => erasure::count_leavers(db, organization, before).await?,
    })
}

/// What a choice would take away: after how many days, and how much, counted up to [`COUNTED`] and
/// one; none where nothing is kept shorter than now.
pub async fn lost_by(
    app: &App,
    actor: &Actor,
    (kind, days): (RetentionKind, Option<i64>),
) -> Result<Option<(i64, u64)>, RetentionError> {
    actor.require(Permission::ManageOrganization)?;
    if let Some(fault) = rule::fault(kind, days) {
        return Err(RetentionError::Invalid(vec![fault]));
    }
    let row = rows::find(app.store.reader(), actor.organization.id).await?;
    let periods = row.map(|row| row.periods).unwrap_or_default();
    match days {
        Some(days) if rule::is_shorter(rule::days(&periods, kind), Some(days)) => {
            let count = preview(app, actor, (kind, days)).await?;
            Ok(Some((days, count)))
        }
        Some(_) | None => Ok(None),
    }
}

/// Whether the names of who leaves go at once, for who looks at members.
pub async fn forgets_leavers(app: &App, actor: &Actor) -> Result<bool, LookError> {
    actor.require(Permission::ReadMembers)?;
    Ok(forgets_leavers_at_once(app.store.reader(), actor.organization.id).await?)
}

/// Whether the names of who leaves go at once.
pub(super) async fn forgets_leavers_at_once(
    db: &impl Reader,
    organization: OrganizationId,
) -> Result<bool, StoreError> {
    let row = rows::find(db, organization).await?;
    let periods = row.map(|row| row.periods).unwrap_or_default();
    Ok(rule::days(&periods, RetentionKind::LeaverNames) == Some(0))
}

#[cfg(test)]
mod tests;
