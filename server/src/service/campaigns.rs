//! Campaigns: what several posts serve together, with a goal, a target and an end.

use std::collections::HashMap;

use entity::campaign;
use entity::enums::Permission;
use entity::ids::{CampaignId, OrganizationId};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::audit;
use crate::app::App;
use crate::domain::campaign::{Plan, has_ended, slug_of};
use crate::domain::fault::Fault;
use crate::domain::post::is_slug;
use crate::store::{Reader, StoreError, Txn, campaigns};

/// Campaigns of one answer, at most.
const CAMPAIGNS: u64 = 500;

/// A campaign, and how many posts serve it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The campaign.
    pub campaign: campaign::Model,
    /// Its posts in every state.
    pub posts: i64,
}

/// Why a campaign is not shown, made or changed.
#[derive(Debug, Error)]
pub enum CampaignError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such campaign.
    #[error("there is no such campaign")]
    NotFound,
    /// A field is invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// Another campaign bears the slug.
    #[error("another campaign bears this slug")]
    SlugTaken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The organization's campaigns, by slug.
pub async fn list_campaigns(app: &App, actor: &Actor) -> Result<Vec<Overview>, CampaignError> {
    actor.require(Permission::ReadPosts)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let rows = campaigns::list(db, organization, CAMPAIGNS).await?;
    Ok(counted(db, organization, rows).await?)
}

/// One campaign.
pub async fn show_campaign(
    app: &App,
    actor: &Actor,
    id: CampaignId,
) -> Result<Overview, CampaignError> {
    actor.require(Permission::ReadPosts)?;
    found(app, actor, id).await
}

async fn counted(
    db: &impl Reader,
    organization: OrganizationId,
    rows: Vec<campaign::Model>,
) -> Result<Vec<Overview>, StoreError> {
    let ids: Vec<CampaignId> = rows.iter().map(|row| row.id).collect();
    let posts = campaigns::count_posts(db, organization, &ids).await?;
    let posts: HashMap<CampaignId, i64> = posts.into_iter().collect();
    let overview = |campaign: campaign::Model| Overview {
        posts: posts.get(&campaign.id).copied().unwrap_or_default(),
        campaign,
    };
    Ok(rows.into_iter().map(overview).collect())
}

/// Makes a campaign. Its slug stays what it is, because links bear it; unless it is chosen, it
/// follows from the name.
pub async fn create_campaign(
    app: &App,
    actor: &Actor,
    slug: Option<&str>,
    plan: Plan,
) -> Result<Overview, CampaignError> {
    actor.require(Permission::WritePosts)?;
    let plan = plan.checked().map_err(CampaignError::Invalid)?;
    let slug = slug.map(str::trim).filter(|slug| !slug.is_empty());
    let slug = slug.map_or_else(|| slug_of(&plan.name), str::to_owned);
    if !is_slug(&slug) {
        let reason = "has lower-case letters, digits and single hyphens";
        return Err(CampaignError::Invalid(vec![Fault::new("slug", reason)]));
    }
    let txn = app.store.begin().await?;
    let row = planned(
        campaign::Model {
            id: CampaignId(app.uuid()),
            organization_id: actor.organization.id,
            slug,
            name: String::new(),
            goal: None,
            target: None,
            area: None,
            ends_at: None,
            created_at: app.now(),
        },
        plan,
    );
    let written = campaigns::insert(&txn, row).await;
    let campaign = written.map_err(|error| match error {
        StoreError::Conflict => CampaignError::SlugTaken,
        other => other.into(),
    })?;
    record(&txn, app, actor, ("campaign.create", &campaign)).await?;
    txn.commit().await?;
    Ok(Overview { campaign, posts: 0 })
}

/// Puts a plan in the place of a campaign's; the same again changes nothing.
pub async fn update_campaign(
    app: &App,
    actor: &Actor,
    id: CampaignId,
    plan: Plan,
) -> Result<Overview, CampaignError> {
    actor.require(Permission::WritePosts)?;
    let plan = plan.checked().map_err(CampaignError::Invalid)?;
    let txn = app.store.begin().await?;
    let before = hold(&txn, actor, id).await?;
    let row = planned(before.clone(), plan);
    keep(&txn, app, actor, ("campaign.update", before, row)).await?;
    txn.commit().await?;
    found(app, actor, id).await
}

/// Ends a campaign now; one that has ended stays as it ended. Its posts go on until they expire,
/// and no more are handed in.
pub async fn end_campaign(
    app: &App,
    actor: &Actor,
    id: CampaignId,
) -> Result<Overview, CampaignError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let before = hold(&txn, actor, id).await?;
    if !has_ended(&before, app.now()) {
        let row = campaign::Model {
            ends_at: Some(app.now()),
            ..before.clone()
        };
        keep(&txn, app, actor, ("campaign.end", before, row)).await?;
    }
    txn.commit().await?;
    found(app, actor, id).await
}

async fn found(app: &App, actor: &Actor, id: CampaignId) -> Result<Overview, CampaignError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let rows = campaigns::find_many(db, organization, &[id]).await?;
    let mut found = counted(db, organization, rows).await?.into_iter();
    found.next().ok_or(CampaignError::NotFound)
}

async fn hold(txn: &Txn, actor: &Actor, id: CampaignId) -> Result<campaign::Model, CampaignError> {
    let found = campaigns::find_to_change(txn, actor.organization.id, id).await?;
    found.ok_or(CampaignError::NotFound)
}

fn planned(campaign: campaign::Model, plan: Plan) -> campaign::Model {
    campaign::Model {
        name: plan.name,
        goal: plan.goal,
        target: plan.target,
        area: plan.area,
        ends_at: plan.ends_at,
        ..campaign
    }
}

async fn keep(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, before, row): (&'static str, campaign::Model, campaign::Model),
) -> Result<(), StoreError> {
    if before == row {
        return Ok(());
    }
    let campaign = campaigns::update(txn, row).await?;
    record(txn, app, actor, (action, &campaign)).await
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, campaign): (&'static str, &campaign::Model),
) -> Result<(), StoreError> {
    let event = audit::Event {
        action,
        subject: format!("campaign:{}", campaign.id),
        detail: json!({"slug": campaign.slug}),
    };
    audit::record(txn, app, actor, event).await
}

#[cfg(test)]
mod tests;
