//! Group figures of a post: raw, filtered and counted.

use chrono::TimeDelta;
use entity::enums::{HitClass, Permission, ShareState};
use entity::ids::{HitId, LinkId, PostId};
use thiserror::Error;

use crate::app::App;
use crate::domain::share::counts;
use crate::service::actor::{Actor, Forbidden};
use crate::store::{StoreError, clicks, hits, links, posts, shares};

/// Active members below which a figure about members could be one person's.
const GROUP: i64 = 5;
/// A member who shared within this time is active.
const ACTIVE: TimeDelta = TimeDelta::days(30);

/// Figures of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The post.
    pub post: PostId,
    /// Shares by state; empty until enough members are active.
    pub shares: Vec<(ShareState, i64)>,
    /// Hits on its links, of every class.
    pub hits: i64,
    /// Hits by readers.
    pub human_hits: i64,
    /// Counted clicks.
    pub clicks: i64,
    /// Sum of the followers of sharing accounts; none until enough members are active.
    pub potential_reach: Option<i64>,
}

/// Why figures are refused.
#[derive(Debug, Error)]
pub enum FiguresError {
    /// The permission to read figures is needed.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such post.
    #[error("there is no such post")]
    NotFound,
    /// The database.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// The figures of a post.
pub async fn of_post(app: &App, actor: &Actor, id: PostId) -> Result<Figures, FiguresError> {
    actor.require(Permission::ReadFigures)?;
    let db = app.store.reader();
    let organization = actor.organization.id;
    let post = posts::find(db, organization, id)
        .await?
        .ok_or(FiguresError::NotFound)?;
    let links = links::of_post(db, organization, id).await?;
    let ids: Vec<LinkId> = links.iter().map(|link| link.id).collect();
    // No hit is older than the oldest link: the range of ids begins there.
    let since = links
        .iter()
        .map(|link| link.created_at)
        .min()
        .map_or(HitId(post.id.0), clicks::first_hit_at);
    let by_class = hits::by_class(db, &ids, since).await?;
    let sums = shares::sums_of_post(db, organization, id).await?;
    let active = shares::active_members(db, organization, app.now() - ACTIVE).await?;
    let is_group = active >= GROUP;
    let reach = sums
        .iter()
        .filter(|(state, _, _)| counts(*state))
        .map(|(_, _, followers)| followers)
        .sum();
    Ok(Figures {
        post: id,
        shares: sums
            .iter()
            .filter(|_| is_group)
            .map(|(state, count, _)| (*state, *count))
            .collect(),
        hits: by_class.iter().map(|(_, count)| count).sum(),
        human_hits: by_class
            .iter()
            .filter(|(class, _)| *class == HitClass::Human)
            .map(|(_, count)| count)
            .sum(),
        clicks: links.iter().map(|link| link.clicks).sum(),
        potential_reach: is_group.then_some(reach),
    })
}
