//! Planning work: a job is a row written in the transaction of the fact that asks for it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::Permission;
use entity::ids::{JobId, OrganizationId};
use entity::job;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::actor::{Actor, LookError};
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::store::{StoreError, Txn, jobs};

/// How long a job that was done is kept, to be looked at.
const KEPT: TimeDelta = TimeDelta::days(1);

/// The arguments of a job, as they lie in the queue. How it is done is said by
/// `jobs::Job`, so that use cases can plan work without knowing the workers.
pub trait Task: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name in the queue: what it does, in snake case.
    const KIND: &'static str;

    /// After so many attempts it is dead.
    const MAX_ATTEMPTS: i64 = 8;

    /// The tenant for whom it works; none for the server's own work.
    fn organization(&self) -> Option<OrganizationId> {
        None
    }
}

/// Plans a job for `run_at`. With a dedupe key it changes nothing while an
/// waiting job bears the same one; says whether a job was planned.
pub async fn enqueue<T: Task>(
    txn: &Txn,
    app: &App,
    task: &T,
    run_at: DateTime<Utc>,
    dedupe_key: Option<String>,
) -> Result<bool, StoreError> {
    let row = job::Model {
        id: JobId(app.uuid()),
        organization_id: task.organization(),
        kind: T::KIND.to_owned(),
        payload: serde_json::to_value(task).unwrap_or_default(),
        dedupe_key,
        run_at,
        attempts: 0,
        max_attempts: T::MAX_ATTEMPTS,
        locked_by: None,
        locked_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: app.now(),
    };
    jobs::insert(&**txn, row).await
}

/// The jobs that were given up: the actor's organization's and the server's own.
pub async fn dead(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<job::Model>, LookError> {
    actor.require(Permission::ReadOperations)?;
    Ok(jobs::dead(app.store.reader(), actor.organization.id, paging).await?)
}

/// Forgets the jobs that were done some time ago; says how many.
pub async fn sweep(app: &App) -> Result<u64, StoreError> {
    let txn = app.store.begin().await?;
    let swept = jobs::remove_done(&*txn, app.now() - KEPT).await?;
    txn.commit().await?;
    Ok(swept)
}
