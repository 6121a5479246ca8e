//! The report of a post for some people: by months that are over, in which a group shared it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::enums::{Measure, Network};
use entity::ids::PostId;

use super::{Point, Report, course, networks};
use crate::app::App;
use crate::domain::groups::GROUP;
use crate::domain::span::{Length, Span, month_of};
use crate::domain::sums::{Sums, is_of_other_shares};
use crate::domain::worth::{Told, Worth, worth};
use crate::service::actor::Actor;
use crate::service::groups::told_months;
use crate::store::{StoreError, figure_days, rates, share_sums};

/// What such a post did in the told months of a span.
pub(super) async fn report(
    app: &App,
    actor: &Actor,
    (post, title): (PostId, String),
    span: Span,
) -> Result<Report, StoreError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let months = told_months(app, &actor.organization, &[post]).await?;
    let (first, last) = (span.first().to_string(), span.last().to_string());
    let months: BTreeSet<String> = months
        .into_values()
        .flatten()
        .filter(|month| (first.as_str()..=last.as_str()).contains(&month.as_str()))
        .collect();
    if months.is_empty() {
        return Ok(untold(title, span));
    }
    let rows = figure_days::of_posts_by_month(db, organization, &[post]).await?;
    let told: Vec<Told> = rows
        .into_iter()
        .map(|(_, month, network, measure, value)| (month_of(&month), network, measure, value))
        .filter(|(month, _, measure, _)| months.contains(month) && !is_of_other_shares(*measure))
        .collect();
    let sums: Sums = told
        .iter()
        .map(|(_, _, measure, value)| (*measure, *value))
        .collect();
    let sharers = share_sums::sharers_by_network(db, organization, post).await?;
    let (by_network, value) = if is_group_everywhere(&told, sharers) {
        let rates = rates::list(db, organization).await?;
        let rows = told.iter();
        let rows = rows.map(|(_, network, measure, value)| (*network, *measure, *value));
        (networks(rows.collect(), true), worth(&rates, &told, true))
    } else {
        (Vec::new(), Worth::default())
    };
    Ok(Report {
        is_group: true,
        is_kept_back: false,
        sums,
        networks: by_network,
        course: course_of_months(span, &told, &months),
        worth: value,
        ..untold(title, span)
    })
}

/// The report of which nothing is told.
fn untold(title: String, span: Span) -> Report {
    Report {
        span,
        name: Some(title),
        goal: None,
        is_group: false,
        until: None,
        is_by_month: true,
        is_kept_back: true,
        left_out: 0,
        sums: Sums::default(),
        networks: Vec::new(),
        course: Vec::new(),
        worth: Worth::default(),
    }
}

/// Whether in each month a group shared on each network on which anything happened: what it is
/// worth names networks, too, and one of few among others would be what these leave.
fn is_group_everywhere(told: &[Told], sharers: Vec<(Network, String, i64)>) -> bool {
    let sharers: BTreeMap<(String, Network), usize> = sharers
        .into_iter()
        .map(|(network, month, count)| {
            let count = usize::try_from(count).unwrap_or_default();
            ((month_of(&month), network), count)
        })
        .collect();
    let mut sums: BTreeMap<(String, Network), BTreeMap<Measure, i64>> = BTreeMap::new();
    for (month, network, measure, value) in told {
        let of = sums.entry((month.clone(), *network)).or_default();
        *of.entry(*measure).or_default() += value;
    }
    sums.iter()
        .filter(|(_, sums)| sums.values().any(|value| *value != 0))
        .all(|(of, _)| sharers.get(of).is_some_and(|count| *count >= GROUP))
}

/// The course of a year, of which the parts are months; those of a month and a quarter are less.
fn course_of_months(span: Span, told: &[Told], months: &BTreeSet<String>) -> Vec<Point> {
    if span.length() != Length::Year {
        return Vec::new();
    }
    let mut points = course(span, told, Some(NaiveDate::MAX));
    points.retain(|point| months.contains(&point.stretch.from.to_string()));
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(month: &str, network: Network) -> Told {
        (month.to_owned(), network, Measure::Click, 1)
    }

    #[test]
    fn networks_are_told_where_each_has_a_group_in_each_month() {
        let (august, november) = ("2026-08-01", "2026-11-01");
        let both = [told(august, Network::X), told(november, Network::Linkedin)];
        let sharers = |count| {
            vec![
                (Network::X, "2026-08".to_owned(), 5),
                (Network::Linkedin, "2026-11".to_owned(), count),
            ]
        };
        assert!(is_group_everywhere(&both, sharers(5)));
        assert!(!is_group_everywhere(&both, sharers(4)));
        // Clicks on links of the months before, where nobody shared now.
        let late = [told(august, Network::X), told(november, Network::X)];
        assert!(!is_group_everywhere(&late, sharers(5)));
    }
}
