//! What is left of an erasure: messages are taken back by the couriers, and until then it is known
//! where they lie. A day after, it is forgotten whatever became of them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::ids::{MemberId, OrganizationId};
use serde::{Deserialize, Serialize};

use super::needed;
use crate::app::App;
use crate::service::jobs::{self, Task};
use crate::store::deliveries::personal;
use crate::store::{StoreError, Txn, erasure as rows};

/// When it is looked at again whether the messages are taken back.
const AGAIN: TimeDelta = TimeDelta::minutes(1);
/// After so long nobody takes them back any more.
const GIVEN_UP: TimeDelta = TimeDelta::hours(24);

/// Forget where an erased member was written to, as far as it is not needed any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinishErasure {
    /// The tenant.
    pub organization: OrganizationId,
    /// Who was erased.
    pub member: MemberId,
    /// When.
    pub since: DateTime<Utc>,
}

impl Task for FinishErasure {
    const KIND: &'static str = "finish_erasure";

    fn organization(&self) -> Option<OrganizationId> {
        Some(self.organization)
    }
}

/// Plans the next look.
pub(super) async fn plan(
    txn: &Txn,
    app: &App,
    (organization, member): (OrganizationId, MemberId),
    since: DateTime<Utc>,
) -> Result<(), StoreError> {
    let task = FinishErasure {
        organization,
        member,
        since,
    };
    let key = Some(format!("finish_erasure:{member}"));
    jobs::enqueue(txn, app, &task, app.now() + AGAIN, key).await?;
    Ok(())
}

/// Forgets it; where something is still to be taken back, again later.
pub async fn finish(app: &App, task: &FinishErasure) -> Result<(), StoreError> {
    let owner = (task.organization, task.member);
    let txn = app.store.begin().await?;
    if app.now() >= task.since + GIVEN_UP {
        personal::cancel_all_of_member(&txn, owner.0, owner.1).await?;
        rows::blank_addresses(&txn, owner, &[]).await?;
        return txn.commit().await;
    }
    let open = rows::open_messages(&*txn, owner).await?;
    rows::blank_addresses(&txn, owner, &needed(&open)).await?;
    if !open.is_empty() {
        plan(&txn, app, owner, task.since).await?;
    }
    txn.commit().await
}
