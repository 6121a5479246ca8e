//! Group figures of a post: raw, filtered and counted.

use entity::enums::{HitClass, Permission, ShareState};
use entity::ids::{LinkId, OrganizationId, PostId};
use entity::{organization, post};
use thiserror::Error;

use crate::app::App;
use crate::domain::groups::GROUP;
use crate::domain::health::ACTIVE;
use crate::domain::share::counts;
use crate::domain::sums::Sums;
use crate::service::actor::{Actor, Forbidden};
use crate::service::groups::{Months, first_day, kept_back};
use crate::service::sums;
use crate::store::posts::Among;
use crate::store::{StoreError, figure_days, hits, links, posts, shares};

/// Looks until nothing was summed up between two of its questions.
const TRIES: usize = 3;

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
    /// Whether all is kept back: it is for some people, and few have shared it. Every number is
    /// nothing then.
    pub is_kept_back: bool,
}

impl Figures {
    fn kept_back(post: PostId) -> Self {
        Self {
            post,
            shares: Vec::new(),
            hits: 0,
            human_hits: 0,
            clicks: 0,
            potential_reach: None,
            is_kept_back: true,
        }
    }
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
    let post = posts::find(db, organization, id).await?;
    let post = post.ok_or(FiguresError::NotFound)?;
    let alone = Among::Posts(&[id]);
    if !kept_back(app, &actor.organization, alone).await?.is_empty() {
        return Ok(Figures::kept_back(id));
    }
    let is_group = is_group(app, &actor.organization, &post).await?;
    let links = links::of_post(db, organization, id).await?;
    let ids: Vec<LinkId> = links.iter().map(|link| link.id).collect();
    let (hits, human_hits) = hits_on(app, organization, (id, &ids), is_group).await?;
    let by_state = shares::sums_of_post(db, organization, id).await?;
    let reach = by_state
        .iter()
        .filter(|(state, _, _)| counts(*state))
        .map(|(_, _, followers)| followers)
        .sum();
    Ok(Figures {
        post: id,
        shares: by_state
            .iter()
            .filter(|_| is_group)
            .map(|(state, count, _)| (*state, *count))
            .collect(),
        hits,
        human_hits,
        clicks: links.iter().map(|link| link.clicks).sum(),
        potential_reach: is_group.then_some(reach),
        is_kept_back: false,
    })
}

/// Hits on a post's links, and those of them by readers: what is summed up, and what came since.
/// That members came to their own links is told of a group only.
async fn hits_on(
    app: &App,
    organization: OrganizationId,
    (post, links): (PostId, &[LinkId]),
    is_group: bool,
) -> Result<(i64, i64), StoreError> {
    let db = app.store.reader();
    let mut found = (0, 0);
    for _ in 0..TRIES {
        let reached = sums::reached(app).await?;
        let told = figure_days::of_posts(db, organization, &[post]).await?;
        let since = hits::by_class(db, links, reached).await?;
        let told: Sums = told
            .into_iter()
            .map(|(_, measure, value)| (measure, value))
            .collect();
        let told = if is_group {
            told
        } else {
            told.without_members()
        };
        let all = (since.iter()).filter(|(class, _)| is_group || *class != HitClass::Own);
        let all: i64 = all.map(|(_, count)| count).sum();
        let by_readers = since.iter().filter(|(class, _)| *class == HitClass::Human);
        let by_readers: i64 = by_readers.map(|(_, count)| count).sum();
        found = (told.hits() + all, told.human_hits() + by_readers);
        // What was summed up meanwhile is there twice.
        if sums::reached(app).await? == reached {
            break;
        }
    }
    Ok(found)
}

/// Whether enough members were active since the post went live. Where the sums tell of few lately,
/// few shares tell of more.
async fn is_group(
    app: &App,
    organization: &organization::Model,
    post: &post::Model,
) -> Result<bool, StoreError> {
    let first = first_day(organization, post);
    let months = Months::since(app, organization, &first).await?;
    if months.is_group_since(&first) {
        return Ok(true);
    }
    let (db, since) = (app.store.reader(), app.now() - ACTIVE);
    let active = shares::active_members(db, organization.id, since).await?;
    let is_group_now = usize::try_from(active).unwrap_or_default() >= GROUP;
    Ok(months.with_group_now(is_group_now).is_group_since(&first))
}
