//! What something did in a span: in all, by network, and as it went on.

use std::collections::BTreeMap;

use entity::enums::{CampaignGoal, Measure, Network, Permission};
use entity::ids::{CampaignId, PostId};

use super::InsightError;
use crate::app::App;
use crate::domain::span::{Span, Stretch};
use crate::domain::sums::{COURSE, Sums};
use crate::domain::worth::{Told, Worth, worth};
use crate::service::actor::Actor;
use crate::service::groups::{Months, kept_back};
use crate::store::figure_days::{self, Subject as Rows};
use crate::store::posts::Among;
use crate::store::{StoreError, campaigns, posts, rates};

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
    /// Whether all is kept back: of a post for some people that few have shared.
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
    } = find(app, actor, subject).await?;
    let Some(rows) = rows else {
        return Ok(untold(name, span));
    };
    let days = (span.first().to_string(), span.last().to_string());
    let days = (days.0.as_str(), days.1.as_str());
    let months = Months::since(app, &actor.organization, days.0).await?;
    let is_group = months.is_group(days.0, days.1);
    let by_network = figure_days::by_network(db, organization, &rows, days).await?;
    let told = figure_days::by_day(db, organization, &rows, (days, &COURSE)).await?;
    let rates = rates::list(db, organization).await?;
    let networks = networks(by_network, is_group);
    let mut sums = Sums::default();
    for (_, one) in &networks {
        sums.join(one);
    }
    Ok(Report {
        span,
        name,
        goal,
        is_group,
        is_kept_back: false,
        left_out,
        sums,
        networks,
        course: course(span, &told, is_group),
        worth: worth(&rates, &told, is_group),
    })
}

/// The report of which nothing is told.
fn untold(name: Option<String>, span: Span) -> Report {
    Report {
        span,
        name,
        goal: None,
        is_group: false,
        is_kept_back: true,
        left_out: 0,
        sums: Sums::default(),
        networks: Vec::new(),
        course: course(span, &[], false),
        worth: worth(&[], &[], false),
    }
}

/// What figures are of.
struct Found {
    name: Option<String>,
    goal: Option<(CampaignGoal, Option<i64>)>,
    /// Which sums are its; none where nothing is told of them.
    rows: Option<Rows>,
    /// Posts that these sums leave out.
    left_out: usize,
}

async fn find(app: &App, actor: &Actor, subject: Subject) -> Result<Found, InsightError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    Ok(match subject {
        Subject::Organization => {
            let without = untellable(app, actor, Among::All).await?;
            Found {
                name: None,
                goal: None,
                left_out: without.len(),
                rows: Some(Rows::Organization(without)),
            }
        }
        Subject::Post(id) => {
            let post = posts::find(db, organization, id).await?;
            let post = post.ok_or(InsightError::NotFound)?;
            let without = untellable(app, actor, Among::Posts(&[id])).await?;
            Found {
                name: Some(post.title),
                goal: None,
                rows: without.is_empty().then_some(Rows::Post(id)),
                left_out: without.len(),
            }
        }
        Subject::Campaign(id) => {
            let found = campaigns::find_many(db, organization, &[id]).await?;
            let campaign = found.into_iter().next().ok_or(InsightError::NotFound)?;
            let without = untellable(app, actor, Among::Campaign(id)).await?;
            Found {
                name: Some(campaign.name),
                goal: campaign.goal.map(|goal| (goal, campaign.target)),
                left_out: without.len(),
                rows: Some(Rows::Campaign(id, without)),
            }
        }
    })
}

/// The posts whose figures are taken out of all that hold them: what is not told of one could be
/// told by the difference otherwise.
async fn untellable(app: &App, actor: &Actor, among: Among<'_>) -> Result<Vec<PostId>, StoreError> {
    let posts = kept_back(app, &actor.organization, among).await?;
    Ok(posts.into_iter().collect())
}

fn networks(rows: Vec<figure_days::OfNetwork>, is_group: bool) -> Vec<(Network, Sums)> {
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

fn course(span: Span, told: &[Told], is_group: bool) -> Vec<Point> {
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
            shares: is_group.then(|| sums.shares()),
            clicks: sums.get(Measure::Click),
        })
        .collect()
}

/// Shares that count in each of some stretches, for the health of a programme.
pub(super) async fn shares_in(
    app: &App,
    actor: &Actor,
    stretches: &[Stretch],
) -> Result<Vec<i64>, StoreError> {
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
        return Ok(Vec::new());
    };
    let days = (first.from.to_string(), last.until.to_string());
    let days = (days.0.as_str(), days.1.as_str());
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let all = Rows::Organization(untellable(app, actor, Among::All).await?);
    let told = figure_days::by_day(db, organization, &all, (days, &COURSE)).await?;
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
