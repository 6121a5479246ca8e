//! API tokens: a member makes them for programs that act in the member's name.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use entity::api_token;
use entity::enums::Permission;
use entity::ids::ApiTokenId;
use entity::json::Scopes;
use secrecy::SecretString;
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::secrets::mac::sha256;
use crate::store::{StoreError, api_tokens};

/// What every token begins with, so that scanners of leaked secrets know it.
const PREFIX: &str = "chorus_";
/// Days that a token works unless its maker says otherwise.
const DEFAULT_DAYS: i64 = 90;
/// Days that a token works at most.
const MAX_DAYS: i64 = 366;
/// Letters of a name at most.
const MAX_NAME: usize = 100;

/// A token to make.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// When it stops working.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Why a token was not made or revoked.
#[derive(Debug, Error)]
pub enum TokenError {
    /// The actor may not have tokens.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or too long.
    #[error("a name has 1 to 100 characters")]
    Name,
    /// No scope was asked for, or one beyond what the maker may.
    #[error("scopes name at least one permission, and only those that you have")]
    Scopes,
    /// The end lies in the past or too far ahead.
    #[error("a token ends within a year from now")]
    ExpiresAt,
    /// There is no such token of this member.
    #[error("you have no such token")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Makes a token; its secret is shown this once.
pub async fn create(
    app: &App,
    actor: &Actor,
    form: NewToken,
) -> Result<(api_token::Model, SecretString), TokenError> {
    actor.require(Permission::ManageTokens)?;
    let now = app.now();
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(TokenError::Name);
    }
    if form.scopes.is_empty()
        || form
            .scopes
            .iter()
            .any(|scope| actor.require(*scope).is_err())
    {
        return Err(TokenError::Scopes);
    }
    let expires_at = form
        .expires_at
        .unwrap_or(now + TimeDelta::days(DEFAULT_DAYS));
    if expires_at <= now || expires_at > now + TimeDelta::days(MAX_DAYS) {
        return Err(TokenError::ExpiresAt);
    }
    let secret = format!(
        "{PREFIX}{}",
        URL_SAFE_NO_PAD.encode(app.chance.bytes::<32>())
    );
    let row = api_token::Model {
        id: ApiTokenId(app.uuid()),
        organization_id: actor.organization.id,
        member_id: actor.member.id,
        issuer_id: actor.issuer,
        name: name.to_owned(),
        token_hash: sha256(secret.as_bytes()).to_vec(),
        scopes: Scopes(form.scopes),
        expires_at: Some(expires_at),
        last_used_at: None,
        revoked_at: None,
        created_at: now,
    };
    let txn = app.store.begin().await?;
    let row = api_tokens::insert(&*txn, row).await?;
    audit::record(&txn, app, actor, event("token.create", row.id)).await?;
    txn.commit().await?;
    Ok((row, secret.into()))
}

/// The actor's own tokens.
pub async fn list(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<api_token::Model>, LookError> {
    actor.require(Permission::ManageTokens)?;
    let (organization, member) = (actor.organization.id, actor.member.id);
    Ok(api_tokens::of_member(app.store.reader(), organization, member, paging).await?)
}

/// Revokes one of the actor's own tokens.
pub async fn revoke(app: &App, actor: &Actor, id: ApiTokenId) -> Result<(), TokenError> {
    actor.require(Permission::ManageTokens)?;
    let owner = (actor.organization.id, actor.member.id);
    let txn = app.store.begin().await?;
    if !api_tokens::revoke(&*txn, owner, id, app.now()).await? {
        return Err(TokenError::NotFound);
    }
    audit::record(&txn, app, actor, event("token.revoke", id)).await?;
    Ok(txn.commit().await?)
}

fn event(action: &'static str, id: ApiTokenId) -> audit::Event {
    audit::Event {
        action,
        subject: format!("token:{id}"),
        detail: json!({}),
    }
}
