//! What one team did, month after month. Each month is told as it is beside all other teams, or
//! kept back as it is there, so that nothing is told here that is not told there.

use std::collections::BTreeSet;

use entity::enums::Permission;
use entity::ids::{OrganizationId, TeamId};
use entity::json::Networks;
use entity::rate;
use futures::future::try_join_all;

use super::figures::TeamFigures;
use super::own::Scope;
use super::{kept, month_before, tree_of};
use crate::app::App;
use crate::domain::span::Span;
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
    pub told: Option<TeamFigures>,
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
    actor.require(Permission::ReadTeamFigures)?;
    let (db, organization) = (app.store.reader(), &actor.organization);
    let all = rows::of_organization(db, organization.id).await?;
    // One that the actor may not see is like one that is not there.
    let own = Scope::of(actor, &all);
    let found = all.iter().find(|team| team.id == id && own.holds(id));
    let name = found.ok_or(InsightError::NotFound)?.name.clone();
    let rates = rates::list(db, organization.id).await?;
    let mut asked = Vec::with_capacity(MONTHS);
    let mut month = month_before(app, organization);
    for _ in 0..MONTHS {
        let kept = kept::of_month(app, organization, month).await?;
        let told = kept.and_then(|mut kept| {
            let networks = kept.shown.remove(&id)?;
            Some((tree_of(&kept.tree).whole(id), networks))
        });
        asked.push(in_month(app, organization.id, &rates, (month, told)));
        month = month.before();
    }
    // At once: of a team above all others, each month is the sum of as many rows as there are.
    let mut months = try_join_all(asked).await?;
    months.reverse();
    Ok(TeamCourse { name, months })
}

/// A team with those below it, and the networks that may be named of them.
type Whole = (BTreeSet<TeamId>, Option<Networks>);

/// What these teams did together in a month, by the networks that may be named; where there are
/// none, it is kept back.
async fn in_month(
    app: &App,
    organization: OrganizationId,
    rates: &[rate::Model],
    (month, told): (Span, Option<Whole>),
) -> Result<TeamMonth, StoreError> {
    let Some((whole, networks)) = told else {
        return Ok(TeamMonth { month, told: None });
    };
    let teams: Vec<uuid::Uuid> = whole.into_iter().map(|team| team.0).collect();
    let (db, day) = (app.store.reader(), month.first().to_string());
    let rows = figure_days::of_teams_together(db, organization, &teams, &day).await?;
    Ok(TeamMonth {
        month,
        told: Some(TeamFigures::of(
            rows.into_iter(),
            networks.as_ref(),
            (rates, &day),
        )),
    })
}
