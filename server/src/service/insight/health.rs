//! How the programme does: who was invited, joined, is connected and active, and what gives
//! cause for alarm.

use chrono::TimeDelta;
use entity::enums::Permission;

use super::InsightError;
use super::report::{left_out, shares_in};
use crate::app::App;
use crate::domain::groups::GROUP;
use crate::domain::health::{
    ACTIVE, AHEAD, Alarm, Band, ENOUGH, FALLING_WEEKS, PATIENCE, adoption, band, falls,
};
use crate::domain::leaderboard::zone;
use crate::domain::span::{Stretch, whole_weeks};
use crate::service::actor::Actor;
use crate::service::groups::{Months, sharers_in};
use crate::store::figure_days::Subject as Rows;
use crate::store::sharers::Posts;
use crate::store::{content_rules, posts, programme, share_sums};

/// Whole weeks that are told.
const WEEKS: u64 = 8;

/// How the programme does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Members who did not leave.
    pub invited: u64,
    /// Those of them who joined.
    pub joined: u64,
    /// Those of them with an account on a chat.
    pub connected: u64,
    /// Who shared in the last thirty days, also if they left since, so that letting somebody go
    /// tells nothing about them; none where they are fewer than five.
    pub active: Option<u64>,
    /// Percent of who joined that are active.
    pub adoption: Option<i64>,
    /// What that means.
    pub band: Option<Band>,
    /// Shares that count in each of the last whole weeks; none where there is no group, now or in
    /// a month that the week lies in.
    pub weeks: Vec<(Stretch, Option<i64>)>,
    /// Posts for some people, whose shares are not among these.
    pub left_out: usize,
    /// What gives cause for alarm.
    pub alarms: Vec<Alarm>,
}

/// How the programme does.
pub async fn health(app: &App, actor: &Actor) -> Result<Health, InsightError> {
    actor.require(Permission::ReadFigures)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let people = programme::people(db, organization).await?;
    let active = share_sums::active_since(db, organization, app.now() - ACTIVE).await?;
    let weeks = weeks(app, actor).await?;
    let active = weeks.is_group_now.then_some(active);
    let adoption = active.and_then(|active| adoption(active, people.joined));
    Ok(Health {
        invited: people.invited,
        joined: people.joined,
        connected: people.connected,
        active,
        adoption,
        band: adoption.map(band),
        weeks: weeks.told,
        left_out: left_out(app, actor, None).await?,
        alarms: alarms(app, actor).await?,
    })
}

/// The last whole weeks.
struct Weeks {
    is_group_now: bool,
    /// Shares that count in each; none where that is kept back.
    told: Vec<(Stretch, Option<i64>)>,
}

async fn weeks(app: &App, actor: &Actor) -> Result<Weeks, InsightError> {
    let weeks = last_weeks(app, actor);
    let shares = shares_in(app, actor, (Rows::Organization, &weeks)).await?;
    let first = weeks.first().map(|week| week.from.to_string());
    let months = Months::since(app, &actor.organization, &first.unwrap_or_default()).await?;
    let told = weeks.into_iter().zip(shares).map(|(week, shares)| {
        let (from, until) = (week.from.to_string(), week.until.to_string());
        let is_group = months.is_group_till_now(&from, &until);
        (week, is_group.then_some(shares))
    });
    Ok(Weeks {
        is_group_now: months.is_group_now(),
        told: told.collect(),
    })
}

fn last_weeks(app: &App, actor: &Actor) -> Vec<Stretch> {
    let zone = zone(&actor.organization.time_zone);
    whole_weeks(WEEKS, app.now(), zone)
}

/// Whether activity fell in all of the last weeks. Posts for some people count, too: content that
/// moves to audiences is no fall. Nothing but the direction is told, and only where a group shared
/// in each of these weeks.
async fn activity_falls(app: &App, actor: &Actor) -> Result<bool, InsightError> {
    let weeks = last_weeks(app, actor);
    let before = weeks.len().saturating_sub(FALLING_WEEKS + 1);
    let weeks: Vec<Stretch> = weeks.into_iter().skip(before).collect();
    let shares = shares_in(app, actor, (Rows::Whole, &weeks)).await?;
    if !falls(&shares) {
        return Ok(false);
    }
    let (db, organization) = (app.store.reader(), actor.organization.id);
    for week in weeks {
        let (from, until) = (week.from.to_string(), week.until.to_string());
        let days = (from.as_str(), until.as_str());
        if sharers_in(db, organization, days, Posts::All).await? < GROUP {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What gives cause for alarm.
pub async fn alarms(app: &App, actor: &Actor) -> Result<Vec<Alarm>, InsightError> {
    actor.require(Permission::ReadFigures)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let mut alarms = Vec::new();
    if activity_falls(app, actor).await? {
        alarms.push(Alarm::Falling);
    }
    let open = programme::open_at(db, organization, app.now() + AHEAD).await?;
    if open < ENOUGH {
        alarms.push(Alarm::RunningDry(open));
    }
    alarms.extend(waiting(app, actor).await?);
    Ok(alarms)
}

/// Reviews that wait longer than the organization wants, or than three days.
async fn waiting(app: &App, actor: &Actor) -> Result<Option<Alarm>, InsightError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let rules = content_rules::find(db, organization).await?;
    let hours = rules.map_or(0, |rules| rules.review_hours);
    let hours = if hours > 0 { hours } else { PATIENCE };
    let before = app.now() - TimeDelta::hours(hours);
    let count = posts::library::waiting_since(db, organization, before).await?;
    Ok((count > 0).then_some(Alarm::ReviewsWait(count, hours)))
}
