//! How a month is told of teams: by the tree as it was when it was told first, of the teams that
//! were shown then, and of those of them by network of which it could be told. Told anew after
//! teams were moved, it would tell of the few that were moved.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::enums::Network;
use entity::ids::{MemberId, OrganizationId, PostId, TeamId};
use entity::json::Networks;
use entity::{organization, team, team_month};

use crate::app::App;
use crate::domain::groups::{NO_TEAM, OnNetworks, Teams};
use crate::domain::leaderboard::zone;
use crate::domain::span::{Length, Span};
use crate::service::groups::for_some;
use crate::service::sums;
use crate::store::{
    Reader, StoreError, figure_days, programme, share_sums, sharers, team_months, teams as rows,
};

/// Teams, each with the one above it.
pub(super) type Tree = BTreeMap<TeamId, Option<TeamId>>;

/// A month as it was when it was first told.
pub(super) struct Kept {
    /// Its teams.
    pub(super) tree: Tree,
    /// Those that are shown, with the networks that are named of those that are shown by network.
    pub(super) shown: BTreeMap<TeamId, Option<Networks>>,
}

/// A month that is over; none where it cannot be told, or not yet.
pub(super) async fn of_month(
    app: &App,
    organization: &organization::Model,
    month: Span,
) -> Result<Option<Kept>, StoreError> {
    let (db, id) = (app.store.reader(), organization.id);
    let day = month.first().to_string();
    if month.length() != Length::Month || !is_before(month, organization, app.now()) {
        return Ok(None);
    }
    let mut kept = team_months::of_month(db, id, &day).await?;
    if kept.is_empty() {
        // Who was active decides what is shown, and so all of it has to be there.
        let is_complete = is_before(month, organization, sums::complete_until(app).await?);
        if !is_complete || !had_sums(db, id, &day).await? {
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
    let tree = kept.iter().map(|row| (row.team_id, row.parent_id));
    let tree = tree.collect();
    let shown = kept.into_iter().filter(|row| row.shown);
    let shown = shown.map(|row| (row.team_id, row.networks)).collect();
    Ok(Some(Kept { tree, shown }))
}

/// The tree of teams as they are now.
pub(super) fn tree_of_now(all: &[team::Model]) -> Tree {
    all.iter().map(|team| (team.id, team.parent_id)).collect()
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
    day: &str,
) -> Result<bool, StoreError> {
    let measured = figure_days::measured_of_teams(db, organization, day).await?;
    let is_empty = measured.is_empty()
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
    let measured = figure_days::measured_of_teams(db, organization_id, &day).await?;
    let mut active: BTreeMap<TeamId, BTreeSet<MemberId>> = BTreeMap::new();
    for (team, member) in share_sums::active_in(db, organization_id, &day).await? {
        active.entry(team).or_default().insert(member);
    }
    let days = (day.as_str(), last.as_str());
    let networks = measured.iter().map(|(_, network)| *network).collect();
    let on_networks = on_networks(db, organization_id, (all, days), networks).await?;
    let peopled = programme::peopled_teams(db, organization_id).await?;
    let peopled = peopled.into_iter().map(|team| team.unwrap_or(NO_TEAM));
    let measured = measured.into_iter().map(|(team, _)| TeamId(team));
    let alive = peopled.chain(measured).collect();
    let groups = groups(all, active, alive);
    // These count in teams, and in no figure of the whole organization.
    let hold_more = figure_days::did_anything_for_some(db, organization_id, days).await?;
    let groups = if hold_more {
        groups.holding_more()
    } else {
        groups
    };
    let shown = groups.shown_beside(&on_networks.on_all());
    let by_network = groups.by_network(&shown, &on_networks);
    let named = |team: &TeamId| {
        let is_told = by_network.teams.contains(team);
        is_told.then(|| Networks(by_network.named.clone()))
    };
    let rows = all.iter().map(|team| team_month::Model {
        organization_id,
        month: day.clone(),
        team_id: team.id,
        parent_id: team.parent_id,
        shown: shown.contains(&team.id),
        networks: named(&team.id),
    });
    Ok(rows.collect())
}

/// What happened where in a month that is over.
async fn on_networks(
    db: &impl Reader,
    organization: OrganizationId,
    (all, days): (&[team::Model], (&str, &str)),
    measured: BTreeSet<Network>,
) -> Result<OnNetworks, StoreError> {
    let shares = shares(db, organization, (all, days)).await?;
    let posts: BTreeSet<PostId> = shares.iter().map(|(.., post)| *post).collect();
    let posts: Vec<PostId> = posts.into_iter().collect();
    Ok(OnNetworks {
        measured,
        for_some: for_some(db, organization, &posts).await?,
        shares,
    })
}

/// Who shared what where in a month that is over, in the teams of the tree or in none.
async fn shares(
    db: &impl Reader,
    organization: OrganizationId,
    (all, days): (&[team::Model], (&str, &str)),
) -> Result<Vec<(Network, TeamId, MemberId, PostId)>, StoreError> {
    let known: BTreeSet<TeamId> = all.iter().map(|team| team.id).collect();
    let shares = sharers::everybody(db, organization, days).await?;
    let shares = shares.into_iter().map(|(team, member, post, network)| {
        // What a team did that is gone by now belongs to who has none.
        let team = team.filter(|team| known.contains(team));
        (network, team.unwrap_or(NO_TEAM), member, post)
    });
    Ok(shares.collect())
}

/// The tree, who was active in it, and which of its teams are of no matter: all but those that hold
/// anybody or of which anything was measured. What a team did that is gone by now belongs to who
/// has none.
fn groups(
    all: &[team::Model],
    active: BTreeMap<TeamId, BTreeSet<MemberId>>,
    alive: BTreeSet<TeamId>,
) -> Teams {
    let parents = tree_of_now(all);
    let now = |team: TeamId| {
        if parents.contains_key(&team) {
            team
        } else {
            NO_TEAM
        }
    };
    let mut active_now: BTreeMap<TeamId, BTreeSet<MemberId>> = BTreeMap::new();
    for (team, members) in active {
        active_now.entry(now(team)).or_default().extend(members);
    }
    let alive: BTreeSet<TeamId> = alive.into_iter().map(now).collect();
    let vacant = parents
        .keys()
        .copied()
        .chain([NO_TEAM])
        .filter(|team| !active_now.contains_key(team) && !alive.contains(team));
    let vacant = vacant.collect();
    Teams::new(&parents, active_now, vacant)
}
