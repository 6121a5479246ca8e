//! Changing members: what they may do, where they belong, what they are called.

use entity::enums::{Permission, Role};
use entity::ids::{MemberId, OrganizationId, TeamId};
use entity::json::Roles;
use entity::member;
use serde_json::{Value, json};

use super::teams::Teams;
use super::{MemberError, Seen, may_grant, name, roles};
use crate::app::App;
use crate::domain::email;
use crate::domain::fault::Fault;
use crate::service::actor::Actor;
use crate::service::audit;
use crate::service::pairing::part_from_issued;
use crate::store::{StoreError, Txn, credentials, login_links, members, pairing, sessions, shares};

/// What a member is called, and where they are reached; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The name that colleagues know.
    pub display_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A member who is held, and whether anybody else is an owner.
pub(super) struct Held {
    pub(super) member: member::Model,
    pub(super) has_other_owners: bool,
}

/// Holds a member and every owner until the transaction ends, in the order of their ids: of two
/// owners who are demoted at once, one stays. Who was erased is not there.
pub(super) async fn hold(
    txn: &Txn,
    organization: OrganizationId,
    id: MemberId,
) -> Result<Held, MemberError> {
    let held = hold_also_erased(txn, organization, id).await?;
    match held.member.erased_at {
        None => Ok(held),
        Some(_) => Err(MemberError::NotFound),
    }
}

/// The same, also of who was erased.
pub(super) async fn hold_also_erased(
    txn: &Txn,
    organization: OrganizationId,
    id: MemberId,
) -> Result<Held, MemberError> {
    let mut ids = members::of_role(&**txn, organization, Role::Owner).await?;
    ids.push(id);
    let locked = shares::lock_members(txn, &ids).await?;
    let of_here = |one: &&member::Model| one.organization_id == organization;
    let member = locked.iter().filter(of_here).find(|one| one.id == id);
    let others = locked.iter().filter(of_here).filter(|one| one.id != id);
    Ok(Held {
        member: member.ok_or(MemberError::NotFound)?.clone(),
        has_other_owners: others
            .filter(|one| one.left_at.is_none())
            .any(|one| one.roles.0.contains(&Role::Owner)),
    })
}

impl Held {
    /// The member, if they are there.
    pub(super) fn present(self) -> Result<Self, MemberError> {
        match self.member.left_at {
            None => Ok(self),
            Some(_) => Err(MemberError::MemberLeft),
        }
    }

    /// Whether nobody could look after the organization without them.
    pub(super) fn is_last_owner(&self) -> bool {
        self.member.roles.0.contains(&Role::Owner) && !self.has_other_owners
    }
}

/// Gives a member these roles and no others. Nobody gives or takes what they do not hold, and
/// an organization keeps an owner.
pub async fn set_roles(
    app: &App,
    actor: &Actor,
    id: MemberId,
    wanted: Vec<Role>,
) -> Result<Seen, MemberError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let held = hold(&txn, organization, id).await?.present()?;
    let before = held.member.roles.0.clone();
    let moved: Vec<Role> = (before.iter().filter(|role| !wanted.contains(role)))
        .chain(wanted.iter().filter(|role| !before.contains(role)))
        .copied()
        .collect();
    may_grant(actor, &moved)?;
    if held.is_last_owner() && !wanted.contains(&Role::Owner) {
        return Err(MemberError::LastOwner);
    }
    let teams = Teams::load(&*txn, organization).await?;
    if moved.is_empty() {
        return Ok(teams.seen(held.member));
    }
    let mut row = member::Model {
        roles: roles(wanted),
        ..held.member
    };
    if gains(&before, &row.roles.0) {
        row = shut_out_others(&txn, app, actor, row).await?;
    }
    let detail = json!({"before": Roles(before), "after": row.roles});
    let member = write(&txn, app, actor, (row, "member.roles", detail)).await?;
    txn.commit().await?;
    // What an account was told that is theirs no more is taken back.
    app.couriers.wake();
    Ok(teams.seen(member))
}

/// Whether somebody has a role now that they had not.
pub(super) fn gains(before: &[Role], after: &[Role]) -> bool {
    after.iter().any(|role| !before.contains(role))
}

