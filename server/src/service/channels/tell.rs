//! A word to a channel that messages arrive there: a delivery like every other.

use std::time::Duration;

use entity::enums::{DeliveryState, DeliverySubject, Permission};
use entity::ids::{ChannelId, DeliveryId};
use serde_json::json;
use tokio::time::Instant;

use super::{ChannelError, hold, is_test, record};
use crate::app::App;
use crate::service::actor::Actor;
use crate::service::connections::Test;
use crate::service::deliveries;
use crate::store::deliveries::outcomes;
use crate::store::installations;

/// Tests of a workspace that are looked at for one that is under way.
const TESTS: u64 = 50;
/// How often it is looked whether a test has arrived.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Sends a test to a channel, also to one that rests; where one is under way, that is the one.
pub async fn test_channel(
    app: &App,
    actor: &Actor,
    id: ChannelId,
) -> Result<DeliveryId, ChannelError> {
    actor.require(Permission::ManageOrganization)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let channel = hold(&txn, actor, id).await?;
    let home = installations::of(&*txn, organization).await?;
    let mut home = home.into_iter().filter(|one| one.revoked_at.is_none());
    let home = home.find(|home| home.id == channel.installation_id);
    let home = home.ok_or(ChannelError::Ended)?;
    let of = (organization, home.id);
    let tests = outcomes::newest(&*txn, of, DeliverySubject::ChannelTest, TESTS).await?;
    let mut open = tests.iter().filter(|one| is_open(one.state));
    if let Some(open) = open.find(|one| one.place_ref == channel.external_id) {
        return Ok(open.id);
    }
    let test = deliveries::test_channel(&txn, app, (&channel, &home)).await?;
    record(&txn, app, actor, ("channel.test", &channel, json!({}))).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(test)
}

/// What has become of a test, once it is known, or after `patience`.
pub async fn follow_test(
    app: &App,
    actor: &Actor,
    (test, patience): (DeliveryId, Duration),
) -> Result<Test, ChannelError> {
    actor.require(Permission::ManageOrganization)?;
    let until = Instant::now() + patience;
    loop {
        // A courier that settles rings; what another replica settles is seen at the next look.
        let rung = app.couriers.listen();
        let found = outcomes::find(app.store.reader(), actor.organization.id, test).await?;
        let found = found.filter(|row| is_test(row.subject));
        let test = Test::of(&found.ok_or(ChannelError::NotFound)?);
        let is_under_way = is_open(test.state);
        let left = until.saturating_duration_since(Instant::now());
        if !is_under_way || left.is_zero() {
            return Ok(test);
        }
        // Either end of the wait leads to another look.
        let _ = tokio::time::timeout(left.min(LOOK_EVERY), rung).await;
    }
}

fn is_open(state: DeliveryState) -> bool {
    match state {
        DeliveryState::Pending | DeliveryState::Claimed => true,
        DeliveryState::Sent
        | DeliveryState::Failed
        | DeliveryState::Uncertain
        | DeliveryState::Cancelled => false,
    }
}
