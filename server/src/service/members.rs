//! Members of an organization, as those who look after it see them.

pub mod change;
pub mod erasure;
pub mod import;
pub mod invite;
pub mod leaving;
pub mod teams;

use entity::enums::{BoardVisibility, DeliveryPreference, Language, Permission, Role};
use entity::ids::{MemberId, OrganizationId};
use entity::json::{Followers, Networks, Roles};
use entity::{identity, member};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden, LookError};
use super::audit;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::page::{Paging, Slice};
use crate::domain::people::{Standing, Wanted, standing};
use crate::domain::team::MOST;
use crate::domain::{email, permission, pseudonym, quiet};
use crate::store::{StoreError, Txn, identities, members};
use teams::Teams;

/// Letters of a name, at most.
const LONGEST_NAME: usize = 120;
/// Draws of a pseudonym before a longer one is taken.
const DRAWS: u64 = 8;

/// A member to add.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// E-mail address.
    pub email: String,
    /// The name that colleagues know.
    pub display_name: String,
    /// Name of the team.
    pub team: Option<String>,
    /// Roles beyond plain membership.
    pub roles: Vec<Role>,
    /// Preferred language.
    pub language: Option<Language>,
}

/// A member and the name of their team.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The member.
    pub member: member::Model,
    /// Name of the team.
    pub team: Option<String>,
}

/// Why a member cannot be added.
#[derive(Debug, Error)]
pub enum CreateMemberError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A field is invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// Somebody has the address.
    #[error("a member has this address")]
    AddressTaken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a member is not shown, not changed, or does not leave.
#[derive(Debug, Error)]
pub enum MemberError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such member.
    #[error("there is no such member")]
    NotFound,
    /// A field is invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// Somebody has the address.
    #[error("a member has this address")]
    AddressTaken,
    /// The member left.
    #[error("the member left the organization")]
    MemberLeft,
    /// Nobody could look after the organization any more.
    #[error("is the last owner: make somebody else one first")]
    LastOwner,
    /// The actor came by a link or a code that somebody else held, who may be they.
    #[error("this log-in began with a link of somebody else: log in by a way of your own")]
    ByAnothersWord,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The members of the actor's organization who are wanted, also those who left. A team stands
/// for those below it, too. Who has not joined is nobody's business but theirs who invite: only who
/// looks after members lists them, or finds them at all.
pub async fn list(
    app: &App,
    actor: &Actor,
    wanted: Wanted,
    paging: Paging,
) -> Result<Slice<Seen>, LookError> {
    actor.require(Permission::ReadMembers)?;
    if wanted.standing == Some(Standing::Invited) {
        actor.require(Permission::ManageMembers)?;
    }
    let db = app.store.reader();
    let teams = Teams::load(db, actor.organization.id).await?;
    let below = wanted.teams.as_ref().map(|named| teams.with_below(named));
    let wanted = Wanted {
        teams: below,
        hidden_from: (!sees_invited(actor)).then_some(actor.member.id),
        ..wanted
    };
    let slice = members::list(db, actor.organization.id, &wanted, paging).await?;
    let items = slice.items.into_iter().map(|member| teams.seen(member));
    Ok(Slice {
        items: items.collect(),
        next: slice.next,
    })
}

/// Whether somebody is shown also who has not joined.
fn sees_invited(actor: &Actor) -> bool {
    actor.require(Permission::ManageMembers).is_ok()
}

/// Whether somebody is shown a member.
fn is_shown(actor: &Actor, member: &member::Model) -> bool {
    if member.erased_at.is_some() {
        return false;
    }
    let is_invited = standing(member) == Standing::Invited;
    !is_invited || member.id == actor.member.id || sees_invited(actor)
}

/// The member of the actor's organization with an address, as a list of one or none.
pub async fn by_email(app: &App, actor: &Actor, typed: &str) -> Result<Slice<Seen>, LookError> {
    actor.require(Permission::ReadMembers)?;
    let db = app.store.reader();
    let organization = actor.organization.id;
    let address = typed.trim().to_lowercase();
    let found = members::by_email(db, organization, &address).await?;
    let found = found.filter(|member| is_shown(actor, member));
    let teams = Teams::load(db, organization).await?;
    Ok(Slice {
        items: found.into_iter().map(|member| teams.seen(member)).collect(),
        next: None,
    })
}

/// One member, and the accounts by which they are known in chats.
pub async fn show(
    app: &App,
    actor: &Actor,
    id: MemberId,
) -> Result<(Seen, Vec<identity::Model>), MemberError> {
    actor.require(Permission::ReadMembers)?;
    let db = app.store.reader();
    let organization = actor.organization.id;
    let member = members::find(db, organization, id).await?;
    let member = member.filter(|member| is_shown(actor, member));
    let member = member.ok_or(MemberError::NotFound)?;
    let accounts = identities::of_member(db, organization, id).await?;
    let teams = Teams::load(db, organization).await?;
    Ok((teams.seen(member), accounts))
}

