//! Introducing chat accounts: the account of a member who is known, of one who
//! joins by it, or of somebody who is told whom to ask or that a code is needed.

use entity::enums::{Language, Platform};
use entity::ids::{IdentityId, MemberId};
use entity::{identity, member, organization};
use serde_json::json;
use thiserror::Error;

use super::access::{self, AccessError};
use super::{audit, deliveries, members as people};
use crate::app::App;
use crate::domain::account::{Account, NOWHERE};
use crate::domain::joining::{AccountKind, Decision, decide};
use crate::domain::pairing::team_of_roles;
use crate::store::{
    StoreError, Txn, identities, installations, members, organizations, role_teams, shares,
};

/// Attempts, where others introduce the same person at the same time.
const ATTEMPTS: usize = 3;

/// What the platform's directory says about an account.
#[derive(Clone, Debug)]
pub struct Introduction {
    /// The name shown there.
    pub display_name: String,
    /// E-mail address, if the platform tells it.
    pub email: Option<String>,
    /// Whether the platform confirmed that address.
    pub email_confirmed: bool,
    /// What kind of account it is.
    pub kind: AccountKind,
    /// IANA time zone, if the platform tells it.
    pub time_zone: Option<String>,
    /// Language, if the platform tells one that we speak.
    pub language: Option<Language>,
    /// The platform's ids of the roles that the account has in the workspace.
    pub roles: Vec<String>,
}

/// The member that the account belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduced {
    /// The member.
    pub member: member::Model,
    /// Whether this introduction made them one.
    pub created: bool,
}

/// Why an account belongs to no member.
#[derive(Debug, Error)]
pub enum IntroduceError {
    /// The workspace is none of ours.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The person may not join.
    #[error("this account may not join")]
    MayNotJoin {
        /// Whom to ask.
        contact: Option<String>,
    },
    /// The platform does not say who somebody is: a code does.
    #[error("this account must be paired first")]
    PairingRequired {
        /// Whom to ask for a code.
        contact: Option<String>,
    },
    /// The member left.
    #[error("the member left the organization")]
    MemberLeft,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Introduces an account; again gives the same member.
pub async fn introduce(
    app: &App,
    account: &Account,
    introduction: &Introduction,
) -> Result<Introduced, IntroduceError> {
    let host = access::host(app, account).await?;
    let organization = match (account.platform, host) {
        (Platform::Slack, Some(organization)) => organization,
        (Platform::Slack, None) => return Err(AccessError::NotInstalled.into()),
        // Nothing that Discord says proves whose an account is.
        (Platform::Discord, host) => return recognise(app, account, introduction, host).await,
    };
    let mut attempt = 1;
    loop {
        match attempt_once(app, &organization, account, introduction).await {
            // Somebody introduced the same account or address meanwhile: look again.
            Err(IntroduceError::Store(StoreError::Conflict)) if attempt < ATTEMPTS => attempt += 1,
            outcome => return outcome,
        }
    }
}

/// The member of an account that was paired; their team follows the account's roles.
async fn recognise(
    app: &App,
    account: &Account,
    introduction: &Introduction,
    host: Option<organization::Model>,
) -> Result<Introduced, IntroduceError> {
    let known = match access::by_account(app, account).await {
        Ok(actor) => actor.member,
        Err(AccessError::MemberLeft) => return Err(IntroduceError::MemberLeft),
        Err(AccessError::UnknownPerson) => {
            let contact = contact(app, host).await?;
            return Err(IntroduceError::PairingRequired { contact });
        }
        Err(other) => return Err(other.into()),
    };
    let txn = app.store.begin().await?;
    let locked = shares::lock_members(&txn, &[known.id]).await?;
    let member = present(locked.into_iter().next().unwrap_or(known))?;
    let member = place(&txn, app, member, (account, &introduction.roles)).await?;
    txn.commit().await?;
    Ok(Introduced {
        member,
        created: false,
    })
}

/// Whom to ask for a code: outside any guild that is known only where one organization is.
async fn contact(
    app: &App,
    host: Option<organization::Model>,
) -> Result<Option<String>, StoreError> {
    if let Some(host) = host {
        return Ok(host.settings.contact);
    }
    let all = organizations::all(app.store.reader()).await?;
    Ok(match <[organization::Model; 1]>::try_from(all) {
        Ok([only]) => only.settings.contact,
        Err(_) => None,
    })
}

async fn attempt_once(
    app: &App,
    organization: &organization::Model,
    account: &Account,
    introduction: &Introduction,
) -> Result<Introduced, IntroduceError> {
    let txn = app.store.begin().await?;
    if let Some(known) = known(&txn, organization, account).await? {
        return Ok(Introduced {
            member: present(known)?,
            created: false,
        });
    }
    let confirmed = introduction
        .email
        .as_deref()
        .filter(|_| introduction.email_confirmed);
    let may_not_join = || IntroduceError::MayNotJoin {
        contact: organization.settings.contact.clone(),
    };
    let (address, may_join) = match decide(introduction.kind, confirmed, organization.join_policy) {
        Decision::MatchOrJoin(address) => (address, true),
        Decision::Match(address) => (address, false),
        Decision::Refuse => return Err(may_not_join()),
    };
    let past = members::by_email_to_change(&txn, organization.id, &address).await?;
    let created = past.is_none();
    let member = match past {
        Some(member) => {
            let member = present(member)?;
            let place = (account.platform, account.workspace_ref.as_str());
            let workspace = installations::by_workspace(&*txn, place.0, place.1).await?;
            let workspace = workspace.ok_or(AccessError::NotInstalled)?;
            if !access::vouches(&*txn, &workspace, &member).await? {
                return Err(may_not_join());
            }
            member
        }
        None if may_join => join(&txn, app, organization, (address, introduction)).await?,
        None => return Err(may_not_join()),
    };
    let member = link(&txn, app, member, (account, introduction)).await?;
    let event = audit::Event {
        action: if created {
            "member.join"
        } else {
            "member.link"
        },
        subject: format!("member:{}", member.id),
        detail: json!({"platform": account.platform}),
    };
    audit::record_system(&txn, app, organization.id, event).await?;
    txn.commit().await?;
    Ok(Introduced { member, created })
}

async fn known(
    txn: &Txn,
    organization: &organization::Model,
    account: &Account,
) -> Result<Option<member::Model>, StoreError> {
    match identities::of_account(&**txn, organization.id, account).await? {
        Some(identity) => members::find(&**txn, organization.id, identity.member_id).await,
        None => Ok(None),
    }
}

fn present(member: member::Model) -> Result<member::Model, IntroduceError> {
    if member.left_at.is_some() {
        Err(IntroduceError::MemberLeft)
    } else {
        Ok(member)
    }
}

async fn join(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    (address, introduction): (String, &Introduction),
) -> Result<member::Model, StoreError> {
    let given = introduction.display_name.trim();
    let display_name = if people::name(given).is_ok() {
        given.to_owned()
    } else {
        address.split('@').next().unwrap_or_default().to_owned()
    };
    let zone = introduction
        .time_zone
        .clone()
        .filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok());
    let row = member::Model {
        language: introduction.language,
        time_zone: zone,
        ..people::blank(txn, app, organization.id, (address, display_name)).await?
    };
    members::insert(&**txn, row).await
}

