//! Passwords of members: chosen by themselves, compared when they log in.

use entity::credential;
use entity::ids::{MemberId, OrganizationId, SessionId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::{audit, logins, sessions};
use crate::app::App;
use crate::domain::login::{PasswordFault, check_password};
use crate::secrets::passwords::PasswordError;
use crate::store::{StoreError, Txn, credentials, login_links};

/// Why a password is not set.
#[derive(Debug, Error)]
pub enum SetPasswordError {
    /// It cannot be chosen.
    #[error("the password cannot be chosen: {0:?}")]
    Fault(PasswordFault),
    /// It could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a password cannot be compared.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// It could not be worked on.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The hash of a password that may be chosen by somebody of this address and name. It takes
/// long, so that it is made before the transaction that writes it.
pub async fn hash(
    app: &App,
    password: &SecretString,
    known: &[&str],
) -> Result<String, SetPasswordError> {
    check_password(password.expose_secret(), known).map_err(SetPasswordError::Fault)?;
    Ok(app.passwords().hash(password, app.chance.bytes()).await?)
}

/// Writes a member's new password, in the transaction that lets them. Links that would let
/// somebody in as they without it stop to count. By whose word the actor came is remembered: who
/// came by an invitation may be who handed it out, also where they change what they chose by it.
pub async fn set(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    password_hash: String,
) -> Result<(), StoreError> {
    let row = credential::Model {
        member_id: actor.member.id,
        organization_id: actor.organization.id,
        password_hash,
        issuer_id: actor.issuer,
        changed_at: app.now(),
    };
    credentials::put(&**txn, row).await?;
    let owner = (actor.organization.id, actor.member.id);
    login_links::void(txn, owner, app.now()).await?;
    let event = audit::Event {
        action: "member.set_password",
        subject: format!("member:{}", actor.member.id),
        detail: json!({}),
    };
    audit::record(txn, app, actor, event).await
}

/// Whether the password is the member's; as slow where there is no member.
pub async fn verify(
    app: &App,
    whose: Option<(OrganizationId, MemberId)>,
    password: &SecretString,
) -> Result<bool, VerifyError> {
    let found = verified(app, whose, password).await?;
    Ok(found.is_some())
}

/// What is kept of the password, if it is the member's; as slow where there is no member.
pub async fn verified(
    app: &App,
    whose: Option<(OrganizationId, MemberId)>,
    password: &SecretString,
) -> Result<Option<credential::Model>, VerifyError> {
    let found = match whose {
        Some((organization, member)) => {
            credentials::of_member(app.store.reader(), organization, member).await?
        }
        None => None,
    };
    let hash = found.as_ref().map(|found| found.password_hash.as_str());
    let is_right = app.passwords().is(password, hash).await?;
    Ok(found.filter(|_| is_right))
}

/// Whether a member has a password.
pub async fn exists(app: &App, actor: &Actor) -> Result<bool, StoreError> {
    let (organization, member) = (actor.organization.id, actor.member.id);
    let found = credentials::of_member(app.store.reader(), organization, member).await?;
    Ok(found.is_some())
}

/// Why a password is not changed.
#[derive(Debug, Error)]
pub enum ChangePasswordError {
    /// The actor comes with less than the member may, and a password lets in to all of it.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The present one is another.
    #[error("the present password is another")]
    Wrong,
    /// It was tried too often.
    #[error("too many passwords were tried")]
    TooMany {
        /// Seconds until it may be tried again.
        retry_after: i64,
    },
    /// The new one cannot be chosen.
    #[error("the password cannot be chosen: {0:?}")]
    Fault(PasswordFault),
    /// It could not be worked on.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes the actor's password, who tells the present one if they have one: whoever came by a
/// token or an open browser does not get further with it. Who has none is let in by a chat or a
/// provider, and could set one there with the same right. Every session but `kept` ends, because
/// whoever knew the old one may be in.
pub async fn change(
    app: &App,
    actor: &Actor,
    (present, new): (SecretString, SecretString),
    kept: Option<SessionId>,
) -> Result<(), ChangePasswordError> {
    actor.require_everything()?;
    let whose = (actor.organization.id, actor.member.id);
    if exists(app, actor).await? {
        if let Some(retry_after) = logins::count_own_try(app, actor).await? {
            return Err(ChangePasswordError::TooMany { retry_after });
        }
        let verified = verify(app, Some(whose), &present).await;
        let is_right = verified.map_err(|error| match error {
            VerifyError::Password(error) => ChangePasswordError::Password(error),
            VerifyError::Store(error) => ChangePasswordError::Store(error),
        })?;
        if !is_right {
            return Err(ChangePasswordError::Wrong);
        }
    }
    let known = [
        actor.member.email.as_deref().unwrap_or_default(),
        actor.member.display_name.as_str(),
    ];
    let hash = hash(app, &new, &known).await.map_err(|error| match error {
        SetPasswordError::Fault(fault) => ChangePasswordError::Fault(fault),
        SetPasswordError::Password(error) => ChangePasswordError::Password(error),
        SetPasswordError::Store(error) => ChangePasswordError::Store(error),
    })?;
    let txn = app.store.begin().await?;
    set(&txn, app, actor, hash).await?;
    sessions::end_all_in(&txn, app, actor, kept).await?;
    Ok(txn.commit().await?)
}
