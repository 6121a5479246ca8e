//! Members as curators see them: never what somebody did not do.

use serde::{Deserialize, Serialize};

use chrono::{DateTime, Utc};

use crate::console::ConsoleLink;
use crate::enums::{Language, Platform, Role};
use crate::ids::{IdentityId, MemberId, TeamId};
use crate::problem::FieldProblem;

/// How far a member has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Known, and onboarding is not finished.
    Invited,
    /// Onboarding is finished.
    Joined,
    /// The person left the organization.
    Left,
}

/// A member of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// E-mail address.
    pub email: Option<String>,
    /// The name that colleagues know.
    pub display_name: String,
    /// Name of the team.
    pub team: Option<String>,
    /// The team.
    pub team_id: Option<TeamId>,
    /// Roles beyond plain membership.
    pub roles: Vec<Role>,
    /// Chosen language.
    pub language: Option<Language>,
    /// How far they have come.
    pub standing: Standing,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
    /// When the person left.
    pub left_at: Option<DateTime<Utc>>,
}

/// Which members are wanted; what is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct MemberQuery {
    /// Only the one with this e-mail address, whatever else is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Words that occur in name or address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Who holds this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Who belongs to this team, or to one below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Who has come so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

/// A member and the accounts by which they are known in chats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberDetail {
    /// The member.
    pub member: Member,
    /// Their accounts, oldest first.
    pub identities: Vec<MemberIdentity>,
}

/// A member's account on a chat platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberIdentity {
    /// Its id; deleting it undoes the pairing.
    pub id: IdentityId,
    /// The chat.
    pub platform: Platform,
    /// The workspace or guild in which it is known.
    pub workspace: String,
    /// The name shown there when it was introduced.
    pub name: Option<String>,
    /// When it became the member's.
    pub created_at: DateTime<Utc>,
}

/// What a member is called, and where they are reached; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateMember {
    /// The name that colleagues know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// The roles that a member is to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetRoles {
    /// All of them; an empty list makes a plain member.
    pub roles: Vec<Role>,
}

/// The team that a member is to belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetTeam {
    /// The team; none for no team.
    #[serde(default)]
    pub team_id: Option<TeamId>,
}

/// People to invite, and what they are to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitePeople {
    /// 1 to 100 people.
    pub people: Vec<InvitePerson>,
    /// Their team.
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// Their roles beyond plain membership.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// The language to speak to them in.
    #[serde(default)]
    pub language: Option<Language>,
}

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitePerson {
    /// E-mail address.
    pub email: String,
    /// The name that colleagues know; from the address unless given.
    #[serde(default)]
    pub display_name: Option<String>,
}

/// What became of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleInvited {
    /// One for each address, in their order.
    pub items: Vec<PersonInvited>,
}

/// What became of one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonInvited {
    /// The address as it was sent.
    pub email: String,
    /// What became of it.
    pub outcome: InvitationOutcome,
    /// The member with this address; none where it was refused.
    pub member: Option<Member>,
    /// A link that logs them in to the console once, where their roles open it. It counts a day
    /// and is shown this once.
    pub console_link: Option<ConsoleLink>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}

/// What became of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationOutcome {
    /// A new member.
    Added,
    /// Somebody who is a member already, or left; nothing changed.
    Known,
    /// It cannot be a member's.
    Refused,
}

/// A member to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateMember {
    /// E-mail address.
    pub email: String,
    /// The name that colleagues know.
    pub display_name: String,
    /// Name of the team; made if there is none of that name.
    #[serde(default)]
    pub team: Option<String>,
    /// Roles beyond plain membership.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Preferred language.
    #[serde(default)]
    pub language: Option<Language>,
}

/// What an import of members did, line by line where it refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Rows that added a member.
    pub added: u64,
    /// Rows that changed a member.
    pub updated: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: Vec<RefusedRow>,
}

/// A row of an import that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedRow {
    /// Line in the file, from 1.
    pub line: u64,
    /// Why, and what would be right.
    pub reason: String,
}
