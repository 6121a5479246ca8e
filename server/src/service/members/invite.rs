//! Inviting people by their addresses, several at once. There is no mail: who gets a role that
//! opens the console gets a one-time link, to be handed to them.

use entity::enums::{Language, Permission, Platform, Role};
use entity::ids::TeamId;
use thiserror::Error;

use super::teams::Teams;
use super::{CreateMemberError, NewMember, Seen, create, may_grant};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::people::{INVITED_AT_ONCE, Typed, name_of};
use crate::domain::{email, permission};
use crate::service::actor::{Actor, Forbidden, LookError};
use crate::service::login_links::{self, Issued};
use crate::service::pairing::InviteError;
use crate::store::{StoreError, installations, members};

/// People to invite, and what they are to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    /// Who.
    pub people: Vec<Typed>,
    /// Their team.
    pub team: Option<TeamId>,
    /// Their roles beyond plain membership.
    pub roles: Vec<Role>,
    /// The language to speak to them in.
    pub language: Option<Language>,
}

/// What became of one of them.
#[derive(Clone)]
pub struct Invited {
    /// The address as it was typed.
    pub email: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an address.
#[derive(Clone)]
pub enum Outcome {
    /// A new member, with a link into the console if their roles open it.
    Added(Seen, Option<Issued>),
    /// Somebody who is a member already, or left; nothing changed.
    Known(Seen),
    /// It cannot be a member's.
    Refused(Vec<Fault>),
}

/// Why nobody is invited.
#[derive(Debug, Error)]
pub enum InvitePeopleError {
    /// The actor may not, or may not grant a role.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A field is invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds those who are new, each for themselves: what one is refused does not hold up the others.
/// Again nobody is added twice.
pub async fn invite_people(
    app: &App,
    actor: &Actor,
    wanted: Invitation,
) -> Result<Vec<Invited>, InvitePeopleError> {
    actor.require(Permission::ManageMembers)?;
    may_grant(actor, &wanted.roles)?;
    let teams = Teams::load(app.store.reader(), actor.organization.id).await?;
    let team = wanted.team.map(|id| teams.name(id).map(str::to_owned));
    let mut faults = Vec::new();
    if wanted.people.is_empty() {
        faults.push(Fault::new("people", "names nobody"));
    }
    if wanted.people.len() > INVITED_AT_ONCE {
        let reason = format!("names more than {INVITED_AT_ONCE} people");
        faults.push(Fault::new("people", reason));
    }
    if team == Some(None) {
        faults.push(Fault::new("team_id", "is no team"));
    }
    if !faults.is_empty() {
        return Err(InvitePeopleError::Invalid(faults));
    }
    let mut invited = Vec::with_capacity(wanted.people.len());
    for one in &wanted.people {
        let form = NewMember {
            email: one.email.clone(),
            display_name: one.name.clone().unwrap_or_else(|| name_of(&one.email)),
            team: team.clone().flatten(),
            roles: wanted.roles.clone(),
            language: wanted.language,
        };
        invited.push(Invited {
            email: one.email.clone(),
            outcome: invite(app, actor, (&teams, form)).await?,
        });
    }
    Ok(invited)
}

/// The chats in which whoever is invited can join.
pub async fn chats_to_join(app: &App, actor: &Actor) -> Result<Vec<Platform>, LookError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let rows = installations::active_of(app.store.reader(), organization).await?;
    let is_there = |one: &Platform| rows.iter().any(|row| row.platform == *one);
    let mut chats = vec![Platform::Slack, Platform::Discord];
    chats.retain(is_there);
    Ok(chats)
}

async fn invite(
    app: &App,
    actor: &Actor,
    (teams, form): (&Teams, NewMember),
) -> Result<Outcome, InvitePeopleError> {
    let opens = !permission::granted_by_all(&form.roles).is_empty();
    let address = email::normal(&form.email).unwrap_or_default();
    match create(app, actor, form).await {
        Ok(seen) if opens => {
            let link = match login_links::invite(app, actor, seen.member.id).await {
                Ok(link) => Some(link),
                // Whoever is gone by now needs none.
                Err(InviteError::NotFound | InviteError::MemberLeft | InviteError::NoConsole) => {
                    None
                }
                Err(InviteError::Forbidden(error)) => return Err(error.into()),
                Err(InviteError::Store(error)) => return Err(error.into()),
            };
            Ok(Outcome::Added(seen, link))
        }
        Ok(seen) => Ok(Outcome::Added(seen, None)),
        Err(CreateMemberError::AddressTaken) => {
            let db = app.store.reader();
            let known = members::by_email(db, actor.organization.id, &address).await?;
            Ok(match known {
                Some(member) => Outcome::Known(teams.seen(member)),
                None => Outcome::Refused(vec![Fault::new("email", "is no e-mail address")]),
            })
        }
        Err(CreateMemberError::Invalid(faults)) => Ok(Outcome::Refused(faults)),
        Err(CreateMemberError::Forbidden(error)) => Err(error.into()),
        Err(CreateMemberError::Store(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests;