/// Gives the account to the member, by the word of whoever handed out the code for it.
pub(super) async fn add(
    txn: &Txn,
    app: &App,
    member: &member::Model,
    (account, introduction, issuer_id): (&Account, &Introduction, Option<MemberId>),
) -> Result<identity::Model, StoreError> {
    let given = introduction.display_name.trim();
    let row = identity::Model {
        id: IdentityId(app.uuid()),
        organization_id: member.organization_id,
        member_id: member.id,
        platform: account.platform,
        workspace_ref: home(txn, member, account).await?,
        user_ref: account.user_ref.clone(),
        account_name: people::name(given).is_ok().then(|| given.to_owned()),
        issuer_id,
        created_at: app.now(),
    };
    identities::insert(&**txn, row).await
}

/// Where an account is at home: outside any guild in the organization's first one.
async fn home(txn: &Txn, member: &member::Model, account: &Account) -> Result<String, StoreError> {
    if !account.is_nowhere() {
        return Ok(account.workspace_ref.clone());
    }
    let guilds = installations::active_of(&**txn, member.organization_id).await?;
    let first = guilds
        .into_iter()
        .find(|guild| guild.platform == account.platform);
    Ok(first.map_or_else(|| NOWHERE.to_owned(), |guild| guild.external_id))
}

/// Puts a member into the team that the roles of their account in a guild stand for.
pub(super) async fn place(
    txn: &Txn,
    app: &App,
    member: member::Model,
    (account, roles): (&Account, &[String]),
) -> Result<member::Model, StoreError> {
    if roles.is_empty() {
        return Ok(member);
    }
    let guild = installations::by_workspace(&**txn, account.platform, &account.workspace_ref);
    let Some(guild) = guild.await? else {
        return Ok(member);
    };
    let mapped = role_teams::of_installation(&**txn, member.organization_id, guild.id).await?;
    match team_of_roles(&mapped, roles, member.team_id) {
        Some(team) if member.team_id != Some(team) => {
            let row = member::Model {
                team_id: Some(team),
                updated_at: app.now(),
                ..member
            };
            members::update(&**txn, row).await
        }
        Some(_) | None => Ok(member),
    }
}

/// Gives the account to the member, who is greeted there if never before.
async fn link(
    txn: &Txn,
    app: &App,
    member: member::Model,
    (account, introduction): (&Account, &Introduction),
) -> Result<member::Model, StoreError> {
    let identity = add(txn, app, &member, (account, introduction, None)).await?;
    let workspace =
        installations::by_workspace(&**txn, account.platform, &account.workspace_ref).await?;
    let Some(workspace) = workspace.filter(|_| member.greeted_at.is_none()) else {
        return Ok(member);
    };
    deliveries::greet(txn, app, &member, &identity, &workspace).await?;
    let now = app.now();
    let greeted = member::Model {
        greeted_at: Some(now),
        updated_at: now,
        ..member
    };
    members::update(&**txn, greeted).await
}

#[cfg(test)]
mod tests;
