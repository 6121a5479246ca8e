//! Whether figures may be told: whether enough members were active in every month that they reach
//! over, and enough shared a post that is for some people.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::ids::PostId;
use entity::{organization, post};

use crate::app::App;
use crate::domain::audience::chooses_people;
use crate::domain::groups::GROUP;
use crate::domain::health::ACTIVE;
use crate::domain::leaderboard::{local_day, zone};
use crate::domain::span::month_of;
use crate::store::posts::{self, Among};
use crate::store::{StoreError, share_sums};

/// In which months of an organization enough members were active.
#[derive(Clone, Debug)]
pub(super) struct Months {
    /// How many were active in each month with anybody, by its first day.
    active: BTreeMap<String, usize>,
    /// The first day of the month that runs.
    running: String,
    /// Whether enough were active in the last thirty days.
    is_group_now: bool,
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
        let from = month_of(day);
        let span = (from.as_str(), running.as_str());
        let counted = share_sums::active_by_month(db, organization.id, span).await?;
        let counted = counted.into_iter();
        let since = app.now() - ACTIVE;
        let now = share_sums::active_since(db, organization.id, since).await?;
        Ok(Self {
            active: counted
                .map(|(month, count)| (month, usize::try_from(count).unwrap_or_default()))
                .collect(),
            running,
            is_group_now: usize::try_from(now).unwrap_or(usize::MAX) >= GROUP,
        })
    }

    /// The same where it is known from elsewhere that enough were active lately.
    pub(super) fn with_group_now(self, is_group_now: bool) -> Self {
        Self {
            is_group_now: self.is_group_now || is_group_now,
            ..self
        }
    }

    /// Whether what members did from one day to another is what groups did: enough of them in each
    /// month with anybody, and in the last thirty days where the month that runs is among them.
    /// One month of few among months of many would be told by taking the others away.
    pub(super) fn is_group(&self, first: &str, last: &str) -> bool {
        let (first, last) = (month_of(first), month_of(last));
        if first > last {
            return false;
        }
        let holds_now = (first.as_str()..=last.as_str()).contains(&self.running.as_str());
        let mut over = self.over(first, last).peekable();
        let has_some = holds_now || over.peek().is_some();
        has_some && over.all(|count| count >= GROUP) && (self.is_group_now || !holds_now)
    }

    /// Whether enough are active now, and enough were in each month of these days with anybody.
    pub(super) fn is_group_till_now(&self, first: &str, last: &str) -> bool {
        let (first, last) = (month_of(first), month_of(last));
        self.is_group_now && first <= last && self.over(first, last).all(|count| count >= GROUP)
    }

    /// How many were active in each month that is over, those with nobody left out.
    fn over(&self, first: String, last: String) -> impl Iterator<Item = usize> {
        let over = self.active.range(first..=last);
        let over = over.filter(move |(month, _)| **month < self.running);
        over.map(|(_, count)| *count)
    }

    /// Whether enough were active in the last thirty days.
    pub(super) fn is_group_now(&self) -> bool {
        self.is_group_now
    }

    /// The same of what a post did since it went live.
    pub(super) fn is_group_since(&self, first: &str) -> bool {
        self.is_group(first, &self.running)
    }
}

/// The local day from which on a post has figures.
pub(super) fn first_day(organization: &organization::Model, post: &post::Model) -> String {
    let at: DateTime<Utc> = post.published_at.unwrap_or(post.created_at);
    local_day(at, zone(&organization.time_zone))
}

/// Those of the posts of which nothing is told: they are for some people, and fewer than five have
/// shared them. Who fits an audience is not asked, since whoever may move people could then learn
/// by it what one of them did.
pub(super) async fn kept_back(
    app: &App,
    organization: &organization::Model,
    among: Among<'_>,
) -> Result<BTreeSet<PostId>, StoreError> {
    let db = app.store.reader();
    let few = posts::shared_by_fewer(db, organization.id, among, GROUP).await?;
    let chosen = few
        .into_iter()
        .filter(|(_, audience)| chooses_people(audience));
    Ok(chosen.map(|(id, _)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(active: &[(&str, usize)], is_group_now: bool) -> Months {
        Months {
            active: active
                .iter()
                .map(|(month, count)| (format!("{month}-01"), *count))
                .collect(),
            running: "2026-11-01".to_owned(),
            is_group_now,
        }
    }

    #[test]
    fn every_month_of_a_span_with_anybody_needs_a_group() {
        let is_group = |active: &[(&str, usize)], first: &str, last: &str| {
            months(active, true).is_group(first, last)
        };
        let many = [("2026-08", 5), ("2026-10", 9)];
        assert!(is_group(&many, "2026-07-01", "2026-10-31"));
        assert!(is_group(&many, "2026-08-15", "2026-08-16"));
        assert!(is_group(&many, "2026-10-01", "2026-12-31"));
        assert!(!is_group(&many, "2026-09-01", "2026-09-30"), "nobody");
        assert!(!is_group(&many, "2026-12-01", "2026-12-31"), "ahead");
        let few = [("2026-08", 5), ("2026-09", 4), ("2026-10", 9)];
        assert!(!is_group(&few, "2026-07-01", "2026-10-31"));
        assert!(is_group(&few, "2026-10-01", "2026-10-31"));
    }

    #[test]
    fn days_before_anybody_shared_are_told_and_those_of_few_are_not() {
        let active = [("2026-09", 4), ("2026-10", 9)];
        let now = months(&active, true);
        assert!(now.is_group_till_now("2026-08-03", "2026-08-09"));
        assert!(!now.is_group_till_now("2026-08-31", "2026-09-06"));
        assert!(now.is_group_till_now("2026-10-26", "2026-11-01"));
        let later = months(&active, false);
        assert!(!later.is_group_till_now("2026-10-05", "2026-10-11"));
    }

    #[test]
    fn the_month_that_runs_is_judged_by_the_last_thirty_days() {
        for (active, is_group_now, expected) in [
            (vec![], true, true),
            (vec![], false, false),
            (vec![("2026-11", 1)], true, true),
            (vec![("2026-11", 9)], false, false),
            (vec![("2026-10", 2), ("2026-11", 9)], true, false),
        ] {
            let months = months(&active, is_group_now);
            assert_eq!(months.is_group_since("2026-10-05"), expected, "{active:?}");
        }
    }
}