/// Adds a member.
pub async fn create(app: &App, actor: &Actor, form: NewMember) -> Result<Seen, CreateMemberError> {
    may_grant(actor, &form.roles)?;
    let (address, display_name) = checked(&form).map_err(CreateMemberError::Invalid)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    if members::by_email(&*txn, organization, &address)
        .await?
        .is_some()
    {
        return Err(CreateMemberError::AddressTaken);
    }
    let mut teams = Teams::load(&*txn, organization).await?;
    let named = form.team.as_deref();
    if named.is_some_and(|name| !teams.has_room_for(name)) {
        let reason = format!("would be one more than {MOST}");
        return Err(CreateMemberError::Invalid(vec![Fault::new("team", reason)]));
    }
    let team_id = teams.find_or_make(&txn, app, form.team.as_deref()).await?;
    let row = member::Model {
        team_id,
        language: form.language,
        roles: roles(form.roles),
        ..blank(&txn, app, organization, (address, display_name)).await?
    };
    let member = members::insert(&*txn, row)
        .await
        .map_err(|error| match error {
            StoreError::Conflict => CreateMemberError::AddressTaken,
            other => other.into(),
        })?;
    let event = audit::Event {
        action: "member.create",
        subject: format!("member:{}", member.id),
        detail: json!({"roles": member.roles}),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    Ok(teams.seen(member))
}

/// A member row of that address and name with everything else at its default,
/// and a pseudonym that nobody in the organization has.
pub(super) async fn blank(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    who: (String, String),
) -> Result<member::Model, StoreError> {
    let pseudonym = draw(txn, app, organization).await?;
    Ok(named(app, organization, who, pseudonym))
}

/// The same with a pseudonym of the caller's.
fn named(
    app: &App,
    organization: OrganizationId,
    (address, display_name): (String, String),
    pseudonym: String,
) -> member::Model {
    let now = app.now();
    member::Model {
        id: MemberId(app.uuid()),
        organization_id: organization,
        team_id: None,
        email: Some(address),
        display_name,
        language: None,
        time_zone: None,
        roles: Roles::default(),
        board_visibility: BoardVisibility::Pseudonym,
        pseudonym,
        attribution: true,
        networks: Networks::default(),
        followers: Followers::default(),
        mastodon_instance: None,
        delivery: DeliveryPreference::ChannelOnly,
        delivery_platform: None,
        delivery_refused_on: None,
        quiet_from: quiet::DEFAULT.from.into(),
        quiet_to: quiet::DEFAULT.to.into(),
        quiet_weekends: quiet::DEFAULT.weekends,
        quiet_own: false,
        joined_at: None,
        greeted_at: None,
        paused_until: None,
        left_at: None,
        erased_at: None,
        created_at: now,
        updated_at: now,
    }
}

async fn draw(txn: &Txn, app: &App, organization: OrganizationId) -> Result<String, StoreError> {
    for name in candidates(app) {
        if !members::is_pseudonym_taken(&**txn, organization, &name).await? {
            return Ok(name);
        }
    }
    Ok(long_pseudonym(app))
}

/// Pseudonyms to try in turn: the longer it takes, the more names are drawn from.
fn candidates(app: &App) -> impl Iterator<Item = String> {
    (0..DRAWS).map(|round| pseudonym::of(app.chance.below(1024 << (2 * round))))
}

/// One that nobody has, for it is long.
fn long_pseudonym(app: &App) -> String {
    format!("{} {}", pseudonym::of(0), app.chance.code(8))
}

/// Nobody hands out more than they may do themselves.
pub(super) fn may_grant(actor: &Actor, roles: &[Role]) -> Result<(), Forbidden> {
    permission::granted_by_all(roles)
        .into_iter()
        .chain([Permission::ManageMembers])
        .try_for_each(|permission| actor.require(permission))
}

/// Roles in the order of their first mention, each once.
fn roles(given: Vec<Role>) -> Roles {
    let mut once = Vec::new();
    for role in given {
        if !once.contains(&role) {
            once.push(role);
        }
    }
    Roles(once)
}

/// Address and name in the form in which they are kept.
fn checked(form: &NewMember) -> Result<(String, String), Vec<Fault>> {
    let mut faults = Vec::new();
    let address = email::normal(&form.email);
    if address.is_none() {
        faults.push(Fault::new("email", "is no e-mail address"));
    }
    if let Err(reason) = name(&form.display_name) {
        faults.push(Fault::new("display_name", reason));
    }
    if let Some(Err(reason)) = form.team.as_deref().map(name) {
        faults.push(Fault::new("team", reason));
    }
    match address {
        Some(address) if faults.is_empty() => Ok((address, form.display_name.trim().to_owned())),
        Some(_) | None => Err(faults),
    }
}

/// A name of a person or a team. What a spreadsheet would take for a formula
/// is refused, since these names are exported into spreadsheets.
pub(super) fn name(text: &str) -> Result<(), String> {
    match name_fault(text) {
        Some(fault) => Err(fault.to_string()),
        None => Ok(()),
    }
}

/// What is wrong with the name of a person or a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum NameFault {
    /// There is none.
    #[error("is missing")]
    Missing,
    /// It has more letters than this.
    #[error("has at most {0} letters")]
    Long(usize),
    /// It holds signs that nobody reads.
    #[error("contains control characters")]
    Control,
    /// A spreadsheet would take it for a formula.
    #[error("begins like a formula of a spreadsheet")]
    Formula,
}

/// What is wrong with a name, if anything is.
pub(super) fn name_fault(text: &str) -> Option<NameFault> {
    let text = text.trim();
    if text.is_empty() {
        Some(NameFault::Missing)
    } else if text.chars().count() > LONGEST_NAME {
        Some(NameFault::Long(LONGEST_NAME))
    } else if text.chars().any(char::is_control) {
        Some(NameFault::Control)
    } else if text.starts_with(['=', '+', '-', '@']) {
        Some(NameFault::Formula)
    } else {
        None
    }
}
