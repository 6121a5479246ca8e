//! What a card says about a post, which posts a member is suggested, and the silent "not for me".

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::PostState;
use entity::ids::{CampaignId, DismissalId, PostId};
use entity::json::PointRules;
use entity::{dismissal, organization, post};
use thiserror::Error;

use super::actor::Actor;
use super::{audiences, deliveries};
use crate::app::App;
use crate::domain;
use crate::store::{Reader, StoreError, campaigns, dismissals, posts};

/// Suggestions at most: what a person reads in one sitting.
const SUGGESTIONS: u64 = 25;

/// Live posts that are looked at for them: of those for others, there may be some in between.
const LIVE: u64 = 500;

/// The facts of a card; nothing about one person.
#[derive(Clone, Debug)]
pub struct Card {
    /// The post.
    pub post: post::Model,
    /// Where it stands for who reads the card now.
    pub state: PostState,
    /// Name of the campaign.
    pub campaign: Option<String>,
    /// How many members have shared it.
    pub shared_by: i64,
    /// What sharing earns.
    pub points: PointRules,
}

/// Why a post cannot be dismissed.
#[derive(Debug, Error)]
pub enum DismissError {
    /// There is no such post in the organization.
    #[error("there is no such post")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Live posts that the actor has neither shared nor dismissed, best first.
pub async fn list_suggestions(app: &App, actor: &Actor) -> Result<Vec<Card>, StoreError> {
    best(app, actor, SUGGESTIONS).await
}

/// The first `limit` of them.
pub(super) async fn best(app: &App, actor: &Actor, limit: u64) -> Result<Vec<Card>, StoreError> {
    let db = app.store.reader();
    let now = app.now();
    let organization = &actor.organization;
    let found = posts::suggested_to(db, organization.id, actor.member.id, now, LIVE).await?;
    let mut found = audiences::meant_for(db, actor, found).await?;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    cards(db, organization, found, now).await
}

/// The cards of posts of one organization, in their order.
pub(super) async fn cards(
    db: &impl Reader,
    organization: &organization::Model,
    posts: Vec<post::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<Card>, StoreError> {
    let ids: Vec<PostId> = posts.iter().map(|post| post.id).collect();
    let named: Vec<CampaignId> = posts.iter().filter_map(|post| post.campaign_id).collect();
    let shared_by: HashMap<_, _> = posts::shared_by(db, organization.id, &ids)
        .await?
        .into_iter()
        .collect();
    let campaigns: HashMap<_, _> = campaigns::find_many(db, organization.id, &named)
        .await?
        .into_iter()
        .map(|campaign| (campaign.id, campaign.name))
        .collect();
    Ok(posts
        .into_iter()
        .map(|post| Card {
            state: domain::post::state_at(&post, now),
            campaign: post.campaign_id.and_then(|id| campaigns.get(&id).cloned()),
            shared_by: shared_by.get(&post.id).copied().unwrap_or_default(),
            points: organization.settings.points.clone(),
            post,
        })
        .collect())
}

/// Takes a post out of the actor's suggestions. Nobody is told, nothing is
/// audited; a post that has ended needs no dismissal.
pub async fn dismiss(app: &App, actor: &Actor, id: PostId) -> Result<(), DismissError> {
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let post = posts::find_to_change(&txn, organization, id)
        .await?
        .ok_or(DismissError::NotFound)?;
    if domain::post::is_open(&post, app.now()) {
        let row = dismissal::Model {
            id: DismissalId(app.uuid()),
            organization_id: organization,
            member_id: actor.member.id,
            post_id: id,
            created_at: app.now(),
        };
        dismissals::insert_unless_there(&txn, row).await?;
        deliveries::follow(&txn, app, organization, (id, actor.member.id)).await?;
        txn.commit().await?;
        app.couriers.wake();
    }
    Ok(())
}

/// Puts a post back among the actor's suggestions.
pub async fn undo_dismissal(app: &App, actor: &Actor, id: PostId) -> Result<(), DismissError> {
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    posts::find(&*txn, organization, id)
        .await?
        .ok_or(DismissError::NotFound)?;
    dismissals::delete(&txn, organization, actor.member.id, id).await?;
    deliveries::follow(&txn, app, organization, (id, actor.member.id)).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(())
}

#[cfg(test)]
mod tests;
