//! What is left of an erasure: messages are taken back by the couriers, and until then it is known
//! where they lie. A day after, it is forgotten whatever became of them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::ids::{MemberId, OrganizationId};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::service::jobs::{self, Task};
use crate::store::deliveries::personal;
use crate::store::{StoreError, Txn, erasure as rows};

/// When it is looked at again whether the messages are taken back.
const AGAIN: TimeDelta = TimeDelta::minutes(1);
/// After so long nobody takes them back any more.
const GIVEN_UP: TimeDelta = TimeDelta::hours(24);
/// Who was erased longer ago is known nowhere.
const LOOKED_BACK: TimeDelta = TimeDelta::days(30);

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
        rows::blank_addresses(&txn, owner, false).await?;
        return txn.commit().await;
    }
    rows::blank_addresses(&txn, owner, true).await?;
    if rows::has_open_messages(&*txn, owner).await? {
        plan(&txn, app, owner, task.since).await?;
    }
    txn.commit().await
}

/// Forgets it of everybody who was erased longer ago than that and is still known: what was planned
/// for it came to nothing, or something was planned for them after.
pub async fn forget_remembered(app: &App, organization: OrganizationId) -> Result<(), StoreError> {
    let until = app.now() - GIVEN_UP;
    let span = (until - LOOKED_BACK, until);
    for member in rows::remembered(app.store.reader(), organization, span).await? {
        let owner = (organization, member);
        let txn = app.store.begin().await?;
        personal::cancel_all_of_member(&txn, owner.0, owner.1).await?;
        rows::blank_addresses(&txn, owner, false).await?;
        txn.commit().await?;
    }
    Ok(())
}
