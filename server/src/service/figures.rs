//! Group figures of a post: raw, filtered and counted.

use chrono::NaiveDate;
use entity::enums::{HitClass, Permission, ShareState};
use entity::ids::{LinkId, OrganizationId, PostId};
use thiserror::Error;

use crate::app::App;
use crate::domain::sums::{STATES, Sums, is_of_members};
use crate::service::actor::{Actor, Forbidden};
use crate::service::groups::{Extent, Months, first_day, for_some};
use crate::service::insight::sums_by_month;
use crate::service::sums;
use crate::store::{StoreError, figure_days, hits, links, posts};

/// Looks until nothing was summed up between two of its questions.
const TRIES: usize = 3;

/// Figures of a post; of one for some people, in the months that are told.
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
    /// The last day of which what members did is told, where the month that runs is left out.
    pub until: Option<NaiveDate>,
    /// Whether it is for some people, and so told by months that are over, in which five shared it.
    pub is_by_month: bool,
    /// Whether all is kept back: it is for some people, and no month that is over had five who
    /// shared it. Every number is nothing then.
    pub is_kept_back: bool,
}

impl Figures {
    /// What sums tell, also of members.
    fn of(post: PostId, sums: &Sums) -> Self {
        let states = STATES.map(|state| (state, sums.state(state)));
        Self {
            post,
            shares: states
                .into_iter()
                .filter(|(_, count)| *count != 0)
                .collect(),
            hits: sums.hits(),
            human_hits: sums.human_hits(),
            clicks: sums.clicks(),
            potential_reach: Some(sums.reach()),
            until: None,
            is_by_month: false,
            is_kept_back: false,
        }
    }

    fn kept_back(post: PostId) -> Self {
        Self {
            post,
            shares: Vec::new(),
            hits: 0,
            human_hits: 0,
            clicks: 0,
            potential_reach: None,
            until: None,
            is_by_month: true,
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
    let (db, organization) = (app.store.reader(), &actor.organization);
    let post = posts::find(db, organization.id, id).await?;
    let post = post.ok_or(FiguresError::NotFound)?;
    let by_month = for_some(db, organization.id, &[id]).await?;
    if !by_month.is_empty() {
        let told = sums_by_month(app, actor, &by_month).await?.remove(&id);
        let told = told.map(|sums| Figures {
            is_by_month: true,
            ..Figures::of(id, &sums)
        });
        return Ok(told.unwrap_or_else(|| Figures::kept_back(id)));
    }
    let first = first_day(organization, &post);
    let months = Months::since(app, organization, &first).await?;
    let extent = months.extent_since(&first);
    let links = links::of_post(db, organization.id, id).await?;
    let ids: Vec<LinkId> = links.iter().map(|link| link.id).collect();
    let told = told(app, organization.id, (id, &ids), &extent).await?;
    let clicks = links.iter().map(|link| link.clicks).sum();
    Ok(if extent.is_group() {
        Figures {
            clicks,
            until: extent.until(),
            ..told
        }
    } else {
        Figures {
            clicks,
            shares: Vec::new(),
            potential_reach: None,
            ..told
        }
    })
}

/// What is summed up of a post, and the hits on its links that came since. That members came to
/// their own links is told of a group only. Shares are those of the sums, which also say whether
/// there is a group: one that they do not hold yet could be the first of its month.
async fn told(
    app: &App,
    organization: OrganizationId,
    (post, links): (PostId, &[LinkId]),
    extent: &Extent,
) -> Result<Figures, StoreError> {
    let db = app.store.reader();
    let (is_group, until) = (extent.is_group(), extent.until());
    let mut found = Figures::of(post, &Sums::default());
    for _ in 0..TRIES {
        let reached = sums::reached(app).await?;
        let told = summed_up(app, organization, (post, until)).await?;
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
        // Those came in the month that runs, which is told as a whole or not at all.
        let is_own_told = *extent == Extent::Whole;
        let all = (since.iter()).filter(|(class, _)| is_own_told || *class != HitClass::Own);
        let all: i64 = all.map(|(_, count)| count).sum();
        let by_readers = since.iter().filter(|(class, _)| *class == HitClass::Human);
        let by_readers: i64 = by_readers.map(|(_, count)| count).sum();
        found = Figures::of(post, &told);
        found.hits += all;
        found.human_hits += by_readers;
        // What was summed up meanwhile is there twice.
        if sums::reached(app).await? == reached {
            break;
        }
    }
    Ok(found)
}

/// What the sums hold of a post; of what members did, until a day alone if there is one.
async fn summed_up(
    app: &App,
    organization: OrganizationId,
    (post, until): (PostId, Option<NaiveDate>),
) -> Result<Vec<figure_days::OfSubject>, StoreError> {
    let db = app.store.reader();
    let mut rows = figure_days::of_posts(db, organization, &[post]).await?;
    let Some(until) = until.map(|day| day.to_string()) else {
        return Ok(rows);
    };
    rows.retain(|(_, measure, _)| !is_of_members(*measure));
    let posts = [post];
    let wanted = (posts.as_slice(), until.as_str());
    let mut earlier = figure_days::of_posts_until(db, organization, wanted).await?;
    earlier.retain(|(_, measure, _)| is_of_members(*measure));
    rows.extend(earlier);
    Ok(rows)
}
