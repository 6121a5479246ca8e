//! Planning work: a job is a row written in the transaction of the fact that asks for it.

use chrono::{DateTime, Utc};
use entity::ids::{JobId, OrganizationId};
use entity::job;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::store::{StoreError, Txn, jobs};

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
/// unfinished job bears the same one; says whether a job was planned.
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
