//! Removing what is past its time: in batches, each one transaction with how far it has come, so
//! that a process that is killed leaves nothing half done, and two that run at once share them.
//!
//! Hits lose what tells of their readers once they are counted and in the sums, and only that: class,
//! reason and place stay, and so does every figure.

use chrono::{DateTime, Utc};
use entity::enums::RetentionKind;
use entity::ids::{HitId, MemberId};
use entity::{organization, retention_run};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::domain::retention::{self as rule, KINDS};
use crate::service::members::erasure::{erase_leaver, forget_remembered};
use crate::service::{audit, clicks, deliveries, sums};
use crate::store::{
    StoreError, Txn, clicks as click_rows, erasure, late_hits, organizations, retention as rows,
};

/// Rows of one transaction: few enough that others who write are not held up.
const BATCH: u64 = 1_000;
/// Leavers of one look; each is erased in a transaction of its own.
const LEAVERS: u64 = 50;
/// Batches of one kind, organization and run: what is left comes with the next run.
const BATCHES: usize = 100;

/// Removes what every organization wants to keep no longer, as far as one run goes. What fails for
/// one is told, and holds up nothing of the others: it comes with the next run.
pub async fn run(app: &App) -> Result<(), StoreError> {
    for organization in organizations::all(app.store.reader()).await? {
        if let Err(error) = run_for(app, &organization).await {
            failed(&organization, &error);
        }
    }
    Ok(())
}

fn failed(organization: &organization::Model, error: &StoreError) {
    tracing::error!(
        organization = %organization.id,
        %error,
        "what is past its time is still there: {error}"
    );
}

async fn run_for(app: &App, organization: &organization::Model) -> Result<(), StoreError> {
    let row = rows::find(app.store.reader(), organization.id).await?;
    let periods = row.map(|row| row.periods).unwrap_or_default();
    for kind in KINDS {
        let Some(before) = rule::cutoff(&periods, kind, app.now()) else {
            continue;
        };
        if let Err(error) = remove_kind(app, organization, (kind, before)).await {
            failed(organization, &error);
        }
    }
    if let Err(error) = forget_remembered(app, organization.id).await {
        failed(organization, &error);
    }
    tell(app, organization).await
}

async fn remove_kind(
    app: &App,
    organization: &organization::Model,
    (kind, before): (RetentionKind, DateTime<Utc>),
) -> Result<(), StoreError> {
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
    Ok(())
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

/// Removes the next rows; says whether there may be more. They are looked for before anything is
/// held: a look is free, and finds nothing most of the time.
async fn remove(
    app: &App,
    organization: &organization::Model,
    (kind, before): (RetentionKind, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let (db, id, what) = (app.store.reader(), organization.id, (before, BATCH));
    let removed = match kind {
        RetentionKind::AuditLog => {
            let ids = rows::old_entries(db, id, what).await?;
            if ids.is_empty() {
                return Ok(false);
            }
            let txn = app.store.begin().await?;
            let run = rows::hold_run(&txn, id, kind).await?;
            let removed = rows::remove_entries(&txn, id, &ids).await?;
            rows::put_run(&txn, more(run, removed)).await?;
            txn.commit().await?;
            removed
        }
        RetentionKind::Deliveries => {
            let ids = rows::old_messages(db, id, what).await?;
            if ids.is_empty() {
                return Ok(false);
            }
            let txn = app.store.begin().await?;
            let run = rows::hold_run(&txn, id, kind).await?;
            rows::hold_posts(&txn, id, &ids).await?;
            let gone = rows::remove_messages(&txn, id, (before, &ids)).await?;
            deliveries::keep_numbers(&txn, id, &gone).await?;
            // How many went to people would tell who wanted none.
            let told = gone.iter();
            let told = told.filter(|one| rows::IN_CHANNELS.contains(&one.subject));
            rows::put_run(&txn, more(run, whole(told.count()))).await?;
            txn.commit().await?;
            whole(gone.len())
        }
        RetentionKind::VisitDetails | RetentionKind::LeaverNames => 0,
    };
    // Where another took them meanwhile, the other goes on.
    Ok(removed > 0)
}

/// Erases the next leavers; says whether there may be more. Who cannot be erased now is left to the
/// next run, and is in the way of nobody.
async fn forget(
    app: &App,
    organization: &organization::Model,
    before: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let db = app.store.reader();
    let (mut erased, mut after) = (0, MemberId(Uuid::nil()));
    loop {
        let page = (before, after, LEAVERS);
        let leavers = erasure::leavers(db, organization.id, page).await?;
        let Some(last) = leavers.last() else { break };
        after = last.id;
        for leaver in &leavers {
            match erase_leaver(app, organization, leaver.id).await {
                Ok(is_erased) => erased += u64::from(is_erased),
                Err(error) => failed(organization, &error),
            }
        }
        if erased > 0 {
            break;
        }
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

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
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
