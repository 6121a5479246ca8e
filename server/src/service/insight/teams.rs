//! What teams did in a month that is over. Running months and shorter spans are not told: their
//! differences would tell what somebody did on a day.
//!
//! A month is told by the tree of teams as it was when it was told first, and of the teams that
//! were shown then: told anew after teams were moved, it would tell of the few that were moved.
//! It is told first once the sums have got past its end, so that who looks early does not decide
//! what others see, and never where nothing happened in it.

pub(super) mod course;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::enums::{Measure, Network, Permission};
use entity::ids::{MemberId, OrganizationId, PostId, TeamId};
use entity::{organization, rate, team, team_month};

use super::InsightError;
use crate::app::App;
use crate::domain::groups::{NO_TEAM, Shared, Teams};
use crate::domain::leaderboard::zone;
use crate::domain::span::{Length, Span};
use crate::domain::sums::Sums;
use crate::domain::worth::{Told, Worth, worth};
use crate::service::actor::Actor;
use crate::service::groups::for_some;
use crate::service::sums;
use crate::store::{
    Reader, StoreError, figure_days, programme, rates, share_sums, sharers, team_months,
    teams as rows,
};

/// A team in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamSums {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// How many teams lie above it.
    pub depth: usize,
    /// What it and the teams below it did; none where that is kept back.
    pub told: Option<(Sums, Worth)>,
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

/// What teams did in a month; of one that is not over, nothing is told.
pub async fn teams(app: &App, actor: &Actor, month: Span) -> Result<TeamReport, InsightError> {
    actor.require(Permission::ReadFigures)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let all = rows::of_organization(db, organization).await?;
    let Some((tree, shown)) = tree(app, &actor.organization, (&all, month)).await? else {
        let nobody = groups(&all, (BTreeMap::new(), &BTreeMap::new()), &BTreeSet::new());
        return Ok(told(month, &all, &nobody, |_| None));
    };
    let day = month.first().to_string();
    let by_team = by_team(db, organization, (&tree, &day)).await?;
    let groups = Teams::new(&tree, BTreeMap::new(), BTreeSet::new());
    let rates = rates::list(db, organization).await?;
    Ok(told(month, &all, &groups, |team| {
        let whole = shown.contains(&team).then(|| groups.whole(team))?;
        Some(together(&whole, &by_team, (&rates, &day)))
    }))
}

/// The teams, each with the one above it.
type Tree = BTreeMap<TeamId, Option<TeamId>>;

/// The tree of a month that is over, as it was when the month was first told, and which of its
/// teams are shown; none where it cannot be told, or not yet.
async fn tree(
    app: &App,
    organization: &organization::Model,
    (all, month): (&[team::Model], Span),
) -> Result<Option<(Tree, BTreeSet<TeamId>)>, StoreError> {
    let (db, id) = (app.store.reader(), organization.id);
    let day = month.first().to_string();
    if month.length() != Length::Month || !is_before(month, organization, app.now()) {
        return Ok(None);
    }
    let mut kept = team_months::of_month(db, id, &day).await?;
    if kept.is_empty() {
        // Who was active decides what is shown, and so all of it has to be there.
        let is_complete = is_before(month, organization, sums::complete_until(app).await?);
        if !is_complete || !had_sums(db, id, (all, &day)).await? {
            return Ok(None);
        }
        let txn = app.store.begin().await?;
        // Nobody moves teams meanwhile, and of two who tell a month first, one comes after.
        let all = rows::of_organization_to_change(&txn, id).await?;
        kept = team_months::of_month(&*txn, id, &day).await?;
        if kept.is_empty() {
            let kept_of = (all.as_slice(), month);
            kept = as_of_now(&*txn, organization, kept_of).await?;
            team_months::insert(&txn, kept.clone()).await?;
        }
        txn.commit().await?;
    }
    let shown = kept.iter().filter(|row| row.shown).map(|row| row.team_id);
    let shown = shown.collect();
    let tree = kept.into_iter().map(|row| (row.team_id, row.parent_id));
    Ok(Some((tree.collect(), shown)))
}

/// Whether a month was over at a time, where the organization is.
fn is_before(month: Span, organization: &organization::Model, at: DateTime<Utc>) -> bool {
    month.first() < Span::at(Length::Month, at, zone(&organization.time_zone)).first()
}

/// Whether anything happened in a month. Where nothing did, nothing can be told either, and
/// whoever asks for one month after another leaves nothing behind.
async fn had_sums(
    db: &impl Reader,
    organization: OrganizationId,
    (all, day): (&[team::Model], &str),
) -> Result<bool, StoreError> {
    let tree: Tree = all.iter().map(|team| (team.id, team.parent_id)).collect();
    let is_empty = by_team(db, organization, (&tree, day)).await?.is_empty()
        && share_sums::active_in(db, organization, day)
            .await?
            .is_empty();
    Ok(!is_empty)
}

