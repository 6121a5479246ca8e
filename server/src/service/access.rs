//! Who somebody is: from a token or from a name that a trusted part gives, to an actor.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use entity::enums::{Platform, Role};
use entity::ids::OrganizationId;
use entity::{api_token, identity, installation, member, organization};
use thiserror::Error;

use super::actor::Actor;
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::permission;
use crate::secrets::mac::sha256;
use crate::store::{
    Reader, StoreError, api_tokens, identities, installations, members, organizations,
};

/// Why nobody could be made out.
#[derive(Debug, Error)]
pub enum AccessError {
    /// The token is unknown, expired or revoked, or its member is gone.
    #[error("the token is unknown, expired or revoked")]
    UnknownToken,
    /// The bot is not installed in that workspace.
    #[error("the bot is not installed in that workspace")]
    NotInstalled,
    /// The account belongs to no member yet.
    #[error("the account belongs to no member yet")]
    UnknownPerson,
    /// The member left.
    #[error("the member left the organization")]
    MemberLeft,
    /// There is nobody of that name.
    #[error("{0}")]
    Nobody(&'static str),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The member in whose name an API token acts, with at most its scopes.
pub async fn by_token(app: &App, secret: &str) -> Result<Actor, AccessError> {
    let found = holder(app, secret).await;
    if let Err(AccessError::UnknownToken) = found {
        app.metrics().requests.refused_token();
    }
    found
}

async fn holder(app: &App, secret: &str) -> Result<Actor, AccessError> {
    let db = app.store.reader();
    let token = api_tokens::by_hash(db, &sha256(secret.as_bytes()))
        .await?
        .ok_or(AccessError::UnknownToken)?;
    let now = app.now();
    if token.revoked_at.is_some() || token.expires_at.is_some_and(|end| end <= now) {
        return Err(AccessError::UnknownToken);
    }
    let organization = organizations::find(db, token.organization_id)
        .await?
        .ok_or(AccessError::UnknownToken)?;
    let member = members::find(db, token.organization_id, token.member_id)
        .await?
        .filter(|member| member.left_at.is_none())
        .ok_or(AccessError::UnknownToken)?;
    remember_use(app, &token, now).await?;
    let mut actor = Actor::of(organization, member);
    actor.issuer = token.issuer_id;
    actor.permissions = permission::within(&token.scopes.0, &actor.permissions);
    Ok(actor)
}

/// Remembers the use to the hour, so that a busy token does not write each time.
async fn remember_use(
    app: &App,
    token: &api_token::Model,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
    if token.last_used_at.is_some_and(|last| last >= hour) {
        return Ok(());
    }
    let txn = app.store.begin().await?;
    api_tokens::touch(&*txn, token.id, hour).await?;
    txn.commit().await
}

/// The organization in whose workspace an account is; none outside any guild.
pub async fn host(
    app: &App,
    account: &Account,
) -> Result<Option<organization::Model>, AccessError> {
    if account.is_nowhere() {
        return Ok(None);
    }
    let db = app.store.reader();
    let installation = installations::by_workspace(db, account.platform, &account.workspace_ref)
        .await?
        .filter(|installation| installation.revoked_at.is_none())
        .ok_or(AccessError::NotInstalled)?;
    organizations::find(db, installation.organization_id)
        .await?
        .map(Some)
        .ok_or(AccessError::NotInstalled)
}

/// Whether an address that a workspace confirms is taken for a member's. Whoever lets the bot in
/// there may make every address there, and lets nobody in who may do more than they.
pub(super) async fn vouches(
    db: &impl Reader,
    home: &installation::Model,
    member: &member::Model,
) -> Result<bool, StoreError> {
    let Some(by) = home.connected_by.filter(|by| *by != member.id) else {
        return Ok(true);
    };
    let by = members::find(db, home.organization_id, by).await?;
    let by = by.filter(|one| one.left_at.is_none());
    let held = by.map(|one| permission::granted_by_all(&one.roles.0));
    let held = held.unwrap_or_default();
    let wanted = permission::granted_by_all(&member.roles.0);
    Ok(wanted.iter().all(|permission| held.contains(permission)))
}

/// Whether an organization has the bot on a chat, wherever there.
pub async fn is_installed(
    app: &App,
    organization: OrganizationId,
    platform: Platform,
) -> Result<bool, StoreError> {
    let installed = installations::active_of(app.store.reader(), organization).await?;
    Ok(installed.iter().any(|one| one.platform == platform))
}

/// The member to whom a chat account belongs, with everything their roles grant. Outside any
/// guild it is the newest of the account's members who is still there.
pub async fn by_account(app: &App, account: &Account) -> Result<Actor, AccessError> {
    let db = app.store.reader();
    // Asked at each press of a button: what is known of its workspace is not asked again.
    if let Some(host) = host(app, account).await? {
        let found = identities::of_account(db, host.id, account).await?;
        let identity = found.ok_or(AccessError::UnknownPerson)?;
        let member = members::find(db, host.id, identity.member_id).await?;
        let member = member.ok_or(AccessError::UnknownPerson)?;
        return acting(host, member, identity);
    }
    let mut refusal = AccessError::UnknownPerson;
    for identity in identities::anywhere(db, account.platform, &account.user_ref).await? {
        if !is_installed(app, identity.organization_id, account.platform).await? {
            continue;
        }
        let member = members::find(db, identity.organization_id, identity.member_id).await?;
        let organization = organizations::find(db, identity.organization_id).await?;
        if let (Some(member), Some(organization)) = (member, organization) {
            match acting(organization, member, identity) {
                Ok(actor) => return Ok(actor),
                Err(reason) => refusal = reason,
            }
        }
    }
    Err(refusal)
}

/// A member who is still there, by an account of theirs.
fn acting(
    organization: organization::Model,
    member: member::Model,
    identity: identity::Model,
) -> Result<Actor, AccessError> {
    if member.left_at.is_some() {
        return Err(AccessError::MemberLeft);
    }
    Ok(Actor {
        issuer: identity.issuer_id,
        account: Some(identity),
        ..Actor::of(organization, member)
    })
}

/// The owner of the organization of that name, or of the only one.
pub async fn owner(app: &App, slug: Option<&str>) -> Result<Actor, AccessError> {
    let db = app.store.reader();
    let organization = match slug {
        Some(slug) => organizations::by_slug(db, slug)
            .await?
            .ok_or(AccessError::Nobody("there is no organization of that name"))?,
        None => only(organizations::all(db).await?)?,
    };
    let owner = members::present(db, organization.id)
        .await?
        .into_iter()
        .find(|member| member.roles.0.contains(&Role::Owner))
        .ok_or(AccessError::Nobody("the organization has no owner"))?;
    Ok(Actor::of(organization, owner))
}

fn only(mut all: Vec<organization::Model>) -> Result<organization::Model, AccessError> {
    let last = all.pop();
    match (last, all.is_empty()) {
        (Some(organization), true) => Ok(organization),
        (Some(_), false) => Err(AccessError::Nobody(
            "there are several organizations: name one, as in `owner/<slug>`",
        )),
        (None, _) => Err(AccessError::Nobody(
            "there is no organization yet: set one up",
        )),
    }
}

/// The member with an e-mail address, if exactly one organization has one.
pub async fn by_email(app: &App, email: &str) -> Result<Actor, AccessError> {
    let db = app.store.reader();
    let mut found: Vec<member::Model> =
        members::by_email_anywhere(db, &email.trim().to_lowercase()).await?;
    let member = match (found.pop(), found.is_empty()) {
        (Some(member), true) => member,
        (Some(_), false) => {
            return Err(AccessError::Nobody(
                "several organizations have a member with this address",
            ));
        }
        (None, _) => return Err(AccessError::Nobody("nobody has this address")),
    };
    let organization = organizations::find(db, member.organization_id)
        .await?
        .ok_or(AccessError::Nobody("nobody has this address"))?;
    Ok(Actor::of(organization, member))
}
