//! A person of the organization.

use sea_orm::entity::prelude::*;

use crate::enums::{BoardVisibility, DeliveryPreference, Language, Platform};
use crate::ids::{MemberId, OrganizationId, TeamId};
use crate::json::{Followers, Networks, Roles};

/// A person of the organization.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The team that the person belongs to.
    pub team_id: Option<TeamId>,
    /// Lower-cased address; unique within the organization.
    pub email: Option<String>,
    /// The name that colleagues know.
    pub display_name: String,
    /// Chosen language; the organization's if none.
    pub language: Option<Language>,
    /// IANA name; the organization's if none.
    pub time_zone: Option<String>,
    /// What the person may do beyond a plain member.
    #[sea_orm(column_type = "JsonBinary")]
    pub roles: Roles,
    /// How the person appears to others on boards.
    pub board_visibility: BoardVisibility,
    /// The name shown instead, if so chosen; drawn when the row is written.
    pub pseudonym: String,
    /// Off: shares use a link that names no member.
    pub attribution: bool,
    /// Preferred networks, in order.
    #[sea_orm(column_type = "JsonBinary")]
    pub networks: Networks,
    /// Followers per network, typed by the member.
    #[sea_orm(column_type = "JsonBinary")]
    pub followers: Followers,
    /// Host of the member's Mastodon instance, asked once.
    pub mastodon_instance: Option<String>,
    /// Which messages of their own the person wants.
    pub delivery: DeliveryPreference,
    /// The chat in which they asked for them, and in which they come.
    pub delivery_platform: Option<Platform>,
    /// The chat that would not take their messages, so that no more were sent; told until
    /// the person chooses again.
    pub delivery_refused_on: Option<Platform>,
    /// Minute of the local day at which quiet hours begin.
    pub quiet_from: i64,
    /// Minute of the local day at which they end; the same as the beginning for none.
    pub quiet_to: i64,
    /// Whether Saturday and Sunday are quiet throughout.
    pub quiet_weekends: bool,
    /// Whether they chose these hours; else the organization's hold.
    pub quiet_own: bool,
    /// When onboarding was finished; none before.
    pub joined_at: Option<DateTimeUtc>,
    /// When the one greeting was planned.
    pub greeted_at: Option<DateTimeUtc>,
    /// No suggestions in person before this time.
    pub paused_until: Option<DateTimeUtc>,
    /// When the person left the organization.
    pub left_at: Option<DateTimeUtc>,
    /// When everything that says who they are was erased; the row stays for the sums.
    pub erased_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
