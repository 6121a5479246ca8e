//! What something did in a span: in all, by network, and as it went on.

mod by_month;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::enums::{CampaignGoal, Measure, Network, Permission};
use entity::ids::{CampaignId, PostId};

use super::InsightError;
use crate::app::App;
use crate::domain::span::{Span, Stretch};
use crate::domain::sums::{COURSE, Sums, is_of_members};
use crate::domain::worth::{Told, Worth, worth};
use crate::service::actor::Actor;
use crate::service::groups::{Months, for_some};
use crate::store::figure_days::{self, Subject as Rows};
use crate::store::posts::{self, narrow};
use crate::store::{StoreError, campaigns, rates};

/// Of what figures are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Everything.
    Organization,
    /// A post.
    Post(PostId),
    /// All posts of a campaign.
    Campaign(CampaignId),
}

/// A part of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its days.
    pub stretch: Stretch,
    /// Shares that count and began in it; none where there is no group.
    pub shares: Option<i64>,
    /// Counted clicks.
    pub clicks: i64,
}

/// What something did in a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The span.
    pub span: Span,
    /// The name of the post or campaign.
    pub name: Option<String>,
    /// What the campaign is for, and how much of that it is to bring.
    pub goal: Option<(CampaignGoal, Option<i64>)>,
    /// Whether what members did is told.
    pub is_group: bool,
    /// The last day of which that is told, where the month that runs is left out.
    pub until: Option<NaiveDate>,
    /// Whether it is of a post for some people, and so told by whole months in which a group
    /// shared it, without its course, and by network only where each has a group of its own.
    pub is_by_month: bool,
    /// Whether all is kept back: of such a post without such a month.
    pub is_kept_back: bool,
    /// Such posts whose figures are not among these.
    pub left_out: usize,
    /// Everything together.
    pub sums: Sums,
    /// By network, the one with most clicks first.
    pub networks: Vec<(Network, Sums)>,
    /// As it went on.
    pub course: Vec<Point>,
    /// What it is worth.
    pub worth: Worth,
}

/// The figures of something in a span.
pub async fn report(
    app: &App,
    actor: &Actor,
    subject: Subject,
    span: Span,
) -> Result<Report, InsightError> {
    actor.require(Permission::ReadFigures)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let Found {
        name,
        goal,
        rows,
        left_out,
    } = match find(app, actor, subject).await? {
        Subjects::Rows(found) => found,
        Subjects::ByMonth(post, title) => {
            return Ok(by_month::report(app, actor, (post, title), span).await?);
        }
    };
    let days = (span.first().to_string(), span.last().to_string());
    let days = (days.0.as_str(), days.1.as_str());
    // At once: each of a whole year adds up some hundred thousand rows.
    let (months, by_network, mut told) = tokio::try_join!(
        Months::since(app, &actor.organization, days.0),
        figure_days::by_network(db, organization, &rows, days),
        figure_days::by_day(db, organization, &rows, (days, &COURSE)),
    )?;
    let extent = months.extent(days.0, days.1);
    let (is_group, until) = (extent.is_group(), extent.until());
    let by_network = members_until(app, actor, by_network, (&rows, days.0, until)).await?;
    if let Some(until) = until.map(|day| day.to_string()) {
        told.retain(|(day, _, measure, _)| !is_of_members(*measure) || *day <= until);
    }
    let rates = rates::list(db, organization).await?;
    let networks = networks(by_network, is_group);
    let mut sums = Sums::default();
    for (_, one) in &networks {
        sums.join(one);
    }
    let last = is_group.then(|| until.unwrap_or(NaiveDate::MAX));
    Ok(Report {
        span,
        name,
        goal,
        is_group,
        until,
        is_by_month: false,
        is_kept_back: false,
        left_out,
        sums,
        networks,
        course: course(span, &told, last),
        worth: worth(&rates, &told, is_group),
    })
}

/// What was done by network since a day; of it what members did, until a day alone if there is one.
async fn members_until(
    app: &App,
    actor: &Actor,
    all: Vec<figure_days::OfNetwork>,
    (rows, since, until): (&Rows, &str, Option<NaiveDate>),
) -> Result<Vec<figure_days::OfNetwork>, StoreError> {
    let Some(until) = until.map(|day| day.to_string()) else {
        return Ok(all);
    };
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let earlier = (since, until.as_str());
    let earlier = figure_days::by_network(db, organization, rows, earlier).await?;
    let of_readers = all.into_iter();
    let of_readers = of_readers.filter(|(_, measure, _)| !is_of_members(*measure));
    let of_members = earlier.into_iter();
    let of_members = of_members.filter(|(_, measure, _)| is_of_members(*measure));
    Ok(of_readers.chain(of_members).collect())
}

