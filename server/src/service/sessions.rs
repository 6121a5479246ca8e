//! Sessions of the console: begun by whoever logs in, found by their token, ended by hand or
//! by time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DurationRound, TimeDelta};
use entity::ids::{MemberId, OrganizationId, SessionId};
use entity::session;
use secrecy::SecretString;
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use crate::app::App;
use crate::domain::session::{LONGEST, browser, is_open};
use crate::secrets::mac::sha256;
use crate::store::{StoreError, Txn, members, organizations, sessions};

/// A session that has begun, and its token, which is kept nowhere but in its browser.
#[derive(Debug)]
pub struct Begun {
    /// The session.
    pub session: session::Model,
    /// Its token.
    pub token: SecretString,
    /// Who is logged in.
    pub actor: Actor,
}

/// Who is logged in, and by which session.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// The session.
    pub session: session::Model,
    /// Who it is.
    pub actor: Actor,
}

/// By what somebody logged in, for the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The link of the first start.
    FirstStart,
    /// A password.
    Password,
    /// A link from a chat.
    Chat,
    /// A link of whoever invited them.
    Invitation(Option<MemberId>),
    /// The organization's login provider.
    Oidc,
    /// Slack.
    Slack,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::FirstStart => "first_start",
            Self::Password => "password",
            Self::Chat => "chat",
            Self::Invitation(_) => "invitation",
            Self::Oidc => "oidc",
            Self::Slack => "slack",
        }
    }

    /// The way, and whose word it was where it was somebody else's.
    fn detail(self) -> serde_json::Value {
        match self {
            Self::Invitation(Some(issuer)) => json!({"by": self.name(), "issuer": issuer}),
            Self::FirstStart
            | Self::Password
            | Self::Chat
            | Self::Invitation(None)
            | Self::Oidc
            | Self::Slack => json!({"by": self.name()}),
        }
    }
}

/// A browser that logs in.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    /// What it calls itself.
    pub user_agent: &'a str,
    /// The token of the session that it had until now, which ends.
    pub before: Option<&'a str>,
}

/// Why a session is not ended.
#[derive(Debug, Error)]
pub enum EndError {
    /// The actor comes with less than the member may: a token that was made for one thing must
    /// not throw its member out.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The actor has no such session, or it has ended.
    #[error("there is no such session")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Begins a session of a member, in the transaction that lets them in. The one that the browser
/// had before ends: a token that somebody planted there is worth nothing.
pub async fn begin(
    txn: &Txn,
    app: &App,
    actor: Actor,
    (way, from): (Way, Browser<'_>),
) -> Result<Begun, StoreError> {
    let now = app.now();
    if let Some(before) = from.before
        && let Some(past) = sessions::by_hash(&**txn, &sha256(before.as_bytes())).await?
    {
        let owner = (past.organization_id, past.member_id);
        sessions::delete(&**txn, owner, past.id).await?;
    }
    let token = URL_SAFE_NO_PAD.encode(app.chance.bytes::<32>());
    let row = session::Model {
        id: SessionId(app.uuid()),
        organization_id: actor.organization.id,
        member_id: actor.member.id,
        issuer_id: actor.issuer,
        token_hash: sha256(token.as_bytes()).to_vec(),
        browser: browser(from.user_agent),
        last_seen_at: now,
        expires_at: now + LONGEST,
        created_at: now,
    };
    let session = sessions::insert(&**txn, row).await?;
    let event = event("session.begin", session.id, way.detail());
    audit::record(txn, app, &actor, event).await?;
    Ok(Begun {
        session,
        token: token.into(),
        actor,
    })
}

/// Who comes with this token; none if it is unknown or has ended, or its member left.
pub async fn find(app: &App, token: &str) -> Result<Option<LoggedIn>, StoreError> {
    let db = app.store.reader();
    let now = app.now();
    let found = sessions::by_hash(db, &sha256(token.as_bytes())).await?;
    let Some(session) = found.filter(|session| is_open(session, now)) else {
        return Ok(None);
    };
    let organization = organizations::find(db, session.organization_id).await?;
    let member = members::find(db, session.organization_id, session.member_id).await?;
    let (Some(organization), Some(member)) = (organization, member) else {
        return Ok(None);
    };
    if member.left_at.is_some() {
        return Ok(None);
    }
    let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
    if session.last_seen_at < hour {
        let txn = app.store.begin().await?;
        sessions::touch(&*txn, session.id, hour).await?;
        txn.commit().await?;
    }
    let actor = Actor {
        issuer: session.issuer_id,
        ..Actor::of(organization, member)
    };
    Ok(Some(LoggedIn { session, actor }))
}

/// The actor's sessions that still let them in, newest first. What browsers somebody uses and
/// when is shown to who comes with all that the member may.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<session::Model>, LookError> {
    actor.require_everything()?;
    let now = app.now();
    let (organization, member) = owner(actor);
    let all = sessions::of_member(app.store.reader(), organization, member).await?;
    Ok(all
        .into_iter()
        .filter(|session| is_open(session, now))
        .collect())
}

/// Ends one of the actor's sessions; one that has ended stays ended.
pub async fn end(app: &App, actor: &Actor, id: SessionId) -> Result<(), EndError> {
    actor.require_everything()?;
    let txn = app.store.begin().await?;
    if !sessions::delete(&*txn, owner(actor), id).await? {
        return Err(EndError::NotFound);
    }
    audit::record(&txn, app, actor, event("session.end", id, json!({}))).await?;
    Ok(txn.commit().await?)
}

/// Ends every session of the actor, save one; says how many.
pub async fn end_all(app: &App, actor: &Actor, but: Option<SessionId>) -> Result<u64, EndError> {
    actor.require_everything()?;
    let txn = app.store.begin().await?;
    let ended = end_all_in(&txn, app, actor, but).await?;
    txn.commit().await?;
    Ok(ended)
}

/// The same in a transaction that does more: a new password ends what the old one let in.
pub async fn end_all_in(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    but: Option<SessionId>,
) -> Result<u64, StoreError> {
    let ended = sessions::delete_all(&**txn, owner(actor), but).await?;
    if ended > 0 {
        let event = audit::Event {
            action: "session.end_all",
            subject: format!("member:{}", actor.member.id),
            detail: json!({"sessions": ended}),
        };
        audit::record(txn, app, actor, event).await?;
    }
    Ok(ended)
}

fn owner(actor: &Actor) -> (OrganizationId, MemberId) {
    (actor.organization.id, actor.member.id)
}

fn event(action: &'static str, id: SessionId, detail: serde_json::Value) -> audit::Event {
    audit::Event {
        action,
        subject: format!("session:{id}"),
        detail,
    }
}

#[cfg(test)]
mod tests;
