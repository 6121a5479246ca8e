//! Logging in by a login provider or by Slack: a browser is sent there with what only it can
//! bring back, and comes back with a code that tells who its person is.
//!
//! Nothing is stored while a log-in lasts. A seed lies in a cookie of that browser; state, nonce and
//! verifier are derived from it by our key, so that none of them is worth anything elsewhere. That
//! a log-in was finished is noted until it could not be finished any more: it counts once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::Platform;
use entity::{installation, organization};
use thiserror::Error;
use url::Url;

use super::access::{self, AccessError};
use super::actor::Actor;
use super::sessions::{self, Begun, Browser, Way};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::email;
use crate::domain::login::{onward, period};
use crate::ports::openid::{Bound, Claims, Client, OpenIdError, Part, is_word};
use crate::secrets::mac::same;
use crate::store::{StoreError, installations, login_attempts, members, organizations};

/// What state, nonce and verifier are derived under.
const PURPOSE: &str = "openid logins";
/// Minutes that a log-in may take.
const MINUTES: i64 = 15;
/// What a provider says where its person did not want to (RFC 6749, 4.1.2.1).
const DENIED: &str = "access_denied";

/// Who vouches for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// The configured login provider.
    Oidc,
    /// Slack.
    Slack,
}

impl Provider {
    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Oidc => "oidc",
            Self::Slack => "slack",
        }
    }

    /// The provider of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Oidc, Self::Slack]
            .into_iter()
            .find(|provider| provider.name() == name)
    }
}

/// Why nobody is let in.
#[derive(Debug, Error)]
pub enum OpenIdLogInError {
    /// There is no such provider here.
    #[error("there is no such provider")]
    NotOffered,
    /// The browser did not begin this, or too long ago, or has finished it before.
    #[error("this browser did not begin this log-in, or too long ago, or has finished it")]
    NotBegun,
    /// The person did not want the provider to say who they are.
    #[error("the person did not allow it")]
    Declined,
    /// The provider makes sure of no address.
    #[error("the provider makes sure of no address")]
    NoAddress,
    /// Slack vouches for somebody in a workspace that is none of the organization's.
    #[error("that workspace is none of the organization's")]
    Elsewhere,
    /// Nobody here has that address or account.
    #[error("nobody here has that address")]
    Nobody,
    /// The provider says nothing that holds.
    #[error(transparent)]
    Provider(#[from] OpenIdError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A log-in that has begun. It is never printed: its cookie and its address make a session.
pub struct Sent {
    /// Where the browser goes.
    pub url: Url,
    /// What it keeps until it comes back.
    pub cookie: String,
}

/// The providers by whom members of an organization may log in.
pub async fn offered(app: &App, house: &organization::Model) -> Result<Vec<Provider>, StoreError> {
    let mut offered = Vec::new();
    if app.config.oidc.issuer.is_some() {
        offered.push(Provider::Oidc);
    }
    if app.config.slack.client_id.is_some()
        && access::is_installed(app, house.id, Platform::Slack).await?
    {
        offered.push(Provider::Slack);
    }
    Ok(offered)
}

fn client(app: &App, provider: Provider) -> Option<Client> {
    let config = &app.config;
    let redirect = app
        .addresses()
        .at(&format!("login/{}/callback", provider.name()));
    match provider {
        Provider::Oidc => Some(Client {
            issuer: config.oidc.issuer.clone()?,
            id: config.oidc.client_id.clone(),
            secret: config.oidc.client_secret.clone()?,
            redirect,
        }),
        Provider::Slack => Some(Client {
            issuer: config.slack.login_base_url.parse().ok()?,
            id: config.slack.client_id.clone()?,
            secret: config.slack.client_secret.clone()?,
            redirect,
        }),
    }
}

/// What one log-in is bound to, from what lies in the cookie.
struct Derived {
    state: String,
    nonce: String,
    verifier: String,
}

impl Derived {
    fn from(app: &App, (provider, cookie): (Provider, &str)) -> Self {
        let one = |what: &[u8]| {
            let parts: [&[u8]; 3] = [what, provider.name().as_bytes(), cookie.as_bytes()];
            URL_SAFE_NO_PAD.encode(app.keys.mac(PURPOSE, &parts))
        };
        Self {
            state: one(b"state"),
            nonce: one(b"nonce"),
            verifier: one(b"verifier"),
        }
    }

    fn bound(&self) -> Bound<'_> {
        Bound {
            state: &self.state,
            nonce: &self.nonce,
            verifier: &self.verifier,
        }
    }
}

/// Sends a browser to a provider, to come back to `next` in the organization's console.
pub async fn begin(
    app: &App,
    provider: Provider,
    house: &organization::Model,
    next: Option<&str>,
) -> Result<Sent, OpenIdLogInError> {
    if !offered(app, house).await?.contains(&provider) {
        return Err(OpenIdLogInError::NotOffered);
    }
    let client = client(app, provider).ok_or(OpenIdLogInError::NotOffered)?;
    let minute = app.now().timestamp().div_euclid(60);
    let seed = URL_SAFE_NO_PAD.encode(app.chance.bytes::<32>());
    let next = URL_SAFE_NO_PAD.encode(onward(&house.slug, next));
    let cookie = format!("{seed}.{minute}.{}.{next}", house.slug);
    let endpoints = app.openid().discover(&client.issuer, app.now()).await?;
    let derived = Derived::from(app, (provider, &cookie));
    let url = endpoints.authorize(&client, &derived.bound());
    Ok(Sent { url, cookie })
}

/// What a browser brings back: from its cookie, and from the address. It is never printed.
pub struct Back<'a> {
    /// What it was given when it was sent.
    pub cookie: &'a str,
    /// What only this browser can bring.
    pub state: &'a str,
    /// What is exchanged at the provider.
    pub code: &'a str,
    /// The provider that it says it comes from.
    pub issuer: Option<&'a str>,
    /// Why it brings no code.
    pub error: Option<&'a str>,
    /// The browser.
    pub browser: Browser<'a>,
}

