//! What one team did, month after month. Each month is told as it is beside all other teams, or
//! kept back as it is there, so that nothing is told here that is not told there.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::Permission;
use entity::ids::{OrganizationId, TeamId};
use entity::rate;
use futures::future::try_join_all;

use super::{month_before, tree, valued};
use crate::app::App;
use crate::domain::groups::Teams;
use crate::domain::span::Span;
use crate::domain::sums::Sums;
use crate::domain::worth::Worth;
use crate::service::actor::Actor;
use crate::service::insight::InsightError;
use crate::store::{StoreError, figure_days, rates, teams as rows};

/// Months of a team that are told beside each other.
const MONTHS: usize = 12;

/// A month of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMonth {
    /// The month.
    pub month: Span,
    /// What the team and the teams below it did; none where that is kept back.
    pub told: Option<(Sums, Worth)>,
}

/// A team in the newest months that are over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamCourse {
    /// Its name.
    pub name: String,
    /// The months, the oldest first.
    pub months: Vec<TeamMonth>,
}

/// What a team did in the newest months that are over.
pub async fn team(app: &App, actor: &Actor, id: TeamId) -> Result<TeamCourse, InsightError> {
    actor.require(Permission::ReadFigures)?;
    let (db, organization) = (app.store.reader(), &actor.organization);
    let all = rows::of_organization(db, organization.id).await?;
    let found = all.iter().find(|team| team.id == id);
    let name = found.ok_or(InsightError::NotFound)?.name.clone();
    let rates = rates::list(db, organization.id).await?;
    let mut asked = Vec::with_capacity(MONTHS);
    let mut month = month_before(app, organization);
    for _ in 0..MONTHS {
        let told = tree(app, organization, (&all, month)).await?;
        let whole = told
            .filter(|(_, shown)| shown.contains(&id))
            .map(|(tree, _)| Teams::new(&tree, BTreeMap::new(), BTreeSet::new()).whole(id));
        asked.push(in_month(app, organization.id, &rates, (month, whole)));
        month = month.before();
    }
    // At once: of a team above all others, each month is the sum of as many rows as there are.
    let mut months = try_join_all(asked).await?;
    months.reverse();
    Ok(TeamCourse { name, months })
}

/// What these teams did together in a month; where there are none, it is kept back.
async fn in_month(
    app: &App,
    organization: OrganizationId,
    rates: &[rate::Model],
    (month, whole): (Span, Option<BTreeSet<TeamId>>),
) -> Result<TeamMonth, StoreError> {
    let Some(whole) = whole else {
        return Ok(TeamMonth { month, told: None });
    };
    let teams: Vec<uuid::Uuid> = whole.into_iter().map(|team| team.0).collect();
    let (db, day) = (app.store.reader(), month.first().to_string());
    let rows = figure_days::of_teams_together(db, organization, &teams, &day).await?;
    Ok(TeamMonth {
        month,
        told: Some(valued(rows.into_iter(), (rates, &day))),
    })
}
