//! The tree of teams: grown, bent and pruned by who looks after members. A team has a name of its
//! own within the organization, hangs on at most one other, and goes only when it is empty.

use std::collections::HashMap;

use entity::enums::{Permission, PostState};
use entity::ids::TeamId;
use entity::{post, team};
use serde_json::{Value, json};
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::{audit, members as people};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::post::unarchived;
use crate::domain::team::{MOST, tree, would_circle};
use crate::store::{StoreError, Txn, members, posts, teams};

/// States of posts that go on or may be brought back: whom they are for still matters.
const GOING_ON: [PostState; 6] = [
    PostState::Archived,
    PostState::Draft,
    PostState::InReview,
    PostState::Approved,
    PostState::Scheduled,
    PostState::Live,
];

/// A team of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The team.
    pub team: team::Model,
    /// How many teams are above it.
    pub depth: usize,
    /// Members who belong to it, and did not leave; those of the teams below it not counted.
    pub members: i64,
}

/// Why a team is not made, changed or taken away.
#[derive(Debug, Error)]
pub enum TeamError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such team.
    #[error("there is no such team")]
    NotFound,
    /// A field is invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// Another team bears the name.
    #[error("another team bears this name")]
    NameTaken,
    /// Members belong to it, or teams hang on it.
    #[error("the team is not empty: move its members and the teams below it first")]
    NotEmpty,
    /// Posts that are not over are for it, or drafts in the archive: without it, they would be for
    /// nobody.
    #[error("posts are for this team: change first whom they are for")]
    Meant,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Fault> for TeamError {
    fn from(fault: Fault) -> Self {
        Self::Invalid(vec![fault])
    }
}

/// The teams in the order of their tree, each before those below it.
pub async fn show_tree(app: &App, actor: &Actor) -> Result<Vec<Branch>, LookError> {
    actor.require(Permission::ReadMembers)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let all = teams::of_organization(db, organization).await?;
    let counted = members::count_by_team(db, organization).await?;
    let counted: HashMap<TeamId, i64> = counted.into_iter().collect();
    let branches = tree(&all).into_iter().map(|one| Branch {
        members: counted.get(&one.team.id).copied().unwrap_or_default(),
        team: one.team,
        depth: one.depth,
    });
    Ok(branches.collect())
}

/// Makes a team, on another or at the root.
pub async fn create_team(
    app: &App,
    actor: &Actor,
    (name, parent): (&str, Option<TeamId>),
) -> Result<team::Model, TeamError> {
    actor.require(Permission::ManageMembers)?;
    let name = checked(name)?;
    let txn = app.store.begin().await?;
    let all = teams::of_organization_to_change(&txn, actor.organization.id).await?;
    if all.len() >= MOST {
        return Err(Fault::new("name", format!("would be more than {MOST} teams")).into());
    }
    if parent.is_some_and(|parent| !all.iter().any(|team| team.id == parent)) {
        return Err(Fault::new("parent_id", "is no team").into());
    }
    let row = team::Model {
        id: TeamId(app.uuid()),
        organization_id: actor.organization.id,
        parent_id: parent,
        name,
        created_at: app.now(),
    };
    let team = teams::insert(&*txn, row).await.map_err(taken)?;
    record(&txn, app, actor, ("team.create", team.id, json!({}))).await?;
    txn.commit().await?;
    Ok(team)
}

/// Gives a team another name; its own again changes nothing.
pub async fn rename_team(
    app: &App,
    actor: &Actor,
    id: TeamId,
    name: &str,
) -> Result<team::Model, TeamError> {
    actor.require(Permission::ManageMembers)?;
    let name = checked(name)?;
    let txn = app.store.begin().await?;
    let (_, team) = hold(&txn, actor, id).await?;
    if team.name == name {
        return Ok(team);
    }
    let detail = json!({"before": team.name, "after": name});
    let row = team::Model { name, ..team };
    let team = teams::update(&txn, row).await.map_err(taken)?;
    record(&txn, app, actor, ("team.rename", id, detail)).await?;
    txn.commit().await?;
    Ok(team)
}

/// Hangs a team on another or on the root, with everything below it; never on itself.
pub async fn move_team(
    app: &App,
    actor: &Actor,
    id: TeamId,
    parent: Option<TeamId>,
) -> Result<team::Model, TeamError> {
    actor.require(Permission::ManageMembers)?;
    let txn = app.store.begin().await?;
    let (all, team) = hold(&txn, actor, id).await?;
    if let Some(parent) = parent {
        if !all.iter().any(|one| one.id == parent) {
            return Err(Fault::new("parent_id", "is no team").into());
        }
        if would_circle(&all, id, parent) {
            let reason = "is this team, or one below it";
            return Err(Fault::new("parent_id", reason).into());
        }
    }
    if team.parent_id == parent {
        return Ok(team);
    }
    let named = |id: Option<TeamId>| {
        let found = all.iter().find(|one| Some(one.id) == id);
        found.map(|one| one.name.as_str())
    };
    let detail = json!({"before": named(team.parent_id), "after": named(parent)});
    let row = team::Model {
        parent_id: parent,
        ..team
    };
    let team = teams::update(&txn, row).await?;
    record(&txn, app, actor, ("team.move", id, detail)).await?;
    txn.commit().await?;
    Ok(team)
}

/// Takes away a team to which nobody belongs, on which nothing hangs, and for which no post is.
pub async fn remove_team(app: &App, actor: &Actor, id: TeamId) -> Result<(), TeamError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let (all, team) = hold(&txn, actor, id).await?;
    let counted = members::count_by_team(&*txn, organization).await?;
    let has_members = counted.iter().any(|(team, _)| *team == id);
    if has_members || all.iter().any(|one| one.parent_id == Some(id)) {
        return Err(TeamError::NotEmpty);
    }
    let posts = posts::with_audience(&*txn, organization, &GOING_ON).await?;
    let meant = posts.iter().filter(|post| goes_on(post));
    let rules = meant.filter_map(|post| post.audience.as_ref());
    if rules.flat_map(|rule| &rule.teams).any(|team| *team == id) {
        return Err(TeamError::Meant);
    }
    teams::delete(&txn, organization, id).await?;
    let detail = json!({"name": team.name});
    record(&txn, app, actor, ("team.remove", id, detail)).await?;
    Ok(txn.commit().await?)
}

/// Whether it matters whom a post is for: from the archive, only one that was never out comes back
/// to be published.
fn goes_on(post: &post::Model) -> bool {
    post.state != PostState::Archived || unarchived(post) == PostState::Draft
}

/// Every team, held, and the one that is meant.
async fn hold(
    txn: &Txn,
    actor: &Actor,
    id: TeamId,
) -> Result<(Vec<team::Model>, team::Model), TeamError> {
    let all = teams::of_organization_to_change(txn, actor.organization.id).await?;
    let found = all.iter().find(|team| team.id == id).cloned();
    let team = found.ok_or(TeamError::NotFound)?;
    Ok((all, team))
}

fn checked(name: &str) -> Result<String, TeamError> {
    people::name(name).map_err(|reason| Fault::new("name", reason))?;
    Ok(name.trim().to_owned())
}

fn taken(error: StoreError) -> TeamError {
    match error {
        StoreError::Conflict => TeamError::NameTaken,
        other => other.into(),
    }
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, id, detail): (&'static str, TeamId, Value),
) -> Result<(), StoreError> {
    let event = audit::Event {
        action,
        subject: format!("team:{id}"),
        detail,
    };
    audit::record(txn, app, actor, event).await
}

#[cfg(test)]
mod tests;
