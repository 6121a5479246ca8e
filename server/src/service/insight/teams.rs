//! What teams did in a month that is over. Running months and shorter spans are not told: their
//! differences would tell what somebody did on a day.
//!
//! A month is told by the tree of teams as it was when it was told first, and of the teams that
//! were shown then: told anew after teams were moved, it would tell of the few that were moved.
//! It is told first once the sums have got past its end, so that who looks early does not decide
//! what others see, and never where nothing happened in it.

pub(super) mod course;
pub(super) mod figures;
mod kept;
mod own;

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::{Measure, Network, Permission};
use entity::ids::{OrganizationId, TeamId};
use entity::{organization, team};

use super::InsightError;
use crate::app::App;
use crate::domain::groups::{NO_TEAM, Teams};
use crate::domain::leaderboard::zone;
use crate::domain::span::{Length, Span};
use crate::service::actor::Actor;
use crate::store::{Reader, StoreError, figure_days, rates, teams as rows};
use figures::TeamFigures;

/// A team in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamSums {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// How many teams lie above it, of those that may be seen.
    pub depth: usize,
    /// What it and the teams below it did; none where that is kept back.
    pub told: Option<TeamFigures>,
}

/// The teams in a month, each after the one above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamReport {
    /// The month.
    pub month: Span,
    /// The teams.
    pub teams: Vec<TeamSums>,
}

/// The newest month that is over.
pub fn month_before(app: &App, organization: &organization::Model) -> Span {
    Span::at(Length::Month, app.now(), zone(&organization.time_zone)).before()
}

/// What teams did in a month, as far as the actor may see them; of one that is not over, nothing
/// is told.
pub async fn teams(app: &App, actor: &Actor, month: Span) -> Result<TeamReport, InsightError> {
    actor.require(Permission::ReadTeamFigures)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let all = rows::of_organization(db, organization).await?;
    let own = own::Scope::of(actor, &all);
    let Some(kept) = kept::of_month(app, &actor.organization, month).await? else {
        let tree = tree_of(&kept::tree_of_now(&all));
        return Ok(own.narrow(told(month, &all, &tree, |_| None)));
    };
    let day = month.first().to_string();
    let by_team = by_team(db, organization, (&kept.tree, &day)).await?;
    let tree = tree_of(&kept.tree);
    let rates = rates::list(db, organization).await?;
    Ok(own.narrow(told(month, &all, &tree, |team| {
        let told = kept.shown.get(&team)?;
        let whole = tree.whole(team).into_iter();
        let rows = whole.filter_map(|team| by_team.get(&team)).flatten();
        let rows = rows.copied();
        Some(TeamFigures::of(rows, told.as_ref(), (&rates, &day)))
    })))
}

/// A tree of which nothing else matters.
fn tree_of(tree: &kept::Tree) -> Teams {
    Teams::new(tree, BTreeMap::new(), BTreeSet::new())
}

/// What was measured of the teams of a tree and of who has none in a month.
async fn by_team(
    db: &impl Reader,
    organization: OrganizationId,
    (tree, day): (&kept::Tree, &str),
) -> Result<ByTeam, StoreError> {
    let subjects = tree.keys().map(|team| team.0).chain([NO_TEAM.0]);
    let subjects: Vec<uuid::Uuid> = subjects.collect();
    let sums = figure_days::of_teams(db, organization, &subjects, day).await?;
    let mut by_team = ByTeam::new();
    for (subject, network, measure, value) in sums {
        let of = by_team.entry(TeamId(subject)).or_default();
        of.push((network, measure, value));
    }
    Ok(by_team)
}

/// What was measured, by team.
type ByTeam = BTreeMap<TeamId, Vec<(Network, Measure, i64)>>;

/// The teams in the order of the tree, and by name beside each other.
fn told(
    month: Span,
    all: &[team::Model],
    groups: &Teams,
    tell: impl Fn(TeamId) -> Option<TeamFigures>,
) -> TeamReport {
    let place: BTreeMap<TeamId, (usize, &team::Model)> = all
        .iter()
        .enumerate()
        .map(|(at, team)| (team.id, (at, team)))
        .collect();
    let mut teams = Vec::with_capacity(all.len());
    let mut seen = BTreeSet::new();
    let in_order = |above: Option<TeamId>, depth: usize| {
        let mut below: Vec<(TeamId, usize)> =
            groups.below(above).iter().map(|id| (*id, depth)).collect();
        // The last one comes first off the pile.
        below.sort_unstable_by_key(|(id, _)| {
            std::cmp::Reverse(place.get(id).map_or(0, |(at, _)| *at))
        });
        below
    };
    let mut open = in_order(None, 0);
    while let Some((id, depth)) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        // One that is gone by now has no name, and counts in those above it.
        let Some((_, team)) = place.get(&id) else {
            open.extend(in_order(Some(id), depth));
            continue;
        };
        teams.push(TeamSums {
            team: id,
            name: team.name.clone(),
            depth,
            told: tell(id),
        });
        open.extend(in_order(Some(id), depth + 1));
    }
    TeamReport { month, teams }
}
