//! Taking back a browser that was sent to a chat: what the chat grants is bound to the organization
//! whose member began it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::Platform;
use entity::ids::{InstallationId, MemberId};
use entity::installation;

use super::{ConnectError, begin, discord, record, slack, state};
use crate::app::App;
use crate::domain::connection::missing_scopes;
use crate::ports::chat_oauth::{ChatOauthError, Token};
use crate::ports::openid::is_word;
use crate::secrets::keys::Place;
use crate::service::actor::Actor;
use crate::service::installations::{refresh_place, token_place};
use crate::service::sessions::LoggedIn;
use crate::store::{Txn, installations as rows};

/// What a chat says where its person did not want to (RFC 6749, 4.1.2.1).
const DENIED: &str = "access_denied";

/// What a browser brings back: from its cookie, and from the address. It is never printed.
#[derive(Clone, Copy)]
pub struct Back<'a> {
    /// What it was given when it was sent.
    pub cookie: &'a str,
    /// What only this browser can bring.
    pub state: &'a str,
    /// What is exchanged at the chat.
    pub code: &'a str,
    /// Why it brings no code.
    pub error: Option<&'a str>,
}

/// A workspace or guild that is connected now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// The connection.
    pub id: InstallationId,
    /// What the chat calls it.
    pub name: String,
    /// What of the needed scopes was not granted.
    pub missing: Vec<&'static str>,
}

/// What a chat granted.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) platform: Platform,
    pub(super) external_id: String,
    pub(super) name: String,
    pub(super) bot_user_ref: Option<String>,
    pub(super) enterprise_id: Option<String>,
    pub(super) is_org_wide: bool,
    pub(super) scopes: Option<String>,
    /// None on Discord, where the part has it itself.
    pub(super) token: Option<Token>,
}

/// Binds what a chat grants to the organization of the session that began it.
pub async fn finish(
    app: &App,
    logged_in: &LoggedIn,
    (platform, back): (Platform, Back<'_>),
) -> Result<Connected, ConnectError> {
    let actor = &logged_in.actor;
    begin::may_connect(actor)?;
    let whose = (&logged_in.session, platform);
    state::take(app, whose, (back.state, back.cookie)).await?;
    if let Some(error) = back.error {
        return Err(refusal(error));
    }
    let redirect = begin::redirect(app, platform);
    let granted = match platform {
        Platform::Slack => slack::exchange(app, (back.code, &redirect)).await?,
        Platform::Discord => discord::exchange(app, (back.code, &redirect)).await?,
    };
    let txn = app.store.begin().await?;
    let row = bind(&txn, app, actor, granted).await?;
    txn.commit().await?;
    Ok(Connected {
        id: row.id,
        missing: missing_scopes(platform, row.scopes.as_deref()),
        name: row.name,
    })
}

/// Why a browser brings no code: by its person's will, or the chat's.
fn refusal(error: &str) -> ConnectError {
    if error == DENIED {
        return ConnectError::Declined;
    }
    // It stands in an address, where anything may.
    let word = if is_word(error) {
        error
    } else {
        "no word of OAuth"
    };
    ChatOauthError::Refused(word.to_owned()).into()
}

async fn bind(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    granted: Granted,
) -> Result<installation::Model, ConnectError> {
    let organization = actor.organization.id;
    let is_elsewhere = |row: &installation::Model| row.organization_id != organization;
    // Whoever has all workspaces of an enterprise has each of them.
    if let Some(enterprise) = &granted.enterprise_id {
        let whole = rows::by_workspace(&**txn, granted.platform, enterprise).await?;
        if whole.as_ref().is_some_and(is_elsewhere) {
            return Err(ConnectError::Elsewhere);
        }
        // And whoever has one of them is not to lose it to who has them all.
        if granted.is_org_wide {
            let all = rows::active_on(&**txn, granted.platform).await?;
            let mut parts = all.iter().filter(|row| is_elsewhere(row));
            if parts.any(|row| row.enterprise_id.as_ref() == Some(enterprise)) {
                return Err(ConnectError::Elsewhere);
            }
        }
    }
    let past = rows::by_workspace_to_change(txn, granted.platform, &granted.external_id).await?;
    if past.as_ref().is_some_and(is_elsewhere) {
        return Err(ConnectError::Elsewhere);
    }
    let id = past
        .as_ref()
        .map_or_else(|| InstallationId(app.uuid()), |past| past.id);
    let now = app.now();
    let (bot_token, refresh_token, token_expires_at) =
        sealed(app, id, granted.token.as_ref(), now)?;
    let row = installation::Model {
        id,
        organization_id: organization,
        platform: granted.platform,
        external_id: granted.external_id,
        name: granted.name,
        bot_user_ref: granted.bot_user_ref,
        bot_token,
        connected_at: Some(now),
        connected_by: connected_by(past.as_ref(), actor),
        enterprise_id: granted.enterprise_id,
        is_org_wide: granted.is_org_wide,
        scopes: granted.scopes,
        refresh_token,
        token_expires_at,
        token_trouble: None,
        seen_at: past.as_ref().and_then(|past| past.seen_at),
        revoked_at: None,
        ended_by: None,
        created_at: past.as_ref().map_or(now, |past| past.created_at),
        updated_at: now,
    };
    let (action, row) = if past.is_some() {
        let row = rows::update(&**txn, row).await?;
        ("installation.reconnected", row)
    } else {
        let row = rows::insert(&**txn, row).await?;
        ("installation.connected", row)
    };
    record(txn, app, actor, (action, &row)).await?;
    Ok(row)
}

/// By whose word addresses of the workspace are taken: by the operator's where their set-up named
/// it and it is connected still.
fn connected_by(past: Option<&installation::Model>, actor: &Actor) -> Option<MemberId> {
    let past = past.filter(|past| past.revoked_at.is_none());
    match past {
        Some(past) if past.connected_by.is_none() => None,
        Some(_) | None => Some(actor.member.id),
    }
}

/// A token, sealed, by what it is renewed, and when it ends.
type Sealed = (Vec<u8>, Option<Vec<u8>>, Option<DateTime<Utc>>);

/// Seals what was granted.
pub(super) fn sealed(
    app: &App,
    id: InstallationId,
    token: Option<&Token>,
    now: DateTime<Utc>,
) -> Result<Sealed, ConnectError> {
    use secrecy::ExposeSecret as _;
    let seal = |text: &str, place: Place<'_>| {
        let sealed = app.keys.seal(&app.chance, text.as_bytes(), place);
        sealed.map_err(|_| ConnectError::Unsealable)
    };
    let text = token.map_or("", |token| token.token.expose_secret());
    let bot_token = seal(text, token_place(id))?;
    let Some((refresh, seconds)) = token.and_then(|token| token.renewal.as_ref()) else {
        return Ok((bot_token, None, None));
    };
    let refresh = seal(refresh.expose_secret(), refresh_place(id))?;
    // What a chat says is bounded: a token that lasts for years is asked about each month.
    let lasts = TimeDelta::seconds((*seconds).min(30 * 24 * 60 * 60));
    Ok((bot_token, Some(refresh), Some(now + lasts)))
}
