//! Channels that receive suggested posts.

use entity::channel;

use super::actor::Actor;
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::store::{StoreError, channels};

/// The channels of the actor's organization.
pub async fn list(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<channel::Model>, StoreError> {
    channels::list(app.store.reader(), actor.organization.id, paging).await
}
