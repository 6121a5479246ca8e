//! Pairing: joining a second account to a member by a one-time code, and undoing it.

mod undo;

use chrono::{DateTime, Utc};
use entity::enums::{Permission, Platform};
use entity::ids::{IdentityId, MemberId, OrganizationId, PairingCodeId};
use entity::{identity, member, organization, pairing_code};
use serde_json::json;
use thiserror::Error;

use super::access::{self, AccessError};
use super::actor::{Actor, Forbidden};
use super::identities::{self as accounts, Introduction};
use super::{audit, deliveries, members as people};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::pairing::{Code, KEPT, LIFETIME, TRIES_PER_HOUR, hour, may_pair, next_hour};
use crate::store::{StoreError, Txn, identities, members, organizations, pairing, shares};

pub use undo::{UnpairError, unpair, unpair_member};
pub(in crate::service) use undo::{part_by_chat, part_from_issued};

/// What codes are hashed under.
const PURPOSE: &str = "pairing codes";

/// A code that was issued; it is kept nowhere but in its hash.
#[derive(Clone)]
pub struct Issued {
    /// The code.
    pub code: Code,
    /// When it stops to count.
    pub expires_at: DateTime<Utc>,
}

/// Why a member is not invited.
#[derive(Debug, Error)]
pub enum InviteError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such member.
    #[error("there is no such member")]
    NotFound,
    /// The member left.
    #[error("the member left the organization")]
    MemberLeft,
    /// No role of the member opens the console.
    #[error("the member has no role that opens the console: give them one first")]
    NoConsole,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A code for another account of the asking member; earlier ones stop to count. That account
/// may do all that the member may, so a token of less cannot ask for one.
pub async fn issue(app: &App, actor: &Actor) -> Result<Issued, InviteError> {
    actor.require_everything()?;
    let txn = app.store.begin().await?;
    let here = actor.account.as_ref().map(|account| account.id);
    let issued = draw(&txn, app, &actor.member, (here, actor.issuer)).await?;
    txn.commit().await?;
    Ok(issued)
}

/// A code for an account of another member, to be handed to them. Who issues it could use it,
/// so nobody issues one for who may do more than they.
pub async fn invite(app: &App, actor: &Actor, member: MemberId) -> Result<Issued, InviteError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let member = members::find(&*txn, organization, member)
        .await?
        .ok_or(InviteError::NotFound)?;
    people::may_grant(actor, &member.roles.0)?;
    if member.left_at.is_some() {
        return Err(InviteError::MemberLeft);
    }
    let word = actor.word_for(member.id);
    let issued = draw(&txn, app, &member, (None, word)).await?;
    let event = audit::Event {
        action: "member.invite",
        subject: format!("member:{}", member.id),
        detail: json!({}),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(issued)
}

async fn draw(
    txn: &Txn,
    app: &App,
    member: &member::Model,
    (issued_to, issuer_id): (Option<IdentityId>, Option<MemberId>),
) -> Result<Issued, StoreError> {
    let now = app.now();
    // One after another: of two that are asked for at once, one counts.
    shares::lock_members(txn, &[member.id]).await?;
    pairing::void(txn, member.organization_id, member.id, now).await?;
    let code = Code::draw(|bound| app.chance.below(bound));
    let row = pairing_code::Model {
        id: PairingCodeId(app.uuid()),
        organization_id: member.organization_id,
        member_id: member.id,
        code_hash: app.keys.mac(PURPOSE, &[code.letters().as_bytes()]).to_vec(),
        issued_to,
        issuer_id,
        expires_at: now + LIFETIME,
        used_at: None,
        used_for: None,
        created_at: now,
    };
    pairing::insert(txn, row).await?;
    Ok(Issued {
        code,
        expires_at: now + LIFETIME,
    })
}

/// A code that somebody typed, and who they are there.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The code as typed.
    pub code: &'a str,
    /// What the platform says of the account.
    pub introduction: &'a Introduction,
    /// The chat interaction that asks for it, for the audit log.
    pub interaction_id: Option<String>,
}

/// An account and the member to whom it belongs from now on.
#[derive(Clone, Debug)]
pub struct Paired {
    /// The account.
    pub identity: identity::Model,
    /// The member.
    pub member: member::Model,
    /// Their organization.
    pub organization: organization::Model,
}