/// The tree as it is now, as that of a month, and which of its teams may be shown of it.
async fn as_of_now(
    db: &impl Reader,
    organization: &organization::Model,
    (all, month): (&[team::Model], Span),
) -> Result<Vec<team_month::Model>, StoreError> {
    let organization_id = organization.id;
    let (day, last) = (month.first().to_string(), month.last().to_string());
    let tree: Tree = all.iter().map(|team| (team.id, team.parent_id)).collect();
    let by_team = by_team(db, organization_id, (&tree, &day)).await?;
    let mut active: BTreeMap<TeamId, BTreeSet<MemberId>> = BTreeMap::new();
    for (team, member) in share_sums::active_in(db, organization_id, &day).await? {
        active.entry(team).or_default().insert(member);
    }
    let peopled = programme::peopled_teams(db, organization_id).await?;
    let peopled: BTreeSet<TeamId> = peopled
        .into_iter()
        .map(|team| team.unwrap_or(NO_TEAM))
        .collect();
    let groups = groups(all, (active, &by_team), &peopled);
    let days = (day.as_str(), last.as_str());
    // These count in teams, and in no figure of the whole organization.
    let hold_more = figure_days::did_anything_for_some(db, organization_id, days).await?;
    let groups = if hold_more {
        groups.holding_more()
    } else {
        groups
    };
    let shown = groups.shown_beside(&shared(db, organization_id, (all, days)).await?);
    let rows = all.iter().map(|team| team_month::Model {
        organization_id,
        month: day.clone(),
        team_id: team.id,
        parent_id: team.parent_id,
        shown: shown.contains(&team.id),
    });
    Ok(rows.collect())
}

/// Who shared what in a month that is over, in the teams of the tree or in none.
async fn shared(
    db: &impl Reader,
    organization: OrganizationId,
    (all, days): (&[team::Model], (&str, &str)),
) -> Result<Shared, StoreError> {
    let known: BTreeSet<TeamId> = all.iter().map(|team| team.id).collect();
    let shares = sharers::everybody(db, organization, days)
        .await?
        .into_iter();
    let shares = shares.map(|(team, member, post)| {
        // What a team did that is gone by now belongs to who has none.
        let team = team.filter(|team| known.contains(team));
        (team.unwrap_or(NO_TEAM), member, post)
    });
    let shares: Vec<(TeamId, MemberId, PostId)> = shares.collect();
    let posts: BTreeSet<PostId> = shares.iter().map(|(.., post)| *post).collect();
    let posts: Vec<PostId> = posts.into_iter().collect();
    let for_some = for_some(db, organization, &posts).await?;
    Ok(Shared::new(&shares, &for_some))
}

/// What was measured of the teams of a tree and of who has none in a month.
async fn by_team(
    db: &impl Reader,
    organization: OrganizationId,
    (tree, day): (&Tree, &str),
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

/// The tree, who was active in it, and which of its teams are of no matter.
fn groups(
    all: &[team::Model],
    (mut active, sums): (BTreeMap<TeamId, BTreeSet<MemberId>>, &ByTeam),
    peopled: &BTreeSet<TeamId>,
) -> Teams {
    let parents: BTreeMap<TeamId, Option<TeamId>> =
        all.iter().map(|team| (team.id, team.parent_id)).collect();
    // What a team did that is gone by now belongs to who has none.
    let gone: Vec<TeamId> = active
        .keys()
        .filter(|team| **team != NO_TEAM && !parents.contains_key(team))
        .copied()
        .collect();
    for team in gone {
        let members = active.remove(&team).unwrap_or_default();
        active.entry(NO_TEAM).or_default().extend(members);
    }
    let vacant = parents
        .keys()
        .copied()
        .chain([NO_TEAM])
        .filter(|team| {
            !active.contains_key(team) && !sums.contains_key(team) && !peopled.contains(team)
        })
        .collect();
    Teams::new(&parents, active, vacant)
}

/// What teams did together, and what it is worth.
fn together(
    teams: &BTreeSet<TeamId>,
    by_team: &BTreeMap<TeamId, Vec<(Network, Measure, i64)>>,
    (rates, day): (&[rate::Model], &str),
) -> (Sums, Worth) {
    let rows = teams.iter().filter_map(|team| by_team.get(team)).flatten();
    valued(rows.copied(), (rates, day))
}

/// What was measured in the month that begins on a day, and what it is worth.
fn valued(
    rows: impl Iterator<Item = (Network, Measure, i64)>,
    (rates, day): (&[rate::Model], &str),
) -> (Sums, Worth) {
    let told: Vec<Told> = rows
        .map(|(network, measure, value)| (day.to_owned(), network, measure, value))
        .collect();
    let sums = told
        .iter()
        .map(|(_, _, measure, value)| (*measure, *value))
        .collect();
    (sums, worth(rates, &told, true))
}

/// The teams in the order of the tree, and by name beside each other.
fn told(
    month: Span,
    all: &[team::Model],
    groups: &Teams,
    tell: impl Fn(TeamId) -> Option<(Sums, Worth)>,
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
