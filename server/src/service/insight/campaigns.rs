//! What campaigns brought since their first post went live, to be compared with each other and with
//! what they are to bring.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::campaign;
use entity::enums::{CampaignGoal, Permission};
use entity::ids::{CampaignId, OrganizationId, PostId};

use super::InsightError;
use crate::app::App;
use crate::domain::leaderboard::{local_day, zone};
use crate::domain::sums::Sums;
use crate::service::actor::Actor;
use crate::service::groups::{Extent, Months};
use crate::store::posts::narrow;
use crate::store::{Reader, StoreError, campaigns, figure_days};

/// Campaigns of one list.
const CAMPAIGNS: u64 = 500;

/// What a campaign brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignSums {
    /// The campaign.
    pub campaign: campaign::Model,
    /// What its posts ever did, without those for some people.
    pub sums: Sums,
    /// Whether what members did is told.
    pub is_group: bool,
    /// The last day of which that is told, where the month that runs is left out.
    pub until: Option<NaiveDate>,
    /// Posts for some people, which are not among these.
    pub left_out: i64,
}

/// How far a campaign is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It brought so many of so many.
    Of(i64, i64),
    /// It brought at least so many of so many: posts for some people brought more.
    AtLeast(i64, i64),
    /// Its target is of something that is not measured.
    Unmeasured,
}

impl CampaignSums {
    /// How far it is; none without a target. Of all goals, traffic alone is what links measure.
    pub fn progress(&self) -> Option<Progress> {
        let target = self.campaign.target?;
        Some(match self.campaign.goal? {
            CampaignGoal::Traffic if self.left_out > 0 => {
                Progress::AtLeast(self.sums.clicks(), target)
            }
            CampaignGoal::Traffic => Progress::Of(self.sums.clicks(), target),
            CampaignGoal::Awareness
            | CampaignGoal::Leads
            | CampaignGoal::Recruiting
            | CampaignGoal::Retention
            | CampaignGoal::Training => Progress::Unmeasured,
        })
    }
}

/// The organization's campaigns and everything that they brought, by slug.
pub async fn list_campaigns(app: &App, actor: &Actor) -> Result<Vec<CampaignSums>, InsightError> {
    list(app, actor, Measures::All).await
}

/// The same with their shares and clicks alone, for who looks at all of them beside each other.
pub async fn compare_campaigns(
    app: &App,
    actor: &Actor,
) -> Result<Vec<CampaignSums>, InsightError> {
    list(app, actor, Measures::SharesAndClicks).await
}

/// What is told of each.
#[derive(Clone, Copy, Debug)]
enum Measures {
    All,
    SharesAndClicks,
}

/// What was found of each campaign, and since when.
type Brought = BTreeMap<CampaignId, (Sums, String)>;

async fn list(
    app: &App,
    actor: &Actor,
    measures: Measures,
) -> Result<Vec<CampaignSums>, InsightError> {
    actor.require(Permission::ReadFigures)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let rows = campaigns::list(db, organization, CAMPAIGNS).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<CampaignId> = rows.iter().map(|row| row.id).collect();
    let left_out = narrow::count_of_campaigns(db, organization, &ids).await?;
    let left_out: BTreeMap<CampaignId, i64> = left_out.into_iter().collect();
    let mut brought = brought(db, organization, (&ids, measures, None)).await?;
    let today = local_day(app.now(), zone(&actor.organization.time_zone));
    let oldest = brought.values().map(|(_, since)| since).min();
    let months = Months::since(app, &actor.organization, oldest.unwrap_or(&today)).await?;
    let since = |id: &CampaignId| brought.get(id).map_or(&today, |(_, since)| since);
    let extents = ids.iter().map(|id| months.extent_since(since(id)));
    let extents: Vec<Extent> = extents.collect();
    // Where the month that runs is left out, it is so of each that reaches back further.
    let until = extents.iter().find_map(Extent::until);
    let mut earlier = match until.map(|day| day.to_string()) {
        Some(until) => {
            self::brought(db, organization, (&ids, measures, Some(until.as_str()))).await?
        }
        None => Brought::new(),
    };
    let items = rows.into_iter().zip(extents).map(|(campaign, extent)| {
        let sums = |found: Option<(Sums, String)>| found.map(|(sums, _)| sums).unwrap_or_default();
        let all = sums(brought.remove(&campaign.id));
        let earlier = sums(earlier.remove(&campaign.id));
        CampaignSums {
            left_out: left_out.get(&campaign.id).copied().unwrap_or_default(),
            campaign,
            is_group: extent.is_group(),
            until: extent.until(),
            sums: match extent {
                Extent::Nothing => all.without_members(),
                Extent::Until(_) => all.with_members_of(&earlier),
                Extent::Whole => all,
            },
        }
    });
    Ok(items.collect())
}

async fn brought(
    db: &impl Reader,
    organization: OrganizationId,
    (ids, measures, until): (&[CampaignId], Measures, Option<&str>),
) -> Result<Brought, StoreError> {
    let told = match measures {
        Measures::All => figure_days::of_campaigns(db, organization, ids, until).await?,
        Measures::SharesAndClicks => {
            figure_days::shares_and_clicks_of_campaigns(db, organization, ids, until).await?
        }
    };
    let posts = narrow::others_of_campaigns(db, organization, ids).await?;
    let posts: BTreeMap<PostId, CampaignId> = posts.into_iter().collect();
    let mut brought = Brought::new();
    for (post, measure, value, first) in told {
        // One that was moved out of all of them in between.
        let Some(id) = posts.get(&PostId(post)).copied() else {
            continue;
        };
        let entry = || (Sums::default(), first.clone());
        let (sums, since) = brought.entry(id).or_insert_with(entry);
        sums.add(measure, value);
        if first < *since {
            *since = first;
        }
    }
    Ok(brought)
}
