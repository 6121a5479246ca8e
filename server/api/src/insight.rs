//! Figures of what the programme did.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::Network;
use crate::ids::{PostId, TeamId};
use crate::post::StateCount;

/// Which span figures are wanted of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SpanQuery {
    /// A month, quarter or year of the organization's calendar, as in `2026-11`, `2026-Q4`,
    /// `2026`; the month that runs unless given. Of teams, a month that is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<String>,
}

/// What something did: raw, filtered and counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// Shares by state; empty where there are not five active members.
    pub shares: Vec<StateCount>,
    /// Sum of the followers of accounts at the time of sharing; not de-duplicated. None where
    /// there are not five active members.
    pub potential_reach: Option<i64>,
    /// Hits on links, of every class; without those of members on their own links where there are
    /// not five active members.
    pub hits: i64,
    /// The same by the reason for their class.
    pub hits_by_reason: Vec<ReasonCount>,
    /// Hits by readers.
    pub human_hits: i64,
    /// Hits by readers who had been on the link in the same hour.
    pub repeated_hits: i64,
    /// First hits in an hour beyond the cap of a network on a link and day.
    pub capped_hits: i64,
    /// First human hits per link, visitor and hour, under the cap.
    pub clicks: i64,
    /// Visitors with a counted click, per link and UTC day.
    pub visitor_days: i64,
}

/// How many hits have a reason for their class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonCount {
    /// The reason.
    pub reason: HitReason,
    /// How many.
    pub count: i64,
}

/// Figures of a span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpanFigures {
    /// The span.
    pub span: String,
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Whether all of it is kept back, because the post is for some people, of which only months
    /// are told that are over and in which five members shared it, and there is none. Every number
    /// is 0 then.
    #[serde(default)]
    pub kept_back: bool,
    /// How many posts none of these numbers count: each is for some people, and told by itself.
    #[serde(default)]
    pub left_out: i64,
    /// Everything together.
    pub figures: Figures,
    /// By network, the one with most clicks first. Of a post for some people, there are none unless
    /// five members shared on each in each month.
    pub networks: Vec<NetworkFigures>,
    /// As it went on: by days, weeks or months. Of a post for some people, only the months of a
    /// year that are told.
    pub course: Vec<CoursePoint>,
    /// What it is worth by the organization's rates.
    pub worth: Worth,
}

/// Figures of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NetworkFigures {
    /// The network.
    pub network: Network,
    /// What was done there.
    pub figures: Figures,
}

/// A part of a span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoursePoint {
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Shares that count and began in it; none where there are not five active members.
    pub shares: Option<i64>,
    /// Counted clicks.
    pub clicks: i64,
}

/// Earned media value; the two are never added together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Worth {
    /// Counted clicks by the price of a click.
    pub headline: Vec<Money>,
    /// Potential reach by the price of a thousand views: an upper bound.
    pub upper_bound: Vec<Money>,
    /// The versions of rates by which it was valued.
    pub rates: Vec<RateUsed>,
    /// Clicks for which no rate has a price.
    pub unpriced_clicks: i64,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// ISO 4217 code.
    pub currency: String,
    /// In minor units.
    pub minor: i64,
}

/// A version of a rate, and what was valued by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateUsed {
    /// The rate.
    pub rate: Rate,
    /// Counted clicks.
    pub clicks: i64,
    /// Followers.
    pub reach: i64,
}

/// What the organization pays on a network, from a month on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rate {
    /// The network.
    pub network: Network,
    /// The first day of that month.
    pub valid_from: NaiveDate,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// What a click costs, in minor units.
    pub cpc: Option<i64>,
    /// What a thousand views cost, in minor units.
    pub cpm: Option<i64>,
}

/// All rates, by network, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rates {
    /// The rates.
    pub items: Vec<Rate>,
}