/// Ends what somebody else might hold to come in as a member who may do more from now on: links
/// and codes that were made while they might do less, sessions, and what whoever held a link or a
/// code may have made by it, which is a password and chat accounts. Gives the member as they are
/// written. Who gives a role to themselves stays where they are: they give what they hold.
pub(super) async fn shut_out_others(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    member: member::Model,
) -> Result<member::Model, StoreError> {
    let owner = (member.organization_id, member.id);
    login_links::void(txn, owner, app.now()).await?;
    pairing::void(txn, owner.0, owner.1, app.now()).await?;
    if member.id == actor.member.id {
        return Ok(member);
    }
    sessions::delete_all(&**txn, owner, None).await?;
    if credentials::delete_issued(txn, owner).await? {
        let event = audit::Event {
            action: "member.unset_password",
            subject: format!("member:{}", member.id),
            detail: json!({}),
        };
        audit::record(txn, app, actor, event).await?;
    }
    part_from_issued(txn, app, actor, member).await
}

/// Puts a member into a team, or into none.
pub async fn set_team(
    app: &App,
    actor: &Actor,
    id: MemberId,
    team: Option<TeamId>,
) -> Result<Seen, MemberError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let held = hold(&txn, organization, id).await?.present()?;
    let teams = Teams::load(&*txn, organization).await?;
    if team.is_some_and(|team| teams.name(team).is_none()) {
        return Err(MemberError::Invalid(vec![Fault::new(
            "team_id",
            "is no team",
        )]));
    }
    if held.member.team_id == team {
        return Ok(teams.seen(held.member));
    }
    let named = |id: Option<TeamId>| id.and_then(|id| teams.name(id));
    let detail = json!({"before": named(held.member.team_id), "after": named(team)});
    let row = member::Model {
        team_id: team,
        ..held.member
    };
    let member = write(&txn, app, actor, (row, "member.team", detail)).await?;
    txn.commit().await?;
    Ok(teams.seen(member))
}

/// Changes what a member is called and where they are reached. An address is a way in, so nobody
/// changes that of who may do more than they.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: MemberId,
    details: Details,
) -> Result<Seen, MemberError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let held = hold(&txn, organization, id).await?.present()?;
    may_grant(actor, &held.member.roles.0)?;
    let before = held.member.clone();
    let row = renamed(held.member, details).map_err(MemberError::Invalid)?;
    let teams = Teams::load(&*txn, organization).await?;
    if row == before {
        return Ok(teams.seen(row));
    }
    if row.email != before.email
        && let Some(address) = &row.email
        && members::by_email(&*txn, organization, address)
            .await?
            .is_some()
    {
        return Err(MemberError::AddressTaken);
    }
    // What it was is personal, and so not in the log.
    let detail = json!({
        "name": row.display_name != before.display_name, "email": row.email != before.email
    });
    let member = write(&txn, app, actor, (row, "member.update", detail)).await;
    let member = member.map_err(|error| match error {
        StoreError::Conflict => MemberError::AddressTaken,
        other => other.into(),
    })?;
    txn.commit().await?;
    Ok(teams.seen(member))
}

fn renamed(member: member::Model, details: Details) -> Result<member::Model, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut row = member;
    if let Some(typed) = details.display_name {
        match name(&typed) {
            Ok(()) => typed.trim().clone_into(&mut row.display_name),
            Err(reason) => faults.push(Fault::new("display_name", reason)),
        }
    }
    if let Some(typed) = details.email {
        match email::normal(&typed) {
            Some(address) => row.email = Some(address),
            None => faults.push(Fault::new("email", "is no e-mail address")),
        }
    }
    if faults.is_empty() {
        Ok(row)
    } else {
        Err(faults)
    }
}

/// Writes a changed member and what was done.
pub(super) async fn write(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (row, action, detail): (member::Model, &'static str, Value),
) -> Result<member::Model, StoreError> {
    let row = member::Model {
        updated_at: app.now(),
        ..row
    };
    let member = members::update(&**txn, row).await?;
    let event = audit::Event {
        action,
        subject: format!("member:{}", member.id),
        detail,
    };
    audit::record(txn, app, actor, event).await?;
    Ok(member)
}

#[cfg(test)]
mod tests;
