//! One-time links into the console: a look shows a button, pressing it lets somebody in, once.

mod invite;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use entity::enums::{LoginPurpose, Platform, Role};
use entity::ids::{LoginLinkId, MemberId, OrganizationId};
use entity::{login_link, member, organization};
use secrecy::SecretString;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::credentials::{self, SetPasswordError};
use super::openid::{self, Provider};
use super::sessions::{self, Begun, Browser, Way};
use super::setup::{self, Setup, SetupError, SetupOrganization};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::login::{PasswordFault, is_good, lifetime};
use crate::secrets::mac::sha256;
use crate::secrets::passwords::PasswordError;
use crate::store::{
    Reader, StoreError, Txn, credentials as passwords, identities, login_links, members,
    organizations, shares,
};

pub use invite::invite;

/// A link that still counts, and whom it lets in.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What it is for.
    pub purpose: LoginPurpose,
    /// The organization; none where it is made by this link.
    pub organization: Option<organization::Model>,
    /// The member.
    pub member: Option<member::Model>,
    /// Whether a password may be chosen by it: an invitation into what has one is no way to
    /// change it.
    pub takes_password: bool,
    link: login_link::Model,
}

/// What somebody fills in who opens a link.
#[derive(Debug)]
pub struct Form {
    /// The name of an organization that is made.
    pub organization: String,
    /// The owner's name, at the first start.
    pub name: String,
    /// The owner's address, where they have none yet.
    pub email: String,
    /// The new password; none where the link only lets in.
    pub password: Option<SecretString>,
}

/// Why a link lets nobody in.
#[derive(Debug, Error)]
pub enum EnterError {
    /// It is unknown, used or too old.
    #[error("the link is unknown, used or too old")]
    Gone,
    /// Fields are invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// The password cannot be chosen.
    #[error("the password cannot be chosen: {0:?}")]
    PasswordFault(PasswordFault),
    /// The password could not be worked on.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SetPasswordError> for EnterError {
    fn from(error: SetPasswordError) -> Self {
        match error {
            SetPasswordError::Fault(fault) => Self::PasswordFault(fault),
            SetPasswordError::Password(error) => Self::Password(error),
            SetPasswordError::Store(error) => Self::Store(error),
        }
    }
}

/// A link that was issued.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its whole address.
    pub url: String,
    /// When it stops to count.
    pub expires_at: DateTime<Utc>,
}

