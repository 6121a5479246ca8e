//! Channels that receive suggested posts: which there are, which rest, which topics they get, and
//! whether messages arrive there.

mod guild;
mod tell;
#[cfg(test)]
mod tests;
mod topics;

use entity::enums::{DeliverySubject, Permission};
use entity::ids::{ChannelId, InstallationId};
use entity::{channel, installation};
use serde_json::{Value, json};
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use crate::app::App;
use crate::domain::connection::channel_of;
use crate::domain::fault::Fault;
use crate::domain::page::{Paging, Slice};
use crate::ports::chat_oauth::ChatOauthError;
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, channels, installations};

pub use tell::{follow_test, test_channel};
pub use topics::{Routes, set_topics, show_topics};

/// Characters of a channel's name, at most: Discord allows 100.
const LONGEST_NAME: usize = 100;

/// A channel to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChannel {
    /// The workspace or guild that it is in.
    pub installation: InstallationId,
    /// Its id there, or its address.
    pub place: String,
    /// Its name.
    pub name: String,
}

/// Why a channel is not added, changed or tried.
#[derive(Debug, Error)]
pub enum ChannelError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such channel.
    #[error("there is no such channel")]
    NotFound,
    /// A field is invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// Its topics were changed since they were read.
    #[error("the channel's topics were changed meanwhile")]
    VersionMismatch,
    /// The workspace or guild is not connected any more.
    #[error("its workspace is not connected any more")]
    Ended,
    /// The chat does not say whose the channel is.
    #[error("the chat does not say whose the channel is: {0}")]
    Away(#[from] ChatOauthError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Fault> for ChannelError {
    fn from(fault: Fault) -> Self {
        Self::Invalid(vec![fault])
    }
}

