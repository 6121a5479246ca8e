//! What posts did since they went live, the newest first.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::enums::Permission;
use entity::ids::PostId;
use entity::{campaign, post};
use uuid::Uuid;

use super::InsightError;
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::domain::sums::Sums;
use crate::service::actor::Actor;
use crate::service::groups::{Months, first_day, kept_back};
use crate::store::posts::Among;
use crate::store::{campaigns, figure_days, programme};

/// Campaigns of one list.
const CAMPAIGNS: u64 = 500;

/// What a post did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostSums {
    /// The post.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// When it went live.
    pub published_at: Option<DateTime<Utc>>,
    /// What it did since.
    pub sums: Sums,
    /// Whether what members did is told.
    pub is_group: bool,
    /// Whether all is kept back: it is for some people, and few have shared it.
    pub is_kept_back: bool,
}

/// Posts that went live and what they did, the newest first.
pub async fn list_posts(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<PostSums>, InsightError> {
    actor.require(Permission::ReadFigures)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let rows = programme::published(db, organization, (paging.after, paging.fetch())).await?;
    let slice = paging.cut(rows, |row| row.id.0);
    Ok(Slice {
        items: sums_of(app, actor, slice.items).await?,
        next: slice.next,
    })
}

/// What posts did, in their order.
pub async fn sums_of(
    app: &App,
    actor: &Actor,
    posts: Vec<post::Model>,
) -> Result<Vec<PostSums>, InsightError> {
    actor.require(Permission::ReadFigures)?;
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let ids: Vec<PostId> = posts.iter().map(|post| post.id).collect();
    let kept_back = kept_back(app, &actor.organization, Among::Posts(&ids)).await?;
    let first = |post: &post::Model| first_day(&actor.organization, post);
    let oldest = posts.iter().map(first).min().unwrap_or_default();
    let months = Months::since(app, &actor.organization, &oldest).await?;
    let mut sums: BTreeMap<Uuid, Sums> = BTreeMap::new();
    for (subject, measure, value) in figure_days::of_posts(db, organization, &ids).await? {
        sums.entry(subject).or_default().add(measure, value);
    }
    let items = posts.into_iter().map(|post| {
        let is_kept_back = kept_back.contains(&post.id);
        let is_group = !is_kept_back && months.is_group_since(&first(&post));
        let sums = sums.remove(&post.id.0).filter(|_| !is_kept_back);
        let sums = sums.unwrap_or_default();
        PostSums {
            post: post.id,
            title: post.title,
            published_at: post.published_at,
            sums: if is_group {
                sums
            } else {
                sums.without_members()
            },
            is_group,
            is_kept_back,
        }
    });
    Ok(items.collect())
}

/// The organization's campaigns, by slug.
pub async fn list_campaigns(
    app: &App,
    actor: &Actor,
) -> Result<Vec<campaign::Model>, InsightError> {
    actor.require(Permission::ReadFigures)?;
    Ok(campaigns::list(app.store.reader(), actor.organization.id, CAMPAIGNS).await?)
}