/// A log-in that this browser began, by what its cookie says.
struct Started {
    slug: String,
    next: String,
    until: DateTime<Utc>,
}

/// Lets in for whom the provider vouches; and where they go on.
pub async fn finish(
    app: &App,
    provider: Provider,
    back: Back<'_>,
) -> Result<(Begun, String), OpenIdLogInError> {
    let derived = Derived::from(app, (provider, back.cookie));
    if !same(derived.state.as_bytes(), back.state.as_bytes()) {
        return Err(OpenIdLogInError::NotBegun);
    }
    let started = started(back.cookie, app.now()).ok_or(OpenIdLogInError::NotBegun)?;
    count_once(app, back.cookie, started.until).await?;
    let house = organizations::by_slug(app.store.reader(), &started.slug)
        .await?
        .ok_or(OpenIdLogInError::NotBegun)?;
    let client = client(app, provider).ok_or(OpenIdLogInError::NotOffered)?;
    let endpoints = app.openid().discover(&client.issuer, app.now()).await?;
    endpoints.sent(back.issuer)?;
    if let Some(error) = back.error {
        return Err(refusal(error));
    }
    let claims = app
        .openid()
        .exchange(
            (&endpoints, &client),
            back.code,
            &derived.bound(),
            app.now(),
        )
        .await?;
    let actor = whose(app, (provider, house), &claims).await?;
    let next = onward(&actor.organization.slug, Some(&started.next));
    let way = match provider {
        Provider::Oidc => Way::Oidc,
        Provider::Slack => Way::Slack,
    };
    let txn = app.store.begin().await?;
    let begun = sessions::begin(&txn, app, actor, (way, back.browser)).await?;
    txn.commit().await?;
    Ok((begun, next))
}

/// What a cookie says, whose state was found to be right; none if it took too long.
fn started(cookie: &str, now: DateTime<Utc>) -> Option<Started> {
    let parts: Vec<&str> = cookie.split('.').collect();
    let [_, minute, slug, next] = parts.as_slice() else {
        return None;
    };
    let began = DateTime::from_timestamp(minute.parse::<i64>().ok()?.checked_mul(60)?, 0)?;
    // It may have begun at the end of that minute.
    let until = began + TimeDelta::minutes(MINUTES + 1);
    let next = String::from_utf8(URL_SAFE_NO_PAD.decode(next).ok()?).ok()?;
    (now < until).then(|| Started {
        slug: (*slug).to_owned(),
        next,
        until,
    })
}