/// The channels of the actor's organization: what an audience may name, for who reads posts.
pub async fn list(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<channel::Model>, LookError> {
    actor.require(Permission::ReadPosts)?;
    Ok(channels::list(app.store.reader(), actor.organization.id, paging).await?)
}

/// Adds a channel; one that is there already, or was, gets posts again under the name given.
pub async fn add_channel(
    app: &App,
    actor: &Actor,
    wanted: NewChannel,
) -> Result<channel::Model, ChannelError> {
    actor.require(Permission::ManageOrganization)?;
    let organization = actor.organization.id;
    let known = installations::of(app.store.reader(), organization).await?;
    let mut known = known.into_iter();
    let known = known.find(|one| one.id == wanted.installation);
    let known = connected(known)?;
    let (external_id, name) = checked(&known, &wanted)?;
    // Before anything is held: the chat may take its time.
    guild::check(app, &known, &external_id).await?;
    let txn = app.store.begin().await?;
    let home = installations::find_to_change(&txn, organization, known.id).await?;
    let home = connected(home)?;
    let past = channels::of_installation(&*txn, organization, home.id).await?;
    let past = past.into_iter().find(|one| one.external_id == external_id);
    let row = match past {
        Some(past) if past.name == name && past.removed_at.is_none() => return Ok(past),
        Some(past) => {
            let row = channel::Model {
                name,
                removed_at: None,
                ..past
            };
            channels::update(&*txn, row).await?
        }
        None => {
            let row = channel::Model {
                id: ChannelId(app.uuid()),
                organization_id: organization,
                installation_id: home.id,
                external_id,
                name,
                removed_at: None,
                paused_at: None,
                chooses_topics: false,
                version: 1,
                created_at: app.now(),
            };
            channels::insert(&*txn, row).await?
        }
    };
    record(&txn, app, actor, ("channel.add", &row, json!({}))).await?;
    txn.commit().await?;
    Ok(row)
}

/// A workspace or guild that is connected.
fn connected(home: Option<installation::Model>) -> Result<installation::Model, ChannelError> {
    let home = home.ok_or(ChannelError::NotFound)?;
    if home.revoked_at.is_some() {
        return Err(ChannelError::Ended);
    }
    Ok(home)
}

/// The chat's id of a channel, and its name without a hash sign.
fn checked(
    home: &installation::Model,
    wanted: &NewChannel,
) -> Result<(String, String), ChannelError> {
    let mut faults = Vec::new();
    let place = channel_of(home.platform, &wanted.place);
    if place.is_none() {
        let reason = "is the channel's id or address, as the chat copies it";
        faults.push(Fault::new("place", reason));
    }
    let name = wanted.name.trim().trim_start_matches('#').trim();
    let length = name.chars().count();
    if length == 0 {
        faults.push(Fault::new("name", "is missing"));
    } else if length > LONGEST_NAME || name.chars().any(char::is_control) {
        let reason = format!("has at most {LONGEST_NAME} characters, none of them a control");
        faults.push(Fault::new("name", reason));
    }
    match place {
        Some(place) if faults.is_empty() => Ok((place, name.to_owned())),
        Some(_) | None => Err(ChannelError::Invalid(faults)),
    }
}

/// Lets a channel rest: it gets nothing until it is resumed. Said twice, it rests.
pub async fn pause_channel(
    app: &App,
    actor: &Actor,
    id: ChannelId,
) -> Result<channel::Model, ChannelError> {
    rest(app, actor, (id, true)).await
}

/// Lets a channel get posts again: those that go out from now on.
pub async fn resume_channel(
    app: &App,
    actor: &Actor,
    id: ChannelId,
) -> Result<channel::Model, ChannelError> {
    rest(app, actor, (id, false)).await
}

async fn rest(
    app: &App,
    actor: &Actor,
    (id, rests): (ChannelId, bool),
) -> Result<channel::Model, ChannelError> {
    actor.require(Permission::ManageOrganization)?;
    let txn = app.store.begin().await?;
    let before = hold(&txn, actor, id).await?;
    if before.paused_at.is_some() == rests {
        return Ok(before);
    }
    let row = channel::Model {
        paused_at: rests.then(|| app.now()),
        ..before
    };
    let row = channels::update(&*txn, row).await?;
    let action = if rests {
        "channel.pause"
    } else {
        "channel.resume"
    };
    record(&txn, app, actor, (action, &row, json!({}))).await?;
    txn.commit().await?;
    Ok(row)
}

/// Removes a channel: it gets nothing any more, also where an audience names it, and what waits to
/// be posted there is not. What is there stays up to date, and is taken back. Said twice, it is
/// removed.
pub async fn remove_channel(
    app: &App,
    actor: &Actor,
    id: ChannelId,
) -> Result<channel::Model, ChannelError> {
    put_away(app, actor, (id, true)).await
}

/// Brings back a channel that was removed, with its topics, and resting if it rested.
pub async fn restore_channel(
    app: &App,
    actor: &Actor,
    id: ChannelId,
) -> Result<channel::Model, ChannelError> {
    put_away(app, actor, (id, false)).await
}

async fn put_away(
    app: &App,
    actor: &Actor,
    (id, is_away): (ChannelId, bool),
) -> Result<channel::Model, ChannelError> {
    actor.require(Permission::ManageOrganization)?;
    let txn = app.store.begin().await?;
    let before = channels::find_to_change(&txn, actor.organization.id, id).await?;
    let before = before.ok_or(ChannelError::NotFound)?;
    if before.removed_at.is_some() == is_away {
        return Ok(before);
    }
    let row = channel::Model {
        removed_at: is_away.then(|| app.now()),
        ..before
    };
    let row = channels::update(&*txn, row).await?;
    if is_away {
        let home = (row.organization_id, row.installation_id);
        plan::cancel_posts_in(&txn, home, &row.external_id).await?;
    }
    let action = if is_away {
        "channel.remove"
    } else {
        "channel.restore"
    };
    record(&txn, app, actor, (action, &row, json!({}))).await?;
    txn.commit().await?;
    Ok(row)
}

/// A channel that gets posts, held against other writers.
async fn hold(txn: &Txn, actor: &Actor, id: ChannelId) -> Result<channel::Model, ChannelError> {
    let row = channels::find_to_change(txn, actor.organization.id, id).await?;
    row.filter(|row| row.removed_at.is_none())
        .ok_or(ChannelError::NotFound)
}

/// Whether a delivery is about a channel of the actor's.
fn is_test(subject: DeliverySubject) -> bool {
    subject == DeliverySubject::ChannelTest
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, row, mut detail): (&'static str, &channel::Model, Value),
) -> Result<(), StoreError> {
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("name".to_owned(), json!(row.name));
    }
    let event = audit::Event {
        action,
        subject: format!("channel:{}", row.id),
        detail,
    };
    audit::record(txn, app, actor, event).await
}