/// Why an account is not joined to a member.
#[derive(Debug, Error)]
pub enum PairError {
    /// The workspace is none of ours.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The account is a bot's or a stranger's.
    #[error("this account may not be paired")]
    MayNotPair,
    /// It belongs to a member already.
    #[error("the account belongs to a member already")]
    AlreadyPaired,
    /// The code is unknown, used or too old.
    #[error("the code is unknown, used or too old")]
    CodeInvalid,
    /// The account tried too often.
    #[error("too many codes were tried")]
    TooMany {
        /// Seconds until it may try again.
        retry_after: i64,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Joins an account to the member to whom the code was issued; sent again, it gives the same.
pub async fn pair(app: &App, account: &Account, asked: &Asked<'_>) -> Result<Paired, PairError> {
    let host = access::host(app, account).await?;
    if !may_pair(asked.introduction.kind) {
        return Err(PairError::MayNotPair);
    }
    let hour = count_try(app, account).await?;
    let seen = seen(app, (asked.code, account.platform), host.as_ref()).await?;
    let txn = app.store.begin().await?;
    pairing::lock_tries(&txn, &account.name(), hour).await?;
    if let Some(known) = known(&txn, account, (host.as_ref(), seen.as_ref())).await? {
        let again = seen.is_some_and(|seen| seen.used_for == Some(known.id));
        return if again {
            paired(&txn, known).await
        } else {
            Err(PairError::AlreadyPaired)
        };
    }
    let seen = seen.ok_or(PairError::CodeInvalid)?;
    let paired = join(&txn, app, (account, asked), seen).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(paired)
}

/// Counts the try, good or bad, where what follows cannot undo it.
async fn count_try(app: &App, account: &Account) -> Result<i64, PairError> {
    let now = app.now();
    let txn = app.store.begin().await?;
    let tries = pairing::count_try(&txn, &account.name(), hour(now)).await?;
    txn.commit().await?;
    if tries > TRIES_PER_HOUR {
        let retry_after = next_hour(now);
        return Err(PairError::TooMany { retry_after });
    }
    Ok(hour(now))
}

/// The code that was typed, of the organization that hosts the account.
async fn seen(
    app: &App,
    (typed, platform): (&str, Platform),
    host: Option<&organization::Model>,
) -> Result<Option<pairing_code::Model>, StoreError> {
    let Some(code) = Code::parse(typed) else {
        return Ok(None);
    };
    let hashes = app.keys.macs(PURPOSE, &[code.letters().as_bytes()]);
    let found = pairing::by_hashes(app.store.reader(), hashes).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let is_here = match host {
        Some(host) => host.id == found.organization_id,
        None => access::is_installed(app, found.organization_id, platform).await?,
    };
    Ok(is_here.then_some(found))
}

/// The identity that the account has already: in the organization that hosts it, else in the
/// one that issued the code, else in any.
async fn known(
    txn: &Txn,
    account: &Account,
    (host, seen): (Option<&organization::Model>, Option<&pairing_code::Model>),
) -> Result<Option<identity::Model>, StoreError> {
    let organization = host.map(|host| host.id);
    if let Some(organization) = organization.or(seen.map(|seen| seen.organization_id)) {
        return identities::of_account(&**txn, organization, account).await;
    }
    let all = identities::anywhere(&**txn, account.platform, &account.user_ref).await?;
    Ok(all.into_iter().next())
}

async fn join(
    txn: &Txn,
    app: &App,
    (account, asked): (&Account, &Asked<'_>),
    seen: pairing_code::Model,
) -> Result<Paired, PairError> {
    let now = app.now();
    // The member before the code, as where codes are issued.
    let locked = shares::lock_members(txn, &[seen.member_id]).await?;
    let code = pairing::find_to_change(txn, &seen)
        .await?
        .filter(|code| code.used_at.is_none() && code.expires_at > now)
        .ok_or(PairError::CodeInvalid)?;
    let member = locked
        .into_iter()
        .find(|member| member.left_at.is_none())
        .ok_or(PairError::CodeInvalid)?;
    let what = (account, asked.introduction, code.issuer_id);
    let identity = accounts::add(txn, app, &member, what)
        .await
        .map_err(|error| match error {
            StoreError::Conflict => PairError::AlreadyPaired,
            other => other.into(),
        })?;
    let used = pairing_code::Model {
        used_at: Some(now),
        used_for: Some(identity.id),
        ..code
    };
    pairing::update(txn, used.clone()).await?;
    let member = accounts::place(txn, app, member, (account, &asked.introduction.roles)).await?;
    tell(txn, app, (&member, &used), &identity).await?;
    let organization = organization(txn, member.organization_id).await?;
    let actor = Actor {
        interaction_id: asked.interaction_id.clone(),
        ..Actor::of(organization, member)
    };
    let event = audit::Event {
        action: "member.pair",
        subject: format!("member:{}", actor.member.id),
        detail: json!({"platform": identity.platform, "identity": identity.id}),
    };
    audit::record(txn, app, &actor, event).await?;
    Ok(Paired {
        identity,
        member: actor.member,
        organization: actor.organization,
    })
}

/// Tells the account that asked for the code, or the member's newest one on Slack where an
/// admin issued it.
async fn tell(
    txn: &Txn,
    app: &App,
    (member, code): (&member::Model, &pairing_code::Model),
    added: &identity::Model,
) -> Result<(), StoreError> {
    let others = identities::of_member(&**txn, member.organization_id, member.id).await?;
    let others: Vec<_> = others
        .into_iter()
        .filter(|one| one.id != added.id)
        .collect();
    deliveries::tell_paired(txn, app, member, (&others, code.issued_to), added).await
}

async fn paired(txn: &Txn, identity: identity::Model) -> Result<Paired, PairError> {
    let member = members::find(&**txn, identity.organization_id, identity.member_id)
        .await?
        .ok_or(PairError::CodeInvalid)?;
    Ok(Paired {
        organization: organization(txn, identity.organization_id).await?,
        member,
        identity,
    })
}

async fn organization(txn: &Txn, id: OrganizationId) -> Result<organization::Model, PairError> {
    let found = organizations::find(&**txn, id).await?;
    found.ok_or(PairError::CodeInvalid)
}

/// Forgets codes and tries that count no more; says how many.
pub async fn sweep(app: &App) -> Result<u64, StoreError> {
    let now = app.now();
    let txn = app.store.begin().await?;
    let forgotten = pairing::forget(&txn, now - KEPT, hour(now)).await?;
    txn.commit().await?;
    Ok(forgotten)
}

#[cfg(test)]
mod tests;