/// A rate to be set; without a price, the one of that network and month is taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetRate {
    /// The network.
    pub network: Network,
    /// The month from which on it is valid, as in `2026-11`.
    pub valid_from: String,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// What a click costs, in minor units.
    #[serde(default)]
    pub cpc: Option<i64>,
    /// What a thousand views cost, in minor units.
    #[serde(default)]
    pub cpm: Option<i64>,
}

/// What a post did since it went live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostInsight {
    /// The post.
    pub post_id: PostId,
    /// Its title.
    pub title: String,
    /// When it went live.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether all of it is kept back, because the post is for some people, of which only months
    /// are told that are over and in which five members shared it, and there is none. Every number
    /// is 0 then.
    #[serde(default)]
    pub kept_back: bool,
    /// What it did.
    pub figures: Figures,
}

/// What teams did in a month, each after the one above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamsInsight {
    /// The month.
    pub span: String,
    /// The teams.
    pub items: Vec<TeamInsight>,
}

/// What a team and those below it did in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamInsight {
    /// The team.
    pub team_id: TeamId,
    /// Its name.
    pub name: String,
    /// How many teams lie above it, of those that may be seen.
    pub depth: u64,
    /// What it did; none where fewer than five members were active, or where it would tell of
    /// fewer than five elsewhere.
    pub figures: Option<Figures>,
    /// By network, the one with most clicks first, with shares in the states that count; none where
    /// that would tell of fewer than five on one of them.
    pub networks: Option<Vec<NetworkFigures>>,
    /// What it did on all networks together that are not named, if there are any.
    pub other_networks: Option<Figures>,
    /// What it did on the networks that are named is worth this; none where there are none, since
    /// an amount tells of the networks that have a price.
    pub worth: Option<Worth>,
}

/// How the programme does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgrammeHealth {
    /// Members who did not leave.
    pub invited: u64,
    /// Those of them who joined.
    pub joined: u64,
    /// Those of them with an account on a chat.
    pub connected: u64,
    /// Those who shared in the last thirty days; none where they are fewer than five.
    pub active: Option<u64>,
    /// Percent of who joined that are active, rounded down.
    pub adoption_percent: Option<i64>,
    /// What that means.
    pub band: Option<AdoptionBand>,
    /// The last whole weeks, the oldest first.
    pub weeks: Vec<WeekActivity>,
    /// What gives cause for alarm.
    pub alarms: Vec<ProgrammeAlarm>,
}

/// How much was shared in a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeekActivity {
    /// Its Monday.
    pub first_day: NaiveDate,
    /// Shares that count; none where there are not five active members.
    pub shares: Option<i64>,
}

/// What gives cause for alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProgrammeAlarm {
    /// Fewer shares in each of the last three weeks than in the one before.
    ActivityFalls,
    /// Few posts can be shared a week from now.
    ContentRunsDry {
        /// How many.
        posts: u64,
    },
    /// Reviews wait longer than they should.
    ReviewsWait {
        /// How many.
        reviews: u64,
        /// Hours that they may wait.
        hours: i64,
    },
}

/// Why a hit was classed as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HitReason {
    /// A reader: nothing spoke against one.
    Browser,
    /// A bot: a HEAD request.
    HeadRequest,
    /// A bot: a prefetch or preview header.
    Prefetch,
    /// A bot: a known crawler's user agent.
    Crawler,
    /// A bot: a known link scanner's user agent.
    LinkScanner,
    /// A bot: no user agent at all.
    NoUserAgent,
    /// The sharing member: the cookie of the share's own address.
    OwnCookie,
    /// The sharing member: a visitor who opened the share's own address that day.
    OwnVisit,
    /// A reader who asked not to be tracked, by `DNT`.
    DoNotTrack,
    /// A reader who asked not to be tracked, by `Sec-GPC`.
    GlobalPrivacyControl,
}

/// How a programme does, by its share of active members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AdoptionBand {
    /// Below ten percent.
    Stalled,
    /// Between.
    Growing,
    /// From thirty percent on.
    Thriving,
}
