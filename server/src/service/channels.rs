//! Channels that receive suggested posts.

use entity::channel;
use entity::enums::Permission;

use super::actor::{Actor, LookError};
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::store::channels;

/// The channels of the actor's organization: what an audience may name, for who reads posts.
pub async fn list(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<channel::Model>, LookError> {
    actor.require(Permission::ReadPosts)?;
    Ok(channels::list(app.store.reader(), actor.organization.id, paging).await?)
}
