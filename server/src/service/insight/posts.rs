//! What posts did since they went live, the newest first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::Permission;
use entity::ids::PostId;
use entity::post;
use uuid::Uuid;

use super::InsightError;
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::domain::span::month_of;
use crate::domain::sums::{Sums, is_of_members, is_of_other_shares};
use crate::service::actor::Actor;
use crate::service::groups::{Extent, Months, first_day, for_some, told_months};
use crate::store::{StoreError, figure_days, programme};

/// What a post did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostSums {
    /// The post.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// When it went live.
    pub published_at: Option<DateTime<Utc>>,
    /// What it did since; of one for some people, in the months that are told.
    pub sums: Sums,
    /// Whether what members did is told.
    pub is_group: bool,
    /// The last day of which that is told, where the month that runs is left out.
    pub until: Option<NaiveDate>,
    /// Whether it is for some people, and so told by whole months in which a group shared it.
    pub is_by_month: bool,
    /// Whether all is kept back: it is for some people, and there is no such month.
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
    let by_month = for_some(db, organization, &ids).await?;
    let mut of_months = sums_by_month(app, actor, &by_month).await?;
    let first = |post: &post::Model| first_day(&actor.organization, post);
    let oldest = posts.iter().map(first).min().unwrap_or_default();
    let months = Months::since(app, &actor.organization, &oldest).await?;
    let extents = posts.iter().map(|post| months.extent_since(&first(post)));
    let extents: Vec<Extent> = extents.collect();
    // Where the month that runs is left out, it is so of every post that reaches back further.
    let until = extents.iter().find_map(Extent::until);
    let mut sums = sums(app, actor, (&ids, until)).await?;
    let items = posts.into_iter().zip(extents).map(|(post, extent)| {
        let is_by_month = by_month.contains(&post.id);
        let (told, extent) = if is_by_month {
            let told = of_months.remove(&post.id);
            let extent = told.as_ref().map_or(Extent::Nothing, |_| Extent::Whole);
            (told, extent)
        } else {
            (sums.remove(&post.id.0), extent)
        };
        let (is_group, sums) = (extent.is_group(), told.unwrap_or_default());
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
            until: extent.until(),
            is_by_month,
            is_kept_back: is_by_month && !is_group,
        }
    });
    Ok(items.collect())
}

/// Everything that posts ever did; what members did, until a day alone if there is one.
async fn sums(
    app: &App,
    actor: &Actor,
    (posts, until): (&[PostId], Option<NaiveDate>),
) -> Result<BTreeMap<Uuid, Sums>, StoreError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let mut rows = figure_days::of_posts(db, organization, posts).await?;
    if let Some(until) = until.map(|day| day.to_string()) {
        rows.retain(|(_, measure, _)| !is_of_members(*measure));
        let wanted = (posts, until.as_str());
        let mut earlier = figure_days::of_posts_until(db, organization, wanted).await?;
        earlier.retain(|(_, measure, _)| is_of_members(*measure));
        rows.extend(earlier);
    }
    let mut sums: BTreeMap<Uuid, Sums> = BTreeMap::new();
    for (subject, measure, value) in rows {
        sums.entry(subject).or_default().add(measure, value);
    }
    Ok(sums)
}

/// What posts for some people did in all months that are told of them; those without are left out.
///
/// A share stands in the month in which it was opened, also when it is confirmed or taken back
/// later: a told month goes on to move by single shares. Those that do not count are never told,
/// so that none is seen to leave one state for another; when one that is confirmed late came in,
/// whoever looks again and again can still see.
pub(in crate::service) async fn sums_by_month(
    app: &App,
    actor: &Actor,
    posts: &BTreeSet<PostId>,
) -> Result<BTreeMap<PostId, Sums>, StoreError> {
    let posts: Vec<PostId> = posts.iter().copied().collect();
    let months = told_months(app, &actor.organization, &posts).await?;
    let told = |post: &PostId| months.get(post).is_some_and(|months| !months.is_empty());
    let posts: Vec<PostId> = posts.into_iter().filter(told).collect();
    if posts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let mut sums: BTreeMap<PostId, Sums> = BTreeMap::new();
    let rows = figure_days::of_posts_by_month(db, organization, &posts).await?;
    for (subject, month, _, measure, value) in rows {
        if is_of_other_shares(measure) {
            continue;
        }
        let (post, month) = (PostId(subject), month_of(&month));
        if months.get(&post).is_some_and(|told| told.contains(&month)) {
            sums.entry(post).or_default().add(measure, value);
        }
    }
    Ok(sums)
}