/// Why no link is issued.
#[derive(Debug, Error)]
pub enum IssueError {
    /// The actor comes with less than the member may, and a session may all of it.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A link for a member whom a chat vouches for; earlier ones stop to count.
pub async fn issue(app: &App, actor: &Actor) -> Result<Issued, IssueError> {
    actor.require_everything()?;
    let txn = app.store.begin().await?;
    let owner = (actor.organization.id, actor.member.id);
    // One after another: of two that are asked for at once, one counts.
    shares::lock_members(&txn, &[actor.member.id]).await?;
    login_links::void(&txn, owner, app.now()).await?;
    let what = (LoginPurpose::Chat, actor.issuer);
    let token = draw(&txn, app, what, Some(owner)).await?;
    txn.commit().await?;
    Ok(Issued {
        url: address(app, &token),
        expires_at: app.now() + lifetime(LoginPurpose::Chat),
    })
}

/// Links of the first start, one per organization whose owners all cannot log in, or one that
/// makes the first organization; with the name of the organization.
pub async fn first_starts(app: &App) -> Result<Vec<(Option<String>, String)>, StoreError> {
    let txn = app.store.begin().await?;
    let mut links = Vec::new();
    let all = organizations::all(&*txn).await?;
    if all.is_empty() {
        let token = draw(&txn, app, (LoginPurpose::FirstStart, None), None).await?;
        links.push((None, address(app, &token)));
    }
    for house in all {
        let Some(owner) = helpless_owner(&*txn, app, &house).await? else {
            continue;
        };
        let owner = (house.id, owner.id);
        login_links::void(&txn, owner, app.now()).await?;
        let token = draw(&txn, app, (LoginPurpose::FirstStart, None), Some(owner)).await?;
        links.push((Some(house.name), address(app, &token)));
    }
    txn.commit().await?;
    Ok(links)
}

/// The oldest owner of an organization none of whose owners can log in: by a password, by the
/// login provider that knows their address, or by Slack, where they have an account that we know.
async fn helpless_owner(
    db: &impl Reader,
    app: &App,
    house: &organization::Model,
) -> Result<Option<member::Model>, StoreError> {
    let with_password = passwords::of_organization(db, house.id).await?;
    let offered = openid::offered(app, house).await?;
    let owners: Vec<member::Model> = members::present(db, house.id)
        .await?
        .into_iter()
        .filter(|member| member.roles.0.contains(&Role::Owner))
        .collect();
    for owner in &owners {
        let has_password = with_password.iter().any(|one| one.member_id == owner.id);
        let by_address = offered.contains(&Provider::Oidc) && owner.email.is_some();
        if has_password || by_address {
            return Ok(None);
        }
        if offered.contains(&Provider::Slack) {
            let accounts = identities::of_member(db, house.id, owner.id).await?;
            if accounts.iter().any(|one| one.platform == Platform::Slack) {
                return Ok(None);
            }
        }
    }
    Ok(owners.into_iter().next())
}

async fn draw(
    txn: &Txn,
    app: &App,
    (purpose, issuer_id): (LoginPurpose, Option<MemberId>),
    whose: Option<(OrganizationId, MemberId)>,
) -> Result<String, StoreError> {
    let now = app.now();
    let token = URL_SAFE_NO_PAD.encode(app.chance.bytes::<32>());
    let row = login_link::Model {
        id: LoginLinkId(app.uuid()),
        organization_id: whose.map(|(organization, _)| organization),
        member_id: whose.map(|(_, member)| member),
        purpose,
        issuer_id,
        token_hash: sha256(token.as_bytes()).to_vec(),
        expires_at: now + lifetime(purpose),
        consumed_at: None,
        created_at: now,
    };
    login_links::insert(&**txn, row).await?;
    Ok(token)
}

fn address(app: &App, token: &str) -> String {
    app.addresses().at(&format!("enter/{token}"))
}

/// Whom a link would let in; looking at it does not use it up.
pub async fn look(app: &App, token: &str) -> Result<Seen, EnterError> {
    let db = app.store.reader();
    let link = login_links::by_hash(db, &sha256(token.as_bytes()))
        .await?
        .filter(|link| is_good(link, app.now()))
        .ok_or(EnterError::Gone)?;
    let (organization, member) = match (link.organization_id, link.member_id) {
        (Some(organization), Some(member)) => {
            let house = organizations::find(db, organization).await?;
            let found = members::find(db, organization, member).await?;
            let present = found.filter(|member| member.left_at.is_none());
            let house = house.ok_or(EnterError::Gone)?;
            // The first start is over once an owner can log in.
            let is_first = link.purpose == LoginPurpose::FirstStart;
            if is_first && helpless_owner(db, app, &house).await?.is_none() {
                return Err(EnterError::Gone);
            }
            (Some(house), Some(present.ok_or(EnterError::Gone)?))
        }
        // Made for the first organization: where there is one by now, it is none any more.
        _ if organizations::all(db).await?.is_empty() => (None, None),
        _ => return Err(EnterError::Gone),
    };
    let is_invited = link.purpose == LoginPurpose::Invitation;
    let has_password = match &member {
        Some(member) if is_invited => {
            let (organization, id) = (member.organization_id, member.id);
            let found = passwords::of_member(db, organization, id).await?;
            found.is_some()
        }
        Some(_) | None => false,
    };
    Ok(Seen {
        purpose: link.purpose,
        organization,
        member,
        takes_password: !has_password,
        link,
    })
}

/// Uses a link up and begins a session. Where it is the first start, the owner's name and
/// password are set, and the organization is made if there is none.
pub async fn enter(
    app: &App,
    token: &str,
    form: Form,
    browser: Browser<'_>,
) -> Result<Begun, EnterError> {
    let seen = look(app, token).await?;
    let member = seen.member.as_ref();
    let known = [
        form.email.as_str(),
        form.name.as_str(),
        member
            .and_then(|one| one.email.as_deref())
            .unwrap_or_default(),
        member.map_or("", |one| &one.display_name),
    ];
    let typed = form.password.clone().filter(|_| seen.takes_password);
    let typed = match seen.purpose {
        // It takes one in any case, and says so where it is missing.
        LoginPurpose::FirstStart => Some(typed.unwrap_or_default()),
        LoginPurpose::Chat | LoginPurpose::Invitation => typed,
    };
    let hash = match typed {
        Some(typed) => Some(credentials::hash(app, &typed, &known).await?),
        None => None,
    };
    let actor = match (seen.organization, seen.member) {
        (Some(organization), Some(member)) => Actor::of(organization, member),
        _ => found_organization(app, &form).await?,
    };
    let txn = app.store.begin().await?;
    if !login_links::consume(&*txn, seen.link.id, app.now()).await? {
        return Err(EnterError::Gone);
    }
    let way = match seen.purpose {
        LoginPurpose::FirstStart => Way::FirstStart,
        LoginPurpose::Chat => Way::Chat,
        LoginPurpose::Invitation => Way::Invitation(seen.link.issuer_id),
    };
    let actor = match seen.purpose {
        LoginPurpose::FirstStart => named(&txn, app, actor, &form).await?,
        LoginPurpose::Chat | LoginPurpose::Invitation => actor,
    };
    let actor = Actor {
        issuer: seen.link.issuer_id,
        ..actor
    };
    if let Some(hash) = hash {
        credentials::set(&txn, app, &actor, hash).await?;
        sessions::end_all_in(&txn, app, &actor, None).await?;
    }
    let begun = sessions::begin(&txn, app, actor, (way, browser)).await?;
    txn.commit().await?;
    Ok(begun)
}

/// Makes the first organization and its owner. Doing it again after a failure changes nothing.
async fn found_organization(app: &App, form: &Form) -> Result<Actor, EnterError> {
    let slug = setup::slug_of(&form.organization);
    let wanted = Setup {
        organization: SetupOrganization {
            slug: slug.clone(),
            name: form.organization.clone(),
            time_zone: None,
            language: None,
            join_policy: None,
            contact: None,
        },
        owner: (form.email.clone(), form.name.clone()),
        workspaces: Vec::new(),
        feeds: Vec::new(),
    };
    let organization = setup::apply(app, wanted)
        .await
        .map_err(|error| match error {
            SetupError::Invalid(faults) => EnterError::Invalid(faults),
            SetupError::Store(error) => EnterError::Store(error),
            SetupError::OwnerLeft | SetupError::Feed(_) | SetupError::Unsealable => {
                EnterError::Gone
            }
        })?;
    let owner = super::access::owner(app, Some(&slug)).await;
    let owner = owner.map_err(|error| match error {
        super::access::AccessError::Store(error) => EnterError::Store(error),
        _ => EnterError::Gone,
    })?;
    Ok(Actor::of(organization, owner.member))
}

/// The owner under the name that they typed, and the address if they had none.
async fn named(txn: &Txn, app: &App, actor: Actor, form: &Form) -> Result<Actor, EnterError> {
    if let Err(reason) = super::members::name(&form.name) {
        return Err(EnterError::Invalid(vec![Fault::new("owner.name", reason)]));
    }
    let row = member::Model {
        display_name: form.name.trim().to_owned(),
        email: actor
            .member
            .email
            .clone()
            .or_else(|| crate::domain::email::normal(&form.email)),
        updated_at: app.now(),
        ..actor.member
    };
    let member = members::update(&**txn, row).await?;
    Ok(Actor::of(actor.organization, member))
}

#[cfg(test)]
mod tests;
