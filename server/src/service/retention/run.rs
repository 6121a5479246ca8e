//! Removing what is past its time: in batches, each one transaction with how far it has come, so
//! that a process that is killed leaves nothing half done, and two that run at once share them.
//!
//! Hits lose what tells of their readers once they are counted and in the sums, and only that: class,
//! reason and place stay, and so does every figure.

use chrono::{DateTime, Utc};
use entity::enums::RetentionKind;
use entity::ids::HitId;
use entity::{organization, retention_run};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::domain::retention::{self as rule, KINDS};
use crate::service::members::erasure::erase_leaver;
use crate::service::{audit, clicks, sums};
use crate::store::{
    StoreError, Txn, clicks as click_rows, erasure, late_hits, organizations, retention as rows,
};

/// Rows of one transaction: few enough that others who write are not held up.
const BATCH: u64 = 1_000;
/// Leavers of one look; each is erased in a transaction of its own.
const LEAVERS: u64 = 50;
/// Batches of one kind, organization and run: what is left comes with the next run.
const BATCHES: usize = 100;

/// Removes what every organization wants to keep no longer, as far as one run goes.
pub async fn run(app: &App) -> Result<(), StoreError> {
    for organization in organizations::all(app.store.reader()).await? {
        run_for(app, &organization).await?;
    }
    Ok(())
}

async fn run_for(app: &App, organization: &organization::Model) -> Result<(), StoreError> {
    let row = rows::find(app.store.reader(), organization.id).await?;
    let periods = row.map(|row| row.periods).unwrap_or_default();
    for kind in KINDS {
        let Some(before) = rule::cutoff(&periods, kind, app.now()) else {
            continue;
        };
        for _ in 0..BATCHES {
            let is_more = match kind {
                RetentionKind::VisitDetails => strip(app, organization, before).await?,
                RetentionKind::AuditLog | RetentionKind::Deliveries => {
                    remove(app, organization, (kind, before)).await?
                }
                RetentionKind::LeaverNames => forget(app, organization, before).await?,
            };
            if !is_more {
                break;
            }
        }
    }
    tell(app, organization).await
}

/// Takes the next hits' details; says whether there may be more.
async fn strip(
    app: &App,
    organization: &organization::Model,
    before: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Some(until) = settled(app, before).await? else {
        return Ok(false);
    };
    let txn = app.store.begin().await?;
    let run = rows::hold_run(&txn, organization.id, RetentionKind::VisitDetails).await?;
    let position = HitId(run.position.unwrap_or(Uuid::nil()));
    let Some(last) = rows::next_hit(&*txn, (position, until), BATCH).await? else {
        return Ok(false);
    };
    let stripped = rows::strip_hits(&txn, organization.id, (position, last)).await?;
    let further = retention_run::Model {
        position: Some(last.0),
        ..run
    };
    rows::put_run(&txn, more(further, stripped)).await?;
    txn.commit().await?;
    Ok(true)
}

/// The newest hit of before a time that is counted and in the sums; none while some wait that were
/// stored late.
async fn settled(app: &App, before: DateTime<Utc>) -> Result<Option<HitId>, StoreError> {
    let db = app.store.reader();
    let Some(counted) = clicks::counted_to(app).await? else {
        return Ok(None);
    };
    let summed = sums::reached(app).await?;
    let waits = !late_hits::oldest(db).await?.is_empty()
        || !late_hits::unsummed(db, summed, 1).await?.is_empty();
    let until = click_rows::first_hit_at(before).min(counted).min(summed);
    Ok((!waits).then_some(until))
}

/// Removes the next rows; says whether there may be more.
async fn remove(
    app: &App,
    organization: &organization::Model,
    (kind, before): (RetentionKind, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let txn = app.store.begin().await?;
    let run = rows::hold_run(&txn, organization.id, kind).await?;
    let what = (before, BATCH);
    let removed = match kind {
        RetentionKind::AuditLog => rows::remove_entries(&txn, organization.id, what).await?,
        RetentionKind::Deliveries => rows::remove_messages(&txn, organization.id, what).await?,
        RetentionKind::VisitDetails | RetentionKind::LeaverNames => 0,
    };
    if removed == 0 {
        return Ok(false);
    }
    rows::put_run(&txn, more(run, removed)).await?;
    txn.commit().await?;
    Ok(true)
}

/// Erases the next leavers; says whether there may be more.
async fn forget(
    app: &App,
    organization: &organization::Model,
    before: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let db = app.store.reader();
    let leavers = erasure::leavers(db, organization.id, before, LEAVERS).await?;
    let mut erased = 0;
    for leaver in &leavers {
        erased += u64::from(erase_leaver(app, organization, leaver.id).await?);
    }
    if erased == 0 {
        return Ok(false);
    }
    let txn = app.store.begin().await?;
    let run = rows::hold_run(&txn, organization.id, RetentionKind::LeaverNames).await?;
    rows::put_run(&txn, more(run, erased)).await?;
    txn.commit().await?;
    Ok(true)
}

fn more(mut run: retention_run::Model, removed: u64) -> retention_run::Model {
    let removed = i64::try_from(removed).unwrap_or(i64::MAX);
    run.untold = run.untold.saturating_add(removed);
    run
}

/// Notes that the run is over, and tells the log what it removed, if anything.
async fn tell(app: &App, organization: &organization::Model) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    let mut counts = Map::new();
    for kind in KINDS {
        let run = rows::hold_run(&txn, organization.id, kind).await?;
        if run.untold > 0 {
            counts.insert(rule::name(kind).to_owned(), json!(run.untold));
        }
        let over = retention_run::Model {
            removed: if run.untold > 0 {
                run.untold
            } else {
                run.removed
            },
            untold: 0,
            run_at: Some(app.now()),
            ..run
        };
        rows::put_run(&txn, over).await?;
    }
    if !counts.is_empty() {
        record(&txn, app, organization, counts).await?;
    }
    txn.commit().await
}

async fn record(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    counts: Map<String, Value>,
) -> Result<(), StoreError> {
    let event = audit::Event {
        action: "retention.run",
        subject: format!("organization:{}", organization.id),
        detail: Value::Object(counts),
    };
    audit::record_system(txn, app, organization.id, event).await
}
