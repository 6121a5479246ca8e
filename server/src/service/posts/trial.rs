//! Seeing a post in the chats before anybody else does.

use entity::enums::{Permission, Platform};
use entity::ids::PostId;

use super::{PostError, find};
use crate::app::App;
use crate::service::actor::Actor;
use crate::service::deliveries;

/// Sends the post's card to its writer alone, as channels will show it; in which chats. In none
/// where no chat knows them.
pub async fn test_post(app: &App, actor: &Actor, id: PostId) -> Result<Vec<Platform>, PostError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let post = find(&txn, actor, id).await?;
    let platforms = deliveries::try_out(&txn, app, &actor.member, &post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(platforms)
}
