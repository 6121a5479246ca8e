//! Whether figures may be told: whether enough members were active in every month that they reach
//! over, and of a post that is for some people, in which months enough of them shared it.
//!
//! Everybody can see a post that is for all, and so its figures are what the whole organization
//! did: they need five who shared such posts, not five who shared this one. Who one of these
//! few is, nobody can tell from where they stand. A post that is for some people names them, and
//! so is told like a team: by months that are over, in which five and more shared it. No sum that
//! holds other posts counts it, since the difference would tell the rest of its days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use entity::ids::{OrganizationId, PostId};
use entity::{organization, post};

use crate::app::App;
use crate::domain::groups::{self, GROUP};
use crate::domain::health::ACTIVE;
use crate::domain::leaderboard::{local_day, zone};
use crate::domain::span::{Length, Span, month_of};
use crate::service::sums;
use crate::store::posts::narrow;
use crate::store::sharers::{self, Posts};
use crate::store::{Reader, StoreError, share_sums};

/// In which months of an organization enough members were active, as far as everybody's posts
/// tell: no sum that these stand for counts posts for some people.
#[derive(Clone, Debug)]
pub(super) struct Months {
    /// How many were active in each month with anybody, by its first day; beyond a group, no more
    /// are counted.
    active: BTreeMap<String, usize>,
    /// The first day of the month that runs.
    running: String,
    /// Whether enough were active in the last thirty days.
    is_group_now: bool,
}

/// How much of what members did in some days is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Nothing.
    Nothing,
    /// What they did until this day, the last one of a month: so few were active in the month that
    /// runs that it is left out, and who shares first in it hides nothing.
    Until(NaiveDate),
    /// All of it.
    Whole,
}

impl Extent {
    /// Whether anything is told.
    pub(super) fn is_group(&self) -> bool {
        *self != Self::Nothing
    }

    /// The last day that is told, where that is not the last one of all.
    pub(super) fn until(&self) -> Option<NaiveDate> {
        match self {
            Self::Until(day) => Some(*day),
            Self::Nothing | Self::Whole => None,
        }
    }
}

impl Months {
    /// Those from the month of a day on.
    pub(super) async fn since(
        app: &App,
        organization: &organization::Model,
        day: &str,
    ) -> Result<Self, StoreError> {
        let db = app.store.reader();
        let running = month_of(&local_day(app.now(), zone(&organization.time_zone)));
        let (mut active, mut from) = (BTreeMap::new(), month_of(day));
        while let Some(month) = sharers::next_month(db, organization.id, (&from, &running)).await? {
            let Ok(first) = month.parse::<NaiveDate>() else {
                break;
            };
            let span = Span::holding(Length::Month, first);
            let last = span.last().to_string();
            let days = (month.as_str(), last.as_str());
            let count = sharers_in(db, organization.id, days, Posts::ForAll).await?;
            if count > 0 {
                active.insert(month, count);
            }
            from = span.next().first().to_string();
        }
        let since = app.now() - ACTIVE;
        let now = share_sums::active_since(db, organization.id, since).await?;
        Ok(Self {
            active,
            running,
            is_group_now: usize::try_from(now).unwrap_or(usize::MAX) >= GROUP,
        })
    }

    /// How much is told of what members did from one day to another: all where they were groups,
    /// enough of them in each month with anybody, and somebody in one. One month of few among
    /// months of many would be told by taking the others away. The month that runs is judged by
    /// who shared in it, as it is once it is over: the last thirty days are mostly those of the
    /// month before.
    pub(super) fn extent(&self, first: &str, last: &str) -> Extent {
        if self.is_group(first, last) {
            return Extent::Whole;
        }
        let running: Option<NaiveDate> = self.running.parse().ok();
        let before = running.and_then(|day| day.pred_opt());
        let before = before.filter(|_| self.is_in_the_month_that_runs(last));
        let told = before.filter(|day| self.is_group(first, &day.to_string()));
        told.map_or(Extent::Nothing, Extent::Until)
    }

    /// The same of what a post did since it went live.
    pub(super) fn extent_since(&self, first: &str) -> Extent {
        self.extent(first, &self.running)
    }

    fn is_in_the_month_that_runs(&self, day: &str) -> bool {
        month_of(day) >= self.running
    }

    fn is_group(&self, first: &str, last: &str) -> bool {
        let mut within = self.within(first, last).peekable();
        within.peek().is_some() && within.all(|count| count >= GROUP)
    }

    /// Whether enough are active now, and enough were in each month of these days with anybody.
    pub(super) fn is_group_till_now(&self, first: &str, last: &str) -> bool {
        self.is_group_now && self.within(first, last).all(|count| count >= GROUP)
    }

    /// How many were active in each month of these days, those with nobody left out.
    fn within(&self, first: &str, last: &str) -> impl Iterator<Item = usize> {
        let (first, last) = (month_of(first), month_of(last));
        let months = self.active.iter();
        let months = months.skip_while(move |(month, _)| **month < first);
        months
            .take_while(move |(month, _)| **month <= last)
            .map(|(_, count)| *count)
    }

    /// Whether enough were active in the last thirty days.
    pub(super) fn is_group_now(&self) -> bool {
        self.is_group_now
    }
}

/// How many members shared in some days, a group at most.
pub(super) async fn sharers_in(
    db: &impl Reader,
    organization: OrganizationId,
    (first, last): (&str, &str),
    posts: Posts,
) -> Result<usize, StoreError> {
    let enough = u64::try_from(GROUP).unwrap_or(u64::MAX);
    let (begin, end) = (month_of(first), month_of(last));
    let months = [begin.as_str(), end.as_str()];
    let wanted = ((first, last), months.as_slice());
    let found = sharers::some(db, organization, wanted, (posts, enough)).await?;
    if found.len() >= GROUP {
        return Ok(found.len());
    }
    let found = sharers::of_posts(db, organization, (first, last), (posts, enough)).await?;
    Ok(found.len())
}

/// The local day from which on a post has figures.
pub(super) fn first_day(organization: &organization::Model, post: &post::Model) -> String {
    let at: DateTime<Utc> = post.published_at.unwrap_or(post.created_at);
    local_day(at, zone(&organization.time_zone))
}

/// Those of the posts that are for some people. Who fits an audience is not asked, since whoever
/// may move people could then learn by it what one of them did.
pub(super) async fn for_some(
    db: &impl Reader,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<BTreeSet<PostId>, StoreError> {
    let found = narrow::among(db, organization, posts).await?;
    Ok(found.into_iter().collect())
}

/// The months of which posts for some people tell, by post, each by its first day. A month counts
/// as over once all that happened in it is in the sums.
pub(super) async fn told_months(
    app: &App,
    organization: &organization::Model,
    posts: &[PostId],
) -> Result<BTreeMap<PostId, BTreeSet<String>>, StoreError> {
    if posts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let complete = sums::complete_until(app).await?.min(app.now());
    let until = month_of(&local_day(complete, zone(&organization.time_zone)));
    let db = app.store.reader();
    let counted = share_sums::sharers_by_month(db, organization.id, posts).await?;
    let mut sharers: BTreeMap<PostId, BTreeMap<String, usize>> = BTreeMap::new();
    for (post, month, count) in counted {
        let of_post = sharers.entry(post).or_default();
        of_post.insert(month_of(&month), usize::try_from(count).unwrap_or_default());
    }
    let told = sharers
        .into_iter()
        .map(|(post, sharers)| (post, groups::told_months(&sharers, &until)));
    Ok(told.collect())
}

#[cfg(test)]
mod tests;
