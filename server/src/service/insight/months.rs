//! What the month that runs brought, beside the one before it.

use entity::enums::Permission;

use super::InsightError;
use super::report::networks;
use crate::app::App;
use crate::domain::leaderboard::zone;
use crate::domain::span::{Length, Span};
use crate::domain::sums::Sums;
use crate::service::actor::Actor;
use crate::service::groups::Months;
use crate::store::figure_days::{self, Subject as Rows};

/// What everything brought in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSums {
    /// The month.
    pub month: Span,
    /// What it brought.
    pub sums: Sums,
    /// Whether what members did is told.
    pub is_group: bool,
}

/// The month that runs, and the one before.
pub async fn two_months(app: &App, actor: &Actor) -> Result<(MonthSums, MonthSums), InsightError> {
    actor.require(Permission::ReadFigures)?;
    let zone = zone(&actor.organization.time_zone);
    let running = Span::at(Length::Month, app.now(), zone);
    let before = running.before();
    let first = before.first().to_string();
    let months = Months::since(app, &actor.organization, &first).await?;
    Ok((
        sums_of(app, actor, (&months, running)).await?,
        sums_of(app, actor, (&months, before)).await?,
    ))
}

async fn sums_of(
    app: &App,
    actor: &Actor,
    (months, month): (&Months, Span),
) -> Result<MonthSums, InsightError> {
    let (first, last) = (month.first().to_string(), month.last().to_string());
    let days = (first.as_str(), last.as_str());
    // Of one month, all is told or nothing.
    let is_group = months.extent(days.0, days.1).is_group();
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let rows = figure_days::by_network(db, organization, &Rows::Organization, days).await?;
    let mut sums = Sums::default();
    for (_, one) in networks(rows, is_group) {
        sums.join(&one);
    }
    Ok(MonthSums {
        month,
        sums,
        is_group,
    })
}