/// Lets a log-in be finished once: whoever has its cookie and its address again has them from a
/// browser's history. It is counted like a try, and forgotten with these once it is too late.
async fn count_once(app: &App, cookie: &str, until: DateTime<Utc>) -> Result<(), OpenIdLogInError> {
    let subject = app.keys.mac(PURPOSE, &[b"finished", cookie.as_bytes()]);
    let txn = app.store.begin().await?;
    let times = login_attempts::count(&*txn, &subject, period(until)).await?;
    txn.commit().await?;
    if times > 1 {
        return Err(OpenIdLogInError::NotBegun);
    }
    Ok(())
}

/// Why a browser brings no code: by its person's will, or the provider's.
fn refusal(error: &str) -> OpenIdLogInError {
    if error == DENIED {
        return OpenIdLogInError::Declined;
    }
    // It stands in an address, where anything may.
    let word = if is_word(error) {
        error
    } else {
        "no word of OAuth"
    };
    OpenIdError::Refused(Part::Login, word.to_owned()).into()
}

/// The member for whom the provider vouches. By Slack it is the account's, and only in a
/// workspace of the organization; else it is whoever has the address.
async fn whose(
    app: &App,
    (provider, house): (Provider, organization::Model),
    claims: &Claims,
) -> Result<Actor, OpenIdLogInError> {
    let db = app.store.reader();
    let mut home = None;
    if provider == Provider::Slack {
        let (team, user) = claims.slack.clone().ok_or(OpenIdLogInError::Elsewhere)?;
        let installed = workspace(app, &team, claims.slack_enterprise.as_deref()).await?;
        let ours = installed.filter(|one| one.organization_id == house.id);
        let ours = ours.ok_or(OpenIdLogInError::Elsewhere)?;
        let account = Account {
            platform: Platform::Slack,
            workspace_ref: ours.external_id.clone(),
            user_ref: user,
        };
        home = Some(ours);
        match access::by_account(app, &account).await {
            Ok(actor) if actor.organization.id == house.id => {
                return Ok(Actor {
                    issuer: actor.issuer,
                    ..Actor::of(house, actor.member)
                });
            }
            Ok(_) | Err(AccessError::UnknownPerson | AccessError::NotInstalled) => {}
            Err(AccessError::Store(error)) => return Err(error.into()),
            Err(AccessError::MemberLeft | AccessError::UnknownToken | AccessError::Nobody(_)) => {
                return Err(OpenIdLogInError::Nobody);
            }
        }
    }
    let address = claims
        .confirmed_email
        .as_deref()
        .and_then(email::normal)
        .ok_or(OpenIdLogInError::NoAddress)?;
    let member = members::by_email(db, house.id, &address)
        .await?
        .filter(|member| member.left_at.is_none())
        .ok_or(OpenIdLogInError::Nobody)?;
    let is_vouched = match &home {
        Some(home) => access::vouches(db, home, &member).await?,
        None => true,
    };
    if !is_vouched {
        return Err(OpenIdLogInError::Nobody);
    }
    Ok(Actor::of(house, member))
}

/// Where the app is installed: in the workspace, or by one token in all of its enterprise.
async fn workspace(
    app: &App,
    team: &str,
    enterprise: Option<&str>,
) -> Result<Option<installation::Model>, StoreError> {
    let db = app.store.reader();
    let own = installations::by_workspace(db, Platform::Slack, team).await?;
    let own = own.filter(|one| one.revoked_at.is_none());
    let (None, Some(enterprise)) = (&own, enterprise) else {
        return Ok(own);
    };
    let whole = installations::by_workspace(db, Platform::Slack, enterprise).await?;
    Ok(whole.filter(|one| one.is_org_wide && one.revoked_at.is_none()))
}

#[cfg(test)]
mod tests;
