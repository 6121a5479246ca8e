//! Reviews: what waits for one, what a reviewer reads beside a post, and what was done to a post,
//! in the order in which it was.

mod brief;
mod cards;
mod late;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::{MemberId, PostId};
use entity::post;

use super::actor::{Actor, LookError};
use crate::app::App;
use crate::domain::audit::Wanted;
use crate::domain::page::Paging;
use crate::domain::post::{is_overdue, may_approve, writers_of};
use crate::store::{StoreError, audit_events, content_rules, posts, reviews};

pub use brief::{Brief, Links, Said, brief, said};
pub(super) use cards::Sheets;
pub use cards::{Card, Decision, Queue, ReviewError, Whom, list_reviews, show_review};
pub use late::{count_late, tell_of_late_reviews};

/// Posts of one look at the queue.
pub const SHOWN: u64 = 100;
/// Steps of a post's history that are shown: the latest.
const STEPS: u64 = 50;

/// A post that waits for a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The post.
    pub post: post::Model,
    /// Who wrote it; none for what came from a feed, or from somebody who is gone.
    pub author: Option<String>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// Whether that is longer than the organization wants.
    pub is_overdue: bool,
    /// Whether the actor may approve it: not where somebody else has to.
    pub may_approve: bool,
}

/// What waits for a review, the one that waits longest first.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<Waiting>, LookError> {
    actor.require(Permission::ReviewPosts)?;
    let db = app.store.reader();
    let found = reviews::waiting(db, actor.organization.id, None, SHOWN).await?;
    Ok(as_waiting(app, actor, found).await?)
}

/// One post of the queue, also one that stands behind what a look shows; none where it does not
/// wait, or not any more.
pub async fn one(app: &App, actor: &Actor, id: PostId) -> Result<Option<Waiting>, LookError> {
    actor.require(Permission::ReviewPosts)?;
    let found = posts::find(app.store.reader(), actor.organization.id, id).await?;
    let found = found.filter(|post| post.state == PostState::InReview);
    let waiting = as_waiting(app, actor, found.into_iter().collect()).await?;
    Ok(waiting.into_iter().next())
}

async fn as_waiting(
    app: &App,
    actor: &Actor,
    posts: Vec<post::Model>,
) -> Result<Vec<Waiting>, StoreError> {
    let authors: Vec<MemberId> = posts.iter().filter_map(|post| post.author_id).collect();
    let names = names(app, actor, &authors).await?;
    let four_eyes = actor.organization.settings.second_pair_of_eyes;
    let hours = review_hours(app, actor).await?;
    Ok(posts
        .into_iter()
        .map(|post| Waiting {
            author: post.author_id.and_then(|id| names.get(&id).cloned()),
            since: waits_since(&post),
            is_overdue: is_overdue(Some(waits_since(&post)), hours, app.now()),
            may_approve: may_approve(four_eyes, writers_of(&post), actor.member.id),
            post,
        })
        .collect())
}

/// How many hours a review may wait; 0 for as long as it takes.
pub(super) async fn review_hours(app: &App, actor: &Actor) -> Result<i64, StoreError> {
    let rules = content_rules::find(app.store.reader(), actor.organization.id).await?;
    Ok(rules.map_or(0, |rules| rules.review_hours))
}

/// Since when a post waits for a review: what a feed brings was never handed in.
pub(super) fn waits_since(post: &post::Model) -> DateTime<Utc> {
    post.submitted_at.unwrap_or(post.created_at)
}

/// Whose posts wait for somebody else than the actor; none where they may approve their own.
pub(super) fn not_by(actor: &Actor) -> Option<MemberId> {
    let own = actor.member.id;
    let four_eyes = actor.organization.settings.second_pair_of_eyes;
    (!may_approve(four_eyes, Some(own), own)).then_some(own)
}

/// How many posts wait for the actor's review; none for who reviews none.
pub async fn count(app: &App, actor: &Actor) -> Result<Option<u64>, StoreError> {
    if actor.require(Permission::ReviewPosts).is_err() {
        return Ok(None);
    }
    let found = reviews::count(app.store.reader(), actor.organization.id, not_by(actor)).await?;
    Ok(Some(found))
}

/// A step in a post's life, and who took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What was done, such as `post.approve`.
    pub action: String,
    /// Who did it; none for the system, or for somebody who is gone.
    pub who: Option<String>,
    /// Whether nobody did it: a time came.
    pub by_itself: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was done to a post, oldest first.
pub async fn history(app: &App, actor: &Actor, post: PostId) -> Result<Vec<Taken>, LookError> {
    actor.require(Permission::ReadPosts)?;
    let wanted = Wanted {
        subject: Some(format!("post:{post}")),
        ..Wanted::default()
    };
    let paging = Paging {
        after: None,
        limit: STEPS,
    };
    let db = app.store.reader();
    let found = audit_events::list(db, actor.organization.id, &wanted, paging).await?;
    let actors: Vec<MemberId> = found.items.iter().filter_map(|row| row.actor_id).collect();
    let names = names(app, actor, &actors).await?;
    let steps = found.items.into_iter().rev();
    Ok(steps
        .map(|row| Taken {
            action: row.action,
            who: row.actor_id.and_then(|id| names.get(&id).cloned()),
            by_itself: row.actor_id.is_none(),
            at: row.at,
        })
        .collect())
}

async fn names(
    app: &App,
    actor: &Actor,
    ids: &[MemberId],
) -> Result<HashMap<MemberId, String>, StoreError> {
    let db = app.store.reader();
    let found = audit_events::actors(db, actor.organization.id, ids).await?;
    Ok(found
        .into_iter()
        .map(|member| (member.id, member.display_name))
        .collect())
}
