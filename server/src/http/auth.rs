//! Extractors that hand over authorised things: a member, a member with a
//! permission, a bot, the operator.
//!
//! On the public listener only API tokens open the door; on the internal one
//! also the tokens of the parts and of the operator, who act for a person by
//! `On-Behalf-Of`.

pub mod permissions;
pub mod principal;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use entity::enums::Platform;
use server_api::problem::Code;

pub use self::permissions::Allowed;
use self::principal::Principal;
use super::error::ApiError;
use crate::app::App;
use crate::domain::account::Account;
use crate::secrets::tokens::Holder;
use crate::service::access;
use crate::service::actor::Actor;

/// Header that names the person for whom a part or the operator acts.
pub const ON_BEHALF_OF: &str = "on-behalf-of";
/// Header under which an operation is answered once.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Which listener a request came by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener {
    /// The one that the world reaches.
    Public,
    /// The one of the parts and the operator.
    Internal,
}

impl Listener {
    /// Its name in figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }
}

/// A member, whatever they may do.
#[derive(Clone, Debug)]
pub struct Member(pub Actor);

/// The part that serves a chat platform, acting for itself.
#[derive(Clone, Copy, Debug)]
pub struct Bot {
    /// Which chat.
    pub platform: Platform,
}

/// The part that serves a chat platform, acting for a chat account that may
/// not be a member yet.
#[derive(Clone, Debug)]
pub struct BotFor {
    /// The account.
    pub account: Account,
    /// The chat interaction that asks for it, for the audit log.
    pub interaction_id: Option<String>,
}

/// Who runs this server, acting for themselves.
#[derive(Clone, Copy, Debug)]
pub struct Operator;

/// A member resolved earlier in the same request.
#[derive(Clone)]
struct Known(Arc<Actor>);

impl FromRequestParts<App> for Member {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if let Some(Known(actor)) = parts.extensions.get::<Known>() {
            return Ok(Self(Actor::clone(actor)));
        }
        let actor = actor(parts, app).await?;
        parts.extensions.insert(Known(Arc::new(actor.clone())));
        Ok(Self(actor))
    }
}

impl FromRequestParts<App> for Bot {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        match holder(parts, app)? {
            Some(Holder::Service(platform)) => Ok(Self { platform }),
            Some(Holder::Operator) | None => Err(refused(parts)),
        }
    }
}

impl FromRequestParts<App> for BotFor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Bot { platform } = Bot::from_request_parts(parts, app).await?;
        Ok(Self {
            account: account(parts, platform)?,
            interaction_id: interaction_id(parts),
        })
    }
}

impl FromRequestParts<App> for Operator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        match holder(parts, app)? {
            Some(Holder::Operator) => Ok(Self),
            Some(Holder::Service(_)) | None => Err(refused(parts)),
        }
    }
}

async fn actor(parts: &Parts, app: &App) -> Result<Actor, ApiError> {
    let mut actor = match holder(parts, app)? {
        None => access::by_token(app, bearer(parts)?).await?,
        Some(Holder::Service(platform)) => {
            access::by_account(app, &account(parts, platform)?).await?
        }
        Some(Holder::Operator) => match principal(parts)? {
            Principal::Owner { slug } => access::owner(app, slug.as_deref()).await?,
            Principal::Email(email) => access::by_email(app, &email).await?,
            Principal::Account(account) => access::by_account(app, &account).await?,
        },
    };
    actor.interaction_id = interaction_id(parts);
    Ok(actor)
}

/// The chat interaction that asks, which is also the key under which it is answered once.
fn interaction_id(parts: &Parts) -> Option<String> {
    text(parts, IDEMPOTENCY_KEY).map(str::to_owned)
}

/// Whose internal token came; none if the token is to be looked up among the API's.
fn holder(parts: &Parts, app: &App) -> Result<Option<Holder>, ApiError> {
    let token = bearer(parts)?;
    Ok(match parts.extensions.get::<Listener>() {
        Some(Listener::Internal) => app.tokens.holder(token),
        Some(Listener::Public) | None => None,
    })
}

fn bearer(parts: &Parts) -> Result<&str, ApiError> {
    text(parts, header::AUTHORIZATION.as_str())
        .and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then_some(token.trim())
        })
        .filter(|token| !token.is_empty())
        .ok_or_else(|| {
            ApiError::new(Code::Unauthenticated).detail("send `Authorization: Bearer` with a token")
        })
}

fn principal(parts: &Parts) -> Result<Principal, ApiError> {
    text(parts, ON_BEHALF_OF)
        .ok_or_else(|| ApiError::field(ON_BEHALF_OF, "this token acts for somebody: name them"))?
        .parse()
        .map_err(|reason: principal::Malformed| ApiError::field(ON_BEHALF_OF, reason.to_string()))
}

/// The account acted for, which must live on the platform of the token.
fn account(parts: &Parts, platform: Platform) -> Result<Account, ApiError> {
    match principal(parts)? {
        Principal::Account(account) if account.platform == platform => Ok(account),
        Principal::Account(_) | Principal::Owner { .. } | Principal::Email(_) => {
            Err(ApiError::new(Code::Forbidden)
                .detail("this token acts for accounts of its own platform"))
        }
    }
}

/// The refusal of a token that is good, but not for this operation; or of none.
fn refused(parts: &Parts) -> ApiError {
    match parts.extensions.get::<Listener>() {
        Some(Listener::Internal) => ApiError::new(Code::Forbidden),
        Some(Listener::Public) | None => {
            ApiError::new(Code::Forbidden).detail("this operation is on the internal listener")
        }
    }
}

fn text<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
    parts.headers.get(name)?.to_str().ok()
}