/// What figures are of.
enum Subjects {
    /// What stands in rows that can be read by day.
    Rows(Found),
    /// A post for some people, with its title.
    ByMonth(PostId, String),
}

/// What figures are of, and which sums are its.
struct Found {
    name: Option<String>,
    goal: Option<(CampaignGoal, Option<i64>)>,
    rows: Rows,
    /// Posts that these sums leave out.
    left_out: usize,
}

async fn find(app: &App, actor: &Actor, subject: Subject) -> Result<Subjects, InsightError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    Ok(Subjects::Rows(match subject {
        Subject::Organization => Found {
            name: None,
            goal: None,
            rows: Rows::Organization,
            left_out: left_out(app, actor, None).await?,
        },
        Subject::Post(id) => {
            let post = posts::find(db, organization, id).await?;
            let post = post.ok_or(InsightError::NotFound)?;
            if !for_some(db, organization, &[id]).await?.is_empty() {
                return Ok(Subjects::ByMonth(id, post.title));
            }
            Found {
                name: Some(post.title),
                goal: None,
                rows: Rows::Post(id),
                left_out: 0,
            }
        }
        Subject::Campaign(id) => {
            let found = campaigns::find_many(db, organization, &[id]).await?;
            let campaign = found.into_iter().next().ok_or(InsightError::NotFound)?;
            Found {
                name: Some(campaign.name),
                goal: campaign.goal.map(|goal| (goal, campaign.target)),
                rows: Rows::Campaign(id),
                left_out: left_out(app, actor, Some(id)).await?,
            }
        }
    }))
}

/// How many posts are taken out of all figures that hold them: these tell days and networks, and
/// so do posts for everybody, so that the difference would tell those of the others.
pub(super) async fn left_out(
    app: &App,
    actor: &Actor,
    campaign: Option<CampaignId>,
) -> Result<usize, StoreError> {
    let db = app.store.reader();
    let count = narrow::count(db, actor.organization.id, campaign).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

pub(super) fn networks(rows: Vec<figure_days::OfNetwork>, is_group: bool) -> Vec<(Network, Sums)> {
    let mut sums: BTreeMap<Network, Sums> = BTreeMap::new();
    for (network, measure, value) in rows {
        sums.entry(network).or_default().add(measure, value);
    }
    let shown = sums.into_iter().map(|(network, sums)| {
        if is_group {
            (network, sums)
        } else {
            (network, sums.without_members())
        }
    });
    let mut shown: Vec<(Network, Sums)> = shown.filter(|(_, sums)| !sums.is_empty()).collect();
    shown.sort_by_key(|(_, sums)| std::cmp::Reverse((sums.clicks(), sums.hits())));
    shown
}

/// The parts of a span; what members did is told of those that end by a day, if there is one.
fn course(span: Span, told: &[Told], last: Option<NaiveDate>) -> Vec<Point> {
    let parts = span.parts();
    let mut sums: Vec<Sums> = vec![Sums::default(); parts.len()];
    let ends: Vec<String> = parts.iter().map(|part| part.until.to_string()).collect();
    for (day, _, measure, value) in told {
        // Dates as texts stand in their order.
        let at = ends.partition_point(|end| end < day);
        if let Some(sum) = sums.get_mut(at) {
            sum.add(*measure, *value);
        }
    }
    parts
        .into_iter()
        .zip(sums)
        .map(|(stretch, sums)| Point {
            stretch,
            shares: last
                .is_some_and(|last| stretch.until <= last)
                .then(|| sums.shares()),
            clicks: sums.get(Measure::Click),
        })
        .collect()
}

/// Shares that count in each of some stretches, for the health of a programme.
pub(super) async fn shares_in(
    app: &App,
    actor: &Actor,
    (rows, stretches): (Rows, &[Stretch]),
) -> Result<Vec<i64>, StoreError> {
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
        return Ok(Vec::new());
    };
    let days = (first.from.to_string(), last.until.to_string());
    let days = (days.0.as_str(), days.1.as_str());
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let told = figure_days::by_day(db, organization, &rows, (days, &COURSE)).await?;
    let of = |stretch: &Stretch| {
        let (from, until) = (stretch.from.to_string(), stretch.until.to_string());
        let within = told
            .iter()
            .filter(|(day, ..)| (from.as_str()..=until.as_str()).contains(&day.as_str()));
        let sums: Sums = within
            .map(|(_, _, measure, value)| (*measure, *value))
            .collect();
        sums.shares()
    };
    Ok(stretches.iter().map(of).collect())
}
